/* missbrauch@: a notice gets a number and, from a person, a decision with reasons; all by mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/moderation/notices.h"
#include "lib/store/threads.h"
#include "tests/unit/lists/moderated.h"

static struct club club;

static int open_town(void **state)
{
  (void)state;
  moderated_open(&club);
  town_list(&club.town, "missbrauch", "duty", false);
  town_list(&club.town, "datenschutz", "duty", false);
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

#define has(text, part) assert_non_null(strstr(text, part))

/* Zoe reports something; is_vouched as everywhere. */
static void report(const char *text, bool is_vouched)
{
  club_write(&club, "zoe@web.de", "missbrauch@kiez.example", "Beleidigung", text, is_vouched);
  clock_fix(TEST_NOW + 3600);
}

static void a_notice_is_acknowledged_with_a_number_and_reaches_the_moderators(void **state)
{
  (void)state;
  report("Unter https://kiez.example/gruenau/2026/0001/ werde ich beleidigt.", true);
  g_autofree char *received = moderated_text(&club, "notice_received", "zoe@web.de");
  has(received, "M-0001");
  g_autofree char *question = moderated_text(&club, "notice", "clara@web.de");
  has(question, "werde ich beleidigt");
  has(question, "M-0001");
  assert_int_equal(moderated_count(&club, "notice", NULL), 2);
  g_autofree char *outcomes = post_outcomes(&club.town, 1);
  assert_string_equal(outcomes, "missbrauch=answered");
}

static void the_decision_goes_to_the_notifier_with_its_reasons(void **state)
{
  (void)state;
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de",
              "Ja, der Beitrag beleidigt Sie; ich habe ihn gelöscht.", true);
  g_autofree char *decided = moderated_text(&club, "notice_decided", "zoe@web.de");
  has(decided, "berechtigt");
  has(decided, "der Beitrag beleidigt Sie; ich habe ihn gelöscht");
  has(decided, "sechs Monaten");
  assert_null(strstr(decided, "nicht berechtigt"));
  assert_int_equal(moderated_count(&club, "moderate_done", "dora@web.de"), 1);
  assert_string_equal(moderated_log(&club), "n1 upheld mail");
  club_answer(&club, "notice", "dora@web.de", "dora@web.de", "Nein, das ist eine Meinung.", true);
  assert_int_equal(moderated_count(&club, "notice_decided", NULL), 1);
}

static void a_no_says_so(void **state)
{
  (void)state;
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  club_answer(&club, "notice", "dora@web.de", "dora@web.de", "Nein, das ist eine Meinung über das Fest.",
              true);
  g_autofree char *decided = moderated_text(&club, "notice_decided", "zoe@web.de");
  has(decided, "Der gemeldete Inhalt");
  has(decided, "eine Meinung über das Fest");
}

static void without_reasons_nothing_is_decided(void **state)
{
  (void)state;
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de", "Ja", true);
  g_autofree char *unclear = moderated_text(&club, "notice_unclear", "clara@web.de");
  has(unclear, "Gründe");
  club_answer(&club, "notice_unclear", "clara@web.de", "clara@web.de",
              "Berechtigt, weil der Text eine Person herabsetzt.", true);
  assert_int_equal(moderated_count(&club, "notice_decided", "zoe@web.de"), 1);
}

/* What becomes of a notice with this answer: "upheld", "dismissed", "open". */
static void decided_as(const char *text, const char *state)
{
  g_autoptr(notice_t) before = notice_get(club.town.store, 1, NULL);
  if (!before) report("In gruenau@kiez.example werde ich beleidigt.", true);
  clock_fix(TEST_NOW + 600);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de", text, true);
  g_autoptr(notice_t) notice = notice_get(club.town.store, 1, NULL);
  if (strcmp(notice->state, state) != 0) fail_msg("\"%s\": %s", text, notice->state);
}

static void what_gives_no_reason_decides_nothing(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Ja, schau ich mir morgen an",
    "Ja, muss ich prüfen",
    "Ok, danke für die Info",
    "Ja, aber was ist daran beleidigend?",
    "Alles klar",
    "Wer hat das gemeldet?",
    "Ja, der schon wieder",
    "Ja, das ist schwierig",
    "Danke",
    "Ja, Tom übernimmt das diese Woche",
    "Ja, ich melde mich dazu noch",
    "Ja, habe ich gesehen, danke",
    "Ja, ist angekommen bei mir",
    "Nein, keine Zeit heute dafür",
    "Nein, das muss ich noch klären",
    "Yes, I will look at it tomorrow",
    "Yes, let me check the insult first",
    "Yes, got it, thanks",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) decided_as(texts[i], "open");
  assert_int_equal(moderated_count(&club, "notice_decided", NULL), 0);
}

