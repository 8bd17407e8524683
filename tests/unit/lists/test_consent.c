/* Consent to unencrypted mail with offices: asked once, dated, taken back by mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/people/consents.h"

#include "tests/unit/lists/members.h"

static int count_letters(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static struct consent consent_of(struct club *club, const char *address)
{
  struct consent consent;
  assert_true(consent_get(club->town.store, person_find(club->town.store, address, NULL), &consent, NULL));
  return consent;
}

static void asked_once_dated_and_revocable(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "maengel", "defects", false);
  club_write(&club, "anna@web.de", "maengel@kiez.example", "Laterne",
             "In der Baumallee 70 ist die Laterne aus.", true);
  club_write(&club, "anna@web.de", "maengel@kiez.example", "Noch eine", "In der Baumallee 72 auch.", true);
  assert_int_equal(count_letters(&club, "consent:anna@web.de"), 1);
  assert_true(consent_of(&club, "anna@web.de").given == 0);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "consent", "anna@web.de", "anna@web.de", "Was heißt das denn?", true);
  assert_true(consent_of(&club, "anna@web.de").given == 0);
  club_answer(&club, "consent", "anna@web.de", "anna@web.de", "Ja", true);
  assert_true(consent_of(&club, "anna@web.de").given == TEST_NOW + 3600);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "consent", "anna@web.de", "anna@web.de", "Nein, doch nicht.", true);
  struct consent after = consent_of(&club, "anna@web.de");
  assert_true(after.given == 0 && after.revoked == TEST_NOW + 7200 && after.asked == TEST_NOW);
  club_close(&club);
}

static void words_take_it_back(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Ämter",
             "Das Amt darf mir unverschlüsselt schreiben.", true);
  assert_true(consent_of(&club, "anna@web.de").given == TEST_NOW);
  clock_fix(TEST_NOW + 7200);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Ämter",
             "Bitte keine unverschlüsselten Mails vom Amt.", true);
  struct consent after = consent_of(&club, "anna@web.de");
  assert_true(after.given == 0 && after.revoked == TEST_NOW + 7200);
  club_close(&club);
}

static void nobody_consents_for_another(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "maengel", "defects", false);
  club_write(&club, "anna@web.de", "maengel@kiez.example", "Laterne", "Die Laterne ist aus.", false);
  club_write(&club, "fremd@web.de", "maengel@kiez.example", "Laterne", "Hier auch.", true);
  assert_int_equal(count_letters(&club, "consent:"), 0);
  club_write(&club, "anna@web.de", "maengel@kiez.example", "Laterne", "Die Laterne ist immer noch aus.",
             true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "consent", "anna@web.de", "dieb@web.de", "Ja", true);
  club_answer(&club, "consent", "anna@web.de", "anna@web.de", "Ja", false);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Ämter",
             "Das Amt darf mir unverschlüsselt schreiben.", false);
  assert_true(consent_of(&club, "anna@web.de").given == 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(asked_once_dated_and_revocable),
    cmocka_unit_test(words_take_it_back),
    cmocka_unit_test(nobody_consents_for_another),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
