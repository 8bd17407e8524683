/* Calendars out: what we write is read back by libical, by our own reader, and says the same wall time
 * everywhere; zones follow their clocks; folding and escaping are RFC 5545's. */
#include "lib/mail/calendar_event.h"
#include "lib/mail/ics/calendar_out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>

static const struct attendee_out vera = { "Vera \"V\" Lange", "vera.lange@posteo.example", "NEEDS-ACTION" };

static struct event_out feast(void)
{
  return (struct event_out){ .uid = "fest@kiez.example",
                             .sequence = 2,
                             .stamp = 1772445600,
                             .created = 1772000000,
                             .start = { 2026, 5, 16, 15, 0 },
                             .end = { 2026, 5, 16, 18, 30 },
                             .zone = "Europe/Berlin",
                             .title = "Hoffest; mit Kuchen, Musik & Spaß",
                             .text = "Bitte mitbringen:\nBecher, Teller",
                             .place = "Segelfliegerdamm 12",
                             .organizer_name = "Kiezpost: Hoffest",
                             .organizer = "gruenau+aaaabbbbccccddddeeeeffffgggghhhhiiiijjjjkk@kiez.example",
                             .attendees = &vera,
                             .attendee_count = 1 };
}

static char *written(const char *method, const struct event_out *event)
{
  return calendar_out_text(&(struct calendar_out){ .method = method, .events = event, .count = 1 });
}

static void an_invitation_is_read_back(void **state)
{
  (void)state;
  struct event_out it = feast();
  g_autofree char *text = written("REQUEST", &it);
  g_autoptr(calendar_t) read = calendar_read(text);
  assert_non_null(read);
  assert_string_equal(read->method, "REQUEST");
  assert_string_equal(read->uid, "fest@kiez.example");
  assert_int_equal(read->sequence, 2);
  assert_string_equal(read->organizer, it.organizer);
  assert_string_equal(read->summary, it.title);
  assert_string_equal(read->location, it.place);
  assert_int_equal(read->attendees->len, 1);
  const struct calendar_attendee *attendee = read->attendees->pdata[0];
  assert_string_equal(attendee->address, vera.address);
  assert_string_equal(attendee->partstat, "NEEDS-ACTION");
  assert_non_null(strstr(text, "RSVP=TRUE"));
  struct calendar_event event;
  assert_true(calendar_event_read(read, "Europe/Berlin", &event));
  assert_memory_equal(&event.start, &it.start, sizeof it.start);
  assert_memory_equal(&event.end, &it.end, sizeof it.end);
  calendar_event_clear(&event);
}

static void lines_are_folded_and_hold_nothing_else(void **state)
{
  (void)state;
  struct event_out it = feast();
  it.title =
      "Ein sehr langer Titel mit Umlauten: äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß\r\nATTENDEE:mailto:x@y.z";
  g_autofree char *text = written("REQUEST", &it);
  g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
  for (char **line = lines; *line; line++) {
    assert_true(strlen(*line) <= 75);
    assert_null(strchr(*line, '\n'));
    assert_true(g_utf8_validate(*line, -1, NULL)); /* not folded inside a letter */
    assert_false(g_str_has_prefix(*line, "ATTENDEE:mailto:x@y.z"));
  }
  g_autoptr(calendar_t) read = calendar_read(text);
  assert_int_equal(read->attendees->len, 1);
}

/* What libical makes of a time, by our own VTIMEZONE alone: seconds UTC. */
static int64_t moment_by_object(const char *text)
{
  icalcomponent *calendar = icalparser_parse_string(text);
  assert_non_null(calendar);
  icalcomponent *described = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
  assert_non_null(described);
  icaltimezone *zone = icaltimezone_new();
  assert_true(icaltimezone_set_component(zone, icalcomponent_new_clone(described)));
  icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  struct icaltimetype time = icalproperty_get_dtstart(start);
  int64_t moment = icaltime_as_timet_with_zone(time, zone);
  icaltimezone_free(zone, 1);
  icalcomponent_free(calendar);
  return moment;
}

static void the_zone_described_is_the_zone(void **state)
{
  (void)state;
  static const char *const zones[] = { "Europe/Berlin",       "Europe/London",
                                       "Europe/Istanbul",     "America/New_York",
                                       "Australia/Lord_Howe", "Asia/Kolkata",
                                       "Africa/Casablanca",   "UTC" };
  static const struct wall times[] = { { 2026, 1, 1, 0, 0 },   { 2026, 3, 29, 0, 59 },
                                       { 2026, 3, 29, 3, 0 },  { 2026, 7, 14, 12, 0 },
                                       { 2026, 10, 25, 4, 0 }, { 2026, 12, 31, 23, 59 } };
  for (gsize z = 0; z < G_N_ELEMENTS(zones); z++)
    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
      struct event_out it = feast();
      it.zone = zones[z];
      it.start = times[i];
      it.end = (struct wall){ 0 };
      g_autofree char *text = written("PUBLISH", &it);
      int64_t meant = wall_seconds(&times[i], zones[z]), read = moment_by_object(text);
      if (read != meant)
        fail_msg("%s, %d-%02d-%02d %02d:%02d: off by %ld s\n%s", zones[z], times[i].year, times[i].month,
                 times[i].day, times[i].hour, times[i].minute, (long)(read - meant), text);
    }
}

