/* What a mediation keeps to itself: whose addresses, from whom, and for how long; and those who try to get in
 * between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/mediation/mediated.h"

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
  enum { KEPT_AS_A_FILE = 700000 };
  g_autofree char *large = g_strnfill(KEPT_AS_A_FILE, 'x');
  for (gsize i = 70; i < KEPT_AS_A_FILE; i += 71) large[i] = '\n';
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

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_address_is_told_by_headers_quotes_or_signatures),
    cmocka_unit_test(no_address_is_told_by_html),
    cmocka_unit_test(no_address_is_told_below_the_head_of_outlook),
    cmocka_unit_test(what_the_writer_tells_of_themselves_is_theirs_to_tell),
    cmocka_unit_test(a_forwarded_address_lets_nobody_in),
    cmocka_unit_test(who_forges_the_requester_must_confirm),
    cmocka_unit_test(what_nobody_confirmed_is_forgotten_too),
    cmocka_unit_test(a_forged_mediator_takes_nothing_on),
    cmocka_unit_test(a_robot_that_says_yes_agrees_to_nothing),
    cmocka_unit_test(silence_ends_it_and_all_is_forgotten),
    cmocka_unit_test(a_mediator_without_the_duty_reads_no_more),
    cmocka_unit_test(a_doubtful_mail_of_the_conversation_is_shown_to_no_other_mediator),
    cmocka_unit_test(an_invitation_that_somebody_else_answers_is_put_to_whom_it_went),
    cmocka_unit_test(a_name_is_shown_as_its_owner_wants),
    cmocka_unit_test(a_loop_of_two_ends_soon),
    cmocka_unit_test(nobody_asks_for_many_at_a_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
