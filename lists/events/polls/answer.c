/* Who can when. A person has one vote, whichever of their addresses they write from: it is kept with the
 * first party that they are of the event. A later answer takes the place of an earlier one; "Donnerstag doch
 * nicht" and "2 geht auch" change only what they name. Notes of absence never count. */
#include "lists/events/polls/poll.h"
#include "lists/events/polls/steer.h"

#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

/* One mail on its way. */
struct voting {
  struct work *work;
  const struct arrival *arrival;
  struct event *event;
  struct event_party *party;
  const struct poll *poll;
  struct decision *decision;
  struct sender sender;
};

static bool done(const struct voting *v, enum outcome outcome, const char *reason)
{
  v->decision->outcome = outcome;
  g_string_assign(v->decision->reason, reason);
  return true;
}

/* ---- whose vote ---- */

/* The first party that a person is of the event. */
static bool first_party(struct work *work, const struct event *event, int64_t person, int64_t *party,
                        GError **error)
{
  if (!person) return true;
  g_autoptr(GPtrArray) own = event_parties_of_person(work->store, event->id, person, error);
  if (own && own->len > 0) *party = ((const struct event_party *)own->pdata[0])->id;
  return own != NULL;
}

static bool voter_of(struct work *work, const struct event *event, const struct event_party *party,
                     int64_t *voter, GError **error)
{
  int64_t person = party->person;
  *voter = party->id;
  return person_now(work->store, &person, error) && first_party(work, event, person, voter, error);
}

/* The letter was forwarded: who was asked, too, votes for themselves, anybody else becomes a party of their
 * own, as the event's policy says. *is_taken: they may not, or nobody vouches for them. */
static bool find_party(struct voting *v, struct event_party **own, bool *is_taken, GError **error)
{
  enum event_whose whose;
  if (!event_whose(v->work, v->arrival, v->event, v->party, &v->sender, &whose, own, error)) return false;
  bool is_stranger = whose == OF_STRANGER;
  *is_taken = whose == OF_NOBODY || (is_stranger && strcmp(v->event->strangers, "refuse") == 0);
  if (*is_taken)
    return done(v, OUTCOME_FILED,
                is_stranger ? "Only who was asked may choose a date."
                            : "Nobody vouches for the sender, who is not whom we asked.");
  if (is_stranger) {
    *own = event_stranger_put(v->work, v->arrival, v->event, &v->sender, error);
    if (!*own) return false;
  }
  if (*own) v->party = *own;
  return true;
}

/* ---- counting ---- */

/* What it is for one option, with what was said before. */
static char answer_for(const struct poll_said *said, guint i, const GArray *before, bool *is_liked)
{
  *is_liked = said->liked[i];
  if (said->answers[i]) return said->answers[i];
  for (guint j = 0; j < before->len; j++) {
    const struct poll_vote *vote = &g_array_index(before, struct poll_vote, j);
    if (vote->number != (int)i + 1) continue;
    *is_liked = vote->is_liked;
    return vote->answer;
  }
  for (guint j = 0; j < POLL_OPTIONS_MAX; j++)
    if (said->answers[j] == 'y' || said->answers[j] == 'm') return 'n';
  return 'm'; /* only what cannot be was said */
}

bool poll_count(struct work *work, const struct arrival *arrival, const struct event *event,
                const struct event_party *party, bool *is_clear, GError **error)
{
  int64_t voter = 0;
  struct poll_said said;
  const struct mail *mail = arrival->mail;
  g_autoptr(GPtrArray) options = poll_options(work->store, event->id, error);
  if (!options) return false;
  poll_votes_read(mail->text_new, options, work->now, event->zone, &said);
  if (said.wish == POLL_SAYS_NOTHING && !*mail->text_new)
    poll_votes_read(mail->subject, options, work->now, event->zone, &said);
  *is_clear = said.wish != POLL_SAYS_NOTHING;
  if (!*is_clear) return true;
  if (!voter_of(work, event, party, &voter, error)) return false;
  g_autoptr(GArray) before = poll_votes_of(work->store, event->id, voter, error);
  g_autoptr(GArray) votes = g_array_new(FALSE, FALSE, sizeof(struct poll_vote));
  if (!before) return false;
  for (guint i = 0; i < options->len; i++) {
    struct poll_vote vote = { .party = voter, .number = (int)i + 1, .at = work->now };
    vote.answer = answer_for(&said, i, before, &vote.is_liked);
    g_array_append_val(votes, vote);
  }
  return poll_vote(work->store, event->id, voter, votes, arrival->mail_id, error);
}

/* ---- answers ---- */

static bool send(struct voting *v, const char *purpose, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "dropped", strcmp(v->poll->state, "dropped") == 0);
  value_set_flag(values, "late", true);
  return poll_send(v->work, v->event, v->poll, v->party, purpose, values, v->arrival->mail->message_id,
                   error);
}

static bool take(struct voting *v, GError **error)
{
  bool is_taken = false, is_clear = false;
  g_autoptr(event_party_t) own = NULL;
  if (!find_party(v, &own, &is_taken, error) || is_taken) return is_taken;
  if (strcmp(v->poll->state, "open") != 0)
    return send(v, "event_poll_result", error) && done(v, OUTCOME_ANSWERED, "The poll has ended.");
  if (!poll_count(v->work, v->arrival, v->event, v->party, &is_clear, error)) return false;
  if (is_clear) return done(v, OUTCOME_ANSWERED, "It says when somebody can.");
  return send(v, "event_poll_unclear", error) &&
         done(v, OUTCOME_ANSWERED, "It does not say when somebody can; they are asked once more.");
}

bool poll_answer(struct work *work, const struct arrival *arrival, struct event *event,
                 struct event_party *party, struct decision *decision, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  *is_taken = false;
  bool is_searched = strcmp(event->state, "poll") == 0 || strcmp(event->state, "draft") == 0 ||
                     (strcmp(event->state, "cancelled") == 0 && !*event->starts);
  g_autoptr(poll_t) poll = is_searched ? poll_get(work->store, event->id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!poll) return true;
  *is_taken = true;
  struct voting voting = {
    .work = work, .arrival = arrival, .event = event, .party = party, .poll = poll, .decision = decision
  };
  if (!arrival->understanding || answer_is_absence(arrival))
    return done(&voting, OUTCOME_IGNORED, "Whoever was asked is away.");
  bool is_done = sender_find(work, arrival->mail, event->list, &voting.sender, error) && take(&voting, error);
  sender_clear(&voting.sender);
  return is_done;
}
