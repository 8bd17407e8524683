/* Landmarks, regions and other towns: what is a place without being a street. */
#include "lib/text/places/places_private.h"

#include <string.h>

enum { NAME_WORDS = 4, CANDIDATES = GAZETTEER_ANSWERS, POSTCODE_DIGITS = 5 };

/* ---- regions ---- */

static void put_hint(struct finder *f, guint at, const char *region, const char *locality)
{
  struct hint hint = { at, region, locality };
  g_array_append_val(f->hints, hint);
}

static guint put_region(struct finder *f, guint first, guint end, const struct name *name)
{
  const struct region_row *row = &g_array_index(f->gazetteer->regions, struct region_row, name->first);
  struct place_found place = { .first = first,
                               .end = end,
                               .region = row->name,
                               .precision = PLACE_AREA,
                               .has_point = true,
                               .source = PLACE_BY_LANDMARK,
                               .is_certain = true,
                               .candidates = 1 };
  outline_middle(row->outline, &place.lat, &place.lon);
  put_hint(f, first, row->name, NULL);
  finder_put(f, &place, NULL);
  return end;
}

/* ---- known places ---- */

static guint put_place(struct finder *f, guint first, guint end, const struct place_row *row,
                       guint candidates)
{
  struct place_found place = { .first = first,
                               .end = end,
                               .precision = PLACE_ADDRESS,
                               .has_point = true,
                               .lat = row->is.lat,
                               .lon = row->is.lon,
                               .source = PLACE_BY_LANDMARK,
                               .is_certain = candidates < 2,
                               .candidates = MIN(candidates, (guint)CANDIDATES) };
  place.region = *row->is.region ? row->is.region : NULL;
  bool is_quoted = false;
  for (guint i = first; i < end; i++) is_quoted ^= finder_is_mark(f, i, "\"");
  if (is_quoted && finder_is_mark(f, end, "\"")) place.end = ++end;
  finder_put(f, &place, NULL);
  return end;
}

/* Behind a known place its own address may stand: ", Müggelwerderweg 3". */
static guint over_address(struct finder *f, guint end, const struct place_row *row)
{
  struct street_span street;
  guint at = finder_over_break(f, end);
  if (finder_is_mark(f, at, ",") || finder_is_mark(f, at, "(") || finder_is_mark(f, at, "-"))
    at = finder_over_break(f, at + 1);
  for (int i = 0; i < 2 && finder_hit(f, TAG_LINK, at) && !street_at(f, at, &street); i++)
    at = finder_hit(f, TAG_LINK, at);
  if (!street_at(f, at, &street) || !street.name) return end;
  if (STREET(f->gazetteer, street.name->first)->key != row->street_key) return end;
  struct house_span house = house_at(f, street.end);
  return house.end ? house.end : street.end;
}

/* Of several places with one name the first; the caller is told that there are more. */
static guint put_places(struct finder *f, guint first, const struct names_at *names)
{
  const struct place_row *row = NULL;
  guint count = 0;
  for (guint i = 0; i < names->count; i++) {
    const struct name *name = NAME(f->gazetteer, names->low + i);
    if (name->kind != NAME_PLACE) continue;
    if (!row) row = PLACE(f->gazetteer, name->first);
    count++;
  }
  return put_place(f, first, over_address(f, names->end, row), row, count);
}

/* A name whose first word is a person's title before it is nobody's place. */
static bool is_person(const struct finder *f, guint at)
{
  if (at == 0) return false;
  guint before = at - 1;
  if (finder_is_mark(f, before, ".") && before > 0) before--;
  guint behind = finder_hit(f, TAG_PERSON, before);
  return behind > 0 && (behind == at || behind == at - 1);
}

