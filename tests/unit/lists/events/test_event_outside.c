/* Who was not invited comes to an event that is open to all: by a click in the public calendar, by the number
 * that its page gives, or in words that name it. An event for those who are invited asks its organiser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#define NORA  "nora@fern.example"
#define GUEST "Gast Gabler <gast@fern.example>"

static const char breakfast[] =
    "Hallo, am Pfingstmontag, 25. Mai 2026, machen wir ein offenes Nachbarschaftsfrühstück im Garten, "
    "Segelfliegerdamm 12, ab 10 Uhr. Höchstens 4 Leute. Alle sind willkommen.\n\nNora Neumann";

static void breakfast_stands(struct club *club)
{
  club_open(club);
  town_list(&club->town, "termine", "events", true);
  club_write(club, "Nora Neumann <" NORA ">", "termine@kiez.example", "Kiezfrühstück", breakfast, true);
  club_answer(club, "event_draft", NORA, NORA, "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(club, TEST_NOW + 60 * (i + 1));
  g_autoptr(event_t) event = the_event(club);
  assert_string_equal(event->state, "open");
  assert_string_equal(event->audience, "open");
}

static int events_in(struct club *club)
{
  g_autoptr(GPtrArray) events = events_page(club->town.store, 0, 0, 100, NULL);
  return (int)events->len;
}

static void guest_writes(struct club *club, const char *to, const char *subject, const char *text,
                         bool is_vouched)
{
  club_write(club, GUEST, to, subject, text, is_vouched);
  for (int i = 0; i < 3; i++) club_wait(club, clock_now() + 60);
}

static void clicks_from(struct club *club, const char *from, const char *to, const char *answer,
                        bool is_vouched)
{
  g_autoptr(event_t) event = the_event(club);
  const char *domain = strchr(from, '@') + 1;
  g_autofree char *mail = g_strdup_printf(
      "%s%s%sFrom: %s\nTo: %s\nSubject: Zugesagt\nMessage-ID: <o%d@%s>\nDate: Mon, 02 Mar 2026 12:15:00 "
      "+0100\nMIME-Version: 1.0\nContent-Type: text/calendar; charset=utf-8; method=REPLY\n\n"
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\nBEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\n"
      "ATTENDEE;PARTSTAT=%s:mailto:%s\nDTSTART;TZID=Europe/"
      "Berlin:20260525T100000\nEND:VEVENT\nEND:VCALENDAR\n",
      is_vouched ? "Authentication-Results: mx.kiez.example; dmarc=pass header.from=" : "",
      is_vouched ? domain : "", is_vouched ? "\n" : "", from, to, ++club->mails, domain, event->uid, answer,
      from);
  post_in(&club->town, from, to, mail);
  post_work(&club->town);
  for (int i = 0; i < 3; i++) club_wait(club, clock_now() + 60);
}

static void words_that_name_it_are_an_answer(void **state)
{
  (void)state;
  static const struct {
    const char *to, *subject, *text;
    int yes, no, people;
  } cases[] = {
    { "termine@kiez.example", "Kiezfrühstück", "Zum Kiezfrühstück am Pfingstmontag komme ich zu zweit", 1, 0,
      2 },
    { "kiez@kiez.example", "Kiezfrühstück", "Zum Kiezfrühstück am Pfingstmontag komme ich zu zweit", 1, 0,
      2 },
    { "termine@kiez.example", "Anmeldung", "Ich komme gern zum Kiezfrühstück.", 1, 0, 1 },
    { "termine@kiez.example", "Kiezfrühstück", "Wir sind zu dritt dabei!", 1, 0, 3 },
    { "termine@kiez.example", "Frühstück am 25.5.", "Ja, wir kommen zu zweit", 1, 0, 2 },
    { "termine@kiez.example", "Kiezfrühstück", "Leider kann ich nicht kommen", 0, 1, 0 },
    { "kiez@kiez.example", "Kiezfrühstück", "Ich komme um 11 Uhr nach, zum Frühstück am 25.5.", 1, 0, 1 },
    { "termine@kiez.example", "Ja: Termin 2026/1", "Ja", 1, 0, 1 },
    { "termine@kiez.example", "Ja: Termin 2026/1", "Wir kommen zu dritt", 1, 0, 3 },
    { "termine@kiez.example", "Anmeldung", "Zu https://kiez.example/termine/2026/0001/ komme ich zu zweit.",
      1, 0, 2 },
    { "kiez@kiez.example", "Termin 2026/1", "I will come with two friends", 1, 0, 3 },
    { "termine@kiez.example", "Nein: Termin 2026/1", "Nein", 0, 1, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    breakfast_stands(&club);
    print_message("%s | %s\n", cases[i].subject, cases[i].text);
    guest_writes(&club, cases[i].to, cases[i].subject, cases[i].text, true);
    assert_int_equal(events_in(&club), 1);
    club_counts(&club, cases[i].yes, cases[i].no, 0, cases[i].people, 0);
    if (cases[i].yes) {
      assert_int_equal(club_count(&club, "event_invitation", "gast@fern.example"), 1);
      club_has(&club, "event_invitation", "gast@fern.example",
               "Ihre Antwort ist angekommen: Sie kommen, mit ");
      club_comes(&club, "gast@fern.example", "Ich kann doch nicht");
      club_counts(&club, 0, 1, 0, 0, 0);
    }
    club_close(&club);
  }
}

static void what_is_no_answer_is_none(void **state)
{
  (void)state;
  static const char *const calls[][2] = {
    { "Kiezfrühstück",
      "Am 8. Juni 2026 um 10 Uhr machen wir wieder ein Kiezfrühstück, Segelfliegerdamm 12. Ich bin dabei." },
    { "Flohmarkt",
      "Wir machen am 25. Mai 2026 um 14 Uhr einen Flohmarkt in der Bölschestraße 12, kommt alle!" },
    { "Kiezfrühstück", "Zum Kiezfrühstück am 8. Juni komme ich" }, /* that is another day */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
    struct club club;
    breakfast_stands(&club);
    print_message("%s\n", calls[i][1]);
    guest_writes(&club, "termine@kiez.example", calls[i][0], calls[i][1], true);
    assert_int_equal(club_count(&club, "event_draft", "gast@fern.example"), 1);
    g_autoptr(event_t) event = event_get(club.town.store, 1, NULL);
    struct event_count count;
    assert_true(event_count(club.town.store, event->id, "", &count, NULL));
    assert_int_equal(count.yes, 0);
    club_close(&club);
  }
}

