/* Mediation from the first mail to the last: three people, four mailboxes, and those who try to get in
 * between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/mediation/mediations.h"

static const char ANNA[] = "anna.krause@web.de", NACHBAR[] = "nachbar@example.org", CLARA[] = "clara@web.de",
                  DORA[] = "dora@web.de", HOUSE[] = "vermittlung@kiez.example";

static int64_t hours;

/* Time goes on, so that nobody answers faster than people do. */
static void later(int64_t some)
{
  hours += some;
  clock_fix(TEST_NOW + hours * 3600);
}

/* Clara and Dora mediate. */
static void house_open(struct club *club)
{
  hours = 0;
  club_open(club);
  int64_t list = town_list(&club->town, "vermittlung", "mediation", false);
  town_member(&club->town, list, CLARA, "member,moderator");
  town_member(&club->town, list, DORA, "member,moderator");
}

static void answer(struct club *club, const char *purpose, const char *address, const char *text)
{
  later(1);
  g_autofree char *from = g_strdup(address);
  club_answer(club, purpose, address, from, text, true);
}

static const char *state_of(struct club *club)
{
  static char words[40];
  g_autoptr(mediation_t) mediation = mediation_get(club->town.store, 1, NULL);
  g_strlcpy(words, mediation ? mediation->state : "none", sizeof words);
  return words;
}

static int count(struct club *club, const char *purpose, const char *address)
{
  return moderated_count(club, purpose, address);
}

static void asked(struct club *club)
{
  house_open(club);
  club_write(club, "Anna Krause <anna.krause@web.de>", HOUSE, "Streit wegen Lärm",
             "Guten Tag,\n\nStreit mit meinem Nachbarn wegen Lärm, können Sie vermitteln? Er ist ein Rüpel.",
             true);
}

static void taken(struct club *club)
{
  asked(club);
  later(1);
  club_answer(club, "mediate", CLARA, "Clara Conrad <clara@web.de>", "ja, ich übernehme", true);
}

static void invited(struct club *club)
{
  taken(club);
  answer(club, "mediation_steer", CLARA,
         "bitte anfragen: nachbar@example.org\nEs geht um laute Musik am Abend.");
}

static void opened(struct club *club)
{
  invited(club);
  later(1);
  club_answer(club, "mediation_invite", NACHBAR, "Bernd Nachbar <nachbar@example.org>", "Ja", true);
}

static void a_mediation_from_beginning_to_end(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters,
                      "mediate:clara@web.de mediate:dora@web.de mediation_received:anna.krause@web.de");
  g_autofree char *question = moderated_text(&club, "mediate", CLARA);
  assert_non_null(strstr(question, "wegen Lärm, können Sie vermitteln?"));
  later(1);
  club_answer(&club, "mediate", CLARA, "Clara Conrad <clara@web.de>", "ja, ich übernehme", true);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *done = moderated_text(&club, "mediate_done", DORA);
  assert_non_null(strstr(done, "Übernommen von Clara Conrad"));
  g_autofree char *begins = moderated_text(&club, "mediation_begins", ANNA);
  assert_non_null(strstr(begins, "Clara Conrad"));
  answer(&club, "mediation_begins", ANNA, "Seine Adresse ist nachbar@example.org.");
  g_autofree char *private = moderated_text(&club, "mediation_mail", CLARA);
  assert_non_null(strstr(private, "Seine Adresse ist nachbar@example.org."));
  assert_int_equal(count(&club, "mediation_mail", NULL), 1);
  answer(&club, "mediation_steer", CLARA,
         "bitte anfragen: nachbar@example.org\nEs geht um laute Musik am Abend.");
  assert_string_equal(state_of(&club), "invited");
  g_autofree char *invitation = moderated_text(&club, "mediation_invite", NACHBAR);
  assert_non_null(strstr(invitation, "Anna K. wünscht sich"));
  assert_non_null(strstr(invitation, "laute Musik am Abend"));
  assert_null(strstr(invitation, "Rüpel"));
  assert_null(strstr(invitation, "web.de"));
  later(1);
  club_answer(&club, "mediation_invite", NACHBAR, "Bernd Nachbar <nachbar@example.org>", "Ja", true);
  assert_string_equal(state_of(&club), "open");
  assert_int_equal(count(&club, "mediation_open", NULL), 3);
  answer(&club, "mediation_open", NACHBAR, "Ich wusste gar nicht, dass es zu laut ist.");
  g_autofree char *to_anna = moderated_text(&club, "mediation_mail", ANNA);
  assert_non_null(strstr(to_anna, "Ich wusste gar nicht"));
  assert_non_null(strstr(to_anna, "Das lesen nur Anna K., Bernd N. und Clara Conrad"));
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 0);
  answer(&club, "mediation_mail", ANNA, "Nach 22 Uhr wäre Ruhe schön.");
  g_autofree char *to_nachbar = moderated_text(&club, "mediation_mail", NACHBAR);
  assert_non_null(strstr(to_nachbar, "Nach 22 Uhr"));
  answer(&club, "mediation_mail", NACHBAR, "Ende");
  assert_string_equal(state_of(&club), "closed");
  assert_int_equal(count(&club, "mediation_ended", NULL), 3);
  g_autofree char *ended = moderated_text(&club, "mediation_ended", ANNA);
  assert_non_null(strstr(ended, "Bernd N. hat die Vermittlung beendet"));
  club_close(&club);
}

