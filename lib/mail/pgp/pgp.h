/* PGP/MIME (RFC 3156) by GnuPG, in a process of its own: it is started before any database is opened and
 * before the sandbox, gets an armoured message over a socket, runs gpg with the municipality's key ring, and
 * hands back what is inside. Only where a key ring is configured ([pgp] home); gpg's keys never come into our
 * memory. A detached signature (multipart/signed) goes the same way, with what it signs. */
#ifndef MAIL_PGP_H
#define MAIL_PGP_H

#include "lib/mail/smime/smime.h"

struct pgp;

/* NULL with FAULT_TEMPORARY when there can be none: gpg is missing, the directory is. Encrypted mail then
 * stays closed. Call before databases are opened and before threads. */
struct pgp *pgp_start(const char *home, GError **error);
void pgp_stop(struct pgp *pgp);
typedef struct pgp pgp_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pgp_t, pgp_stop)

/* Looks at a whole mail: multipart/encrypted is opened, and a signature inside the message is said; of
 * multipart/signed the signature is verified with the key ring's keys, and without a key, or a process, it is
 * as unsigned. Anything else leaves the seal as it is. Never fails; waits a few seconds at most. pgp NULL: an
 * encrypted mail is closed. */
void pgp_look(struct pgp *pgp, const void *raw, gsize size, struct smime_seal *seal);

#endif
