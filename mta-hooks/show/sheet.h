/* Records shown to people or programs: lines with aligned columns, or JSON; one record at a time, so that
 * twenty thousand members need no more memory than one. */
#ifndef MTA_HOOKS_VERBS_SHEET_H
#define MTA_HOOKS_VERBS_SHEET_H

#include "lib/text/json_out.h"
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A column of the lines for people: which field, how wide at least. The last one ends the line. */
struct sheet_column {
  const char *field;
  int width;
};

/* is_json: the records become an array, or one object where is_single. Else `columns` (ended by a NULL field)
 * says which fields stand in a line; a single record is shown whole, a field a line. Times for people are in
 * `zone`. */
struct sheet {
  bool is_json, is_single;
  const struct sheet_column *columns;
  const char *zone;
  int count;             /* records so far */
  struct json_out *json; /* of the record that is being written */
  GPtrArray *fields;     /* name, text, name, text … of it */
};

void sheet_begin(struct sheet *sheet);
void sheet_text(struct sheet *sheet, const char *field, const char *text);
void sheet_number(struct sheet *sheet, const char *field, int64_t number);
void sheet_flag(struct sheet *sheet, const char *field, bool flag);
void sheet_time(struct sheet *sheet, const char *field, int64_t moment); /* 0: null, or nothing */
void sheet_words(struct sheet *sheet, const char *field, char **words);  /* NULL-ended */
void sheet_end(struct sheet *sheet);
/* Ends the array; frees what is left. Always to be called. */
void sheet_finish(struct sheet *sheet);

#endif
