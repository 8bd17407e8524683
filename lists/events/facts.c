/* What an event is, from the words of the mail that calls it together or changes it: title, time, place, the
 * last day for answers. Lines of an answer have a file of their own (event_lines.c). */
#include "lists/events/event.h"

#include "lists/events/event_lines.h"
#include "lists/list_cache.h"
#include "lists/offices/offices.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"
#include "lists/understand/where.h"
#include "lists/video/words.h"

#include "lib/text/dates/series.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/facts/personal.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_CHARACTERS = 4000, DAY_SECONDS = 24 * 3600, NEAR_DAYS = 3 };

static void replace(char **to, char *with)
{
  g_free(*to);
  *to = with;
}

/* At most so many characters, without blanks around. Caller frees. */
char *event_cut(const char *text, glong characters)
{
  g_autofree char *stripped = g_strstrip(g_strdup(text ? text : ""));
  return g_utf8_substring(stripped, 0, MIN(g_utf8_strlen(stripped, -1), characters));
}

unsigned event_lacks(const struct event *event)
{
  return (*event->title ? 0 : LACKS_TITLE) | (*event->starts ? 0 : LACKS_START) |
         (*event->place || event->is_video ? 0 : LACKS_PLACE);
}

bool event_is_private(const struct passage *passage)
{
  unsigned found = personal_find(passage);
  return (found & (PERSONAL_HEALTH | PERSONAL_PLATE)) && (found & PERSONAL_PERSON);
}

/* The same of a line. */
bool event_line_is_private(const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 1000);
  return event_is_private(passage);
}

/* Does it lie behind us? "2. Januar 2026", written in December of that year, is a slip: it is asked about. */
static bool is_past(const struct event *event, const struct meaning *meaning, int64_t now)
{
  struct wall last = meaning->end.year ? meaning->end : meaning->start;
  last.hour = 23, last.minute = 59;
  return !meaning->recurrence && wall_seconds(&last, event->zone) < now;
}

/* False: nothing was taken. */
static bool take_when(struct event *event, const struct meaning *meaning, int64_t now)
{
  if (!meaning->start.year || is_past(event, meaning, now)) return false;
  replace(&event->starts, wall_write(&meaning->start));
  replace(&event->ends, wall_write(&meaning->end));
  replace(&event->rule, g_strdup(meaning->recurrence ? meaning->recurrence : ""));
  return true;
}

/* The dates of a passage, as if it were written then. */
static GArray *dates_as_of(const struct passage *passage, const struct event *event, int64_t when)
{
  return dates_find(passage, &(struct dates_wish){ .now = when, .zone = event->zone });
}

/* "Um vier" alone is meant for the day that the event has; "Sonntag" for the one nearest to it, and not for
 * the next one from today; "morgen" and a whole date for themselves. An hour alone is known by moving with
 * the day that it is read on. */
static bool is_hour_alone(const struct meaning *one, const struct meaning *other)
{
  int a = calendar_day(one->start.year, one->start.month, one->start.day);
  int b = calendar_day(other->start.year, other->start.month, other->start.day);
  return one->start.hour >= 0 && b == a + 1;
}

/* "Jeden Dienstag um acht" of a series that begins in May is about May: from its first day on, unless the
 * words name a day or are said of today. */
static bool read_series_from(const struct event *event, const struct passage *passage, int64_t first,
                             int64_t now, struct meaning *meaning)
{
  if (first <= now || passage_has(passage, "event.from_today")) return false;
  g_autoptr(GArray) then = dates_as_of(passage, event, first);
  g_clear_pointer(&meaning->recurrence, g_free);
  return read_event_when(then, meaning);
}

static bool read_when_near(struct work *work, const struct event *event, const struct passage *passage,
                           struct meaning *meaning)
{
  struct wall start;
  g_autoptr(GArray) dates = dates_as_of(passage, event, work->now);
  if (!read_event_when(dates, meaning) || !wall_read(event->starts, &start)) return false;
  int64_t day = wall_seconds(&(struct wall){ start.year, start.month, start.day, 6, 0 }, event->zone);
  if (meaning->recurrence) return read_series_from(event, passage, day, work->now, meaning);
  int64_t near = day - NEAR_DAYS * DAY_SECONDS;
  if (day <= work->now || passage_has(passage, "event.from_today")) return false;
  if (near < work->now) near = work->now;
  g_autoptr(GArray) some = dates_as_of(passage, event, near);
  g_autoptr(GArray) next = dates_as_of(passage, event, near + DAY_SECONDS);
  g_autoptr(GArray) same = dates_as_of(passage, event, day);
  g_autoptr(meaning_t) one = meaning_new(INTENT_EVENT);
  g_autoptr(meaning_t) other = meaning_new(INTENT_EVENT);
  bool is_read = read_event_when(some, one) && read_event_when(next, other);
  bool is_alone = is_read && is_hour_alone(one, other);
  g_clear_pointer(&meaning->recurrence, g_free);
  return is_read && read_event_when(is_alone ? same : some, meaning);
}

