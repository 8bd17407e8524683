/* Tags in subjects and muted ones; see mutes.h. Who gets a copy is asked by letter_members (outbox.sql). */
#include "lib/store/mutes.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"

bool message_tag_put(struct store *store, int64_t message, const char *tag, int64_t expires, GError **error)
{
  return db_run(store->db, Q_MESSAGE_TAG_PUT, error, INT(message), TEXT(tag), INT(expires));
}

bool message_expires(struct store *store, int64_t message, int64_t *expires, GError **error)
{
  return db_number(store->db, Q_MESSAGE_EXPIRES, 0, expires, error, INT(message));
}

/* A message and the page that shows it. */
struct offer {
  int64_t message, list, thread, position;
};

static void *read_offer(const struct rows *rows)
{
  struct offer *offer = g_new(struct offer, 1);
  *offer =
      (struct offer){ column_int(rows, 0), column_int(rows, 1), column_int(rows, 2), column_int(rows, 3) };
  return offer;
}

int offers_end(struct store *store, int64_t now, int limit, GError **error)
{
  g_autoptr(GPtrArray) offers =
      rows_collect(db_query(store->db, Q_OFFERS_DUE, INT(now), INT(limit)), read_offer, g_free, error);
  for (guint i = 0; offers && i < offers->len; i++) {
    const struct offer *offer = g_ptr_array_index(offers, i);
    if (!db_run(store->db, Q_OFFER_IS_OVER, error, INT(offer->message)) ||
        !pages_mark_message(store, offer->list, offer->thread, offer->position, error))
      return -1;
  }
  return offers ? (int)offers->len : -1;
}

static void *read_tag(const struct rows *rows)
{
  return column_text(rows, 0);
}

GPtrArray *message_tags(struct store *store, int64_t message, GError **error)
{
  return rows_collect(db_query(store->db, Q_MESSAGE_TAGS, INT(message)), read_tag, g_free, error);
}

bool mute_set(struct store *store, int64_t list, int64_t person, int64_t thread, const char *tag,
              bool is_muted, int64_t now, GError **error)
{
  if (!is_muted)
    return db_run(store->db, Q_MUTE_REMOVE, error, INT(person), INT(list), INT(thread), TEXT(tag));
  return db_run(store->db, Q_MUTE_PUT, error, INT(person), INT(list), INT(thread), TEXT(tag), INT(now));
}

static void mute_free(void *data)
{
  struct mute *mute = data;
  if (!mute) return;
  g_free(mute->tag);
  g_free(mute);
}

static void *read_mute(const struct rows *rows)
{
  struct mute *mute = g_new(struct mute, 1);
  *mute = (struct mute){ .thread = column_int(rows, 0), .tag = column_text(rows, 1) };
  return mute;
}

GPtrArray *mutes_of(struct store *store, int64_t list, int64_t person, GError **error)
{
  return rows_collect(db_query(store->db, Q_MUTES_OF, INT(person), INT(list)), read_mute, mute_free, error);
}

bool mute_is(struct store *store, int64_t list, int64_t person, int64_t thread, const char *tag,
             bool *is_muted, GError **error)
{
  int64_t found = 0;
  bool is_done =
      db_number(store->db, Q_MUTE_IS, 0, &found, error, INT(person), INT(list), INT(thread), TEXT(tag));
  *is_muted = found != 0;
  return is_done;
}
