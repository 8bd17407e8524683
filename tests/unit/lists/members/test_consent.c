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
  g_autofree char *noted = post_mail(&club.town, "consent_done", "anna@web.de");
  assert_non_null(noted);
  assert_int_equal(count_letters(&club, "consent_done:anna@web.de"), 1);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "consent_done", "anna@web.de", "anna@web.de", "Danke für die Info", true);
  assert_true(consent_of(&club, "anna@web.de").given == TEST_NOW + 3600);
  club_answer(&club, "consent_done", "anna@web.de", "anna@web.de", "Nein, doch nicht.", true);
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

/* Who said yes, and then this, has taken it back; who never said anything has not said yes. */
static void no_word_of_refusal_ever_grants(void **state)
{
  (void)state;
  static const char *const refusals[] = {
    "Das Amt darf mir nicht unverschlüsselt schreiben.",
    "Ämter dürfen mir nicht unverschlüsselt schreiben",
    "Ich widerrufe: das Amt darf mir nicht mehr unverschlüsselt schreiben",
    "Ich widerrufe meine Einwilligung zur unverschlüsselten Korrespondenz",
    "Das Amt darf mir ab jetzt nur noch verschlüsselt schreiben",
    "Ab sofort bitte nur noch verschlüsselt oder per Post",
    "Ich möchte nicht mehr, dass Ämter mir unverschlüsselt schreiben",
    "Hiermit nehme ich meine Zustimmung zurück, keine unverschlüsselten Mails vom Amt mehr",
    "Bitte keine Mails vom Amt",
    "Ich will auf keinen Fall, dass mir Ämter unverschlüsselt schreiben",
    "Ich bin dagegen, dass das Amt mir unverschlüsselt schreibt",
    "Das Amt darf mir unverschlüsselt schreiben? Nein, das will ich nicht",
    "Ämter dürfen mir niemals unverschlüsselt schreiben",
    "Das Amt darf mir unverschlüsselt schreiben - das widerrufe ich",
    "offices may no longer write to me unencrypted",
    "I withdraw my consent that offices may write to me unencrypted",
    "Offices may not write to me without encryption",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++)
    for (int granted = 0; granted < 2; granted++) {
      struct club club;
      club_open(&club);
      if (granted)
        club_write(&club, "anna@web.de", "kiez@kiez.example", "",
                   "Das Amt darf mir unverschlüsselt schreiben.", true);
      assert_int_equal(granted ? consent_of(&club, "anna@web.de").given != 0 : 0, granted);
      clock_fix(TEST_NOW + 7200);
      club_write(&club, "anna@web.de", "kiez@kiez.example", "", refusals[i], true);
      bool asks = strchr(refusals[i], '?') != NULL;
      if (consent_of(&club, "anna@web.de").given != 0 && !(asks && granted))
        fail_msg("\"%s\" grants, or does not revoke (%d)", refusals[i], granted);
      club_close(&club);
    }
}

static void a_clear_yes_grants(void **state)
{
  (void)state;
  static const char *const grants[] = {
    "Das Amt darf mir unverschlüsselt schreiben.",
    "Ämter dürfen mir gern unverschlüsselte Mails schicken",
    "Ich bin einverstanden, dass Ämter mir unverschlüsselt schreiben",
    "Ich erlaube den Ämtern, mir unverschlüsselt zu schreiben.",
    "Offices may write to me unencrypted",
    "I agree that offices write to me without encryption",
  };
  static const char *const neither[] = {
    "Das Amt darf mir unverschlüsselt schreiben, aber erst wenn ich es sage",
    "Darf das Amt mir unverschlüsselt schreiben?",
    "Kann mir das Amt auch unverschlüsselt schreiben?",
    "Ich habe eine Frage zur unverschlüsselten Korrespondenz",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(grants) + G_N_ELEMENTS(neither); i++) {
    bool grants_it = i < G_N_ELEMENTS(grants);
    const char *text = grants_it ? grants[i] : neither[i - G_N_ELEMENTS(grants)];
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "kiez@kiez.example", "", text, true);
    if ((consent_of(&club, "anna@web.de").given != 0) != grants_it) fail_msg("\"%s\" is misread", text);
    club_close(&club);
  }
}

static void an_answer_that_denies_is_no_yes(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool grants;
  } rows[] = {
    { "Ja", true },
    { "ja, einverstanden", true },
    { "Ja, aber nur verschlüsselt", false },
    { "Ok, ich widerrufe", false },
    { "Einverstanden bin ich damit nicht", false },
    { "nur noch verschlüsselt", false },
    { "Ja? Was heißt das", false },
    { "Ja, aber nur das Ordnungsamt", false },
    { "Ja, per Brief", false },
    { "bin bis Montag weg, ja", false },
    { "Alles klar, danke", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    club_open(&club);
    town_list(&club.town, "maengel", "defects", false);
    club_write(&club, "anna@web.de", "maengel@kiez.example", "Laterne", "Die Laterne ist aus.", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "consent", "anna@web.de", "anna@web.de", rows[i].text, true);
    if ((consent_of(&club, "anna@web.de").given != 0) != rows[i].grants)
      fail_msg("\"%s\" is misread", rows[i].text);
    club_close(&club);
  }
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
    cmocka_unit_test(asked_once_dated_and_revocable),  cmocka_unit_test(words_take_it_back),
    cmocka_unit_test(no_word_of_refusal_ever_grants),  cmocka_unit_test(a_clear_yes_grants),
    cmocka_unit_test(an_answer_that_denies_is_no_yes), cmocka_unit_test(nobody_consents_for_another),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
