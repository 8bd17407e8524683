/* Mails of any bytes where no PGP process runs: what is encrypted is closed, and nothing else is said. */
#include "lib/mail/pgp/pgp.h"

#include "lib/mail/smime/entity.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct smime_seal seal = { 0 };
  pgp_look(NULL, data, size, &seal);
  g_autofree char *type = entity_type((const char *)data, size);
  if (seal.is_closed != g_str_has_prefix(type, "multipart/encrypted")) abort();
  if (seal.is_encrypted || seal.signature != SMIME_UNSIGNED || seal.inside || seal.name) abort();
  smime_seal_clear(&seal);
  return 0;
}
