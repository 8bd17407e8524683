/* Reading any bytes as a mail, composing a post from them, and reading that again: no crash, valid UTF-8, and
 * a sound 7-bit mail that holds no line ends or slot marks the sender made. */
#include "lib/mail/compose.h"
#include "lib/mail/delivery_key.h"
#include "lib/mail/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
  if (!holds) abort();
}

static void check_texts(const struct mail *mail)
{
  const char *texts[] = { mail->subject,   mail->text,         mail->text_new,
                          mail->from.name, mail->from.address, mail->body_html };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) must(!texts[i] || g_utf8_validate(texts[i], -1, NULL));
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *it = g_ptr_array_index(mail->attachments, i);
    must(!it->filename || g_utf8_validate(it->filename, -1, NULL));
    must(g_utf8_validate(it->type, -1, NULL));
  }
  must(mail->references->len <= 200 && mail->attachments->len <= 500);
}

static const char *replace(const struct mail_attachment *attachment, bool html, void *data)
{
  (void)attachment;
  (void)data;
  return html ? "<b>Anhang</b>" : "Anhang";
}

static void check_sound(const char *bytes, gsize size)
{
  gsize line = 0;
  for (gsize i = 0; i < size; i++) {
    unsigned char c = (unsigned char)bytes[i];
    line = c == '\n' ? 0 : line + 1;
    must(c != 0 && c != 1 && c != 2 && c < 128 && line <= 999);
    must(c != '\n' || (i > 0 && bytes[i - 1] == '\r'));
    must(c != '\r' || (i + 1 < size && bytes[i + 1] == '\n'));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static bool is_ready = false;
  if (!is_ready && !mail_init(NULL, NULL)) __builtin_trap();
  is_ready = true;
  static const char *const forwarders[] = { "forwarder.example", NULL };
  struct mail_reading reading = { .domain = "kiez.example",
                                  .authserv_id = "mx.kiez.example",
                                  .trusted_forwarders = forwarders,
                                  .want_body_html = true };
  g_autoptr(mail_t) mail = mail_read(data, size, &reading);
  check_texts(mail);
  unsigned char key[DELIVERY_KEY_BYTES];
  delivery_key(data, size, key);
  struct compose_post post = { .raw = data,
                               .size = size,
                               .mail = mail,
                               .message_id = "1@kiez.example",
                               .from = "a@kiez.example",
                               .to = "g@kiez.example",
                               .date = 1772442900,
                               .footer_text = "Fußzeile\n",
                               .footer_html = "<p>x</p>",
                               .attachment_limit_bytes = 200,
                               .replace_attachment = replace };
  g_autoptr(GBytes) bytes = compose_post(&post);
  gsize length;
  const char *out = g_bytes_get_data(bytes, &length);
  check_sound(out, length);
  g_autoptr(mail_t) again = mail_read(out, length, &reading);
  must(strcmp(again->from.address, "a@kiez.example") == 0 && again->from_count == 1);
  return 0;
}
