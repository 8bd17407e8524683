/* Settings in plain words. */
#include "tests/unit/lists/understand.h"

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

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(wishes_are_read) };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
