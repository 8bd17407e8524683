/* The key of a delivery: what may change on the way, and what may not. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/delivery_key.h"

#define FIELDS                                                                                               \
  "From: a@b.example\r\nDate: Mon, 2 Mar 2026 10:15:00 +0100\r\nSubject: Fest\r\nMessage-ID: "               \
  "<1@b.example>\r\n"
#define MAIL FIELDS "\r\nHallo\r\nWelt\r\n"

static bool same(const char *a, gsize a_size, const char *b, gsize b_size)
{
  unsigned char first[DELIVERY_KEY_BYTES], second[DELIVERY_KEY_BYTES];
  delivery_key(a, a_size, first);
  delivery_key(b, b_size, second);
  return memcmp(first, second, sizeof first) == 0;
}

static const struct {
  const char *sentence, *raw;
  bool is_same;
} cases[] = {
  { "the same bytes", MAIL, true },
  { "a Received more", "Received: from x by y; Mon\r\n" MAIL, true },
  { "results, signatures, X fields",
    "Return-Path: <a@b.example>\r\nAuthentication-Results: x; none\r\nDKIM-Signature: v=1\r\nARC-Seal: "
    "i=1\r\nX-Spam: no\r\n" MAIL,
    true },
  { "other fields", "To: c@d.example\r\n" MAIL, true },
  { "LF for CRLF",
    "From: a@b.example\nDate: Mon, 2 Mar 2026 10:15:00 +0100\nSubject: Fest\nMessage-ID: "
    "<1@b.example>\n\nHallo\nWelt\n",
    true },
  { "a mbox line before it", "From a@b.example Mon Mar  2\r\n" MAIL, true },
  { "another order of fields",
    "Message-ID: <1@b.example>\r\nSubject: Fest\r\nFrom: a@b.example\r\nDate: Mon, 2 Mar 2026 10:15:00 "
    "+0100\r\n\r\nHallo\r\nWelt\r\n",
    true },
  { "folded otherwise",
    "From:\r\n a@b.example\r\nDate: Mon, 2 Mar 2026\r\n 10:15:00 +0100\r\nSUBJECT: Fest \r\nMessage-ID: "
    "<1@b.example>\r\n\r\nHallo\r\nWelt\r\n",
    true },
  { "empty lines at the end", MAIL "\r\n\r\n", true },
  { "no line end at the end", FIELDS "\r\nHallo\r\nWelt", true },
  { "another body", FIELDS "\r\nHallo\r\nwelt\r\n", false },
  { "an empty line more within the body", FIELDS "\r\nHallo\r\n\r\nWelt\r\n", false },
  { "an empty line more at the top of the body", FIELDS "\r\n\r\nHallo\r\nWelt\r\n", false },
  { "another subject",
    "From: a@b.example\r\nDate: Mon, 2 Mar 2026 10:15:00 +0100\r\nSubject: Fest!\r\nMessage-ID: "
    "<1@b.example>\r\n\r\nHallo\r\nWelt\r\n",
    false },
  { "another's mail with the same Message-ID",
    "From: evil@b.example\r\nDate: Mon, 2 Mar 2026 10:15:00 +0100\r\nSubject: Fest\r\nMessage-ID: "
    "<1@b.example>\r\n\r\nHallo\r\nWelt\r\n",
    false },
  { "text moved from one field to the next",
    "From: a@b.example\r\nDate: Mon, 2 Mar 2026 10:15:00 +0100 Fest\r\nSubject:\r\nMessage-ID: "
    "<1@b.example>\r\n\r\nHallo\r\nWelt\r\n",
    false },
  { "a second From field", "From: x@y.example\r\n" MAIL, false },
  { "nothing", "", false },
};

static void only_what_the_sender_wrote_counts(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    if (same(MAIL, strlen(MAIL), cases[i].raw, strlen(cases[i].raw)) != cases[i].is_same)
      fail_msg("%s", cases[i].sentence);
}

static void line_ends_do_not_count_anywhere_in_a_long_body(void **state)
{
  (void)state;
  g_autoptr(GString) crlf = g_string_new(FIELDS "\r\n"), mixed = g_string_new(FIELDS "\r\n");
  for (int i = 0; i < 40000; i++) { /* several pieces */
    g_string_append_printf(crlf, i % 5 ? "Zeile %d\r\n" : "\r\n", i);
    g_string_append_printf(mixed, i % 5 ? (i % 3 ? "Zeile %d\r\n" : "Zeile %d\n") : (i % 3 ? "\r\n" : "\n"),
                           i);
  }
  assert_true(same(crlf->str, crlf->len, mixed->str, mixed->len));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_what_the_sender_wrote_counts),
    cmocka_unit_test(line_ends_do_not_count_anywhere_in_a_long_body),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
