/* What an event consists of, as fields that a change names: written into the question that shows it to the
 * organiser, and set when they say yes. Only what differs is written, so two organisers who change different
 * things do not undo each other. */
#include "lists/events/hosts/host.h"

#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"

#include <stddef.h>
#include <string.h>

enum type { TYPE_TEXT, TYPE_INT, TYPE_FLAG };

static const struct field {
  const char *name;
  gsize offset;
  enum type type;
  unsigned kind;
} fields[] = {
  { "starts", offsetof(struct event, starts), TYPE_TEXT, FIELD_TIME | FIELD_SHOWN },
  { "ends", offsetof(struct event, ends), TYPE_TEXT, FIELD_TIME | FIELD_SHOWN },
  { "rule", offsetof(struct event, rule), TYPE_TEXT, FIELD_TIME | FIELD_SHOWN },
  { "title", offsetof(struct event, title), TYPE_TEXT, FIELD_SHOWN },
  { "text", offsetof(struct event, text), TYPE_TEXT, FIELD_SHOWN },
  { "place", offsetof(struct event, place), TYPE_TEXT, FIELD_SHOWN },
  { "bring", offsetof(struct event, bring), TYPE_TEXT, FIELD_SHOWN },
  { "video", offsetof(struct event, is_video), TYPE_FLAG, FIELD_SHOWN },
  { "video_link", offsetof(struct event, video_link), TYPE_TEXT, FIELD_SHOWN },
  { "capacity", offsetof(struct event, capacity), TYPE_INT, FIELD_PLACES },
  { "answer_by", offsetof(struct event, answer_by), TYPE_TEXT, FIELD_OTHER },
  { "audience", offsetof(struct event, audience), TYPE_TEXT, FIELD_INVITED },
  { "strangers", offsetof(struct event, strangers), TYPE_TEXT, FIELD_OTHER },
};

static void *at(const struct event *event, const struct field *field)
{
  return (char *)(void *)event + field->offset;
}

/* The field's value as text. Caller frees. */
static char *value_of(const struct event *event, const struct field *field)
{
  const void *where = at(event, field);
  if (field->type == TYPE_INT) return g_strdup_printf("%d", *(const int *)where);
  if (field->type == TYPE_FLAG) return g_strdup(*(const bool *)where ? "1" : "0");
  return g_strdup(*(char *const *)where);
}

static void set(struct event *event, const struct field *field, const char *value)
{
  void *where = at(event, field);
  if (field->type == TYPE_INT) {
    *(int *)where = (int)g_ascii_strtoll(value, NULL, 10);
  } else if (field->type == TYPE_FLAG) {
    *(bool *)where = *value == '1';
  } else {
    g_free(*(char **)where);
    *(char **)where = g_strdup(value);
  }
}

/* Two rules that differ in their end alone: nobody who comes need be asked again. Caller frees. */
static char *without_end(const char *rule)
{
  g_autofree char *recurrence = series_recurrence(rule);
  g_auto(GStrv) parts = g_strsplit(recurrence, ";", -1);
  g_autoptr(GString) out = g_string_new(NULL);
  for (char **part = parts; *part; part++)
    if (!g_str_has_prefix(*part, "UNTIL=") && !g_str_has_prefix(*part, "COUNT="))
      g_string_append_printf(out, "%s%s", out->len ? ";" : "", *part);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool differ_in_end_alone(const struct event *before, const struct event *after)
{
  g_autofree char *a = without_end(before->rule), *b = without_end(after->rule);
  g_autoptr(GArray) first = series_extra(before->rule);
  g_autoptr(GArray) second = series_extra(after->rule);
  bool has_more = second->len > first->len; /* a date more is one that nobody was asked about */
  for (guint i = 0; i < second->len && !has_more; i++)
    has_more =
        wall_compare(&g_array_index(first, struct wall, i), &g_array_index(second, struct wall, i)) != 0;
  return *before->rule && strcmp(a, b) == 0 && !has_more;
}

unsigned fields_differ(const struct event *before, const struct event *after)
{
  unsigned differ = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *a = value_of(before, &fields[i]), *b = value_of(after, &fields[i]);
    bool is_end = strcmp(fields[i].name, "rule") == 0 && differ_in_end_alone(before, after);
    if (strcmp(a, b) != 0) differ |= is_end ? FIELD_SHOWN : fields[i].kind;
  }
  return differ;
}

char *fields_write(const struct event *before, const struct event *after)
{
  g_autoptr(GString) out = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *a = value_of(before, &fields[i]), *b = value_of(after, &fields[i]);
    g_autofree char *escaped = g_uri_escape_string(b, NULL, TRUE);
    if (strcmp(a, b) != 0) g_string_append_printf(out, "%s=%s\n", fields[i].name, escaped);
  }
  bool is_moved = strcmp(before->place, after->place) != 0;
  if (is_moved && after->has_point) g_string_append_printf(out, "point=%.6f %.6f\n", after->lat, after->lon);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

void fields_apply(const struct request *request, struct event *event)
{
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *escaped = request_detail(request, fields[i].name);
    g_autofree char *value = escaped ? g_uri_unescape_string(escaped, NULL) : NULL;
    if (!value) continue;
    set(event, &fields[i], value);
    if (strcmp(fields[i].name, "place") == 0) event->has_point = false;
  }
  g_autofree char *point = request_detail(request, "point");
  char *rest = NULL;
  if (!point) return;
  event->lat = g_ascii_strtod(point, &rest);
  event->lon = g_ascii_strtod(rest, NULL);
  event->has_point = true;
}

void fields_end_series(struct event *event, const struct wall *last)
{
  g_autofree char *rule = without_end(event->rule);
  struct wall end = *last, start;
  end.hour = 23, end.minute = 59;
  bool is_day = wall_read(event->starts, &start) && start.hour < 0;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(wall_seconds(&end, event->zone));
  g_autofree char *until = g_date_time_format(utc, "%Y%m%dT%H%M%SZ");
  g_autofree char *day = g_strdup_printf("%04d%02d%02d", last->year, last->month, last->day);
  g_autofree char *ended = *rule ? g_strconcat(rule, ";UNTIL=", is_day ? day : until, NULL) : g_strdup("");
  g_autoptr(GArray) extra = series_extra(event->rule);
  guint kept = 0;
  while (kept < extra->len && wall_compare(&g_array_index(extra, struct wall, kept), &end) <= 0) kept++;
  g_array_set_size(extra, kept);
  g_free(event->rule);
  event->rule = series_rule(ended, extra);
}

struct event *fields_copy(const struct event *event)
{
  struct event *copy = event_new(event->zone);
  struct event own = *copy;
  *copy = *event;
  copy->uid = own.uid, copy->zone = own.zone, copy->state = own.state, copy->reminded = own.reminded;
  g_free(copy->uid), g_free(copy->state), g_free(copy->reminded);
  copy->uid = g_strdup(event->uid);
  copy->state = g_strdup(event->state);
  copy->reminded = g_strdup(event->reminded);
  char *texts[] = { own.title,     own.text,  own.place,    own.starts,    own.ends,      own.rule,
                    own.answer_by, own.bring, own.audience, own.strangers, own.video_link };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
    if (fields[i].type == TYPE_TEXT)
      *(char **)at(copy, &fields[i]) = g_strdup(*(char **)at(event, &fields[i]));
  return copy;
}
