/* Messages as rows; see threads.h. A message has a place in its thread from the moment it is known of: a
 * stand-in (without a mail) for one that was referred to holds the place for the real one. Counters never
 * count stand-ins. */
#include "lib/base/fault.h"
#include "lib/store/counters.h"
#include "lib/store/threads.h"

void attachment_free(struct attachment *attachment)
{
  if (!attachment) return;
  g_free(attachment->filename);
  g_free(attachment->type);
  g_free(attachment->part);
  g_free(attachment);
}

void message_free(struct message *message)
{
  if (!message) return;
  char *texts[] = { message->message_id, message->from_name, message->from_address, message->subject,
                    message->text };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  if (message->attachments) g_ptr_array_unref(message->attachments);
  g_free(message);
}

static struct message *read_columns(const struct rows *rows)
{
  struct message *message = g_new0(struct message, 1);
  message->id = column_int(rows, 0);
  message->list = column_int(rows, 1);
  message->thread = column_int(rows, 2);
  message->position = column_int(rows, 3);
  message->message_id = column_text(rows, 4);
  message->parent = column_int(rows, 5);
  message->depth = (int)column_int(rows, 6);
  message->mail = column_int(rows, 7);
  return message;
}

static void *read_place(const struct rows *rows)
{
  struct message *message = read_columns(rows);
  message->from_name = g_strdup("");
  message->from_address = g_strdup("");
  message->subject = g_strdup("");
  message->text = g_strdup("");
  return message;
}

static void *read_message(const struct rows *rows)
{
  struct message *message = read_columns(rows);
  message->person = column_int(rows, 8);
  message->from_name = column_text(rows, 9);
  message->from_address = column_text(rows, 10);
  message->subject = column_text(rows, 11);
  message->text = column_text(rows, 12);
  message->received = column_int(rows, 13);
  message->written = column_int(rows, 14);
  message->is_public = column_int(rows, 15) != 0;
  message->from_token_key = (unsigned)column_int(rows, 16);
  return message;
}

static bool put_attachments(struct store *store, const struct message *message, GError **error)
{
  for (guint i = 0; message->attachments && i < message->attachments->len; i++) {
    struct attachment *attachment = message->attachments->pdata[i];
    attachment->number = (int)i + 1;
    if (!db_run(store->db, Q_ATTACHMENT_INSERT, error, INT(message->id), INT(attachment->number),
                TEXT(attachment->filename), TEXT(attachment->type), TEXT(attachment->part),
                INT(attachment->size_bytes)))
      return false;
  }
  return true;
}

/* A stand-in counts nothing and is never public. */
static bool counts_as_public(const struct message *message)
{
  return message->mail && message->is_public;
}

/* Takes the next place of the thread and counts the message there; *is_first: nothing of the thread was
 * public before. */
static bool take_place(struct store *store, struct message *message, bool *is_first, int64_t *year,
                       int64_t *month, GError **error)
{
  bool is_public = counts_as_public(message);
  struct rows rows = db_query(store->db, Q_THREAD_NEXT_PLACE, INT(message->thread));
  message->position = 0;
  if (rows_next(&rows, error)) {
    message->position = column_int(&rows, 0);
    *is_first = is_public && column_int(&rows, 1) == 0;
    *year = column_int(&rows, 2);
    *month = column_int(&rows, 3);
  }
  if (!rows_end(&rows)) return false;
  if (!message->position)
    return fault_set(error, FAULT_BUG, "There is no thread %" G_GINT64_FORMAT, message->thread);
  return db_run(store->db, Q_THREAD_ADD_MESSAGE, error, INT(message->thread), INT(message->mail != 0),
                INT(is_public));
}

bool message_create(struct store *store, struct message *message, GError **error)
{
  bool is_first = false;
  int64_t year = 0, month = 0;
  if (!take_place(store, message, &is_first, &year, &month, error)) return false;
  if (!db_insert(store->db, Q_MESSAGE_INSERT, &message->id, error, INT(message->list), INT(message->thread),
                 INT(message->position), TEXT(message->message_id), ID(message->parent), INT(message->depth),
                 ID(message->mail), ID(message->person), TEXT(message->from_name),
                 TEXT(message->from_address), TEXT(message->subject), TEXT(message->text),
                 INT(message->received), INT(message->written), INT(counts_as_public(message)),
                 INT(message->from_token_key)))
    return false;
  if (!put_attachments(store, message, error)) return false;
  if (is_first && !counters_thread(store, message->list, year, month, 1, error)) return false;
  return counters_list(store, message->list, message->received, counts_as_public(message), error);
}

bool message_fill(struct store *store, struct message *message, GError **error)
{
  struct rows rows =
      db_query(store->db, Q_MESSAGE_FILL, INT(message->id), ID(message->parent), INT(message->depth),
               ID(message->mail), ID(message->person), TEXT(message->from_name), TEXT(message->from_address),
               TEXT(message->subject), TEXT(message->text), INT(message->received), INT(message->written),
               INT(counts_as_public(message)), INT(message->from_token_key));
  bool was_there = false;
  while (rows_next(&rows, error)) {
    was_there = true;
    message->thread = column_int(&rows, 0);
    message->list = column_int(&rows, 1);
    message->position = column_int(&rows, 2);
  }
  if (!rows_end(&rows)) return false;
  if (!was_there)
    return fault_set(error, FAULT_BUG, "Message %" G_GINT64_FORMAT " is no stand-in", message->id);
  return put_attachments(store, message, error) &&
         counters_message(store, message->list, message->thread, message->received, message->mail != 0,
                          counts_as_public(message), error);
}

