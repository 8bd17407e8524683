/* The front door: what it says it understood, and how one word puts it right; and what nobody can do with the
 * letter of somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/read.h"
#include "lib/store/cases/cases.h"
#include "lib/store/events/events.h"

#include "tests/unit/lists/members.h"

#include "lib/store/moderation/notices.h"

/* A club with the other kinds' lists, and Rahnsdorf beside Grünau. */
static void open(struct club *club)
{
  club_open(club);
  town_list(&club->town, "maengel", "defects", true);
  town_list(&club->town, "termine", "events", true);
  town_list(&club->town, "frage", "questions", true);
}

/* "list code" of the only hold; "none". Caller frees. */
static char *held(struct club *club)
{
  g_autoptr(GPtrArray) holds = holds_page(club->town.store, 0, 0, 10, NULL);
  if (holds->len == 0) return g_strdup("none");
  assert_int_equal(holds->len, 1);
  const struct hold *hold = g_ptr_array_index(holds, 0);
  return g_strdup_printf("%s %s", hold->list_name, hold->code);
}

static void assert_held(struct club *club, const char *expected)
{
  g_autofree char *found = held(club);
  assert_string_equal(found, expected);
}

/* Nothing waits, and Anna is shown the event. */
static void assert_draft(struct club *club)
{
  assert_held(club, "none");
  g_autofree char *draft = post_mail(&club->town, "event_draft", "anna@web.de");
  assert_non_null(draft);
}

/* The state of the first case. */
static void assert_case(struct club *club, const char *state)
{
  g_autoptr(casefile_t) it = casefile_find(club->town.store, 2026, 1, NULL);
  assert_non_null(it);
  assert_string_equal(it->state, state);
}

/* What is known of the first mail. Caller frees. */
static char *history(struct club *club)
{
  g_autoptr(GPtrArray) rows = handled_of(club->town.store, 1, NULL);
  assert_int_equal(rows->len, 1);
  return g_strdup(((struct handled *)g_ptr_array_index(rows, 0))->reason);
}

static void write_defect(struct club *club, bool is_vouched)
{
  club_write(club, "anna@web.de", "kiez@kiez.example", "Laterne",
             "Guten Tag, die Straßenlaterne in der Regattastraße 12 ist seit Tagen kaputt.", is_vouched);
}

static void a_line_says_what_was_understood(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  assert_held(&club, "maengel kind_not_ready");
  g_autofree char *letter = post_mail(&club.town, "front_door", "anna@web.de");
  assert_non_null(letter);
  assert_non_null(strstr(letter, "ngelmeldung"));
  assert_non_null(strstr(letter, "FALSCH"));
  club_close(&club);
}

static void one_word_moves_it_with_its_history(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "Das ist kein Mangel, sondern eine FRAGE.",
              true);
  assert_held(&club, "none");
  assert_case(&club, "received");
  g_autofree char *reason = history(&club);
  assert_non_null(strstr(reason, "a report of a defect"));
  assert_non_null(strstr(reason, "a question"));
  g_autofree char *moved = post_mail(&club.town, "front_door_moved", "anna@web.de");
  assert_non_null(moved);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "front_door_moved", "anna@web.de", "anna@web.de", "termin", true);
  assert_draft(&club);
  assert_case(&club, "withdrawn");
  club_close(&club);
}

static void wrong_goes_to_people_who_sort_it_in(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "FALSCH", true);
  assert_held(&club, "kiez front_door");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "front_door_people", "admin@amt.example", "eve@web.de", "TERMIN", true);
  assert_held(&club, "kiez front_door");
  club_answer(&club, "front_door_people", "admin@amt.example", "admin@amt.example", "TERMIN", false);
  assert_held(&club, "kiez front_door");
  club_answer(&club, "front_door_people", "admin@amt.example", "admin@amt.example", "TERMIN", true);
  assert_draft(&club);
  club_close(&club);
}

static void people_cannot_post_in_the_senders_place(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "FALSCH", true);
  club_answer(&club, "front_door_people", "admin@amt.example", "admin@amt.example", "GRUPPE", true);
  g_autofree char *none = post_mail(&club.town, "post", "bert@web.de");
  assert_null(none);
  club_answer(&club, "front_door_group", "anna@web.de", "anna@web.de", "Ja", true);
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(copy);
  club_close(&club);
}

