/* Who writes? A mail that calls people together and that nobody vouches for, and a word of an organiser from
 * elsewhere, wait for a yes from the address that they claim to be from. The mail is read anew when the yes
 * comes. */
#include "lists/events/event.h"

#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/text/template.h"

enum { SHOWN_CHARACTERS = 300 };

/* The beginning of what the mail says. Caller frees; NULL: it says nothing. */
static char *shown_of(const struct mail *mail)
{
  glong length = g_utf8_strlen(mail->text_new, -1);
  char *shown = length ? g_utf8_substring(mail->text_new, 0, MIN(length, SHOWN_CHARACTERS)) : NULL;
  return shown && *g_strstrip(shown) ? shown : (g_free(shown), NULL);
}

static bool filed(struct decision *decision, enum outcome outcome, const char *reason)
{
  decision->outcome = outcome;
  g_string_assign(decision->reason, reason);
  return true;
}

bool event_ask_organizer(struct work *work, const struct arrival *arrival, const struct event *event,
                         const struct event_party *party, struct decision *decision, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *details = waiting_details(arrival), *shown = shown_of(arrival->mail);
  value_set_text(values, "title", event->title);
  value_set_text(values, "said", shown);
  bool asked = false;
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = "event_proof",
                                            .list = list_cache_by_id(work->lists, event->list),
                                            .person = party->person,
                                            .address = party->address,
                                            .object = arrival->mail_id,
                                            .details = details,
                                            .values = values },
                    &asked, error))
    return false;
  if (!asked) return holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  return filed(decision, OUTCOME_FILED, "It is not proven that the organiser writes; they are asked.");
}

/* The question to who is not proven, with what the letter says of it. */
static bool ask_sender(struct work *work, const struct arrival *arrival, const struct sender *sender,
                       struct value *values, const char *reason, struct decision *decision, GError **error)
{
  const struct mail *mail = arrival->mail;
  if (!sender->address) return holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  g_autofree char *details = waiting_details(arrival);
  value_set_text(values, "subject", mail->subject);
  bool asked = false;
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = "event_confirm",
                                            .list = arrival->list,
                                            .person = sender->person,
                                            .address = sender->address,
                                            .object = arrival->mail_id,
                                            .details = details,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true,
                                            .is_unauthenticated = true },
                    &asked, error))
    return false;
  if (!asked) return holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  return filed(decision, OUTCOME_ANSWERED, reason);
}

bool event_ask_sender(struct work *work, const struct arrival *arrival, const struct sender *sender,
                      struct decision *decision, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return ask_sender(work, arrival, sender, values,
                    "Nobody vouches for who calls people together; they are asked to confirm it.", decision,
                    error);
}

bool event_ask_guest(struct work *work, const struct arrival *arrival, const struct event *event,
                     const struct sender *sender, struct decision *decision, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "guest", true);
  value_set_text(values, "title", event ? event->title : NULL);
  return ask_sender(work, arrival, sender, values,
                    "Nobody vouches for who answers to an event; they are asked to confirm it.", decision,
                    error);
}

/* Their yes takes up the mail that waits. */
bool event_proof_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                        struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "They say that the mail was theirs." : "The mail was not theirs.");
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = is_yes ? waiting_read(work, request, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  if (!incoming || !list) return true;
  struct arrival waiting = waiting_arrival(work, request, incoming, list);
  waiting.is_released = true;
  bool is_event = waiting.target.meaning == ADDRESS_TOKEN && waiting.target.token.purpose == TOKEN_EVENT;
  bool is_taken = false;
  if (is_event) return events_answer(work, &waiting, decision, error);
  if (!events_take_click(work, &waiting, decision, &is_taken, error)) return false;
  return is_taken || events_receive(work, &waiting, decision, error);
}
