/* Threads, messages, and the counters that pages rely on. */
#include "tests/unit/store/house.h"

static int64_t begin_thread(struct house *house, int64_t list, int year, int month)
{
  struct thread thread = { .list = list,
                           .year = year,
                           .month = month,
                           .subject = (char *)"Laterne",
                           .subject_key = (char *)"laterne",
                           .started = NOW,
                           .last = NOW };
  must(thread_create(house->store, &thread, &why));
  return thread.id;
}

/* A message of a mail of its own, or (words NULL) a stand-in. Returns its id. */
static int64_t say(struct house *house, int64_t list, int64_t thread, const char *message_id,
                   int64_t received, bool is_public)
{
  struct message message = { .list = list,
                             .thread = thread,
                             .message_id = (char *)message_id,
                             .mail = received ? house_mail(house, message_id) : 0,
                             .from_name = (char *)"Eva Stein",
                             .received = received,
                             .written = received,
                             .is_public = is_public };
  must(message_create(house->store, &message, &why));
  return message.id;
}

struct counts {
  int64_t threads, messages, last;
};

static void assert_counts(struct house *house, int64_t list, struct counts expected)
{
  g_autoptr(list_row) row = list_get(house->store, list, NULL);
  assert_int_equal(row->threads, expected.threads);
  assert_int_equal(row->messages, expected.messages);
  assert_int_equal(row->last_message, expected.last);
}

static int64_t public_threads_of(struct house *house, int64_t list, int year, int month)
{
  g_autoptr(GArray) months = threads_months(house->store, list, NULL);
  for (guint i = 0; i < months->len; i++) {
    struct thread_month found = g_array_index(months, struct thread_month, i);
    if (found.year == year && found.month == month) return found.threads;
  }
  return 0;
}

static void numbers_count_by_list_and_year(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t a = house_list(house, "a", true), b = house_list(house, "b", true);
  static const struct {
    int list, year, number;
  } cases[] = { { 0, 2025, 1 }, { 0, 2025, 2 }, { 0, 2026, 1 }, { 1, 2026, 1 }, { 0, 2025, 3 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(thread_row) thread =
        thread_get(house->store, begin_thread(house, cases[i].list ? b : a, cases[i].year, 3), NULL);
    assert_int_equal(thread->number, cases[i].number);
    g_autoptr(thread_row) found =
        thread_find_number(house->store, thread->list, cases[i].year, cases[i].number, NULL);
    assert_int_equal(found->id, thread->id);
  }
  store_rollback(house->store);
}

static void stand_ins_hold_a_place_and_count_nothing(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true), thread = begin_thread(house, list, 2026, 3);
  int64_t stand_in = say(house, list, thread, "first@x", 0, false);
  say(house, list, thread, "second@x", NOW + 10, true);
  assert_counts(house, list, (struct counts){ 1, 1, NOW + 10 });
  g_autoptr(message_row) message = message_find(house->store, list, "first@x", NULL);
  assert_int_equal(message->id, stand_in);
  assert_int_equal(message->position, 1);
  message->mail = house_mail(house, "first at last");
  message->received = NOW + 20;
  message->is_public = true;
  must(message_fill(house->store, message, &why));
  assert_int_equal(message->position, 1);
  assert_counts(house, list, (struct counts){ 1, 2, NOW + 20 });
  g_autoptr(thread_row) row = thread_get(house->store, thread, NULL);
  assert_int_equal(row->messages, 2);
  assert_int_equal(row->public_messages, 2);
  g_autoptr(GError) error = NULL;
  assert_false(message_fill(house->store, message, &error)); /* it is a stand-in no more */
  store_rollback(house->store);
}

static void counters_follow_what_is_public(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", false), thread = begin_thread(house, list, 2026, 3);
  int64_t first = say(house, list, thread, "1@x", NOW, true),
          second = say(house, list, thread, "2@x", NOW + 10, false);
  assert_counts(house, list, (struct counts){ 1, 1, NOW });
  must(message_set_public(house->store, second, true, &why));
  must(message_set_public(house->store, second, true, &why)); /* twice is once */
  assert_counts(house, list, (struct counts){ 1, 2, NOW + 10 });
  must(message_set_public(house->store, second, false, &why));
  assert_counts(house, list, (struct counts){ 1, 1, NOW });
  assert_int_equal(public_threads_of(house, list, 2026, 3), 1);
  must(message_set_public(house->store, first, false, &why));
  assert_counts(house, list, (struct counts){ 0, 0, 0 });
  assert_int_equal(public_threads_of(house, list, 2026, 3), 0);
  must(message_set_public(house->store, first, true, &why));
  assert_counts(house, list, (struct counts){ 1, 1, NOW });
  store_rollback(house->store);
}

