/* The inbox writer: makes parcels durable while the receiver goes on receiving. One thread commits: whatever
 * is complete the moment a commit starts goes into one group. Another one syncs spool files slice by slice
 * while they still grow, so that the sync before a large mail's commit is short, and no small mail waits
 * behind a large one. */
#ifndef MTA_HOOKS_LMTP_INBOX_WRITER_H
#define MTA_HOOKS_LMTP_INBOX_WRITER_H

#include "mta-hooks/lmtp/parcel.h"

struct inbox_writer;

/* Opens the inbox and sweeps stray spool files; no thread runs yet. `run` is the directory of the wake
 * sockets; both strings must live on. */
struct inbox_writer *inbox_writer_open(const char *inbox, const char *run, GError **error);
/* Starts the threads: after the sandbox was entered, which holds for a thread and those it starts. */
void inbox_writer_start(struct inbox_writer *writer);
/* Waits for what was put, stops the threads, closes the inbox. Parcels not taken by inbox_writer_done are
 * given up. */
void inbox_writer_close(struct inbox_writer *writer);

/* Where the receiver's parcels make their spool files; for the receiver's thread. */
struct inbox *inbox_writer_inbox(struct inbox_writer *writer);

/* Readable when inbox_writer_done has something, or a slice was synced. */
int inbox_writer_fd(const struct inbox_writer *writer);
/* Takes note that it was readable. */
void inbox_writer_drain(struct inbox_writer *writer);

/* Asks for a sync of what a growing spooled parcel has so far, where that is a slice or more. */
void inbox_writer_sync(struct inbox_writer *writer, struct parcel *parcel);
/* How much of it is written and not yet synced. The receiver stops reading for a parcel that is far ahead of
 * the disk. */
gint64 inbox_writer_backlog(const struct parcel *parcel);

/* Hands over a complete parcel (a reference). */
void inbox_writer_put(struct inbox_writer *writer, struct parcel *parcel);
/* The next parcel that is decided, with its reply; NULL when there is none. The caller owns the reference. */
struct parcel *inbox_writer_done(struct inbox_writer *writer);

/* The inbox's directory is no longer the one that was opened, and a sandbox keeps us from the new one: only a
 * new start helps. */
bool inbox_writer_needs_new_start(const struct inbox_writer *writer);

#endif
