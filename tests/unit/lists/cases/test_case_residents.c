/* What whoever asked writes to their case, by plain reply; and everybody who tries to write in their place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/district.h"

#define ANNA "anna@web.de"
#define ZOE  "zoe@gmx.example"

static void ask(void)
{
  district_day("2026-03-16");
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Laterne in der Dorfstraße",
             "Die Laterne vor der Schule ist kaputt. Wann wird sie repariert?\n\nViele Grüße\nAnna Schmidt\n"
             "Tel. 030 1234567",
             true);
}

static void says(const char *text)
{
  club_answer(&club, "case_opened", ANNA, ANNA, text, true);
}

static void office_says(const char *text)
{
  club_answer(&club, "case_office", SGA, SGA, text, true);
}

static int entries(void)
{
  g_autoptr(casefile_t) it = district_case(&club, 1);
  return it->entries;
}

static void the_office_learns_nothing_private(void **state)
{
  (void)state;
  ask();
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_non_null(strstr(asked, "Die Laterne vor der Schule ist kaputt"));
  const char *const hidden[] = { "Anna", "Schmidt", "1234567", "web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) assert_null(strstr(asked, hidden[i]));
}

static void a_name_is_told_only_where_its_owner_agrees(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Laterne",
             "Die Laterne ist kaputt. Mein Name darf genannt werden.", true);
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_non_null(strstr(asked, "Gefragt hat Anna Schmidt"));
}

static void more_goes_to_the_office_at_once(void **state)
{
  (void)state;
  ask();
  says("Inzwischen ist auch die zweite Laterne aus.\n\nGruß\nAnna");
  g_autofree char *added = moderated_line(&club, "case_added", SGA);
  assert_non_null(strstr(added, "Nachtrag"));
  assert_non_null(strstr(added, "auch die zweite Laterne"));
  assert_null(strstr(added, "Anna"));
  g_autofree char *noted = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(noted, "Straßen- und Grünflächenamt"));
  g_autoptr(case_entry_t) entry = case_entry_get(club.town.store, 1, 3, NULL);
  assert_string_equal(entry->what, "added");
  assert_false(entry->is_public);
}

static void thanks_are_kept_and_not_sent_on(void **state)
{
  (void)state;
  ask();
  says("Vielen Dank für die schnelle Rückmeldung!");
  assert_int_equal(moderated_count(&club, "case_added", NULL), 0);
  assert_int_equal(moderated_count(&club, "case_noted", NULL), 0);
  assert_int_equal(entries(), 3);
}

static void a_question_back_opens_it_again(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne gehört uns, Ersatz ist nicht vorgesehen.\nStatus: abgelehnt");
  assert_string_equal(district_state(&club, 1), "rejected closed");
  club_answer(&club, "case_answered", ANNA, ANNA, "Warum wird sie nicht ersetzt?", true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  g_autofree char *asked = moderated_line(&club, "case_added", SGA);
  assert_non_null(strstr(asked, "Rückfrage"));
  assert_non_null(strstr(asked, "8. April 2026"));
  assert_int_equal(moderated_open_cases(&club, "SGA"), 1);
}

static void what_is_settled_is_withdrawn_and_the_office_told_once(void **state)
{
  (void)state;
  ask();
  says("Hat sich erledigt, danke.");
  says("Die Frage hat sich wie gesagt erledigt.");
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
  assert_int_equal(moderated_count(&club, "case_withdrawn", SGA), 1);
  says("Jetzt ist sie doch wieder aus.");
  assert_string_equal(district_state(&club, 1), "forwarded open");
}

static void where_it_stands_is_told_at_once(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne wird in KW 30 repariert.");
  says("Wie ist der Stand bei KP-2026-0001?");
  g_autofree char *told = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(told, "Das Amt hat es zugesagt."));
  assert_non_null(strstr(told, "26. Juli 2026"));
  assert_int_equal(moderated_count(&club, "case_added", SGA), 1);
}

static void an_answer_without_a_state_is_told_as_that(void **state)
{
  (void)state;
  ask();
  office_says("Guten Tag, die Laterne gehört zum Kabel der Nachbarstraße.");
  says("Wie ist der Stand bei KP-2026-0001?");
  g_autofree char *told = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(told, "Das Amt hat geantwortet und keinen Stand genannt."));
  assert_null(strstr(told, "noch nicht geantwortet"));
}

static void what_is_told_to_be_done_stands_alone(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne wurde repariert.");
  says("Wie ist der Stand bei KP-2026-0001?");
  g_autofree char *told = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(told, "Das Amt sagt, es ist erledigt."));
  assert_null(strstr(told, "noch nicht geantwortet"));
}

/* It would mend what nobody needs. */
static void an_office_that_has_promised_hears_of_a_withdrawal(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne wird in KW 30 repariert.");
  says("Hat sich erledigt, danke.");
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
  assert_int_equal(moderated_count(&club, "case_withdrawn", SGA), 1);
}

