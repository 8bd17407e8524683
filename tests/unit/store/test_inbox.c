/* The inbox: what "250" promises, what a crash leaves, and who takes what. */
#include "lib/store/database.h"
#include "tests/unit/store/house.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

/* One small mail whose body is `words`. */
static bool put(struct inbox *inbox, const char *words, GError **error)
{
  char *recipients[] = { (char *)"gruenau@kiez.example", (char *)"kiez@kiez.example", NULL };
  g_autoptr(GBytes) body = g_bytes_new(words, strlen(words));
  struct inbox_mail mail = { .received = NOW,
                             .sender = (char *)"eva@example.org",
                             .recipients = recipients,
                             .body = body,
                             .size_bytes = (int64_t)strlen(words) };
  return inbox_put(inbox, &mail, error);
}

/* A large mail in a spool file; returns the file's name. */
static char *put_large(struct inbox *inbox, const char *words)
{
  char *name = NULL, *recipients[] = { (char *)"gruenau@kiez.example", NULL };
  int fd;
  must((fd = inbox_spool_create(inbox, &name, &why)) >= 0);
  assert_int_equal(write(fd, words, strlen(words)), (ssize_t)strlen(words));
  assert_int_equal(fsync(fd), 0);
  close(fd);
  struct inbox_mail mail = { .received = NOW,
                             .sender = (char *)"",
                             .recipients = recipients,
                             .spool = name,
                             .size_bytes = (int64_t)strlen(words) };
  must(inbox_put(inbox, &mail, &why));
  return name;
}

static void accept_mails(struct inbox *inbox, const char *const *words)
{
  must(inbox_begin(inbox, &why));
  for (; *words; words++) must(put(inbox, *words, &why));
  must(inbox_commit(inbox, &why));
}
#define ACCEPT(inbox, ...) accept_mails(inbox, (const char *const[]){ __VA_ARGS__, NULL })

static GPtrArray *take(struct inbox *inbox, int64_t done, int limit)
{
  GPtrArray *mails;
  must(mails = inbox_take(inbox, &done, done ? 1 : 0, limit, &why));
  return mails;
}

static struct inbox_mail *mail_at(GPtrArray *mails, guint i)
{
  assert_true(i < mails->len);
  return mails->pdata[i];
}

static char *words_of(struct inbox *inbox, const struct inbox_mail *mail)
{
  g_autoptr(GBytes) bytes = NULL;
  must(bytes = inbox_bytes(inbox, mail, &why));
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  return g_strndup(data, size);
}

static bool spool_exists(const struct inbox *inbox, const char *name)
{
  g_autofree char *path = inbox_spool_path(inbox, name);
  return access(path, F_OK) == 0;
}

static void what_was_put_comes_out_as_it_was_and_in_order(void **state)
{
  struct house *house = *state;
  ACCEPT(house->inbox, "one\r\n", "two\r\n", "three\r\n");
  g_autoptr(GPtrArray) mails = take(house->inbox, 0, 10);
  assert_int_equal(mails->len, 3);
  g_autofree char *third = words_of(house->inbox, mail_at(mails, 2));
  assert_string_equal(third, "three\r\n");
  assert_string_equal(mail_at(mails, 0)->sender, "eva@example.org");
  assert_string_equal(mail_at(mails, 0)->recipients[1], "kiez@kiez.example");
  assert_null(mail_at(mails, 0)->recipients[2]);
  assert_int_equal(mail_at(mails, 0)->attempts, -1); /* with others: a death now would be nobody's */
}

static void an_undone_group_leaves_nothing(void **state)
{
  struct house *house = *state;
  must(inbox_begin(house->inbox, &why));
  must(put(house->inbox, "gone", &why));
  inbox_rollback(house->inbox);
  assert_int_equal(inbox_count(house->inbox, NULL), 0);
}