static void hurried_decisions_are_understood(void **state)
{
  static const struct {
    const char *text, *state;
  } rows[] = {
    { "Ja, Beleidigung", "upheld" },
    { "Hallo,\n\nja, üble Nachrede.\n\nViele Grüße\nClara", "upheld" },
    { "berechtigt: Name ohne Einwilligung", "upheld" },
    { "Ja, das ist berechtigt, weil der Name darin steht", "upheld" },
    { "Yes, it is defamatory", "upheld" },
    { "Ist entfernt. Verstoß gegen Persönlichkeitsrecht", "upheld" },
    { "Habe ich gelöscht, war eine Drohung", "upheld" },
    { "Stattgegeben, Foto ohne Erlaubnis", "upheld" },
    { "Ja, weil er den Wirt einen Lumpen nennt", "upheld" },
    { "Nein, das ist Meinungsfreiheit", "dismissed" },
    { "unberechtigt, der Text ist sachlich", "dismissed" },
    { "no, opinion", "dismissed" },
    { "Abgelehnt, kein Verstoß", "dismissed" },
    { "Nein, Satire", "dismissed" },
    { "Nicht berechtigt. Der Beitrag bleibt stehen.", "dismissed" },
    { "No, this is criticism of a public office", "dismissed" },
    { "Unbegründet, die Tatsachen stimmen und sind belegt", "dismissed" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    if (i > 0) close_town(state), open_town(state);
    decided_as(rows[i].text, rows[i].state);
  }
}

static void nobody_decides_for_another(void **state)
{
  (void)state;
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  club_answer(&club, "notice", "clara@web.de", "zoe@web.de", "Ja, das ist völlig klar, sofort löschen.",
              true);
  club_answer(&club, "notice", "dora@web.de", "dora@web.de", "Ja, das ist völlig klar.", false);
  assert_int_equal(moderated_count(&club, "notice_decided", NULL), 0);
  assert_int_equal(moderated_count(&club, "proof", "clara@web.de"), 1);
  assert_int_equal(moderated_count(&club, "proof", "dora@web.de"), 1);
}

static void publish_insult(void)
{
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Wirt", "Der Wirt ist ein Betrüger.", true);
}

static void a_yes_that_says_so_takes_the_post_down(void **state)
{
  (void)state;
  publish_insult();
  g_autofree char *text =
      g_strdup_printf("Unter %s/gruenau/2026/0001/#n1 werde ich beleidigt.", club.town.config->base_url);
  report(text, true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de",
              "Ja, der Beitrag beleidigt den Wirt, bitte runternehmen.", true);
  g_autoptr(message_row) row = message_get(club.town.store, 1, NULL);
  assert_null(strstr(row->text, "Betrüger"));
  g_autofree char *decided = moderated_text(&club, "notice_decided", "zoe@web.de");
  has(decided, "ist zurückgezogen");
  assert_int_equal(moderated_count(&club, "post_withdrawn", "anna@web.de"), 1);
}

static void where_no_post_is_clear_the_decider_is_asked_and_nobody_is_told(void **state)
{
  (void)state;
  publish_insult();
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de",
              "Ja, der Beitrag beleidigt den Wirt, bitte runternehmen.", true);
  assert_int_equal(moderated_count(&club, "notice_decided", NULL), 0);
  g_autofree char *unclear = moderated_text(&club, "notice_unclear", "clara@web.de");
  has(unclear, "#n");
  g_autofree char *text = g_strdup_printf(
      "Ja, das ist eine Beleidigung, bitte zurückziehen:\n%s/gruenau/2026/0001/", club.town.config->base_url);
  club_answer(&club, "notice_unclear", "clara@web.de", "clara@web.de", text, true);
  g_autoptr(message_row) row = message_get(club.town.store, 1, NULL);
  assert_null(strstr(row->text, "Betrüger"));
  assert_int_equal(moderated_count(&club, "notice_decided", "zoe@web.de"), 1);
}

