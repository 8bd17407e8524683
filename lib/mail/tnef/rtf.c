/* The body of a mail as Outlook keeps it: RTF, compressed ([MS-OXRTFCP]). Only its words are wanted, so
 * groups that are no text (fonts, colours, the tags of HTML that RTF may carry) are passed over, and of all
 * the others just paragraphs, tabs and characters are read. */
#include "lib/mail/tnef/inside.h"

#include "lib/text/charset.h"

#include <string.h>

enum {
  WINDOW = 4096,
  LZFU = 0x75465a4c,
  MELA = 0x414c454d,
  RTF_BYTES = 4 * 1024 * 1024,
  DEPTH = 256,
  WORD = 32
};

/* What the window holds before the first byte. */
static const char preset[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    "\\fdecor MS "
    "Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/* Undoes the compression, at most RTF_BYTES. */
static GString *decompress(struct reader *reader)
{
  guint8 window[WINDOW] = { 0 };
  gsize write = sizeof preset - 1;
  memcpy(window, preset, write);
  GString *out = g_string_new(NULL);
  guint64 control = 0, number = 0;
  for (unsigned bit = 0; out->len < RTF_BYTES; bit = (bit + 1) % 8, control >>= 1) {
    if (bit == 0 && !take_number(reader, 1, &control)) break;
    if (!(control & 1)) {
      if (!take_number(reader, 1, &number)) break;
      window[write] = (guint8)number;
      write = (write + 1) % WINDOW;
      g_string_append_c(out, (char)number);
      continue;
    }
    const guint8 *pair = take(reader, 2);
    if (!pair) break;
    gsize offset = ((gsize)pair[0] << 4 | pair[1] >> 4) % WINDOW, length = (pair[1] & 15u) + 2;
    if (offset == write) break;
    for (gsize i = 0; i < length; i++) {
      guint8 byte = window[(offset + i) % WINDOW];
      window[write] = byte;
      write = (write + 1) % WINDOW;
      g_string_append_c(out, (char)byte);
    }
  }
  return out;
}

/* RTF on its way to text. */
struct rtf {
  const char *at, *end;
  GString *out, *bytes; /* bytes: of the code page, not converted yet */
  unsigned codepage;
  int depth, skipped_from; /* groups; from which depth on nothing is taken; 0: all is */
  int fallback[DEPTH];     /* \uc: how many bytes stand for a character said by \u */
  int to_skip;
};

static void flush(struct rtf *rtf)
{
  if (rtf->bytes->len == 0) return;
  g_autofree char *text = codepage_text((const guint8 *)rtf->bytes->str, rtf->bytes->len, rtf->codepage);
  g_string_append(rtf->out, text);
  g_string_truncate(rtf->bytes, 0);
}

static void put_byte(struct rtf *rtf, char byte)
{
  if (rtf->skipped_from) return;
  if (rtf->to_skip > 0)
    rtf->to_skip--;
  else if (byte)
    g_string_append_c(rtf->bytes, byte);
}

static void put_character(struct rtf *rtf, gunichar character)
{
  if (rtf->skipped_from) return;
  flush(rtf);
  if (g_unichar_validate(character) && character != 0) g_string_append_unichar(rtf->out, character);
}

static int *fallback_of(struct rtf *rtf)
{
  return &rtf->fallback[CLAMP(rtf->depth, 0, DEPTH - 1)];
}

/* Destinations that are no text. */
static bool is_hidden(const char *word)
{
  static const char *const words[] = { "fonttbl",   "colortbl", "stylesheet", "info",      "pict",
                                       "object",    "header",   "footer",     "headerl",   "headerr",
                                       "footerl",   "footerr",  "themedata",  "datastore", "fldinst",
                                       "listtable", NULL };
  return g_strv_contains(words, word);
}

static void obey(struct rtf *rtf, const char *word, int number, bool has_number)
{
  static const struct {
    const char *word;
    gunichar character;
  } characters[] = { { "par", '\n' },      { "line", '\n' },        { "row", '\n' },
                     { "tab", '\t' },      { "cell", '\t' },        { "emdash", 0x2014 },
                     { "endash", 0x2013 }, { "bullet", 0x2022 },    { "lquote", 0x2018 },
                     { "rquote", 0x2019 }, { "ldblquote", 0x201C }, { "rdblquote", 0x201D } };
  if (strcmp(word, "u") == 0 && has_number) {
    put_character(rtf, (gunichar)(number < 0 ? number + 65536 : number));
    rtf->to_skip = *fallback_of(rtf);
    return;
  }
  if (strcmp(word, "uc") == 0) *fallback_of(rtf) = CLAMP(number, 0, 10);
  if (strcmp(word, "ansicpg") == 0 && number > 0) rtf->codepage = (unsigned)number;
  if (is_hidden(word) && !rtf->skipped_from) rtf->skipped_from = MAX(rtf->depth, 1);
  for (gsize i = 0; i < G_N_ELEMENTS(characters); i++)
    if (strcmp(word, characters[i].word) == 0) put_character(rtf, characters[i].character);
}

/* Behind a backslash: a word, or one character. */
static void read_control(struct rtf *rtf)
{
  char word[WORD] = "";
  gsize size = 0;
  if (rtf->at >= rtf->end) return;
  if (!g_ascii_isalpha(*rtf->at)) {
    char c = *rtf->at++;
    if (c == '\'' && rtf->end - rtf->at >= 2) {
      int high = g_ascii_xdigit_value(rtf->at[0]), low = g_ascii_xdigit_value(rtf->at[1]);
      rtf->at += 2;
      if (high >= 0 && low >= 0) put_byte(rtf, (char)(high << 4 | low));
    } else if (c == '*') {
      if (!rtf->skipped_from) rtf->skipped_from = MAX(rtf->depth, 1);
    } else if (c == '~') {
      put_byte(rtf, ' ');
    } else if (strchr("\\{}", c) && c) {
      put_byte(rtf, c);
    }
    return;
  }
  for (; rtf->at < rtf->end && g_ascii_isalpha(*rtf->at); rtf->at++)
    if (size + 1 < sizeof word) word[size++] = *rtf->at;
  bool is_negative = rtf->at < rtf->end && *rtf->at == '-', has_number = false;
  int number = 0;
  if (is_negative) rtf->at++;
  for (; rtf->at < rtf->end && g_ascii_isdigit(*rtf->at); rtf->at++, has_number = true)
    if (number < 1000000) number = 10 * number + (*rtf->at - '0');
  if (rtf->at < rtf->end && *rtf->at == ' ') rtf->at++;
  obey(rtf, word, is_negative ? -number : number, has_number);
}

static void read_rtf(struct rtf *rtf)
{
  while (rtf->at < rtf->end && rtf->out->len < TNEF_TEXT) {
    char c = *rtf->at++;
    if (c == '\\') {
      read_control(rtf);
    } else if (c == '{') {
      int fallback = *fallback_of(rtf);
      rtf->depth++;
      *fallback_of(rtf) = fallback;
    } else if (c == '}') {
      if (rtf->skipped_from >= rtf->depth) rtf->skipped_from = 0;
      rtf->to_skip = 0;
      if (rtf->depth > 0) rtf->depth--;
    } else if (c != '\r' && c != '\n') {
      put_byte(rtf, c);
    }
  }
  flush(rtf);
}

char *rtf_text(const guint8 *bytes, gsize size)
{
  struct reader reader = { bytes, size };
  guint64 magic = 0;
  if (!take(&reader, 8) || !take_number(&reader, 4, &magic) || !take(&reader, 4)) return NULL;
  g_autoptr(GString) rtf = NULL;
  if (magic == LZFU)
    rtf = decompress(&reader);
  else if (magic == MELA)
    rtf = g_string_new_len((const char *)reader.at, (gssize)MIN(reader.left, RTF_BYTES));
  if (!rtf || !g_str_has_prefix(rtf->str, "{\\rtf")) return NULL;
  struct rtf it = { .at = rtf->str,
                    .end = rtf->str + rtf->len,
                    .out = g_string_new(NULL),
                    .bytes = g_string_new(NULL),
                    .codepage = 1252,
                    .fallback = { 1 } };
  read_rtf(&it);
  g_string_free(it.bytes, TRUE);
  return g_string_free(it.out, FALSE);
}
