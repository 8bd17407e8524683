/* Moderators hand posts of a group to an office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/district.h"

#define ANNA "anna@web.de"
#define ZOE  "zoe@gmx.example"

/* What somebody got of the first post of the group, as the address that an answer goes to. */
static void orders(const char *from, const char *text, bool is_vouched)
{
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 10000, false, NULL);
  int64_t message = 0;
  for (guint i = 0; i < page->len && !message; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, page->len - 1 - i);
    g_autoptr(letter_t) letter = letter_get(club.town.store, delivery->letter, false, NULL);
    if (strcmp(letter->purpose, "post") == 0) message = letter->message;
  }
  g_autoptr(message_row) first = message_get(club.town.store, message, NULL);
  assert_non_null(first);
  struct token token = { .purpose = TOKEN_POST, .object = (uint32_t)first->id };
  char word[TOKEN_LENGTH + 1];
  token_make(club.town.keys, &token, word);
  g_autofree char *to = g_strdup_printf("gruenau+%s@kiez.example", word);
  club_write(&club, from, to, "AW: Laternen", text, is_vouched);
}

static void a_moderator_hands_a_post_to_the_office(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, "Anna Schmidt <anna@web.de>", "gruenau@kiez.example", "Laternen am Bahnhof",
             "Seit Wochen sind die Laternen am Bahnhof dunkel. Meine Nummer: 030 1234567\n\nAnna Schmidt",
             true);
  orders("clara@web.de", "Bitte ans Amt weiterleiten", true);
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_non_null(strstr(asked, "Laternen am Bahnhof dunkel"));
  assert_null(strstr(asked, "1234567"));
  g_autofree char *opened = moderated_line(&club, "case_opened", ANNA);
  assert_non_null(strstr(opened, "Die Moderation hat Ihren Beitrag an das Amt gegeben"));
  g_autofree char *done = moderated_line(&club, "order_done", "clara@web.de");
  assert_non_null(strstr(done, "KP-2026-0001"));
  g_autofree char *told = moderated_line(&club, "post", "bert@web.de");
  assert_non_null(strstr(told, "KP-2026-0001"));
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_int_not_equal(it->thread, 0);
  assert_true(it->is_public);
  int posts = moderated_count(&club, "post", "bert@web.de");
  orders("clara@web.de", "an das Amt", true); /* the same thread once more: the number that it has */
  assert_string_equal(district_state(&club, 2), "none closed");
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), posts);
  assert_int_equal(moderated_count(&club, "order_done", "clara@web.de"), 2);
}

/* A post that tells of somebody is a private case: the answer goes to its author, as both were told. */
static void the_answer_to_a_private_case_does_not_go_to_the_group(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int answers; /* in the group */
  } posts[] = {
    { "Der Baum am Ufer steht seit dem Sturm schief. Mein Sohn Paul ist fast getroffen worden.", 0 },
    { "Der Baum am Ufer steht seit dem Sturm schief.", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
    if (i) district_teardown(NULL), district_setup(NULL);
    district_day("2026-03-16");
    club_write(&club, "Anna Schmidt <anna@web.de>", "gruenau@kiez.example", "Baum", posts[i].text, true);
    orders("clara@web.de", "Bitte ans Amt weiterleiten", true);
    g_autoptr(casefile_t) it = district_case(&club, 1);
    assert_int_equal(it->is_public, posts[i].answers);
    g_autofree char *told = moderated_line(&club, "post", "bert@web.de");
    assert_int_equal(strstr(told, "die Antwort erscheint hier") != NULL, posts[i].answers);
    int before = moderated_count(&club, "post", "bert@web.de");
    club_answer(&club, "case_office", SGA, SGA, "Der Baum wird am Montag gefällt.", true);
    assert_int_equal(moderated_count(&club, "post", "bert@web.de") - before, posts[i].answers);
    assert_int_equal(moderated_count(&club, "case_answered", ANNA), 1);
  }
}

static void an_office_and_a_statement_can_be_named(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, ANNA, "gruenau@kiez.example", "Wahl", "Wann ist denn die Wahl?", true);
  orders("clara@web.de", "An das Amt um Stellungnahme: SGA", true);
  g_autoptr(casefile_t) it = district_case(&club, 1);
  assert_string_equal(it->kind, "statement");
  assert_int_equal(moderated_count(&club, "case_office", SGA), 1);
}

