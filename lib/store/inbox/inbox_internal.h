/* What the files of the inbox share. Known to lib/store only. */
#ifndef STORE_INBOX_INTERNAL_H
#define STORE_INBOX_INTERNAL_H

#include "lib/store/database.h"
#include "lib/store/inbox/inbox.h"

struct inbox {
  struct db *db;
  char *spool;            /* directory of large bodies */
  guint taken_at;         /* db->openings when mails were handed out last */
  int64_t passed_over;    /* inbox_take hands out what comes behind this row */
  GPtrArray *group_spool; /* names of the group's spool files: to be there before and after its commit */
};

/* A row of the statements inbox_waiting, inbox_get, inbox_page: without its body. */
void *inbox_read_row(const struct rows *rows);
/* Removes a row and its body inside a transaction; *spool gets the name of its file, NULL if it has none. */
bool inbox_delete_row(struct inbox *inbox, int64_t id, char **spool, GError **error);

#endif
