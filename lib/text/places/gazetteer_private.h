/* A gazetteer from inside, for the files that build it (gazetteer.c, gazetteer_names.c), ask it
 * (gazetteer_find.c, gazetteer_street.c) and find its names in mails (places_*.c). */
#ifndef TEXT_PLACES_GAZETTEER_PRIVATE_H
#define TEXT_PLACES_GAZETTEER_PRIVATE_H

#include "lib/text/places/gazetteer.h"
#include "lib/text/places/outlines.h"
#include "lib/text/places/place_key.h"

enum name_kind { NAME_REGION, NAME_LOCALITY, NAME_STREET, NAME_PLACE };

/* A way to write something, by its key. */
struct name {
  const char *key;
  uint32_t letters; /* place_key_letters(key) */
  guint16 size, ending;
  enum name_kind kind;
  guint first, count; /* rows of its kind; places: always one */
  const char *shown;  /* as the gazetteer writes it */
  bool is_alias;      /* not the row's own name: inflected, shortened */
};

struct street_row {
  struct gazetteer_street is;
  const char *key;
};
struct place_row {
  struct gazetteer_place is;
  const char *street_key;
  int house; /* number of the house; 0: none */
};
struct region_row {
  const char *name, *slug;
  struct outline *outline;
};

struct gazetteer {
  GArray *regions, *streets, *places; /* the rows above */
  GArray *names;                      /* struct name, by key, then kind */
  GStringChunk *strings;              /* each text once: equal texts are equal pointers */
  GHashTable *postcodes;              /* those of its rows */
};

#define STREET(g, i) (&g_array_index((g)->streets, struct street_row, (i)))
#define PLACE(g, i)  (&g_array_index((g)->places, struct place_row, (i)))
#define NAME(g, i)   (&g_array_index((g)->names, struct name, (i)))

/* gazetteer_names.c: all names of all rows. */
void gazetteer_make_names(struct gazetteer *gazetteer);

/* ---- asking ---- */

/* The names whose keys begin with a key; to begin with, all. */
struct name_span {
  guint low, high;
};
struct name_span gazetteer_all(const struct gazetteer *gazetteer);
/* Narrows the span; false: none is left. */
bool gazetteer_narrow(const struct gazetteer *gazetteer, struct name_span *span, const struct place_key *key);
/* The names in the span that are the key: how many from span->low on. */
guint gazetteer_equal(const struct gazetteer *gazetteer, const struct name_span *span,
                      const struct place_key *key);

struct near_name {
  const struct name *name; /* NULL: none */
  guint distance;
  guint rivals; /* other things as near as it */
};
/* The street or place whose key is a few typos away: at most two, fewer for short names. */
struct near_name gazetteer_near(const struct gazetteer *gazetteer, const struct place_key *key,
                                enum name_kind kind);

/* What is known besides the name. */
struct street_wish {
  int house, house_until;        /* 0: none */
  const char *region, *locality; /* named nearby; the gazetteer's own pointers; NULL: none */
  const char *postcode;
};
struct street_found {
  const struct street_row *row;
  double lat, lon;
  enum place_precision precision;
  guint candidates;     /* regions it may lie in */
  bool is_number_known; /* a part of the street holds the house number, or none was asked for */
};
struct street_found gazetteer_street(const struct gazetteer *gazetteer, const struct name *name,
                                     const struct street_wish *wish);
/* Where two streets meet: between their nearest parts. */
struct street_found gazetteer_crossing(const struct gazetteer *gazetteer, const struct name *a,
                                       const struct name *b, const struct street_wish *wish);
/* The places of a kind ("Apotheke") in a street: how many, *first one of them. */
guint gazetteer_kind_in_street(const struct gazetteer *gazetteer, const char *kind, const char *street_key,
                               const struct place_row **first);
/* The gazetteer's own pointer of a region's or locality's name; NULL: not known. */
const char *gazetteer_region_name(const struct gazetteer *gazetteer, const char *name);
bool gazetteer_has_postcode(const struct gazetteer *gazetteer, const char *postcode);
/* Metres between two points, on a sphere that is flat nearby. */
double gazetteer_metres(double lat, double lon, double other_lat, double other_lon);

#endif
