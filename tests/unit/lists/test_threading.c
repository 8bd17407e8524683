/* Threads: what hangs together is one thread, whatever order it comes in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/threading.h"

#include "lib/store/mails.h"
#include "lib/store/threads.h"
#include "tests/unit/lists/support.h"

static struct town town;
static struct list *list;
static int64_t next_mail;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  list_free(list);
  town_close(&town);
  return 0;
}

/* A list of its own for each test, so that Message-IDs may repeat. */
static void new_list(void)
{
  static int count;
  g_autofree char *name = g_strdup_printf("list%d", ++count);
  int64_t id = town_list(&town, name, "group", true);
  list_free(list);
  list = list_get(town.store, id, NULL);
}

/* A row in `mail` for a message to stand on. */
static int64_t new_mail(void)
{
  unsigned char key[32] = { 0 };
  int64_t number = ++next_mail;
  memcpy(key, &number, sizeof number);
  g_autoptr(GBytes) bytes = g_bytes_new_static("Subject: x\r\n\r\nx\r\n", 17);
  bool is_new = false;
  return mail_put(town.store, key, TEST_NOW, "a@b.example", bytes, NULL, &is_new, NULL);
}

static bool is_unpublished; /* what is filed from here on */

/* Files one mail: its id, and what it refers to, separated by spaces. Returns its row. */
static struct message *file_at(const char *id, const char *references, const char *subject, int64_t received)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ids = g_strsplit(references, " ", -1);
  g_autoptr(GPtrArray) array = g_ptr_array_new();
  for (char **one = ids; *one; one++)
    if (**one) g_ptr_array_add(array, *one);
  struct mail mail = { .message_id = (char *)id, .references = array, .subject = (char *)subject };
  struct work work = { .store = town.store, .config = town.config, .keys = town.keys, .now = received };
  assert_true(store_begin(town.store, NULL));
  struct message message = { .list = list->id,
                             .message_id = (char *)id,
                             .mail = new_mail(),
                             .from_name = (char *)"",
                             .from_address = (char *)"",
                             .subject = (char *)subject,
                             .text = (char *)"",
                             .received = received,
                             .written = received,
                             .is_public = !is_unpublished };
  if (!threading_place(&work, list, &mail, &message, &error)) fail_msg("%s: %s", id, error->message);
  assert_true(store_commit(town.store, NULL));
  return message_get(town.store, message.id, NULL);
}

static void file(const char *id, const char *references)
{
  message_free(file_at(id, references, "Sommerfest", TEST_NOW));
}

static int64_t thread_of(const char *id)
{
  g_autoptr(message_row) row = message_find(town.store, list->id, id, NULL);
  return row ? row->thread : 0;
}

/* The Message-ID of the parent; "" if none. */
static char *parent_of(const char *id)
{
  g_autoptr(message_row) row = message_find(town.store, list->id, id, NULL);
  assert_non_null(row);
  g_autoptr(message_row) parent = row->parent ? message_get(town.store, row->parent, NULL) : NULL;
  return g_strdup(parent ? parent->message_id : "");
}

static void assert_parent(const char *id, const char *wanted)
{
  g_autofree char *got = parent_of(id);
  assert_string_equal(got, wanted);
}

static void an_answer_hangs_below_what_it_answers(void **state)
{
  (void)state;
  new_list();
  file("a", "");
  file("b", "a");
  file("c", "a b");
  assert_int_equal(thread_of("a"), thread_of("c"));
  assert_parent("b", "a");
  assert_parent("c", "b");
}

static void two_answers_to_an_unseen_mail_meet_and_it_takes_its_place(void **state)
{
  (void)state;
  new_list();
  file("b", "a");
  file("c", "a");
  assert_int_equal(thread_of("b"), thread_of("c"));
  g_autoptr(message_row) stand_in = message_find(town.store, list->id, "a", NULL);
  assert_int_equal(stand_in->mail, 0);
  file("a", "");
  g_autoptr(message_row) filled = message_find(town.store, list->id, "a", NULL);
  assert_true(filled->mail != 0);
  assert_int_equal(filled->id, stand_in->id);
  assert_parent("b", "a");
  assert_parent("c", "a");
}