static void a_post_for_a_group_waits_for_a_yes(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Bitte an die Gruppe Grünau",
             "Liebe Nachbarn in der Gruppe Grünau, ich habe Äpfel zu verschenken. Liebe Grüße, Anna", true);
  g_autofree char *none = post_mail(&club.town, "post", "bert@web.de");
  assert_null(none);
  assert_held(&club, "kiez unclear");
  club_answer(&club, "front_door_group", "anna@web.de", "anna@web.de", "Ja bitte", true);
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(copy);
  assert_held(&club, "none");
  g_autofree char *outcomes = post_outcomes(&club.town, 1);
  assert_string_equal(outcomes, "kiez=posted");
  club_close(&club);
}

static void group_as_a_correction_posts_once(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  g_autofree char *to = club_reply_address(&club, "front_door", "anna@web.de");
  for (int i = 0; i < 2; i++) {
    g_autofree char *text = g_strdup_printf("GRUPPE%s", i ? "!" : "");
    club_write(&club, "anna@web.de", to, "AW: Laterne", text, true);
  }
  g_autofree char *letters = post_letters(&club.town);
  char *first = strstr(letters, "post:bert@web.de");
  assert_non_null(first);
  assert_null(strstr(first + 1, "post:bert@web.de"));
  club_close(&club);
}

static void a_forwarded_line_moves_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "front_door", "anna@web.de", "eve@web.de", "GRUPPE", true);
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_null(copy);
  g_autoptr(GPtrArray) holds = holds_page(club.town.store, 0, 0, 10, NULL);
  assert_int_equal(holds->len, 2); /* Anna's mail where it was, and what Eve wrote, for a person */
  const struct hold *hold = g_ptr_array_index(holds, 0);
  assert_string_equal(hold->list_name, "maengel");
  club_close(&club);
}

static void a_stranger_cannot_post_by_the_word_group(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "eve@web.de", "kiez@kiez.example", "Laterne",
             "Guten Tag, die Straßenlaterne in der Regattastraße 12 ist seit Tagen kaputt.", true);
  club_answer(&club, "front_door", "eve@web.de", "eve@web.de", "GRUPPE", true);
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_null(copy);
  assert_held(&club, "kiez front_door");
  club_close(&club);
}

static void unclear_is_asked_with_three_numbers(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "neu@web.de", "kiez@kiez.example", "Hallo", "Viele Grüße aus dem Kiez", true);
  assert_held(&club, "kiez unclear");
  club_answer(&club, "front_door_ask", "neu@web.de", "neu@web.de", "1", true);
  assert_held(&club, "maengel kind_not_ready");
  club_close(&club);
}

static void nobody_is_flooded_in_anothers_name(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  for (int i = 0; i < 5; i++) {
    g_autofree char *text = g_strdup_printf("Die Straßenlaterne in der Regattastraße %d ist kaputt.", i + 1);
    club_write(&club, "opfer@web.de", "kiez@kiez.example", "Laterne", text, false);
  }
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "front_door:opfer@web.de");
  club_close(&club);
}

static void more_about_it_waits_beside_it(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_defect(&club, true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de",
              "Ich habe noch einmal nachgesehen, am Mast steht die Nummer 4711 und daneben liegt Glas.",
              true);
  g_autoptr(GPtrArray) holds = holds_page(club.town.store, 0, 0, 10, NULL);
  assert_int_equal(holds->len, 2);
  club_close(&club);
}

static void what_is_wrong_with_our_mails_goes_to_the_admin(void **state)
{
  (void)state;
  static const char *const texts[] = { "Ich bekomme eure Mails doppelt",
                                       "Hallo, seit gestern kommt jede Nachricht zweimal.",
                                       "Eure Mails landen immer im Spam.",
                                       "I get all your emails twice, can you help?" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    open(&club);
    club_write(&club, "doris@web.de", "kiez@kiez.example", "Mails", texts[i], true);
    g_autofree char *letters = post_letters(&club.town);
    if (strcmp(letters, "admin:admin@amt.example") != 0) fail_msg("%s: %s", texts[i], letters);
    assert_held(&club, "none");
    club_close(&club);
  }
}

static void a_wish_about_mails_is_no_complaint(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Ich möchte eure Mails auch bekommen.", "Bitte die Mails nur zweimal die Woche, nicht jeden Tag.",
    "Die Straßenlaterne in der Regattastraße 12 ist zweimal ausgefallen."
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    open(&club);
    club_write(&club, "doris@web.de", "kiez@kiez.example", "Mails", texts[i], true);
    g_autofree char *letters = post_letters(&club.town);
    if (strstr(letters, "admin:")) fail_msg("%s: %s", texts[i], letters);
    club_close(&club);
  }
}

/* ---- what a kind has taken already ---- */

