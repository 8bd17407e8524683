/* Time in cases: months go by with an injected clock, over Easter and Christmas; each letter goes out on its
 * day, to whom it is for, and once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/cases/cases.h"
#include "lists/worker_private.h"

#include "tests/unit/lists/district.h"

static void ask(const char *day)
{
  district_day(day);
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Schlagloch in der Bölschestraße",
             "Das Schlagloch an der Straße wird immer größer. Wann wird es gefüllt?", true);
}

/* The days on which somebody got a letter of a purpose: "2026-04-01 2026-04-15". */
static const char *days_of(const char *purpose, const char *address)
{
  static char words[400];
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 10000, false, NULL);
  for (guint i = page->len; i > 0; i--) {
    const struct delivery *delivery = g_ptr_array_index(page, i - 1);
    g_autoptr(letter_t) letter = letter_get(club.town.store, delivery->letter, false, NULL);
    if (strcmp(letter->purpose, purpose) != 0 || strcmp(delivery->address, address) != 0) continue;
    g_autofree char *day = clock_format_in(letter->created, "Europe/Berlin");
    g_autofree char *before = g_strdup(out->str);
    g_string_printf(out, "%s%s%.10s", before, *before ? " " : "", day);
  }
  g_auto(GStrv) days = g_strsplit(out->str, " ", -1);
  guint count = g_strv_length(days);
  bool is_backwards = count > 1 && strcmp(days[0], days[1]) > 0;
  for (guint i = 0; is_backwards && i < count / 2; i++) {
    char *swap = days[i];
    days[i] = days[count - 1 - i];
    days[count - 1 - i] = swap;
  }
  g_autofree char *joined = g_strjoinv(" ", days);
  g_snprintf(words, sizeof words, "%s", joined);
  return words;
}

static void an_office_that_is_silent_over_easter(void **state)
{
  (void)state;
  ask("2026-03-16"); /* Monday; 15 working days without Good Friday and Easter Monday: 8 April */
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_string_equal(it->due, "2026-04-08");
  district_until(&club, "2026-06-30");
  assert_string_equal(days_of("case_reminder", SGA), "2026-04-01 2026-04-09 2026-04-15");
  assert_string_equal(days_of("case_reminder", "deputy@ba-tk.berlin.example"), "2026-04-15");
  assert_string_equal(days_of("case_escalated", SPK), "2026-04-22 2026-05-22 2026-06-22");
  assert_string_equal(days_of("case_unanswered", "anna@web.de"),
                      "2026-04-06 2026-04-27 2026-05-18 2026-06-17");
  assert_int_equal(moderated_count(&club, "case_office", NULL), 1);
  g_autofree char *honest = moderated_line(&club, "case_unanswered", "anna@web.de");
  assert_non_null(strstr(honest, "Noch keine Antwort, Tag 93"));
  assert_non_null(strstr(honest, "8. April 2026"));
  g_autofree char *late = moderated_text(&club, "case_reminder", SGA);
  assert_non_null(strstr(late, "Überfällig"));
  assert_null(strstr(late, "anna@web.de"));
  assert_string_equal(district_state(&club, 1), "forwarded open");
}

static void an_office_that_is_silent_over_christmas(void **state)
{
  (void)state;
  ask("2026-12-10"); /* Thursday; Christmas Eve to Boxing Day and New Year's Eve and Day are no working days
                      */
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_string_equal(it->due, "2027-01-06");
  district_until(&club, "2027-01-13");
  assert_string_equal(days_of("case_reminder", SGA), "2026-12-30 2027-01-07 2027-01-13");
  assert_string_equal(days_of("case_unanswered", "anna@web.de"), "2026-12-31");
}

static void an_answer_ends_all_reminders_and_two_weeks_later_it_is_over(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, "Anna <anna@web.de>", "frage@kiez.example", "Wahl", "Wann ist die nächste Wahl?", true);
  district_until(&club, "2026-03-20");
  club_answer(&club, "case_office", SPK, SPK, "Guten Tag, die nächste Wahl ist im September.", true);
  district_until(&club, "2026-04-02");
  assert_string_equal(district_state(&club, 1), "forwarded open"); /* "beantwortet"; no state was told */
  district_until(&club, "2026-06-30");
  assert_int_equal(moderated_count(&club, "case_reminder", NULL), 0);
  assert_int_equal(moderated_count(&club, "case_unanswered", NULL), 0);
  assert_int_equal(moderated_count(&club, "case_fixed", NULL), 0);
  assert_string_equal(district_state(&club, 1), "forwarded closed");
  assert_int_equal(moderated_open_cases(&club, "SPK"), 0);
}