/* Names of the gazetteer as they stand. A place's short name must look like a name. */
static guint take_known(struct finder *f, guint at)
{
  struct names_at names = finder_names(f, at);
  if (!names.end || is_person(f, at)) return 0;
  const struct name *street = finder_name_of(f, &names, NAME_STREET),
                    *place = finder_name_of(f, &names, NAME_PLACE),
                    *region = finder_name_of(f, &names, NAME_REGION),
                    *locality = finder_name_of(f, &names, NAME_LOCALITY);
  if (street && house_at(f, names.end).end) return 0;
  bool is_capital = finder_at(f, at)->is_capital;
  if (region && (is_capital || names.end - at == 1)) return put_region(f, at, names.end, region);
  if (place && (is_capital || !place->is_alias || finder_hit(f, TAG_NOUN, at)))
    return put_places(f, at, &names);
  if (locality && is_capital && !street) {
    put_hint(f, at, NULL, locality->shown);
    return names.end;
  }
  return 0;
}

/* ---- nouns ---- */

/* Behind capital words and quoted ones: a name that follows its noun. */
static guint over_name(const struct finder *f, guint at)
{
  guint end = at;
  bool is_quoted = false;
  for (int words = 0; words < NAME_WORDS && at < f->l->count;) {
    const struct lexeme *it = finder_at(f, at);
    if (finder_is_mark(f, at, "\"")) {
      is_quoted = !is_quoted;
      at++;
      if (!is_quoted) end = at;
      if (!is_quoted) break;
      continue;
    }
    if (it->kind != LEXEME_WORD || (!it->is_capital && !is_quoted) || f->taken[at]) break;
    if (!is_quoted &&
        (finder_hit(f, TAG_CORNER, at) || finder_hit(f, TAG_LINK, at) || finder_hit(f, TAG_BESIDE, at)))
      break;
    at = finder_chain(f, at);
    end = at;
    words++;
  }
  return end;
}

/* The street that a landmark is said to be in: "Netto in der Wendenschloßstraße", "Gemeindehaus, Griechische
 * Allee 59". */
static bool street_behind(struct finder *f, guint at, struct street_span *street)
{
  at = finder_over_break(f, at);
  if (finder_is_mark(f, at, ",") || finder_is_mark(f, at, "(") || finder_is_mark(f, at, "-") ||
      finder_is_mark(f, at, "/"))
    at++;
  at = finder_over_break(f, at);
  /* "am" may belong to the street's own name */
  for (int i = 0; i < 3; i++) {
    if (street_at(f, at, street)) return true;
    guint behind = finder_hit(f, TAG_LINK, at);
    if (!behind) return false;
    at = finder_over_break(f, behind);
  }
  return false;
}

/* A noun with its street: the one place of that kind there, else the street. */
static guint put_noun_in_street(struct finder *f, guint first, const char *kind,
                                const struct street_span *street)
{
  struct house_span house = house_at(f, street->end);
  if (street->needs_number && !house.end) return 0;
  const struct place_row *row = NULL;
  guint end = house.end ? house.end : street->end;
  if (street->name && *kind && !house.end) {
    guint count =
        gazetteer_kind_in_street(f->gazetteer, kind, STREET(f->gazetteer, street->name->first)->key, &row);
    if (count == 1) return put_place(f, first, end, row, 1);
  }
  end = take_street(f, street->first, first);
  if (!end || f->found->len == 0) return 0;
  struct place_found *place = &g_array_index(f->found, struct place_found, f->found->len - 1);
  if (!place->house && place->source == PLACE_BY_ADDRESS) place->source = PLACE_BY_LANDMARK;
  return end;
}

/* Where does a noun's chain end, and is one of its words, the last, such a noun? *kind: of the gazetteer. */
static guint noun_at(const struct finder *f, guint at, const char **kind)
{
  guint end = finder_chain(f, at), hit = finder_hit(f, TAG_NOUN, at);
  if (hit > end) end = hit;
  for (guint i = at; i < end; i++) {
    if (finder_hit(f, TAG_NOUN, i) != end && !(i == at && hit)) continue;
    *kind = finder_value(f, TAG_NOUN, i);
    return end;
  }
  return 0;
}

