/* From month to month: each page of events of a month leads to those beside it that hold something. */
#include "tests/unit/archive/event_house.h"

static const char MAY[] = "termine/2026-05/index.html", JULY[] = "termine/2026-07/index.html",
                  JUNE[] = "termine/2026-06/index.html", NEXT_YEAR[] = "termine/2027-01/index.html";

static struct event *call_on(struct house *house, const char *starts)
{
  struct called called = { .title = "Hoffest", .text = "", .place = "Hof", .starts = starts };
  g_autoptr(list_row) known = list_find(house->store, "gruenau", NULL);
  called.list = known ? known->id : house_list(house, "gruenau", true);
  struct event *it = call(house, &called);
  house_publish(house);
  return it;
}

static void a_month_leads_to_the_one_before_and_the_one_behind(void **state)
{
  struct house *house = *state;
  g_autoptr(event_t) may = call_on(house, "2026-05-16T15:00");
  assert_false(holds(house, MAY, "Andere Monate")); /* there is no other */
  g_autoptr(event_t) july = call_on(house, "2026-07-04T15:00");
  assert_true(
      holds(house, MAY, "<a href=\"../2026-07/index.html\" rel=\"next\">Nächster Monat: Juli 2026</a>"));
  assert_true(
      holds(house, JULY, "<a href=\"../2026-05/index.html\" rel=\"prev\">Vorheriger Monat: Mai 2026</a>"));
  assert_false(holds(house, MAY, "Vorheriger Monat"));
  assert_false(holds(house, JULY, "Nächster Monat"));
  g_autoptr(event_t) winter = call_on(house, "2027-01-09T15:00"); /* over the turn of the year */
  assert_true(holds(house, JULY, "Nächster Monat: Januar 2027"));
  assert_true(holds(house, NEXT_YEAR, "../2026-07/index.html"));
  check_equals_rebuild(house, "months");
}

static void a_month_that_comes_or_goes_changes_those_beside_it(void **state)
{
  struct house *house = *state;
  g_autoptr(event_t) may = call_on(house, "2026-05-16T15:00");
  g_autoptr(event_t) july = call_on(house, "2026-07-04T15:00");
  g_autoptr(event_t) june = call_on(house, "2026-06-13T15:00");
  assert_true(holds(house, MAY, "Nächster Monat: Juni 2026"));
  assert_true(holds(house, JULY, "Vorheriger Monat: Juni 2026"));
  check_equals_rebuild(house, "a month comes");
  set_text(&june->state, "draft");
  set_text(&june->starts, "2026-07-05T15:00");
  set_text(&june->state, "open");
  put(house, june);
  assert_false(is_there(house, JUNE));
  assert_true(holds(house, MAY, "Nächster Monat: Juli 2026"));
  assert_true(holds(house, JULY, "Vorheriger Monat: Mai 2026"));
  check_equals_rebuild(house, "a month goes");
}

static void a_group_has_months_of_its_own(void **state)
{
  struct house *house = *state;
  g_autoptr(event_t) may = call_on(house, "2026-05-16T15:00");
  struct called elsewhere = { .title = "Fest", .text = "", .place = "Hof", .starts = "2026-06-06T15:00" };
  elsewhere.list = house_list(house, "wendenschloss", true);
  g_autoptr(event_t) june = call(house, &elsewhere);
  house_publish(house);
  assert_true(holds(house, MAY, "Nächster Monat: Juni 2026"));
  assert_false(holds(house, "termine/liste/gruenau/2026-05/index.html", "Monat: Juni 2026"));
  check_equals_rebuild(house, "a month of another group");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    EVENT_TEST(a_month_leads_to_the_one_before_and_the_one_behind),
    EVENT_TEST(a_month_that_comes_or_goes_changes_those_beside_it),
    EVENT_TEST(a_group_has_months_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
