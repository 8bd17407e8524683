/* The gazetteer in the store: each kind is replaced in one step, in small transactions; readers never see a
 * mixture; a store of version 1 gets the tables. */
#include "lib/store/gazetteer/gazetteer_rows.h"

#include "lib/store/database.h"
#include "tests/unit/store/house.h"

static const struct gazetteer_street a_street = { .name = "Baumallee",
                                                  .postcode = "12901",
                                                  .locality = "Nordend",
                                                  .region = "Nordend",
                                                  .house_from = 1,
                                                  .house_to = 60,
                                                  .lat = 52.50123,
                                                  .lon = 13.50456,
                                                  .precision = PLACE_STREET };

/* Begins an import and puts `count` streets with this region. */
static void put_streets(struct house *house, struct gazetteer_import *import, int count, const char *region)
{
  must(gazetteer_import_begin(import, house->store, GAZETTEER_STREETS, &why));
  struct gazetteer_street row = a_street;
  row.region = region;
  for (int i = 0; i < count; i++) {
    row.house_from = i + 1;
    must(gazetteer_import_street(import, &row, &why));
  }
}

struct seen {
  int count, last_house;
  double lat, lon;
  char region[64];
  bool is_mixed;
};

static bool see_street(const struct gazetteer_street *row, void *data, GError **error)
{
  (void)error;
  struct seen *seen = data;
  seen->is_mixed |= seen->count > 0 && strcmp(seen->region, row->region) != 0;
  g_strlcpy(seen->region, row->region, sizeof seen->region);
  seen->last_house = row->house_from;
  seen->lat = row->lat;
  seen->lon = row->lon;
  seen->count++;
  return true;
}

static struct seen streets_of(struct house *house)
{
  struct seen seen = { 0 };
  g_autoptr(store_t) reader = store_open(house->store_directory, STORE_READ, NULL);
  assert_non_null(reader);
  must(gazetteer_read_streets(reader, see_street, &seen, &why));
  return seen;
}

static void what_is_imported_is_read_back(void **state)
{
  struct house *house = *state;
  struct gazetteer_import import;
  put_streets(house, &import, 1, "Nordend");
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  struct seen seen = streets_of(house);
  assert_int_equal(seen.count, 1);
  assert_string_equal(seen.region, "Nordend");
  assert_true(ABS(seen.lat - 52.50123) < 1e-9 && ABS(seen.lon - 13.50456) < 1e-9);
}

static void an_import_counts_only_when_it_has_ended(void **state)
{
  struct house *house = *state;
  struct gazetteer_import import;
  put_streets(house, &import, 700, "Nordend");
  assert_int_equal(streets_of(house).count, 0);
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  assert_int_equal(streets_of(house).count, 700);
  assert_int_equal(streets_of(house).last_house, 700);
  put_streets(house, &import, 450, "Südend");
  struct seen between = streets_of(house);
  assert_int_equal(between.count, 700);
  assert_string_equal(between.region, "Nordend");
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  struct seen after = streets_of(house);
  assert_int_equal(after.count, 450);
  assert_false(after.is_mixed);
}

static void no_transaction_holds_more_rows_than_allowed(void **state)
{
  struct house *house = *state;
  struct gazetteer_import import;
  must(gazetteer_import_begin(&import, house->store, GAZETTEER_STREETS, &why));
  for (int i = 0; i < 1000; i++) {
    must(gazetteer_import_street(&import, &a_street, &why));
    assert_in_range(import.in_transaction, 1, STORE_HOLD_ROWS);
  }
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  assert_int_equal(import.in_transaction, 0);
  assert_int_equal(store_held_ms(house->store), 0);
}

static void what_was_broken_off_is_seen_by_nobody_and_removed(void **state)
{
  struct house *house = *state;
  struct gazetteer_import import;
  put_streets(house, &import, 450, "Nordend");
  gazetteer_import_leave(&import);
  assert_int_equal(streets_of(house).count, 0);
  put_streets(house, &import, 3, "Südend");
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  assert_int_equal(streets_of(house).count, 3);
  struct db *db = db_open(&db_store_settings, house->store_directory, DB_READ, NULL);
  assert_int_equal(db_pragma(db, "SELECT count(*) FROM gazetteer_street", NULL), 3);
  db_close(db);
}

