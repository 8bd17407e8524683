/* Letters that show a member's settings: what stands in them, what changing a line does, and that whoever
 * answers one is never left without a word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

/* Anna gets the letter that shows how everything is. */
static void letter_to_anna(struct club *club)
{
  club_open(club);
  club_write(club, "Anna Berg <anna@web.de>", "gruenau+einstellungen@kiez.example", "Einstellungen", "",
             true);
}

static char *letter_text(struct club *club, const char *purpose)
{
  g_autofree char *letter = post_mail(&club->town, purpose, "anna@web.de");
  if (!letter) return g_strdup("");
  g_autoptr(mail_t) mail =
      mail_read(letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example" });
  return g_strdup(mail->text);
}

/* How many letters of a purpose there are. */
static int count_letters(struct club *club, const char *purpose)
{
  g_autofree char *letters = post_letters(&club->town), *word = g_strconcat(purpose, ":", NULL);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static void assert_says(struct club *club, const char *purpose, const char *line)
{
  g_autofree char *text = letter_text(club, purpose);
  if (!strstr(text, line)) fail_msg("\"%s\" does not stand in %s", line, text);
}

static void the_letter_shows_all_that_is_in_force(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  assert_says(&club, "settings_unclear", "so ist es jetzt:");
  static const char *const lines[] = { "Mails: jede einzeln",       "Pause: keine",
                                       "Eigene Mails zurück: nein", "Name: wie in Ihren Mails",
                                       "Sprache: Deutsch",          "schreiben: noch nicht gefragt" };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) assert_says(&club, "settings_unclear", lines[i]);
  club_close(&club);
}

static void a_changed_line_changes_that_alone(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  g_autofree char *text = letter_text(&club, "settings_unclear");
  g_auto(GStrv) halves = g_strsplit(text, "Mails: jede einzeln", 2);
  g_autofree char *edited = g_strconcat(halves[0], "Mails: einmal die Woche", halves[1], NULL);
  club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de", edited, true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active weekly");
  assert_says(&club, "settings_done", "Mails: einmal in der Woche, freitags");
  club_close(&club);
}

/* "so ist es jetzt" in a quote of last month changes nothing back. */
static void an_old_quote_changes_nothing_back(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  g_autofree char *to = club_reply_address(&club, "settings_unclear", "anna@web.de");
  club_write(&club, "anna@web.de", to, "AW: Einstellungen", "Mails: keine", true);
  club_write(&club, "anna@web.de", to, "AW: Einstellungen", "Mails: jede einzeln", true); /* meant */
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_write(&club, "anna@web.de", to, "AW: Einstellungen", "Mails: täglich", true);
  club_write(&club, "anna@web.de", to, "AW: Einstellungen",
             "Eigene Mails zurück: ja\n\n> Mails: jede einzeln\n> Pause: keine\n> Eigene Mails zurück: nein",
             true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active daily");
  assert_says(&club, "settings_done", "Eigene Mails zurück: ja");
  club_close(&club);
}

static void a_pause_stays_when_the_rhythm_changes(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de",
              "Mails: wöchentlich\nPause: bis 15. August", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "paused weekly");
  assert_says(&club, "settings_done", "Pause: bis 15.8.2026");
  club_answer(&club, "settings_done", "anna@web.de", "anna@web.de", "Mails: einmal am Tag", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "paused daily");
  club_close(&club);
}

static void what_is_not_understood_is_named(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de", "Sprache: Klingonisch", true);
  assert_says(&club, "settings_unclear", "Nicht verstanden: „Sprache: Klingonisch“");
  assert_int_equal(count_letters(&club, "admin"), 0);
  club_close(&club);
}

