/* Those who look after the front door read what it took mails for, and correct it by one reply; the sender
 * hears of it; and nobody else can. Mona looks after the door, Max after the defects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/read.h"
#include "lib/store/cases/cases.h"
#include "lib/store/events/events.h"

#include "tests/unit/lists/held.h"

static int64_t defects, questions;

static int open_door(void **state)
{
  (void)state;
  club_open(&club);
  defects = town_list(&club.town, "maengel", "defects", true);
  town_list(&club.town, "termine", "events", true);
  questions = town_list(&club.town, "frage", "questions", true);
  return 0;
}

static void appoint(void)
{
  town_member(&club.town, club.door, "mona@web.de", "moderator");
  town_member(&club.town, defects, "max@web.de", "moderator");
}

#define AT_DOOR(name) cmocka_unit_test_setup_teardown(name, open_door, close_town)

/* "list code" of the only hold; "none". */
static const char *held(void)
{
  static char words[100];
  g_autoptr(GPtrArray) holds = holds_page(club.town.store, 0, 0, 10, NULL);
  const struct hold *hold = holds->len == 1 ? holds->pdata[0] : NULL;
  g_snprintf(words, sizeof words, "%s%s%s",
             hold         ? hold->list_name
             : holds->len ? "many"
                          : "none",
             hold ? " " : "", hold ? hold->code : "");
  return words;
}

static void write_defect(bool is_vouched)
{
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Laterne",
             "Guten Tag, die Straßenlaterne in der Regattastraße 12 ist seit Tagen kaputt.", is_vouched);
  clock_fix(TEST_NOW + 3600);
}

static void people_read_what_a_mail_was_taken_for(void **state)
{
  (void)state;
  appoint();
  write_defect(true);
  static const char *const readers[] = { "mona@web.de", "max@web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    g_autofree char *letter = moderated_line(&club, "front_door_news", readers[i]);
    assert_has(letter, "Mängelmeldung verstanden");
    assert_has(letter, "Straßenlaterne");
    assert_has(letter, "TERMIN, VORSCHLAG, FRAGE");
  }
  assert_int_equal(moderated_count(&club, "front_door_news", NULL), 2);
}

static void without_people_the_admin_reads_what_waits_and_no_questions(void **state)
{
  (void)state;
  write_defect(true);
  assert_int_equal(moderated_count(&club, "front_door_news", "admin@amt.example"), 1);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Poller",
             "Wann antwortet das Straßenamt, wer ist für den Poller zuständig?", true);
  assert_int_equal(moderated_count(&club, "front_door_news", NULL), 1);
}

static void one_reply_of_theirs_moves_it_and_its_sender_hears(void **state)
{
  (void)state;
  static const char *const words[] = { "Termin", "Das ist keine Mängelmeldung, das ist eine Veranstaltung",
                                       "nicht als Mangel, bitte als Terminhinweis. Gruß Max" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    appoint();
    write_defect(true);
    club_answer(&club, "front_door_news", "max@web.de", "max@web.de", words[i], true);
    if (strcmp(held(), "none") != 0) fail_msg("%s: %s", words[i], held());
    assert_int_equal(moderated_count(&club, "event_draft", "anna@web.de"), 1);
    g_autofree char *told = moderated_line(&club, "front_door_moved", "anna@web.de");
    assert_has(told, "jemand, der den Eingang betreut");
    assert_has(told, "gilt jetzt als Termin");
    assert_has_not(told, "danke für Ihre Antwort");
    g_autoptr(GPtrArray) rows = handled_of(club.town.store, 1, NULL);
    assert_has(((struct handled *)rows->pdata[0])->reason, "a report of a defect");
    assert_has(((struct handled *)rows->pdata[0])->reason,
               "It was moved to termine. It calls people together");
    /* and the sender may correct that */
    club_answer(&club, "front_door_moved", "anna@web.de", "anna@web.de", "MANGEL", true);
    assert_string_equal(held(), "maengel kind_not_ready");
    g_autoptr(event_t) event = event_get(club.town.store, 1, NULL);
    assert_string_equal(event->state, "cancelled");
    close_town(NULL);
    open_door(NULL);
  }
}

static void a_question_moves_and_its_case_is_withdrawn(void **state)
{
  (void)state;
  appoint();
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Poller",
             "Wann antwortet das Straßenamt, wer ist für den Poller zuständig? Anna, Tel. 0176 44556677",
             true);
  clock_fix(TEST_NOW + 3600);
  g_autofree char *letter = moderated_line(&club, "front_door_news", "mona@web.de");
  assert_has(letter, "Frage ans Amt");
  assert_has(letter, "KP-2026-0001");
  assert_has_not(letter, "44556677");
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "Das ist ein Mangel, keine Frage",
              true);
  g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
  assert_string_equal(it->state, "withdrawn");
  assert_string_equal(held(), "maengel kind_not_ready");
  g_autofree char *told = moderated_line(&club, "front_door_moved", "anna@web.de");
  assert_has(told, "gilt jetzt als Mängelmeldung");
}

