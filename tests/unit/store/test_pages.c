/* Marks of stale pages: what a message makes stale, and that a mark set while a page was rendered stays. */
#include "tests/unit/store/house.h"

/* All marks as "page/list/key/part", sorted by nothing but their order. */
static bool is_marked(struct house *house, const char *page, int64_t list, int64_t key, int part)
{
  g_autoptr(GPtrArray) marks = pages_stale(house->store, 100000, NULL);
  for (guint i = 0; i < marks->len; i++) {
    const struct stale_page *mark = marks->pdata[i];
    if (g_str_equal(mark->page, page) && mark->list == list && mark->key == key && mark->part == part)
      return true;
  }
  return false;
}

static guint count_marks(struct house *house)
{
  g_autoptr(GPtrArray) marks = pages_stale(house->store, 100000, NULL);
  return marks->len;
}

static void clear_all(struct house *house)
{
  g_autoptr(GPtrArray) marks = pages_stale(house->store, 100000, NULL);
  must(pages_clear(house->store, marks, &why));
  assert_int_equal(count_marks(house), 0);
}

static int64_t begin_thread(struct house *house, int64_t list, int messages)
{
  struct thread thread = {
    .list = list, .year = 2026, .month = 3, .subject = (char *)"x", .subject_key = (char *)"x"
  };
  must(thread_create(house->store, &thread, &why));
  for (int i = 0; i < messages; i++) {
    g_autofree char *id = g_strdup_printf("%d.%d@x", (int)thread.id, i);
    struct message message = { .list = list, .thread = thread.id, .message_id = id };
    must(message_create(house->store, &message, &why));
  }
  return thread.id;
}

static void a_message_marks_its_part_and_what_shows_it(void **state)
{
  struct house *house = *state;
  static const struct {
    int64_t position;
    int thread_marks[3];
  } cases[] = { { 1, { 1 } },      { 100, { 1 } },       { 101, { 1, 2 } },
                { 150, { 1, 2 } }, { 201, { 1, 2, 3 } }, { 202, { 1, 3 } } };
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true), thread = begin_thread(house, list, 0);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    clear_all(house);
    must(pages_mark_message(house->store, list, thread, cases[i].position, &why));
    guint expected = 5;
    for (int k = 0; k < 3 && cases[i].thread_marks[k]; k++, expected++)
      assert_true(is_marked(house, "thread", list, thread, cases[i].thread_marks[k]));
    assert_int_equal(count_marks(house), expected);
    assert_true(is_marked(house, "month", list, 202603, 1));
    assert_true(is_marked(house, "sitemap", list, 2026, 1));
    assert_true(is_marked(house, "list", list, 0, 1));
    assert_true(is_marked(house, "feed", list, 0, 1));
    assert_true(is_marked(house, "home", 0, 0, 1));
  }
  store_rollback(house->store);
}

static void a_message_of_a_list_without_archive_marks_nothing(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), thread = begin_thread(house, list, 1);
  clear_all(house);
  must(pages_mark_message(house->store, list, thread, 1, &why));
  assert_int_equal(count_marks(house), 0);
  store_rollback(house->store);
}

static void a_mark_set_anew_survives_the_clearing_of_the_old_one(void **state)
{
  struct house *house = *state;
  house_begin(house);
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  must(page_mark(house->store, "list", 7, 0, 1, &why));
  house_commit(house);
  g_autoptr(GPtrArray) seen = pages_stale(house->store, 10, NULL);
  assert_int_equal(seen->len, 2);
  house_begin(house); /* while the pages are rendered another mail comes */
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  house_commit(house);
  house_begin(house);
  must(pages_clear(house->store, seen, &why));
  house_commit(house);
  assert_true(is_marked(house, "home", 0, 0, 1));
  assert_false(is_marked(house, "list", 7, 0, 1));
}

