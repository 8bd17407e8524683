/* Answers to a post that only their wording shows to be a program's: a moderator looks at them first. What
 * neighbours write in the same words of shops, offices and themselves goes to all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

struct answer_text {
  const char *text, *subject; /* subject NULL: "Re: Hoffest" */
  bool is_held;
};

static const struct answer_text answers[] = {
  { "Ich bin verreist. Bitte wenden Sie sich an Frau Klein.", NULL, true },
  { "Diese Mailadresse ist nicht mehr aktiv. Bitte nutzen Sie info@neu.example.", NULL, true },
  { "This mailbox is no longer monitored. Please use info@new.example.", NULL, true },
  { "Your request has been received. A ticket has been created. Please do not reply.", "[#8812] Hoffest",
    true },
  { "Ihre Nachricht ist eingegangen, wir kümmern uns. Ticket 4711", "Ticket 4711: Eingang", true },
  { "Die von Ihnen verwendete Mailadresse ist nicht mehr gültig.", NULL, true },
  { "Wir haben Ihre Anfrage unter der Ticketnummer 99120 erfasst.", NULL, true },
  { "Thank you for contacting support. Your case number is 00881231.", NULL, true },
  { "We have received your message and will respond within two business days.", NULL, true },
  { "I no longer work for Muster GmbH. Please direct your enquiry to sales@muster.example.", NULL, true },
  { "Ваше обращение принято. Номер заявки 4711.", NULL, true },
  { "Talebiniz alınmıştır. Talep numaranız 4711.", NULL, true },
  { "Wir sind bis 5. Mai im Urlaub, danach helfe ich gern beim Abbau.", NULL, false },
  { "Die Mailadresse der Bäckerei ist nicht mehr aktiv, ruft lieber an.", NULL, false },
  { "Das Postfach vom Hausmeister ist voll, er bekommt unsere Mails nicht.", NULL, false },
  { "Ich habe heute beim Bezirksamt ein Ticket bekommen, Nummer 4711, mal sehen.", NULL, false },
  { "Meine Beschwerde ist eingegangen, schreibt das Amt. Wir kümmern uns um den Rest.", NULL, false },
  { "Unsere Anfrage wurde ans Ordnungsamt weitergeleitet.", NULL, false },
  { "Ich habe eine neue Mailadresse, bitte benutzt nur noch die.", NULL, false },
  { "Ich arbeite nicht mehr bei der BVG und habe jetzt Zeit für den Garten.", NULL, false },
  { "Der Paketbote sagt, das Paket wurde zugestellt, aber hier ist nichts.", NULL, false },
  { "Deine Mail ist angekommen, ich bringe die Bänke mit.", NULL, false },
  { "The shop's email is no longer active, just call them.", NULL, false },
  { "I got a ticket number from the council: 4711. Let's wait.", NULL, false },
};

static void programs_answers_wait_for_a_moderator(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    moderated_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
    g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
    const char *subject = answers[i].subject ? answers[i].subject : "Re: Hoffest";
    club_write(&club, "bert@web.de", to, subject, answers[i].text, true);
    if (moderated_count(&club, "post", "clara@web.de") != (answers[i].is_held ? 1 : 2) ||
        moderated_waiting(&club) != answers[i].is_held)
      fail_msg("%s", answers[i].text);
    club_close(&club);
  }
}

/* Whom nobody answers by a program is asked nothing: the same words begin a thread. */
static void a_post_of_ones_own_is_no_programs_answer(void **state)
{
  (void)state;
  struct club club;
  moderated_open(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Neue Adresse",
             "Meine alte Mailadresse ist nicht mehr aktiv. Grüße Bert", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  club_close(&club);
}

static void a_moderators_yes_lets_it_through(void **state)
{
  (void)state;
  struct club club;
  moderated_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
  g_autofree char *to = club_reply_address(&club, "post", "bert@web.de");
  club_write(&club, "bert@web.de", to, "Re: Hoffest", answers[1].text, true);
  assert_int_equal(moderated_waiting(&club), 1);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok, freigeben", true);
  assert_int_equal(moderated_count(&club, "post", "clara@web.de"), 2);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(programs_answers_wait_for_a_moderator),
    cmocka_unit_test(a_post_of_ones_own_is_no_programs_answer),
    cmocka_unit_test(a_moderators_yes_lets_it_through),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
