/* What an office says to "Soll das veröffentlicht werden?", and what is asked so: words for one person, for a
 * colleague, about somebody. Each answer is played through the worker; nothing that it holds back, or
 * changes, may reach the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define OWN "kerstin.muster@ba-tk.berlin.example"

static int open_town(void **state)
{
  (void)state;
  memset(&a, 0, sizeof a);
  answered_open(&a);
  answered_ask(&a);
  return 0;
}

static const char doubtful[] =
    "Der Poller wird in der 12. KW ersetzt. Der Kollege muss das noch prüfen. Das kostet 4.000 Euro.";

static void say(const char *words)
{
  answered_say(&a, "case_publish", OWN, MUSTER, words, true);
}

/* ---- the answer to the question ---- */

static void a_yes_without_a_sentence_leaves_it_out(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  say("Ja, aber ohne den letzten Satz");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_null(strstr(text, "4.000"));
  assert_non_null(strstr(text, "12. KW"));
}

static void a_wish_that_is_not_understood_publishes_nothing_and_is_asked_about(void **state)
{
  (void)state;
  static const char *const wishes[] = {
    "Ja, aber ohne die Kosten",        "ok, nur nicht das mit dem Kollegen",
    "Ja, wenn der Stadtrat zustimmt.", "ja, aber schreiben Sie bitte nächste Woche",
    "Ja, ohne den neunten Satz",       "Worum geht es?"
  };
  answered_reply(&a, MUSTER, doubtful, true);
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++) {
    say(wishes[i]);
    assert_string_equal(answered_state(&a, 1), "forwarded 0");
    assert_int_equal(moderated_count(&a.club, "case_publish", OWN), 2 + (int)i);
  }
  g_autofree char *asked = moderated_text(&a.club, "case_publish", OWN);
  if (!strstr(asked, "verstanden")) fail_msg("%s", asked);
  say("Ja");
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void a_new_wording_replaces_the_old_after_it_was_shown(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  say("Der Poller wird im April ersetzt. Bitte das veröffentlichen.");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_text(&a.club, "case_publish", OWN);
  assert_non_null(strstr(asked, "im April"));
  assert_null(strstr(asked, "4.000"));
  say("Ja");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird im April ersetzt.");
}

static void a_yes_with_a_new_wording_is_shown_too(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  say("Ja, aber bitte so:\n\nDer Poller wird im Mai ersetzt.\n\nGruß\nMuster");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  say("ja");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird im Mai ersetzt.");
}

static void a_yes_that_says_anything_else_publishes_no_old_text(void **state)
{
  (void)state;
  static const char *const words[] = {
    "Ja danke KW 13 statt KW 12",
    "Ja, veröffentlichen, 12 bitte in 13 ändern",
    "Ja, 3.4.",
    "Ja.\nFrist: 34. KW",
    "Ja.\n\nIntern: Firma ist pleite",
    "ok, 12 = 13",
    "Ja und bitte noch dazu, dass die Firma Baum baut",
    "Gern veröffentlichen, nur den Betrag auf 5.000 Euro anpassen",
  };
  answered_reply(&a, MUSTER, doubtful, true);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    say(words[i]);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("published after: %s", words[i]);
  }
}

static void a_wording_behind_an_order_replaces_the_old(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  say("Bitte stattdessen veröffentlichen: Der Poller wird in der 20. KW ersetzt.");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  say("Ja");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird in der 20. KW ersetzt.");
}

static void other_ways_to_say_yes(void **state)
{
  static const char *const words[] = { "Kann raus", "Von mir aus.", "Geht klar, danke",
                                       "Ok, danke für die Nachfrage. Gerne veröffentlichen." };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i > 0) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, doubtful, true);
    say(words[i]);
    if (strcmp(answered_state(&a, 1), "planned 1") != 0) fail_msg("not published after: %s", words[i]);
  }
}

static void a_colleagues_wish_publishes_nothing_and_reaches_the_author(void **state)
{
  (void)state;
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  answered_say(&a, "case_draft", SGA, SGA, "Bitte KW 13 statt KW 12, sonst ok", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *told = moderated_text(&a.club, "case_draft_refused", OWN);
  assert_non_null(strstr(told, "KW 13 statt KW 12"));
}

static void a_no_with_a_reason_keeps_it_and_says_so(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  say("Nein, das müssen wir erst mit dem Rechtsamt klären.");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_kept", OWN), 1);
}

static void a_plain_no_needs_no_letter(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, doubtful, true);
  say("Nein");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_kept", NULL), 0);
}

