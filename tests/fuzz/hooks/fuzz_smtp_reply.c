/* Replies of a hostile server: bounded, and one clean line whatever they hold. */
#include "mta-hooks/send/smtp_reply.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  struct smtp_reply reply;
  smtp_reply_init(&reply);
  gsize portion = size > 0 ? 1 + bytes[0] % 64 : 1; /* how the bytes arrive */
  for (gsize at = 0; at < size;) {
    gsize used = 0;
    enum smtp_reply_state state =
        smtp_reply_feed(&reply, (const char *)bytes + at, MIN(portion, size - at), &used);
    if (used == 0 || reply.text->len > REPLY_TEXT_MAX) abort();
    at += used;
    if (state == REPLY_MORE) continue;
    if (state == REPLY_COMPLETE) {
      g_autofree char *line = smtp_reply_line(&reply), *status = smtp_reply_status(line);
      if (strlen(line) > REPLY_STORED_MAX || strpbrk(line, "\r\n") != NULL ||
          !g_utf8_validate(line, -1, NULL))
        abort();
      if (strlen(status) > 16) abort();
    }
    smtp_reply_begin(&reply);
  }
  smtp_reply_clear(&reply);
  return 0;
}
