/* The working core: takes accepted mails one after the other to a decision and its consequences. Process
 * loop, signals and sandbox are mta-hooks/work.c's; tests call this directly. */
#ifndef LISTS_WORKER_H
#define LISTS_WORKER_H

#include "lib/store/inbox/inbox.h"
#include "lists/kinds.h"

struct worker;
struct worker *worker_new(const struct config *config, const struct keys *keys, struct store *store,
                          struct inbox *inbox, GError **error);
void worker_free(struct worker *worker);

/* From here on signs and checks with these keys (a rotation while the worker runs). */
void worker_set_keys(struct worker *worker, const struct keys *keys);

/* Photos are asked by this process where they were taken; without one they say nothing. It must live longer.
 */
void worker_set_pictures(struct worker *worker, struct pictures *pictures);

/* Signatures of offices are looked at, and letters about cases signed, with these certificates. It must live
 * longer.
 */
struct smime;
void worker_set_smime(struct worker *worker, const struct smime *smime);
/* PGP/MIME to cases is opened by this process. It must live longer. */
struct pgp;
void worker_set_pgp(struct worker *worker, struct pgp *pgp);

/* Events with video get rooms of this server. It must live longer. */
struct bbb;
void worker_set_bbb(struct worker *worker, const struct bbb *bbb);

/* One round: takes a batch from the inbox, reads outside the lock, decides and commits inside it, logs one
 * line a mail and address. Then one bounded slice of expansion. Returns how much was done (mails + rows
 * expanded); 0: idle; -1: a fault worth waiting for (full disk, busy). */
int worker_round(struct worker *worker, GError **error);

/* Lets a held mail through, decided anew with is_released (queue release). Within the caller's process; takes
 * the lock itself. */
bool worker_release_hold(struct worker *worker, int64_t hold, GError **error);

/* Republishes the address file if lists changed; commits the clock's date once a day. Part of worker_round.
 */
bool worker_housekeeping(struct worker *worker, GError **error);

#endif
