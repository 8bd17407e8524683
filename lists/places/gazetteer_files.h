/* The gazetteer's files: what `kiezpost gazetteer import` takes. Formats in kiezpost(1), "gazetteer import".
 */
#ifndef LISTS_PLACES_GAZETTEER_FILES_H
#define LISTS_PLACES_GAZETTEER_FILES_H

#include "lib/store/gazetteer/gazetteer_rows.h"

/* What a file holds, by its content: GeoJSON is regions, a table is streets or places by its columns. False
 * and a sentence when it is neither. */
bool gazetteer_file_kind(const char *path, enum gazetteer_kind *kind, GError **error);
/* Replaces the rows of its kind; *count gets how many there are now. Errors name file and line, and leave
 * what was there. */
bool gazetteer_file_import(const char *path, enum gazetteer_kind kind, struct store *store, int64_t now,
                           int64_t *count, GError **error);
/* The rows of a places table, one by one. */
bool gazetteer_file_places(const char *path, gazetteer_place_reader *read, void *data, GError **error);

#endif
