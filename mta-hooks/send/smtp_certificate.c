/* Checking a relay's certificate with libcrypto: chain, time, purpose and name (RFC 6125 by X509_check_host).
 */
#include "mta-hooks/send/smtp_certificate.h"

#include "lib/base/fault.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* All of the chain as X509; NULL if one of them is none. */
static STACK_OF(X509) * read_chain(const GPtrArray *chain)
{
  STACK_OF(X509) *certificates = sk_X509_new_null();
  for (guint i = 0; i < chain->len; i++) {
    gsize size = 0;
    const unsigned char *der = g_bytes_get_data(g_ptr_array_index(chain, i), &size);
    X509 *certificate = d2i_X509(NULL, &der, (long)size);
    if (certificate == NULL) {
      sk_X509_pop_free(certificates, X509_free);
      return NULL;
    }
    sk_X509_push(certificates, certificate);
  }
  return certificates;
}

/* Sets what is asked of the chain: for servers, and for this name or address. */
static bool set_expectations(X509_STORE_CTX *context, const char *host)
{
  X509_VERIFY_PARAM *expected = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_purpose(expected, X509_PURPOSE_SSL_SERVER);
  if (g_hostname_is_ip_address(host)) return X509_VERIFY_PARAM_set1_ip_asc(expected, host) == 1;
  return X509_VERIFY_PARAM_set1_host(expected, host, 0) == 1;
}

bool smtp_certificate_check(const GPtrArray *chain, const char *host, GError **error)
{
  STACK_OF(X509) *certificates = chain->len > 0 ? read_chain(chain) : NULL;
  if (certificates == NULL)
    return fault_set(error, FAULT_CONFIG, "%s showed no certificate that can be read.", host);
  X509_STORE *trusted = X509_STORE_new();
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  bool is_good = false;
  if (X509_STORE_set_default_paths(trusted) == 1 &&
      X509_STORE_CTX_init(context, trusted, sk_X509_value(certificates, 0), certificates) == 1 &&
      set_expectations(context, host)) {
    is_good = X509_verify_cert(context) == 1;
    if (!is_good)
      fault_set(error, FAULT_CONFIG, "The certificate of %s is not to be trusted: %s.", host,
                X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
  } else {
    fault_set(error, FAULT_CONFIG,
              "The certificate of %s cannot be checked: no trusted authorities can be read.", host);
  }
  X509_STORE_CTX_free(context);
  X509_STORE_free(trusted);
  sk_X509_pop_free(certificates, X509_free);
  return is_good;
}