static void whoever_writes_after_the_end_gets_a_sentence(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_open", ANNA, "Ende");
  answer(&club, "mediation_open", NACHBAR, "Aber ich wollte noch sagen, dass ich leiser bin.");
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  g_autofree char *over = moderated_text(&club, "mediation_over", NACHBAR);
  assert_non_null(strstr(over, "diese Vermittlung ist für Sie beendet"));
  answer(&club, "mediation_open", NACHBAR, "Noch einmal, bitte.");
  assert_int_equal(count(&club, "mediation_over", NACHBAR), 1);
  club_close(&club);
}

static void no_address_is_told_by_headers_quotes_or_signatures(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  later(1);
  g_autofree char *to = club_reply_address(&club, "mediation_open", NACHBAR);
  g_autofree char *hers = club_reply_address(&club, "mediation_open", ANNA);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=example.org\n"
      "From: \"Bernd Nachbar (nachbar@example.org)\" <nachbar@example.org>\nTo: %s\nCc: "
      "<nachbar@example.org>\n"
      "Reply-To: nachbar@example.org\nSubject: AW: Vermittlung an nachbar@example.org und "
      "anna.krause@web.de\n"
      "Organization: Firma Nachbar\nX-Mailer: Post 1\nMessage-ID: <geheim@mail.example.org>\n"
      "References: <alt@mail.example.org>\nDate: Mon, 02 Mar 2026 13:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
      "Das ist mir recht, Anna (Anna.Krause@web.de), und hier steht noch %s.\n\n-- \nBernd Nachbar\n"
      "Tel. 030 1234567\nnachbar@example.org\n\n"
      "Am 02.03.2026 um 12:00 schrieb Anna Krause <anna.krause@web.de>:\n> Meine Nummer ist 0171 5550123\n"
      "> anna.krause@web.de\n--b\nContent-Type: text/vcard; name=\"bernd.vcf\"\n"
      "Content-Disposition: attachment; filename=\"bernd.vcf\"\n\nEMAIL:nachbar@example.org\n--b\n"
      "Content-Type: image/png; name=\"zaun.png\"\nContent-Disposition: attachment; filename=\"zaun.png\"\n"
      "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
      to, hers);
  post_in(&club.town, "nachbar@example.org", to, mail);
  post_work(&club.town);
  g_autofree char *raw = post_mail(&club.town, "mediation_mail", ANNA);
  assert_non_null(raw);
  static const char *const secrets[] = { "example.org",  "geheim", "1234567",   "5550123",
                                         "Organization", "Post 1", "bernd.vcf", "Firma" };
  g_autofree char *text = moderated_text(&club, "mediation_mail", ANNA);
  for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
    if (strstr(raw, secrets[i]) || strstr(text, secrets[i])) fail_msg("%s is told:\n%s", secrets[i], raw);
  }
  assert_null(strstr(text, "nna.Krause@"));
  assert_null(strstr(text, hers));
  assert_non_null(strstr(text, "Das ist mir recht"));
  assert_non_null(strstr(raw, "zaun.png"));
  assert_non_null(strstr(raw, "To: anna.krause@web.de"));
  g_autofree char *mediator = post_mail(&club.town, "mediation_mail", CLARA);
  assert_null(strstr(mediator, "anna.krause"));
  club_close(&club);
}

