/* "Anhang anfordern": somebody followed the link that stands in the place of a large attachment. Members of
 * the list get it by a letter of its own; others a sentence that says why not. Which one is meant stands in
 * the subject that the link filled in
 * ("Anhang 2: Foto.jpg"); without a number it is the first one that was left out. */
#include "lists/groups/compose.h"
#include "lists/groups/files.h"
#include "lists/groups/groups.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/moderation/duties.h"
#include "lists/notices.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/threads.h"

#include <string.h>

/* The first number in a text; 0: none. */
static guint first_number(const char *text)
{
  while (*text && !g_ascii_isdigit(*text)) text++;
  guint64 number = g_ascii_strtoull(text, NULL, 10);
  return number < 10000 ? (guint)number : 0;
}

/* The attachment that is asked for; NULL: there is no such, or it goes to nobody. */
static const struct mail_attachment *choose(const struct mail *stored, int64_t of_list, const char *subject)
{
  const char *word = strstr(subject, "Anhang");
  guint number = first_number(word ? word : subject);
  const struct mail_attachment *chosen = NULL;
  if (number > 0 && number <= stored->attachments->len)
    chosen = g_ptr_array_index(stored->attachments, number - 1);
  int64_t limit = group_attachment_limit(of_list, stored);
  for (guint i = 0; !chosen && i < stored->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(stored->attachments, i);
    if ((int64_t)attachment->size_bytes > limit) chosen = attachment;
  }
  return chosen && !files_is_hazard(chosen, NULL) ? chosen : NULL;
}

/* The letter with the attachment, or with the sentence why not. */
static bool answer(struct work *work, const struct arrival *arrival, const struct sender *sender,
                   const char *purpose, const struct mail_attachment *attachment, GBytes *raw, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", arrival->mail->subject);
  value_set_text(values, "file", attachment && attachment->filename ? attachment->filename : NULL);
  gsize size = 0;
  const void *bytes = attachment ? g_bytes_get_data(raw, &size) : NULL;
  return letters_send(work,
                      &(struct letter_out){ .purpose = purpose,
                                            .list = arrival->list,
                                            .address = sender->address,
                                            .person = sender->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true,
                                            .attached_raw = bytes,
                                            .attached_size = size,
                                            .attached_part = attachment ? attachment->part : NULL },
                      error);
}

/* May it go out now? Whoever our MTA knows asks as often as they like. Else the same thing goes to the same
 * member once a day: a forged From must not fill a mailbox with what a few bytes ask for. */
static bool may_send(struct work *work, const struct arrival *arrival, const struct sender *sender,
                     const struct message *message, const struct mail_attachment *attachment, bool *may,
                     GError **error)
{
  *may = arrival->mail->auth.is_authenticated;
  if (*may) return true;
  g_autofree char *purpose =
      g_strdup_printf("attachment %" G_GINT64_FORMAT " %s", message->id, attachment->part);
  return notices_may(work, purpose, sender->address, may, error);
}

/* A member's wish. */
static bool send_to_member(struct work *work, const struct arrival *arrival, const struct sender *sender,
                           const struct message *message, struct decision *decision, GError **error)
{
  int64_t limit = 0;
  g_autoptr(GBytes) raw = mail_bytes(work->store, message->mail, error);
  if (!raw || !files_limit(work, arrival->list, &limit, error)) return false;
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  g_autoptr(mail_t) stored = mail_read(
      bytes, size,
      &(struct mail_reading){ .domain = work->config->domain, .authserv_id = work->config->authserv_id });
  const struct mail_attachment *attachment = choose(stored, limit, arrival->mail->subject);
  if (!attachment) return holding_put(work, arrival, "no_object", NULL, decision, error);
  bool may = false;
  if (!may_send(work, arrival, sender, message, attachment, &may, error)) return false;
  decision->outcome = may ? OUTCOME_ANSWERED : OUTCOME_IGNORED;
  if (may) return answer(work, arrival, sender, "attachment", attachment, raw, error);
  g_string_assign(decision->reason,
                  "It asks again for an attachment that went out today, and our mail server "
                  "could not confirm who asks.");
  return true;
}

/* Anybody else: a sentence, once a day, and only to whom our MTA could authenticate. */
static bool deny(struct work *work, const struct arrival *arrival, const struct sender *sender,
                 struct decision *decision, GError **error)
{
  decision->outcome = OUTCOME_IGNORED;
  g_string_assign(decision->reason, "It asks for an attachment of a list that its sender is no member of.");
  if (!sender->address || !arrival->mail->auth.is_authenticated) return true;
  bool may = false;
  if (!notices_may(work, "attachment_denied", sender->address, &may, error)) return false;
  if (!may) return true;
  decision->outcome = OUTCOME_ANSWERED;
  return answer(work, arrival, sender, "attachment_denied", NULL, NULL, error);
}

/* Whoever decides about what is published must see it: also an admin who is no member. */
static bool decides(struct work *work, const struct arrival *arrival, const struct sender *sender, bool *does,
                    GError **error)
{
  *does = false;
  if (!arrival->mail->auth.is_authenticated || !sender->address) return true;
  g_autoptr(GPtrArray) officials = duties_of(work, arrival->list, error);
  for (guint i = 0; officials && i < officials->len; i++)
    *does |=
        strcmp(((const struct official *)g_ptr_array_index(officials, i))->address, sender->address) == 0;
  return officials != NULL;
}

bool group_send_attachment(struct work *work, const struct arrival *arrival, struct decision *decision,
                           GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, arrival->target.token.object, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_withdrawn = false;
  if (message && !message_is_withdrawn(work->store, message->id, &is_withdrawn, error)) return false;
  if (!message || !message->mail || is_withdrawn)
    return holding_put(work, arrival, "no_object", NULL, decision, error);
  struct sender sender;
  if (!sender_find(work, arrival->mail, message->list, &sender, error)) return false;
  bool may = sender.member != NULL;
  bool is_done = (may || decides(work, arrival, &sender, &may, error)) &&
                 (may ? send_to_member(work, arrival, &sender, message, decision, error)
                      : deny(work, arrival, &sender, decision, error));
  sender_clear(&sender);
  return is_done;
}
