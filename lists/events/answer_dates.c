/* Which date of a series an answer is about: "am 12. kann ich nicht", or RECURRENCE-ID of a calendar's click,
 * which Google writes in UTC. And is a click about the time that stands now? A calendar may answer long after
 * it was asked, and nobody has said yes to a time that they never saw. Called by answer.c. */
#include "lists/events/event.h"

#include "lists/understand/understand.h"

#include "lib/mail/calendar_event.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { MONTHS_AHEAD = 3 };

static bool is_of_series(const struct event *event, const struct wall *date)
{
  struct wall start, next;
  return *event->rule && wall_read(event->starts, &start) && series_next(event->rule, &start, date, &next) &&
         wall_compare(&next, date) == 0;
}

/* Is it said as "am 19.", without a month? */
static bool is_day_alone(const struct passage *passage, const struct date_found *found)
{
  guint numbers = 0;
  for (guint i = found->first; i < found->end; i++) {
    numbers += passage->lexemes->at[i].kind == LEXEME_DIGITS;
    if (passage->lexemes->at[i].kind == LEXEME_WORD) return false;
  }
  return numbers == 1;
}

/* The date that a series has on this day, or, of a day without a month, in one of the months behind it. */
static bool series_has(const struct event *event, const struct wall *from, bool is_day_alone,
                       struct wall *next)
{
  struct wall start, day = *from;
  if (!wall_read(event->starts, &start)) return false;
  for (int month = 0; month <= (is_day_alone ? MONTHS_AHEAD : 0); month++) {
    if (g_date_valid_dmy((GDateDay)day.day, (GDateMonth)day.month, (GDateYear)day.year) &&
        series_next(event->rule, &start, &day, next) && next->year == day.year && next->month == day.month &&
        next->day == day.day)
      return true;
    day.year += day.month == 12;
    day.month = day.month % 12 + 1;
  }
  return false;
}

/* The date of the series that was found in the text, as the rule says; NULL: none. Caller frees. */
static char *date_at(const struct event *event, const GPtrArray *changes, const struct understanding *said,
                     guint index)
{
  const struct date_found *found = &g_array_index(said->dates, struct date_found, index);
  struct wall day = found->start, next;
  if (!day.year) return NULL;
  day.hour = day.minute = -1;
  bool is_alone = is_day_alone(said->passage, found);
  bool is_one = event_date_moved_to(changes, &day, &next) || series_has(event, &day, is_alone, &next);
  return is_one ? wall_write(&next) : NULL;
}

/* "außer am 3. Juni", "nur am 3. nicht": do these dates stand against the rest of the series? */
enum exception { EXCEPT_NOT, EXCEPT_BUT, EXCEPT_ONLY };

static enum exception exception_of(const struct understanding *said, const struct date_found *found)
{
  enum { BEFORE = 2, BEHIND = 3 };
  const struct passage *passage = said->passage;
  guint but = phrases_tag("poll.but"), only = phrases_tag("rsvp.only"), not = phrases_tag("answer.not");
  bool is_only = false, is_not = false;
  for (guint back = 0; back <= BEFORE && back <= found->first; back++) {
    guint at = found->first - back;
    for (guint start = at > BEHIND ? at - BEHIND : 0; start <= at; start++) {
      const struct phrase_hit *hit = passage_at(passage, but, start);
      if (hit && hit->end + BEFORE >= found->first && hit->end <= found->first) return EXCEPT_BUT;
    }
    is_only |= passage_at(passage, only, at) != NULL;
  }
  for (guint at = found->end; at < found->end + BEHIND && at < passage->lexemes->count; at++)
    is_not |= passage_at(passage, not, at) != NULL;
  return is_only && is_not ? EXCEPT_ONLY : EXCEPT_NOT;
}

GPtrArray *event_dates_excepted(struct work *work, const struct event *event,
                                const struct understanding *said, bool *rest_comes, GError **error)
{
  g_autoptr(GPtrArray) excepted = g_ptr_array_new_with_free_func(g_free);
  if (!*event->rule) return g_steal_pointer(&excepted);
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return NULL;
  bool is_no = said->meaning->answer == ANSWER_NO, is_behind = false;
  bool is_otherwise = is_no && passage_has(said->passage, "rsvp.otherwise");
  *rest_comes = true;
  for (guint i = 0; i < said->dates->len; i++) {
    const struct date_found *found = &g_array_index(said->dates, struct date_found, i);
    enum exception exception = exception_of(said, found);
    if (exception == EXCEPT_BUT && is_no && !is_otherwise) *rest_comes = false; /* "nie, außer am 3." */
    is_behind |= exception != EXCEPT_NOT;
    g_autofree char *date = is_otherwise || is_behind ? date_at(event, changes, said, i) : NULL;
    if (date) g_ptr_array_add(excepted, g_steal_pointer(&date));
  }
  return g_steal_pointer(&excepted);
}

char *event_date_said(struct work *work, const struct event *event, const struct understanding *said,
                      GError **error)
{
  if (!*event->rule) return g_strdup("");
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return NULL;
  for (guint i = 0; i < said->dates->len; i++) {
    char *date = date_at(event, changes, said, i);
    if (date) return date;
  }
  return g_strdup("");
}

char *event_date_clicked(const struct event *event, const struct calendar *calendar)
{
  struct wall original;
  if (!*event->rule || !calendar_original_read(calendar, event->zone, &original)) return g_strdup("");
  return is_of_series(event, &original) ? wall_write(&original) : NULL;
}

/* ---- the time that stands ---- */

/* When the event, or this date of it, begins now, and the version of it that said so. False: nobody knows. */
static bool begin_of(const struct event *event, const char *original, const GPtrArray *changes,
                     struct wall *start, int *sequence)
{
  *sequence = event->sequence;
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    if (strcmp(change->original, original) != 0) continue;
    *sequence = change->sequence;
    return wall_read(change->starts, start);
  }
  return wall_read(*original ? original : event->starts, start);
}

bool event_click_is_old(struct work *work, const struct event *event, const struct calendar *calendar,
                        const char *original, bool *is_old, GError **error)
{
  struct wall start;
  struct calendar_event clicked;
  int sequence = 0;
  *is_old = false;
  if (!calendar->has_sequence) return true;
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  if (!begin_of(event, original, changes, &start, &sequence) || calendar->sequence >= sequence) return true;
  if (!calendar_event_read(calendar, event->zone, &clicked)) return true;
  bool is_any_date = !*original && is_of_series(event, &clicked.start);
  *is_old = wall_compare(&clicked.start, &start) != 0 && !is_any_date;
  calendar_event_clear(&clicked);
  return true;
}
