/* A case's history and state: every change goes through here, so that counters, pages and the record agree.
 */
#include "lists/cases/case.h"

#include "lib/base/clock.h"
#include "lib/text/days/workdays.h"

#include <string.h>

char *case_day_of(int64_t moment, const char *zone)
{
  char *day = clock_format_in(moment, zone);
  day[strlen("YYYY-MM-DD")] = '\0';
  return day;
}

char *case_today(const struct work *work)
{
  return case_day_of(work->now, work->config->zone);
}

bool case_note(struct work *work, struct casefile *it, struct case_entry *entry, GError **error)
{
  entry->casefile = it->id;
  if (!entry->at) entry->at = work->now;
  return case_entry_add(work->store, entry, error) && case_reschedule(work, it, error) &&
         casefile_put(work->store, it, error) && casefile_mark_pages(work->store, it, error);
}

/* Nothing more is awaited in these states. */
static bool is_open_state(const char *state)
{
  static const char *const ended[] = { "confirmed", "rejected", "withdrawn", NULL };
  return !g_strv_contains(ended, state);
}

/* Waiting for whoever asked is no time of the office's. */
static bool keep_clock(struct work *work, struct casefile *it, const char *state, GError **error)
{
  bool waits = strcmp(state, "waiting") == 0;
  if (waits && !it->paused_since) it->paused_since = work->now;
  if (waits || !it->paused_since) return true;
  g_autoptr(office_t) office = it->office ? office_get(work->store, it->office, error) : NULL;
  if (it->office && !office) return false;
  const char *week = office ? office->working_days : CASE_WEEK;
  g_autofree char *since = case_day_of(it->paused_since, work->config->zone), *today = case_today(work);
  g_autofree char *due = it->due;
  it->due = *due ? workday_after(due, workdays_between(since, today, week), week) : g_strdup("");
  it->paused_since = 0;
  return true;
}

bool case_set_state(struct work *work, struct casefile *it, const char *state, GError **error)
{
  if (!keep_clock(work, it, state, error)) return false;
  char *before = it->state; /* `state` may be this very text */
  it->state = g_strdup(state);
  g_free(before);
  it->is_open = is_open_state(it->state);
  if (strcmp(it->state, "withdrawn") == 0 && !case_files_withdraw(work->store, it->id, error)) return false;
  return case_reschedule(work, it, error) && casefile_put(work->store, it, error) &&
         casefile_mark_pages(work->store, it, error);
}

bool case_close(struct work *work, struct casefile *it, GError **error)
{
  if (!it->is_open) return true;
  it->is_open = false;
  return case_reschedule(work, it, error) && casefile_put(work->store, it, error) &&
         casefile_mark_pages(work->store, it, error);
}

const char *case_state_of(enum case_status status)
{
  return status == STATUS_NONE ? NULL : case_status_word(status);
}
