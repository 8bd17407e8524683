/* Charsets: what a mail says about its bytes, and what they are. lib/mail calls this for every body and every
 * header with 8-bit bytes.
 *
 * Mails lie about charsets, in a few ways that come again and again: windows-1252 is called iso-8859-1
 * (WHATWG reads it so, and so do we), UTF-8 is called anything, a translated menu entry stands where a name
 * should, the last character of UTF-8 is cut. So bytes that are valid UTF-8 with a character beyond ASCII are
 * UTF-8 whatever a single-byte name claims (text of such charsets is never valid UTF-8 by accident, but for a
 * word or two of two-byte Asian ones, which are believed). Only what is neither is guessed at, first by the
 * letters that German uses in old charsets, since statistics fail on a line of greeting, then by ICU.
 *
 * UTF-7 is decoded only where declared: elsewhere "+ADw-" means just that. NUL bytes are dropped, so that the
 * result is a C string. Linear time. */
#include "lib/text/charset.h"
#include "lib/text/escape.h"
#include "lib/text/utf8.h"
#include <stdbool.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum charset_shape {
  SHAPE_SINGLE, /* one byte a character: valid UTF-8 wins over it */
  SHAPE_UTF8,   /* UTF-8, ASCII and names that say nothing */
  SHAPE_MULTI,  /* several bytes a character: believed */
  SHAPE_NONE,   /* no such charset */
};

struct charset_name {
  const char *said; /* lower case, letters and digits only */
  const char *icu;  /* NULL with SHAPE_UTF8 */
  enum charset_shape shape;
};

