/* What the tables of phrases know of one word: which phrases can begin at it. Looking for beginnings, ends
 * and middles of a word is most of the work at a place, and people write the same few thousand words, so a
 * process keeps what it found. What strangers can make it keep is bounded: words are kept in two generations,
 * and past the bound, between two searches, the older one is forgotten. A word of the older one that is met
 * again moves into the younger, so that what everybody writes is never looked up twice. The tables do not
 * change while a process lives, so what is kept stays true. */
#include "lib/text/phrases_private.h"

#include <string.h>

enum {
  WORDS_MAX = 16384,  /* words kept, a generation */
  PLACES_MAX = 65536, /* places kept for all of them */
  SLOTS_LEAST = 1024, /* a power of two */
  LONGEST_WORD = 80,  /* nothing is looked for in the middle of words longer than any language has */
};

/* Words by their hash; the next slot where one is taken. Of the older generation's slots some have given
 * their word to the younger. */
struct known {
  struct slot {
    guint32 hash;
    struct phrase_word *word; /* NULL: free */
  } * slots;
  guint size, count; /* slots; of them taken */
  guint places;      /* of all words */
};
static struct known young, old;

/* Stands in a slot whose word moved: no lexeme has its text. */
static struct phrase_word *moved(void)
{
  static struct phrase_word word;
  return &word;
}

/* Of words that no phrase begins with. */
static const struct phrase_begins nothing[PHRASES_ABOUT_COUNT];

bool phrase_affix_fits(const struct phrase_element *affix, const char *word, gsize size)
{
  if (size < affix->size) return false;
  if (affix->is_open_left && affix->is_open_right) return strstr(word, affix->text) != NULL;
  return memcmp(word + (affix->is_open_left ? size - affix->size : 0), affix->text, affix->size) == 0;
}

