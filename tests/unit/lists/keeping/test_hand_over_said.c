/* A keeper hands the group over in words that may mean something else: nobody of the group reads the address,
 * and the keeper says what was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/threads.h"

#define LIST  "gruenau@kiez.example"
#define KARIN "karin@web.de"

static struct club club;

static int setup(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  club_open(&club);
  town_member(&club.town, club.list, KARIN, "member,keeper");
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

static void the_keeper_is_asked_and_nothing_posted(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Liebe Leute, meine Nachfolgerin ist Maria Kühn (maria@web.de). Sie übernimmt ab Januar die Gruppe.",
    "Bitte tragt maria@web.de als neue Verwalterin ein.",
    "maria@web.de soll die Gruppe künftig führen.",
    "Kann Maria die Gruppe übernehmen? maria@web.de",
    "maria@web.de will take over the group",
    "Maria (maria@web.de) macht das ab jetzt.",
    "Um die Gruppe kümmert sich ab sofort Maria Kühn <maria@web.de>.",
    "Maria (maria@web.de) is doing this from now on.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    int before = moderated_count(&club, "hand_over_sure", KARIN);
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, KARIN, LIST, "Wechsel", texts[i], true);
    if (posts() != 0 || moderated_count(&club, "hand_over_sure", KARIN) != before + 1)
      fail_msg("%s", texts[i]);
  }
  assert_int_equal(moderated_count(&club, "hand_over", NULL), 0);
}

static void a_yes_asks_the_next_keeper_and_an_alle_posts(void **state)
{
  (void)state;
  club_write(&club, KARIN, LIST, "Wechsel", "maria@web.de soll die Gruppe künftig führen.", true);
  club_answer(&club, "hand_over_sure", KARIN, KARIN, "Ja", true);
  assert_int_equal(moderated_count(&club, "hand_over", "maria@web.de"), 1);
  assert_int_equal(posts(), 0);
  clock_fix(clock_now() + 26 * 3600);
  club_write(&club, KARIN, LIST, "Wechsel", "nele@web.de soll die Gruppe künftig führen.", true);
  club_answer(&club, "hand_over_sure", KARIN, KARIN, "An alle", true);
  assert_int_equal(posts(), 1);
  assert_int_equal(moderated_count(&club, "hand_over", "nele@web.de"), 0);
}

static void other_leaders_and_other_writers_are_posts(void **state)
{
  (void)state;
  static const struct {
    const char *from, *text;
  } cases[] = {
    { KARIN, "Wer kann die Gruppe übernehmen? Meldet euch bei karin2@web.de" },
    { KARIN, "Neuer Leiter des Jugendclubs ist Herr Klein (klein@club.example)." },
    { KARIN, "Ich gebe die Bücher an Maria ab: maria@web.de. Wer noch welche hat, bitte melden." },
    { KARIN, "Den Kuchenstand macht ab jetzt Maria (maria@web.de), meldet euch bei ihr." },
    { KARIN, "Wer macht das ab jetzt? Meldet euch bei karin2@web.de" },
    { "anna@web.de", "maria@web.de soll die Gruppe künftig führen." },
    { "anna@web.de", "Maria (maria@web.de) macht das ab jetzt." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    clock_fix(clock_now() + 3600);
    club_write(&club, cases[i].from, LIST, "Wechsel", cases[i].text, true);
    if (posts() != (int)i + 1) fail_msg("%s", cases[i].text);
  }
}

/* No address: the keeper hears how a group is handed over. */
static void a_name_alone_leads_to_the_way(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Anna übernimmt die Gruppe von mir.",
    "Ab Januar übernimmt Anna Klein diese Gruppe von mir. Danke für alles!",
    "Anna is taking over the group from me.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, KARIN, LIST, "Wechsel", texts[i], true);
    g_autofree char *letters = post_letters(&club.town);
    if (posts() != 0) fail_msg("%s: %s", texts[i], letters);
  }
  assert_int_equal(moderated_count(&club, "hand_over", NULL), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_keeper_is_asked_and_nothing_posted, setup, teardown),
    cmocka_unit_test_setup_teardown(a_yes_asks_the_next_keeper_and_an_alle_posts, setup, teardown),
    cmocka_unit_test_setup_teardown(a_name_alone_leads_to_the_way, setup, teardown),
    cmocka_unit_test_setup_teardown(other_leaders_and_other_writers_are_posts, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
