/* A poll before anybody has been asked: its author sees how it was understood, changes options and lines by
 * an answer, and says yes; then everybody is asked. Called by receive.c and organize.c. */
#include "lists/events/polls/poll.h"

#include "lists/events/event_lines.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/mail/read.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/facts/answer.h"
#include "lib/text/subject.h"
#include "lib/text/template.h"

#include "lists/events/polls/steer.h"

#include <string.h>

static void replace(char **to, const char *with)
{
  char *copy = g_strdup(with);
  g_free(*to);
  *to = copy;
}

/* The letter that shows it. */
static bool show(struct work *work, const struct event *event, const struct poll *poll,
                 struct event_party *organizer, struct value *values, const char *in_reply_to, GError **error)
{
  value_set_flag(values, "lacks_title", !*event->title);
  value_set_flag(values, "complete", *event->title != '\0');
  return poll_send(work, event, poll, organizer, "event_poll_draft", values, in_reply_to, error);
}

bool poll_begin(struct work *work, const struct arrival *arrival, struct event *event,
                struct event_party *organizer, const struct poll_asked *asked, bool is_post, GError **error)
{
  struct poll poll = { .event = event->id, .state = (char *)"draft", .until = asked->until };
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "post", is_post);
  return poll_put(work->store, &poll, error) &&
         poll_set_options(work->store, event->id, asked->options, error) &&
         show(work, event, &poll, organizer, values, arrival->mail->message_id, error);
}

/* New options in the answer take the place of all. *changed. */
static bool take_options(struct organizing *o, struct poll *poll, bool *changed, GError **error)
{
  const struct mail *mail = o->arrival->mail;
  g_autoptr(poll_asked_t) asked = poll_read(mail->text_new, "", true, o->work->now, o->event->zone);
  *changed = asked != NULL;
  if (!asked) return true;
  if (asked->is_until_said)
    replace(&poll->until, asked->until);
  else if (strcmp(asked->latest, poll->until) < 0)
    replace(&poll->until, asked->latest);
  return poll_set_options(o->work->store, o->event->id, asked->options, error);
}

/* Lines "Was: …", "Antwort bis: …". The last day for answers is the poll's, not the event's. */
static bool take_lines(struct organizing *o, struct poll *poll, unsigned *changed, GPtrArray *wrong,
                       GError **error)
{
  if (!event_take_lines(o->work, o->event, o->arrival, changed, wrong, error)) return false;
  if (*changed & (1U << EVENT_LINE_ANSWER_BY) && *o->event->answer_by)
    replace(&poll->until, o->event->answer_by);
  replace(&o->event->answer_by, "");
  if (*changed & (1U << EVENT_LINE_WHEN)) { /* its dates are the options */
    replace(&o->event->starts, "");
    replace(&o->event->ends, "");
    replace(&o->event->rule, "");
  }
  return true;
}

/* Their yes: everybody is asked. */
static bool open(struct organizing *o, struct poll *poll, GError **error)
{
  const struct event_round round = { .event = o->event->id,
                                     .what = (char *)"poll",
                                     .original = (char *)"",
                                     .text = (char *)"",
                                     .created = o->work->now };
  replace(&poll->state, "open");
  poll->opened = o->work->now;
  replace(&o->event->state, "poll");
  o->event->stamp = o->work->now;
  o->event->next_tick = o->work->now;
  g_autoptr(value_t) values = value_new();
  return event_put(o->work->store, o->event, error) && poll_put(o->work->store, poll, error) &&
         event_round_put(o->work->store, &round, error) &&
         poll_send(o->work, o->event, poll, o->party, "event_poll_opened", values,
                   o->arrival->mail->message_id, error) &&
         organizing_done(o, "The organiser has confirmed the poll.");
}

static bool drop(struct organizing *o, struct poll *poll, GError **error)
{
  replace(&poll->state, "dropped");
  replace(&o->event->state, "cancelled");
  o->event->next_tick = o->event->next_at = 0;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "post", o->event->message != 0);
  return poll_put(o->work->store, poll, error) && event_put(o->work->store, o->event, error) &&
         organizing_send(o, "event_dropped", values, error) &&
         organizing_done(o, "Its organiser wants no poll of it.");
}

bool poll_organize_draft(struct organizing *o, struct poll *poll, GError **error)
{
  unsigned changed = 0;
  bool has_options = false;
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  if (!take_options(o, poll, &has_options, error)) return false;
  if (!has_options && !take_lines(o, poll, &changed, wrong, error)) return false;
  enum answer answer = answer_meant(o->arrival->understanding->passage);
  bool is_changed = has_options || changed || wrong->len > 0;
  if (!is_changed && answer == ANSWER_NO) return drop(o, poll, error);
  bool is_yes = !has_options && wrong->len == 0 && *o->event->title && answer == ANSWER_YES;
  if (is_yes) return open(o, poll, error);
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "again", true);
  for (guint i = 0; i < wrong->len; i++)
    value_set_text(value_append(values, "wrong"), "line", wrong->pdata[i]);
  return event_put(o->work->store, o->event, error) && poll_put(o->work->store, poll, error) &&
         show(o->work, o->event, poll, o->party, values, o->arrival->mail->message_id, error) &&
         organizing_done(o, "The poll is shown to its organiser as it is now.");
}
