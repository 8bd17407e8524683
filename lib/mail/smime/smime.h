/* S/MIME (RFC 8551) with OpenSSL's CMS: whether a mail is signed and by whom, what is inside a mail that was
 * encrypted for us, and letters of ours signed with the municipality's certificate. A signature says who
 * wrote; it never decides whether somebody may. Foreign bytes: whatever cannot be taken apart is no S/MIME.
 */
#ifndef MAIL_SMIME_H
#define MAIL_SMIME_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct smime;

/* Files in PEM, NULL or "" for none. Without `ca` the system's authorities count. Before the sandbox. False
 * with FAULT_CONFIG: a file cannot be read, or key and certificate do not belong together. */
struct smime *smime_new(const char *ca, const char *certificate, const char *key, GError **error);
void smime_free(struct smime *smime);
typedef struct smime smime_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(smime_t, smime_free)

enum smime_signature {
  SMIME_UNSIGNED,
  SMIME_VALID,
  SMIME_BROKEN /* changed on its way, or by a certificate that no authority vouches for */
};
struct smime_seal {
  enum smime_signature signature;
  bool is_changed;           /* broken: the text is not what was signed */
  char *name, *organisation; /* of the certificate that signed it; "" */
  char **addresses;          /* that certificate's; NULL-ended; NULL: it is not known */
  bool is_encrypted;         /* for us, and opened */
  bool is_closed;            /* encrypted, and we have no key for it */
  GBytes *inside; /* the mail to read in its place: its own header, what was inside; NULL: as it is */
};
void smime_seal_clear(struct smime_seal *seal);
/* Looks at a whole mail. `now` is the moment that certificates have to be valid at. Never fails. */
void smime_look(const struct smime *smime, const void *raw, gsize size, int64_t now, struct smime_seal *seal);

/* The mail as multipart/signed with a detached signature; NULL where there is no certificate, or the mail's
 * body holds slots (lib/mail/compose.h). */
GBytes *smime_sign(const struct smime *smime, GBytes *mail);

#endif
