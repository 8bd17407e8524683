/* The index of phrases: which of them can begin at a lexeme. Entries are gathered while tables are read, then
 * sorted once and laid out flat: all phrases of one beginning stand side by side, so that tens of thousands
 * cost every process little memory. */
#include "lib/text/phrases_private.h"

#include <string.h>

/* One phrase by how it begins. */
struct entry {
  const char *first;                  /* a whole word or mark, one pointer a text; NULL: an affix or digits */
  const char *second;                 /* likewise, where it is one too; NULL: it is none */
  const struct phrase_element *affix; /* NULL: none */
  guint key;                          /* its phrase_affix_key; 0: none */
  struct phrase_place place;
};

void phrase_index_open(struct phrase_index *index)
{
  *index = (struct phrase_index){ .entries = g_array_new(FALSE, FALSE, sizeof(struct entry)) };
}

static guint affix_of(const struct phrase_element *e)
{
  const guchar *text = (const guchar *)e->text;
  bool is_end = e->is_open_left && !e->is_open_right;
  if (e->size == 1) return phrase_affix_key(e->is_open_left, e->is_open_right, text[0], 0);
  return is_end ? phrase_affix_key(true, false, text[e->size - 2], text[e->size - 1])
                : phrase_affix_key(e->is_open_left, e->is_open_right, text[0], text[1]);
}

/* The letter of a beginning or an end that follows on those of its key: most words that share the key differ
 * there, and need no look at the affix itself. */
static char third_of(const struct phrase_element *e)
{
  if (e->size < 3 || (e->is_open_left && e->is_open_right)) return '\0';
  return e->is_open_left ? e->text[e->size - 3] : e->text[2];
}

/* Entries for a phrase that begins with one whole word: one a second word where that is one too, whatever its
 * alternatives. */
static void add_word(struct phrase_index *index, struct entry entry, const struct phrase_element *const *next)
{
  guint count = 0;
  const struct phrase_element *const *seconds = next ? phrase_alternatives(next, &count) : NULL;
  bool is_word = count > 0;
  for (guint i = 0; i < count; i++) is_word = is_word && seconds[i]->kind == ELEMENT_EXACT;
  if (!is_word) g_array_append_val(index->entries, entry);
  for (guint i = 0; is_word && i < count; i++) {
    entry.second = seconds[i]->text;
    g_array_append_val(index->entries, entry);
  }
}

/* A phrase's place. Of its whole words that are no start the bits of two: without them in a text the phrase
 * is not there. */
static struct phrase_place place_of(const struct phrase *phrase, guint number)
{
  struct phrase_place place = { number, PHRASE_BITS, PHRASE_BITS, phrase->language };
  for (guint e = phrase->count; e-- > 1;) {
    if (phrase->elements[e]->kind != ELEMENT_EXACT) continue;
    guint16 bit = phrase->elements[e]->bit;
    if (place.last == PHRASE_BITS)
      place.last = bit;
    else
      place.other = bit;
  }
  return place;
}

void phrase_index_add(struct phrase_index *index, const struct phrase *phrase, guint number)
{
  guint first = phrase->elements[0]->kind == ELEMENT_BEGIN ? 1 : 0, count;
  const struct phrase_element *const *next = first + 1U < phrase->count ? phrase->elements + first + 1 : NULL;
  const struct phrase_element *const *starts = phrase_alternatives(phrase->elements + first, &count);
  for (guint i = 0; i < count; i++) {
    struct entry entry = { .place = place_of(phrase, number) };
    if (starts[i]->kind == ELEMENT_EXACT) {
      entry.first = starts[i]->text;
      add_word(index, entry, next);
    } else {
      if (starts[i]->kind == ELEMENT_AFFIX) entry.affix = starts[i], entry.key = affix_of(starts[i]);
      g_array_append_val(index->entries, entry);
    }
  }
}

/* Whole words first, then affixes, then digits. */
static int compare_entries(gconstpointer a, gconstpointer b)
{
  const struct entry *x = a, *y = b;
  if (x->first != y->first) {
    if (!x->first || !y->first) return x->first ? -1 : 1;
    return (guintptr)x->first < (guintptr)y->first ? -1 : 1;
  }
  if (x->key != y->key) return x->key > y->key ? -1 : 1;
  if (x->affix != y->affix && strcmp(x->affix->text, y->affix->text) != 0)
    return strcmp(x->affix->text, y->affix->text);
  if (x->second != y->second) {
    if (!x->second || !y->second) return x->second ? 1 : -1;
    return strcmp(x->second, y->second);
  }
  return x->place.number < y->place.number ? -1 : x->place.number > y->place.number;
}