static void a_root_that_comes_last_joins_its_threads(void **state)
{
  (void)state;
  new_list();
  file("c", "b"); /* one thread … */
  file("e", "d"); /* … and another */
  assert_int_not_equal(thread_of("c"), thread_of("e"));
  int64_t older = thread_of("c"), younger = thread_of("e");
  file("d", "a");
  file("b", "a");
  assert_int_equal(thread_of("c"), thread_of("e"));
  assert_int_equal(thread_of("c"), older);
  g_autoptr(thread_row) signpost = thread_get(town.store, younger, NULL);
  assert_int_equal(signpost->merged_into, older);
  assert_parent("d", "a");
  assert_parent("b", "a");
}

static void depth_follows_when_a_stand_in_moves(void **state)
{
  (void)state;
  new_list();
  file("c", "b");
  file("d", "b c");
  file("b", "x a");
  g_autoptr(message_row) d = message_find(town.store, list->id, "d", NULL);
  g_autoptr(message_row) b = message_find(town.store, list->id, "b", NULL);
  assert_int_equal(b->depth, 2);
  assert_int_equal(d->depth, 4);
}

static void references_in_a_circle_make_no_circle(void **state)
{
  (void)state;
  new_list();
  file("a", "b");
  file("b", "a");
  file("c", "c");
  file("d", "e f");
  file("f", "d e");
  file("e", "f d");
  assert_int_equal(thread_of("a"), thread_of("b"));
  static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };
  for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autoptr(message_row) row = message_find(town.store, list->id, ids[i], NULL);
    int steps = 0;
    for (int64_t up = row->parent; up; steps++) {
      if (steps > 20) fail_msg("%s is its own ancestor", ids[i]);
      g_autoptr(message_row) above = message_get(town.store, up, NULL);
      up = above->parent;
    }
  }
}

static void a_known_reference_between_unknown_ones_is_found(void **state)
{
  (void)state;
  new_list();
  file("b", "");
  file("d", "a b c");
  assert_int_equal(thread_of("d"), thread_of("b"));
  assert_parent("c", "b");
}

static void a_hostile_list_of_references_is_cut(void **state)
{
  (void)state;
  new_list();
  g_autoptr(GString) many = g_string_new("root");
  for (int i = 0; i < 199; i++) g_string_append_printf(many, " x%d", i);
  file("a", many->str);
  assert_int_equal(thread_of("root"), thread_of("a"));
  assert_int_equal(thread_of("x198"), thread_of("a"));
  assert_int_equal(thread_of("x100"), 0);
  g_autoptr(thread_row) thread = thread_get(town.store, thread_of("a"), NULL);
  assert_true(thread->next_position <= 14);
}

static void an_answer_without_references_joins_by_subject_within_the_window(void **state)
{
  (void)state;
  new_list();
  const int64_t day = 86400;
  message_free(file_at("a", "", "Sommerfest 2026", TEST_NOW));
  message_free(file_at("b", "", "AW: Sommerfest 2026", TEST_NOW + day));
  message_free(file_at("c", "", "Sommerfest 2026", TEST_NOW + day));
  message_free(file_at("d", "", "Re: Flohmarkt", TEST_NOW + day));
  message_free(file_at("e", "", "Re: Sommerfest 2026", TEST_NOW + 40 * day));
  message_free(file_at("f", "zz", "Re: Sommerfest 2026", TEST_NOW + day));
  assert_int_equal(thread_of("b"), thread_of("a"));
  assert_int_not_equal(thread_of("c"), thread_of("a"));
  assert_int_not_equal(thread_of("d"), thread_of("a"));
  assert_int_not_equal(thread_of("e"), thread_of("a"));
  assert_int_not_equal(thread_of("f"), thread_of("a"));
}

/* The subject of the thread that a message is in. */
static void assert_title(const char *id, const char *wanted)
{
  g_autoptr(thread_row) thread = thread_get(town.store, thread_of(id), NULL);
  assert_string_equal(thread->subject, wanted);
}

