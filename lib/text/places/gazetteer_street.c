/* Which part of a street is meant, and where it is: by house number, by the region or postcode named with it,
 * by the street that crosses it.
 *
 * Parts are ranges of house numbers. Where several hold a number, the narrowest counts: a street is one long
 * part with short ones of other regions between. Both ends odd, or both even, speak for one side of the
 * street, and do not prove it. */
#include "lib/text/places/gazetteer_private.h"

#include <stdlib.h>
#include <string.h>

enum {
  FAR_HOUSE = 10000, /* no part holds the number */
  OTHER_SIDE = 300,  /* as if the part were so many numbers wider */
  NAMED = 100000,    /* its region is named nearby: outweighs numbers */
  NEIGHBOURS = 4,    /* house numbers so near are at the same spot */
  OTHER_REGION_METRES = 600,
  CROSSING_METRES =
      3000, /* streets whose parts are farther apart do not meet: one of them is another's namesake */
};

static bool holds(const struct gazetteer_street *row, int house)
{
  return row->house_from <= house && house <= row->house_to;
}

/* How little a part is what was meant. */
static int cost_of(const struct gazetteer_street *row, const struct street_wish *wish)
{
  int cost = 0;
  if (wish->house && holds(row, wish->house)) {
    bool is_one_side = row->house_from != row->house_to && row->house_from % 2 == row->house_to % 2;
    cost = row->house_to - row->house_from +
           (is_one_side && wish->house % 2 != row->house_from % 2 ? OTHER_SIDE : 0);
  } else if (wish->house) {
    int apart = wish->house < row->house_from ? row->house_from - wish->house : wish->house - row->house_to;
    cost = FAR_HOUSE + (row->house_to ? MIN(apart, 2000) : 0);
  } else {
    cost = 1000 - MIN(row->house_to - row->house_from, 1000);
  }
  if (wish->region && row->region == wish->region) cost -= NAMED;
  if (wish->locality && row->locality == wish->locality) cost -= NAMED;
  if (wish->postcode && *row->postcode && strcmp(row->postcode, wish->postcode) == 0) cost -= NAMED;
  return cost;
}

/* In how many regions a part may be meant: one that holds the number, or is as good as the best. */
static guint count_regions(const struct gazetteer *g, const struct name *name, const struct street_wish *wish,
                           int best)
{
  const char *regions[GAZETTEER_ANSWERS];
  guint count = 0;
  int limit = best < 0 ? best : !wish->house ? 1000 : best < FAR_HOUSE ? FAR_HOUSE - 1 : best;
  for (guint i = 0; i < name->count && count < GAZETTEER_ANSWERS; i++) {
    const struct gazetteer_street *row = &STREET(g, name->first + i)->is;
    guint k = 0;
    while (k < count && regions[k] != row->region) k++;
    if (k == count && cost_of(row, wish) <= limit) regions[count++] = row->region;
  }
  return count;
}

/* A known address with this very number, or a neighbour's. */
static const struct place_row *address_near(const struct gazetteer *g, const char *street_key, int house,
                                            const char *region)
{
  const struct place_row *nearest = NULL;
  int apart = NEIGHBOURS + 1;
  for (guint i = 0; i < g->places->len && house; i++) {
    const struct place_row *row = PLACE(g, i);
    if (row->street_key != street_key || !row->house || abs(row->house - house) >= apart) continue;
    if (region && row->is.region != region) continue;
    nearest = row;
    apart = abs(row->house - house);
  }
  return nearest;
}

struct street_found gazetteer_street(const struct gazetteer *gazetteer, const struct name *name,
                                     const struct street_wish *wish)
{
  struct street_found found = { .is_number_known = true };
  int best = 0;
  for (guint i = 0; i < name->count; i++) {
    const struct street_row *row = STREET(gazetteer, name->first + i);
    int cost = cost_of(&row->is, wish);
    if (found.row && cost >= best) continue;
    found.row = row;
    best = cost;
  }
  found.lat = found.row->is.lat;
  found.lon = found.row->is.lon;
  found.precision = found.row->is.precision;
  found.candidates = count_regions(gazetteer, name, wish, best);
  if (!wish->house) return found;
  found.is_number_known = holds(&found.row->is, wish->house);
  const struct place_row *address =
      address_near(gazetteer, found.row->key, wish->house, found.row->is.region);
  if (address) {
    found.lat = address->is.lat;
    found.lon = address->is.lon;
    found.precision = address->house == wish->house ? PLACE_ADDRESS : PLACE_STREET;
  }
  return found;
}

struct street_found gazetteer_crossing(const struct gazetteer *gazetteer, const struct name *a,
                                       const struct name *b, const struct street_wish *wish)
{
  struct street_found found = { .precision = PLACE_STREET, .candidates = 1, .is_number_known = true };
  double best = 0;
  for (guint i = 0; i < a->count; i++)
    for (guint k = 0; k < b->count; k++) {
      const struct street_row *x = STREET(gazetteer, a->first + i), *y = STREET(gazetteer, b->first + k);
      double cost = gazetteer_metres(x->is.lat, x->is.lon, y->is.lat, y->is.lon);
      if (x->is.region != y->is.region) cost += OTHER_REGION_METRES;
      if (wish->region && x->is.region == wish->region) cost -= NAMED;
      if (wish->locality && x->is.locality == wish->locality) cost -= NAMED;
      if (found.row && cost >= best) continue;
      best = cost;
      found.row = x;
      bool is_far = gazetteer_metres(x->is.lat, x->is.lon, y->is.lat, y->is.lon) > CROSSING_METRES;
      found.candidates = is_far ? 2 : 1;
      found.lat = (x->is.lat + y->is.lat) / 2;
      found.lon = (x->is.lon + y->is.lon) / 2;
      if (is_far) found.lat = x->is.lat, found.lon = x->is.lon;
      if (x->is.precision == PLACE_AREA && y->is.precision == PLACE_AREA) found.precision = PLACE_AREA;
    }
  return found;
}

guint gazetteer_kind_in_street(const struct gazetteer *gazetteer, const char *kind, const char *street_key,
                               const struct place_row **first)
{
  guint count = 0;
  for (guint i = 0; i < gazetteer->places->len; i++) {
    const struct place_row *row = PLACE(gazetteer, i);
    if (row->street_key != street_key || strcmp(row->is.kind, kind) != 0) continue;
    if (!count++) *first = row;
  }
  return count;
}
