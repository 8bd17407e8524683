/* A post from an address that nobody knew: its author names the one they are a member with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/requests.h"

#define NEW "anna.privat@gmx.de"

static void open(struct club *club)
{
  club_open(club);
  town_member(&club->town, club->list, "karin@web.de", "member,moderator");
  club_write(club, "bert@web.de", "gruenau@kiez.example", "Hoffest", "Wer bringt Bänke mit?", true);
  g_autofree char *to = club_reply_address(club, "post", "anna@web.de");
  club_write(club, NEW, to, "Re: Hoffest", "Ich habe zwei davon im Keller stehen.", true);
}

static bool is_one_person(struct club *club)
{
  int64_t person = person_find(club->town.store, "anna@web.de", NULL);
  return person && person == person_find(club->town.store, NEW, NULL);
}

/* Those about the first mail that is held. */
static int open_questions(struct club *club)
{
  g_autoptr(GPtrArray) open = requests_about(club->town.store, "moderate", 1, NULL);
  return (int)open->len;
}

static void their_yes_from_there_lets_the_post_through(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 0);
  g_autofree char *notice = post_mail(&club.town, "hold_notice", NEW);
  assert_non_null(notice);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "hold_notice", NEW, NEW, "Ja, ich bin anna@web.de\n\nGruß Anna", true);
  g_autofree char *told = post_mail(&club.town, "hold_address", NEW),
                  *asked = post_mail(&club.town, "address", "anna@web.de");
  assert_non_null(told);
  assert_non_null(asked);
  assert_non_null(strstr(asked, NEW));
  assert_false(is_one_person(&club));
  assert_int_equal(open_questions(&club), 2);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja", true);
  assert_true(is_one_person(&club));
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
  assert_int_equal(open_questions(&club), 0);
  club_write(&club, NEW, "gruenau@kiez.example", "Tische", "Tische habe ich auch noch.", true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 2);
  club_close(&club);
}

static void a_moderator_may_be_faster(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "hold_notice", NEW, NEW, "anna@web.de", true);
  club_answer(&club, "moderate", "karin@web.de", "karin@web.de", "ok", true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja", true);
  assert_true(is_one_person(&club));
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
  club_close(&club);
}

static void a_no_and_silence_change_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "hold_notice", NEW, NEW, "anna@web.de", true);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Nein, kenne ich nicht.", true);
  assert_false(is_one_person(&club));
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 0);
  assert_int_equal(open_questions(&club), 2);
  club_close(&club);
}

/* Whoever asks learns nothing of who is a member, and no stranger is written to. */
static void members_and_others_are_answered_alike(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "hold_notice", NEW, NEW, "Meine andere Adresse ist fremd@gmx.de", true);
  assert_int_equal(moderated_count(&club, "hold_address", NEW), 1);
  assert_int_equal(moderated_count(&club, "address", NULL), 0);
  club_answer(&club, "hold_notice", NEW, NEW, "Meine andere Adresse ist bert@web.de", true);
  assert_int_equal(moderated_count(&club, "hold_address", NEW), 2);
  assert_int_equal(moderated_count(&club, "address", "bert@web.de"), 1);
  g_autofree char *mail = post_mail(&club.town, "hold_address", NEW);
  assert_null(strstr(mail, "fremd@gmx.de")); /* the second letter names what it was asked about */
  club_close(&club);
}

static void nobody_else_names_an_address(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "hold_notice", NEW, "fremd@gmx.de", "anna@web.de", true);
  club_answer(&club, "hold_notice", NEW, NEW, "anna@web.de", false);
  assert_int_equal(moderated_count(&club, "address", "anna@web.de"), 0);
  club_answer(&club, "hold_notice", NEW, NEW, "Danke!", true);
  assert_int_equal(moderated_count(&club, "hold_address", NULL), 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(their_yes_from_there_lets_the_post_through),
    cmocka_unit_test(a_moderator_may_be_faster),
    cmocka_unit_test(a_no_and_silence_change_nothing),
    cmocka_unit_test(members_and_others_are_answered_alike),
    cmocka_unit_test(nobody_else_names_an_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
