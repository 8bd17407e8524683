/* Places, closed lists, single dates of a series, and an event as time passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static void more_places_let_those_who_wait_move_up(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Plätze: 3");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) small = the_event(&club);
  assert_int_equal(small->sequence, 0); /* nobody need be told */
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_comes(&club, "clara@web.de", "Ich komme zu zweit");
  club_counts(&club, 1, 0, 0, 3, 1);
  club_says(&club, "Plätze: keine Grenze");
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 2, 0, 0, 5, 0);
  assert_int_equal(club_count(&club, "event_moved_up", "clara@web.de"), 1);
  club_close(&club);
}

static void a_closed_list_takes_no_more_yes_but_a_no(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_says(&club, "Anmeldung bitte schließen");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "clara@web.de", "Ja, ich komme");
  club_counts(&club, 1, 0, 0, 3, 0);
  assert_true(club_count(&club, "event_closed", "clara@web.de") > 0);
  club_comes(&club, "bert@web.de", "Leider nein");
  club_counts(&club, 0, 1, 0, 0, 0);
  club_says(&club, "Anmeldung wieder öffnen");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "clara@web.de", "Ja, ich komme");
  club_counts(&club, 1, 1, 0, 1, 0);
  club_close(&club);
}

static void one_date_of_a_series_is_off_and_the_others_stay(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  g_autoptr(event_t) before = the_event(&club);
  assert_non_null(strstr(before->rule, "WEEKLY"));
  club_says(&club, "Fällt am 17. März aus");
  club_has(&club, "event_change", "anna@web.de", "17. März 2026");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(event->sequence, 1);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1);
  assert_string_equal(((struct event_date *)dates->pdata[0])->original, "2026-03-17T19:00");
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  assert_non_null(strstr(raw, "EXDATE"));
  club_has(&club, "event_invitation", "bert@web.de", "Fällt aus: Dienstag, 17. März 2026");
  club_close(&club);
}

static void a_series_is_not_ended_by_a_day_that_it_does_not_have(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_says(&club, "Am 18. März fällt die Probe aus"); /* a Wednesday */
  club_has(&club, "event_which_dates", "anna@web.de", "Dienstag, 17. März 2026, 19 Uhr");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 0);
  club_says(&club, "Am Dienstag, 17. März fällt die Probe aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_says(&club, "Wann: jeden Dienstag um 20 Uhr");
  club_has(&club, "event_change", "anna@web.de", "fragen wir alle noch einmal");
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1); /* what is off stays off at the new hour */
  assert_string_equal(((struct event_date *)dates->pdata[0])->original, "2026-03-17T20:00");
  club_close(&club);
}

/* A yes as programs write it, the whole letter quoted below. Caller frees. */
static char *quoting(struct club *club, const char *text, const char *purpose)
{
  g_autofree char *raw = post_mail(&club->town, purpose, "anna@web.de");
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_auto(GStrv) lines = g_strsplit(mail->text, "\n", -1);
  g_autofree char *quote = g_strjoinv("\n> ", lines);
  return g_strdup_printf("%s\n\nAm Mo., 2. März 2026 um 11:20 Uhr schrieb Grünau:\n> %s\n", text, quote);
}

