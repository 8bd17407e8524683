/* Who comes. A click in a calendar (iTIP REPLY, RFC 5546 section 3.2.3) and words count the same; the newer
 * one counts. Whose answer it is says the address it came to, not who sent it: a calendar answers from an
 * alias, a phone from another account; a letter that was forwarded is answered by a stranger, who becomes a
 * party of their own. */
#include "lists/events/event.h"

#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/template.h"

#include <string.h>

static const char *word_of(enum answer answer)
{
  return answer == ANSWER_YES ? "yes" : answer == ANSWER_NO ? "no" : answer == ANSWER_MAYBE ? "maybe" : NULL;
}

/* One answer on its way. */
struct coming {
  struct work *work;
  const struct arrival *arrival;
  struct event *event;
  struct event_party *party;
  struct decision *decision;
  struct sender sender;
};

static bool done(const struct coming *c, enum outcome outcome, const char *reason)
{
  c->decision->outcome = outcome;
  g_string_assign(c->decision->reason, reason);
  return true;
}

static bool send(const struct coming *c, const char *purpose, struct value *values, GError **error)
{
  return event_send(c->work,
                    &(struct event_letter){ .purpose = purpose,
                                            .event = c->event,
                                            .party = c->party,
                                            .values = values,
                                            .in_reply_to = c->arrival->mail->message_id,
                                            .is_answer = true },
                    error);
}

/* An older reply of a calendar than the one that counts (RFC 5546 section 2.1.5). */
static bool is_older(const struct rsvp *known, const struct rsvp *now)
{
  if (!known || strcmp(known->source, "itip") != 0 || strcmp(now->source, "itip") != 0) return false;
  return now->sequence < known->sequence || (now->sequence == known->sequence && now->stamp < known->stamp);
}

/* A word about it only where it is needed: somebody waits, or the answer was taken for a maybe. */
static bool tell(struct coming *c, const struct rsvp *rsvp, bool waits, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "waits", waits);
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
  return !waits || send(c, "event_waits", values, error);
}

/* Neither yes nor no: asked once more in a sentence. */
static bool ask_again(struct coming *c, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return send(c, "event_unclear", values, error) &&
         done(c, OUTCOME_ANSWERED, "It does not say whether somebody comes.");
}

/* Is it too late, or off? Where only the list is closed, whoever stays away is counted still. */
static bool is_closed(const struct coming *c, const char *answer)
{
  const char *state = c->event->state;
  bool stays_away = answer && strcmp(answer, "no") == 0;
  return strcmp(state, "open") != 0 && !(stays_away && strcmp(state, "closed") == 0);
}

/* Would they come with more than they had said, after the last day for answers? Organisers may. */
static bool is_too_late(const struct coming *c, const struct rsvp *known, const struct rsvp *rsvp)
{
  bool is_organizer = strcmp(c->party->role, "organizer") == 0 && c->party->id == rsvp->party;
  bool had_said_yes = known && strcmp(known->answer, "yes") == 0 && rsvp->people <= known->people;
  bool stays_away = strcmp(rsvp->answer, "no") == 0;
  return event_is_late(c->work, c->event) && !stays_away && !had_said_yes && !is_organizer;
}

/* It waits for an organiser. */
static bool ask_late(struct coming *c, const struct rsvp *rsvp, GError **error)
{
  g_autoptr(event_party_t) party = event_party_get(c->work->store, rsvp->party, error);
  return party && event_ask_late(c->work, c->arrival, c->event, party, rsvp, error) &&
         done(c, OUTCOME_ANSWERED, "Answers had ended; an organiser is asked.");
}

