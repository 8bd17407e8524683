/* What happens to questions when nobody answers: they are reminded of once where their purpose says so, end,
 * and are forgotten. The worker asks now and then; a few in one transaction. */
#include "lists/requests/requests.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, AT_ONCE = 20, FORGET_DAYS = 28 };

static bool expire(struct work *work, const struct request *request, const struct purpose *purpose,
                   GError **error)
{
  bool is_first = false;
  if (!request_end(work->store, request->id, "expired", work->now, "", &is_first, error)) return false;
  return !is_first || !purpose || !purpose->lapse || purpose->lapse(work, request, error);
}

static bool remind(struct work *work, const struct request *request, const struct purpose *purpose,
                   GError **error)
{
  int64_t end = request->asked + (int64_t)purpose->days * DAY_SECONDS;
  return request_put_off(work->store, request->id, MAX(end, work->now + DAY_SECONDS), error) &&
         purpose->remind(work, request, error);
}

/* What was not answered with a yes, four weeks after it ended. */
static int forget(struct work *work, GError **error)
{
  static const char *const states[] = { "no", "expired", "settled" };
  int count = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    int more = requests_forget(work->store, states[i], work->now - (int64_t)FORGET_DAYS * DAY_SECONDS,
                               AT_ONCE, error);
    if (more < 0) return -1;
    count += more;
  }
  return count;
}

int requests_tick(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) due = requests_due(work->store, work->now, AT_ONCE, error);
  if (!due) return -1;
  for (guint i = 0; i < due->len; i++) {
    const struct request *request = g_ptr_array_index(due, i);
    const struct purpose *purpose = purpose_find(request->purpose);
    bool reminds = purpose && purpose->remind && purpose->remind_days && request->reminders == 0;
    if (!(reminds ? remind(work, request, purpose, error) : expire(work, request, purpose, error))) return -1;
  }
  int forgotten = forget(work, error);
  return forgotten < 0 ? -1 : (int)due->len + forgotten;
}