/* A known place with a typo or two in its name: the chain with up to two words behind it. */
static guint take_misspelt(struct finder *f, guint at, guint chain_end)
{
  guint ends[3] = { chain_end, 0, 0 };
  for (int i = 1; i < 3 && ends[i - 1]; i++) {
    const struct lexeme *next = finder_at(f, ends[i - 1]);
    bool is_more = next->kind == LEXEME_WORD && next->is_spaced && !f->taken[ends[i - 1]];
    ends[i] = is_more ? finder_chain(f, ends[i - 1]) : 0;
  }
  for (int i = 2; i >= 0; i--) {
    struct place_key key = { .size = 0 };
    bool fits = ends[i] > 0;
    for (guint k = at; k < ends[i] && fits; k++) fits = place_key_add(&key, finder_at(f, k)->folded);
    if (!fits || key.size < 9) continue;
    struct near_name near = finder_near(f, &key, NAME_PLACE);
    if (near.name && near.rivals == 0)
      return put_place(f, at, ends[i], PLACE(f->gazetteer, near.name->first), 1);
  }
  return 0;
}

/* Is a place asked for here: behind "im", "vor der", "Treffpunkt:"? */
static bool is_placed(const struct finder *f, guint at)
{
  for (guint back = 1; back <= 3 && back <= at; back++) {
    guint begin = at - back;
    bool is_linked = finder_hit(f, TAG_LINK, begin) == at && *finder_value(f, TAG_LINK, begin) == '\0';
    if (is_linked || finder_hit(f, TAG_INTO, begin) == at || finder_hit(f, TAG_BESIDE, begin) == at)
      return true;
  }
  return at > 0 && finder_is_mark(f, at - 1, ":");
}

/* "Bibliothek Adlershof", "Ehrenmal im Treptower Park": what is named behind a noun says where it is. */
static void locate_by_name(const struct finder *f, guint at, struct place_found *place)
{
  for (guint i = at, behind; i < at + 3; i = behind) {
    struct names_at names = finder_names(f, i);
    const struct name *region = finder_name_of(f, &names, NAME_REGION),
                      *known = finder_name_of(f, &names, NAME_PLACE);
    if (region) {
      const struct region_row *row = &g_array_index(f->gazetteer->regions, struct region_row, region->first);
      place->region = row->name;
      outline_middle(row->outline, &place->lat, &place->lon);
    } else if (known) {
      const struct gazetteer_place *row = &PLACE(f->gazetteer, known->first)->is;
      place->region = *row->region ? row->region : NULL;
      place->lat = row->lat;
      place->lon = row->lon;
    }
    place->has_point = place->is_certain = region || known;
    if (place->has_point) place->end = MAX(place->end, names.end);
    behind = finder_hit(f, TAG_LINK, i);
    if (place->has_point || !behind) return;
  }
}

/* Spielplatz, Netto, Gemeindehaus: with a street, a known name, or as a place only its neighbours know. */
static guint take_noun(struct finder *f, guint at)
{
  const char *kind = "";
  guint end = noun_at(f, at, &kind);
  if (!end) return 0;
  struct street_span street;
  guint named = over_name(f, end), put = 0;
  if (street_behind(f, end, &street)) put = put_noun_in_street(f, at, kind, &street);
  if (!put && named > end && street_behind(f, named, &street)) put = put_noun_in_street(f, at, kind, &street);
  if (!put) put = take_misspelt(f, at, end);
  if (put) return put;
  struct place_found place = {
    .first = at, .end = named, .source = PLACE_BY_LANDMARK, .precision = PLACE_AREA, .candidates = 1
  };
  locate_by_name(f, end, &place);
  bool has_name = named > end || finder_chain(f, at) > at + 1;
  if (!has_name && !place.is_certain && !is_placed(f, at)) return 0;
  finder_put(f, &place, NULL);
  if (place.region) put_hint(f, at, place.region, NULL);
  return place.end;
}

/* ---- stations ---- */

