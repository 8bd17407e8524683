/* Inviting by mail: one mail an address, ever, three a day, and nothing of the inviter's but the name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

static int count_letters(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static void a_reply_to_an_invitation_joins(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Anna Meier <anna@web.de>", "gruenau+einladen@kiez.example", "Einladen",
             "Das sind oma@web.de und <enkel@gmx.de>. Ihr werdet reich!", true);
  assert_int_equal(count_letters(&club, "invite:"), 2);
  g_autofree char *letter = post_mail(&club.town, "invite", "oma@web.de");
  assert_non_null(strstr(letter, "Anna Meier"));
  assert_null(strstr(letter, "reich"));
  assert_null(strstr(letter, "anna@web.de"));
  assert_string_equal(club_state(&club, "oma@web.de"), "none");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "invite", "oma@web.de", "oma@web.de", "Ja gern!", true);
  assert_string_equal(club_state(&club, "oma@web.de"), "active each");
  club_answer(&club, "invite", "enkel@gmx.de", "enkel@gmx.de", "Nein danke", true);
  assert_string_equal(club_state(&club, "enkel@gmx.de"), "none");
  club_close(&club);
}

static void in_words_at_the_front_door(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Oma", "Bitte ladet oma@web.de zu Grünau ein. Danke!",
             true);
  assert_int_equal(count_letters(&club, "invite:oma@web.de"), 1);
  club_close(&club);
}

static void one_mail_ever_and_three_a_day(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  for (int day = 0; day < 4; day++) {
    clock_fix(TEST_NOW + day * 90000);
    g_autofree char *subject = g_strdup_printf("Einladen %d", day);
    club_write(&club, "anna@web.de", "gruenau+einladen@kiez.example", subject,
               "eins@web.de, eins+x@web.de, zwei@web.de, drei@web.de, vier@web.de, anna@web.de, bert@web.de",
               true);
    assert_int_equal(count_letters(&club, "invite:"), day == 0 ? 3 : 4);
  }
  assert_int_equal(count_letters(&club, "invite:bert@web.de"), 0);
  clock_fix(TEST_NOW + 10 * 90000);
  club_write(&club, "bert@web.de", "gruenau+einladen@kiez.example", "Auch ich", "eins@web.de", true);
  assert_int_equal(count_letters(&club, "invite:"), 4);
  club_close(&club);
}

/* How often a word stands in a letter. */
static int count_words(const char *letter, const char *word)
{
  int count = 0;
  for (const char *at = letter; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static void none_of_many_addresses_is_lost_without_a_word(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  g_autoptr(GString) text = g_string_new("Bitte ladet ein:\n");
  for (int i = 0; i < 60; i++) g_string_append_printf(text, "gast%d@web.de, Gast%d@web.de\n", i, i);
  for (int day = 0; day < 3; day++) {
    clock_fix(TEST_NOW + day * 90000);
    g_autofree char *subject = g_strdup_printf("Einladen %d", day);
    club_write(&club, "anna@web.de", "gruenau+einladen@kiez.example", subject, text->str, true);
    g_autofree char *letter = post_mail(&club.town, "invite_done", "anna@web.de");
    assert_non_null(letter);
    g_autofree char *more = g_strdup_printf("genannt: %d.", 60 - 3 * (day + 1) - 20);
    if (!strstr(letter, more)) fail_msg("\"%s\" is not in %s", more, letter);
    assert_int_equal(count_words(letter, "* gast"), 3 * (day + 1) + 20);
    assert_int_equal(count_letters(&club, "invite:"), 3 * (day + 1));
  }
  club_close(&club);
}

static void nobody_invites_in_anothers_name(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau+einladen@kiez.example", "Einladen", "opfer@web.de", false);
  assert_int_equal(count_letters(&club, "invite:"), 0);
  assert_int_equal(count_letters(&club, "invitation:anna@web.de"), 1);
  club_write(&club, "fremd@web.de", "gruenau+einladen@kiez.example", "Einladen", "opfer@web.de", true);
  assert_int_equal(count_letters(&club, "invite:"), 0);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "invitation", "anna@web.de", "anna@web.de", "Ja, das war ich.", true);
  assert_int_equal(count_letters(&club, "invite:opfer@web.de"), 1);
  club_close(&club);
}

static void a_mail_without_addresses_is_answered(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau+einladen@kiez.example", "Einladen", "Meine Oma bitte.", true);
  assert_int_equal(count_letters(&club, "invite_done:anna@web.de"), 1);
  assert_int_equal(count_letters(&club, "invite:"), 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_reply_to_an_invitation_joins),
    cmocka_unit_test(in_words_at_the_front_door),
    cmocka_unit_test(one_mail_ever_and_three_a_day),
    cmocka_unit_test(nobody_invites_in_anothers_name),
    cmocka_unit_test(a_mail_without_addresses_is_answered),
    cmocka_unit_test(none_of_many_addresses_is_lost_without_a_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
