/* The stock: pages of deliveries, and the set of those held.
 *
 * Pages are read behind the last place reached, since a query from the beginning steps over every recipient
 * already served. What becomes due behind that place is found by starting over, which the loop does when it
 * runs dry. The set of held deliveries makes sure that none that is under way, and so still "due" in the
 * store, is taken a second time. */
#include "mta-hooks/send/stock.h"

enum { LOOK_AGAIN_SECONDS = 5 };

struct place {
  int64_t letter, number;
};

struct stock {
  struct store *store;
  struct lots *lots;
  guint batch;
  struct place reached[2]; /* by priority */
  GQueue at_hand[2];       /* struct delivery* */
  GHashTable *held;        /* struct delivery*, by letter and number */
  bool is_dry[2];          /* the last page was not full: no need to ask again in this round */
  int64_t look_again;      /* when to ask the store for what was put off; 0: now */
};

static guint hash_delivery(gconstpointer data)
{
  const struct delivery *delivery = data;
  return (guint)(delivery->letter * 2654435761 + delivery->number);
}

static gboolean equal_deliveries(gconstpointer a, gconstpointer b)
{
  const struct delivery *first = a, *second = b;
  return first->letter == second->letter && first->number == second->number;
}

struct stock *stock_new(struct store *store, struct lots *lots, guint batch)
{
  struct stock *stock = g_new0(struct stock, 1);
  stock->store = store;
  stock->lots = lots;
  stock->batch = MAX(batch, 1);
  stock->held = g_hash_table_new(hash_delivery, equal_deliveries);
  for (int p = 0; p < 2; p++) g_queue_init(&stock->at_hand[p]);
  return stock;
}

void stock_free(struct stock *stock)
{
  if (stock == NULL) return;
  g_hash_table_destroy(stock->held);
  for (int p = 0; p < 2; p++) g_queue_clear_full(&stock->at_hand[p], (GDestroyNotify)delivery_free);
  g_free(stock);
}

/* Takes one delivery over, unless it is held already (then it is freed). */
static bool take_over(struct stock *stock, int priority, struct delivery *delivery, GError **error)
{
  struct lot *lot = NULL;
  if (!g_hash_table_contains(stock->held, delivery)) {
    lot = lots_find(stock->lots, delivery->letter, error);
    if (lot == NULL) {
      delivery_free(delivery);
      return false;
    }
    g_hash_table_add(stock->held, delivery);
    lot->held++;
    if (priority < 0) priority = lot->head->priority == LETTER_ORDINARY ? 0 : 1;
    g_queue_push_tail(&stock->at_hand[priority], delivery);
    return true;
  }
  delivery_free(delivery);
  return true;
}

/* Takes over a page; the array and what could not be taken is freed. */
static bool take_over_all(struct stock *stock, int priority, GPtrArray *page, GError **error)
{
  bool is_good = true;
  g_ptr_array_set_free_func(page, NULL);
  for (guint i = 0; i < page->len; i++) {
    struct delivery *delivery = g_ptr_array_index(page, i);
    if (is_good)
      is_good = take_over(stock, priority, delivery, error);
    else
      delivery_free(delivery);
  }
  g_ptr_array_free(page, TRUE);
  return is_good;
}

/* The next page of one priority. */
static bool read_due(struct stock *stock, int p, GError **error)
{
  struct place *reached = &stock->reached[p];
  int limit = (int)MAX(STOCK_PAGE, stock->batch);
  GPtrArray *page = outbox_due(stock->store, p == 0 ? LETTER_ORDINARY : LETTER_BULK, reached->letter,
                               reached->number, limit, error);
  if (page == NULL) return false;
  struct place behind = *reached;
  if (page->len > 0) {
    const struct delivery *last = g_ptr_array_index(page, page->len - 1);
    behind = (struct place){ .letter = last->letter, .number = last->number };
  }
  stock->is_dry[p] = page->len < (guint)limit;
  if (!take_over_all(stock, p, page, error)) return false;
  *reached = behind;
  return true;
}

