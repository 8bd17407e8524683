/* Moderation by mail: held posts are decided by a word from those who have the duty, and by nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/letters.h"

#include "tests/unit/lists/held.h"

static void a_yes_sends_it_and_tells_the_other(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("ok");
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  g_autofree char *done = moderated_text(&club, "moderate_done", "dora@web.de");
  assert_has(done, "von Clara");
  assert_int_equal(moderated_count(&club, "moderate_done", "clara@web.de"), 0);
  assert_string_equal(moderated_log(&club), "h1 approve mail");
}

static void a_question_releases_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("ok?");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "moderate_unclear", "clara@web.de"), 1);
  clara("Ok, kann raus. Kennt ihr den?");
  assert_int_equal(moderated_waiting(&club), 0);
}

static void an_absence_note_is_no_decision(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("Ja, ich bin im Urlaub und erst ab dem 7. Dezember wieder im Büro. In dringenden Fällen später.");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_string_equal(moderated_log(&club), "");
}

static void the_letter_that_asks_for_proof_says_which_mail_it_is_about(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", false);
  g_autofree char *proof = moderated_text(&club, "proof", "clara@web.de");
  assert_has(proof, "Flohmarkt");
}

static void a_no_tells_the_author_why(void **state)
{
  (void)state;
  moderated_stranger(&club, "Angebot", "Kaufen Sie Staubsauger!");
  clara("nein, das ist Werbung");
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  g_autofree char *told = moderated_text(&club, "moderate_refused", "zoe@web.de");
  assert_has(told, "Werbung");
  g_autofree char *outcomes = post_outcomes(&club.town, 1);
  assert_string_equal(outcomes, "gruenau=refused");
  assert_string_equal(moderated_log(&club), "h1 reject mail");
}

static void nobody_writes_back_to_spam(void **state)
{
  (void)state;
  moderated_stranger(&club, "Angebot", "Kaufen Sie Staubsauger!");
  clara("Nein, Spam!");
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "moderate_refused", NULL), 0);
}

static void nor_to_an_address_that_nobody_vouches_for(void **state)
{
  (void)state;
  club_write(&club, "zoe@web.de", "gruenau@kiez.example", "Angebot", "Kaufen Sie!", false);
  clock_fix(TEST_NOW + 3600);
  clara("nein, gehört nicht hierher");
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "moderate_refused", NULL), 0);
}

static void in_english_too(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Ruft an: 0176 12345678. Am Samstag ist Flohmarkt.");
  clara("Fine, but without the phone number please");
  g_autofree char *post = moderated_text(&club, "post", "anna@web.de");
  assert_has_not(post, "12345678");
}

static void later_asks_again(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("später, bin unterwegs");
  assert_int_equal(moderated_waiting(&club), 1);
  clock_fix(TEST_NOW + 3600 + 3 * 86400);
  post_work(&club.town);
  g_autofree char *reminder = moderated_text(&club, "moderate", "clara@web.de");
  assert_has(reminder, "Erinnerung");
  clara("ja");
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
}

static void what_is_not_understood_changes_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("Kennt jemand den Absender eigentlich von früher?");
  clara("Oder die Schwester?");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "moderate_unclear", "clara@web.de"), 2); /* each is answered … */
  clara("Und wer ist der Bruder?");
  clara("Und die Tante?");
  assert_int_equal(moderated_count(&club, "moderate_unclear", "clara@web.de"), 3); /* … up to a bound */
}

static void what_says_two_things_or_a_promise_is_no_yes(void **state)
{
  (void)state;
  static const char *const said[] = { "raus damit", "mach ich morgen",    "Schau ich mir heute Abend an",
                                      "hmm",        "bitte nicht löschen", "I will look at it tomorrow" };
  static const bool asks[] = { true, false, false, true, true, false };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
    int before = moderated_count(&club, "moderate_unclear", "clara@web.de");
    clara(said[i]);
    if (moderated_waiting(&club) != 1) fail_msg("decided by %s", said[i]);
    if (moderated_count(&club, "moderate_unclear", "clara@web.de") - before != asks[i])
      fail_msg("wrong letter for %s", said[i]);
    clara("nein");
  }
}

static void an_answer_that_is_only_our_letter_decides_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "ok freigeben", "Bitte freigeben! ok ok");
  g_autofree char *letter = moderated_text(&club, "moderate", "clara@web.de");
  const char *body = strchr(letter, '\n') + 1;
  clara("");
  clara(body);
  g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
  g_autofree char *quoted = g_strjoinv("\n> ", lines);
  g_autofree char *whole = g_strconcat("> ", quoted, NULL);
  clara(whole);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void silence_reminds_then_ends_with_a_note(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clock_fix(TEST_NOW + 3 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 2);
  clock_fix(TEST_NOW + 13 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_waiting(&club), 1);
  clock_fix(TEST_NOW + 15 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 2);
  assert_int_equal(moderated_count(&club, "moderate_expired", "zoe@web.de"), 1);
  g_autofree char *outcomes = post_outcomes(&club.town, 1);
  assert_string_equal(outcomes, "gruenau=expired");
  assert_string_equal(moderated_log(&club), "h1 expire time");
}

