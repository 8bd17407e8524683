/* Rooms for video conferences of events: who gets which link, and when a room is asked for. A room is one
 * meeting of a BigBlueButton server with the same meetingID for as long as its event lives. */
#ifndef LISTS_VIDEO_ROOMS_H
#define LISTS_VIDEO_ROOMS_H

#include "lists/kinds.h"

struct bbb;
struct event;
struct event_party;
struct job;
struct value;

/* How somebody takes part from afar. All NULL: not at all. */
struct room_way {
  char *link;
  char *dial, *pin;  /* by telephone; NULL: not known */
  bool is_ours;      /* a room that opens a little before, not a link of the organiser's */
  bool is_moderator; /* they lead it */
};
void room_way_clear(struct room_way *way);

/* The way of one party. The first one of an event that stands brings its room into being: its row, and the
 * job that shows whether the server will have it. Links are signed here; nobody is asked. Strangers have a
 * way where the event takes everybody who answers, and once they said that they come. */
bool room_way_for(struct work *work, const struct event *event, const struct event_party *party,
                  struct room_way *way, GError **error);
/* Sets what letters may name of it. */
void room_way_put(const struct room_way *way, struct value *values);

/* Is the way into an event a room of ours? */
bool room_is_used(const struct work *work, const struct event *event);
/* Another room in place of the one that there is: no link and no PIN that was given so far opens it. Where
 * the room is used everybody who is invited is told the new way; the caller writes the event. *is_new: there
 * was one.
 */
bool room_renew(struct work *work, struct event *event, bool *is_new, GError **error);

/* Is the server's first answer still worth waiting for? It may name a telephone number. */
bool room_is_awaited(struct work *work, const struct event *event, bool *is, GError **error);

/* Answers that reach brought, and rooms of events that begin soon: a few in the caller's transaction. Returns
 * how many; -1 on error. */
int rooms_tick(struct work *work, GError **error);

/* ---- for `kiezpost reach`: one job at the server; room_jobs.c ---- */

/* The address to call; secret. NULL without error: it is no longer wanted, since the event was called off,
 * moved or is over. */
char *room_job_url(struct store *store, const struct bbb *bbb, const struct job *job, GError **error);

enum room_outcome { ROOM_ANSWERED, ROOM_AGAIN, ROOM_FAILED };
/* What a body means; *reply gets the answer as lines, or a sentence about what is wrong. Caller frees. */
enum room_outcome room_job_read(const struct bbb *bbb, const char *body, gsize size, char **reply);

#endif
