/* Collected letters: once, at six, with what is new, to those who read so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/mutes.h"

enum { HOUR = 3600, DAY = 24 * HOUR, AT_SIX = TEST_NOW + 8 * HOUR }; /* Monday, 18:15 in Berlin */

static int count_letters(struct club *club, const char *word)
{
  g_autofree char *letters = post_letters(&club->town);
  int count = 0;
  for (const char *at = letters; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

/* Anna reads daily, Clara weekly, Bert each mail; the list has been looked at once. */
static void open_readers(struct club *club)
{
  club_open(club);
  club_write(club, "anna@web.de", "kiez@kiez.example", "Mails", "Bitte einmal am Tag gesammelt schicken.",
             true);
  club_write(club, "clara@web.de", "kiez@kiez.example", "Mails",
             "Bitte einmal die Woche zusammengefasst schicken.", true);
  assert_string_equal(club_state(club, "anna@web.de"), "active daily");
  assert_string_equal(club_state(club, "clara@web.de"), "active weekly");
}

static void go_on_at(struct club *club, int64_t moment)
{
  clock_fix(moment);
  post_work(&club->town);
  post_work(&club->town);
}

static void a_day_is_one_letter(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne",
             "Die Laterne vor dem Kiosk ist wieder aus.", true);
  club_write(&club, "Bert Lehmann <bert@web.de>", "gruenau@kiez.example", "Kuchen",
             "Wer backt am Samstag mit?", true);
  assert_int_equal(count_letters(&club, "post:anna"), 0);
  assert_int_equal(count_letters(&club, "collected:"), 0);
  go_on_at(&club, AT_SIX);
  assert_int_equal(count_letters(&club, "collected:anna@web.de"), 1);
  assert_int_equal(count_letters(&club, "collected:"), 1);
  g_autofree char *letter = post_mail(&club.town, "collected", "anna@web.de");
  assert_non_null(strstr(letter, "Laterne"));
  assert_non_null(strstr(letter, "Wer backt am Samstag mit?"));
  assert_non_null(strstr(letter, "Bert Lehmann"));
  assert_non_null(strstr(letter, "/gruenau/2026/0001/"));
  assert_non_null(strstr(letter, "List-Id: <gruenau.kiez.example>"));
  assert_null(strstr(letter, "bert@web.de"));
  go_on_at(&club, AT_SIX + HOUR);
  assert_int_equal(count_letters(&club, "collected:"), 1);
  club_close(&club);
}

static void nothing_new_is_no_letter(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  for (int day = 0; day < 9; day++) go_on_at(&club, AT_SIX + day * DAY);
  assert_int_equal(count_letters(&club, "collected:"), 0);
  club_close(&club);
}

static void a_week_is_one_letter_on_friday(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  for (int day = 0; day < 8; day++) {
    go_on_at(&club, AT_SIX + day * DAY - 4 * HOUR);
    g_autofree char *text = g_strdup_printf("Das ist der Tag Nummer %d im Garten.", day);
    g_autofree char *subject = g_strdup_printf("Garten %d", day);
    club_write(&club, "bert@web.de", "gruenau@kiez.example", subject, text, true);
    go_on_at(&club, AT_SIX + day * DAY);
    assert_int_equal(count_letters(&club, "collected:clara@web.de"), day >= 4);
    assert_int_equal(count_letters(&club, "collected:anna@web.de"), day + 1);
  }
  g_autofree char *letter = post_mail(&club.town, "collected", "clara@web.de");
  assert_non_null(strstr(letter, "Nummer 0"));
  assert_non_null(strstr(letter, "Nummer 4"));
  assert_null(strstr(letter, "Nummer 5"));
  club_close(&club);
}

static void what_was_due_while_we_were_down_comes_once(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne",
             "Die Laterne vor dem Kiosk ist wieder aus.", true);
  go_on_at(&club, AT_SIX + 2 * DAY + 15 * HOUR); /* Thursday morning */
  assert_int_equal(count_letters(&club, "collected:anna@web.de"), 1);
  go_on_at(&club, AT_SIX + 3 * DAY);
  assert_int_equal(count_letters(&club, "collected:anna@web.de"), 1);
  club_close(&club);
}

