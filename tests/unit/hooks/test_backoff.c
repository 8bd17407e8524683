/* Waiting: how long a recipient and a relay rest, what an answer does to a delivery, who may knock at a
 * relay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants these first */
#include <cmocka.h>

#include "lib/base/fault.h"
#include "mta-hooks/send/backoff.h"
#include "mta-hooks/send/marks.h"
#include "mta-hooks/send/relay.h"

static void recipients_wait_five_minutes_doubling_to_four_hours(void **state)
{
  (void)state;
  static const int64_t minutes[] = { 5, 10, 20, 40, 80, 160, 240, 240 };
  for (int i = 0; i < (int)G_N_ELEMENTS(minutes); i++) {
    assert_int_equal(backoff_recipient_seconds(i + 1, 0.5), minutes[i] * 60);
    assert_int_equal(backoff_recipient_seconds(i + 1, 0), minutes[i] * 48);
    assert_int_equal(backoff_recipient_seconds(i + 1, 1), minutes[i] * 72);
  }
}

static void waiting_is_bounded_for_any_number_of_attempts(void **state)
{
  (void)state;
  static const int attempts[] = { -5, 0, 1, 63, 64, 1000, INT32_MAX };
  for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
    assert_in_range(backoff_recipient_seconds(attempts[i], 7), 1, BACKOFF_LONGEST_SECONDS * 6 / 5);
    assert_in_range(backoff_relay_ms(attempts[i], -3), 1, BACKOFF_RELAY_LONGEST_MS);
  }
}

static void five_days_are_five_days(void **state)
{
  (void)state;
  assert_false(backoff_is_over(1000, 1000 + 5 * 86400 - 1, 5));
  assert_true(backoff_is_over(1000, 1000 + 5 * 86400, 5));
  assert_false(backoff_is_over(0, 5000000, 5)); /* never tried */
}

