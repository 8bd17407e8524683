/* Reading SMTP replies.
 *
 * Called by smtp_client with whatever a read brought, which may be half a line or eight replies of a
 * pipelined batch. A small state machine over single bytes: no line buffer, so a server that never ends a
 * line costs nothing. What surprised us: some servers answer "250" without text or blank, some end lines with
 * LF alone, and multi-line replies with two different codes exist; all are taken. Text that is no reply at
 * all (an HTTP server on the port) is refused at its first byte. */
#include "mta-hooks/send/smtp_reply.h"

#include "lib/text/escape.h"

#include <string.h>

void smtp_reply_init(struct smtp_reply *reply)
{
  *reply = (struct smtp_reply){ .text = g_string_sized_new(256) };
}

void smtp_reply_clear(struct smtp_reply *reply)
{
  if (reply->text != NULL) g_string_free(reply->text, TRUE);
  *reply = (struct smtp_reply){ 0 };
}

void smtp_reply_begin(struct smtp_reply *reply)
{
  GString *text = g_string_truncate(reply->text, 0);
  *reply = (struct smtp_reply){ .text = text };
}

/* The line's end: was it the last one? */
static enum smtp_reply_state end_line(struct smtp_reply *reply)
{
  if (reply->digits < 3) return REPLY_BROKEN;
  bool is_last = reply->is_last || !reply->in_text; /* "250" and nothing behind it */
  reply->lines++;
  reply->digits = 0;
  reply->in_text = false;
  reply->is_last = false;
  if (is_last) return reply->code >= 200 && reply->code <= 599 ? REPLY_COMPLETE : REPLY_BROKEN;
  if (reply->lines >= REPLY_LINES_MAX) return REPLY_BROKEN;
  if (reply->text->len < REPLY_TEXT_MAX) g_string_append_c(reply->text, '\n');
  return REPLY_MORE;
}

/* One byte that is not LF: a digit of the code, the mark behind it, or text. */
static bool take_byte(struct smtp_reply *reply, char byte)
{
  if (reply->in_text) {
    if (byte != '\r' && reply->text->len < REPLY_TEXT_MAX) g_string_append_c(reply->text, byte);
    return true;
  }
  if (reply->digits < 3) {
    if (byte < '0' || byte > '9') return false;
    reply->code = (reply->digits == 0 ? 0 : reply->code * 10) + (byte - '0');
    reply->digits++;
    return true;
  }
  if (byte == '\r') return true;
  if (byte != ' ' && byte != '-') return false;
  reply->in_text = true;
  reply->is_last = byte == ' ';
  return true;
}

enum smtp_reply_state smtp_reply_feed(struct smtp_reply *reply, const char *bytes, gsize size, gsize *used)
{
  for (gsize i = 0; i < size; i++) {
    enum smtp_reply_state state = REPLY_MORE;
    if (bytes[i] == '\n') {
      state = end_line(reply);
    } else if (!take_byte(reply, bytes[i])) {
      state = REPLY_BROKEN;
    }
    if (state != REPLY_MORE) {
      *used = i + 1;
      return state;
    }
  }
  *used = size;
  return REPLY_MORE;
}

char *smtp_reply_line(const struct smtp_reply *reply)
{
  g_autofree char *valid = text_make_valid(reply->text->str, reply->text->len);
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_append_printf(line, "%03d ", reply->code);
  put_line(line, valid);
  if (line->len > REPLY_STORED_MAX) {
    const char *end = g_utf8_find_prev_char(line->str, line->str + REPLY_STORED_MAX + 1);
    g_string_truncate(line, end != NULL ? (gsize)(end - line->str) : REPLY_STORED_MAX);
  }
  g_strchomp(line->str);
  return g_strdup(line->str);
}

/* Length of an enhanced status "5.1.1" at the beginning of text, 0 if there is none. */
static gsize enhanced_length(const char *text)
{
  if (strchr("245", text[0]) == NULL || text[0] == '\0' || text[1] != '.') return 0;
  gsize subject = strspn(text + 2, "0123456789");
  if (subject < 1 || subject > 3 || text[2 + subject] != '.') return 0;
  gsize detail = strspn(text + 3 + subject, "0123456789");
  if (detail < 1 || detail > 3) return 0;
  gsize length = 3 + subject + detail;
  return text[length] == ' ' || text[length] == '\0' ? length : 0;
}

char *smtp_reply_status(const char *line)
{
  gsize length = strspn(line, "0123456789");
  if (length != 3) return g_strdup("no reply");
  if (line[3] == ' ') {
    gsize enhanced = enhanced_length(line + 4);
    if (enhanced > 0) length = 4 + enhanced;
  }
  return g_strndup(line, length);
}