static void done_says_the_office_and_confirmed_are_two_things(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne wurde repariert.\nStatus: erledigt");
  assert_string_equal(district_state(&club, 1), "done open");
  g_autofree char *asked = moderated_line(&club, "case_answered", ANNA);
  assert_non_null(strstr(asked, "Ist es behoben?"));
  club_answer(&club, "case_answered", ANNA, ANNA, "ja, ist behoben", true);
  assert_string_equal(district_state(&club, 1), "confirmed closed");
  assert_int_equal(moderated_count(&club, "case_added", NULL), 0);
}

static void a_no_opens_it_again(void **state)
{
  (void)state;
  static const char *const nos[] = { "Nein.", "immer noch kaputt", "Danke, aber leider noch nicht behoben." };
  for (gsize i = 0; i < G_N_ELEMENTS(nos); i++) {
    if (i) district_teardown(NULL), district_setup(NULL);
    ask();
    office_says("Die Laterne wurde repariert.\nStatus: erledigt");
    club_answer(&club, "case_answered", ANNA, ANNA, nos[i], true);
    assert_string_equal(district_state(&club, 1), "forwarded open");
    assert_int_equal(moderated_count(&club, "case_added", SGA), 1);
  }
}

static void without_an_answer_it_stays_done_says_the_office(void **state)
{
  (void)state;
  ask();
  office_says("Die Laterne wurde repariert.\nStatus: erledigt");
  district_until(&club, "2026-05-30");
  assert_string_equal(district_state(&club, 1), "done closed");
  assert_int_equal(moderated_count(&club, "case_fixed", ANNA), 1);
}

static void letters_about_a_case_can_be_stopped_and_begin_again(void **state)
{
  (void)state;
  ask();
  says("Bitte keine Mails mehr dazu.");
  g_autofree char *stopped = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(stopped, "keine Mails mehr"));
  district_until(&club, "2026-04-10");
  assert_int_equal(moderated_count(&club, "case_unanswered", NULL), 0);
  says("Gibt es schon etwas Neues von der Laterne zu berichten?");
  district_until(&club, "2026-04-27");
  assert_int_equal(moderated_count(&club, "case_unanswered", ANNA), 1);
}

/* ---- others ---- */