/* Of a new day without an hour the hour stays; of a new begin without an end the event lasts as long. */
static void keep_hours(const struct event *event, struct meaning *meaning)
{
  struct wall start, end;
  if (!wall_read(event->starts, &start)) return;
  bool has_end = wall_read(event->ends, &end) && end.hour >= 0;
  if (meaning->start.hour < 0 && !meaning->end.year && start.hour >= 0) {
    meaning->start.hour = start.hour;
    meaning->start.minute = start.minute;
  }
  if (meaning->end.year || !has_end || meaning->start.hour < 0) return;
  bool is_same_day = start.year == end.year && start.month == end.month && start.day == end.day;
  int minutes = meaning->start.hour * 60 + meaning->start.minute + (end.hour - start.hour) * 60 + end.minute -
                start.minute;
  if (!is_same_day || minutes >= 24 * 60) return;
  meaning->end = meaning->start;
  meaning->end.hour = minutes / 60;
  meaning->end.minute = minutes % 60;
}

bool event_take_when(struct work *work, struct event *event, const struct passage *passage)
{
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_EVENT);
  if (!read_when_near(work, event, passage, meaning)) {
    g_autoptr(GArray) dates = dates_as_of(passage, event, work->now);
    g_clear_pointer(&meaning->recurrence, g_free);
    if (!read_event_when(dates, meaning)) return false;
  }
  if (!meaning->recurrence && *event->rule && strcmp(event->state, "draft") != 0) /* stays a series */
    meaning->recurrence = g_strdup(event->rule);
  keep_hours(event, meaning);
  return take_when(event, meaning, work->now);
}

void event_take_region(struct work *work, struct event *event, const char *name)
{
  const struct list *list = list_cache_by_id(work->lists, event->list);
  event->region = 0;
  if (name) office_region_id(work->store, name, &event->region, NULL);
  if (!event->region && list) event->region = list->region;
}

void event_take_where(struct work *work, struct event *event, const struct meaning *meaning)
{
  if (!meaning->place) return;
  event_take_region(work, event, meaning->region);
  replace(&event->place, event_cut(meaning->place, EVENT_LINE_CHARACTERS));
  event->has_point = meaning->has_point;
  event->lat = meaning->lat;
  event->lon = meaning->lon;
}

/* What stands behind the date that the event begins at, in its sentence: lexemes [*first, *end). */
static void find_behind_start(const struct event *event, const struct understanding *it, guint *first,
                              guint *end)
{
  struct wall start;
  guint begin;
  *first = *end = 0;
  if (!wall_read(event->starts, &start)) return;
  for (guint i = 0; i < it->dates->len; i++) {
    const struct date_found *date = &g_array_index(it->dates, struct date_found, i);
    if (wall_compare(&date->start, &start) != 0) continue;
    passage_sentence(it->passage, date->first, &begin, end);
    *first = date->end;
    return;
  }
}

void event_take_place_of(struct work *work, struct event *event, const struct understanding *it, bool answers)
{
  guint first, end;
  find_behind_start(event, it, &first, &end);
  g_autofree char *said = where_said(it->passage, first, end);
  bool is_said = said && strcmp(said, event->place) == 0; /* a street says more */
  if (*event->place && !is_said) return;
  g_autoptr(GArray) places = places_find(it->passage, work->gazetteer);
  struct reading_room room = {
    .passage = it->passage, .subject = it->subject, .places = places, .gazetteer = work->gazetteer
  };
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_EVENT);
  where_read_event(&room, first, end, meaning);
  bool is_street = meaning->has_point || g_strcmp0(meaning->place_source, "address") == 0;
  if (meaning->place && (is_street || !is_said))
    event_take_where(work, event, meaning);
  else if (said && answers)
    replace(&event->place, event_cut(said, EVENT_LINE_CHARACTERS));
}

/* Is a deadline one of answers? "Anmeldung bis Freitag", and not "Das Gerüst steht bis Freitag". */
static bool is_of_answers(const struct passage *passage, const struct date_found *date)
{
  guint first, end;
  passage_sentence(passage, date->first, &first, &end);
  return span_find(passage, "event.answer-by", first, end) != NULL;
}

/* The last day for answers. */
static void take_deadline(struct event *event, const struct understanding *it)
{
  for (guint i = 0; i < it->dates->len; i++) {
    const struct date_found *date = &g_array_index(it->dates, struct date_found, i);
    if (!date->is_deadline || !date->until.year || date->is_past || !is_of_answers(it->passage, date))
      continue;
    struct wall day = date->until;
    day.hour = day.minute = -1;
    struct wall start;
    bool is_before = wall_read(event->starts, &start) && wall_compare(&day, &start) <= 0;
    if (is_before) replace(&event->answer_by, wall_write(&day));
  }
}

bool event_take_meaning(struct work *work, struct event *event, const struct arrival *arrival, GError **error)
{
  (void)error;
  const struct understanding *it = arrival->understanding;
  bool has_title = it->meaning->title && !event_line_is_private(it->meaning->title);
  if (has_title) replace(&event->title, event_cut(it->meaning->title, EVENT_TITLE_CHARACTERS));
  if (!*event->text) replace(&event->text, event_cut(arrival->mail->text_new, TEXT_CHARACTERS));
  take_when(event, it->meaning, work->now);
  event_take_where(work, event, it->meaning);
  take_deadline(event, it);
  event_take_words(event, it->passage, false);
  video_take_link(event);
  return true;
}
