/* A gazetteer: the regions, streets and known places of a municipality, in memory; asked offline, typo
 * tolerant, in well under a millisecond. Rows come from open data (formats in docs/man/kiezpost.1, "gazetteer
 * import"); without rows there is still an empty one that finds nothing. */
#ifndef TEXT_PLACES_GAZETTEER_H
#define TEXT_PLACES_GAZETTEER_H

#include <glib.h>
#include <stdbool.h>

enum place_precision { PLACE_ADDRESS, PLACE_STREET, PLACE_AREA };
const char *place_precision_word(enum place_precision precision); /* "address", "street", "area" */

/* One row of streets.csv: a part of a street. */
struct gazetteer_street {
  const char *name, *postcode, *locality, *region;
  int house_from, house_to; /* 0: without numbers */
  double lat, lon;
  enum place_precision precision;
};
/* One row of places.csv. */
struct gazetteer_place {
  const char *name, *kind, *street, *house, *postcode, *locality, *region;
  double lat, lon;
};

struct gazetteer;
struct gazetteer *gazetteer_new(void);
void gazetteer_free(struct gazetteer *gazetteer);
typedef struct gazetteer gazetteer_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gazetteer_t, gazetteer_free)

/* Rows are copied. Regions before streets and places. `geojson` is a geometry (Polygon or MultiPolygon) as
 * JSON text. */
bool gazetteer_add_region(struct gazetteer *gazetteer, const char *name, const char *slug,
                          const char *geojson, GError **error);
void gazetteer_add_street(struct gazetteer *gazetteer, const struct gazetteer_street *row);
void gazetteer_add_place(struct gazetteer *gazetteer, const struct gazetteer_place *row);
/* Once all rows are in: builds the indexes. */
void gazetteer_finish(struct gazetteer *gazetteer);
bool gazetteer_is_empty(const struct gazetteer *gazetteer);

/* The region a point lies in, exactly by its outline; NULL: outside. Owned by the gazetteer. */
const char *gazetteer_region_of(const struct gazetteer *gazetteer, double lat, double lon);

struct gazetteer_answer {
  const char *name;   /* as the gazetteer writes it; owned by it */
  int house;          /* 0: none */
  const char *region; /* NULL: unknown */
  double lat, lon;
  enum place_precision precision;
  int score; /* 100: to the letter; lower with typos and doubts */
};
enum { GAZETTEER_ANSWERS = 3 };
/* What a person may mean by a text ("Baumschulenstr 78", "Netto Wendenschloßstraße", "S-Bhf Adlershof"): up
 * to three candidates, best first. Returns how many. */
guint gazetteer_find(const struct gazetteer *gazetteer, const char *text,
                     struct gazetteer_answer answers[GAZETTEER_ANSWERS]);

#endif