static void moderators_hand_over_in_their_own_words(void **state)
{
  (void)state;
  static const struct {
    const char *words, *sign, *kind;
  } orders_given[] = {
    { "bitte ans Amt", "SGA", "question" },
    { "ans SGA", "SGA", "question" },
    { "an SGA weiterleiten, danke", "SGA", "question" },
    { "Bitte weiterleiten an SGA", "SGA", "question" },
    { "weiterleiten an das Straßen- und Grünflächenamt", "SGA", "question" },
    { "An das Straßen- und Grünflächenamt bitte", "SGA", "question" },
    { "Das ist was fürs Grünflächenamt", "SGA", "question" },
    { "Das ist Sache des Grünflächenamts.", "SGA", "question" },
    { "Hallo, das gehört zur SPK. Gruß Clara", "SPK", "question" },
    { "Leiten Sie das bitte weiter an die SPK", "SPK", "question" },
    { "Bitte um Stellungnahme des Amts", "SGA", "statement" },
    { "Stellungnahme bitte", "SGA", "statement" },
    { "Das wäre eher was fürs Stadtplanungsamt", "SPK", "question" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(orders_given); i++) {
    if (i) district_teardown(NULL), district_setup(NULL);
    district_day("2026-03-16");
    club_write(&club, ANNA, "gruenau@kiez.example", "Laternen", "Die Laternen am Ufer sind dunkel.", true);
    orders("clara@web.de", orders_given[i].words, true);
    g_autoptr(casefile_t) it = district_case(&club, 1);
    if (!it) fail_msg("\"%s\" hands nothing over", orders_given[i].words);
    g_autoptr(office_t) office = office_get(club.town.store, it->office, NULL);
    if (strcmp(it->kind, orders_given[i].kind) != 0 || strcmp(office->sign, orders_given[i].sign) != 0)
      fail_msg("\"%s\": %s %s", orders_given[i].words, office->sign, it->kind);
  }
}

static void what_a_moderator_says_to_the_group_hands_nothing_over(void **state)
{
  (void)state;
  static const char *const said[] = {
    "An die Nachbarn: Wer hat eine Taschenlampe?",
    "Das ist was für das Ordnungsamt, oder?",
    "Das ist Sache des Grünflächenamts, ich rufe da morgen mal an und frage nach, wer kommt.",
    "Zum Glück ist bald Sommer.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    if (i) district_teardown(NULL), district_setup(NULL);
    district_day("2026-03-16");
    club_write(&club, ANNA, "gruenau@kiez.example", "Laternen", "Die Laternen am Ufer sind dunkel.", true);
    orders("clara@web.de", said[i], true);
    if (strcmp(district_state(&club, 1), "none closed") != 0) fail_msg("\"%s\" opens a case", said[i]);
  }
}

static void a_held_post_goes_to_the_group_and_to_the_office(void **state)
{
  (void)state;
  static const char *const answers[] = { "Bitte an das Amt weiterleiten", "ok. Bitte ans Amt weiterleiten." };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (i) district_teardown(NULL), district_setup(NULL);
    district_day("2026-03-16");
    club_write(&club, "Zoe <" ZOE ">", "gruenau@kiez.example", "Laternen",
               "Die Laternen am Ufer sind dunkel.", true);
    club_answer(&club, "moderate", "clara@web.de", "clara@web.de", answers[i], true);
    assert_string_equal(district_state(&club, 1), "forwarded open");
    assert_int_equal(moderated_count(&club, "case_opened", ZOE), 1);
    assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 2);
  }
}

static void only_moderators_hand_over(void **state)
{
  (void)state;
  district_day("2026-03-16");
  club_write(&club, ANNA, "gruenau@kiez.example", "Laternen", "Die Laternen sind dunkel.", true);
  orders("bert@web.de", "ans Amt", true);
  orders("clara@web.de", "ans Amt", false);
  assert_string_equal(district_state(&club, 1), "none closed");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, district_setup, district_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_moderator_hands_a_post_to_the_office),
    CASE(the_answer_to_a_private_case_does_not_go_to_the_group),
    CASE(an_office_and_a_statement_can_be_named),
    CASE(moderators_hand_over_in_their_own_words),
    CASE(what_a_moderator_says_to_the_group_hands_nothing_over),
    CASE(a_held_post_goes_to_the_group_and_to_the_office),
    CASE(only_moderators_hand_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