bool message_set_parent(struct store *store, int64_t id, int64_t parent, int depth, GError **error)
{
  return db_run(store->db, Q_MESSAGE_SET_PARENT, error, INT(id), ID(parent), INT(depth));
}

bool message_set_public(struct store *store, int64_t id, bool is_public, GError **error)
{
  int64_t thread = 0, list = 0, received = 0;
  struct rows rows = db_query(store->db, Q_MESSAGE_SET_PUBLIC, INT(id), INT(is_public));
  while (rows_next(&rows, error)) {
    thread = column_int(&rows, 0);
    list = column_int(&rows, 1);
    received = column_int(&rows, 2);
  }
  if (!rows_end(&rows)) return false;
  return !thread || counters_message(store, list, thread, received, 0, is_public ? 1 : -1, error);
}

struct message *message_find(struct store *store, int64_t list, const char *message_id, GError **error)
{
  return rows_first(db_query(store->db, Q_MESSAGE_BY_MESSAGE_ID, INT(list), TEXT(message_id)), read_message,
                    error);
}

struct message *message_place(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_MESSAGE_PLACE, INT(id)), read_place, error);
}

struct message *message_find_place(struct store *store, int64_t list, const char *message_id, GError **error)
{
  return rows_first(db_query(store->db, Q_MESSAGE_PLACE_BY_MESSAGE_ID, INT(list), TEXT(message_id)),
                    read_place, error);
}

struct message *message_of_mail(struct store *store, int64_t list, int64_t mail, GError **error)
{
  return rows_first(db_query(store->db, Q_MESSAGE_BY_MAIL, INT(list), INT(mail)), read_message, error);
}

int64_t messages_count_since(struct store *store, int64_t list, const char *address, int64_t since,
                             GError **error)
{
  int64_t count;
  return db_number(store->db, Q_MESSAGES_COUNT_SINCE, 0, &count, error, INT(list), TEXT(address), INT(since))
             ? count
             : -1;
}

bool messages_any_of_person(struct store *store, int64_t list, int64_t person, bool *any, GError **error)
{
  int64_t found = 0;
  if (!db_number(store->db, Q_MESSAGES_ANY_OF_PERSON, 0, &found, error, INT(list), INT(person))) return false;
  *any = found != 0;
  return true;
}

static GPtrArray *collect(struct rows rows, GError **error)
{
  return rows_collect(rows, read_message, (GDestroyNotify)message_free, error);
}

static void *read_attachment(const struct rows *rows)
{
  struct attachment *attachment = g_new0(struct attachment, 1);
  attachment->number = (int)column_int(rows, 0);
  attachment->filename = column_text(rows, 1);
  attachment->type = column_text(rows, 2);
  attachment->part = column_text(rows, 3);
  attachment->size_bytes = column_int(rows, 4);
  return attachment;
}

/* Fills in the attachments of a message that has some. */
static bool load_attachments(struct store *store, struct message *message, GError **error)
{
  if (!message->mail) return true;
  message->attachments = rows_collect(db_query(store->db, Q_ATTACHMENTS_OF, INT(message->id)),
                                      read_attachment, (GDestroyNotify)attachment_free, error);
  if (!message->attachments) return false;
  if (message->attachments->len == 0) g_clear_pointer(&message->attachments, g_ptr_array_unref);
  return true;
}

struct message *message_get(struct store *store, int64_t id, GError **error)
{
  g_autoptr(message_row) message =
      rows_first(db_query(store->db, Q_MESSAGE_GET, INT(id)), read_message, error);
  if (!message || !load_attachments(store, message, error)) return NULL;
  return g_steal_pointer(&message);
}

GPtrArray *messages_of_thread_part(struct store *store, int64_t thread, int part, GError **error)
{
  g_autoptr(GPtrArray) messages = collect(
      db_query(store->db, Q_MESSAGES_OF_THREAD, INT(thread), INT((int64_t)(part - 1) * THREAD_PART_MESSAGES),
               INT((int64_t)part * THREAD_PART_MESSAGES), INT(THREAD_PART_MESSAGES)),
      error);
  for (guint i = 0; messages && i < messages->len; i++)
    if (!load_attachments(store, messages->pdata[i], error)) return NULL;
  return g_steal_pointer(&messages);
}

GPtrArray *messages_of_thread(struct store *store, int64_t thread, int64_t after_position, int limit,
                              GError **error)
{
  return collect(
      db_query(store->db, Q_MESSAGES_OF_THREAD, INT(thread), INT(after_position), INT(INT64_MAX), INT(limit)),
      error);
}

GPtrArray *messages_latest(struct store *store, int64_t list, int limit, bool public_only, GError **error)
{
  enum query query = public_only ? Q_MESSAGES_LATEST_PUBLIC : Q_MESSAGES_LATEST;
  return collect(db_query(store->db, query, INT(list), INT(limit)), error);
}

GPtrArray *messages_unpublished(struct store *store, int64_t list, int64_t after, int limit, GError **error)
{
  return collect(db_query(store->db, Q_MESSAGES_UNPUBLISHED, INT(list), INT(after), INT(limit)), error);
}

GPtrArray *messages_after(struct store *store, int64_t list, int64_t after, int64_t now, int limit,
                          GError **error)
{
  return collect(db_query(store->db, Q_MESSAGES_AFTER, INT(list), INT(after), INT(limit), INT(now)), error);
}

GPtrArray *messages_children(struct store *store, int64_t parent, GError **error)
{
  return collect(db_query(store->db, Q_MESSAGES_CHILDREN, INT(parent)), error);
}