/* As web mailers write: the words above, then all of the earlier mail as HTML, with addresses and links. */
static void no_address_is_told_by_html(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  later(1);
  g_autofree char *to = club_reply_address(&club, "mediation_open", NACHBAR);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=example.org\nFrom: %s\nTo: %s\n"
      "Subject: Re: Vermittlung\nMessage-ID: <h1@example.org>\nMIME-Version: 1.0\n"
      "Content-Type: text/html; charset=utf-8\n\n<html><body><div>Um zehn ist Schluss, versprochen.</div>"
      "<div class=\"gmail_quote\"><div class=\"gmail_attr\">Anna &lt;<a href=\"mailto:anna.krause@web.de\">"
      "anna.krause@web.de</a>&gt; schrieb am Mo., 2. M&auml;rz 2026:<br></div><blockquote "
      "class=\"gmail_quote\">"
      "Rufen Sie an: 0171 5550123 <img src=\"https://example.org/?u=nachbar@example.org\"></blockquote></div>"
      "</body></html>\n",
      NACHBAR, to);
  post_in(&club.town, NACHBAR, to, mail);
  post_work(&club.town);
  g_autofree char *raw = post_mail(&club.town, "mediation_mail", CLARA);
  assert_non_null(raw);
  assert_non_null(strstr(raw, "Um zehn ist Schluss"));
  static const char *const secrets[] = { "example.org", "anna.krause", "5550123", "<img" };
  for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
    if (strstr(raw, secrets[i])) fail_msg("%s is told:\n%s", secrets[i], raw);
  club_close(&club);
}

/* Outlook quotes with a head of its own and without any mark before the lines. */
static void no_address_is_told_below_the_head_of_outlook(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  g_autofree char *hers = club_reply_address(&club, "mediation_open", ANNA);
  g_autofree char *text = g_strdup_printf(
      "Einverstanden, ab morgen.\n\nMit freundlichen Grüßen\nBernd Nachbar\nMobil: 0171 7654321\n\n"
      "-----Ursprüngliche Nachricht-----\nVon: Anna K. über Vermittlung <%s>\n"
      "Gesendet: Montag, 2. März 2026 10:15\nAn: nachbar@example.org\nBetreff: Vermittlung\n\n"
      "Meine Nummer ist 0171 5550123, meine Adresse anna.krause@web.de.",
      hers);
  answer(&club, "mediation_open", NACHBAR, text);
  g_autofree char *got = moderated_text(&club, "mediation_mail", CLARA);
  assert_non_null(strstr(got, "Einverstanden, ab morgen."));
  static const char *const secrets[] = { "example.org", "anna.krause", "5550123", "7654321" };
  for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
    if (strstr(got, secrets[i])) fail_msg("%s is told:\n%s", secrets[i], got);
  assert_null(strstr(got, hers));
  club_close(&club);
}

static void what_the_writer_tells_of_themselves_is_theirs_to_tell(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_open", ANNA,
         "Rufen Sie mich an: 0171 5550123 oder anna.krause@web.de, das ist leichter.");
  g_autofree char *text = moderated_text(&club, "mediation_mail", NACHBAR);
  assert_non_null(strstr(text, "0171 5550123 oder anna.krause@web.de"));
  club_close(&club);
}

static void a_forwarded_address_lets_nobody_in(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  later(1);
  club_answer(&club, "mediation_open", NACHBAR, "fremd@boese.example", "Du wirst schon sehen!", true);
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  g_autofree char *proof = moderated_text(&club, "proof", NACHBAR);
  assert_non_null(strstr(proof, "Du wirst schon sehen!"));
  answer(&club, "proof", NACHBAR, "Nein, das bin ich nicht.");
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  later(1);
  club_answer(&club, "mediation_open", NACHBAR, NACHBAR, "Das schreibe ich vom alten Telefon.", false);
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  answer(&club, "proof", NACHBAR, "Ja");
  assert_int_equal(count(&club, "mediation_mail", NULL), 2);
  g_autofree char *text = moderated_text(&club, "mediation_mail", ANNA);
  assert_non_null(strstr(text, "vom alten Telefon"));
  club_close(&club);
}

static void what_nobody_confirmed_is_forgotten_too(void **state)
{
  (void)state;
  struct club club;
  house_open(&club);
  club_write(&club, ANNA, HOUSE, "Streit", "Bitte vermitteln Sie zwischen mir und meinem Nachbarn.", false);
  later(31 * 24);
  post_work(&club.town);
  g_autoptr(GBytes) bytes = mail_bytes(club.town.store, 1, NULL);
  assert_int_equal(g_bytes_get_size(bytes), 0);
  later(12 * 24);
  post_work(&club.town);
  g_autoptr(GPtrArray) requests = requests_page(club.town.store, 0, 10, false, NULL);
  assert_int_equal(requests->len, 0);
  club_close(&club);
}

