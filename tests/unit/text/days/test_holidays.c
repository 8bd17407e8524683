/* Feasts by rules, against the calendars of several years. */
#include "lib/text/days/calendar.h"
#include "lib/text/days/holidays.h"
#include "tests/unit/text/cases.h"

static const struct {
  const char *rule;
  int year, month, day; /* month 0: no such day */
} cases[] = {
  { "12-25", 2026, 12, 25 },    { "easter+0", 2026, 4, 5 },
  { "easter+1", 2026, 4, 6 },   { "easter-2", 2026, 4, 3 },
  { "easter+39", 2026, 5, 14 }, { "easter+49", 2026, 5, 24 },
  { "easter+0", 2025, 4, 20 },  { "easter+0", 2024, 3, 31 },
  { "easter+0", 2038, 4, 25 },  { "orthodox+0", 2026, 4, 12 },
  { "advent1", 2026, 11, 29 },  { "advent4", 2026, 12, 20 },
  { "advent1", 2022, 11, 27 },  { "2-30", 2026, 0, 0 },
  { "nonsense", 2026, 0, 0 },   { "", 2026, 0, 0 },
};

static void feasts_fall_where_calendars_say(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int wanted = cases[i].month ? calendar_day(cases[i].year, cases[i].month, cases[i].day) : CALENDAR_NO_DAY;
    int got = holiday_day(cases[i].rule, cases[i].year);
    if (got != wanted) fail_msg("%s in %d: %d days off", cases[i].rule, cases[i].year, got - wanted);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(feasts_fall_where_calendars_say) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
