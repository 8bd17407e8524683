/* Phrases: the search of the tables of human words in a text.
 *
 * A phrase is a row of elements. All phrases are sorted into buckets: those that begin with a whole word by
 * it and, where that is one too, by the second; those that begin with a beginning ("verteil*"), an end
 * ("*kasse") or a middle of words by two of its letters. At each lexeme the buckets that can match are tried,
 * so common words ("ich", "bitte") cost little. A phrase has a bounded number of gaps of bounded length: the
 * work at a place is bounded by the tables, not by the text. */
#include "lib/text/phrases_private.h"

#include <string.h>

enum { GAP_LEXEMES = 5 };

struct phrase_tables tables;

guint phrases_tag(const char *name)
{
  return tables.tags ? GPOINTER_TO_UINT(g_hash_table_lookup(tables.tags, name)) : 0;
}

static gint by_word(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *phrases_values(guint tag)
{
  GPtrArray *values = g_ptr_array_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; tables.phrases && i < tables.phrases->len; i++) {
    const struct phrase *phrase = &g_array_index(tables.phrases, struct phrase, i);
    if (phrase->tag != tag || !*phrase->value || !g_hash_table_add(seen, (char *)phrase->value)) continue;
    g_ptr_array_add(values, (char *)phrase->value);
  }
  g_ptr_array_sort(values, by_word);
  return values;
}

const char *phrases_tag_name(guint tag)
{
  return tag > 0 && tag <= tables.tag_names->len ? g_ptr_array_index(tables.tag_names, tag - 1) : "";
}

/* ---- matching ---- */

static bool is_sentence_mark(const struct lexeme *it)
{
  return it->kind == LEXEME_MARK && strchr(".!?;", it->folded[0]) && it->folded[0];
}

/* A single line's end inside a sentence is a blank; two, or one behind a short line, are not. */
static guint skip_break(const struct lexemes *l, guint at)
{
  if (l->at[at].kind == LEXEME_BREAK && l->at[at + 1].kind != LEXEME_BREAK) return at + 1;
  return at;
}

struct search {
  struct passage *passage;
  const struct phrase_index *index;
  enum phrases_about about;
  guint languages;                 /* bits of tables.languages that count */
  guint64 words[PHRASE_BITS / 64]; /* the words of the text, as bits */
  const struct phrase_word **at;   /* a lexeme each, and the end */
};

static bool matches_alternative(const struct search *s, const struct phrase_element *e, guint at)
{
  const struct lexeme *it = &s->passage->lexemes->at[at];
  if (e->kind == ELEMENT_EXACT)
    return e->bit == s->at[at]->bit && it->kind != LEXEME_BREAK && it->kind != LEXEME_END &&
           g_str_equal(it->folded, e->text);
  if (e->kind == ELEMENT_AFFIX)
    return it->kind == LEXEME_WORD && phrase_affix_fits(e, it->folded, s->at[at]->size);
  return e->kind == ELEMENT_DIGITS && it->kind == LEXEME_DIGITS;
}

static bool matches_one(const struct search *s, const struct phrase_element *const *e, guint at)
{
  guint count;
  const struct phrase_element *const *alternatives = phrase_alternatives(e, &count);
  for (guint i = 0; i < count; i++)
    if (matches_alternative(s, alternatives[i], at)) return true;
  return false;
}

static bool is_finish(const struct lexemes *l, guint at)
{
  const struct lexeme *it = &l->at[at];
  if (it->kind == LEXEME_END || is_sentence_mark(it)) return true;
  return it->kind == LEXEME_BREAK && l->at[at + 1].kind != LEXEME_WORD ? true
         : it->kind == LEXEME_BREAK                                    ? l->at[at + 1].begins_sentence
                                                                       : false;
}

