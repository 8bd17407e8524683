/* Several addresses a person: how one is learned, and that nobody else's ever is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

/* Anna gets a letter of ours that she can answer. */
static void letter_to_anna(struct club *club)
{
  club_write(club, "anna@web.de", "kiez@kiez.example", "Mails",
             "Bitte jede Mail einzeln und sofort schicken.", true);
}

static bool is_one_person(struct club *club, const char *a, const char *b)
{
  int64_t person = person_find(club->town.store, a, NULL);
  return person && person == person_find(club->town.store, b, NULL);
}

static int count_letters(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static void an_answer_from_elsewhere_teaches_an_address(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "anna.privat@gmx.de", "Danke, das passt so für mich.",
              true);
  g_autofree char *question = post_mail(&club.town, "address", "anna@web.de");
  assert_non_null(question);
  assert_non_null(strstr(question, "anna.privat@gmx.de"));
  assert_false(is_one_person(&club, "anna@web.de", "anna.privat@gmx.de"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja, das bin ich auch.", true);
  assert_true(is_one_person(&club, "anna@web.de", "anna.privat@gmx.de"));
  club_write(&club, "anna.privat@gmx.de", "gruenau@kiez.example", "Hoffest", "Wer bringt Bänke mit?", true);
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(copy);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Bänke", "Ich habe zwei davon.", true);
  assert_int_equal(count_letters(&club, "post:anna@web.de"), 1);
  assert_int_equal(count_letters(&club, "post:anna.privat@gmx.de"), 0);
  club_close(&club);
}

static void only_a_yes_is_a_yes(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_yes;
  } cases[] = { { "Wer ist das denn?", false },
                { "Keine Ahnung, kenne ich nicht.", false },
                { "nein", false },
                { "ja", true },
                { "Ja, stimmt.", true },
                { "yes", true } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    letter_to_anna(&club);
    club_answer(&club, "settings_done", "anna@web.de", "anna.privat@gmx.de", "Danke, das passt so.", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "address", "anna@web.de", "anna@web.de", cases[i].text, true);
    if (is_one_person(&club, "anna@web.de", "anna.privat@gmx.de") != cases[i].is_yes)
      fail_msg("%s", cases[i].text);
    club_close(&club);
  }
}

static void a_from_alone_asks_nobody(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "opfer@web.de", "Danke, das passt so.", false);
  assert_int_equal(count_letters(&club, "address:"), 0);
  club_write(&club, "opfer@web.de", "gruenau@kiez.example", "Anna", "Ich bin auch Anna.", true);
  assert_int_equal(count_letters(&club, "address:"), 0);
  club_close(&club);
}

static void whoever_got_a_letter_forwarded_cannot_say_yes(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "dieb@gmx.de", "Sehr gut, danke!", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "dieb@gmx.de", "Ja", true);
  assert_false(is_one_person(&club, "anna@web.de", "dieb@gmx.de"));
  g_autofree char *told = post_mail(&club.town, "request_again", "anna@web.de");
  assert_non_null(told);
  assert_int_equal(count_letters(&club, "request_again:dieb@gmx.de"), 0);
  clock_fix(TEST_NOW + 9000);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Nein", true);
  assert_false(is_one_person(&club, "anna@web.de", "dieb@gmx.de"));
  assert_int_equal(person_find(club.town.store, "dieb@gmx.de", NULL), 0);
  club_close(&club);
}

static void the_thief_cannot_confirm_either(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "dieb@gmx.de", "Sehr gut, danke!", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja", false);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "anna@web.de", "dieb@gmx.de", "Ja, das war ich", true);
  club_answer(&club, "proof", "anna@web.de", "dieb@gmx.de", "Ja", false);
  assert_false(is_one_person(&club, "anna@web.de", "dieb@gmx.de"));
  club_close(&club);
}

