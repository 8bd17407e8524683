/* Founding a group by mail: a wish in plain words, the admin's yes or no, the first letter; and who cannot
 * found, allow or publish anything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

static const char wish[] = "Guten Tag, ich möchte eine Gruppe für Eltern der Bouché-Grundschule. Geht das?";

static void wish_for_parents(struct club *club, bool is_vouched)
{
  club_write(club, "petra@web.de", "kiez@kiez.example", "Gruppe", wish, is_vouched);
}

/* The group; NULL: there is none. Caller frees. */
static struct list *group(struct club *club)
{
  return list_find(club->town.store, "eltern-bouche", NULL);
}

static void found_group(struct club *club)
{
  wish_for_parents(club, true);
  club_answer(club, "found", "admin@amt.example", "admin@amt.example", "Ja, gern.", true);
}

static void the_admin_may_say_how_the_address_begins(void **state)
{
  (void)state;
  static const struct {
    const char *answer, *name;
  } cases[] = {
    { "Ja, gern. Name bitte bouche-eltern", "bouche-eltern" },
    { "Ja. Adresse: elternrat.", "elternrat" },
    { "Ja, Name bitte \"Bouché-Eltern\"", "bouche-eltern" },
    { "Ja, schöner Name!", "eltern-bouche" },
    { "Ja, Name bitte gruenau", "gruenau-2" }, /* somebody's already */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    wish_for_parents(&club, true);
    club_answer(&club, "found", "admin@amt.example", "admin@amt.example", cases[i].answer, true);
    g_autoptr(list_row) list = list_find(club.town.store, cases[i].name, NULL);
    if (!list) fail_msg("%s", cases[i].answer);
    club_close(&club);
  }
}

static void the_admins_yes_makes_a_group(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  wish_for_parents(&club, true);
  assert_null(group(&club));
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "found:admin@amt.example found_asked:petra@web.de");
  club_answer(&club, "found", "admin@amt.example", "admin@amt.example", "Ja, gern.", true);
  g_autoptr(list_row) list = group(&club);
  assert_non_null(list);
  assert_string_equal(list->title, "Eltern der Bouché-Grundschule");
  assert_string_equal(list->kind, "group");
  assert_false(list->archive_public);
  int64_t person = person_find(club.town.store, "petra@web.de", NULL);
  g_autoptr(member_t) member = member_find(club.town.store, list->id, person, NULL);
  assert_true(member_has_role(member, "keeper") && member_has_role(member, "moderator"));
  club_write(&club, "petra@web.de", "eltern-bouche@kiez.example", "Hallo", "Wer ist dabei?", true);
  g_autoptr(GPtrArray) messages = messages_latest(club.town.store, list->id, 5, false, NULL);
  assert_int_equal(messages->len, 1);
  club_close(&club);
}

static void the_admins_no_is_told_with_its_reason(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  wish_for_parents(&club, true);
  club_answer(&club, "found", "admin@amt.example", "admin@amt.example",
              "Nein, die Schule hat schon eine eigene Liste.", true);
  assert_null(group(&club));
  g_autofree char *letter = post_mail(&club.town, "found_refused", "petra@web.de");
  assert_non_null(letter);
  assert_non_null(strstr(letter, "eigene Liste"));
  club_close(&club);
}

static void who_is_not_known_confirms_first(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  wish_for_parents(&club, false);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "found_confirm:petra@web.de");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "found_confirm", "petra@web.de", "petra@web.de", "Ja", false);
  g_autofree char *question = post_mail(&club.town, "found", "admin@amt.example");
  assert_non_null(question);
  club_close(&club);
}

static void only_the_admin_lets_it_be_founded(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  wish_for_parents(&club, true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "found", "admin@amt.example", "petra@web.de", "Ja", true); /* it was forwarded to her */
  assert_null(group(&club));
  club_answer(&club, "found", "admin@amt.example", "admin@amt.example", "Ja", false); /* a forged From */
  assert_null(group(&club));
  g_autofree char *proof = post_mail(&club.town, "proof", "admin@amt.example");
  assert_non_null(proof);
  club_close(&club);
}

