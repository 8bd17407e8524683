/* Holding: one table says why mails wait, and whether a person's yes is all they wait for. `kiezpost queue`
 * shows the sentence, `queue release` asks the table. */
#include "lists/holding.h"

#include "lib/mail/read.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"

#include <string.h>

static const struct code {
  const char *code;
  bool is_releasable;
  const char *reason; /* where the caller has no better one */
} codes[] = {
  { "non_member", true, "Its sender is no member of the list." },
  { "moderators_only", true, "Only moderators and keepers write to this list." },
  { "unproven_moderator", true,
    "Only moderators and keepers write to this list, and it is not proven that one sent it here." },
  { "unknown_stranger", true, "Its sender is no member, and our mail server could not confirm the address." },
  { "spoofed", true, "Its sender's domain says that this mail is not from there (DMARC)." },
  { "kind_not_ready", false, "What this list is for is not built yet; the mail waits for it." },
  { "unclear", false, "It came to the front door and says nothing clear; its sender is asked." },
  { "front_door", false, "The front door misunderstood it; a person decides where it belongs." },
  { "found", false, "Somebody wants to found a group, and nobody can be asked about it today." },
  { "bounce_address", false, "A person wrote to an address that is meant for delivery reports." },
  { "wish", true,
    "It reads as a wish about a membership or somebody's data, not as a post; a person decides." },
  { "private", true, "It reads as if it were not meant for everybody; a person decides." },
  { "stale_private", false, "Its reply address has expired, and it was not meant for the whole list." },
  { "no_list", false, "The list it was accepted for is no longer there." },
  { "no_object", false, "What its reply address was about is no longer there." },
  { "private_stranger", true,
    "It is for the author of a post alone, and its sender is neither a member nor authenticated." },
  { "too_quick", true, "It answers a forwarded mail within seconds, as programs do that answer every mail." },
  { "no_author", false, "It is for the author of a post alone, whose address is not known." },
  { "no_admin", false,
    "The admin's address in the configuration is one of our own; the mail would go round in circles." },
};

static const struct code *code_find(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
    if (strcmp(codes[i].code, name) == 0) return &codes[i];
  return NULL;
}

bool holding_is_releasable(const char *code)
{
  const struct code *found = code_find(code);
  return found && found->is_releasable;
}

bool holding_put(struct work *work, const struct arrival *arrival, const char *code, const char *reason,
                 struct decision *decision, GError **error)
{
  int64_t id = 0;
  return holding_put_as(work, arrival, code, reason, &id, decision, error);
}

bool holding_put_as(struct work *work, const struct arrival *arrival, const char *code, const char *reason,
                    int64_t *id, struct decision *decision, GError **error)
{
  const struct code *found = code_find(code);
  g_assert(found);
  if (!reason) reason = found->reason;
  struct hold hold = {
    .mail = arrival->mail_id,
    .recipient = (char *)arrival->recipient,
    .list = arrival->list ? arrival->list->id : 0,
    .code = (char *)code,
    .reason = (char *)reason,
    .since = work->now,
    .from_address = mail_actor(arrival->mail)->address,
    .subject = arrival->mail->subject,
  };
  if (!hold_put(work->store, &hold, error)) return false;
  *id = hold.id;
  decision->outcome = OUTCOME_HELD;
  g_string_assign(decision->reason, reason);
  g_string_append_printf(decision->details, " hold=h%" G_GINT64_FORMAT " code=%s", hold.id, code);
  return true;
}