static bool count_region(const struct gazetteer_region *row, void *data, GError **error)
{
  (void)error;
  g_ptr_array_add(data, g_strdup_printf("%s|%s|%s", row->name, row->slug, row->geojson));
  return true;
}

static bool count_place(const struct gazetteer_place *row, void *data, GError **error)
{
  (void)error;
  g_ptr_array_add(data, g_strdup_printf("%s|%s|%s %s|%s|%.5f", row->name, row->kind, row->street, row->house,
                                        row->region, row->lat));
  return true;
}

static void regions_know_their_slug_and_places_their_address(void **state)
{
  struct house *house = *state;
  house_begin(house);
  struct region region = {
    .slug = (char *)"nordend", .number = (char *)"01", .name = (char *)"Nordend", .outline = (char *)""
  };
  must(region_put(house->store, &region, &why));
  house_commit(house);
  struct gazetteer_import import;
  must(gazetteer_import_begin(&import, house->store, GAZETTEER_REGIONS, &why));
  must(gazetteer_import_region(&import, &(struct gazetteer_region){ .name = "Nordend", .geojson = "{}" },
                               &why));
  must(gazetteer_import_region(&import, &(struct gazetteer_region){ .name = "Anderswo", .geojson = "[]" },
                               &why));
  must(gazetteer_import_end(&import, "regions.geojson", NOW, &why));
  must(gazetteer_import_begin(&import, house->store, GAZETTEER_PLACES, &why));
  struct gazetteer_place place = {
    "Kita Drei Käse \"hoch\"", "Kita", "Baumallee", "3a", "12901", "Nordend", "Nordend", 52.5, 13.5
  };
  must(gazetteer_import_place(&import, &place, &why));
  must(gazetteer_import_end(&import, "places.csv", NOW, &why));
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
  must(gazetteer_read_regions(house->store, count_region, rows, &why));
  must(gazetteer_read_places(house->store, count_place, rows, &why));
  assert_int_equal(rows->len, 3);
  assert_string_equal(rows->pdata[0], "Nordend|nordend|{}");
  assert_string_equal(rows->pdata[1], "Anderswo||[]");
  assert_string_equal(rows->pdata[2], "Kita Drei Käse \"hoch\"|Kita|Baumallee 3a|Nordend|52.50000");
}

/* A store as the first version made it, in the place of the one that is there. */
static void begin_again_with_version_1(const char *directory)
{
  struct db *db = db_open_bare(&db_store_settings, directory, SQLITE_OPEN_READWRITE, NULL);
  assert_non_null(db);
  g_autoptr(GString) drops = g_string_new("PRAGMA foreign_keys = OFF;");
  sqlite3_stmt *statement = NULL;
  sqlite3_prepare_v2(db->handle,
                     "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", -1,
                     &statement, NULL);
  while (sqlite3_step(statement) == SQLITE_ROW)
    g_string_append_printf(drops, "DROP TABLE %s;", (const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  must(db_exec(db, drops->str, &why));
  for (int i = 0; i < SCHEMA_COUNT; i++)
    if (schema_texts[i].database == db_store_settings.kind && schema_texts[i].number == 1)
      must(db_exec(db, schema_texts[i].sql, &why));
  must(db_exec(db, "PRAGMA user_version = 1", &why));
  db_close(db);
}

static void a_store_of_version_1_gets_the_tables(void **state)
{
  struct house *house = *state;
  g_clear_pointer(&house->store, store_close);
  begin_again_with_version_1(house->store_directory);
  int from, to;
  must(store_upgrade(house->store_directory, &from, &to, &why));
  assert_int_equal(from, 1);
  assert_int_equal(to, store_program_version());
  must(house->store = store_open(house->store_directory, STORE_WRITE, &why));
  struct gazetteer_import import;
  put_streets(house, &import, 2, "Nordend");
  must(gazetteer_import_end(&import, "streets.csv", NOW, &why));
  assert_int_equal(streets_of(house).count, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)
  const struct CMUnitTest tests[] = {
    TEST(what_is_imported_is_read_back),
    TEST(an_import_counts_only_when_it_has_ended),
    TEST(no_transaction_holds_more_rows_than_allowed),
    TEST(what_was_broken_off_is_seen_by_nobody_and_removed),
    TEST(regions_know_their_slug_and_places_their_address),
    TEST(a_store_of_version_1_gets_the_tables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
