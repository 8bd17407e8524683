/* Any bytes as an Authentication-Results field: no crash, and what is accepted has words where words belong.
 */
#include "lib/mail/auth_results.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(auth_results_t) results = auth_results_parse((const char *)data, size);
  if (!results) return 0;
  if (!*results->authserv_id || results->results->len > 100) abort();
  for (guint i = 0; i < results->results->len; i++) {
    const struct auth_result *result = g_ptr_array_index(results->results, i);
    if (!result->method || !*result->method || !result->result || !*result->result) abort();
    auth_result_property(result, "header", "d");
  }
  return 0;
}