static void a_stranger_with_a_forwarded_address_adds_nothing(void **state)
{
  (void)state;
  ask();
  int before = entries();
  club_answer(&club, "case_opened", ANNA, "Zoe <" ZOE ">", "Hat sich erledigt, bitte zurückziehen.", true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  assert_int_equal(entries(), before);
  assert_int_equal(moderated_count(&club, "case_withdrawn", NULL), 0);
  g_autofree char *asked = moderated_line(&club, "case_proof", ANNA);
  assert_non_null(strstr(asked, ZOE));
  club_answer(&club, "case_proof", ANNA, ZOE, "Ja", true); /* nor does their own yes help them */
  assert_string_equal(district_state(&club, 1), "forwarded open");
  club_answer(&club, "case_proof", ANNA, ANNA, "Nein, das war ich nicht.", true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
}

static void the_persons_yes_takes_up_what_came_from_elsewhere(void **state)
{
  (void)state;
  ask();
  club_answer(&club, "case_opened", ANNA, "anna@work.example", "Hat sich erledigt.", true);
  club_answer(&club, "case_proof", ANNA, ANNA, "Worum geht es?", true); /* neither yes nor no */
  assert_string_equal(district_state(&club, 1), "forwarded open");
  club_answer(&club, "case_proof", ANNA, ANNA, "Ja", true);
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
}

static void a_forged_sender_withdraws_nothing(void **state)
{
  (void)state;
  ask();
  club_answer(&club, "case_opened", ANNA, ANNA, "Hat sich erledigt.", false);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  assert_int_equal(moderated_count(&club, "case_proof", ANNA), 1);
}

static void another_address_of_the_person_is_as_good(void **state)
{
  (void)state;
  ask();
  assert_true(store_begin(club.town.store, NULL));
  int64_t anna = person_find(club.town.store, ANNA, NULL);
  assert_true(person_add_address(club.town.store, anna, "anna@work.example", TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  club_answer(&club, "case_opened", ANNA, "anna@work.example", "Hat sich erledigt.", true);
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
}

static void a_robot_that_thanks_changes_nothing(void **state)
{
  (void)state;
  ask();
  int before = entries();
  g_autofree char *to = club_reply_address(&club, "case_opened", ANNA);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: %s\nTo: %s\n"
      "Subject: Automatische Antwort: Ihre Frage\nAuto-Submitted: auto-replied\nMessage-ID: <r@web.de>\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
      "Ja, vielen Dank, hat sich erledigt.\n",
      ANNA, to);
  post_in(&club.town, ANNA, to, mail);
  post_work(&club.town);
  assert_int_equal(entries(), before);
  assert_string_equal(district_state(&club, 1), "forwarded open");
}

/* ---- how cases begin ---- */

static void whom_nobody_vouches_for_is_asked_once_a_day(void **state)
{
  (void)state;
  district_day("2026-03-16");
  for (int i = 0; i < 3; i++)
    club_write(&club, ZOE, "frage@kiez.example", "Laterne", "Wann geht die Laterne wieder? Schöne Grüße",
               false);
  assert_int_equal(moderated_count(&club, "question_confirm", ZOE), 1);
  assert_int_equal(moderated_count(&club, "case_office", NULL), 0);
  clock_fix(clock_now() + 3600);
  club_answer(&club, "question_confirm", ZOE, ZOE, "Wer sind Sie denn?", false); /* neither yes nor no */
  assert_int_equal(moderated_count(&club, "case_office", SGA), 0);
  clock_fix(clock_now() + 3600);
  club_answer(&club, "question_confirm", ZOE, ZOE, "Ja", false);
  assert_int_equal(moderated_count(&club, "case_office", SGA), 1);
  assert_int_equal(moderated_count(&club, "case_opened", ZOE), 1);
}

static void the_same_question_again_joins_the_case(void **state)
{
  (void)state;
  ask();
  district_until(&club, "2026-03-18");
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Laterne in der Dorfstraße!!",
             "Die Laterne vor der Schule ist kaputt. Wann wird sie denn repariert?\n\nAnna", true);
  assert_string_equal(district_state(&club, 2), "none closed");
  g_autofree char *noted = moderated_line(&club, "case_noted", ANNA);
  assert_non_null(strstr(noted, "KP-2026-0001"));
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Baum",
             "Der Baum am Spielplatz ist umgefallen und muss weg.", true);
  assert_string_equal(district_state(&club, 2), "forwarded open");
}

static void a_number_in_a_new_mail_belongs_to_its_case(void **state)
{
  (void)state;
  ask();
  club_write(&club, ANNA, "frage@kiez.example", "KP-2026-0001", "Hat sich erledigt.", true);
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
}

static void who_follows_gets_the_answer_and_decides_nothing(void **state)
{
  (void)state;
  ask();
  club_write(&club, "Bert <bert@web.de>", "frage@kiez.example", "KP-2026-0001",
             "Ich möchte auch informiert werden.", true);
  assert_int_equal(moderated_count(&club, "case_noted", "bert@web.de"), 1);
  club_answer(&club, "case_noted", "bert@web.de", "bert@web.de", "Hat sich erledigt.", true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  office_says("Die Laterne wird in der 20. KW ersetzt.");
  assert_int_equal(moderated_count(&club, "case_answered", "bert@web.de"), 1);
  club_answer(&club, "case_answered", "bert@web.de", "bert@web.de", "Bitte keine Mails mehr dazu", true);
  office_says("Die Laterne wurde ersetzt.");
  assert_int_equal(moderated_count(&club, "case_answered", "bert@web.de"), 1);
}

static void danger_gets_the_numbers_to_call(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, ANNA, "frage@kiez.example", "Gas",
             "An der Baustelle auf der Straße riecht es stark nach Gas, Lebensgefahr! Wer kümmert sich?",
             true);
  g_autofree char *opened = moderated_line(&club, "case_opened", ANNA);
  assert_non_null(strstr(opened, "112"));
}

static void the_first_contact_brings_the_legal_information(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, ZOE, "frage@kiez.example", "Laterne", "Wann wird die Laterne repariert?", true);
  g_autofree char *first = moderated_line(&club, "case_opened", ZOE);
  assert_non_null(strstr(first, "Art. 13 DSGVO"));
  club_write(&club, ZOE, "frage@kiez.example", "Baum", "Der alte Baum am Ufer ist krank, was geschieht?",
             true);
  g_autofree char *second = moderated_line(&club, "case_opened", ZOE);
  assert_null(strstr(second, "Art. 13 DSGVO"));
}

