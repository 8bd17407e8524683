/* Rules of holding: what a list does in each case that is not ordinary, and that nothing changes where it has
 * settled nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static struct club club;

static int open_town(void **state)
{
  (void)state;
  moderated_open(&club);
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static void rule(const char *name, const char *action)
{
  if (!store_begin(club.town.store, NULL) || !list_rule_put(club.town.store, club.list, name, action, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("the rule cannot be stored");
}

static void watch(const char *address, const char *as)
{
  if (!store_begin(club.town.store, NULL) ||
      !watched_put(club.town.store, club.list, address, as, TEST_NOW, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("the sender cannot be stored");
}

/* A mail with these fields on top comes to Grünau from an address. */
static void raw(const char *from, const char *fields, const char *text)
{
  g_autofree char *mail = g_strdup_printf(
      "%sFrom: %s\nSubject: Hallo %d\nMessage-ID: <r%d@web.de>\nDate: Mon, 02 Mar 2026 10:15:00 +0100\n"
      "Content-Type: text/plain; charset=utf-8\n\n%s\n",
      fields, from, club.mails + 1, club.mails + 1, text);
  club.mails++;
  post_in(&club.town, from, "gruenau@kiez.example", mail);
  post_work(&club.town);
}

#define TO      "To: gruenau@kiez.example\n"
#define VOUCHED "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\n"

/* "posted", "held:new_member": what became of the last mail. */
static const char *became(void)
{
  static char words[100];
  g_autoptr(GPtrArray) rows = handled_of(club.town.store, club.mails, NULL);
  g_autoptr(GPtrArray) holds = holds_of_mail(club.town.store, club.mails, NULL);
  const char *code = holds->len ? ((struct hold *)holds->pdata[0])->code : NULL;
  g_snprintf(words, sizeof words, "%s%s%s", ((struct handled *)rows->pdata[0])->outcome, code ? ":" : "",
             code ? code : "");
  return words;
}

static void nothing_settled_is_as_it_always_was(void **state)
{
  (void)state;
  raw("anna@web.de", TO, "Ohne Beweis, beim ersten Mal.");
  assert_string_equal(became(), "posted");
  raw("anna@web.de", "", "Weder An noch Kopie.");
  assert_string_equal(became(), "posted");
  raw("zoe@web.de", TO VOUCHED, "Fremd.");
  assert_string_equal(became(), "held:non_member");
  raw("anna@web.de", TO "Auto-Submitted: auto-generated\n", "Bericht");
  assert_string_equal(became(), "ignored");
}

static void what_the_spam_filter_suspects_waits(void **state)
{
  (void)state;
  raw("anna@web.de", VOUCHED "X-Spam: Yes\n" TO, "Gewonnen!");
  assert_string_equal(became(), "held:suspect");
  raw("anna@web.de", VOUCHED "X-Spam: No\n" TO, "Hallo!");
  assert_string_equal(became(), "posted");
  raw("anna@web.de", VOUCHED "Received: from a by b\nX-Spam: Yes\n" TO, "Hallo!");
  assert_string_equal(became(), "posted"); /* not our MTA's word */
  raw("zoe@web.de", VOUCHED "X-Spam: Yes\n" TO, "Gewonnen!");
  assert_string_equal(became(), "held:suspect");
  assert_int_equal(moderated_count(&club, "hold_notice", NULL), 0);
}

static void a_first_post_waits_and_the_second_does_not(void **state)
{
  (void)state;
  rule("new_member", "hold");
  raw("anna@web.de", TO VOUCHED, "Ich bin neu.");
  assert_string_equal(became(), "held:new_member");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", true);
  raw("anna@web.de", TO VOUCHED, "Und noch etwas.");
  assert_string_equal(became(), "posted");
  raw("clara@web.de", VOUCHED TO, "Wer moderiert, ist nicht neu.");
  assert_string_equal(became(), "posted");
  raw("dora@web.de", TO, "Aber nur, wer es beweist.");
  assert_string_equal(became(), "held:new_member");
}

