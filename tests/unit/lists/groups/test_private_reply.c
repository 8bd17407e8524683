/* "Soll das wirklich an alle?": a member's mail that reads as private waits for its author's word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static const char private_text[] = "Das bleibt bitte unter uns: Ich bin seit Wochen im Krankenhaus, sag es "
                                   "niemandem weiter.";

/* Anna has written to the group; Bert answers her, and everybody would get it. */
static void bert_answers_privately(struct club *club, bool is_vouched)
{
  club_write(club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
  g_autofree char *to = club_reply_address(club, "post", "bert@web.de");
  club_write(club, "bert@web.de", to, "Re: Hoffest", private_text, is_vouched);
  assert_int_equal(moderated_count(club, "post", "clara@web.de"), 1);
  assert_int_equal(moderated_count(club, "private_reply", "bert@web.de"), 1);
  clock_fix(TEST_NOW + 3600);
}

static void the_author_is_asked_and_a_yes_posts_it(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bert_answers_privately(&club, true);
  g_autofree char *letter = post_mail(&club.town, "private_reply", "bert@web.de");
  assert_non_null(strstr(letter, "Krankenhaus"));
  club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, das kann an alle gehen.", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, an alle!", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2); /* nothing twice */
  club_close(&club);
}

static void a_call_for_one_person_waits_and_a_number_for_all_does_not(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool waits;
  } cases[] = {
    { "Ladet doch bitte noch meine Nachbarn ein: klaus@x.example, petra@y.example", true },
    { "Könnt ihr bitte petra2@y.example dazunehmen?", true },
    { "Wir laden alle ein, am Samstag um 15 Uhr in den Hof! Fragen an uta@web.de", false },
    { "Nur an Anna: ich kenne eine, melde dich", true },
    { "(privat) Anna, wir müssen reden", true },
    { "[privat] Anna, wir müssen reden", true },
    { "Das ist privat, Anna: ich trenne mich", true },
    { "(Privatverkauf) Sofa abzugeben", false },
    { "Ich verkaufe privat ein Fahrrad.", false },
    { "Nur für Anna: meine Nummer ist 0176 1234567", true },
    { "NUR FÜR ANNA! Die Bierbänke stehen bei mir.", true },
    { "@Anna persönlich: können wir mal reden?", true },
    { "Bitte nur an Anna weiterleiten: ich hätte noch Bänke", true },
    { "An Anna allein: Mia soll nix merken", true },
    { "nur für Anna K. - der Schlüssel liegt unter der Matte", true },
    { "Für Anna persönlich\n\nIch kann doch nicht.", true },
    { "Only for Anna: I have a spare key", true },
    { "For Anna only! Mia must not know.", true },
    { "Sadece Anna'ya: bende anahtar var", true },
    { "Только для Анны: ключ у меня", true },
    { "Hallo zusammen, das ist nur für Anna bestimmt: ich ziehe aus.", true },
    { "Anna, nur für deine Augen: ich ziehe aus.", true },
    { "Bitte geben Sie das nur Anna: ich ziehe aus.", true },
    { "Nur Anna soll das lesen: ich ziehe aus.", true },
    { "Nachricht nur für Frau Gross: ich ziehe aus.", true },
    { "Wir haben noch Bänke, aber nur für Anwohner: wer braucht eine?", false },
    { "Ich backe Kuchen, nur für Anna ohne Nüsse.", false },
    { "Das Tor ist nur am Samstag offen.", false },
    { "Nur Bert hat den Schlüssel.", false },
    { "Nur für Mitglieder: der Schlüssel hängt am Brett.", false },
    { "Nur an Samstagen haben wir auf.", false },
    { "An Anna liegt es nicht allein, wir alle haben geschlafen.", false },
    { "Nur Anna hat geholfen, schade.", false },
    { "Anna, ich helfe gern mit.", false },
    { "Liebe Anna, ruf mich doch mal an, meine Nummer ist 0176 1234567", true },
    { "Hallo Anna, meld dich privat, dann reden wir.", true },
    { "Anna, kannst du mich heute Abend anrufen?", true },
    { "Give me a call tonight, Anna, there is more to say.", true },
    { "Liebe Anna, meine Mobilnummer: 0151 23456789, meld dich", true },
    { "Hallo Anna, du erreichst mich unter 030 6789012.", true },
    { "Hi Anna, ruf an: 0176 9998877. Bert", true },
    { "Anna, hier meine Nummer: 0176 9998877", true },
    { "Hallo Anna, meine Adresse: Regattastr. 5, Hinterhaus. Komm vorbei!", true },
    { "Hallo Anna, du findest mich in der Regattastr. 9, 2. Stock links", true },
    { "Liebe Anna, komm einfach rum: Büxensteinallee 12, bei Meier klingeln", true },
    { "Hallo Anna, ich bin Samstag zu Hause, Wassersportallee 5, klingel bei Lange", true },
    { "Hi Anna, I live at Regattastr. 9, second floor", true },
    { "Liebe Anna, hol es dir ab, Regattastraße 12, Vorderhaus links", true },
    { "Hallo Anna, der Flohmarkt ist in der Regattastr. 9 auf dem Hof.", false },
    { "Hallo zusammen, ihr findet den Flohmarkt in der Regattastr. 9, klingelt bei Lange", false },
    { "Dear Anna, my number is 0151 23456789, call me", true },
    { "Ich bringe Kuchen mit, 0176 1234567 für Fragen.", false },
    { "Hallo zusammen, ihr erreicht mich unter 030 6789012.", false },
    { "Liebe Nachbarn, ihr erreicht mich unter 030 6789012.", false },
    { "Ich bin dabei und rufe gern alle dazu auf!", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
    g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
    club_write(&club, "bert@web.de", to, "Re: Hoffest", cases[i].text, true);
    bool waits = moderated_count(&club, "private_reply", "bert@web.de") == 1;
    if (waits != cases[i].waits || moderated_count(&club, "post", "clara@web.de") != (waits ? 1 : 2))
      fail_msg("%s", cases[i].text);
    club_close(&club);
  }
}