static void who_forges_the_requester_must_confirm(void **state)
{
  (void)state;
  struct club club;
  house_open(&club);
  club_write(&club, ANNA, HOUSE, "Streit", "Bitte vermitteln Sie zwischen mir und meinem Nachbarn.", false);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "mediation_confirm:anna.krause@web.de");
  later(1);
  club_answer(&club, "mediation_confirm", ANNA, ANNA, "Ja, das war ich.", false);
  assert_int_equal(count(&club, "mediate", NULL), 2);
  club_close(&club);
}

static void a_forged_mediator_takes_nothing_on(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  later(1);
  club_answer(&club, "mediate", CLARA, CLARA, "ja, ich übernehme", false);
  club_answer(&club, "mediate", DORA, "fremd@boese.example", "ja, ich übernehme", true);
  assert_string_equal(state_of(&club), "asked");
  assert_int_equal(count(&club, "proof", CLARA), 1);
  club_close(&club);
}

static void a_robot_that_says_yes_agrees_to_nothing(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  later(1);
  g_autofree char *to = club_reply_address(&club, "mediation_invite", NACHBAR);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=example.org\nFrom: %s\nTo: %s\n"
      "Subject: Re: Anfrage\nMessage-ID: <r@example.org>\nAuto-Submitted: auto-replied\n"
      "Content-Type: text/plain; charset=utf-8\n\nJa\n",
      NACHBAR, to);
  post_in(&club.town, "nachbar@example.org", to, mail);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "invited");
  answer(&club, "mediation_invite", NACHBAR,
         "Ich bin bis zum 15. März nicht im Büro. Ihre E-Mail wird nicht weitergeleitet.");
  assert_string_equal(state_of(&club), "invited");
  club_close(&club);
}

static void a_no_and_silence_look_the_same_to_the_requester(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_invite", NACHBAR, "Nein, lassen Sie mich damit in Ruhe.");
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *told = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(told, "nimmt an der Vermittlung nicht teil"));
  assert_non_null(strstr(told, "in Ruhe"));
  g_autofree char *no = moderated_text(&club, "mediation_none", ANNA);
  assert_null(strstr(no, "Ruhe"));
  club_close(&club);
  invited(&club);
  later(15 * 24);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *silent = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(silent, "nicht geantwortet"));
  g_autofree char *same = moderated_text(&club, "mediation_none", ANNA);
  assert_string_equal(no, same);
  assert_int_equal(count(&club, "mediation_invite", NACHBAR), 1);
  answer(&club, "mediation_steer", CLARA, "Fragen Sie nachbar@example.org bitte noch einmal.");
  assert_int_equal(count(&club, "mediation_invite", NACHBAR), 1);
  club_close(&club);
}

static void a_question_is_no_yes_and_reaches_the_mediator(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_invite", NACHBAR, "Worum geht es denn genau?");
  assert_string_equal(state_of(&club), "invited");
  g_autofree char *text = moderated_text(&club, "mediation_mail", CLARA);
  assert_non_null(strstr(text, "Worum geht es denn genau?"));
  assert_null(strstr(text, "example.org"));
  answer(&club, "mediation_mail", CLARA, "Um die Musik am Freitag. Sprechen Sie mit?");
  g_autofree char *back = moderated_text(&club, "mediation_mail", NACHBAR);
  assert_non_null(strstr(back, "Musik am Freitag"));
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  answer(&club, "mediation_mail", NACHBAR, "Ja, gern.");
  assert_string_equal(state_of(&club), "open");
  club_close(&club);
}

static void the_mediator_writes_to_one_alone(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_open", CLARA, "nur an Bernd: Wären Sie mit Kopfhörern einverstanden?");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  answer(&club, "mediation_mail", NACHBAR, "Unter uns: ja.");
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  assert_int_equal(count(&club, "mediation_mail", CLARA), 1);
  answer(&club, "mediation_open", CLARA, "nur an Berta: Hallo!");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_unclear", CLARA), 1);
  answer(&club, "mediation_open", ANNA, "Nur an die Vermittlung: Ich habe ein bisschen Angst.");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_mail", CLARA), 2);
  club_close(&club);
}

static void a_no_with_a_reason_reaches_whoever_asked(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  answer(&club, "mediate", CLARA, "Ich kann leider nicht, ich kenne beide.");
  assert_string_equal(state_of(&club), "asked");
  answer(&club, "mediate", DORA, "Nein, das ist ein Fall für das Ordnungsamt.");
  assert_string_equal(state_of(&club), "refused");
  g_autofree char *text = moderated_text(&club, "mediation_refused", ANNA);
  assert_non_null(strstr(text, "Fall für das Ordnungsamt"));
  club_close(&club);
}

