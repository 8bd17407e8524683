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
static char *quote_for(const char *office, const char *purpose, const char *behind, const char *typed)
{
  g_autofree char *text = moderated_text(&a.club, purpose, office);
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

static char *quote_of(const char *purpose, const char *behind, const char *typed)
{
  return quote_for(SGA, purpose, behind, typed);
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
  assert_text("Nein, dafür fehlt der Platz."); /* what was added is nobody's but theirs */
  assert_string_equal(answered_state(&a, 1), "planned 2");
}

static void a_private_case_keeps_its_questions(void **state)
{
  (void)state;
  struct store *store = a.club.town.store;
  g_autoptr(casefile_t) it = casefile_find(store, 2026, 1, NULL);
  it->is_public = false;
  assert_true(store_begin(store, NULL) && casefile_put(store, it, NULL) &&
              case_entry_publish(store, it->id, 1, false, NULL) && store_commit(store, NULL));
  reply_inside("", "Straße ersetzt?", "\nIm Mai 2026.\n");
  assert_text("„Wann wird der umgefahrene Poller an der Straße ersetzt?“\nIm Mai 2026.");
}

static void a_private_question_is_published_above_no_answer(void **state)
{
  (void)state;
  g_autofree char *quote =
      quote_of("case_office", "Straße ersetzt?", "\nIm Mai 2026.\n"); /* and it becomes private meanwhile */
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  if (!store_begin(a.club.town.store, NULL) ||
      !case_entry_publish(a.club.town.store, it->id, 1, false, NULL) ||
      !store_commit(a.club.town.store, NULL))
    fail_msg("the question is not hidden");
  answered_reply(&a, KERSTIN, quote, true);
  assert_text("Im Mai 2026.");
}

/* Anna may have added something; then SGA passes the case on to UNA. */
static void pass_on(const char *added)
{
  if (added) answered_say(&a, "case_opened", "anna@web.de", "Anna Schmidt <anna@web.de>", added, true);
  answered_reply(&a, KERSTIN, "Zuständig: UNA", true);
  if (!moderated_count(&a.club, "case_office", UNA)) fail_msg("UNA got no letter");
}

#define UNA_CLERK "Ute Meier <" UNA ">"

static void reply_of_una(const char *lead, const char *behind, const char *typed)
{
  g_autofree char *quote = quote_for(UNA, "case_office", behind, typed);
  g_autofree char *text = g_strconcat(lead, "\n\n", quote, NULL);
  answered_say(&a, "case_office", UNA, UNA_CLERK, text, true);
}

static void where_it_was_before_is_no_answer(void **state)
{
  (void)state;
  static const char *const before[] = {
    "Zuständig: UNA",
    "Dafür ist das Umwelt- und Naturschutzamt zuständig. Die Fläche gehört seit 2024 zum Park.",
    "Zuständig: UNA\n\nWir haben dort nur den Weg.\n\nMfG Muster",
  };
  for (gsize i = 0; i < 2 * G_N_ELEMENTS(before); i++) {
    if (i) answered_teardown(state), setup_two(state);
    bool is_answered = i >= G_N_ELEMENTS(before);
    if (is_answered) answered_reply(&a, KERSTIN, "Das wird noch geprüft, im Amt und draußen.", true);
    answered_reply(&a, KERSTIN, before[i % G_N_ELEMENTS(before)], true);
    reply_of_una("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Meier", "Guten Tag,", "");
    assert_string_equal(answered_state(&a, 1), is_answered ? "planned 2" : "planned 1");
    assert_text("Der Poller wird im Mai 2026 ersetzt.");
  }
}

static void speak(const char *language)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(list_row) list = list_find(a.club.town.store, "frage", &error);
  g_free(list->language);
  list->language = g_strdup(language);
  assert_true(store_begin(a.club.town.store, &error) && list_update(a.club.town.store, list, &error) &&
              store_commit(a.club.town.store, &error));
}

static void where_it_was_before_is_no_answer_in_other_languages(void **state)
{
  static const char *const languages[] = { "en", "de-x-leicht" };
  static const char *const before[] = { "has said that it is not", "ist nicht zuständig." };
  for (gsize i = 0; i < 2 * G_N_ELEMENTS(languages); i++) {
    if (i) answered_teardown(state), setup_two(state);
    speak(languages[i / 2]);
    pass_on(i % 2 ? "Der Stumpf ragt noch aus dem Pflaster, da fallen Leute drüber." : NULL);
    reply_of_una("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Meier", before[i / 2], "");
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_text("Der Poller wird im Mai 2026 ersetzt.");
  }
}

static void an_answer_below_what_was_added_is_published_alone(void **state)
{
  (void)state;
  pass_on("Der Stumpf ragt noch aus dem Pflaster, da fallen Leute drüber.");
  reply_of_una("siehe unten", "da fallen Leute drüber.", "\n\nDen Stumpf entfernen wir im Mai 2026.\n");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("Den Stumpf entfernen wir im Mai 2026.");
}

