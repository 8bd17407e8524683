/* Who writes in somebody's name gets them one letter a day; and names that claim to be somebody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

enum { HOURS = 3600, DAYS = 24 * HOURS };

/* When each letter to an address goes out, one after the other; caller unrefs. int64_t. */
static GArray *times_of(struct club *club, const char *address)
{
  GArray *times = g_array_new(FALSE, FALSE, sizeof(int64_t));
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    if (strcmp(delivery->address, address) != 0) continue;
    g_autoptr(letter_t) letter = letter_get(club->town.store, delivery->letter, false, NULL);
    int64_t at = delivery->state == DELIVERY_DEFERRED ? delivery->next_try : letter->created;
    g_array_append_val(times, at);
  }
  return times;
}

static gint compare(gconstpointer a, gconstpointer b)
{
  const int64_t *one = a, *other = b;
  return (*one > *other) - (*one < *other);
}

static void a_forged_sender_gets_one_letter_a_day_whatever_it_is_about(void **state)
{
  (void)state;
  static const char *const to[] = { "kiez@kiez.example", "gruenau+austreten@kiez.example",
                                    "gruenau+hilfe@kiez.example", "gruenau+beitreten@kiez.example",
                                    "gruenau+einstellungen@kiez.example" };
  struct club club;
  club_open(&club);
  for (int hour = 0; hour < 48; hour++) {
    clock_fix(TEST_NOW + hour * HOURS);
    g_autofree char *text = g_strdup_printf("Hallo zum %d. Mal", hour);
    club_write(&club, "victim@web.de", to[hour % G_N_ELEMENTS(to)], text, text, false);
  }
  g_autoptr(GArray) times = times_of(&club, "victim@web.de");
  g_array_sort(times, compare);
  assert_true(times->len >= 2 && times->len <= 5);
  for (guint i = 1; i < times->len; i++)
    assert_true(g_array_index(times, int64_t, i) - g_array_index(times, int64_t, i - 1) >= DAYS);
  club_close(&club);
}

static void a_wish_that_comes_second_is_asked_about_the_next_day(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "kiez@kiez.example", "Hallo", "Was gibt es hier so im Kiez zu tun?", false);
  clock_fix(TEST_NOW + HOURS);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", false);
  g_autoptr(GArray) times = times_of(&club, "neu@web.de");
  assert_int_equal(times->len, 2);
  assert_true(g_array_index(times, int64_t, 1) >= TEST_NOW + DAYS);
  clock_fix(TEST_NOW + DAYS + 2 * HOURS);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", false);
  g_autofree char *welcome = post_mail(&club.town, "welcome", "neu@web.de");
  assert_non_null(welcome);
  club_close(&club);
}

static void answers_to_our_letters_are_answered_at_once(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", false);
  clock_fix(TEST_NOW + HOURS);
  club_answer(&club, "join", "neu@web.de", "neu@web.de", "Ja", false);
  g_autoptr(GArray) times = times_of(&club, "neu@web.de");
  assert_int_equal(times->len, 2); /* the question and the welcome */
  assert_true(g_array_index(times, int64_t, 1) == TEST_NOW + HOURS);
  club_close(&club);
}

/* What Bert's post says in From. */
static void assert_shown(const char *from, const char *shown, bool is_shown)
{
  struct club club;
  club_open(&club);
  club_write(&club, from, "gruenau@kiez.example", "Hoffest", "Wer hilft beim Hoffest?", true);
  g_autofree char *mail = post_mail(&club.town, "post", "anna@web.de");
  assert_non_null(mail);
  struct mail_reading reading = { .domain = "nowhere.example" };
  g_autoptr(mail_t) read = mail_read(mail, strlen(mail), &reading);
  if ((strstr(read->from.name, shown) || strstr(read->text, shown)) != is_shown)
    fail_msg("%s: %s\n%s", from, read->from.name, read->text);
  g_autoptr(message_row) message = message_get(club.town.store, 1, NULL);
  assert_true(is_shown == (*message->from_name != '\0'));
  club_close(&club);
}

static void a_name_that_claims_an_office_or_a_duty_is_not_shown(void **state)
{
  (void)state;
  assert_shown("Bezirksamt Berlin <bert@web.de>", "Bezirksamt", false);
  assert_shown("\"B e z i r k s a m t\" <bert@web.de>", "B e z i r k s a m t", false);
  assert_shown("Moderation <bert@web.de>", "Moderation", false);
  assert_shown("gruenau <bert@web.de>", "gruenau über", false);
  assert_shown("Bert Brandt <bert@web.de>", "Bert Brandt", true);
  assert_shown("Moderation <clara@web.de>", "Moderation", true); /* she does */
}

static void nobody_is_shown_under_a_moderators_name(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Clara Cramer <clara@web.de>", "gruenau@kiez.example", "Hallo", "Ich bin neu.", true);
  clock_fix(TEST_NOW + HOURS);
  club_write(&club, "CLARA  CRAMER <bert@web.de>", "gruenau@kiez.example", "Geld",
             "Bitte überweist mir Geld.", true);
  g_autoptr(message_row) first = message_get(club.town.store, 1, NULL);
  g_autoptr(message_row) second = message_get(club.town.store, 2, NULL);
  assert_string_equal(first->from_name, "Clara Cramer");
  assert_string_equal(second->from_name, "");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_forged_sender_gets_one_letter_a_day_whatever_it_is_about),
    cmocka_unit_test(a_wish_that_comes_second_is_asked_about_the_next_day),
    cmocka_unit_test(answers_to_our_letters_are_answered_at_once),
    cmocka_unit_test(a_name_that_claims_an_office_or_a_duty_is_not_shown),
    cmocka_unit_test(nobody_is_shown_under_a_moderators_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
