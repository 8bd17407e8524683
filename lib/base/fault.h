/* Faults: how a failure travels (GError) and what it means to the one who asked.
 *
 * Every function that can fail takes `GError **error` and returns false, NULL or -1. The message is one whole
 * sentence that names the thing and, where a person can do something, says what. No layer prints; `main` and
 * the process loops do, once. In doubt a fault is TEMPORARY: mail is never lost. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <glib.h>
#include <stdbool.h>

enum fault {
  FAULT_TEMPORARY,   /* try again later: 4xx, exit 75 (EX_TEMPFAIL) */
  FAULT_PERMANENT,   /* will never work as it stands, tell the sender: 5xx, exit 65 */
  FAULT_BUG,         /* ours; to the outside it is temporary: 4xx, exit 75 */
  FAULT_USAGE,       /* the command line is off: exit 64 */
  FAULT_INPUT,       /* the input is not what it should be: exit 65 */
  FAULT_NO_ADDRESS,  /* no such recipient: 550 5.1.1, exit 67 */
  FAULT_UNAVAILABLE, /* a service that is needed does not answer: exit 69 */
  FAULT_FILE,        /* a file cannot be read or written: exit 74, and temporary to the MTA */
  FAULT_DENIED,      /* not allowed: exit 77 */
  FAULT_CONFIG,      /* kiezpost.conf or the key file is wrong: exit 78, and temporary to the MTA */
};

#define FAULT_DOMAIN fault_quark()
GQuark fault_quark(void);

/* Sets *error (when error is not NULL) and returns false, so that `return fault_set(error, …)` reads well. */
bool fault_set(GError **error, enum fault fault, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same for a failed system call: appends ": " and the text of errno_value. ENOSPC, EDQUOT, EIO and their
 * like become TEMPORARY, whatever fault says. */
bool fault_set_errno(GError **error, enum fault fault, int errno_value, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Moves `failed` to *error and answers true; false where there was none: for calls that answer NULL also
 * without a fault. */
bool fault_hand_on(GError *failed, GError **error);

/* The fault of an error of ours; anything of another domain counts as FAULT_TEMPORARY. error may not be NULL.
 */
enum fault fault_of(const GError *error);

/* sysexits(3) status for the error; 0 for NULL. */
int fault_exit_status(const GError *error);

#endif
