/* Letters of ours, filling their slots, and Message-IDs. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/compose.h"

static char *compose(const struct compose_letter *letter)
{
  g_autoptr(GBytes) bytes = compose_letter(letter);
  gsize size;
  const char *out = g_bytes_get_data(bytes, &size);
  for (gsize i = 0; i < size; i++)
    if ((unsigned char)out[i] >= 127 || (out[i] == '\n' && (i == 0 || out[i - 1] != '\r')))
      fail_msg("byte %zu is not sound", i);
  return g_strndup(out, size);
}

static const struct compose_letter plain = { .from = "Kiez <kiez@kiez.example>",
                                             .to = "lothar@example.org",
                                             .subject = "Bitte bestätigen",
                                             .message_id = "1@kiez.example",
                                             .in_reply_to = "0@example.org",
                                             .date = 1772442900,
                                             .plain = "Guten Tag,\nGrüße\n" };

static void a_letter_says_what_was_asked_for(void **state)
{
  (void)state;
  struct compose_letter letter = plain;
  const struct compose_header headers[] = { { "Auto-Submitted", "auto-generated", false } };
  letter.headers = headers;
  letter.header_count = 1;
  letter.html = "<p>Grüße</p>";
  g_autofree char *out = compose(&letter);
  g_autoptr(mail_t) mail = read_with(out, "x@kiez.example");
  assert_string_equal(mail->subject, "Bitte bestätigen");
  assert_string_equal(mail->text, "Guten Tag,\nGrüße\n");
  assert_string_equal(g_strchomp(mail->body_html), "<p>Grüße</p>");
  assert_string_equal(mail->message_id, "1@kiez.example");
  assert_string_equal(g_ptr_array_index(mail->references, 0), "0@example.org");
  assert_string_equal(mail->auto_submitted, "auto-generated");
  assert_int_equal(mail->date, 1772442900);
  assert_int_equal(mail->attachments->len, 0);
}

static void a_stored_part_is_attached(void **state)
{
  (void)state;
  static const char stored[] =
      "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
      "Content-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nendlaQ==\r\n--X--\r\n";
  struct compose_letter letter = plain;
  letter.attached_raw = stored;
  letter.attached_size = sizeof stored - 1;
  letter.attached_part = "2";
  g_autofree char *out = compose(&letter);
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_int_equal(mail->attachments->len, 1);
  assert_string_equal(((struct mail_attachment *)g_ptr_array_index(mail->attachments, 0))->filename,
                      "plan.pdf");
  letter.attached_part = "7";
  g_autofree char *without = compose(&letter);
  assert_null(strstr(without, "multipart"));
}

static void a_whole_mail_is_attached_and_stays_readable(void **state)
{
  (void)state;
  static const char stored[] =
      "From: Gr\xFCn <a@b.example>\r\nSubject: Gr\xFC\xDF"
      "e aus K\xF6penick\r\nX-Keep: this\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSch\xF6n\r\n";
  struct compose_letter letter = plain;
  letter.attached_raw = stored;
  letter.attached_size = sizeof stored - 1;
  g_autofree char *out = compose(&letter);
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_int_equal(mail->attachments->len, 1);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_string_equal(it->type, "message/rfc822");
  const char *nested = strstr(out, "message/rfc822");
  g_autoptr(mail_t) inner = read_with(strstr(nested, "\r\n\r\n") + 4, NULL);
  assert_string_equal(inner->subject, "Grüße aus Köpenick");
  assert_true(g_str_has_prefix(inner->text, "Schön"));
  assert_non_null(strstr(out, "X-Keep: this\r\n"));
}

static void slots_are_filled(void **state)
{
  (void)state;
  static const char *const values[] = { "eins", NULL, "drei" };
  static const struct {
    const char *sentence, *content, *wanted;
  } cases[] = {
    { "in order", "<" COMPOSE_SLOT("a") "," COMPOSE_SLOT("c") ">", "<eins,drei>" },
    { "twice", COMPOSE_SLOT("a") COMPOSE_SLOT("a"), "einseins" },
    { "one without value becomes nothing", "x" COMPOSE_SLOT("b") "y" COMPOSE_SLOT("z"), "xy" },
    { "no slot", "Hallo\r\n", "Hallo\r\n" },
    { "nothing", "", "" },
    { "a mark that is no slot stays",
      "\x01"
      "A\x02 \x01",
      "\x01"
      "A\x02 \x01" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new("");
    compose_fill(out, cases[i].content, strlen(cases[i].content), values, G_N_ELEMENTS(values));
    if (strcmp(out->str, cases[i].wanted) != 0) fail_msg("%s: %s", cases[i].sentence, out->str);
  }
}

static void message_ids_are_new_each_time(void **state)
{
  (void)state;
  g_autofree char *one = compose_message_id("bäume.example", 1772442900),
                  *two = compose_message_id("bäume.example", 1772442900);
  assert_string_not_equal(one, two);
  assert_true(g_str_has_suffix(one, "@xn--bume-loa.example"));
  g_autofree char *raw = g_strdup_printf("From: a@b.example\r\nMessage-ID: <%s>\r\n\r\n", one);
  g_autoptr(mail_t) mail = read_with(raw, NULL);
  assert_string_equal(mail->message_id, one);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_letter_says_what_was_asked_for),
    cmocka_unit_test(a_stored_part_is_attached),
    cmocka_unit_test(a_whole_mail_is_attached_and_stays_readable),
    cmocka_unit_test(slots_are_filled),
    cmocka_unit_test(message_ids_are_new_each_time),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
