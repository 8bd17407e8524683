/* Rooms as rows; see rooms.h. */
#include "lib/store/jobs/rooms.h"

#include "lib/store/internal.h"

void room_free(struct room *room)
{
  if (!room) return;
  g_free(room->meeting);
  g_free(room->dial);
  g_free(room->pin);
  g_free(room);
}

static void free_room(void *room)
{
  room_free(room);
}

static void *read_room(const struct rows *rows)
{
  struct room *room = g_new0(struct room, 1);
  room->event = column_int(rows, 0);
  room->meeting = column_text(rows, 1);
  room->dial = column_text(rows, 2);
  room->pin = column_text(rows, 3);
  room->made = column_int(rows, 4);
  room->is_answered = column_int(rows, 5) != 0;
  room->for_at = column_int(rows, 6);
  room->again_at = column_int(rows, 7);
  room->told_at = column_int(rows, 8);
  return room;
}

bool room_put(struct store *store, int64_t event, const char *meeting, int64_t now, GError **error)
{
  return db_run(store->db, Q_ROOM_PUT, error, INT(event), TEXT(meeting), INT(now));
}

struct room *room_get(struct store *store, int64_t event, GError **error)
{
  return rows_first(db_query(store->db, Q_ROOM_GET, INT(event)), read_room, error);
}

bool room_replace(struct store *store, int64_t event, const char *meeting, int64_t now, GError **error)
{
  return db_run(store->db, Q_ROOM_RENEW, error, INT(event), TEXT(meeting), INT(now));
}

bool room_update(struct store *store, const struct room *room, GError **error)
{
  return db_run(store->db, Q_ROOM_UPDATE, error, INT(room->event), TEXT(room->dial), TEXT(room->pin),
                INT(room->is_answered), INT(room->for_at), INT(room->again_at), INT(room->told_at));
}

GPtrArray *rooms_due(struct store *store, int64_t soon, int64_t now, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_ROOMS_DUE, INT(soon), INT(now), INT(limit)), read_room, free_room,
                      error);
}