static void nobody_answers(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  later(4 * 24);
  post_work(&club.town);
  assert_int_equal(count(&club, "mediate", CLARA), 2);
  g_autofree char *reminder = moderated_text(&club, "mediate", CLARA);
  assert_non_null(strstr(reminder, "Erinnerung"));
  assert_non_null(strstr(reminder, "wegen Lärm, können Sie vermitteln?"));
  later(11 * 24);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "lapsed");
  g_autofree char *text = moderated_text(&club, "mediation_refused", ANNA);
  assert_non_null(strstr(text, "in zwei Wochen niemand"));
  answer(&club, "mediate", CLARA, "ja, ich übernehme");
  assert_string_equal(state_of(&club), "lapsed");
  club_close(&club);
}

static void whoever_asked_adds_something_or_takes_it_back(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  answer(&club, "mediation_received", ANNA, "Es war auch gestern wieder laut.");
  assert_int_equal(count(&club, "mediation_more", NULL), 2);
  answer(&club, "mediation_received", ANNA, "Hat sich erledigt.");
  assert_string_equal(state_of(&club), "withdrawn");
  assert_int_equal(count(&club, "mediate_done", NULL), 2);
  assert_int_equal(count(&club, "mediation_ended", ANNA), 1);
  club_close(&club);
}

static void a_letter_that_comes_back_is_told_to_the_mediator(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  later(1);
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 1000, false, NULL);
  const char *envelope = NULL;
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    if (strcmp(delivery->address, NACHBAR) == 0) envelope = delivery->envelope_from;
  }
  assert_non_null(envelope);
  g_autofree char *report = g_strdup_printf(
      "From: MAILER-DAEMON@example.org\nTo: %s\nSubject: Undelivered\nMessage-ID: <b@example.org>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
      "Content-Type: text/plain\n\nNo such user.\n--b\nContent-Type: message/delivery-status\n\n"
      "Reporting-MTA: dns; example.org\n\nFinal-Recipient: rfc822; nachbar@example.org\nAction: failed\n"
      "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n",
      envelope);
  post_in(&club.town, "", envelope, report);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *text = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(text, "kam zurück"));
  assert_int_equal(count(&club, "mediation_none", ANNA), 0);
  answer(&club, "mediation_steer", CLARA, "Sorry, richtig ist: nachbarn@example.org");
  assert_int_equal(count(&club, "mediation_invite", "nachbarn@example.org"), 1);
  club_close(&club);
}

static int files;

static int count_file(const char *path, const struct stat *info, int type, struct FTW *walk)
{
  (void)path, (void)info, (void)walk;
  files += type == FTW_F;
  return 0;
}

/* Files below a folder of the store. */
static int files_below(struct club *club, const char *folder)
{
  g_autofree char *path = g_build_filename(club->town.config->store, folder, NULL);
  files = 0;
  nftw(path, count_file, 16, FTW_PHYS);
  return files;
}

static void silence_ends_it_and_all_is_forgotten(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  g_autofree char *large = g_strnfill(700000, 'x'); /* kept as a file */
  for (gsize i = 70; large[i]; i += 71) large[i] = '\n';
  answer(&club, "mediation_open", NACHBAR, large);
  assert_int_equal(files_below(&club, "raw"), 1);
  later(181 * 24);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "closed");
  assert_int_equal(count(&club, "mediation_ended", NULL), 3);
  later(31 * 24);
  post_work(&club.town);
  g_autoptr(mediation_t) mediation = mediation_get(club.town.store, 1, NULL);
  assert_true(mediation->is_forgotten);
  for (int i = 0; i < ROLE_COUNT; i++) assert_null(mediation->seats[i].address);
  g_autoptr(GPtrArray) requests = requests_page(club.town.store, 0, 1000, false, NULL);
  for (guint i = 0; i < requests->len; i++) {
    const struct request *request = g_ptr_array_index(requests, i);
    assert_null(strstr(request->address, "krause"));
    assert_null(strstr(request->address, "nachbar"));
  }
  assert_int_equal(files_below(&club, "raw"), 0);
  for (int64_t id = 1; id <= club.mails; id++) {
    g_autoptr(GBytes) bytes = mail_bytes(club.town.store, id, NULL);
    assert_non_null(bytes);
    assert_int_equal(g_bytes_get_size(bytes), 0);
  }
  club_close(&club);
}

static void a_mediator_without_the_duty_reads_no_more(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  g_autoptr(GError) error = NULL;
  int64_t person = person_find(club.town.store, CLARA, NULL);
  g_autoptr(list_row) list = list_find(club.town.store, "vermittlung", NULL);
  assert_true(store_begin(club.town.store, &error));
  assert_true(member_remove(club.town.store, list->id, person, TEST_NOW + hours * 3600, &error));
  assert_true(store_commit(club.town.store, &error));
  answer(&club, "mediation_open", CLARA, "Ich wollte nur sagen: Nehmen Sie beide Abstand.");
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  assert_string_equal(state_of(&club), "closed");
  club_close(&club);
}

