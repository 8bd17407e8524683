/* datenschutz@: what our first letter names for questions about one's data (Art. 12 to 22 GDPR). Whatever
 * comes reaches whoever moderates that address, else the admin, who answers it like any mail, and whoever
 * wrote hears at once that it did and until when there is an answer: a month (Art. 12(3)). One of the duties
 * that the law asks for; called by the table of kinds for its address, missbrauch@ is in abuse.c.
 *
 * Nothing here reads what is wanted: to hand somebody's data out, or to delete it, is decided by a person.
 * That it is wanted is read where people say so elsewhere: at a list, where all would get it, or to whom it
 * concerns least. What surprised us: neighbours speak of data as well, of those on their old telephone and
 * those that the office keeps; so it must be said to us, of oneself. */
#include "lists/moderation/data_protection.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/moderation/abuse.h"
#include "lists/moderation/duties.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/text/template.h"

#include <string.h>

enum { SHORT_WORDS = 60 };

bool duty_takes(const struct list *list)
{
  return abuse_takes(list) || strcmp(list->name, "datenschutz") == 0;
}

/* To whoever wrote, where it is proven who that is; once a day. */
static bool acknowledge(struct work *work, const struct arrival *arrival, GError **error)
{
  const struct mail *mail = arrival->mail;
  g_autofree char *address = address_normalise(mail_actor(mail)->address);
  bool may = false;
  if (!address || !mail->auth.is_authenticated || mail->robot != MAIL_HUMAN) return true;
  if (!notices_may(work, "data_received", address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "data_received",
                                            .list = arrival->list,
                                            .address = address,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

/* To whoever moderates the address, else to the admins. */
static bool hand_to_officials(struct work *work, const struct arrival *arrival, struct decision *decision,
                              GError **error)
{
  g_autoptr(GPtrArray) officials = duties_of(work, arrival->list, error);
  if (!officials) return false;
  if (officials->len == 0)
    return forward_to_admin(work, arrival, decision, error); /* says that there is none */
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    if (!forward_to_duty(work, arrival, official->person, official->address, decision, error)) return false;
    if (decision->outcome != OUTCOME_FORWARDED) break; /* it waits for a person now */
  }
  return true;
}

bool duty_receive(struct work *work, const struct arrival *arrival, struct decision *decision, GError **error)
{
  if (abuse_takes(arrival->list)) return abuse_receive(work, arrival, decision, error);
  bool is_wish = false;
  if (!members_take_wish(work, arrival, decision, &is_wish, error)) return false;
  if (is_wish) return true;
  return hand_to_officials(work, arrival, decision, error) && acknowledge(work, arrival, error);
}

/* Is it a wish about the writer's own data that is said to us? */
static bool is_plain_wish(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!it || passage_has(it->passage, "data.elsewhere")) return false;
  bool is_short = passage_words(it->passage, 0, it->passage->lexemes->count) <= SHORT_WORDS;
  bool is_said = is_short && (passage_has(it->passage, "want.data_access") ||
                              passage_has(it->passage, "want.data_erasure"));
  bool is_meant = it->meaning->intent == INTENT_DATA_ACCESS || it->meaning->intent == INTENT_DATA_ERASURE;
  bool is_of_self = passage_has(it->passage, "data.self");
  return is_meant ? passage_has(it->passage, "data.to-us") || is_of_self
                  : is_said && is_of_self && passage_has(it->passage, "data.to-us");
}

bool data_protection_take(struct work *work, const struct arrival *arrival, struct decision *decision,
                          bool *taken, GError **error)
{
  const struct list *list = list_cache_by_name(work->lists, "datenschutz");
  *taken = list && arrival->list && !arrival->is_released && !arrival->is_meant &&
           arrival->mail->robot == MAIL_HUMAN && is_plain_wish(arrival);
  if (!*taken) return true;
  struct arrival there = *arrival;
  there.list = list;
  decision->list = list;
  bool done = hand_to_officials(work, &there, decision, error) && acknowledge(work, &there, error);
  if (done && decision->outcome == OUTCOME_FORWARDED)
    g_string_assign(decision->reason,
                    "It is a wish about somebody's own data: who answers those has it now.");
  return done;
}
