/* Numbers: digits with their separators, and words. The build asks ICU's rules once how every
 * number below hundred and every whole hundred is spelled in each language, gender and case
 * (mk/spell-numbers.c); what a text says is looked up and put together: "zweihundertvierzig" is "zwei",
 * "hundert", "vierzig".
 *
 * What surprised us: ICU parses spelled numbers so slowly that a mail of words would take milliseconds, and
 * puts soft hyphens into German ones, which nobody writes; asking it the other way round costs nothing and
 * knows "fuenf" and "uc" too, for its words are folded as texts are. And Turkish "bin" and "on" are German
 * and English words. */
#include "lib/text/facts/numbers.h"

#include "lib/text/facts/number_words.h"

#include <string.h>

enum { WORD_MAX = 64, WORDS_IN_ROW = 12 };

/* One word that is a number, or that multiplies one. */
struct atom {
  uint32_t value;
  uint8_t tongues;
  bool is_ordinal, is_factor;
};

static GHashTable *atoms; /* folded word → struct atom */
static GStringChunk *words;

/* The hashes of all of them as bits: most words of a text are no numbers, and are told so at once. */
enum { ATOM_BITS = 65536 };
static uint64_t atom_bits[ATOM_BITS / 64];

static bool may_be_atom(const struct lexeme *it)
{
  uint32_t bit = it->hash % ATOM_BITS;
  return atom_bits[bit / 64] >> bit % 64 & 1;
}

/* ---- the table ---- */

static void put_atom(const char *folded, uint32_t value, enum tongue tongue, bool is_ordinal, bool is_factor)
{
  struct atom *atom = g_hash_table_lookup(atoms, folded);
  if (atom) {
    if (atom->value == value) atom->tongues |= (uint8_t)tongue;
    return;
  }
  atom = g_new0(struct atom, 1);
  *atom = (struct atom){ value, (uint8_t)tongue, is_ordinal, is_factor };
  g_hash_table_insert(atoms, g_string_chunk_insert(words, folded), atom);
  uint32_t bit = lexeme_hash(folded) % ATOM_BITS;
  atom_bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* A spelled number of one word is kept, also as people without the letters ü and ö write it. */
static void put_spelled(const char *spelled, uint32_t value, enum tongue tongue, bool is_ordinal)
{
  if (strpbrk(spelled, " -")) return;
  g_autofree char *folded = lexeme_fold(spelled, strlen(spelled));
  put_atom(folded, value, tongue, is_ordinal, false);
  if (tongue != TONGUE_TR) return;
  g_autoptr(GString) plain = g_string_new(spelled);
  g_string_replace(plain, "ü", "u", 0);
  g_string_replace(plain, "ö", "o", 0);
  g_autofree char *ascii = lexeme_fold(plain->str, plain->len);
  put_atom(ascii, value, tongue, is_ordinal, false);
}

/* What multiplies the words before it. */
static void put_factors(void)
{
  static const struct {
    const char *word;
    uint32_t value;
    enum tongue tongue;
  } factors[] = {
    { "hundert", 100, TONGUE_DE },      { "tausend", 1000, TONGUE_DE },
    { "million", 1000000, TONGUE_DE },  { "millionen", 1000000, TONGUE_DE },
    { "hundred", 100, TONGUE_EN },      { "thousand", 1000, TONGUE_EN },
    { "million", 1000000, TONGUE_EN },  { "yuez", 100, TONGUE_TR },
    { "yuz", 100, TONGUE_TR },          { "bin", 1000, TONGUE_TR },
    { "milyon", 1000000, TONGUE_TR },   { "тысяча", 1000, TONGUE_RU },
    { "тысячи", 1000, TONGUE_RU },      { "тысячу", 1000, TONGUE_RU },
    { "тысяч", 1000, TONGUE_RU },       { "миллион", 1000000, TONGUE_RU },
    { "миллиона", 1000000, TONGUE_RU }, { "миллионов", 1000000, TONGUE_RU },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(factors); i++) {
    g_autofree char *folded = lexeme_fold(factors[i].word, strlen(factors[i].word));
    put_atom(folded, factors[i].value, factors[i].tongue, false, true);
  }
}

void numbers_init(void)
{
  static gsize once;
  if (!g_once_init_enter(&once)) return;
  atoms = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  words = g_string_chunk_new(8192);
  put_factors();
  put_atom("zwo", 2, TONGUE_DE, false, false);
  put_atom("fuffzig", 50, TONGUE_DE, false, false);
  put_atom("fuffzehn", 15, TONGUE_DE, false, false);
  for (gsize i = 0; i < number_word_count; i++) {
    const struct number_word *it = &number_words[i];
    put_spelled(it->spelled, it->value, it->tongue, it->is_ordinal);
  }
  g_once_init_leave(&once, 1);
}

/* ---- words ---- */

/* A part of a German word: the number from its table, or -1. */
static int64_t part_value(const char *from, gsize size)
{
  char word[WORD_MAX];
  if (size == 0 || size >= WORD_MAX) return -1;
  memcpy(word, from, size);
  word[size] = '\0';
  const struct atom *atom = g_hash_table_lookup(atoms, word);
  return atom && !atom->is_ordinal && !atom->is_factor && (atom->tongues & TONGUE_DE) ? (int64_t)atom->value
                                                                                      : -1;
}

/* "anderthalb", "zweieinhalb" before "tausend": the whole part, -1: none. */
static int64_t halved(const char *from, gsize size)
{
  static const char one[] = "anderthalb", half[] = "einhalb";
  if (size == sizeof one - 1 && strncmp(from, one, size) == 0) return 1;
  gsize whole = size - MIN(size, sizeof half - 1);
  return whole && strncmp(from + whole, half, sizeof half - 1) == 0 ? part_value(from, whole) : -1;
}

/* "zweihundertvierzig" by its middle word: what stands left of it times `unit` and what stands right of it.
 */
static int64_t compound_value(const char *from, gsize size, const char *middle, int64_t unit)
{
  char word[WORD_MAX];
  if (size >= WORD_MAX) return -1;
  memcpy(word, from, size);
  word[size] = '\0';
  char *at = strstr(word, middle);
  if (!at) return unit == 1000 ? compound_value(from, size, "hundert", 100) : part_value(from, size);
  gsize left = (gsize)(at - word);
  const char *right = from + left + strlen(middle);
  gsize rest = size - left - strlen(middle);
  if (rest > 3 && strncmp(right, "und", 3) == 0) {
    right += 3;
    rest -= 3;
  }
  int64_t halves = unit == 1000 && rest == 0 ? halved(from, left) : -1;
  if (halves > 0) return halves * unit + unit / 2;
  int64_t times = left == 0      ? 1
                  : unit == 1000 ? compound_value(from, left, "hundert", 100)
                                 : part_value(from, left);
  int64_t more = rest == 0      ? 0
                 : unit == 1000 ? compound_value(right, rest, "hundert", 100)
                                : part_value(right, rest);
  return times < 0 || more < 0 || more >= unit ? -1 : times * unit + more;
}

/* Whether words of a tongue count in this passage: Turkish ones look too much like others to be taken
 * anywhere. */
static bool may_speak(const struct passage *passage, uint8_t tongues)
{
  if (tongues & ~TONGUE_TR) return true;
  return !passage->language || strncmp(passage->language, "tr", 2) == 0;
}

/* The number a lexeme is alone; false: none. `*atom` points to static storage or the table. */
static bool word_atom(const struct passage *passage, guint at, struct atom *atom)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it->kind != LEXEME_WORD) return false;
  const struct atom *known = may_be_atom(it) ? g_hash_table_lookup(atoms, it->folded) : NULL;
  if (known) {
    *atom = *known;
    return may_speak(passage, known->tongues);
  }
  gsize size = strlen(it->folded);
  if (size < 8 || !memchr(it->folded, 'd', size) ||
      (!strstr(it->folded, "hundert") && !strstr(it->folded, "tausend")))
    return false;
  int64_t value = compound_value(it->folded, size, "tausend", 1000);
  if (value < 0) return false;
  *atom = (struct atom){ .value = (uint32_t)value, .tongues = TONGUE_DE };
  return true;
}

