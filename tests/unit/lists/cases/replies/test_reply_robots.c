/* Programs that write from an office's address: none of them answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

static void check(const char *subject, const char *text, const char *state)
{
  answered_open(&a);
  answered_ask(&a);
  g_autofree char *address = club_reply_address(&a.club, "case_office", SGA);
  club_write(&a.club, SGA, address, subject, text, true);
  if (strcmp(answered_state(&a, 1), state) != 0) fail_msg("%s\n%s: %s", subject, text, answered_state(&a, 1));
  club_close(&a.club);
}

static void what_a_server_tells_of_a_mail_is_no_answer(void **state)
{
  (void)state;
  check("Unzustellbar: [KP-2026-0001] Poller",
        "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.", "forwarded 0");
  check("Übermittelt: [KP-2026-0001] Poller", "Die Nachricht wurde an folgende Empfänger übermittelt: sga",
        "forwarded 0");
  check("Zustellung verzögert: Poller", "Die Zustellung Ihrer Mail ist verzögert.", "forwarded 0");
  check("Undeliverable: [KP-2026-0001] Poller", "Your message could not be delivered.", "forwarded 0");
}

static void a_person_s_answer_under_such_a_subject_counts(void **state)
{
  (void)state;
  check("Gelesen: [KP-2026-0001] Poller", "Der Poller wird im Mai ersetzt.", "planned 1");
  check("AW: [KP-2026-0001] Poller",
        "Der Brief an die Firma konnte nicht zugestellt werden, der Auftrag ist nun erteilt.",
        "in_progress 1");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_a_server_tells_of_a_mail_is_no_answer),
    cmocka_unit_test(a_person_s_answer_under_such_a_subject_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
