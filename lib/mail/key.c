/* The key of a delivery: one pass over the bytes.
 *
 * The worker computes it for every mail before anything else, so that a mail that comes again is known
 * without being read. The four fields are hashed in a fixed order with their lengths, then the body;
 * everything a relay may add or change on the way (trace, results, signatures, X- fields, folding, line ends)
 * is left out. */
#include "lib/mail/delivery_key.h"

#include "lib/mail/fields.h"

#include <openssl/evp.h>
#include <string.h>

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
 * whole. */
static void hash_body(EVP_MD_CTX *hash, const char *at, const char *end)
{
  while (end > at && (end[-1] == '\n' || end[-1] == '\r')) end--;
  const char *run = at;
  while (at < end) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    if (!lf) break;
    if (lf == run || lf[-1] != '\r') {
      EVP_DigestUpdate(hash, run, (gsize)(lf - run));
      EVP_DigestUpdate(hash, "\r\n", 2);
      run = lf + 1;
    }
    at = lf + 1;
  }
  EVP_DigestUpdate(hash, run, (gsize)(end - run));
}

void delivery_key(const void *raw, gsize size, unsigned char key[DELIVERY_KEY_BYTES])
{
  const char *begin = fields_begin(raw ? raw : "", raw ? size : 0),
             *end = raw ? (const char *)raw + size : begin;
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
  const char *body = begin;
  struct field field;
  GArray *found[G_N_ELEMENTS(kept)] = { 0 };
  while (field_next(&body, end, &field))
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
      if (!field_is(&field, kept[i])) continue;
      if (!found[i]) found[i] = g_array_new(FALSE, FALSE, sizeof field);
      g_array_append_val(found[i], field);
    }
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
    EVP_DigestUpdate(hash, kept[i], strlen(kept[i]) + 1);
    for (guint k = 0; found[i] && k < found[i]->len; k++)
      hash_value(hash, &g_array_index(found[i], struct field, k));
    if (found[i]) g_array_unref(found[i]);
  }
  hash_body(hash, body, end);
  EVP_DigestFinal_ex(hash, key, NULL);
  EVP_MD_CTX_free(hash);
}
