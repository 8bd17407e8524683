/* What a list takes of attachments, on the command line. */
#ifndef MTA_HOOKS_VERBS_LIST_FILES_H
#define MTA_HOOKS_VERBS_LIST_FILES_H

#include "lib/base/config.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/files.h"

/* Set one thing, in the caller's transaction: the kinds that are taken; the size above which an attachment
 * becomes a link; the size above which a mail is not taken. False with a sentence. */
bool list_set_attachments(struct store *store, struct list *list, const char *value, GError **error);
bool list_set_attachment_limit(struct store *store, struct list *list, const char *value, GError **error);
bool list_set_mail_limit(struct store *store, struct list *list, const char *value, GError **error);

/* Three lines of `list show`. */
void list_print_files(const struct list_files *files, const struct config *config);

#endif
