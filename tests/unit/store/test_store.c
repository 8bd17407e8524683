/* The store as a file: locks, versions, copies, and what happens when somebody takes it away. */
#include "lib/store/database.h"
#include "tests/unit/store/house.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

static char *in(const struct house *house, const char *name)
{
  return g_build_filename(house->store_directory, name, NULL);
}

/* A process that holds the lock, as a writer that hangs would; ends with stop(). */
static pid_t hold_lock(const char *path)
{
  int ready[2];
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool has_it = fd >= 0 && flock(fd, LOCK_EX) == 0;
    if (write(ready[1], has_it ? "+" : "-", 1) != 1) _exit(1);
    for (;;) pause();
  }
  close(ready[1]);
  assert_int_equal(read(ready[0], &byte, 1), 1);
  assert_int_equal(byte, '+');
  close(ready[0]);
  return child;
}

static void stop(pid_t child)
{
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
}

static void a_lock_held_by_another_process_is_temporary_after_a_bound(void **state)
{
  struct house *house = *state;
  g_autofree char *lock = in(house, "store.lock");
  g_autoptr(GError) error = NULL;
  store_set_patience(house->store, 150);
  pid_t child = hold_lock(lock);
  int64_t before = g_get_monotonic_time();
  bool began = store_begin(house->store, &error);
  int64_t waited_ms = (g_get_monotonic_time() - before) / 1000;
  stop(child);
  assert_false(began);
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  assert_true(waited_ms >= 140 && waited_ms < 2000);
  assert_true(store_longest_wait_ms(house->store) >= 140);
  assert_int_equal(store_longest_wait_ms(house->store), 0);
  house_begin(house);
  house_commit(house);
}

/* Another process takes the lock again and again without a pause; counts how often until it is told to stop.
 */
static pid_t grab_greedily(struct house *house)
{
  pid_t child = house_fork(house);
  if (child != 0) return child;
  struct store *store = store_open(house->store_directory, STORE_WRITE, NULL);
  for (;;) {
    if (!store || !store_begin(store, NULL)) _exit(1);
    g_usleep(5000);
    store_rollback(store);
  }
}

static void a_writer_beside_a_greedy_one_gets_its_turn(void **state)
{
  struct house *house = *state;
  pid_t greedy[2];
  for (int i = 0; i < 2; i++) greedy[i] = grab_greedily(house);
  g_usleep(100000);
  for (int i = 0; i < 20; i++) {
    house_begin(house);
    house_commit(house);
  }
  for (int i = 0; i < 2; i++) stop(greedy[i]);
  /* Two others of 5 ms each stand before it; without the turn this is seconds. */
  assert_true(store_longest_wait_ms(house->store) < 300);
}

static void writing_outside_a_transaction_is_a_bug(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  assert_false(store_set_setting(house->store, "clock_date", "2026-03-02", &error));
  assert_int_equal(fault_of(error), FAULT_BUG);
}

static void a_reader_cannot_begin(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  g_autoptr(store_t) reader = store_open(house->store_directory, STORE_READ, NULL);
  assert_non_null(reader);
  g_autofree char *version = store_setting(reader, "lists_version", NULL);
  assert_string_equal(version, "1");
  assert_false(store_begin(reader, &error));
  assert_int_equal(fault_of(error), FAULT_BUG);
}

static void a_reader_sees_the_store_when_nobody_else_has_it_open(void **state)
{
  struct house *house = *state;
  store_close(house->store);
  house->store = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(store_t) reader = store_open(house->store_directory, STORE_READ, &error);
  assert_non_null(reader);
  g_autofree char *version = store_setting(reader, "lists_version", &error);
  assert_string_equal(version, "1");
}

static void what_was_rolled_back_did_not_happen(void **state)
{
  struct house *house = *state;
  house_begin(house);
  must(store_set_setting(house->store, "clock_date", "2026-03-02", &why));
  store_rollback(house->store);
  g_autofree char *date = store_setting(house->store, "clock_date", NULL);
  assert_string_equal(date, "");
  store_rollback(house->store); /* harmless */
}

