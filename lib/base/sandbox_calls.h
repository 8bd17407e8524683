/* The half of the sandbox that is about system calls. Used by sandbox.c alone. */
#ifndef BASE_SANDBOX_CALLS_H
#define BASE_SANDBOX_CALLS_H

#include "lib/base/sandbox.h"

/* From here on, in all threads, what no process of ours does answers EPERM. Needs PR_SET_NO_NEW_PRIVS. */
bool sandbox_deny_calls(enum sandbox_network network, GError **error);

#endif
