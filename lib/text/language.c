/* A guess at the language of a text. Arabic and Cyrillic are told by their script, Russian from Ukrainian by
 * letters and small words. Languages of Latin script are told by three things together:
 *
 *   trigrams   how likely three letters follow each other, learnt at the first call from our own samples
 *              (language_samples.c); accents taken off, so that "fuer" and "icin" are read as people type
 * them words      the small ones that every sentence needs letters    "ß" or "ğ" where somebody took the
 * trouble
 *
 * Points are eighths of a bit, added up; the language with the most points wins when it is clearly ahead, and
 * the fewer the letters the clearer. Addresses, URLs and quoted lines do not count.
 *
 * What surprised us: names of streets make every mail a little German; so a mail needs more than a greeting
 * to be called anything. */
#include "lib/text/language.h"

#include "lib/text/language_samples.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
  LOOK_AT = 2000,
  LETTERS_ENOUGH = 700, /* more change nothing */
  LETTERS_MIN = 4,
  ALPHABET = 27, /* a to z, and the blank as 0 */
  LANES = 16,    /* a row of the table, so that the compiler adds it at once */
  POINTS_WORD = 28,
  POINTS_LETTER = 36,
  POINTS_FLOOR = -100, /* a trigram that a language does not have: 12.5 bits */
  STRANGE = -90,       /* an average below is no language of ours */
  WORD_MAX = 24,
};

/* What a letter beyond ASCII is: its base and the languages that have it. */
struct letter {
  uint8_t base; /* 1 to 26; 0: none */
  uint16_t languages;
};

static struct {
  int8_t points[ALPHABET * ALPHABET * ALPHABET][LANES];
  struct letter latin[0x250 - 0xC0], viet[0x1F00 - 0x1E00];
  GHashTable *words; /* word as written → bits of languages */
} learnt;

/* ---- letters ---- */

static uint8_t base_of(gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  switch (c) {
  case 0xDF: return 's' - 'a' + 1;
  case 0xE6: return 'a' - 'a' + 1;
  case 0x131: return 'i' - 'a' + 1;
  case 0x142: return 'l' - 'a' + 1;
  case 0x111: return 'd' - 'a' + 1;
  case 0x153:
  case 0xF8: return 'o' - 'a' + 1;
  default: break;
  }
  gsize count = g_unichar_fully_decompose(g_unichar_tolower(c), FALSE, parts, G_N_ELEMENTS(parts));
  return count && parts[0] >= 'a' && parts[0] <= 'z' ? (uint8_t)(parts[0] - 'a' + 1) : 0;
}

static struct letter *letter_at(gunichar c)
{
  if (c >= 0xC0 && c < 0x250) return &learnt.latin[c - 0xC0];
  if (c >= 0x1E00 && c < 0x1F00) return &learnt.viet[c - 0x1E00];
  return NULL;
}

/* A letter of any case as 1 to 26; 0: none. *languages: who has it. */
static uint8_t read_letter(gunichar c, uint16_t *languages)
{
  *languages = 0;
  if (c < 0x80) return g_ascii_isalpha((char)c) ? (uint8_t)((c | 0x20) - 'a' + 1) : 0;
  const struct letter *letter = letter_at(c);
  if (letter) *languages = letter->languages;
  return letter ? letter->base : 0;
}

static void learn_letters(void)
{
  for (gunichar c = 0xC0; c < 0x250; c++) letter_at(c)->base = g_unichar_isalpha(c) ? base_of(c) : 0;
  for (gunichar c = 0x1E00; c < 0x1F00; c++) letter_at(c)->base = g_unichar_isalpha(c) ? base_of(c) : 0;
  for (gsize i = 0; i < LATIN_LANGUAGES; i++)
    for (const char *at = language_samples[i].letters; *at; at = g_utf8_next_char(at)) {
      gunichar c = g_utf8_get_char(at);
      letter_at(c)->languages |= (uint16_t)(1U << i);
      if (letter_at(g_unichar_toupper(c))) letter_at(g_unichar_toupper(c))->languages |= (uint16_t)(1U << i);
    }
}

/* ---- learning ---- */

/* Trigrams as they pass. */
static guint push(guint trigram, uint8_t letter)
{
  return (trigram * ALPHABET + letter) % (ALPHABET * ALPHABET * ALPHABET);
}

/* Counts a sample's trigrams; umlauts as two letters where `is_typed_out`. */
static void count_sample(guint *counts, const char *text, bool is_typed_out)
{
  guint trigram = 0;
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    uint16_t languages;
    uint8_t letter = read_letter(c, &languages);
    trigram = push(trigram, letter);
    counts[trigram] += trigram != 0;
    if (is_typed_out && (c == 0xE4 || c == 0xF6 || c == 0xFC)) {
      trigram = push(trigram, 'e' - 'a' + 1);
      counts[trigram]++;
    }
  }
}

/* Eighths of log2(x), to within one; no libm for so little. */
static int eighths_of_log2(guint x)
{
  int whole = (int)g_bit_storage(x) - 1;
  return 8 * whole + (int)((8 * ((gulong)x - (1UL << whole))) >> whole);
}

