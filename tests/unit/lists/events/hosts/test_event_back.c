/* What was called off, or moved, is held after all: shown, done on the organiser's yes, told to everybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static const char choir[] =
    "Hallo zusammen,\n\nab Mittwoch, 6. Mai 2026 proben wir jeden Mittwoch um 19 Uhr im Gemeindesaal, "
    "Dorfstraße 3. Wer mitsingen will, ist willkommen.\n\nAnna";

/* Anna writes, and says yes to what we ask. */
static void change(struct club *club, const char *text)
{
  clock_fix(clock_now() + 6 * 3600);
  club_says(club, text);
  clock_fix(clock_now() + 600);
  club_confirms(club, "event_change", "Ja");
}

static struct mail *letter_to_bert(struct club *club)
{
  g_autofree char *raw = post_mail(&club->town, "event_invitation", "bert@web.de");
  return mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
}

static void a_date_that_was_off_is_held_after_all(void **state)
{
  (void)state;
  static const char *const ways[] = {
    "Am 20.5. findet die Probe doch statt",
    "Die Probe am 20. Mai findet nun doch statt!",
    "20.5. doch Probe",
    "Kommando zurück, am 20. Mai proben wir doch",
    "Am 20.5. ist jetzt doch Chor",
    "Am 20. Mai fällt doch nicht aus",
    "Die Absage vom 20. Mai nehme ich zurück",
    "Gute Nachrichten: ich bin wieder gesund, am 20.5. können wir doch proben! LG",
    "Der Termin am 20.5. steht wieder",
    "Findet doch statt!", /* only one is off */
    "Rehearsal on 20 May is back on",
    "20 Mayıs provası yapılacak",
    "20 мая репетиция всё-таки состоится",
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, choir);
    change(&club, "Am 20. Mai fällt die Probe aus");
    g_autoptr(event_t) off = the_event(&club);
    change(&club, ways[i]);
    g_autoptr(event_t) event = the_event(&club);
    g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
    bool is_good = dates->len == 1 && event_date_is_planned(dates->pdata[0]) &&
                   strcmp(event->starts, off->starts) == 0 && event->sequence == off->sequence + 1;
    g_autofree char *told = club_text(&club, "event_invitation", "bert@web.de");
    is_good &= strstr(told, "Findet doch statt: Mittwoch, 20. Mai 2026") != NULL;
    if (!is_good) print_message("%s: %s, %s\n", ways[i], event->starts, told);
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

static void of_several_that_are_off_it_is_asked_which(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, choir);
  change(&club, "Am 13. und 20. Mai fällt die Probe aus");
  int asked = club_count(&club, "event_change", "anna@web.de");
  clock_fix(clock_now() + 6 * 3600);
  club_says(&club, "Findet doch statt!");
  club_has(&club, "event_which_dates", "anna@web.de", "Schreiben Sie bitte die Tage");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), asked);
  change(&club, "Am 13. Mai findet die Probe doch statt, am 20. nicht");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 2);
  assert_true(event_date_is_planned(dates->pdata[0]));
  assert_false(event_date_is_planned(dates->pdata[1]));
  club_close(&club);
}

static void calendars_have_the_date_again(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, choir);
  change(&club, "Am 20. Mai fällt die Probe aus");
  g_autoptr(mail_t) off = letter_to_bert(&club);
  assert_non_null(strstr(itip_text(off), "EXDATE"));
  change(&club, "Am 20. Mai findet die Probe doch statt");
  g_autoptr(mail_t) mail = letter_to_bert(&club);
  assert_null(strstr(itip_text(mail), "EXDATE"));
  assert_null(strstr(itip_text(mail), "RECURRENCE-ID"));
  g_autoptr(calendar_t) calendar = itip_find(mail);
  assert_string_equal(calendar->method, "REQUEST");
  assert_int_equal(calendar->sequence, 2);
  change(&club, "Am 20. Mai erst um 20 Uhr");
  g_autoptr(mail_t) moved = letter_to_bert(&club);
  assert_non_null(strstr(itip_text(moved), "RECURRENCE-ID"));
  club_close(&club);
}

