/* Orders about posts that are said to the whole list: nobody gets them, whoever wrote is shown the post, and
 * only their clear answer does it; and mails that only sound like one, which all get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/threads.h"

#define LIST "gruenau@kiez.example"
#define ANNA "Anna Sommer <anna@web.de>"

static struct club club;

static int setup(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  moderated_open(&club);
  club_write(&club, ANNA, LIST, "Sofa zu verschenken", "Wer will mein Sofa? Mein Nachbar ist ein Dieb.",
             true);
  club_write(&club, "Bert Winter <bert@web.de>", LIST, "Hoffest", "Am Samstag ist Hoffest.", true);
  clock_fix(TEST_NOW + 3600);
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

static bool is_there(int64_t message)
{
  g_autoptr(message_row) row = message_get(club.town.store, message, NULL);
  return strstr(row->text, message == 1 ? "Dieb" : "Hoffest") != NULL;
}

static void what_somebody_orders_is_asked_and_not_posted(void **state)
{
  (void)state;
  static const struct {
    const char *from, *text;
  } cases[] = {
    { "clara@web.de", "Anna bitte auf Moderation setzen" },
    { "clara@web.de", "bitte den Beitrag von Bert löschen" },
    { "clara@web.de", "Bert sperren, der nervt" },
    { "clara@web.de", "Berts Mails künftig bitte erst prüfen." },
    { "clara@web.de", "Ich will, dass der Bert rausfliegt" },
    { "clara@web.de", "Der Beitrag von gestern muss weg." },
    { "clara@web.de", "bert@web.de bitte blockieren" },
    { "clara@web.de", "Please put Anna on moderation" },
    { "clara@web.de", "Alle neuen Beiträge bitte erst mir vorlegen." },
    { "bert@web.de", "Bitte den Beitrag von Anna löschen" },
    { "anna@web.de", "bitte nehmt meinen Beitrag wieder raus" },
    { "anna@web.de", "hab mich vertan, bitte löschen" },
    { "anna@web.de", "zurückziehen" },
    { "anna@web.de", "Please delete my post" },
    { "anna@web.de", "Mesajımı siler misiniz?" },
    { "anna@web.de", "Удалите, пожалуйста, моё сообщение" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int before = moderated_count(&club, "order_said", cases[i].from), there = posts();
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, cases[i].from, LIST, "Bitte", cases[i].text, true);
    if (posts() != there || moderated_count(&club, "order_said", cases[i].from) != before + 1)
      fail_msg("%s", cases[i].text);
  }
  assert_true(is_there(1) && is_there(2));
}

static void what_only_sounds_so_goes_to_all(void **state)
{
  (void)state;
  static const struct {
    const char *from, *text;
  } cases[] = {
    { "clara@web.de", "Der Baum muss weg, der ist krank." },
    { "clara@web.de", "Bitte den Radweg sperren, da liegt Glas." },
    { "clara@web.de", "Bert, kannst du bitte den Weg sperren?" },
    { "clara@web.de", "Bitte die Mail von gestern sofort löschen, da ist ein Virus drin!" },
    { "anna@web.de", "Wer hat meinen Beitrag gelöscht?" },
    { "anna@web.de", "Bitte ignoriert meine letzte Mail, das Treffen ist doch am Dienstag." },
    { "bert@web.de", "Wir müssen die alte Bank entfernen, Anna hilft." },
    { "clara@web.de", "Anna moderiert am Samstag das Fest." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int there = posts();
    clock_fix(clock_now() + 3600);
    club_write(&club, cases[i].from, LIST, "Bitte", cases[i].text, true);
    if (posts() != there + 1) fail_msg("%s", cases[i].text);
  }
}

static void who_wants_to_leave_takes_no_post_back(void **state)
{
  (void)state;
  static const char *const texts[] = { "remove", "Habe mich versehentlich angemeldet, bitte löschen",
                                       "War ein Versehen, bitte löscht mich aus dem Verteiler" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    club_write(&club, ANNA, LIST, "Frage", texts[i], true);
    if (moderated_count(&club, "order_said", "anna@web.de") > 0) fail_msg("%s", texts[i]);
    assert_int_equal(posts(), 2);
    clock_fix(clock_now() + 3600);
    town_member(&club.town, club.list, "anna@web.de", "member");
  }
}

static void an_author_takes_their_own_back(void **state)
{
  (void)state;
  club_write(&club, ANNA, LIST, "Bitte", "Bitte meine letzte Mail löschen, die ging an die Falschen.", true);
  g_autofree char *asked = moderated_line(&club, "order_said", "anna@web.de");
  assert_non_null(strstr(asked, "Sofa zu verschenken"));
  club_answer(&club, "order_said", "anna@web.de", "anna@web.de", "Ja, bitte zurückziehen", true);
  assert_false(is_there(1));
  assert_true(is_there(2));
  assert_int_equal(moderated_count(&club, "order_done", "anna@web.de"), 1);
}

static void moderators_order_about_others(void **state)
{
  (void)state;
  club_write(&club, "clara@web.de", LIST, "Bitte", "Bert sperren, der nervt", true);
  club_answer(&club, "order_said", "clara@web.de", "clara@web.de", "Ja, sperren", true);
  club_write(&club, "bert@web.de", LIST, "Noch etwas", "Hier bin ich wieder.", true);
  assert_int_equal(posts(), 2);
  club_write(&club, "clara@web.de", LIST, "Und", "bitte den Beitrag von Anna löschen", true);
  club_answer(&club, "order_said", "clara@web.de", "clara@web.de", "Ja", true);
  assert_false(is_there(1));
}

static void nobody_orders_about_others_without_a_duty_or_in_anothers_name(void **state)
{
  (void)state;
  club_write(&club, "bert@web.de", LIST, "Bitte", "Bitte den Beitrag von Anna löschen", true);
  g_autofree char *told = moderated_line(&club, "order_said", "bert@web.de");
  assert_non_null(strstr(told, "missbrauch@"));
  club_answer(&club, "order_said", "bert@web.de", "bert@web.de", "Ja, löschen", true);
  assert_true(is_there(1));
  clock_fix(clock_now() + 3600);
  club_write(&club, "clara@web.de", LIST, "Bitte", "Bitte den Beitrag von Anna löschen", false);
  club_answer(&club, "order_said", "clara@web.de", "thief@evil.example", "Ja, löschen", true);
  club_answer(&club, "order_said", "clara@web.de", "clara@web.de", "Ja, löschen", false);
  assert_true(is_there(1));
  assert_int_equal(posts(), 2);
}

static void what_was_for_all_goes_to_all(void **state)
{
  (void)state;
  club_write(&club, ANNA, LIST, "Bitte", "hab mich vertan, bitte löschen", true);
  club_answer(&club, "order_said", "anna@web.de", "anna@web.de", "Nein, an alle!", true);
  assert_int_equal(posts(), 2);
  club_answer(&club, "order_said", "anna@web.de", "anna@web.de", "An alle", true);
  assert_int_equal(posts(), 3);
  clock_fix(clock_now() + 3600);
  club_write(&club, ANNA, LIST, "Bitte", "bitte nehmt meinen Beitrag wieder raus", true);
  club_answer(&club, "order_said", "anna@web.de", "anna@web.de", "Herkese", true);
  assert_int_equal(posts(), 4);
  assert_true(is_there(1));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(what_somebody_orders_is_asked_and_not_posted, setup, teardown),
    cmocka_unit_test_setup_teardown(what_only_sounds_so_goes_to_all, setup, teardown),
    cmocka_unit_test_setup_teardown(who_wants_to_leave_takes_no_post_back, setup, teardown),
    cmocka_unit_test_setup_teardown(an_author_takes_their_own_back, setup, teardown),
    cmocka_unit_test_setup_teardown(moderators_order_about_others, setup, teardown),
    cmocka_unit_test_setup_teardown(nobody_orders_about_others_without_a_duty_or_in_anothers_name, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(what_was_for_all_goes_to_all, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