static void learn_trigrams(gsize language)
{
  enum { ALL = ALPHABET * ALPHABET * ALPHABET };
  g_autofree guint *counts = g_new0(guint, ALL);
  const struct language_sample *sample = &language_samples[language];
  bool is_german = strcmp(sample->code, "de") == 0;
  for (int typed_out = 0; typed_out <= is_german; typed_out++) {
    count_sample(counts, sample->text, typed_out);
    count_sample(counts, sample->text, typed_out);
    count_sample(counts, sample->words, typed_out);
  }
  guint total = 0;
  for (gsize i = 0; i < ALL; i++) total += counts[i];
  for (gsize i = 0; i < ALL; i++) {
    int points = counts[i] ? eighths_of_log2(4 * counts[i] + 1) - eighths_of_log2(4 * total) : POINTS_FLOOR;
    learnt.points[i][language] = (int8_t)MAX(points, POINTS_FLOOR);
  }
}

static void learn_words(gsize language)
{
  g_auto(GStrv) each = g_strsplit(language_samples[language].words, " ", -1);
  for (char **word = each; *word; word++) {
    guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(learnt.words, *word)) | 1U << language;
    if (**word) g_hash_table_replace(learnt.words, g_strdup(*word), GUINT_TO_POINTER(bits));
  }
}

static void learn_once(void)
{
  static gsize is_done = 0;
  if (!g_once_init_enter(&is_done)) return;
  learnt.words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  learn_letters();
  for (gsize i = 0; i < LATIN_LANGUAGES; i++) {
    learn_trigrams(i);
    learn_words(i);
  }
  g_once_init_leave(&is_done, 1);
}

/* ---- Latin script ---- */

struct tally {
  int points[LANES];
  int words[LANES]; /* small words of each */
  int letters, trigrams;
  int signs; /* small words, and letters that not everyone has */
};

static void add_trigram(struct tally *tally, guint trigram)
{
  const int8_t *restrict row = learnt.points[trigram];
  int *restrict points = tally->points;
  for (gsize i = 0; i < LANES; i++) points[i] += row[i];
  tally->trigrams++;
}

static void add_bits(struct tally *tally, guint bits, int points)
{
  for (gsize i = 0; bits; i++, bits >>= 1)
    if (bits & 1) tally->points[i] += points;
}

/* A small word counts the less the more languages have it. */
static void add_word(struct tally *tally, const char *word, gsize size)
{
  char ended[WORD_MAX + 1];
  if (size == 0 || size > WORD_MAX) return;
  memcpy(ended, word, size);
  ended[size] = '\0';
  guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(learnt.words, ended));
  if (!bits) return;
  tally->signs++;
  add_bits(tally, bits, POINTS_WORD / (int)__builtin_popcount(bits));
  for (gsize i = 0; bits >> i; i++) tally->words[i] += (bits >> i & 1) != 0;
}

/* One run of letters, apostrophes inside. */
static const char *read_word(struct tally *tally, const char *at)
{
  char lower[WORD_MAX + 8];
  gsize size = 0;
  guint trigram = 0;
  bool is_long = false;
  for (; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    uint16_t languages;
    uint8_t letter = read_letter(c, &languages);
    bool is_joint = (c == '\'' || c == 0x2019) && size > 0;
    if (!letter && !is_joint) break;
    if (size + 6 > sizeof lower) is_long = true;
    if (!is_long && c < 0x80)
      lower[size++] = g_ascii_tolower((char)c);
    else if (!is_long)
      size += (gsize)g_unichar_to_utf8(c == 0x2019 ? '\'' : g_unichar_tolower(c), lower + size);
    trigram = push(trigram, letter);
    add_trigram(tally, trigram);
    tally->letters += letter != 0;
    if (languages) add_bits(tally, languages, POINTS_LETTER);
    tally->signs += languages != 0;
  }
  add_trigram(tally, push(trigram, 0));
  if (!is_long) add_word(tally, lower, size);
  return at;
}

/* Is the piece between blanks an address or a URL? */
static bool is_machine_word(const char *at, gsize *size)
{
  *size = strcspn(at, " \t\n");
  return memchr(at, '@', *size) || g_strstr_len(at, (gssize)*size, "://") ||
         g_ascii_strncasecmp(at, "www.", 4) == 0;
}

static void read_text(struct tally *tally, const char *text)
{
  bool begins_line = true;
  for (const char *at = text; *at && tally->letters < LETTERS_ENOUGH;) {
    gsize size;
    uint16_t languages;
    bool begins_piece = at == text || g_ascii_isspace(at[-1]);
    if (begins_line && *at == '>') {
      at += strcspn(at, "\n");
    } else if (begins_piece && is_machine_word(at, &size)) {
      at += size;
    } else if (read_letter(g_utf8_get_char(at), &languages)) {
      at = read_word(tally, at);
    } else {
      begins_line = *at == '\n' || (begins_line && g_ascii_isspace(*at));
      at = g_utf8_next_char(at);
      continue;
    }
    begins_line = false;
  }
}

