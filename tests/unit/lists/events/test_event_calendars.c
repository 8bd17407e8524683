/* How invitations come, and the calendar of one's own: as a file, at an address that nobody can guess, and
 * never to anybody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#include "lib/store/pages.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/people.h"
#include "lists/events/own/own_calendar.h"
#include "lists/understand/itip.h"

static bool has_calendar(struct club *club, const char *purpose, const char *to)
{
  g_autofree char *raw = post_mail(&club->town, purpose, to);
  if (!raw) fail_msg("no letter %s to %s", purpose, to);
  return strstr(raw, "text/calendar") != NULL;
}

static const char *invitations_of(struct club *club, const char *address)
{
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(person_choice) choice = person_choice_get(club->town.store, person, NULL);
  return g_intern_string(choice->invitations);
}

/* ---- how invitations come ---- */

static void a_setting_says_whether_invitations_are_calendar_mails(void **state)
{
  (void)state;
  static const struct {
    const char *text, *is;
  } cases[] = {
    { "Bitte keine Kalenderanhänge mehr.", "text" },
    { "Einladungen nur als Text", "text" },
    { "Einladungen wieder als Kalendermail", "calendar" },
    { "Ich möchte Einladungen künftig lieber als Text bekommen", "text" },
    { "invitations as calendar again", "calendar" },
    { "Please no calendar attachments any more", "text" },
    { "Einladungen bitte wieder mit Kalenderanhang", "calendar" },
    { "Die Kalenderdateien nerven, bitte weglassen", "text" },
    { "davetleri takvim olarak", "calendar" },
    { "Davetiyeler sadece metin olarak", "text" },
    { "приглашения в виде календаря", "calendar" },
    { "приглашения только текстом", "text" },
  };
  static const char *const to[] = { "gruenau+einstellungen@kiez.example", "kiez@kiez.example" };
  for (gsize door = 0; door < G_N_ELEMENTS(to); door++) {
    struct club club;
    g_autoptr(GString) wrong = g_string_new(NULL);
    club_open(&club);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
      club_write(&club, "bert@web.de", to[door], "Einladungen", cases[i].text, true);
      if (strcmp(invitations_of(&club, "bert@web.de"), cases[i].is) != 0)
        g_string_append_printf(wrong, "\n%s: \"%s\"", to[door], cases[i].text);
      g_autofree char *outcomes = post_letters(&club.town);
      (void)outcomes;
      clock_fix(clock_now() + 3600 * 25);
    }
    g_autoptr(member_t) member =
        member_find(club.town.store, club.list, person_find(club.town.store, "bert@web.de", NULL), NULL);
    assert_string_equal(member->delivery, "each"); /* mails come as they came */
    assert_string_equal(member->state, "active");
    if (wrong->len) fail_msg("%s", wrong->str);
    club_close(&club);
  }
}

static void invitations_changes_and_ends_follow_it(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "bert@web.de", "gruenau+einstellungen@kiez.example", "x",
             "Bitte keine Kalenderanhänge mehr", true);
  club_has(&club, "settings_done", "bert@web.de", "Einladungen: nur als Text");
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
  club_wait(&club, TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 3660 + 60 * i);
  assert_false(has_calendar(&club, "event_invitation", "bert@web.de"));
  assert_true(has_calendar(&club, "event_invitation", "clara@web.de"));
  club_comes(&club, "bert@web.de", "Wir kommen zu zweit"); /* words do */
  club_counts(&club, 1, 0, 0, 2, 0);
  club_says(&club, "Fällt leider aus");
  club_confirms(&club, "event_change", "Ja");
  assert_false(has_calendar(&club, "event_off", "bert@web.de"));
  assert_true(has_calendar(&club, "event_off", "clara@web.de"));
  /* a line of the letter that shows the settings */
  club_answer(&club, "settings_done", "bert@web.de", "bert@web.de", "Einladungen: als Kalendermail", true);
  assert_string_equal(invitations_of(&club, "bert@web.de"), "calendar");
  /* nobody sets it for somebody else */
  club_write(&club, "bert@web.de", "gruenau+einstellungen@kiez.example", "x", "Einladungen nur als Text",
             false);
  assert_string_equal(invitations_of(&club, "bert@web.de"), "calendar");
  club_close(&club);
}

static void who_answers_an_invitation_may_set_how_they_come(void **state)
{
  (void)state;
  static const char *const ways[] = { "Bitte keine Kalenderanhänge mehr", "Einladungen nur als Text bitte" };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, feast);
    club_answer(&club, "event_invitation", "bert@web.de", "dieb@evil.example", ways[i], true);
    club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", ways[i], false); /* nobody vouches */
    assert_string_equal(invitations_of(&club, "bert@web.de"), "calendar");
    club_comes(&club, "bert@web.de", ways[i]);
    if (strcmp(invitations_of(&club, "bert@web.de"), "text") != 0) fail_msg("%s", ways[i]);
    club_has(&club, "settings_done", "bert@web.de", "Einladungen: nur als Text");
    club_counts(&club, 0, 0, 0, 0, 0);
    club_close(&club);
  }
}

