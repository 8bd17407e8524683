/* Answers that come after the last day for them, and of who was not invited where the event's policy is to
 * ask. Whoever stays away, or comes with fewer, is always counted: that helps everybody. Whoever wants to
 * come still is a question to the organisers; the first of them who answers settles it. Called by answer.c.
 */
#include "lists/events/event.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

bool event_is_late(const struct work *work, const struct event *event)
{
  struct wall last;
  if (!wall_read(event->answer_by, &last)) return false;
  last = event_days_on(last, 1);
  last.hour = last.minute = -1;
  return work->now >= wall_seconds(&last, event->zone);
}

static bool is_stranger(const struct event_party *party)
{
  return strcmp(party->role, "stranger") == 0;
}

/* The question to one organiser. */
static bool ask(struct work *work, const struct event *event, const struct event_party *organizer,
                const struct event_party *party, const struct rsvp *rsvp, GError **error)
{
  g_autofree char *language = event_language(work, event, organizer, error);
  g_autoptr(value_t) values = value_new();
  if (!language || !event_values(work, event, values, language, error)) return false;
  g_autofree char *name = event_party_called(party);
  g_autofree char *comment = g_uri_escape_string(rsvp->comment, NULL, TRUE);
  g_autofree char *details =
      g_strdup_printf("answer=%s\npeople=%d\nmail=%" G_GINT64_FORMAT "\ncomment=%s\noriginal=%s\n",
                      rsvp->answer, rsvp->people, rsvp->mail, comment, rsvp->original);
  value_set_text(values, "name", name);
  value_set_text(values, "comment", *rsvp->comment ? rsvp->comment : NULL);
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
  value_set_flag(values, "stranger", is_stranger(party));
  value_set_flag(values, "perhaps", strcmp(rsvp->answer, "maybe") == 0);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "event_late",
                                              .list = list_cache_by_id(work->lists, event->list),
                                              .person = organizer->person,
                                              .address = organizer->address,
                                              .object = party->id,
                                              .details = details,
                                              .language = language,
                                              .values = values },
                      NULL, error);
}

/* Ends what waits of a party for one date, or (all) for whatever date. */
static bool settle(struct work *work, const struct arrival *arrival, int64_t party, const char *original,
                   bool all, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "event_late", party, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    g_autofree char *date = request_detail(open->pdata[i], "original");
    bool is_meant = all || strcmp(date ? date : "", original) == 0;
    if (is_meant && !requests_end(work, arrival, open->pdata[i], "settled", error)) return false;
  }
  return true;
}

bool event_late_settle(struct work *work, const struct arrival *arrival, int64_t party, const char *original,
                       GError **error)
{
  return settle(work, arrival, party, original, !*original, error);
}

bool event_ask_late(struct work *work, const struct arrival *arrival, struct event *event,
                    struct event_party *party, const struct rsvp *rsvp, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(work->store, event->id, error);
  if (!organizers || !event_late_settle(work, arrival, party->id, rsvp->original, error)) return false;
  for (guint i = 0; i < organizers->len; i++)
    if (!ask(work, event, organizers->pdata[i], party, rsvp, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "stranger", is_stranger(party));
  return event_send(work,
                    &(struct event_letter){ .purpose = "event_late_asked",
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                    error);
}

/* What the organiser says to it, or the event's policy. */
static bool tell(struct work *work, struct event *event, struct event_party *party, bool is_yes, bool waits,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "may_come", is_yes && !waits);
  value_set_flag(values, "may_not", !is_yes);
  value_set_flag(values, "waits", waits);
  value_set_flag(values, "stranger", is_stranger(party));
  return event_send(work,
                    &(struct event_letter){
                        .purpose = "event_late_answer", .event = event, .party = party, .values = values },
                    error);
}

bool event_refuse_stranger(struct work *work, struct event *event, struct event_party *party, GError **error)
{
  return tell(work, event, party, false, false, error);
}

/* They come after all. */
static bool let_in(struct work *work, const struct arrival *arrival, struct event *event,
                   struct event_party *party, const struct request *request, GError **error)
{
  g_autofree char *answer = request_detail(request, "answer"), *people = request_detail(request, "people");
  g_autofree char *mail = request_detail(request, "mail"), *said = request_detail(request, "comment");
  g_autofree char *comment = said ? g_uri_unescape_string(said, NULL) : NULL;
  g_autofree char *original = request_detail(request, "original");
  bool waits = false;
  int more = 0;
  struct rsvp rsvp = { .event = event->id,
                       .original = original ? original : (char *)"",
                       .party = party->id,
                       .answer = (char *)(g_strcmp0(answer, "maybe") == 0 ? "maybe" : "yes"),
                       .people = people ? (int)g_ascii_strtoll(people, NULL, 10) : 1,
                       .comment = comment ? comment : (char *)"",
                       .source = (char *)"words",
                       .at = work->now,
                       .mail = mail ? g_ascii_strtoll(mail, NULL, 10) : 0 };
  if (!event_seat(work, event, &rsvp, &waits, &more, error)) return false;
  if (!(more ? event_more_wait(work, arrival, event, party, &rsvp, more, error)
             : tell(work, event, party, true, waits, error)))
    return false;
  bool was_told = party->told >= event->sequence;
  if (!was_told) event->next_tick = work->now; /* the invitation, with its calendar and the way into a room */
  return was_told || event_put(work->store, event, error);
}

bool event_late_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  g_autoptr(event_party_t) party = event_party_get(work->store, request->object, &failed);
  g_autoptr(event_t) event = party ? event_get(work->store, party->event, &failed) : NULL;
  g_autoptr(event_party_t) organizer =
      event ? event_party_find(work->store, event->id, request->address, "organizer", &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!organizer) {
    g_string_assign(decision->reason, "Whoever answers does not organise the event any more.");
    return requests_end(work, arrival, request, "settled", error);
  }
  bool is_yes = answer_is_yes(arrival, answering);
  bool is_there = event_is_held(event);
  g_string_assign(decision->reason, is_yes ? "Somebody may come who was late or not invited."
                                           : "Somebody may not come who was late or not invited.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_there) return true;
  g_autofree char *original = request_detail(request, "original");
  if (!settle(work, arrival, party->id, original ? original : "", false, error)) return false;
  return is_yes ? let_in(work, arrival, event, party, request, error)
                : tell(work, event, party, false, false, error);
}