/* What was put off and whose time has come. Those under way are still among them in the store, so it is not
 * asked again at once. */
static bool read_retries(struct stock *stock, int64_t now, GError **error)
{
  if (now < stock->look_again || stock->at_hand[0].length + stock->at_hand[1].length >= STOCK_PAGE)
    return true;
  GError *why = NULL;
  int64_t next = outbox_next_retry(stock->store, &why);
  if (why != NULL) {
    g_propagate_error(error, why);
    return false;
  }
  stock->look_again = next > 0 ? next : G_MAXINT64;
  if (now < stock->look_again) return true;
  int limit = STOCK_PAGE + (int)g_hash_table_size(stock->held);
  GPtrArray *page = outbox_retry(stock->store, now, limit, error);
  if (page == NULL) return false;
  stock->look_again = page->len < (guint)limit ? now + LOOK_AGAIN_SECONDS : 0;
  return take_over_all(stock, -1, page, error);
}

bool stock_fill(struct stock *stock, int64_t now, bool from_start, GError **error)
{
  for (int p = 0; p < 2; p++) {
    stock->is_dry[p] = false;
    if (from_start) stock->reached[p] = (struct place){ 0 };
  }
  if (from_start) stock->look_again = 0;
  if (!read_retries(stock, now, error)) return false;
  if (stock->at_hand[0].length == 0 && !read_due(stock, 0, error)) return false;
  return stock->at_hand[1].length >= stock->batch || read_due(stock, 1, error);
}

/* Does this copy of a letter to many go in an envelope of its own? (Members under suspicion.) */
static bool is_alone(const struct delivery *delivery)
{
  return delivery->envelope_from != NULL && *delivery->envelope_from != '\0';
}

/* Takes from one queue, as many as fit one envelope. */
static GPtrArray *take_from(GQueue *queue, const struct lot *lot, guint most)
{
  GPtrArray *taken = g_ptr_array_new();
  do {
    g_ptr_array_add(taken, g_queue_pop_head(queue));
    const struct delivery *following = g_queue_peek_head(queue);
    if (following == NULL || following->letter != lot->id || is_alone(following)) break;
    if (is_alone(g_ptr_array_index(taken, taken->len - 1))) break;
  } while (taken->len < most);
  return taken;
}

GPtrArray *stock_take(struct stock *stock, int priority, struct lot **lot, GError **error)
{
  int p = priority == LETTER_ORDINARY ? 0 : 1;
  if (stock->at_hand[p].length == 0 && !stock->is_dry[p] && !read_due(stock, p, error)) return NULL;
  const struct delivery *first = g_queue_peek_head(&stock->at_hand[p]);
  if (first == NULL) return NULL;
  *lot = lots_find(stock->lots, first->letter, error);
  if (*lot == NULL || !lots_may_load(stock->lots, *lot)) return NULL;
  bool is_scarce =
      (*lot)->head->is_batch && stock->at_hand[p].length < stock->batch; /* rather full envelopes */
  if (is_scarce && !stock->is_dry[p] && !read_due(stock, p, error)) return NULL;
  return take_from(&stock->at_hand[p], *lot, (*lot)->head->is_batch ? stock->batch : 1);
}

void stock_release(struct stock *stock, const struct delivery *delivery)
{
  g_hash_table_remove(stock->held, delivery);
  struct lot *lot = lots_find(stock->lots, delivery->letter, NULL);
  if (lot != NULL && lot->held > 0) lot->held--;
}

guint stock_held(const struct stock *stock)
{
  return g_hash_table_size(stock->held);
}

void stock_note_deferred(struct stock *stock, int64_t next_try)
{
  stock->look_again = MIN(stock->look_again, next_try);
}

int64_t stock_next_look(const struct stock *stock)
{
  return stock->look_again;
}
