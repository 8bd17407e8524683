/* Is this certificate chain good for that host? libetpan encrypts but checks nobody; where encryption "must"
 * be, we do. */
#ifndef MTA_HOOKS_SEND_SMTP_CERTIFICATE_H
#define MTA_HOOKS_SEND_SMTP_CERTIFICATE_H

#include <glib.h>
#include <stdbool.h>

/* chain: GBytes* of DER certificates, the server's own first. True if it leads to an authority the system
 * trusts (SSL_CERT_FILE, SSL_CERT_DIR, else the system's), holds now, and names the host. Fails with
 * FAULT_CONFIG. */
bool smtp_certificate_check(const GPtrArray *chain, const char *host, GError **error);

#endif