static void merging_moves_messages_behind_and_leaves_a_signpost(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true);
  int64_t older = begin_thread(house, list, 2026, 2), younger = begin_thread(house, list, 2026, 3),
          third = begin_thread(house, list, 2026, 3);
  say(house, list, older, "1@x", NOW, true);
  say(house, list, younger, "2@x", NOW + 10, true);
  int64_t last = say(house, list, younger, "3@x", NOW + 20, false);
  say(house, list, third, "4@x", NOW + 30, true);
  must(thread_merge(house->store, third, younger, &why));
  must(thread_merge(house->store, younger, older, &why));
  g_autoptr(message_row) message = message_get(house->store, last, NULL);
  assert_int_equal(message->thread, older);
  assert_int_equal(message->position, 3);
  g_autoptr(thread_row) whole = thread_get(house->store, older, NULL),
                        post = thread_get(house->store, younger, NULL),
                        far_post = thread_get(house->store, third, NULL);
  assert_int_equal(whole->messages, 4);
  assert_int_equal(whole->public_messages, 3);
  assert_int_equal(whole->next_position, 5);
  assert_int_equal(post->merged_into, older);
  assert_int_equal(far_post->merged_into, older); /* signposts never lead to signposts */
  assert_int_equal(post->messages, 0);
  assert_counts(house, list, (struct counts){ 1, 3, NOW + 30 });
  assert_int_equal(public_threads_of(house, list, 2026, 2), 1);
  assert_int_equal(public_threads_of(house, list, 2026, 3), 0);
  say(house, list, older, "5@x", NOW + 40, true);
  g_autoptr(GPtrArray) all = messages_of_thread(house->store, older, 0, 100, NULL);
  assert_int_equal(all->len, 5);
  g_autoptr(GError) error = NULL;
  assert_false(thread_merge(house->store, older, younger, &error)); /* no cycles */
  assert_false(thread_merge(house->store, older, older, NULL));
  store_rollback(house->store);
}

static void a_public_thread_merged_into_a_hidden_one_makes_it_public(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true);
  int64_t hidden = begin_thread(house, list, 2026, 2), open = begin_thread(house, list, 2026, 3);
  say(house, list, hidden, "1@x", NOW, false);
  say(house, list, open, "2@x", NOW, true);
  must(thread_merge(house->store, open, hidden, &why));
  assert_counts(house, list, (struct counts){ 1, 1, NOW });
  assert_int_equal(public_threads_of(house, list, 2026, 2), 1);
  assert_int_equal(public_threads_of(house, list, 2026, 3), 0);
  store_rollback(house->store);
}

static void signposts_are_listed_only_where_told(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true);
  int64_t ids[3];
  for (int i = 0; i < 3; i++) ids[i] = begin_thread(house, list, 2026, 3);
  must(thread_merge(house->store, ids[1], ids[0], &why));
  g_autoptr(GPtrArray) month = threads_of_month_part(house->store, list, 2026, 3, 1, NULL);
  g_autoptr(GPtrArray) standing = threads_of_year(house->store, list, 2026, 0, 10, false, NULL);
  g_autoptr(GPtrArray) everything = threads_of_year(house->store, list, 2026, 0, 10, true, NULL);
  g_autoptr(GPtrArray) page = threads_page(house->store, list, ids[0], 10, NULL);
  assert_int_equal(month->len, 2);
  assert_int_equal(standing->len, 2);
  assert_int_equal(everything->len, 3);
  assert_int_equal(page->len, 1);
  store_rollback(house->store);
}

static void a_months_pages_hold_a_hundred_threads_each(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true), last = 0;
  for (int i = 0; i < 101; i++) last = begin_thread(house, list, 2026, 3);
  say(house, list, last, "1@x", NOW, true);
  g_autoptr(GPtrArray) first = threads_of_month_part(house->store, list, 2026, 3, 1, NULL);
  g_autoptr(GPtrArray) second = threads_of_month_part(house->store, list, 2026, 3, 2, NULL);
  assert_int_equal(first->len, 100);
  assert_int_equal(second->len, 1);
  g_autoptr(GArray) months = threads_months(house->store, list, NULL);
  assert_int_equal(months->len, 1);
  assert_int_equal(g_array_index(months, struct thread_month, 0).parts, 2);
  store_rollback(house->store);
}

