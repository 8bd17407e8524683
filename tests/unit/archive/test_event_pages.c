/* Pages of events: what the public sees of an event, on which lists and in which calendars it is, and what it
 * never sees. */
#include "lib/base/clock.h"
#include "tests/unit/archive/event_house.h"

static const char PAGE[] = "termine/2026/0001/index.html", FILE_OF[] = "termine/2026/0001/termin.ics",
                  AHEAD[] = "termine/index.html", ALL[] = "termine/termine.ics";

static void an_event_has_a_page_a_calendar_file_and_its_places_on_lists(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  called.region = add_region(house);
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  assert_true(holds(house, PAGE, "<h1>Hoffest &lt;groß&gt;</h1>"));
  assert_true(holds(house, PAGE, "Samstag, 16. Mai 2026, 15 bis 18 Uhr"));
  assert_true(holds(house, PAGE, "Segelfliegerdamm 12"));
  assert_true(holds(house, PAGE, "Wir feiern im Hof."));
  assert_true(holds(house, PAGE, "\"startDate\":\"2026-05-16T15:00:00+02:00\""));
  assert_true(holds(house, PAGE, "Hoffest \\u003cgroß\\u003e"));
  assert_true(holds(house, FILE_OF, "UID:"));
  assert_true(holds(house, FILE_OF, "DTSTART;TZID=Europe/Berlin:20260516T150000"));
  assert_true(holds(house, AHEAD, "../termine/2026/0001/index.html"));
  assert_true(holds(house, "termine/2026-05/index.html", "Hoffest"));
  assert_true(holds(house, "termine/ort/gruenau/index.html", "Termine in Grünau"));
  assert_true(holds(house, "termine/ort/gruenau/2026-05/index.html", "Hoffest"));
  assert_true(holds(house, "termine/liste/gruenau/index.html", "Hoffest"));
  assert_true(holds(house, ALL, "METHOD:PUBLISH"));
  assert_true(holds(house, ALL, "X-WR-CALNAME:Termine (Treptow-Köpenick)"));
  assert_true(holds(house, "termine/ort/gruenau/termine.ics", "SUMMARY:Hoffest"));
  assert_true(holds(house, "index.html", "termine/index.html"));
  assert_true(holds(house, "gruenau/index.html", "../termine/liste/gruenau/index.html"));
  assert_true(holds(house, "sitemap/termine-2026-0001.xml", "/termine/2026/0001/"));
  assert_true(holds(house, "sitemap.xml", "/sitemap/termine-2026-0001.xml"));
  check_equals_rebuild(house, "an event");
}

static void drafts_and_what_is_for_few_leave_no_byte(void **state)
{
  struct house *house = *state;
  int64_t open = house_list(house, "gruenau", true), quiet = house_list(house, "still", false);
  struct called secret = {
    .list = open, .title = "Geheimes", .text = "Geheim", .place = "Geheimweg 1", .starts = "2026-05-16"
  };
  struct called cases[4] = { secret, secret, secret, secret };
  cases[0].state = "draft";
  cases[1].state = "cancelled"; /* a draft that was dropped */
  cases[2].audience = "named";
  cases[3].list = quiet;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) event_free(call(house, &cases[i]));
  house_publish(house);
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter each;
  void *path, *bytes;
  g_hash_table_iter_init(&each, files);
  while (g_hash_table_iter_next(&each, &path, &bytes)) {
    if (g_str_has_prefix(path, "termine/")) fail_msg("%s is there", (char *)path);
    if (strstr(bytes, "eheim")) fail_msg("%s tells it", (char *)path);
  }
}