/* Names that ICU does not know or reads too narrowly. All others are asked of ICU. */
static const struct charset_name charset_names[] = {
  { "utf8", NULL, SHAPE_UTF8 },
  { "utf8mb4", NULL, SHAPE_UTF8 },
  { "unicode11utf8", NULL, SHAPE_UTF8 },
  { "unicode20utf8", NULL, SHAPE_UTF8 },
  { "unicodeutf8", NULL, SHAPE_UTF8 },
  { "cp65001", NULL, SHAPE_UTF8 },
  { "windows65001", NULL, SHAPE_UTF8 },
  { "xunknown", NULL, SHAPE_UTF8 },
  { "unknown8bit", NULL, SHAPE_UTF8 },
  { "unknown", NULL, SHAPE_UTF8 },
  { "default", NULL, SHAPE_UTF8 },
  { "defaultcharset", NULL, SHAPE_UTF8 },
  { "none", NULL, SHAPE_UTF8 },
  { "null", NULL, SHAPE_UTF8 },
  { "binary", NULL, SHAPE_UTF8 },
  { "8bit", NULL, SHAPE_UTF8 },
  { "iso", NULL, SHAPE_UTF8 },
  { "usascii", NULL, SHAPE_UTF8 },
  { "ascii", NULL, SHAPE_UTF8 },
  { "ansix34", NULL, SHAPE_UTF8 },
  { "ansix341968", NULL, SHAPE_UTF8 },
  { "ansix341986", NULL, SHAPE_UTF8 },
  { "iso646us", NULL, SHAPE_UTF8 },
  { "646", NULL, SHAPE_UTF8 },
  { "iso88591", "windows-1252", SHAPE_SINGLE },
  { "iso885911987", "windows-1252", SHAPE_SINGLE },
  { "iso8859", "windows-1252", SHAPE_SINGLE },
  { "88591", "windows-1252", SHAPE_SINGLE },
  { "latin1", "windows-1252", SHAPE_SINGLE },
  { "l1", "windows-1252", SHAPE_SINGLE },
  { "isolatin1", "windows-1252", SHAPE_SINGLE },
  { "isoir100", "windows-1252", SHAPE_SINGLE },
  { "cp819", "windows-1252", SHAPE_SINGLE },
  { "ansi", "windows-1252", SHAPE_SINGLE },
  { "1252", "windows-1252", SHAPE_SINGLE },
  { "cp1252", "windows-1252", SHAPE_SINGLE },
  { "xansi", "windows-1252", SHAPE_SINGLE },
  { "westeuropischiso", "windows-1252", SHAPE_SINGLE }, /* "Westeuropäisch ISO" without its umlaut */
  { "westeuropaeischiso", "windows-1252", SHAPE_SINGLE },
  { "westeuropischwindows", "windows-1252", SHAPE_SINGLE },
  { "westeuropaeischwindows", "windows-1252", SHAPE_SINGLE },
  { "westerneuropeaniso", "windows-1252", SHAPE_SINGLE },
  { "westerneuropeanwindows", "windows-1252", SHAPE_SINGLE },
  { "westerniso88591", "windows-1252", SHAPE_SINGLE },
  { "iso885915", "ISO-8859-15", SHAPE_SINGLE },
  { "latin9", "ISO-8859-15", SHAPE_SINGLE },
  { "iso88598i", "ISO-8859-8", SHAPE_SINGLE },
  { "iso88598e", "ISO-8859-8", SHAPE_SINGLE },
  { "iso88599", "windows-1254", SHAPE_SINGLE },
  { "latin5", "windows-1254", SHAPE_SINGLE },
  { "iso885911", "windows-874", SHAPE_SINGLE },
  { "tis620", "windows-874", SHAPE_SINGLE },
  { "cp850", "ibm-850", SHAPE_SINGLE },
  { "850", "ibm-850", SHAPE_SINGLE },
  { "cp437", "ibm-437", SHAPE_SINGLE },
  { "437", "ibm-437", SHAPE_SINGLE },
  { "pc8", "ibm-850", SHAPE_SINGLE },
  { "cp866", "ibm-866", SHAPE_SINGLE },
  { "koi8", "KOI8-R", SHAPE_SINGLE },
  { "koi8ru", "KOI8-U", SHAPE_SINGLE },
  { "koi8unicode", "KOI8-R", SHAPE_SINGLE },
  { "win1250", "windows-1250", SHAPE_SINGLE },
  { "win1251", "windows-1251", SHAPE_SINGLE },
  { "win1252", "windows-1252", SHAPE_SINGLE },
  { "win1254", "windows-1254", SHAPE_SINGLE },
  { "xmacroman", "macintosh", SHAPE_SINGLE },
  { "macroman", "macintosh", SHAPE_SINGLE },
  { "xmaccyrillic", "x-mac-cyrillic", SHAPE_SINGLE },
  { "gb2312", "GB18030", SHAPE_MULTI },
  { "gbk", "GB18030", SHAPE_MULTI },
  { "xgbk", "GB18030", SHAPE_MULTI },
  { "chinesesimplifiedgb2312", "GB18030", SHAPE_MULTI },
  { "ksc56011987", "windows-949", SHAPE_MULTI },
  { "ksc5601", "windows-949", SHAPE_MULTI },
  { "euckr", "windows-949", SHAPE_MULTI },
  { "shiftjis", "windows-31j", SHAPE_MULTI },
  { "xsjis", "windows-31j", SHAPE_MULTI },
  { "sjis", "windows-31j", SHAPE_MULTI },
  { "big5", "Big5-HKSCS", SHAPE_MULTI },
  { "cp932", "windows-31j", SHAPE_MULTI },
  { "utf7", "UTF-7", SHAPE_MULTI },
  { "unicode11utf7", "UTF-7", SHAPE_MULTI },
  { "xunicode20utf7", "UTF-7", SHAPE_MULTI },
  { "unicode", "UTF-16", SHAPE_MULTI },
  { "ucs2", "UTF-16", SHAPE_MULTI },
};

enum { CHARSET_NAME_MAX = 64 };