static void write_notice(struct club *club)
{
  town_list(&club->town, "missbrauch", "duty", false);
  club_write(club, "anna@web.de", "kiez@kiez.example", "Meldung",
             "Ich melde einen rechtswidrigen Inhalt: In der Gruppe wird zu Gewalt aufgerufen.", true);
}

/* The state of the only notice. */
static const char *notice_state(struct club *club)
{
  static char state[20];
  g_autoptr(notice_t) notice = notice_get(club->town.store, 1, NULL);
  g_strlcpy(state, notice ? notice->state : "none", sizeof state);
  return state;
}

static void a_mail_that_a_kind_took_moves_with_its_history(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_notice(&club);
  assert_string_equal(notice_state(&club), "open");
  assert_held(&club, "none");
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "FRAGE", true);
  assert_string_equal(notice_state(&club), "dismissed");
  assert_held(&club, "none");
  assert_case(&club, "received");
  g_autofree char *known = history(&club);
  assert_non_null(strstr(known, "It is a notice of content"));
  assert_non_null(strstr(known, "It was taken back from missbrauch."));
  assert_non_null(strstr(known, "It was moved to frage."));
  club_answer(&club, "notice", "admin@amt.example", "admin@amt.example",
              "Ja, wird entfernt, denn es ist verboten.", true);
  assert_string_equal(notice_state(&club), "dismissed"); /* nobody is asked any more */
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "MANGEL", true);
  assert_held(&club, "maengel kind_not_ready");
  assert_case(&club, "withdrawn");
  club_close(&club);
}

static void falsch_takes_it_from_the_kind_and_hands_it_to_people(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_notice(&club);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "FALSCH", true);
  assert_string_equal(notice_state(&club), "dismissed");
  assert_held(&club, "kiez front_door");
  club_answer(&club, "front_door_people", "admin@amt.example", "admin@amt.example", "TERMIN", true);
  assert_draft(&club);
  club_close(&club);
}

static void a_question_brings_one_letter_that_says_both_and_corrects(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Poller",
             "Wann antwortet das Straßenamt, wer ist für den Poller zuständig?", true);
  assert_case(&club, "received");
  g_autofree char *line = post_mail(&club.town, "front_door", "anna@web.de");
  assert_null(line);
  g_autofree char *letter = post_mail(&club.town, "case_opened", "anna@web.de");
  assert_non_null(letter);
  g_autoptr(mail_t) read = mail_read(
      letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  assert_non_null(strstr(read->text, "Frage ans Amt"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "case_opened", "anna@web.de", "bert@web.de", "TERMIN", true);
  assert_case(&club, "received");
  club_answer(&club, "case_opened", "anna@web.de", "anna@web.de", "Wann ist denn der Termin?", true);
  assert_held(&club, "none");
  club_answer(&club, "case_opened", "anna@web.de", "anna@web.de", "TERMIN", true);
  assert_case(&club, "withdrawn");
  assert_draft(&club);
  club_close(&club);
}

static void assert_draft_says(struct club *club, const char *words)
{
  g_autofree char *letter = post_mail(&club->town, "event_draft", "anna@web.de");
  assert_non_null(letter);
  g_autoptr(mail_t) read = mail_read(
      letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  if (!strstr(read->text, words)) fail_msg("no \"%s\": %s", words, read->text);
}

/* "draft", "cancelled" of the first mail's event. Caller frees. */
static char *event_state(struct club *club)
{
  g_autoptr(event_t) event = event_of_mail(club->town.store, 1, NULL);
  return g_strdup(event ? event->state : "none");
}

static void a_draft_is_one_word_away_from_what_it_is(void **state)
{
  (void)state;
  static const struct {
    const char *answer, *state, *held;
  } cases[] = {
    { "FRAGE", "cancelled", "none" },
    { "Frage", "cancelled", "none" },
    { "Das ist kein Termin, sondern eine Frage.", "cancelled", "none" },
    { "VORSCHLAG", "cancelled", "kiez kind_not_ready" },
    { "FALSCH", "cancelled", "kiez front_door" },
    { "falsch", "cancelled", "kiez front_door" },
    { "Stimmt nicht", "draft", "none" },
    { "Das ist falsch", "draft", "none" },
    { "an alle", "draft", "none" },
    { "Wer: die Gruppe", "draft", "none" },
    { "Was: Frage und Antwort", "draft", "none" },
    { "Ist das eine Frage?", "draft", "none" },
    { "TERMIN", "draft", "none" },
    { "Ja", "open", "none" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    club_write(&club, "anna@web.de", "kiez@kiez.example", "Hoffest",
               "Am Samstag, 28. März um 15 Uhr machen wir ein Hoffest in der Regattastraße 12. Alle sind "
               "eingeladen!",
               true);
    g_autofree char *line = post_mail(&club.town, "front_door", "anna@web.de");
    assert_null(line);
    assert_draft_says(&club, "VORSCHLAG, FRAGE, MANGEL, GRUPPE oder");
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "event_draft", "anna@web.de", "bert@web.de", "FRAGE", true);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].answer, true);
    g_autofree char *now = event_state(&club), *holds = held(&club);
    if (strcmp(now, cases[i].state) != 0 || strcmp(holds, cases[i].held) != 0)
      fail_msg("%s: %s, %s", cases[i].answer, now, holds);
    club_close(&club);
  }
}