static bool is_glue(const struct lexeme *it)
{
  return lexeme_is(it, "und") || lexeme_is(it, "and") || (lexeme_is(it, "-") && !it->is_spaced);
}

/* What has been heard of a row of words. */
struct heard {
  int64_t total, current;
  bool is_factor_last;
};

/* Takes one more word in; false: it begins another number. */
static bool hear(struct heard *heard, const struct atom *atom, bool is_first)
{
  int64_t value = atom->value;
  if (atom->is_factor) {
    if (value == 100 && heard->current >= 100) return false;
    if (value > 100 && !is_first && heard->current == 0) return false;
    if (value == 100) {
      heard->current = MAX(heard->current, 1) * 100;
    } else {
      heard->total += MAX(heard->current, 1) * value;
      heard->current = 0;
    }
    heard->is_factor_last = true;
    return true;
  }
  bool fits = is_first || (heard->current >= 1000 && heard->current % 1000 == 0 && value < 1000) ||
              (heard->current == 0 && heard->total > 0 && value < 1000) ||
              (heard->current > 0 && heard->current % 100 == 0 && value < 100) ||
              (heard->current % 100 >= 10 && heard->current % 10 == 0 && value < 10);
  if (!fits || (is_first ? false : value >= 1000)) return false;
  heard->current += value;
  heard->is_factor_last = value >= 100 && value % 100 == 0;
  return true;
}

/* "bin" and "on" alone are no Turkish in a text whose language is not known. */
static bool is_false_friend(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (passage->language || (!lexeme_is(it, "bin") && !lexeme_is(it, "on"))) return false;
  struct atom next;
  return !word_atom(passage, at + 1, &next) || !(next.tongues & TONGUE_TR);
}