static void each_rule_holds(void **state)
{
  (void)state;
  static const struct {
    const char *name, *fields, *text;
  } cases[] = {
    { "unauthenticated", TO, "Hallo" },
    { "not_addressed", VOUCHED "To: andere@web.de\n", "Hallo" },
    { "third_party", VOUCHED TO, "Der Wagen von Herrn Lehmann aus Nr. 14 steht immer im Weg." },
    { "emergency", VOUCHED TO, "Hallo" },
    { "automated", VOUCHED TO "Auto-Submitted: auto-generated\n", "Bericht" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    rule(cases[i].name, "hold");
    raw("anna@web.de", cases[i].fields, cases[i].text);
    g_autofree char *wanted = g_strconcat("held:", cases[i].name, NULL);
    assert_string_equal(became(), wanted);
    rule(cases[i].name, NULL);
  }
}

static void what_a_program_wrote_can_be_released_and_accepted(void **state)
{
  (void)state;
  rule("automated", "hold");
  raw("anna@web.de", VOUCHED TO "Auto-Submitted: auto-generated\n", "Der Pegel steigt.");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
  rule("automated", "accept");
  raw("anna@web.de", VOUCHED TO "Auto-Submitted: auto-generated\n", "Der Pegel sinkt.");
  assert_string_equal(became(), "posted");
}

static void too_many_and_too_big(void **state)
{
  (void)state;
  rule("too_many", "hold");
  for (int i = 0; i < 10; i++) raw("anna@web.de", TO VOUCHED, "Noch etwas.");
  assert_string_equal(became(), "posted");
  raw("anna@web.de", TO VOUCHED, "Und noch etwas.");
  assert_string_equal(became(), "held:too_many");
  rule("too_big", "reject");
  enum { TOO_BIG = 6 * 1024 * 1024 };
  g_autofree char *text = g_strnfill(TOO_BIG, 'a');
  for (gsize i = 70; i < TOO_BIG; i += 71) text[i] = '\n';
  raw("bert@web.de", VOUCHED TO, text);
  assert_string_equal(became(), "refused");
  g_autofree char *told = moderated_text(&club, "rule_refused", "bert@web.de");
  assert_non_null(strstr(told, "groß"));
}

static void a_banned_sender_is_kept_out_and_told_nothing(void **state)
{
  (void)state;
  watch("anna@web.de", "banned");
  raw("anna@web.de", TO VOUCHED, "Hallo");
  assert_string_equal(became(), "ignored");
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "");
  watch("anna@web.de", "moderated");
  raw("anna@web.de", TO VOUCHED, "Hallo");
  assert_string_equal(became(), "held:moderated");
}

static void strangers_are_refused_dropped_or_taken(void **state)
{
  (void)state;
  rule("non_member", "discard");
  raw("zoe@web.de", TO VOUCHED, "Hallo");
  assert_string_equal(became(), "ignored");
  rule("non_member", "reject");
  raw("zoe@web.de", TO VOUCHED, "Hallo");
  assert_string_equal(became(), "refused");
  raw("zoe@web.de", TO VOUCHED, "Hallo");
  raw("nina@web.de", TO, "Hallo");
  assert_int_equal(moderated_count(&club, "rule_refused", NULL), 1); /* once a day, never unproven */
  rule("non_member", "accept");
  raw("zoe@web.de", VOUCHED TO, "Hallo");
  assert_string_equal(became(), "posted");
  raw("nina@web.de", TO, "Hallo");
  assert_string_equal(became(), "held:unknown_stranger");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_town, close_town)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(nothing_settled_is_as_it_always_was),
    CASE(what_the_spam_filter_suspects_waits),
    CASE(a_first_post_waits_and_the_second_does_not),
    CASE(each_rule_holds),
    CASE(what_a_program_wrote_can_be_released_and_accepted),
    CASE(too_many_and_too_big),
    CASE(a_banned_sender_is_kept_out_and_told_nothing),
    CASE(strangers_are_refused_dropped_or_taken),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
