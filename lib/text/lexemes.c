/* Lexemes: one pass over a text, character by character. A word is folded as it is read, so that tables and
 * texts meet however people write: umlauts or "ae", capitals or not, "geht's" or "gehts", Turkish dotless ı.
 *
 * What surprised us: soft hyphens and zero-width blanks inside words (copied from web pages), emoji with skin
 * tones, dates and abbreviations whose full stop ends no sentence, and people who end a thought with the line
 * alone. */
#include "lib/text/lexemes.h"

#include <string.h>

/* Readers look ahead: so many LEXEME_END stand behind the last lexeme. */
enum { SHORT_LINE = 50, LEXEMES_BEHIND = 4 };

/* ---- folding ---- */

/* Characters that no decomposition takes apart. */
static const char *fold_special(gunichar c)
{
  switch (c) {
  case 0xDF:
  case 0x1E9E: return "ss";
  case 0xE6:
  case 0xC6: return "ae";
  case 0x153:
  case 0x152: return "oe";
  case 0xF8:
  case 0xD8: return "oe";
  case 0x142:
  case 0x141: return "l";
  case 0x111:
  case 0x110: return "d";
  case 0x131: return "i";
  case 0xF0: return "d";
  case 0xFE: return "th";
  default: return NULL;
  }
}

/* Puts one letter of a word that begins at `word`, folded, at `out`, and gives what is behind it: three times
 * its own bytes at most. A combining diaeresis is an umlaut behind a, o and u, and else nothing. */
static char *fold_letter(char *out, const char *word, gunichar c)
{
  const char *special = fold_special(c);
  if (special) {
    while (*special) *out++ = *special++;
    return out;
  }
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize count = g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts));
  for (gsize i = 0; i < count; i++) {
    if (parts[i] == 0x308) {
      char last = out > word ? out[-1] : '\0';
      if (last == 'a' || last == 'o' || last == 'u') *out++ = 'e';
      continue;
    }
    if (g_unichar_ismark(parts[i])) continue;
    out += g_unichar_to_utf8(g_unichar_tolower(parts[i]), out);
  }
  return out;
}

/* Inside a word these are as good as not there. */
static bool is_joint(gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x60 || c == 0xB4;
}

/* Nobody sees them. */
static bool is_invisible(gunichar c)
{
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
         c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF);
}

/* What a word begins with. U+02BC, the apostrophe of Ukrainian, is a letter to Unicode and a joint here. */
static bool is_letter(gunichar c)
{
  if (c < 0x80) return g_ascii_isalpha((char)c);
  return !is_joint(c) && (g_unichar_isalpha(c) || g_unichar_ismark(c));
}

static bool is_blank(gunichar c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == 0xA0 || (c > 0x80 && g_unichar_isspace(c));
}

/* A mark as phrases write it. */
static gunichar fold_mark(gunichar c)
{
  switch (c) {
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212: return '-';
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0xAB:
  case 0xBB: return '"';
  case 0x2026: return 0x2026;
  default: return c;
  }
}

/* A folded lexeme and its NUL take at most so many bytes a byte of the text: three of its own where a letter
 * of three bytes is a Korean syllable of three letters, and its end. */
enum { FOLDED_BYTES = 4 };

char *lexeme_fold(const char *word, gsize size)
{
  char *folded = g_malloc((size + 4) * FOLDED_BYTES), *out = folded; /* a letter cut in two is read whole */
  for (const char *p = word; p < word + size && *p; p = g_utf8_next_char(p)) {
    if (g_ascii_isalnum(*p)) {
      *out++ = g_ascii_tolower(*p);
      continue;
    }
    gunichar c = g_utf8_get_char(p);
    if (!is_joint(c) && !is_invisible(c)) out = fold_letter(out, folded, c);
  }
  *out = '\0';
  return folded;
}

/* ---- reading ---- */

struct reader {
  struct lexemes *lexemes;
  struct lexeme *made; /* room for `room`, `count` of them read */
  guint count, room;
  char *put; /* where the next folded lexeme goes */
  const char *p, *end, *line;
  bool is_spaced, begins;
};

/* Ends the folded lexeme that was put from `folded` on. */
static const char *put_end(struct reader *r, const char *folded)
{
  *r->put++ = '\0';
  return folded;
}

static void put_bytes(struct reader *r, const char *bytes, gsize size)
{
  memcpy(r->put, bytes, size);
  r->put += size;
}

