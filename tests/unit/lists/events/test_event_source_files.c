/* What a foreign calendar's file may hold beside one plain event: dates beside the rule, more events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_source_club.h"

#include "lib/text/dates/zone.h"

/* The calendar object of Bert's last invitation, unfolded. Caller frees. */
static char *invited_with(struct club *club)
{
  g_autofree char *raw = post_mail(&club->town, "event_invitation", "bert@web.de");
  assert_non_null(raw);
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_autoptr(GString) line = g_string_new(itip_text(mail));
  g_string_replace(line, "\r\n", "\n", 0);
  g_string_replace(line, "\n ", "", 0);
  return g_string_free(g_steal_pointer(&line), FALSE);
}

/* RDATE: Exchange's and Google's exports name dates beside the rule, or without one. */
static void dates_beside_the_rule_are_dates_of_the_series(void **state)
{
  (void)state;
  static const struct {
    const char *rule, *words, *calendar[2], *next;
  } cases[] = {
    { "RDATE;TZID=W. Europe Standard Time:20260519T180000,20260523T150000\n",
      "15 bis 18 Uhr, auch: Dienstag, 19. Mai 2026, 18 Uhr; Samstag, 23. Mai 2026, 15 Uhr",
      { "RDATE;TZID=Europe/Berlin:20260519T180000", "RDATE;TZID=Europe/Berlin:20260523T150000" },
      "2026-05-19" },
    { "RRULE:FREQ=WEEKLY;COUNT=3\nRDATE:20260520T160000Z\n",
      "jeden Samstag, auch: Mittwoch, 20. Mai 2026, 18 Uhr",
      { "RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;TZID=Europe/Berlin:20260520T180000" },
      "2026-05-20" },
    { "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260521T150000/PT3H\n",
      "15 bis 18 Uhr, auch: Donnerstag, 21. Mai 2026, 15 Uhr",
      { "RDATE;TZID=Europe/Berlin:20260521T150000", "UID" },
      "2026-05-21" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    g_autofree char *feast_on = g_strconcat(FEAST, cases[i].rule, NULL);
    is_draft_of_calendar(&club, feast_on);
    if (i != 1) club_has(&club, "event_draft", "anna@web.de", cases[i].words);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
    for (int k = 0; k < 3; k++) club_wait(&club, clock_now() + 90);
    g_autofree char *calendar = invited_with(&club);
    for (int k = 0; k < 2; k++)
      if (!strstr(calendar, cases[i].calendar[k])) fail_msg("lacks %s:\n%s", cases[i].calendar[k], calendar);
    club_wait(&club,
              wall_seconds(&(struct wall){ 2026, 5, 16, 18, 1 }, "Europe/Berlin")); /* the first is over */
    for (int k = 0; k < 3; k++) club_wait(&club, clock_now() + 90);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->state, "open");
    struct wall next = zone_wall(event->next_at, "Europe/Berlin");
    g_autofree char *day = g_strdup_printf("%04d-%02d-%02d", next.year, next.month, next.day);
    assert_string_equal(day, cases[i].next);
    club_close(&club);
  }
}

/* A date beside the rule is answered for, and moved, as any other. */
static void a_date_beside_the_rule_is_one_like_all(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST "RDATE;TZID=Europe/Berlin:20260519T180000,20260523T150000\n");
  club_comes(&club, "bert@web.de", "Am 19. Mai komme ich zu zweit");
  club_says(&club, "Am 23. Mai fällt es aus");
  club_confirms(&club, "event_change", "Ja");
  g_autofree char *calendar = invited_with(&club);
  if (!strstr(calendar, "EXDATE;TZID=Europe/Berlin:20260523T150000")) fail_msg("%s", calendar);
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "Dienstag, 19. Mai 2026, 18 bis 21 Uhr: 2 Personen");
  club_close(&club);
}

static void of_a_file_with_several_events_the_author_reads_what_became_of_them(void **state)
{
  (void)state;
  struct club club;
  g_autofree char *first = object(0, "20260302T110000Z", FEAST);
  g_autofree char *events = g_strconcat(first,
                                        "BEGIN:VEVENT\nUID:b@x\nDTSTAMP:20260302T110000Z\nSUMMARY:"
                                        "Flohmarkt\nDTSTART:20260606T080000Z\nEND:VEVENT\n"
                                        "BEGIN:VEVENT\nUID:b@x\nRECURRENCE-ID:20260606T080000Z\nSUMMARY:"
                                        "Flohmarkt\nDTSTART:20260607T080000Z\nEND:"
                                        "VEVENT\nBEGIN:VEVENT\nUID:c@x\nDTSTAMP:20260302T110000Z\nSUMMARY:"
                                        "Putztag\nDTSTART:20260613T080000Z\nEND:"
                                        "VEVENT\n",
                                        NULL);
  club_open(&club);
  sends(&club, "anna@web.de", "gruenau@kiez.example", "PUBLISH", "Unsere Termine", events, true);
  assert_int_equal(events_in(&club), 1);
  club_has(&club, "event_draft", "anna@web.de", "In der Datei stehen noch 2 Termine.");
  club_has(&club, "event_draft", "anna@web.de", "* Flohmarkt * Putztag");
  club_close(&club);
  is_draft_of_calendar(&club, FEAST);
  g_autofree char *draft = club_text(&club, "event_draft", "anna@web.de");
  assert_null(strstr(draft, "In der Datei"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dates_beside_the_rule_are_dates_of_the_series),
    cmocka_unit_test(a_date_beside_the_rule_is_one_like_all),
    cmocka_unit_test(of_a_file_with_several_events_the_author_reads_what_became_of_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
