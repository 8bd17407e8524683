/* Streets with their house numbers: as the gazetteer has them, with typos, or by their looks alone
 * ("Leipziger Straße 12"). */
#include "lib/text/places/places_private.h"

#include <string.h>

enum { NEARBY_LEXEMES = 30, HOUSE_MAX = 999, LONG_NAME = 10 };

/* ---- the name ---- */

static const struct name *street_of(const struct finder *f, const struct names_at *names)
{
  return finder_name_of(f, names, NAME_STREET);
}

/* Behind the dot of "Str." */
static guint over_dot(const struct finder *f, guint end)
{
  const struct lexeme *word = finder_at(f, end - 1);
  bool is_short = word->kind == LEXEME_WORD &&
                  (g_str_has_suffix(word->folded, "str") || g_str_has_suffix(word->folded, "pl"));
  return is_short && finder_is_mark(f, end, ".") && !finder_at(f, end)->is_spaced ? end + 1 : end;
}

/* "am", "zum": words that are small within a name. */
static bool is_small_word(const struct lexeme *it)
{
  static const char *const small[] = { "am",  "an",  "der", "den", "dem",  "im",    "zu",
                                       "zum", "zur", "des", "und", "nach", "unter", "hinter" };
  for (gsize i = 0; i < G_N_ELEMENTS(small); i++)
    if (strcmp(small[i], it->folded) == 0) return true;
  return false;
}

/* Are all longer words of the span capital, as in a name? */
static bool is_written_as_name(const struct finder *f, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = finder_at(f, i);
    if (it->kind == LEXEME_WORD && !it->is_capital && !is_small_word(it)) return false;
  }
  return true;
}

/* Is all of it a common word, or several, that only a house number makes a street? */
static bool is_common(const struct finder *f, guint first, guint end)
{
  return finder_hit(f, TAG_COMMON, first) >= end;
}

/* The same of what the gazetteer does not have to the letter: "kleiner Gehweg" ends in one. */
static bool ends_common(const struct finder *f, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = finder_at(f, i);
    struct place_key key = { .size = 0 };
    place_key_add(&key, it->folded);
    bool is_bare_ending = key.size > 0 && place_key_ending(key.text, key.size) == key.size;
    bool begins_word = i == first || it->is_spaced;
    if (begins_word && !(is_bare_ending && i > first) && finder_hit(f, TAG_COMMON, i) >= end) return true;
  }
  return false;
}

static bool exact_street(const struct finder *f, guint at, struct street_span *span)
{
  struct names_at names = finder_names(f, at);
  const struct name *name = street_of(f, &names);
  if (!name) return false;
  *span = (struct street_span){ .first = at, .end = names.end, .name = name, .has_ending = name->ending > 0 };
  bool has_several_words = finder_chain(f, at) < names.end;
  bool is_plain = is_written_as_name(f, at, names.end);
  bool is_sure = has_several_words && is_plain && name->ending && !is_small_word(finder_at(f, at));
  span->needs_number = (is_common(f, at, names.end) && !is_sure) || (!name->ending && !is_plain);
  return true;
}

/* The key of `chunks` chunks of hyphened words from `at` on, and their end; 0: there are not so many. */
static guint key_of_chunks(const struct finder *f, guint at, int chunks, struct place_key *key)
{
  key->size = 0;
  for (int i = 0; i < chunks; i++) {
    at = i ? finder_over_break(f, at) : at;
    if (finder_at(f, at)->kind != LEXEME_WORD || (i && !finder_at(f, at)->is_spaced) || f->taken[at])
      return 0;
    guint end = finder_chain(f, at);
    for (; at < end; at++)
      if (!place_key_add(key, finder_at(f, at)->folded)) return 0;
  }
  return at;
}

/* Can a name begin with this word? */
static bool may_begin(const struct lexeme *it, bool is_alone)
{
  if (it->is_capital || is_alone) return true;
  return g_str_has_suffix(it->folded, "er") && strlen(it->folded) > 5;
}

