/* Mails of a few words that are nothing but a wish, and those that only look like one. */
#include "tests/unit/lists/understand/understand.h"

static const struct seen group = { .list = "gruenau", .kind = "group" };

static void expect(const char *subject, const char *text, enum intent wanted)
{
  struct understood u = understand_text(&group, subject, text);
  if (u.it->meaning->intent != wanted)
    fail_msg("\"%s\" / \"%s\": %s", subject, text, intent_word(u.it->meaning->intent));
  understood_free(&u);
}

static void every_word_of_it_belongs_to_one_wish(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    enum intent intent;
  } wishes[] = {
    { "raus bitte", INTENT_LEAVE },
    { "nix für mich, bitte wieder raus", INTENT_LEAVE },
    { "Moin, bin umgezogen, bitte streichen. Danke!", INTENT_LEAVE },
    { "listeden çıkarın beni lütfen", INTENT_LEAVE },
    { "nehmt mich mal uff", INTENT_JOIN },
    { "bitte mit eintragen", INTENT_JOIN },
    { "wöchentlich statt täglich", INTENT_SETTINGS },
    { "nicht einzeln sondern gesammelt", INTENT_SETTINGS },
    { "раз в неделю достаточно", INTENT_SETTINGS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++) expect("", wishes[i].text, wishes[i].intent);
}

static void one_word_that_belongs_to_nothing_is_enough_for_a_post(void **state)
{
  (void)state;
  static const char *const posts[] = {
    "Müll raus bitte",
    "nehmt die Kinder mit auf",
    "macht auf",
    "nicht abmelden",
    "danke für die Aufnahme",
    "raus in die Sonne",
    "Stopp! Der Kran kommt erst",
    "tausche Kinderrad gegen Roller",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) expect("", posts[i], INTENT_POST);
}

static void an_answer_is_about_what_is_talked_of(void **state)
{
  (void)state;
  static const char *const answers[] = { "weg damit", "Ich steige aus, wird mir zu teuer", "bin dabei" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) expect("Re: Sofa", answers[i], INTENT_REPLY);
}

static void a_title_is_no_wish(void **state)
{
  (void)state;
  expect("Funkstille", "Guten Tag, liebe Nachbarn.", INTENT_POST);
  expect("Möbel", "weg damit", INTENT_POST);
}

/* A false leaving is graver than a missed one. */
static void some_mails_too_many_are_no_leaving(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    enum intent intent;
  } cases[] = {
    { "keine mails mehr zum thema laub", INTENT_SETTINGS },
    { "keine Mails mehr zu Flohmarkt", INTENT_SETTINGS },
    { "keine Mails mehr über Hunde", INTENT_SETTINGS },
    { "bitte keine mails mehr mit anhang", INTENT_SETTINGS },
    { "bitte nicht mehr so viele mails", INTENT_SETTINGS },
    { "Bitte keine Mails von Karl-Heinz mehr", INTENT_SETTINGS },
    { "no more mails about dogs", INTENT_SETTINGS },
    { "unsubscribe from this thread", INTENT_SETTINGS },
    { "отключить эту тему", INTENT_SETTINGS },
    { "Das Bezirksamt soll mir keine offenen Mails schicken", INTENT_SETTINGS },
    { "[Biete] will ich nicht mehr sehen", INTENT_SETTINGS },
    { "nur meine Threads", INTENT_SETTINGS },
    { "nicht mehr anzeigen dass ich Mitglied bin", INTENT_SETTINGS },
    { "Wie stehen meine Einstellungen?", INTENT_SETTINGS },
    { "Es gab keine Mails mehr über die Baustelle. Weiß jemand Neues?", INTENT_POST },
    { "Bitte streichen Sie mich, ich brauche keine Mails mehr mit Werbung", INTENT_LEAVE },
    { "keine Mails mehr von euch", INTENT_LEAVE },
    { "keine Mails mehr über diesen Verteiler", INTENT_LEAVE },
    { "keine Mails mehr mit eurem Spam", INTENT_LEAVE },
    { "Bitte mir keine Mails mehr zu schicken.", INTENT_LEAVE },
    { "ich will keine Mails mehr von der Hausverwaltung, ihr auch?", INTENT_POST },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) expect("", cases[i].text, cases[i].intent);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_word_of_it_belongs_to_one_wish),
    cmocka_unit_test(one_word_that_belongs_to_nothing_is_enough_for_a_post),
    cmocka_unit_test(an_answer_is_about_what_is_talked_of),
    cmocka_unit_test(a_title_is_no_wish),
    cmocka_unit_test(some_mails_too_many_are_no_leaving),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
