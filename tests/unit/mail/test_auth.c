/* Which senders count as authenticated: by our own MTA's word only. */
#include "tests/unit/mail/mail_test.h"

#define AR       "Authentication-Results: mx.kiez.example; "
#define RECEIVED "Received: from mail.example.org by mx.kiez.example; Mon, 2 Mar 2026 10:00:00 +0100\r\n"
#define FROM     "From: Lothar <lothar@example.org>\r\n"
#define SEAL     "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=forwarder.example; s=x; b=x\r\n"

static const struct {
  const char *sentence, *fields;
  bool is_authenticated;
} cases[] = {
  { "DMARC passed", AR "dmarc=pass header.from=example.org\r\n" RECEIVED FROM, true },
  { "DMARC passed, case of names does not matter",
    "authentication-results: MX.Kiez.Example; DMARC=Pass header.from=EXAMPLE.org\r\n" RECEIVED FROM, true },
  { "DMARC passed for another domain", AR "dmarc=pass header.from=other.example\r\n" RECEIVED FROM, false },
  { "an aligned DKIM signature", AR "dkim=pass header.d=mail.example.org\r\n" RECEIVED FROM, true },
  { "an aligned DKIM signature by its identity", AR "dkim=pass header.i=@example.org\r\n" RECEIVED FROM,
    true },
  { "one of two DKIM signatures is aligned",
    AR "dkim=pass header.d=esp.example; dkim=pass header.d=example.org\r\n" RECEIVED FROM, true },
  { "a DKIM signature of another domain", AR "dkim=pass header.d=esp.example\r\n" RECEIVED FROM, false },
  { "a DKIM signature that failed", AR "dkim=fail header.d=example.org\r\n" RECEIVED FROM, false },
  { "a signature by a public suffix is not aligned",
    AR "dkim=pass header.d=co.uk\r\n" RECEIVED "From: l@bank.co.uk\r\n", false },
  { "two firms below one public suffix are not aligned",
    AR "dkim=pass header.d=evil.co.uk\r\n" RECEIVED "From: l@bank.co.uk\r\n", false },
  { "aligned SPF", AR "spf=pass smtp.mailfrom=bounce@lists.example.org\r\n" RECEIVED FROM, true },
  { "SPF of another domain", AR "spf=pass smtp.mailfrom=other.example\r\n" RECEIVED FROM, false },
  { "SPF for the HELO name alone", AR "spf=pass smtp.helo=mail.example.org\r\n" RECEIVED FROM, false },
  { "DMARC failed, whatever SPF says", AR "dmarc=fail; spf=pass smtp.mailfrom=example.org\r\n" RECEIVED FROM,
    false },
  { "logged in as that very address", AR "auth=pass smtp.auth=Lothar@example.org\r\n" RECEIVED FROM, true },
  { "logged in as somebody else", AR "auth=pass smtp.auth=eva@example.org\r\n" RECEIVED FROM, false },
  { "another server's word", "Authentication-Results: mx.evil.example; dmarc=pass\r\n" RECEIVED FROM, false },
  { "our name below our Received is forged", RECEIVED AR "dmarc=pass header.from=example.org\r\n" FROM,
    false },
  { "ours says no, the forged one below says yes", AR "none\r\n" RECEIVED AR "dmarc=pass\r\n" FROM, false },
  { "our name as a part of another's",
    "Authentication-Results: mx.kiez.example.evil.example; dmarc=pass\r\n" RECEIVED FROM, false },
  { "a field that cannot be parsed", AR "dmarc=pass (open\r\n" RECEIVED FROM, false },
  { "a comment is not a result", AR "dkim=fail (dmarc=pass) header.d=example.org\r\n" RECEIVED FROM, false },
  { "an ARC instance is no result of ours",
    "Authentication-Results: i=1; mx.kiez.example; dmarc=pass\r\n" RECEIVED FROM, false },
  { "two results in two fields", AR "spf=none\r\n" AR "dkim=pass header.d=example.org\r\n" RECEIVED FROM,
    true },
  { "two authors", AR "dmarc=pass\r\n" RECEIVED "From: a@example.org, b@example.org\r\n", false },
  { "two From fields", AR "dmarc=pass\r\n" RECEIVED FROM "From: b@example.org\r\n", false },
  { "no author", AR "dmarc=pass\r\n" RECEIVED "Subject: x\r\n", false },
  { "nothing said", RECEIVED FROM, false },
  { "sealed by a trusted forwarder that had checked",
    AR "arc=pass\r\n" RECEIVED SEAL
       "ARC-Authentication-Results: i=1; mx.forwarder.example; dmarc=pass header.from=example.org\r\n" FROM,
    true },
  { "sealed by a trusted forwarder that found nothing",
    AR "arc=pass\r\n" RECEIVED SEAL
       "ARC-Authentication-Results: i=1; mx.forwarder.example; dmarc=none\r\n" FROM,
    false },
  { "sealed by a stranger",
    AR "arc=pass\r\n" RECEIVED "ARC-Seal: i=1; d=stranger.example; cv=none\r\n"
       "ARC-Authentication-Results: i=1; mx.stranger.example; dmarc=pass\r\n" FROM,
    false },
  { "the last sealer is a stranger",
    AR "arc=pass\r\n" RECEIVED "ARC-Seal: i=2; d=stranger.example; cv=pass\r\n" SEAL
       "ARC-Authentication-Results: i=1; mx.forwarder.example; dmarc=pass\r\n" FROM,
    false },
  { "a broken chain",
    AR "arc=fail\r\n" RECEIVED SEAL
       "ARC-Authentication-Results: i=1; mx.forwarder.example; dmarc=pass\r\n" FROM,
    false },
};

