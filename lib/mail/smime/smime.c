/* Certificates, looking into sealed mails, and signing letters; see smime.h.
 *
 * What is inside a sealed mail is foreign: of its header only the fields about the content count, so that
 * nobody brings an Authentication-Results or a From of their own in there. Layers are opened three deep at
 * most (encrypted around signed is usual). Revocation is not asked about: we look nothing up over the
 * network. */
#include "lib/mail/smime/smime.h"

#include "lib/base/fault.h"
#include "lib/mail/smime/entity.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { LAYERS_MAX = 3, SIZE_MAX_BYTES = 40 * 1024 * 1024, NAME_BYTES = 256 };

struct smime {
  struct authorities *authorities;
  X509 *certificate; /* NULL: none */
  EVP_PKEY *key;
  STACK_OF(X509) * above; /* between ours and an authority */
};

/* Whom we believe. The system's bundle is read at the start, since a sandbox shuts files off, and taken apart
 * when the first seal comes: most processes never see one, and 140 certificates cost 60 ms and 3 MB. */
struct authorities {
  X509_STORE *store;
  char *bundle; /* PEM, not yet in the store; NULL: nothing to add */
  gsize size;
};

static void authorities_free(struct authorities *it)
{
  if (!it) return;
  X509_STORE_free(it->store);
  g_free(it->bundle);
  g_free(it);
}

static X509_STORE *authorities_store(struct authorities *it)
{
  BIO *in = it->bundle ? BIO_new_mem_buf(it->bundle, (int)it->size) : NULL;
  for (X509 *one; in && (one = PEM_read_bio_X509_AUX(in, NULL, NULL, NULL));) {
    X509_STORE_add_cert(it->store, one);
    X509_free(one);
  }
  BIO_free(in);
  ERR_clear_error(); /* the end of the bundle is one */
  g_clear_pointer(&it->bundle, g_free);
  return it->store;
}

void smime_free(struct smime *smime)
{
  if (!smime) return;
  authorities_free(smime->authorities);
  X509_free(smime->certificate);
  EVP_PKEY_free(smime->key);
  sk_X509_pop_free(smime->above, X509_free);
  g_free(smime);
}

/* ---- files ---- */

static bool load_authorities(struct smime *smime, const char *ca, GError **error)
{
  static const char *const bundles[] = { "/etc/ssl/certs/ca-certificates.crt",
                                         "/etc/pki/tls/certs/ca-bundle.crt" };
  struct authorities *it = smime->authorities = g_new0(struct authorities, 1);
  it->store = X509_STORE_new();
  if (ca && *ca)
    return X509_STORE_load_file(it->store, ca) == 1 ||
           fault_set(error, FAULT_CONFIG, "%s: the authorities for S/MIME cannot be read", ca);
  for (gsize i = 0; i < G_N_ELEMENTS(bundles); i++)
    if (g_file_get_contents(bundles[i], &it->bundle, &it->size, NULL)) break;
  return true;
}

static bool load_own(struct smime *smime, const char *certificate, const char *key, GError **error)
{
  if (!certificate || !*certificate || !key || !*key) return true;
  g_autofree char *pem = NULL, *secret = NULL;
  gsize size = 0, secret_size = 0;
  if (!g_file_get_contents(certificate, &pem, &size, NULL))
    return fault_set(error, FAULT_CONFIG, "%s: the certificate for S/MIME cannot be read", certificate);
  if (!g_file_get_contents(key, &secret, &secret_size, NULL))
    return fault_set(error, FAULT_CONFIG, "%s: the key for S/MIME cannot be read", key);
  BIO *in = BIO_new_mem_buf(pem, (int)size), *key_in = BIO_new_mem_buf(secret, (int)secret_size);
  smime->certificate = PEM_read_bio_X509(in, NULL, NULL, NULL);
  smime->above = sk_X509_new_null();
  for (X509 *one; (one = PEM_read_bio_X509(in, NULL, NULL, NULL));) sk_X509_push(smime->above, one);
  smime->key = PEM_read_bio_PrivateKey(key_in, NULL, NULL, NULL);
  BIO_free(in), BIO_free(key_in);
  OPENSSL_cleanse(secret, secret_size);
  ERR_clear_error();
  bool fits = smime->certificate && smime->key && X509_check_private_key(smime->certificate, smime->key) == 1;
  return fits || fault_set(error, FAULT_CONFIG, "%s: certificate and key for S/MIME do not belong together",
                           certificate);
}

