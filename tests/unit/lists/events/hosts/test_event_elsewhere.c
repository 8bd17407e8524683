/* What an organiser writes of their event elsewhere than to its own address: to the group that it was called
 * in, and to the address of events. They are asked; nothing changes by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

/* To the group: in the thread of the call, or as a mail of its own. */
static void says_to_group(struct club *club, const char *from, const char *subject, const char *text,
                          bool is_vouched)
{
  clock_fix(clock_now() + 3600);
  club_write(club, from, "gruenau@kiez.example", subject, text, is_vouched);
}

static void a_change_told_to_the_group_is_asked_about_and_done_on_a_yes(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  says_to_group(&club, "anna@web.de", "Re: Hoffest", "Das Hoffest fällt leider aus.\n\nAnna", true);
  g_autofree char *post = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(post);
  assert_non_null(strstr(post, "leider aus")); /* all read it */
  club_has(&club, "event_change", "anna@web.de", "fällt dann aus");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) after = the_event(&club);
  assert_string_equal(after->state, "cancelled");
  assert_int_equal(after->id, event->id);
  club_close(&club);
}

static void many_wordings_are_asked_about_and_none_changes_anything(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
    bool is_asked;
  } cases[] = {
    { "Re: Hoffest", "Wir verschieben auf Sonntag 15 Uhr", true },
    { "Re: Hoffest", "Leider müssen wir absagen, zu wenig Helfer.", true },
    { "Hoffest", "Das Hoffest beginnt erst um 17 Uhr!", true },
    { "Hoffest fällt aus", "Hallo alle, es tut mir leid.", true },
    { "Achtung", "Wegen Sturm ist das Hoffest abgesagt", true },
    { "Re: Hoffest", "Das Hoffest findet jetzt im Rathaus statt", true },
    { "Re: Hoffest", "Dann Sonntag um vier", true },
    { "Re: Hoffest", "Ok, dann lieber Sonntag um vier.\n\nGruß Anna", true },
    { "Re: Hoffest", "Dann Sonntag um vier?", false },
    { "Re: Hoffest", "Dann sehen wir uns Sonntag um vier im Kino", false },
    { "Re: Hoffest", "Samstag um drei also!", false },
    { "Anderes", "Dann Sonntag um vier", false },
    { "Re: Hoffest", "Fällt das Hoffest aus, wenn es regnet?", false },
    { "Re: Hoffest", "Sollen wir das Hoffest verschieben?", false },
    { "Re: Hoffest", "Wenn keiner hilft, müssen wir absagen.", false },
    { "Re: Hoffest", "Bei Regen fällt es aus.", false },
    { "Re: Hoffest", "Die Chorprobe am Mittwoch fällt aus.", false },
    { "Re: Hoffest", "Ich bringe um 14 Uhr die Bänke mit.", false },
    { "Re: Hoffest", "Super, dann bis Samstag um 15 Uhr!", false },
    { "Chorprobe", "Die Chorprobe fällt am Mittwoch aus.", false },
    { "Flohmarkt", "Der Flohmarkt wird auf Sonntag verschoben.", false },
    { "Re: Hoffest", "Letztes Jahr ist das Hoffest abgesagt worden.", false },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    says_to_group(&club, "anna@web.de", cases[i].subject, cases[i].text, true);
    int asked = club_count(&club, "event_change", "anna@web.de");
    if (asked != cases[i].is_asked) print_message("%s: asked %d times\n", cases[i].text, asked);
    bad += asked != cases[i].is_asked;
    g_autoptr(event_t) event = event_find(club.town.store, 2026, 1, NULL);
    assert_string_equal(event->state, "open");
    assert_string_equal(event->starts, "2026-05-16T15:00");
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

static void nobody_else_is_asked(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  says_to_group(&club, "bert@web.de", "Re: Hoffest", "Das Hoffest fällt leider aus.", true);
  says_to_group(&club, "anna@web.de", "Re: Hoffest", "Das Hoffest fällt leider aus.", false);
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 0);
  assert_int_equal(club_count(&club, "event_change", "bert@web.de"), 0);
  club_close(&club);
}

/* A newer change while answers pause must not end the question that waits. */
static void a_change_beyond_the_last_answer_of_an_hour_leaves_the_question(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  clock_fix(clock_now() + 6 * 3600);
  for (int i = 0; i < 9; i++) club_says(&club, "Stand?");
  club_says(&club, "Wir verschieben auf Sonntag, 17. Mai um 16 Uhr");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 1);
  club_says(&club, "Ort: Rathaus");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 1);
  clock_fix(clock_now() + 2 * 3600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-05-17T16:00");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_change_told_to_the_group_is_asked_about_and_done_on_a_yes),
    cmocka_unit_test(many_wordings_are_asked_about_and_none_changes_anything),
    cmocka_unit_test(nobody_else_is_asked),
    cmocka_unit_test(a_change_beyond_the_last_answer_of_an_hour_leaves_the_question),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
