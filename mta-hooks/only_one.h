/* One process of its kind an installation: a lock in the run directory keeps a second one away for as long as
 * the first one lives. */
#ifndef HOOKS_ONLY_ONE_H
#define HOOKS_ONLY_ONE_H

#include "lib/base/config.h"

/* Takes run/<name>.lock. Returns the descriptor that holds it, to be closed by the caller (or the process's
 * end); -1 when another one has it (FAULT_TEMPORARY), or it cannot be opened. */
int only_one(const struct config *config, const char *name, GError **error);

#endif
