/* Calendar and zone: leap years, week 53, Easter, and the two nights in which the clock is changed. */
#include "lib/text/dates/zone.h"
#include "lib/text/days/calendar.h"
#include "tests/unit/text/dates/dates_test.h"

static void days_are_counted(void **state)
{
  (void)state;
  assert_int_equal(calendar_day(1970, 1, 1), 0);
  assert_int_equal(calendar_weekday(calendar_day(2026, 3, 10)), 2);
  assert_int_equal(calendar_month_length(2028, 2), 29);
  assert_int_equal(calendar_month_length(2100, 2), 28);
  assert_false(calendar_is_date(2027, 2, 29));
  for (int day = -200000; day < 200000; day += 37) {
    struct civil civil = calendar_civil(day);
    assert_int_equal(calendar_day(civil.year, civil.month, civil.day), day);
  }
  struct civil added = calendar_civil(calendar_add_months(calendar_day(2028, 1, 31), 1));
  assert_int_equal(added.day, 29);
  assert_int_equal(calendar_day(2026, 14, 1), calendar_day(2027, 2, 1));
}

static void weeks_are_iso_weeks(void **state)
{
  (void)state;
  assert_int_equal(calendar_weeks_of(2026), 53);
  assert_int_equal(calendar_weeks_of(2027), 52);
  assert_int_equal(calendar_week_monday(2026, 1), calendar_day(2025, 12, 29));
  assert_int_equal(calendar_week_monday(2026, 53), calendar_day(2026, 12, 28));
  assert_int_equal(calendar_week_monday(2027, 1), calendar_day(2027, 1, 4));
}

static void feasts_move(void **state)
{
  (void)state;
  assert_int_equal(calendar_easter(2026), calendar_day(2026, 4, 5));
  assert_int_equal(calendar_easter(2027), calendar_day(2027, 3, 28));
  assert_int_equal(calendar_easter(2038), calendar_day(2038, 4, 25));
  assert_int_equal(calendar_easter_orthodox(2026), calendar_day(2026, 4, 12));
  assert_int_equal(calendar_nth_weekday(2026, 5, 2, -1), calendar_day(2026, 5, 26));
  assert_int_equal(calendar_nth_weekday(2026, 2, 7, 5), CALENDAR_NO_DAY);
}

