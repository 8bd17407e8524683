/* A table in a mail's text: rows pasted from a spreadsheet (tabs), drawn with bars, or lined up by blanks,
 * with a first row that says what stands in the columns. For offices' lists of cases and for minutes. */
#ifndef LISTS_UNDERSTAND_TABLE_H
#define LISTS_UNDERSTAND_TABLE_H

#include <glib.h>
#include <stdint.h>

/* What a column holds, by the words above it (section table.column of the tables of phrases). */
enum column {
  COLUMN_OTHER,
  COLUMN_NUMBER,
  COLUMN_TITLE,
  COLUMN_ASKED,   /* the sum that was asked for */
  COLUMN_GRANTED, /* the sum that is given */
  COLUMN_YES,
  COLUMN_NO,
  COLUMN_ABSTAIN,
  COLUMN_STATUS, /* what became of it, in words */
  COLUMN_DATE,
  COLUMN_REMARK,
  COLUMN_COUNT
};

struct table {
  GPtrArray *rows;      /* char **, without the head; cells trimmed */
  int at[COLUMN_COUNT]; /* which cell of a row holds a column; -1: none */
};

/* The first table of a text that has a head; NULL: none. Caller frees. */
struct table *table_read(const char *text);
void table_free(struct table *table);
typedef struct table table_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(table_t, table_free)

/* A cell; "" where the row or the table lacks it. Owned by the table. */
const char *table_cell(const struct table *table, guint row, enum column column);
/* The sum in it, in cents; -1: none. */
int64_t table_cents(const struct table *table, guint row, enum column column);
/* The bare number in it; -1: none. */
int table_count(const struct table *table, guint row, enum column column);

#endif
