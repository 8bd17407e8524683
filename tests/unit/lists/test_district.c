/* The shipped district: whole, seeded once, and every list's longest address fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/support.h"

#include "lib/base/fault.h"
#include "lists/addresses.h"
#include "lists/addresses/reply_address.h"
#include "lists/district.h"
#include "lists/kinds.h"

static struct town town;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

static struct district *load(void)
{
  g_autoptr(GError) error = NULL;
  struct district *district = district_load(town.config, "treptow-koepenick", &error);
  if (!district) fail_msg("%s", error->message);
  return district;
}

static void twenty_regions_and_their_lists_are_there(void **state)
{
  (void)state;
  g_autoptr(district_t) district = load();
  assert_int_equal(district->regions->len, 20);
  int groups = 0, budgets = 0;
  for (guint i = 0; i < district->lists->len; i++) {
    const struct list *list = g_ptr_array_index(district->lists, i);
    assert_non_null(kind_find(list->kind));
    groups += strcmp(list->kind, "group") == 0;
    budgets += strcmp(list->kind, "kiezkasse") == 0;
  }
  assert_int_equal(groups, 20);
  assert_int_equal(budgets, 20);
  for (guint i = 0; i < district->regions->len; i++) {
    const struct region *region = g_ptr_array_index(district->regions, i);
    assert_true(region->inhabitants > 1000);
    assert_true(g_str_has_prefix(region->outline, "[["));
  }
}

static void seeding_twice_is_seeding_once(void **state)
{
  (void)state;
  g_autoptr(district_t) district = load();
  for (int i = 0; i < 2; i++) {
    assert_true(store_begin(town.store, NULL));
    assert_true(district_seed(district, town.store, TEST_NOW, NULL));
    assert_true(store_commit(town.store, NULL));
    g_autoptr(GPtrArray) lists = lists_all(town.store, NULL);
    assert_int_equal(lists->len, district->lists->len);
  }
  g_autoptr(list_row) list = list_find(town.store, "kiezkasse-gruenau", NULL);
  assert_string_equal(list->region_slug, "gruenau");
}

static void new_lists_are_added_and_removed_ones_stay_away(void **state)
{
  (void)state;
  g_autoptr(district_t) district = load();
  struct town own;
  town_open(&own);
  assert_true(store_begin(own.store, NULL));
  for (guint i = 0; i < district->lists->len; i++) { /* an installation from before vermittlung@ */
    struct list row = *(const struct list *)g_ptr_array_index(district->lists, i);
    if (strcmp(row.name, "vermittlung") != 0) assert_true(list_create(own.store, &row, TEST_NOW, NULL));
  }
  g_autoptr(list_row) removed = list_find(own.store, "gruenau", NULL);
  assert_true(list_remove(own.store, removed->id, TEST_NOW, NULL));
  assert_int_equal(district_add_lists(district, own.store, TEST_NOW, NULL), 1);
  assert_int_equal(district_add_lists(district, own.store, TEST_NOW, NULL), 0);
  assert_true(store_commit(own.store, NULL));
  g_autoptr(list_row) list = list_find(own.store, "vermittlung", NULL);
  assert_string_equal(list->kind, "mediation");
  assert_false(list->archive_public);
  assert_null(list_find(own.store, "gruenau", NULL));
  town_close(&own);
}

static void the_longest_address_of_every_list_fits_and_survives_capitals(void **state)
{
  (void)state;
  g_autoptr(district_t) district = load();
  g_free(town.config->district);
  town.config->district = g_strdup("treptow-koepenick");
  g_autoptr(address_book_t) book = addresses_from_district(town.config, NULL);
  assert_non_null(book);
  struct token token = {
    .purpose = TOKEN_ATTACHMENT, .object = UINT32_MAX, .person = (1u << 25) - 1, .expiry_day = (1u << 14) - 1
  };
  for (guint i = 0; i < district->lists->len; i++) {
    const struct list *list = g_ptr_array_index(district->lists, i);
    g_autofree char *address = reply_address(town.config, town.keys, list->name, &token);
    if (strcspn(address, "@") > 64) fail_msg("%s is longer than 64 octets", address);
    g_autofree char *shouted = g_ascii_strup(address, -1);
    struct address_target target = addresses_look_up(book, town.keys, shouted, TEST_NOW);
    assert_int_equal(target.meaning, ADDRESS_TOKEN);
    assert_true(target.token.object == token.object && target.token.person == token.person);
    g_autofree char *help = list_address(town.config, list->name, "hilfe");
    assert_int_equal(addresses_look_up(book, town.keys, help, TEST_NOW).meaning, ADDRESS_COMMAND);
  }
}

/* A district file of our own beside the configuration. */
static void write_district(const char *json)
{
  g_autofree char *folder = g_build_filename(town.directory, "share", "districts", "own", NULL);
  g_autofree char *path = g_build_filename(folder, "district.json", NULL);
  assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
  assert_true(g_file_set_contents(path, json, -1, NULL));
}

static void half_a_district_is_a_configuration_fault(void **state)
{
  (void)state;
  static const char *const bad[] = {
    "",
    "[]",
    "{}",
    "{\"regions\": [], \"lists\": 3}",
    "{\"regions\": [1], \"lists\": []}",
    "{\"regions\": [{\"name\": \"ohne Kürzel\"}], \"lists\": []}",
    "{\"regions\": [], \"lists\": [{\"name\": \"a\", \"title\": \"A\", \"kind\": \"gruppe\"}]}",
    "{\"regions\": [], \"lists\": [{\"name\": \"a\", \"title\": \"A\", \"kind\": \"group\", \"region\": "
    "\"nirgends\"}]}",
    "{\"regions\": [], \"lists\": [{\"title\": \"A\", \"kind\": \"group\"}]}",
    "{\"regions\": [], \"lists\": [{\"name\": 5, \"title\": \"A\", \"kind\": \"group\"}]}",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    write_district(bad[i]);
    g_autoptr(district_t) district = district_load(town.config, "own", &error);
    if (district) fail_msg("accepted: %s", bad[i]);
    assert_int_equal(fault_of(error), FAULT_CONFIG);
  }
  write_district("{\"regions\": [], \"lists\": [{\"name\": \"a\", \"title\": \"A\", \"kind\": \"group\"}]}");
  g_autoptr(district_t) good = district_load(town.config, "own", NULL);
  assert_non_null(good);
  g_autoptr(GError) error = NULL;
  assert_null(district_load(town.config, "../../etc", &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(twenty_regions_and_their_lists_are_there),
    cmocka_unit_test(seeding_twice_is_seeding_once),
    cmocka_unit_test(new_lists_are_added_and_removed_ones_stay_away),
    cmocka_unit_test(the_longest_address_of_every_list_fits_and_survives_capitals),
    cmocka_unit_test(half_a_district_is_a_configuration_fault),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