struct smime *smime_new(const char *ca, const char *certificate, const char *key, GError **error)
{
  g_autoptr(smime_t) smime = g_new0(struct smime, 1);
  if (!load_authorities(smime, ca, error) || !load_own(smime, certificate, key, error)) return NULL;
  return g_steal_pointer(&smime);
}

/* ---- looking ---- */

void smime_seal_clear(struct smime_seal *seal)
{
  g_free(seal->name);
  g_free(seal->organisation);
  g_strfreev(seal->addresses);
  g_bytes_unref(seal->inside);
  *seal = (struct smime_seal){ 0 };
}

static char *part_of_name(X509 *certificate, int nid)
{
  X509_NAME *name = X509_get_subject_name(certificate);
  int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return g_strdup("");
  unsigned char *text = NULL;
  int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return g_strdup("");
  char *out = g_utf8_make_valid((const char *)text, MIN(size, NAME_BYTES));
  OPENSSL_free(text);
  for (char *p = out; *p; p++)
    if (g_ascii_iscntrl(*p)) *p = ' ';
  return out;
}

static void remember_signer(CMS_ContentInfo *cms, struct smime_seal *seal)
{
  STACK_OF(X509) *signers = CMS_get0_signers(cms);
  X509 *signer = signers && sk_X509_num(signers) > 0 ? sk_X509_value(signers, 0) : NULL;
  if (!signer) return;
  g_free(seal->name), g_free(seal->organisation), g_strfreev(seal->addresses);
  seal->name = part_of_name(signer, NID_commonName);
  seal->organisation = part_of_name(signer, NID_organizationName);
  STACK_OF(OPENSSL_STRING) *emails = X509_get1_email(signer);
  GPtrArray *addresses = g_ptr_array_new();
  for (int i = 0; emails && i < sk_OPENSSL_STRING_num(emails); i++)
    g_ptr_array_add(addresses, g_utf8_make_valid(sk_OPENSSL_STRING_value(emails, i), -1));
  g_ptr_array_add(addresses, NULL);
  seal->addresses = (char **)g_ptr_array_free(addresses, FALSE);
  X509_email_free(emails);
  sk_X509_free(signers);
}

static GBytes *bytes_of(BIO *bio)
{
  char *data = NULL;
  long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? g_bytes_new(data, (gsize)size) : NULL;
}

/* Checks a signature; *entity gets what is signed where that is inside the signature itself. */
static void verify(const struct smime *smime, CMS_ContentInfo *cms, BIO *content, int64_t now,
                   struct smime_seal *seal, GBytes **entity)
{
  X509_STORE *authorities = authorities_store(smime->authorities);
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(authorities), now);
  BIO *out = BIO_new(BIO_s_mem());
  bool is_valid = CMS_verify(cms, NULL, authorities, content, out, 0) == 1;
  seal->signature = is_valid ? SMIME_VALID : SMIME_BROKEN;
  if (!is_valid) { /* by an authority that we do not know, or not what was signed? */
    if (content) BIO_reset(content);
    BIO_reset(out);
    seal->is_changed = CMS_verify(cms, NULL, authorities, content, out, CMS_NO_SIGNER_CERT_VERIFY) != 1;
  }
  if (is_valid || !seal->is_changed) remember_signer(cms, seal);
  if (!content && !is_valid) { /* what it holds is read all the same */
    BIO_reset(out);
    CMS_verify(cms, NULL, authorities, NULL, out,
               CMS_NO_SIGNER_CERT_VERIFY | CMS_NO_ATTR_VERIFY | CMS_NO_CONTENT_VERIFY);
  }
  if (!content) *entity = bytes_of(out);
  BIO_free(out);
}

static void open_envelope(const struct smime *smime, CMS_ContentInfo *cms, struct smime_seal *seal,
                          GBytes **entity)
{
  BIO *out = BIO_new(BIO_s_mem());
  bool is_open = smime->key && CMS_decrypt(cms, smime->key, smime->certificate, NULL, out, 0) == 1;
  if (is_open) *entity = bytes_of(out);
  seal->is_encrypted |= is_open && *entity;
  seal->is_closed |= !is_open || !*entity;
  BIO_free(out);
}

static bool is_sealed(const char *type)
{
  return g_str_has_prefix(type, "application/pkcs7-mime") ||
         g_str_has_prefix(type, "application/x-pkcs7-mime") ||
         (g_str_has_prefix(type, "multipart/signed") && strstr(type, "pkcs7-signature"));
}