static void the_subject_of_what_is_not_public_is_no_title(void **state)
{
  (void)state;
  new_list();
  is_unpublished = true;
  message_free(file_at("a", "", "Krank: Frau Grün", TEST_NOW));
  message_free(file_at("c", "x", "Streit mit Herrn Blau", TEST_NOW + 1));
  is_unpublished = false;
  assert_title("a", "Krank: Frau Grün");
  message_free(file_at("b", "a", "Vertretung gesucht", TEST_NOW + 2));
  assert_title("b", "Vertretung gesucht");
  message_free(file_at("b2", "a b", "Ich mache es", TEST_NOW + 3));
  assert_title("b2", "Vertretung gesucht");
  message_free(file_at("d", "", "Hofordnung", TEST_NOW + 4));
  message_free(file_at("e", "x d", "AW: Hofordnung", TEST_NOW + 5));
  assert_int_equal(thread_of("c"), thread_of("d"));
  assert_title("e", "Hofordnung");
}

static void an_old_mail_that_comes_late_joins_no_thread_of_today(void **state)
{
  (void)state;
  new_list();
  message_free(file_at("heute@x", "", "Treffen", TEST_NOW));
  message_free(file_at("damals@x", "", "AW: Treffen", TEST_NOW - 3000LL * 86400));
  assert_int_not_equal(thread_of("heute@x"), thread_of("damals@x"));
  message_free(file_at("damals2@x", "", "AW: Treffen", TEST_NOW - 2999LL * 86400));
  assert_int_equal(thread_of("damals@x"), thread_of("damals2@x"));
}

static void a_subject_of_another_list_is_not_joined(void **state)
{
  (void)state;
  new_list();
  message_free(file_at("a", "", "Sommerfest", TEST_NOW));
  int64_t first = thread_of("a");
  new_list();
  message_free(file_at("b", "", "Re: Sommerfest", TEST_NOW));
  assert_int_not_equal(thread_of("b"), first);
}

static void a_thread_is_numbered_in_the_year_of_the_municipality(void **state)
{
  (void)state;
  new_list();
  const int64_t new_year = 1767222000; /* 2025-12-31T23:00:00Z is midnight in Berlin */
  g_autoptr(message_row) before = file_at("a", "", "alt", new_year - 1);
  g_autoptr(message_row) after = file_at("b", "", "neu", new_year);
  g_autoptr(thread_row) old = thread_get(town.store, before->thread, NULL);
  g_autoptr(thread_row) fresh = thread_get(town.store, after->thread, NULL);
  assert_int_equal(old->year, 2025);
  assert_int_equal(fresh->year, 2026);
  assert_int_equal(fresh->month, 1);
}

enum { MAILS = 14, ROUNDS = 120 };

/* A random set of mails: some answer one another, some refer to mails that never come, some forget the older
 * references. */
static void invent(GRand *random, char *references[MAILS])
{
  for (int i = 0; i < MAILS; i++) {
    GString *refs = g_string_new(NULL);
    int count = g_rand_int_range(random, 0, 4);
    for (int k = 0; k < count; k++)
      g_string_append_printf(refs, "%sm%d", k ? " " : "", g_rand_int_range(random, 0, MAILS + 5));
    references[i] = g_string_free(refs, FALSE);
  }
}

/* Files them in a random order; for each pair of mails, says whether they ended in one thread. */
static void file_shuffled(GRand *random, char *references[MAILS], bool together[MAILS][MAILS])
{
  int order[MAILS];
  new_list();
  for (int i = 0; i < MAILS; i++) order[i] = i;
  for (int i = MAILS - 1; i > 0; i--) {
    int k = g_rand_int_range(random, 0, i + 1), swap = order[i];
    order[i] = order[k];
    order[k] = swap;
  }
  for (int i = 0; i < MAILS; i++) {
    g_autofree char *id = g_strdup_printf("m%d", order[i]);
    file(id, references[order[i]]);
  }
  int64_t threads[MAILS];
  for (int i = 0; i < MAILS; i++) {
    g_autofree char *id = g_strdup_printf("m%d", i);
    threads[i] = thread_of(id);
  }
  for (int i = 0; i < MAILS; i++)
    for (int k = 0; k < MAILS; k++) together[i][k] = threads[i] == threads[k];
}