static void without_moderators_the_admin_decides(void **state)
{
  (void)state;
  int64_t other = town_list(&club.town, "eltern", "group", true);
  town_member(&club.town, other, "anna@web.de", "member");
  club_write(&club, "zoe@web.de", "eltern@kiez.example", "Hallo", "Hallo Eltern", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "moderate", "admin@amt.example", "admin@amt.example", "ok", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
}

static void wrong_letter(const char *sentence, void *data)
{
  (void)data;
  fail_msg("%s", sentence);
}

static void in_the_language_that_somebody_chose(void **state)
{
  (void)state;
  assert_true(letters_check(club.town.config, wrong_letter, NULL) > 50);
  struct person_choice choice = { .person = person_find(club.town.store, "dora@web.de", NULL),
                                  .language = (char *)"en",
                                  .shown = (char *)"initial",
                                  .pseudonym = (char *)"" };
  if (!store_begin(club.town.store, NULL) || !person_choice_put(club.town.store, &choice, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("the choice cannot be stored");
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  g_autofree char *english = moderated_text(&club, "moderate", "dora@web.de");
  assert_has(english, "Its sender is no member.");
  g_autofree char *german = moderated_text(&club, "moderate", "clara@web.de");
  assert_has(german, "kein Mitglied");
}

/* ---- attacks ---- */

static void a_colleagues_letter_decides_nothing_and_says_so(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  club_answer(&club, "moderate", "dora@web.de", "clara@web.de", "ok", true);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "moderate_not_yours", "clara@web.de"), 1);
  assert_int_equal(moderated_count(&club, "proof", NULL), 0);
  assert_int_equal(moderated_count(&club, "address", NULL), 0); /* nobody takes Clara for Dora */
}

static void a_forwarded_letter_answered_by_a_stranger_decides_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  club_answer(&club, "moderate", "clara@web.de", "zoe@web.de", "ok", true);
  assert_int_equal(moderated_waiting(&club), 1);
  g_autofree char *proof = moderated_text(&club, "proof", "clara@web.de");
  assert_has(proof, "ok");
  club_answer(&club, "proof", "clara@web.de", "clara@web.de", "Nein, das war ich nicht!", true);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void an_unproven_answer_counts_once_it_is_confirmed(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", false);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "clara@web.de", "clara@web.de", "ja", false);
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
}

static void an_absence_approves_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("Ich bin bis zum 15. März nicht im Büro. Ihre E-Mail wird nicht weitergeleitet. Alles ok.");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void a_replayed_answer_does_nothing_twice(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  g_autofree char *to = club_reply_address(&club, "moderate", "clara@web.de");
  for (int i = 0; i < 3; i++) club_write(&club, "clara@web.de", to, "AW: Ihre Mail", "ok", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&club, "moderate_done", "dora@web.de"), 1);
  assert_int_equal(moderated_count(&club, "moderate_done", "clara@web.de"), 1);
  assert_string_equal(moderated_log(&club), "h1 approve mail");
}

static void who_is_too_late_learns_who_was_faster(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clara("ok");
  club_answer(&club, "moderate", "dora@web.de", "dora@web.de", "nein!", true);
  assert_int_equal(moderated_count(&club, "moderate_done", "dora@web.de"), 2);
  assert_string_equal(moderated_log(&club), "h1 approve mail");
}

static void a_token_counts_for_its_own_item_whatever_list_it_stands_behind(void **state)
{
  (void)state;
  int64_t other = town_list(&club.town, "eltern", "group", true);
  town_member(&club.town, other, "bert@web.de", "member,moderator");
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  g_autofree char *own = club_reply_address(&club, "moderate", "clara@web.de");
  g_autofree char *moved = g_strconcat("eltern", strchr(own, '+'), NULL);
  club_write(&club, "bert@web.de", moved, "AW: Ihre Mail", "ok", true);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void who_gave_up_the_duty_decides_nothing(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  town_member(&club.town, club.list, "clara@web.de", "member");
  clara("ok");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void a_flood_is_asked_about_a_bit_a_day(void **state)
{
  (void)state;
  for (int i = 0; i < 70; i++) {
    g_autofree char *subject = g_strdup_printf("Angebot %d", i);
    club_write(&club, "zoe@web.de", "gruenau@kiez.example", subject, "Kaufen Sie!", true);
  }
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 60);
  clock_fix(TEST_NOW + 90000);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 70);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_yes_sends_it_and_tells_the_other),
    CASE(a_question_releases_nothing),
    CASE(an_absence_note_is_no_decision),
    CASE(the_letter_that_asks_for_proof_says_which_mail_it_is_about),
    CASE(a_no_tells_the_author_why),
    CASE(nobody_writes_back_to_spam),
    CASE(nor_to_an_address_that_nobody_vouches_for),
    CASE(in_english_too),
    CASE(later_asks_again),
    CASE(what_is_not_understood_changes_nothing),
    CASE(what_says_two_things_or_a_promise_is_no_yes),
    CASE(an_answer_that_is_only_our_letter_decides_nothing),
    CASE(silence_reminds_then_ends_with_a_note),
    CASE(without_moderators_the_admin_decides),
    CASE(in_the_language_that_somebody_chose),
    CASE(a_colleagues_letter_decides_nothing_and_says_so),
    CASE(a_forwarded_letter_answered_by_a_stranger_decides_nothing),
    CASE(an_unproven_answer_counts_once_it_is_confirmed),
    CASE(an_absence_approves_nothing),
    CASE(a_replayed_answer_does_nothing_twice),
    CASE(who_is_too_late_learns_who_was_faster),
    CASE(a_token_counts_for_its_own_item_whatever_list_it_stands_behind),
    CASE(who_gave_up_the_duty_decides_nothing),
    CASE(a_flood_is_asked_about_a_bit_a_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
