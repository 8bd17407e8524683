/* For whom an event is: people who are named, another group, everybody; and never more than was said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

/* Anna's draft, and what she answers to it; then her yes. */
static void answers(struct club *club, const char *line)
{
  club_open(club);
  club_write(club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Sitzung", feast, true);
  club_wait(club, TEST_NOW + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", line, true);
  club_wait(club, clock_now() + 600);
}

static void says_yes(struct club *club)
{
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 4; i++) club_wait(club, clock_now() + 60);
}

static void only_who_is_named_is_invited(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    int bert, clara, guest;
  } cases[] = {
    { "Wer: Bert", 1, 0, 0 },
    { "Wer: bert@web.de", 1, 0, 0 },
    { "Wer: Bert und Gast <gast@fremd.example>", 1, 0, 1 },
    { "Wer: gast@fremd.example, clara@web.de", 0, 1, 1 },
    { "Wer: die Gruppe", 1, 1, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    answers(&club, cases[i].line);
    says_yes(&club);
    int bert = club_count(&club, "event_invitation", "bert@web.de"),
        clara = club_count(&club, "event_invitation", "clara@web.de"),
        guest = club_count(&club, "event_invitation", "gast@fremd.example");
    if (bert != cases[i].bert || clara != cases[i].clara || guest != cases[i].guest)
      fail_msg("%s: %d %d %d", cases[i].line, bert, clara, guest);
    club_close(&club);
  }
}

/* Whoever names somebody means nobody else: a yes below a line that was not understood invites nobody. */
static void who_is_not_understood_is_asked_for_and_nobody_is_invited(void **state)
{
  (void)state;
  static const char *const lines[] = { "Wer: Friedhelm und Gerda", "Wer: der Vorstand",
                                       "Wer: alle Gießpaten" };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    struct club club;
    answers(&club, lines[i]);
    club_has(&club, "event_draft", "anna@web.de", "Nicht verstanden");
    club_has(&club, "event_draft", "anna@web.de", "Wer soll kommen?");
    says_yes(&club);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->state, "draft");
    assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wer: Clara", true);
    club_has(&club, "event_draft", "anna@web.de", "Wer: Clara");
    club_wait(&club, clock_now() + 600);
    says_yes(&club);
    assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
    assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), 1);
    club_close(&club);
  }
}

static void the_last_line_counts(void **state)
{
  (void)state;
  struct club club;
  answers(&club, "Wer: Bert");
  static const char *const lines[] = { "Wer: Clara", "Wer: Bert", "Wer: die Gruppe", "Wer: Clara" };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", lines[i], true);
    club_wait(&club, clock_now() + 600);
  }
  says_yes(&club);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
  assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), 1);
  club_close(&club);
}

static void whoever_was_named_before_is_invited_with_the_group(void **state)
{
  (void)state;
  struct club club;
  answers(&club, "Wer: Bert");
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wer: die Gruppe", true);
  club_wait(&club, clock_now() + 600);
  says_yes(&club);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 1);
  assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), 1);
  club_close(&club);
}

/* Its title is not its name. */
static void has_title(struct club *club, const char *title)
{
  g_autoptr(list_row) list = list_get(club->town.store, club->list, NULL);
  g_free(list->title);
  list->title = g_strdup(title);
  assert_true(store_begin(club->town.store, NULL) && list_update(club->town.store, list, NULL) &&
              store_commit(club->town.store, NULL));
}

/* At termine@ nobody is a member; its author may call a group that they belong to, and no other. */
static void a_group_may_be_named_by_who_belongs_to_it(void **state)
{
  (void)state;
  static const char *const lines[] = { "Wer: gruenau@kiez.example", "Wer: die Gruppe gruenau" };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
    for (int is_member = 0; is_member < 2; is_member++) {
      struct club club;
      club_open(&club);
      town_list(&club.town, "termine", "events", true);
      has_title(&club, "Grünau am Langen See");
      const char *who = is_member ? "anna@web.de" : "emil@post.de";
      club_write(&club, who, "termine@kiez.example", "Hoffest", feast, true);
      club_wait(&club, TEST_NOW + 3600);
      club_answer(&club, "event_draft", who, who, lines[i], true);
      club_wait(&club, clock_now() + 600);
      club_answer(&club, "event_draft", who, who, "Ja", true);
      for (int k = 0; k < 4; k++) club_wait(&club, clock_now() + 60);
      int bert = club_count(&club, "event_invitation", "bert@web.de");
      if (bert != is_member) fail_msg("%s, member %d: %d", lines[i], is_member, bert);
      assert_int_equal(club_count(&club, "event_invitation", "gruenau@kiez.example"), 0); /* no person */
      club_close(&club);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_who_is_named_is_invited),
    cmocka_unit_test(who_is_not_understood_is_asked_for_and_nobody_is_invited),
    cmocka_unit_test(the_last_line_counts),
    cmocka_unit_test(whoever_was_named_before_is_invited_with_the_group),
    cmocka_unit_test(a_group_may_be_named_by_who_belongs_to_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