/* What is confided to one person: a secret, the own body, money, blows; and what only sounds like it. */
static void what_is_confided_waits_and_what_all_may_know_does_not(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool waits;
  } cases[] = {
    { "Mein Arzt sagt, ich darf nicht schwer heben, Bandscheibe. Erzähl das nicht weiter.", true },
    { "Erzähl das bitte nicht weiter, aber ich habe MS.", true },
    { "Ich kann leider nicht, habe gerade Chemo. Sag es niemandem.", true },
    { "Hi Anna, nicht für die anderen: Klaus hat mich geschlagen.", true },
    { "Das sage ich nur dir, Anna: mir ist gekündigt worden.", true },
    { "Mein Konto: Sparkasse, 1234567890, BLZ 10050000, überweis bitte 20 Euro.", true },
    { "Die anderen müssen das nicht wissen, aber ich ziehe aus.", true },
    { "Ich werde am Freitag am Knie operiert und kann nicht mitmachen.", true },
    { "Ich nehme Antidepressiva und vertrage kein Bier, sorry.", true },
    { "Kto. 4455667788 bei der Berliner Volksbank, BLZ 100 900 00, danke!", true },
    { "Liebe Anna, mein Mann hat mich gestern wieder verprügelt. Ich kann nicht kommen.", true },
    { "Hi Anna, ich hab meinen Job verloren und kann mir den Beitrag nicht leisten.", true },
    { "Das geht nur dich und mich etwas an: die Kasse ist leer.", true },
    { "Don't tell anyone, but I am moving out.", true },
    { "Liebe Anna, von mir hast du das nicht: der Kassenwart trinkt.", true },
    { "Sag den anderen bitte nichts davon, ich komme mit meinem neuen Freund.", true },
    { "Ich hab Rücken, muss jeden Tag zur Physiotherapie.", true },
    { "Hi Anna, mein Ex steht wieder vor der Tür und droht mir.", true },
    { "Hallo Anna, seit gestern bin ich meinen Job los.", true },
    { "Ich kann Ihnen nur empfehlen, früh zu kommen.", false },
    { "Ich bringe Tabletten für den Geschirrspüler mit.", false },
    { "Hallo Anna, die Firma ist pleite, wir brauchen andere Zelte.", false },
    { "Ben hamileyim, ağır kaldıramam.", true },
    { "Никому не говори, я переезжаю.", true },
    { "Der Arzt in der Dahmestraße schließt zum Monatsende.", false },
    { "Ich gehe Samstag zur Blutspende, kann erst ab drei.", false },
    { "Die Chemo-Selbsthilfegruppe trifft sich jeden Dienstag im Kiezklub.", false },
    { "Das Spendenkonto des Vereins: Konto 1234567890, BLZ 10050000, Berliner Sparkasse.", false },
    { "Sagt es bitte weiter: am Samstag ist Flohmarkt!", false },
    { "Klaus sagt, so geht es nicht weiter mit dem Müll.", false },
    { "Alle müssen wissen, dass am Samstag Flohmarkt ist.", false },
    { "Ich bin Ärztin und kann beim Fest Erste Hilfe machen.", false },
    { "Klaus hat mich beim Schach geschlagen.", false },
    { "Mein Hund braucht Tabletten, wer kennt eine gute Tierärztin?", false },
    { "Im Vertrauen auf gutes Wetter stelle ich die Tische raus.", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
    g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
    club_write(&club, "bert@web.de", to, "Re: Hoffest", cases[i].text, true);
    bool waits = moderated_count(&club, "private_reply", "bert@web.de") == 1;
    if (waits != cases[i].waits || moderated_count(&club, "post", "clara@web.de") != (waits ? 1 : 2))
      fail_msg("%s", cases[i].text);
    club_close(&club);
  }
}