static void a_yes_takes_the_post_down_unless_it_says_that_it_stays(void **state)
{
  (void)state;
  publish_insult();
  g_autofree char *text =
      g_strdup_printf("Unter %s/gruenau/2026/0001/#n1 werde ich beleidigt.", club.town.config->base_url);
  report(text, true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de", "Ja, ich bin zurzeit krank und im Urlaub.",
              true);
  assert_int_equal(moderated_count(&club, "notice_decided", NULL), 0);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de", "Ja, das ist leider eine Beleidigung.", true);
  g_autoptr(message_row) row = message_get(club.town.store, 1, NULL);
  assert_null(strstr(row->text, "Betrüger"));
  publish_insult();
  g_autofree char *again =
      g_strdup_printf("Unter %s/gruenau/2026/0002/#n2 werde ich beleidigt.", club.town.config->base_url);
  report(again, true);
  club_answer(&club, "notice", "clara@web.de", "clara@web.de",
              "Ja, das ist hart an der Grenze, der Beitrag bleibt aber stehen.", true);
  g_autoptr(message_row) other = message_get(club.town.store, 2, NULL);
  assert_non_null(strstr(other->text, "Betrüger"));
}

static void without_a_list_the_admin_decides(void **state)
{
  (void)state;
  report("Auf Ihrer Seite steht etwas Verbotenes.", true);
  club_answer(&club, "notice", "admin@amt.example", "admin@amt.example",
              "Nein, wir haben nichts dergleichen gefunden.", true);
  assert_int_equal(moderated_count(&club, "notice_decided", "zoe@web.de"), 1);
}

static void who_lets_the_time_pass_leaves_it_to_the_admin(void **state)
{
  (void)state;
  report("In gruenau@kiez.example werde ich beleidigt.", true);
  clock_fix(TEST_NOW + 3 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "notice", "clara@web.de"), 2);
  clock_fix(TEST_NOW + 15 * 86400);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "notice", "admin@amt.example"), 1);
}

static void a_forged_sender_gets_one_letter_a_day_and_a_machine_none(void **state)
{
  (void)state;
  for (int i = 0; i < 5; i++) {
    g_autofree char *text = g_strdup_printf("Meldung %d zu gruenau@kiez.example", i);
    club_write(&club, "zoe@web.de", "missbrauch@kiez.example", "Meldung", text, false);
  }
  assert_int_equal(moderated_count(&club, "notice_received", "zoe@web.de"), 1);
  post_in(&club.town, "", "missbrauch@kiez.example",
          "From: fbl@provider.example\nTo: missbrauch@kiez.example\nSubject: FBL\nMessage-ID: <f@p.example>\n"
          "Auto-Submitted: auto-generated\n\nThis is a feedback report.\n");
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "notice_received", NULL), 1);
  assert_int_equal(moderated_count(&club, "notice", "admin@amt.example"), 1);
}

static void data_protection_reaches_the_admin_and_says_until_when(void **state)
{
  (void)state;
  static const char *const texts[] = { "Wie lange speichern Sie das alles?",
                                       "Bitte löschen Sie alle meine Daten nach DSGVO.",
                                       "Welche Daten habt ihr über mich gespeichert?" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    club_write(&club, "zoe@web.de", "datenschutz@kiez.example", "Frage", texts[i], true);
  assert_int_equal(moderated_waiting(&club), 0);
  assert_int_equal(moderated_count(&club, "notice", NULL), 0);
  assert_int_equal(moderated_count(&club, "admin", "admin@amt.example"), 3);
  g_autofree char *letter = moderated_text(&club, "data_received", "zoe@web.de");
  assert_non_null(strstr(letter, "einem Monat"));
  assert_int_equal(moderated_count(&club, "data_received", "zoe@web.de"), 1); /* once a day */
}

static void nobody_else_hears_of_a_mail_about_data(void **state)
{
  (void)state;
  club_write(&club, "zoe@web.de", "datenschutz@kiez.example", "Frage", "Was wissen Sie über mich?", false);
  assert_int_equal(moderated_count(&club, "data_received", NULL), 0);
  assert_int_equal(moderated_count(&club, "admin", "admin@amt.example"), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_town, close_town)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_notice_is_acknowledged_with_a_number_and_reaches_the_moderators),
    CASE(the_decision_goes_to_the_notifier_with_its_reasons),
    CASE(a_no_says_so),
    CASE(without_reasons_nothing_is_decided),
    CASE(what_gives_no_reason_decides_nothing),
    CASE(hurried_decisions_are_understood),
    CASE(nobody_decides_for_another),
    CASE(a_yes_that_says_so_takes_the_post_down),
    CASE(where_no_post_is_clear_the_decider_is_asked_and_nobody_is_told),
    CASE(a_yes_takes_the_post_down_unless_it_says_that_it_stays),
    CASE(without_a_list_the_admin_decides),
    CASE(who_lets_the_time_pass_leaves_it_to_the_admin),
    CASE(a_forged_sender_gets_one_letter_a_day_and_a_machine_none),
    CASE(data_protection_reaches_the_admin_and_says_until_when),
    CASE(nobody_else_hears_of_a_mail_about_data),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
