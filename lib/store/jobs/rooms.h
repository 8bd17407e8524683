/* Rooms for video conferences as rows: one of an event that is held by video, in a BigBlueButton server. */
#ifndef STORE_ROOMS_H
#define STORE_ROOMS_H

#include "lib/store/store.h"

struct room {
  int64_t event;
  char *meeting; /* its meetingID */
  char *dial;    /* telephone number, as the server said; "": none */
  char *pin;     /* what is typed behind it; "": not known */
  int64_t made;
  bool is_answered; /* the first call was, well or badly */
  int64_t for_at;   /* the begin of the date that it is kept open for; 0: none yet */
  int64_t again_at; /* when it is asked for once more */
  int64_t told_at;  /* the begin of the date of which its organisers know that there is no room */
};
void room_free(struct room *room);
typedef struct room room_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(room_t, room_free)

bool room_put(struct store *store, int64_t event, const char *meeting, int64_t now, GError **error);
/* NULL without error: it has none. */
struct room *room_get(struct store *store, int64_t event, GError **error);
/* Writes all that may change. */
bool room_update(struct store *store, const struct room *room, GError **error);
/* The event has another meeting from now on, of which nothing is known yet. */
bool room_replace(struct store *store, int64_t event, const char *meeting, int64_t now, GError **error);
/* Of events that begin before `soon` or are being held, and that are to be asked for by now. struct room*. */
GPtrArray *rooms_due(struct store *store, int64_t soon, int64_t now, int limit, GError **error);

#endif