static bool read_words(const struct passage *passage, guint at, struct number *number)
{
  const struct lexeme *l = passage->lexemes->at;
  struct heard heard = { 0 };
  struct atom atom;
  if (!word_atom(passage, at, &atom) || is_false_friend(passage, at)) return false;
  if (l[at + 1].kind == LEXEME_WORD && g_str_has_prefix(l[at].folded, "ein") && lexeme_is(&l[at + 1], "paar"))
    return false;
  uint8_t tongues = atom.tongues;
  hear(&heard, &atom, true);
  bool is_ordinal = atom.is_ordinal;
  guint end = at + 1;
  for (guint i = 0; i < WORDS_IN_ROW && !is_ordinal; i++) {
    guint next = end;
    if (is_glue(&l[next])) {
      bool is_hyphen = l[next].kind == LEXEME_MARK;
      if (!is_hyphen && !heard.is_factor_last) break;
      next++;
      if (is_hyphen && l[next].is_spaced) break;
    }
    if (!word_atom(passage, next, &atom) || !(atom.tongues & tongues)) break;
    /* a whole German word ("zwanzig") is not continued by another one ("drei") */
    if (tongues == TONGUE_DE && !atom.is_factor && !heard.is_factor_last) break;
    if (!hear(&heard, &atom, false)) break;
    is_ordinal = atom.is_ordinal;
    end = next + 1;
  }
  *number = (struct number){
    .end = end, .value = (double)(heard.total + heard.current), .is_word = true, .is_ordinal = is_ordinal
  };
  return true;
}

/* ---- digits ---- */

static guint digits_size(const struct lexeme *it)
{
  return it->end - it->start;
}

/* Digits behind the mark at `at`, written together: the lexeme of the digits, 0: none. */
static guint digits_behind(const struct lexeme *l, guint at, const char *marks)
{
  if (l[at].kind != LEXEME_MARK || l[at].is_spaced || !strchr(marks, l[at].folded[0]) || l[at].folded[1])
    return 0;
  return l[at + 1].kind == LEXEME_DIGITS && !l[at + 1].is_spaced ? at + 1 : 0;
}

/* Whether the decimals at `behind` are rather the month of a date or a part of a row. */
static bool is_row(const struct lexeme *l, guint behind)
{
  char mark = l[behind - 1].folded[0];
  if (digits_behind(l, behind + 1, mark == '.' ? "." : ",")) return true;
  return mark == '.' && lexeme_is(&l[behind + 1], ".") && !l[behind + 1].is_spaced && l[behind].number <= 12;
}

static bool read_number(const struct passage *passage, guint at, struct number *number)
{
  static const double scale[] = { 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
  const struct lexeme *l = passage->lexemes->at;
  double value = l[at].number;
  guint end = at + 1, groups = 0, behind;
  char mark = '\0';
  if (l[at].number == UINT32_MAX) return false;
  while (digits_size(&l[at]) <= 3 && l[at].number > 0 && groups < 3 &&
         (behind = digits_behind(l, end, ".,'")) && digits_size(&l[behind]) == 3 &&
         (!groups || l[end].folded[0] == mark)) {
    mark = l[end].folded[0];
    value = value * 1000 + l[behind].number;
    end = behind + 1;
    groups++;
  }
  behind = digits_behind(l, end, mark == '.' ? "," : mark == ',' ? "." : ".,");
  if (behind && digits_size(&l[behind]) < 10 && digits_size(&l[behind]) != 3 && !is_row(l, behind)) {
    value += l[behind].number / scale[digits_size(&l[behind])];
    end = behind + 1;
  }
  *number = (struct number){ .end = end, .value = value };
  return true;
}

/* ---- both ---- */

/* The number of a tag, asked once the tables are there. */
static guint tag_of(const char *name, _Atomic guint *known)
{
  guint tag = *known;
  if (!tag) *known = tag = phrases_tag(name);
  return tag;
}

bool number_at(const struct passage *passage, guint lexeme, struct number *number)
{
  static _Atomic guint word_tag, scale_tag;
  numbers_init();
  const struct lexeme *l = passage->lexemes->at;
  if (l[lexeme].kind != LEXEME_WORD && l[lexeme].kind != LEXEME_DIGITS) return false;
  const struct phrase_hit *word = passage_at(passage, tag_of("number.word", &word_tag), lexeme);
  bool is_found = l[lexeme].kind == LEXEME_DIGITS ? read_number(passage, lexeme, number)
                                                  : read_words(passage, lexeme, number);
  if (word && (!is_found || word->end > number->end)) {
    *number =
        (struct number){ .end = word->end, .value = g_ascii_strtod(word->value, NULL), .is_word = true };
    is_found = true;
  }
  if (!is_found || number->is_ordinal) return is_found;
  const struct phrase_hit *scale = passage_at(passage, tag_of("number.scale", &scale_tag), number->end);
  if (scale && (l[scale->first].end - l[scale->first].start > 1 || !l[scale->first].is_spaced)) {
    number->value *= g_ascii_strtod(scale->value, NULL);
    number->end = scale->end;
  }
  return true;
}

double number_times(const char *folded)
{
  numbers_init();
  gsize size = strlen(folded);
  if (size < 5 || size >= WORD_MAX || memcmp(folded + size - 3, "mal", 3) != 0) return 0;
  int64_t value = part_value(folded, size - 3);
  return value > 0 ? (double)value : 0;
}
