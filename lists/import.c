/* Importing old archives: mails of another time become threads and messages of a list, without letters and
 * unpublished until the operator says so. A mail is known by its key, as if it had come by LMTP, so the same
 * archive twice, or one that was broken off, is the same as once; and a mail the list has received in the
 * ordinary way stays as it is. */
#include "lists/import.h"

#include "lists/addresses/reply_address.h"
#include "lists/message_rows.h"
#include "lists/senders.h"
#include "lists/threading.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/delivery_key.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/pages.h"
#include "lib/store/threads.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600 };
static const int64_t oldest_date = 315532800; /* 1980: no mail is older than its format */

/* Marks in `handled` what came by importing. */
static const char import_kind[] = "import";

/* One mail on its way in. */
struct importing {
  struct work *work;
  const struct list *list;
  struct mail *mail;
  int64_t mail_id;
  int64_t when;
};

static bool can_be(const struct work *work, int64_t date)
{
  return date >= oldest_date && date <= work->now + DAY_SECONDS;
}

/* Its own date, where that can be; else when it was delivered; else now. */
static int64_t date_of(const struct work *work, const struct mail *mail, int64_t delivered)
{
  if (can_be(work, mail->date)) return mail->date;
  return can_be(work, delivered) ? delivered : work->now;
}

/* Files the message under its own Message-ID, or a new one where the list has a different mail of that id. */
static bool file_message(struct importing *in, GError **error)
{
  GError *failed = NULL;
  const struct mail *mail = in->mail;
  g_autoptr(message_row) known =
      mail->message_id ? message_find(in->work->store, in->list->id, mail->message_id, &failed) : NULL;
  struct sender sender = { 0 };
  if (fault_hand_on(failed, error)) return false;
  if (!sender_find(in->work, mail, 0, &sender, error)) return false;
  bool is_taken = !mail->message_id || (known && known->mail);
  g_autoptr(message_row) message = g_new(struct message, 1);
  *message = (struct message){
    .list = in->list->id,
    .message_id =
        is_taken ? compose_message_id(in->work->config->domain, in->work->now) : g_strdup(mail->message_id),
    .mail = in->mail_id,
    .person = sender.person,
    .from_name = g_strdup(mail_actor(mail)->name),
    .from_address = g_strdup(sender.address ? sender.address : ""),
    .subject = g_strdup(mail->subject),
    .text = g_strdup(mail->text_new),
    .received = in->when,
    .written = in->when,
    .from_token_key = keys_signing_number(in->work->keys),
    .attachments = message_attachments(mail),
  };
  sender_clear(&sender);
  return threading_place(in->work, in->list, mail, message, error);
}

/* Was this mail decided at the list's address before, by importing or by the post? */
static bool is_known(struct importing *in, const char *recipient, bool *known, GError **error)
{
  if (!handled_is(in->work->store, in->mail_id, recipient, known, error) || *known) return *known;
  GError *failed = NULL;
  g_autoptr(message_row) message = message_of_mail(in->work->store, in->list->id, in->mail_id, &failed);
  *known = message != NULL;
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* Files the stored mail and notes that it was imported. */
static bool import_stored(struct importing *in, bool *is_new, GError **error)
{
  g_autofree char *address = list_address(in->work->config, in->list->name, NULL);
  g_autofree char *recipient = address_normalise(address);
  bool known = false;
  *is_new = false;
  if (!is_known(in, recipient, &known, error)) return false;
  if (known) return true;
  struct handled handled = { .mail = in->mail_id,
                             .recipient = recipient,
                             .list = in->list->id,
                             .kind = (char *)import_kind,
                             .outcome = (char *)outcome_word(OUTCOME_FILED),
                             .reason = (char *)"It was imported from an old archive.",
                             .at = in->work->now };
  *is_new = true;
  return file_message(in, error) && handled_put(in->work->store, &handled, error);
}

bool import_mail(struct work *work, const struct list *list, const struct old_mail *old,
                 const char *spool_path, bool *is_new, GError **error)
{
  unsigned char key[DELIVERY_KEY_BYTES];
  bool is_stored = false;
  delivery_key(old->raw, old->size, key);
  g_autoptr(mail_t) mail = mail_read(
      old->raw, old->size,
      &(struct mail_reading){ .domain = work->config->domain, .authserv_id = work->config->authserv_id });
  g_autofree char *sender = mail->from.address ? address_normalise(mail->from.address) : NULL;
  g_autoptr(GBytes) bytes = g_bytes_new_static(old->raw, old->size);
  struct importing in = {
    .work = work, .list = list, .mail = mail, .when = date_of(work, mail, old->delivered)
  };
  in.mail_id =
      mail_put(work->store, key, in.when, sender ? sender : "", bytes, spool_path, &is_stored, error);
  return in.mail_id && import_stored(&in, is_new, error);
}

/* Did this mail come by importing? Others are unpublished for reasons of their own. */
static bool was_imported(struct work *work, const struct list *list, int64_t mail, bool *imported,
                         GError **error)
{
  g_autoptr(GPtrArray) rows = handled_of(work->store, mail, error);
  *imported = false;
  for (guint i = 0; rows && i < rows->len; i++) {
    const struct handled *row = g_ptr_array_index(rows, i);
    if (row->list == list->id && strcmp(row->kind, import_kind) == 0) *imported = true;
  }
  return rows != NULL;
}

int import_publish(struct work *work, const struct list *list, int64_t *after, int limit, int *published,
                   GError **error)
{
  g_autoptr(GPtrArray) page = messages_unpublished(work->store, list->id, *after, limit, error);
  if (!page) return -1;
  for (guint i = 0; i < page->len; i++) {
    const struct message *message = g_ptr_array_index(page, i);
    bool imported = false;
    *after = message->id;
    if (!was_imported(work, list, message->mail, &imported, error)) return -1;
    if (!imported) continue;
    if (!message_set_public(work->store, message->id, true, error) ||
        !pages_mark_message(work->store, list->id, message->thread, message->position, error))
      return -1;
    ++*published;
  }
  return (int)page->len;
}
