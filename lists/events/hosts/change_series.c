/* Dates of a series that are off, moved, or its last. "Im Juli ist Pause" is each date of July; "am ersten
 * Mittwoch im Juni ist Feiertag, deshalb am 4." moves one; a date that is moved already is known by the day
 * that it is on.
 *
 * What surprised us: "nächste Probe wieder am 20." says that the 20th is held, so what stands behind such a
 * word is not off; and "am 4." is said of the month of the date that moves, not of today's. */
#include "lists/events/hosts/change_words.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

enum { DATES_MAX = 60, DAYS_MAX = 400, NEAR_DAYS = 3 };

static void date_free(void *date)
{
  event_date_free(date);
}

void change_add_date(struct change *change, const struct wall *original, const struct wall *start,
                     const struct wall *end, const char *place)
{
  struct event_date *date = g_new0(struct event_date, 1);
  date->original = wall_write(original);
  date->starts = start ? wall_write(start) : g_strdup("");
  date->ends = start && end && end->year ? wall_write(end) : g_strdup("");
  date->place = g_strdup(place ? place : "");
  if (!change->dates) change->dates = g_ptr_array_new_with_free_func(date_free);
  g_ptr_array_add(change->dates, date);
  change->what = "date";
}

static int day_of(const struct wall *wall)
{
  return calendar_day(wall->year, wall->month, wall->day);
}

static struct wall today(const struct change_words *c)
{
  struct wall day = zone_wall(c->work->now, c->event->zone);
  day.hour = day.minute = -1;
  return day;
}

/* What a date that was found spans: its days. False: it spans none that end. */
static bool span_of(const struct change_words *c, const struct date_found *found, struct wall *from,
                    int *days)
{
  bool is_until = found->is_deadline && found->until.year; /* "bis Ende August keine Proben" */
  struct wall start = found->start;
  if (is_until && !start.year) {
    start = today(c);
  }
  if (!start.year || found->recurrence || found->is_past || found->grain > GRAIN_QUARTER) return false;
  bool has_end = found->until.year && (found->grain >= GRAIN_DAY || is_until);
  *from = start;
  *days = has_end ? MIN(day_of(&found->until) - day_of(&start), DAYS_MAX) : 0;
  return true;
}

/* The date of the series on a day; a moved one by the day that it is on. */
static bool date_at(const struct change_words *c, const struct wall *day, struct wall *original)
{
  return event_date_moved_to(c->changes, day, original) || event_date_on(c->event, day, original);
}

/* Adds the dates of the series within what was found. */
static guint add_within(const struct change_words *c, const struct date_found *found, GArray *originals)
{
  struct wall from, original;
  int days = 0;
  guint before = originals->len;
  if (!span_of(c, found, &from, &days)) return 0;
  for (int i = 0; i <= days && originals->len < DATES_MAX; i++) {
    struct wall day = event_days_on(from, i);
    bool is_known = false;
    if (!date_at(c, &day, &original)) continue;
    for (guint k = 0; k < originals->len; k++)
      is_known |= wall_compare(&g_array_index(originals, struct wall, k), &original) == 0;
    if (!is_known) g_array_append_val(originals, original);
  }
  return originals->len - before;
}

/* "am 13., 20. und 27.": days that are named by their figures alone behind a date. */
static void add_figures(const struct change_words *c, const struct date_found *found, GArray *originals)
{
  const struct lexeme *l = c->passage->lexemes->at;
  struct wall day = found->start, original;
  for (guint at = found->end; l[at].kind != LEXEME_END; at++) {
    bool is_between = lexeme_is(&l[at], ".") || lexeme_is(&l[at], ",") || lexeme_is(&l[at], "&") ||
                      passage_at(c->passage, phrases_tag("event.and"), at);
    if (is_between) continue;
    bool is_day = l[at].kind == LEXEME_DIGITS && l[at].number >= 1 && l[at].number <= 31 &&
                  lexeme_is(&l[at + 1], ".") && l[at + 2].kind != LEXEME_DIGITS;
    if (!is_day) return;
    bool is_next = (int)l[at].number < day.day;
    day.month += is_next;
    if (day.month > 12) day.month = 1, day.year++;
    day.day = (int)l[at].number;
    if (!g_date_valid_dmy((GDateDay)day.day, (GDateMonth)day.month, (GDateYear)day.year)) return;
    if (originals->len < DATES_MAX && date_at(c, &day, &original)) g_array_append_val(originals, original);
  }
}

