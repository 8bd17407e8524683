/* The outbox: who gets a letter, exactly once, whenever it is expanded; and what the sender's marks do. */
#include "tests/unit/store/house.h"

static void sign(const struct letter *letter, struct delivery *delivery, void *data)
{
  (void)data;
  delivery->envelope_from =
      g_strdup_printf("bounce+%d.%d@kiez.example", (int)letter->id, (int)delivery->person);
  delivery->slots = g_strdup("a\x1f"
                             "b");
}

/* A letter to the members of a list; inside a transaction. */
static int64_t write_to(struct house *house, int64_t list, int64_t mail, int64_t except)
{
  g_autoptr(letter_t) letter = g_new0(struct letter, 1);
  letter->purpose = g_strdup("post");
  letter->list = list;
  letter->mail = mail;
  letter->content = g_bytes_new_static("Subject: x\r\n\r\nwords\r\n", 21);
  letter->created = NOW;
  letter->except_person = except;
  letter->change = members_change(house->store, NULL);
  must(outbox_put_to_members(house->store, letter, &why));
  return letter->id;
}

/* Expands everything, `step` rows a transaction. */
static void expand(struct house *house, int step)
{
  for (int rows = 1; rows > 0;) {
    house_begin(house);
    must((rows = outbox_expand(house->store, step, sign, NULL, &why)) >= 0);
    house_commit(house);
  }
}

static GPtrArray *due(struct house *house)
{
  return outbox_due(house->store, LETTER_ORDINARY, 0, 0, 1000, NULL);
}

/* The addresses of a letter's deliveries, sorted as they are numbered. */
static char *recipients(struct house *house, int64_t letter)
{
  GString *all = g_string_new(NULL);
  g_autoptr(GPtrArray) rows = outbox_page(house->store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const struct delivery *delivery = rows->pdata[i];
    if (delivery->letter != letter) continue;
    g_autofree char *name = g_strndup(delivery->address, strcspn(delivery->address, "@"));
    g_string_append_printf(all, "%s%s", all->len ? " " : "", name);
  }
  return g_string_free(all, FALSE);
}

static void mark(struct house *house, struct delivery *delivery, enum delivery_state state, int64_t next_try)
{
  const struct delivery *one = delivery;
  delivery->state = state;
  delivery->attempts++;
  delivery->next_try = next_try;
  delivery->at = NOW + 60;
  g_free(delivery->reply);
  delivery->reply = g_strdup("250 2.0.0 Ok");
  house_begin(house);
  must(outbox_mark(house->store, &one, 1, &why));
  house_commit(house);
}

struct square {
  int64_t list, eva, udo, kim;
};

static struct square three_neighbours(struct house *house, const char *name)
{
  struct square square = { .list = house_list(house, name, false) };
  square.eva = house_join(house, square.list, "eva@example.org");
  square.udo = house_join(house, square.list, "udo@example.org");
  square.kim = house_join(house, square.list, "kim@example.org");
  return square;
}

static void each_member_but_the_author_gets_one_signed_copy(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letter = write_to(house, square.list, 0, square.udo);
  house_commit(house);
  expand(house, 200);
  g_autofree char *names = recipients(house, letter);
  assert_string_equal(names, "eva kim");
  g_autoptr(GPtrArray) rows = due(house);
  const struct delivery *first = rows->pdata[0];
  assert_int_equal(first->number, 1);
  assert_string_equal(first->slots, "a\x1f"
                                    "b");
  g_autofree char *expected = g_strdup_printf("bounce+%d.%d@kiez.example", (int)letter, (int)square.eva);
  assert_string_equal(first->envelope_from, expected);
}

static void recipients_are_the_members_at_the_decision_not_at_the_expansion(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letter = write_to(house, square.list, 0, 0);
  house_join(house, square.list, "late@example.org"); /* even in the same transaction */
  must(member_remove(house->store, square.list, square.eva, NOW, &why));
  int64_t second = write_to(house, square.list, 0, 0);
  house_commit(house);
  house_begin(house);
  must(member_remove(house->store, square.list, square.udo, NOW, &why));
  house_join(house, square.list, "later@example.org");
  house_join(house, square.list, "eva@example.org");
  house_commit(house);
  expand(house, 200);
  g_autofree char *names = recipients(house, letter), *names_of_second = recipients(house, second);
  assert_string_equal(names, "eva udo kim");
  assert_string_equal(names_of_second, "udo kim late");
}

