/* Fuzzes the socketmap: any bytes, whole and in pieces, give the same answers; no key reaches the look-up
 * that is no text. */
#include "mta-hooks/lmtp/socketmap.h"

#include <stdlib.h>
#include <string.h>

static enum recipient_verdict look_up(const char *address, void *data)
{
  (void)data;
  if (!*address || strpbrk(address, "\r\n") || !g_utf8_validate(address, -1, NULL)) abort();
  return (enum recipient_verdict)((unsigned char)address[0] % RECIPIENT_VERDICT_COUNT);
}

/* Feeds in pieces of `step`; what was said before garbage counts. */
static GString *ask(const char *bytes, gsize size, gsize step)
{
  struct socketmap *map = socketmap_new(look_up, NULL);
  GString *out = g_string_new(NULL);
  bool is_well = true;
  for (gsize at = 0; at < size && is_well; at += step)
    is_well = socketmap_feed(map, bytes + at, MIN(step, size - at), out);
  g_string_append(out, is_well ? "open" : "closed");
  socketmap_free(map);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  if (!size) return 0;
  GString *whole = ask((const char *)bytes + 1, size - 1, size);
  GString *cut = ask((const char *)bytes + 1, size - 1, 1 + bytes[0] % 19u);
  if (!g_string_equal(whole, cut)) abort();
  g_string_free(whole, TRUE);
  g_string_free(cut, TRUE);
  return 0;
}
