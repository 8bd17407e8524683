/* Letters of ours that a person passes on to another list of ours: redirected ("bounce" in Mutt), or
 * forwarded by a client that keeps every field. They are no loops. What runs by itself between two lists is
 * one. All letters here are composed by our own code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/post_office.h"

static struct town town;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  int64_t gruenau = town_list(&town, "gruenau", "group", true);
  int64_t adlershof = town_list(&town, "adlershof", "group", true);
  town_member(&town, gruenau, "anna@post.example", "member");
  town_member(&town, gruenau, "bela@post.example", "member");
  town_member(&town, adlershof, "bela@post.example", "member");
  town_member(&town, adlershof, "cem@post.example", "member");
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

/* The letter that an address got, with LF; fails when there is none. */
static char *letter_to(const char *address)
{
  g_autofree char *mail = post_mail(&town, "post", address);
  if (!mail) fail_msg("%s has no letter", address);
  g_auto(GStrv) lines = g_strsplit(mail, "\r\n", -1);
  return g_strjoinv("\n", lines);
}

static char *anna_posts(void)
{
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: Anna Arndt <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Fest\n"
          "Message-ID: <1@post.example>\nDate: Mon, 02 Mar 2026 10:15:00 +0100\n\nKommt alle!\n");
  post_work(&town);
  return letter_to("bela@post.example");
}

/* The outcome of the last mail at an address. */
static char *last_outcomes(void)
{
  for (int64_t mail = 100; mail > 0; mail--) {
    char *outcomes = post_outcomes(&town, mail);
    if (*outcomes) return outcomes;
    g_free(outcomes);
  }
  return g_strdup("");
}

static void expect(const char *sentence, const char *sender, const char *recipient, const char *text,
                   const char *wanted)
{
  post_in(&town, sender, recipient, text);
  post_work(&town);
  g_autofree char *got = last_outcomes();
  if (strcmp(got, wanted) != 0) fail_msg("%s: \"%s\" instead of \"%s\"\n%s", sentence, got, wanted, text);
}

static void a_letter_redirected_by_a_member_is_their_post(void **state)
{
  (void)state;
  g_autofree char *letter = anna_posts();
  g_autofree char *resent = g_strconcat("Resent-From: Bela Berg <bela@post.example>\n"
                                        "Resent-To: adlershof@kiez.example\n",
                                        letter, NULL);
  expect("redirected", "bela@post.example", "adlershof@kiez.example", resent, "adlershof=posted");
  g_autofree char *got = letter_to("cem@post.example");
  assert_non_null(strstr(got, "Kommt alle!"));
  assert_non_null(strstr(got, "From: =?utf-8?B?"));
  g_autoptr(mail_t) mail = mail_read(got, strlen(got), &(struct mail_reading){ .domain = "kiez.example" });
  assert_string_equal(mail->from.name, "Bela Berg über adlershof");
  assert_null(strstr(got, "Resent-"));
}

static void a_stranger_who_redirects_stays_one(void **state)
{
  (void)state;
  g_autofree char *letter = anna_posts();
  g_autofree char *resent = g_strconcat("Resent-From: <doris@post.example>\n", letter, NULL);
  expect("by a stranger", "doris@post.example", "adlershof@kiez.example", resent, "adlershof=held");
  g_autofree char *member = g_strconcat("Resent-From: <bela@post.example>\n", letter, NULL);
  expect("by a member, later", "bela@post.example", "adlershof@kiez.example", member, "adlershof=posted");
  expect("once more, by a lost answer", "bela@post.example", "adlershof@kiez.example", member,
         "adlershof=posted");
  g_autofree char *unnamed = g_strconcat("Resent-From: wir alle\n", letter, NULL);
  expect("by nobody", "doris@post.example", "adlershof@kiez.example", unnamed, "adlershof=ignored");
}

