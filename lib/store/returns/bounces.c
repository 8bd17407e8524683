/* Addresses that bounce, failed deliveries, suppressed addresses; see bounces.h. */
#include "lib/store/returns/bounces.h"

#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/outbox_internal.h"

void bounce_free(struct bounce *bounce)
{
  if (!bounce) return;
  g_free(bounce->address);
  g_free(bounce);
}

static void *read_bounce(const struct rows *rows)
{
  struct bounce *bounce = g_new0(struct bounce, 1);
  bounce->person = column_int(rows, 0);
  bounce->address = column_text(rows, 1);
  bounce->score = (int)column_int(rows, 2);
  bounce->counted = column_int(rows, 3);
  bounce->letter = column_int(rows, 4);
  bounce->suspect_until = column_int(rows, 5);
  bounce->paused = column_int(rows, 6);
  bounce->probes = (int)column_int(rows, 7);
  bounce->returned = (int)column_int(rows, 8);
  bounce->due = column_int(rows, 9);
  return bounce;
}

struct bounce *bounce_get(struct store *store, int64_t person, const char *address, GError **error)
{
  GError *failed = NULL;
  struct bounce *bounce =
      rows_first(db_query(store->db, Q_BOUNCE_GET, INT(person), TEXT(address)), read_bounce, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  if (bounce) return bounce;
  bounce = g_new0(struct bounce, 1);
  bounce->person = person;
  bounce->address = g_strdup(address);
  return bounce;
}

bool bounce_put(struct store *store, const struct bounce *bounce, GError **error)
{
  return db_run(store->db, Q_BOUNCE_PUT, error, INT(bounce->person), TEXT(bounce->address),
                INT(bounce->score), INT(bounce->counted), INT(bounce->letter), INT(bounce->suspect_until),
                INT(bounce->paused), INT(bounce->probes), INT(bounce->returned), INT(bounce->due));
}

bool bounce_remove(struct store *store, int64_t person, const char *address, GError **error)
{
  return db_run(store->db, Q_BOUNCE_REMOVE, error, INT(person), TEXT(address));
}

GPtrArray *bounces_of_person(struct store *store, int64_t person, GError **error)
{
  return rows_collect(db_query(store->db, Q_BOUNCES_OF_PERSON, INT(person)), read_bounce,
                      (GDestroyNotify)bounce_free, error);
}

GPtrArray *bounces_due(struct store *store, int64_t now, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_BOUNCES_DUE, INT(now), INT(limit)), read_bounce,
                      (GDestroyNotify)bounce_free, error);
}

/* Expansion goes by person, so a letter's numbers rise with the persons: a search by halves needs no index
 * over all deliveries, which every copy of every post would have to keep. */
struct delivery *delivery_find(struct store *store, const struct letter *letter, int64_t person,
                               GError **error)
{
  int64_t low = 1, high = letter->deliveries;
  while (low <= high) {
    int64_t middle = low + (high - low) / 2;
    struct delivery *delivery = rows_first(db_query(store->db, Q_DELIVERY_GET, INT(letter->id), INT(middle)),
                                           outbox_read_delivery, error);
    if (!delivery || delivery->person == person) return delivery;
    if (delivery->person < person)
      low = middle + 1;
    else
      high = middle - 1;
    delivery_free(delivery);
  }
  return NULL;
}

GPtrArray *failures_page(struct store *store, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_FAILURES_PAGE, INT(limit)), outbox_read_delivery,
                      (GDestroyNotify)delivery_free, error);
}

bool failure_remove(struct store *store, int64_t letter, int64_t number, GError **error)
{
  return db_run(store->db, Q_FAILURE_REMOVE, error, INT(letter), INT(number));
}

bool suppression_put(struct store *store, const char *address, const char *reason, int64_t now,
                     GError **error)
{
  return db_run(store->db, Q_SUPPRESSION_PUT, error, TEXT(address), INT(now), TEXT(reason));
}

bool suppression_is(struct store *store, const char *address, bool *is_suppressed, GError **error)
{
  int64_t since = 0;
  *is_suppressed = false;
  if (!db_number(store->db, Q_SUPPRESSION_SINCE, 0, &since, error, TEXT(address))) return false;
  *is_suppressed = since != 0;
  return true;
}

bool suppression_remove(struct store *store, const char *address, GError **error)
{
  return db_run(store->db, Q_SUPPRESSION_REMOVE, error, TEXT(address));
}
