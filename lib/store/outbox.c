/* Letters as rows; see outbox.h. Expansion is in outbox_expand.c, sending in outbox_send.c.
 *
 * A letter's row is small and changes often (cursor, counts of what is due and deferred); its content is
 * written once, into a table of its own. The counts make it cheap to know which letters have work, and when
 * one is done: nobody scans deliveries for that. */
#include "lib/base/fault.h"
#include "lib/store/outbox_internal.h"
#include "lib/store/people/people.h"

void letter_free(struct letter *letter)
{
  if (!letter) return;
  g_free(letter->purpose);
  if (letter->content) g_bytes_unref(letter->content);
  g_free(letter->envelope_from);
  g_free(letter->delivery);
  g_free(letter);
}

void delivery_free(struct delivery *delivery)
{
  if (!delivery) return;
  g_free(delivery->address);
  g_free(delivery->envelope_from);
  g_free(delivery->slots);
  g_free(delivery->reply);
  g_free(delivery);
}

void *outbox_read_letter(const struct rows *rows)
{
  struct letter *letter = g_new0(struct letter, 1);
  letter->id = column_int(rows, 0);
  letter->purpose = column_text(rows, 1);
  letter->priority = (int)column_int(rows, 2);
  letter->list = column_int(rows, 3);
  letter->mail = column_int(rows, 4);
  letter->message = column_int(rows, 5);
  letter->is_batch = column_int(rows, 6) != 0;
  letter->envelope_from = column_text(rows, 7);
  letter->created = column_int(rows, 8);
  letter->change = column_int(rows, 9);
  letter->except_person = column_int(rows, 10);
  letter->cursor = column_int(rows, 11);
  letter->is_expanded = column_int(rows, 12) != 0;
  letter->is_paused = column_int(rows, 13) != 0;
  letter->deliveries = column_int(rows, 14);
  letter->delivery = column_text(rows, 15);
  return letter;
}

/* Writes row and content; deliveries: rows that the caller writes with it, all due. */
static bool insert_letter(struct store *store, struct letter *letter, bool is_to_members, int deliveries,
                          GError **error)
{
  gsize size;
  letter->is_expanded = !is_to_members;
  letter->deliveries = deliveries;
  if (!db_insert(store->db, Q_LETTER_INSERT, &letter->id, error, TEXT(letter->purpose), INT(letter->priority),
                 ID(letter->list), ID(letter->mail), ID(letter->message), INT(is_to_members),
                 INT(letter->is_batch), TEXT(letter->envelope_from), INT(letter->created),
                 INT(letter->change), INT(letter->except_person), INT(letter->is_expanded), INT(deliveries),
                 TEXT(letter->delivery ? letter->delivery : "each")))
    return false;
  const void *bytes = g_bytes_get_data(letter->content, &size);
  return db_run(store->db, Q_LETTER_INSERT_CONTENT, error, INT(letter->id), BLOB(bytes, size));
}

bool outbox_put_to_members(struct store *store, struct letter *letter, GError **error)
{
  if (!letter->list) return fault_set(error, FAULT_BUG, "A letter to members needs a list");
  if (!letter->change && (letter->change = members_change(store, error)) < 0) return false;
  return insert_letter(store, letter, true, 0, error);
}

bool letter_set_envelope(struct store *store, int64_t id, const char *envelope_from, GError **error)
{
  return db_run(store->db, Q_LETTER_SET_ENVELOPE, error, INT(id), TEXT(envelope_from));
}

bool outbox_put_delivery(struct store *store, const struct delivery *delivery, GError **error)
{
  return db_run(store->db, Q_DELIVERY_INSERT, error, INT(delivery->letter), INT(delivery->number),
                INT(delivery->person), TEXT(delivery->address), TEXT(delivery->envelope_from),
                TEXT(delivery->slots));
}

bool outbox_put_to_one(struct store *store, struct letter *letter, int64_t person, const char *address,
                       outbox_fill *fill, void *data, GError **error)
{
  if (!insert_letter(store, letter, false, 1, error)) return false;
  g_autoptr(delivery_t) delivery = g_new0(struct delivery, 1);
  delivery->letter = letter->id;
  delivery->number = 1;
  delivery->person = person;
  delivery->address = g_strdup(address);
  if (fill) fill(letter, delivery, data);
  return outbox_put_delivery(store, delivery, error);
}

struct letter *letter_get(struct store *store, int64_t id, bool with_content, GError **error)
{
  g_autoptr(letter_t) letter =
      rows_first(db_query(store->db, Q_LETTER_GET, INT(id)), outbox_read_letter, error);
  if (!letter || !with_content) return g_steal_pointer(&letter);
  letter->content = db_blob(store->db, "letter_content", "bytes", id, error);
  return letter->content ? g_steal_pointer(&letter) : NULL;
}

GPtrArray *letters_paused(struct store *store, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_LETTERS_PAUSED, INT(after), INT(limit)), outbox_read_letter,
                      (GDestroyNotify)letter_free, error);
}

/* Fails unless the last statement met its row. */
static bool met_letter(struct store *store, int64_t id, const char *sentence_end, GError **error)
{
  return db_changes(store->db) == 1 ||
         fault_set(error, FAULT_INPUT, "There is no letter %" G_GINT64_FORMAT "%s", id, sentence_end);
}

bool letter_resume(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_LETTER_RESUME, error, INT(id)) && met_letter(store, id, " that waits", error);
}

bool letter_drop(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_LETTER_DELETE, error, INT(id)) && met_letter(store, id, "", error);
}

bool outbox_close_letter(struct store *store, int64_t letter, int64_t at, GError **error)
{
  return db_run(store->db, Q_LETTER_CLOSE, error, INT(letter), INT(at));
}

/* Removes up to `limit` deliveries of a closed letter, and the letter once none is left; *removed counts the
 * rows. */
static bool prune_letter(struct store *store, int64_t letter, int limit, int *removed, GError **error)
{
  if (!db_run(store->db, Q_DELIVERIES_DELETE, error, INT(letter), INT(limit))) return false;
  int deliveries = db_changes(store->db);
  *removed += deliveries;
  if (deliveries == limit) return true;
  ++*removed;
  return db_run(store->db, Q_LETTER_DELETE, error, INT(letter));
}

int outbox_prune(struct store *store, int64_t before, int limit, GError **error)
{
  int removed = 0;
  while (removed < limit) {
    int64_t letter;
    if (!db_number(store->db, Q_LETTER_NEXT_CLOSED, 0, &letter, error, INT(before))) return -1;
    if (!letter) break;
    if (!prune_letter(store, letter, limit - removed, &removed, error)) return -1;
  }
  return removed;
}
