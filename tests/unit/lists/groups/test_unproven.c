/* Mails in a member's name that nothing proves to be theirs: the member is asked, and nobody else posts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/moderation/moderation.h"

#include "tests/unit/lists/members.h"

#define OURS "Authentication-Results: mx.kiez.example; "

/* As a list is where nobody has settled anything. */
static void open_usual(struct club *club)
{
  club_open(club);
  assert_true(store_begin(club->town.store, NULL) &&
              list_rule_put(club->town.store, club->list, "unauthenticated", NULL, NULL) &&
              store_commit(club->town.store, NULL));
}

/* A mail in Anna's name, with these fields above it. */
static void write_as_anna(struct club *club, const char *fields, const char *text)
{
  g_autofree char *mail = g_strdup_printf(
      "%sFrom: Anna <anna@web.de>\nTo: gruenau@kiez.example\nSubject: Hallo\nMessage-ID: <u%d@web.de>\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
      fields, ++club->mails, text);
  post_in(&club->town, "bad@evil.example", "gruenau@kiez.example", mail);
  post_work(&club->town);
}

static int count(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int found = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) found++;
  return found;
}

static void nothing_is_posted_in_a_members_name(void **state)
{
  (void)state;
  static const char *const fields[] = {
    "",
    OURS "dmarc=none header.from=web.de\n",
    OURS "spf=fail smtp.mailfrom=evil.example\n",
    OURS "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example\n",
    OURS "dkim=pass header.d=evil.example; dmarc=none header.from=web.de\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    struct club club;
    open_usual(&club);
    write_as_anna(&club, fields[i], "Ich bin ein Betrüger.");
    assert_int_equal(count(&club, "post:"), 0);
    assert_int_equal(count(&club, "unproven:anna@web.de"), 1);
    clock_fix(TEST_NOW + 600);
    club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Nein, das war ich nicht", false);
    club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Ja", false);
    assert_int_equal(count(&club, "post:"), 0);
    club_close(&club);
  }
}

static void a_yes_posts_it_and_the_same_evidence_needs_no_question(void **state)
{
  (void)state;
  const char *fields = OURS "dkim=pass header.d=host.example\n";
  struct club club;
  open_usual(&club);
  write_as_anna(&club, fields, "Wer hat eine Leiter für mich?");
  clock_fix(TEST_NOW + 600);
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Wer fragt das?", false);
  assert_int_equal(count(&club, "post:bert@web.de"), 0);
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Ja, das war ich", false);
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  write_as_anna(&club, fields, "Danke, ich habe eine Leiter bekommen.");
  assert_int_equal(count(&club, "post:bert@web.de"), 2);
  clock_fix(TEST_NOW + 3 * 24 * 3600);
  write_as_anna(&club, OURS "dkim=pass header.d=evil.example\n", "Ich bin ein Betrüger.");
  write_as_anna(&club, "", "Ich auch.");
  assert_int_equal(count(&club, "post:bert@web.de"), 2);
  club_close(&club);
}

static void without_evidence_each_mail_is_asked_about(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  write_as_anna(&club, "", "Wer hat eine Leiter für mich?");
  clock_fix(TEST_NOW + 600);
  club_answer(&club, "unproven", "anna@web.de", "anna@web.de", "Ja", false);
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  clock_fix(TEST_NOW + 2 * 24 * 3600);
  write_as_anna(&club, "", "Noch eine Frage an alle.");
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  assert_int_equal(count(&club, "unproven:anna@web.de"), 2);
  write_as_anna(&club, "", "Und noch eine am selben Tag.");
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  assert_int_equal(count(&club, "unproven:anna@web.de"), 2);
  club_close(&club);
}

static void who_is_known_is_not_asked(void **state)
{
  (void)state;
  struct club club;
  open_usual(&club);
  write_as_anna(&club, OURS "dmarc=pass header.from=web.de\n", "Guten Tag zusammen.");
  assert_int_equal(count(&club, "unproven:"), 0);
  assert_int_equal(count(&club, "post:bert@web.de"), 1);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_posted_in_a_members_name),
    cmocka_unit_test(a_yes_posts_it_and_the_same_evidence_needs_no_question),
    cmocka_unit_test(without_evidence_each_mail_is_asked_about),
    cmocka_unit_test(who_is_known_is_not_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