static void what_could_mean_several_is_asked_about(void **state)
{
  (void)state;
  struct club club;
  breakfast_stands(&club);
  guest_writes(&club, "termine@kiez.example", "Anmeldung", "Wir kommen zu dritt", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_has(&club, "event_which", "gast@fern.example", "Kiezfrühstück");
  club_has(&club, "event_which", "gast@fern.example", "Termin%202026%2F1");
  guest_writes(&club, "termine@kiez.example", "Kiezfrühstück",
               "Danke für die Einladung zum Kiezfrühstück, wir kommen zu zweit", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  assert_int_equal(club_count(&club, "event_which", "gast@fern.example"), 2);
  assert_int_equal(events_in(&club), 1);
  club_close(&club);
}

/* Two are called so; who is not proven is asked that first. */
static void of_two_with_one_name_the_sender_says_which(void **state)
{
  (void)state;
  struct club club;
  breakfast_stands(&club);
  club_write(
      &club, "Nora Neumann <" NORA ">", "termine@kiez.example", "Kiezfrühstück",
      "Am 22. Juni 2026 um 10 Uhr ist wieder Kiezfrühstück, Segelfliegerdamm 12. Alle sind willkommen.",
      true);
  club_answer(&club, "event_draft", NORA, NORA, "Ja", true);
  assert_int_equal(events_in(&club), 2);
  guest_writes(&club, "termine@kiez.example", "Kiezfrühstück", "Ich komme zum Kiezfrühstück", false);
  assert_int_equal(club_count(&club, "event_which", "gast@fern.example"), 0);
  club_wait(&club, clock_now() + 3600);
  club_answer(&club, "event_confirm", "gast@fern.example", "gast@fern.example", "Ja", false);
  club_has(&club, "event_which", "gast@fern.example", "Termin 2026/1");
  club_has(&club, "event_which", "gast@fern.example", "Termin 2026/2");
  guest_writes(&club, "termine@kiez.example", "Kiezfrühstück", "Ich komme zum Kiezfrühstück am 22. Juni",
               true);
  club_counts(&club, 1, 0, 0, 1, 0);
  guest_writes(&club, "kiez@kiez.example", "Hallo", "Ja, gerne", true); /* to something else, maybe */
  assert_int_equal(club_count(&club, "event_which", "gast@fern.example"), 1);
  club_close(&club);
}

/* Of a series whoever reads of it comes to one date, or to all. */
static void of_a_series_a_guest_comes_to_the_date_that_they_name(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  club_write(
      &club, "Nora Neumann <" NORA ">", "termine@kiez.example", "Stammtisch",
      "Unser Stammtisch ist jeden ersten Dienstag im Monat um 19 Uhr im Segelfliegerdamm 12. Alle sind "
      "willkommen!",
      true);
  club_answer(&club, "event_draft", NORA, NORA, "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 60 * (i + 1));
  guest_writes(&club, "termine@kiez.example", "Stammtisch", "Zum Stammtisch am 7. April kommen wir zu zweit",
               true);
  g_autoptr(event_t) event = the_event(&club);
  struct event_count count;
  assert_true(event_count(club.town.store, event->id, "2026-04-07T19:00", &count, NULL));
  assert_int_equal(count.people, 2);
  club_counts(&club, 0, 0, 0, 0, 0);
  assert_int_equal(club_count(&club, "event_invitation", "gast@fern.example"), 1);
  guest_writes(&club, "termine@kiez.example", "Stammtisch", "Zum Stammtisch am 8. April komme ich", true);
  assert_int_equal(events_in(&club), 2); /* not a date of it: a draft of their own, which asks them */
  club_close(&club);
}

/* Off, closed, or its last day over: as for whoever is invited. */
static void what_takes_no_answers_says_so(void **state)
{
  (void)state;
  static const struct {
    const char *word, *letter;
  } cases[] = { { "Der Termin fällt aus", "event_closed" },
                { "Anmeldung schließen", "event_closed" },
                { "Antwort bis: 5. März 2026", "event_late_asked" } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    breakfast_stands(&club);
    club_answer(&club, "event_opened", NORA, NORA, cases[i].word, true);
    club_answer(&club, "event_change", NORA, NORA, "Ja", true);
    club_wait(&club, TEST_NOW + 10 * 24 * 3600);
    guest_writes(&club, "termine@kiez.example", "Ja: Termin 2026/1", "Ja", true);
    print_message("%s\n", cases[i].word);
    club_counts(&club, 0, 0, 0, 0, 0);
    assert_int_equal(club_count(&club, cases[i].letter, "gast@fern.example"), 1);
    club_close(&club);
  }
}

static void a_question_goes_to_whom_organises_it(void **state)
{
  (void)state;
  struct club club;
  breakfast_stands(&club);
  guest_writes(&club, "termine@kiez.example", "Kiezfrühstück", "Gibt es beim Kiezfrühstück eine Rampe?",
               true);
  assert_int_equal(events_in(&club), 1);
  g_autofree char *letters = post_letters(&club.town);
  if (!strstr(letters, "private:" NORA)) fail_msg("%s", letters);
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  assert_int_equal(club_count(&club, "event_invitation", "gast@fern.example"), 0); /* who asks is no guest */
  club_counts(&club, 0, 0, 0, 0, 0);
  club_close(&club);
}

static void who_is_not_proven_confirms_first(void **state)
{
  (void)state;
  struct club club;
  breakfast_stands(&club);
  guest_writes(&club, "termine@kiez.example", "Ja: Termin 2026/1", "Wir kommen zu zweit", false);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_has(&club, "event_confirm", "gast@fern.example", "eine Antwort zu Kiezfrühstück");
  club_wait(&club, clock_now() + 3600);
  club_answer(&club, "event_confirm", "gast@fern.example", "gast@fern.example", "Ja", false);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_close(&club);
  breakfast_stands(&club);
  clicks_from(&club, "gast@fern.example", "termine@kiez.example", "ACCEPTED", false);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_wait(&club, clock_now() + 3600);
  club_answer(&club, "event_confirm", "gast@fern.example", "gast@fern.example", "Ja", false);
  club_counts(&club, 1, 0, 0, 1, 0);
  club_close(&club);
}

static void a_click_counts_and_places_are_kept(void **state)
{
  (void)state;
  struct club club;
  breakfast_stands(&club);
  clicks_from(&club, "gast@fern.example", "termine@kiez.example", "ACCEPTED", true);
  club_counts(&club, 1, 0, 0, 1, 0);
  clicks_from(&club, "gast@fern.example", "termine@kiez.example", "ACCEPTED", true);
  club_counts(&club, 1, 0, 0, 1, 0);
  club_write(&club, "otto@fern.example", "termine@kiez.example", "Termin 2026/1", "Wir kommen zu viert",
             true);
  club_counts(&club, 1, 0, 0, 1, 1);
  assert_int_equal(club_count(&club, "event_waits", "otto@fern.example"), 1);
  clicks_from(&club, "gast@fern.example", "termine@kiez.example", "DECLINED", true);
  club_counts(&club, 1, 1, 0, 4, 0);
  club_close(&club);
}

/* Of a group's event everybody reads in its public archive; who comes is the group's, and its organiser's. */
static void of_a_groups_event_the_organiser_is_asked(void **state)
{
  (void)state;
  static const char *const policies[] = { "ask", "count", "refuse" };
  for (gsize i = 0; i < G_N_ELEMENTS(policies); i++) {
    struct club club;
    club_calls(&club, feast);
    town_list(&club.town, "termine", "events", true);
    g_autoptr(event_t) event = the_event(&club);
    g_free(event->strangers);
    event->strangers = g_strdup(policies[i]);
    assert_true(store_begin(club.town.store, NULL) && event_put(club.town.store, event, NULL) &&
                store_commit(club.town.store, NULL));
    guest_writes(&club, "termine@kiez.example", "Hoffest", "Ich komme zum Hoffest zu zweit", true);
    clicks_from(&club, "dieb@fern.example", "gruenau@kiez.example", "ACCEPTED", true);
    club_counts(&club, 0, 0, 0, 0, 0);
    bool refuses = strcmp(policies[i], "refuse") == 0;
    assert_int_equal(club_count(&club, "event_late", "anna@web.de"), refuses ? 0 : 2);
    assert_int_equal(club_count(&club, "event_late_answer", "gast@fern.example"), refuses);
    club_close(&club);
  }
}

/* Nobody from outside learns of an event of people who are named, or of a list that keeps to itself. */
static void what_the_public_does_not_know_stays_so(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  town_list(&club.town, "termine", "events", true);
  g_autoptr(event_t) event = the_event(&club);
  g_free(event->audience);
  event->audience = g_strdup("named");
  assert_true(store_begin(club.town.store, NULL) && event_put(club.town.store, event, NULL) &&
              store_commit(club.town.store, NULL));
  guest_writes(&club, "termine@kiez.example", "Termin 2026/1", "Ich komme zum Hoffest zu zweit", true);
  clicks_from(&club, "gast@fern.example", "gruenau@kiez.example", "ACCEPTED", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  assert_int_equal(club_count(&club, "event_late", "anna@web.de"), 0);
  assert_int_equal(club_count(&club, "event_which", "gast@fern.example"), 0);
  club_close(&club);
}

/* Whoever is invited already is not invited twice. */
static void a_member_and_the_organiser_are_who_they_are(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  town_list(&club.town, "termine", "events", true);
  club_write(&club, "bert@web.de", "termine@kiez.example", "Hoffest", "Zum Hoffest komme ich zu zweit", true);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_comes(&club, "bert@web.de", "Wir sind doch zu dritt");
  club_counts(&club, 1, 0, 0, 3, 0);
  club_write(&club, "anna@web.de", "termine@kiez.example", "Hoffest", "Das Hoffest fällt leider aus", true);
  club_has(&club, "event_change", "anna@web.de", "fällt dann aus");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_that_name_it_are_an_answer),
    cmocka_unit_test(what_is_no_answer_is_none),
    cmocka_unit_test(what_could_mean_several_is_asked_about),
    cmocka_unit_test(of_two_with_one_name_the_sender_says_which),
    cmocka_unit_test(of_a_series_a_guest_comes_to_the_date_that_they_name),
    cmocka_unit_test(what_takes_no_answers_says_so),
    cmocka_unit_test(a_question_goes_to_whom_organises_it),
    cmocka_unit_test(who_is_not_proven_confirms_first),
    cmocka_unit_test(a_click_counts_and_places_are_kept),
    cmocka_unit_test(of_a_groups_event_the_organiser_is_asked),
    cmocka_unit_test(what_the_public_does_not_know_stays_so),
    cmocka_unit_test(a_member_and_the_organiser_are_who_they_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