/* "S-Bahnhof Adlershof", "Haltestelle Sterndamm/Königsheideweg": what follows says where. */
static guint take_station(struct finder *f, guint at)
{
  guint behind = finder_hit(f, TAG_STATION, at);
  if (!behind) return 0;
  if (finder_is_mark(f, behind, ".") && !finder_at(f, behind)->is_spaced) behind++;
  if (finder_is_mark(f, behind, ":") || finder_is_mark(f, behind, "\"")) behind++;
  struct names_at names = finder_names(f, behind);
  const struct name *place = finder_name_of(f, &names, NAME_PLACE),
                    *region = finder_name_of(f, &names, NAME_REGION);
  guint end = 0;
  if (place && !region) {
    end = put_places(f, at, &names);
  } else if (region) {
    end = put_region(f, at, names.end, region);
  } else {
    struct street_span street;
    bool has_street = street_behind(f, behind, &street);
    if (has_street) end = take_street(f, street.first, at);
    if (has_street && !end && street.name) end = put_street(f, at, &street, &(struct house_span){ 0 });
  }
  if (!end) {
    guint named = over_name(f, behind);
    if (named == behind) return 0;
    struct place_found found = {
      .first = at, .end = named, .source = PLACE_BY_LANDMARK, .precision = PLACE_AREA, .candidates = 1
    };
    finder_put(f, &found, NULL);
    return found.end;
  }
  if (f->found->len == 0) return end;
  struct place_found *last = &g_array_index(f->found, struct place_found, f->found->len - 1);
  if (last->source == PLACE_BY_ADDRESS && !last->house) last->source = PLACE_BY_LANDMARK;
  if (region && last->precision == PLACE_AREA) last->precision = PLACE_STREET; /* somewhere near its middle */
  return end;
}

guint take_landmark(struct finder *f, guint at)
{
  struct names_at names = finder_names(f, at);
  bool is_station_name =
      finder_hit(f, TAG_STATION, at) && !(names.end && finder_name_of(f, &names, NAME_PLACE));
  guint end = is_station_name ? take_station(f, at) : take_known(f, at);
  if (end) return end;
  return names.end && finder_name_of(f, &names, NAME_STREET) ? 0 : take_noun(f, at);
}

/* ---- other towns ---- */

/* Five digits that no part of the district has; known ones are handed back. */
static bool is_foreign_postcode(const struct finder *f, guint at, char postcode[6])
{
  const struct lexeme *it = finder_at(f, at);
  if (it->kind != LEXEME_DIGITS || strlen(it->folded) != POSTCODE_DIGITS) return false;
  if (gazetteer_has_postcode(f->gazetteer, it->folded)) {
    g_strlcpy(postcode, it->folded, 6);
    return false;
  }
  return g_hash_table_size(f->gazetteer->postcodes) > 0;
}

guint outside_behind(const struct finder *f, guint at, char postcode[6])
{
  if (finder_is_mark(f, at, ",") || finder_is_mark(f, at, "(") || finder_is_mark(f, at, "-")) at++;
  at = finder_over_break(f, at);
  *postcode = '\0';
  bool is_foreign = is_foreign_postcode(f, at, postcode);
  if (is_foreign || *postcode) at++;
  guint end = is_foreign ? at : 0;
  guint into = finder_hit(f, TAG_INTO, at);
  at = into ? into : at;
  if (lexeme_is(finder_at(f, at), "berlin")) at += finder_is_mark(f, at + 1, "-") ? 2 : 1;
  guint hit = finder_hit(f, TAG_OUTSIDE, at);
  return hit && finder_at(f, at)->is_capital ? hit : end;
}

guint take_outside(struct finder *f, guint at)
{
  guint end = finder_hit(f, TAG_OUTSIDE, at);
  if (!end || !finder_at(f, at)->is_capital || at == 0 || is_person(f, at)) return 0;
  guint first = at;
  bool is_berlin = at > 1 && finder_is_mark(f, at - 1, "-") && lexeme_is(finder_at(f, at - 2), "berlin");
  if (is_berlin) first = at - 2;
  bool is_said = first > 0 && finder_hit(f, TAG_INTO, first - 1) == first;
  if (!is_said && !is_berlin) return 0;
  struct place_found place = { .first = first,
                               .end = end,
                               .source = PLACE_BY_LANDMARK,
                               .precision = PLACE_AREA,
                               .is_outside = true,
                               .is_certain = true,
                               .candidates = 1 };
  finder_put(f, &place, NULL);
  return end;
}
