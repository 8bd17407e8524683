/* What the tables of phrases know of one word: which phrases can begin at it. Looking for beginnings, ends
 * and middles of a word is most of the work at a place, and people write the same few thousand words, so a
 * process keeps what it found. What strangers can make it keep is bounded: past the bound all is forgotten,
 * between two searches. The tables do not change while a process lives, so what is kept stays true. */
#include "lib/text/phrases_private.h"

#include <string.h>

enum {
  WORDS_MAX = 24576,   /* words kept */
  PLACES_MAX = 131072, /* places kept for all of them */
  SLOTS_LEAST = 1024,  /* a power of two */
  LONGEST_WORD = 80,   /* nothing is looked for in the middle of words longer than any language has */
};

/* All words, by their hash; the next slot where one is taken. */
static struct known {
  struct slot {
    guint32 hash;
    struct phrase_word *word; /* NULL: free */
  } * slots;
  guint size, count; /* slots; of them taken */
  guint places;      /* of all words */
} known;

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
static void add_affix(const struct phrase_index *index, GArray *places, guint key, const char *word,
                      gsize size)
{
  if (!phrase_index_has_affix(index, key)) return;
  const struct phrase_bucket *same = g_hash_table_lookup(index->by_affix, GUINT_TO_POINTER(key));
  guint before = places->len, fitting = 0;
  for (guint i = same->from; i < same->end; i++) {
    const struct phrase_affix *affix = &index->affixes[i];
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
  add_affix(index, places, phrase_affix_key(false, true, letters[0], 0), word, size);
  add_affix(index, places, phrase_affix_key(true, false, letters[size - 1], 0), word, size);
  if (size > 1) {
    add_affix(index, places, phrase_affix_key(false, true, letters[0], letters[1]), word, size);
    add_affix(index, places, phrase_affix_key(true, false, letters[size - 2], letters[size - 1]), word, size);
  }
  for (gsize i = 0; i + 1 < MIN(size, LONGEST_WORD); i++)
    add_affix(index, places, phrase_affix_key(true, true, letters[i], letters[i + 1]), word, size);
}

static struct phrase_begins begins_of(const struct phrase_index *index, const struct lexeme *lexeme,
                                      gsize size)
{
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct phrase_place));
  if (lexeme->kind == LEXEME_WORD && size > 0) add_affixes(index, places, lexeme->folded, size);
  return (struct phrase_begins){
    .start = g_hash_table_lookup(index->by_word, lexeme->folded),
    .count = places->len,
    .places = places->len ? g_memdup2(places->data, places->len * sizeof(struct phrase_place)) : NULL,
  };
}

static struct phrase_word *look_up(const struct lexeme *lexeme)
{
  gsize size = strlen(lexeme->folded);
  struct phrase_word *word = g_malloc(sizeof *word + size + 1);
  char *text = (char *)(word + 1);
  memcpy(text, lexeme->folded, size + 1);
  *word = (struct phrase_word){
    .hash = lexeme->hash, .bit = phrase_word_bit(text), .size = (guint16)MIN(size, G_MAXUINT16), .text = text
  };
  for (int about = 0; about < PHRASES_ABOUT_COUNT; about++) {
    word->about[about] = begins_of(&tables.index[about], lexeme, size);
    known.places += word->about[about].count;
  }
  return word;
}

static void word_free(struct phrase_word *word)
{
  for (int about = 0; word && about < PHRASES_ABOUT_COUNT; about++)
    g_free((struct phrase_place *)word->about[about].places);
  g_free(word);
}

/* The slot that has a word, or the free one it belongs into. */
static struct slot *slot_of(const char *text, guint32 hash)
{
  for (guint at = hash & (known.size - 1);; at = (at + 1) & (known.size - 1)) {
    struct slot *slot = &known.slots[at];
    if (!slot->word || (slot->hash == hash && strcmp(slot->word->text, text) == 0)) return slot;
  }
}

/* Twice the slots; the words stay where they are. */
static void grow(void)
{
  struct known old = known;
  known.size = MAX(old.size * 2, SLOTS_LEAST);
  known.slots = g_new0(struct slot, known.size);
  for (guint at = 0; at < old.size; at++)
    if (old.slots[at].word) *slot_of(old.slots[at].word->text, old.slots[at].hash) = old.slots[at];
  g_free(old.slots);
}

/* A word, digits and a mark never fold alike, so the text alone is the key. */
const struct phrase_word *phrases_word(const struct lexeme *lexeme)
{
  if (known.count * 2 >= known.size) grow();
  struct slot *slot = slot_of(lexeme->folded, lexeme->hash);
  if (slot->word) return slot->word;
  *slot = (struct slot){ lexeme->hash, look_up(lexeme) };
  known.count++;
  return slot->word;
}

void phrases_words_trim(void)
{
  if (known.count <= WORDS_MAX && known.places <= PLACES_MAX) return;
  for (guint at = 0; at < known.size; at++) word_free(known.slots[at].word);
  g_free(known.slots);
  known = (struct known){ 0 };
}