/* Elements from `e` on, at lexeme `at`: the place behind them; 0: no match. */
static guint match_rest(const struct search *s, const struct phrase *phrase, guint e, guint at)
{
  const struct lexemes *l = s->passage->lexemes;
  for (; e < phrase->count; e++) {
    const struct phrase_element *element = phrase->elements[e];
    if (element->kind == ELEMENT_FINISH) {
      if (!is_finish(l, at)) return 0;
      continue;
    }
    if (element->kind == ELEMENT_GAP) {
      for (guint gap = 0; gap <= GAP_LEXEMES; gap++) {
        guint end = match_rest(s, phrase, e + 1, at);
        if (end) return end;
        at = skip_break(l, at);
        if (l->at[at].kind == LEXEME_END || l->at[at].kind == LEXEME_BREAK) return 0;
        if (is_sentence_mark(&l->at[at]) && l->at[at + 1].begins_sentence) return 0;
        at++;
      }
      return 0;
    }
    at = skip_break(l, at);
    if (!matches_one(s, &phrase->elements[e], at)) return 0;
    at++;
  }
  return at;
}

/* A phrase whose first word is known to stand at a lexeme. */
static guint match_phrase(const struct search *s, const struct phrase *phrase, guint at)
{
  bool has_begin = phrase->elements[0]->kind == ELEMENT_BEGIN;
  if (has_begin && !s->passage->lexemes->at[at].begins_sentence) return 0;
  return match_rest(s, phrase, has_begin ? 2 : 1, at + 1);
}

static void note_words(struct search *s)
{
  const struct lexemes *l = s->passage->lexemes;
  s->at = g_new(const struct phrase_word *, l->count + 1);
  for (guint at = 0; at <= l->count; at++) {
    s->at[at] = phrases_word(&l->at[at]);
    guint bit = s->at[at]->bit;
    if (at < l->count) s->words[bit / 64] |= G_GUINT64_CONSTANT(1) << bit % 64;
  }
}

static bool has_word(const struct search *s, guint bit)
{
  return s->words[bit / 64] >> bit % 64 & 1;
}

/* Whether one of the words that may stand here is in the text at all. */
static bool may_stand(const struct search *s, const struct phrase_element *const *element)
{
  guint count;
  const struct phrase_element *const *alternatives = phrase_alternatives(element, &count);
  for (guint i = 0; i < count; i++) {
    const struct phrase_element *it = alternatives[i];
    if (it->kind != ELEMENT_EXACT || has_word(s, it->bit)) return true;
  }
  return false;
}

/* Whether all words of a phrase are in the text at all: most are not, and phrases with gaps would look far.
 */
static bool may_match(const struct search *s, const struct phrase *phrase)
{
  for (guint e = phrase->count; e-- > 1;)
    if (!may_stand(s, &phrase->elements[e])) return false;
  return true;
}

/* Tries a bucket at a lexeme; the longest hit of a tag stays. */
static void try_places(struct search *s, const struct phrase_place *places, guint count, guint at)
{
  for (guint i = 0; i < count; i++) {
    const struct phrase_place *place = &places[i];
    if (!(s->languages & 1U << place->language)) continue;
    if (place->last < PHRASE_BITS && !has_word(s, place->last)) continue;
    if (place->other < PHRASE_BITS && !has_word(s, place->other)) continue;
    const struct phrase *phrase = &g_array_index(tables.phrases, struct phrase, place->number);
    if (!may_match(s, phrase)) continue;
    guint end = match_phrase(s, phrase, at);
    if (!end) continue;
    GArray *hits = s->passage->hits;
    guint k = hits->len;
    struct phrase_hit hit = { phrase->tag, at, end, phrase->value,
                              g_ptr_array_index(tables.languages, phrase->language) };
    while (k > 0 && g_array_index(hits, struct phrase_hit, k - 1).first == at) {
      struct phrase_hit *other = &g_array_index(hits, struct phrase_hit, k - 1);
      if (other->tag == phrase->tag) {
        if (other->end < end) *other = hit;
        break;
      }
      k--;
    }
    if (k == 0 || g_array_index(hits, struct phrase_hit, k - 1).first != at) g_array_append_val(hits, hit);
  }
}

static void try_bucket(struct search *s, struct phrase_bucket bucket, guint at)
{
  try_places(s, s->index->order + bucket.from, bucket.end - bucket.from, at);
}

