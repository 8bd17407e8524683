/* Wishes said at a list: what is plainly one is done, what is about another thing goes to everybody, and what
 * could be either is kept until its author says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

enum became { POSTED, LEFT, ASKED, SET };

/* What became of a mail of Anna's to Grünau. */
static enum became became_of(struct club *club)
{
  g_autofree char *letters = post_letters(&club->town);
  if (strstr(letters, "post_or_wish:anna@web.de")) return ASKED;
  if (strstr(letters, "settings_done:anna@web.de")) return SET;
  if (strstr(letters, " post:") || g_str_has_prefix(letters, "post:")) return POSTED;
  return LEFT;
}

static void a_leaving_of_other_things_is_a_post(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
    enum became became;
  } cases[] = {
    { "Frage", "Wir wollen aussteigen aus der Gasheizung. Wer auch?", POSTED },
    { "Heizung", "Wir steigen aus der Fernwärme aus, wer macht mit?", POSTED },
    { "Frage", "Das Abo der Zeitung beenden: wie lange ist die Frist?", POSTED },
    { "Frage", "Kann mich mal jemand abmelden helfen beim Einwohnermeldeamt?", POSTED },
    { "Frage", "Der Verein hat mich aus dem Verteiler genommen, unverschämt!", POSTED },
    { "Frage", "Der Chor hat mich einfach aus der Liste gestrichen.", POSTED },
    { "Question", "I want to unsubscribe from the newspaper, how did you do it?", POSTED },
    { "Question", "How do I cancel my subscription of the gym? Has anybody done it?", POSTED },
    { "Amt", "Wir brauchen keine Mails vom Bezirksamt, wir brauchen Taten!", POSTED },
    { "Amt", "Sagt dem Amt, sie dürfen mir gern schreiben, auch unverschlüsselt :)", POSTED },
    { "Frage", "Keine Mails mehr von der Hausverwaltung seit Wochen, geht das nur mir so?", POSTED },
    { "Frage", "Bitte keine Mails mehr nach 22 Uhr", ASKED },
    { "Frage", "keine mails mehr von der Frau Schulz, die nervt", ASKED },
    { "Frage", "Ich will nichts mehr über Parkplätze lesen", ASKED },
    { "Frage", "Ich möchte nicht mehr so viele Mails", ASKED },
    { "Re: Sommerfest", "Mich interessiert das Thema nicht, bitte keine Mails mehr dazu", ASKED },
    { "Frage", "Ich bin raus. Tschüss!", ASKED },
    { "Frage", "bin dann mal raus hier", ASKED },
    { "Frage", "So, ich bin dann mal weg. Tschüss!", ASKED },
    { "Frage", "Ich bin raus, bitte abmelden", LEFT },
    { "Planung", "Ich bin raus aus der Planung", POSTED },
    { "Planung", "Ich bin raus aus der Planung. Tschüss!", POSTED },
    { "Re: Sommerfest", "Am Samstag bin ich raus, viel Spaß euch", POSTED },
    { "Re: [Grünau] Hoffest", "Bin raus. Bitte austragen.", ASKED },
    { "AW: Sommerfest", "Bin raus, bitte austragen", ASKED },
    { "Re: Sommerfest", "Ich bin raus. Nehmt mich bitte raus.", ASKED },
    { "Re: Sommerfest", "Bin raus, meldet mich bitte ab", ASKED },
    { "Re: Sommerfest", "Ich steige aus. Bitte streicht mich.", ASKED },
    { "Re: Sommerfest", "Bin raus. Bitte nehmt mich aus dem Verteiler.", LEFT },
    { "AW: Hoffest", "Bin weg, löscht mich bitte", ASKED },
    { "AW: Hoffest", "Hallo, löscht mich bitte", LEFT },
    { "AW: Hoffest", "Ich bin raus, kann am Samstag nicht", POSTED },
    { "AW: Hoffest", "Bin raus. Wer will meinen Platz?", POSTED },
    { "AW: Hoffest", "Bin raus, melde mich morgen wieder", POSTED },
    { "AW: Hoffest", "Ich bin raus, meldet euch bei Karl ab", POSTED },
    { "AW: Hoffest", "Bin raus beim Grillen. Den Kuchen könnt ihr streichen.", POSTED },
    { "AW: Sofa", "Weg damit, bitte entfernen", POSTED },
    { "Ende", "Bitte die Gruppe schließen", ASKED },
    { "Ende", "Könnt ihr die Gruppe bitte auflösen?", ASKED },
    { "Tor", "Bitte das Tor schließen", POSTED },
    { "Bibliothek", "Die Gruppe schließt um 8", POSTED },
    { "Frage", "Ich bin raus aus dem Haus und habe den Schlüssel vergessen. Wer hat einen?", POSTED },
    { "Frage", "bitte nehmen Sie mich aus dem Verteiler!!!", LEFT },
    { "Frage", "Könnt ihr mich bitte abmelden? Danke", LEFT },
    { "", "Ich bin umgezogen, bitte streichen Sie mich", LEFT },
    { "Abmeldung", "Bitte tragt mich aus dem Verteiler aus. Wir ziehen im Mai nach Bayern.", LEFT },
    { "Frage", "Could you please take me off this list?", LEFT },
    { "Frage", "remove", LEFT },
    { "Frage", "Keine weiteren Zusendungen erwünscht", LEFT },
    { "Frage", "прошу удалить меня из рассылки", LEFT },
    { "Frage", "lütfen beni listeden çıkarın", LEFT },
    { "Frage", "Bitte nur einmal täglich", SET },
    { "Frage", "Bin bis 15. Dezember verreist, bitte solange keine Mails", SET },
    { "Frage", "nur noch Themen, bei denen ich selber mitschreibe", SET },
    { "Question", "only threads I take part in please", SET },
    { "Frage", "Bitte nicht meinen vollen Namen anzeigen, Vorname und erster Buchstabe genügt", SET },
    { "Frage", "Bitte die nächsten zwei Wochen keine Mails", SET },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", cases[i].subject, cases[i].text, true);
    enum became became = became_of(&club);
    if (became != cases[i].became) fail_msg("%s: %d", cases[i].text, (int)became);
    bool is_in = strcmp(club_state(&club, "anna@web.de"), "none") != 0;
    if (is_in == (became == LEFT)) fail_msg("%s: in the list: %d", cases[i].text, is_in);
    club_close(&club);
  }
}