static void only_active_members_with_each_mail_are_written_to(void **state)
{
  struct house *house = *state;
  static const struct {
    const char *delivery, *state, *address;
  } others[] = { { "daily", "active", "daily@x.org" },
                 { "none", "active", "none@x.org" },
                 { "each", "pending", "pending@x.org" },
                 { "each", "paused", "paused@x.org" },
                 { "each", "bouncing", "bouncing@x.org" } };
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    g_autoptr(member_t) member = g_new0(struct member, 1);
    member->list = square.list;
    member->address = g_strdup(others[i].address);
    member->delivery = g_strdup(others[i].delivery);
    member->state = g_strdup(others[i].state);
    must(member_put(house->store, member, NOW, &why));
  }
  int64_t letter = write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  g_autofree char *names = recipients(house, letter);
  assert_string_equal(names, "eva udo kim");
}

static void a_member_of_two_lists_gets_one_copy_of_one_mail(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t mail = house_mail(house, "one mail to two lists"), other_mail = house_mail(house, "another mail");
  struct square first = three_neighbours(house, "gruenau");
  int64_t second = house_list(house, "adlershof", false);
  house_join(house, second, "eva@example.org");
  house_join(house, second, "anna@example.org");
  int64_t to_first = write_to(house, first.list, mail, 0), to_second = write_to(house, second, mail, 0);
  int64_t unrelated = write_to(house, second, other_mail, 0);
  house_commit(house);
  expand(house, 1);
  g_autofree char *a = recipients(house, to_first), *b = recipients(house, to_second),
                  *c = recipients(house, unrelated);
  assert_string_equal(a, "eva udo kim");
  assert_string_equal(b, "anna");
  assert_string_equal(c, "eva anna");
}

static void who_was_left_out_of_the_first_letter_is_in_the_second(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t mail = house_mail(house, "one mail to two lists");
  struct square first = three_neighbours(house, "gruenau");
  int64_t second = house_list(house, "adlershof", false);
  for (const char *const *name =
           (const char *const[]){ "eva@example.org", "udo@example.org", "new@example.org", NULL };
       *name; name++)
    house_join(house, second, *name);
  write_to(house, first.list, mail, first.eva); /* eva wrote it and wants no copy there */
  must(member_remove(house->store, first.list, first.udo, NOW, &why)); /* after the first letter: he has it */
  house_join(house, first.list, "new@example.org"); /* after the first letter: has it not */
  int64_t letter = write_to(house, second, mail, 0);
  house_commit(house);
  expand(house, 200);
  g_autofree char *names = recipients(house, letter);
  assert_string_equal(names, "eva new");
}

static void expansion_is_the_same_however_it_is_cut(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  for (int i = 0; i < 23; i++) {
    g_autofree char *address = g_strdup_printf("m%02d@example.org", i);
    house_join(house, list, address);
  }
  house_commit(house);
  g_autofree char *expected = NULL;
  for (int step = 1; step <= 24; step++) {
    house_begin(house);
    int64_t letter = write_to(house, list, 0, 0);
    house_commit(house);
    /* A step that a crash undid, and the process that comes after it. */
    house_begin(house);
    assert_true(outbox_expand(house->store, step, sign, NULL, NULL) > 0);
    store_close(house->store);
    must(house->store = store_open(house->store_directory, STORE_WRITE, &why));
    expand(house, step);
    g_autofree char *names = recipients(house, letter);
    if (!expected) expected = g_strdup(names);
    assert_string_equal(names, expected);
    g_autoptr(letter_t) row = letter_get(house->store, letter, false, NULL);
    assert_true(row->is_expanded);
    assert_int_equal(row->deliveries, 23);
  }
}

static void a_letter_to_nobody_is_closed_at_once(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), letter = write_to(house, list, 0, 0);
  house_commit(house);
  expand(house, 10);
  house_begin(house);
  assert_int_equal(outbox_prune(house->store, NOW + 1, 100, NULL), 1);
  house_commit(house);
  assert_null(letter_get(house->store, letter, false, NULL));
}

