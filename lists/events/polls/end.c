/* The end of a poll: the date that most can becomes the event's, everybody who was asked reads the numbers,
 * and its organiser is shown the event as any other draft. Before it, once, whoever has not answered is
 * asked. */
#include "lists/events/polls/poll.h"

#include "lib/base/fault.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

enum { EVENING = 18, REMIND_DAYS = 1, SHORT_SECONDS = 36 * 3600 };

static void replace(char **to, const char *with)
{
  char *copy = g_strdup(with);
  g_free(*to);
  *to = copy;
}

/* ---- which ---- */

/* More can; of two the one that more like best, then the one that more might; else the earlier number. */
static bool is_better(const struct poll_option *a, const struct poll_option *b)
{
  if (!b || a->yes != b->yes) return !b || a->yes > b->yes;
  if (a->liked != b->liked) return a->liked > b->liked;
  return a->maybe > b->maybe;
}

/* Has its time come already? */
static bool has_passed(const struct work *work, const struct event *event, const struct poll_option *option)
{
  struct wall start;
  return !wall_read(option->starts, &start) || wall_seconds(&start, event->zone) <= work->now;
}

static const struct poll_option *best_of(const struct work *work, const struct event *event,
                                         const GPtrArray *options)
{
  const struct poll_option *best = NULL;
  for (guint i = 0; i < options->len; i++) {
    const struct poll_option *option = options->pdata[i];
    bool is_of_use = option->yes + option->maybe > 0 && !has_passed(work, event, option);
    if (is_of_use && is_better(option, best)) best = option;
  }
  return best;
}

static void take_time(struct event *event, const struct poll_option *option)
{
  replace(&event->starts, option ? option->starts : "");
  replace(&event->ends, option ? option->ends : "");
}

bool poll_choose(struct work *work, struct event *event, struct poll *poll, int number, GError **error)
{
  g_autoptr(GPtrArray) options = poll_options(work->store, event->id, error);
  if (!options || number < 1 || number > (int)options->len) return false;
  take_time(event, options->pdata[number - 1]);
  poll->chosen = number;
  return poll_put(work->store, poll, error) && event_put(work->store, event, error);
}

/* ---- the end ---- */

static bool tell_all(struct work *work, struct event *event, GError **error)
{
  const struct event_round round = { .event = event->id,
                                     .what = (char *)"poll_result",
                                     .original = (char *)"",
                                     .text = (char *)"",
                                     .created = work->now };
  event->next_tick = work->now;
  return event_round_put(work->store, &round, error) && event_put(work->store, event, error);
}

/* The draft, to each who organises it. */
static bool show_draft(struct work *work, const struct event *event, const struct poll *poll, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(work->store, event->id, error);
  if (!organizers) return false;
  for (guint i = 0; i < organizers->len; i++) {
    unsigned lacks = event_lacks(event);
    g_autoptr(value_t) values = value_new();
    value_set_flag(values, "polled", true);
    value_set_flag(values, "lacks_title", lacks & LACKS_TITLE);
    value_set_flag(values, "lacks_start", lacks & LACKS_START);
    value_set_flag(values, "lacks_place", lacks & LACKS_PLACE);
    value_set_flag(values, "complete", lacks == 0);
    if (!poll_send(work, event, poll, organizers->pdata[i], "event_draft", values, NULL, error)) return false;
  }
  return true;
}

bool poll_end(struct work *work, struct event *event, struct poll *poll, int number, GError **error)
{
  if (!poll_join_votes(work->store, event->id, error)) return false;
  g_autoptr(poll_t) counted = poll_get(work->store, event->id, error);
  g_autoptr(GPtrArray) options = counted ? poll_options(work->store, event->id, error) : NULL;
  if (!options) return false;
  const struct poll_option *option =
      number >= 1 && number <= (int)options->len ? options->pdata[number - 1] : best_of(work, event, options);
  poll->voters = counted->voters;
  poll->chosen = option ? option->number : 0;
  replace(&poll->state, "ended");
  replace(&event->state, "draft");
  event->stamp = work->now;
  take_time(event, option);
  return poll_put(work->store, poll, error) && tell_all(work, event, error) &&
         show_draft(work, event, poll, error);
}

bool poll_drop(struct work *work, struct event *event, struct poll *poll, GError **error)
{
  replace(&poll->state, "dropped");
  replace(&event->state, "cancelled");
  event->next_at = 0;
  return poll_put(work->store, poll, error) && tell_all(work, event, error);
}

bool poll_follow(struct work *work, struct event *event, GError **error)
{
  GError *failed = NULL;
  bool is_off = strcmp(event->state, "cancelled") == 0 && !*event->starts;
  g_autoptr(poll_t) poll = is_off ? poll_get(work->store, event->id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  return !poll || strcmp(poll->state, "open") != 0 || poll_drop(work, event, poll, error);
}

/* ---- what comes due ---- */

/* The first moment behind its last day. */
static int64_t end_at(const struct event *event, const struct poll *poll)
{
  struct wall last;
  if (!wall_read(poll->until, &last)) return poll->opened;
  struct wall day = event_days_on(last, 1);
  day.hour = day.minute = -1;
  return wall_seconds(&day, event->zone);
}

/* The evening before its last day. */
static int64_t ask_at(const struct event *event, const struct poll *poll)
{
  struct wall last;
  if (!wall_read(poll->until, &last)) return poll->opened;
  struct wall day = event_days_on(last, -REMIND_DAYS);
  day.hour = EVENING, day.minute = 0;
  return wall_seconds(&day, event->zone);
}

static bool ask_once_more(struct work *work, struct event *event, struct poll *poll, GError **error)
{
  const struct event_round round = { .event = event->id,
                                     .what = (char *)"poll_ask",
                                     .original = (char *)"",
                                     .text = (char *)"",
                                     .created = work->now };
  poll->is_reminded = true;
  bool is_of_use = ask_at(event, poll) - poll->opened >= SHORT_SECONDS; /* not the day they were asked */
  event->next_tick = is_of_use ? work->now : end_at(event, poll);
  return poll_put(work->store, poll, error) && (!is_of_use || event_round_put(work->store, &round, error));
}

bool poll_duties(struct work *work, struct event *event, GError **error)
{
  GError *failed = NULL;
  g_autoptr(poll_t) poll = poll_get(work->store, event->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  event->next_tick = 0;
  if (!poll || strcmp(poll->state, "open") != 0) return true;
  if (end_at(event, poll) <= work->now) return poll_end(work, event, poll, 0, error);
  if (!poll->is_reminded && ask_at(event, poll) <= work->now) return ask_once_more(work, event, poll, error);
  event->next_tick = poll->is_reminded ? end_at(event, poll) : ask_at(event, poll);
  return true;
}