static void mails_begun_and_not_ended_come_again_one_by_one(void **state)
{
  struct house *house = *state;
  ACCEPT(house->inbox, "a", "b", "c");
  g_autoptr(GPtrArray) crashed = take(house->inbox, 0, 2); /* a and b, then the worker dies */
  assert_int_equal(crashed->len, 2);
  g_autoptr(GPtrArray) first = take(house->inbox, 0, 10);
  assert_int_equal(first->len, 1);
  assert_int_equal(mail_at(first, 0)->attempts, 1); /* the batch's death is not its own */
  g_autoptr(GPtrArray) second = take(house->inbox, mail_at(first, 0)->id, 10);
  assert_int_equal(second->len, 1);
  g_autofree char *words = words_of(house->inbox, mail_at(second, 0));
  assert_string_equal(words, "b");
  g_autoptr(GPtrArray) third = take(house->inbox, mail_at(second, 0)->id, 10);
  assert_int_equal(third->len, 1);
  assert_int_equal(mail_at(third, 0)->attempts, 1); /* c was never begun before */
}

static void a_batch_ends_before_a_mail_that_was_tried(void **state)
{
  struct house *house = *state;
  ACCEPT(house->inbox, "a", "b", "c");
  g_autoptr(GPtrArray) all = take(house->inbox, 0, 10);
  int64_t untried[] = { mail_at(all, 0)->id };
  must(inbox_untry(house->inbox, untried, 1, &why));
  g_autoptr(GPtrArray) again = take(house->inbox, 0, 10);
  assert_int_equal(again->len, 1);
  assert_int_equal(mail_at(again, 0)->id, untried[0]);
  assert_int_equal(mail_at(again, 0)->attempts, 1);
}

static void done_mails_are_removed_with_their_files(void **state)
{
  struct house *house = *state;
  must(inbox_begin(house->inbox, &why));
  g_autofree char *name = put_large(house->inbox, "a large body");
  must(inbox_commit(house->inbox, &why));
  g_autoptr(GPtrArray) mails = take(house->inbox, 0, 10);
  assert_null(mail_at(mails, 0)->body);
  g_autofree char *words = words_of(house->inbox, mail_at(mails, 0));
  assert_string_equal(words, "a large body");
  g_autoptr(GPtrArray) none = take(house->inbox, mail_at(mails, 0)->id, 10);
  assert_int_equal(none->len, 0);
  assert_int_equal(inbox_count(house->inbox, NULL), 0);
  assert_false(spool_exists(house->inbox, name));
}

static void a_batch_stops_at_eight_megabytes_of_bodies(void **state)
{
  struct house *house = *state;
  g_autofree char *body = g_strnfill(250000, 'x');
  must(inbox_begin(house->inbox, &why));
  for (int i = 0; i < 50; i++) must(put(house->inbox, body, &why));
  must(inbox_commit(house->inbox, &why));
  g_autoptr(GPtrArray) mails = take(house->inbox, 0, 100);
  assert_true(mails->len > 20 && mails->len <= 34);
}

static void a_mail_set_aside_waits_until_it_is_released(void **state)
{
  struct house *house = *state;
  ACCEPT(house->inbox, "kills the worker", "harmless");
  g_autoptr(GPtrArray) first = take(house->inbox, 0, 1);
  int64_t bad = mail_at(first, 0)->id;
  must(inbox_set_aside(house->inbox, bad, "It ended the worker three times.", NOW, &why));
  g_autoptr(GPtrArray) rest = take(house->inbox, 0, 10);
  assert_int_equal(rest->len, 1);
  assert_int_not_equal(mail_at(rest, 0)->id, bad);
  g_autoptr(GPtrArray) aside = inbox_list(house->inbox, 0, 10, true, NULL);
  assert_int_equal(aside->len, 1);
  assert_string_equal(mail_at(aside, 0)->reason, "It ended the worker three times.");
  must(inbox_release(house->inbox, bad, &why));
  g_autoptr(inbox_mail_t) released = inbox_get(house->inbox, bad, NULL);
  assert_int_equal(released->attempts, 0);
  assert_int_equal(released->aside, 0);
  must(inbox_drop(house->inbox, bad, &why));
  assert_null(inbox_get(house->inbox, bad, NULL));
  g_autoptr(GError) error = NULL;
  assert_false(inbox_drop(house->inbox, bad, &error));
  assert_int_equal(fault_of(error), FAULT_INPUT);
}

static void ids_of_removed_mails_are_not_given_again(void **state)
{
  struct house *house = *state;
  ACCEPT(house->inbox, "a");
  g_autoptr(GPtrArray) first = take(house->inbox, 0, 1);
  g_autoptr(GPtrArray) none = take(house->inbox, mail_at(first, 0)->id, 1);
  ACCEPT(house->inbox, "b");
  g_autoptr(GPtrArray) second = take(house->inbox, 0, 1);
  assert_true(mail_at(second, 0)->id > mail_at(first, 0)->id);
}