static void add(struct reader *r, enum lexeme_kind kind, const char *from, const char *folded)
{
  struct lexeme it = { .folded = folded,
                       .hash = lexeme_hash(folded),
                       .start = (uint32_t)(from - r->lexemes->text),
                       .end = (uint32_t)(r->p - r->lexemes->text),
                       .kind = (uint8_t)kind,
                       .is_spaced = r->is_spaced,
                       .begins_sentence = r->begins };
  if (r->count == r->room) r->made = g_renew(struct lexeme, r->made, r->room *= 2);
  r->made[r->count++] = it;
  r->is_spaced = false;
  r->begins = false;
}

/* The character at p. */
static gunichar peek(const struct reader *r)
{
  return r->p < r->end ? ((guchar)*r->p < 0x80 ? (gunichar)*r->p : g_utf8_get_char(r->p)) : 0;
}

static inline bool is_ascii_letter(char c)
{
  return (guchar)((c | 0x20) - 'a') < 26;
}

/* Reads letters of ASCII; *shouts stays true where none is small. How many. */
static guint read_ascii(struct reader *r, bool *shouts)
{
  const char *p = r->p, *end = r->end;
  char *put = r->put, small = 0;
  for (; p < end && is_ascii_letter(*p); p++) {
    small |= *p & 0x20;
    *put++ = (char)(*p | 0x20);
  }
  guint count = (guint)(p - r->p);
  r->p = p;
  r->put = put;
  if (small) *shouts = false;
  return count;
}

static void read_word(struct reader *r)
{
  const char *from = r->p, *folded = r->put;
  gunichar first = peek(r);
  bool is_capital = first < 0x80 ? g_ascii_isupper((char)first) : g_unichar_isupper(first), is_shouted = true;
  guint letters = 0;
  while (r->p < r->end) {
    letters += read_ascii(r, &is_shouted);
    if (r->p >= r->end) break;
    gunichar c = peek(r);
    const char *next = g_utf8_next_char(r->p);
    if (is_joint(c)) {
      const char *behind = next;
      if (behind >= r->end || !is_letter(g_utf8_get_char(behind))) break;
    } else if (!is_invisible(c)) {
      if (!is_letter(c)) break;
      letters++;
      is_shouted &= !g_unichar_islower(c);
      r->put = fold_letter(r->put, folded, c);
    }
    r->p = next;
  }
  add(r, LEXEME_WORD, from, put_end(r, folded));
  struct lexeme *it = &r->made[r->count - 1];
  it->is_capital = is_capital;
  it->is_shouted = is_capital && is_shouted && letters > 1;
}

static void read_digits(struct reader *r)
{
  const char *from = r->p;
  uint64_t value = 0;
  while (r->p < r->end && g_ascii_isdigit(*r->p)) {
    if (value < UINT32_MAX) value = value * 10 + (uint64_t)(*r->p - '0');
    r->p++;
  }
  gsize size = (gsize)(r->p - from);
  const char *folded = r->put;
  put_bytes(r, from, MIN(size, 64));
  add(r, LEXEME_DIGITS, from, put_end(r, folded));
  r->made[r->count - 1].number = size > 9 ? UINT32_MAX : (uint32_t)value;
}

/* Words whose full stop ends no sentence. Folded. */
static bool is_abbreviation(const char *word)
{
  static const char *const words[] = {
    "ca",  "bzw",    "usw",  "etc",  "nr",      "tel",          "dr",    "fr",      "hr",  "evtl",
    "ggf", "inkl",   "zzgl", "max",  "min",     "jan",          "feb",   "apr",     "jun", "jul",
    "aug", "sep",    "sept", "okt",  "nov",     "dez",          "mo",    "di",      "mi",  "do",
    "sa",  "abs",    "art",  "co",   "prof",    "std",          "vgl",   "geb",     "gem", "tsd",
    "mio", "mrd",    "str",  "mind", "ggue",    "tgl",          "bspw",  "sog",     "lfd", "allg",
    "ing", "mr",     "mrs",  "vs",   "approx",  "maer",         "mrz",   "stellv",  "bez", "inh",
    "gez", "nachm",  "vorm", "abds", "ev",      "kath",         "vllt",  "vlt",     "vll", "viell",
    "evt", "eventl", "ggfs", "vsl",  "wahrsch", "voraussichtl", "moegl", "einschl",
  };
  if (!word[0] || !word[1]) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_str_equal(words[i], word)) return true;
  return false;
}