static void ways_to_say_yes(void **state)
{
  (void)state;
  static const char *const ways[] = { "Ja", "Ja, bitte veröffentlichen.", "ja gerne, vielen Dank!",
                                      "Ja, das kann so raus.\n\nMit freundlichen Grüßen\nKerstin Muster",
                                      "OK" };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    if (i) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, doubtful, true);
    say(ways[i]);
    if (strcmp(answered_state(&a, 1), "planned 1") != 0) fail_msg("%s", ways[i]);
  }
}

static void a_confirmation_with_a_wish_publishes_no_more_than_it_allows(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt. Das kostet 4.000 Euro.", false);
  answered_say(&a, "official", SGA, SGA, "Ja, aber ohne die Kosten", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "official", SGA), 2);
  answered_say(&a, "official", SGA, SGA, "Ja, aber letzten Satz streichen", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_null(strstr(text, "4.000"));
}

static void a_colleagues_half_agreement_is_asked_about(void **state)
{
  (void)state;
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  answered_say(&a, "case_draft", SGA, SGA, "ok, aber schreiben Sie bitte nächste Woche", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 2);
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

/* ---- what is asked about ---- */

static void an_answer_to_somebody_else_is_asked_about(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Sehr geehrte Frau Meier,\n\nder Poller wird in der 12. KW ersetzt.",
    "Hallo Petra,\n\nder Poller wird in der 12. KW ersetzt.",
    "Guten Morgen Herr Krüger, der Poller wird in der 12. KW ersetzt.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (i) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, texts[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("%s", texts[i]);
    assert_int_equal(moderated_count(&a.club, "case_publish", OWN), 1);
  }
}

/* Neither state nor day, and nobody spoken to: it may as well be an aside. */
static void what_is_said_to_nobody_is_asked_about(void **state)
{
  static const char *const asides[] = { "Frau Ost ruft hier jede Woche an.",
                                        "Der Kollege vom Tiefbau stellt sich quer." };
  static const char *const answers[] = { "Ja, Hunde sind dort erlaubt.",
                                         "Guten Tag, Hunde sind dort erlaubt.", "Erledigt.", "Nächste Woche.",
                                         "Dort dürfen Sie Hunde laufen lassen." };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(asides); i++) {
    if (i) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, asides[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("%s", asides[i]);
    assert_int_equal(moderated_count(&a.club, "case_publish", OWN), 1);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, answers[i], true);
    if (!g_str_has_suffix(answered_state(&a, 1), " 1")) fail_msg("%s: %s", answers[i], answered_state(&a, 1));
  }
}

static void whoever_asked_may_be_greeted(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Sehr geehrte Frau Schmidt,\n\nder Poller wird in der 12. KW ersetzt.",
    "Liebe Anna Schmidt, der Poller wird in der 12. KW ersetzt.",
    "Sehr geehrte Damen und Herren,\n\nder Poller wird in der 12. KW ersetzt.",
    "Hallo zusammen, der Poller wird in der 12. KW ersetzt.",
    "Liebe Bürgerinnen und Bürger, der Poller wird in der 12. KW ersetzt.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (i) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, texts[i], true);
    if (strcmp(answered_state(&a, 1), "planned 1") != 0) fail_msg("%s", texts[i]);
  }
}

static void who_is_named_with_an_address_or_an_illness_is_asked_about_and_gone(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Frau Schulz, Regattastraße 14, hat Pflegegrad 3 und bekommt ab Mai eine Rampe. Die IBAN "
                 "DE02 1203 0000 0000 2020 51 ist notiert, Kassenzeichen 1234567890, Wagen B-XY 1234.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_text(&a.club, "case_publish", OWN);
  static const char *const gone[] = { "Schulz", "Regattastraße 14", "1203", "1234567890", "B-XY" };
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) assert_null(strstr(asked, gone[i]));
  say("ja");
  g_autofree char *text = answered_text(&a, 1);
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) assert_null(strstr(text, gone[i]));
}