/* What our MTA says of the client's network, believed above its Received alone. */
static void the_network_is_what_our_mail_server_names(void **state)
{
  (void)state;
  static const struct {
    const char *fields, *network;
  } rows[] = {
    { "X-Client-Network: bezirksamt\r\n" RECEIVED FROM, "bezirksamt" },
    { AR "none\r\nx-client-network:  bezirksamt \r\n" RECEIVED FROM, "bezirksamt" },
    { RECEIVED "X-Client-Network: bezirksamt\r\n" FROM, "" },
    { "X-Client-Network: bezirksamt\r\nX-Client-Network: other\r\n" RECEIVED FROM, "" },
    { RECEIVED FROM, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *raw = g_strconcat(rows[i].fields, "\r\ntext\r\n", NULL);
    g_autoptr(mail_t) mail = read_with(raw, "lothar@example.org");
    assert_string_equal(mail->auth.network, rows[i].network);
    assert_false(mail->auth.is_authenticated);
  }
}

static void authentication_holds_by_our_word_only(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("%s\r\nHallo\r\n", cases[i].fields);
    g_autoptr(mail_t) mail = read_with(raw, "lothar@example.org");
    if (mail->auth.is_authenticated != cases[i].is_authenticated)
      fail_msg("%s: %s", cases[i].sentence, mail->auth.reason);
    assert_true(g_str_has_suffix(mail->auth.reason, "."));
  }
}

static void results_come_as_words(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail = read_with(
      AR "dkim=fail header.d=x.example; dkim=pass header.d=y.example; spf=softfail\r\n" RECEIVED FROM "\r\nx",
      NULL);
  assert_string_equal(mail->auth.dkim, "pass");
  assert_string_equal(mail->auth.spf, "softfail");
  assert_string_equal(mail->auth.dmarc, "none");
  assert_string_equal(mail->auth.arc, "none");
  assert_string_equal(mail->auth.auth, "none");
}

static void results_below_known_received_fields_count_when_told(void **state)
{
  (void)state;
  static const char raw[] =
      RECEIVED AR "dmarc=pass\r\nReceived: from x by y; Mon, 2 Mar 2026 10:00:00 +0100\r\n" FROM "\r\nx";
  static const char forged[] =
      RECEIVED "Received: from x by y; Mon, 2 Mar 2026 10:00:00 +0100\r\n" AR "dmarc=pass\r\n" FROM "\r\nx";
  struct mail_reading reading = { .domain = "kiez.example",
                                  .authserv_id = "mx.kiez.example",
                                  .received_above_results = 1 };
  g_autoptr(mail_t) mail = mail_read(raw, sizeof raw - 1, &reading);
  assert_true(mail->auth.is_authenticated);
  g_autoptr(mail_t) other = mail_read(forged, sizeof forged - 1, &reading);
  assert_false(other->auth.is_authenticated);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(authentication_holds_by_our_word_only),
    cmocka_unit_test(results_come_as_words),
    cmocka_unit_test(the_network_is_what_our_mail_server_names),
    cmocka_unit_test(results_below_known_received_fields_count_when_told),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