/* How far ahead the best must be, in eighths of a bit. */
static int margin_for(int letters)
{
  return letters < 8 ? 80 : letters < 15 ? 44 : letters < 20 ? 28 : 12;
}

/* Where the letters call a language none of whose small words was said, and just one language has several of
 * them, it is that one: "Kleidertauschparty am 30. Mai, 13 bis 17 Uhr" is no French. -1: no such one. */
static int by_small_words(const struct tally *tally, gsize best)
{
  enum { SEVERAL = 2 };
  int most = 0, like_it = 0;
  for (int i = 1; i < (int)LATIN_LANGUAGES; i++)
    if (tally->words[i] > tally->words[most]) most = i;
  for (int i = 0; i < (int)LATIN_LANGUAGES; i++) like_it += tally->words[i] == tally->words[most];
  return tally->words[best] == 0 && tally->words[most] >= SEVERAL && like_it == 1 ? most : -1;
}

static const char *by_letters(const char *text)
{
  struct tally tally = { 0 };
  learn_once();
  read_text(&tally, text);
  if (tally.letters < LETTERS_MIN) return NULL;
  gsize best = 0, second = 1;
  for (gsize i = 1; i < LATIN_LANGUAGES; i++) {
    if (tally.points[i] > tally.points[best]) {
      second = best;
      best = i;
    } else if (second == best || tally.points[i] > tally.points[second]) {
      second = i;
    }
  }
  if (tally.signs == 0 && tally.points[best] < STRANGE * tally.trigrams) return NULL;
  int ahead = tally.points[best] - tally.points[second], said = by_small_words(&tally, best);
  if (said >= 0) return language_samples[said].code;
  return ahead >= margin_for(tally.letters) ? language_samples[best].code : NULL;
}

/* ---- scripts ---- */

struct scripts {
  int latin, cyrillic, arabic;
  int ukrainian, russian; /* letters that the other has not */
};

static struct scripts count_scripts(const char *text)
{
  struct scripts it = { 0 };
  for (; *text; text = g_utf8_next_char(text)) {
    if (!(*text & 0x80)) {
      it.latin += g_ascii_isalpha(*text);
      continue;
    }
    gunichar c = g_utf8_get_char(text);
    if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00))
      it.latin += g_unichar_isalpha(c);
    else if (c >= 0x400 && c < 0x530)
      it.cyrillic++;
    else if (c >= 0x600 && c < 0x700)
      it.arabic += g_unichar_isalpha(c);
    gunichar lower = c >= 0x400 && c < 0x530 ? g_unichar_tolower(c) : 0;
    it.ukrainian += lower == 0x456 || lower == 0x457 || lower == 0x454 || lower == 0x491; /* і ї є ґ */
    it.russian += lower == 0x44B || lower == 0x44D || lower == 0x451 || lower == 0x44A;   /* ы э ё ъ */
  }
  return it;
}

/* Small words that only one of the two has. */
static int count_small_words(const char *text, const char *words)
{
  int count = 0;
  g_auto(GStrv) each = g_strsplit(words, " ", -1);
  for (char **word = each; *word; word++) {
    gsize size = strlen(*word);
    for (const char *at = strstr(text, *word); at; at = strstr(at + size, *word)) {
      bool begins = at == text || !(at[-1] & 0x80), ends = !(at[size] & 0x80);
      count += begins && ends;
    }
  }
  return count;
}

static const char *russian_or_ukrainian(const struct scripts *it, const char *text)
{
  g_autofree char *lower = g_utf8_strdown(text, -1);
  int ukrainian =
      2 * it->ukrainian + 3 * count_small_words(lower, "та як це що чи або але вже ще дуже немає "
                                                       "треба прошу дякую буде мене вулиця будь ласка "
                                                       "коли може хто де нам вас для зі мені тиждень "
                                                       "достатньо краще більше листів листом ми можу "
                                                       "прийдемо удвох вдвох дякуємо якщо щоб від зараз "
                                                       "зламана зламаний зламано робити зробити");
  int russian =
      2 * it->russian + 3 * count_small_words(lower, "и как это что или но уже очень нет надо прошу "
                                                     "спасибо будет меня улица пожалуйста когда может "
                                                     "кто где нам вас для со все если еще есть с мы "
                                                     "могу придем придём вдвоем вдвоём сломан сломана "
                                                     "сейчас сделать от");
  return ukrainian > russian ? "uk" : "ru";
}

const char *language_guess(const char *text)
{
  gsize size = strnlen(text, LOOK_AT);
  while (size > 0 && text[size] && (text[size] & 0xC0) == 0x80) size--;
  g_autofree char *head = g_strndup(text, size);
  struct scripts it = count_scripts(head);
  int most = MAX(it.latin, MAX(it.cyrillic, it.arabic));
  if (most < 3) return NULL;
  if (most == it.arabic) return "ar";
  if (most == it.cyrillic) return russian_or_ukrainian(&it, head);
  return by_letters(head);
}