static void without_mediators_the_admin_is_asked(void **state)
{
  (void)state;
  struct club club;
  hours = 0;
  club_open(&club);
  town_list(&club.town, "vermittlung", "mediation", false);
  club_write(&club, ANNA, HOUSE, "Streit", "Können Sie vermitteln?", true);
  assert_int_equal(count(&club, "mediate", "admin@amt.example"), 1);
  answer(&club, "mediate", "admin@amt.example", "Ja, mache ich.");
  assert_string_equal(state_of(&club), "taken");
  club_close(&club);
}

static void a_doubtful_mail_of_the_conversation_is_shown_to_no_other_mediator(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  later(1);
  g_autofree char *to = club_reply_address(&club, "mediation_open", ANNA);
  g_autofree char *base = g_strdup(strchr(to, '+'));
  const char *recipients[] = { to, g_strconcat("antwort", base, NULL) };
  for (gsize i = 0; i < G_N_ELEMENTS(recipients); i++) {
    g_autofree char *mail = g_strdup_printf(
        "Authentication-Results: mx.kiez.example; dmarc=fail header.from=web.de\nFrom: %s\nTo: %s\n"
        "Subject: AW: Gespräch\nMessage-ID: <d%d@web.de>\nContent-Type: text/plain; charset=utf-8\n\n"
        "Ganz im Vertrauen.\n",
        ANNA, recipients[i], (int)i);
    post_in(&club.town, ANNA, recipients[i], mail);
    post_work(&club.town);
  }
  assert_int_equal(count(&club, "moderate", NULL), 0);
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  assert_int_equal(count(&club, "proof", ANNA), 1);
  answer(&club, "proof", ANNA, "Ja");
  assert_int_equal(count(&club, "mediation_mail", NULL), 2);
  g_free((char *)recipients[1]);
  club_close(&club);
}

static void the_mediator_names_one_person_and_says_what_they_read(void **state)
{
  (void)state;
  struct club club;
  taken(&club);
  answer(&club, "mediation_steer", CLARA, "Wie heißt denn Ihr Nachbar?");
  answer(&club, "mediation_steer", CLARA, "anfragen: eins@example.org und zwei@example.org");
  assert_int_equal(count(&club, "mediation_unclear", CLARA), 2);
  assert_string_equal(state_of(&club), "taken");
  answer(&club, "mediation_steer", CLARA,
         "Anna Krause (anna.krause@web.de) ist sehr aufgebracht.\nFragen Sie: nachbar@example.org\n\n"
         "Frau Krause, anna.krause@web.de, möchte reden.");
  g_autofree char *text = moderated_text(&club, "mediation_invite", NACHBAR);
  assert_null(strstr(text, "aufgebracht"));
  assert_null(strstr(text, "web.de"));
  assert_non_null(strstr(text, "möchte reden"));
  g_autofree char *copy = moderated_text(&club, "mediation_asked", CLARA);
  assert_non_null(strstr(copy, "möchte reden"));
  club_close(&club);
}

static void a_wrong_address_is_put_right(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_steer", CLARA, "Falsch, richtig ist bernd@example.net");
  assert_int_equal(count(&club, "mediation_invite", "bernd@example.net"), 1);
  answer(&club, "mediation_invite", NACHBAR, "Ja");
  assert_string_equal(state_of(&club), "invited");
  assert_int_equal(count(&club, "mediation_over", NACHBAR), 1);
  answer(&club, "mediation_invite", "bernd@example.net", "Einverstanden.");
  assert_string_equal(state_of(&club), "open");
  assert_int_equal(count(&club, "mediation_open", NACHBAR), 0);
  club_close(&club);
}

static void an_invitation_that_somebody_else_answers_is_put_to_whom_it_went(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  later(1);
  club_answer(&club, "mediation_invite", NACHBAR, "fremd@boese.example", "Ja", true);
  club_answer(&club, "mediation_invite", NACHBAR, NACHBAR, "Ja", false);
  assert_string_equal(state_of(&club), "invited");
  assert_int_equal(count(&club, "proof", NACHBAR), 1);
  club_close(&club);
}

