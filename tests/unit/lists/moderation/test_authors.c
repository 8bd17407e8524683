/* What authors hear of a moderator's yes, and of nobody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static struct club club;

static int set_up(void **state)
{
  (void)state;
  moderated_open(&club);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static void clara(const char *says)
{
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", says, true);
}

static void a_stranger_learns_that_their_post_is_out(void **state)
{
  (void)state;
  moderated_stranger(&club, "Rad", "Verkaufe mein Rad.");
  clara("ok");
  g_autofree char *told = moderated_text(&club, "moderate_released", "zoe@web.de");
  assert_non_null(strstr(told, "jetzt haben alle Mitglieder sie bekommen"));
  assert_null(strstr(told, "herausgenommen"));
}

static void a_changed_post_is_shown_to_its_author(void **state)
{
  (void)state;
  moderated_stranger(&club, "Rad", "Verkaufe mein Rad, Tel. 030 1234567.");
  clara("ok, aber Telefonnummer raus");
  g_autofree char *told = moderated_text(&club, "moderate_released", "zoe@web.de");
  assert_non_null(strstr(told, "Verkaufe mein Rad"));
  assert_non_null(strstr(told, "[Telefonnummer entfernt]"));
}

/* Whose address nobody vouches for may not have written it. */
static void who_may_not_have_written_it_hears_nothing(void **state)
{
  (void)state;
  club_write(&club, "zoe@web.de", "gruenau@kiez.example", "Rad", "Verkaufe mein Rad.", false);
  clock_fix(TEST_NOW + 3600);
  clara("ok");
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&club, "moderate_released", NULL), 0);
}

static void what_still_matters_is_asked_about_anew(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clock_fix(TEST_NOW + 3 * 86400);
  post_work(&club.town);
  clock_fix(TEST_NOW + 15 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_waiting(&club), 0);
  club_answer(&club, "moderate_expired", "zoe@web.de", "zoe@web.de", "Ja, ist noch wichtig!", true);
  assert_int_equal(moderated_waiting(&club), 1);
  clock_fix(TEST_NOW + 15 * 86400 + 3600);
  clara("ok");
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
}

static void what_matters_no_more_stays_where_it_is(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  clock_fix(TEST_NOW + 3 * 86400);
  post_work(&club.town);
  clock_fix(TEST_NOW + 15 * 86400);
  post_work(&club.town);
  club_answer(&club, "moderate_expired", "zoe@web.de", "zoe@web.de", "Nein danke, hat sich erledigt", true);
  assert_int_equal(moderated_waiting(&club), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(a_stranger_learns_that_their_post_is_out),  CASE(a_changed_post_is_shown_to_its_author),
    CASE(who_may_not_have_written_it_hears_nothing), CASE(what_still_matters_is_asked_about_anew),
    CASE(what_matters_no_more_stays_where_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
