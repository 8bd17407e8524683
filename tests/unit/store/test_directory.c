/* Lists, aliases, regions. */
#include "tests/unit/store/house.h"

static bool create(struct house *house, const char *name, const char *alias, GError **error)
{
  char *aliases[] = { (char *)alias, NULL };
  struct list list = {
    .name = (char *)name, .kind = (char *)"group", .title = (char *)"Grünau", .aliases = aliases
  };
  return list_create(house->store, &list, NOW, error);
}

static void a_list_is_found_by_name_and_by_alias(void **state)
{
  struct house *house = *state;
  house_begin(house);
  must(create(house, "gruenau", "gruenau-alt", &why));
  house_commit(house);
  g_autoptr(list_row) by_name = list_find(house->store, "gruenau", NULL),
                      by_alias = list_find(house->store, "gruenau-alt", NULL);
  assert_int_equal(by_name->id, by_alias->id);
  assert_string_equal(by_name->aliases[0], "gruenau-alt");
  assert_string_equal(by_name->posting, "members");
  assert_string_equal(by_name->region_slug, "");
  assert_null(list_find(house->store, "grünau", NULL));
}

static void names_and_aliases_are_given_once(void **state)
{
  struct house *house = *state;
  static const struct {
    const char *name, *alias;
  } taken[] = {
    { "gruenau", NULL }, { "gruenau-alt", NULL }, { "neu", "gruenau" }, { "neu", "gruenau-alt" }, { "", NULL }
  };
  house_begin(house);
  must(create(house, "gruenau", "gruenau-alt", &why));
  for (gsize i = 0; i < G_N_ELEMENTS(taken); i++) {
    g_autoptr(GError) error = NULL;
    must(store_savepoint(house->store, &why));
    assert_false(create(house, taken[i].name, taken[i].alias, &error));
    assert_int_equal(fault_of(error), FAULT_INPUT);
    must(store_rollback_to(house->store, &why));
  }
  store_rollback(house->store);
}

static void the_name_of_a_removed_list_is_not_given_again(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true);
  must(list_remove(house->store, list, NOW, &why));
  assert_null(list_find(house->store, "gruenau", NULL));
  g_autoptr(list_row) removed = list_get(house->store, list, NULL);
  assert_int_equal(removed->removed, NOW);
  assert_false(create(house, "gruenau", NULL, &error));
  assert_int_equal(fault_of(error), FAULT_INPUT);
  g_autoptr(GPtrArray) all = lists_all(house->store, NULL);
  assert_int_equal(all->len, 0);
  store_rollback(house->store);
}

static void the_version_moves_with_lists_and_aliases_and_not_with_mail(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", true);
  house_commit(house);
  int64_t version = lists_version(house->store, NULL);
  house_begin(house);
  house_join(house, list, "eva@example.org");
  house_mail(house, "a mail");
  house_commit(house);
  assert_int_equal(lists_version(house->store, NULL), version);
  g_autoptr(list_row) row = list_get(house->store, list, NULL);
  g_strfreev(row->aliases);
  row->aliases = g_strsplit("gruenau-alt,gruenau-neu", ",", -1);
  house_begin(house);
  must(list_update(house->store, row, &why));
  house_commit(house);
  assert_true(lists_version(house->store, NULL) > version);
  g_autoptr(list_row) changed = list_find(house->store, "gruenau-neu", NULL);
  assert_non_null(changed);
  assert_int_equal(g_strv_length(changed->aliases), 2);
}

static void a_region_is_put_twice_and_there_once(void **state)
{
  struct house *house = *state;
  struct region region = {
    .slug = (char *)"gruenau", .number = (char *)"11", .name = (char *)"Grünau", .inhabitants = 5800
  };
  house_begin(house);
  must(region_put(house->store, &region, &why));
  region.inhabitants = 5900;
  must(region_put(house->store, &region, &why));
  house_commit(house);
  g_autoptr(GPtrArray) all = regions_all(house->store, NULL);
  assert_int_equal(all->len, 1);
  assert_int_equal(((struct region *)all->pdata[0])->inhabitants, 5900);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_list_is_found_by_name_and_by_alias),
    TEST(names_and_aliases_are_given_once),
    TEST(the_name_of_a_removed_list_is_not_given_again),
    TEST(the_version_moves_with_lists_and_aliases_and_not_with_mail),
    TEST(a_region_is_put_twice_and_there_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
