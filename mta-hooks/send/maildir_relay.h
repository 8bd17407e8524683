/* A relay that is a folder: one maildir a recipient, DIR/<address>/{tmp,new,cur}. For trying out and for
 * tests; what `init` sets. */
#ifndef MTA_HOOKS_SEND_MAILDIR_RELAY_H
#define MTA_HOOKS_SEND_MAILDIR_RELAY_H

#include "mta-hooks/send/envelope.h"

/* Puts each of the envelope's mails into its recipient's maildir, synced, and sets the answers. The file's
 * name follows from letter and number, so that a repeat after a crash replaces the mail and does not double
 * it. False: trouble with the folder; nothing is answered, nothing of it counts. */
bool maildir_relay_deliver(const char *directory, struct envelope *envelope, GError **error);

/* The folder's name for an address: itself, with "/" and "%", controls and a leading dot as %XX. Caller
 * frees. */
char *maildir_relay_folder(const char *address);

#endif
