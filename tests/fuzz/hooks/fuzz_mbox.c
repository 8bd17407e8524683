/* Old archives of any bytes: every piece has whole lines with CRLF, and no more bytes come out than twice
 * what went in. */
#include "mta-hooks/verbs/import_files.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(const struct archived *mail, void *data, GError **error)
{
  (void)error;
  const char *bytes = mail->raw;
  gsize size = mail->size;
  if (size < 2 || bytes[size - 2] != '\r' || bytes[size - 1] != '\n') abort();
  if (mail->progress < 0 || mail->progress > 1) abort();
  *(gsize *)data += size;
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  gsize sum = 0;
  if (!archive_read_mbox((const char *)data, size, take, &sum, NULL)) abort();
  if (sum > 2 * size + 2) abort();
  return 0;
}