static void what_was_added_before_is_no_answer(void **state)
{
  (void)state;
  pass_on("Der Stumpf ragt noch aus dem Pflaster, da fallen Leute drüber.");
  reply_of_una("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Meier", "Guten Tag,", "");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("Der Poller wird im Mai 2026 ersetzt.");
}

static void an_answer_above_what_was_before_is_certain(void **state)
{
  (void)state;
  pass_on("Der Stumpf ragt noch aus dem Pflaster, da fallen Leute drüber.");
  reply_of_una("siehe unten", "wer bezahlt das?", "\nDas Land, im Mai 2026.\n");
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("„Und wer bezahlt das?“\nDas Land, im Mai 2026.");
}

#define LEFT_OUT                                                                                             \
  "1 Datei(en) haben wir nicht mitgeschickt, weil sie zu groß sind oder Persönliches enthalten können. "  \
  "Brauchen Sie sie, fragen Sie nach."

static void a_count_of_files_is_no_answer(void **state)
{
  (void)state;
  reply_inside("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Muster", "wer bezahlt das?", "\n\n" LEFT_OUT);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("Der Poller wird im Mai 2026 ersetzt.");
}

static void an_answer_above_a_count_of_files_is_certain(void **state)
{
  (void)state;
  reply_inside("siehe unten", "wer bezahlt das?", "\nDas Land, im Mai 2026.\n\n" LEFT_OUT);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_text("„Und wer bezahlt das?“\nDas Land, im Mai 2026.");
}

/* The quote, in which whoever asked is called otherwise than now. */
static char *quote_with_name(const char *name, const char *typed)
{
  g_autofree char *quote = quote_of("case_office", "wer bezahlt das?", typed);
  char *from = strstr(quote, "Gefragt hat "), *end = from ? strchr(from, '.') : NULL;
  if (!end) fail_msg("the letter names nobody");
  *from = '\0';
  return g_strconcat(quote, "Gefragt hat ", name, end, NULL);
}

static void another_name_of_whoever_asked_is_no_answer(void **state)
{
  (void)state;
  static const char *const names[] = { "Anna Schmidt", "eine Person, die hier nicht genannt wird",
                                       "Anna Maria von Schmidt-Lehmann" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (i) answered_teardown(state), setup_two(state);
    g_autofree char *quote = quote_with_name(names[i], "");
    g_autofree char *text =
        g_strconcat("Der Poller wird im Mai 2026 ersetzt.\n\nMfG Muster\n\n", quote, NULL);
    answered_reply(&a, KERSTIN, text, true);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_text("Der Poller wird im Mai 2026 ersetzt.");
  }
}

static void an_answer_above_another_name_is_certain(void **state)
{
  (void)state;
  static const char *const names[] = { "Anna Schmidt", "eine Person, die hier nicht genannt wird" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (i) answered_teardown(state), setup_two(state);
    g_autofree char *quote = quote_with_name(names[i], "\nDas Land, im Mai 2026.\n");
    g_autofree char *text = g_strconcat("siehe unten\n\n", quote, NULL);
    answered_reply(&a, KERSTIN, text, true);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_text("„Und wer bezahlt das?“\nDas Land, im Mai 2026.");
  }
}

static void more_answers_than_are_read_are_shown_to_their_author(void **state)
{
  (void)state;
  answered_teardown(state);
  answered_setup(state);
  g_autoptr(GString) asked = g_string_new("Wann wird der Poller ersetzt?"), said = g_string_new("s. unten");
  for (int i = 0; i < 60; i++) g_string_append_printf(asked, " Warum fehlt Poller %d?", 100 + i);
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller", asked->str, true);
  g_autofree char *quote = quote_of("case_office", "Guten Tag,", "");
  g_auto(GStrv) parts = g_strsplit(quote, "Warum fehlt", -1);
  for (char **part = parts; *part; part++)
    g_string_append_printf(said, "%s%s", part == parts ? "\n\n" : "\nErledigt.\nWarum fehlt", *part);
  answered_reply(&a, KERSTIN, said->str, true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 1);
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
    FLOW(a_private_case_keeps_its_questions),
    FLOW(a_private_question_is_published_above_no_answer),
    FLOW(where_it_was_before_is_no_answer),
    FLOW(where_it_was_before_is_no_answer_in_other_languages),
    FLOW(an_answer_below_what_was_added_is_published_alone),
    FLOW(what_was_added_before_is_no_answer),
    FLOW(an_answer_above_what_was_before_is_certain),
    FLOW(a_count_of_files_is_no_answer),
    FLOW(an_answer_above_a_count_of_files_is_certain),
    FLOW(another_name_of_whoever_asked_is_no_answer),
    FLOW(an_answer_above_another_name_is_certain),
    FLOW(more_answers_than_are_read_are_shown_to_their_author),
    FLOW(what_a_resident_adds_is_not_published_as_a_question),
    FLOW(a_hidden_question_of_a_public_case_is_not_repeated),
    FLOW(whoever_asked_in_private_reads_their_question),
    FLOW(a_pointer_at_nothing_is_asked_about),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
