/* What the files of the store share. Known to lib/store only. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "lib/store/database.h"
#include "lib/store/store.h"

struct store {
  struct db *db;
  int changes_before;      /* rows that the connection had changed when the transaction began */
  int64_t page_seq;        /* of the marks of this transaction; 0: not read yet (pages.c) */
  GHashTable *marked;      /* what this transaction has marked; NULL: nothing (pages.c) */
  GPtrArray *office_names; /* as this transaction has read them; NULL: not yet (offices.c) */
  int64_t change; /* the change that this transaction's memberships belong to; 0: none yet (people.c) */
};

/* pages.c: writes the counter of marks back before a commit. */
bool pages_keep_sequence(struct store *store, GError **error);
/* pages.c: the transaction ends, or goes back. */
void pages_forget_marks(struct store *store);
/* offices.c: they change, or the transaction ends or goes back. */
void offices_forget(struct store *store);
/* pages.c: marks what a statement of `of` and a sequence number chooses. */
bool pages_mark_by(struct store *store, enum query query, int64_t of, GError **error);
/* people.c: the next change; the same for all calls in one transaction. */
bool people_next_change(struct store *store, int64_t *change, GError **error);

#endif