static void deleting_the_database_makes_the_commit_fail(void **state)
{
  struct house *house = *state;
  g_autofree char *path = g_build_filename(house->inbox_directory, "inbox.db", NULL);
  g_autoptr(GError) error = NULL;
  must(inbox_begin(house->inbox, &why));
  must(put(house->inbox, "lost?", &why));
  assert_int_equal(unlink(path), 0);
  assert_false(inbox_commit(house->inbox, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

static void a_deleted_inbox_is_temporary_until_it_is_there_again(void **state)
{
  struct house *house = *state;
  g_autofree char *moved = g_strconcat(house->inbox_directory, ".moved", NULL);
  g_autoptr(GError) error = NULL;
  char *name = NULL;
  ACCEPT(house->inbox, "before");
  assert_int_equal(rename(house->inbox_directory, moved), 0);
  assert_false(inbox_begin(house->inbox, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  g_clear_error(&error);
  assert_null(inbox_take(house->inbox, NULL, 0, 10, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  g_clear_error(&error);
  assert_int_equal(inbox_spool_create(house->inbox, &name, &error), -1);
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  assert_int_equal(rename(moved, house->inbox_directory), 0);
  ACCEPT(house->inbox, "after");
  g_autoptr(GPtrArray) mails = take(house->inbox, 0, 10);
  assert_int_equal(mails->len, 2);
}

static void a_new_inbox_in_place_of_a_deleted_one_is_used(void **state)
{
  struct house *house = *state;
  g_autofree char *moved = g_strconcat(house->inbox_directory, ".moved", NULL);
  assert_int_equal(rename(house->inbox_directory, moved), 0);
  must(inbox_create(house->inbox_directory, &why));
  ACCEPT(house->inbox, "after");
  g_autoptr(inbox_t) other = inbox_open(house->inbox_directory, false, NULL);
  assert_int_equal(inbox_count(other, NULL), 1);
}

static void a_deleted_spool_file_makes_the_commit_fail(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  must(inbox_begin(house->inbox, &why));
  g_autofree char *name = put_large(house->inbox, "large");
  inbox_spool_remove(house->inbox, name);
  assert_false(inbox_commit(house->inbox, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

static void a_missing_spool_directory_is_temporary(void **state)
{
  struct house *house = *state;
  g_autofree char *spool = g_build_filename(house->inbox_directory, "spool", NULL);
  g_autoptr(GError) error = NULL;
  char *name = NULL;
  assert_int_equal(rmdir(spool), 0);
  assert_int_equal(inbox_spool_create(house->inbox, &name, &error), -1);
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  assert_null(name);
}

static void a_busy_inbox_is_temporary_after_a_bound(void **state)
{
  struct house *house = *state;
  g_autofree char *lock = g_build_filename(house->inbox_directory, "inbox.lock", NULL);
  g_autoptr(GError) error = NULL;
  int fd = open(lock, O_RDWR | O_CLOEXEC);
  assert_int_equal(flock(fd, LOCK_EX), 0);
  inbox_set_patience(house->inbox, 100);
  assert_false(inbox_begin(house->inbox, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  close(fd);
  ACCEPT(house->inbox, "now");
}

static void strays_are_swept_and_files_of_rows_stay(void **state)
{
  struct house *house = *state;
  must(inbox_begin(house->inbox, &why));
  g_autofree char *kept = put_large(house->inbox, "kept");
  must(inbox_commit(house->inbox, &why));
  must(inbox_begin(house->inbox, &why));
  g_autofree char *stray = put_large(house->inbox, "a crash came before the commit");
  inbox_rollback(house->inbox);
  g_autoptr(inbox_t) again = NULL;
  must(again = inbox_open(house->inbox_directory, true, &why));
  assert_true(spool_exists(house->inbox, kept));
  assert_false(spool_exists(house->inbox, stray));
}

static void a_spool_name_never_leads_elsewhere(void **state)
{
  struct house *house = *state;
  static const char *const names[] = { "../inbox.db", "/etc/passwd", "", "..", "0123456789abcdef0123456/",
                                       NULL };
  char *recipients[] = { (char *)"gruenau@kiez.example", NULL };
  for (int i = 0; names[i]; i++) {
    struct inbox_mail mail = { .sender = (char *)"", .recipients = recipients, .spool = (char *)names[i] };
    g_autoptr(GError) error = NULL;
    must(inbox_begin(house->inbox, &why));
    assert_false(inbox_put(house->inbox, &mail, &error));
    inbox_rollback(house->inbox);
    inbox_spool_remove(house->inbox, names[i]);
  }
  g_autofree char *path = g_build_filename(house->inbox_directory, "inbox.db", NULL);
  assert_int_equal(access(path, F_OK), 0);
}

static void a_killed_receiver_loses_no_committed_mail_and_keeps_no_other(void **state)
{
  struct house *house = *state;
  pid_t child = house_fork(house);
  if (child == 0) {
    struct inbox *inbox = inbox_open(house->inbox_directory, false, NULL);
    if (!inbox || !inbox_begin(inbox, NULL) || !put(inbox, "answered", NULL) || !inbox_commit(inbox, NULL))
      _exit(1);
    if (!inbox_begin(inbox, NULL) || !put(inbox, "not answered", NULL)) _exit(1);
    kill(getpid(), SIGKILL);
  }
  int status;
  waitpid(child, &status, 0);
  assert_true(WIFSIGNALED(status));
  g_autoptr(GPtrArray) mails = take(house->inbox, 0, 10);
  assert_int_equal(mails->len, 1);
  g_autofree char *words = words_of(house->inbox, mail_at(mails, 0));
  assert_string_equal(words, "answered");
}

static void a_copy_holds_rows_and_files(void **state)
{
  struct house *house = *state;
  g_autofree char *directory = g_build_filename(house->directory, "copy", NULL);
  ACCEPT(house->inbox, "small");
  must(inbox_begin(house->inbox, &why));
  g_autofree char *kept = put_large(house->inbox, "large");
  g_autofree char *gone = put_large(house->inbox, "finished by the worker meanwhile");
  must(inbox_commit(house->inbox, &why));
  inbox_spool_remove(house->inbox, gone);
  must(inbox_copy_to(house->inbox, directory, &why));
  g_autoptr(inbox_t) copy = inbox_open(directory, true, NULL);
  assert_int_equal(inbox_count(copy, NULL), 2);
  assert_true(spool_exists(copy, kept));
  assert_int_equal(inbox_count(house->inbox, NULL), 3);
}

static void nothing_to_do_takes_no_lock(void **state)
{
  struct house *house = *state;
  g_autofree char *lock = g_build_filename(house->inbox_directory, "inbox.lock", NULL);
  int fd = open(lock, O_RDWR | O_CLOEXEC);
  assert_int_equal(flock(fd, LOCK_EX), 0);
  inbox_set_patience(house->inbox, 50);
  g_autoptr(GPtrArray) none = take(house->inbox, 0, 10);
  assert_int_equal(none->len, 0);
  close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(what_was_put_comes_out_as_it_was_and_in_order),
    TEST(an_undone_group_leaves_nothing),
    TEST(mails_begun_and_not_ended_come_again_one_by_one),
    TEST(a_batch_ends_before_a_mail_that_was_tried),
    TEST(done_mails_are_removed_with_their_files),
    TEST(a_batch_stops_at_eight_megabytes_of_bodies),
    TEST(a_mail_set_aside_waits_until_it_is_released),
    TEST(ids_of_removed_mails_are_not_given_again),
    TEST(deleting_the_database_makes_the_commit_fail),
    TEST(a_deleted_inbox_is_temporary_until_it_is_there_again),
    TEST(a_new_inbox_in_place_of_a_deleted_one_is_used),
    TEST(a_deleted_spool_file_makes_the_commit_fail),
    TEST(a_missing_spool_directory_is_temporary),
    TEST(a_busy_inbox_is_temporary_after_a_bound),
    TEST(strays_are_swept_and_files_of_rows_stay),
    TEST(a_spool_name_never_leads_elsewhere),
    TEST(a_killed_receiver_loses_no_committed_mail_and_keeps_no_other),
    TEST(a_copy_holds_rows_and_files),
    TEST(nothing_to_do_takes_no_lock),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
