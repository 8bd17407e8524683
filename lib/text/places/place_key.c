/* Keys of names; see place_key.h. Called for every row of a gazetteer when it is loaded and for every word of
 * a mail that may begin a place, so it allocates nothing.
 *
 * What surprised us: "Strasse" is misspelt more often than the name before it ("Strase", "Stasse", "Staße"),
 * "Pl." and "Ch." stand for whole words, and Russian neighbours write "Шнеллерштрассе". */
#include "lib/text/places/place_key.h"

#include <string.h>

/* Endings of folded words and what they are in a key; longer ones first. */
static const struct {
  const char *ending, *in_key;
  bool is_word; /* only as a word of its own */
} endings[] = {
  { "strassse", "str", false },     { "straasse", "str", false },     { "strasse", "str", false },
  { "strrasse", "str", false },     { "strassen", "str", true },      { "starsse", "str", false },
  { "sttasse", "str", false },      { "stresse", "str", false },      { "strase", "str", false },
  { "stasse", "str", false },       { "srasse", "str", false },       { "strsse", "str", false },
  { "strass", "str", false },       { "stras", "str", false },        { "strae", "str", false },
  { "schtrasse", "str", false },    { "strabe", "str", false },       { "plaetze", "platz", true },
  { "plats", "platz", false },      { "plaz", "platz", false },       { "pl", "platz", false },
  { "chausee", "chaussee", false }, { "chausse", "chaussee", false }, { "chauss", "chaussee", false },
  { "ch", "chaussee", true },       { "alle", "allee", true },        { "wg", "weg", true },
  { "sankt", "st", true },          { "doktor", "dr", true },         { "prom", "promenade", true },
};

/* Cyrillic letters by their sound in German; groups first. */
static const struct {
  const char *cyrillic, *latin;
} sounds[] = {
  { "шт", "st" }, { "шп", "sp" }, { "ай", "ei" }, { "ой", "eu" }, { "кс", "x" }, { "а", "a" },
  { "б", "b" },   { "в", "w" },   { "г", "g" },   { "д", "d" },   { "е", "e" },  { "ё", "oe" },
  { "ж", "sch" }, { "з", "s" },   { "и", "i" },   { "й", "j" },   { "к", "k" },  { "л", "l" },
  { "м", "m" },   { "н", "n" },   { "о", "o" },   { "п", "p" },   { "р", "r" },  { "с", "s" },
  { "т", "t" },   { "у", "u" },   { "ф", "f" },   { "х", "h" },   { "ц", "z" },  { "ч", "tsch" },
  { "ш", "sch" }, { "щ", "sch" }, { "ъ", "" },    { "ы", "y" },   { "ь", "" },   { "э", "e" },
  { "ю", "ue" },  { "я", "ja" },  { "і", "i" },   { "ї", "ji" },  { "є", "je" },
};

/* Copies a word; Cyrillic becomes Latin. */
static gsize put_latin(char *out, gsize room, const char *word)
{
  gsize size = 0;
  while (*word && size < room) {
    if ((guchar)*word < 0x80) {
      out[size++] = *word++;
      continue;
    }
    gsize taken = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sounds) && !taken; i++) {
      if (!g_str_has_prefix(word, sounds[i].cyrillic)) continue;
      taken = strlen(sounds[i].cyrillic);
      for (const char *p = sounds[i].latin; *p && size < room; p++) out[size++] = *p;
    }
    word += taken ? taken : (gsize)(g_utf8_next_char(word) - word);
  }
  return size;
}

static bool ends_in(const char *text, gsize size, const char *ending, gsize ending_size)
{
  return size >= ending_size && memcmp(text + size - ending_size, ending, ending_size) == 0;
}

bool place_key_add(struct place_key *key, const char *folded)
{
  char word[PLACE_KEY_BYTES];
  guchar first = (guchar)folded[0];
  if (first < 0x80 && !g_ascii_isalnum(folded[0])) return true;
  gsize size = put_latin(word, sizeof word, folded), cut = size;
  const char *instead = "";
  for (gsize i = 0; i < G_N_ELEMENTS(endings) && cut == size && size > 1; i++) {
    gsize ending = strlen(endings[i].ending);
    if (!ends_in(word, size, endings[i].ending, ending) || (endings[i].is_word && ending != size)) continue;
    cut = size - ending;
    instead = endings[i].in_key;
  }
  gsize behind = strlen(instead);
  if (key->size + cut + behind + 1 > sizeof key->text) return false;
  memcpy(key->text + key->size, word, cut);
  memcpy(key->text + key->size + cut, instead, behind);
  key->size += cut + behind;
  key->text[key->size] = '\0';
  return true;
}

void place_key_of(struct place_key *key, const char *name)
{
  *key = (struct place_key){ .size = 0 };
  g_autoptr(lexemes_t) lexemes = lexemes_new(name, 0);
  for (guint i = 0; i < lexemes->count; i++)
    if (!place_key_add(key, lexemes->at[i].folded)) return;
}

uint32_t place_key_letters(const char *key)
{
  uint32_t bits = 0;
  for (; *key; key++) bits |= 1U << ((guchar)*key & 31U);
  return bits;
}

gsize place_key_ending(const char *key, gsize size)
{
  static const char *const street[] = { "str",   "allee", "weg",   "platz",  "damm", "chaussee",
                                        "ufer",  "steig", "ring",  "gasse",  "pfad", "promenade",
                                        "zeile", "steg",  "stieg", "gestell" };
  for (gsize i = 0; i < G_N_ELEMENTS(street); i++)
    if (ends_in(key, size, street[i], strlen(street[i]))) return strlen(street[i]);
  return 0;
}

guint place_key_distance(const char *a, gsize a_size, const char *b, gsize b_size, guint limit)
{
  guint8 rows[3][PLACE_KEY_BYTES + 1];
  gsize apart = a_size > b_size ? a_size - b_size : b_size - a_size;
  if (apart > limit || a_size >= PLACE_KEY_BYTES || b_size >= PLACE_KEY_BYTES) return limit + 1;
  for (gsize j = 0; j <= b_size; j++) rows[0][j] = (guint8)j;
  for (gsize i = 1; i <= a_size; i++) {
    guint8 *row = rows[i % 3], *above = rows[(i - 1) % 3], *two = rows[(i + 1) % 3], least;
    least = row[0] = (guint8)i;
    for (gsize j = 1; j <= b_size; j++) {
      guint change = above[j - 1] + (a[i - 1] != b[j - 1] ? 1U : 0U);
      guint best = MIN(change, MIN(above[j], row[j - 1]) + 1U);
      bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) best = MIN(best, two[j - 2] + 1U);
      row[j] = (guint8)best;
      least = MIN(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return MIN(rows[a_size % 3][b_size], limit + 1);
}
