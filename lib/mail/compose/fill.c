/* Filling slots: the sender's inner loop, so it only copies. */
#include "lib/mail/compose.h"

#include <string.h>

void compose_fill(GString *out, const char *content, gsize size, const char *const *values, gsize count)
{
  const char *at = content, *end = content + size;
  while (at < end) {
    const char *mark = memchr(at, 1, (gsize)(end - at));
    if (!mark) break;
    g_string_append_len(out, at, mark - at);
    bool is_slot = end - mark >= 3 && mark[1] >= 'a' && mark[1] <= 'z' && mark[2] == 2;
    if (!is_slot) { /* cannot be, by what compose promises; copied, so that nothing is lost */
      g_string_append_c(out, *mark);
      at = mark + 1;
      continue;
    }
    gsize slot = (gsize)(mark[1] - 'a');
    if (slot < count && values[slot]) g_string_append(out, values[slot]);
    at = mark + 3;
  }
  g_string_append_len(out, at, end - at);
}