/* Text alone says it all: what is otherwise, which date, and that it is off. */
static void changes_come_as_text_to_whoever_wants_text(void **state)
{
  (void)state;
  struct club club;
  club_calls(
      &club,
      "Hallo, ab Dienstag, 12. Mai 2026 ist jeden Dienstag um 19 Uhr Chorprobe im Segelfliegerdamm 12. "
      "Kommt alle!\n\nAnna");
  assert_true(has_calendar(&club, "event_invitation", "bert@web.de"));
  club_write(&club, "bert@web.de", "gruenau+einstellungen@kiez.example", "x", "Einladungen nur als Text",
             true);
  static const struct {
    const char *said, *read;
  } changes[] = {
    { "Ort: Rathaus", "Dienstag, 12. Mai 2026, 19 Uhr, jeden Dienstag Rathaus" },
    { "Am 19. Mai fällt es aus", "Fällt aus: Dienstag, 19. Mai 2026, 19 Uhr" },
    { "Der 26. Mai wird auf den 27. Mai verschoben",
      "Statt Dienstag, 26. Mai 2026, 19 Uhr: Mittwoch, 27. Mai 2026" },
    { "Wann: jeden Dienstag um 20 Uhr", "Dienstag, 12. Mai 2026, 20 Uhr, jeden Dienstag" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    int before = club_count(&club, "event_invitation", "bert@web.de");
    club_says(&club, changes[i].said);
    club_confirms(&club, "event_change", "Ja");
    assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), before + 1);
    club_has(&club, "event_invitation", "bert@web.de", changes[i].read);
    assert_false(has_calendar(&club, "event_invitation", "bert@web.de"));
    assert_true(has_calendar(&club, "event_invitation", "clara@web.de"));
  }
  club_says(&club, "Der Chor fällt ganz aus");
  club_confirms(&club, "event_change", "Ja");
  club_has(&club, "event_off", "bert@web.de", "findet nicht statt");
  assert_false(has_calendar(&club, "event_off", "bert@web.de"));
  assert_true(has_calendar(&club, "event_off", "clara@web.de"));
  club_close(&club);
}

/* ---- the calendar of one's own ---- */

static char *text_of(struct club *club, const char *address)
{
  int count = 0;
  int64_t person = person_find(club->town.store, address, NULL);
  return own_calendar_text(club->town.config, club->town.store, person, "2026-03-02", &count, NULL);
}

static void holds(struct club *club, const char *address, bool is_there)
{
  g_autofree char *text = text_of(club, address);
  if ((strstr(text, "SUMMARY:Hoffest") != NULL) != is_there) fail_msg("%s: %s", address, text);
}

static void it_holds_what_one_may_attend_and_nobody_else(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  holds(&club, "anna@web.de", true);
  holds(&club, "bert@web.de", true);
  club_comes(&club, "clara@web.de", "Leider nein");
  holds(&club, "clara@web.de", false);
  club_comes(&club, "clara@web.de", "Doch, ich komme");
  holds(&club, "clara@web.de", true);
  g_autofree char *text = text_of(&club, "bert@web.de");
  assert_non_null(strstr(text, "METHOD:PUBLISH"));
  assert_null(strstr(text, "clara"));
  assert_null(strstr(text, "mailto:"));
  club_says(&club, "Fällt leider aus");
  club_confirms(&club, "event_change", "Ja");
  g_autofree char *off = text_of(&club, "bert@web.de");
  assert_non_null(strstr(off, "STATUS:CANCELLED"));
  club_close(&club);
}

static void who_was_not_invited_yet_reads_nothing_of_it(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
  club_wait(&club, TEST_NOW + 3600);
  holds(&club, "bert@web.de", false); /* a draft */
  club_close(&club);
}

/* The file that a letter brings; NULL: none. */
static char *attached(struct club *club, const char *to)
{
  g_autofree char *raw = post_mail(&club->town, "event_calendar", to);
  return raw && strstr(raw, "kalender.ics") ? g_steal_pointer(&raw) : NULL;
}

static char *secret_of(struct club *club, const char *address)
{
  int64_t id = 0;
  char *secret = NULL;
  int64_t person = person_find(club->town.store, address, NULL);
  assert_true(calendar_of_person(club->town.store, person, &id, &secret, NULL));
  return secret;
}

