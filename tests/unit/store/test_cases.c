/* Offices and cases as rows. */
#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"
#include "tests/unit/store/house.h"

static int64_t office(struct house *house, const char *sign, bool is_coordinator)
{
  g_autoptr(office_t) office = office_new();
  g_free(office->sign);
  office->sign = g_strdup(sign);
  office->is_coordinator = is_coordinator;
  must(office_put(house->store, office, NOW, &why));
  return office->id;
}

static void an_office_is_known_by_its_addresses(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(office_t) sga = office_new();
  g_free(sga->sign);
  sga->sign = g_strdup("SGA");
  sga->four_eyes = true;
  office_add_address(sga, "sga@ba-tk.berlin.de", "main");
  office_add_address(sga, "@sga.berlin.de", "sender");
  office_add_duty(sga, "road", 0);
  office_add_duty(sga, "green", 3);
  must(office_put(house->store, sga, NOW, &why));
  int64_t umwelt = office(house, "UmNat", false);
  must(store_commit(house->store, &why));

  g_autoptr(office_t) found = office_by_sign(house->store, "sga", NULL);
  assert_non_null(found);
  assert_int_equal(found->addresses->len, 2);
  assert_int_equal(found->duties->len, 2);
  assert_true(found->four_eyes);
  static const struct {
    const char *address;
    guint offices;
  } senders[] = {
    { "sga@ba-tk.berlin.de", 1 }, { "frau.muster@sga.berlin.de", 1 }, { "frau.muster@ba-tk.berlin.de", 0 },
    { "sga@gmail.com", 0 },       { "a@evil-sga.berlin.de", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(senders); i++) {
    g_autoptr(GArray) ids = offices_of_address(house->store, senders[i].address, NULL);
    assert_int_equal(ids->len, senders[i].offices);
  }
  g_autoptr(GPtrArray) all = offices_all(house->store, NULL);
  assert_int_equal(all->len, 2);
  must(store_begin(house->store, &why));
  must(office_remove(house->store, umwelt, NOW, &why));
  must(store_commit(house->store, &why));
  assert_null(office_by_sign(house->store, "UmNat", NULL));
  g_autoptr(office_t) gone = office_get(house->store, umwelt, NULL);
  assert_non_null(gone);
}

static void the_most_exact_duty_decides(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(office_t) road = office_new(), here = office_new(), all = office_new();
  g_free(road->sign), road->sign = g_strdup("ROAD");
  g_free(here->sign), here->sign = g_strdup("HERE");
  g_free(all->sign), all->sign = g_strdup("ALL");
  office_add_duty(road, "road", 0);
  office_add_duty(here, "road", 7);
  office_add_duty(all, "", 9);
  must(office_put(house->store, road, NOW, &why));
  must(office_put(house->store, here, NOW, &why));
  must(office_put(house->store, all, NOW, &why));
  must(store_commit(house->store, &why));
  const struct {
    const char *topic;
    int64_t region, office;
  } cases[] = { { "road", 7, here->id }, { "road", 8, road->id }, { "road", 0, road->id },
                { "youth", 9, all->id }, { "youth", 8, 0 },       { "", 0, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GArray) ids = offices_for(house->store, cases[i].topic, cases[i].region, NULL);
    assert_int_equal(ids->len, cases[i].office ? 1 : 0);
    if (ids->len) assert_int_equal(g_array_index(ids, int64_t, 0), cases[i].office);
  }
}

static void there_is_one_coordinator(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  office(house, "SPK", true);
  int64_t second = office(house, "Anlaufstelle", true);
  must(store_commit(house->store, &why));
  g_autoptr(office_t) coordinator = office_coordinator(house->store, NULL);
  assert_int_equal(coordinator->id, second);
}

static void a_case_has_a_number_parties_and_a_history(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  int64_t questions = house_list(house, "frage", true);
  int64_t sga = office(house, "SGA", false);
  for (int i = 1; i <= 3; i++) {
    g_autoptr(casefile_t) it = casefile_new();
    it->list = questions;
    it->is_public = i != 2;
    it->has_point = true;
    it->lat = 52.412345;
    it->lon = 13.5;
    it->office = i == 3 ? sga : 0;
    must(casefile_create(house->store, it, i < 3 ? 2026 : 2027, NOW, &why));
    assert_int_equal(it->number, i < 3 ? i : 1);
  }
  g_autoptr(casefile_t) first = casefile_find(house->store, 2026, 1, NULL);
  g_autofree char *name = casefile_name(first);
  assert_string_equal(name, "KP-2026-0001");
  assert_true(first->lat > 52.4123 && first->lat < 52.4124);
  struct case_party party = { .casefile = first->id,
                              .role = (char *)"resident",
                              .address = (char *)"anna@web.de",
                              .name = (char *)"Anna" };
  must(case_party_put(house->store, &party, NOW, &why));
  int64_t id = party.id;
  must(case_party_leave(house->store, id, NOW, &why));
  g_autoptr(GPtrArray) nobody = case_parties(house->store, first->id, "", NULL);
  assert_int_equal(nobody->len, 0);
  must(case_party_put(house->store, &party, NOW, &why));
  assert_int_equal(party.id, id);
  g_autoptr(GPtrArray) parties = case_parties(house->store, first->id, "resident", NULL);
  assert_int_equal(parties->len, 1);

  for (int i = 0; i < 2; i++) {
    struct case_entry entry = { .casefile = first->id,
                                .at = NOW + i,
                                .what = (char *)"question",
                                .text = (char *)"Wann kommt die Bank?",
                                .is_public = i == 0 };
    must(case_entry_add(house->store, &entry, &why));
    assert_int_equal(entry.position, i + 1);
  }
  must(case_entry_publish(house->store, first->id, 2, true, &why));
  must(case_entry_publish(house->store, first->id, 2, true, &why));
  must(store_commit(house->store, &why));
  g_autoptr(casefile_t) now = casefile_get(house->store, first->id, NULL);
  assert_int_equal(now->entries, 2);
  assert_int_equal(now->public_entries, 2);
  assert_int_equal(now->last, NOW + 1);
  struct casefiles_wish wish = { .only_public = true, .limit = 10 };
  g_autoptr(GPtrArray) public_ones = casefiles_page(house->store, &wish, NULL);
  assert_int_equal(public_ones->len, 2);
  wish.office = sga;
  g_autoptr(GPtrArray) of_office = casefiles_page(house->store, &wish, NULL);
  assert_int_equal(of_office->len, 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(an_office_is_known_by_its_addresses, house_build, house_raze),
    cmocka_unit_test_setup_teardown(the_most_exact_duty_decides, house_build, house_raze),
    cmocka_unit_test_setup_teardown(there_is_one_coordinator, house_build, house_raze),
    cmocka_unit_test_setup_teardown(a_case_has_a_number_parties_and_a_history, house_build, house_raze),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
