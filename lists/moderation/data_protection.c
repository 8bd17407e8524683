/* datenschutz@: what our first letter names for questions about one's data (Art. 12 to 22 GDPR). Whatever
 * comes reaches whoever moderates that address, else the admin, who answers it like any mail, and whoever
 * wrote hears at once that it did and until when there is an answer: a month (Art. 12(3)). One of the duties
 * that the law asks for; called by the table of kinds for its address, missbrauch@ is in abuse.c.
 *
 * Nothing here reads what is wanted: to hand somebody's data out, or to delete it, is decided by a person. */
#include "lists/moderation/data_protection.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/members/members.h"
#include "lists/moderation/abuse.h"
#include "lists/moderation/duties.h"
#include "lists/notices.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/text/template.h"

#include <string.h>

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
