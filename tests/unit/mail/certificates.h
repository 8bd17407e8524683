/* An authority and certificates for tests, made anew in each process with OpenSSL; nothing of it is a secret.
 */
#ifndef TESTS_CERTIFICATES_H
#define TESTS_CERTIFICATES_H

#include <glib.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

/* 2026-01-01 … 2027-01-01: the tests' clock stands in March 2026. */
enum { CERTIFICATE_FROM = 1767225600, CERTIFICATE_UNTIL = 1798761600 };

struct identity {
  X509 *certificate;
  EVP_PKEY *key;
};

static inline void identity_extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
  g_assert(extension);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

/* The key of whoever has this serial number, from 1: made once a process, for that takes longer than a whole
 * test. */
static inline EVP_PKEY *identity_key(long serial)
{
  static EVP_PKEY *keys[8];
  g_assert(serial > 0 && serial < (long)G_N_ELEMENTS(keys));
  if (!keys[serial]) keys[serial] = EVP_RSA_gen(2048);
  g_assert(keys[serial] && EVP_PKEY_up_ref(keys[serial]));
  return keys[serial];
}

/* issuer NULL: an authority. */
static inline void identity_make(struct identity *identity, const struct identity *issuer, const char *name,
                                 const char *address, long serial)
{
  identity->key = identity_key(serial);
  X509 *it = identity->certificate = X509_new();
  X509_set_version(it, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(it), serial);
  ASN1_TIME_set(X509_getm_notBefore(it), CERTIFICATE_FROM);
  ASN1_TIME_set(X509_getm_notAfter(it), CERTIFICATE_UNTIL);
  X509_set_pubkey(it, identity->key);
  X509_NAME *subject = X509_get_subject_name(it);
  X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, (const unsigned char *)"Bezirksamt Beispiel", -1,
                             -1, 0);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
  X509 *by = issuer ? issuer->certificate : it;
  X509_set_issuer_name(it, X509_get_subject_name(by));
  identity_extend(it, by, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
  identity_extend(it, by, NID_key_usage,
                  issuer ? "critical,digitalSignature,keyEncipherment" : "critical,keyCertSign,cRLSign");
  if (issuer) identity_extend(it, by, NID_ext_key_usage, "emailProtection");
  g_autofree char *names = address ? g_strdup_printf("email:%s", address) : NULL;
  if (names) identity_extend(it, by, NID_subject_alt_name, names);
  g_assert(X509_sign(it, issuer ? issuer->key : identity->key, EVP_sha256()));
}

static inline void identity_clear(struct identity *identity)
{
  X509_free(identity->certificate);
  EVP_PKEY_free(identity->key);
  *identity = (struct identity){ 0 };
}

/* Writes certificate and key as PEM; the path is directory/name.crt and .key. */
static inline void identity_write(const struct identity *identity, const char *directory, const char *name,
                                  char **certificate, char **key)
{
  g_autofree char *crt = g_strconcat(name, ".crt", NULL), *secret = g_strconcat(name, ".key", NULL);
  *certificate = g_build_filename(directory, crt, NULL);
  *key = g_build_filename(directory, secret, NULL);
  BIO *out = BIO_new_file(*certificate, "w");
  PEM_write_bio_X509(out, identity->certificate);
  BIO_free(out);
  out = BIO_new_file(*key, "w");
  PEM_write_bio_PrivateKey(out, identity->key, NULL, NULL, 0, NULL, NULL);
  BIO_free(out);
}

static inline char *identity_bio_text(BIO *bio)
{
  char *data = NULL;
  long size = BIO_get_mem_data(bio, &data);
  char *text = g_strndup(data, (gsize)size);
  BIO_free(bio);
  return text;
}

/* The entity signed: as multipart/signed, or opaque in pkcs7-mime. Caller frees. */
static inline char *identity_sign(const struct identity *identity, const char *entity, gboolean is_detached)
{
  unsigned flags = is_detached ? CMS_DETACHED | CMS_STREAM : CMS_STREAM;
  BIO *in = BIO_new_mem_buf(entity, -1), *out = BIO_new(BIO_s_mem());
  CMS_ContentInfo *cms = CMS_sign(identity->certificate, identity->key, NULL, in, flags);
  g_assert(cms && SMIME_write_CMS(out, cms, in, (int)flags) == 1);
  CMS_ContentInfo_free(cms);
  BIO_free(in);
  return identity_bio_text(out);
}

/* The entity encrypted for somebody. Caller frees. */
static inline char *identity_encrypt(const struct identity *identity, const char *entity)
{
  STACK_OF(X509) *who = sk_X509_new_null();
  sk_X509_push(who, identity->certificate);
  BIO *in = BIO_new_mem_buf(entity, -1), *out = BIO_new(BIO_s_mem());
  CMS_ContentInfo *cms = CMS_encrypt(who, in, EVP_aes_256_cbc(), CMS_STREAM);
  g_assert(cms && SMIME_write_CMS(out, cms, in, CMS_STREAM) == 1);
  CMS_ContentInfo_free(cms);
  sk_X509_free(who);
  BIO_free(in);
  return identity_bio_text(out);
}

#endif
