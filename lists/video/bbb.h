/* Calls of BigBlueButton's API as signed addresses, and what the server answers. Nothing here reaches the
 * network: links to join are signed by the worker and need nobody; `create` is called by `kiezpost reach`. */
#ifndef LISTS_VIDEO_BBB_H
#define LISTS_VIDEO_BBB_H

#include "lib/base/config.h"

struct bbb; /* a server and the secret that is shared with it; immutable */

/* Reads the secret. NULL without error: no server is configured. FAULT_CONFIG: the secret cannot be had, or
 * lies open to others. */
struct bbb *bbb_new(const struct config *config, GError **error);
void bbb_free(struct bbb *bbb);
typedef struct bbb bbb_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(bbb_t, bbb_free)
const char *bbb_host(const struct bbb *bbb); /* for sentences and logs: the addresses below are secrets */

/* Adds a parameter to a query, form-encoded (a blank is "+"), without control characters. */
void bbb_put(GString *query, const char *name, const char *value);
/* The address of a call: base, call, query, and the checksum over call, query and secret. Caller frees. */
char *bbb_sign(const struct bbb *bbb, const char *call, const char *query);

/* The meetingID of a calendar object, the same whenever it is asked for, and of nobody to guess. Caller
 * frees. */
char *bbb_meeting_id(const struct bbb *bbb, const char *uid);
/* The address that opens a room; `query` holds all but the passwords. Caller frees. */
char *bbb_create_url(const struct bbb *bbb, const char *meeting, const char *query);
/* A link for one person. It says their role in both ways: servers before 2.4 know passwords alone. Caller
 * frees. */
char *bbb_join_url(const struct bbb *bbb, const char *meeting, const char *name, bool is_moderator);

/* ---- answers ---- */

struct bbb_reply {
  bool is_success;
  char *key, *message; /* "" for none */
  char *dial, *pin;    /* of the telephone bridge: dialNumber, voiceBridge; "" for none */
};
void bbb_reply_clear(struct bbb_reply *reply);
/* Reads a body. False: it is none of BigBlueButton's, whatever it is. bbb_reply.c */
bool bbb_reply_read(const char *body, gsize size, struct bbb_reply *reply);

#endif
