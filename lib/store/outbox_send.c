/* The sender's side of the outbox; see outbox.h. What is due is found by walking the letters that have
 * something due and their rows by key; there is no index over states, which every answer of the MTA would
 * have to keep. Marks are one UPDATE each, and the letter's counts one UPDATE for all of its marks in a
 * batch. What the MTA refused for good is put down once more, in the table failure: whoever judges bounces
 * takes it from there. */
#include "lib/base/fault.h"
#include "lib/store/outbox_internal.h"

static const char *const state_words[] = { [DELIVERY_DUE] = "due",
                                           [DELIVERY_SENT] = "sent",
                                           [DELIVERY_DEFERRED] = "deferred",
                                           [DELIVERY_FAILED] = "failed" };
_Static_assert(G_N_ELEMENTS(state_words) == DELIVERY_FAILED + 1, "a word for each state");
enum { REPLY_BYTES = 500 };

static enum delivery_state state_of(const char *word)
{
  for (guint i = 0; word && i < G_N_ELEMENTS(state_words); i++)
    if (g_str_equal(word, state_words[i])) return (enum delivery_state)i;
  return DELIVERY_FAILED;
}

void *outbox_read_delivery(const struct rows *rows)
{
  struct delivery *delivery = g_new0(struct delivery, 1);
  delivery->letter = column_int(rows, 0);
  delivery->number = column_int(rows, 1);
  delivery->person = column_int(rows, 2);
  delivery->address = column_text(rows, 3);
  delivery->envelope_from = column_text(rows, 4);
  delivery->slots = column_text(rows, 5);
  g_autofree char *state = column_text(rows, 6);
  delivery->state = state_of(state);
  delivery->attempts = (int)column_int(rows, 7);
  delivery->first_try = column_int(rows, 8);
  delivery->next_try = column_int(rows, 9);
  delivery->at = column_int(rows, 10);
  delivery->reply = column_text(rows, 11);
  return delivery;
}

/* Appends up to `limit` rows of one letter. */
static bool add_rows(struct rows rows, GPtrArray *found, GError **error)
{
  while (rows_next(&rows, error)) g_ptr_array_add(found, outbox_read_delivery(&rows));
  return rows_end(&rows);
}

/* Walks letters (found by `next_letter` from an id on) and their rows (by `deliveries` after a number). */
static GPtrArray *walk(struct store *store, bool is_due, int priority, int64_t after_letter,
                       int64_t after_number, int limit, GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)delivery_free);
  for (int64_t from = after_letter; (int)found->len < limit;) {
    int64_t letter;
    bool is_read = is_due
                       ? db_number(store->db, Q_LETTER_NEXT_DUE, 0, &letter, error, INT(priority), INT(from))
                       : db_number(store->db, Q_LETTER_NEXT_OPEN, 0, &letter, error, INT(from));
    if (!is_read) return NULL;
    if (!letter) break;
    if (!add_rows(db_query(store->db, is_due ? Q_DELIVERIES_DUE : Q_DELIVERIES_OPEN, INT(letter),
                           INT(letter == after_letter ? after_number : 0), INT(limit - (int)found->len)),
                  found, error))
      return NULL;
    from = letter + 1;
  }
  return g_steal_pointer(&found);
}

GPtrArray *outbox_due(struct store *store, int priority, int64_t after_letter, int64_t after_number,
                      int limit, GError **error)
{
  return walk(store, true, priority, after_letter, after_number, limit, error);
}

GPtrArray *outbox_page(struct store *store, int64_t after_letter, int64_t after_number, int limit,
                       bool open_only, GError **error)
{
  if (open_only) return walk(store, false, 0, after_letter, after_number, limit, error);
  return rows_collect(
      db_query(store->db, Q_DELIVERIES_PAGE, INT(after_letter), INT(after_number), INT(limit)),
      outbox_read_delivery, (GDestroyNotify)delivery_free, error);
}

GPtrArray *outbox_retry(struct store *store, int64_t now, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_DELIVERIES_TO_RETRY, INT(now), INT(limit)), outbox_read_delivery,
                      (GDestroyNotify)delivery_free, error);
}

int64_t outbox_next_retry(struct store *store, GError **error)
{
  int64_t next;
  return db_number(store->db, Q_DELIVERY_NEXT_RETRY, 0, &next, error) ? next : 0;
}

/* What the marks of one letter do to its counts. */
struct tally {
  int64_t letter, due, deferred, at;
};

/* Writes one delivery that is in state `from`; *met: it was. */
static bool mark_from(struct store *store, const struct delivery *delivery, enum delivery_state from,
                      bool *met, GError **error)
{
  const char *reply = delivery->reply ? delivery->reply : "", *end;
  g_autofree char *cut = NULL;
  if (!g_utf8_validate(reply, -1, &end) || strlen(reply) > REPLY_BYTES) {
    cut = g_utf8_make_valid(reply, (gssize)MIN(strlen(reply), (gsize)REPLY_BYTES));
    reply = cut;
  }
  bool is_done = db_run(store->db, Q_DELIVERY_MARK, error, INT(delivery->letter), INT(delivery->number),
                        TEXT(state_words[from]), TEXT(state_words[delivery->state]), INT(delivery->attempts),
                        INT(delivery->first_try), INT(delivery->next_try), TEXT(reply), INT(delivery->at));
  *met = is_done && db_changes(store->db) == 1;
  return is_done;
}

/* Marks one delivery; one that is settled already stays as it is. */
static bool mark(struct store *store, const struct delivery *delivery, struct tally *tally, GError **error)
{
  bool was_due, was_deferred = false;
  if (!mark_from(store, delivery, DELIVERY_DUE, &was_due, error)) return false;
  if (!was_due && !mark_from(store, delivery, DELIVERY_DEFERRED, &was_deferred, error)) return false;
  if (!was_due && !was_deferred) return true;
  if (delivery->state == DELIVERY_FAILED &&
      !db_run(store->db, Q_FAILURE_PUT, error, INT(delivery->letter), INT(delivery->number)))
    return false;
  tally->due += (delivery->state == DELIVERY_DUE) - was_due;
  tally->deferred += (delivery->state == DELIVERY_DEFERRED) - was_deferred;
  tally->at = MAX(tally->at, delivery->at);
  return true;
}

/* Brings the letter's counts up to date and closes it if that was all. */
static bool settle(struct store *store, const struct tally *tally, GError **error)
{
  if (tally->due == 0 && tally->deferred == 0) return true;
  return db_run(store->db, Q_LETTER_COUNT, error, INT(tally->letter), INT(tally->due),
                INT(tally->deferred)) &&
         outbox_close_letter(store, tally->letter, tally->at, error);
}

bool outbox_mark(struct store *store, const struct delivery *const *deliveries, gsize count, GError **error)
{
  struct tally tally = { 0 };
  for (gsize i = 0; i < count; i++) {
    if (deliveries[i]->letter != tally.letter) {
      if (!settle(store, &tally, error)) return false;
      tally = (struct tally){ .letter = deliveries[i]->letter };
    }
    if (!mark(store, deliveries[i], &tally, error)) return false;
  }
  return settle(store, &tally, error);
}
