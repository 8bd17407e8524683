/* Events: what, when, where, how often. From a calendar part where there is one, else from the words: the
 * first date that lies ahead and is no deadline ("Anmeldung bis Freitag") is the start; a range's end, or an
 * hour named later on the same day ("gegen 13 Uhr ist Schluss"), the end. */
#include "lib/mail/calendar_event.h"
#include "lists/understand/itip.h"
#include "lists/understand/title.h"
#include "lists/understand/where.h"

#include "lib/text/dates/series.h"

#include <string.h>

enum { FIRST_BACK = 6 };

static void miss(struct meaning *meaning, const char *what)
{
  g_ptr_array_add(meaning->missing, g_strdup(what));
}

/* How well a date serves as a start: a time of day, a day, a month. */
static int rank_of(const struct date_found *date)
{
  if (date->is_past || (!date->start.year && !date->recurrence)) return 0;
  int rank = date->start.hour >= 0 ? 6 : date->grain == GRAIN_DAY ? 4 : date->recurrence ? 4 : 1;
  if (date->recurrence) rank += 2;
  return date->is_deadline ? 1 : rank;
}

static bool is_same_day(const struct wall *a, const struct wall *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* The date that says when it begins; NULL: none. */
static const struct date_found *find_start(const GArray *dates)
{
  const struct date_found *best = NULL;
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (rank_of(date) > (best ? rank_of(best) : 0)) best = date;
  }
  return best && rank_of(best) > 0 ? best : NULL;
}

/* A day said once and its hour elsewhere ("Samstag, 12. Mai. Los geht es um 15 Uhr"): the hour of a later
 * find on the same day, and an end. */
static void refine(const GArray *dates, const struct date_found *start, struct meaning *meaning)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (date == start || date->first < start->first || date->is_past) continue;
    const struct wall *ends = date->is_deadline && date->until.year ? &date->until : &date->start;
    if (ends->hour < 0 || !is_same_day(ends, &meaning->start) || meaning->start.hour < 0) continue;
    bool is_later = ends->hour * 60 + ends->minute > meaning->start.hour * 60 + meaning->start.minute;
    if (is_later && !meaning->end.year) meaning->end = *ends;
  }
}

bool read_event_when(const GArray *dates, struct meaning *meaning)
{
  const struct date_found *start = find_start(dates);
  if (!start) return false;
  meaning->start = start->start;
  meaning->end = start->until;
  meaning->recurrence = g_strdup(start->recurrence);
  refine(dates, start, meaning);
  meaning->all_day = meaning->start.year && meaning->start.hour < 0;
  return true;
}

/* Does a word of beginning stand before the date: "los geht's am", "erstmals am"? */
static bool is_said_first(const struct passage *passage, const struct date_found *date)
{
  const guint tag = phrases_tag("event.first");
  for (guint back = 1; back <= MIN(date->first, (guint)FIRST_BACK); back++) {
    const struct phrase_hit *hit = passage_at(passage, tag, date->first - back);
    if (hit && hit->end + 2 >= date->first && hit->end <= date->end) return true;
  }
  return false;
}

/* "Jeden Dienstag um 18 Uhr, ab dem 5. Mai": the series begins on its first date from that day on. */
static void begin_with_first(const struct reading_room *room, struct meaning *meaning)
{
  for (guint i = 0; meaning->recurrence && i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    bool is_day = date->grain == GRAIN_DAY && date->start.year && date->start.hour < 0 && !date->recurrence;
    if (!is_day || date->is_past || date->is_deadline) continue;
    if (!date->is_open_ended && !is_said_first(room->passage, date)) continue;
    struct wall next;
    if (!series_next(meaning->recurrence, &meaning->start, &date->start, &next)) continue;
    bool is_within_day = meaning->end.year && is_same_day(&meaning->end, &meaning->start);
    struct wall end = next;
    end.hour = meaning->end.hour;
    end.minute = meaning->end.minute;
    meaning->end = is_within_day ? end : (struct wall){ 0 };
    meaning->start = next;
    return;
  }
}