static void who_writes_under_the_invitation_later_learns_the_address(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_invite", NACHBAR, "Ich habe noch etwas vergessen.");
  g_autofree char *text = moderated_text(&club, "mediation_over", NACHBAR);
  g_autofree char *current = club_reply_address(&club, "mediation_open", NACHBAR);
  assert_non_null(strstr(text, current));
  club_close(&club);
}

static void a_name_is_shown_as_its_owner_wants(void **state)
{
  (void)state;
  struct club club;
  house_open(&club);
  g_autoptr(GError) error = NULL;
  assert_true(store_begin(club.town.store, &error));
  int64_t person = person_ensure(club.town.store, ANNA, "Anna Krause", TEST_NOW, TEST_NOW, &error);
  struct person_choice choice = {
    .person = person, .language = (char *)"", .shown = (char *)"pseudonym", .pseudonym = (char *)"Spatz"
  };
  assert_true(person_choice_put(club.town.store, &choice, &error));
  assert_true(store_commit(club.town.store, &error));
  club_write(&club, "Anna Krause <anna.krause@web.de>", HOUSE, "Streit", "Können Sie vermitteln?", true);
  answer(&club, "mediate", CLARA, "ja, ich übernehme");
  answer(&club, "mediation_steer", CLARA, "nachbar@example.org");
  g_autofree char *text = moderated_text(&club, "mediation_invite", NACHBAR);
  assert_non_null(strstr(text, "Spatz wünscht sich"));
  assert_null(strstr(text, "Anna"));
  club_close(&club);
}

static void a_loop_of_two_ends_soon(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  later(1);
  for (int i = 0; i < 30; i++) club_answer(&club, "mediation_open", ANNA, ANNA, "Danke für Ihre Mail!", true);
  assert_true(count(&club, "mediation_mail", NACHBAR) <= 10);
  assert_int_equal(count(&club, "mediation_unclear", ANNA), 1);
  club_close(&club);
}

static void nobody_asks_for_many_at_a_time(void **state)
{
  (void)state;
  struct club club;
  house_open(&club);
  for (int i = 0; i < 5; i++) club_write(&club, ANNA, HOUSE, "Streit", "Können Sie vermitteln?", true);
  assert_int_equal(count(&club, "mediate", CLARA), 3);
  assert_true(count(&club, "mediation_many", ANNA) > 0);
  club_close(&club);
}

static void the_settings_letter_names_the_mediators(void **state)
{
  (void)state;
  struct club club;
  hours = 0;
  club_open(&club);
  int64_t list = town_list(&club.town, "vermittlung", "mediation", false);
  town_member(&club.town, list, CLARA, "member,keeper");
  club_write(&club, CLARA, "vermittlung+einstellungen@kiez.example", "Einstellungen", "", true);
  answer(&club, "keep", CLARA, "Moderation: clara@web.de, emil@web.de");
  answer(&club, "duty", "emil@web.de", "Ja, gern.");
  club_write(&club, ANNA, HOUSE, "Streit", "Können Sie vermitteln?", true);
  assert_int_equal(count(&club, "mediate", "emil@web.de"), 1);
  assert_int_equal(count(&club, "mediate", CLARA), 1);
  club_close(&club);
}

/* The whole way in another language: no value is missing, and no sentence of another one is in between. */
static void walk_in(const char *language, const char *yes, const char *end, const char *const *words)
{
  struct club club;
  house_open(&club);
  g_autoptr(GError) error = NULL;
  g_autoptr(list_row) list = list_find(club.town.store, "vermittlung", &error);
  g_free(list->language);
  list->language = g_strdup(language);
  assert_true(store_begin(club.town.store, &error) && list_update(club.town.store, list, &error) &&
              store_commit(club.town.store, &error));
  club_write(&club, "Anna Krause <anna.krause@web.de>", HOUSE, "Noise", "Could you mediate?", true);
  answer(&club, "mediate", CLARA, yes);
  answer(&club, "mediation_steer", CLARA, "nachbar@example.org");
  answer(&club, "mediation_invite", NACHBAR, yes);
  answer(&club, "mediation_open", CLARA, "Hello, both of you.");
  answer(&club, "mediation_mail", ANNA, end);
  assert_string_equal(state_of(&club), "closed");
  static const char *const letters[][2] = { { "mediation_received", ANNA },  { "mediate", DORA },
                                            { "mediation_begins", ANNA },    { "mediation_steer", CLARA },
                                            { "mediation_invite", NACHBAR }, { "mediation_open", NACHBAR },
                                            { "mediation_mail", ANNA },      { "mediation_ended", CLARA } };
  for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
    g_autofree char *text = moderated_text(&club, letters[i][0], letters[i][1]);
    if (!strstr(text, words[i]))
      fail_msg("%s in %s lacks \"%s\":\n%s", letters[i][0], language, words[i], text);
    assert_null(strstr(text, "{{"));
    if (g_getenv("KIEZPOST_SHOW")) print_message("---- %s\n%s\n", letters[i][0], text);
  }
  club_close(&club);
}