static void somebody_without_mail_is_helped(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(
      &club, "Clara <clara@web.de>", "frage@kiez.example", "Anruf",
      "Im Namen von Frau Schulz (Telefon): Die Laterne in der Dorfstraße ist kaputt. Frau Schulz bittet um "
      "Antwort.",
      true);
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_non_null(strstr(asked, "Die Laterne in der Dorfstraße"));
  assert_null(strstr(asked, "Schulz"));
  g_autoptr(GPtrArray) helpers = case_parties(club.town.store, 1, "helper", NULL);
  assert_int_equal(helpers->len, 1);
  const struct case_party *helper = helpers->pdata[0];
  assert_string_equal(helper->name, "Frau Schulz");
  office_says("Die Laterne wird in der 20. KW ersetzt.");
  assert_int_equal(moderated_count(&club, "case_answered", "clara@web.de"), 1);
}

static void not_everybody_speaks_for_others(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, "Anna <anna@web.de>", "frage@kiez.example", "Laterne",
             "Im Namen von Frau Schulz: Die Laterne ist kaputt.", true);
  g_autoptr(GPtrArray) helpers = case_parties(club.town.store, 1, "helper", NULL);
  assert_int_equal(helpers->len, 0);
  assert_string_equal(district_state(&club, 1), "forwarded open");
}

static void photos_go_along_without_what_they_tell(void **state)
{
  (void)state;
  district_day("2026-03-16");
  /* the pieces of a JPEG, with a comment that says where somebody lives; and a program */
  static const unsigned char photo[] = { 0xff, 0xd8, 0xff, 0xfe, 0x00, 0x0e, 'S',  'e',  'e',
                                         'w',  'e',  'g',  ' ',  '1',  '2',  '!',  '!',  '!',
                                         0xff, 0xdb, 0x00, 0x05, 0x00, 0x01, 0x01, 0xff, 0xda,
                                         0x00, 0x04, 0x01, 0x01, 0x3f, 0x3f, 0xff, 0xd9 };
  g_autofree char *coded = g_base64_encode(photo, sizeof photo);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: Anna <anna@web.de>\n"
      "To: frage@kiez.example\nSubject: Laterne\nMessage-ID: <p@web.de>\nMIME-Version: 1.0\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Type: text/plain; charset=utf-8\n\nDie Laterne ist kaputt, siehe Bild.\n--b\n"
      "Content-Type: image/jpeg\nContent-Disposition: attachment; filename=\"Anna Schmidt.jpg\"\n"
      "Content-Transfer-Encoding: base64\n\n%s\n--b\nContent-Type: application/x-msdownload\n"
      "Content-Disposition: attachment; filename=\"a.exe\"\n\nMZ\n--b--\n",
      coded);
  post_in(&club.town, ANNA, "frage@kiez.example", mail);
  post_work(&club.town);
  g_autofree char *letter = post_mail(&club.town, "case_office", SGA);
  gsize size = strlen(letter);
  g_autoptr(mail_t) read =
      mail_read(letter, size, &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  assert_int_equal(read->attachments->len, 1);
  const struct mail_attachment *file = read->attachments->pdata[0];
  assert_string_equal(file->type, "image/jpeg");
  assert_string_equal(file->filename, "1.jpg");
  assert_true(file->size_bytes < sizeof photo); /* the comment is gone */
  assert_null(strstr(letter, "Schmidt"));
  assert_non_null(strstr(read->text, "1 Datei(en)"));
}