static int compare_places(gconstpointer a, gconstpointer b)
{
  const struct phrase_place *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Adds the phrases of the affixes that share a key and fit a word. Of two that match alike ("*spielplatz",
 * "*platz") the one that stands first in its table counts, so those of several affixes are put in one order.
 */
static void add_affix(const struct phrase_index *index, GArray *places, guint key, char third,
                      const char *word, gsize size)
{
  if (!phrase_index_has_affix(index, key)) return;
  const struct phrase_bucket *same = g_hash_table_lookup(index->by_affix, GUINT_TO_POINTER(key));
  guint before = places->len, fitting = 0;
  for (guint i = same->from; i < same->end; i++) {
    const struct phrase_affix *affix = &index->affixes[i];
    if (affix->third && affix->third != third) continue;
    if (!phrase_affix_fits(affix->element, word, size)) continue;
    g_array_append_vals(places, index->order + affix->bucket.from, affix->bucket.end - affix->bucket.from);
    fitting++;
  }
  if (fitting > 1)
    qsort(&g_array_index(places, struct phrase_place, before), places->len - before,
          sizeof(struct phrase_place), compare_places);
}

static void add_affixes(const struct phrase_index *index, GArray *places, const char *word, gsize size)
{
  const guchar *letters = (const guchar *)word;
  char behind = size > 2 ? word[2] : '\0', before = size > 2 ? word[size - 3] : '\0';
  add_affix(index, places, phrase_affix_key(false, true, letters[0], 0), '\0', word, size);
  add_affix(index, places, phrase_affix_key(true, false, letters[size - 1], 0), '\0', word, size);
  if (size > 1) {
    add_affix(index, places, phrase_affix_key(false, true, letters[0], letters[1]), behind, word, size);
    add_affix(index, places, phrase_affix_key(true, false, letters[size - 2], letters[size - 1]), before,
              word, size);
  }
  for (gsize i = 0; i + 1 < MIN(size, LONGEST_WORD); i++)
    add_affix(index, places, phrase_affix_key(true, true, letters[i], letters[i + 1]), '\0', word, size);
}

static struct phrase_begins begins_of(const struct phrase_index *index, const struct lexeme *lexeme,
                                      gsize size)
{
  static GArray *places; /* of struct phrase_place, used again and again */
  if (!places) places = g_array_new(FALSE, FALSE, sizeof(struct phrase_place));
  g_array_set_size(places, 0);
  if (lexeme->kind == LEXEME_WORD && size > 0) add_affixes(index, places, lexeme->folded, size);
  return (struct phrase_begins){
    .start = g_hash_table_lookup(index->by_word, lexeme->folded),
    .count = places->len,
    .places = places->len ? g_memdup2(places->data, places->len * sizeof(struct phrase_place)) : NULL,
  };
}

static guint places_of(const struct phrase_word *word)
{
  guint sum = 0;
  for (int about = 0; about < PHRASES_ABOUT_COUNT; about++) sum += word->about[about].count;
  return sum;
}

static struct phrase_word *look_up(const struct lexeme *lexeme)
{
  gsize size = strlen(lexeme->folded);
  struct phrase_word *word = g_malloc(sizeof *word + size + 1);
  struct phrase_begins begins[PHRASES_ABOUT_COUNT];
  bool is_any = false;
  for (int about = 0; about < PHRASES_ABOUT_COUNT; about++) {
    begins[about] = begins_of(&tables.index[about], lexeme, size);
    is_any = is_any || begins[about].start || begins[about].count;
  }
  word->about = is_any ? g_memdup2(begins, sizeof begins) : nothing;
  word->bit = (guint16)(lexeme->hash % PHRASE_BITS);
  word->size = (guint16)MIN(size, G_MAXUINT16);
  memcpy(word->text, lexeme->folded, size + 1);
  return word;
}

static void word_free(struct phrase_word *word)
{
  if (!word || word == moved()) return;
  for (int about = 0; about < PHRASES_ABOUT_COUNT; about++)
    g_free((struct phrase_place *)word->about[about].places);
  if (word->about != nothing) g_free((struct phrase_begins *)word->about);
  g_free(word);
}

/* The slot that has a word, or the free one it belongs into. */
static struct slot *slot_of(const struct known *known, const char *text, guint32 hash)
{
  for (guint at = hash & (known->size - 1);; at = (at + 1) & (known->size - 1)) {
    struct slot *slot = &known->slots[at];
    if (!slot->word) return slot;
    if (slot->hash == hash && slot->word != moved() && strcmp(slot->word->text, text) == 0) return slot;
  }
}

/* Twice the slots; the words stay where they are. */
static void grow(void)
{
  struct known small = young;
  young.size = MAX(small.size * 2, SLOTS_LEAST);
  young.slots = g_new0(struct slot, young.size);
  for (guint at = 0; at < small.size; at++)
    if (small.slots[at].word)
      *slot_of(&young, small.slots[at].word->text, small.slots[at].hash) = small.slots[at];
  g_free(small.slots);
}

/* Takes a word out of the older generation; NULL: it is not there. */
static struct phrase_word *take_old(const struct lexeme *lexeme)
{
  struct slot *slot = old.size ? slot_of(&old, lexeme->folded, lexeme->hash) : NULL;
  struct phrase_word *word = slot ? slot->word : NULL;
  if (word) slot->word = moved();
  return word;
}

/* A word, digits and a mark never fold alike, so the text alone is the key. */
const struct phrase_word *phrases_word(const struct lexeme *lexeme)
{
  if (young.count * 2 >= young.size) grow();
  struct slot *slot = slot_of(&young, lexeme->folded, lexeme->hash);
  if (slot->word) return slot->word;
  struct phrase_word *word = take_old(lexeme);
  if (!word) word = look_up(lexeme);
  *slot = (struct slot){ lexeme->hash, word };
  young.count++;
  young.places += places_of(word);
  return word;
}

void phrases_words_trim(void)
{
  if (young.count <= WORDS_MAX && young.places <= PLACES_MAX) return;
  for (guint at = 0; at < old.size; at++) word_free(old.slots[at].word);
  g_free(old.slots);
  old = young;
  young = (struct known){ 0 };
}