static void ask_office(void)
{
  club_write(&club, "Anna Schmidt <anna@web.de>", "kiez@kiez.example", "Poller, Tel. 0176 44556677",
             "Wann antwortet das Straßenamt, wer ist für den Poller zuständig? Anna, Tel. 0176 44556677",
             true);
  clock_fix(TEST_NOW + 3600);
}

static bool is_withdrawn(void)
{
  g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
  return strcmp(it->state, "withdrawn") == 0;
}

/* Anna takes her question from the public, or back; whoever read of it before moves it no more. */
static void what_became_private_is_moved_by_nobody_else(void **state)
{
  static const char *const wishes[] = { "Bitte nicht veröffentlichen.",
                                        "Meine Frage hat sich erledigt, bitte zurückziehen." };
  static const char *const words[] = { "TERMIN", "VORSCHLAG", "FALSCH", "GRUPPE" };
  for (gsize i = 0; i < G_N_ELEMENTS(wishes) * G_N_ELEMENTS(words); i++) {
    appoint();
    ask_office();
    club_answer(&club, "case_opened", "anna@web.de", "anna@web.de", wishes[i % 2], true);
    bool was_withdrawn = is_withdrawn();
    club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", words[i / 2], true);
    if (strcmp(held(), "none") != 0 || is_withdrawn() != was_withdrawn)
      fail_msg("%s: %s", words[i / 2], held());
    assert_int_equal(moderated_count(&club, "front_door_people", NULL), 0);
    assert_int_equal(moderated_count(&club, "event_draft", NULL), 0);
    assert_int_equal(moderated_count(&club, "request_expired", "mona@web.de"), 1);
    close_town(NULL);
    open_door(state);
  }
}

/* Those who look after the door read no more of a question than everybody does. */
static void what_was_wrong_is_shown_as_all_read_it(void **state)
{
  static const char *const words[] = { "FALSCH", "Da wurde etwas falsch verstanden" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    appoint();
    ask_office();
    club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", words[i], true);
    assert_string_equal(held(), "kiez front_door");
    g_autofree char *letter = moderated_line(&club, "front_door_people", "mona@web.de");
    assert_has(letter, "für den Poller zuständig");
    assert_has_not(letter, "44556677");
    assert_has_not(letter, "Anna");
    assert_has_not(letter, "von :");
    /* and it goes on from there */
    club_answer(&club, "front_door_people", "mona@web.de", "mona@web.de", "MANGEL", true);
    assert_string_equal(held(), "maengel kind_not_ready");
    g_autofree char *told = moderated_line(&club, "front_door_moved", "mona@web.de");
    assert_has_not(told, "44556677");
    g_autofree char *sender = moderated_line(&club, "front_door_moved", "anna@web.de");
    assert_has(sender, "gilt jetzt als Mängelmeldung");
    close_town(NULL);
    open_door(state);
  }
}

/* Mona looks after the door, Max after questions: both read of a question, and the word of either counts. */
static void a_draft_of_an_event_is_moved_by_them_as_well(void **state)
{
  (void)state;
  appoint();
  club_write(
      &club, "anna@web.de", "kiez@kiez.example", "Hoffest",
      "Am Samstag, 28. März um 15 Uhr machen wir ein Hoffest in der Regattastraße 12. Alle sind eingeladen!",
      true);
  g_autofree char *news = moderated_line(&club, "front_door_news", "mona@web.de");
  assert_has(news, "machen wir ein Hoffest");
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "MANGEL", true);
  assert_string_equal(held(), "maengel kind_not_ready");
  g_autoptr(event_t) event = event_get(club.town.store, 1, NULL);
  assert_string_equal(event->state, "cancelled");
  assert_int_equal(moderated_count(&club, "front_door_moved", "anna@web.de"), 1);
  /* the draft is over: a yes to it opens nothing */
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  g_autoptr(event_t) later = event_get(club.town.store, 1, NULL);
  assert_string_equal(later->state, "cancelled");
}

