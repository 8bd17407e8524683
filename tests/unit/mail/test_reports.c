/* Reports: who did not get a mail, why, and whether the address is gone; and letters that are no reports. */
#include "tests/unit/mail/mail_test.h"

/* What is read, in a line: "address status p|-|! ..." (p: permanent, !: policy), then the report's kind. */
static char *shown(const struct mail *mail)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < mail->bounces->len; i++) {
    const struct mail_bounce *it = g_ptr_array_index(mail->bounces, i);
    g_string_append_printf(out, "%s%s %s %s", i ? ", " : "", it->address, it->status,
                           it->is_permanent ? "p"
                           : it->is_policy  ? "!"
                                            : "-");
  }
  if (mail->report) g_string_append_printf(out, "%s%s", out->len ? "; " : "", mail->report);
  return g_string_free(out, FALSE);
}

/* One address in a letter of Postfix; what the other server said. */
static const struct {
  const char *said, *verdict;
} answers[] = {
  { "550 5.1.1 User unknown", "5.1.1 p" },
  { "550 User unknown", "5.1.1 p" },
  { "550 No such user here", "5.1.1 p" },
  { "550 unknown user account", "5.1.1 p" },
  { "550 Requested action not taken: mailbox unavailable", "5.1.1 p" },
  { "550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table", "5.1.1 p" },
  { "553 sorry, no mailbox here by that name", "5.1.1 p" },
  { "550 Invalid recipient", "5.1.1 p" },
  { "550 The user does not exist", "5.1.1 p" },
  { "550 Benutzer unbekannt", "5.1.1 p" },
  { "550 Empfänger existiert nicht", "5.1.1 p" },
  { "550 Dieses Postfach existiert nicht mehr", "5.2.1 p" },
  { "550 5.2.1 The email account that you tried to reach is disabled", "5.2.1 p" },
  { "554 5.7.1 Service unavailable; Client host blocked using zen.example", "5.7.1 !" },
  { "550 5.7.1 Relaying denied", "5.7.1 !" },
  { "554 Message rejected as spam", "5.7.1 !" },
  { "550 SPF check failed", "5.7.1 !" },
  { "550 Sender address rejected: Domain not found", "5.7.1 !" },
  { "552 5.3.4 Message size exceeds fixed limit", "5.3.4 !" },
  { "552 5.2.2 Mailbox full", "5.2.2 -" },
  { "552 Quota exceeded", "5.2.2 -" },
  { "550 Das Postfach ist voll", "5.2.2 -" },
  { "452 4.2.2 Mailbox full", "4.2.2 -" },
  { "450 4.1.1 User unknown", "4.1.1 -" },
  { "451 4.7.1 Greylisted, try again later", "4.7.1 !" },
  { "421 Service not available", "4.4.7 -" },
  { "550 5.1.1 mailbox over quota", "5.1.1 -" },
  { "550 5.7.1 User unknown", "5.7.1 !" },
};

static void answers_of_servers_are_judged(void **state)
{
  (void)state;
  int wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    g_autofree char *raw = g_strdup_printf(
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: bounce+x@kiez.example\n"
        "Subject: Undelivered Mail Returned to Sender\nContent-Type: text/plain; charset=utf-8\n\n"
        "I'm sorry to have to inform you that your message could not be delivered.\n\n"
        "<a@b.example>: host mx.b.example[192.0.2.1] said:\n    %s (in reply to RCPT TO command)\n",
        answers[i].said);
    g_autoptr(mail_t) mail = read_with(raw, "");
    g_autofree char *got = shown(mail), *want = g_strdup_printf("a@b.example %s", answers[i].verdict);
    if (strcmp(got, want) != 0) print_error("%s: %s\n", answers[i].said, got), wrong++;
  }
  assert_int_equal(wrong, 0);
}

#define DSN(fields)                                                                                          \
  "From: MAILER-DAEMON@mx.example\nTo: bounce+x@kiez.example\nSubject: Undelivered\n"                        \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=X\n\n--X\n\nNotice.\n--X\n"         \
  "Content-Type: message/delivery-status\n\n" fields "\n--X--\n"