static void a_whole_sentence_corrects_as_well(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool corrects;
  } cases[] = {
    { "Das war keine Frage, sondern ein Vorschlag", true },
    { "Das ist doch ein Vorschlag für die Kiezkasse, keine Frage.", true },
    { "Nein, das sollte ein Termin sein. Danke!", true },
    { "That was not a question but a proposal.", true },
    { "Das war keine Frage der Zeit, wann antwortet das Amt?", false },
    { "Ich habe noch einen Vorschlag: den Poller gelb streichen.", false },
    { "War das ein Vorschlag?", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    club_write(&club, "anna@web.de", "kiez@kiez.example", "Poller",
               "Wann antwortet das Straßenamt, wer ist für den Poller zuständig?", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "case_opened", "anna@web.de", "bert@web.de", cases[i].text, true);
    assert_case(&club, "received"); /* nobody else moves it */
    club_answer(&club, "case_opened", "anna@web.de", "anna@web.de", cases[i].text, true);
    assert_case(&club, cases[i].corrects ? "withdrawn" : "received");
    club_close(&club);
  }
}

static void strangers_and_thanks_take_nothing_from_a_kind(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_notice(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "front_door", "anna@web.de", "bert@web.de", "FRAGE", true);
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "Vielen Dank!", true);
  assert_string_equal(notice_state(&club), "open");
  club_close(&club);
}

static void what_is_decided_already_is_not_taken_back(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  write_notice(&club);
  club_answer(&club, "notice", "admin@amt.example", "admin@amt.example",
              "Ja, denn das ist strafbar und beleidigt jemanden.", true);
  assert_string_equal(notice_state(&club), "upheld");
  club_answer(&club, "front_door", "anna@web.de", "anna@web.de", "FRAGE", true);
  assert_string_equal(notice_state(&club), "upheld");
  assert_held(&club, "none");
  club_close(&club);
}

static void a_question_about_data_is_no_notice_of_abuse(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  town_list(&club.town, "datenschutz", "duty", false);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Auskunft",
             "Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben.", true);
  assert_string_equal(notice_state(&club), "none");
  g_autofree char *letters = post_letters(&club.town); /* it is handed to datenschutz@, and says until when */
  assert_non_null(strstr(letters, "data_received:anna@web.de"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_line_says_what_was_understood),
    cmocka_unit_test(one_word_moves_it_with_its_history),
    cmocka_unit_test(wrong_goes_to_people_who_sort_it_in),
    cmocka_unit_test(people_cannot_post_in_the_senders_place),
    cmocka_unit_test(a_post_for_a_group_waits_for_a_yes),
    cmocka_unit_test(group_as_a_correction_posts_once),
    cmocka_unit_test(a_forwarded_line_moves_nothing),
    cmocka_unit_test(a_stranger_cannot_post_by_the_word_group),
    cmocka_unit_test(unclear_is_asked_with_three_numbers),
    cmocka_unit_test(nobody_is_flooded_in_anothers_name),
    cmocka_unit_test(more_about_it_waits_beside_it),
    cmocka_unit_test(what_is_wrong_with_our_mails_goes_to_the_admin),
    cmocka_unit_test(a_wish_about_mails_is_no_complaint),
    cmocka_unit_test(a_mail_that_a_kind_took_moves_with_its_history),
    cmocka_unit_test(falsch_takes_it_from_the_kind_and_hands_it_to_people),
    cmocka_unit_test(a_draft_is_one_word_away_from_what_it_is),
    cmocka_unit_test(a_whole_sentence_corrects_as_well),
    cmocka_unit_test(strangers_and_thanks_take_nothing_from_a_kind),
    cmocka_unit_test(a_question_brings_one_letter_that_says_both_and_corrects),
    cmocka_unit_test(what_is_decided_already_is_not_taken_back),
    cmocka_unit_test(a_question_about_data_is_no_notice_of_abuse),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