static void a_lists_own_people_move_what_it_took(void **state)
{
  (void)state;
  town_member(&club.town, club.door, "mona@web.de", "moderator");
  town_member(&club.town, questions, "max@web.de", "moderator");
  ask_office();
  club_answer(&club, "front_door_news", "max@web.de", "max@web.de", "Das ist ein Mangel, keine Frage", true);
  assert_true(is_withdrawn());
  assert_string_equal(held(), "maengel kind_not_ready");
}

static void who_comes_too_late_is_told_so(void **state)
{
  (void)state;
  appoint();
  write_defect(true);
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "TERMIN", true);
  assert_int_equal(moderated_count(&club, "event_draft", "anna@web.de"), 1);
  club_answer(&club, "front_door_news", "max@web.de", "max@web.de", "VORSCHLAG", true);
  assert_string_equal(held(), "none"); /* Max looks after defects, and it is none any more */
  assert_int_equal(moderated_count(&club, "request_expired", "max@web.de"), 1);
}

static void who_says_what_was_done_already_hears_nothing(void **state)
{
  (void)state;
  appoint();
  write_defect(true);
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "TERMIN", true);
  club_answer(&club, "front_door_news", "max@web.de", "max@web.de", "Termin", true);
  assert_int_equal(moderated_count(&club, "request_expired", NULL), 0);
  assert_int_equal(moderated_count(&club, "event_draft", "anna@web.de"), 1);
}

static void what_is_private_is_not_shown_to_them(void **state)
{
  (void)state;
  appoint();
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Wohngeld",
             "Bitte nicht veröffentlichen: Wann entscheidet das Amt über meinen Antrag auf Wohngeld? Ich "
             "habe Krebs und kann nicht arbeiten.",
             true);
  g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
  assert_non_null(it);
  assert_false(it->is_public);
  assert_int_equal(moderated_count(&club, "front_door_news", NULL), 0);
}

static void others_move_nothing(void **state)
{
  (void)state;
  appoint();
  write_defect(true);
  club_answer(&club, "front_door_news", "max@web.de", "bert@web.de", "TERMIN", true);
  assert_string_equal(held(), "maengel kind_not_ready");
  club_answer(&club, "front_door_news", "max@web.de", "max@web.de", "TERMIN", false);
  assert_string_equal(held(), "maengel kind_not_ready");
}

static void forged_mails_bring_them_no_letters(void **state)
{
  (void)state;
  appoint();
  write_defect(false);
  assert_int_equal(moderated_count(&club, "front_door_news", NULL), 0);
}

static void what_is_unclear_is_asked_back(void **state)
{
  (void)state;
  appoint();
  write_defect(true);
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "Das liegt woanders, glaube ich", true);
  assert_string_equal(held(), "maengel kind_not_ready");
  assert_int_equal(moderated_count(&club, "front_door_unclear", "mona@web.de"), 1);
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "ok, stimmt", true);
  assert_int_equal(moderated_count(&club, "front_door_unclear", "mona@web.de"), 1);
  club_answer(&club, "front_door_news", "mona@web.de", "mona@web.de", "FALSCH", true);
  assert_string_equal(held(), "kiez front_door");
  club_answer(&club, "front_door_people", "mona@web.de", "mona@web.de", "FRAGE", true);
  assert_string_equal(held(), "none");
}

static void a_group_gets_nothing_by_a_word_in_a_long_answer(void **state)
{
  (void)state;
  write_defect(true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de",
              "Noch etwas dazu: Unsere Gruppe geht dort jeden Abend mit den Kindern vorbei, und gestern ist "
              "meine Tochter im Dunkeln gestürzt, sie liegt im Krankenhaus.",
              true);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "Das soll in die Gruppe", true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    AT_DOOR(people_read_what_a_mail_was_taken_for),
    AT_DOOR(without_people_the_admin_reads_what_waits_and_no_questions),
    AT_DOOR(one_reply_of_theirs_moves_it_and_its_sender_hears),
    AT_DOOR(a_question_moves_and_its_case_is_withdrawn),
    AT_DOOR(what_became_private_is_moved_by_nobody_else),
    AT_DOOR(what_was_wrong_is_shown_as_all_read_it),
    AT_DOOR(a_draft_of_an_event_is_moved_by_them_as_well),
    AT_DOOR(a_lists_own_people_move_what_it_took),
    AT_DOOR(who_comes_too_late_is_told_so),
    AT_DOOR(who_says_what_was_done_already_hears_nothing),
    AT_DOOR(what_is_private_is_not_shown_to_them),
    AT_DOOR(others_move_nothing),
    AT_DOOR(forged_mails_bring_them_no_letters),
    AT_DOOR(what_is_unclear_is_asked_back),
    AT_DOOR(a_group_gets_nothing_by_a_word_in_a_long_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
