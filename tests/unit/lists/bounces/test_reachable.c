/* An office that our letters do not reach: whoever runs the installation hears of it, and only then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

/* The envelope sender of the last letter of a purpose to an address. Caller frees. */
static char *envelope_of(const char *purpose, const char *address)
{
  char *found = NULL;
  g_autoptr(GPtrArray) page = outbox_page(a.club.town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(a.club.town.store, delivery->letter, false, NULL);
    if (strcmp(letter->purpose, purpose) != 0 || strcmp(delivery->address, address) != 0) continue;
    g_free(found);
    found = g_strdup(*delivery->envelope_from ? delivery->envelope_from : letter->envelope_from);
  }
  if (!found) fail_msg("no letter %s to %s", purpose, address);
  return found;
}

/* A mail system's report that the address is not known. */
static void report(const char *to, const char *address, const char *status)
{
  g_autofree char *mail = g_strdup_printf(
      "From: MAILER-DAEMON@mx.example\nTo: <%s>\nSubject: Undelivered Mail Returned to Sender\n"
      "Message-ID: <dsn%d@mx.example>\nMIME-Version: 1.0\nAuto-Submitted: auto-replied\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nI could not deliver your message.\n"
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
      "Final-Recipient: rfc822; %s\nAction: failed\nStatus: %s\nDiagnostic-Code: smtp; 550 %s unknown\n\n"
      "--b--\n",
      to, ++a.club.mails, address, status, status);
  post_in(&a.club.town, "", to, mail);
  post_work(&a.club.town);
}

static void the_operator_hears_of_an_office_that_is_not_reached_once_a_day(void **state)
{
  (void)state;
  g_autofree char *to = envelope_of("case_office", SGA);
  report(to, SGA, "5.2.2");
  report(to, SGA, "5.2.2");
  const char *admin = a.club.town.config->admin;
  assert_int_equal(moderated_count(&a.club, "bounce_office", admin), 1);
  g_autofree char *text = moderated_text(&a.club, "bounce_office", admin);
  assert_non_null(strstr(text, "Straßen- und Grünflächenamt"));
  assert_non_null(strstr(text, SGA));
  report(to, SGA, "5.1.1"); /* for good: the letter about that says more */
  assert_int_equal(moderated_count(&a.club, "bounce_office", admin), 1);
  assert_int_equal(moderated_count(&a.club, "office_mailbox", admin), 1);
}

static void a_delay_or_a_residents_address_tells_nobody(void **state)
{
  (void)state;
  g_autofree char *to = envelope_of("case_office", SGA), *own = envelope_of("case_opened", "anna@web.de");
  report(to, SGA, "4.4.1");
  report(own, "anna@web.de", "5.1.1");
  assert_int_equal(moderated_count(&a.club, "bounce_office", a.club.town.config->admin), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_operator_hears_of_an_office_that_is_not_reached_once_a_day,
                                    answered_setup_asked, answered_teardown),
    cmocka_unit_test_setup_teardown(a_delay_or_a_residents_address_tells_nobody, answered_setup_asked,
                                    answered_teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
