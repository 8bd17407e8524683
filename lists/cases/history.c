/* A case's history and state: every change goes through here, so that counters, pages and the record agree.
 */
#include "lists/cases/case.h"

#include "lib/base/clock.h"

#include <string.h>

char *case_today(const struct work *work)
{
  char *now = clock_format_in(work->now, work->config->zone);
  now[strlen("YYYY-MM-DD")] = '\0';
  return now;
}

bool case_note(struct work *work, const struct casefile *it, struct case_entry *entry, GError **error)
{
  entry->casefile = it->id;
  if (!entry->at) entry->at = work->now;
  return case_entry_add(work->store, entry, error) && casefile_mark_pages(work->store, it, error);
}

/* Nothing more is awaited in these states. */
static bool is_open_state(const char *state)
{
  static const char *const ended[] = { "confirmed", "rejected", "withdrawn", NULL };
  return !g_strv_contains(ended, state);
}

bool case_set_state(struct work *work, struct casefile *it, const char *state, GError **error)
{
  bool was_open = it->is_open;
  g_free(it->state);
  it->state = g_strdup(state);
  it->is_open = is_open_state(state);
  int change = (int)it->is_open - (int)was_open;
  return (change == 0 || office_count(work->store, it->office, change, 0, 0, error)) &&
         casefile_put(work->store, it, error) && casefile_mark_pages(work->store, it, error);
}

const char *case_state_of(enum case_status status)
{
  return status == STATUS_NONE ? NULL : case_status_word(status);
}
