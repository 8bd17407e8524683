/* Crossings and stretches: "Ecke Siemensstr/Edisonstr", "A Ecke B", "Kreuzung A und B",
 * "Siemens-/Edisonstraße", "A zwischen B und C". */
#include "lib/text/places/places_private.h"

#include <string.h>

enum { ARTICLES = 2 };

/* Behind at most two short words that may stand before a street ("der", "zur"). */
static guint over_articles(const struct finder *f, guint at)
{
  for (int i = 0; i < ARTICLES; i++) {
    guint behind = finder_hit(f, TAG_LINK, at);
    if (!behind) break;
    at = behind;
  }
  return at;
}

/* A street, or ("Ecke Edison/Siemens") a bare name that is one with "straße" behind it. */
static bool street_or_stem(struct finder *f, guint at, bool allows_stem, struct street_span *span)
{
  if (street_at(f, at, span) && (span->name || span->has_ending)) return true;
  if (!allows_stem || finder_at(f, at)->kind != LEXEME_WORD || !finder_at(f, at)->is_capital) return false;
  static const char *const endings[] = { "str", "weg", "allee", "damm" };
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
    struct place_key key = { .size = 0 };
    struct name_span names = gazetteer_all(f->gazetteer);
    guint end = finder_chain(f, at);
    for (guint k = at; k < end; k++)
      if (!place_key_add(&key, finder_at(f, k)->folded)) return false;
    if (!place_key_add(&key, endings[i]) || !gazetteer_narrow(f->gazetteer, &names, &key)) continue;
    if (!gazetteer_equal(f->gazetteer, &names, &key) || NAME(f->gazetteer, names.low)->kind != NAME_STREET)
      continue;
    *span = (struct street_span){ .first = at, .end = end, .name = NAME(f->gazetteer, names.low) };
    return true;
  }
  return false;
}

/* Behind what joins the two streets of a crossing; 0: nothing does. */
static guint over_joint(const struct finder *f, guint at, bool is_announced)
{
  guint begin = at = finder_over_break(f, at);
  if (finder_is_mark(f, at, ",") && finder_hit(f, TAG_CORNER, at + 1)) at++;
  if (finder_is_mark(f, at, "/") || finder_is_mark(f, at, "|") || finder_is_mark(f, at, "\xc3\x97")) at++;
  if (lexeme_is(finder_at(f, at), "x") && finder_at(f, at + 1)->is_capital) at++;
  guint corner = finder_hit(f, TAG_CORNER, at);
  at = corner ? corner : at;
  if (finder_is_mark(f, at, ":")) at++;
  bool is_height = strcmp(finder_value(f, TAG_BESIDE, at), "height") == 0;
  if (at == begin && is_height) at = finder_hit(f, TAG_BESIDE, at);
  if (at == begin && is_announced) {
    guint and = finder_hit(f, TAG_AND, at);
    if (and) at = and;
    if (!and&&(finder_is_mark(f, at, "-") || finder_is_mark(f, at, ",") || finder_is_mark(f, at, "+"))) at++;
    if (at == begin) at = over_articles(f, at);
  }
  return at == begin ? 0 : over_articles(f, finder_over_break(f, at));
}

bool crossing_behind(struct finder *f, const struct street_span *street, bool is_announced,
                     struct street_span *other)
{
  guint at = over_joint(f, street->end, is_announced);
  /* "Ecke Baumschulenstraße Ernststraße" */
  bool is_bare = !at && is_announced && street->name && street_at(f, street->end, other) && other->name;
  if (is_bare) return other->name != street->name;
  if (!at || !street_or_stem(f, at, is_announced, other)) return false;
  return !(street->name && other->name == street->name);
}

void put_crossing(struct finder *f, guint first, const struct street_span *a, const struct street_span *b)
{
  struct place_found place = {
    .first = first, .end = b->end, .source = PLACE_BY_CROSSING, .precision = PLACE_STREET, .candidates = 1
  };
  struct street_wish wish = { 0 };
  char postcode[6];
  const struct name *known = a->name ? a->name : b->name;
  place.is_outside = outside_behind(f, finder_over_break(f, b->end), postcode) > 0;
  if (known && !place.is_outside) {
    struct street_found found = a->name && b->name ? gazetteer_crossing(f->gazetteer, a->name, b->name, &wish)
                                                   : gazetteer_street(f->gazetteer, known, &wish);
    place.region = found.row->is.region;
    place.lat = found.lat;
    place.lon = found.lon;
    place.precision = found.precision;
    place.candidates = found.candidates;
    place.has_point = place.is_certain = true;
  }
  finder_put(f, &place, &wish);
}

