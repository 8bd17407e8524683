/* Calls in words: until when, from which day to which, how many, until when to answer; what the draft holds
 * and what is sent of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#include "lists/events/event.h"
#include "lists/events/event_lines.h"
#include "lists/list_cache.h"

#include "lib/store/directory.h"

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

static void how_many_may_come_is_said_in_many_ways(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int places;
  } cases[] = {
    { "max. 30 Leute", 30 },
    { "höchstens zwanzig Leute", 20 },
    { "begrenzt auf 12", 12 },
    { "Die Teilnehmerzahl ist auf zwölf begrenzt.", 12 },
    { "Es gibt nur 15 Plätze.", 15 },
    { "Noch zehn freie Plätze!", 10 },
    { "Wir haben Platz für ca. zwanzig Personen", 20 },
    { "Maximale Teilnehmerzahl: 8", 8 },
    { "mehr als 12 Leute passen nicht in die Küche", 12 },
    { "Zwölf Plätze frei", 12 },
    { "Die ersten 20 Anmeldungen kommen rein", 20 },
    { "bei 16 Leuten ist Schluss", 16 },
    { "The number of guests is limited to twelve people, please tell us.", 12 },
    { "There are only 15 spots available, please tell us.", 15 },
    { "Bahçede en fazla 20 kişi olabiliyoruz, lütfen haber verin.", 20 },
    { "Пожалуйста, напишите нам: не более двадцати человек.", 20 },
    /* and what is none */
    { "höchstens 3 Stunden", 0 },
    { "max. 5 Euro pro Person", 0 },
    { "maximal 10 Teile für jeden", 0 },
    { "pro Person höchstens 2 Gäste", 0 },
    { "Bitte maximal 2 Personen pro Haushalt", 0 },
    { "Letztes Jahr waren höchstens 12 Leute da", 0 },
    { "Das Ganze ist auf 3 Stunden begrenzt", 0 },
    { "das ganze ist auf drei stunden begrenzt", 0 },
    { "Bis zu 20 Uhr geht es", 0 },
    { "Wir haben 4 Kinder", 0 },
    { "Wir haben Platz für 2 Hüpfburgen", 0 },
    { "Parking is limited to 2 hours, please tell us.", 0 },
    { "Bring max. 2 guests per person, please tell us.", 0 },
  };
  struct club club;
  club_open(&club);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(event_t) event = event_new("Europe/Berlin");
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 2000);
    event_take_words(event, passage, true);
    if (event->capacity != cases[i].places) fail_msg("%s: %d", cases[i].text, event->capacity);
  }
  club_close(&club);
}

/* A part of the town has a calendar of its own. */
static void an_event_is_of_the_region_that_it_is_held_in(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  const struct region region = { .slug = (char *)"johannisthal",
                                 .number = (char *)"6",
                                 .name = (char *)"Johannisthal",
                                 .outline = (char *)"" };
  assert_true(store_begin(club.town.store, NULL) && region_put(club.town.store, &region, NULL) &&
              store_commit(club.town.store, NULL));
  g_autoptr(GPtrArray) all = regions_all(club.town.store, NULL);
  int64_t id = 0;
  for (guint i = 0; i < all->len; i++) {
    const struct region *it = all->pdata[i];
    if (strcmp(it->name, "Johannisthal") == 0) id = it->id;
  }
  assert_true(id != 0);
  g_autoptr(event_t) event = event_new("Europe/Berlin");
  g_autoptr(list_cache_t) lists = list_cache_new(club.town.store);
  struct work work = { .store = club.town.store, .lists = lists };
  event_take_region(&work, event, "Johannisthal");
  assert_int_equal(event->region, id);
  event_take_region(&work, event, "Nirgendwo");
  assert_int_equal(event->region, 0);
  club_close(&club);
}

static void the_last_day_for_answers_is_one_of_answers(void **state)
{
  (void)state;
  static const struct {
    const char *text, *day;
  } cases[] = {
    { "Anmeldeschluss 10.5.", "2026-05-10" },
    { "Anmeldeschluss ist der 10. Mai.", "2026-05-10" },
    { "Anmeldefrist: Sonntag, 10. Mai", "2026-05-10" },
    { "Bitte bis 10. Mai anmelden.", "2026-05-10" },
    { "Rückmeldung bis zum 10. Mai bitte.", "2026-05-10" },
    { "Anmelden bitte bis 10. Mai. Bis 12. Mai bin ich im Urlaub.", "2026-05-10" },
    { "Das Baugerüst steht noch bis 10. Mai.", "" },
    { "Der Flieder blüht bis 10. Mai.", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    g_autofree char *text = g_strconcat("am Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir ein Hoffest im "
                                        "Segelfliegerdamm 12. Kommt alle! ",
                                        cases[i].text, NULL);
    call(&club, text);
    g_autoptr(event_t) event = the_event(&club);
    if (strcmp(event->answer_by, cases[i].day) != 0) fail_msg("%s: %s", cases[i].text, event->answer_by);
    club_close(&club);
  }
}

static void where_is_asked_for_and_may_be_a_place_that_the_group_knows(void **state)
{
  (void)state;
  static const struct {
    const char *text, *answer, *place;
  } cases[] = {
    { "am Samstag, 16. Mai 2026, 15 Uhr machen wir ein Hoffest im Hof. Kommt alle!", "Ja", "im Hof" },
    { "am Samstag, 16. Mai 2026, 15 Uhr machen wir ein Hoffest im Garten, Segelfliegerdamm 12. Kommt alle!",
      "Ja", "Segelfliegerdamm 12" },
    { "am Samstag, 16. Mai 2026, 15 Uhr machen wir ein Fest. Kommt alle!", "Na bei uns im Hof!",
      "bei uns im Hof" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Fest", cases[i].text, true);
    club_wait(&club, TEST_NOW + 3600);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].answer, true);
    g_autoptr(event_t) event = the_event(&club);
    if (strcmp(event->place, cases[i].place) != 0) fail_msg("%s: %s", cases[i].text, event->place);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_goes_on_until_a_day_goes_on_until_it_is_over),
    cmocka_unit_test(how_many_may_come_is_said_in_many_ways),
    cmocka_unit_test(an_event_is_of_the_region_that_it_is_held_in),
    cmocka_unit_test(the_last_day_for_answers_is_one_of_answers),
    cmocka_unit_test(where_is_asked_for_and_may_be_a_place_that_the_group_knows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
