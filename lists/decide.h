/* One mail, all its addresses of ours: from the bytes to what became of it, within the caller's transaction.
 */
#ifndef LISTS_DECIDE_H
#define LISTS_DECIDE_H

#include "lists/kinds.h"

#include "lib/mail/delivery_key.h"

struct hold;

/* A mail that was read, outside any lock. */
struct incoming {
  int64_t inbox_id; /* 0: not from the inbox */
  int64_t received;
  char *sender;      /* "" for the null sender */
  char **recipients; /* NULL-ended, normalised */
  GBytes *raw;
  char *spool_path; /* where the raw bytes lie as a file; NULL: they do not */
  unsigned char key[DELIVERY_KEY_BYTES];
  struct mail *mail;
  GPtrArray
      *understandings; /* struct understanding*, one a recipient, NULL where nobody asks; NULL: none yet */
};
struct incoming *incoming_new(const struct config *config, int64_t received, const char *sender,
                              const char *const *recipients, GBytes *raw);
void incoming_free(struct incoming *incoming);
typedef struct incoming incoming_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(incoming_t, incoming_free)

/* Stores the mail and decides for each recipient that has not been decided yet. Adds one line for the log
 * (char*) a recipient to `lines`, to be written once the transaction is committed. */
bool decide_incoming(struct work *work, const struct incoming *incoming, GPtrArray *lines, GError **error);

/* A held mail anew, let through by a person: the hold goes, what became of the mail is written over.
 * FAULT_DENIED when it waits for something that is no person's yes. */
bool decide_released(struct work *work, const struct hold *hold, const struct incoming *incoming,
                     int64_t mail_id, GPtrArray *lines, GError **error);

#endif
