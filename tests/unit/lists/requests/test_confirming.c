/* What counts as a yes to "please confirm", and what never does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

static bool has_letter(struct club *club, const char *purpose, const char *address)
{
  g_autofree char *letter = post_mail(&club->town, purpose, address);
  return letter != NULL;
}

/* Eva asks to join, and answers the letter with this. */
static void ask_and_answer(struct club *club, const char *text)
{
  club_open(club);
  club_write(club, "eva@web.de", "gruenau+beitreten@kiez.example", "", "", true);
  clock_fix(TEST_NOW + 600);
  club_answer(club, "join", "eva@web.de", "eva@web.de", text, true);
}

static void only_a_clear_yes_confirms(void **state)
{
  (void)state;
  static const char *const yes[] = {
    "",
    "Ja",
    "ja bitte",
    "ok",
    "Ja, das war ich.",
    "Bestätigt",
    "Hiermit bestätige ich.",
    "Einverstanden!",
    "Ich möchte gern mitmachen",
    "Yes, please",
    "I confirm",
    "Evet",
    "Да",
    "Ja\n\nVon meinem iPhone gesendet",
    "Sehr gerne!",
    "ja bitte, aufnehmen",
    "Hallo liebes Team,\n\nja, das bin ich. Ich freue mich auf die Mails!\n\nHerzliche Grüße\nEva "
    "Klein",
    "jup",
    "Einverstanden.",
    "ja kein problem",
    "Ok danke",
    "Passt so, danke schön",
    "Hiermit bestätige ich meine Anmeldung.",
    "Ja, ich will mitmachen. Danke, dass es so etwas gibt, im Haus kennt sich ja sonst keiner!",
    "yes that's me",
    "Yes please, sign me up. Thanks!",
    "Evet, istiyorum",
    "да, пожалуйста",
    "Hallo, ja gern. Vielen Dank und liebe Grüße",
    "Ja, ich möchte die Mails gern bekommen.",
    "Ja, ich möchte jede Mail erhalten",
    "Ja. Ihre Mail habe ich erhalten, bitte eintragen",
    "Ja, bitte. Ich habe Ihre Nachricht erhalten.",
    "Ja, an diese Adresse, aber nur einmal am Tag",
    "Ja, ich komme gern wieder",
    "Ja, wir kommen gern zurück in die Gruppe",
    "Ja, ich mache gern wieder mit",
    "Ja, ich will alle Mails lesen und beantworten",
    "Ja bitte, jede Nachricht, die eingegangen ist",
    "Ja gern, schreibt mir an diese Adresse",
    "Ja, bitte alle Nachrichten an meine neue Adresse",
    "Jawohl! Mail erhalten, alles verstanden.",
    "Ja bitte. Eure Nachricht ist angekommen.",
    "Hallo zusammen, ja. Habe Ihre Mail bekommen.",
    "Ok, gern. Die Mail ist gut angekommen.",
    "Ja, wir möchten jede Nachricht erhalten, die eingeht",
    "Да. Письмо получила.",
    "Yes, please email me",
    "Yes please, write to me at this address",
    "Yes. I received your email, please add me",
    "Yes, I want to receive every message",
    "Yes, please contact me at this address",
    "Evet. Mesajınızı aldım, beni ekleyin",
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(yes); i++) {
    struct club club;
    ask_and_answer(&club, yes[i]);
    const char *wanted = strstr(yes[i], "einmal am Tag") ? "active daily" : "active each";
    if (strcmp(club_state(&club, "eva@web.de"), wanted) != 0)
      print_error("\"%s\" does not confirm: %s\n", yes[i], club_state(&club, "eva@web.de")), wrong++;
    club_close(&club);
  }
  assert_int_equal(wrong, 0);
}