/* Asks ICU for a name of its own and for its shape. */
static struct charset_name ask_icu(const char *declared)
{
  struct charset_name found = { declared, NULL, SHAPE_NONE };
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(declared, &status);
  if (U_FAILURE(status)) return found;
  found.icu = g_intern_string(ucnv_getName(converter, &status));
  found.shape = ucnv_getType(converter) == UCNV_SBCS || ucnv_getType(converter) == UCNV_LATIN_1 ? SHAPE_SINGLE
                                                                                                : SHAPE_MULTI;
  if (ucnv_getType(converter) == UCNV_EBCDIC_STATEFUL) found.shape = SHAPE_NONE;
  ucnv_close(converter);
  return found;
}

/* What a declared name means. */
static struct charset_name resolve(const char *declared)
{
  struct charset_name none = { NULL, NULL, SHAPE_NONE };
  if (declared == NULL || strlen(declared) > CHARSET_NAME_MAX) return none;
  char plain[CHARSET_NAME_MAX + 1];
  gsize size = 0;
  for (const char *p = declared; *p != '\0'; p++)
    if (g_ascii_isalnum(*p)) plain[size++] = g_ascii_tolower(*p);
  plain[size] = '\0';
  if (size == 0) return none;
  for (gsize i = 0; i < G_N_ELEMENTS(charset_names); i++)
    if (strcmp(plain, charset_names[i].said) == 0) return charset_names[i];
  g_autofree char *trimmed = g_strstrip(g_strdup(declared));
  return ask_icu(trimmed);
}

/* How a text looks when read as UTF-8. */
struct utf8_look {
  gsize wide;      /* valid characters beyond ASCII */
  gsize broken;    /* sequences that are none */
  bool cut_at_end; /* the only broken one is an unfinished one at the end */
};

static struct utf8_look look_as_utf8(const char *bytes, gsize size)
{
  struct utf8_look look = { 0, 0, false };
  for (const char *p = bytes, *end = bytes + size; p < end;) {
    gunichar c;
    gsize length = utf8_read(p, end, &c);
    if (length > 1) look.wide++;
    if (length == 0) {
      length = utf8_broken_length(p, end);
      look.cut_at_end =
          look.broken == 0 && p + length == end && (unsigned char)*p >= 0xC2 && (unsigned char)*p <= 0xF4;
      look.broken++;
    }
    p += length;
  }
  return look;
}

/* The letters and signs beyond ASCII that German text uses, in three charsets that mails without a name are
 * in. */
static const struct {
  const char *name;
  const char *bytes;
  const char *proof; /* one of these must be there: letters, not only signs */
} german_alphabets[] = {
  { "windows-1252",
    "\xE4\xF6\xFC\xC4\xD6\xDC\xDF\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xA7\xAB\xB0\xB2\xB3\xB4\xB7"
    "\xBB"
    "\xBD\xE0\xE9\xE8\xE7\xEA\xF4",
    "\xE4\xF6\xFC\xC4\xD6\xDC\xDF\xE9\x80" },
  { "ibm-850", "\x84\x94\x81\x8E\x99\x9A\xE1\xF5\x82", "\x84\x94\x81\x8E\x99\x9A\xE1" },
  { "macintosh", "\x8A\x9A\x9F\x80\x85\x86\xA7\xD0\xD1\xD2\xD3\xE3\xCA\x8E", "\x8A\x9A\x9F\xA7" },
};

/* Which German alphabet holds all bytes beyond ASCII; NULL: none does. */
static const char *detect_german(const char *bytes, gsize size)
{
  bool seen[256] = { false };
  for (gsize i = 0; i < size; i++) seen[(unsigned char)bytes[i]] = true;
  for (gsize a = 0; a < G_N_ELEMENTS(german_alphabets); a++) {
    bool has_others = false, has_proof = false;
    for (int byte = 0x80; byte < 0x100; byte++) {
      if (!seen[byte]) continue;
      has_others |= strchr(german_alphabets[a].bytes, byte) == NULL;
      has_proof |= strchr(german_alphabets[a].proof, byte) != NULL;
    }
    if (has_proof && !has_others) return german_alphabets[a].name;
  }
  return NULL;
}

enum { DETECT_MAX_BYTES = 65536, DETECT_MIN_CONFIDENCE = 10 };

