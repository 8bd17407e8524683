/* An office's mailbox that takes no mail any more: another address is asked, else the coordinator, the admin
 * learns it once, and whoever asked is not told that nobody answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/district.h"

#define DEPUTY "deputy@ba-tk.berlin.example"
#define ADMIN  club.town.config->admin

static int questions;

static int open_district(void **state)
{
  (void)state;
  questions = 0;
  district_open(&club);
  return 0;
}

/* Each question is another person's; the first is Anna's. */
static void ask(const char *day, const char *title)
{
  district_day(day);
  g_autofree char *text =
      g_strdup_printf("Das Schlagloch an der Straße (%s) wird größer. Wann wird es gefüllt?", title);
  g_autofree char *from =
      questions++ ? g_strdup_printf("person%d@web.de", questions) : g_strdup("anna@web.de");
  club_write(&club, from, "frage@kiez.example", title, text, true);
}

/* The last letter of a purpose to this address comes back. */
static void bounce(const char *purpose, const char *address, const char *status, const char *said)
{
  g_autofree char *to = NULL;
  int64_t last = 0;
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(club.town.store, delivery->letter, false, NULL);
    if (strcmp(letter->purpose, purpose) != 0 || strcmp(delivery->address, address) != 0) continue;
    if (delivery->letter < last) continue;
    last = delivery->letter;
    g_free(to);
    to = g_strdup(delivery->envelope_from);
  }
  if (!to) fail_msg("no letter %s to %s", purpose, address);
  g_autofree char *mail = g_strdup_printf(
      "From: MAILER-DAEMON@ba-tk.berlin.example\nTo: <%s>\nSubject: Undelivered Mail Returned to Sender\n"
      "Message-ID: <dsn%d@ba-tk.berlin.example>\nMIME-Version: 1.0\nAuto-Submitted: auto-replied\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nI could not deliver your message.\n<%s>: %s\n"
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; ba-tk.berlin.example\n\n"
      "Final-Recipient: rfc822; %s\nAction: failed\nStatus: %s\nDiagnostic-Code: smtp; %s\n\n--b--\n",
      to, ++club.mails, address, said, address, status, said);
  post_in(&club.town, "", to, mail);
  post_work(&club.town);
}

static void bounce_for_good(const char *purpose, const char *address)
{
  bounce(purpose, address, "5.1.1", "550 5.1.1 User unknown");
}

static const char *office_of(int number)
{
  static char sign[20];
  g_autoptr(casefile_t) it = district_case(&club, number);
  g_autoptr(office_t) office = office_get(club.town.store, it->office, NULL);
  g_strlcpy(sign, office ? office->sign : "", sizeof sign);
  return sign;
}

static void a_dead_mailbox_hands_its_cases_to_the_deputy_and_the_admin_learns_it_once(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  ask("2026-03-17", "Regattastraße");
  bounce_for_good("case_office", SGA);
  assert_int_equal(moderated_count(&club, "case_office", DEPUTY), 2);
  bounce_for_good("case_office", SGA);
  assert_int_equal(moderated_count(&club, "office_mailbox", ADMIN), 1);
  g_autofree char *told = moderated_line(&club, "office_mailbox", ADMIN);
  assert_non_null(strstr(told, SGA));
  assert_non_null(strstr(told, DEPUTY));
  assert_string_equal(office_of(1), "SGA");
  ask("2026-03-18", "Wassersportallee");
  assert_int_equal(moderated_count(&club, "case_office", DEPUTY), 3);
  district_until(&club, "2026-06-30");
  assert_int_equal(moderated_count(&club, "case_reminder", SGA), 0);
  assert_true(moderated_count(&club, "case_reminder", DEPUTY) > 0);
}

static void the_deputy_answers_as_the_office(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  bounce_for_good("case_office", SGA);
  club_answer(&club, "case_office", DEPUTY, DEPUTY, "Das Schlagloch wird im Mai gefüllt.", true);
  assert_int_equal(moderated_count(&club, "case_answered", "anna@web.de"), 1);
}

