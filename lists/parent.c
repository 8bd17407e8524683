/* Finding the parent of a mail that has just been read, and cutting by it. The worker calls this between
 * reading and deciding.
 *
 * A failure is none here: comparing makes a good text better, and the same fault of the store will be met,
 * and handled, when the mail is decided. */
#include "lists/parent.h"

#include "lists/list_cache.h"

#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/store/threads.h"

enum { REFERENCES_TRIED = 2, RAW_BYTES = 256 * 1024 };

/* The message a token names. NULL: none. */
static struct message *by_token(struct work *work, const struct address_target *target)
{
  bool is_token = target->meaning == ADDRESS_TOKEN || target->meaning == ADDRESS_STALE_TOKEN;
  if (!is_token || target->token.purpose != TOKEN_POST) return NULL;
  return message_get(work->store, target->token.object, NULL);
}

/* The message that the youngest references name. NULL: none. */
static struct message *by_references(struct work *work, const struct mail *mail, const struct list *list)
{
  guint count = list && mail->references ? mail->references->len : 0;
  for (guint i = 0; i < MIN(count, REFERENCES_TRIED); i++) {
    const char *id = g_ptr_array_index(mail->references, count - 1 - i);
    g_autoptr(message_row) place = message_find_place(work->store, list->id, id, NULL);
    struct message *message = place && place->mail ? message_find(work->store, list->id, id, NULL) : NULL;
    if (message) return message;
  }
  return NULL;
}

/* All that the parent held, its farewell and its own quotes too: clients quote those as well, and our row has
 * but its own words. NULL where the raw mail is gone, or is a heavy one. */
static char *whole_text(struct work *work, const struct message *parent)
{
  struct mail_row *row = parent->mail ? mail_get(work->store, parent->mail, NULL) : NULL;
  bool is_light = row && row->size_bytes <= RAW_BYTES;
  g_autoptr(GBytes) raw = is_light ? mail_bytes(work->store, parent->mail, NULL) : NULL;
  mail_row_free(row);
  gsize size = 0;
  const void *bytes = raw ? g_bytes_get_data(raw, &size) : NULL;
  if (!bytes) return NULL;
  g_autoptr(mail_t) mail = mail_read(bytes, size, &(struct mail_reading){ .without_language = true });
  return g_strdup(mail->text);
}

void parent_compare(struct work *work, struct incoming *incoming)
{
  struct mail *mail = incoming->mail;
  bool may_answer = mail->robot == MAIL_HUMAN && work->book;
  for (char **recipient = incoming->recipients; may_answer && *recipient; recipient++) {
    struct address_target target = addresses_look_up(work->book, work->keys, *recipient, work->now);
    g_autoptr(message_row) parent = by_token(work, &target);
    if (!parent && target.list)
      parent = by_references(work, mail, list_cache_by_name(work->lists, target.list));
    if (!parent || !parent->text) continue;
    g_autofree char *whole = whole_text(work, parent);
    mail_cut_again(mail, parent->text, whole);
    return;
  }
}
