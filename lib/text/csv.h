/* Tables of open data: comma-separated values (RFC 4180) with a first line of names. Quoted fields, doubled
 * quotation marks and line ends in quotes, CRLF, a byte order mark. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include <glib.h>
#include <stdbool.h>

struct csv;
/* Reads the first line. `name` is what errors call the file; `text` need not end in NUL and must live as long
 * as the reader. NULL and a sentence for what is no table. */
struct csv *csv_new(const char *text, gsize size, const char *name, GError **error);
void csv_free(struct csv *csv);
typedef struct csv csv_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(csv_t, csv_free)

/* The column called so; -1: there is none. */
int csv_column(const struct csv *csv, const char *name);
/* The next line that is not empty. False without error: the end. A line with another number of fields than
 * the first has is an error. */
bool csv_next(struct csv *csv, GError **error);
/* A field of the present line, until the next; "" for column -1. */
const char *csv_field(const struct csv *csv, int column);
/* Number of the present line, from 1; of one with line ends in quotes, its first. */
guint csv_line(const struct csv *csv);

/* A quoted field of a table of ours; what a spreadsheet would take for a formula gets an apostrophe. NULL is
 * "". */
void csv_put_cell(GString *out, const char *text);

#endif