static void ordinary_letters_go_before_bulk(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  g_autoptr(letter_t) bulk = g_new0(struct letter, 1);
  bulk->purpose = g_strdup("post");
  bulk->priority = LETTER_BULK;
  bulk->list = square.list;
  bulk->content = g_bytes_new_static("x", 1);
  bulk->created = NOW;
  must(outbox_put_to_members(house->store, bulk, &why));
  int64_t ordinary = write_to(house, square.list, 0, 0);
  must(outbox_expand(house->store, 3, sign, NULL, &why) == 3);
  house_commit(house);
  g_autoptr(GPtrArray) first = due(house);
  assert_int_equal(first->len, 3);
  assert_int_equal(((struct delivery *)first->pdata[0])->letter, ordinary);
  g_autoptr(GPtrArray) none = outbox_due(house->store, LETTER_BULK, 0, 0, 10, NULL);
  assert_int_equal(none->len, 0);
}

static void due_goes_on_after_what_is_in_flight(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letters[3];
  for (int i = 0; i < 3; i++) letters[i] = write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  int64_t letter = 0, number = 0;
  for (int i = 0; i < 9; i++) {
    g_autoptr(GPtrArray) next = outbox_due(house->store, LETTER_ORDINARY, letter, number, 1, NULL);
    assert_int_equal(next->len, 1);
    const struct delivery *delivery = next->pdata[0];
    assert_int_equal(delivery->letter, letters[i / 3]);
    assert_int_equal(delivery->number, i % 3 + 1);
    letter = delivery->letter;
    number = delivery->number;
  }
  g_autoptr(GPtrArray) none = outbox_due(house->store, LETTER_ORDINARY, letter, number, 10, NULL);
  assert_int_equal(none->len, 0);
}

static void a_letter_closes_with_its_last_answer_and_is_pruned_later(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letter = write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 2);
  g_autoptr(GPtrArray) rows = due(house);
  mark(house, rows->pdata[0], DELIVERY_SENT, 0);
  mark(house, rows->pdata[1], DELIVERY_DEFERRED, NOW + 300);
  mark(house, rows->pdata[2], DELIVERY_FAILED, 0);
  house_begin(house);
  assert_int_equal(outbox_prune(house->store, NOW + 1000000, 100, NULL), 0); /* one is still open */
  house_commit(house);
  assert_int_equal(outbox_next_retry(house->store, NULL), NOW + 300);
  g_autoptr(GPtrArray) early = outbox_retry(house->store, NOW + 299, 10, NULL),
                       in_time = outbox_retry(house->store, NOW + 300, 10, NULL);
  assert_int_equal(early->len, 0);
  assert_int_equal(in_time->len, 1);
  assert_int_equal(((struct delivery *)in_time->pdata[0])->attempts, 1);
  mark(house, in_time->pdata[0], DELIVERY_SENT, 0);
  assert_int_equal(outbox_next_retry(house->store, NULL), 0);
  house_begin(house);
  assert_int_equal(outbox_prune(house->store, NOW + 60, 100, NULL), 0); /* closed at NOW + 60, not before */
  assert_int_equal(outbox_prune(house->store, NOW + 61, 2, NULL), 2);
  assert_int_equal(outbox_prune(house->store, NOW + 61, 2, NULL), 2);
  assert_int_equal(outbox_prune(house->store, NOW + 61, 2, NULL), 0);
  house_commit(house);
  assert_null(letter_get(house->store, letter, false, NULL));
}

static void an_answer_that_comes_twice_counts_once(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letter = write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  g_autoptr(GPtrArray) rows = due(house);
  for (int i = 0; i < 3; i++) mark(house, rows->pdata[0], DELIVERY_SENT, 0);
  mark(house, rows->pdata[0], DELIVERY_DUE, 0); /* a settled one is not opened again */
  house_begin(house);
  assert_int_equal(outbox_prune(house->store, NOW + 1000, 100, NULL), 0);
  house_commit(house);
  g_autoptr(GPtrArray) left = due(house);
  assert_int_equal(left->len, 2);
  g_autoptr(GPtrArray) open = outbox_page(house->store, letter, 0, 10, true, NULL);
  assert_int_equal(open->len, 2);
}

static void a_deferred_one_may_become_due_again(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  g_autoptr(GPtrArray) rows = due(house);
  for (guint i = 0; i < rows->len; i++) mark(house, rows->pdata[i], DELIVERY_DEFERRED, NOW + 5);
  g_autoptr(GPtrArray) none = due(house);
  assert_int_equal(none->len, 0);
  mark(house, rows->pdata[1], DELIVERY_DUE, 0);
  g_autoptr(GPtrArray) one = due(house);
  assert_int_equal(one->len, 1);
}