static const struct entry *entry_at(const struct phrase_index *index, guint i)
{
  return &g_array_index(index->entries, struct entry, i);
}

/* Where the entries that begin like the one at `from` end. */
static guint same_start_end(const struct phrase_index *index, guint from)
{
  const struct entry *it = entry_at(index, from);
  guint end = from + 1;
  while (end < index->entries->len && entry_at(index, end)->first == it->first &&
         entry_at(index, end)->key == it->key)
    end++;
  return end;
}

/* Lays out the phrases of one first word: those without a second word, then a bucket a second word. */
static void put_word(struct phrase_index *index, GArray *seconds, guint from, guint end)
{
  struct phrase_start *start = g_new0(struct phrase_start, 1);
  guint at = from;
  while (at < end && !entry_at(index, at)->second) at++;
  start->others = (struct phrase_bucket){ from, at };
  start->seconds = seconds->len;
  while (at < end) {
    struct phrase_second second = { .text = entry_at(index, at)->second, .bucket = { at, at } };
    while (at < end && entry_at(index, at)->second == second.text) at++;
    second.bucket.end = at;
    g_array_append_val(seconds, second);
  }
  start->seconds_end = seconds->len;
  g_hash_table_insert(index->by_word, (char *)entry_at(index, from)->first, start);
}

/* Lays out the phrases whose affixes share their key: a bucket an affix. */
static void put_affixes(struct phrase_index *index, GArray *affixes, guint from, guint end)
{
  guint key = entry_at(index, from)->key, bit = key & ((1U << 18) - 1);
  struct phrase_bucket own = { .from = affixes->len };
  for (guint at = from; at < end;) {
    struct phrase_affix affix = { .element = entry_at(index, at)->affix, .bucket = { at, at } };
    affix.third = third_of(affix.element);
    while (at < end && entry_at(index, at)->affix == affix.element) at++;
    affix.bucket.end = at;
    g_array_append_val(affixes, affix);
  }
  own.end = affixes->len;
  index->affix_bits[bit / 8] |= (guint8)(1U << bit % 8);
  g_hash_table_insert(index->by_affix, GUINT_TO_POINTER(key), g_memdup2(&own, sizeof own));
}

void phrase_index_seal(struct phrase_index *index)
{
  g_array_sort(index->entries, compare_entries);
  GArray *seconds = g_array_new(FALSE, FALSE, sizeof(struct phrase_second));
  GArray *affixes = g_array_new(FALSE, FALSE, sizeof(struct phrase_affix));
  index->by_word = g_hash_table_new(g_str_hash, g_str_equal);
  index->by_affix = g_hash_table_new(NULL, NULL);
  index->affix_bits = g_new0(guint8, (1U << 18) / 8);
  index->order = g_new(struct phrase_place, MAX(index->entries->len, 1));
  for (guint i = 0; i < index->entries->len; i++) index->order[i] = entry_at(index, i)->place;
  for (guint from = 0, end; from < index->entries->len; from = end) {
    const struct entry *it = entry_at(index, from);
    end = same_start_end(index, from);
    if (it->first)
      put_word(index, seconds, from, end);
    else if (it->affix)
      put_affixes(index, affixes, from, end);
    else
      index->digits = (struct phrase_bucket){ from, end };
  }
  index->seconds = (struct phrase_second *)(void *)g_array_free(seconds, FALSE);
  index->affixes = (struct phrase_affix *)(void *)g_array_free(affixes, FALSE);
  g_clear_pointer(&index->entries, g_array_unref);
}

struct phrase_bucket phrase_index_second(const struct phrase_index *index, const struct phrase_start *start,
                                         const char *folded)
{
  guint low = start->seconds, high = start->seconds_end;
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = strcmp(folded, index->seconds[middle].text);
    if (order == 0) return index->seconds[middle].bucket;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return (struct phrase_bucket){ 0, 0 };
}
