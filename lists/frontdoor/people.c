/* What people decide about a mail at the front door that nobody understood, or that was misunderstood. Called
 * by correct.c. Those who look after the door answer with the same words as senders do; but only the sender
 * may send a mail to a group, so they are asked. */
#include "lists/frontdoor/letters.h"
#include "lists/frontdoor/move.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"

#include <string.h>

/* To the people who look after the front door. */
bool move_to_people(struct move *m, GError **error)
{
  const struct list *door = m->answer->list;
  bool is_news = strcmp(m->answering->request->purpose, "front_door_news") == 0;
  g_string_assign(m->decision->reason, "The front door misunderstood a mail; a person decides.");
  if (frontdoor_is_by_people(m->answering->request) && !is_news) return true;
  return move_hold_again(m, door, "front_door",
                         is_news ? "Somebody says that it was misunderstood; a person decides."
                                 : "Its sender says that it was misunderstood; a person decides.",
                         error) &&
         frontdoor_tell_people(m->work, door, m->hold, m->incoming, error) && move_tell(m, NULL, NULL, error);
}

/* People say that a mail is a post: its sender is asked, since only they may send it to a group. */
bool move_ask_sender(struct move *m, GError **error)
{
  GError *failed = NULL;
  const struct list *group = NULL;
  g_autofree char *from = address_normalise(m->hold->from_address);
  int64_t sender = from ? person_find(m->work->store, from, &failed) : 0;
  if (fault_hand_on(failed, error)) return false;
  const struct understanding *it = g_ptr_array_index(m->incoming->understandings, 0);
  if (!sort_group(m->work, it, sender, true, &group, error)) return false;
  if (!group) return move_to_people(m, error);
  g_string_assign(m->decision->reason,
                  "A mail at the front door is a post, as a person said; its sender is asked.");
  struct arrival original = { .mail = m->incoming->mail,
                              .mail_id = m->hold->mail,
                              .recipient = m->hold->recipient };
  struct telling telling = { .purpose = "front_door_group",
                             .door = m->answer->list,
                             .sort = sort_of_group(),
                             .group = group,
                             .address = from,
                             .person = sender,
                             .hold = m->hold->id,
                             .is_authenticated = m->incoming->mail->auth.is_authenticated };
  return frontdoor_tell(m->work, &original, &telling, error);
}
