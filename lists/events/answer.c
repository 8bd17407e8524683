/* Who comes. A click in a calendar (iTIP REPLY, RFC 5546 section 3.2.3) and words count the same; the newer
 * one counts. Whose answer it is says the address it came to, not who sent it: a calendar answers from an
 * alias, a phone from another account; a letter that was forwarded is answered by a stranger, who becomes a
 * party of their own. A click that came to another address of ours is found by its UID, for who is known to
 * us.
 *
 * What surprised us: Google answers several dates of a series in one reply, and names them in UTC; Outlook
 * leaves the ORGANIZER out. */
#include "lists/events/event.h"

#include "lists/forward.h"
#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/calendar_event.h"
#include "lib/mail/read.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/phrases.h"
#include "lib/text/template.h"

#include <string.h>

enum { DATES_A_REPLY = 30, PEOPLE_EACH_MAX = 200, MONTHS_AHEAD = 3 };

static const char *word_of(enum answer answer)
{
  return answer == ANSWER_YES ? "yes" : answer == ANSWER_NO ? "no" : answer == ANSWER_MAYBE ? "maybe" : NULL;
}

/* One mail on its way. */
struct coming {
  struct work *work;
  const struct arrival *arrival;
  struct event *event;
  struct event_party *party;
  struct decision *decision;
  struct sender sender;
  bool is_stranger; /* who answers was not invited */
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

/* Would they come with more than they had said, after the last day for answers? Organisers may. */
static bool is_too_late(const struct coming *c, const struct rsvp *known, const struct rsvp *rsvp)
{
  bool is_organizer = strcmp(c->party->role, "organizer") == 0 && c->party->id == rsvp->party;
  bool had_said_yes = known && strcmp(known->answer, "yes") == 0 && rsvp->people <= known->people;
  bool stays_away = strcmp(rsvp->answer, "no") == 0;
  return event_is_late(c->work, c->event) && !stays_away && !had_said_yes && !is_organizer;
}

/* Was who comes not invited, and does the policy want an organiser to be asked? Whoever reads of an open
 * event is invited, and so is a member of the group that is. */
static bool must_be_asked_about(const struct coming *c, const struct rsvp *known, const struct rsvp *rsvp)
{
  bool is_stranger = c->is_stranger || strcmp(c->party->role, "stranger") == 0;
  bool is_of_group = c->sender.member && strcmp(c->event->audience, "group") == 0;
  bool had_said_yes = known && strcmp(known->answer, "yes") == 0 && rsvp->people <= known->people;
  return is_stranger && !is_of_group && !had_said_yes && strcmp(rsvp->answer, "no") != 0 &&
         strcmp(c->event->audience, "open") != 0 && strcmp(c->event->strangers, "ask") == 0;
}

/* It waits for an organiser. */
static bool ask_late(struct coming *c, const struct rsvp *rsvp, GError **error)
{
  g_autoptr(event_party_t) party = event_party_get(c->work->store, rsvp->party, error);
  return party && event_ask_late(c->work, c->arrival, c->event, party, rsvp, error) &&
         done(c, OUTCOME_ANSWERED, "Answers had ended, or nobody invited them; an organiser is asked.");
}

/* Writes one answer; places that become free go to who waits. */
static bool count(struct coming *c, struct rsvp *rsvp, GError **error)
{
  bool waits = false;
  GError *failed = NULL;
  g_autoptr(rsvp_t) known = rsvp_get(c->work->store, rsvp->event, rsvp->original, rsvp->party, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (is_older(known, rsvp))
    return done(c, OUTCOME_FILED, "A newer answer of the same calendar counts already.");
  if (is_too_late(c, known, rsvp) || must_be_asked_about(c, known, rsvp)) return ask_late(c, rsvp, error);
  bool was_coming = known && strcmp(known->answer, "yes") == 0 && !known->place;
  bool did_wait = known && known->place != 0;
  if (known) rsvp->place = known->place;
  if (!event_seat(c->work, c->event, rsvp, &waits, error) || !tell(c, rsvp, waits && !did_wait, error))
    return false;
  g_string_append_printf(c->decision->details, " answer=%s people=%d", rsvp->answer, rsvp->people);
  if (was_coming && !event_move_up(c->work, c->event, rsvp->original, error)) return false;
  return done(c, OUTCOME_ANSWERED, waits ? "Whoever answers waits for a place." : "It says who comes.");
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

/* ---- dates of a series ---- */

/* Is it a date of the series? */
static bool is_of_series(const struct event *event, const struct wall *date)
{
  struct wall start, next;
  return *event->rule && wall_read(event->starts, &start) && series_next(event->rule, &start, date, &next) &&
         wall_compare(&next, date) == 0;
}

/* Is it said as "am 19.", without a month? */
static bool is_day_alone(const struct passage *passage, const struct date_found *found)
{
  guint numbers = 0;
  for (guint i = found->first; i < found->end; i++) {
    numbers += passage->lexemes->at[i].kind == LEXEME_DIGITS;
    if (passage->lexemes->at[i].kind == LEXEME_WORD) return false;
  }
  return numbers == 1;
}

/* The date that a series has on this day, or, of a day without a month, in one of the months behind it. */
static bool series_has(const struct event *event, const struct wall *from, bool is_day_alone,
                       struct wall *next)
{
  struct wall start, day = *from;
  if (!wall_read(event->starts, &start)) return false;
  for (int month = 0; month <= (is_day_alone ? MONTHS_AHEAD : 0); month++) {
    if (g_date_valid_dmy((GDateDay)day.day, (GDateMonth)day.month, (GDateYear)day.year) &&
        series_next(event->rule, &start, &day, next) && next->year == day.year && next->month == day.month &&
        next->day == day.day)
      return true;
    day.year += day.month == 12;
    day.month = day.month % 12 + 1;
  }
  return false;
}

/* The date of the series that words name ("am 12. kann ich nicht"); "": none; NULL: a fault. Caller frees. */
static char *date_in_words(const struct coming *c, GError **error)
{
  const GArray *dates = c->arrival->understanding->dates;
  struct wall next;
  if (!*c->event->rule) return g_strdup("");
  g_autoptr(GPtrArray) changes = event_dates(c->work->store, c->event->id, error);
  if (!changes) return NULL;
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *found = &g_array_index(dates, struct date_found, i);
    struct wall day = found->start;
    if (!day.year) continue;
    day.hour = day.minute = -1;
    if (event_date_moved_to(changes, &day, &next)) return wall_write(&next);
    bool is_alone = is_day_alone(c->arrival->understanding->passage, found);
    if (series_has(c->event, &day, is_alone, &next)) return wall_write(&next);
  }
  return g_strdup("");
}

/* One event of a calendar's reply. */
static bool count_click(struct coming *c, const struct calendar *calendar, GError **error)
{
  struct wall original;
  const char *answer = word_of(itip_answer(calendar, c->arrival->mail->from.address));
  if (!answer || (calendar->uid && strcmp(calendar->uid, c->event->uid) != 0)) return true;
  bool is_one = calendar_original_read(calendar, c->event->zone, &original);
  if (is_one && *c->event->rule && !is_of_series(c->event, &original)) return true;
  g_autofree char *date = is_one && *c->event->rule ? wall_write(&original) : g_strdup("");
  struct rsvp rsvp = row_of(c, answer, date);
  rsvp.source = (char *)"itip";
  rsvp.sequence = (int)calendar->sequence;
  rsvp.stamp = calendar_stamp_read(calendar);
  if (calendar->comment) rsvp.comment = calendar->comment;
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

/* ---- who answers ---- */

/* Somebody else than who was invited: who was invited, too, answers for themselves; anybody else becomes a
 * party of their own, as the event's policy says. *is_taken: they may not come. */
static bool find_party(struct coming *c, bool is_click, bool *is_taken, GError **error)
{
  const struct mail *mail = c->arrival->mail;
  *is_taken = false;
  bool is_same = !c->sender.address || strcmp(c->sender.address, c->party->address) == 0 ||
                 (c->sender.person && c->sender.person == c->party->person);
  if (is_same || !mail->auth.is_authenticated) return true;
  GError *failed = NULL;
  g_autoptr(event_party_t) own =
      event_party_find(c->work->store, c->event->id, c->sender.address, "invited", &failed);
  if (fault_hand_on(failed, error)) return false;
  if (own) c->party->id = own->id;
  if (own || is_click) return true; /* a calendar writes from an alias of its owner */
  struct event_party party = { .event = c->event->id,
                               .role = (char *)"stranger",
                               .person = c->sender.person,
                               .address = c->sender.address,
                               .name = mail_actor(mail)->name };
  if (!event_party_put(c->work->store, &party, c->work->now, error)) return false;
  c->party->id = party.id;
  c->is_stranger = true;
  bool is_welcome = strcmp(c->event->audience, "open") == 0 || strcmp(c->event->strangers, "refuse") != 0;
  if (is_welcome) return true;
  *is_taken = true;
  return event_refuse_stranger(c->work, c->event, &party, error) &&
         done(c, OUTCOME_ANSWERED, "Only who is invited may come.");
}

/* Neither yes nor no: asked once more in a sentence. */
static bool ask_again(struct coming *c, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return send(c, "event_unclear", values, error) &&
         done(c, OUTCOME_ANSWERED, "It does not say whether somebody comes.");
}

/* "Gibt es eine Rampe?", "Ginge auch Sonntag?": to whom organises it, who answers themselves. */
static bool pass_on(struct coming *c, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(c->work->store, c->event->id, error);
  if (!organizers) return false;
  if (organizers->len == 0) return ask_again(c, error);
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

static bool take(struct coming *c, GError **error)
{
  const struct understanding *it = c->arrival->understanding;
  bool is_taken = false;
  const char *answer = it ? word_of(it->meaning->answer) : NULL;
  if (is_closed(c, answer)) return say_closed(c, error);
  g_autoptr(calendar_t) calendar = itip_find(c->arrival->mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if (method == ITIP_COUNTER)
    return event_counter(c->work, c->arrival, c->event, c->party, c->decision, error);
  if (method == ITIP_OTHER && !answer)
    return done(c, OUTCOME_FILED, "A calendar's own message that answers nothing.");
  if (method != ITIP_REPLY && !answer) return asks_organizer(c) ? pass_on(c, error) : ask_again(c, error);
  if (!find_party(c, method == ITIP_REPLY, &is_taken, error) || is_taken) return is_taken;
  if (method == ITIP_REPLY) return count_clicks(c, error);
  g_autofree char *date = date_in_words(c, error);
  if (!date) return false;
  struct rsvp rsvp = row_of(c, answer, date);
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

/* ---- clicks that came to another address ---- */

/* The party that a sender is of an event; NULL without error: none. */
static struct event_party *party_of(struct work *work, const struct event *event, const struct sender *sender,
                                    GError **error)
{
  GError *failed = NULL;
  struct event_party *party = event_party_find(work->store, event->id, sender->address, "invited", &failed);
  if (fault_hand_on(failed, error) || party || !sender->person) return party;
  g_autoptr(GPtrArray) own = event_parties_of_person(work->store, event->id, sender->person, error);
  if (!own || own->len == 0) return NULL;
  return event_party_get(work->store, ((const struct event_party *)own->pdata[0])->id, error);
}

/* Whose click it is, and whether it counts. */
static bool take_click(struct coming *c, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  if (!c->sender.address || !c->arrival->mail->auth.is_authenticated) return true;
  g_autoptr(event_party_t) party = party_of(c->work, c->event, &c->sender, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!party) return true;
  *is_taken = true;
  c->party = party;
  g_string_append_printf(c->decision->details, " event=%d/%d", c->event->year, c->event->number);
  return take(c, error);
}

/* The click of somebody whom we know for an event of ours. */
static bool take_known_click(struct work *work, const struct arrival *arrival,
                             const struct calendar *calendar, struct decision *decision, bool *is_taken,
                             GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_of_uid(work->store, calendar->uid, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event) return true;
  struct coming coming = { .work = work, .arrival = arrival, .event = event, .decision = decision };
  bool is_done = sender_find(work, arrival->mail, event->list, &coming.sender, error) &&
                 take_click(&coming, is_taken, error);
  sender_clear(&coming.sender);
  return is_done;
}

bool events_take_click(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error)
{
  *is_taken = false;
  const struct understanding *it = arrival->understanding;
  g_autoptr(calendar_t) calendar = it ? itip_find(arrival->mail) : NULL;
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  bool is_click = method == ITIP_REPLY || method == ITIP_COUNTER;
  bool is_talk = method == ITIP_OTHER && it->meaning->intent == INTENT_IGNORE;
  if (!is_click && !is_talk) return true;
  if (is_click && calendar->uid && !take_known_click(work, arrival, calendar, decision, is_taken, error))
    return false;
  if (*is_taken) return true;
  *is_taken = true;
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "A calendar's own message about nothing of ours; it reaches nobody.");
  return true;
}
