/* Who wrote a mail: the address in From (in Resent-From, where somebody redirected a mail of ours), the
 * person that has it, and their membership. Only the address counts, never the display name. */
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"

#include <string.h>

void sender_clear(struct sender *sender)
{
  g_clear_pointer(&sender->address, g_free);
  g_clear_pointer(&sender->member, member_free);
}

/* The membership, unless it sleeps: who left or was never confirmed is a stranger; who pauses or bounces
 * still belongs to the list. */
static bool find_member(struct work *work, int64_t list, struct sender *sender, GError **error)
{
  GError *failed = NULL;
  sender->member = member_find(work->store, list, sender->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  const char *state = sender->member ? sender->member->state : "";
  if (strcmp(state, "pending") == 0 || strcmp(state, "left") == 0)
    g_clear_pointer(&sender->member, member_free);
  return true;
}

bool sender_find(struct work *work, const struct mail *mail, int64_t list, struct sender *sender,
                 GError **error)
{
  *sender = (struct sender){ .address = address_normalise(mail_actor(mail)->address) };
  if (!sender->address) return true;
  GError *failed = NULL;
  sender->person = person_find(work->store, sender->address, &failed);
  if (fault_hand_on(failed, error)) return false;
  return !sender->person || !list || find_member(work, list, sender, error);
}

bool sender_membership(struct work *work, int64_t list, const char *address, struct member **member,
                       GError **error)
{
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  *member = person && !failed ? member_find(work->store, list, person, &failed) : NULL;
  return !fault_hand_on(failed, error);
}
