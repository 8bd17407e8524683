/* Faults: the quark, the two ways to set one, and what a fault means as an exit status. Everybody calls this;
 * it promises that a fault which might go away by itself (a full disk, too many open files) is never reported
 * as permanent, whatever the caller thought of it. */
#include "lib/base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <sysexits.h>

G_DEFINE_QUARK(kiezpost - fault, fault)

/* What the shell and the MTA are told. */
static const int exit_statuses[] = {
  [FAULT_TEMPORARY] = EX_TEMPFAIL,
  [FAULT_PERMANENT] = EX_DATAERR,
  [FAULT_BUG] = EX_TEMPFAIL,
  [FAULT_USAGE] = EX_USAGE,
  [FAULT_INPUT] = EX_DATAERR,
  [FAULT_NO_ADDRESS] = EX_NOUSER,
  [FAULT_UNAVAILABLE] = EX_UNAVAILABLE,
  [FAULT_FILE] = EX_IOERR,
  [FAULT_DENIED] = EX_NOPERM,
  [FAULT_CONFIG] = EX_CONFIG,
};
_Static_assert(G_N_ELEMENTS(exit_statuses) == FAULT_CONFIG + 1, "each fault has an exit status");

/* Conditions of the machine, not of the request. */
static const int passing_errnos[] = { ENOSPC, EDQUOT, EIO,   EFBIG,   ENOMEM, ENFILE, EMFILE,
                                      EAGAIN, EINTR,  EBUSY, ETXTBSY, ESTALE, ENOBUFS };

static bool is_passing(int errno_value)
{
  for (gsize i = 0; i < G_N_ELEMENTS(passing_errnos); i++)
    if (passing_errnos[i] == errno_value) return true;
  return false;
}

bool fault_set(GError **error, enum fault fault, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  if (error) {
    g_assert(*error == NULL);
    *error = g_error_new_valist(FAULT_DOMAIN, (int)fault, format, arguments);
  }
  va_end(arguments);
  return false;
}

bool fault_set_errno(GError **error, enum fault fault, int errno_value, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  if (error) {
    g_assert(*error == NULL);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    enum fault meant = is_passing(errno_value) ? FAULT_TEMPORARY : fault;
    *error = g_error_new(FAULT_DOMAIN, (int)meant, "%s: %s", sentence, g_strerror(errno_value));
  }
  va_end(arguments);
  return false;
}

bool fault_hand_on(GError *failed, GError **error)
{
  if (!failed) return false;
  g_propagate_error(error, failed);
  return true;
}

enum fault fault_of(const GError *error)
{
  if (error->domain != FAULT_DOMAIN || error->code < 0 || error->code > FAULT_CONFIG) return FAULT_TEMPORARY;
  return (enum fault)error->code;
}

int fault_exit_status(const GError *error)
{
  return error ? exit_statuses[fault_of(error)] : EX_OK;
}