static void a_friendly_word_in_another_sentence_is_no_yes(void **state)
{
  (void)state;
  static const char *const no_yes[] = {
    "Stimmt nicht, das ist nicht meine Adresse",
    "Sicher nicht",
    "Ja, jemand hat meine Adresse gefälscht!",
    "Gute Frage",
    "Das ist richtig ärgerlich",
    "Genau das ist das Problem, die gehört mir nicht",
    "wie komm ich dazu",
    "Of course not",
    "Sicher ein Irrtum.",
    "Klar ist mir das nicht.",
    "Wer ist das? Gerne mehr Infos.",
    "Ich würde gern erst wissen, worum es geht.",
    "Vielen Dank für Ihre Mail. Ich bin am Montag wieder im Haus und antworte Ihnen dann gern.",
    "Genau das habe ich befürchtet, jemand missbraucht meine Adresse",
    "Sicher kennen Sie unser neues Angebot",
    "Klar, dass sowas kommt",
    "Gern erst nach dem Sommerfest",
    "Gern würde ich erst mal mit Klara reden",
    "Klar ist das nicht von mir",
    "Genau das wollte ich vermeiden",
    "Okay, wenn der Vorstand zustimmt",
    "Sure, but not before I have talked to my wife",
    "Right now I am busy",
    "I am out of the office. OK to contact Tom for urgent matters.",
    "Tamam ama önce kocama sorayım",
    "Да, но не сейчас",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(no_yes); i++) {
    struct club club;
    ask_and_answer(&club, no_yes[i]);
    if (strcmp(club_state(&club, "eva@web.de"), "none") != 0) fail_msg("\"%s\" confirms", no_yes[i]);
    club_close(&club);
  }
}

static void what_is_no_yes_never_confirms(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_asked_again;
  } rows[] = {
    { "Ihr Ticket #4711 wurde angelegt.", true },
    { "Vielen Dank für Ihre Mail. Ihr Ticket #4711 wurde angelegt.", true },
    { "vielen Dank für Ihre Nachricht. Wir werden diese schnellstmöglich bearbeiten.", true },
    { "Thank you for contacting support. A ticket has been created.", true },
    { "Diese E-Mail-Adresse wird nicht mehr gelesen. Bitte wenden Sie sich an info@firma.example", true },
    { "?", true },
    { "Wer sind Sie?", true },
    { "Was soll das? Wer sind Sie?", true },
    { "Ja, aber wer sind Sie?", true },
    { "Ich überlege es mir noch", true },
    { "Ich bin vom 1.12. bis 5.12. auf Dienstreise. Gerne beantworte ich Ihre Nachricht danach.", true },
    { "Sie erreichen mich wieder am Montag. Ihre Mail wird gern bearbeitet.", true },
    { "Gern bin ich ab Montag wieder für Sie da. Ihre Moni", true },
    { "Ja, ich bin zurzeit krank.", true },
    { "Ja! Ihre Mail ist eingegangen und wird nach meinem Urlaub bearbeitet.", true },
    { "Ok, ich komme am Montag wieder", true },
    { "Ja, ich komme auf Sie zurück", true },
    { "Ja, Mail erhalten, ich sehe sie mir an", true },
    { "Ok, diese Adresse wird nur selten gelesen", true },
    { "Ja, dieses Postfach nutze ich nicht mehr", true },
    { "Yes, please contact my colleague instead", true },
    { "Ok, received your message.", true },
    { "Şu an izindeyim, evet pazartesi dönüyorum.", true },
    { "Я в отпуске до 5 декабря, да, отвечу позже.", true },
    { "Das muss ich erst mit meiner Frau besprechen.", true },
    { "Lassen Sie mich in Ruhe", false },
    { "Falsche Adresse, ich kenne Sie nicht", false },
    { "Das war ich nicht", false },
    { "kein Interesse", false },
    { "Ich habe das nicht beantragt", false },
    { "ne", false },
    { "lieber nicht", false },
    { "Leave me alone", false },
    { "Nein danke", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    ask_and_answer(&club, rows[i].text);
    if (strcmp(club_state(&club, "eva@web.de"), "none") != 0) fail_msg("\"%s\" confirms", rows[i].text);
    if (has_letter(&club, "request_again", "eva@web.de") != rows[i].is_asked_again)
      fail_msg("\"%s\" is%s asked again", rows[i].text, rows[i].is_asked_again ? " not" : "");
    club_close(&club);
  }
}

