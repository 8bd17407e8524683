/* HTML to text from any bytes: the result is UTF-8 and within a small multiple of the input. */
#include "lib/text/html/html_in.h"
#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *text = html_to_text((const char *)data, size);
  gsize length = strlen(text);
  g_assert_true(g_utf8_validate(text, (gssize)length, NULL));
  g_assert_cmpuint(length, <=, 40 * size + 64);
  return 0;
}