static void an_office_that_is_at_it_is_asked_now_and_then_how_it_stands(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_until(&club, "2026-03-20");
  club_answer(&club, "case_office", SGA, SGA, "Wir prüfen das gerade.", true);
  district_until(&club, "2026-12-30");
  assert_int_equal(moderated_count(&club, "case_reminder", NULL), 0);
  assert_string_equal(days_of("case_expected", SGA), "2026-05-19 2026-07-20 2026-09-16");
  assert_string_equal(district_state(&club, 1), "in_progress closed");
}

static void an_absence_note_is_no_answer(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_until(&club, "2026-03-20");
  club_answer(
      &club, "case_office", SGA, SGA,
      "Automatische Antwort: Ich bin bis zum 12.4. nicht im Büro. In dringenden Fällen wenden Sie sich an "
      "meine Vertretung. Ihre Mail wird nicht weitergeleitet.",
      true);
  assert_int_equal(moderated_count(&club, "case_answered", NULL), 0);
  district_until(&club, "2026-04-13"); /* what was due on the 1st and the 9th waits until somebody is back */
  assert_string_equal(days_of("case_reminder", SGA), "2026-04-13");
  assert_string_equal(days_of("case_unanswered", "anna@web.de"), "2026-04-06");
}

static void what_came_due_while_the_program_was_down_is_done_once(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_day("2026-05-04");
  post_work(&club.town);
  post_work(&club.town);
  assert_string_equal(days_of("case_reminder", SGA), "2026-05-04");
  assert_string_equal(days_of("case_escalated", SPK), "2026-05-04");
  assert_string_equal(days_of("case_unanswered", "anna@web.de"), "2026-05-04");
  g_autofree char *honest = moderated_line(&club, "case_unanswered", "anna@web.de");
  assert_non_null(strstr(honest, "Tag 42"));
}