/* Somebody has muted a tag, or a thread. */
static void mute(struct club *club, const char *address, int64_t thread, const char *tag)
{
  struct store *store = club->town.store;
  int64_t person = person_find(store, address, NULL);
  assert_true(store_begin(store, NULL) &&
              mute_set(store, club->list, person, thread, tag, true, clock_now(), NULL) &&
              store_commit(store, NULL));
}

static void what_is_muted_is_in_nobodys_letter_who_muted_it(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  town_member(&club.town, club.list, "dora@web.de", "member");
  club_write(&club, "dora@web.de", "kiez@kiez.example", "Mails", "Bitte einmal am Tag gesammelt schicken.",
             true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[Biete] Fahrrad", "Ein altes Fahrrad.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne", "Sie ist wieder aus.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kuchen", "Wer backt mit?", true);
  g_autoptr(GPtrArray) messages = messages_latest(club.town.store, club.list, 5, false, NULL);
  clock_fix(TEST_NOW + HOUR);
  mute(&club, "anna@web.de", 0, "biete");
  for (guint i = 0; i < messages->len; i++) {
    const struct message *message = g_ptr_array_index(messages, i);
    if (strcmp(message->subject, "Laterne") == 0) mute(&club, "anna@web.de", message->thread, "");
  }
  go_on_at(&club, AT_SIX);
  assert_int_equal(count_letters(&club, "collected:"), 2);
  g_autofree char *annas = post_mail(&club.town, "collected", "anna@web.de");
  assert_non_null(strstr(annas, "Wer backt mit?"));
  assert_null(strstr(annas, "Fahrrad"));
  assert_null(strstr(annas, "Laterne"));
  g_autofree char *doras = post_mail(&club.town, "collected", "dora@web.de");
  assert_non_null(strstr(doras, "Fahrrad"));
  assert_non_null(strstr(doras, "Laterne"));
  go_on_at(&club, AT_SIX + HOUR);
  assert_int_equal(count_letters(&club, "collected:"), 2);
  club_close(&club);
}

static void who_muted_all_of_it_gets_no_letter(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[Biete] Fahrrad", "Ein altes Fahrrad.", true);
  clock_fix(TEST_NOW + HOUR);
  mute(&club, "anna@web.de", 0, "biete");
  go_on_at(&club, AT_SIX);
  assert_int_equal(count_letters(&club, "collected:"), 0);
  club_close(&club);
}

static void many_who_muted_something_get_one_letter_each(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  struct store *store = club.town.store;
  clock_fix(TEST_NOW + HOUR);
  for (int i = 0; i < 50; i++) {
    g_autofree char *address = g_strdup_printf("n%d@web.de", i);
    int64_t person = town_member(&club.town, club.list, address, "member");
    g_autoptr(member_t) member = member_find(store, club.list, person, NULL);
    g_free(member->delivery), member->delivery = g_strdup("daily");
    assert_true(store_begin(store, NULL) && member_put(store, member, clock_now(), NULL) &&
                store_commit(store, NULL));
    if (i % 5) mute(&club, address, 0, "biete");
  }
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kuchen", "Wer backt mit?", true);
  go_on_at(&club, AT_SIX);
  for (int i = 0; i < 50; i++) {
    g_autofree char *word = g_strdup_printf("collected:n%d@web.de", i);
    assert_int_equal(count_letters(&club, word), 1);
  }
  assert_int_equal(count_letters(&club, "collected:"), 51);
  club_close(&club);
}

static void what_was_taken_back_is_in_no_letter(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne", "Sie ist wieder aus.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kuchen", "Wer backt mit?", true);
  g_autoptr(GPtrArray) messages = messages_latest(club.town.store, club.list, 5, false, NULL);
  for (guint i = 0; i < messages->len; i++) {
    const struct message *message = g_ptr_array_index(messages, i);
    if (strcmp(message->subject, "Laterne") != 0) continue;
    assert_true(store_begin(club.town.store, NULL) &&
                message_withdraw(club.town.store, message->id, "Zurückgezogen.", clock_now(), NULL) &&
                store_commit(club.town.store, NULL));
  }
  go_on_at(&club, AT_SIX);
  g_autofree char *letter = post_mail(&club.town, "collected", "anna@web.de");
  assert_non_null(strstr(letter, "Wer backt mit?"));
  assert_null(strstr(letter, "Laterne"));
  assert_null(strstr(letter, "Zur=C3=BCckgezogen"));
  assert_null(strstr(letter, "Zurückgezogen"));
  club_close(&club);
}

static void an_offer_that_is_over_is_in_no_letter(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "[Biete] Fahrrad", "Ein altes Fahrrad.", true);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Kuchen", "Wer backt mit?", true);
  go_on_at(&club, AT_SIX + 15 * DAY); /* we were down for two weeks */
  g_autofree char *letter = post_mail(&club.town, "collected", "anna@web.de");
  assert_non_null(strstr(letter, "Wer backt mit?"));
  assert_null(strstr(letter, "Fahrrad"));
  club_close(&club);
}