static void a_threads_parts_hold_a_hundred_messages_with_their_attachments(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true), thread = begin_thread(house, list, 2026, 3);
  for (int i = 0; i < 100; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    say(house, list, thread, id, 0, false);
  }
  g_autoptr(GPtrArray) attachments = g_ptr_array_new();
  struct attachment attachment = {
    .filename = (char *)"Foto.jpg", .type = (char *)"image/jpeg", .part = (char *)"2", .size_bytes = 12
  };
  g_ptr_array_add(attachments, &attachment);
  struct message message = { .list = list,
                             .thread = thread,
                             .message_id = (char *)"last@x",
                             .mail = house_mail(house, "mail"),
                             .attachments = attachments };
  must(message_create(house->store, &message, &why));
  g_autoptr(GPtrArray) first = messages_of_thread_part(house->store, thread, 1, NULL);
  g_autoptr(GPtrArray) second = messages_of_thread_part(house->store, thread, 2, NULL);
  assert_int_equal(first->len, 100);
  assert_int_equal(second->len, 1);
  const struct message *last = second->pdata[0];
  assert_int_equal(last->attachments->len, 1);
  assert_string_equal(((struct attachment *)last->attachments->pdata[0])->filename, "Foto.jpg");
  store_rollback(house->store);
}

static void subjects_join_within_the_window_and_the_list_only(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true), other = house_list(house, "b", true);
  int64_t thread = begin_thread(house, list, 2026, 3);
  g_autoptr(thread_row) found = thread_find_subject(house->store, list, "laterne", NOW - 10, NOW + 10, NULL);
  assert_int_equal(found->id, thread);
  assert_null(thread_find_subject(house->store, list, "laterne", NOW + 1, NOW + 10, NULL));
  assert_null(thread_find_subject(house->store, other, "laterne", 0, NOW + 10, NULL));
  assert_null(thread_find_subject(house->store, list, "laterne", 0, NOW - 3600, NULL));
  store_rollback(house->store);
}

static void one_message_id_is_one_message_in_a_list(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  house_begin(house);
  int64_t list = house_list(house, "a", true), other = house_list(house, "b", true);
  int64_t thread = begin_thread(house, list, 2026, 3), elsewhere = begin_thread(house, other, 2026, 3);
  int64_t first = say(house, list, thread, "1@x", NOW, true),
          second = say(house, other, elsewhere, "1@x", NOW, true);
  assert_int_not_equal(first, second);
  struct message again = { .list = list, .thread = thread, .message_id = (char *)"1@x" };
  assert_false(message_create(house->store, &again, &error));
  assert_int_equal(fault_of(error), FAULT_BUG);
  g_autoptr(message_row) of_mail = message_of_mail(house->store, other, house_mail(house, "1@x"), NULL);
  assert_int_equal(of_mail->id, second);
  store_rollback(house->store);
}

static void the_latest_come_first_and_the_hidden_only_where_asked(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "a", true), thread = begin_thread(house, list, 2026, 3);
  say(house, list, thread, "1@x", NOW, true);
  int64_t hidden = say(house, list, thread, "2@x", NOW + 10, false);
  int64_t newest = say(house, list, thread, "3@x", NOW + 20, true);
  say(house, list, thread, "4@x", 0, false); /* a stand-in is never among them */
  g_autoptr(GPtrArray) open = messages_latest(house->store, list, 10, true, NULL);
  g_autoptr(GPtrArray) all = messages_latest(house->store, list, 10, false, NULL);
  g_autoptr(GPtrArray) unpublished = messages_unpublished(house->store, list, 0, 10, NULL);
  assert_int_equal(open->len, 2);
  assert_int_equal(((struct message *)open->pdata[0])->id, newest);
  assert_int_equal(all->len, 3);
  assert_int_equal(unpublished->len, 1);
  assert_int_equal(((struct message *)unpublished->pdata[0])->id, hidden);
  store_rollback(house->store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(numbers_count_by_list_and_year),
    TEST(stand_ins_hold_a_place_and_count_nothing),
    TEST(counters_follow_what_is_public),
    TEST(merging_moves_messages_behind_and_leaves_a_signpost),
    TEST(a_public_thread_merged_into_a_hidden_one_makes_it_public),
    TEST(signposts_are_listed_only_where_told),
    TEST(a_months_pages_hold_a_hundred_threads_each),
    TEST(a_threads_parts_hold_a_hundred_messages_with_their_attachments),
    TEST(subjects_join_within_the_window_and_the_list_only),
    TEST(one_message_id_is_one_message_in_a_list),
    TEST(the_latest_come_first_and_the_hidden_only_where_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
