/* An admin has a published post taken down by a mail to the front door: found by link or by words, done after
 * one proven yes; and how nobody else does that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/threads.h"

#define ADMIN "admin@amt.example"

static struct club club;

static int setup(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  moderated_open(&club);
  club_write(&club, "Anna Sommer <anna@web.de>", "gruenau@kiez.example", "Sofa zu verschenken",
             "Wer will mein Sofa? Mein Nachbar ist ein Dieb.", true);
  club_write(&club, "Dora Winter <dora@web.de>", "gruenau@kiez.example", "Hoffest", "Am Samstag ist Hoffest.",
             true);
  clock_fix(TEST_NOW + 3600);
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static bool is_there(int64_t message)
{
  g_autoptr(message_row) row = message_get(club.town.store, message, NULL);
  return strstr(row->text, message == 1 ? "Dieb" : "Hoffest") != NULL;
}

static void orders(const char *from, const char *text, bool is_vouched)
{
  club_write(&club, from, "kiez@kiez.example", "Bitte", text, is_vouched);
  clock_fix(clock_now() + 600);
}

static void it_is_found_by_its_words_and_goes_after_a_yes(void **state)
{
  (void)state;
  orders(ADMIN,
         "Bitte den Beitrag \"Sofa zu verschenken\" von Anna Sommer in der Gruppe Grünau zurückziehen, weil "
         "er jemanden beleidigt.",
         true);
  assert_true(is_there(1));
  g_autofree char *asked = moderated_line(&club, "take_down", ADMIN);
  assert_non_null(strstr(asked, "Sofa zu verschenken"));
  assert_non_null(strstr(asked, "Anna Sommer"));
  club_answer(&club, "take_down", ADMIN, ADMIN, "Ja", true);
  assert_false(is_there(1));
  assert_true(is_there(2));
  g_autofree char *told = moderated_line(&club, "post_withdrawn", "anna@web.de");
  assert_non_null(strstr(told, "er jemanden beleidigt"));
  assert_int_equal(moderated_count(&club, "order_done", ADMIN), 1);
  assert_non_null(strstr(moderated_log(&club), "m1 withdraw"));
}

static void a_second_yes_is_answered_as_well(void **state)
{
  (void)state;
  orders(ADMIN, "Bitte den Beitrag \"Sofa zu verschenken\" von Anna Sommer in der Gruppe Grünau löschen",
         true);
  g_autofree char *first = club_reply_address(&club, "take_down", ADMIN);
  orders(ADMIN, "Lösche bitte den Beitrag \"Sofa zu verschenken\" von Anna Sommer in Grünau", true);
  club_write(&club, ADMIN, first, "AW: Beitrag", "Ja, zurückziehen", true);
  assert_false(is_there(1));
  clock_fix(clock_now() + 600);
  club_answer(&club, "take_down", ADMIN, ADMIN, "Ja, zurückziehen", true);
  assert_int_equal(moderated_count(&club, "order_done", ADMIN), 2);
}

static void it_is_found_by_its_link(void **state)
{
  (void)state;
  g_autofree char *order =
      g_strdup_printf("Bitte löschen: %s/gruenau/2026/0001/", club.town.config->base_url);
  orders(ADMIN, order, true);
  club_answer(&club, "take_down", ADMIN, ADMIN, "ja bitte", true);
  assert_false(is_there(1));
  assert_true(is_there(2));
}

static void by_subject_or_author_alone_where_only_one_fits(void **state)
{
  (void)state;
  orders(ADMIN, "Der Beitrag von Dora Winter in Grünau muss entfernt werden.", true);
  club_answer(&club, "take_down", ADMIN, ADMIN, "Ja", true);
  assert_false(is_there(2));
  orders(ADMIN, "Please take down the post Sofa zu verschenken in gruenau", true);
  club_answer(&club, "take_down", ADMIN, ADMIN, "yes", true);
  assert_false(is_there(1));
}

static void what_is_not_clear_is_asked_about_and_nothing_goes(void **state)
{
  (void)state;
  static const char *const said[] = {
    "Bitte den Beitrag über den Dieb zurückziehen",                               /* which list? */
    "Bitte den Beitrag \"Fahrrad\" in der Gruppe Grünau zurückziehen",            /* there is none */
    "Bitte den Beitrag \"Hoffest\" von Anna Sommer in der Gruppe Grünau löschen", /* not hers */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) orders(ADMIN, said[i], true);
  assert_int_equal(moderated_count(&club, "take_down", NULL), 0);
  assert_int_equal(moderated_count(&club, "take_down_unclear", ADMIN), (int)G_N_ELEMENTS(said));
  assert_true(is_there(1) && is_there(2));
}

static void a_no_a_doubt_and_a_forgery_leave_it(void **state)
{
  (void)state;
  static const char order[] = "Bitte den Beitrag \"Sofa zu verschenken\" in der Gruppe Grünau zurückziehen.";
  orders(ADMIN, order, false);
  assert_true(is_there(1));
  club_answer(&club, "take_down", ADMIN, ADMIN, "Ja", false);
  assert_true(is_there(1));
  club_answer(&club, "take_down", ADMIN, "eve@web.de", "Ja", true);
  assert_true(is_there(1));
  club_answer(&club, "take_down", ADMIN, ADMIN, "Ist das der richtige?", true);
  assert_true(is_there(1));
  club_answer(&club, "take_down", ADMIN, ADMIN, "Nein, doch nicht", true);
  assert_true(is_there(1));
}

static void nobody_else_is_asked(void **state)
{
  (void)state;
  orders("eve@web.de", "Bitte den Beitrag \"Sofa zu verschenken\" in der Gruppe Grünau zurückziehen.", true);
  orders("dora@web.de", "Bitte den Beitrag \"Sofa zu verschenken\" in der Gruppe Grünau zurückziehen.", true);
  assert_int_equal(moderated_count(&club, "take_down", NULL), 0);
  assert_int_equal(moderated_count(&club, "take_down_unclear", NULL), 0);
  assert_true(is_there(1));
}

static void what_only_speaks_of_it_is_no_order(void **state)
{
  (void)state;
  orders(ADMIN, "Wurde der Beitrag von Anna Sommer in Grünau gelöscht?", true);
  orders(ADMIN, "Bitte den Beitrag Hoffest in Grünau nicht löschen!", true);
  assert_int_equal(moderated_count(&club, "take_down", NULL), 0);
  assert_int_equal(moderated_count(&club, "take_down_unclear", NULL), 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
    CASE(it_is_found_by_its_words_and_goes_after_a_yes),
    CASE(a_second_yes_is_answered_as_well),
    CASE(it_is_found_by_its_link),
    CASE(by_subject_or_author_alone_where_only_one_fits),
    CASE(what_is_not_clear_is_asked_about_and_nothing_goes),
    CASE(a_no_a_doubt_and_a_forgery_leave_it),
    CASE(nobody_else_is_asked),
    CASE(what_only_speaks_of_it_is_no_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