static void what_is_no_clear_yes_posts_nothing(void **state)
{
  (void)state;
  static const char *const answers[] = { "Nein!",
                                         "Um Gottes willen, bloß nicht.",
                                         "ja, aber nur an Anna",
                                         "Bitte nicht an alle schicken.",
                                         "Danke.",
                                         "Bitte löschen, das war ein Versehen.",
                                         "Was soll das?",
                                         "Privat bitte",
                                         "No, please don't." };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    club_open(&club);
    bert_answers_privately(&club, true);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    if (moderated_count(&club, "post", "clara@web.de") != 1) fail_msg("\"%s\" posted it", answers[i]);
    club_close(&club);
  }
}

static void words_that_say_neither_are_asked_about(void **state)
{
  (void)state;
  static const char *const answers[] = { "ok", "Alles klar, danke", "Ja gut dass ihr fragt",
                                         "Ok, aber ohne das mit der Krankheit", "Ja, wie Sie meinen" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    club_open(&club);
    bert_answers_privately(&club, true);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    if (moderated_count(&club, "post", "clara@web.de") != 1) fail_msg("\"%s\" posted it", answers[i]);
    if (moderated_count(&club, "request_again", "bert@web.de") != 2) fail_msg("\"%s\"", answers[i]);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    if (moderated_count(&club, "request_again", "bert@web.de") != 2) fail_msg("\"%s\" all day", answers[i]);
    club_answer(&club, "request_again", "bert@web.de", "bert@web.de", "Ja", true);
    assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
    club_close(&club);
  }
}

static void many_ways_to_say_yes(void **state)
{
  (void)state;
  static const char *const answers[] = { "ja",
                                         "Ja bitte",
                                         "An alle",
                                         "Ja, ok",
                                         "Ja, an alle.",
                                         "doch, soll an alle",
                                         "passt schon, raus damit",
                                         "Yes, to all",
                                         "Kann ruhig an alle" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    club_open(&club);
    bert_answers_privately(&club, true);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    if (moderated_count(&club, "post", "clara@web.de") != 2) fail_msg("\"%s\" did not post it", answers[i]);
    club_close(&club);
  }
}

static void only_to_one_hands_it_over(void **state)
{
  (void)state;
  static const char *const answers[] = { "Nur an Anna bitte", "nein, nur an sie", "only to Anna" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    club_open(&club);
    bert_answers_privately(&club, true);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", answers[i], true);
    assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
    assert_int_equal(moderated_count(&club, "private", "anna@web.de"), 1);
    g_autofree char *copy = post_mail(&club.town, "private", "anna@web.de");
    assert_null(strstr(copy, "bert@web.de"));
    assert_int_equal(moderated_count(&club, "private_kept", "bert@web.de"), 1);
    club_close(&club);
  }
}

static void nobody_else_can_say_yes(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bert_answers_privately(&club, true);
  /* the letter was forwarded to Clara; somebody forges Bert's From */
  club_answer(&club, "private_reply", "bert@web.de", "clara@web.de", "Ja, an alle", true);
  club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, an alle", false);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
  assert_int_equal(moderated_count(&club, "proof", "bert@web.de"), 1);
  club_close(&club);
}

