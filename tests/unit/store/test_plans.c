/* Every statement by what SQLite would do for it: a statement that walks a whole growing table is found here,
 * not in a city. */
#include "lib/store/database.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "tests/unit/store/house.h"

/* Statements that may walk. Small tables, and counting on purpose; */
static const char *const may_scan[] = {
  "admins_all", "regions_all", "lists_all", "lists_closed", "restore_lists", "restore_first_year",
  "restore_years", "restore_pause_letters", "inbox_count", "collected_next", "restore_sequence_known",
  "restore_sequence_move", "gazetteer_sets", "gazetteer_regions", "offices_all", "office_names",
  "office_count_all", "case_counts_all", "case_days_all", "pages_mark_shelves", "pages_mark_case_data",
  "pages_mark_event_shelves", "pages_mark_calendars", /* a rebuild */
  /* the first rows of an index that holds nothing else than what is looked for; */
  "letter_next_unexpanded", "delivery_next_retry", "pages_stale", "inbox_waiting", "inbox_any_waiting",
  "mail_any", "renamed_next", "merged_next", "job_next_try", "jobs_untake", "jobs_settled",
  /* foreign keys of the row that is put in: looked at only where a reference is broken already; */
  "list_insert", "person_insert", "office_insert",
  /* and the few addresses of one person, sorted; the offices of an address. */
  "person_address", "person_addresses", "offices_of_address", NULL
};

/* The steps of a plan that read a table or an index from one end to the other. */
static char *scans_of(sqlite3 *handle, const char *sql)
{
  GString *found = g_string_new(NULL);
  g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_prepare_v2(handle, explain, -1, &statement, NULL), SQLITE_OK);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const char *detail = (const char *)sqlite3_column_text(statement, 3);
    bool is_harmless =
        strstr(detail, "CONSTANT ROW") || strstr(detail, "SCAN part") || strstr(detail, "SCAN piece");
    if (g_str_has_prefix(detail, "SCAN") && !is_harmless) g_string_append_printf(found, "%s; ", detail);
    if (strstr(detail, "TEMP B-TREE")) g_string_append_printf(found, "%s; ", detail);
  }
  sqlite3_finalize(statement);
  return g_string_free(found, FALSE);
}

static void check(const struct db_settings *settings, const char *directory)
{
  int bad = 0;
  struct db *db = db_open(settings, directory, DB_WRITE, NULL);
  assert_non_null(db);
  for (int i = 0; i < QUERY_COUNT; i++) {
    if (query_texts[i].database != settings->kind || g_strv_contains(may_scan, query_texts[i].name)) continue;
    g_autofree char *scans = scans_of(db->handle, query_texts[i].sql);
    if (*scans) print_message("%s: %s\n", query_texts[i].name, scans);
    bad += *scans != 0;
  }
  db_close(db);
  assert_int_equal(bad, 0);
}

static void no_statement_of_the_store_walks_a_growing_table(void **state)
{
  check(&db_store_settings, ((struct house *)*state)->store_directory);
}

static void no_statement_of_the_inbox_walks_a_growing_table(void **state)
{
  check(&db_inbox_settings, ((struct house *)*state)->inbox_directory);
}

/* Twenty thousand members may follow only their own threads: each is one look into an index. */
static void who_wrote_in_a_thread_is_one_look_into_an_index(void **state)
{
  struct db *db = db_open(&db_store_settings, ((struct house *)*state)->store_directory, DB_WRITE, NULL);
  assert_non_null(db);
  g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", query_texts[Q_LETTER_MEMBERS].sql, NULL);
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_prepare_v2(db->handle, explain, -1, &statement, NULL), SQLITE_OK);
  int looks = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const char *detail = (const char *)sqlite3_column_text(statement, 3);
    looks += strstr(detail, "message_by_person (person=? AND thread=?)") != NULL;
  }
  sqlite3_finalize(statement);
  db_close(db);
  assert_int_equal(looks, 2); /* for this letter, and for an earlier one of the same mail */
}

/* It once walked through all of the list, for each mail that came. */
static void a_mails_message_is_found_by_the_mail(void **state)
{
  struct db *db = db_open(&db_store_settings, ((struct house *)*state)->store_directory, DB_WRITE, NULL);
  assert_non_null(db);
  g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", query_texts[Q_MESSAGE_BY_MAIL].sql, NULL);
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_prepare_v2(db->handle, explain, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  assert_non_null(strstr((const char *)sqlite3_column_text(statement, 3), "message_by_mail (mail=?)"));
  sqlite3_finalize(statement);
  db_close(db);
}

static void the_allowed_walks_are_statements_that_exist(void **state)
{
  (void)state;
  for (int i = 0; may_scan[i]; i++) {
    bool is_there = false;
    for (int k = 0; k < QUERY_COUNT; k++) is_there |= g_str_equal(query_texts[k].name, may_scan[i]);
    assert_true(is_there);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(no_statement_of_the_store_walks_a_growing_table, house_build, house_raze),
    cmocka_unit_test_setup_teardown(no_statement_of_the_inbox_walks_a_growing_table, house_build, house_raze),
    cmocka_unit_test_setup_teardown(who_wrote_in_a_thread_is_one_look_into_an_index, house_build, house_raze),
    cmocka_unit_test_setup_teardown(a_mails_message_is_found_by_the_mail, house_build, house_raze),
    cmocka_unit_test(the_allowed_walks_are_statements_that_exist),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