/* One layer; the entity inside it, NULL: there is no further one. */
static GBytes *look_at_layer(const struct smime *smime, const char *raw, gsize size, int64_t now,
                             struct smime_seal *seal)
{
  g_autofree char *type = entity_type(raw, size);
  if (!is_sealed(type) || size > SIZE_MAX_BYTES) return NULL;
  g_autoptr(GString) fields = g_string_new("MIME-Version: 1.0\r\n");
  entity_put_fields(fields, raw, size, true);
  gsize body = entity_body(raw, size);
  g_string_append(fields, "\r\n");
  entity_put_crlf(fields, raw + body, size - body);
  BIO *in = BIO_new_mem_buf(fields->str, (int)fields->len), *content = NULL;
  GBytes *entity = NULL;
  CMS_ContentInfo *cms = SMIME_read_CMS(in, &content);
  int kind = cms ? OBJ_obj2nid(CMS_get0_type(cms)) : NID_undef;
  if (kind == NID_pkcs7_signed)
    verify(smime, cms, content, now, seal, &entity);
  else if (kind == NID_pkcs7_enveloped || kind == NID_id_smime_ct_authEnvelopedData)
    open_envelope(smime, cms, seal, &entity);
  CMS_ContentInfo_free(cms);
  BIO_free(content);
  BIO_free(in);
  ERR_clear_error();
  return entity;
}

void smime_look(const struct smime *smime, const void *raw, gsize size, int64_t now, struct smime_seal *seal)
{
  g_autoptr(GBytes) entity = look_at_layer(smime, raw, size, now, seal);
  for (int layer = 1; entity && layer < LAYERS_MAX; layer++) {
    gsize length = 0;
    const char *inside = g_bytes_get_data(entity, &length);
    g_autoptr(GBytes) next = look_at_layer(smime, inside, length, now, seal);
    if (!next) break;
    g_bytes_unref(entity);
    entity = g_steal_pointer(&next);
  }
  if (entity) seal->inside = entity_replace(raw, size, entity);
}

/* ---- signing ---- */

static char *new_boundary(void)
{
  unsigned char bytes[12];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return NULL;
  GString *out = g_string_new("kp-signed-");
  for (gsize i = 0; i < sizeof bytes; i++) g_string_append_printf(out, "%02x", bytes[i]);
  return g_string_free(out, FALSE);
}

/* The detached signature of an entity in base64, lines of 76; NULL: it failed. Caller frees. */
static char *signature_of(const struct smime *smime, const GString *entity)
{
  BIO *in = BIO_new_mem_buf(entity->str, (int)entity->len), *out = BIO_new(BIO_s_mem());
  CMS_ContentInfo *cms =
      CMS_sign(smime->certificate, smime->key, smime->above, in, CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP);
  char *text = NULL;
  if (cms && i2d_CMS_bio(out, cms) == 1) {
    unsigned char *der = NULL;
    long size = BIO_get_mem_data(out, (char **)&der);
    g_autofree char *plain = g_base64_encode(der, (gsize)size);
    GString *lines = g_string_new(NULL);
    for (const char *p = plain; *p; p += MIN(strlen(p), 76)) g_string_append_printf(lines, "%.76s\r\n", p);
    text = g_string_free(lines, FALSE);
  }
  CMS_ContentInfo_free(cms);
  BIO_free(in), BIO_free(out);
  ERR_clear_error();
  return text;
}

GBytes *smime_sign(const struct smime *smime, GBytes *mail)
{
  if (!smime || !smime->key) return NULL;
  gsize size = 0;
  const char *raw = g_bytes_get_data(mail, &size);
  gsize body = entity_body(raw, size);
  g_autoptr(GString) entity = g_string_new(NULL);
  entity_put_fields(entity, raw, size, true);
  g_string_append(entity, "\r\n");
  entity_put_crlf(entity, raw + body, size - body);
  if (memchr(entity->str, '\x01', entity->len)) return NULL;
  g_autofree char *signature = signature_of(smime, entity), *boundary = new_boundary();
  if (!signature || !boundary) return NULL;
  GString *out = g_string_new(NULL);
  entity_put_fields(out, raw, size, false);
  g_string_append_printf(
      out,
      "MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\";"
      "\r\n micalg=sha-256; boundary=\"%s\"\r\n\r\n--%s\r\n",
      boundary, boundary);
  g_string_append_len(out, entity->str, (gssize)entity->len);
  g_string_append_printf(out,
                         "\r\n--%s\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
                         "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
                         "filename=\"smime.p7s\"\r\n\r\n%s--%s--\r\n",
                         boundary, signature, boundary);
  gsize all = out->len;
  return g_bytes_new_take(g_string_free(out, FALSE), all);
}
