/* CSV; see csv.h. One pass, a line at a time into one buffer; an offset a field. */
#include "lib/text/csv.h"

#include "lib/base/fault.h"

#include <string.h>

enum { COLUMNS_MAX = 64 };

struct csv {
  const char *p, *end;
  char *name;
  GPtrArray *columns; /* char*: the first line */
  GString *bytes;     /* the fields of a line, each with a NUL */
  GArray *offsets;    /* gsize: where each begins */
  guint line, next_line;
};

/* One field, up to its comma or line's end. */
static bool read_field(struct csv *csv, GError **error)
{
  gsize offset = csv->bytes->len;
  g_array_append_val(csv->offsets, offset);
  bool is_quoted = csv->p < csv->end && *csv->p == '"';
  if (is_quoted) csv->p++;
  while (csv->p < csv->end) {
    char c = *csv->p;
    if (is_quoted && c == '"') {
      if (csv->p + 1 < csv->end && csv->p[1] == '"') {
        csv->p++;
      } else {
        is_quoted = false;
        csv->p++;
        continue;
      }
    } else if (!is_quoted &&
               (c == ',' || c == '\n' || (c == '\r' && csv->p + 1 < csv->end && csv->p[1] == '\n'))) {
      break;
    }
    if (c == '\n') csv->next_line++;
    if (c == '\0')
      return fault_set(error, FAULT_INPUT, "%s, line %u: there is a NUL byte.", csv->name, csv->line);
    g_string_append_c(csv->bytes, c);
    csv->p++;
  }
  g_string_append_c(csv->bytes, '\0');
  return !is_quoted ||
         fault_set(error, FAULT_INPUT, "%s, line %u: a quotation mark is not closed.", csv->name, csv->line);
}

/* All fields of a line. */
static bool read_line(struct csv *csv, GError **error)
{
  g_string_truncate(csv->bytes, 0);
  g_array_set_size(csv->offsets, 0);
  csv->line = csv->next_line;
  for (;;) {
    if (!read_field(csv, error)) return false;
    if (csv->p < csv->end && *csv->p == ',' && csv->offsets->len < COLUMNS_MAX) {
      csv->p++;
      continue;
    }
    break;
  }
  if (csv->p < csv->end && *csv->p == ',')
    return fault_set(error, FAULT_INPUT, "%s, line %u: more than %d columns.", csv->name, csv->line,
                     COLUMNS_MAX);
  if (csv->p < csv->end && *csv->p == '\r') csv->p++;
  if (csv->p < csv->end) csv->p++;
  csv->next_line++;
  return true;
}

static const char *field_at(const struct csv *csv, guint i)
{
  return csv->bytes->str + g_array_index(csv->offsets, gsize, i);
}

static bool is_empty_line(const struct csv *csv)
{
  return csv->offsets->len == 1 && *field_at(csv, 0) == '\0';
}

struct csv *csv_new(const char *text, gsize size, const char *name, GError **error)
{
  g_autoptr(csv_t) csv = g_new0(struct csv, 1);
  csv->name = g_strdup(name);
  csv->columns = g_ptr_array_new_with_free_func(g_free);
  csv->bytes = g_string_sized_new(512);
  csv->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
  csv->next_line = 1;
  csv->p = text;
  csv->end = text + size;
  if (!g_utf8_validate(text, (gssize)size, NULL)) {
    fault_set(error, FAULT_INPUT, "%s is not UTF-8.", name);
    return NULL;
  }
  if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) csv->p += 3;
  do {
    if (csv->p >= csv->end) {
      fault_set(error, FAULT_INPUT, "%s is empty.", name);
      return NULL;
    }
    if (!read_line(csv, error)) return NULL;
  } while (is_empty_line(csv));
  for (guint i = 0; i < csv->offsets->len; i++)
    g_ptr_array_add(csv->columns, g_strstrip(g_ascii_strdown(field_at(csv, i), -1)));
  return g_steal_pointer(&csv);
}

void csv_free(struct csv *csv)
{
  if (!csv) return;
  g_free(csv->name);
  g_ptr_array_unref(csv->columns);
  g_string_free(csv->bytes, TRUE);
  g_array_unref(csv->offsets);
  g_free(csv);
}

int csv_column(const struct csv *csv, const char *name)
{
  for (guint i = 0; i < csv->columns->len; i++)
    if (strcmp(csv->columns->pdata[i], name) == 0) return (int)i;
  return -1;
}

bool csv_next(struct csv *csv, GError **error)
{
  do {
    if (csv->p >= csv->end) return false;
    if (!read_line(csv, error)) return false;
  } while (is_empty_line(csv));
  return csv->offsets->len == csv->columns->len ||
         fault_set(error, FAULT_INPUT, "%s, line %u: %u fields, where the first line names %u.", csv->name,
                   csv->line, csv->offsets->len, csv->columns->len);
}

const char *csv_field(const struct csv *csv, int column)
{
  return column < 0 || (guint)column >= csv->offsets->len ? "" : field_at(csv, (guint)column);
}

guint csv_line(const struct csv *csv)
{
  return csv->line;
}

void csv_put_cell(GString *out, const char *text)
{
  g_string_append_c(out, '"');
  if (text && strchr("=+-@\t\r", *text) && *text && !g_ascii_isdigit(text[1])) g_string_append_c(out, '\'');
  for (const char *p = text ? text : ""; *p; p++) {
    if (*p == '"') g_string_append_c(out, '"');
    g_string_append_c(out, *p);
  }
  g_string_append_c(out, '"');
}
