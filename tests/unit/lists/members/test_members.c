/* Membership by mail: joining, leaving, settling, each as somebody would write it, and what a stranger or a
 * robot cannot do in another's name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

static void joining_takes_a_reply(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "none");
  g_autofree char *question = post_mail(&club.town, "join", "neu@web.de");
  assert_non_null(question);
  assert_non_null(strstr(question, "Art. 13"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja, gern!", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  g_autofree char *welcome = post_mail(&club.town, "welcome", "neu@web.de");
  assert_non_null(welcome);
  club_close(&club);
}

static void a_yes_with_a_wish_does_both(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja, aber bitte nur einmal die Woche", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active weekly");
  club_close(&club);
}

/* Somebody pressed "send" under our letter: the quote alone is a yes. */
static void an_answer_without_words_is_a_yes(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de",
              "\nAm 2. März 2026 um 10:00 schrieb Grünau:\n\n> Waren Sie das?\n> Dann antworten Sie.", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  club_close(&club);
}

static void a_no_keeps_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Nein, das war ich nicht.", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "none");
  assert_int_equal(person_find(club.town.store, "neu@web.de", NULL), 0);
  club_close(&club);
}

static void human_words_at_the_list_and_the_front_door(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau@kiez.example", "Hallo",
             "Ich möchte gern in den Verteiler aufgenommen werden.", true);
  club_write(&club, "zwei@web.de", "kiez@kiez.example", "Mitmachen",
             "Bitte nehmen Sie mich in die Liste Grünau auf. Danke!", true);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "join:neu@web.de join:zwei@web.de");
  club_close(&club);
}

static void ten_thousand_requests_are_a_handful_of_letters(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  for (int i = 0; i < 20; i++) {
    g_autofree char *from = g_strdup_printf("opfer+%d@web.de", i);
    g_autofree char *subject = g_strdup_printf("Beitreten %d", i);
    club_write(&club, from, "gruenau+beitreten@kiez.example", subject, "", false);
  }
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "join:opfer+0@web.de");
  club_close(&club);
}

/* Somebody signs a hundred addresses up, hundreds of times (KIEZPOST_BOMBS: how often), by all the ways there
 * are; each gets one letter that day. */
static void subscription_bombing_is_a_letter_an_address(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  const char *wished = g_getenv("KIEZPOST_BOMBS");
  guint64 bombs = wished ? g_ascii_strtoull(wished, NULL, 10) : 300;
  for (guint64 i = 0; i < bombs; i++) {
    static const char *const to[] = { "gruenau+beitreten@kiez.example", "gruenau@kiez.example",
                                      "kiez@kiez.example" };
    g_autofree char *mail = g_strdup_printf(
        "From: opfer%" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT "@web.de\nTo: %s\nSubject: Anmeldung\n"
        "Message-ID: <b%" G_GUINT64_FORMAT "@x>\nContent-Type: text/plain; charset=utf-8\n\n"
        "Ich möchte in den Verteiler Grünau aufgenommen werden.\n",
        i % 100, i / 100, to[i % 3], i);
    post_in(&club.town, "x@web.de", to[i % 3], mail);
  }
  post_work(&club.town);
  g_autofree char *letters = post_letters(&club.town);
  g_auto(GStrv) each = g_strsplit(letters, " ", -1);
  print_message("%" G_GUINT64_FORMAT " requests for 100 addresses: %u letters\n", bombs, g_strv_length(each));
  assert_int_equal(g_strv_length(each), 100);
  club_close(&club);
}

static void an_absence_confirms_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de",
              "Ich bin bis zum 15. März nicht im Büro. Ihre E-Mail wird nicht weitergeleitet.", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "none");
  club_close(&club);
}

static void leaving_by_words_to_the_whole_list(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "STOP",
             "bitte nehmen Sie mich aus dem Verteiler!!!", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  g_autofree char *goodbye = post_mail(&club.town, "goodbye", "anna@web.de");
  assert_non_null(goodbye);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "goodbye:anna@web.de");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "goodbye", "anna@web.de", "anna@web.de", "Falsch! Das war ein Versehen.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(copy);
  club_close(&club);
}