/* The page, and the text of the calendar, say how to come by mail; no address in them answers for anybody. */
static void an_event_that_is_open_to_all_says_how_to_come(void **state)
{
  struct house *house = *state;
  house_list(house, "termine", true);
  struct called called = feast(house);
  called.audience = "open";
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  assert_true(
      holds(house, PAGE, "mailto:termine@kiez.example?subject=Ja%3A%20Termin%202026%2F1&amp;body=Ja"));
  assert_true(
      holds(house, PAGE, "mailto:termine@kiez.example?subject=Nein%3A%20Termin%202026%2F1&amp;body=Nein"));
  assert_true(holds(house, PAGE, "an termine@kiez.example, mit „Termin 2026/1“ im Betreff"));
  assert_true(holds(house, ALL, "Termin 2026/1"));
  assert_false(holds(house, PAGE, "termine+"));
  assert_false(holds(house, PAGE, "gruenau+a"));
  set_text(&it->state, "closed");
  put(house, it);
  assert_false(holds(house, PAGE, "subject=Ja"));
  set_text(&it->state, "open");
  set_text(&it->audience, "group");
  put(house, it);
  assert_false(holds(house, PAGE, "subject=Ja"));
  assert_false(holds(house, ALL, "Termin 2026/1"));
}

static void an_event_that_is_moved_leaves_the_month_before(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  set_text(&it->starts, "2026-06-20T15:00");
  set_text(&it->ends, "2026-06-20T18:00");
  put(house, it);
  assert_false(is_there(house, "termine/2026-05/index.html"));
  assert_true(holds(house, "termine/2026-06/index.html", "Samstag, 20. Juni 2026"));
  assert_true(holds(house, PAGE, "20. Juni 2026"));
  assert_true(holds(house, FILE_OF, "SEQUENCE:1"));
  check_equals_rebuild(house, "moved");
}

static void what_was_called_off_says_so_everywhere(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  set_text(&it->state, "cancelled");
  put(house, it);
  assert_true(holds(house, PAGE, "Abgesagt."));
  assert_true(holds(house, PAGE, "https://schema.org/EventCancelled"));
  assert_true(holds(house, AHEAD, "fällt aus"));
  assert_true(holds(house, ALL, "STATUS:CANCELLED"));
  check_equals_rebuild(house, "called off");
}

static void a_series_stands_in_each_month_with_what_is_different(void **state)
{
  struct house *house = *state;
  struct called called = { .list = house_list(house, "chor", true),
                           .title = "Chorprobe",
                           .place = "Gemeindesaal",
                           .starts = "2026-03-03T19:00",
                           .ends = "2026-03-03T21:00",
                           .rule = "FREQ=WEEKLY;BYDAY=TU" };
  g_autoptr(event_t) it = call(house, &called);
  put_date(house, it, "2026-03-10T19:00", "", "");
  put_date(house, it, "2026-03-31T19:00", "2026-04-01T20:00", "Turnhalle");
  assert_true(holds(house, PAGE, "jeden Dienstag"));
  assert_true(holds(house, PAGE, "Dienstag, 10. März 2026</time>: fällt aus"));
  assert_true(holds(house, PAGE, "Mittwoch, 1. April 2026, 20 bis 22 Uhr</time>, Turnhalle"));
  assert_true(holds(house, "termine/2026-03/index.html", "fällt aus"));
  assert_false(holds(house, "termine/2026-03/index.html", "31. März"));
  assert_true(holds(house, "termine/2026-04/index.html", "Turnhalle"));
  assert_true(holds(house, "termine/2027-02/index.html", "Chorprobe"));
  assert_false(is_there(house, "termine/2027-12/index.html"));
  assert_true(holds(house, ALL, "RRULE:FREQ=WEEKLY;BYDAY=TU"));
  assert_true(holds(house, ALL, "EXDATE;TZID=Europe/Berlin:20260310T190000"));
  assert_true(holds(house, ALL, "RECURRENCE-ID;TZID=Europe/Berlin:20260331T190000"));
  assert_true(holds(house, ALL, "DTSTART;TZID=Europe/Berlin:20260401T200000"));
  check_equals_rebuild(house, "a series");
  g_autofree char *file = g_build_filename(house->config.archive, AHEAD, NULL), *ahead = NULL;
  assert_true(g_file_get_contents(file, &ahead, NULL, NULL));
  assert_null(strstr(strstr(ahead, "Chorprobe") + 1, "Chorprobe")); /* of a series the next date alone */
  it->next_at = NOW + 3 * 365 * 24 * 3600;                          /* time goes on */
  put(house, it);
  assert_true(holds(house, PAGE, "Nächstes Mal"));
  assert_true(holds(house, "termine/2028-12/index.html", "Chorprobe"));
  check_equals_rebuild(house, "a series, three years on");
}