static void wall_times_follow_the_clock_changes(void **state)
{
  (void)state;
  static const struct {
    struct wall wall;
    const char *written;
  } cases[] = {
    { { 2026, 3, 7, 15, 0 }, "2026-03-07T15:00:00+01:00" },
    { { 2026, 3, 28, 23, 59 }, "2026-03-28T23:59:00+01:00" },
    { { 2026, 3, 29, 1, 59 }, "2026-03-29T01:59:00+01:00" },
    { { 2026, 3, 29, 2, 0 }, "2026-03-29T03:00:00+02:00" },  /* left out: moved forward */
    { { 2026, 3, 29, 2, 30 }, "2026-03-29T03:30:00+02:00" }, /* left out: moved forward */
    { { 2026, 3, 29, 3, 0 }, "2026-03-29T03:00:00+02:00" },
    { { 2026, 6, 21, 12, 0 }, "2026-06-21T12:00:00+02:00" },
    { { 2026, 10, 25, 1, 59 }, "2026-10-25T01:59:00+02:00" },
    { { 2026, 10, 25, 2, 30 }, "2026-10-25T02:30:00+02:00" }, /* twice: the first */
    { { 2026, 10, 25, 3, 0 }, "2026-10-25T03:00:00+01:00" },
    { { 2026, 12, 31, 23, 59 }, "2026-12-31T23:59:00+01:00" },
    { { 2026, 5, 12, -1, -1 }, "2026-05-12" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = wall_format(&cases[i].wall, "Europe/Berlin");
    assert_string_equal(got, cases[i].written);
  }
  struct wall unset = { 0 };
  assert_null(wall_format(&unset, NULL));
}

static void moments_become_wall_times_and_back(void **state)
{
  (void)state;
  for (int64_t seconds = 1774000000; seconds < 1774000000 + 400 * 86400; seconds += 5460) {
    struct wall wall = zone_wall(seconds - seconds % 60, NULL);
    int64_t back = wall_seconds(&wall, NULL);
    /* the hour that comes twice is the first of the two */
    assert_true(back == seconds - seconds % 60 || back == seconds - seconds % 60 - 3600);
  }
  struct wall day = { 2026, 5, 12, -1, -1 }, midnight = { 2026, 5, 12, 0, 0 };
  assert_int_equal(wall_seconds(&day, NULL), wall_seconds(&midnight, NULL));
  struct wall utc = zone_wall(0, "UTC"), unknown = zone_wall(0, "Nowhere/Else");
  assert_int_equal(utc.hour, 0);
  assert_int_equal(unknown.hour, 1);
}

/* Now is the evening before a clock change, the last hour of a year, a leap day. */
static void now_may_be_an_edge(void **state)
{
  (void)state;
  static const struct {
    struct wall now;
    struct dates_case it;
  } cases[] = {
    { { 2026, 3, 28, 20, 0 }, { "morgen um 10 Uhr", "2026-03-29 10:00", "wall times stay wall times" } },
    { { 2026, 3, 28, 20, 0 }, { "in 24 Stunden", "2026-03-29 21:00", "hours are hours" } },
    { { 2026, 3, 28, 20, 0 }, { "jeden Sonntag um 10 Uhr", "2026-03-29 10:00 FREQ=WEEKLY;BYDAY=SU", "" } },
    { { 2026, 10, 24, 20, 0 }, { "morgen um 10", "2026-10-25 10:00", "" } },
    { { 2026, 10, 24, 20, 0 }, { "in 24 Stunden", "2026-10-25 19:00", "" } },
    { { 2026, 10, 24, 20, 0 }, { "heute von 22 bis 4 Uhr", "2026-10-24 22:00 / 2026-10-25 04:00", "" } },
    { { 2026, 12, 31, 23, 30 }, { "morgen", "2027-01-01", "" } },
    { { 2026, 12, 31, 23, 30 }, { "in einer Stunde", "2027-01-01 00:30", "" } },
    { { 2026, 12, 31, 23, 30 }, { "am 3.1.", "2027-01-03", "" } },
    { { 2026, 12, 31, 23, 30 }, { "KW 1", "2027-01-04 / 2027-01-10 week", "" } },
    { { 2026, 12, 31, 23, 30 }, { "nächste Woche", "2027-01-04 / 2027-01-10 week", "" } },
    { { 2026, 12, 31, 23, 30 }, { "24 Uhr", "2027-01-01 00:00", "" } },
    { { 2028, 2, 29, 12, 0 }, { "in einem Jahr", "2029-02-28", "" } },
    { { 2028, 2, 29, 12, 0 }, { "in einem Monat", "2028-03-29", "" } },
    { { 2028, 2, 29, 12, 0 }, { "am 29.2.", "2028-02-29", "today" } },
    { { 2028, 2, 28, 12, 0 }, { "morgen", "2028-02-29", "" } },
    { { 2026, 3, 14, 9, 0 }, { "nächsten Samstag", "2026-03-21", "said on a Saturday: a week later" } },
    { { 2026, 3, 14, 9, 0 }, { "diesen Samstag", "2026-03-14", "" } },
    { { 2026, 3, 14, 9, 0 }, { "am Wochenende", "2026-03-14 / 2026-03-15", "" } },
    { { 2026, 3, 14, 9, 0 }, { "nächstes Wochenende", "2026-03-21 / 2026-03-22", "" } },
    { { 2026, 3, 10, 0, 0 }, { "um Mitternacht", "2026-03-11 00:00", "" } },
    { { 2026, 1, 10, 0, 0 }, { "im Winter", "2025-12-21 / 2026-03-19 quarter", "" } },
    { { 2026, 12, 27, 10, 0 }, { "vom 30.12. bis 2.1.", "2026-12-30 / 2027-01-02", "" } },
    { { 2026, 12, 27, 10, 0 }, { "Anfang Januar", "2027-01-01 / 2027-01-10", "" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) check_dates(&cases[i].it, 1, "de", &cases[i].now);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(days_are_counted),
    cmocka_unit_test(weeks_are_iso_weeks),
    cmocka_unit_test(feasts_move),
    cmocka_unit_test(wall_times_follow_the_clock_changes),
    cmocka_unit_test(moments_become_wall_times_and_back),
    cmocka_unit_test(now_may_be_an_edge),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