/* "Alte", "Obere": what stands before the name of a street that is one by itself. */
static bool is_street_adjective(const struct lexeme *it)
{
  static const char *const words[] = { "alte",      "alten",      "neue",      "neuen",   "kleine",
                                       "kleinen",   "grosse",     "obere",     "untere",  "lange",
                                       "kurze",     "breite",     "hintere",   "vordere", "hohe",
                                       "nordliche", "noerdliche", "suedliche", NULL };
  return it->is_capital && g_strv_contains(words, it->folded);
}

/* Do the words behind the first of a span make a street of their own? "Container brennt Waldstraße" and
 * "Laterne Leipziger Straße" begin with what is there, and not with a name. */
static bool has_own_street(const struct finder *f, guint at, guint end)
{
  if (is_street_adjective(finder_at(f, at))) return false;
  for (guint from = finder_over_break(f, finder_chain(f, at)); from < end;
       from = finder_over_break(f, finder_chain(f, from))) {
    const struct lexeme *it = finder_at(f, from);
    struct place_key key = { .size = 0 };
    for (guint i = from; i < finder_chain(f, from); i++) place_key_add(&key, finder_at(f, i)->folded);
    gsize ending = key.size ? place_key_ending(key.text, key.size) : 0;
    bool is_compound = ending && key.size >= ending + 2;
    bool is_adjective = it->is_capital && g_str_has_suffix(it->folded, "er") && finder_chain(f, from) < end;
    bool is_verb = !it->is_capital && !is_small_word(it) && finder_chain(f, from) < end;
    if (is_compound || is_adjective || is_verb) return true;
  }
  return false;
}

/* A span of one to three chunks that ends like a street. */
static bool looks_like_street(struct finder *f, guint at, struct street_span *span, struct place_key *key)
{
  for (int chunks = 1; chunks <= 3; chunks++) {
    guint end = key_of_chunks(f, at, chunks, key);
    if (!end) return false;
    gsize ending = place_key_ending(key->text, key->size);
    if (!ending || key->size < ending + 2) {
      if (chunks == 1 && ending) return false; /* "Straße" alone */
      continue;
    }
    if (!may_begin(finder_at(f, at), chunks == 1)) return false;
    if (chunks > 1 && has_own_street(f, at, end)) return false;
    *span = (struct street_span){ .first = at, .end = end, .has_ending = true };
    return true;
  }
  return false;
}

/* Endings that ordinary words have as well; a street without a number ends otherwise. */
static bool is_sure_ending(const struct place_key *key)
{
  return g_str_has_suffix(key->text, "str") || g_str_has_suffix(key->text, "allee") ||
         g_str_has_suffix(key->text, "chaussee") || g_str_has_suffix(key->text, "promenade");
}

/* "Sterndam 102": a capital word with a typo in its ending, before a number; a long one ("Puschkinalle") also
 * without. */
static bool is_misspelt_ending(struct finder *f, guint at, struct street_span *span)
{
  struct place_key key;
  guint end = key_of_chunks(f, at, 1, &key);
  if (!end || key.size < 7 || !finder_at(f, at)->is_capital || finder_hit(f, TAG_COMMON, at)) return false;
  bool has_number = finder_at(f, end)->kind == LEXEME_DIGITS && house_at(f, end).end;
  if (!has_number && key.size < LONG_NAME) return false;
  struct near_name near = finder_near(f, &key, NAME_STREET);
  if (!near.name || near.distance > (has_number && key.size > 9 ? 2 : 1)) return false;
  *span = (struct street_span){
    .first = at, .end = end, .name = near.name, .distance = near.distance, .rivals = near.rivals
  };
  return true;
}

/* "Dorfstraße 3", "Hauptstr. 12": kinds of streets that are the names of many, where a house number follows.
 */
static bool is_numbered_kind(const struct finder *f, guint at, const struct street_span *span,
                             const struct place_key *key)
{
  guint end = span->end;
  if (finder_is_mark(f, end, ".")) end++;
  bool is_kind = g_str_has_suffix(key->text, "strasse") || g_str_has_suffix(key->text, "str");
  return is_kind && key->size > strlen("strasse") && finder_at(f, at)->is_capital &&
         finder_at(f, end)->kind == LEXEME_DIGITS && house_at(f, end).end;
}