/* Each wishes for fewer mails; none of them leaves. */
static void who_wants_a_pause_or_less_of_one_neighbour_stays(void **state)
{
  (void)state;
  static const struct {
    const char *says, *state;
  } cases[] = {
    { "bitte keine mails mehr bis 5. August", "paused each" },
    { "no more mails until 5 August please", "paused each" },
    { "keine Mails mehr von Karl-Heinz bitte", "active each" },
    { "keine Mails mehr von Frau Meier!", "active each" },
    { "ich will zu diesem thread keine mails mehr", "active each" },
    { "Keine Mails mehr zu diesem Thema bitte", "active each" },
    { "Ich will keine Mails mehr von euch", "none" },
    { "Keine Mails mehr von Grünau", "none" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Mails", cases[i].says, true);
    g_autofree char *state_now = g_strdup(club_state(&club, "anna@web.de"));
    if (strcmp(state_now, cases[i].state) != 0 && !g_str_has_prefix(state_now, cases[i].state))
      fail_msg("%s: %s", cases[i].says, state_now);
    g_autofree char *letters = post_letters(&club.town);
    assert_null(strstr(letters, "post:")); /* the neighbours read none of it */
    club_close(&club);
  }
}

static void one_word_takes_a_goodbye_back(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_back;
  } cases[] = { { "Falsch", true },
                { "falsch!!", true },
                { "Wrong", true },
                { "Ich wollte dabei bleiben.", true },
                { "Danke, es war schön mit euch.", false },
                { "Ok, danke", false } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "STOP",
               "Bitte nehmen Sie mich aus dem Verteiler!", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "goodbye", "anna@web.de", "anna@web.de", cases[i].text, true);
    if ((strcmp(club_state(&club, "anna@web.de"), "active each") == 0) != cases[i].is_back)
      fail_msg("%s: %s", cases[i].text, club_state(&club, "anna@web.de"));
    club_close(&club);
  }
}

static void a_forged_from_puts_nobody_out(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau+austreten@kiez.example", "Austreten", "", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "leave", "anna@web.de", "anna@web.de", "ja", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

static void who_asks_for_another_is_asked_and_stays(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Bitte", "Mein Mann möchte ausgetragen werden",
             true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "leave:anna@web.de");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "leave", "anna@web.de", "anna@web.de", "ja", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

static void who_names_themselves_too_leaves_at_once(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Bitte",
             "Mein Mann ist umgezogen, bitte tragen Sie mich aus.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

static void settings_by_words(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "zu viele Mails",
             "Bitte nur noch einmal die Woche zusammengefasst, jeden Tag ist mir zu viel.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active weekly");
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Pause",
             "Bitte Pause bis 15. März, wir sind im Urlaub.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "paused weekly");
  clock_fix(TEST_NOW + 20 * 86400);
  post_work(&club.town);
  assert_string_equal(club_state(&club, "anna@web.de"), "active weekly");
  club_close(&club);
}

static void an_answer_to_the_welcome_settles(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", false);
  club_answer(&club, "welcome", "neu@web.de", "neu@web.de",
              "Bitte nur einmal die Woche, und Pause bis 15. April.", false);
  assert_string_equal(club_state(&club, "neu@web.de"), "paused weekly");
  club_answer(&club, "settings_done", "neu@web.de", "fremd@web.de", "keine Mails mehr", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "paused weekly");
  club_close(&club);
}

static void nothing_acts_twice(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", true);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja!", true);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "join:neu@web.de welcome:neu@web.de");
  club_close(&club);
}

static int told(struct club *club)
{
  g_autofree char *letters = post_letters(&club->town);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, "request_expired:")); at++) count++;
  return count;
}

static void who_answers_a_settled_question_weeks_later_hears_where_to_write(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", true);
  clock_fix(TEST_NOW + 3 * 86400);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Danke!", true);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Nein, doch nicht.", false);
  club_answer(&club, "join", "neu@web.de", "thief@evil.example", "Nein, doch nicht.", true);
  assert_int_equal(told(&club), 0); /* no thanks, no forged and no foreign mail is answered */
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Nein, doch nicht!", true);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Nein!!", true);
  assert_int_equal(told(&club), 1);
  g_autofree char *letter = moderated_line(&club, "request_expired", "neu@web.de");
  assert_non_null(strstr(letter, "kiez@kiez.example"));
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  club_close(&club);
}

static void an_empty_answer_above_a_quote_without_marks_joins(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "join", "neu@web.de", "neu@web.de",
              "\n-----Ursprüngliche Nachricht-----\nVon: Grünau <gruenau@kiez.example>\n"
              "Gesendet: Montag, 2. März 2026 10:20\nAn: neu@web.de\nBetreff: Mitlesen\n\n"
              "Guten Tag,\n\nmöchten Sie mitlesen? Antworten Sie mit Ja.\n",
              true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  club_close(&club);
}

