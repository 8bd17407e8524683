/* Holding: one table says why mails wait, and whether a person's yes is all they wait for. `kiezpost queue`
 * shows the sentence, `queue release` asks the table; those who have duties of the list are asked by mail
 * (lists/moderation), in their language (letters, hold_reason.txt). */
#include "lists/holding.h"

#include "lists/moderation/moderation.h"
#include "lists/notices.h"

#include "lib/mail/read.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"

#include <string.h>

static const struct code {
  const char *code;
  enum holding_asks asks;
  const char *reason; /* where the caller has no better one */
} codes[] = {
  { "non_member", HOLDING_ASKS, "Its sender is no member of the list." },
  { "moderators_only", HOLDING_ASKS, "Only moderators and keepers write to this list." },
  { "unproven_moderator", HOLDING_ASKS,
    "Only moderators and keepers write to this list, and it is not proven that one sent it here." },
  { "unknown_stranger", HOLDING_ASKS,
    "Its sender is no member, and our mail server could not confirm the address." },
  { "spoofed", HOLDING_ASKS, "Its sender's domain says that this mail is not from there (DMARC)." },
  { "kind_not_ready", HOLDING_ASKS_NOBODY, "What this list is for is not built yet; the mail waits for it." },
  { "unclear", HOLDING_ASKS_NOBODY,
    "It came to the front door and says nothing clear; its sender is asked." },
  { "front_door", HOLDING_ASKS_NOBODY,
    "The front door misunderstood it; a person decides where it belongs." },
  { "found", HOLDING_ASKS_NOBODY,
    "Somebody wants to found a group, and nobody can be asked about it today." },
  { "bounce_address", HOLDING_ASKS_NOBODY,
    "A person wrote to an address that is meant for delivery reports." },
  { "wish", HOLDING_ASKS,
    "It reads as a wish about a membership or somebody's data, not as a post; a person decides." },
  { "private", HOLDING_ASKS, "It reads as if it were not meant for everybody; a person decides." },
  { "stale_private", HOLDING_ASKS_NOBODY,
    "Its reply address has expired, and it was not meant for the whole list." },
  { "no_list", HOLDING_ASKS_NOBODY, "The list it was accepted for is no longer there." },
  { "no_object", HOLDING_ASKS_NOBODY, "What its reply address was about is no longer there." },
  { "private_stranger", HOLDING_ASKS_UNREAD,
    "It is for the author of a post alone, and its sender is neither a member nor authenticated." },
  { "too_quick", HOLDING_ASKS_UNREAD,
    "It answers a forwarded mail within seconds, as programs do that answer every mail." },
  { "too_many_private", HOLDING_ASKS_UNREAD,
    "So many mails go to this one address within an hour or a day that they look like a loop." },
  { "new_member", HOLDING_ASKS, "It is the first post of a new member." },
  { "emergency", HOLDING_ASKS, "The list is on hold." },
  { "too_big", HOLDING_ASKS, "It is very large." },
  { "oversize", HOLDING_ASKS, "It is larger than the list takes." },
  { "file_kind", HOLDING_ASKS, "It brings a kind of file that the list does not take." },
  { "banned", HOLDING_ASKS, "Its sender is banned from the list." },
  { "moderated", HOLDING_ASKS, "This sender's posts are read by a moderator first." },
  { "too_many", HOLDING_ASKS, "Very many posts came from this sender within an hour." },
  { "loop", HOLDING_ASKS,
    "Its sender wrote so often under this subject that it looks like two programs answering each other." },
  { "automated", HOLDING_ASKS, "A program wrote it." },
  { "third_party", HOLDING_ASKS, "It seems to tell something about other people." },
  { "suspect", HOLDING_ASKS, "The mail server takes it for spam." },
  { "unauthenticated", HOLDING_ASKS, "Our mail server could not confirm its sender's address." },
  { "not_addressed", HOLDING_ASKS, "The list stands in neither To nor Cc." },
  { "closed_thread", HOLDING_ASKS, "The thread that it answers is closed." },
  { "unproven_order", HOLDING_ASKS,
    "It reads as a moderator's order about a post, and it is not proven who sent it." },
  { "unproven_office", HOLDING_ASKS_NOBODY,
    "It answers as an office, and it is not proven that the office sent it." },
  { "posing_office", HOLDING_ASKS, "It shows an office's name, but does not come from that office." },
  { "doubtful_order", HOLDING_ASKS,
    "It may be a moderator's order about a post; a person says whether everybody shall get it." },
  { "no_author", HOLDING_ASKS_NOBODY, "It is for the author of a post alone, whose address is not known." },
  { "no_admin", HOLDING_ASKS_NOBODY,
    "The admin's address in the configuration is one of our own; the mail would go round in circles." },
};

static const struct code *code_find(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
    if (strcmp(codes[i].code, name) == 0) return &codes[i];
  return NULL;
}

enum holding_asks holding_asks(const char *code)
{
  const struct code *found = code_find(code);
  return found ? found->asks : HOLDING_ASKS_NOBODY;
}

const char *holding_reason(const char *code)
{
  const struct code *found = code_find(code);
  g_assert(found);
  return found->reason;
}

bool holding_is_releasable(const char *code)
{
  return holding_asks(code) != HOLDING_ASKS_NOBODY;
}

/* Of a loop the moderators hear once a day and sender; what else comes of it waits beside that in `kiezpost
 * queue`, and is settled. */
static bool is_worth_asking(struct work *work, const struct hold *hold, bool *is_settled, GError **error)
{
  bool may = true;
  if (*is_settled || strcmp(hold->code, "loop") != 0 || !hold->from_address) return true;
  g_autofree char *purpose = g_strdup_printf("loop %" G_GINT64_FORMAT, hold->list);
  if (!notices_may(work, purpose, hold->from_address, &may, error)) return false;
  *is_settled = !may;
  return true;
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
    .is_asked = found->asks == HOLDING_ASKS_NOBODY,
  };
  if (!is_worth_asking(work, &hold, &hold.is_asked, error) || !hold_put(work->store, &hold, error))
    return false;
  if (!hold.is_asked && !moderation_ask(work, arrival->mail, &hold, error)) return false;
  *id = hold.id;
  decision->outcome = OUTCOME_HELD;
  g_string_assign(decision->reason, reason);
  g_string_append_printf(decision->details, " hold=h%" G_GINT64_FORMAT " code=%s", hold.id, code);
  return true;
}