static bool fuzzy_street(struct finder *f, guint at, struct street_span *span)
{
  struct place_key key;
  if (!looks_like_street(f, at, span, &key)) return is_misspelt_ending(f, at, span);
  if (ends_common(f, at, span->end) && !is_numbered_kind(f, at, span, &key)) return false;
  struct near_name near = finder_near(f, &key, NAME_STREET);
  const struct lexeme *first = finder_at(f, at);
  span->name = near.name;
  span->distance = near.distance;
  span->rivals = near.rivals;
  span->needs_number = !is_sure_ending(&key) && (!near.name || !first->is_capital);
  /* "die straße hinauf": several words and none a name */
  bool is_adjective = first->is_capital && g_str_has_suffix(first->folded, "er");
  if (!near.name && finder_chain(f, at) < span->end && !is_adjective) return false;
  if (!near.name && !first->is_capital) span->needs_number = true;
  return true;
}

bool street_at(struct finder *f, guint at, struct street_span *span)
{
  if (finder_at(f, at)->kind != LEXEME_WORD || f->taken[MIN(at, f->l->count)]) return false;
  if (!exact_street(f, at, span) && !fuzzy_street(f, at, span)) return false;
  guint before = at ? at - 1 : 0;
  if (finder_is_mark(f, before, ".") && before) before--;
  if (at && !span->has_ending && finder_hit(f, TAG_PERSON, before)) return false;
  span->end = over_dot(f, span->end);
  return true;
}

/* ---- the house number ---- */

/* Digits that can be a house: no date, time, sum or measure begins here. */
static bool is_house(const struct finder *f, guint at)
{
  const struct lexeme *it = finder_at(f, at), *next = finder_at(f, at + 1);
  if (it->kind != LEXEME_DIGITS || it->number == 0 || it->number > HOUSE_MAX || it->folded[0] == '0')
    return false;
  if (finder_hit(f, TAG_UNIT, at + 1)) return false;
  bool is_glued_mark = next->kind == LEXEME_MARK && !next->is_spaced;
  const struct lexeme *behind = finder_at(f, at + 2);
  bool is_glued_number = is_glued_mark && behind->kind == LEXEME_DIGITS && !behind->is_spaced;
  if (is_glued_number && strchr(".:,", next->folded[0])) return false;
  if (is_glued_mark && next->folded[0] == '.' && finder_hit(f, TAG_UNIT, at + 2)) return false; /* 12. Mai */
  return true;
}

/* Behind "a" of "78a" and "78 a". */
static guint over_letter(const struct finder *f, guint at)
{
  const struct lexeme *it = finder_at(f, at), *next = finder_at(f, at + 1);
  bool is_letter = it->kind == LEXEME_WORD && it->folded[0] >= 'a' && it->folded[0] <= 'k' && !it->folded[1];
  if (!is_letter || (it->is_spaced && (next->kind == LEXEME_WORD && !next->is_spaced))) return at;
  return at + 1;
}

/* Behind "-80", "/80", " bis 82", " und 84"; *until gets the number. */
static guint over_range(const struct finder *f, guint at, int *until)
{
  guint behind = finder_is_mark(f, at, "-") || finder_is_mark(f, at, "/") || finder_is_mark(f, at, "+")
                     ? at + 1
                     : finder_hit(f, TAG_AND, at);
  if (!behind || !is_house(f, behind)) return at;
  *until = (int)finder_at(f, behind)->number;
  return over_letter(f, behind + 1);
}

struct house_span house_at(const struct finder *f, guint at)
{
  struct house_span house = { 0 };
  guint begin = at;
  at = finder_over_break(f, at);
  bool is_in_brackets = finder_is_mark(f, at, "(");
  if (finder_is_mark(f, at, ",") || finder_is_mark(f, at, "(")) at++;
  for (int i = 0; i < 2 && finder_hit(f, TAG_BESIDE, at); i++) at = finder_hit(f, TAG_BESIDE, at);
  for (int i = 0; i < 2 && finder_hit(f, TAG_NUMBER, at); i++) at = finder_hit(f, TAG_NUMBER, at);
  /* a bare number behind a comma is as often a date */
  if (finder_is_mark(f, begin, ",") && at == begin + 1) return house;
  if (!is_house(f, at)) return house;
  house.number = (int)finder_at(f, at)->number;
  house.end = over_letter(f, at + 1);
  int until = 0;
  guint end = over_range(f, house.end, &until);
  if (finder_hit(f, TAG_UNIT, end) && until) return (struct house_span){ 0 }; /* 18-20 Uhr */
  if (!until || until >= house.number) {
    house.until = until;
    house.end = end;
  }
  if (is_in_brackets && finder_is_mark(f, house.end, ")")) house.end++;
  return house;
}

