/* Which language a letter has: the one that somebody chose, or has just written to us in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

static void assert_letter(struct club *club, const char *purpose, const char *address, const char *words)
{
  g_autofree char *letter = post_mail(&club->town, purpose, address);
  if (!letter) fail_msg("no letter %s to %s", purpose, address);
  g_autoptr(mail_t) mail =
      mail_read(letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example" });
  if (!strstr(mail->text, words)) fail_msg("\"%s\" does not stand in: %s", words, mail->text);
}

static void who_writes_english_is_answered_in_english(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "john@gmail.com", "kiez@kiez.example", "Hello",
             "Hi, I just moved to Grünau and would like to join the mailing list of the neighbourhood.",
             true);
  assert_letter(&club, "join", "john@gmail.com", "Somebody asked");
  club_answer(&club, "join", "john@gmail.com", "john@gmail.com", "ok", true); /* a word of any language */
  assert_letter(&club, "welcome", "john@gmail.com", "You are a member now");
  g_autoptr(person_choice) choice =
      person_choice_get(club.town.store, person_find(club.town.store, "john@gmail.com", NULL), NULL);
  assert_string_equal(choice->language, "en");
  club_close(&club);
}

static void german_and_short_mails_are_answered_as_usual(void **state)
{
  (void)state;
  static const char *const texts[] = { "bitte in den verteiler grünau aufnehmen", "subscribe", "join gruenau",
                                       "Ick will ooch in die Liste von Jrünau, jeht dit?" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "john@gmail.com", "gruenau+beitreten@kiez.example", "Liste", texts[i], true);
    assert_letter(&club, "join", "john@gmail.com", "jemand hat mit dieser Mailadresse darum gebeten");
    club_close(&club);
  }
}

static void languages_without_letters_get_short_sentences(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Merhaba, Grünau mahallesinde oturuyorum ve mail listesine katılmak istiyorum, teşekkürler",
    "Здравствуйте, я хочу подписаться на рассылку района Grünau, большое спасибо"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "mehmet@web.de", "gruenau+beitreten@kiez.example", "x", texts[i], true);
    assert_letter(&club, "join", "mehmet@web.de", "Sie brauchen kein Passwort.");
    club_close(&club);
  }
}

/* Anna chose German once and writes English today. */
static void what_somebody_chose_goes_first(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau+einstellungen@kiez.example", "x", "bitte auf Deutsch", true);
  club_write(&club, "anna@web.de", "gruenau+hilfe@kiez.example", "x",
             "How does all of this work here? I would like to know more about it, please.", true);
  assert_letter(&club, "help", "anna@web.de", "ohne Konto und ohne Passwort");
  club_close(&club);
}

/* What a stranger writes changes no letter to anybody else. */
static void others_keep_their_language(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "john@gmail.com", "gruenau@kiez.example", "bike",
             "I am selling my old bicycle, it is blue and in good condition.", true);
  assert_letter(&club, "moderate", "clara@web.de", "wartet auf eine Entscheidung");
  assert_letter(&club, "hold_notice", "john@gmail.com", "has arrived");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(who_writes_english_is_answered_in_english),
    cmocka_unit_test(german_and_short_mails_are_answered_as_usual),
    cmocka_unit_test(languages_without_letters_get_short_sentences),
    cmocka_unit_test(what_somebody_chose_goes_first),
    cmocka_unit_test(others_keep_their_language),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