static guint language_bits(const char *language)
{
  guint mul = 0, own = 0, all = 0;
  for (guint i = 0; i < tables.languages->len; i++) {
    const char *name = g_ptr_array_index(tables.languages, i);
    all |= 1U << i;
    if (g_str_equal(name, "mul")) mul |= 1U << i;
    if (language && g_str_has_prefix(language, name)) own |= 1U << i;
  }
  return own ? own | mul : all;
}

/* Phrases that begin with exactly this lexeme. */
static void try_word(struct search *s, guint at)
{
  const struct lexemes *l = s->passage->lexemes;
  const struct phrase_start *start = s->at[at]->about[s->about].start;
  if (!start) return;
  try_bucket(s, start->others, at);
  try_bucket(s, phrase_index_second(s->index, start, l->at[skip_break(l, at + 1)].folded), at);
}

static void search(struct search *s)
{
  const struct lexemes *l = s->passage->lexemes;
  phrases_words_trim();
  note_words(s);
  for (guint at = 0; at < l->count; at++) {
    const struct lexeme *it = &l->at[at];
    if (it->kind == LEXEME_BREAK) continue;
    try_word(s, at);
    if (it->kind == LEXEME_DIGITS) try_bucket(s, s->index->digits, at);
    const struct phrase_begins *begins = &s->at[at]->about[s->about];
    try_places(s, begins->places, begins->count, at);
  }
  g_free(s->at);
}

static int compare_hits(const struct phrase_hit *x, const struct phrase_hit *y)
{
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return x->tag < y->tag ? -1 : x->tag > y->tag;
}

/* Hits come by lexemes; only those of one lexeme may stand in another order. */
static void sort_hits(GArray *hits)
{
  struct phrase_hit *all = (struct phrase_hit *)(void *)hits->data;
  for (guint i = 1; i < hits->len; i++) {
    struct phrase_hit hit = all[i];
    guint k = i;
    for (; k > 0 && compare_hits(&all[k - 1], &hit) > 0; k--) all[k] = all[k - 1];
    all[k] = hit;
  }
}

/* What makes asking cheap: where each lexeme's hits begin, and which tags have any. */
static void index_hits(struct passage *passage)
{
  guint count = passage->lexemes->count;
  g_free(passage->from);
  g_free(passage->tags);
  passage->from = g_new(guint32, count + 1);
  passage->tags = g_new0(guint64, tables.tag_names->len / 64 + 1);
  guint lexeme = 0;
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    while (lexeme <= hit->first) passage->from[lexeme++] = i;
    passage->tags[hit->tag / 64] |= G_GUINT64_CONSTANT(1) << hit->tag % 64;
  }
  while (lexeme <= count) passage->from[lexeme++] = passage->hits->len;
}

struct passage *passage_new(const char *text, const char *language, gsize limit)
{
  return passage_new_about(text, PHRASES_MEANING, language, limit);
}

struct passage *passage_new_about(const char *text, enum phrases_about about, const char *language,
                                  gsize limit)
{
  struct passage *passage = g_new0(struct passage, 1);
  passage->lexemes = lexemes_new(text, limit);
  passage->hits = g_array_new(FALSE, FALSE, sizeof(struct phrase_hit));
  passage->language = g_strdup(language);
  if (phrases_are_loaded()) {
    struct search s = {
      .passage = passage, .index = &tables.index[about], .about = about, .languages = language_bits(language)
    };
    search(&s);
    sort_hits(passage->hits);
    index_hits(passage);
  }
  return passage;
}

void passage_forget(struct passage *passage, guint8 *is_name, const char *but)
{
  g_free(passage->is_name);
  passage->is_name = is_name;
  guint left = 0;
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    bool is_within = is_name[hit->first] || is_name[hit->end - 1];
    if (is_within && !g_str_has_prefix(phrases_tag_name(hit->tag), but)) continue;
    g_array_index(passage->hits, struct phrase_hit, left++) = *hit;
  }
  if (left == passage->hits->len) return;
  g_array_set_size(passage->hits, left);
  index_hits(passage);
}

void passage_free(struct passage *passage)
{
  if (!passage) return;
  lexemes_free(passage->lexemes);
  g_array_unref(passage->hits);
  g_free(passage->from);
  g_free(passage->tags);
  g_free(passage->is_name);
  g_free(passage->language);
  g_free(passage);
}