static void a_question_of_last_winter_does_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 20 * 86400);
  post_work(&club.town);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "none");
  g_autofree char *letter = post_mail(&club.town, "request_expired", "neu@web.de");
  assert_non_null(letter);
  club_close(&club);
}

static void who_never_answers_is_forgotten(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 15 * 86400);
  post_work(&club.town);
  g_autoptr(request_t) expired = request_get(club.town.store, 1, NULL);
  assert_string_equal(expired->state, "expired");
  clock_fix(TEST_NOW + 43 * 86400);
  post_work(&club.town);
  g_autoptr(request_t) gone = request_get(club.town.store, 1, NULL);
  assert_null(gone);
  club_close(&club);
}

static void the_list_that_is_written_to_is_meant(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t other = town_list(&club.town, "schmoeckwitz", "group", true);
  int64_t anna = town_member(&club.town, other, "anna@web.de", "member");
  club_write(&club, "anna@web.de", "schmoeckwitz@kiez.example", "Abmeldung",
             "Hallo, bitte nehmen Sie mich aus diesem Verteiler, Grünau reicht mir. Danke!", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  g_autoptr(member_t) left = member_find(club.town.store, other, anna, NULL);
  assert_null(left);
  club_close(&club);
}

/* A list whose moderators let people in; Neu has confirmed the address. */
static void open_approving(struct club *club)
{
  club_open(club);
  g_autoptr(list_row) list = list_get(club->town.store, club->list, NULL);
  g_free(list->joining);
  list->joining = g_strdup("approve");
  assert_true(store_begin(club->town.store, NULL) && list_update(club->town.store, list, NULL) &&
              store_commit(club->town.store, NULL));
  club_write(club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(club, "join", "neu@web.de", "neu@web.de", "Ja", true);
  assert_string_equal(club_state(club, "neu@web.de"), "pending each");
}

static void a_moderator_lets_somebody_in(void **state)
{
  (void)state;
  struct club club;
  open_approving(&club);
  club_answer(&club, "approve", "clara@web.de", "clara@web.de", "ok", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "active each");
  club_close(&club);
}

static void who_gave_up_the_duty_lets_nobody_in(void **state)
{
  (void)state;
  struct club club;
  open_approving(&club);
  town_member(&club.town, club.list, "clara@web.de", "member");
  club_answer(&club, "approve", "clara@web.de", "clara@web.de", "ok", true);
  assert_string_equal(club_state(&club, "neu@web.de"), "pending each");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(joining_takes_a_reply),
    cmocka_unit_test(a_yes_with_a_wish_does_both),
    cmocka_unit_test(an_answer_without_words_is_a_yes),
    cmocka_unit_test(a_no_keeps_nothing),
    cmocka_unit_test(human_words_at_the_list_and_the_front_door),
    cmocka_unit_test(ten_thousand_requests_are_a_handful_of_letters),
    cmocka_unit_test(subscription_bombing_is_a_letter_an_address),
    cmocka_unit_test(an_absence_confirms_nothing),
    cmocka_unit_test(leaving_by_words_to_the_whole_list),
    cmocka_unit_test(who_wants_a_pause_or_less_of_one_neighbour_stays),
    cmocka_unit_test(one_word_takes_a_goodbye_back),
    cmocka_unit_test(a_forged_from_puts_nobody_out),
    cmocka_unit_test(who_asks_for_another_is_asked_and_stays),
    cmocka_unit_test(who_names_themselves_too_leaves_at_once),
    cmocka_unit_test(settings_by_words),
    cmocka_unit_test(an_answer_to_the_welcome_settles),
    cmocka_unit_test(nothing_acts_twice),
    cmocka_unit_test(who_answers_a_settled_question_weeks_later_hears_where_to_write),
    cmocka_unit_test(an_empty_answer_above_a_quote_without_marks_joins),
    cmocka_unit_test(a_question_of_last_winter_does_nothing),
    cmocka_unit_test(who_never_answers_is_forgotten),
    cmocka_unit_test(the_list_that_is_written_to_is_meant),
    cmocka_unit_test(a_moderator_lets_somebody_in),
    cmocka_unit_test(who_gave_up_the_duty_lets_nobody_in),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