/* What was off, or moved, and is held as planned after all. */
static void a_date_that_came_back_stands_as_always(void **state)
{
  struct house *house = *state;
  struct called called = { .list = house_list(house, "chor", true),
                           .title = "Chorprobe",
                           .place = "Gemeindesaal",
                           .starts = "2026-03-03T19:00",
                           .ends = "2026-03-03T21:00",
                           .rule = "FREQ=WEEKLY;BYDAY=TU" };
  g_autoptr(event_t) it = call(house, &called);
  put_date(house, it, "2026-03-10T19:00", "", "");
  put_date(house, it, "2026-03-31T19:00", "2026-04-01T20:00", "Turnhalle");
  put_date(house, it, "2026-03-10T19:00", "2026-03-10T19:00", "");
  put_date(house, it, "2026-03-31T19:00", "2026-03-31T19:00", "");
  assert_false(holds(house, PAGE, "fällt aus"));
  assert_false(holds(house, PAGE, "Turnhalle"));
  assert_false(holds(house, "termine/2026-03/index.html", "fällt aus"));
  assert_true(holds(house, "termine/2026-03/index.html", "10. März"));
  assert_true(holds(house, "termine/2026-03/index.html", "31. März"));
  assert_true(holds(house, ALL, "RRULE:FREQ=WEEKLY;BYDAY=TU"));
  assert_false(holds(house, ALL, "EXDATE"));
  assert_false(holds(house, ALL, "RECURRENCE-ID"));
  check_equals_rebuild(house, "a series with dates that came back");
}

static void the_public_sees_how_many_come_and_never_who(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  it->capacity = 5;
  put(house, it);
  assert_true(holds(house, PAGE, "<dd>5, 5 frei</dd>"));
  struct event_party party;
  must(store_begin(house->store, &why));
  put_party(house, it, "invited", "Ayşe Demir", &party);
  struct rsvp rsvp = { .event = it->id,
                       .original = (char *)"",
                       .party = party.id,
                       .answer = (char *)"yes",
                       .people = 3,
                       .comment = (char *)"bin im Rollstuhl",
                       .source = (char *)"words",
                       .at = NOW };
  must(rsvp_put(house->store, &rsvp, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "<dd>3 Personen</dd>"));
  assert_true(holds(house, PAGE, "<dd>5, 2 frei</dd>"));
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter each;
  void *path, *bytes;
  g_hash_table_iter_init(&each, files);
  while (g_hash_table_iter_next(&each, &path, &bytes))
    if (strstr(bytes, "Ay") || strstr(bytes, "Rollstuhl") || strstr(bytes, "post.example"))
      fail_msg("%s tells who comes", (char *)path);
  check_equals_rebuild(house, "an answer");
  must(store_begin(house->store, &why));
  must(rsvp_remove(house->store, it->id, "", party.id, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "<dd>5, 5 frei</dd>"));
}

static void texts_pass_the_gate_into_pages_and_calendars(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  called.title = "Hoffest bei Grünberg";
  called.text =
      "Fragen an 030 6737 1234 oder lothar@post.example, sagt Lothar.\n\nViele Grüße\nLothar Grünberg";
  called.place = "bei Lothar, Segelfliegerdamm 12";
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  static const char *const pages[] = { PAGE, FILE_OF, ALL, AHEAD, "termine/2026-05/index.html" };
  static const char *const secrets[] = { "6737", "lothar@", "Lothar", "Grünberg" };
  for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
    for (gsize j = 0; j < G_N_ELEMENTS(secrets); j++)
      if (holds(house, pages[i], secrets[j])) fail_msg("%s holds %s", pages[i], secrets[j]);
  assert_true(holds(house, PAGE, "Segelfliegerdamm 12"));
  check_equals_rebuild(house, "the gate");
}

