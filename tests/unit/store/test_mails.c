/* Raw mails: stored once, small ones in the database and large ones as files; what became of them; what is
 * held. */
#include "tests/unit/store/house.h"
#include <sys/stat.h>

static GBytes *large_bytes(char fill)
{
  return g_bytes_new_take(g_strnfill(INBOX_INLINE_BYTES + 10, fill), INBOX_INLINE_BYTES + 10);
}

/* How many files lie below raw/. */
static int raw_files(struct house *house)
{
  int count = 0;
  g_autofree char *raw = g_build_filename(house->store_directory, "raw", NULL);
  g_autoptr(GDir) dir = g_dir_open(raw, 0, NULL);
  for (const char *folder; dir && (folder = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(raw, folder, NULL);
    g_autoptr(GDir) files = g_dir_open(path, 0, NULL);
    while (files && g_dir_read_name(files)) count++;
  }
  return count;
}

static void the_same_key_is_stored_once(void **state)
{
  struct house *house = *state;
  unsigned char key[32] = { 1, 2, 3 };
  bool is_new;
  g_autoptr(GBytes) bytes = g_bytes_new_static("first", 5), other = g_bytes_new_static("again", 5);
  int64_t first, second;
  house_begin(house);
  must(first = mail_put(house->store, key, NOW, "a@b", bytes, NULL, &is_new, &why));
  assert_true(is_new);
  must(second = mail_put(house->store, key, NOW + 5, "", other, NULL, &is_new, &why));
  house_commit(house);
  assert_false(is_new);
  assert_int_equal(first, second);
  assert_int_equal(mail_find(house->store, key, NULL), first);
  g_autoptr(GBytes) stored = mail_bytes(house->store, first, NULL);
  assert_true(g_bytes_equal(stored, bytes));
  struct mail_row *row = mail_get(house->store, first, NULL);
  assert_string_equal(row->sender, "a@b");
  assert_int_equal(row->size_bytes, 5);
  mail_row_free(row);
}

static void bytes_come_back_as_they_were(void **state)
{
  struct house *house = *state;
  static const char odd[] = "a\0b\r\n\xff\xfe\r\n";
  unsigned char key[32] = { 9 };
  bool is_new;
  g_autoptr(GBytes) bytes = g_bytes_new_static(odd, sizeof odd - 1), nothing = g_bytes_new_static("", 0);
  int64_t id, empty;
  house_begin(house);
  must(id = mail_put(house->store, key, NOW, "", bytes, NULL, &is_new, &why));
  key[0] = 8;
  must(empty = mail_put(house->store, key, NOW, "", nothing, NULL, &is_new, &why));
  house_commit(house);
  g_autoptr(GBytes) stored = mail_bytes(house->store, id, NULL), none = mail_bytes(house->store, empty, NULL);
  assert_true(g_bytes_equal(stored, bytes));
  assert_int_equal(g_bytes_get_size(none), 0);
}

static void a_large_mail_shares_its_bytes_with_the_spool_file(void **state)
{
  struct house *house = *state;
  unsigned char key[32] = { 0xab };
  bool is_new;
  struct stat status;
  g_autofree char *spool = g_build_filename(house->directory, "spool-file", NULL);
  g_autoptr(GBytes) bytes = large_bytes('x');
  assert_true(
      g_file_set_contents(spool, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL));
  int64_t id;
  house_begin(house);
  must(id = mail_put(house->store, key, NOW, "", bytes, spool, &is_new, &why));
  house_commit(house);
  assert_int_equal(stat(spool, &status), 0);
  assert_int_equal(status.st_nlink, 2);
  assert_int_equal(unlink(spool), 0);
  g_autoptr(GBytes) stored = mail_bytes(house->store, id, NULL);
  assert_true(g_bytes_equal(stored, bytes));
}

static void a_large_mail_without_a_file_is_written(void **state)
{
  struct house *house = *state;
  unsigned char key[32] = { 0xac };
  bool is_new;
  g_autoptr(GBytes) bytes = large_bytes('y');
  int64_t id;
  house_begin(house);
  must(id = mail_put(house->store, key, NOW, "", bytes, NULL, &is_new, &why));
  house_commit(house);
  g_autoptr(GBytes) stored = mail_bytes(house->store, id, NULL);
  assert_true(g_bytes_equal(stored, bytes));
}

static void a_stray_of_a_crash_is_replaced_not_trusted(void **state)
{
  struct house *house = *state;
  unsigned char key[32] = { 0xad };
  bool is_new;
  g_autoptr(GBytes) before = large_bytes('o'), after = large_bytes('n');
  int64_t id;
  house_begin(house);
  must(mail_put(house->store, key, NOW, "", before, NULL, &is_new, &why) > 0);
  store_rollback(house->store); /* the file is there, its row is not */
  assert_int_equal(raw_files(house), 1);
  house_begin(house);
  must(id = mail_put(house->store, key, NOW, "", after, NULL, &is_new, &why));
  house_commit(house);
  g_autoptr(GBytes) stored = mail_bytes(house->store, id, NULL);
  assert_true(g_bytes_equal(stored, after));
}

static void a_sweep_removes_strays_and_keeps_what_a_row_names(void **state)
{
  struct house *house = *state;
  unsigned char kept[32] = { 0x01 }, stray[32] = { 0x02 };
  bool is_new;
  g_autoptr(GBytes) bytes = large_bytes('z');
  int64_t id;
  house_begin(house);
  must(id = mail_put(house->store, kept, NOW, "", bytes, NULL, &is_new, &why));
  house_commit(house);
  house_begin(house);
  must(mail_put(house->store, stray, NOW, "", bytes, NULL, &is_new, &why) > 0);
  store_rollback(house->store);
  g_autofree char *half = g_build_filename(house->store_directory, "raw", "01", "half.eml.tmp", NULL);
  assert_true(g_file_set_contents(half, "x", 1, NULL));
  assert_int_equal(raw_files(house), 3);
  must(mail_sweep_files(house->store, &why));
  assert_int_equal(raw_files(house), 1);
  g_autoptr(GBytes) stored = mail_bytes(house->store, id, NULL);
  assert_non_null(stored);
}

static void a_file_that_is_gone_is_a_fault_with_its_name(void **state)
{
  struct house *house = *state;
  unsigned char key[32] = { 0x03 };
  bool is_new;
  g_autoptr(GBytes) bytes = large_bytes('z');
  g_autoptr(GError) error = NULL;
  int64_t id;
  house_begin(house);
  must(id = mail_put(house->store, key, NOW, "", bytes, NULL, &is_new, &why));
  house_commit(house);
  g_autofree char *raw = g_build_filename(house->store_directory, "raw", NULL),
                  *moved = g_strconcat(raw, ".moved", NULL);
  assert_int_equal(rename(raw, moved), 0);
  assert_null(mail_bytes(house->store, id, &error));
  assert_int_equal(fault_of(error), FAULT_FILE);
  assert_non_null(strstr(error->message, "raw/03/03"));
}

static void handled_is_known_by_mail_and_recipient(void **state)
{
  struct house *house = *state;
  bool is_handled = true;
  house_begin(house);
  int64_t mail = house_mail(house, "a mail");
  must(handled_is(house->store, mail, "gruenau@kiez.example", &is_handled, &why));
  assert_false(is_handled);
  struct handled handled = { .mail = mail,
                             .recipient = (char *)"gruenau@kiez.example",
                             .kind = (char *)"group",
                             .outcome = (char *)"held",
                             .reason = (char *)"The sender is no member.",
                             .at = NOW };
  must(handled_put(house->store, &handled, &why));
  handled.outcome = (char *)"posted"; /* a moderator let it through */
  must(handled_put(house->store, &handled, &why));
  handled.recipient = (char *)"kiez@kiez.example";
  must(handled_put(house->store, &handled, &why));
  house_commit(house);
  must(handled_is(house->store, mail, "gruenau@kiez.example", &is_handled, &why));
  assert_true(is_handled);
  g_autoptr(GPtrArray) all = handled_of(house->store, mail, NULL);
  assert_int_equal(all->len, 2);
  assert_string_equal(((struct handled *)all->pdata[0])->outcome, "posted");
}

static void holds_are_paged_by_list_or_all(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), last = 0;
  for (int i = 0; i < 6; i++) {
    g_autofree char *words = g_strdup_printf("%d mail", i);
    struct hold hold = { .mail = house_mail(house, words),
                         .recipient = (char *)"gruenau@kiez.example",
                         .list = i % 2 ? list : 0,
                         .code = (char *)"non_member",
                         .reason = (char *)"x",
                         .since = NOW };
    must(hold_put(house->store, &hold, &why));
    int64_t id = hold.id;
    must(hold_put(house->store, &hold, &why)); /* the same mail again is the same hold */
    assert_int_equal(hold.id, id);
    last = hold.id;
  }
  house_commit(house);
  g_autoptr(GPtrArray) all = holds_page(house->store, 0, 0, 100, NULL),
                       of_list = holds_page(house->store, list, 0, 2, NULL);
  assert_int_equal(all->len, 6);
  assert_int_equal(of_list->len, 2);
  g_autoptr(hold_t) hold = hold_get(house->store, last, NULL);
  assert_string_equal(hold->list_name, "gruenau");
  g_autoptr(GPtrArray) rest = holds_page(house->store, list, ((struct hold *)of_list->pdata[1])->id, 2, NULL);
  assert_int_equal(rest->len, 1);
  g_autoptr(GError) error = NULL;
  house_begin(house);
  must(hold_remove(house->store, last, &why));
  assert_false(hold_remove(house->store, last, &error));
  house_commit(house);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(the_same_key_is_stored_once),
    TEST(bytes_come_back_as_they_were),
    TEST(a_large_mail_shares_its_bytes_with_the_spool_file),
    TEST(a_large_mail_without_a_file_is_written),
    TEST(a_stray_of_a_crash_is_replaced_not_trusted),
    TEST(a_sweep_removes_strays_and_keeps_what_a_row_names),
    TEST(a_file_that_is_gone_is_a_fault_with_its_name),
    TEST(handled_is_known_by_mail_and_recipient),
    TEST(holds_are_paged_by_list_or_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
