/* What backup and restore agree on: the names in the archive. */
#ifndef MTA_HOOKS_VERBS_BACKUP_H
#define MTA_HOOKS_VERBS_BACKUP_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define BACKUP_NOTE       "kiezpost-backup" /* the first entry: what this is, in a few lines */
#define BACKUP_FIRST_LINE "kiezpost backup 1\n"
#define BACKUP_CONFIG     "kiezpost.conf"
#define BACKUP_KEYS       "keys"
#define BACKUP_STORE      "store/kiezpost.db"
#define BACKUP_RAW        "store/raw/" /* ab/<key>.eml */
#define BACKUP_INBOX      "inbox/inbox.db"
#define BACKUP_SPOOL      "inbox/spool/" /* <name> */

/* Removes a directory and all below it; what is not there is no fault. Never through a link. */
void backup_remove_tree(const char *directory);

#endif