static void a_series_keeps_its_hour_over_the_year(void **state)
{
  (void)state;
  static const struct wall out = { 2026, 4, 7, 19, 0 };
  struct event_out it = feast();
  it.start = (struct wall){ 2026, 1, 6, 19, 0 };
  it.end = (struct wall){ 2026, 1, 6, 21, 0 };
  it.rule = "FREQ=MONTHLY;BYDAY=1TU";
  it.left_out = &out;
  it.left_out_count = 1;
  g_autofree char *text = written("REQUEST", &it);
  icalcomponent *calendar = icalparser_parse_string(text);
  icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  icalproperty *property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
  icalrecur_iterator *each =
      icalrecur_iterator_new(icalproperty_get_rrule(property), icalcomponent_get_dtstart(event));
  for (int month = 1; month <= 12; month++) {
    struct icaltimetype next = icalrecur_iterator_next(each);
    assert_int_equal(next.month, month);
    assert_int_equal(next.hour, 19);
  }
  icalrecur_iterator_free(each);
  struct icaltimetype left =
      icalproperty_get_exdate(icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY));
  assert_int_equal(left.month, 4);
  icalcomponent_free(calendar);
}

static void whole_days_end_the_day_after(void **state)
{
  (void)state;
  struct event_out it = feast();
  it.start = (struct wall){ 2026, 12, 30, -1, -1 };
  it.end = (struct wall){ 2026, 12, 31, -1, -1 };
  g_autofree char *text = written("PUBLISH", &it);
  assert_non_null(strstr(text, "DTSTART;VALUE=DATE:20261230"));
  assert_non_null(strstr(text, "DTEND;VALUE=DATE:20270101"));
  assert_null(strstr(text, "VTIMEZONE"));
  it.end = (struct wall){ 0 };
  g_autofree char *one = written("PUBLISH", &it);
  assert_non_null(strstr(one, "DTEND;VALUE=DATE:20261231"));
}

/* RFC 5545 section 3.8.2.2: DTSTART and DTEND are of one kind. */
static void an_end_is_of_the_kind_of_its_beginning(void **state)
{
  (void)state;
  struct event_out it = feast();
  it.start = (struct wall){ 2026, 6, 5, 17, 0 };
  it.end = (struct wall){ 2026, 6, 7, -1, -1 };
  g_autofree char *until_a_day = written("REQUEST", &it);
  assert_non_null(strstr(until_a_day, "DTSTART;TZID=Europe/Berlin:20260605T170000"));
  assert_non_null(strstr(until_a_day, "DTEND;TZID=Europe/Berlin:20260608T000000"));
  assert_null(strstr(until_a_day, "VALUE=DATE"));
  it.start = (struct wall){ 2026, 7, 3, -1, -1 };
  it.end = (struct wall){ 2026, 7, 5, 18, 0 };
  g_autofree char *from_a_day = written("REQUEST", &it);
  assert_non_null(strstr(from_a_day, "DTSTART;VALUE=DATE:20260703"));
  assert_non_null(strstr(from_a_day, "DTEND;VALUE=DATE:20260706"));
}

static void a_single_date_is_cancelled_by_its_original_time(void **state)
{
  (void)state;
  struct event_out it = feast();
  it.original = (struct wall){ 2026, 5, 12, 19, 0 };
  it.is_cancelled = true;
  g_autofree char *text = written("CANCEL", &it);
  assert_non_null(strstr(text, "METHOD:CANCEL"));
  assert_non_null(strstr(text, "STATUS:CANCELLED"));
  assert_non_null(strstr(text, "RECURRENCE-ID;TZID=Europe/Berlin:20260512T190000"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_invitation_is_read_back),
    cmocka_unit_test(lines_are_folded_and_hold_nothing_else),
    cmocka_unit_test(the_zone_described_is_the_zone),
    cmocka_unit_test(a_series_keeps_its_hour_over_the_year),
    cmocka_unit_test(whole_days_end_the_day_after),
    cmocka_unit_test(an_end_is_of_the_kind_of_its_beginning),
    cmocka_unit_test(a_single_date_is_cancelled_by_its_original_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
