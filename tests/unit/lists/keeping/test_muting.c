/* "stumm": a thread or a tag that somebody hears no more of, and how long an offer holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static void open(struct club *club)
{
  club_open(club);
  town_member(&club->town, club->list, "karin@web.de", "member,keeper");
}

/* The address that an answer to Bert's post goes to, as Anna got it. */
static void post_and_answer(struct club *club, const char *from, const char *text, bool is_vouched)
{
  club_write(club, "bert@web.de", "gruenau@kiez.example", "[Biete] Fahrrad #kinder", "Wer möchte es haben?",
             true);
  club_answer(club, "post", "anna@web.de", from, text, is_vouched);
}

static void stumm_mutes_a_thread_and_is_not_passed_on(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  post_and_answer(&club, "anna@web.de", "Stumm", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
  g_autofree char *told = post_mail(&club.town, "muted", "anna@web.de");
  assert_non_null(told);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Ich! Ich nehme es gern.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&club, "post", "karin@web.de"), 2);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Ein anderes Thema",
             "Hallo zusammen, wie geht es?", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 2);
  club_answer(&club, "muted", "anna@web.de", "anna@web.de", "laut", true);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Und noch ein Wort dazu von mir.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 3);
  club_close(&club);
}

static void an_offer_says_in_its_footer_how_long_it_holds(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[Biete] Fahrrad", "Ein altes Fahrrad.", true);
  g_autofree char *offer = post_mail(&club.town, "post", "anna@web.de");
  assert_non_null(strstr(offer, "Gesuch gilt bis 16.3.2026."));
  static const char *const dated[][2] = { { "[Biete] Kinderwagen bis 5.3.", "gilt bis 5.3.2026." },
                                          { "[Suche] Leiter, bis 20. März", "gilt bis 20.3.2026." },
                                          { "[Biete] 3 Stühle", "gilt bis 16.3.2026." } };
  for (gsize i = 0; i < G_N_ELEMENTS(dated); i++) {
    club_write(&club, "bert@web.de", "gruenau@kiez.example", dated[i][0], "Zum Abholen.", true);
    g_autofree char *own = post_mail(&club.town, "post", "anna@web.de");
    if (!strstr(own, dated[i][1])) fail_msg("%s: %s", dated[i][0], own);
  }
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne", "Sie ist aus.", true);
  g_autofree char *post = post_mail(&club.town, "post", "anna@web.de");
  assert_null(strstr(post, "gilt bis"));
  club_close(&club);
}

/* What becomes of an answer to a post about a playground: 'm' muted, 'p' posted, '-' neither. */
static char fate_of(const char *text)
{
  struct club club;
  open(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Spielplatz Regattastraße #spielplatz",
             "Die Schaukel ist weg. Wer weiß etwas?", true);
  g_autofree char *to = club_reply_address(&club, "post", "anna@web.de");
  club_write(&club, "anna@web.de", to, "Re: Spielplatz Regattastraße #spielplatz", text, true);
  g_autofree char *told = post_mail(&club.town, "muted", "anna@web.de");
  char fate = told ? 'm' : moderated_count(&club, "post", "clara@web.de") == 2 ? 'p' : '-';
  club_close(&club);
  return fate;
}

