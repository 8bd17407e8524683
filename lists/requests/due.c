/* What happens to questions when nobody answers: they are reminded of once where their purpose says so, end,
 * and are forgotten. The worker asks now and then; a few in one transaction. */
#include "lists/requests/requests.h"

#include "lib/base/clock.h"
#include "lib/text/days/workdays.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, AT_ONCE = 20, FORGET_DAYS = 28 };

static bool expire(struct work *work, const struct request *request, const struct purpose *purpose,
                   GError **error)
{
  bool is_first = false;
  if (!request_end(work->store, request->id, "expired", work->now, "", &is_first, error)) return false;
  return !is_first || !purpose || !purpose->lapse || purpose->lapse(work, request, error);
}

/* Somebody was asked once more in between; the time of the question is not over. */
static bool is_too_early(struct work *work, const struct request *request, const struct purpose *purpose)
{
  return purpose && work->now < request->asked + (int64_t)purpose->days * DAY_SECONDS;
}

static bool put_off(struct work *work, const struct request *request, const struct purpose *purpose,
                    GError **error)
{
  return request_put_off(work->store, request->id, request->asked + (int64_t)purpose->days * DAY_SECONDS,
                         error);
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

/* On a public holiday nobody of an office reads; weekends are as good as any day. */
static bool is_holiday(const struct work *work)
{
  g_autofree char *today = clock_format_in(work->now, work->config->zone);
  today[strlen("YYYY-MM-DD")] = '\0';
  return !workday_is(today, "1234567");
}

/* Until tomorrow, as if it had not been due today. */
static bool wait_a_day(struct work *work, const struct request *request, GError **error)
{
  int64_t tomorrow = work->now + DAY_SECONDS;
  return request->reminders ? request_put_off(work->store, request->id, tomorrow, error)
                            : request_again(work->store, request->id, tomorrow, error);
}

int requests_tick(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) due = requests_due(work->store, work->now, AT_ONCE, error);
  if (!due) return -1;
  bool is_free = due->len && is_holiday(work);
  for (guint i = 0; i < due->len; i++) {
    const struct request *request = g_ptr_array_index(due, i);
    const struct purpose *purpose = purpose_find(request->purpose);
    bool reminds = purpose && purpose->remind && purpose->remind_days && request->reminders == 0;
    bool is_done = purpose && purpose->to_offices && is_free ? wait_a_day(work, request, error)
                   : reminds                                 ? remind(work, request, purpose, error)
                   : is_too_early(work, request, purpose)    ? put_off(work, request, purpose, error)
                                                             : expire(work, request, purpose, error);
    if (!is_done) return -1;
  }
  int forgotten = forget(work, error);
  return forgotten < 0 ? -1 : (int)due->len + forgotten;
}