static void the_same_mails_in_any_order_make_the_same_threads(void **state)
{
  (void)state;
  for (guint seed = 1; seed <= ROUNDS; seed++) {
    GRand *random = g_rand_new_with_seed(seed);
    char *references[MAILS];
    bool first[MAILS][MAILS], second[MAILS][MAILS];
    invent(random, references);
    file_shuffled(random, references, first);
    file_shuffled(random, references, second);
    if (memcmp(first, second, sizeof first) != 0) fail_msg("seed %u: another order, other threads", seed);
    for (int i = 0; i < MAILS; i++) g_free(references[i]);
    g_rand_free(random);
  }
}

/* What the messages of the list say, beside what its counters say. */
static void assert_counted(void)
{
  int64_t threads = 0, messages = 0, last = 0, in_months = 0;
  g_autoptr(GPtrArray) rows = threads_page(town.store, list->id, 0, 1000, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const struct thread *thread = g_ptr_array_index(rows, i);
    g_autoptr(GPtrArray) members = messages_of_thread(town.store, thread->id, 0, 1000, NULL);
    int64_t all = 0, shown = 0;
    for (guint k = 0; k < members->len; k++) {
      const struct message *message = g_ptr_array_index(members, k);
      assert_int_equal(message->position, k + 1); /* none twice, none left out */
      all += message->mail != 0;
      if (!message->mail || !message->is_public) continue;
      shown++;
      last = MAX(last, message->received);
    }
    assert_int_equal(thread->messages, all);
    assert_int_equal(thread->public_messages, shown);
    threads += shown > 0;
    messages += shown;
  }
  g_autoptr(GArray) months = threads_months(town.store, list->id, NULL);
  for (guint i = 0; i < months->len; i++) in_months += g_array_index(months, struct thread_month, i).threads;
  g_autoptr(list_row) now = list_get(town.store, list->id, NULL);
  assert_int_equal(now->threads, threads);
  assert_int_equal(in_months, threads);
  assert_int_equal(now->messages, messages);
  assert_int_equal(now->last_message, last);
}

/* Publishes or hides one message, as an import's --publish or a moderator will. */
static void turn(const char *id, bool is_public)
{
  g_autoptr(message_row) row = message_find(town.store, list->id, id, NULL);
  if (!row || !row->mail) return;
  assert_true(store_begin(town.store, NULL));
  assert_true(message_set_public(town.store, row->id, is_public, NULL));
  assert_true(store_commit(town.store, NULL));
}

static void counters_stay_right_whatever_comes_and_is_shown(void **state)
{
  (void)state;
  g_autoptr(GRand) random = g_rand_new_with_seed(20260302);
  for (int round = 0; round < ROUNDS / 4; round++) {
    char *references[MAILS];
    new_list();
    invent(random, references);
    for (int i = 0; i < MAILS; i++) {
      g_autofree char *id = g_strdup_printf("m%d", i),
                      *other = g_strdup_printf("m%d", g_rand_int_range(random, 0, MAILS));
      is_unpublished = g_rand_boolean(random);
      message_free(
          file_at(id, references[i], "Sommerfest", TEST_NOW + g_rand_int_range(random, -9000000, 9000000)));
      turn(other, g_rand_boolean(random));
      g_free(references[i]);
    }
    is_unpublished = false;
    assert_counted();
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_answer_hangs_below_what_it_answers),
    cmocka_unit_test(two_answers_to_an_unseen_mail_meet_and_it_takes_its_place),
    cmocka_unit_test(a_root_that_comes_last_joins_its_threads),
    cmocka_unit_test(depth_follows_when_a_stand_in_moves),
    cmocka_unit_test(references_in_a_circle_make_no_circle),
    cmocka_unit_test(a_known_reference_between_unknown_ones_is_found),
    cmocka_unit_test(a_hostile_list_of_references_is_cut),
    cmocka_unit_test(an_answer_without_references_joins_by_subject_within_the_window),
    cmocka_unit_test(the_subject_of_what_is_not_public_is_no_title),
    cmocka_unit_test(an_old_mail_that_comes_late_joins_no_thread_of_today),
    cmocka_unit_test(a_subject_of_another_list_is_not_joined),
    cmocka_unit_test(a_thread_is_numbered_in_the_year_of_the_municipality),
    cmocka_unit_test(the_same_mails_in_any_order_make_the_same_threads),
    cmocka_unit_test(counters_stay_right_whatever_comes_and_is_shown),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
