/* Planned times as text; see wall_text.h. Called by whoever keeps events or writes of them. Hours are written
 * as people say them: "15 Uhr", not "15:00 Uhr". */
#include "lib/text/days/wall_text.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/day_text.h"

#include <stdio.h>
#include <string.h>

char *wall_write(const struct wall *wall)
{
  if (!wall->year) return g_strdup("");
  if (wall->hour < 0) return g_strdup_printf("%04d-%02d-%02d", wall->year, wall->month, wall->day);
  return g_strdup_printf("%04d-%02d-%02dT%02d:%02d", wall->year, wall->month, wall->day, wall->hour,
                         MAX(wall->minute, 0));
}

bool wall_read(const char *text, struct wall *wall)
{
  struct wall it = { .hour = -1, .minute = -1 };
  int size = 0;
  bool has_day =
      text && sscanf(text, "%4d-%2d-%2d%n", &it.year, &it.month, &it.day, &size) == 3 && size == 10;
  *wall = (struct wall){ .hour = -1, .minute = -1 };
  if (!has_day || !calendar_is_date(it.year, it.month, it.day)) return false;
  if (text[size]) {
    int more = 0;
    bool has_time = sscanf(text + size, "T%2d:%2d%n", &it.hour, &it.minute, &more) == 2 && more == 6 &&
                    !text[size + more];
    if (!has_time || it.hour < 0 || it.hour > 23 || it.minute < 0 || it.minute > 59) return false;
  }
  *wall = it;
  return true;
}

/* How a language writes times of day. */
static const struct tongue {
  const char *language;
  const char *weekdays[7]; /* from Monday */
  bool has_bare_hours;     /* "15 Uhr" */
  const char *behind, *to;
} tongues[] = {
  { "de",
    { "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag" },
    true,
    " Uhr",
    " bis " },
  { "en",
    { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
    false,
    "",
    " to " },
};

static const struct tongue *tongue_of(const char *language)
{
  for (gsize i = 0; language && i < G_N_ELEMENTS(tongues); i++)
    if (g_ascii_strncasecmp(language, tongues[i].language, 2) == 0) return &tongues[i];
  return &tongues[0];
}

static void put_day(GString *out, const struct wall *wall, const struct tongue *tongue)
{
  struct wall day = { .year = wall->year, .month = wall->month, .day = wall->day, .hour = -1, .minute = -1 };
  g_autofree char *written = wall_write(&day), *words = day_in_words(written, tongue->language);
  int weekday =
      (int)((calendar_day(wall->year, wall->month, wall->day) % 7 + 7 + 3) % 7); /* 1970-01-01: a Thursday */
  g_string_append_printf(out, "%s, %s", tongue->weekdays[weekday], words);
}

static void put_hour(GString *out, const struct wall *wall, const struct tongue *tongue)
{
  if (tongue->has_bare_hours && wall->minute <= 0)
    g_string_append_printf(out, "%d", wall->hour);
  else
    g_string_append_printf(out, "%d:%02d", wall->hour, MAX(wall->minute, 0));
}

static bool is_same_day(const struct wall *a, const struct wall *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day;
}

char *wall_in_words(const struct wall *start, const struct wall *end, const char *language)
{
  if (!start->year) return g_strdup("");
  const struct tongue *tongue = tongue_of(language);
  GString *out = g_string_new(NULL);
  put_day(out, start, tongue);
  bool has_end = end && end->year, ends_there = has_end && is_same_day(start, end);
  if (start->hour >= 0) {
    g_string_append(out, ", ");
    put_hour(out, start, tongue);
  }
  if (ends_there && start->hour >= 0 && end->hour >= 0) {
    g_string_append(out, tongue->to);
    put_hour(out, end, tongue);
  }
  if (start->hour >= 0) g_string_append(out, tongue->behind);
  if (has_end && !ends_there) {
    g_string_append_printf(out, "%s%s", start->hour >= 0 ? "," : "", tongue->to);
    put_day(out, end, tongue);
    if (end->hour >= 0) {
      g_string_append(out, ", ");
      put_hour(out, end, tongue);
      g_string_append(out, tongue->behind);
    }
  }
  return g_string_free(out, FALSE);
}