/* "Haus 14", "Nr. 14" at a lexeme. */
static int named_house(const struct finder *f, guint at)
{
  guint behind = finder_hit(f, TAG_NUMBER, at);
  return behind && is_house(f, behind) ? (int)finder_at(f, behind)->number : 0;
}

int house_nearby(const struct finder *f, const struct street_span *span)
{
  guint from = span->first > 6 ? span->first - 6 : 0;
  for (guint i = from; i < span->first; i++)
    if (named_house(f, i)) return named_house(f, i);
  for (guint i = span->end; i < span->end + NEARBY_LEXEMES && i < f->l->count; i++)
    if (named_house(f, i)) return named_house(f, i);
  return 0;
}

/* ---- taking one ---- */

/* The postcode behind an address; "" where the gazetteer has none like it. */
static guint outside_of(const struct finder *f, guint end, char postcode[6])
{
  guint at = finder_over_break(f, end);
  return outside_behind(f, at, postcode);
}

/* Where the gazetteer says a street is, into a place. */
static void locate(struct finder *f, const struct street_span *span, struct street_wish *wish,
                   struct place_found *place)
{
  struct street_found found = gazetteer_street(f->gazetteer, span->name, wish);
  place->region = found.row->is.region;
  place->lat = found.lat;
  place->lon = found.lon;
  place->precision = found.precision;
  place->has_point = true;
  place->is_certain = span->rivals == 0;
  place->candidates = MIN(MAX(found.candidates, span->rivals + 1), (guint)GAZETTEER_ANSWERS);
  place->street = (guint)(span->name - NAME(f->gazetteer, 0)) + 1;
}

guint put_street(struct finder *f, guint first, const struct street_span *span,
                 const struct house_span *house)
{
  struct place_found place = { .first = first,
                               .end = house->end ? house->end : span->end,
                               .source = PLACE_BY_ADDRESS,
                               .precision = PLACE_STREET,
                               .candidates = 1,
                               .house = house->number };
  char postcode[6] = "";
  guint outside = outside_of(f, place.end, postcode);
  struct street_wish wish = { .house = house->number ? house->number : house_nearby(f, span),
                              .house_until = house->until,
                              .postcode = *postcode ? postcode : NULL };
  place.house = wish.house;
  place.is_outside = outside > 0;
  if (span->name && !place.is_outside) locate(f, span, &wish, &place);
  wish.postcode = NULL;
  finder_put(f, &place, &wish);
  return MAX(place.end, outside);
}

/* Whether what only a house's number makes a street is meant as one: the gazetteer has it, written as a name,
 * and a word before it says that something is there. */
static bool is_meant_as_street(const struct finder *f, const struct street_span *span)
{
  if (!f->takes_words || !span->name || span->distance > 0) return false;
  if (!is_written_as_name(f, span->first, span->end)) return false;
  if (is_small_word(finder_at(f, span->first))) return true; /* "Am Bahndamm" */
  for (guint back = 1; back <= 2 && back <= span->first; back++)
    if (finder_hit(f, TAG_LINK, span->first - back) == span->first) return true;
  return false;
}

guint take_street(struct finder *f, guint at, guint text_first)
{
  struct street_span span, other;
  if (!street_at(f, at, &span)) return 0;
  struct house_span house = house_at(f, span.end);
  if (!house.end && crossing_behind(f, &span, false, &other)) {
    put_crossing(f, text_first, &span, &other);
    return other.end;
  }
  struct names_at names = finder_names(f, at);
  bool is_area_too = span.name && finder_name_of(f, &names, NAME_REGION);
  bool needs_number = span.needs_number && !is_meant_as_street(f, &span);
  if (!house.end && (needs_number || is_area_too)) return 0;
  return put_street(f, text_first, &span, &house);
}
