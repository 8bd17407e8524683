/* In which language whoever asked wants our letters, said at their case's address: their own setting, and no
 * word of it goes to the office. And what they write about their case in other languages than German. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lists/cases/residents/words.h"

#define ANNA "Anna Schmidt <anna@web.de>"

static void say(const char *text)
{
  answered_say(&a, "case_opened", "anna@web.de", ANNA, text, true);
}

/* How the person's letters are. Caller frees. */
static char *setting(void)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_autoptr(GPtrArray) parties = case_parties(a.club.town.store, it->id, "resident", NULL);
  const struct case_party *anna = parties->pdata[0];
  g_autoptr(person_choice) choice = person_choice_get(a.club.town.store, anna->person, NULL);
  return g_strdup(choice->language);
}

static void assert_setting(const char *expected)
{
  g_autofree char *is = setting();
  assert_string_equal(is, expected);
}

static void wishes_are_told_from_what_is_said_of_signs(void **state)
{
  (void)state;
  static const struct {
    const char *text, *language;
  } cases[] = {
    { "Auf Englisch bitte!", "en" },
    { "Ginge das auch auf Vietnamesisch?", "vi" },
    { "Ich lese nicht so gut Deutsch, schreiben Sie mir bitte auf Polnisch.", "pl" },
    { "Künftig bitte in einfachen Worten schreiben.", "de-x-leicht" },
    { "Could you please answer in English?", "en" },
    { "Türkçe yazabilir misiniz lütfen", "tr" },
    { "Пишіть, будь ласка, українською", "uk" },
    { "Lieber auf Deutsch und nicht auf Englisch.", "de" },
    { "Nein, kein Russisch!", NULL },
    { "Das Schild steht da nur auf Englisch.", NULL },
    { "Bitte stellen Sie auch Tafeln auf Türkisch auf.", NULL },
    { "Gibt es an der Schule auch Französisch?", NULL },
    { "Die englische Übersetzung auf der Tafel am Rathaus ist falsch.", NULL },
    { "Der Poller ist immer noch kaputt.", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *rest = NULL;
    const char *language = case_words_language(cases[i].text, &rest);
    if (g_strcmp0(language, cases[i].language) != 0)
      fail_msg("%s: %s", cases[i].text, language ? language : "none");
    assert_null(rest);
  }
}

static void a_wish_alone_is_a_setting_and_stays_here(void **state)
{
  (void)state;
  say("Bitte antworten Sie mir auf Türkisch.\n\nViele Grüße\nAnna");
  assert_setting("tr");
  assert_int_equal(moderated_count(&a.club, "case_added", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_noted", NULL), 0);
  g_autofree char *told = moderated_text(&a.club, "settings_done", "anna@web.de");
  assert_non_null(strstr(told, "Türkisch"));
}

static void a_follow_up_letter_has_the_language(void **state)
{
  (void)state;
  say("please write in English from now on");
  assert_setting("en");
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  g_autofree char *told = moderated_text(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(told, "has answered"));
}

static void what_else_is_said_goes_to_the_office_without_it(void **state)
{
  (void)state;
  say("Bitte in Leichter Sprache. Am Poller liegt jetzt auch ein kaputter Roller.");
  assert_setting("de-x-leicht");
  g_autofree char *added = moderated_text(&a.club, "case_added", SGA);
  assert_non_null(strstr(added, "Roller"));
  assert_null(strstr(added, "Leichter"));
}

static void a_sign_in_a_language_is_the_offices_matter(void **state)
{
  (void)state;
  say("Das Schild am Poller ist nur auf Englisch.");
  assert_setting("");
  assert_int_equal(moderated_count(&a.club, "case_added", SGA), 1);
}

static void nobody_sets_anothers_language(void **state)
{
  (void)state;
  answered_say(&a, "case_opened", "anna@web.de", ANNA, "Bitte auf Englisch.", false);
  answered_say(&a, "case_opened", "anna@web.de", "Eve <eve@gmx.de>", "Bitte auf Englisch.", true);
  assert_setting("");
}

/* The state of the case. */
static const char *resident_state(void)
{
  static char words[100];
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_snprintf(words, sizeof words, "%s", it->state);
  return words;
}

static void where_it_stands_is_told_in_whatever_language_they_ask(void **state)
{
  static const char *const asked[] = { "What's the status of my request?",
                                       "Any news?",
                                       "Başvurumun durumu nedir?",
                                       "Bir gelişme var mı?",
                                       "Какой статус у моей заявки?",
                                       "Есть ли новости?",
                                       "Gibt es was Neues?",
                                       "Hallo? Kommt da noch was?",
                                       "Was ist denn nun mit dem Poller?",
                                       "Haben Sie meine Mail überhaupt bekommen?" };
  for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    answered_reply(&a, SGA, "Der Poller wird in KW 20 repariert.", true);
    say(asked[i]);
    g_autofree char *told = moderated_line(&a.club, "case_noted", "anna@web.de");
    if (!strstr(told, "17. Mai 2026")) fail_msg("%s: %s", asked[i], told);
  }
}

static void mended_or_not_is_understood_in_their_language(void **state)
{
  static const struct {
    const char *said, *state;
  } cases[] = {
    { "Lamba tamir edildi, teşekkürler.", "confirmed" }, { "Lamba hâlâ bozuk.", "forwarded" },
    { "Фонарь починили, спасибо!", "confirmed" },        { "Фонарь так и не починили.", "forwarded" },
    { "It hasn't been repaired.", "forwarded" },         { "It isn't fixed!", "forwarded" },
    { "It's fixed now, thanks", "confirmed" },           { "Снимаю вопрос, уже не актуально.", "confirmed" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    answered_reply(&a, SGA, "Der Poller ist repariert.", true);
    say(cases[i].said);
    if (strcmp(resident_state(), cases[i].state) != 0) fail_msg("%s: %s", cases[i].said, resident_state());
  }
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup_asked, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(wishes_are_told_from_what_is_said_of_signs),
    FLOW(a_wish_alone_is_a_setting_and_stays_here),
    FLOW(a_follow_up_letter_has_the_language),
    FLOW(what_else_is_said_goes_to_the_office_without_it),
    FLOW(a_sign_in_a_language_is_the_offices_matter),
    FLOW(nobody_sets_anothers_language),
    FLOW(where_it_stands_is_told_in_whatever_language_they_ask),
    FLOW(mended_or_not_is_understood_in_their_language),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
