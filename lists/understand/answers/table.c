/* Tables in text. A line is a row where tabs, bars, semicolons or runs of three blanks part it into two cells
 * or more; the first row with two cells that are words for columns is the head; rows follow until two lines
 * in a row are none.
 *
 * What surprised us: spreadsheets put a tab before the first and behind the last cell, and a blank line
 * between rows; "Nr." is the case's number for an office and a mere count in minutes, so the caller decides.
 */
#include "lists/understand/answers/table.h"

#include "lib/text/facts/money.h"

#include <string.h>

enum { ROWS_MAX = 500, CELLS_MAX = 24, LINE_MAX_BYTES = 4000 };

static const char *const words[COLUMN_COUNT] = {
  [COLUMN_NUMBER] = "number",   [COLUMN_TITLE] = "title",   [COLUMN_ASKED] = "asked",
  [COLUMN_GRANTED] = "granted", [COLUMN_YES] = "yes",       [COLUMN_NO] = "no",
  [COLUMN_ABSTAIN] = "abstain", [COLUMN_STATUS] = "status", [COLUMN_DATE] = "date",
  [COLUMN_REMARK] = "remark",
};

/* Appends a trimmed cell. Empty ones at a row's begin are kept: columns count. */
static void add_cell(GPtrArray *cells, const char *from, const char *to)
{
  if (cells->len >= CELLS_MAX) return;
  g_ptr_array_add(cells, g_strstrip(g_strndup(from, (gsize)(to - from))));
}

/* The length of the separator at p; 0: none. */
static gsize separator(const char *p, char kind)
{
  if (kind == ' ') {
    gsize blanks = strspn(p, " ");
    return blanks >= 3 ? blanks : 0;
  }
  return *p == kind;
}

/* A line's cells; NULL where it has fewer than two. */
static char **cells_of(const char *line, gsize size)
{
  if (size == 0 || size > LINE_MAX_BYTES) return NULL;
  g_autofree char *own = g_strndup(line, size);
  g_strchomp(own);
  const char *start = own;
  bool has_semicolons = strchr(own, ';') && !strstr(own, "   ");
  char kind = strchr(own, '\t') ? '\t' : strchr(own, '|') ? '|' : has_semicolons ? ';' : ' ';
  if (kind == '|' && *start == '|') start++;
  if (kind == ' ') start += strspn(start, " ");
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  const char *from = start;
  for (const char *p = start; *p;) {
    gsize gap = separator(p, kind);
    if (gap) {
      add_cell(cells, from, p);
      from = p + gap;
    }
    p += gap ? gap : 1;
  }
  if (*from) add_cell(cells, from, from + strlen(from));
  if (cells->len < 2) return NULL;
  g_ptr_array_add(cells, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&cells), FALSE);
}

/* The column a head's cell names: its first words decide. */
static enum column column_of(const char *cell)
{
  g_autoptr(passage_t) passage = passage_new(cell, NULL, 80);
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("table.column"), 0);
  for (guint i = COLUMN_NUMBER; hit && i < COLUMN_COUNT; i++)
    if (g_str_equal(words[i], hit->value)) return (enum column)i;
  return COLUMN_OTHER;
}

/* Takes a row as the head; false where fewer than two of its cells name columns. */
static bool take_head(struct table *table, char **cells)
{
  int at[COLUMN_COUNT];
  for (guint i = 0; i < COLUMN_COUNT; i++) at[i] = -1;
  guint found = 0;
  for (int i = 0; cells[i]; i++) {
    if (strlen(cells[i]) > 40) return false;
    enum column column = column_of(cells[i]);
    if (column == COLUMN_OTHER || at[column] >= 0) continue;
    at[column] = i;
    found++;
  }
  if (found < 2) return false;
  memcpy(table->at, at, sizeof at);
  return true;
}

struct table *table_read(const char *text)
{
  g_autoptr(table_t) table = g_new0(struct table, 1);
  table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
  bool has_head = false;
  guint misses = 0;
  for (const char *line = text; *line && table->rows->len < ROWS_MAX;) {
    gsize size = strcspn(line, "\n");
    g_auto(GStrv) cells = cells_of(line, size);
    if (!has_head) {
      has_head = cells && take_head(table, cells);
    } else if (cells) {
      g_ptr_array_add(table->rows, g_steal_pointer(&cells));
      misses = 0;
    } else if (++misses > 1) {
      break;
    }
    line += size + (line[size] == '\n');
  }
  return table->rows->len ? g_steal_pointer(&table) : NULL;
}

void table_free(struct table *table)
{
  if (!table) return;
  g_ptr_array_unref(table->rows);
  g_free(table);
}

const char *table_cell(const struct table *table, guint row, enum column column)
{
  char **cells = g_ptr_array_index(table->rows, row);
  int at = table->at[column];
  return at >= 0 && at < (int)g_strv_length(cells) ? cells[at] : "";
}

int64_t table_cents(const struct table *table, guint row, enum column column)
{
  const char *cell = table_cell(table, row, column);
  if (!g_ascii_isdigit(cell[strcspn(cell, "0123456789")])) return -1;
  if (g_str_equal(cell, "0")) return 0;
  g_autoptr(passage_t) passage = passage_new(cell, NULL, 80);
  g_autoptr(GArray) sums = money_find(passage, MONEY_BARE);
  return sums->len ? g_array_index(sums, struct money, 0).cents : -1;
}

int table_count(const struct table *table, guint row, enum column column)
{
  const char *cell = table_cell(table, row, column);
  if (g_str_equal(cell, "-")) return 0;
  if (!g_ascii_isdigit(*cell) || strlen(cell) > 4) return -1;
  return (int)g_ascii_strtoll(cell, NULL, 10);
}