static void where_nobody_vouches_the_author_confirms_the_answer(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bert_answers_privately(&club, false);
  g_autofree char *letter = post_mail(&club.town, "private_reply", "bert@web.de");
  assert_null(strstr(letter, "Krankenhaus")); /* it may not be his */
  club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, an alle", false);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "bert@web.de", "bert@web.de", "Ja", false);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  club_close(&club);
}

static void without_an_answer_it_goes_nowhere_and_the_author_hears_so(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bert_answers_privately(&club, true);
  clock_fix(TEST_NOW + 8 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "private_kept", "bert@web.de"), 1);
  club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, an alle", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
  club_close(&club);
}

/* A thumb on "send" before a word is written. */
static void an_answer_without_a_word_of_its_own_waits(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "\nVon: Anna über Grünau <gruenau@kiez.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Grünau\n"
    "Betreff: Hoffest\n\nWer hilft beim Hoffest?",
    "\n\nVon meinem iPhone gesendet\n\nAm 02.03.2026 um 10:00 schrieb Anna über Grünau "
    "<gruenau@kiez.example>:\n\n> Wer hilft beim Hoffest?\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
    g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
    club_write(&club, "bert@web.de", to, "AW: Hoffest", texts[i], true);
    assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 1);
    g_autofree char *letter = post_mail(&club.town, "private_reply", "bert@web.de");
    assert_non_null(strstr(letter, "kein Wort von Ihnen"));
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "private_reply", "bert@web.de", "bert@web.de", "Ja, an alle!", true);
    assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
    club_close(&club);
  }
}

static void a_strangers_private_mail_waits_for_a_moderator(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "fremd@web.de", "gruenau@kiez.example", "Hallo", private_text, true);
  assert_int_equal(moderated_count(&club, "private_reply", "fremd@web.de"), 0);
  g_autoptr(GPtrArray) held = holds_page(club.town.store, 0, 0, 10, NULL);
  assert_int_equal(held->len, 1);
  club_close(&club);
}

/* A subject may say it of the whole mail, that of an answer as well. */
static void a_subject_that_says_private_waits(void **state)
{
  (void)state;
  static const struct {
    const char *subject;
    bool waits;
  } cases[] = {
    { "(privat)", true },
    { "Re: Hoffest (privat)", true },
    { "AW: [vertraulich] Hoffest", true },
    { "Re: Privater Flohmarkt", false },
    { "Treffen morgen (privat)", true },
    { "[vertraulich] Zaun", true },
    { "Privat: wegen morgen", true },
    { "Private: about tomorrow", true },
    { "Privater Flohmarkt", false },
    { "Parkplatz am Privatweg", false },
    { "Persönliche Beratung im Kiezklub", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", cases[i].subject,
               "Ich komme morgen etwas später.", true);
    g_autofree char *letters = post_letters(&club.town);
    bool waits = strstr(letters, "private_reply:anna@web.de") != NULL;
    bool is_posted = strstr(letters, "post:bert@web.de") != NULL;
    if (waits != cases[i].waits || is_posted == waits) fail_msg("%s: %s", cases[i].subject, letters);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_author_is_asked_and_a_yes_posts_it),
    cmocka_unit_test(a_call_for_one_person_waits_and_a_number_for_all_does_not),
    cmocka_unit_test(what_is_confided_waits_and_what_all_may_know_does_not),
    cmocka_unit_test(what_is_no_clear_yes_posts_nothing),
    cmocka_unit_test(words_that_say_neither_are_asked_about),
    cmocka_unit_test(many_ways_to_say_yes),
    cmocka_unit_test(a_subject_that_says_private_waits),
    cmocka_unit_test(only_to_one_hands_it_over),
    cmocka_unit_test(nobody_else_can_say_yes),
    cmocka_unit_test(where_nobody_vouches_the_author_confirms_the_answer),
    cmocka_unit_test(without_an_answer_it_goes_nowhere_and_the_author_hears_so),
    cmocka_unit_test(an_answer_without_a_word_of_its_own_waits),
    cmocka_unit_test(a_strangers_private_mail_waits_for_a_moderator),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