static void a_yes_that_quotes_the_draft_changes_nothing_of_it(void **state)
{
  (void)state;
  static const struct {
    const char *text, *rule, *place;
  } cases[] = {
    { "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna",
      "FREQ=WEEKLY;BYDAY=TU", "Segelfliegerdamm 12" },
    { "Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir ein Hoffest. Kommt "
      "alle!\n\nAnna",
      "",
      "Remise hinter dem alten Wasserturm am Ende des Weges, bitte zweimal laut an die große Tür klopfen" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Probe", cases[i].text, true);
    club_wait(&club, TEST_NOW + 3600);
    g_autoptr(event_t) draft = the_event(&club);
    g_free(draft->place);
    draft->place = g_strdup(cases[i].place);
    assert_true(store_begin(club.town.store, NULL) && event_put(club.town.store, draft, NULL) &&
                store_commit(club.town.store, NULL));
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Plätze: 30", true);
    club_has(&club, "event_draft", "anna@web.de", i == 0 ? "19 Uhr, jeden Dienstag" : "Uhr Wo: Remise");
    g_autofree char *yes = quoting(&club, "Ja", "event_draft");
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", yes, true);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->state, "open");
    assert_string_equal(event->rule, cases[i].rule);
    assert_string_equal(event->place, cases[i].place);
    assert_int_equal(event->capacity, 30);
    club_close(&club);
  }
}

static void places_and_things_to_bring_are_read_in_words(void **state)
{
  (void)state;
  static const struct {
    const char *call, *yes;
    int capacity;
    const char *bring;
  } cases[] = {
    { "wir machen ein Hoffest", "Ja, genau so. Höchstens 4 Leute bitte, und bitte Becher mitbringen.", 4,
      "Becher" },
    { "wir machen ein Hoffest für maximal 25 Personen, bitte bringt Teller und Besteck mit", "Ja", 25,
      "Teller und Besteck" },
    { "wir machen ein Hoffest, es gibt 12 Plätze", "Ja, bitte eigene Stühle mitbringen", 12,
      "eigene Stühle" },
    { "wir machen ein Hoffest in der Nummer 12, Platz ist für 30", "Ja", 30, "" },
    { "wir machen ein Hoffest mit 3 Bands; wer mag, kann Kuchen mitbringen", "Ja", 0, "" },
    { "wir machen ein Hoffest, höchstens 3 Stunden lang", "Ja", 0, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    g_autofree char *text = g_strdup_printf("Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 bis 18 Uhr im "
                                            "Segelfliegerdamm 12: %s. Kommt alle!\n\nAnna",
                                            cases[i].call);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", text, true);
    club_wait(&club, TEST_NOW + 3600);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].yes, true);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->state, "open");
    if (event->capacity != cases[i].capacity || strcmp(event->bring, cases[i].bring) != 0)
      fail_msg("%s: %d, \"%s\"", cases[i].call, event->capacity, event->bring);
    club_close(&club);
  }
}

static void at_a_list_without_members_an_event_is_for_everybody(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  club_write(&club, "Anna Amsel <anna@web.de>", "termine@kiez.example", "Hoffest",
             "Hoffest am 16. Mai 2026 um drei, Segelfliegerdamm 12", true);
  club_has(&club, "event_draft", "anna@web.de", "Wer: alle");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  club_has(&club, "event_opened", "anna@web.de", "Alle, die davon lesen, können kommen.");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->audience, "open");
  club_close(&club);
}

static void a_day_without_a_month_is_the_next_one_that_the_series_has(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, "Liebe alle,\n\nab Dienstag, 12. Mai 2026 proben wir jeden Dienstag um 19 Uhr im "
                    "Segelfliegerdamm 12. Wer mitsingen will, ist willkommen. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Am 19. kann ich leider nicht");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-05-12T19:00");
  g_autoptr(event_party_t) bert =
      event_party_find(club.town.store, event->id, "bert@web.de", "invited", NULL);
  g_autoptr(rsvp_t) rsvp = rsvp_get(club.town.store, event->id, "2026-05-19T19:00", bert->id, NULL);
  assert_non_null(rsvp);
  assert_string_equal(rsvp->answer, "no");
  club_counts(&club, 0, 0, 0, 0, 0); /* the series has no answer */
  club_close(&club);
}