static void a_day_that_an_office_named_passes(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_until(&club, "2026-03-18");
  club_answer(&club, "case_office", SGA, SGA,
              "Das Schlagloch wird bis zum 10. April 2026 gefüllt.\nStatus: geplant", true);
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_string_equal(it->state, "planned");
  assert_string_equal(it->expected, "2026-04-10");
  district_until(&club, "2026-04-25");
  assert_string_equal(days_of("case_expected", SGA), "2026-04-13");
  assert_string_equal(days_of("case_expected_asked", "anna@web.de"), "2026-04-17");
  assert_string_equal(days_of("case_escalated", SPK), "2026-04-24");
  g_autofree char *asked = moderated_line(&club, "case_expected", SGA);
  assert_non_null(strstr(asked, "10. April 2026"));
  club_answer(&club, "case_expected_asked", "anna@web.de", "anna@web.de", "Nein", true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  assert_int_equal(moderated_count(&club, "case_added", SGA), 1);
}

static void wait_for_anna(void)
{
  club_answer(&club, "case_office", SGA, SGA, "An welcher Hausnummer ist das Schlagloch genau?", true);
  assert_string_equal(district_state(&club, 1), "waiting open");
}

static void waiting_for_whoever_asked_stops_the_clock(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_until(&club, "2026-03-18");
  wait_for_anna();
  district_until(&club, "2026-03-25");
  assert_string_equal(days_of("case_waiting", "anna@web.de"), "2026-03-25");
  club_answer(&club, "case_waiting", "anna@web.de", "anna@web.de", "Es ist vor der Hausnummer 12.", true);
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_string_equal(it->state, "forwarded");
  assert_string_equal(it->due, "2026-04-15"); /* five working days later */
  assert_int_equal(moderated_count(&club, "case_added", SGA), 1);
  district_until(&club, "2026-04-10");
  assert_string_equal(days_of("case_reminder", SGA), "2026-04-10");
}

static void nobody_answers_the_office_and_any_reply_opens_it_again(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_until(&club, "2026-03-18");
  wait_for_anna();
  district_until(&club, "2026-06-30");
  assert_string_equal(days_of("case_waiting", "anna@web.de"), "2026-03-25 2026-04-08");
  assert_string_equal(days_of("case_given_up", "anna@web.de"), "2026-04-22");
  assert_int_equal(moderated_count(&club, "case_reminder", NULL), 0);
  assert_string_equal(district_state(&club, 1), "waiting closed");
  club_answer(&club, "case_given_up", "anna@web.de", "anna@web.de", "Entschuldigung, es ist vor Nummer 12.",
              true);
  assert_string_equal(district_state(&club, 1), "forwarded open");
  assert_int_equal(moderated_count(&club, "case_added", SGA), 1);
  assert_int_equal(moderated_open_cases(&club, "SGA"), 1);
}

static void letters_come_in_the_language_of_who_asked(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(
      &club, "Ann <ann@web.de>", "frage@kiez.example", "Pothole in Bölschestraße",
      "Hello, there is a very deep pothole in the road near the station and it is getting bigger every week. "
      "When will somebody repair it, please?",
      true);
  g_autofree char *opened = moderated_line(&club, "case_opened", "ann@web.de");
  assert_non_null(strstr(opened, "your question has arrived"));
  assert_non_null(strstr(opened, "8 April 2026"));
  district_until(&club, "2026-04-06");
  g_autofree char *honest = moderated_text(&club, "case_unanswered", "ann@web.de");
  assert_non_null(strstr(honest, "No answer yet, day 21"));
  g_autofree char *reminder = moderated_text(&club, "case_reminder", SGA);
  assert_non_null(strstr(reminder, "Erinnerung"));
}

static void what_a_crash_undid_is_done_once(void **state)
{
  (void)state;
  ask("2026-03-16");
  district_day("2026-04-01");
  struct worker *worker = post_worker(&club.town);
  assert_true(worker_housekeeping(worker, NULL));
  assert_true(store_begin(club.town.store, NULL));
  assert_int_equal(cases_tick(&worker->work, NULL), 1);
  store_rollback(club.town.store); /* as after a power cut */
  worker_free(worker);
  assert_int_equal(moderated_count(&club, "case_reminder", NULL), 0);
  post_work(&club.town);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "case_reminder", NULL), 1);
}

static void a_question_without_any_office_is_not_forgotten(void **state)
{
  (void)state;
  assert_true(store_begin(club.town.store, NULL));
  const char *const signs[] = { "SGA", "SPK" };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
    g_autoptr(office_t) office = office_by_sign(club.town.store, signs[i], NULL);
    assert_true(office_remove(club.town.store, office->id, TEST_NOW, NULL));
    g_ptr_array_set_size(office->duties, 0);
  }
  assert_true(store_commit(club.town.store, NULL));
  district_day("2026-03-16");
  club_write(&club, "Anna <anna@web.de>", "frage@kiez.example", "Wahl", "Wann ist die nächste Wahl?", true);
  district_until(&club, "2026-04-07");
  assert_int_equal(moderated_count(&club, "case_no_office", "admin@amt.example"), 1);
  assert_string_equal(days_of("case_escalated", "admin@amt.example"), "2026-03-30");
  assert_string_equal(days_of("case_unanswered", "anna@web.de"), "2026-04-06");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, district_setup, district_teardown)
  const struct CMUnitTest tests[] = {
    CASE(an_office_that_is_silent_over_easter),
    CASE(an_office_that_is_silent_over_christmas),
    CASE(an_answer_ends_all_reminders_and_two_weeks_later_it_is_over),
    CASE(an_office_that_is_at_it_is_asked_now_and_then_how_it_stands),
    CASE(an_absence_note_is_no_answer),
    CASE(what_came_due_while_the_program_was_down_is_done_once),
    CASE(a_day_that_an_office_named_passes),
    CASE(waiting_for_whoever_asked_stops_the_clock),
    CASE(nobody_answers_the_office_and_any_reply_opens_it_again),
    CASE(letters_come_in_the_language_of_who_asked),
    CASE(what_a_crash_undid_is_done_once),
    CASE(a_question_without_any_office_is_not_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
