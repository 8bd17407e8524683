/* What both ends of the socket to the PGP process know. */
#ifndef MAIL_PGP_PROCESS_H
#define MAIL_PGP_PROCESS_H

#include <glib.h>

enum { PGP_BYTES = 40 * 1024 * 1024, PGP_SIGNATURE_BYTES = 32 * 1024 };

struct pgp_request {
  guint32 size; /* of what follows: an armoured message, or what is signed */
  guint32
      signature_size; /* of an armoured signature of it that follows then; 0: the message is to be opened */
};
struct pgp_answer {
  guint32 is_open, signature; /* enum smime_signature */
  guint32 size;               /* of the entity that follows; 0: none was inside */
  char signer[256];           /* "Kerstin Muster <muster@ba.example>" */
};

/* The process: serves until the socket is closed. Never returns. */
void pgp_process(int fd, const char *home) G_GNUC_NORETURN;

#endif
