/* Answers that a clerk types into the quote of our letter, end to end: each is published below its question,
 * nothing else of the quote is, and where it is not certain whose words they are, their author says so first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define KERSTIN "\"Muster, Kerstin\" <" MUSTER ">"

/* Two questions, so that each can be answered. */
static int setup_two(void **state)
{
  answered_setup(state);
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller in der Bölschestraße",
             "Wann wird der umgefahrene Poller an der Straße ersetzt? Und wer bezahlt das?\n\n-- \nAnna "
             "Schmidt\nTel. 0171 5554433",
             true);
  return 0;
}

/* The letter as its quote shows it, in one line a paragraph; with these words behind those. Caller frees. */
static char *quote_of(const char *purpose, const char *behind, const char *typed)
{
  g_autofree char *text = moderated_text(&a.club, purpose, SGA);
  g_auto(GStrv) lines = g_strsplit(strchr(text, '\n') + 1, "\n", -1);
  g_autoptr(GString) out = g_string_new("Von: Kiezpost <frage@kiez.example>\nGesendet: heute\nAn: SGA\n"
                                        "Betreff: Poller\n\n");
  for (char **line = lines; *line; line++) {
    bool goes_on = g_str_has_prefix(*line, "> ") && line[1] && g_str_has_prefix(line[1], "> ");
    g_string_append_printf(out, "%s%s", g_str_has_prefix(*line, "> ") ? *line + 2 : *line,
                           goes_on ? " " : "\n");
  }
  char *at = strstr(out->str, behind);
  if (!at) fail_msg("the letter says nothing of \"%s\"", behind);
  g_string_insert(out, at - out->str + (gssize)strlen(behind), typed);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static void reply_inside(const char *lead, const char *behind, const char *typed)
{
  g_autofree char *quote = quote_of("case_office", behind, typed);
  g_autofree char *text = g_strconcat(lead, "\n\n", quote, NULL);
  answered_reply(&a, KERSTIN, text, true);
}

static void assert_text(const char *expected)
{
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, expected);
}

static void an_answer_below_its_question_is_published_with_it(void **state)
{
  (void)state;
  reply_inside("Guten Tag,\n\nmeine Antworten finden Sie in Rot.\n\nMit freundlichen Grüßen\nKerstin Muster",
               "wer bezahlt das?", "\nDas Bezirksamt, im Mai 2026.\n");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("„Und wer bezahlt das?“\nDas Bezirksamt, im Mai 2026.");
}

static void an_answer_beside_its_question_needs_no_lead(void **state)
{
  (void)state;
  reply_inside("", "Straße ersetzt?", " Nächste Woche.");
  assert_text("„Wann wird der umgefahrene Poller an der Straße ersetzt?“\nNächste Woche.");
}

static void what_the_lead_says_of_the_matter_stays(void **state)
{
  (void)state;
  reply_inside("Hallo,\n\nder Poller ist bestellt. Zu Ihren Fragen siehe unten.\n\nMfG Muster",
               "Straße ersetzt?", "\n>> Im April.");
  assert_text(
      "Der Poller ist bestellt.\n\n„Wann wird der umgefahrene Poller an der Straße ersetzt?“\nIm April.");
}

static void each_answer_ends_with_its_farewell(void **state)
{
  (void)state;
  g_autofree char *quote = quote_of("case_office", "Straße ersetzt?", "\nIm Mai 2026.\nMfG Muster\n");
  g_auto(GStrv) parts = g_strsplit(quote, "bezahlt das?", 2);
  g_autofree char *text = g_strconcat("s. unten\n\n", parts[0], "bezahlt das?\nDas Land.\n", parts[1], NULL);
  answered_reply(&a, KERSTIN, text, true);
  assert_text("„Wann wird der umgefahrene Poller an der Straße ersetzt?“\nIm Mai 2026.\n\n„Und wer bezahlt "
              "das?“\nDas Land.");
}

static void words_within_a_question_are_shown_to_their_author(void **state)
{
  (void)state;
  reply_inside("siehe unten", "umgefahrene", " (war keiner von uns)");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 1);
}

static void a_superiors_remark_in_the_quote_is_not_published(void **state)
{
  (void)state;
  reply_inside(
      "Der Poller kommt im Mai 2026.\n\nMfG Muster\n\nVon: Chefin <c@ba-tk.berlin.example>\nGesendet: "
      "heute\nAn: Muster\nBetreff: WG: Poller\n\nsiehe meine Anmerkung",
      "wer bezahlt das?", " Das geht ihn nichts an!");
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 1);
}

static void what_is_internal_inside_stays_inside(void **state)
{
  (void)state;
  reply_inside("siehe unten", "wer bezahlt das?", "\nIntern: die Firma Meier, sie ist pleite.\n");
  g_autofree char *text = answered_text(&a, 1);
  assert_null(strstr(text, "Meier"));
}

static void a_whole_quote_changes_no_ordinary_answer(void **state)
{
  (void)state;
  reply_inside("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Muster", "Guten Tag,",
               "\n\n[EXTERN] Vorsicht bei Links!\n");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("Der Poller wird im Mai 2026 ersetzt.");
}