static void it_comes_by_mail(void **state)
{
  (void)state;
  static const char *const asked[] = { "Schick mir meinen Kalender", "Schickt mir bitte meinen Kalender.",
                                       "send me my calendar", "Bana takvimimi gönder",
                                       "пришлите мне мой календарь" };
  static const char *const doors[] = { "gruenau+hilfe@kiez.example", "kiez@kiez.example",
                                       "gruenau@kiez.example" };
  for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
    struct club club;
    club_calls(&club, feast);
    const char *door = doors[i % G_N_ELEMENTS(doors)];
    club_write(&club, "bert@web.de", door, "Kalender", asked[i], true);
    g_autofree char *letter = attached(&club, "bert@web.de");
    if (!letter) {
      g_autofree char *all = post_letters(&club.town);
      fail_msg("%s at %s: %s", asked[i], door, all);
    }
    assert_null(secret_of(&club, "bert@web.de")); /* no address unasked */
    club_close(&club);
  }
}

static void an_address_is_given_renewed_and_ended(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kalender",
             "Wie kann man den Kalender abonnieren?", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kalender",
             "Schickt mir bitte meinen Kalender zurück!", true);
  assert_int_equal(club_count(&club, "event_calendar", "bert@web.de"), 0);
  g_autofree char *none = secret_of(&club, "bert@web.de");
  assert_null(none); /* asks the neighbours */
  club_write(&club, "bert@web.de", "gruenau+hilfe@kiez.example", "Kalender",
             "Ich möchte meinen Kalender abonnieren", true);
  g_autofree char *first = secret_of(&club, "bert@web.de");
  assert_non_null(first);
  assert_int_equal(strlen(first), 32);
  club_has(&club, "event_calendar", "bert@web.de", first);
  club_answer(&club, "event_calendar", "bert@web.de", "bert@web.de", "Neue Kalenderadresse bitte", true);
  g_autofree char *second = secret_of(&club, "bert@web.de");
  assert_non_null(second);
  assert_string_not_equal(first, second);
  /* nobody else learns or ends it */
  club_write(&club, "bert@web.de", "gruenau+hilfe@kiez.example", "Kalender", "Kalenderadresse löschen",
             false);
  g_autofree char *still = secret_of(&club, "bert@web.de");
  assert_string_equal(still, second);
  assert_int_equal(club_count(&club, "event_calendar_ask", "bert@web.de"), 1);
  clock_fix(clock_now() + 120);
  club_answer(&club, "event_calendar_ask", "bert@web.de", "bert@web.de", "Ja", true);
  g_autofree char *ended = secret_of(&club, "bert@web.de");
  assert_null(ended);
  club_close(&club);
}

static void it_goes_with_its_person(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  int64_t bert = person_find(club.town.store, "bert@web.de", NULL);
  assert_true(store_begin(club.town.store, NULL));
  assert_true(calendar_give(club.town.store, bert, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  assert_true(store_begin(club.town.store, NULL));
  assert_true(member_remove(club.town.store, club.list, bert, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  g_autofree char *gone = secret_of(&club, "bert@web.de");
  assert_null(gone);
  holds(&club, "bert@web.de", false);
  club_close(&club);
}

/* Whether the file of somebody's calendar is to be written anew; all marks are cleared. */
static bool is_marked(struct club *club)
{
  bool found = false;
  for (;;) {
    g_autoptr(GPtrArray) pages = pages_stale(club->town.store, 500, NULL);
    if (pages->len == 0) return found;
    for (guint i = 0; i < pages->len; i++)
      found |= strcmp(((struct stale_page *)pages->pdata[i])->page, "calendar") == 0;
    assert_true(store_begin(club->town.store, NULL));
    assert_true(pages_clear(club->town.store, pages, NULL));
    assert_true(store_commit(club->town.store, NULL));
  }
}

static void what_changes_is_written_anew(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t bert = person_find(club.town.store, "bert@web.de", NULL);
  assert_true(store_begin(club.town.store, NULL));
  assert_true(calendar_give(club.town.store, bert, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  assert_true(is_marked(&club));
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
  club_wait(&club, TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 3660 + 60 * i);
  assert_true(is_marked(&club)); /* invited */
  club_comes(&club, "clara@web.de", "Ja");
  assert_false(is_marked(&club)); /* is nothing to Bert */
  club_comes(&club, "bert@web.de", "Leider nein");
  assert_true(is_marked(&club));
  club_says(&club, "Fällt leider aus");
  club_confirms(&club, "event_change", "Ja");
  assert_true(is_marked(&club));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_setting_says_whether_invitations_are_calendar_mails),
    cmocka_unit_test(invitations_changes_and_ends_follow_it),
    cmocka_unit_test(who_answers_an_invitation_may_set_how_they_come),
    cmocka_unit_test(changes_come_as_text_to_whoever_wants_text),
    cmocka_unit_test(it_holds_what_one_may_attend_and_nobody_else),
    cmocka_unit_test(who_was_not_invited_yet_reads_nothing_of_it),
    cmocka_unit_test(it_comes_by_mail),
    cmocka_unit_test(an_address_is_given_renewed_and_ended),
    cmocka_unit_test(it_goes_with_its_person),
    cmocka_unit_test(what_changes_is_written_anew),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