static bool count(struct coming *c, struct rsvp *rsvp, GError **error)
{
  bool was_coming = false, waits = false;
  GError *failed = NULL;
  g_autoptr(rsvp_t) known = rsvp_get(c->work->store, rsvp->event, rsvp->original, rsvp->party, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  if (is_older(known, rsvp))
    return done(c, OUTCOME_FILED, "A newer answer of the same calendar counts already.");
  if (is_too_late(c, known, rsvp)) return ask_late(c, rsvp, error);
  was_coming = known && strcmp(known->answer, "yes") == 0 && !known->place;
  if (known) rsvp->place = known->place;
  if (!event_seat(c->work, c->event, rsvp, &waits, error) || !tell(c, rsvp, waits, error)) return false;
  g_string_append_printf(c->decision->details, " answer=%s people=%d", rsvp->answer, rsvp->people);
  if (was_coming && !event_move_up(c->work, c->event, rsvp->original, error)) return false;
  return done(c, OUTCOME_ANSWERED, waits ? "Whoever answers waits for a place." : "It says who comes.");
}

/* Somebody else than who was invited: a party of their own, as the event's policy says. */
static bool take_stranger(struct coming *c, bool *is_taken, GError **error)
{
  const struct mail *mail = c->arrival->mail;
  *is_taken = false;
  bool is_same = !c->sender.address || strcmp(c->sender.address, c->party->address) == 0 ||
                 (c->sender.person && c->sender.person == c->party->person);
  if (is_same || !mail->auth.is_authenticated) return true;
  GError *failed = NULL;
  g_autoptr(event_party_t) own =
      event_party_find(c->work->store, c->event->id, c->sender.address, "invited", &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  g_autoptr(calendar_t) calendar = itip_find(mail);
  if (!own && calendar && itip_method(calendar) == ITIP_REPLY)
    return true; /* an alias of the same calendar */
  if (own) {
    c->party->id = own->id;
    return true;
  }
  if (strcmp(c->event->strangers, "refuse") == 0) {
    *is_taken = true;
    return done(c, OUTCOME_FILED, "Only who is invited may come.");
  }
  struct event_party party = { .event = c->event->id,
                               .role = (char *)"stranger",
                               .person = c->sender.person,
                               .address = c->sender.address,
                               .name = mail_actor(mail)->name };
  if (!event_party_put(c->work->store, &party, c->work->now, error)) return false;
  c->party->id = party.id;
  return true;
}

static bool take(struct coming *c, GError **error)
{
  const struct understanding *it = c->arrival->understanding;
  bool is_taken = false;
  const char *answer = it ? word_of(it->meaning->answer) : NULL;
  if (is_closed(c, answer)) {
    g_autoptr(value_t) values = value_new();
    return send(c, "event_closed", values, error) &&
           done(c, OUTCOME_ANSWERED, "The event takes no answers any more.");
  }
  if (!answer) return ask_again(c, error);
  if (!take_stranger(c, &is_taken, error) || is_taken) return is_taken;
  g_autoptr(calendar_t) calendar = itip_find(c->arrival->mail);
  bool is_click = calendar && itip_method(calendar) == ITIP_REPLY;
  int people = it->meaning->people > 0 ? it->meaning->people : 1;
  struct rsvp rsvp = { .event = c->event->id,
                       .original = (char *)"",
                       .party = c->party->id,
                       .answer = (char *)answer,
                       .people = strcmp(answer, "no") == 0 ? 0 : people,
                       .comment = it->meaning->comment ? it->meaning->comment : (char *)"",
                       .source = (char *)(is_click ? "itip" : "words"),
                       .sequence = is_click ? (int)calendar->sequence : 0,
                       .stamp = is_click ? c->arrival->received : 0,
                       .at = c->work->now,
                       .mail = c->arrival->mail_id };
  return count(c, &rsvp, error);
}

/* A note of somebody who is away says nothing about the event, however friendly its words are; "leider nein,
 * bin im Urlaub" does. */
static bool is_note(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!answer_is_absence(arrival)) return false;
  return !it || (it->meaning->answer != ANSWER_NO && answer_meant(it->passage) != ANSWER_YES);
}

bool event_take_answer(struct work *work, const struct arrival *arrival, struct event *event,
                       struct event_party *party, struct decision *decision, GError **error)
{
  struct coming coming = {
    .work = work, .arrival = arrival, .event = event, .party = party, .decision = decision
  };
  if (is_note(arrival)) return done(&coming, OUTCOME_IGNORED, "Whoever is invited is away.");
  bool is_done = sender_find(work, arrival->mail, event->list, &coming.sender, error) && take(&coming, error);
  sender_clear(&coming.sender);
  return is_done;
}
