/* Persons, memberships and the changes they belong to. */
#include "tests/unit/store/house.h"

static struct member *now(struct house *house, int64_t list, int64_t person)
{
  return member_find(house->store, list, person, NULL);
}

static void an_address_leads_to_one_person_and_keeps_its_first_name(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t eva, again;
  must(eva = person_ensure(house->store, "eva@example.org", "Eva Stein", 0, NOW, &why));
  must(again = person_ensure(house->store, "eva@example.org", "Somebody Else", NOW, NOW, &why));
  house_commit(house);
  assert_int_equal(eva, again);
  assert_int_equal(person_find(house->store, "nobody@example.org", NULL), 0);
  g_autofree char *address = person_address(house->store, eva, NULL);
  assert_string_equal(address, "eva@example.org");
}

static void an_unconfirmed_address_is_not_handed_out(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t eva;
  must(eva = person_ensure(house->store, "eva@example.org", "Eva", 0, NOW, &why));
  house_commit(house);
  g_autoptr(GError) error = NULL;
  assert_null(person_address(house->store, eva, &error));
  assert_null(error);
}

static void joining_counts_and_leaving_uncounts(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  int64_t eva = house_join(house, list, "eva@example.org"), udo = house_join(house, list, "udo@example.org");
  g_autoptr(member_t) daily = now(house, list, udo);
  g_free(daily->delivery);
  daily->delivery = g_strdup("daily");
  must(member_put(house->store, daily, NOW, &why));
  house_commit(house);
  g_autoptr(list_row) two = list_get(house->store, list, NULL);
  assert_int_equal(two->members, 2);
  assert_int_equal(members_receiving(house->store, list, NULL), 1);
  house_begin(house);
  must(member_remove(house->store, list, eva, NOW, &why));
  house_commit(house);
  g_autoptr(list_row) one = list_get(house->store, list, NULL);
  assert_int_equal(one->members, 1);
  assert_int_equal(members_receiving(house->store, list, NULL), 0);
  assert_null(now(house, list, eva));
}

static void leaving_twice_is_no_such_member(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), eva = house_join(house, list, "eva@example.org");
  must(member_remove(house->store, list, eva, NOW, &why));
  assert_false(member_remove(house->store, list, eva, NOW, &error));
  assert_int_equal(fault_of(error), FAULT_NO_ADDRESS);
  store_rollback(house->store);
}

static void who_comes_back_is_a_member_since_then(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), eva = house_join(house, list, "eva@example.org");
  must(member_remove(house->store, list, eva, NOW, &why));
  g_autoptr(member_t) again = g_new0(struct member, 1);
  again->list = list;
  again->address = g_strdup("eva@example.org");
  must(member_put(house->store, again, NOW + 500, &why));
  house_commit(house);
  g_autoptr(member_t) member = now(house, list, eva);
  assert_int_equal(member->since, NOW + 500);
}

static void putting_the_same_again_is_no_change(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  int64_t eva = house_join(house, list, "eva@example.org");
  house_commit(house);
  int64_t change = members_change(house->store, NULL);
  house_begin(house);
  assert_int_equal(house_join(house, list, "eva@example.org"), eva);
  house_commit(house);
  assert_int_equal(members_change(house->store, NULL), change);
}

static void many_at_once_are_one_change(void **state)
{
  struct house *house = *state;
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func((GDestroyNotify)member_free);
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  for (int i = 0; i < 300; i++) {
    struct member *member = g_new0(struct member, 1);
    member->list = list;
    member->address = g_strdup_printf("m%d@example.org", i % 250); /* fifty of them twice */
    member->own_copy = -1;
    g_ptr_array_add(members, member);
  }
  int64_t before = members_change(house->store, NULL);
  must(member_put_many(house->store, members, NOW, &why));
  house_commit(house);
  assert_int_equal(members_change(house->store, NULL), before + 1);
  g_autoptr(list_row) row = list_get(house->store, list, NULL);
  assert_int_equal(row->members, 250);
}

static void a_change_after_somebody_looked_is_another_change(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  house_join(house, list, "eva@example.org");
  int64_t seen = members_change(house->store, NULL);
  house_join(house, list, "udo@example.org");
  assert_true(members_change(house->store, NULL) > seen);
  house_commit(house);
}

static void pages_of_members_go_on_by_person(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), other = house_list(house, "adlershof", false);
  for (int i = 0; i < 25; i++) {
    g_autofree char *address = g_strdup_printf("m%d@example.org", i);
    house_join(house, i % 5 == 0 ? other : list, address);
  }
  house_commit(house);
  int64_t after = 0, seen = 0;
  for (;;) {
    g_autoptr(GPtrArray) page = members_page(house->store, list, after, 7, false, NULL);
    for (guint i = 0; i < page->len; i++) {
      const struct member *member = page->pdata[i];
      assert_true(member->person > after && member->list == list);
      after = member->person;
      seen++;
    }
    if (page->len < 7) break;
  }
  assert_int_equal(seen, 20);
}

static void roles_are_whole_words(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), eva = house_join(house, list, "eva@example.org");
  house_join(house, list, "udo@example.org");
  g_autoptr(member_t) member = now(house, list, eva);
  g_free(member->roles);
  member->roles = g_strdup("member,moderator");
  must(member_put(house->store, member, NOW, &why));
  house_commit(house);
  assert_true(member_has_role(member, "moderator"));
  assert_false(member_has_role(member, "mod"));
  static const struct {
    const char *role;
    guint count;
  } cases[] = { { "moderator", 1 }, { "mod", 0 }, { "member", 2 }, { "keeper", 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GPtrArray) found = members_with_role(house->store, list, cases[i].role, NULL);
    assert_int_equal(found->len, cases[i].count);
  }
}

static void a_name_given_to_a_member_is_the_persons(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), eva = house_join(house, list, "eva@example.org");
  g_autoptr(member_t) member = now(house, list, eva);
  g_free(member->name);
  member->name = g_strdup("Eva Stein");
  must(member_put(house->store, member, NOW, &why));
  house_commit(house);
  g_autoptr(member_t) named = now(house, list, eva);
  assert_string_equal(named->name, "Eva Stein");
}

static void a_persons_number_fits_a_token(void **state)
{
  struct house *house = *state;
  g_autoptr(GError) error = NULL;
  house_begin(house);
  for (int i = 0; i < 4000 && !error; i++)
    must(store_after_restore(house->store, NULL, NULL, &why)); /* + 10,000 persons each */
  assert_int_equal(person_ensure(house->store, "eva@example.org", "Eva", NOW, NOW, &error), 0);
  assert_non_null(error);
  store_rollback(house->store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_build, house_raze)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(an_address_leads_to_one_person_and_keeps_its_first_name),
    TEST(an_unconfirmed_address_is_not_handed_out),
    TEST(joining_counts_and_leaving_uncounts),
    TEST(leaving_twice_is_no_such_member),
    TEST(who_comes_back_is_a_member_since_then),
    TEST(putting_the_same_again_is_no_change),
    TEST(many_at_once_are_one_change),
    TEST(a_change_after_somebody_looked_is_another_change),
    TEST(pages_of_members_go_on_by_person),
    TEST(roles_are_whole_words),
    TEST(a_name_given_to_a_member_is_the_persons),
    TEST(a_persons_number_fits_a_token),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