static void an_answer_changes_what_it_should(void **state)
{
  (void)state;
  static const struct {
    const char *what;
    enum answer answer;
    int64_t first_try, now;
    enum delivery_state wanted;
    int attempts;
  } cases[] = {
    { "2xx: sent", ANSWER_SENT, 0, 1000, DELIVERY_SENT, 3 },
    { "4xx: put off", ANSWER_LATER, 900, 1000, DELIVERY_DEFERRED, 3 },
    { "4xx after five days: failed", ANSWER_LATER, 1000, 1000 + 5 * 86400, DELIVERY_FAILED, 3 },
    { "5xx: failed", ANSWER_NEVER, 0, 1000, DELIVERY_FAILED, 3 },
    { "nothing said: as it was, no attempt", ANSWER_NONE, 900, 1000, DELIVERY_DUE, 2 },
    { "too many for the envelope: as it was", ANSWER_AGAIN_TOGETHER, 900, 1000, DELIVERY_DUE, 2 },
    { "refused to many: as it was", ANSWER_AGAIN_ALONE, 900, 1000, DELIVERY_DUE, 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct delivery delivery = { .state = DELIVERY_DUE, .attempts = 2, .first_try = cases[i].first_try };
    marks_apply(&delivery, cases[i].answer, "451 4.2.0 busy", cases[i].now, 5, 0.5);
    if (delivery.state != cases[i].wanted || delivery.attempts != cases[i].attempts)
      fail_msg("%s", cases[i].what);
    if (delivery.state == DELIVERY_DEFERRED) assert_int_equal(delivery.next_try, cases[i].now + 1200);
    if (cases[i].attempts == 3) assert_string_equal(delivery.reply, "451 4.2.0 busy");
    if (cases[i].attempts == 3 && cases[i].first_try == 0) assert_int_equal(delivery.first_try, cases[i].now);
    g_free(delivery.reply);
  }
}

static struct relays *relays_of(char **names)
{
  struct config config = { .directory = (char *)"/srv/kiez", .relay = names };
  GError *error = NULL;
  struct relays *relays = relays_new(&config, &error);
  if (relays == NULL) {
    assert_int_equal(fault_of(error), FAULT_CONFIG);
    g_error_free(error);
  }
  return relays;
}

static void relays_are_read_as_written(void **state)
{
  (void)state;
  static const struct {
    const char *text, *host, *maildir;
    int port;
  } cases[] = {
    { "smtp://mx.example:2525", "mx.example", NULL, 2525 },
    { "smtp://mx.example", "mx.example", NULL, 25 },
    { "smtp://[::1]:26", "::1", NULL, 26 },
    { "smtp://[2001:db8::7]", "2001:db8::7", NULL, 25 },
    { "maildir:letters", NULL, "/srv/kiez/letters", 0 },
    { "maildir:/var/l", NULL, "/var/l", 0 },
    { "smtp://mx.example:0", NULL, NULL, 0 },
    { "smtp://mx.example:70000", NULL, NULL, 0 },
    { "smtp://mx.example:25x", NULL, NULL, 0 },
    { "smtp://:25", NULL, NULL, 0 },
    { "smtp://a/b", NULL, NULL, 0 },
    { "smtp://[::1", NULL, NULL, 0 },
    { "maildir:", NULL, NULL, 0 },
    { "mx.example", NULL, NULL, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *names[] = { (char *)(gintptr)cases[i].text, NULL };
    g_autoptr(relays_t) relays = relays_of(names);
    bool is_wanted = cases[i].host != NULL || cases[i].maildir != NULL;
    if ((relays != NULL) != is_wanted) fail_msg("%s", cases[i].text);
    if (relays == NULL) continue;
    const struct relay *relay = relays_get(relays, 0);
    if (g_strcmp0(relay->host, cases[i].host) != 0 || g_strcmp0(relay->maildir, cases[i].maildir) != 0 ||
        relay->port != cases[i].port)
      fail_msg("%s", cases[i].text);
  }
}

static void a_maildir_does_not_share_with_a_server(void **state)
{
  (void)state;
  char *names[] = { (char *)"smtp://a", (char *)"maildir:x", NULL };
  assert_null(relays_of(names));
}

static void the_first_that_answers_is_taken_and_one_knocks(void **state)
{
  (void)state;
  char *names[] = { (char *)"smtp://a", (char *)"smtp://b", NULL };
  g_autoptr(relays_t) relays = relays_of(names);
  int64_t wait = 0;
  assert_int_equal(relays_pick(relays, 0, &wait), 0);
  assert_int_equal(relays_pick(relays, 0, &wait), 0); /* it is up: any number of sessions */
  int64_t rest = relays_report_down(relays, 0, 0);
  assert_in_range(rest, 800, 1200);
  assert_int_equal(relays_report_down(relays, 0, 0), 0); /* four sessions lose it at once: one failure */
  assert_int_equal(relays_pick(relays, 1, &wait), 1);
  assert_false(relays_has_better(relays, 1, 1));
  assert_true(relays_has_better(relays, 1, rest));
  assert_int_equal(relays_pick(relays, rest, &wait), 0); /* its rest is over: this one knocks */
  assert_int_equal(relays_pick(relays, rest, &wait), 1); /* the next does not */
  assert_in_range(relays_report_down(relays, 0, rest), 1600, 2400);
  assert_in_range(relays_report_down(relays, 1, rest), 800, 1200);
  assert_int_equal(relays_pick(relays, rest, &wait), -1);
  assert_in_range(wait, 10, 1200);
  assert_true(relays_all_failed(relays, 1));
  assert_false(relays_all_failed(relays, 2));
  assert_int_equal(relays_pick(relays, rest + 5000, &wait), 0);
  assert_true(relays_report_up(relays, 0));
  assert_false(relays_report_up(relays, 0)); /* said once */
  assert_false(relays_all_failed(relays, 1));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(recipients_wait_five_minutes_doubling_to_four_hours),
    cmocka_unit_test(waiting_is_bounded_for_any_number_of_attempts),
    cmocka_unit_test(five_days_are_five_days),
    cmocka_unit_test(an_answer_changes_what_it_should),
    cmocka_unit_test(relays_are_read_as_written),
    cmocka_unit_test(a_maildir_does_not_share_with_a_server),
    cmocka_unit_test(the_first_that_answers_is_taken_and_one_knocks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
