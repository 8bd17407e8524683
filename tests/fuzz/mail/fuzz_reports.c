/* Reports, absence notes, language and third-party data from any bytes: addresses, statuses and words are well
 * formed, and what is no report names nobody. */
#include "lib/mail/read.h"
#include "lib/text/facts/personal.h"
#include "lib/text/language.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static bool is_ready = false;
  if (!is_ready) g_assert_true(mail_init(NULL, NULL));
  is_ready = true;
  const struct mail_reading reading = { .domain = "kiez.example", .envelope_sender = size % 2 ? "" : "a@example.org" };
  g_autoptr(mail_t) mail = mail_read(data, size, &reading);
  g_assert_nonnull(mail->bounces);
  for (guint i = 0; i < mail->bounces->len; i++) {
    const struct mail_bounce *bounce = g_ptr_array_index(mail->bounces, i);
    g_assert_nonnull(strchr(bounce->address, '@'));
    g_assert_true(bounce->status[0] == '4' || bounce->status[0] == '5');
    g_assert_true(!bounce->is_permanent || bounce->status[0] == '5');
  }
  if (mail->bounces->len) g_assert_cmpint(mail->robot, !=, MAIL_HUMAN);
  g_autoptr(passage_t) passage = passage_new(mail->text_new, NULL, 20000);
  g_assert_cmpuint(personal_find(passage), <, 64);
  return 0;
}