static void a_savepoint_undoes_one_mail_and_keeps_the_others(void **state)
{
  struct house *house = *state;
  house_begin(house);
  for (int i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf("mail%d", i);
    must(store_savepoint(house->store, &why));
    must(store_set_setting(house->store, name, "done", &why));
    must(i == 1 ? store_rollback_to(house->store, &why) : store_release(house->store, &why));
  }
  house_commit(house);
  g_autofree char *first = store_setting(house->store, "mail0", NULL),
                  *second = store_setting(house->store, "mail1", NULL),
                  *third = store_setting(house->store, "mail2", NULL);
  assert_string_equal(first, "done");
  assert_null(second);
  assert_string_equal(third, "done");
}

static void a_commit_into_a_deleted_file_does_not_count(void **state)
{
  struct house *house = *state;
  g_autofree char *path = in(house, "kiezpost.db");
  g_autoptr(GError) error = NULL;
  house_begin(house);
  must(store_set_setting(house->store, "clock_date", "2026-03-02", &why));
  assert_int_equal(unlink(path), 0);
  assert_false(store_commit(house->store, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  g_clear_error(&error);
  assert_false(store_begin(house->store, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

static void a_store_put_back_is_opened_again(void **state)
{
  struct house *house = *state;
  g_autofree char *moved = g_strconcat(house->store_directory, ".moved", NULL);
  g_autoptr(GError) error = NULL;
  assert_int_equal(rename(house->store_directory, moved), 0);
  assert_false(store_begin(house->store, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  must(store_create(house->store_directory, &why));
  house_begin(house);
  must(store_set_setting(house->store, "clock_date", "2026-03-03", &why));
  house_commit(house);
  g_autoptr(store_t) other = store_open(house->store_directory, STORE_READ, NULL);
  g_autofree char *date = store_setting(other, "clock_date", NULL);
  assert_string_equal(date, "2026-03-03");
}

static void a_deleted_log_is_noticed(void **state)
{
  struct house *house = *state;
  g_autofree char *path = in(house, "kiezpost.db-wal");
  g_autoptr(GError) error = NULL;
  house_begin(house);
  must(store_set_setting(house->store, "clock_date", "2026-03-02", &why));
  assert_int_equal(unlink(path), 0);
  assert_false(store_commit(house->store, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

/* Writes another version into the closed file. */
static void set_version(struct house *house, int version)
{
  store_close(house->store);
  house->store = NULL;
  struct db *db = db_open_bare(&db_store_settings, house->store_directory, SQLITE_OPEN_READWRITE, NULL);
  g_autofree char *sql = g_strdup_printf("PRAGMA user_version = %d", version);
  assert_true(db_exec(db, sql, NULL));
  db_close(db);
}

static void a_newer_file_is_refused_with_advice(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  set_version(house, 999);
  assert_null(store_open(house->store_directory, STORE_WRITE, &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, "newer than this program"));
  int from, to;
  g_clear_error(&error);
  assert_false(store_upgrade(house->store_directory, &from, &to, &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
}

static void an_older_file_is_refused_and_names_the_verb(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  set_version(house, 0);
  assert_null(store_open(house->store_directory, STORE_WRITE, &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, "kiezpost upgrade"));
}

static void an_upgrade_that_fails_leaves_the_old_version(void **state)
{
  struct house *house = *state;
  int from, to;
  g_autoptr(GError) error = NULL;
  set_version(house, 0); /* the first script meets tables that are there: it must fail whole */
  assert_false(store_upgrade(house->store_directory, &from, &to, &error));
  assert_int_equal(store_version(house->store_directory, NULL), 0);
}

static void an_upgrade_of_the_present_version_changes_nothing(void **state)
{
  struct house *house = *state;
  int from = -1, to = -1;
  must(store_upgrade(house->store_directory, &from, &to, &why));
  assert_int_equal(from, to);
  assert_int_equal(to, store_program_version());
  assert_int_equal(store_version(house->store_directory, NULL), to);
}

static void a_second_store_is_not_created_over_the_first(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  assert_false(store_create(house->store_directory, &error));
  assert_non_null(strstr(error->message, "exists already"));
}

static void what_a_broken_off_creation_left_is_no_hindrance(void **state)
{
  struct house *house = *state;
  g_autofree char *directory = g_build_filename(house->directory, "second", NULL);
  g_autofree char *half = g_build_filename(directory, "kiezpost.db.new", NULL);
  assert_int_equal(g_mkdir(directory, 0700), 0);
  assert_true(g_file_set_contents(half, "half a database", -1, NULL));
  must(store_create(directory, &why));
  g_autoptr(store_t) store = NULL;
  must(store = store_open(directory, STORE_WRITE, &why));
  assert_int_not_equal(access(half, F_OK), 0);
}

static void a_file_of_another_program_is_refused(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = g_build_filename(house->directory, "other", NULL);
  g_autofree char *path = g_build_filename(directory, "kiezpost.db", NULL);
  assert_int_equal(g_mkdir(directory, 0700), 0);
  assert_true(g_file_set_contents(
      path, "not a database at all, but long enough to look at .........................", -1, NULL));
  assert_null(store_open(directory, STORE_WRITE, &error));
  assert_true(fault_of(error) == FAULT_CONFIG || fault_of(error) == FAULT_FILE);
}

static void a_missing_store_says_what_to_do(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  g_autofree char *nowhere = g_build_filename(house->directory, "nowhere", NULL);
  assert_null(store_open(nowhere, STORE_WRITE, &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, "kiezpost init"));
}

static void a_copy_is_whole_while_another_process_writes(void **state)
{
  struct house *house = *state;
  g_autofree char *file = g_build_filename(house->directory, "copy", "kiezpost.db", NULL),
                  *directory = g_path_get_dirname(file);
  assert_int_equal(g_mkdir(directory, 0700), 0);
  house_begin(house);
  for (int i = 0; i < 300; i++) {
    g_autofree char *words = g_strdup_printf("%032d %*s", i, 20000, "mail");
    house_mail(house, words);
  }
  house_commit(house);
  pid_t child = house_fork(house);
  if (child == 0) {
    struct store *store = store_open(house->store_directory, STORE_WRITE, NULL);
    for (int i = 0;; i++) {
      g_autofree char *number = g_strdup_printf("%d", i);
      if (!store_begin(store, NULL) || !store_set_setting(store, "count", number, NULL) ||
          !store_set_setting(store, "same", number, NULL) || !store_commit(store, NULL))
        _exit(1);
    }
  }
  for (int i = 0; i < 1000; i++) { /* until the other one writes */
    g_autofree char *begun = store_setting(house->store, "count", NULL);
    if (begun && *begun) break;
    g_usleep(10000);
  }
  must(store_copy_to(house->store, file, &why));
  stop(child);
  g_autoptr(store_t) copy = store_open(directory, STORE_WRITE, NULL);
  assert_non_null(copy);
  g_autoptr(GPtrArray) complaints = store_verify(copy, NULL);
  assert_int_equal(complaints->len, 0);
  g_autofree char *count = store_setting(copy, "count", NULL), *same = store_setting(copy, "same", NULL);
  assert_string_equal(count, same);
  g_autoptr(GError) error = NULL;
  assert_false(store_copy_to(house->store, file, &error)); /* never over another file */
}

static void verify_names_what_is_broken(void **state)
{
  struct house *house = *state;
  g_autoptr(GPtrArray) good = store_verify(house->store, NULL);
  assert_int_equal(good->len, 0);
  struct db *db = db_open_bare(&db_store_settings, house->store_directory, SQLITE_OPEN_READWRITE, NULL);
  assert_true(
      db_exec(db,
              "PRAGMA foreign_keys = OFF; INSERT INTO handled (mail, recipient, kind, outcome, reason, at) "
              "VALUES (77, 'a@b', 'group', 'posted', 'x', 1)",
              NULL));
  db_close(db);
  g_autoptr(GPtrArray) bad = store_verify(house->store, NULL);
  assert_int_equal(bad->len, 1);
  assert_non_null(strstr(bad->pdata[0], "handled"));
}

static void the_log_is_copied_back_and_does_not_grow_without_end(void **state)
{
  struct house *house = *state;
  struct stat status;
  g_autofree char *log = in(house, "kiezpost.db-wal"), *body = g_strnfill(200000, 'x');
  for (int i = 0; i < 40; i++) { /* 80 MB in all */
    house_begin(house);
    for (int k = 0; k < 10; k++) {
      g_autofree char *words = g_strdup_printf("%03d%d %s", i, k, body);
      house_mail(house, words);
    }
    house_commit(house);
  }
  assert_int_equal(stat(log, &status), 0);
  assert_true(status.st_size < 40 << 20);
}

/* In a child, so that the limit on file sizes ends with it. */
static void a_full_disk_is_temporary_and_undoes_the_whole_transaction(void **state)
{
  struct house *house = *state;
  pid_t child = house_fork(house);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    struct store *store = store_open(house->store_directory, STORE_WRITE, NULL);
    struct rlimit limit = { 600000, 600000 };
    if (!store || setrlimit(RLIMIT_FSIZE, &limit) != 0 || !store_begin(store, NULL)) _exit(2);
    g_autoptr(GError) error = NULL;
    bool is_well = true;
    for (int i = 0; i < 100 && is_well; i++) {
      unsigned char key[32] = { (unsigned char)i };
      bool is_new;
      g_autofree char *words = g_strnfill(100000, 'x');
      g_autoptr(GBytes) bytes = g_bytes_new(words, strlen(words));
      is_well = mail_put(store, key, NOW, "", bytes, NULL, &is_new, &error) != 0;
    }
    if (is_well) is_well = store_commit(store, &error);
    _exit(!is_well && fault_of(error) == FAULT_TEMPORARY ? 0 : 3);
  }
  int status;
  waitpid(child, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  unsigned char key[32] = { 0 };
  assert_int_equal(mail_find(house->store, key, NULL), 0);
}

static void after_a_lost_transaction_nothing_is_written_alone(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) second = NULL;
  house_begin(house);
  must(store_savepoint(house->store, &why));
  /* What a full disk makes SQLite do on its own: */
  must(store_rollback_to(house->store, &why));
  store_rollback(house->store);
  assert_false(store_set_setting(house->store, "half", "done", &error));
  assert_false(store_commit(house->store, &second));
  assert_non_null(second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_lock_held_by_another_process_is_temporary_after_a_bound),
    TEST(a_writer_beside_a_greedy_one_gets_its_turn),
    TEST(writing_outside_a_transaction_is_a_bug),
    TEST(a_reader_cannot_begin),
    TEST(a_reader_sees_the_store_when_nobody_else_has_it_open),
    TEST(what_was_rolled_back_did_not_happen),
    TEST(a_savepoint_undoes_one_mail_and_keeps_the_others),
    TEST(a_commit_into_a_deleted_file_does_not_count),
    TEST(a_store_put_back_is_opened_again),
    TEST(a_deleted_log_is_noticed),
    TEST(a_newer_file_is_refused_with_advice),
    TEST(an_older_file_is_refused_and_names_the_verb),
    TEST(an_upgrade_that_fails_leaves_the_old_version),
    TEST(an_upgrade_of_the_present_version_changes_nothing),
    TEST(a_second_store_is_not_created_over_the_first),
    TEST(what_a_broken_off_creation_left_is_no_hindrance),
    TEST(a_file_of_another_program_is_refused),
    TEST(a_missing_store_says_what_to_do),
    TEST(a_copy_is_whole_while_another_process_writes),
    TEST(verify_names_what_is_broken),
    TEST(the_log_is_copied_back_and_does_not_grow_without_end),
    TEST(a_full_disk_is_temporary_and_undoes_the_whole_transaction),
    TEST(after_a_lost_transaction_nothing_is_written_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
