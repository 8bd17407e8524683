/* Who comes. A click in a calendar (iTIP REPLY, RFC 5546 section 3.2.3) and words count the same; the newer
 * one counts. Whose answer it is says whose.c: before anything is counted or sent, for every letter goes to
 * whom it is about. Who was not invited comes as the event's policy says; what nobody vouches for counts only
 * when an organiser says so.
 *
 * What surprised us: Google answers several dates of a series in one reply, and names them in UTC; Outlook
 * leaves the ORGANIZER out, and a calendar may answer to a version of the event that is none any more. */
#include "lists/events/event.h"

#include "lists/forward.h"
#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/calendar_event.h"
#include "lib/mail/read.h"
#include "lib/text/template.h"

#include <string.h>

enum { DATES_A_REPLY = 30, PEOPLE_EACH_MAX = 200 };

static const char *word_of(enum answer answer)
{
  return answer == ANSWER_YES ? "yes" : answer == ANSWER_NO ? "no" : answer == ANSWER_MAYBE ? "maybe" : NULL;
}

/* One mail on its way. */
struct coming {
  struct work *work;
  const struct arrival *arrival;
  struct event *event;
  struct event_party *party; /* whose answer it is */
  struct decision *decision;
  struct sender sender;
  bool is_unproven; /* nobody vouches for the sender, who is not the party that was written to */
  bool is_heard;    /* it counts, or an organiser is asked */
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

/* ---- counting ---- */

/* An older reply of a calendar than the one that counts (RFC 5546 section 2.1.5). */
static bool is_older(const struct rsvp *known, const struct rsvp *now)
{
  if (!known || strcmp(known->source, "itip") != 0 || strcmp(now->source, "itip") != 0) return false;
  return now->sequence < known->sequence || (now->sequence == known->sequence && now->stamp < known->stamp);
}

/* A word about it only where it is needed: somebody waits. */
static bool tell(struct coming *c, const struct rsvp *rsvp, bool waits, GError **error)
{
  if (!waits) return true;
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
  return send(c, "event_waits", values, error);
}

/* Had they said already that so many come? */
static bool had_said_yes(const struct rsvp *known, const struct rsvp *rsvp)
{
  return known && strcmp(known->answer, "yes") == 0 && rsvp->people <= known->people;
}

/* Would they come with more than they had said, after the last day for answers? Organisers may. */
static bool is_too_late(const struct coming *c, const struct rsvp *known, const struct rsvp *rsvp)
{
  bool is_organizer = strcmp(c->party->role, "organizer") == 0;
  bool stays_away = strcmp(rsvp->answer, "no") == 0;
  return event_is_late(c->work, c->event) && !stays_away && !had_said_yes(known, rsvp) && !is_organizer;
}

/* Was who comes not invited? Whoever reads of an open event is invited, and so is a member of the group that
 * is. */
static bool is_uninvited(const struct coming *c)
{
  bool is_of_group = c->sender.member && strcmp(c->event->audience, "group") == 0;
  return strcmp(c->party->role, "stranger") == 0 && !is_of_group && strcmp(c->event->audience, "open") != 0;
}

/* Are they not wanted, and was nobody who organises it of another mind before? */
static bool is_refused(const struct coming *c, const struct rsvp *known)
{
  bool is_let_in = known && strcmp(known->answer, "no") != 0;
  return is_uninvited(c) && !is_let_in && strcmp(c->event->strangers, "refuse") == 0;
}

/* Does an organiser have to say yes to it first? "Whoever answers" is whoever got the invitation forwarded,
 * and not whoever reads of the event. */
static bool must_be_asked_about(const struct coming *c, const struct rsvp *known, const struct rsvp *rsvp)
{
  if (strcmp(rsvp->answer, "no") == 0) return false;
  if (c->is_unproven) return true;
  bool has_invitation = c->arrival->target.meaning == ADDRESS_TOKEN;
  bool counts = strcmp(c->event->strangers, "count") == 0 && has_invitation;
  return is_uninvited(c) && !had_said_yes(known, rsvp) && !counts;
}

/* It waits for an organiser. */
static bool ask_late(struct coming *c, const struct rsvp *rsvp, GError **error)
{
  c->is_heard = !c->is_unproven;
  return event_ask_late(c->work, c->arrival, c->event, c->party, rsvp, error) &&
         done(c, OUTCOME_ANSWERED, "Answers had ended, or nobody invited them; an organiser is asked.");
}

static bool refuse(struct coming *c, GError **error)
{
  return event_refuse_stranger(c->work, c->event, c->party, error) &&
         done(c, OUTCOME_ANSWERED, "Only who is invited may come.");
}

/* Writes it; places that become free go to who waits. `before`: what held for that date. */
static bool write_row(struct coming *c, const struct rsvp *before, struct rsvp *rsvp, GError **error)
{
  bool waits = false, is_joined = false, did_wait = rsvp->place != 0;
  int more = 0;
  bool was_coming = before && strcmp(before->answer, "yes") == 0 && !before->place;
  c->is_heard = true;
  if (!event_late_settle(c->work, c->arrival, c->party->id, rsvp->original, error) ||
      !event_join_entered(c->work, c->event, c->party, &is_joined, error) ||
      !event_more_settle(c->work, c->arrival, c->event, c->party->id, rsvp->original, error) ||
      !event_seat(c->work, c->event, rsvp, &waits, &more, error) || !tell(c, rsvp, waits && !did_wait, error))
    return false;
  if (more && !event_more_wait(c->work, c->arrival, c->event, c->party, rsvp, more, error)) return false;
  g_string_append_printf(c->decision->details, " answer=%s people=%d", rsvp->answer, rsvp->people);
  if ((was_coming || is_joined) && !event_move_up(c->work, c->event, rsvp->original, error)) return false;
  return done(c, OUTCOME_ANSWERED, waits ? "Whoever answers waits for a place." : "It says who comes.");
}

/* Counts one answer, where it is theirs to give and still in time; else somebody is asked. */
static bool count(struct coming *c, struct rsvp *rsvp, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) known = rsvp_get(c->work->store, rsvp->event, rsvp->original, rsvp->party, &failed);
  g_autoptr(rsvp_t) before =
      failed ? NULL : rsvp_in_force(c->work->store, rsvp->event, rsvp->original, rsvp->party, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (is_older(known, rsvp))
    return done(c, OUTCOME_FILED, "A newer answer of the same calendar counts already.");
  if (is_refused(c, before)) return refuse(c, error);
  if (is_too_late(c, before, rsvp) || must_be_asked_about(c, before, rsvp)) return ask_late(c, rsvp, error);
  if (c->is_unproven)
    return done(c, OUTCOME_FILED, "Nobody vouches for who stays away, and nobody had invited them.");
  if (known) rsvp->place = known->place;
  return write_row(c, before, rsvp, error);
}

/* The answer as a row, for the event or ("" is the whole) one of its dates. */
static struct rsvp row_of(const struct coming *c, const char *answer, const char *original)
{
  const struct meaning *meaning = c->arrival->understanding->meaning;
  int people = CLAMP(meaning->people, 1, PEOPLE_EACH_MAX);
  return (struct rsvp){ .event = c->event->id,
                        .original = (char *)original,
                        .party = c->party->id,
                        .answer = (char *)answer,
                        .people = strcmp(answer, "no") == 0 ? 0 : people,
                        .comment = meaning->comment ? meaning->comment : (char *)"",
                        .source = (char *)"words",
                        .at = c->work->now,
                        .mail = c->arrival->mail_id };
}

/* ---- clicks ---- */

/* Is it about this event, and which date of it? NULL: no. Caller frees. */
static char *date_of(const struct coming *c, const struct calendar *calendar)
{
  bool is_ours = !calendar->uid || strcmp(calendar->uid, c->event->uid) == 0;
  return is_ours ? event_date_clicked(c->event, calendar) : NULL;
}

/* The answer as a row, by a calendar. One that says no SEQUENCE means the event as it is. */
static struct rsvp click_of(const struct coming *c, const struct calendar *calendar, const char *answer,
                            const char *date)
{
  struct rsvp rsvp = row_of(c, answer, date);
  rsvp.source = (char *)"itip";
  rsvp.sequence = calendar->has_sequence ? (int)calendar->sequence : c->event->sequence;
  rsvp.stamp = calendar_stamp_read(calendar);
  if (calendar->comment) rsvp.comment = calendar->comment;
  return rsvp;
}

/* One event of a calendar's reply. */
static bool count_click(struct coming *c, const struct calendar *calendar, GError **error)
{
  bool is_old = false;
  const char *from = c->arrival->mail->from.address;
  const char *answer = word_of(itip_answer_of(itip_replier(calendar, from, c->party->address)));
  g_autofree char *date = date_of(c, calendar);
  if (!answer || !date) return true;
  if (!event_click_is_old(c->work, c->event, calendar, date, &is_old, error)) return false;
  if (is_old) return done(c, OUTCOME_FILED, "The calendar answers for a time that is none any more.");
  struct rsvp rsvp = click_of(c, calendar, answer, date);
  return count(c, &rsvp, error);
}

static bool count_clicks(struct coming *c, GError **error)
{
  done(c, OUTCOME_FILED, "The calendar's reply is about nothing of ours.");
  g_autoptr(GPtrArray) each = calendar_read_each(itip_text(c->arrival->mail), DATES_A_REPLY);
  for (guint i = 0; i < each->len; i++)
    if (!count_click(c, each->pdata[i], error)) return false;
  return true;
}

/* They would come at another time: a maybe, with whom and what they had said before. */
static bool count_proposal(struct coming *c, const struct calendar *calendar, const char *date,
                           GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) before = rsvp_in_force(c->work->store, c->event->id, date, c->party->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct rsvp rsvp = click_of(c, calendar, "maybe", date);
  if (before) rsvp.people = MAX(before->people, 1);
  if (before && !calendar->comment) rsvp.comment = before->comment;
  return count(c, &rsvp, error);
}

/* Another time (iTIP COUNTER): whoever may answer may propose one, and the organisers read it. */
static bool propose(struct coming *c, const struct calendar *calendar, GError **error)
{
  struct calendar_event proposed;
  g_autofree char *date = date_of(c, calendar);
  if (!date || !calendar_event_read(calendar, c->event->zone, &proposed))
    return done(c, OUTCOME_FILED, "A calendar proposes another time and does not say which.");
  const struct counter counter = { date, &proposed, calendar->comment };
  bool is_done = count_proposal(c, calendar, date, error);
  if (is_done && c->is_heard)
    is_done = event_counter_tell(c->work, c->arrival, c->event, c->party, &counter, error) &&
              done(c, OUTCOME_ANSWERED, "A calendar proposes another time; the organiser is asked.");
  calendar_event_clear(&proposed);
  return is_done;
}

/* ---- who answers ---- */

/* From here on it is about whose answer it is: one of who was not invited is of a party of their own. Nothing
 * is sent before. */
static bool find_party(struct coming *c, struct event_party **own, GError **error)
{
  enum event_whose whose;
  if (!event_whose(c->work, c->arrival, c->event, c->party, &c->sender, &whose, own, error)) return false;
  c->is_unproven = whose == OF_NOBODY;
  if (whose == OF_STRANGER || whose == OF_NOBODY) {
    *own = event_stranger_put(c->work, c->arrival, c->event, &c->sender, error);
    if (!*own) return false;
  }
  if (*own) c->party = *own;
  return true;
}

/* Neither yes nor no: asked once more in a sentence. */
static bool ask_again(struct coming *c, GError **error)
{
  GError *failed = NULL;
  g_autoptr(value_t) values = value_new();
  g_autoptr(rsvp_t) known = rsvp_get(c->work->store, c->event->id, "", c->party->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (is_refused(c, known)) return refuse(c, error);
  return send(c, "event_unclear", values, error) &&
         done(c, OUTCOME_ANSWERED, "It does not say whether somebody comes.");
}

/* "Gibt es eine Rampe?", "Ginge auch Sonntag?": to whom organises it, who answers themselves. */
static bool pass_on(struct coming *c, bool *is_taken, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(c->work->store, c->event->id, error);
  if (!organizers) return false;
  *is_taken = organizers->len > 0;
  if (!*is_taken) return true;
  const struct event_party *first = organizers->pdata[0];
  g_string_assign(c->decision->reason, "A guest asks something; it goes to whom organises the event.");
  return forward_to_person(c->work, c->arrival, first->person, first->address, c->decision, error);
}

/* Is it a question of who may write to the organiser? */
static bool asks_organizer(const struct coming *c)
{
  const struct understanding *it = c->arrival->understanding;
  return it && it->meaning->intent == INTENT_QUESTION && c->sender.address &&
         c->arrival->mail->auth.is_authenticated;
}

/* Is it what our own letter asks ("Kommen Sie?"), that somebody answers below? */
static bool is_our_question(const struct passage *passage, guint first, guint end)
{
  enum { WORDS_OF_OURS = 3 };
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.asked"), first);
  return hit && hit->first == first && passage_words(passage, first, end) <= WORDS_OF_OURS;
}

/* "Ja gerne. Gibt es eine Rampe?": is there a question beside the answer, for whom organises it? */
static bool asks_beside(const struct coming *c)
{
  enum { WORDS_AT_LEAST = 2 };
  const struct understanding *it = c->arrival->understanding;
  if (!it || !c->arrival->mail->auth.is_authenticated || !c->sender.address) return false;
  if (strcmp(c->party->role, "organizer") == 0) return false;
  const struct lexemes *l = it->passage->lexemes;
  for (guint i = 1; i < l->count; i++) {
    guint first, end;
    bool is_glued = l->at[i + 1].kind != LEXEME_END && !l->at[i + 1].is_spaced; /* within a link */
    if (!lexeme_is(&l->at[i], "?") || l->at[i - 1].kind != LEXEME_WORD || is_glued) continue;
    passage_sentence(it->passage, i - 1, &first, &end);
    if (passage_words(it->passage, first, i) >= WORDS_AT_LEAST && !is_our_question(it->passage, first, i))
      return true;
  }
  return false;
}

/* Too late, or off. */
static bool say_closed(struct coming *c, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return send(c, "event_closed", values, error) &&
         done(c, OUTCOME_ANSWERED, "The event takes no answers any more.");
}

/* Does the event take this answer? Where only the list is closed, whoever stays away is counted still. */
static bool is_closed(const struct coming *c, const char *answer)
{
  const char *state = c->event->state;
  bool stays_away = answer && strcmp(answer, "no") == 0;
  return strcmp(state, "open") != 0 && !(stays_away && strcmp(state, "closed") == 0);
}

/* All of a series but some of its dates. */
static bool count_but(struct coming *c, const GPtrArray *excepted, bool rest_comes, GError **error)
{
  struct rsvp all = row_of(c, rest_comes ? "yes" : "no", "");
  if (!count(c, &all, error)) return false;
  for (guint i = 0; i < excepted->len; i++) {
    struct rsvp one = row_of(c, rest_comes ? "no" : "yes", excepted->pdata[i]);
    if (!count(c, &one, error)) return false;
  }
  return true;
}

/* What it says, now that it is known whose it is. */
static bool take_from(struct coming *c, const struct calendar *calendar, const char *answer, GError **error)
{
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if (is_closed(c, answer)) return say_closed(c, error);
  if (method == ITIP_COUNTER) return propose(c, calendar, error);
  if (method == ITIP_REPLY) return count_clicks(c, error);
  if (!answer) return ask_again(c, error);
  bool rest_comes;
  g_autoptr(GPtrArray) excepted =
      event_dates_excepted(c->work, c->event, c->arrival->understanding, &rest_comes, error);
  if (!excepted) return false;
  if (excepted->len > 0) return count_but(c, excepted, rest_comes, error);
  g_autofree char *date = event_date_said(c->work, c->event, c->arrival->understanding, error);
  if (!date) return false;
  struct rsvp rsvp = row_of(c, answer, date);
  bool is_passed_on = false;
  if (!count(c, &rsvp, error)) return false;
  return !c->is_heard || !asks_beside(c) || pass_on(c, &is_passed_on, error);
}

static bool take(struct coming *c, GError **error)
{
  const struct understanding *it = c->arrival->understanding;
  const char *answer = it ? word_of(it->meaning->answer) : NULL;
  g_autoptr(calendar_t) calendar = itip_find(c->arrival->mail);
  g_autoptr(event_party_t) own = NULL;
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  bool is_click = method == ITIP_REPLY || method == ITIP_COUNTER, is_taken = false;
  if (method == ITIP_OTHER && !answer)
    return done(c, OUTCOME_FILED, "A calendar's own message that answers nothing.");
  if (!is_click && !answer && !is_closed(c, NULL) && asks_organizer(c) && !pass_on(c, &is_taken, error))
    return false;
  if (is_taken) return true;
  return find_party(c, &own, error) && take_from(c, calendar, answer, error);
}

/* "Nur ich, die anderen sind krank", "bin verreist, aber meine Frau kommt": who comes, beside who is away. */
static bool says_who_comes(const struct passage *passage)
{
  return passage_has(passage, "word.come") || passage_has(passage, "rsvp.comes");
}

/* A note of somebody who is away says nothing about the event, however friendly its words are; "leider nein,
 * bin im Urlaub" does, and so does "ich komme", unless it tells when mails are read. */
static bool is_note(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!answer_is_absence(arrival)) return false;
  g_autoptr(calendar_t) click = itip_find(arrival->mail);
  if (!click && answer_is_robots(arrival)) return true;
  if (it && (it->meaning->answer == ANSWER_NO || answer_meant(it->passage) == ANSWER_YES)) return false;
  return !it || !says_who_comes(it->passage) || answer_tells_of_office(arrival);
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