static void the_author_says_which_it_was(void **state)
{
  (void)state;
  static const struct {
    const char *answer;
    bool posts, leaves, is_asked_again;
  } cases[] = {
    { "Ja, an alle", true, false, false },
    { "an alle bitte", true, false, false },
    { "to everybody, please", true, false, false },
    { "Abmelden", false, true, false },
    { "Nein, nicht an alle. Bitte austragen.", false, true, false },
    { "Nein", false, false, false },
    { "Was ist los?", false, false, true },
    { "an alle oder abmelden", false, false, true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Frage", "Bitte keine Mails mehr nach 22 Uhr",
               true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "post_or_wish", "anna@web.de", "anna@web.de", cases[i].answer, true);
    g_autofree char *letters = post_letters(&club.town);
    bool is_posted = strstr(letters, " post:") != NULL;
    bool has_left = strcmp(club_state(&club, "anna@web.de"), "none") == 0;
    if (is_posted != cases[i].posts || has_left != cases[i].leaves)
      fail_msg("%s: %s", cases[i].answer, letters);
    if (cases[i].is_asked_again) {
      club_answer(&club, "post_or_wish", "anna@web.de", "anna@web.de", "Ja, an alle", true);
      g_autofree char *after = post_letters(&club.town);
      assert_non_null(strstr(after, " post:"));
    }
    club_close(&club);
  }
}

