/* Invitations that a member says to the whole list: who is named gets one mail, and nobody reads the address;
 * calls that name an address go to all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/threads.h"

#define LIST "gruenau@kiez.example"

static struct club club;

static int setup(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  club_open(&club);
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static int posts(void)
{
  g_autoptr(GPtrArray) all = messages_latest(club.town.store, club.list, 100, false, NULL);
  return (int)all->len;
}

static void who_is_named_gets_a_mail_and_nobody_reads_it(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Meine Nachbarin %s möchte auch mitmachen",
    "Nehmt bitte %s auf",
    "Könnt ihr %s hinzufügen?",
    "Bitte nehmt meine Nachbarin mit in den Verteiler auf: %s",
    "Please add %s to the list.",
    "Lisa würde auch gern die Mails bekommen, ihre Adresse ist %s",
    "Komşum %s da katılmak istiyor",
    "Добавьте, пожалуйста, %s в рассылку",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *address = g_strdup_printf("lisa%zu@web.de", i);
    g_auto(GStrv) halves = g_strsplit(texts[i], "%s", 2);
    g_autofree char *text = g_strconcat(halves[0], address, halves[1], NULL);
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, "anna@web.de", LIST, "Bitte", text, true);
    if (posts() != 0 || moderated_count(&club, "invite", address) != 1) fail_msg("%s", text);
  }
}

static void calls_with_an_address_are_posts(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Wer mitmachen möchte, schreibt an chor@verein.example",
    "Zum Chor möchte man sich anmelden bei lisa@web.de",
    "Nehmt doch bitte mal Kontakt zu tom@verein.example auf, der weiß mehr.",
    "Bitte tragt euch in die Liste ein und schickt sie an lisa@web.de",
    "Nehmt bitte Müllsäcke mit, Fragen an lisa@web.de",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    clock_fix(clock_now() + 3600);
    club_write(&club, "anna@web.de", LIST, "Bitte", texts[i], true);
    if (posts() != (int)i + 1) fail_msg("%s", texts[i]);
  }
  assert_int_equal(moderated_count(&club, "invite", NULL), 0);
}

static void what_may_be_both_is_asked_of_its_author(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", LIST, "Bitte", "Könnt ihr lisa@web.de zum Grillen einladen?", true);
  club_write(&club, "bert@web.de", LIST, "Bitte", "Nehmt bitte meine Nachbarin auf: lisa@web.de", true);
  assert_int_equal(posts(), 0);
  assert_int_equal(moderated_count(&club, "invite", NULL), 0);
  assert_int_equal(moderated_count(&club, "private_reply", NULL), 2);
}

static void who_leaves_is_freed_first_and_strangers_invite_nobody(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", LIST, "Bitte", "Tragt mich bitte aus und dafür tom@web.de ein", true);
  club_write(&club, "zoe@web.de", LIST, "Bitte", "Nehmt bitte tom@web.de auf", true);
  club_write(&club, "bert@web.de", LIST, "Bitte", "Nehmt bitte tom@web.de auf", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  assert_int_equal(moderated_count(&club, "invite", NULL), 0);
  assert_int_equal(moderated_count(&club, "invitation", "bert@web.de"), 1);
}

/* At the front door: who calls others to something on a day invites nobody into a list. */
static void who_calls_to_a_feast_invites_into_no_list(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "ich möchte Anna (anna@fern.example) und karl@fern.example zu mir einladen: Samstag 16.5. um 18 Uhr, "
    "Dorfstraße 3",
    "Grillfest am 16. Mai um 18 Uhr im Hof Segelfliegerdamm 12. Einladen: karl@fern.example, "
    "mia@fern.example",
    "Könnt ihr karl@fern.example zum Grillen einladen?",
    "Bitte ladet karl@fern.example zur Feier ein.",
    "Ich möchte karl@fern.example zu mir nach Hause einladen.",
    "Ich will karl@fern.example am Samstag 16.5. um 18 Uhr zu mir einladen, wir haben in der Gruppe darüber "
    "gesprochen.",
    "Bitte ladet karl@fern.example zum Grillfest der Gruppe am 16.5. um 18 Uhr ein, steht auf der Liste",
    "Please invite karl@fern.example to my birthday party.",
    "Bitte ladet karl@fern.example zu meinem Geburtstag am Samstag, 16.5. um 18 Uhr ein",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, "anna@web.de", "kiez@kiez.example", "Einladung", texts[i], true);
    if (moderated_count(&club, "invite", NULL) != 0) fail_msg("%s", texts[i]);
  }
  clock_fix(clock_now() + 26 * 3600);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Einladung",
             "Bitte ladet karl@fern.example in die Gruppe Grünau ein", true);
  assert_int_equal(moderated_count(&club, "invite", "karl@fern.example"), 1);
  clock_fix(clock_now() + 26 * 3600);
  club_write(
      &club, "anna@web.de", "kiez@kiez.example", "Einladung",
      "Bitte ladet mia@fern.example in die Gruppe Grünau ein, sie hat uns am Samstag beim Grillen geholfen.",
      true);
  assert_int_equal(moderated_count(&club, "invite", "mia@fern.example"), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(who_calls_to_a_feast_invites_into_no_list, setup, teardown),
    cmocka_unit_test_setup_teardown(who_is_named_gets_a_mail_and_nobody_reads_it, setup, teardown),
    cmocka_unit_test_setup_teardown(calls_with_an_address_are_posts, setup, teardown),
    cmocka_unit_test_setup_teardown(what_may_be_both_is_asked_of_its_author, setup, teardown),
    cmocka_unit_test_setup_teardown(who_leaves_is_freed_first_and_strangers_invite_nobody, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