static void numbers_of_marks_never_go_back(void **state)
{
  struct house *house = *state;
  int64_t last = 0;
  for (int i = 0; i < 4; i++) {
    house_begin(house);
    must(page_mark(house->store, "home", 0, 0, 1, &why));
    if (i == 1) {
      store_rollback(house->store);
      continue;
    }
    house_commit(house);
    g_autoptr(GPtrArray) marks = pages_stale(house->store, 1, NULL);
    const struct stale_page *mark = marks->pdata[0];
    assert_true(mark->seq > last);
    last = mark->seq;
    if (i == 2) { /* also for who opens the store anew, with no marks left to count from */
      house_begin(house);
      must(pages_clear(house->store, marks, &why));
      house_commit(house);
      store_close(house->store);
      must(house->store = store_open(house->store_directory, STORE_WRITE, &why));
    }
  }
}

static void the_oldest_marks_come_first(void **state)
{
  struct house *house = *state;
  house_begin(house);
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  must(page_mark(house->store, "list", 1, 0, 1, &why));
  house_commit(house);
  house_begin(house);
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  house_commit(house);
  g_autoptr(GPtrArray) first = pages_stale(house->store, 1, NULL);
  assert_string_equal(((struct stale_page *)first->pdata[0])->page, "list");
}

static void a_mark_that_went_back_with_its_savepoint_is_set_again(void **state)
{
  struct house *house = *state;
  house_begin(house);
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  must(store_savepoint(house->store, &why));
  must(page_mark(house->store, "list", 1, 0, 1, &why));
  must(store_rollback_to(house->store, &why));
  assert_false(is_marked(house, "list", 1, 0, 1));
  must(page_mark(house->store, "list", 1, 0, 1, &why)); /* the next mail of the transaction */
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  house_commit(house);
  assert_true(is_marked(house, "list", 1, 0, 1));
  assert_true(is_marked(house, "home", 0, 0, 1));
  assert_int_equal(count_marks(house), 2);
}

static void turning_an_archive_on_or_off_marks_every_page_of_the_list(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true), other = house_list(house, "adlershof", true);
  int64_t small = begin_thread(house, list, 1), exact = begin_thread(house, list, 100),
          large = begin_thread(house, list, 201);
  int64_t elsewhere = begin_thread(house, other, 1);
  for (int i = 0; i < 98; i++) begin_thread(house, list, 0); /* 101 threads: two parts of the month */
  clear_all(house);
  g_autoptr(list_row) row = list_get(house->store, list, NULL);
  row->archive_public = false;
  must(list_update(house->store, row, &why));
  assert_true(is_marked(house, "thread", list, small, 1));
  assert_true(is_marked(house, "thread", list, exact, 1));
  assert_false(is_marked(house, "thread", list, exact, 2));
  for (int part = 1; part <= 3; part++) assert_true(is_marked(house, "thread", list, large, part));
  assert_false(is_marked(house, "thread", list, large, 4));
  assert_true(is_marked(house, "month", list, 202603, 1));
  assert_true(is_marked(house, "month", list, 202603, 2));
  assert_false(is_marked(house, "month", list, 202603, 3));
  assert_true(is_marked(house, "sitemap", list, 2026, 1));
  assert_true(is_marked(house, "list", list, 0, 1));
  assert_false(is_marked(house, "thread", other, elsewhere, 1));
  must(pages_mark_all(house->store, &why));
  assert_true(is_marked(house, "thread", other, elsewhere, 1));
  store_rollback(house->store);
}

static void merging_threads_marks_the_pages_of_both(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true);
  int64_t into = begin_thread(house, list, 90), from = begin_thread(house, list, 120);
  clear_all(house);
  must(thread_merge(house->store, from, into, &why));
  for (int part = 1; part <= 2; part++)
    assert_true(is_marked(house, "thread", list, from, part)); /* part 2 is to vanish */
  for (int part = 1; part <= 3; part++) assert_true(is_marked(house, "thread", list, into, part));
  store_rollback(house->store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_message_marks_its_part_and_what_shows_it),
    TEST(a_message_of_a_list_without_archive_marks_nothing),
    TEST(a_mark_set_anew_survives_the_clearing_of_the_old_one),
    TEST(numbers_of_marks_never_go_back),
    TEST(the_oldest_marks_come_first),
    TEST(a_mark_that_went_back_with_its_savepoint_is_set_again),
    TEST(turning_an_archive_on_or_off_marks_every_page_of_the_list),
    TEST(merging_threads_marks_the_pages_of_both),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
