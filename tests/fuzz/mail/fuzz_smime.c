/* Sealed mails of any bytes: looked into without harm; what is inside is a mail of bounded size whose header
 * holds no field that came from inside but those about the content. */
#include "lib/mail/smime/entity.h"
#include "lib/mail/smime/smime.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Fields of a header without those about the content. */
static GString *fields_of(const char *raw, gsize size)
{
  GString *out = g_string_new(NULL);
  entity_put_fields(out, raw, size, false);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static struct smime *smime;
  if (!smime) smime = smime_new(NULL, NULL, NULL, NULL);
  struct smime_seal seal = { 0 };
  smime_look(smime, data, size, 1772442900, &seal);
  if (seal.signature == SMIME_VALID) abort(); /* no authority signed a seed */
  if (seal.inside) {
    gsize length = 0;
    const char *inside = g_bytes_get_data(seal.inside, &length);
    g_autoptr(GString) before = fields_of((const char *)data, size);
    g_autoptr(GString) after = fields_of(inside, length);
    if (!g_string_equal(before, after)) abort();
  }
  smime_seal_clear(&seal);
  g_autofree char *type = entity_type((const char *)data, size);
  if (strchr(type, '\n') == type) abort();
  struct entity_signed parts;
  if (!entity_signed_parts((const char *)data, size, &parts)) return 0;
  bool is_within = parts.content >= (const char *)data &&
                   parts.content + parts.content_size < parts.signature &&
                   parts.signature + parts.signature_size <= (const char *)data + size;
  if (!is_within) abort();
  return 0;
}