static void an_act_to_one_person_is_asked_about(void **state)
{
  (void)state;
  answered_reply(
      &a, MUSTER,
      "Sehr geehrte Frau Schmidt,\n\nIhr Widerspruch gegen den Gebührenbescheid vom 3.11.2026 wird "
      "zurückgewiesen.",
      true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void what_belongs_to_one_person_is_asked_about(void **state)
{
  static const char *const texts[] = {
    "Die Mieterin in der Bölschestraße 14 parkt dort ohne Genehmigung. Wir ersetzen den Poller im Mai.",
    "Die Wohnung im 3. OG rechts ist gemeint. Der Poller wird im Mai ersetzt.",
    "Wir haben ein Ordnungswidrigkeitenverfahren eingeleitet.",
    "Ihr Antrag auf einen Behindertenparkplatz wird bewilligt.",
    "Der Bewilligungsbescheid geht Ihnen per Post zu. Der Poller wird im Mai ersetzt.",
    "Der Bescheid vom 12.11.2026, Az. 32-4/887, wurde Ihnen zugestellt.",
    "Ihre Fahrerlaubnis liegt zur Abholung bereit.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (i > 0) answered_teardown(state), open_town(state);
    answered_reply(&a, MUSTER, texts[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("published: %s", texts[i]);
  }
}

static void a_public_office_is_named_and_a_colleague_is_not(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Stadtrat Dr. Claudius Beispiel hat entschieden: Der Poller wird im Mai ersetzt.", true);
  g_autofree char *text = answered_text(&a, 1);
  assert_non_null(strstr(text, "Claudius Beispiel"));
  answered_reply(&a, MUSTER, "Auskunft gibt Frau Dr. Winter (Amtsleiterin). Der Poller wird im Mai ersetzt.",
                 true);
  g_autofree char *other = answered_text(&a, 1);
  assert_null(strstr(other, "Winter"));
  assert_string_equal(answered_state(&a, 1), "planned 2");
}

static void an_offices_man_needs_no_question(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Unser Bauleiter Herr Meyer hat den Poller bestellt.", true);
  assert_string_equal(answered_state(&a, 1), "in_progress 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_null(strstr(text, "Meyer"));
}

static void an_offices_man_is_named_where_the_office_wants_it(void **state)
{
  (void)state;
  answered_set(&a, "SGA", false, "name");
  answered_reply(&a, MUSTER, "Unser Bauleiter Herr Meyer hat den Poller bestellt.", true);
  g_autofree char *text = answered_text(&a, 1);
  assert_non_null(strstr(text, "Meyer"));
}

static void what_is_internal_is_cut_and_the_rest_published(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Der Poller wird in der 12. KW ersetzt.\n\n--- ab hier intern ---\nHerr Schmidt nervt.",
                 true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird in der 12. KW ersetzt.");
}

static void words_of_another_language_hold_it_back_too(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Please do not put this on the website yet. Der Poller wird in der 12. KW ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, open_town, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_yes_without_a_sentence_leaves_it_out),
    CASE(a_wish_that_is_not_understood_publishes_nothing_and_is_asked_about),
    CASE(a_new_wording_replaces_the_old_after_it_was_shown),
    CASE(a_yes_with_a_new_wording_is_shown_too),
    CASE(a_yes_that_says_anything_else_publishes_no_old_text),
    CASE(a_wording_behind_an_order_replaces_the_old),
    CASE(other_ways_to_say_yes),
    CASE(a_colleagues_wish_publishes_nothing_and_reaches_the_author),
    CASE(a_no_with_a_reason_keeps_it_and_says_so),
    CASE(a_plain_no_needs_no_letter),
    CASE(ways_to_say_yes),
    CASE(a_confirmation_with_a_wish_publishes_no_more_than_it_allows),
    CASE(a_colleagues_half_agreement_is_asked_about),
    CASE(an_answer_to_somebody_else_is_asked_about),
    CASE(what_is_said_to_nobody_is_asked_about),
    CASE(whoever_asked_may_be_greeted),
    CASE(who_is_named_with_an_address_or_an_illness_is_asked_about_and_gone),
    CASE(an_act_to_one_person_is_asked_about),
    CASE(what_belongs_to_one_person_is_asked_about),
    CASE(a_public_office_is_named_and_a_colleague_is_not),
    CASE(an_offices_man_needs_no_question),
    CASE(an_offices_man_is_named_where_the_office_wants_it),
    CASE(what_is_internal_is_cut_and_the_rest_published),
    CASE(words_of_another_language_hold_it_back_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