static void who_is_not_vouched_for_confirms_twice(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "anna.privat@gmx.de", "Danke, das passt so.", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja, das bin ich.", false);
  assert_false(is_one_person(&club, "anna@web.de", "anna.privat@gmx.de"));
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "anna@web.de", "anna@web.de", "Ja, das war ich.", false);
  assert_true(is_one_person(&club, "anna@web.de", "anna.privat@gmx.de"));
  club_close(&club);
}

static void many_strangers_are_one_question(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  letter_to_anna(&club);
  for (int i = 0; i < 8; i++) {
    g_autofree char *from = g_strdup_printf("fremd%d@gmx.de", i);
    g_autofree char *text = g_strdup_printf("Vielen Dank dafür, Nummer %d!", i);
    club_answer(&club, "settings_done", "anna@web.de", from, text, true);
  }
  assert_int_equal(count_letters(&club, "address:"), 1);
  club_close(&club);
}

static void two_members_turn_out_to_be_one(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t chor = town_list(&club.town, "chor", "group", false);
  town_member(&club.town, chor, "anna.arbeit@firma.de", "member,moderator");
  town_member(&club.town, club.list, "anna.arbeit@firma.de", "member");
  club_write(&club, "anna.arbeit@firma.de", "gruenau@kiez.example", "Von der Arbeit", "Wer singt heute mit?",
             true);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "anna.arbeit@firma.de", "Danke, so ist es gut für mich.",
              true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "ja", true);
  assert_true(is_one_person(&club, "anna@web.de", "anna.arbeit@firma.de"));
  int64_t anna = person_find(club.town.store, "anna@web.de", NULL);
  g_autoptr(member_t) singer = member_find(club.town.store, chor, anna, NULL);
  assert_non_null(singer);
  assert_string_equal(singer->address, "anna.arbeit@firma.de");
  assert_true(member_has_role(singer, "moderator"));
  g_autoptr(message_row) first = message_get(club.town.store, 1, NULL);
  assert_int_equal(first->person, anna);
  int before = count_letters(&club, "post:anna");
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Ich", "Ich singe gern heute mit.", true);
  assert_int_equal(count_letters(&club, "post:anna") - before, 1);
  club_close(&club);
}

static void an_old_address_for_leaving_means_who_has_it_now(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t chor = town_list(&club.town, "chor", "group", false);
  town_member(&club.town, chor, "anna.arbeit@firma.de", "member");
  town_member(&club.town, chor, "bert@web.de", "member");
  club_write(&club, "bert@web.de", "chor@kiez.example", "Probe", "Die Probe fällt am Montag aus.", true);
  g_autofree char *copy = post_mail(&club.town, "post", "anna.arbeit@firma.de");
  const char *at = strstr(copy, "List-Unsubscribe: <mailto:");
  assert_non_null(at);
  at += strlen("List-Unsubscribe: <mailto:");
  g_autofree char *raw = g_strndup(at, strcspn(at, ">"));
  g_autofree char *leave = g_uri_unescape_string(raw, NULL);
  letter_to_anna(&club);
  club_answer(&club, "settings_done", "anna@web.de", "anna.arbeit@firma.de", "Danke, so ist es gut für mich.",
              true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "ja", true);
  int64_t anna = person_find(club.town.store, "anna@web.de", NULL);
  g_autoptr(member_t) before = member_find(club.town.store, chor, anna, NULL);
  assert_non_null(before);
  club_write(&club, "anna.arbeit@firma.de", leave, "Austreten", "", false);
  g_autoptr(member_t) after = member_find(club.town.store, chor, anna, NULL);
  assert_null(after);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_answer_from_elsewhere_teaches_an_address),
    cmocka_unit_test(only_a_yes_is_a_yes),
    cmocka_unit_test(a_from_alone_asks_nobody),
    cmocka_unit_test(whoever_got_a_letter_forwarded_cannot_say_yes),
    cmocka_unit_test(the_thief_cannot_confirm_either),
    cmocka_unit_test(who_is_not_vouched_for_confirms_twice),
    cmocka_unit_test(many_strangers_are_one_question),
    cmocka_unit_test(two_members_turn_out_to_be_one),
    cmocka_unit_test(an_old_address_for_leaving_means_who_has_it_now),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
