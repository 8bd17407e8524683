/* What the organiser of a poll writes: how it stands, who can when, "nehmt 2", "Schluss", and their own vote,
 * for who organises comes as well. After its end, "nehmt 1" still changes the date that was found. */
#include "lists/events/polls/steer.h"

#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/text/template.h"

#include <string.h>

enum { ROWS_SHOWN = 300, PAGE = 500 };

/* ---- how it stands ---- */

/* The names of a page of votes, in the lists of their options. */
static bool put_names(struct organizing *o, struct value **rows, const GArray *votes, int64_t *after,
                      int *shown, GError **error)
{
  g_autofree char *name = NULL;
  for (guint i = 0; i < votes->len; i++) {
    const struct poll_vote *vote = &g_array_index(votes, struct poll_vote, i);
    if (!name || vote->party != *after) {
      g_autoptr(event_party_t) party = event_party_get(o->work->store, vote->party, error);
      if (!party) return false;
      g_free(name);
      name = event_party_called(party);
      (*shown)++;
    }
    *after = vote->party;
    if (*shown > ROWS_SHOWN || vote->answer == 'n' || vote->number > POLL_OPTIONS_MAX) continue;
    struct value *row = value_append(rows[vote->number - 1], "names");
    value_set_text(row, "name", name);
    value_set_flag(row, "liked", vote->is_liked);
    value_set_flag(row, "unsure", vote->answer == 'm');
  }
  return true;
}

static bool put_voters(struct organizing *o, struct value *values, GError **error)
{
  int shown = 0;
  struct value *rows[POLL_OPTIONS_MAX];
  for (int i = 0; i < POLL_OPTIONS_MAX; i++) {
    rows[i] = value_append(values, "who");
    value_set_number(rows[i], "number", i + 1);
  }
  for (int64_t after = 0;;) {
    g_autoptr(GArray) votes = poll_votes_page(o->work->store, o->event->id, after, PAGE, error);
    if (!votes) return false;
    if (votes->len == 0) break;
    if (!put_names(o, rows, votes, &after, &shown, error)) return false;
  }
  return true;
}

static bool show_state(struct organizing *o, bool is_unclear, GError **error)
{
  if (!poll_join_votes(o->work->store, o->event->id, error)) return false;
  g_autoptr(poll_t) poll = poll_get(o->work->store, o->event->id, error);
  g_autoptr(value_t) values = value_new();
  if (!poll || !put_voters(o, values, error)) return false;
  value_set_flag(values, "unclear", is_unclear);
  return poll_send(o->work, o->event, poll, o->party, "event_poll_state", values,
                   o->arrival->mail->message_id, error) &&
         organizing_done(o, is_unclear ? "It is not clear what the organiser of a poll wants."
                                       : "The organiser is told how the poll stands.");
}

/* ---- what they want ---- */

static bool says(const struct organizing *o, const char *section)
{
  return passage_has(o->arrival->understanding->passage, section);
}

/* The option of "nehmt 2"; 0: none. *false: a fault. */
static bool chosen_number(struct organizing *o, int *number, GError **error)
{
  *number = 0;
  if (!says(o, "poll.take")) return true;
  g_autoptr(GPtrArray) options = poll_options(o->work->store, o->event->id, error);
  if (!options) return false;
  *number = poll_named_option(o->arrival->understanding->passage, options, o->work->now, o->event->zone);
  return true;
}

static bool own_vote(struct organizing *o, GError **error)
{
  bool is_clear = false;
  if (!poll_count(o->work, o->arrival, o->event, o->party, &is_clear, error)) return false;
  return is_clear ? organizing_done(o, "It says when the organiser can.") : show_state(o, true, error);
}

static bool organize_open(struct organizing *o, struct poll *poll, GError **error)
{
  int number = 0;
  if (answer_is_absence(o->arrival) && !says(o, "event.state")) {
    o->decision->outcome = OUTCOME_IGNORED;
    g_string_assign(o->decision->reason, "The organiser is away.");
    return true;
  }
  if (!chosen_number(o, &number, error)) return false;
  bool is_end = says(o, "poll.end");
  if (number || is_end)
    return poll_end(o->work, o->event, poll, number, error) &&
           organizing_done(o, "The organiser ends the poll.");
  if (says(o, "event.state")) return show_state(o, false, error);
  if (says(o, "poll.drop"))
    return poll_drop(o->work, o->event, poll, error) && organizing_done(o, "The organiser drops the poll.");
  return own_vote(o, error);
}

/* The date that was found is another now, and shown again with the rest. *is_taken false: it is about the
 * rest alone. */
static bool organize_ended(struct organizing *o, struct poll *poll, bool *is_taken, GError **error)
{
  int number = 0;
  if (!chosen_number(o, &number, error)) return false;
  *is_taken = number != 0;
  if (!number) return true;
  if (!poll_choose(o->work, o->event, poll, number, error)) return false;
  g_autoptr(value_t) values = value_new();
  unsigned lacks = event_lacks(o->event);
  value_set_flag(values, "polled", true);
  value_set_flag(values, "lacks_title", lacks & LACKS_TITLE);
  value_set_flag(values, "lacks_place", lacks & LACKS_PLACE);
  value_set_flag(values, "complete", lacks == 0);
  return poll_send(o->work, o->event, poll, o->party, "event_draft", values, o->arrival->mail->message_id,
                   error) &&
         organizing_done(o, "The organiser has chosen another date of the poll.");
}

bool poll_organize(struct organizing *o, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  *is_taken = false;
  bool is_draft = strcmp(o->event->state, "draft") == 0, is_open = strcmp(o->event->state, "poll") == 0;
  g_autoptr(poll_t) poll = is_draft || is_open ? poll_get(o->work->store, o->event->id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!poll) return true;
  if (strcmp(poll->state, "ended") == 0) return organize_ended(o, poll, is_taken, error);
  *is_taken = true;
  return is_draft ? poll_organize_draft(o, poll, error) : organize_open(o, poll, error);
}