/* ICU's best guess among charsets that mail comes in; NULL: none worth taking. */
static const char *detect_by_icu(const char *bytes, gsize size)
{
  static const char *const believable[] = { "windows-1250", "windows-1251",
                                            "windows-1252", "windows-1253",
                                            "windows-1254", "windows-1255",
                                            "windows-1256", "ISO-8859-1",
                                            "ISO-8859-2",   "ISO-8859-5",
                                            "ISO-8859-6",   "ISO-8859-7",
                                            "ISO-8859-8",   "ISO-8859-9",
                                            "KOI8-R",       "IBM866",
                                            "Shift_JIS",    "GB18030",
                                            "EUC-JP",       "EUC-KR",
                                            "Big5",         NULL };
  const char *best = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  ucsdet_setText(detector, bytes, (int32_t)MIN(size, DETECT_MAX_BYTES), &status);
  int32_t count = 0;
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &status);
  for (int32_t i = 0; U_SUCCESS(status) && best == NULL && i < count; i++) {
    const char *name = ucsdet_getName(matches[i], &status);
    int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_SUCCESS(status) && confidence >= DETECT_MIN_CONFIDENCE && g_strv_contains(believable, name))
      best = name;
  }
  if (best != NULL) best = strcmp(best, "ISO-8859-1") == 0 ? "windows-1252" : g_intern_string(best);
  ucsdet_close(detector);
  return best;
}

/* The charset that a byte order mark names, and the mark's length. */
static const char *read_mark(const char *bytes, gsize size, gsize *length)
{
  static const struct {
    const char *mark;
    gsize length;
    const char *name;
  } marks[] = { { "\xEF\xBB\xBF", 3, "UTF-8" },
                { "\xFF\xFE", 2, "UTF-16LE" },
                { "\xFE\xFF", 2, "UTF-16BE" } };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (size < marks[i].length || memcmp(bytes, marks[i].mark, marks[i].length) != 0) continue;
    *length = marks[i].length;
    return marks[i].name;
  }
  *length = 0;
  return NULL;
}

const char *charset_detect(const char *bytes, gsize size)
{
  gsize mark;
  const char *name = read_mark(bytes, size, &mark);
  if (name == NULL) {
    struct utf8_look look = look_as_utf8(bytes, size);
    if (look.broken == 0 || (look.wide > 0 && (look.cut_at_end || look.wide / 4 >= look.broken)))
      name = "UTF-8";
  }
  if (name == NULL) name = detect_german(bytes, size);
  if (name == NULL) name = detect_by_icu(bytes, size);
  g_autofree char *lower = g_ascii_strdown(name != NULL ? name : "windows-1252", -1);
  return g_intern_string(lower);
}

/* UTF-16 to UTF-8 without NUL; lone surrogates become U+FFFD, and so does SUB, which ICU puts for a broken
 * single byte. */
static char *from_utf16(const UChar *text, int32_t length, gsize *size_out)
{
  GString *out = g_string_sized_new((gsize)length + (gsize)length / 8);
  for (int32_t i = 0; i < length;) {
    UChar32 c;
    U16_NEXT(text, i, length, c);
    if (c == 0) continue;
    if (c < 0x80 && c != 0x1A)
      g_string_append_c(out, (char)c);
    else
      g_string_append_unichar(out, U_IS_SURROGATE(c) || c == 0x1A ? 0xFFFD : (gunichar)c);
  }
  *size_out = out->len;
  return g_string_free(out, FALSE);
}

/* Converts by ICU, in pieces, so that memory stays near the result's. NULL where ICU has no such converter.
 */
