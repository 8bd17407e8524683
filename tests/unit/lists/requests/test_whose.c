/* Whose answer it is: a letter that somebody was sent and passed on ("was ist das?") lets its reader do
 * nothing in their name; the person who was asked confirms first, where we know them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

#define DIEB "dieb@evil.example"

/* As a list is where nobody has settled anything. */
static void open_usual(struct club *club)
{
  club_open(club);
  assert_true(store_begin(club->town.store, NULL) &&
              list_rule_put(club->town.store, club->list, "unauthenticated", NULL, NULL) &&
              store_commit(club->town.store, NULL));
}

static int count(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int found = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) found++;
  return found;
}

/* Two hours later each time. */
static void later(int hours)
{
  clock_fix(TEST_NOW + hours * 7200);
}

/* The Message-ID that is kept of whoever confirmed a purpose's question. */
static char *kept_of(struct club *club, int64_t id)
{
  g_autoptr(request_t) request = request_get(club->town.store, id, NULL);
  return request ? g_strdup_printf("%s %s", request->state, request->answer_id) : NULL;
}

static void a_stolen_letter_posts_nothing_in_the_members_name(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Geld", "Bitte überweist mir Geld.", false);
  later(1);
  club_answer(&club, "unproven", "anna@web.de", DIEB, "ja", true);
  club_answer(&club, "unproven", "anna@web.de", DIEB, "Ja, das war ich", false);
  assert_int_equal(count(&club, "post:"), 0);
  assert_int_equal(count(&club, "proof:anna@web.de"), 1);
  later(2);
  club_answer(&club, "proof", "anna@web.de", DIEB, "Ja", true);
  assert_int_equal(count(&club, "post:"), 0);
  club_answer(&club, "proof", "anna@web.de", "anna@web.de", "Nein, das war ich nicht!", true);
  assert_int_equal(count(&club, "post:"), 0);
  club_close(&club);
}

static void a_second_own_address_answers_and_the_first_confirms(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer bringt Bänke mit?", false);
  later(1);
  club_answer(&club, "unproven", "anna@web.de", "anna.privat@gmx.de", "Ja, das war ich", true);
  assert_int_equal(count(&club, "post:"), 0);
  later(2);
  club_answer(&club, "proof", "anna@web.de", "anna@web.de", "Ja", true);
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  club_close(&club);
}

static void joining_is_confirmed_by_who_was_asked_and_their_mail_is_the_proof(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "", "", true);
  later(1);
  club_answer(&club, "join", "neu@web.de", DIEB, "ja", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "none");
  later(2);
  club_answer(&club, "proof", "neu@web.de", "neu@web.de", "Ja, das war ich", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  g_autofree char *kept = kept_of(&club, 1);
  g_autofree char *own = g_strdup_printf("m%d@web.de", club.mails);
  assert_true(g_str_has_prefix(kept, "yes "));
  assert_non_null(strstr(kept, own));
  assert_null(strstr(kept, "evil.example"));
  club_close(&club);
}

static void leaving_is_nobody_elses_to_confirm(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Abmelden", "Bitte austragen", false);
  later(1);
  club_answer(&club, "leave", "anna@web.de", DIEB, "ja, raus", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_int_equal(count(&club, "proof:anna@web.de"), 1);
  club_answer(&club, "leave", "anna@web.de", "anna@web.de", "Ja bitte austragen", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

static void what_is_unclear_is_asked_once_more_with_what_yes_means(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Geld", "Bitte überweist mir Geld.", false);
  later(1);
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Alles klar, danke!", true);
  g_autofree char *again = post_mail(&club.town, "request_again", "anna@web.de");
  assert_non_null(again);
  assert_non_null(strstr(again, "von Ihnen"));
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Ja, habe ich auch bekommen", true);
  assert_int_equal(count(&club, "post:"), 0);
  assert_int_equal(count(&club, "request_again:"), 2); /* nobody is left without a word … */
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Ja, die Nachbarin bekam sie auch", true);
  assert_int_equal(count(&club, "request_again:"), 2); /* … nor written to all day */
  club_answer(&club, "unproven", "anna@web.de", "thief@evil.example", "Ja, die Nachbarin bekam sie auch",
              false);
  assert_int_equal(count(&club, "request_again:"), 2);
  club_answer(&club, "request_again", "anna@web.de", "anna@web.de", "Nein", true);
  assert_int_equal(count(&club, "post:"), 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_stolen_letter_posts_nothing_in_the_members_name),
    cmocka_unit_test(a_second_own_address_answers_and_the_first_confirms),
    cmocka_unit_test(joining_is_confirmed_by_who_was_asked_and_their_mail_is_the_proof),
    cmocka_unit_test(leaving_is_nobody_elses_to_confirm),
    cmocka_unit_test(what_is_unclear_is_asked_once_more_with_what_yes_means),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
