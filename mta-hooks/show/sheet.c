/* Records for people or programs; see sheet.h. JSON is printed record by record: each one is made by the one
 * writer there is (lib/text/json_out) and put into the array with its lines indented. */
#include "mta-hooks/show/sheet.h"

#include <stdio.h>
#include <string.h>

#include "lib/base/clock.h"
#include "lib/text/escape.h"

enum { TIME_WIDTH = 16, NAME_WIDTH = 12 };

void sheet_begin(struct sheet *sheet)
{
  if (sheet->is_json) {
    sheet->json = json_out_new();
    json_begin_object(sheet->json, NULL);
  } else {
    sheet->fields = g_ptr_array_new_with_free_func(g_free);
  }
}

/* A field for people: one line of it, unless it is the text of a single record. */
static void keep(struct sheet *sheet, const char *field, const char *text)
{
  g_autoptr(GString) line = g_string_new(NULL);
  if (sheet->is_single)
    g_string_append(line, text ? text : "");
  else
    put_line(line, text ? text : "");
  g_ptr_array_add(sheet->fields, g_strdup(field));
  g_ptr_array_add(sheet->fields, g_string_free(g_steal_pointer(&line), FALSE));
}

void sheet_text(struct sheet *sheet, const char *field, const char *text)
{
  if (sheet->is_json)
    json_put_text(sheet->json, field, text);
  else
    keep(sheet, field, text);
}

void sheet_number(struct sheet *sheet, const char *field, int64_t number)
{
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
  if (sheet->is_json)
    json_put_number(sheet->json, field, number);
  else
    keep(sheet, field, text);
}

void sheet_flag(struct sheet *sheet, const char *field, bool flag)
{
  if (sheet->is_json)
    json_put_flag(sheet->json, field, flag);
  else
    keep(sheet, field, flag ? "yes" : "no");
}

void sheet_time(struct sheet *sheet, const char *field, int64_t moment)
{
  g_autofree char *utc = moment ? clock_format_utc(moment) : NULL;
  g_autofree char *local = moment ? clock_format_in(moment, sheet->zone) : NULL;
  if (local && strlen(local) > TIME_WIDTH) local[TIME_WIDTH] = '\0';
  if (local) g_strdelimit(local, "T", ' ');
  if (sheet->is_json)
    json_put_text(sheet->json, field, utc);
  else
    keep(sheet, field, local);
}

void sheet_words(struct sheet *sheet, const char *field, char **words)
{
  g_autofree char *joined = g_strjoinv(", ", words);
  if (!sheet->is_json) {
    keep(sheet, field, joined);
    return;
  }
  json_begin_array(sheet->json, field);
  for (; *words; words++) json_put_text(sheet->json, NULL, *words);
  json_end_array(sheet->json);
}

/* One element of the array, indented like the writer would. */
static void print_element(struct sheet *sheet)
{
  g_autofree char *text = json_out_text(sheet->json, true);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  fputs(sheet->count == 0 ? "[" : ",", stdout);
  for (char **line = lines; *line; line++)
    if (**line) printf("\n  %s", *line);
}

static const char *field_of(const struct sheet *sheet, const char *field)
{
  for (guint i = 0; i + 1 < sheet->fields->len; i += 2)
    if (strcmp(sheet->fields->pdata[i], field) == 0) return sheet->fields->pdata[i + 1];
  return "";
}

/* Pads by characters, not bytes: names have umlauts. */
static void print_padded(const char *text, int width)
{
  int pad = width - (int)g_utf8_strlen(text, -1);
  fputs(text, stdout);
  printf("%*s", MAX(pad, 0) + 2, "");
}

static void print_line(struct sheet *sheet)
{
  for (const struct sheet_column *column = sheet->columns; column->field; column++) {
    if (column[1].field)
      print_padded(field_of(sheet, column->field), column->width);
    else
      puts(field_of(sheet, column->field));
  }
}

/* A field a line; a text of several lines stands below its name. */
static void print_whole(struct sheet *sheet)
{
  for (guint i = 0; i + 1 < sheet->fields->len; i += 2) {
    const char *text = sheet->fields->pdata[i + 1];
    if (strchr(text, '\n')) {
      printf("%s\n\n%s%s", (char *)sheet->fields->pdata[i], text, g_str_has_suffix(text, "\n") ? "" : "\n");
      continue;
    }
    print_padded(sheet->fields->pdata[i], NAME_WIDTH);
    puts(text);
  }
}

void sheet_end(struct sheet *sheet)
{
  if (sheet->is_json) {
    json_end_object(sheet->json);
    if (sheet->is_single)
      json_out_print(sheet->json);
    else
      print_element(sheet);
    g_clear_pointer(&sheet->json, json_out_free);
  } else {
    if (sheet->is_single)
      print_whole(sheet);
    else
      print_line(sheet);
    g_clear_pointer(&sheet->fields, g_ptr_array_unref);
  }
  sheet->count++;
}

void sheet_finish(struct sheet *sheet)
{
  if (sheet->is_json && !sheet->is_single) puts(sheet->count == 0 ? "[]" : "\n]");
  g_clear_pointer(&sheet->json, json_out_free);
  g_clear_pointer(&sheet->fields, g_ptr_array_unref);
}