static void an_answer_below_the_quote_is_found(void **state)
{
  (void)state;
  g_autofree char *quote = quote_of("case_office", "Guten Tag,", "");
  g_auto(GStrv) lines = g_strsplit(quote, "\n", -1);
  g_autofree char *marked = g_strjoinv("\n> ", lines);
  g_autofree char *text =
      g_strconcat("> ", marked, "\n\nDer Poller wird im Mai 2026 ersetzt.\n\nMfG Muster", NULL);
  answered_reply(&a, KERSTIN, text, true);
  assert_text("Der Poller wird im Mai 2026 ersetzt.");
}

static void a_later_question_is_answered_in_its_own_letter(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, "Der Poller wird im Mai 2026 ersetzt.", true);
  answered_say(&a, "case_answered", "anna@web.de", "Anna Schmidt <anna@web.de>",
               "Danke. Kommt dann auch wieder ein Fahrradbügel dahin?", true);
  g_autofree char *quote =
      quote_of("case_added", "ein Fahrradbügel dahin?", "\nNein, dafür fehlt der Platz.\n");
  g_autofree char *text = g_strconcat("siehe unten\n\n", quote, NULL);
  answered_say(&a, "case_added", SGA, KERSTIN, text, true);
  assert_text("Nein, dafür fehlt der Platz."); /* what Anna added is the office's alone */
  assert_string_equal(answered_state(&a, 1), "planned 2");
}

static void what_a_resident_adds_is_not_published_as_a_question(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, "Der Poller wird im Mai 2026 ersetzt.", true);
  answered_say(
      &a, "case_answered", "anna@web.de", "Anna Schmidt <anna@web.de>",
      "Danke. Mein Mann sitzt seit dem Schlaganfall im Rollstuhl.\nKommen wir bis dahin noch\nvorbei?", true);
  g_autofree char *quote = quote_of("case_added", "Rollstuhl.", " Das tut uns leid.");
  g_auto(GStrv) parts = g_strsplit(quote, "vorbei?", 2);
  g_autofree char *text =
      g_strconcat("siehe unten\n\n", parts[0], "vorbei?\nDer Weg bleibt 1,20 m breit.\n", parts[1], NULL);
  answered_say(&a, "case_added", SGA, KERSTIN, text, true);
  if (moderated_count(&a.club, "case_publish", NULL))
    answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", KERSTIN, "ja", true);
  g_autofree char *said = answered_text(&a, 1);
  assert_non_null(strstr(said, "Der Weg bleibt 1,20 m breit."));
  assert_null(strstr(said, "Schlaganfall"));
  assert_null(strstr(said, "vorbei"));
}

/* "Anna" made it public, but not her words. */
static void a_hidden_question_of_a_public_case_is_not_repeated(void **state)
{
  answered_teardown(state);
  answered_setup(state);
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller vor meiner Praxis",
             "Bitte nicht veröffentlichen. Wann wird der umgefahrene Poller vor meiner Praxis an der Straße "
             "ersetzt? Und wer bezahlt das?",
             true);
  answered_say(&a, "case_opened", "anna@web.de", "Anna Schmidt <anna@web.de>",
               "Von mir aus kann das jetzt doch öffentlich sein.", true);
  answered_say(&a, "case_public", "anna@web.de", "Anna Schmidt <anna@web.de>", "ja", true);
  reply_inside("siehe unten", "wer bezahlt das?", "\nDas Bezirksamt, im Mai 2026.\n");
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", KERSTIN, "ja", true);
  assert_text("Das Bezirksamt, im Mai 2026.");
}

/* Only Anna reads it, and it is her own question. */
static void whoever_asked_in_private_reads_their_question(void **state)
{
  answered_teardown(state);
  answered_setup(state);
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller vor meiner Praxis",
             "Bitte nicht veröffentlichen. Wann wird der umgefahrene Poller vor meiner Praxis an der Straße "
             "ersetzt? Und wer bezahlt das?",
             true);
  reply_inside("siehe unten", "wer bezahlt das?", "\nDas Bezirksamt, im Mai 2026.\n");
  assert_text("„Und wer bezahlt das?“\nDas Bezirksamt, im Mai 2026.");
}

static void a_pointer_at_nothing_is_asked_about(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, "Guten Tag,\n\nder Poller ist bestellt. Meine Antworten stehen unten in rot.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 1);
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, setup_two, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(an_answer_below_its_question_is_published_with_it),
    FLOW(an_answer_beside_its_question_needs_no_lead),
    FLOW(what_the_lead_says_of_the_matter_stays),
    FLOW(each_answer_ends_with_its_farewell),
    FLOW(words_within_a_question_are_shown_to_their_author),
    FLOW(a_superiors_remark_in_the_quote_is_not_published),
    FLOW(what_is_internal_inside_stays_inside),
    FLOW(a_whole_quote_changes_no_ordinary_answer),
    FLOW(an_answer_below_the_quote_is_found),
    FLOW(a_later_question_is_answered_in_its_own_letter),
    FLOW(what_a_resident_adds_is_not_published_as_a_question),
    FLOW(a_hidden_question_of_a_public_case_is_not_repeated),
    FLOW(whoever_asked_in_private_reads_their_question),
    FLOW(a_pointer_at_nothing_is_asked_about),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