static void who_asked_may_keep_it_from_the_public(void **state)
{
  (void)state;
  static const char NEW[] = "neu@web.de";
  district_day("2026-03-16");
  club_write(&club, NEW, "frage@kiez.example", "Laterne", "Wann wird die Laterne repariert?", true);
  g_autoptr(casefile_t) before = casefile_find(club.town.store, 2026, 1, NULL);
  assert_true(before->is_public);
  g_autofree char *told = moderated_line(&club, "case_opened", NEW);
  assert_non_null(strstr(told, "veröffentlichen“"));
  assert_non_null(strstr(told, "Art. 13 DSGVO"));
  clock_fix(clock_now() + 3600);
  club_answer(&club, "case_opened", NEW, ANNA, "Bitte nicht veröffentlichen.", true);
  g_autoptr(casefile_t) still = casefile_find(club.town.store, 2026, 1, NULL);
  assert_true(still->is_public);
  club_answer(&club, "case_opened", NEW, NEW, "Bitte nicht veröffentlichen.", true);
  g_autoptr(casefile_t) after = casefile_find(club.town.store, 2026, 1, NULL);
  assert_false(after->is_public);
  assert_string_equal(after->state, "forwarded");
  g_autofree char *noted = moderated_line(&club, "case_noted", NEW);
  assert_non_null(strstr(noted, "nichts mehr im öffentlichen Archiv"));
}

static void papers_go_along_as_they_are_and_who_sent_them_knows(void **state)
{
  (void)state;
  district_day("2026-03-16");
  post_in(&club.town, ANNA, "frage@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: Anna <anna@web.de>\n"
          "To: frage@kiez.example\nSubject: Laterne\nMessage-ID: <p@web.de>\nMIME-Version: 1.0\n"
          "Date: Mon, 02 Mar 2026 10:15:00 +0100\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
          "Content-Type: text/plain; charset=utf-8\n\nDie Laterne ist kaputt, siehe Anlage.\n--b\n"
          "Content-Type: application/rtf\nContent-Disposition: attachment; filename=\"Anna Schmidt.rtf\"\n"
          "\n{\\rtf1 Antrag}\n--b\nContent-Type: application/msword\n"
          "Content-Disposition: attachment; filename=\"a.doc\"\nContent-Transfer-Encoding: base64\n\n"
          "0M8R4KGxGuEAAAAA\n--b--\n");
  post_work(&club.town);
  g_autofree char *letter = post_mail(&club.town, "case_office", SGA);
  g_autoptr(mail_t) read = mail_read(
      letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  assert_int_equal(read->attachments->len, 1);
  const struct mail_attachment *file = read->attachments->pdata[0];
  assert_string_equal(file->filename, "1.rtf");
  assert_null(strstr(letter, "Schmidt"));
  assert_non_null(strstr(read->text, "1 Datei(en)"));
  g_autofree char *told = moderated_line(&club, "case_opened", ANNA);
  assert_non_null(strstr(told, "Ihre Dokumente bekommt das Amt so, wie sie sind"));
}

static void a_wish_at_the_address_for_questions_is_a_wish(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, ANNA, "frage@kiez.example", "Abmeldung",
             "Bitte melden Sie mich von der Liste Gruenau ab.", true);
  assert_int_equal(moderated_count(&club, "leave", ANNA) + moderated_count(&club, "goodbye", ANNA), 1);
  assert_string_equal(district_state(&club, 1), "none closed");
}