static void what_is_over_is_no_longer_ahead(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  clock_fix(NOW + 75 * 24 * 3600); /* 16 May */
  house_publish(house);
  assert_true(holds(house, AHEAD, "Hoffest"));
  clock_fix(NOW + 76 * 24 * 3600);
  house_publish(house);
  assert_false(holds(house, AHEAD, "Hoffest"));
  assert_true(holds(house, AHEAD, "Gerade ist nichts angekündigt."));
  assert_true(holds(house, "termine/2026-05/index.html", "Hoffest"));
  assert_true(holds(house, ALL, "Hoffest"));
  check_equals_rebuild(house, "the day after");
  clock_fix(NOW + 200 * (int64_t)24 * 3600);
  house_publish(house);
  assert_false(holds(house, ALL, "Hoffest"));
  check_equals_rebuild(house, "months after");
}

static void a_list_that_is_closed_to_the_public_takes_its_events_along(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  set_public(house, called.list, false);
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter each;
  void *path, *bytes;
  g_hash_table_iter_init(&each, files);
  while (g_hash_table_iter_next(&each, &path, &bytes))
    if (g_str_has_prefix(path, "termine/") || strstr(bytes, "Hoffest")) fail_msg("%s is left", (char *)path);
  set_public(house, called.list, true);
  assert_true(holds(house, PAGE, "Hoffest"));
  assert_true(holds(house, AHEAD, "Hoffest"));
  check_equals_rebuild(house, "public again");
}

static void a_list_with_another_title_is_called_so_by_its_events(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  g_autoptr(list_row) row = list_get(house->store, called.list, NULL);
  g_free(row->title);
  row->title = g_strdup("Grünauer Runde");
  must(store_begin(house->store, &why));
  must(list_update(house->store, row, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "Grünauer Runde"));
  assert_true(holds(house, "termine/2026-05/index.html", "Grünauer Runde"));
  assert_true(holds(house, "termine/liste/gruenau/index.html", "Termine: Grünauer Runde"));
  check_equals_rebuild(house, "another title");
}

static void an_event_of_a_post_links_to_its_thread(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  house_post(house, &(struct post){ .list = called.list,
                                    .id = "a@x",
                                    .from = "Eva",
                                    .subject = "Hoffest",
                                    .text = "Kommt alle!",
                                    .received = NOW });
  called.message = 1;
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  assert_true(holds(house, PAGE, "../../../gruenau/2026/0001/index.html"));
  check_equals_rebuild(house, "of a post");
}

static void events_of_the_list_of_events_are_public_too(void **state)
{
  struct house *house = *state;
  struct called called = feast(house);
  called.list = house_list(house, "termine", true);
  g_autoptr(event_t) it = call(house, &called);
  house_publish(house);
  assert_true(holds(house, AHEAD, "Hoffest"));
  assert_true(holds(house, AHEAD, "mailto:termine@kiez.example"));
  assert_false(holds(house, "index.html", "termine/feed.xml"));
  check_equals_rebuild(house, "termine@");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    EVENT_TEST(an_event_has_a_page_a_calendar_file_and_its_places_on_lists),
    EVENT_TEST(drafts_and_what_is_for_few_leave_no_byte),
    EVENT_TEST(an_event_that_is_open_to_all_says_how_to_come),
    EVENT_TEST(an_event_that_is_moved_leaves_the_month_before),
    EVENT_TEST(what_was_called_off_says_so_everywhere),
    EVENT_TEST(a_series_stands_in_each_month_with_what_is_different),
    EVENT_TEST(a_date_that_came_back_stands_as_always),
    EVENT_TEST(the_public_sees_how_many_come_and_never_who),
    EVENT_TEST(texts_pass_the_gate_into_pages_and_calendars),
    EVENT_TEST(what_is_over_is_no_longer_ahead),
    EVENT_TEST(a_list_that_is_closed_to_the_public_takes_its_events_along),
    EVENT_TEST(a_list_with_another_title_is_called_so_by_its_events),
    EVENT_TEST(an_event_of_a_post_links_to_its_thread),
    EVENT_TEST(events_of_the_list_of_events_are_public_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