static void without_any_mailbox_the_coordinator_is_asked_and_who_asked_learns_why(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  district_until(&club, "2026-03-20");
  bounce_for_good("case_office", SGA);
  bounce_for_good("case_office", DEPUTY);
  assert_string_equal(office_of(1), "SPK");
  assert_int_equal(moderated_count(&club, "case_office", SPK), 1);
  g_autofree char *asked = moderated_line(&club, "case_office", SPK);
  assert_non_null(strstr(asked, "Straßen- und Grünflächenamt"));
  assert_int_equal(moderated_count(&club, "case_moved", "anna@web.de"), 1);
  g_autofree char *moved = moderated_line(&club, "case_moved", "anna@web.de");
  assert_non_null(strstr(moved, "nicht zu erreichen"));
  assert_null(strstr(moved, "nicht zuständig"));
  district_until(&club, "2026-04-09"); /* day 21 of the question; nobody has left it unanswered for so long */
  assert_int_equal(moderated_count(&club, "case_unanswered", "anna@web.de"), 0);
  district_until(&club, "2026-04-10");
  assert_int_equal(moderated_count(&club, "case_unanswered", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&club, "case_escalated", SPK), 0);
}

static void the_next_question_goes_to_the_coordinator_at_once(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  bounce_for_good("case_office", SGA);
  bounce_for_good("case_office", DEPUTY);
  ask("2026-03-17", "Regattastraße");
  assert_string_equal(office_of(2), "SPK");
  assert_int_equal(moderated_count(&club, "case_moved", NULL), 1);
  assert_int_equal(moderated_count(&club, "case_office", SGA), 1);
}

static void where_the_coordinator_insists_the_admin_passes_it_on(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  bounce_for_good("case_office", SGA);
  bounce_for_good("case_office", DEPUTY);
  club_answer(&club, "case_office", SPK, SPK, "Zuständig: SGA", true);
  assert_string_equal(office_of(1), "SGA");
  assert_int_equal(moderated_count(&club, "case_office", ADMIN), 1);
  g_autofree char *by_hand = moderated_line(&club, "case_office", ADMIN);
  assert_non_null(strstr(by_hand, "von Hand"));
}

static void what_comes_back_for_a_while_or_as_spam_changes_nothing(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  bounce("case_office", SGA, "4.2.2", "452 4.2.2 Mailbox full");
  bounce("case_office", SGA, "5.7.1", "550 5.7.1 Message rejected as spam");
  bounce("case_office", SGA, "5.2.2", "552 5.2.2 Mailbox full");
  assert_int_equal(moderated_count(&club, "case_office", DEPUTY), 0);
  assert_int_equal(moderated_count(&club, "office_mailbox", ADMIN), 0);
  assert_string_equal(office_of(1), "SGA");
}

static void a_mail_from_the_address_or_the_admin_brings_it_back(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  bounce_for_good("case_office", SGA);
  club_write(&club, SGA, "gruenau@kiez.example", "Sperrung", "Die Brücke ist ab morgen gesperrt.", true);
  ask("2026-03-17", "Regattastraße");
  assert_int_equal(moderated_count(&club, "case_office", SGA), 2);
}

static void a_case_that_owes_nothing_only_changes_its_address(void **state)
{
  (void)state;
  ask("2026-03-16", "Bölschestraße");
  club_answer(&club, "case_office", SGA, SGA,
              "Das Schlagloch wird bis zum 10. April 2026 gefüllt.\nStatus: geplant", true);
  bounce_for_good("case_office", SGA);
  assert_int_equal(moderated_count(&club, "case_office", DEPUTY), 0);
  district_until(&club, "2026-04-14");
  assert_int_equal(moderated_count(&club, "case_expected", DEPUTY), 1);
  assert_int_equal(moderated_count(&club, "case_expected", SGA), 0);
  assert_string_equal(district_state(&club, 1), "planned open");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_district, district_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_dead_mailbox_hands_its_cases_to_the_deputy_and_the_admin_learns_it_once),
    CASE(the_deputy_answers_as_the_office),
    CASE(without_any_mailbox_the_coordinator_is_asked_and_who_asked_learns_why),
    CASE(the_next_question_goes_to_the_coordinator_at_once),
    CASE(where_the_coordinator_insists_the_admin_passes_it_on),
    CASE(what_comes_back_for_a_while_or_as_spam_changes_nothing),
    CASE(a_mail_from_the_address_or_the_admin_brings_it_back),
    CASE(a_case_that_owes_nothing_only_changes_its_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