static void an_answer_changes_how_mails_come(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Laterne",
             "Die Laterne vor dem Kiosk ist wieder aus.", true);
  go_on_at(&club, AT_SIX);
  club_answer(&club, "collected", "anna@web.de", "anna@web.de", "jede Mail einzeln", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

/* The office writes in the group as itself, and answers a case of the group's region. */
static void an_offices_answers_are_marked(void **state)
{
  (void)state;
  struct club club;
  open_readers(&club);
  struct store *store = club.town.store;
  struct region region = {
    .slug = (char *)"gruenau", .number = (char *)"11", .name = (char *)"Grünau", .outline = (char *)""
  };
  g_autoptr(office_t) sga = office_new();
  g_free(sga->sign), sga->sign = g_strdup("SGA");
  g_free(sga->name), sga->name = g_strdup("Grünflächenamt");
  office_add_address(sga, "amt@ba.example", "main");
  assert_true(store_begin(store, NULL) && region_put(store, &region, NULL) &&
              office_put(store, sga, TEST_NOW, NULL));
  g_autoptr(GPtrArray) regions = regions_all(store, NULL);
  g_autoptr(list_row) list = list_get(store, club.list, NULL);
  list->region = ((struct region *)regions->pdata[0])->id;
  assert_true(list_update(store, list, NULL));
  for (int i = 0; i < 3; i++) { /* public, hidden, and answered long ago */
    g_autoptr(casefile_t) it = casefile_new();
    g_free(it->title), it->title = g_strdup(i == 1 ? "Geheimes" : i == 2 ? "Uraltes" : "Laub von Frau Kunz");
    struct case_party party = { .role = (char *)"resident",
                                .address = (char *)"k@web.de",
                                .name = (char *)"Eva Kunz" };
    it->list = club.list;
    it->region = list->region;
    it->office = sga->id;
    it->is_public = i != 1;
    it->answered = AT_SIX - (i == 2 ? 40 * DAY : HOUR);
    assert_true(casefile_create(store, it, 2026, TEST_NOW, NULL));
    party.casefile = it->id;
    assert_true(case_party_put(store, &party, TEST_NOW, NULL));
  }
  assert_true(store_commit(store, NULL));
  club_write(&club, "Amt <amt@ba.example>", "gruenau@kiez.example", "Laub", "Wir kehren am Montag.", true);
  go_on_at(&club, AT_SIX);
  g_autofree char *letter = moderated_text(&club, "collected", "anna@web.de");
  assert_non_null(strstr(letter, "Grünflächenamt, Amt SGA"));
  assert_non_null(strstr(letter, "KP-2026-0001"));
  assert_non_null(strstr(letter, "SGA, Amt)"));
  assert_null(strstr(letter, "Kunz"));
  assert_null(strstr(letter, "Geheimes"));
  assert_null(strstr(letter, "Uraltes"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_day_is_one_letter),
    cmocka_unit_test(nothing_new_is_no_letter),
    cmocka_unit_test(a_week_is_one_letter_on_friday),
    cmocka_unit_test(what_was_due_while_we_were_down_comes_once),
    cmocka_unit_test(what_is_muted_is_in_nobodys_letter_who_muted_it),
    cmocka_unit_test(who_muted_all_of_it_gets_no_letter),
    cmocka_unit_test(many_who_muted_something_get_one_letter_each),
    cmocka_unit_test(what_was_taken_back_is_in_no_letter),
    cmocka_unit_test(an_offer_that_is_over_is_in_no_letter),
    cmocka_unit_test(an_answer_changes_how_mails_come),
    cmocka_unit_test(an_offices_answers_are_marked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
