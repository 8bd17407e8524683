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
  /* addresses that are gone, in the words of many servers */
  { "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking",
    "5.1.1 p" },
  { "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "5.1.10 p" },
  { "550 5.5.0 Requested action not taken: mailbox unavailable", "5.5.0 p" },
  { "554 delivery error: dd This user doesn't have a b.example account", "5.1.1 p" },
  { "554 delivery error: dd Not a valid recipient", "5.1.1 p" },
  { "550 #5.1.0 Address rejected.", "5.1.0 p" },
  { "550 Recipient address rejected.", "5.1.1 p" },
  { "550 Unrouteable address", "5.1.1 p" },
  { "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)", "5.1.1 p" },
  { "550 Address unknown", "5.1.1 p" },
  { "550 user not found", "5.1.1 p" },
  { "550 account does not exist", "5.1.1 p" },
  { "550 mailbox not found", "5.1.1 p" },
  { "550 No such recipient", "5.1.1 p" },
  { "550 no such address here", "5.1.1 p" },
  { "550 Addressee unknown", "5.1.1 p" },
  { "550 User not known", "5.1.1 p" },
  { "550 That account is not known at this site", "5.1.1 p" },
  { "550 is not a valid mailbox", "5.1.1 p" },
  { "550 Not a deliverable address", "5.1.1 p" },
  { "550 Recipient not in directory", "5.1.1 p" },
  { "550 address not present in directory", "5.1.1 p" },
  { "550 Unknown local part x in <x@y.example>", "5.1.1 p" },
  { "550 no mailbox by that name is currently available", "5.1.1 p" },
  { "550 5.1.1 unknown or illegal alias", "5.1.1 p" },
  { "551 User not local; please try another address", "5.1.1 p" },
  { "550 This address no longer accepts mail", "5.2.1 p" },
  { "550 This mailbox is disabled", "5.2.1 p" },
  { "550 account has been suspended", "5.2.1 p" },
  { "550 The account has been closed by its owner", "5.2.1 p" },
  { "550 5.2.1 This mailbox has been blocked due to inactivity", "5.2.1 p" },
  { "550 user is no longer with the company", "5.2.1 p" },
  { "550 Mailbox was deleted", "5.2.1 p" },
  { "550 User has moved to another address", "5.1.6 p" },
  { "550 Die Mailadresse ist uns nicht bekannt", "5.1.1 p" },
  { "550 Der Empfänger ist unbekannt", "5.1.1 p" },
  { "550 Empfaengeradresse unbekannt", "5.1.1 p" },
  { "550 Diese E-Mail-Adresse gibt es nicht", "5.1.1 p" },
  { "550 Adresse ist nicht vergeben", "5.1.1 p" },
  { "550 Das Konto wurde gelöscht", "5.2.1 p" },
  { "550 Postfach wurde deaktiviert", "5.2.1 p" },
  { "550 Kein Postfach unter diesem Namen vorhanden", "5.1.1 p" },
  { "550 Der Benutzer konnte nicht gefunden werden", "5.1.1 p" },
  { "550 Adresse d au moins un destinataire invalide", "5.1.1 p" },
  { "550 Destinataire inconnu", "5.1.1 p" },
  { "550 L'utilisateur n'existe pas", "5.1.1 p" },
  { "550 Utente sconosciuto", "5.1.1 p" },
  { "550 La casella non esiste", "5.1.1 p" },
  { "550 Usuario desconocido", "5.1.1 p" },
  { "550 La cuenta no existe", "5.1.1 p" },
  { "550 Kullanıcı bulunamadı", "5.1.1 p" },
  { "550 Böyle bir kullanıcı yok", "5.1.1 p" },
  { "550 Нет такого пользователя", "5.1.1 p" },
  { "550 Пользователь не найден", "5.1.1 p" },
  { "550 Nie ma takiego uzytkownika", "5.1.1 p" },
  { "550 Gebruiker onbekend", "5.1.1 p" },
  /* domains that are gone */
  { "Host or domain name not found. Name service error for name=b.example type=A: Host not found",
    "5.1.2 p" },
  { "550 unknown recipient domain", "5.1.2 p" },
  { "550 5.1.2 Bad destination host 'DNS Hard Error looking up b.example (MX): NXDomain'", "5.1.2 p" },
  { "Sorry, I couldn't find any host named b.example. (#5.1.2)", "5.1.2 p" },
  { "556 Domain does not accept mail (nullMX)", "5.1.2 p" },
  { "all relevant MX records point to non-existent hosts", "5.1.2 p" },
  { "No MX or A records for b.example: domain does not exist", "5.1.2 p" },
  { "550 The domain b.example could not be resolved", "5.1.2 p" },
  { "550 Domain existiert nicht", "5.1.2 p" },
  { "The account or domain may not exist, or it may be blacklisted", "5.1.2 p" },
  /* full */
  { "552 sorry, that recipient is over their disk quota", "5.2.2 -" },
  { "554 user mailbox is over size limit", "5.2.2 -" },
  { "550 out of storage space", "5.2.2 -" },
  { "550 Boite du destinataire pleine", "5.2.2 -" },
  { "550 La casella e' piena", "5.2.2 -" },
  { "550 Почтовый ящик переполнен", "5.2.2 -" },
  { "550 Speicherplatz des Postfachs ist erschöpft", "5.2.2 -" },
  /* not wanted */
  { "550 5.7.26 Unauthenticated email from kiez.example is not accepted due to domain's DMARC policy",
    "5.7.26 !" },
  { "550 5.7.606 Access denied, banned sending IP", "5.7.606 !" },
  { "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", "5.7.133 !" },
  { "554 Your IP is listed at zen.blocklist.example", "5.7.1 !" },
  { "550 no reverse DNS for your host", "5.7.1 !" },
  { "550 Sender verify failed", "5.7.1 !" },
  { "550 content rejected", "5.7.1 !" },
  { "550 attachments of this type are not allowed", "5.7.1 !" },
  { "552-5.7.0 This message was blocked because its content presents a potential security issue", "5.7.0 !" },
  { "554 5.7.1 <a@b.example>: Relay access denied", "5.7.1 !" },
  { "550 Recipient address rejected: Domain of sender not found", "5.7.1 !" },
  { "550 Absender wurde abgelehnt", "5.7.1 !" },
  { "550 message too long", "5.3.4 !" },
  /* not for ever */
  { "retry timeout exceeded", "4.4.7 -" },
  { "retry time not reached for any host after a long failure period", "4.4.7 -" },
  { "Connection timed out", "4.4.7 -" },
  { "message has been in the queue too long", "4.4.7 -" },
  { "lost connection with mx.b.example while receiving the initial server greeting", "4.4.7 -" },
  { "450 Recipient address rejected: Greylisted", "4.4.7 -" },
  { "554 5.4.6 too many hops", "5.4.6 -" },
  { "Mail for b.example loops back to myself", "4.4.7 -" },
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
  { "a type with a name that looks like a reason",
    DSN("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: X-Spam-Relay-Policy; user unknown\n"),
    "a@b.example 5.1.1 p" },
  { "a report that a gateway wrapped",
    "From: postmaster@gw.example\nSubject: Delivery Status\n"
    "Content-Type: multipart/mixed; boundary=W\n\n--W\nContent-Type: message/rfc822\n\n" DSN(
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: "
        "5.1.1\n") "--W--\n",
    "a@b.example 5.1.1 p" },
  { "a subject is no reason",
    "From: System Administrator <postmaster@b.example>\nSubject: Undeliverable: Virus!\n\nYour message\n"
    "  Subject: Spam and virus policy\n  Sent: Monday\ndid not reach the following recipient(s):\n"
    "a@b.example on Monday\n    The recipient name is not recognized\n",
    "a@b.example 5.1.1 p" },
  { "the old message is no reason",
    "From: admin@b.example\nSubject: Non-Delivery: Hallo\n\nThe mail below could not be delivered to the "
    "user:\n\"a@b.example\" <a@b.example>\n\nOld message:\nSpam policy members only.\n",
    "a@b.example 5.0.0 p" },
  { "each line of a transcript is about its own address",
    "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>\nSubject: Returned mail: User unknown\n\n"
    "   ----- Transcript of session follows -----\n554 <a@b.example>... Remote protocol error\n"
    "550 d.example (smtp)... 550 Host unknown\n554 <c@d.example>... 550 Host unknown\n",
    "a@b.example 5.0.0 -, c@d.example 5.1.2 p" },
  { "a report by its media type alone",
    "From: x@b.example\nSubject: Utilisateur\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=X\n\n--X\n\n"
    "A message could not be delivered to:\na@b.example\nL'adresse n'existe pas.\n--X\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: x\n\n--X--\n",
    "a@b.example 5.1.1 p" },
  { "a list's address in To is nobody who failed",
    "From: ndr@b.example\nTo: liste-bounces@kiez.example\nSubject: Mail delivery failed: returning message "
    "to "
    "sender\nContent-Type: multipart/mixed; boundary=X\n\n--X\n\nA message could not be delivered. One of "
    "the recipients is not a valid user.\n--X\nContent-Type: message/rfc822\n\n"
    "To: Liste <liste@kiez.example>\nSubject: x\n\nHallo\n--X--\n",
    "liste@kiez.example 5.1.1 -" },
  { "a mail system without a host",
    "From: MAILER-DAEMON\nSubject: There was an error sending your mail\n\nWe had trouble delivering your "
    "message.\nThe following recipient returned permanent errors: a@b.example. Reason: [550 5.1.1 User "
    "unknown]\n",
    "a@b.example 5.1.1 p" },
  { "a program nobody can answer, with the mail",
    "From: no-reply@b.example\nSubject: Notice\nContent-Type: multipart/mixed; boundary=X\n\n--X\n\n"
    "Your mail could not be delivered to: <a@b.example>\nAs their mailbox is full.\n--X\n"
    "Content-Type: message/rfc822\n\nSubject: x\n\nHallo\n--X--\n",
    "a@b.example 5.2.2 -" },
  { "a delivery service's notification",
    "From: no-reply@sns.example\nSubject: Notification\n\n{\"notificationType\":\"Bounce\",\"bounce\":{"
    "\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\",\"status\":"
    "\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}]}}\n",
    "a@b.example 5.1.1 p" },
  { "a delivery service's complaint",
    "From: no-reply@sns.example\nSubject: Notification\n\n{\"notificationType\":\"Complaint\",\"complaint\":"
    "{\"complainedRecipients\":[{\"emailAddress\":\"a@b.example\"}]}}\n",
    "abuse" },
  { "a parcel that could not be delivered to a neighbour",
    "From: noreply@paket.example\nSubject: Ihre Sendung\n\nIhre Sendung konnte nicht zugestellt werden. "
    "Fragen? "
    "hilfe@paket.example\n",
    "" },
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
