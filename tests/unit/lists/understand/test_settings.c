/* Settings in plain words. */
#include "tests/unit/lists/understand/understand.h"

static const struct seen help = { .list = "gruenau", .kind = "group", .command = "hilfe" };

static void wishes_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *text, *delivery, *language, *name, *until;
  } cases[] = {
    { "Bitte nur noch einmal die Woche zusammengefasst, jeden Tag ist mir zu viel.", "weekly", NULL, NULL,
      NULL },
    { "Ich hätte lieber täglich eine Mail statt jede Mail einzeln.", "daily", NULL, NULL, NULL },
    { "Bitte jede Mail einzeln und sofort schicken.", "each", NULL, NULL, NULL },
    { "Nur noch Antworten auf meine Beiträge bitte.", "own", NULL, NULL, NULL },
    { "Keine Mails mehr, aber Mitglied will ich bleiben.", "none", NULL, NULL, NULL },
    { "Bitte auf Englisch schreiben.", NULL, "en", NULL, NULL },
    { "Bitte in leichter Sprache schreiben.", NULL, "de-x-leicht", NULL, NULL },
    { "Lütfen Türkçe yazın", NULL, "tr", NULL, NULL },
    { "Пишите мне по-русски, пожалуйста", NULL, "ru", NULL, NULL },
    { "Bitte nennt mich hier Karl-Heinz M.", NULL, NULL, "Karl-Heinz M.", NULL },
    { "Mails pausieren bis 20. März.", NULL, NULL, NULL, "2026-03-20" },
    { "Ich bin vom 3. bis 20. April verreist, bitte solange keine Mails.", NULL, NULL, NULL, "2026-04-20" },
    { "Bin bis 30. April im Urlaub, schickt mir solange nichts.", NULL, NULL, NULL, "2026-04-30" },
    { "Ich möchte nur noch Mails, die auf meine eigenen Beiträge antworten.", "own", NULL, NULL, NULL },
    { "Bitte nur Mails, die mich selbst betreffen", "own", NULL, NULL, NULL },
    { "Schickt mir nichts mehr gesammelt, sondern jede Nachricht einzeln.", "each", NULL, NULL, NULL },
    { "once a week is enough, please no daily mails", "weekly", NULL, NULL, NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&help, "Einstellungen", cases[i].text);
    const struct meaning *m = u.it->meaning;
    g_autofree char *until = m->pause_until.year ? wall_format(&m->pause_until, NULL) : NULL;
    if (m->intent != INTENT_SETTINGS || g_strcmp0(m->delivery, cases[i].delivery) != 0 ||
        g_strcmp0(m->language, cases[i].language) != 0 || g_strcmp0(m->name, cases[i].name) != 0 ||
        g_strcmp0(until, cases[i].until) != 0) {
      print_error("%s: %s, %s, %s, %s, %s\n", cases[i].text, intent_word(m->intent), m->delivery, m->language,
                  m->name, until);
      wrong++;
    }
    understood_free(&u);
  }
  assert_int_equal(wrong, 0);
}

static void small_wishes_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
    int own_copy;
    bool resumes, mutes;
  } cases[] = {
    { "mein voller Name", "full", -1, false, false },
    { "Bitte zeigt meinen vollen Namen.", "full", -1, false, false },
    { "nur Vorname", "first", -1, false, false },
    { "Bitte nur den Vornamen.", "first", -1, false, false },
    { "Vorname und Anfangsbuchstabe", "initial", -1, false, false },
    { "Bitte nennen Sie nicht meinen vollen Namen.", "initial", -1, false, false },
    { "nur Vorname und Initial", "initial", -1, false, false },
    { "Name: Vorname und Initial", "initial", -1, false, false },
    { "Bitte Vornamen und ersten Buchstaben des Nachnamens zeigen", "initial", -1, false, false },
    { "Nachnamen bitte abkürzen", "initial", -1, false, false },
    { "first name and initial please", "initial", -1, false, false },
    { "Mein voller Name darf wieder drunter stehen", "full", -1, false, false },
    { "eigene Kopie bitte", NULL, 1, false, false },
    { "ohne eigene Kopie", NULL, 0, false, false },
    { "unsubscribe from this thread", NULL, -1, false, true },
    { "Ich will meine eigenen Mails auch bekommen.", NULL, 1, false, false },
    { "Bitte keine Kopie meiner Beiträge.", NULL, 0, false, false },
    { "Pause beenden", NULL, -1, true, false },
    { "Bitte beenden Sie meine Pause.", NULL, -1, true, false },
    { "stumm", NULL, -1, false, true },
    { "Stumm bitte!", NULL, -1, false, true },
    { "my full name please", "full", -1, false, false },
    { "first name only", "first", -1, false, false },
    { "no copies of my posts", NULL, 0, false, false },
    { "end the pause", NULL, -1, true, false },
    { "mute this thread", NULL, -1, false, true },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&help, "Einstellungen", cases[i].text);
    const struct meaning *m = u.it->meaning;
    if (m->intent != INTENT_SETTINGS || g_strcmp0(m->shown, cases[i].shown) != 0 ||
        m->own_copy != cases[i].own_copy || m->name || m->resumes != cases[i].resumes ||
        m->mutes != cases[i].mutes) {
      print_error("%s: %s, %s, %d, %d, %d\n", cases[i].text, intent_word(m->intent), m->shown, m->own_copy,
                  m->resumes, m->mutes);
      wrong++;
    }
    understood_free(&u);
  }
  assert_int_equal(wrong, 0);
}

