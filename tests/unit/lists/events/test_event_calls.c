/* Calls in words: until when, from which day to which, how many, until when to answer; what the draft holds
 * and what is sent of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

/* Anna writes a call to the group and says yes to what was understood. */
static void call(struct club *club, const char *text)
{
  g_autofree char *whole = g_strconcat("Hallo zusammen,\n\n", text, "\n\nAnna", NULL);
  club_calls(club, whole);
}

static int64_t at(int month, int day, int hour)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
  g_autoptr(GDateTime) time = g_date_time_new(zone, 2026, month, day, hour, 0, 0);
  return g_date_time_to_unix(time);
}

static void what_goes_on_until_a_day_goes_on_until_it_is_over(void **state)
{
  (void)state;
  struct club club;
  call(&club, "wir zelten von Freitag, 15. Mai um 17 Uhr bis Sonntag, 17. Mai im Segelfliegerdamm 12. "
              "Kommt alle!");
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  assert_non_null(raw);
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  const char *calendar = itip_text(mail);
  assert_non_null(calendar);
  assert_non_null(strstr(calendar, "DTSTART;TZID=Europe/Berlin:20260515T170000"));
  assert_non_null(strstr(calendar, "DTEND;TZID=Europe/Berlin:20260518T000000"));
  club_wait(&club, at(5, 17, 20));
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 0);
  club_wait(&club, at(5, 18, 1));
  club_wait(&club, at(5, 18, 12));
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 1);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_goes_on_until_a_day_goes_on_until_it_is_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