static void rules_hold_for_questions_as_for_posts(void **state)
{
  (void)state;
  district_day("2026-03-16");
  assert_true(store_begin(club.town.store, NULL));
  g_autoptr(list_row) list = list_find(club.town.store, "frage", NULL);
  assert_non_null(list);
  assert_true(watched_put(club.town.store, list->id, ZOE, "banned", TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  club_write(&club, ZOE, "frage@kiez.example", "Laterne", "Wann wird die Laterne repariert?", true);
  club_write(&club, ZOE, "frage@kiez.example", "Laterne", "Wann wird die Laterne endlich repariert?", false);
  assert_string_equal(district_state(&club, 1), "none closed");
  assert_int_equal(moderated_count(&club, "question_confirm", NULL), 0);
}

static void an_english_speaker_reads_english(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, "Ann <ann@web.de>", "frage@kiez.example", "Streetlight",
             "Good morning, the streetlight in front of the school has been broken for two weeks now. Who "
             "takes care "
             "of that?",
             true);
  g_autofree char *opened = moderated_line(&club, "case_opened", "ann@web.de");
  assert_null(strstr(opened, "dafür")); /* why that office, in English as well */
  club_answer(&club, "case_opened", "ann@web.de", "ann@web.de", "The second one is out, too.", true);
  g_autofree char *noted = moderated_line(&club, "case_noted", "ann@web.de");
  assert_non_null(strstr(noted, "thank you, this goes to"));
}

/* A mail to the front door, as somebody writes it who has no letter of the case at hand. */
static void writes_at_the_door(const char *from, const char *subject, const char *text, bool is_proven)
{
  club_write(&club, from, "kiez@kiez.example", subject, text, is_proven);
}

static void a_number_at_the_front_door_reaches_the_case(void **state)
{
  (void)state;
  ask();
  writes_at_the_door(ANNA, "Zu KP-2026-0001: Laterne", "Inzwischen ist auch die zweite Laterne aus.", true);
  g_autofree char *added = moderated_line(&club, "case_added", SGA);
  assert_non_null(strstr(added, "auch die zweite Laterne"));
  assert_int_equal(moderated_count(&club, "front_door_ask", ANNA), 0);
  writes_at_the_door(ANNA, "Laterne", "Zu KP-2026-0001: Und noch eine dritte ist dunkel.", true);
  assert_int_equal(moderated_count(&club, "case_added", SGA), 2);
  writes_at_the_door(ANNA, "Fall 2026/1 hat sich erledigt, die Laterne geht wieder", "", true);
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
  assert_int_equal(moderated_waiting(&club), 0);
}

static void who_only_follows_is_told_so_at_the_front_door(void **state)
{
  (void)state;
  ask();
  writes_at_the_door(ZOE, "KP-2026-0001", "Bitte halten Sie mich über KP-2026-0001 auf dem Laufenden.", true);
  assert_int_equal(moderated_count(&club, "case_noted", ZOE), 1);
  int before = entries();
  writes_at_the_door(ZOE, "Zu KP-2026-0001", "Das finde ich auch ganz schlimm.", true);
  assert_int_equal(moderated_count(&club, "case_noted", ZOE), 2);
  assert_int_equal(entries(), before);
  writes_at_the_door(ZOE, "Zu KP-2026-0001", "Bitte keine Mails mehr dazu.", true);
  g_autoptr(GPtrArray) parties = case_parties(club.town.store, 1, "follower", NULL);
  assert_int_equal(parties->len, 0);
}

/* "Die Antwort bekommen nur Sie", the resident was told. */
static void who_follows_a_case_that_became_private_hears_no_more_of_it(void **state)
{
  (void)state;
  ask();
  writes_at_the_door(ZOE, "KP-2026-0001", "Bitte halten Sie mich über KP-2026-0001 auf dem Laufenden.", true);
  says("Nicht veröffentlichen");
  office_says("Die Laterne wird bis zum 27. März 2026 repariert.");
  assert_int_equal(moderated_count(&club, "case_answered", ANNA), 1);
  assert_int_equal(moderated_count(&club, "case_answered", ZOE), 0);
  assert_int_equal(moderated_count(&club, "consent", ZOE), 0);
}

static void a_number_alone_lets_nobody_write_into_a_case(void **state)
{
  (void)state;
  ask();
  int before = entries();
  writes_at_the_door(ZOE, "Zu KP-2026-0001", "Das hat sich erledigt, bitte zurückziehen.", true);
  writes_at_the_door(ANNA, "Zu KP-2026-0001", "Das hat sich erledigt, bitte zurückziehen.", false);
  assert_int_equal(entries(), before);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  assert_int_equal(moderated_count(&club, "case_proof", ANNA), 1);
  clock_fix(clock_now() + 7200);
  club_answer(&club, "case_proof", ANNA, ANNA, "Ja", true);
  assert_string_equal(district_state(&club, 1), "withdrawn closed");
}

static void an_office_reaches_a_case_through_the_front_door(void **state)
{
  (void)state;
  ask();
  writes_at_the_door(SGA, "KP-2026-0001", "Die Laterne wird bis zum 27. März 2026 repariert.", true);
  assert_string_equal(district_state(&club, 1), "planned open");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, district_setup, district_teardown)
  const struct CMUnitTest tests[] = {
    CASE(a_number_at_the_front_door_reaches_the_case),
    CASE(who_only_follows_is_told_so_at_the_front_door),
    CASE(who_follows_a_case_that_became_private_hears_no_more_of_it),
    CASE(a_number_alone_lets_nobody_write_into_a_case),
    CASE(an_office_reaches_a_case_through_the_front_door),
    CASE(the_office_learns_nothing_private),
    CASE(a_name_is_told_only_where_its_owner_agrees),
    CASE(more_goes_to_the_office_at_once),
    CASE(thanks_are_kept_and_not_sent_on),
    CASE(a_question_back_opens_it_again),
    CASE(what_is_settled_is_withdrawn_and_the_office_told_once),
    CASE(where_it_stands_is_told_at_once),
    CASE(an_answer_without_a_state_is_told_as_that),
    CASE(what_is_told_to_be_done_stands_alone),
    CASE(an_office_that_has_promised_hears_of_a_withdrawal),
    CASE(done_says_the_office_and_confirmed_are_two_things),
    CASE(a_no_opens_it_again),
    CASE(without_an_answer_it_stays_done_says_the_office),
    CASE(letters_about_a_case_can_be_stopped_and_begin_again),
    CASE(a_stranger_with_a_forwarded_address_adds_nothing),
    CASE(the_persons_yes_takes_up_what_came_from_elsewhere),
    CASE(a_forged_sender_withdraws_nothing),
    CASE(another_address_of_the_person_is_as_good),
    CASE(a_robot_that_thanks_changes_nothing),
    CASE(whom_nobody_vouches_for_is_asked_once_a_day),
    CASE(the_same_question_again_joins_the_case),
    CASE(a_number_in_a_new_mail_belongs_to_its_case),
    CASE(who_follows_gets_the_answer_and_decides_nothing),
    CASE(danger_gets_the_numbers_to_call),
    CASE(the_first_contact_brings_the_legal_information),
    CASE(somebody_without_mail_is_helped),
    CASE(not_everybody_speaks_for_others),
    CASE(photos_go_along_without_what_they_tell),
    CASE(papers_go_along_as_they_are_and_who_sent_them_knows),
    CASE(who_asked_may_keep_it_from_the_public),
    CASE(a_wish_at_the_address_for_questions_is_a_wish),
    CASE(rules_hold_for_questions_as_for_posts),
    CASE(an_english_speaker_reads_english),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
