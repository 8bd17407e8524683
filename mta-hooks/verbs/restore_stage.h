/* The first half of a restore: a backup unpacked beside where it is to go, looked at and made ready; nothing
 * in use is touched. */
#ifndef MTA_HOOKS_VERBS_RESTORE_STAGE_H
#define MTA_HOOKS_VERBS_RESTORE_STAGE_H

#include "lib/base/config.h"

/* Where the parts stand until they get their names: beside the configured paths, ended by ".restoring". */
struct stage {
  char *store, *inbox, *keys;
};
void stage_init(struct stage *stage, const struct config *config);
void stage_clear(struct stage *stage);        /* frees the names */
void stage_remove(const struct stage *stage); /* removes what stands there */

/* Reads the whole archive, believes it only if its digests are right, and unpacks the one entry `name` to
 * `path`. */
bool stage_extract_one(const char *archive, const char *name, const char *path, GError **error);
/* Unpacks store, inbox and keys; brings older databases to this program's version; checks the store. */
bool stage_extract(const struct stage *stage, const char *archive, GError **error);
/* The store forgets yesterday's plans and moves its numbers (store_after_restore); mails of the backup's
 * inbox are set aside. */
bool stage_move_on(const struct stage *stage, const struct config *config, GError **error);
/* Mails that wait in the inbox in use now were answered "250": they are taken over. */
bool stage_keep_waiting(const struct stage *stage, const struct config *config, int *kept, GError **error);

#endif