static void nobody_else_decides_about_it(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Frage", "Bitte keine Mails mehr nach 22 Uhr",
             true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "post_or_wish", "anna@web.de", "thief@evil.example", "Abmelden", true);
  club_answer(&club, "post_or_wish", "anna@web.de", "anna@web.de", "Ja, an alle", false);
  g_autofree char *letters = post_letters(&club.town);
  assert_null(strstr(letters, " post:"));
  assert_string_not_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

/* How many letters of a purpose went out. */
static bool has_letter(struct club *club, const char *letter)
{
  g_autofree char *letters = post_letters(&club->town);
  return strstr(letters, letter) != NULL;
}

static void a_thread_is_muted_and_heard_again_in_many_words(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    const char *letter; /* NULL: it is a post */
  } cases[] = {
    { "das thema interessiert mich nicht, bitte keine mails mehr dazu", "muted:bert" },
    { "Diesen Thread will ich nicht mehr sehen", "muted:bert" },
    { "ruhe bitte", "muted:bert" },
    { "Keine Mails mehr dazu, danke", "muted:bert" },
    { "mute this thread please", "muted:bert" },
    { "konuyu sessize al", "muted:bert" },
    { "заглушить тему", "muted:bert" },
    { "nicht mehr stumm", "unmuted:bert" },
    { "wieder laut", "unmuted:bert" },
    { "unmute", "unmuted:bert" },
    { "Ohne mich!", NULL },
    { "Das interessiert mich nicht", NULL },
    { "Die Ruhe hier ist herrlich", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
    g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
    club_write(&club, "bert@web.de", to, "Re: Hoffest", cases[i].text, true);
    g_autofree char *answer = post_mail(&club.town, "post", "anna@web.de");
    bool is_said = cases[i].letter ? has_letter(&club, cases[i].letter)
                                   : !has_letter(&club, "muted:bert") && !has_letter(&club, "post_or_wish");
    if (!is_said || (answer != NULL) == (cases[i].letter != NULL)) {
      g_autofree char *letters = post_letters(&club.town);
      fail_msg("%s: %s", cases[i].text, letters);
    }
    club_close(&club);
  }
}

static void who_is_here_is_asked_of_us(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_post;
  } cases[] = {
    { "Wer macht hier eigentlich alles mit?", false },
    { "Kann ich eine Mitgliederliste haben?", false },
    { "Wie viele sind wir hier eigentlich?", false },
    { "Could I see the list of members?", false },
    { "Wer macht mit beim Hoffest?", true },
    { "Kann mir jemand sagen, wie viele Leute ins Gemeindehaus passen?", true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Mitglieder", cases[i].text, true);
    if ((became_of(&club) == POSTED) != cases[i].is_post) fail_msg("%s", cases[i].text);
    club_close(&club);
  }
}

static void who_asks_how_to_leave_leaves_by_one_reply(void **state)
{
  (void)state;
  static const char *const asked[] = { "wie komm ich hier wieder raus??",
                                       "Wie kann ich mich hier abmelden?" };
  for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Re: Hoffest", asked[i], true);
    g_autofree char *help = post_mail(&club.town, "help", "anna@web.de");
    if (!help || !strstr(help, "Bitte austragen")) fail_msg("no offer to: %s", asked[i]);
    club_answer(&club, "help", "anna@web.de", "anna@web.de", "Bitte austragen", true);
    g_autofree char *letters = post_letters(&club.town);
    if (!strstr(letters, "goodbye:anna@web.de")) fail_msg("%s: %s", asked[i], letters);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_leaving_of_other_things_is_a_post),
    cmocka_unit_test(the_author_says_which_it_was),
    cmocka_unit_test(nobody_else_decides_about_it),
    cmocka_unit_test(a_thread_is_muted_and_heard_again_in_many_words),
    cmocka_unit_test(who_is_here_is_asked_of_us),
    cmocka_unit_test(who_asks_how_to_leave_leaves_by_one_reply),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
