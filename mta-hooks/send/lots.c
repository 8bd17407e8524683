/* Keeping the letters under way.
 *
 * A bulk letter's content is read once and stays while its mails go out; ordinary letters have one each, so
 * how many are loaded at a time is bounded by their bytes, each priority by itself (a large bulk letter must
 * not keep ordinary ones out). A content is forgotten two seconds after its last use, since a letter that is
 * still being expanded runs dry between two slices. */
#include "mta-hooks/send/lots.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"

enum { UNUSED_MS = 2000, LOTS_MAX = 4096 };

struct lots {
  struct store *store;
  GHashTable *by_id; /* int64_t* in the lot → struct lot */
  gsize loaded_bytes[2];
};

static int priority_of(const struct lot *lot)
{
  return lot->head->priority == LETTER_ORDINARY ? 0 : 1;
}

static void unload(struct lots *lots, struct lot *lot)
{
  if (lot->outgoing == NULL) return;
  lots->loaded_bytes[priority_of(lot)] -= lot->loaded_bytes;
  lot->loaded_bytes = 0;
  outgoing_unref(g_steal_pointer(&lot->outgoing));
}

static void free_lot(gpointer data)
{
  struct lot *lot = data;
  if (lot->outgoing != NULL) outgoing_unref(lot->outgoing);
  letter_free(lot->head);
  g_free(lot);
}

struct lots *lots_new(struct store *store)
{
  struct lots *lots = g_new0(struct lots, 1);
  lots->store = store;
  lots->by_id = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_lot);
  return lots;
}

void lots_free(struct lots *lots)
{
  if (lots == NULL) return;
  g_hash_table_destroy(lots->by_id);
  g_free(lots);
}

/* A letter of the store; that it is gone although its deliveries were there is ours to explain. */
static struct letter *read_letter(struct lots *lots, int64_t id, bool with_content, GError **error)
{
  GError *why = NULL;
  struct letter *letter = letter_get(lots->store, id, with_content, &why);
  if (letter != NULL) return letter;
  if (why != NULL)
    g_propagate_error(error, why);
  else
    fault_set(error, FAULT_TEMPORARY, "Letter %" G_GINT64_FORMAT " has left the outbox.", id);
  return NULL;
}

struct lot *lots_find(struct lots *lots, int64_t letter, GError **error)
{
  struct lot *lot = g_hash_table_lookup(lots->by_id, &letter);
  if (lot != NULL) return lot;
  struct letter *head = read_letter(lots, letter, false, error);
  if (head == NULL) return NULL;
  lot = g_new0(struct lot, 1);
  lot->id = letter;
  lot->head = head;
  lot->begun_ms = lot->used_ms = clock_monotonic_ms();
  g_hash_table_insert(lots->by_id, &lot->id, lot);
  return lot;
}

bool lots_may_load(struct lots *lots, const struct lot *lot)
{
  if (lot->outgoing != NULL || lots->loaded_bytes[priority_of(lot)] < LOTS_CONTENT_MAX_BYTES) return true;
  lots_tidy(lots, clock_monotonic_ms());
  return lots->loaded_bytes[priority_of(lot)] < LOTS_CONTENT_MAX_BYTES;
}

struct outgoing *lots_load(struct lots *lots, struct lot *lot, GError **error)
{
  lot->used_ms = clock_monotonic_ms();
  if (lot->outgoing != NULL) return lot->outgoing;
  struct letter *letter = read_letter(lots, lot->id, true, error);
  if (letter == NULL) return NULL;
  lot->loaded_bytes = g_bytes_get_size(letter->content);
  lot->outgoing = outgoing_new(letter);
  lots->loaded_bytes[priority_of(lot)] += lot->loaded_bytes;
  return lot->outgoing;
}

void lots_tidy(struct lots *lots, int64_t now_ms)
{
  GHashTableIter iter;
  gpointer value;
  bool is_crowded = g_hash_table_size(lots->by_id) > LOTS_MAX;
  g_hash_table_iter_init(&iter, lots->by_id);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    struct lot *lot = value;
    if (lot->held > 0) continue;
    bool is_tight = lots->loaded_bytes[priority_of(lot)] >= LOTS_CONTENT_MAX_BYTES;
    if (is_tight || is_crowded || now_ms - lot->used_ms > UNUSED_MS) unload(lots, lot);
    if (is_crowded) g_hash_table_iter_remove(&iter);
  }
}

/* Has the letter any delivery that is still to be made? */
static bool is_finished(struct lots *lots, const struct lot *lot, const struct letter *letter, bool *finished,
                        GError **error)
{
  *finished = false;
  if (!letter->is_expanded || lot->deferred > 0) return true;
  *finished = lot->sent + lot->failed >= letter->deliveries;
  if (*finished) return true;
  /* begun by an earlier life of this process: ask */
  g_autoptr(GPtrArray) open = outbox_page(lots->store, lot->id, 0, 1, true, error);
  if (open == NULL) return false;
  *finished = open->len == 0 || ((const struct delivery *)g_ptr_array_index(open, 0))->letter != lot->id;
  g_ptr_array_set_free_func(open, (GDestroyNotify)delivery_free);
  return true;
}

bool lots_check_finished(struct lots *lots, struct lot *lot, int64_t now_ms, GError **error)
{
  bool finished = false;
  if (lot->held > 0) return true;
  g_autoptr(letter_t) letter = read_letter(lots, lot->id, false, error);
  if (letter == NULL || !is_finished(lots, lot, letter, &finished, error)) return false;
  if (!finished) return true;
  log_line("letter=%" G_GINT64_FORMAT " purpose=%s list=%" G_GINT64_FORMAT
           " state=finished sent=%" G_GINT64_FORMAT " failed=%" G_GINT64_FORMAT " seconds=%.1f",
           lot->id, letter->purpose, letter->list, lot->sent, lot->failed,
           (double)(now_ms - lot->begun_ms) / 1000);
  unload(lots, lot);
  g_hash_table_remove(lots->by_id, &lot->id);
  return true;
}
