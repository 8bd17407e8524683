/* A list as JSON, the same wherever it is shown. */
#ifndef MTA_HOOKS_VERBS_LIST_JSON_H
#define MTA_HOOKS_VERBS_LIST_JSON_H

#include "lib/base/config.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/files.h"
#include "lib/text/json_out.h"

/* An object: name, kind, title, region, address, aliases, archive, members, threads, messages, policies;
 * rules where `own` (lists' own actions by rule, lib/store/moderation) is not NULL. */
void list_put_json(struct json_out *json, const struct list *list, GHashTable *own,
                   const struct list_files *files, const struct config *config);

#endif