static void a_letter_to_one_is_there_at_once_and_signed_by_its_number(void **state)
{
  struct house *house = *state;
  g_autoptr(letter_t) letter = g_new0(struct letter, 1);
  letter->purpose = g_strdup("hold_notice");
  letter->content = g_bytes_new_static("words", 5);
  letter->created = NOW;
  house_begin(house);
  must(outbox_put_to_one(house->store, letter, 7, "eva@example.org", sign, NULL, &why));
  house_commit(house);
  g_autoptr(GPtrArray) rows = due(house);
  assert_int_equal(rows->len, 1);
  const struct delivery *delivery = rows->pdata[0];
  g_autofree char *expected = g_strdup_printf("bounce+%d.7@kiez.example", (int)letter->id);
  assert_string_equal(delivery->envelope_from, expected);
  g_autoptr(letter_t) stored = letter_get(house->store, letter->id, true, NULL);
  assert_int_equal(g_bytes_get_size(stored->content), 5);
}

static void a_letter_to_one_about_a_mail_is_no_copy_of_it(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t mail = house_mail(house, "a mail");
  struct square square = three_neighbours(house, "gruenau");
  g_autoptr(letter_t) notice = g_new0(struct letter, 1);
  notice->purpose = g_strdup("hold_notice");
  notice->content = g_bytes_new_static("words", 5);
  notice->mail = mail;
  notice->list = square.list;
  notice->change = members_change(house->store, NULL);
  must(outbox_put_to_one(house->store, notice, square.eva, "eva@example.org", sign, NULL, &why));
  int64_t letter = write_to(house, square.list, mail, 0);
  house_commit(house);
  expand(house, 200);
  g_autofree char *names = recipients(house, letter);
  assert_string_equal(names, "eva udo kim");
}

static void dropping_removes_a_letter_with_its_rows(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  int64_t letter = write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  house_begin(house);
  must(letter_drop(house->store, letter, &why));
  assert_false(letter_drop(house->store, letter, &error));
  assert_int_equal(fault_of(error), FAULT_INPUT);
  int64_t next = write_to(house, square.list, 0, 0);
  house_commit(house);
  assert_true(next > letter);
  g_autoptr(GPtrArray) rows = outbox_page(house->store, 0, 0, 100, false, NULL);
  assert_int_equal(rows->len, 0);
}

static void a_reply_is_bounded_and_valid_text(void **state)
{
  struct house *house = *state;
  g_autofree char *endless = g_strnfill(5000, '\xc3');
  house_begin(house);
  struct square square = three_neighbours(house, "gruenau");
  write_to(house, square.list, 0, 0);
  house_commit(house);
  expand(house, 200);
  g_autoptr(GPtrArray) rows = due(house);
  struct delivery *delivery = rows->pdata[0];
  const struct delivery *one = delivery;
  delivery->state = DELIVERY_FAILED;
  delivery->reply = (g_free(delivery->reply), g_strdup(endless));
  house_begin(house);
  must(outbox_mark(house->store, &one, 1, &why));
  house_commit(house);
  g_autoptr(GPtrArray) all = outbox_page(house->store, 0, 0, 1, false, NULL);
  const char *reply = ((struct delivery *)all->pdata[0])->reply;
  assert_true(g_utf8_validate(reply, -1, NULL));
  assert_true(strlen(reply) < 2000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(each_member_but_the_author_gets_one_signed_copy),
    TEST(recipients_are_the_members_at_the_decision_not_at_the_expansion),
    TEST(only_active_members_with_each_mail_are_written_to),
    TEST(a_member_of_two_lists_gets_one_copy_of_one_mail),
    TEST(who_was_left_out_of_the_first_letter_is_in_the_second),
    TEST(expansion_is_the_same_however_it_is_cut),
    TEST(a_letter_to_nobody_is_closed_at_once),
    TEST(ordinary_letters_go_before_bulk),
    TEST(due_goes_on_after_what_is_in_flight),
    TEST(a_letter_closes_with_its_last_answer_and_is_pruned_later),
    TEST(an_answer_that_comes_twice_counts_once),
    TEST(a_deferred_one_may_become_due_again),
    TEST(a_letter_to_one_is_there_at_once_and_signed_by_its_number),
    TEST(a_letter_to_one_about_a_mail_is_no_copy_of_it),
    TEST(dropping_removes_a_letter_with_its_rows),
    TEST(a_reply_is_bounded_and_valid_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