/* Each as an answer to the welcome letter, with what the settings are then. */
static void odd_wordings_are_done_or_answered(void **state)
{
  (void)state;
  static const struct {
    const char *says, *line;
  } cases[] = {
    { "bitte mit vollem namen", "Name: voller Name" },
    { "eigene kopie ja bitte", "Eigene Mails zurück: ja" },
    { "keine eigene Kopie", "Eigene Mails zurück: nein" },
    { "haftlık lütfen", "Mails: einmal in der Woche" },
    { "only the threads I am in please", "Mails: only my topics" },
    { "раз в неделю, пожалуйста", "Mails: einmal in der Woche" },
    { "Danke, wöchentlich reicht mir", "Mails: einmal in der Woche" },
    { "Wie lautet meine Einstellung?", "so ist es jetzt" },
    { "Macht es bitte wie beim letzten Mal", "nicht ganz verstanden" },
    { "Deutsch bitte", "Sprache: Deutsch" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau+hilfe@kiez.example", "Hilfe", "", true);
    club_answer(&club, "help", "anna@web.de", "anna@web.de", cases[i].says, true);
    g_autofree char *done = letter_text(&club, "settings_done");
    g_autofree char *unclear = letter_text(&club, "settings_unclear");
    if (!strstr(done, cases[i].line) && !strstr(unclear, cases[i].line))
      fail_msg("\"%s\" led to: %s%s", cases[i].says, done, unclear);
    assert_int_equal(count_letters(&club, "admin"), 0);
    club_close(&club);
  }
}

static void thanks_are_not_answered(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  int before = count_letters(&club, "settings_unclear");
  club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de", "Vielen Dank, alles klar!", true);
  assert_int_equal(count_letters(&club, "settings_unclear"), before);
  assert_int_equal(count_letters(&club, "settings_done"), 0);
  club_close(&club);
}

static void a_language_without_letters_is_said_to_have_none(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de", "Türkçe yazın lütfen", true);
  assert_says(&club, "settings_done", "Sprache: Türkisch");
  assert_says(&club, "settings_done", "noch keine Briefe in Ihrer Sprache");
  club_close(&club);
}

static void a_wish_from_a_second_address_is_done_after_the_yes(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  club_answer(&club, "settings_unclear", "anna@web.de", "anna.berg@arbeit.example", "einmal am Tag bitte",
              true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_int_equal(count_letters(&club, "leave_unknown"), 0);
  assert_says(&club, "address", "nach Ihrem „Ja“");
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Ja", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active daily");
  club_close(&club);
}

static void who_is_not_that_person_wishes_nothing(void **state)
{
  (void)state;
  struct club club;
  letter_to_anna(&club);
  club_answer(&club, "settings_unclear", "anna@web.de", "mallory@evil.example", "Mails: keine", true);
  club_answer(&club, "address", "anna@web.de", "anna@web.de", "Nein, kenne ich nicht", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

/* Whoever asks how things work, or says what is no setting, gets a letter that says what one can do. */
static void no_question_below_the_letter_is_left_unanswered(void **state)
{
  (void)state;
  static const struct {
    const char *text, *letter;
    int letters;
  } cases[] = { { "Hilfe", "help", 1 },
                { "wie komme ich hier raus?", "help", 1 },
                { "Welche Befehle gibt es?", "help", 1 },
                { "Wann ist eigentlich das Hoffest?", "settings_unclear", 2 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    letter_to_anna(&club);
    club_answer(&club, "settings_unclear", "anna@web.de", "anna@web.de", cases[i].text, true);
    if (count_letters(&club, cases[i].letter) != cases[i].letters) fail_msg("left alone: %s", cases[i].text);
    assert_string_equal(club_state(&club, "anna@web.de"), "active each");
    club_close(&club);
  }
}

/* "Hilfe" alone is said to us; with anything else it is for the neighbours. */
static void help_alone_at_the_list_is_asked_of_us(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
    int letters;
  } cases[] = { { "", "Hilfe", 1 },
                { "Hilfe", "", 1 },
                { "Hilfe!", "Hilfe bitte!", 1 },
                { "help", "Help", 1 },
                { "Frage", "Welche Befehle gibt es hier?", 1 },
                { "Frage", "Welche Befehle gibt es in der Stadtverordnetenversammlung?", 0 },
                { "Wasserrohrbruch im Keller", "Hilfe!", 0 },
                { "Hilfe", "Mein Kater ist weg.", 0 },
                { "Kater", "Hilfe! Mein Kater ist weg.", 0 },
                { "Umzug", "Hilfe beim Umzug gesucht", 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "Anna Berg <anna@web.de>", "gruenau@kiez.example", cases[i].subject, cases[i].text,
               true);
    if (count_letters(&club, "help") != cases[i].letters) fail_msg("%s: %s", cases[i].subject, cases[i].text);
    club_close(&club);
  }
}

/* The text of the last letter that was put out. Caller frees. */
static char *last_settings_letter(struct club *club)
{
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  int64_t last = 0;
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    last = MAX(last, delivery->letter);
  }
  g_autoptr(letter_t) letter = letter_get(club->town.store, last, true, NULL);
  gsize size = 0;
  const char *content = g_bytes_get_data(letter->content, &size);
  g_autoptr(mail_t) mail =
      mail_read(content, size, &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  return g_strdup(mail->text);
}

/* An old letter of ours is answered again: only what it changes now is called done. */
static void what_was_so_already_is_not_called_done(void **state)
{
  (void)state;
  static const struct {
    const char *says, *then, *told;
  } cases[] = {
    { "wöchentlich", "active weekly", "geändert hat sich nichts" },
    { "Mails: einmal in der Woche", "active weekly", NULL },
    { "täglich", "active daily", "erledigt" },
    { "erledigt", "active weekly", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    clock_fix(TEST_NOW);
    club_write(&club, "anna@web.de", "gruenau+einstellungen@kiez.example", "", "täglich", true);
    g_autofree char *old = club_reply_address(&club, "settings_done", "anna@web.de");
    clock_fix(TEST_NOW + 10 * 86400);
    club_write(&club, "anna@web.de", "gruenau+einstellungen@kiez.example", "", "wöchentlich", true);
    clock_fix(TEST_NOW + 20 * 86400);
    club_write(&club, "anna@web.de", old, "AW: Ihre Einstellungen", cases[i].says, true);
    assert_string_equal(club_state(&club, "anna@web.de"), cases[i].then);
    g_autofree char *told = last_settings_letter(&club);
    if (cases[i].told && !strstr(told, cases[i].told)) fail_msg("%s: %s", cases[i].says, told);
    if (!cases[i].told && strstr(told, "erledigt.")) fail_msg("%s: %s", cases[i].says, told);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_letter_shows_all_that_is_in_force),
    cmocka_unit_test(a_changed_line_changes_that_alone),
    cmocka_unit_test(an_old_quote_changes_nothing_back),
    cmocka_unit_test(a_pause_stays_when_the_rhythm_changes),
    cmocka_unit_test(what_is_not_understood_is_named),
    cmocka_unit_test(odd_wordings_are_done_or_answered),
    cmocka_unit_test(help_alone_at_the_list_is_asked_of_us),
    cmocka_unit_test(thanks_are_not_answered),
    cmocka_unit_test(no_question_below_the_letter_is_left_unanswered),
    cmocka_unit_test(a_language_without_letters_is_said_to_have_none),
    cmocka_unit_test(a_wish_from_a_second_address_is_done_after_the_yes),
    cmocka_unit_test(who_is_not_that_person_wishes_nothing),
    cmocka_unit_test(what_was_so_already_is_not_called_done),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