static char *convert(const char *bytes, gsize size, const char *name, gsize *size_out)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) return NULL;
  GString *out = g_string_sized_new(size + size / 4 + 1);
  const char *source = bytes, *end = bytes + size;
  do {
    UChar piece[2048], *target = piece;
    status = U_ZERO_ERROR;
    /* A pair of surrogates may straddle two pieces; one unit of room is kept and the pair is finished in the
     * next. */
    ucnv_toUnicode(converter, &target, piece + G_N_ELEMENTS(piece) - 1, &source, end, NULL, TRUE, &status);
    if (target > piece && U16_IS_LEAD(target[-1]) && status == U_BUFFER_OVERFLOW_ERROR) {
      UErrorCode again = U_ZERO_ERROR;
      ucnv_toUnicode(converter, &target, piece + G_N_ELEMENTS(piece), &source, end, NULL, TRUE, &again);
      status = again;
    }
    gsize part_size;
    g_autofree char *part = from_utf16(piece, (int32_t)(target - piece), &part_size);
    g_string_append_len(out, part, (gssize)part_size);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (status == U_TRUNCATED_CHAR_FOUND) g_string_append(out, UTF8_REPLACEMENT);
  ucnv_close(converter);
  *size_out = out->len;
  return g_string_free(out, FALSE);
}

/* Which charset to read with: NULL for UTF-8 (valid, or to be mended). is_clean: it is valid UTF-8 without
 * NUL, which real UTF-16 has. */
static const char *choose(const char *bytes, gsize size, const char *declared, bool is_clean)
{
  struct charset_name name = resolve(declared);
  bool claims_units = name.shape == SHAPE_MULTI &&
                      (g_str_has_prefix(name.icu, "UTF-16") || g_str_has_prefix(name.icu, "UTF-32"));
  if (name.shape == SHAPE_MULTI && !(claims_units && is_clean)) return name.icu;
  if (is_clean) return NULL;
  struct utf8_look look = look_as_utf8(bytes, size);
  if (look.broken == 0) return NULL; /* only NUL bytes disturbed */
  if (name.shape == SHAPE_SINGLE) return name.icu;
  if (name.shape == SHAPE_UTF8 && look.wide > 0 && (look.cut_at_end || look.wide >= look.broken)) return NULL;
  const char *detected = charset_detect(bytes, size);
  return strcmp(detected, "utf-8") == 0 ? NULL : detected;
}

char *charset_to_utf8(const char *bytes, gsize size, const char *declared, gsize *size_out)
{
  gsize mark, length = 0;
  const char *name = size == 0 ? NULL : read_mark(bytes, size, &mark);
  bool is_clean = false;
  if (size > 0) {
    if (name == NULL)
      name = choose(bytes, size, declared, is_clean = utf8_is_valid(bytes, size));
    else if (strcmp(name, "UTF-8") == 0)
      name = NULL;
    bytes += mark;
    size -= mark;
  }
  char *text = name != NULL && size > 0 ? convert(bytes, size, name, &length) : NULL;
  if (text == NULL) {
    text = is_clean ? g_strndup(bytes, size) : text_make_valid(bytes, size);
    length = is_clean ? size : strlen(text);
  }
  if (size_out != NULL) *size_out = length;
  return text;
}

/* NFKC case folding of text beyond ASCII. */
static char *fold_by_icu(const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
  g_autofree char *valid = text_make_valid(text, strlen(text));
  int32_t length = 0, folded_length = 0;
  gsize bytes = strlen(valid);
  g_autofree UChar *wide = g_new(UChar, bytes + 1);
  u_strFromUTF8(wide, (int32_t)bytes + 1, &length, valid, (int32_t)bytes, &status);
  folded_length = unorm2_normalize(normalizer, wide, length, NULL, 0, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR || status == U_STRING_NOT_TERMINATED_WARNING) status = U_ZERO_ERROR;
  g_autofree UChar *folded = g_new(UChar, (gsize)folded_length + 1);
  unorm2_normalize(normalizer, wide, length, folded, folded_length + 1, &status);
  gsize size;
  return U_SUCCESS(status) ? from_utf16(folded, folded_length, &size) : g_utf8_casefold(valid, -1);
}

char *charset_fold(const char *text)
{
  gsize size = strlen(text);
  if (g_str_is_ascii(text)) return g_ascii_strdown(text, (gssize)size);
  return fold_by_icu(text);
}
