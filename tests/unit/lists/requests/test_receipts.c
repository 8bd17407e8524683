/* Receipts of systems that took our mail in, with a word of yes before it: they confirm nothing and release
 * nothing. People who say that a mail has come, and yes, are understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static const char *const receipts[] = {
  "OK. Your message was delivered to our ticket system.",
  "OK. Your ticket has been opened.",
  "Okay. Ticket 55120 wurde angelegt.",
  "OK. Ihre Nachricht wurde zugestellt.",
  "OK: message queued for delivery.",
  "OK. Delivered to mailbox.",
  "Ok. Ihre Nachricht liegt uns vor.",
  "Ja. Wir kümmern uns um Ihr Anliegen. Aktenzeichen 4-22.",
  "OK. Fall 88121 eröffnet.",
  "OK. Case #88121 created.",
  "Ok! Your request is in our queue.",
  "Ja, Ihre Mitteilung ist bei uns registriert worden.",
  "OK, thank you. Your enquiry has been logged under reference 7781.",
  "OK. Bearbeitungsnummer: 771-A.",
  "Yes, your email reached our helpdesk.",
  "OK. Ваше обращение принято.",
  "Tamam. Talebiniz alınmıştır.",
  "OK, ticket raised.",
  "Ok. Nachricht übermittelt.",
  "Ja, Ihre Anfrage wurde der Fachabteilung zugeleitet.",
};

static const char *const people[] = {
  "Ja. Ihre Mail ist angekommen.",
  "OK, danke für Ihre Mail.",
  "Ja, ich möchte beitreten. Danke für die Nachricht!",
};

/* Does an answer to "please confirm" make somebody a member? */
static bool makes_member(const char *answer)
{
  struct club club;
  moderated_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", answer, true);
  bool is_member = g_str_has_prefix(club_state(&club, "neu@web.de"), "active");
  club_close(&club);
  return is_member;
}

static void receipts_confirm_no_membership_and_people_do(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(receipts); i++)
    if (makes_member(receipts[i])) fail_msg("a member by \"%s\"", receipts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(people); i++)
    if (!makes_member(people[i])) fail_msg("no member by \"%s\"", people[i]);
}

static void receipts_release_nothing(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(receipts); i++) {
    struct club club;
    moderated_open(&club);
    moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
    club_answer(&club, "moderate", "clara@web.de", "clara@web.de", receipts[i], true);
    if (moderated_waiting(&club) != 1 || *moderated_log(&club)) fail_msg("released by \"%s\"", receipts[i]);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(receipts_confirm_no_membership_and_people_do),
    cmocka_unit_test(receipts_release_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