static void the_whole_way_in_leichter_sprache_and_english(void **state)
{
  (void)state;
  static const char *const easy[] = { "Das passiert jetzt",
                                      "bittet um Hilfe",
                                      "es hilft Ihnen",
                                      "Schreiben Sie die Mail-Adresse",
                                      "Dann antworten Sie auf diese Mail: Ja",
                                      "Das lesen die anderen beiden",
                                      "Diese Mail lesen nur 3 Personen",
                                      "hat die Vermittlung beendet" };
  static const char *const english[] = {
    "This is what happens now", "asks for mediation",    "has taken on your", "name their address",
    "reply to this mail with",  "the other two read it", "Only Anna K.",      "has ended the mediation"
  };
  walk_in("de-x-leicht", "Ja", "Ende", easy);
  walk_in("en", "Yes, I take it on", "End", english);
}

static void every_letter_is_written_in_three_languages(void **state)
{
  (void)state;
  static const char *const letters[] = { "mediate",          "mediate_done",       "mediation_asked",
                                         "mediation_begins", "mediation_confirm",  "mediation_declined",
                                         "mediation_ended",  "mediation_invite",   "mediation_many",
                                         "mediation_more",   "mediation_none",     "mediation_open",
                                         "mediation_over",   "mediation_received", "mediation_refused",
                                         "mediation_steer",  "mediation_unclear",  "mediation_undelivered" };
  static const char *const languages[] = { "de", "de-x-leicht", "en" };
  for (gsize l = 0; l < G_N_ELEMENTS(languages); l++)
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
      g_autofree char *path =
          g_strdup_printf("%s/letters/%s/%s.md", config_share(), languages[l], letters[i]);
      if (!g_file_test(path, G_FILE_TEST_EXISTS)) fail_msg("There is no %s", path);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_mediation_from_beginning_to_end),
    cmocka_unit_test(whoever_writes_after_the_end_gets_a_sentence),
    cmocka_unit_test(no_address_is_told_by_headers_quotes_or_signatures),
    cmocka_unit_test(no_address_is_told_by_html),
    cmocka_unit_test(no_address_is_told_below_the_head_of_outlook),
    cmocka_unit_test(what_the_writer_tells_of_themselves_is_theirs_to_tell),
    cmocka_unit_test(a_forwarded_address_lets_nobody_in),
    cmocka_unit_test(who_forges_the_requester_must_confirm),
    cmocka_unit_test(what_nobody_confirmed_is_forgotten_too),
    cmocka_unit_test(a_forged_mediator_takes_nothing_on),
    cmocka_unit_test(a_robot_that_says_yes_agrees_to_nothing),
    cmocka_unit_test(a_no_and_silence_look_the_same_to_the_requester),
    cmocka_unit_test(a_question_is_no_yes_and_reaches_the_mediator),
    cmocka_unit_test(the_mediator_writes_to_one_alone),
    cmocka_unit_test(a_no_with_a_reason_reaches_whoever_asked),
    cmocka_unit_test(nobody_answers),
    cmocka_unit_test(whoever_asked_adds_something_or_takes_it_back),
    cmocka_unit_test(a_letter_that_comes_back_is_told_to_the_mediator),
    cmocka_unit_test(silence_ends_it_and_all_is_forgotten),
    cmocka_unit_test(a_mediator_without_the_duty_reads_no_more),
    cmocka_unit_test(without_mediators_the_admin_is_asked),
    cmocka_unit_test(a_doubtful_mail_of_the_conversation_is_shown_to_no_other_mediator),
    cmocka_unit_test(the_mediator_names_one_person_and_says_what_they_read),
    cmocka_unit_test(a_wrong_address_is_put_right),
    cmocka_unit_test(an_invitation_that_somebody_else_answers_is_put_to_whom_it_went),
    cmocka_unit_test(who_writes_under_the_invitation_later_learns_the_address),
    cmocka_unit_test(a_name_is_shown_as_its_owner_wants),
    cmocka_unit_test(a_loop_of_two_ends_soon),
    cmocka_unit_test(nobody_asks_for_many_at_a_time),
    cmocka_unit_test(the_settings_letter_names_the_mediators),
    cmocka_unit_test(the_whole_way_in_leichter_sprache_and_english),
    cmocka_unit_test(every_letter_is_written_in_three_languages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
