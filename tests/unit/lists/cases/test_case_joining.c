/* Who wants to hear of somebody else's case, and who enters one for somebody without mail, in other words
 * than the plainest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/district.h"

#define ZOE "zoe@gmx.example"

static void who_names_a_number_to_hear_of_it_follows(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
  } mails[] = {
    { "Laterne", "Ich möchte bei KP-2026-0001 auch benachrichtigt werden." },
    { "KP-2026-0001", "Bitte auch mich informieren" },
    { "Laterne", "Ich möchte bei KP-2026-0001 mitlesen." },
    { "Frage", "Wie ist der Stand von KP-2026-0001?" },
    { "KP-2026-0001", "Gibt es hier etwas Neues?" },
  };
  district_day("2026-03-16");
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Laterne in der Dorfstraße",
             "Die Laterne vor der Schule ist kaputt. Wann wird sie repariert?", true);
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    g_autofree char *from = g_strdup_printf("zoe%d@gmx.example", (int)i);
    club_write(&club, from, "frage@kiez.example", mails[i].subject, mails[i].text, true);
    g_autoptr(GPtrArray) followers = case_parties(club.town.store, 1, "follower", NULL);
    if (followers->len != i + 1) fail_msg("%s: %s", mails[i].subject, mails[i].text);
  }
  club_write(
      &club, ZOE, "frage@kiez.example", "Laterne",
      "Anders als bei KP-2026-0001 geht es mir um die Laterne in der Parkstraße vor dem Haus 12, die seit "
      "drei Wochen nicht mehr leuchtet. Wann wird sie repariert?",
      true);
  g_autoptr(casefile_t) other = district_case(&club, 2);
  assert_non_null(other);
}

static void a_helper_says_so_in_many_ways(void **state)
{
  (void)state;
  static const struct {
    const char *text, *name;
  } mails[] = {
    { "Herr Paulsen rief an, er fragt, wann die Laterne in der Dorfstraße 1 repariert wird.",
      "Herr Paulsen" },
    { "Frau Berg war in der Sprechstunde: Wann wird die Laterne in der Dorfstraße 2 repariert?",
      "Frau Berg" },
    { "i. N. v. einem Besucher: Wann wird die Laterne in der Dorfstraße 3 repariert?", "einem Besucher" },
    { "Ich schreibe für meine Nachbarin: Wann wird die Laterne in der Dorfstraße 4 repariert?",
      "meine Nachbarin" },
  };
  district_day("2026-03-16");
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    club_write(&club, "Clara <clara@web.de>", "frage@kiez.example", "Anruf", mails[i].text, true);
    g_autoptr(GPtrArray) helpers = case_parties(club.town.store, (int64_t)i + 1, "helper", NULL);
    if (helpers->len != 1) fail_msg("%s", mails[i].text);
    const struct case_party *helper = helpers->pdata[0];
    assert_string_equal(helper->name, mails[i].name);
  }
}

static void a_name_without_end_is_no_name(void **state)
{
  (void)state;
  district_day("2026-03-16");
  g_autofree char *name = g_strnfill(400, 'x');
  g_autofree char *text = g_strdup_printf(
      "Herr %s rief an, er fragt, wann die Laterne in der Dorfstraße 1 repariert wird.", name);
  club_write(&club, "Clara <clara@web.de>", "frage@kiez.example", "Anruf", text, true);
  g_autoptr(GPtrArray) helpers = case_parties(club.town.store, 1, "helper", NULL);
  assert_int_equal(helpers->len, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, district_setup, district_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(who_names_a_number_to_hear_of_it_follows),
    CASE(a_helper_says_so_in_many_ways),
    CASE(a_name_without_end_is_no_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