static const struct {
  const char *sentence, *raw, *shown;
} cases[] = {
  { "one recipient",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"),
    "a@b.example 5.1.1 p" },
  { "the address as it was written before a forward",
    DSN("Reporting-MTA: dns; x\n\nOriginal-Recipient: rfc822;a@b.example\nFinal-Recipient: "
        "rfc822;z@y.example\n"
        "Action: failed\nStatus: 5.1.1\n"),
    "a@b.example 5.1.1 p" },
  { "no empty line between the groups",
    DSN("Reporting-MTA: dns; x\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"
        "Final-Recipient: rfc822; c@d.example\nAction: failed\nStatus: 5.2.2\n"),
    "a@b.example 5.1.1 p, c@d.example 5.2.2 -" },
  { "many empty lines",
    DSN("Reporting-MTA: dns; x\n\n\n\nFinal-Recipient: rfc822;<a@b.example>\n"
        "Action: FAILED\nStatus: 5.1.1 (bad)\n"),
    "a@b.example 5.1.1 p" },
  { "delayed",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: delayed\nStatus: 4.4.1\n"),
    "a@b.example 4.4.1 -; delivery" },
  { "delivered",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: delivered\nStatus: 2.0.0\n"),
    "delivery" },
  { "an xtext address",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a+40b.example\nAction: failed\nStatus: 5.1.1\n"),
    "a@b.example 5.1.1 p" },
  { "a folded diagnosis",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: smtp; 550\n 5.7.1 policy\n"),
    "a@b.example 5.7.1 !" },
  { "the wrong status for a full mailbox",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 552 5.2.2 Over quota\n"),
    "a@b.example 5.2.2 -" },
  { "a neighbour who forwards a report",
    "From: l@example.org\nSubject: WG: Undelivered Mail Returned to Sender\n\n<a@b.example>: 550 5.1.1 User "
    "unknown\n",
    "" },
  { "a neighbour who asks",
    "From: l@example.org\nSubject: Undelivered Mail?\n\nWas heisst das, a@b.example geht nicht mehr?\n", "" },
  { "an absence note with the null sender",
    "From: l@example.org\nSubject: Abwesenheit\n\nIch bin nicht im Haus, fragt a@b.example.\n", "" },
  { "a receipt",
    "From: l@example.org\nSubject: Gelesen\nContent-Type: multipart/report; "
    "boundary=X\n\n--X\n\nGelesen.\n--X\n"
    "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;l@example.org\n"
    "Disposition: manual-action/MDN-sent-manually; displayed\n\n--X--\n",
    "receipt" },
  { "a complaint",
    "From: f@fbl.example\nSubject: FW: x\nContent-Type: multipart/report; boundary=X\n\n--X\n\nAbuse.\n--X\n"
    "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n--X--\n",
    "abuse" },
};

static void reports_are_read(void **state)
{
  (void)state;
  int wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    bool is_persons = strstr(cases[i].sentence, "neighbour") != NULL;
    g_autoptr(mail_t) mail = read_with(cases[i].raw, is_persons ? "l@example.org" : "");
    g_autofree char *got = shown(mail);
    if (strcmp(got, cases[i].shown) != 0) print_error("%s: %s\n", cases[i].sentence, got), wrong++;
    if (mail->bounces->len && mail->robot == MAIL_HUMAN)
      print_error("a person: %s\n", cases[i].sentence), wrong++;
    if (is_persons) assert_int_equal(mail->robot, MAIL_HUMAN);
  }
  assert_int_equal(wrong, 0);
}

static void a_hostile_letter_is_read_in_linear_time(void **state)
{
  (void)state;
  GString *raw = g_string_new("From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nnot delivered\n");
  while (raw->len < 1000 * 1000)
    g_string_append(raw, "<a@b.example>: @@@@@@ 5.5.5.5.5 @a.b.c 550 unknown user a@b@c@d.e ");
  gint64 begin = g_get_monotonic_time();
  g_autoptr(mail_t) mail = read_with(raw->str, "");
  assert_true(g_get_monotonic_time() - begin < 2 * G_USEC_PER_SEC);
  g_string_free(raw, TRUE);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(answers_of_servers_are_judged),
    cmocka_unit_test(reports_are_read),
    cmocka_unit_test(a_hostile_letter_is_read_in_linear_time),
  };
  return cmocka_run_group_tests_name("reports", tests, setup_mail, NULL);
}