bool change_date_named(const struct change_words *c, struct wall *original)
{
  g_autoptr(GArray) originals = g_array_new(FALSE, TRUE, sizeof(struct wall));
  for (guint i = 0; *c->event->rule && i < c->dates->len && originals->len == 0; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    if (found->grain <= GRAIN_WEEK && found->start.year) add_within(c, found, originals);
  }
  if (originals->len == 0) return false;
  *original = g_array_index(originals, struct wall, 0);
  return true;
}

GArray *change_dates_named(const struct change_words *c)
{
  GArray *originals = g_array_new(FALSE, TRUE, sizeof(struct wall));
  for (guint i = 0; *c->event->rule && i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    add_within(c, found, originals);
    if (found->grain == GRAIN_DAY && found->start.year) add_figures(c, found, originals);
  }
  return originals;
}

/* Whether what stands at a lexeme is said of what goes on: "weiter geht es am 20.", "sonst wie immer". */
static bool goes_on(const struct change_words *c, guint at)
{
  const struct phrase_hit *hit = host_first(c->passage, "event.goes-on");
  return hit && hit->first < at;
}

/* Does the sentence of a word name a day? */
static bool has_own_day(const struct change_words *c, guint word)
{
  guint first, end;
  passage_sentence(c->passage, word, &first, &end);
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    bool is_day = found->start.year || found->until.year;
    if (is_day && found->first >= first && found->first < end) return true;
  }
  return false;
}

bool change_dates_off(const struct change_words *c, guint word, bool *has_day)
{
  guint first = 0, end = c->passage->lexemes->count;
  bool is_own = has_own_day(c, word); /* "… fällt aus. Am 27. sehen wir uns." */
  if (is_own) passage_sentence(c->passage, word, &first, &end);
  g_autoptr(GArray) originals = g_array_new(FALSE, TRUE, sizeof(struct wall));
  *has_day = false;
  if (!*c->event->rule) return false;
  if (passage_has(c->passage, "event.instead") && change_date_moved(c)) return true;
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    if (goes_on(c, found->first) || found->first < first || found->first >= end) continue;
    *has_day |= found->start.year || found->until.year;
    if (found->is_open_ended && found->grain >= GRAIN_DAY && found->start.year && !found->until.year) {
      change_series_ends(c, false);
      return c->change->what != NULL;
    }
    add_within(c, found, originals);
    if (found->grain == GRAIN_DAY && found->start.year) add_figures(c, found, originals);
  }
  for (guint i = 0; i < originals->len; i++)
    change_add_date(c->change, &g_array_index(originals, struct wall, i), NULL, NULL, NULL);
  return originals->len > 0;
}

/* The date at this index, read as if it were written shortly before `original`: "am 4." of that month. */
static struct date_found *near(const struct change_words *c, const struct wall *original, GArray *dates,
                               guint index)
{
  struct wall day = event_days_on(*original, -NEAR_DAYS);
  day.hour = 6, day.minute = 0;
  int64_t then = wall_seconds(&day, c->event->zone);
  g_autoptr(GArray) again =
      dates_find(c->plain, &(struct dates_wish){ .now = MAX(then, c->work->now), .zone = c->event->zone });
  if (again->len != dates->len) return NULL;
  struct date_found *found = g_new0(struct date_found, 1);
  *found = g_array_index(again, struct date_found, index);
  found->recurrence = NULL; /* it is the array's */
  return found;
}

/* Where the date goes: the last day or hour behind it that is another one; of a date that is moved already
 * (`day`: where it is) that may be its first. */
static bool target_of(const struct change_words *c, guint from, const struct wall *original,
                      const struct wall *day, struct wall *at, struct wall *end)
{
  GArray *dates = c->dates;
  bool has_hour = original->hour >= 0;
  for (guint i = dates->len; i-- > from;) {
    g_autofree struct date_found *found = near(c, original, dates, i);
    if (!found || !found->start.year || found->grain > GRAIN_DAY || found->is_past) continue;
    bool is_hour = found->start.hour >= 0;
    bool is_other_hour = is_hour && has_hour &&
                         (found->start.hour != original->hour || found->start.minute != original->minute);
    if (day_of(&found->start) == day_of(original) && day_of(day) == day_of(original) && !is_other_hour)
      continue;
    if (day_of(&found->start) == day_of(day) && !is_hour) continue;
    struct wall taken; /* "am 13. und am 20.": a date does not go onto another one */
    bool is_taken =
        day_of(&found->start) != day_of(original) && event_date_on(c->event, &found->start, &taken);
    if (is_taken) continue;
    if (i == from && !is_hour) continue;
    *at = found->start;
    if (!is_hour) at->hour = original->hour, at->minute = original->minute;
    *end = found->until.year && is_hour ? found->until : event_end_of(c->event, at);
    return true;
  }
  return false;
}