static void all_mails_again_are_each(void **state)
{
  (void)state;
  struct understood u = understand_text(&help, "Einstellungen", "wieder alle Mails");
  assert_int_equal(u.it->meaning->intent, INTENT_SETTINGS);
  assert_string_equal(u.it->meaning->delivery, "each");
  understood_free(&u);
}

/* At the list itself, where everything that is not understood would go to all. */
static void which_name_to_show_is_understood_at_the_list(void **state)
{
  (void)state;
  static const struct seen group = { .list = "gruenau", .kind = "group" };
  static const struct {
    const char *text, *name, *shown;
  } cases[] = {
    { "Zeigt bitte nur Vera L. an", "Vera L.", NULL },
    { "Zeigt bitte nur Vera L.", "Vera L.", NULL },
    { "Bitte zeigen Sie nur Vera L. an.", "Vera L.", NULL },
    { "Zeigt von meinem Namen nur Vera L.", "Vera L.", NULL },
    { "Könnt ihr bei mir bitte nur Vera L. anzeigen?", "Vera L.", NULL },
    { "Bitte nur Vera L. zeigen statt meines ganzen Namens", "Vera L.", NULL },
    { "Ich möchte nur als Vera L. zu sehen sein", "Vera L.", NULL },
    { "Zeigt bitte nur meinen Vornamen an", NULL, "first" },
    { "Blendet bitte meinen Nachnamen aus", NULL, "first" },
    { "Zeigt bitte meinen Nachnamen nicht", NULL, "first" },
    { "Show only Vera L. please", "Vera L.", NULL },
    { "Please display just Vera L.", "Vera L.", NULL },
    { "Only show my first name please", NULL, "first" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&group, "Bitte", cases[i].text);
    const struct meaning *m = u.it->meaning;
    if (m->intent != INTENT_SETTINGS || g_strcmp0(m->name, cases[i].name) != 0 ||
        g_strcmp0(m->shown, cases[i].shown) != 0)
      fail_msg("%s: %s, %s, %s", cases[i].text, intent_word(m->intent), m->name, m->shown);
    understood_free(&u);
  }
}

static void talk_of_names_at_the_list_is_a_post(void **state)
{
  (void)state;
  static const struct seen group = { .list = "gruenau", .kind = "group" };
  static const char *const posts[] = {
    "Der volle Name der Straße ist Büxensteinallee, das wissen die wenigsten.",
    "Ich bin wieder zurück aus dem Urlaub und freue mich auf das Hoffest am Samstag!",
    "Bei dem Lärm war ich stumm vor Schreck. Wer weiß, was da los war?",
    "Bitte bringt eine Kopie von meinem Flyer mit, ich habe keine mehr.",
    "Zeigt bitte nur saubere Hunde an",
    "Zeigt bitte nur die Fotos vom Fest",
    "Im Schaufenster ist nur Peter K. zu sehen, der das gemalt hat.",
    "Es waren nur Vera L. und Tom da, schade.",
    "Am Samstag lesen nur Vera L. und Tom M., Eintritt frei.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
    struct understood u = understand_text(&group, "Neues", posts[i]);
    if (u.it->meaning->intent == INTENT_SETTINGS) fail_msg("a command: %s", posts[i]);
    understood_free(&u);
  }
}

static void a_word_above_a_text_is_a_title(void **state)
{
  (void)state;
  static const struct seen group = { .list = "gruenau", .kind = "group" };
  struct understood u = understand_text(&group, "Funkstille", "Guten Tag, liebe Nachbarn.");
  assert_int_equal(u.it->meaning->intent, INTENT_POST);
  understood_free(&u);
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(wishes_are_read),
                                      cmocka_unit_test(small_wishes_are_read),
                                      cmocka_unit_test(all_mails_again_are_each),
                                      cmocka_unit_test(a_word_above_a_text_is_a_title),
                                      cmocka_unit_test(which_name_to_show_is_understood_at_the_list),
                                      cmocka_unit_test(talk_of_names_at_the_list_is_a_post) };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
