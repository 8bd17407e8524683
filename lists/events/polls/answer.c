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
 * own, as the event's policy says. *is_taken: they may not. */
static bool find_party(struct voting *v, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  const struct mail *mail = v->arrival->mail;
  *is_taken = false;
  bool is_same = !v->sender.address || strcmp(v->sender.address, v->party->address) == 0 ||
                 (v->sender.person && v->sender.person == v->party->person);
  if (is_same || !mail->auth.is_authenticated) return true;
  g_autoptr(event_party_t) own =
      event_party_find(v->work->store, v->event->id, v->sender.address, "invited", &failed);
  if (fault_hand_on(failed, error)) return false;
  if (own) v->party->id = own->id, v->party->person = own->person;
  if (own) return true;
  if (strcmp(v->event->strangers, "refuse") == 0) {
    *is_taken = true;
    return done(v, OUTCOME_FILED, "Only who was asked may choose a date.");
  }
  struct event_party party = { .event = v->event->id,
                               .role = (char *)"stranger",
                               .person = v->sender.person,
                               .address = v->sender.address,
                               .name = mail_actor(mail)->name };
  if (!event_party_put(v->work->store, &party, v->work->now, error)) return false;
  v->party->id = party.id;
  v->party->person = party.person;
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
  if (strcmp(v->poll->state, "open") != 0)
    return send(v, "event_poll_result", error) && done(v, OUTCOME_ANSWERED, "The poll has ended.");
  if (!find_party(v, &is_taken, error) || is_taken) return is_taken;
  if (!poll_count(v->work, v->arrival, v->event, v->party, &is_clear, error)) return false;
  if (is_clear) return done(v, OUTCOME_ANSWERED, "It says when somebody can.");
  g_autoptr(event_party_t) party = event_party_get(v->work->store, v->party->id, error);
  if (!party) return false;
  v->party = party;
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