bool change_date_moved(const struct change_words *c)
{
  struct wall original, at, end, day;
  if (!*c->event->rule) return false;
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    if (!found->start.year || found->recurrence || found->is_past || found->grain > GRAIN_DAY) continue;
    day = found->start;
    if (!date_at(c, &day, &original)) continue;
    if (target_of(c, i, &original, &day, &at, &end)) {
      bool is_planned = wall_compare(&at, &original) == 0;
      change_add_date(c->change, &original, &at, is_planned ? NULL : &end, NULL);
      return true;
    }
    g_autofree char *place = change_place_known(c);
    if (!place || strcmp(place, c->event->place) == 0) return false;
    at = original, end = event_end_of(c->event, &at);
    change_add_date(c->change, &original, &at, &end, place);
    return true;
  }
  return false;
}

/* "Nach dem 24.": the day itself is still of it. */
static bool is_behind(const struct change_words *c, const struct date_found *found)
{
  const guint after = phrases_tag("event.after");
  for (guint at = found->first > 1 ? found->first - 2 : 0; at <= found->first; at++)
    if (passage_at(c->passage, after, at)) return true;
  return false;
}

/* A day, or an hour of one, that is told and ahead. */
static bool is_one_day(const struct change_words *c, const struct date_found *found)
{
  if (!found->start.year || found->recurrence || found->is_past || found->grain > GRAIN_DAY) return false;
  return wall_seconds(&found->start, c->event->zone) > c->work->now;
}

bool change_extra(const struct change_words *c)
{
  struct wall start, original;
  bool is_extra = *c->event->rule && passage_has(c->passage, "event.extra") && !passage_asks(c->passage);
  if (!is_extra || !wall_read(c->event->starts, &start)) return false;
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    struct wall day = found->start;
    if (!is_one_day(c, found) || date_at(c, &day, &original)) continue;
    if (day.hour < 0) day.hour = start.hour, day.minute = start.minute;
    g_autofree char *recurrence = series_recurrence(c->event->rule);
    g_autoptr(GArray) extra = series_extra(c->event->rule);
    if (extra->len >= SERIES_EXTRA_MAX) return false;
    guint at = 0;
    while (at < extra->len && wall_compare(&g_array_index(extra, struct wall, at), &day) < 0) at++;
    g_array_insert_val(extra, at, day);
    g_free(c->event->rule);
    c->event->rule = series_rule(*recurrence ? recurrence : NULL, extra);
    c->change->what = "change";
    return true;
  }
  return false;
}

void change_series_ends(const struct change_words *c, bool is_now)
{
  const struct date_found *found = NULL;
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *date = &g_array_index(c->dates, struct date_found, i);
    if (date->start.year || date->until.year) found = date;
  }
  struct wall start;
  if (!*c->event->rule || !wall_read(c->event->starts, &start)) return;
  for (const struct phrase_hit *hit = host_first(c->passage, "event.change"); hit && !found && !is_now;
       hit = passage_find(c->passage, hit->tag, hit->first + 1))
    is_now = strcmp(hit->value, "ended") == 0; /* "wir hören auf, der Chor löst sich auf" */
  if (!found && !is_now) {
    c->change->what = "which"; /* "nach den Sommerferien hören wir auf" */
    return;
  }
  struct wall last = today(c);
  if (found && found->is_open_ended && found->start.year) /* "ab Januar nicht mehr", "nach dem 24." */
    last = is_behind(c, found) ? found->start : event_days_on(found->start, -1);
  else if (found)
    last = found->until.year ? found->until : found->start;
  c->change->what = day_of(&last) < day_of(&start) ? "off" : "change"; /* it never began */
  if (day_of(&last) >= day_of(&start)) fields_end_series(c->event, &last);
}