static void a_series_ends_and_nobody_is_asked_again(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Die letzte Probe ist am 24. März.");
  club_has(&club, "event_change", "anna@web.de", "bis 24. März 2026");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 1, 0, 0, 1, 0);
  club_has(&club, "event_invitation", "bert@web.de", "bis 24. März 2026");
  g_autoptr(event_t) told = the_event(&club);
  assert_non_null(strstr(told->rule, "UNTIL=20260324T225900Z"));
  for (int64_t now = TEST_NOW + 2 * 24 * 3600; now < TEST_NOW + 40 * 24 * 3600; now += 6 * 3600)
    club_wait(&club, now);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "over");
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 3);
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 1);
  club_close(&club);
}

static void an_organiser_may_write_of_holidays(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "An alle, die kommen: Ich bin bis zum 12. Mai im Urlaub und nicht erreichbar.");
  assert_true(club_count(&club, "event_message_draft", "anna@web.de") > 0);
  club_says(&club, "Ich bin bis zum 12. März nicht im Büro. Ihre Mail wird nicht weitergeleitet.");
  assert_null(club_text(&club, "event_state", "anna@web.de"));
  club_close(&club);
}

/* What Bert says of the series as a whole, and of the 17th of March. */
static void some_dates_of_a_series_are_left_out(void **state)
{
  (void)state;
  static const struct {
    const char *text, *all, *one;
  } cases[] = {
    { "Am 17. März kann ich nicht, sonst immer", "yes", "no" },
    { "Komme immer, nur am 17. März nicht", "yes", "no" },
    { "Bin dabei, außer am 17. März", "yes", "no" },
    { "Bin dabei, außer am 10. und am 17. März", "yes", "no" },
    { "Ich kann leider nie, außer am 17. März", "no", "yes" },
    { "Am 17. März kann ich nicht", NULL, "no" },
    { "Am 17. März komme ich", NULL, "yes" },
    { "Bin dabei, außer in den Ferien", "maybe", "maybe" },
    { "Ja, ich komme", "yes", "yes" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club,
               "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
    club_comes(&club, "bert@web.de", cases[i].text);
    g_autoptr(event_t) event = the_event(&club);
    g_autoptr(event_party_t) bert =
        event_party_find(club.town.store, event->id, "bert@web.de", "invited", NULL);
    g_autoptr(rsvp_t) all = rsvp_get(club.town.store, event->id, "", bert->id, NULL);
    g_autoptr(rsvp_t) one = rsvp_in_force(club.town.store, event->id, "2026-03-17T19:00", bert->id, NULL);
    bool is_good = g_strcmp0(all ? all->answer : NULL, cases[i].all) == 0 && one &&
                   strcmp(one->answer, cases[i].one) == 0;
    if (!is_good)
      print_message("%s: %s, %s\n", cases[i].text, all ? all->answer : "-", one ? one->answer : "-");
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

/* ---- as time passes ---- */

enum { DAY = 24 * 3600 };

/* Seconds of a day in 2026, at an hour of Berlin's summer time. */
static int64_t at(int month, int day, int hour)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
  g_autoptr(GDateTime) time = g_date_time_new(zone, 2026, month, day, hour, 0, 0);
  return g_date_time_to_unix(time);
}

static void a_month_passes_and_everything_comes_once_and_in_time(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Antwort bis: 10. Mai\nMitbringen: Becher");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  int64_t asked = 0, reminded = 0, held = 0;
  for (int64_t now = at(4, 20, 0); now < at(5, 25, 0); now += 3600) {
    club_wait(&club, now);
    if (!asked && club_count(&club, "event_answer_please", "clara@web.de")) asked = now;
    if (!reminded && club_count(&club, "event_reminder", "bert@web.de")) reminded = now;
    if (!held && club_count(&club, "event_held", "anna@web.de")) held = now;
  }
  assert_int_equal(asked, at(5, 8, 10));
  assert_int_equal(reminded, at(5, 15, 15));
  assert_int_equal(held, at(5, 16, 18));
  assert_int_equal(club_count(&club, "event_answer_please", "clara@web.de"), 1);
  assert_int_equal(club_count(&club, "event_answer_please", "bert@web.de"), 0);
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 1);
  assert_int_equal(club_count(&club, "event_reminder", "clara@web.de"), 0);
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 1);
  club_has(&club, "event_reminder", "bert@web.de", "Es kommen 3 Personen");
  club_has(&club, "event_reminder", "bert@web.de", "Becher");
  club_has(&club, "event_reminder", "bert@web.de", "Segelfliegerdamm 12");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "over");
  assert_int_equal(event->attended, -1);
  club_answer(&club, "event_held", "anna@web.de", "anna@web.de", "Es waren 34 da.", true);
  g_autoptr(event_t) noted = the_event(&club);
  assert_int_equal(noted->attended, 34);
  assert_null(club_text(&club, "event_message", "bert@web.de")); /* only if the organiser wants it */
  club_answer(&club, "event_attended", "anna@web.de", "anna@web.de",
              "An alle, die da waren: Danke, schön war es!", true);
  club_confirms(&club, "event_message_draft", "Ja");
  club_has(&club, "event_message", "bert@web.de", "schön war es");
  club_close(&club);
}