/* "Siemens-/Edisonstraße", "Siemens- und Edisonstraße": the first one borrows the ending. */
static bool elliptic(struct finder *f, guint at, struct street_span *a, struct street_span *b)
{
  const struct lexeme *it = finder_at(f, at);
  if (it->kind != LEXEME_WORD || !it->is_capital) return false;
  guint hyphen = finder_chain(f, at);
  if (!finder_is_mark(f, hyphen, "-") || finder_at(f, hyphen)->is_spaced) return false;
  guint joint = over_joint(f, hyphen + 1, true);
  if (!joint || !street_at(f, joint, b) || !b->name || !b->name->ending) return false;
  struct place_key key = { .size = 0 };
  struct name_span names = gazetteer_all(f->gazetteer);
  for (guint k = at; k < hyphen; k++)
    if (!place_key_add(&key, finder_at(f, k)->folded)) return false;
  if (!place_key_add(&key, b->name->key + b->name->size - b->name->ending)) return false;
  if (!gazetteer_narrow(f->gazetteer, &names, &key) || !gazetteer_equal(f->gazetteer, &names, &key))
    return false;
  *a = (struct street_span){
    .first = at, .end = hyphen + 1, .name = NAME(f->gazetteer, names.low), .has_ending = true
  };
  return a->name->kind == NAME_STREET;
}

guint take_crossing(struct finder *f, guint at)
{
  struct street_span a, b;
  if (elliptic(f, at, &a, &b)) {
    put_crossing(f, at, &a, &b);
    return b.end;
  }
  guint behind = finder_hit(f, TAG_CORNER, at);
  if (!behind) return 0;
  if (finder_is_mark(f, behind, ":")) behind++;
  guint link = finder_hit(f, TAG_LINK, at); /* "an der" is not part of what it is called */
  if (link && link < behind) at = link;
  guint begin = over_articles(f, finder_over_break(f, behind));
  if (elliptic(f, begin, &a, &b) ||
      (street_or_stem(f, begin, true, &a) && crossing_behind(f, &a, true, &b))) {
    put_crossing(f, at, &a, &b);
    return b.end;
  }
  return 0;
}

/* ---- stretches ---- */

/* The street that was found just before, whose stretch this is: "Sterndamm zwischen …". */
static struct place_found *street_before(const struct finder *f, guint at)
{
  if (f->found->len == 0) return NULL;
  struct place_found *last = &g_array_index(f->found, struct place_found, f->found->len - 1);
  bool is_near = last->end <= at && at - last->end <= 3 && !finder_at(f, at)->begins_sentence;
  return is_near && last->source == PLACE_BY_ADDRESS && !last->house && last->street ? last : NULL;
}

static void stretch(struct finder *f, struct place_found *street, const struct name *a, const struct name *b,
                    guint end)
{
  const struct name *name = NAME(f->gazetteer, street->street - 1);
  struct street_wish wish = { 0 };
  struct street_found one = gazetteer_crossing(f->gazetteer, name, a, &wish),
                      two = gazetteer_crossing(f->gazetteer, name, b, &wish);
  street->region = one.row->is.region;
  street->lat = (one.lat + two.lat) / 2;
  street->lon = (one.lon + two.lon) / 2;
  street->candidates = one.row->is.region == two.row->is.region ? 1 : 2;
  street->end = end;
  char *text = passage_text(f->passage, street->first, end);
  g_free(street->text);
  street->text = g_strdelimit(text, "\r\n\t", ' ');
}

/* "Zwischen Forum und Bahnhof": a word that is a landmark before it is a street. */
static bool is_no_street(const struct finder *f, const struct street_span *span)
{
  if (span->has_ending) return false;
  return finder_hit(f, TAG_COMMON, span->first) || finder_hit(f, TAG_NOUN, span->first) ||
         finder_hit(f, TAG_STATION, span->first);
}

guint take_between(struct finder *f, guint at)
{
  struct street_span a, b;
  guint behind = finder_hit(f, TAG_BETWEEN, at);
  if (!behind || !street_or_stem(f, over_articles(f, behind), true, &a)) return 0;
  guint and = finder_hit(f, TAG_AND, finder_over_break(f, a.end));
  if (!and || !street_or_stem(f, over_articles(f, finder_over_break(f, and)), true, &b)) return 0;
  if (is_no_street(f, &a) || is_no_street(f, &b)) return 0;
  struct place_found *before = street_before(f, at);
  if (before && a.name && b.name)
    stretch(f, before, a.name, b.name, b.end);
  else
    put_crossing(f, at, &a, &b);
  return b.end;
}
