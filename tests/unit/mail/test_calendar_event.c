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

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(times_become_ours),
    cmocka_unit_test(texts_lose_their_escapes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
