/* The gazetteer's rows in the store: regions, parts of streets, places. Each kind is replaced as a whole. */
#ifndef STORE_GAZETTEER_ROWS_H
#define STORE_GAZETTEER_ROWS_H

#include "lib/store/store.h"
#include "lib/text/places/gazetteer.h"

enum gazetteer_kind { GAZETTEER_REGIONS, GAZETTEER_STREETS, GAZETTEER_PLACES, GAZETTEER_KINDS };

struct gazetteer_region {
  const char *name, *slug; /* slug: "" where no region of the district has this name; not written */
  const char *geojson;
};

/* An import: begin, rows in order, end; all outside any transaction of the caller's, each holds the lock for
 * STORE_HOLD_ROWS rows or STORE_HOLD_MS at most. What was imported before is read until the end has
 * succeeded. The struct is filled by begin; an import that fails or is left needs no undoing. */
struct gazetteer_import {
  struct store *store;
  enum gazetteer_kind kind;
  int64_t generation, count;
  int in_transaction; /* rows; 0: none is open */
};
bool gazetteer_import_begin(struct gazetteer_import *import, struct store *store, enum gazetteer_kind kind,
                            GError **error);
bool gazetteer_import_region(struct gazetteer_import *import, const struct gazetteer_region *row,
                             GError **error);
bool gazetteer_import_street(struct gazetteer_import *import, const struct gazetteer_street *row,
                             GError **error);
bool gazetteer_import_place(struct gazetteer_import *import, const struct gazetteer_place *row,
                            GError **error);
/* The rows count from now on; older ones go. `source` names the file. */
bool gazetteer_import_end(struct gazetteer_import *import, const char *source, int64_t now, GError **error);
/* Gives a lock back that a failed import may hold. */
void gazetteer_import_leave(struct gazetteer_import *import);

/* Every row that counts, in the file's order; strings live until the callback returns. A callback that
 * answers false ends the reading with its error. */
typedef bool gazetteer_region_reader(const struct gazetteer_region *row, void *data, GError **error);
typedef bool gazetteer_street_reader(const struct gazetteer_street *row, void *data, GError **error);
typedef bool gazetteer_place_reader(const struct gazetteer_place *row, void *data, GError **error);
bool gazetteer_read_regions(struct store *store, gazetteer_region_reader *read, void *data, GError **error);
bool gazetteer_read_streets(struct store *store, gazetteer_street_reader *read, void *data, GError **error);
bool gazetteer_read_places(struct store *store, gazetteer_place_reader *read, void *data, GError **error);

#endif
