/* A store of yesterday put back: it sends nothing by itself and gives no number again. */
#include "lib/store/cases/cases.h"
#include "lib/store/events/events.h"
#include "tests/unit/store/house.h"

static int published_173(const char *list, int year, void *data)
{
  (void)data;
  return g_str_equal(list, "gruenau") && year == 2026 ? 173 : 0;
}

static int64_t begin_thread(struct house *house, int64_t list, int year)
{
  struct thread thread = {
    .list = list, .year = year, .month = 3, .subject = (char *)"x", .subject_key = (char *)"x"
  };
  must(thread_create(house->store, &thread, &why));
  return thread.number;
}

static int64_t letter_to(struct house *house, int64_t list)
{
  g_autoptr(letter_t) letter = g_new0(struct letter, 1);
  letter->purpose = g_strdup("post");
  letter->list = list;
  letter->content = g_bytes_new_static("x", 1);
  must(outbox_put_to_members(house->store, letter, &why));
  return letter->id;
}

static void restore(struct house *house)
{
  house_begin(house);
  must(store_after_restore(house->store, published_173, NULL, &why));
  house_commit(house);
}

static void no_row_number_is_given_again(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), eva = house_join(house, list, "eva@example.org");
  int64_t mail = house_mail(house, "before"), letter = letter_to(house, list);
  house_commit(house);
  restore(house);
  house_begin(house);
  assert_true(house_mail(house, "after") >= mail + 1000000);
  assert_true(letter_to(house, list) >= letter + 1000000);
  int64_t udo = house_join(house, list, "udo@example.org");
  assert_true(udo >= eva + 10000 && udo < 1 << 25);
  assert_true(house_list(house, "adlershof", false) >= list + 1000000);
  house_commit(house);
}

static void numbers_of_empty_tables_jump_too(void **state)
{
  struct house *house = *state;
  restore(house);
  house_begin(house);
  assert_true(house_mail(house, "the first one here, not the first one ever") > 1000000);
  house_commit(house);
}

static void thread_numbers_go_on_behind_a_free_hundred(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t gruenau = house_list(house, "gruenau", true), adlershof = house_list(house, "adlershof", true);
  for (int i = 0; i < 5; i++) begin_thread(house, gruenau, 2026);
  for (int i = 0; i < 12; i++) begin_thread(house, adlershof, 2025);
  house_commit(house);
  restore(house);
  house_begin(house);
  assert_int_equal(begin_thread(house, gruenau, 2026), 301);   /* 173 was seen on disk */
  assert_int_equal(begin_thread(house, adlershof, 2025), 201); /* 12 are known */
  assert_int_equal(begin_thread(house, adlershof, 2026), 101); /* a year that may have begun since */
  assert_int_equal(begin_thread(house, gruenau, 2024), 1);     /* a year that is long over and had none */
  house_commit(house);
}

/* People may have been told a number on the telephone since. */
static void case_numbers_go_on_behind_a_free_hundred(void **state)
{
  struct house *house = *state;
  house_begin(house);
  g_autoptr(casefile_t) first = casefile_new(), next = casefile_new();
  first->list = next->list = house_list(house, "frage", true);
  must(casefile_create(house->store, first, 2026, NOW, &why));
  house_commit(house);
  restore(house);
  house_begin(house);
  must(casefile_create(house->store, next, 2026, NOW, &why));
  house_commit(house);
  assert_true(next->number > 200 && next->number % 100 == 1);
  assert_true(next->id > first->id + 1000);
}

static void event_numbers_go_on_behind_a_free_hundred(void **state)
{
  struct house *house = *state;
  house_begin(house);
  g_autoptr(event_t) first = event_new("Europe/Berlin"), next = event_new("Europe/Berlin");
  first->list = next->list = house_list(house, "termine", true);
  g_free(first->uid), g_free(next->uid);
  first->uid = g_strdup("a@kiez.example");
  next->uid = g_strdup("b@kiez.example");
  must(event_create(house->store, first, 2026, NOW, &why));
  house_commit(house);
  restore(house);
  house_begin(house);
  must(event_create(house->store, next, 2026, NOW, &why));
  house_commit(house);
  assert_true(next->number > 200 && next->number % 100 == 1);
  assert_true(next->id > first->id + 1000);
}

static void a_year_that_only_the_pages_know_is_moved_too(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true);
  house_commit(house);
  restore(house);
  house_begin(house);
  assert_int_equal(begin_thread(house, list, 2026), 301);
  house_commit(house);
}

static void open_letters_wait_for_the_operator(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  house_join(house, list, "eva@example.org");
  house_join(house, list, "udo@example.org");
  int64_t expanded = letter_to(house, list);
  must(outbox_expand(house->store, 10, NULL, NULL, &why) == 2);
  int64_t whole = letter_to(house, list);
  g_autoptr(GPtrArray) due = outbox_due(house->store, LETTER_ORDINARY, 0, 0, 10, NULL);
  struct delivery *deferred = due->pdata[0];
  const struct delivery *one = deferred;
  deferred->state = DELIVERY_DEFERRED;
  deferred->next_try = NOW + 1;
  must(outbox_mark(house->store, &one, 1, &why));
  house_commit(house);
  restore(house);
  g_autoptr(GPtrArray) none = outbox_due(house->store, LETTER_ORDINARY, 0, 0, 10, NULL);
  g_autoptr(GPtrArray) no_retry = outbox_retry(house->store, NOW + 1000, 10, NULL);
  assert_int_equal(none->len + no_retry->len, 0);
  assert_int_equal(outbox_next_retry(house->store, NULL), 0);
  g_autoptr(GPtrArray) waiting = letters_paused(house->store, 0, 10, NULL);
  assert_int_equal(waiting->len, 2);
  house_begin(house);
  assert_int_equal(outbox_expand(house->store, 10, NULL, NULL, NULL), 0);
  must(letter_resume(house->store, expanded, &why));
  must(letter_resume(house->store, whole, &why));
  g_autoptr(GError) error = NULL;
  assert_false(letter_resume(house->store, whole, &error));
  assert_int_equal(outbox_expand(house->store, 10, NULL, NULL, NULL), 2);
  house_commit(house);
  g_autoptr(GPtrArray) again = outbox_due(house->store, LETTER_ORDINARY, 0, 0, 10, NULL);
  g_autoptr(GPtrArray) retry = outbox_retry(house->store, NOW + 1000, 10, NULL);
  assert_int_equal(again->len, 3);
  assert_int_equal(retry->len, 1);
}

static void every_page_is_stale_after_it(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true);
  begin_thread(house, list, 2026);
  g_autoptr(GPtrArray) marks = pages_stale(house->store, 1000, NULL);
  must(pages_clear(house->store, marks, &why));
  house_commit(house);
  restore(house);
  g_autoptr(GPtrArray) stale = pages_stale(house->store, 1000, NULL);
  assert_true(stale->len >= 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(no_row_number_is_given_again),
    TEST(numbers_of_empty_tables_jump_too),
    TEST(thread_numbers_go_on_behind_a_free_hundred),
    TEST(case_numbers_go_on_behind_a_free_hundred),
    TEST(event_numbers_go_on_behind_a_free_hundred),
    TEST(a_year_that_only_the_pages_know_is_moved_too),
    TEST(open_letters_wait_for_the_operator),
    TEST(every_page_is_stale_after_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
