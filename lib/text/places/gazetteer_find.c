/* Asking a gazetteer by name: exactly, by beginnings, and a few typos away.
 *
 * Typos: all names of the kind are looked at. A name whose length or letters differ by too much is passed
 * over in two instructions; of two thousand a few dozen are compared letter by letter. That is some
 * microseconds, and there is no index to build when a mail is explained. */
#include "lib/text/places/gazetteer_private.h"

#include <stdlib.h>
#include <string.h>

struct name_span gazetteer_all(const struct gazetteer *gazetteer)
{
  return (struct name_span){ 0, gazetteer->names->len };
}

/* The first name in the span whose beginning is not below the key (or, `is_above`, is above it). */
static guint bound(const struct gazetteer *g, const struct name_span *span, const struct place_key *key,
                   bool is_above)
{
  guint low = span->low, high = span->high;
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = strncmp(NAME(g, middle)->key, key->text, key->size);
    if (order < 0 || (is_above && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool gazetteer_narrow(const struct gazetteer *gazetteer, struct name_span *span, const struct place_key *key)
{
  span->low = bound(gazetteer, span, key, false);
  if (span->low == span->high || strncmp(NAME(gazetteer, span->low)->key, key->text, key->size) != 0) {
    span->high = span->low;
    return false;
  }
  span->high = bound(gazetteer, span, key, true);
  return true;
}

guint gazetteer_equal(const struct gazetteer *gazetteer, const struct name_span *span,
                      const struct place_key *key)
{
  guint count = 0;
  while (span->low + count < span->high && NAME(gazetteer, span->low + count)->size == key->size) count++;
  return count;
}

/* Typos that a name of so many letters may have; its ending does not count, it is the same for all. */
static guint typos_allowed(gsize letters)
{
  return letters < 4 ? 0 : letters < 7 ? 1 : letters < 18 ? 2 : 3;
}

/* Are two names rows of the same thing? */
static bool is_same(const struct name *a, const struct name *b)
{
  return a->kind == b->kind && a->first == b->first;
}

struct near_name gazetteer_near(const struct gazetteer *gazetteer, const struct place_key *key,
                                enum name_kind kind)
{
  struct near_name near = { .distance = typos_allowed(key->size - place_key_ending(key->text, key->size)) };
  uint32_t letters = place_key_letters(key->text);
  guint limit = near.distance;
  for (guint i = 0; i < gazetteer->names->len && limit > 0; i++) {
    const struct name *name = NAME(gazetteer, i);
    if (name->kind != kind || name->size > key->size + limit || key->size > name->size + limit) continue;
    if ((guint)__builtin_popcount(name->letters ^ letters) > 2 * limit) continue;
    guint distance = place_key_distance(name->key, name->size, key->text, key->size, near.distance);
    /* few people get the first letter wrong */
    if (name->key[0] != key->text[0]) distance++;
    if (distance > near.distance || (near.name && is_same(near.name, name))) continue;
    near.rivals = near.name && distance == near.distance ? near.rivals + 1 : 0;
    near.name = name;
    near.distance = distance;
  }
  return near;
}

/* ---- a text from a command line or a form ---- */

struct asking {
  const struct gazetteer *gazetteer;
  struct gazetteer_answer *answers;
  guint count;
  struct street_wish wish;
};

/* Keeps the three best; the same name and region counts once. */
static void offer(struct asking *a, const struct gazetteer_answer *answer)
{
  guint at = 0;
  for (guint i = 0; i < a->count; i++)
    if (a->answers[i].name == answer->name && a->answers[i].region == answer->region) return;
  while (at < a->count && a->answers[at].score >= answer->score) at++;
  if (at == GAZETTEER_ANSWERS) return;
  guint last = MIN(a->count, GAZETTEER_ANSWERS - 1U);
  for (guint i = last; i > at; i--) a->answers[i] = a->answers[i - 1];
  a->answers[at] = *answer;
  a->count = MIN(a->count + 1, (guint)GAZETTEER_ANSWERS);
}

/* A street: by its house number, else each region that it runs through. */
static void offer_street(struct asking *a, const struct name *name, int score)
{
  struct street_found best = gazetteer_street(a->gazetteer, name, &a->wish);
  struct gazetteer_answer answer = { .name = name->shown,
                                     .house = a->wish.house,
                                     .region = best.row->is.region,
                                     .lat = best.lat,
                                     .lon = best.lon,
                                     .precision = best.precision,
                                     .score = best.is_number_known ? score : score - 15 };
  offer(a, &answer);
  for (guint i = 0; best.candidates > 1 && i < name->count; i++) {
    const struct gazetteer_street *row = &STREET(a->gazetteer, name->first + i)->is;
    answer = (struct gazetteer_answer){ .name = name->shown,
                                        .house = a->wish.house,
                                        .region = row->region,
                                        .lat = row->lat,
                                        .lon = row->lon,
                                        .precision = row->precision,
                                        .score = answer.score };
    offer(a, &answer);
  }
}

static void offer_name(struct asking *a, const struct name *name, int score)
{
  struct gazetteer_answer answer = { .name = name->shown, .score = score };
  switch (name->kind) {
  case NAME_STREET: offer_street(a, name, score); return;
  case NAME_REGION: {
    const struct region_row *row = &g_array_index(a->gazetteer->regions, struct region_row, name->first);
    answer.region = row->name;
    answer.precision = PLACE_AREA;
    outline_middle(row->outline, &answer.lat, &answer.lon);
    break;
  }
  case NAME_PLACE: {
    const struct gazetteer_place *row = &PLACE(a->gazetteer, name->first)->is;
    answer.region = *row->region ? row->region : NULL;
    answer.lat = row->lat;
    answer.lon = row->lon;
    answer.precision = PLACE_ADDRESS;
    break;
  }
  case NAME_LOCALITY: return;
  }
  offer(a, &answer);
}

/* The longest name that begins at a lexeme. */
static void offer_longest(struct asking *a, const struct lexemes *l, guint at, int score)
{
  struct place_key key = { .size = 0 };
  struct name_span span = gazetteer_all(a->gazetteer), best = { 0, 0 };
  guint count = 0;
  for (; at < l->count && place_key_add(&key, l->at[at].folded); at++) {
    if (key.size == 0) continue;
    if (!gazetteer_narrow(a->gazetteer, &span, &key)) break;
    guint equal = gazetteer_equal(a->gazetteer, &span, &key);
    if (!equal) continue;
    best = span;
    count = equal;
  }
  for (guint i = 0; i < count; i++) offer_name(a, NAME(a->gazetteer, best.low + i), score);
}

/* The house number a text ends in. *end becomes the lexeme of it. */
static int last_house(const struct lexemes *l, guint *end)
{
  for (guint i = l->count, back = 0; i-- > 1 && back < 4; back++) {
    const struct lexeme *it = &l->at[i];
    if (it->kind == LEXEME_DIGITS && it->number > 0 && it->number < 1000) {
      *end = i;
      return (int)it->number;
    }
    if (it->kind == LEXEME_WORD && strlen(it->folded) > 1) break;
  }
  *end = l->count;
  return 0;
}

guint gazetteer_find(const struct gazetteer *gazetteer, const char *text,
                     struct gazetteer_answer answers[GAZETTEER_ANSWERS])
{
  g_autoptr(lexemes_t) lexemes = lexemes_new(text, 512);
  struct asking asking = { .gazetteer = gazetteer, .answers = answers };
  guint end;
  asking.wish.house = last_house(lexemes, &end);
  struct place_key whole = { .size = 0 };
  for (guint i = 0; i < end; i++)
    if (!place_key_add(&whole, lexemes->at[i].folded)) break;
  if (whole.size == 0) return 0;
  offer_longest(&asking, lexemes, 0, 100);
  for (guint i = 1; i < lexemes->count && asking.count == 0; i++)
    if (!lexemes->at[i - 1].is_spaced || lexemes->at[i].is_spaced) offer_longest(&asking, lexemes, i, 80);
  static const enum name_kind kinds[] = { NAME_STREET, NAME_PLACE, NAME_REGION };
  for (gsize k = 0; k < G_N_ELEMENTS(kinds) && asking.count == 0; k++) {
    struct near_name near = gazetteer_near(gazetteer, &whole, kinds[k]);
    if (near.name)
      offer_name(&asking, near.name, 90 - 10 * (int)near.distance - 10 * (int)MIN(near.rivals, 2U));
  }
  return asking.count;
}