/* Where: behind its date first. To a group that knows it, "im Hof" is a place. */
static void read_where(const struct reading_room *room, struct meaning *meaning)
{
  const struct date_found *start = find_start(room->dates);
  guint first = 0, end = 0;
  if (start) passage_sentence(room->passage, start->first, &first, &end);
  where_read_event(room, start ? start->end : 0, end, meaning);
  bool is_group = room->list_kind && strcmp(room->list_kind, "group") == 0;
  if (is_group && !meaning->place && !meaning->has_point)
    meaning->place = where_said(room->passage, first, end);
}

/* Whole days from the event's first one to a later one; NULL: none. */
static const struct date_found *find_days(const GArray *dates, const struct wall *start)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    bool are_days = date->start.hour < 0 && date->until.year && date->until.hour < 0 && !date->recurrence;
    bool are_ahead = date->grain == GRAIN_DAY && !date->is_past && !date->is_deadline;
    if (are_days && are_ahead && is_same_day(&date->start, start) && !is_same_day(&date->until, start))
      return date;
  }
  return NULL;
}

/* "Am 13. und 14. Juni, jeweils 10 bis 16 Uhr": hours of a day, on each of these days. "Vom 3. bis 5. Juli,
 * Eröffnung am 3. Juli um 17 Uhr": until the last of them. */
static void hold_all_days(const struct reading_room *room, struct meaning *meaning)
{
  if (meaning->recurrence || meaning->start.hour < 0) return;
  const struct date_found *days = find_days(room->dates, &meaning->start);
  if (!days) return;
  struct wall last = days->until;
  if (!meaning->end.year) meaning->end = last;
  if (!is_same_day(&meaning->start, &meaning->end)) return;
  last.hour = 23, last.minute = 59;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(wall_seconds(&last, room->zone));
  meaning->recurrence = g_date_time_format(utc, "FREQ=DAILY;UNTIL=%Y%m%dT%H%M%SZ");
}

static void read_words(const struct reading_room *room, struct meaning *meaning)
{
  struct dates_wish wish = { .now = room->now, .zone = room->zone };
  if (!read_event_when(room->dates, meaning)) {
    g_autoptr(GArray) of_subject = dates_find(room->subject, &wish);
    read_event_when(of_subject, meaning);
  }
  begin_with_first(room, meaning);
  hold_all_days(room, meaning);
  meaning->title = title_read(room);
  read_where(room, meaning);
}

void read_event_where(const char *text, const struct gazetteer *gazetteer, struct meaning *meaning)
{
  g_autoptr(passage_t) location = passage_new(text, NULL, 500);
  g_autoptr(GArray) places = places_find(location, gazetteer);
  const struct place_found *best = places_best(places);
  if (best && best->has_point && !best->is_outside) {
    meaning->has_point = true;
    meaning->lat = best->lat;
    meaning->lon = best->lon;
  }
  if (best) {
    meaning->place_source = place_source_word(best->source);
    meaning->region = best->is_outside ? NULL : g_strdup(best->region);
  }
  meaning->place = g_strdup(text);
}

/* What the calendar part says; the words fill what it leaves open. */
static void read_calendar(const struct reading_room *room, const struct calendar *calendar,
                          struct meaning *meaning)
{
  struct calendar_event event;
  if (calendar_event_read(calendar, room->zone, &event)) {
    meaning->start = event.start;
    meaning->end = event.end;
    meaning->all_day = event.all_day;
    meaning->recurrence = g_steal_pointer(&event.recurrence);
    calendar_event_clear(&event);
  }
  meaning->title = calendar->summary ? g_strdup(calendar->summary) : title_read(room);
  if (!calendar->location) {
    where_read(room, meaning);
    return;
  }
  read_event_where(calendar->location, room->gazetteer, meaning);
}

void read_event(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(calendar_t) calendar = itip_find(room->mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if (method == ITIP_EVENT || method == ITIP_CANCEL)
    read_calendar(room, calendar, meaning);
  else
    read_words(room, meaning);
  if (!meaning->title) miss(meaning, "title");
  if (!meaning->start.year) miss(meaning, "start");
  if (!meaning->place && !meaning->has_point) miss(meaning, "place");
}