static void a_second_yes_founds_no_second_group(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  found_group(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "found", "admin@amt.example", "admin@amt.example", "Ja, wirklich.", true);
  g_autoptr(list_row) second = list_find(club.town.store, "eltern-bouche-2", NULL);
  assert_null(second);
  club_close(&club);
}

static void a_name_that_is_taken_gets_a_number(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "eltern-bouche", "group", false);
  found_group(&club);
  g_autoptr(list_row) second = list_find(club.town.store, "eltern-bouche-2", NULL);
  assert_non_null(second);
  club_close(&club);
}

static void only_the_word_of_the_keeper_publishes(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  found_group(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "publish", "petra@web.de", "petra@web.de", "Danke, super!", true);
  g_autofree char *told = post_mail(&club.town, "publish_not", "petra@web.de");
  assert_non_null(told);
  static const char *const thanks[] = {
    "Danke schön!", "Super, vielen Dank",        "ok", "Alles klar, danke", "Perfekt", "Ja",
    "Öffentlich?",  "Was heißt denn öffentlich",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(thanks); i++)
    club_answer(&club, "publish", "petra@web.de", "petra@web.de", thanks[i], true);
  club_answer(&club, "publish", "petra@web.de", "eve@web.de", "öffentlich", true);
  club_answer(&club, "publish", "petra@web.de", "petra@web.de", "öffentlich!", false);
  g_autoptr(list_row) before = group(&club);
  assert_false(before->archive_public);
  club_answer(&club, "publish", "petra@web.de", "petra@web.de", "Ja, öffentlich.", true);
  g_autoptr(list_row) after = group(&club);
  assert_true(after->archive_public);
  club_close(&club);
}

static void false_friends_found_nothing(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Die Gruppe gründet sich am Samstag um 15 Uhr im Nachbarschaftshaus.",
    "Wir möchten einen Verein gründen und suchen Mitstreiter in der Gruppe.",
    "Ich möchte gern in eine Gruppe für Eltern aufgenommen werden.",
    "Gibt es eine Gruppe für Eltern?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "petra@web.de", "kiez@kiez.example", "Gruppe", texts[i], true);
    g_autofree char *letters = post_letters(&club.town);
    if (strstr(letters, "found")) fail_msg("%s → %s", texts[i], letters);
    club_close(&club);
  }
}

static void other_words_found_as_well(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Wir wollen eine Mailingliste zum Thema Gärtnern einrichten.",
    "Hallo, können wir bei euch eine Gruppe \"Oma-Café\" gründen?",
    "I would like a group for dog owners.",
    "Neue Gruppe für Hundefreunde bitte!",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "petra@web.de", "kiez@kiez.example", "Anliegen", texts[i], true);
    g_autofree char *letters = post_letters(&club.town);
    if (!strstr(letters, "found:admin")) fail_msg("%s → %s", texts[i], letters);
    club_close(&club);
  }
}

static void without_a_title_it_is_asked(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "petra@web.de", "kiez@kiez.example", "Hallo", "Ich möchte eine Gruppe gründen.", true);
  club_answer(&club, "found_title", "petra@web.de", "petra@web.de", "Eltern der Bouché-Grundschule", true);
  club_answer(&club, "found", "admin@amt.example", "admin@amt.example", "ok", true);
  g_autoptr(list_row) list = group(&club);
  assert_non_null(list);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_admin_may_say_how_the_address_begins),
    cmocka_unit_test(the_admins_yes_makes_a_group),
    cmocka_unit_test(the_admins_no_is_told_with_its_reason),
    cmocka_unit_test(who_is_not_known_confirms_first),
    cmocka_unit_test(only_the_admin_lets_it_be_founded),
    cmocka_unit_test(a_second_yes_founds_no_second_group),
    cmocka_unit_test(a_name_that_is_taken_gets_a_number),
    cmocka_unit_test(only_the_word_of_the_keeper_publishes),
    cmocka_unit_test(false_friends_found_nothing),
    cmocka_unit_test(other_words_found_as_well),
    cmocka_unit_test(without_a_title_it_is_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