static void an_unclear_answer_leaves_the_question_open(void **state)
{
  (void)state;
  struct club club;
  ask_and_answer(&club, "Wer sind Sie?");
  clock_fix(TEST_NOW + 1200);
  club_answer(&club, "request_again", "eva@web.de", "eva@web.de", "Hm.", true);
  assert_string_equal(club_state(&club, "eva@web.de"), "none");
  club_answer(&club, "request_again", "eva@web.de", "eva@web.de", "Ja", true);
  assert_string_equal(club_state(&club, "eva@web.de"), "active each");
  club_close(&club);
}

static void settings_and_leaving_take_a_clear_yes_too(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau+austreten@kiez.example", "", "", false);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "", "Bitte nur noch einmal am Tag eine Mail",
             false);
  clock_fix(TEST_NOW + 600);
  club_answer(&club, "leave", "anna@web.de", "anna@web.de", "Ihr Ticket #4711 wurde angelegt.", true);
  club_answer(&club, "settings", "bert@web.de", "bert@web.de", "Wer hat das geschrieben?", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_string_equal(club_state(&club, "bert@web.de"), "active each");
  club_answer(&club, "leave", "anna@web.de", "anna@web.de", "Bitte austragen", true);
  club_answer(&club, "settings", "bert@web.de", "bert@web.de", "ja", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  assert_string_equal(club_state(&club, "bert@web.de"), "active daily");
  club_close(&club);
}

/* What Anna says to us at her list is read by us and not by the neighbours. */
static void words_to_us_are_not_distributed(void **state)
{
  (void)state;
  static const struct {
    const char *text, *state;
  } rows[] = {
    { "ich will meine eigenen mails nicht mehr als kopie kriegen", "active each" },
    { "Bitte keine Kopie mehr von meinen eigenen Beiträgen", "active each" },
    { "Bitte nur noch einmal am Tag, danke!!", "active daily" },
    { "Kündigung meiner Mitgliedschaft", "none" },
    { "Austretten bitte", "none" },
    { "Beni çıkar", "none" },
    { "wie kann ich mich hier abmelden?", "active each" },
    { "Wie komme ich hier wieder raus?", "active each" },
    { "How do I leave this list?", "active each" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "", rows[i].text, true);
    bool is_read = has_letter(&club, "post", "bert@web.de");
    bool is_right = !is_read && strcmp(club_state(&club, "anna@web.de"), rows[i].state) == 0;
    if (!is_right)
      print_error("\"%s\": %s%s\n", rows[i].text, club_state(&club, "anna@web.de"),
                  is_read ? ", posted" : "");
    wrong += !is_right;
    club_close(&club);
  }
  assert_int_equal(wrong, 0);
}

static void talk_about_leaving_is_a_post(void **state)
{
  (void)state;
  static const char *const posts[] = {
    "Wie kann ich mich vom Sportkurs abmelden?",
    "Wie melde ich mein Kind von der Schule ab?",
    "Die Kündigung von meinem Vermieter ist da. Wer kennt einen Anwalt?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Frage", posts[i], true);
    if (!has_letter(&club, "post", "bert@web.de")) fail_msg("not posted: %s", posts[i]);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_a_clear_yes_confirms),
    cmocka_unit_test(a_friendly_word_in_another_sentence_is_no_yes),
    cmocka_unit_test(what_is_no_yes_never_confirms),
    cmocka_unit_test(an_unclear_answer_leaves_the_question_open),
    cmocka_unit_test(settings_and_leaving_take_a_clear_yes_too),
    cmocka_unit_test(words_to_us_are_not_distributed),
    cmocka_unit_test(talk_about_leaving_is_a_post),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
