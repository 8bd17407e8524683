/* Hostile sizes: everything is read in linear time, something may be left out, nothing dies. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/auth_results.h"
#include "lib/mail/delivery_key.h"
#include "tests/support/cpu.h"

/* Reads and says how long it took. */
static struct mail *read_in_time(const char *sentence, GString *raw)
{
  struct mail_reading reading = { .domain = "kiez.example", .authserv_id = "mx.kiez.example" };
  int64_t begin = cpu_ms();
  struct mail *mail = mail_read(raw->str, raw->len, &reading);
  unsigned char key[DELIVERY_KEY_BYTES];
  delivery_key(raw->str, raw->len, key);
  double seconds = (double)(cpu_ms() - begin) / 1000;
#if defined(__SANITIZE_ADDRESS__)
  seconds /= 4;
#endif
  if (seconds > 5) fail_msg("%s took %.1f s", sentence, seconds);
  assert_non_null(mail->text);
  assert_true(g_utf8_validate(mail->text, -1, NULL));
  assert_true(g_utf8_validate(mail->subject, -1, NULL));
  return mail;
}

static void repeat(GString *out, const char *text, gsize bytes)
{
  for (gsize done = 0, size = strlen(text); done < bytes; done += size)
    g_string_append_len(out, text, (gssize)size);
}

static void nested_groups(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nTo: ");
  repeat(raw, "a:", 400 * 1024);
  g_string_append(raw, "\r\nSubject: x\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("400 KB of nested groups", raw);
  assert_true(mail->was_bounded);
  assert_string_equal(mail->text, "Hallo");
}

static void a_huge_header(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nSubject: vorn\r\n");
  repeat(raw, "X-Fill: 0123456789012345678901234567890123456789\r\n", 10 * 1024 * 1024);
  g_string_append(raw, "\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("10 MB of header", raw);
  assert_true(mail->was_bounded);
  assert_string_equal(mail->subject, "vorn");
  assert_string_equal(mail->text, "Hallo");
}

static void a_huge_field(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nMessage-ID: <");
  repeat(raw, "x", 1024 * 1024);
  g_string_append(raw, "@b.example>\r\nSubject: hinten\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("a Message-ID of 1 MB", raw);
  assert_null(mail->message_id);
  assert_true(mail->was_bounded);
  assert_string_equal(mail->text, "Hallo");
}

static void thousands_of_parts(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new(
      "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n");
  for (int i = 0; i < 5000; i++) g_string_append(raw, "--X\r\nContent-Type: image/png\r\n\r\nx\r\n");
  g_autoptr(mail_t) mail = read_in_time("5,000 parts", raw);
  assert_true(mail->was_bounded);
  assert_true(mail->attachments->len <= 500);
  assert_string_equal(mail->text, "Hallo");
}

static void a_thousand_levels(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\n");
  for (int i = 0; i < 1000; i++)
    g_string_append_printf(raw, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
  g_string_append(raw, "\r\nganz unten\r\n");
  g_autoptr(mail_t) mail = read_in_time("depth 1,000", raw);
  assert_true(mail->was_bounded);
}

static void endless_continuations(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nContent-Type: application/pdf");
  for (int i = 0; i < 20000; i++) g_string_append_printf(raw, ";\r\n name*%d*=%%41", i);
  g_string_append(raw, "\r\n\r\nx");
  g_autoptr(mail_t) mail = read_in_time("20,000 RFC 2231 continuations", raw);
  assert_true(mail->was_bounded);
}

static void unfinished_encoded_words(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nSubject: ");
  repeat(raw, "=?utf-8?q?", 60 * 1024);
  g_string_append(raw, "\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("encoded words that never end", raw);
  assert_string_equal(mail->text, "Hallo");
}

static void many_encoded_words(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nSubject: ");
  repeat(raw, "=?utf-8?q?a?= =?iso-8859-1?q?b?= ", 60 * 1024);
  g_string_append(raw, "\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("thousands of encoded words", raw);
  assert_true(g_str_has_prefix(mail->subject, "abab"));
}

static void words_of_charsets_nobody_knows(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nSubject: ");
  for (int i = 0; i < 5000; i++) g_string_append_printf(raw, "=?x%d?q?=FF?= ", i);
  g_string_append(raw, "\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("5,000 words of unknown charsets", raw);
  assert_string_equal(mail->text, "Hallo");
}

static void parts_with_swollen_headers(void **state)
{
  (void)state;
  g_autoptr(GString) raw =
      g_string_new("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n");
  for (int i = 0; i < 500; i++) {
    g_string_append(raw, "--X\r\nContent-Type: image/png");
    for (int k = 0; k < 1500; k++) g_string_append_printf(raw, "; a%d*0=b", k);
    g_string_append(raw, "\r\n");
    repeat(raw, "Content-ID: \xFF\r\n", 40 * 1024);
    g_string_append(raw, "\r\nx\r\n");
  }
  g_autoptr(mail_t) mail = read_in_time("500 parts with headers of 60 KB", raw);
  assert_true(mail->attachments->len > 400);
}

static void deep_html(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nContent-Type: text/html\r\n\r\n");
  repeat(raw, "<div>", 300 * 1024);
  g_string_append(raw, "Hallo");
  g_autoptr(mail_t) mail = read_in_time("300 KB of <div>", raw);
  assert_non_null(strstr(mail->text, "Hallo"));
}

static void a_long_text_is_cut_between_characters(void **state)
{
  (void)state;
  g_autoptr(GString) raw =
      g_string_new("From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx");
  repeat(raw, "ü", 3 * 1024 * 1024);
  g_autoptr(mail_t) mail = read_in_time("3 MB of text", raw);
  assert_true(mail->was_bounded);
  assert_true(strlen(mail->text) <= 1024 * 1024);
  assert_true(g_str_has_prefix(mail->text, "xüü"));
  assert_true(g_str_has_suffix(mail->text, "üü"));
}

static void nested_comments(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("Authentication-Results: mx.kiez.example; ");
  repeat(raw, "(", 60 * 1024);
  g_string_append(raw, "\r\nFrom: ");
  repeat(raw, "(", 30 * 1024);
  g_string_append(raw, "\r\n\r\nHallo");
  g_autoptr(mail_t) mail = read_in_time("comments within comments", raw);
  assert_string_equal(mail->text, "Hallo");
}

static void a_boundary_everywhere(void **state)
{
  (void)state;
  g_autoptr(GString) raw =
      g_string_new("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n");
  repeat(raw, "--X\n", 5 * 1024 * 1024);
  g_autoptr(mail_t) mail = read_in_time("5 MB of delimiters", raw);
  assert_true(mail->was_bounded);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nested_groups),
    cmocka_unit_test(a_huge_header),
    cmocka_unit_test(a_huge_field),
    cmocka_unit_test(thousands_of_parts),
    cmocka_unit_test(a_thousand_levels),
    cmocka_unit_test(endless_continuations),
    cmocka_unit_test(unfinished_encoded_words),
    cmocka_unit_test(many_encoded_words),
    cmocka_unit_test(words_of_charsets_nobody_knows),
    cmocka_unit_test(parts_with_swollen_headers),
    cmocka_unit_test(deep_html),
    cmocka_unit_test(a_long_text_is_cut_between_characters),
    cmocka_unit_test(nested_comments),
    cmocka_unit_test(a_boundary_everywhere),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
