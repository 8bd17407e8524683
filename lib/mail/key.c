/* The key of a delivery: one pass over the bytes.
 *
 * The worker computes it for every mail before anything else, so that a mail that comes again is known
 * without being read. The four fields are hashed in a fixed order with their lengths, then the body;
 * everything a relay may add or change on the way (trace, results, signatures, X- fields, folding, line ends)
 * is left out. */
#include "lib/mail/delivery_key.h"

#include "lib/base/mapped.h"
#include "lib/mail/fields.h"

#include <openssl/evp.h>
#include <string.h>

enum { RUN_BYTES = 64 * 1024 };

static const char *const kept[] = { "From", "Date", "Subject", "Message-ID" };

/* Without line ends, and with runs of blanks as one: folding differs between relays. */
static void hash_value(EVP_MD_CTX *hash, const struct field *field)
{
  g_autofree char *line = g_malloc(field->value_size + 1);
  gsize size = 0;
  for (gsize i = 0; i < field->value_size; i++) {
    char c = field->value[i];
    bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_blank)
      line[size++] = c;
    else if (size > 0 && line[size - 1] != ' ')
      line[size++] = ' ';
  }
  if (size > 0 && line[size - 1] == ' ') size--;
  guint64 length = GUINT64_TO_LE(size);
  EVP_DigestUpdate(hash, &length, sizeof length);
  EVP_DigestUpdate(hash, line, size);
}

/* The body with CRLF for LF, without the empty lines at its end. Runs that are right already are hashed
 * whole, a piece at a time. */
static void hash_body(EVP_MD_CTX *hash, const char *at, const char *end)
{
  while (end > at && (end[-1] == '\n' || end[-1] == '\r')) end--;
  const char *run = at, *held = at;
  while (at < end) {
    if (at - run >= RUN_BYTES) {
      EVP_DigestUpdate(hash, run, (gsize)(at - run));
      run = at;
      held = mapped_behind(held, at);
    }
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    if (!lf) break;
    if (lf == run || lf[-1] != '\r') {
      EVP_DigestUpdate(hash, run, (gsize)(lf - run));
      EVP_DigestUpdate(hash, "\r\n", 2);
      run = lf + 1;
      held = mapped_behind(held, run);
    }
    at = lf + 1;
  }
  EVP_DigestUpdate(hash, run, (gsize)(end - run));
}

/* Fetched once: looking an algorithm up by its name takes longer than hashing a small mail. */
static const EVP_MD *sha256(void)
{
  static EVP_MD *fetched = NULL;
  if (g_once_init_enter(&fetched)) g_once_init_leave(&fetched, EVP_MD_fetch(NULL, "SHA256", NULL));
  return fetched;
}

/* All fields of one name, in their order. Returns where the body begins. One walk a name keeps memory flat.
 */
static const char *hash_fields(EVP_MD_CTX *hash, const char *name, const char *begin, const char *end)
{
  struct field field;
  EVP_DigestUpdate(hash, name, strlen(name) + 1);
  while (field_next(&begin, end, &field))
    if (field_is(&field, name)) hash_value(hash, &field);
  return begin;
}

void delivery_key(const void *raw, gsize size, unsigned char key[DELIVERY_KEY_BYTES])
{
  if (!raw) raw = "", size = 0;
  const char *begin = fields_begin(raw, size), *end = (const char *)raw + size, *body = begin;
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  bool is_good = EVP_DigestInit_ex(hash, sha256(), NULL) == 1;
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) body = hash_fields(hash, kept[i], begin, end);
  hash_body(hash, body, end);
  if (!is_good || EVP_DigestFinal_ex(hash, key, NULL) != 1) g_error("OpenSSL gives no SHA-256.");
  EVP_MD_CTX_free(hash);
}
