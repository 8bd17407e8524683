/* What the options of `office set` say, and putting it onto an office. */
#ifndef MTA_HOOKS_OFFICE_WISHES_H
#define MTA_HOOKS_OFFICE_WISHES_H

#include "lib/store/cases/offices.h"
#include "mta-hooks/verb.h"

/* NULL: not said. Lists of "" alone empty what there was. */
struct office_wishes {
  char *name, *working_days, *clerk, *signature, *network, *coordinator, *by_hand, *four_eyes;
  char **addresses, **deputies, **senders, **domains, **topics, **regions;
  int days; /* -1: not said */
};
void office_wishes_clear(struct office_wishes *wishes);
typedef struct office_wishes office_wishes_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(office_wishes_t, office_wishes_clear)

/* Reads the options out of the command. FAULT_USAGE. */
bool office_wishes_parse(struct command *command, struct office_wishes *wishes, GError **error);
/* Changes what they say and leaves the rest. FAULT_INPUT, FAULT_USAGE with a sentence. */
bool office_wishes_apply(const struct office_wishes *wishes, struct store *store, struct office *office,
                         GError **error);

#endif
