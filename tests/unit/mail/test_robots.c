/* Robots, lists and loops; and who is taken for a person. */
#include "tests/unit/mail/mail_test.h"

static const struct {
  const char *sentence, *fields, *envelope;
  enum mail_robot robot;
} cases[] = {
  { "a neighbour's mail", "From: l@example.org\r\nSubject: Fest\r\n", "l@example.org", MAIL_HUMAN },
  { "Auto-Submitted: no is a person", "From: l@example.org\r\nAuto-Submitted: no\r\n", "l@example.org",
    MAIL_HUMAN },
  { "the null sender", "From: l@example.org\r\n", "", MAIL_NULL_SENDER },
  { "the null sender by Return-Path, when the envelope is unknown",
    "Return-Path: <>\r\nFrom: l@example.org\r\n", NULL, MAIL_NULL_SENDER },
  { "a forged Return-Path does not count when the envelope is known",
    "Return-Path: <>\r\nFrom: l@example.org\r\n", "l@example.org", MAIL_HUMAN },
  { "an absence note", "From: l@example.org\r\nAuto-Submitted: auto-replied (vacation)\r\n", "l@example.org",
    MAIL_AUTO_REPLY },
  { "a program's mail", "From: l@example.org\r\nAuto-Submitted: auto-generated\r\n", "l@example.org",
    MAIL_AUTO_GENERATED },
  { "an unknown keyword is a program too", "From: l@example.org\r\nAuto-Submitted: auto-notified; x=y\r\n",
    "l@example.org", MAIL_AUTO_GENERATED },
  { "an absence note of an old program", "From: l@example.org\r\nPrecedence: auto_reply\r\n", "l@example.org",
    MAIL_AUTO_REPLY },
  { "X-Autoreply: yes", "From: l@example.org\r\nX-Autoreply: yes\r\n", "l@example.org", MAIL_AUTO_REPLY },
  { "FirstClass says that a machine wrote it", "From: l@example.org\r\nX-FC-MachineGenerated: true\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "an autoresponder of a hoster", "From: l@example.org\r\nX-POST-MessageClass: 9; Autoresponder\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "qmail's autoresponder", "From: l@example.org\r\nDelivered-To: Autoresponder\r\n", "l@example.org",
    MAIL_AUTO_REPLY },
  { "a mail that was delivered to somebody before is a person's",
    "From: l@example.org\r\nDelivered-To: l@example.org\r\nX-POST-MessageClass: 1\r\n", "l@example.org",
    MAIL_HUMAN },
  { "a job of cron", "From: root@example.org\r\nX-Cron-Env: <SHELL=/bin/sh>\r\n", "root@example.org",
    MAIL_AUTO_REPLY },
  { "an absence note by its subject", "From: l@example.org\r\nSubject: Automatische Antwort: Fest\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "an absence note without a colon", "From: l@example.org\r\nSubject: Abwesenheitsnotiz Re: Einladung\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "an encoded subject of an absence note",
    "From: l@example.org\r\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_:?= Fest\r\n", "l@example.org",
    MAIL_AUTO_REPLY },
  { "a person's answer to an absence note",
    "From: l@example.org\r\nSubject: AW: Automatische Antwort: Fest\r\n", "l@example.org", MAIL_HUMAN },
  { "an office's server asks for no automatic answers: still a person",
    "From: l@example.org\r\nX-Auto-Response-Suppress: DR, OOF, AutoReply\r\nIn-Reply-To: <1@x>\r\nSubject: "
    "Antwort\r\n",
    "l@example.org", MAIL_HUMAN },
  { "a read receipt",
    "From: l@example.org\r\nContent-Type: multipart/report; report-type=disposition-notification; "
    "boundary=x\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "a mail system", "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\n", "x@example.org",
    MAIL_NULL_SENDER },
  { "another mailing list", "From: l@example.org\r\nList-Id: <x.lists.example.org>\r\n", "l@example.org",
    MAIL_LIST },
  { "another list without List-Id", "From: l@example.org\r\nPrecedence: list\r\n", "l@example.org",
    MAIL_LIST },
  { "bulk", "From: l@example.org\r\nPrecedence: bulk\r\n", "l@example.org", MAIL_AUTO_GENERATED },
  { "our List-Id with our From came back by itself",
    "From: \"Lothar\" <gruenau+x@kiez.example>\r\nList-Id: <gruenau.kiez.example>\r\n",
    "gruenau+b@kiez.example", MAIL_LOOP },
  { "our List-Id, forwarded by a person whose client keeps the field",
    "From: l@example.org\r\nSubject: WG: Fest\r\nList-Id: <gruenau.kiez.example>\r\n", "l@example.org",
    MAIL_HUMAN },
  { "our List-Id, redirected by a person",
    "Resent-From: Lothar <l@example.org>\r\nFrom: gruenau+x@kiez.example\r\nList-Id: "
    "<gruenau.kiez.example>\r\n",
    "l@example.org", MAIL_HUMAN },
  { "our List-Id, redirected by a rule of Exchange",
    "X-MS-Exchange-Inbox-Rules-Loop: l@example.org\r\nResent-From: l@example.org\r\nFrom: "
    "gruenau+x@kiez.example\r\n"
    "List-Id: <gruenau.kiez.example>\r\n",
    "l@example.org", MAIL_LOOP },
  { "our List-Id in somebody's absence note",
    "From: l@example.org\r\nAuto-Submitted: auto-replied\r\nList-Id: <gruenau.kiez.example>\r\n",
    "l@example.org", MAIL_LOOP },
  { "a domain that only ends like ours is foreign", "From: l@example.org\r\nList-Id: <x.notkiez.example>\r\n",
    "l@example.org", MAIL_LIST },
  { "a report without the null sender",
    "From: Postmaster <postmaster@x.example>\r\nX-Failed-Recipients: a@b.example\r\nSubject: Delivery "
    "failure\r\n",
    "x@example.org", MAIL_NULL_SENDER },
  { "an absence note in French", "From: l@example.org\r\nSubject: =?utf-8?q?Absence_du_bureau?=\r\n",
    "l@example.org", MAIL_AUTO_REPLY },
  { "a person's subject that begins with a holiday",
    "From: l@example.org\r\nSubject: Urlaubsbetreuung gesucht\r\n", "l@example.org", MAIL_HUMAN },
  { "our loop mark in a mail that came back by itself",
    "From: gruenau+x@kiez.example\r\nX-Loop: gruenau@kiez.example\r\n", "l@example.org", MAIL_LOOP },
  { "our loop mark in somebody's absence note",
    "From: l@example.org\r\nAuto-Submitted: auto-replied\r\nX-Loop: gruenau@kiez.example\r\n",
    "l@example.org", MAIL_LOOP },
  { "our loop mark, passed on by a person: where it may go, routing says",
    "From: l@example.org\r\nX-Loop: gruenau@kiez.example\r\n", "l@example.org", MAIL_HUMAN },
  { "a whole letter of ours, redirected by a person",
    "Resent-From: Lothar <l@example.org>\r\nResent-To: adlershof@kiez.example\r\nFrom: "
    "gruenau+x@kiez.example\r\nX-Loop: gruenau@kiez.example\r\nList-Id: <gruenau.kiez.example>\r\n",
    "l@example.org", MAIL_HUMAN },
  { "redirected by a rule of Sieve",
    "X-Sieve-Redirected-From: l@example.org\r\nResent-From: l@example.org\r\nFrom: "
    "gruenau+x@kiez.example\r\nX-Loop: gruenau@kiez.example\r\n",
    "l@example.org", MAIL_LOOP },
  { "nine of our lists are too many",
    "From: l@example.org\r\nX-Loop: a@kiez.example\r\nX-Loop: b@kiez.example\r\nX-Loop: "
    "c@kiez.example\r\nX-Loop: d@kiez.example\r\nX-Loop: e@kiez.example\r\nX-Loop: "
    "f@kiez.example\r\nX-Loop: g@kiez.example\r\nX-Loop: h@kiez.example\r\nX-Loop: i@kiez.example\r\n",
    "l@example.org", MAIL_LOOP },
  { "another's loop mark says nothing", "From: l@example.org\r\nX-Loop: x@other.example\r\n", "l@example.org",
    MAIL_HUMAN },
};

static void robots_are_told_from_people(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("%s\r\nHallo\r\n", cases[i].fields);
    g_autoptr(mail_t) mail = read_with(raw, cases[i].envelope);
    if (mail->robot != cases[i].robot)
      fail_msg("%s: got %d (%s)", cases[i].sentence, (int)mail->robot,
               mail->robot_reason ? mail->robot_reason : "-");
    assert_true((mail->robot == MAIL_HUMAN) == (mail->robot_reason == NULL));
  }
}

static void fifty_servers_are_enough(void **state)
{
  (void)state;
  for (int count = 50; count <= 51; count++) {
    g_autoptr(GString) raw = g_string_new(NULL);
    for (int i = 0; i < count; i++)
      g_string_append(raw, "Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0100\r\n");
    g_string_append(raw, "From: l@example.org\r\n\r\nHallo");
    g_autoptr(mail_t) mail = read_with(raw->str, "l@example.org");
    assert_int_equal(mail->robot, count > 50 ? MAIL_LOOP : MAIL_HUMAN);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(robots_are_told_from_people),
    cmocka_unit_test(fifty_servers_are_enough),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