static void late_answers_wait_for_the_organiser(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Antwort bis: 10. Mai");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_wait(&club, at(5, 10, 23));
  club_comes(&club, "bert@web.de", "Doch zu viert");
  club_counts(&club, 1, 0, 0, 4, 0); /* the last day is a whole one */
  club_wait(&club, at(5, 11, 1));
  club_comes(&club, "clara@web.de", "Ich komme zu zweit, bringe Salat mit");
  club_counts(&club, 1, 0, 0, 4, 0);
  club_has(&club, "event_late", "anna@web.de", "mit 2 Personen");
  assert_true(club_count(&club, "event_late_asked", "clara@web.de") > 0);
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_late", "anna@web.de", "dieb@evil.example", "Ja", true);
  club_counts(&club, 1, 0, 0, 4, 0);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 2, 0, 0, 6, 0);
  club_has(&club, "event_late_answer", "clara@web.de", "sind eingetragen");
  g_autofree char *said = club_text(&club, "event_late_answer", "clara@web.de");
  assert_null(strstr(said, "nicht mehr"));
  club_comes(&club, "bert@web.de", "Leider nein");
  club_counts(&club, 1, 1, 0, 2, 0); /* who stays away is always counted */
  club_close(&club);
}

static void a_series_reminds_of_each_date_but_not_of_one_that_is_off(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Fällt am 24. März aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  for (int64_t now = at(3, 5, 12); now < at(4, 4, 12); now += 3 * 3600) club_wait(&club, now);
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 3); /* 10, 17 and 31 March */
  club_has(&club, "event_reminder", "bert@web.de", "31. März 2026");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(event->next_at, at(4, 7, 19)); /* summer time has begun */
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(more_places_let_those_who_wait_move_up),
    cmocka_unit_test(a_closed_list_takes_no_more_yes_but_a_no),
    cmocka_unit_test(one_date_of_a_series_is_off_and_the_others_stay),
    cmocka_unit_test(a_series_is_not_ended_by_a_day_that_it_does_not_have),
    cmocka_unit_test(a_yes_that_quotes_the_draft_changes_nothing_of_it),
    cmocka_unit_test(places_and_things_to_bring_are_read_in_words),
    cmocka_unit_test(at_a_list_without_members_an_event_is_for_everybody),
    cmocka_unit_test(a_day_without_a_month_is_the_next_one_that_the_series_has),
    cmocka_unit_test(a_series_ends_and_nobody_is_asked_again),
    cmocka_unit_test(an_organiser_may_write_of_holidays),
    cmocka_unit_test(some_dates_of_a_series_are_left_out),
    cmocka_unit_test(a_month_passes_and_everything_comes_once_and_in_time),
    cmocka_unit_test(late_answers_wait_for_the_organiser),
    cmocka_unit_test(a_series_reminds_of_each_date_but_not_of_one_that_is_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