/* A moved date moves on, and back to where it was. */
static void a_moved_date_moves_again(void **state)
{
  (void)state;
  static const struct {
    const char *first, *second, *starts;
  } cases[] = {
    { "Am 20. Mai proben wir erst um 20 Uhr", "Am 20. Mai doch um 18 Uhr", "2026-05-20T18:00" },
    { "Die Probe am 20.5. ist am Donnerstag, 21.5.", "Die Probe am 21.5. doch erst am 22.5.",
      "2026-05-22T19:00" },
    { "Die Probe am 20.5. ist am Donnerstag, 21.5.", "Die Probe vom 21.5. ist doch am 20.5.",
      "2026-05-20T19:00" },
    { "Die Probe am 20.5. ist am Donnerstag, 21.5.", "Am 20.5. proben wir doch wie geplant",
      "2026-05-20T19:00" },
    { "Am 20.5. fällt die Probe aus", "Am 20.5. findet die Probe doch statt, aber erst um 20 Uhr",
      "2026-05-20T20:00" },
    { "Am 20.5. fällt die Probe aus", "Am 20.5. jetzt um 18 Uhr", "2026-05-20T18:00" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, choir);
    change(&club, cases[i].first);
    change(&club, cases[i].second);
    g_autoptr(event_t) event = the_event(&club);
    g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
    const struct event_date *date = dates->len == 1 ? dates->pdata[0] : NULL;
    bool is_good = date && strcmp(date->starts, cases[i].starts) == 0 &&
                   strcmp(date->original, "2026-05-20T19:00") == 0 &&
                   strcmp(event->starts, "2026-05-06T19:00") == 0;
    if (!is_good) print_message("%s: %s\n", cases[i].second, date ? date->starts : "no date");
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

static void an_event_that_was_off_stands_again(void **state)
{
  (void)state;
  static const struct {
    const char *text, *starts;
  } ways[] = {
    { "Das Hoffest findet doch statt", "2026-05-16T15:00" },
    { "Kommando zurück, wir feiern doch!", "2026-05-16T15:00" },
    { "Das Wetter wird besser, wir feiern also doch wie geplant.", "2026-05-16T15:00" },
    { "Findet doch statt, aber erst um 16 Uhr", "2026-05-16T16:00" },
    { "It takes place after all", "2026-05-16T15:00" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, feast);
    club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
    change(&club, "Das Hoffest fällt aus");
    club_has(&club, "event_changed", "anna@web.de", "Findet doch statt");
    change(&club, ways[i].text);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->state, "open");
    assert_string_equal(event->starts, ways[i].starts);
    assert_int_equal(event->sequence, 2);
    g_autoptr(mail_t) mail = letter_to_bert(&club);
    g_autoptr(calendar_t) calendar = itip_find(mail);
    assert_string_equal(calendar->method, "REQUEST");
    assert_string_equal(calendar->uid, event->uid);
    assert_int_equal(calendar->sequence, 2);
    club_counts(&club, 0, 0, 0, 0, 0); /* they are asked anew */
    club_comes(&club, "bert@web.de", "Ja, zu zweit");
    club_counts(&club, 1, 0, 0, 2, 0);
    club_close(&club);
  }
}

/* That a date is held as always changes nothing, and moves no series. */
static void what_was_never_off_stays(void **state)
{
  (void)state;
  static const struct {
    const char *call, *first, *text;
  } cases[] = {
    { choir, NULL, "Am 20.5. findet die Probe wie immer statt" },
    { choir, NULL, "Die Probe am 20.5. fällt nicht aus" },
    { choir, NULL, "Am 21.5. treffen wir uns bei Olga" },
    { choir, "Am 20.5. fällt die Probe aus", "Am 13.5. findet die Probe wie immer statt" },
    { choir, "Am 20.5. fällt die Probe aus", "Findet die Probe am 20.5. doch statt?" },
    { feast, NULL, "Das Fest fällt nicht aus" },
    { feast, "Das Hoffest fällt aus", "Findet es doch statt?" },
    { feast, "Das Hoffest fällt aus", "Es findet wirklich nicht statt" },
    { feast, "Das Hoffest fällt aus", "Wann: Sonntag um 16 Uhr" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, cases[i].call);
    if (cases[i].first) change(&club, cases[i].first);
    g_autoptr(event_t) before = the_event(&club);
    int asked = club_count(&club, "event_change", "anna@web.de");
    clock_fix(clock_now() + 6 * 3600);
    club_says(&club, cases[i].text);
    if (club_count(&club, "event_change", "anna@web.de") != asked) {
      g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
      fail_msg("%s: %s", cases[i].text, text);
    }
    g_autoptr(event_t) after = the_event(&club);
    assert_string_equal(after->state, before->state);
    assert_string_equal(after->starts, before->starts);
    assert_int_equal(after->sequence, before->sequence);
    club_close(&club);
  }
}

/* Too late: what lies behind us does not come back, also where the question was asked before. */
static void what_is_past_does_not_come_back(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  change(&club, "Das Hoffest fällt aus");
  clock_fix(clock_now() + 6 * 3600);
  club_says(&club, "Findet doch statt");
  club_wait(&club, TEST_NOW + 120 * 24 * 3600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "cancelled");
  int asked = club_count(&club, "event_change", "anna@web.de");
  club_says(&club, "Findet doch statt");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), asked);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_date_that_was_off_is_held_after_all),
    cmocka_unit_test(of_several_that_are_off_it_is_asked_which),
    cmocka_unit_test(calendars_have_the_date_again),
    cmocka_unit_test(a_moved_date_moves_again),
    cmocka_unit_test(an_event_that_was_off_stands_again),
    cmocka_unit_test(what_was_never_off_stays),
    cmocka_unit_test(what_is_past_does_not_come_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
