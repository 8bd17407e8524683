/* Tags in subjects and muted ones; see mutes.h. Who gets a copy is asked by letter_members (outbox.sql). */
#include "lib/store/mutes.h"

#include "lib/store/internal.h"

bool message_tag_put(struct store *store, int64_t message, const char *tag, int64_t expires, GError **error)
{
  return db_run(store->db, Q_MESSAGE_TAG_PUT, error, INT(message), TEXT(tag), INT(expires));
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
