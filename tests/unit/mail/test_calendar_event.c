/* When an event of a calendar part is, in our own wall time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/calendar_event.h"

static const char custom_zone[] =
    "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

static void times_become_ours(void **state)
{
  (void)state;
  static const struct {
    const char *why, *lines, *start, *end, *rule;
  } cases[] = {
    { "UTC", "DTSTART:20260530T080000Z\nDTEND:20260530T110000Z\n", "2026-05-30T10:00:00+02:00",
      "2026-05-30T13:00:00+02:00", NULL },
    { "an IANA name", "DTSTART;TZID=Europe/Berlin:20260512T190000\n", "2026-05-12T19:00:00+02:00", NULL,
      NULL },
    { "another zone", "DTSTART;TZID=Europe/London:20260512T190000\n", "2026-05-12T20:00:00+02:00", NULL,
      NULL },
    { "Exchange's name", "DTSTART;TZID=W. Europe Standard Time:20261201T190000\n",
      "2026-12-01T19:00:00+01:00", NULL, NULL },
    { "a name with a path", "DTSTART;TZID=/citadel.org/20211206_1/Europe/Berlin:20260512T190000\n",
      "2026-05-12T19:00:00+02:00", NULL, NULL },
    { "only the part explains it", "DTSTART;TZID=Mine:20260701T180000\n", "2026-07-01T18:00:00+02:00", NULL,
      NULL },
    { "floating", "DTSTART:20260701T180000\n", "2026-07-01T18:00:00+02:00", NULL, NULL },
    { "one whole day", "DTSTART;VALUE=DATE:20260912\nDTEND;VALUE=DATE:20260913\n", "2026-09-12", NULL, NULL },
    { "two whole days", "DTSTART;VALUE=DATE:20260912\nDTEND;VALUE=DATE:20260914\n", "2026-09-12",
      "2026-09-13", NULL },
    { "a duration", "DTSTART:20260701T180000\nDURATION:PT1H30M\n", "2026-07-01T18:00:00+02:00",
      "2026-07-01T19:30:00+02:00", NULL },
    { "a rule", "DTSTART:20260505T180000\nRRULE:FREQ=MONTHLY;BYDAY=1TU\n", "2026-05-05T18:00:00+02:00", NULL,
      "FREQ=MONTHLY;BYDAY=1TU" },
    { "no rule at all", "DTSTART:20260505T180000\nRRULE:NONSENSE=1\n", "2026-05-05T18:00:00+02:00", NULL,
      NULL },
    { "no day", "DTSTART:20260231T180000\n", NULL, NULL, NULL },
    { "a name that leaves the directory", "DTSTART;TZID=../../etc/passwd:20260701T180000\n",
      "2026-07-01T18:00:00+02:00", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strdup_printf(
        "BEGIN:VCALENDAR\n%sBEGIN:VEVENT\nUID:1\n%sEND:VEVENT\nEND:VCALENDAR\n", custom_zone, cases[i].lines);
    g_autoptr(calendar_t) calendar = calendar_read(text);
    struct calendar_event event;
    bool is_read = calendar_event_read(calendar, "Europe/Berlin", &event);
    g_autofree char *start = event.start.year ? wall_format(&event.start, "Europe/Berlin") : NULL;
    g_autofree char *end = event.end.year ? wall_format(&event.end, "Europe/Berlin") : NULL;
    if (g_strcmp0(start, cases[i].start) != 0 || g_strcmp0(end, cases[i].end) != 0 ||
        g_strcmp0(event.recurrence, cases[i].rule) != 0)
      fail_msg("%s: %s, %s, %s", cases[i].why, start, end, event.recurrence);
    assert_int_equal(is_read, cases[i].start != NULL);
    calendar_event_clear(&event);
  }
}

static void texts_lose_their_escapes(void **state)
{
  (void)state;
  g_autoptr(calendar_t) calendar =
      calendar_read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Fest\\, laut\\nund "
                    "lang\nCOMMENT:\\n\nEND:VEVENT\nEND:VCALENDAR\n");
  assert_string_equal(calendar->summary, "Fest, laut\nund lang");
  assert_null(calendar->comment);
}

/* A rule is a stranger's: one that never matches, or each second, must not keep us busy. Outlook's, Google's
 * and Apple's are read. */
static void only_rules_of_days_that_come_are_series(void **state)
{
  (void)state;
  static const struct {
    const char *rule;
    bool is_good;
  } cases[] = {
    { "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", false },
    { "FREQ=MINUTELY", false },
    { "FREQ=HOURLY;INTERVAL=2", false },
    { "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", false },
    { "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2", false },
    { "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6", false },
    { "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=6", false },
    { "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9", false },
    { "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", false },
    { "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", false },
    { "FREQ=DAILY;INTERVAL=7;BYDAY=MO", false }, /* begins on a Saturday */
    { "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=5", false },
    { "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=3", false },
    { "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4;BYSECOND=0,1,2,3;BYMONTH=2;BYMONTHDAY=30",
      false },
    { "FREQ=WEEKLY", true },
    { "FREQ=WEEKLY;BYDAY=SA;WKST=MO;COUNT=10", true },
    { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270101T000000Z", true },
    { "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", true },
    { "FREQ=DAILY;COUNT=1", true },
    { "FREQ=DAILY;BYMONTH=6,7,8", true },
    { "FREQ=MONTHLY;BYDAY=-1FR", true },
    { "FREQ=MONTHLY;BYMONTHDAY=16", true },
    { "FREQ=MONTHLY;BYMONTHDAY=-1", true },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", true },
    { "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=3", true },
    { "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", true },
    { "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=16", true },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", true },
    { "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", true },
    { "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4", true },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strdup_printf("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260516T180000\n"
                                            "RRULE:%s\nEND:VEVENT\nEND:VCALENDAR\n",
                                            cases[i].rule);
    g_autoptr(calendar_t) calendar = calendar_read(text);
    struct calendar_event event;
    gint64 before = g_get_monotonic_time();
    assert_true(calendar_event_read(calendar, "Europe/Berlin", &event));
    double seconds = (double)(g_get_monotonic_time() - before) / G_USEC_PER_SEC;
    bool is_right = (event.recurrence != NULL) == cases[i].is_good && seconds < 2;
    if (!is_right) print_message("%s: %s, %.2f s\n", cases[i].rule, event.recurrence, seconds);
    bad += !is_right;
    calendar_event_clear(&event);
  }
  assert_int_equal(bad, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_rules_of_days_that_come_are_series),
    cmocka_unit_test(times_become_ours),
    cmocka_unit_test(texts_lose_their_escapes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