static void a_client_that_keeps_all_fields_may_forward(void **state)
{
  (void)state;
  g_autofree char *letter = anna_posts();
  const char *from = strstr(letter, "From: ");
  const char *rest = strstr(from, "\nTo: ");
  g_autofree char *head = g_strndup(letter, (gsize)(from - letter));
  g_autofree char *forwarded = g_strconcat(head, "From: Bela <bela@post.example>", rest, NULL);
  expect("to another list", "bela@post.example", "adlershof@kiez.example", forwarded, "adlershof=posted");
  expect("back to where it came from", "bela@post.example", "gruenau@kiez.example", forwarded,
         "adlershof=posted gruenau=ignored");
}

static void two_lists_that_point_at_each_other_come_to_rest(void **state)
{
  (void)state;
  g_autofree char *letter = anna_posts();
  g_autofree char *itself = g_strdup(letter);
  expect("without a word of a person", "bela@post.example", "adlershof@kiez.example", itself,
         "adlershof=ignored");
  g_autofree char *rule = g_strconcat("X-MS-Exchange-Inbox-Rules-Loop: bela@post.example\n"
                                      "Resent-From: <bela@post.example>\n",
                                      letter, NULL);
  expect("by a rule of Exchange", "bela@post.example", "adlershof@kiez.example", rule, "adlershof=ignored");
  g_autofree char *sieve = g_strconcat("X-Sieve-Redirected-From: bela@post.example\n"
                                       "Resent-From: <bela@post.example>\n",
                                       letter, NULL);
  expect("by Sieve", "bela@post.example", "adlershof@kiez.example", sieve, "adlershof=ignored");
  /* A rule that nothing betrays: once to the other list, and not back. */
  g_autofree char *there = g_strconcat("Resent-From: <bela@post.example>\n", letter, NULL);
  expect("there", "bela@post.example", "adlershof@kiez.example", there, "adlershof=posted");
  g_autofree char *second = letter_to("cem@post.example");
  g_autofree char *back = g_strconcat("Resent-From: <bela@post.example>\n", second, NULL);
  expect("and back", "bela@post.example", "gruenau@kiez.example", back, "gruenau=ignored");
  g_autofree char *again =
      g_strconcat("Resent-From: <bela@post.example>\nResent-From: <x@y.example>\n", second, NULL);
  expect("and once more", "bela@post.example", "adlershof@kiez.example", again,
         "adlershof=ignored gruenau=ignored");
}

/* Our MTA says that the mail is of our domain, or of the redirecting person's: both prove nothing about who
 * wrote a Resent-From. */
static void a_redirect_proves_nothing(void **state)
{
  (void)state;
  g_autofree char *letter = anna_posts();
  static const char *const results[] = { "dkim=pass header.d=kiez.example",
                                         "dmarc=pass header.from=kiez.example",
                                         "spf=pass smtp.mailfrom=post.example" };
  for (gsize i = 0; i < G_N_ELEMENTS(results); i++) {
    g_autofree char *resent = g_strdup_printf("Authentication-Results: mx.kiez.example; %s\n"
                                              "Resent-From: <bela@post.example>\n%s",
                                              results[i], letter);
    g_autoptr(mail_t) mail =
        mail_read(resent, strlen(resent),
                  &(struct mail_reading){ .domain = "kiez.example", .authserv_id = "mx.kiez.example" });
    assert_string_equal(mail->resent_from.address, "bela@post.example");
    assert_false(mail->auth.is_authenticated);
    assert_non_null(strstr(mail->auth.reason, "redirected"));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_letter_redirected_by_a_member_is_their_post, setup, teardown),
    cmocka_unit_test_setup_teardown(a_stranger_who_redirects_stays_one, setup, teardown),
    cmocka_unit_test_setup_teardown(a_client_that_keeps_all_fields_may_forward, setup, teardown),
    cmocka_unit_test_setup_teardown(two_lists_that_point_at_each_other_come_to_rest, setup, teardown),
    cmocka_unit_test_setup_teardown(a_redirect_proves_nothing, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
