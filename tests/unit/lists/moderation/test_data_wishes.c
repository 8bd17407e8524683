/* Wishes about one's own data that are said to a list: nobody of the list gets them, those who answer them
 * do, and whoever wrote hears that; mails about other data are asked about, or go to all. */
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
  moderated_open(&club);
  town_list(&club.town, "datenschutz", "duty", false);
  town_list(&club.town, "maengel", "defects", false);
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

static void a_wish_goes_where_it_is_answered(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Bitte löschen Sie alle meine Daten.",
    "Welche Daten habt ihr über mich gespeichert?",
    "Hiermit bitte ich um Auskunft nach Art. 15 DSGVO über die zu meiner Person gespeicherten Daten.",
    "Ich widerspreche der Verarbeitung meiner Daten und bitte um Löschung.",
    "Please delete all my personal data.",
    "What data do you store about me?",
    "Kişisel verilerimin silinmesini istiyorum.",
    "Hakkımda hangi verileri saklıyorsunuz?",
    "Удалите все мои персональные данные.",
    "Какие данные вы обо мне храните?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    int before = moderated_count(&club, "data_received", "anna@web.de");
    clock_fix(clock_now() + 26 * 3600);
    club_write(&club, "anna@web.de", LIST, "Meine Daten", texts[i], true);
    if (posts() != 0 || moderated_waiting(&club) != 0 ||
        moderated_count(&club, "data_received", "anna@web.de") != before + 1)
      fail_msg("%s", texts[i]);
    assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  }
  assert_true(moderated_count(&club, "admin", NULL) >= (int)G_N_ELEMENTS(texts));
}

static void strangers_and_other_addresses_too(void **state)
{
  (void)state;
  club_write(&club, "zoe@web.de", LIST, "DSGVO", "Welche Daten haben Sie über mich gespeichert?", true);
  assert_int_equal(moderated_count(&club, "data_received", "zoe@web.de"), 1);
  club_write(&club, "yve@web.de", "maengel@kiez.example", "DSGVO",
             "Bitte löschen Sie alle meine Daten nach Art. 17 DSGVO.", true);
  assert_int_equal(moderated_count(&club, "data_received", "yve@web.de"), 1);
  assert_int_equal(moderated_waiting(&club), 0);
  club_write(&club, "xaver@web.de", LIST, "DSGVO", "Welche Daten haben Sie über mich gespeichert?", false);
  assert_int_equal(moderated_count(&club, "data_received", "xaver@web.de"), 0);
}

static void other_data_is_asked_about_or_a_post(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", LIST, "Frage",
             "Welche Daten speichert eigentlich das Bezirksamt über uns?", true);
  club_write(&club, "bert@web.de", LIST, "Frage",
             "Wie lösche ich alle meine Daten vom alten Handy, bevor ich es verschenke?", true);
  assert_int_equal(moderated_count(&club, "data_received", NULL), 0);
  assert_int_equal(moderated_waiting(&club), 0); /* none without a word */
  assert_int_equal(posts() + moderated_count(&club, "private_reply", NULL), 2);
  club_write(&club, "anna@web.de", LIST, "Fotos",
             "Habt ihr Fotos von mir vom Hoffest? Bitte schickt sie mir.", true);
  club_write(&club, "bert@web.de", LIST, "Vortrag",
             "Am Mittwoch hält Herr Weiß einen Vortrag zur DSGVO im Verein (Art. 15 und Art. 17).", true);
  assert_int_equal(moderated_count(&club, "data_received", NULL), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_wish_goes_where_it_is_answered, setup, teardown),
    cmocka_unit_test_setup_teardown(strangers_and_other_addresses_too, setup, teardown),
    cmocka_unit_test_setup_teardown(other_data_is_asked_about_or_a_post, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
