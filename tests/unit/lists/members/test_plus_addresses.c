/* Who joins as neu+kiez@ and answers as neu@: the tag makes nobody the same person, and still they get in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

#include "lists/list_cache.h"
#include "lists/moderation/posting.h"

#define TAGGED "neu+kiez@web.de"

static void join_and_answer_as(const char *from, bool is_vouched)
{
  club_write(&club, TAGGED, "gruenau+beitreten@kiez.example", "Beitreten", "Bitte aufnehmen", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", TAGGED, from, "Ja", is_vouched);
  assert_string_equal(club_state(&club, TAGGED), "none");
  clock_fix(TEST_NOW + 7200);
}

static void the_untagged_address_finishes_in_two_steps(void **state)
{
  (void)state;
  join_and_answer_as("neu@web.de", true);
  club_answer(&club, "proof", TAGGED, "neu@web.de", "Ja", true);
  assert_string_equal(club_state(&club, TAGGED), "active each");
  assert_string_equal(club_state(&club, "neu@web.de"), "none"); /* nobody's second address by that */
}

static void nobody_else_finishes_it(void **state)
{
  (void)state;
  static const struct {
    const char *from;
    bool is_vouched;
  } others[] = {
    { "neu@web.de", false }, { "neu+x@web.de", true }, { "neu@gmx.de", true }, { "eve@web.de", true }
  };
  join_and_answer_as("neu@web.de", true);
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    club_answer(&club, "proof", TAGGED, others[i].from, "Ja", others[i].is_vouched);
    if (strcmp(club_state(&club, TAGGED), "none") != 0) fail_msg("%s", others[i].from);
  }
}

static void a_tag_gives_no_say_over_anothers_membership(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", "gruenau+austreten@kiez.example", "Austreten", "Bitte austragen", false);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "leave", "anna@web.de", "anna+x@web.de", "Ja, austragen", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
}

static void anyone_means_strangers_whatever_rule_was_there(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  struct store *store = club.town.store;
  g_autoptr(list_row) list = list_get(store, club.list, NULL);
  if (!store_begin(store, &error) || !list_rule_put(store, club.list, "non_member", "reject", &error) ||
      !posting_set(store, list, "anyone", &error))
    fail_msg("%s", error->message);
  g_autofree char *word = posting_of(store, list, NULL);
  assert_string_equal(word, "anyone");
  assert_true(list_rule_put(store, club.list, "non_member", "reject", NULL));
  assert_true(posting_set(store, list, "anyone-moderated", NULL));
  g_autofree char *rule = list_rule_get(store, club.list, "non_member", NULL);
  assert_string_equal(rule, "hold");
  assert_true(store_commit(store, NULL));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(the_untagged_address_finishes_in_two_steps),
    CASE(nobody_else_finishes_it),
    CASE(a_tag_gives_no_say_over_anothers_membership),
    CASE(anyone_means_strangers_whatever_rule_was_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