static void whoever_wants_no_more_of_it_is_heard_in_own_words(void **state)
{
  (void)state;
  static const struct {
    char fate;
    const char *text;
  } cases[] = {
    { 'm', "Zu diesem Thema bitte keine Mails mehr." },
    { 'm', "Bitte nichts mehr zu diesem Thema." },
    { 'm', "Das Thema interessiert mich nicht, bitte keine Mails mehr dazu." },
    { 'm', "Bitte keine Mails mehr zum Spielplatz" },
    { 'm', "Diese Unterhaltung bitte abbestellen" },
    { 'm', "Nehmt mich bitte aus dieser Diskussion raus" },
    { 'm', "Mich interessiert das nicht, bitte keine weiteren Mails zu dem Thema. Danke!" },
    { 'm', "Ich möchte von dieser Diskussion nichts mehr lesen." },
    { 'm', "#spielplatz interessiert mich nicht" },
    { 'm', "#spielplatz brauche ich nicht" },
    { 'm', "Bitte nichts mehr mit #spielplatz" },
    { 'm', "Ich will nichts mehr über #spielplatz hören" },
    { 'm', "Diese Diskussion bitte ohne mich" },
    { 'm', "Hierzu bitte keine Antworten mehr an mich" },
    { 'm', "Zum Spielplatz will ich nichts mehr bekommen" },
    { 'm', "please no more mails about this topic" },
    { 'm', "Please take me off this thread" },
    { 'm', "Bu konuda artık mail istemiyorum" },
    { 'm', "Больше не присылайте письма на эту тему, пожалуйста" },
    { 'm', "Ich will von diesem Thema nichts mehr hören" },
    { 'm', "Könnt ihr mich aus dieser Unterhaltung rausnehmen?" },
    { 'm', "Hallo,\n\ndazu brauche ich keine Mails mehr.\n\nViele Grüße\nAnna Schulz" },
    { 'm', "I don't want to receive anything more on this thread." },
    { 'm', "Bitte keine Mails mehr zu #flohmarkt" },
    { 'm', "I'm not interested in #playground" },
    { 'm', "#bahçe beni ilgilendirmiyor" },
    { 'm', "#площадка меня не интересует" },
    { 'p', "Ich will keine Mails mehr von der Hausverwaltung bekommen – kennt das wer?" },
    { 'p', "Das #spielplatz-Fest hat mich nicht interessiert, aber der Flohmarkt war schön." },
    { 'p', "Die Verwaltung interessiert #spielplatz nicht, das ist das Problem!" },
    { 'p', "Zu diesem Thema hat das Amt nichts mehr geschrieben." },
    { 'p', "Bitte zu diesem Thema keine Beleidigungen mehr!" },
    { 'p', "The council has sent nothing more on this topic." },
    { 'm', "Bitte mich bei diesem Thread abmelden" },
    { 'm', "Aus diesem Gespräch möchte ich mich abmelden" },
    { 'm', "Melde mich von diesem Thread ab" },
    { 'm', "Ich steige aus dieser Diskussion aus" },
    { 'm', "Diesen Thread abbestellen bitte" },
    { 'm', "Unsubscribe me from this thread" },
    { 'm', "Отпишите меня от этой темы" },
    { 'p', "Das Thema Spielplatz interessiert mich sehr." },
    { 'p', "Zu diesem Thema habe ich keine Mails mehr bekommen, geht es noch weiter?" },
    { 'p', "Warum kommen zum Spielplatz keine Mails mehr?" },
    { 'p', "Zum Spielplatz gibt es nichts mehr zu sagen." },
    { 'p', "Bitte keine Mails mehr zum Spielplatz an das Amt schicken, wir haben schon drei geschrieben." },
    { 'p', "Ich brauche auf dem Spielplatz nichts mehr, die Schaukel reicht." },
    { 'p', "Der Spielplatz interessiert mich nicht, die Straße ist das Problem." },
    { 'p', "Ich verkaufe nichts mehr" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char fate = fate_of(cases[i].text);
    if (fate == cases[i].fate) continue;
    print_error("%s: %c\n", cases[i].text, fate);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void a_tag_is_muted_by_a_mail_of_its_own(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hallo", "#spielplatz interessiert mich nicht",
             true);
  g_autofree char *told = post_mail(&club.town, "muted", "anna@web.de");
  assert_non_null(told);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 0);
  club_close(&club);
}

static void stumm_with_a_tag_mutes_the_tag(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  post_and_answer(&club, "anna@web.de", "stumm: [Biete]", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[BIETE] Roller", "Auch zu haben, wer mag.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Roller gesehen?", "Meiner ist weg, leider.",
             true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 2);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 3);
  club_close(&club);
}

static void a_tag_without_brackets_is_muted_as_well(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  post_and_answer(&club, "anna@web.de", "Biete stumm", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[BIETE] Roller", "Auch zu haben, wer mag.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Roller gesehen?", "Meiner ist weg, leider.",
             true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 2);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 3);
  club_close(&club);
}

static void a_tag_is_muted_in_answer_to_the_letter(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  post_and_answer(&club, "anna@web.de", "stumm", true);
  club_answer(&club, "muted", "anna@web.de", "anna@web.de", "stumm [Biete]", true);
  int before = moderated_count(&club, "post", "anna@web.de");
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[Biete] Roller", "Auch zu haben, wer mag.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), before);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Roller gesehen?", "Meiner ist weg, leider.",
             true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), before + 1);
  club_close(&club);
}

static void a_forged_stumm_mutes_nobody(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW);
  post_and_answer(&club, "clara@web.de", "stumm", false);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "AW: [Biete] Fahrrad #kinder",
             "Noch da, falls jemand mag.", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "mute", "clara@web.de", "clara@web.de", "Ja", false);
  club_answer(&club, "post", "anna@web.de", "anna@web.de", "Ich nehme es, wenn ich darf.", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  club_close(&club);
}

static void an_unproven_laut_is_asked_about_and_a_yes_takes_it_back(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  clock_fix(TEST_NOW);
  post_and_answer(&club, "anna@web.de", "Stumm", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "post", "anna@web.de", "anna@web.de", "laut", false);
  g_autofree char *asked = moderated_line(&club, "mute", "anna@web.de");
  assert_non_null(strstr(asked, "wieder alles"));
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "AW: [Biete] Fahrrad #kinder", "Noch da.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "mute", "anna@web.de", "anna@web.de", "Ja", true);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Ich nehme es, wenn ich darf.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 2);
  club_close(&club);
}

static void stumm_in_a_sentence_is_a_post(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  post_and_answer(&club, "anna@web.de", "Da bin ich stumm vor Staunen.", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(stumm_mutes_a_thread_and_is_not_passed_on),
    cmocka_unit_test(an_offer_says_in_its_footer_how_long_it_holds),
    cmocka_unit_test(whoever_wants_no_more_of_it_is_heard_in_own_words),
    cmocka_unit_test(a_tag_is_muted_by_a_mail_of_its_own),
    cmocka_unit_test(stumm_with_a_tag_mutes_the_tag),
    cmocka_unit_test(a_tag_without_brackets_is_muted_as_well),
    cmocka_unit_test(a_tag_is_muted_in_answer_to_the_letter),
    cmocka_unit_test(a_forged_stumm_mutes_nobody),
    cmocka_unit_test(an_unproven_laut_is_asked_about_and_a_yes_takes_it_back),
    cmocka_unit_test(stumm_in_a_sentence_is_a_post),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