/* "III. Quartal", "IX. Bezirk": a Roman number before its full stop. */
static bool is_roman(const struct lexeme *it)
{
  return it->is_shouted && it->folded[strspn(it->folded, "ivx")] == '\0' && strlen(it->folded) <= 5;
}

/* Whether the mark just read ends a sentence: what follows begins one. */
static bool ends_sentence(const struct reader *r, gunichar mark)
{
  gunichar next = peek(r);
  bool is_followed_by_blank = next == 0 || next == '\n' || is_blank(next);
  if (mark == '!' || mark == '?') return true;
  if (mark == ';' || mark == 0x2022 || mark == 0x2026) return true;
  if (mark == ':') return is_followed_by_blank;
  if (mark != '.' || !is_followed_by_blank) return false;
  if (r->count < 2) return true;
  const struct lexeme *before = &r->made[r->count - 2];
  if (before->kind == LEXEME_DIGITS) return next == 0;
  return before->kind != LEXEME_WORD || (!is_abbreviation(before->folded) && !is_roman(before));
}

static void read_mark(struct reader *r)
{
  const char *from = r->p;
  gunichar c = peek(r), folded = fold_mark(c);
  r->p = g_utf8_next_char(r->p);
  bool began = r->begins;
  const char *bytes = r->put;
  r->put += g_unichar_to_utf8(folded, r->put);
  add(r, LEXEME_MARK, from, put_end(r, bytes));
  /* a bullet or an opening quotation mark is no word: what follows still begins */
  bool is_opening =
      began && (folded == '-' || folded == '*' || folded == '"' || folded == '(' || folded == '>');
  r->begins = is_opening || ends_sentence(r, folded);
}

static void read_break(struct reader *r)
{
  const char *from = r->p;
  bool is_short = r->p - r->line < SHORT_LINE;
  bool is_blank_line = r->count > 0 && r->made[r->count - 1].kind == LEXEME_BREAK;
  bool began = r->begins;
  r->p++;
  add(r, LEXEME_BREAK, from, "");
  r->begins = began || is_short || is_blank_line;
  r->line = r->p;
  r->is_spaced = true;
}

struct lexemes *lexemes_new(const char *text, gsize limit)
{
  struct lexemes *lexemes = g_new0(struct lexemes, 1);
  const char *valid = NULL;
  gsize size = limit ? strnlen(text, limit) : strlen(text);
  g_utf8_validate(text, (gssize)size, &valid);
  size = (gsize)(valid - text);
  lexemes->text = g_malloc(size * (FOLDED_BYTES + 1) + 1); /* the folded ones stand behind the text */
  memcpy(lexemes->text, text, size);
  lexemes->text[size] = '\0';
  guint room = (guint)(size / 5 + 8);
  struct reader r = { .lexemes = lexemes,
                      .made = g_new(struct lexeme, room),
                      .room = room,
                      .put = lexemes->text + size + 1,
                      .p = lexemes->text,
                      .line = lexemes->text,
                      .end = lexemes->text + size,
                      .is_spaced = true,
                      .begins = true };
  while (r.p < r.end) {
    gunichar c = peek(&r);
    if (is_ascii_letter(*r.p)) {
      read_word(&r);
    } else if (c == '\n') {
      read_break(&r);
    } else if (is_blank(c) || is_invisible(c)) {
      r.is_spaced |= is_blank(c);
      r.p = g_utf8_next_char(r.p);
    } else if (is_letter(c)) {
      read_word(&r);
    } else if (g_ascii_isdigit((char)(c < 0x80 ? c : 0))) {
      read_digits(&r);
    } else {
      read_mark(&r);
    }
  }
  struct lexeme last = { .folded = "",
                         .hash = lexeme_hash(""),
                         .start = (uint32_t)(r.end - lexemes->text),
                         .end = (uint32_t)(r.end - lexemes->text),
                         .kind = LEXEME_END,
                         .is_spaced = true,
                         .begins_sentence = true };
  lexemes->count = r.count;
  lexemes->at = g_renew(struct lexeme, r.made, r.count + LEXEMES_BEHIND);
  for (int i = 0; i < LEXEMES_BEHIND; i++) lexemes->at[r.count + (guint)i] = last;
  return lexemes;
}

void lexemes_free(struct lexemes *lexemes)
{
  if (!lexemes) return;
  g_free(lexemes->text);
  g_free(lexemes->at);
  g_free(lexemes);
}
