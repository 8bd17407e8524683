/* A parcel: one mail on its way from the door into the inbox. Its bytes are kept in memory while they are few
 * and there is room in the budget, else in a spool file; a leading mbox "From " line is dropped. Counted
 * references, since the thread that syncs spool files and the one that receives hold it at the same time; all
 * but what is marked below is the receiver's. */
#ifndef MTA_HOOKS_LMTP_PARCEL_H
#define MTA_HOOKS_LMTP_PARCEL_H

#include "lib/store/inbox/inbox.h"

/* Bytes that all parcels together hold in memory. */
struct parcel_budget {
  gint64 limit_bytes;
  gint64 used_bytes; /* atomic */
};

struct parcel {
  gint references; /* atomic */
  struct parcel_budget *budget;
  struct inbox *inbox; /* where spool files are made */

  /* the envelope, set by parcel_address */
  int64_t received;
  char *sender;
  char **recipients;

  /* the bytes: in memory, or in the spool file */
  int64_t size_bytes;
  char *bytes;
  gsize capacity;
  int spool_fd; /* -1: none */
  char *spool;
  int from_seen; /* bytes of "From " at the beginning that were seen; -1: its line is being dropped; FROM_DONE
                  */
  gint64 asked_bytes;  /* how far a sync was asked for */
  gint64 synced_bytes; /* atomic: how far it is on disk */
  gint sync_failed;    /* atomic */

  /* for who waits for it */
  void *ticket;
  bool leave_spool;  /* a commit was tried: the spool file is the inbox's now, and its sweep removes strays */
  const char *reply; /* LMTP reply for all recipients; NULL: stored. Static */
};

struct parcel *parcel_new(struct inbox *inbox, struct parcel_budget *budget, int64_t size_hint);
struct parcel *parcel_ref(struct parcel *parcel);
/* The last one frees the bytes, and removes the spool file unless told to leave it. Any thread. */
void parcel_unref(struct parcel *parcel);
typedef struct parcel parcel_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(parcel_t, parcel_unref)

/* Adds bytes; false with the fault when they cannot be kept. */
bool parcel_add(struct parcel *parcel, const void *bytes, gsize size, GError **error);
/* After the last byte. */
bool parcel_end(struct parcel *parcel, GError **error);
/* The envelope; takes over `recipients` (NULL-ended). */
void parcel_address(struct parcel *parcel, const char *sender, char **recipients, int64_t received);

/* Puts parcels, whose spool files are synced, into the inbox as one group: after true they are on disk. On
 * failure *culprit is the number of the one that could not be put, `count` when the fault is not one mail's.
 */
bool parcels_store(struct inbox *inbox, struct parcel *const *parcels, gsize count, gsize *culprit,
                   GError **error);

#endif
