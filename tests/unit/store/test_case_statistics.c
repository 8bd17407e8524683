/* Statistics of cases: counters that follow every change. */
#include "lib/store/cases/case_statistics.h"
#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"
#include "tests/unit/store/house.h"

enum { DAY = 24 * 3600 };

static int64_t office(struct house *house, const char *sign)
{
  g_autoptr(office_t) office = office_new();
  g_free(office->sign);
  office->sign = g_strdup(sign);
  must(office_put(house->store, office, NOW, &why));
  return office->id;
}

static void set(char **text, const char *by)
{
  g_free(*text);
  *text = g_strdup(by);
}

/* A case with an answer after so many days; -1: none yet. */
static struct casefile *file(struct house *house, int64_t list, int64_t office, const char *topic, int days)
{
  struct casefile *it = casefile_new();
  it->list = list;
  it->office = office;
  set(&it->topic, topic);
  must(casefile_create(house->store, it, 2026, NOW, &why));
  if (days >= 0) it->answered = NOW + (int64_t)days * DAY + 3600;
  if (days >= 0) must(casefile_put(house->store, it, &why));
  return it;
}

static const struct case_row *row_of(GPtrArray *rows, int64_t office, const char *topic)
{
  for (guint i = 0; i < rows->len; i++) {
    const struct case_row *row = rows->pdata[i];
    if (row->office == office && g_strcmp0(row->topic, topic) == 0) return row;
  }
  fail_msg("there is no row of %s", topic ? topic : "that office");
  return NULL;
}

static void medians_and_counts_follow_the_cases(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  int64_t list = house_list(house, "frage", true), sga = office(house, "SGA"), oa = office(house, "OrdA");
  static const int days[] = { 3, 10, 4, 30 };
  for (gsize i = 0; i < G_N_ELEMENTS(days); i++) casefile_free(file(house, list, sga, "road", days[i]));
  casefile_free(file(house, list, sga, "green", 900)); /* the bound of what is told apart */
  casefile_free(file(house, list, oa, "waste", -1));
  g_autoptr(casefile_t) moving = file(house, list, oa, "waste", 2);
  must(store_commit(house->store, &why));

  g_autoptr(case_statistics_t) it = case_statistics_read(house->store, 0, NULL);
  assert_int_equal(it->all.cases, 7);
  assert_int_equal(it->all.open, 7);
  assert_int_equal(it->all.answered, 6);
  assert_int_equal(it->all.median_days, 4);
  assert_int_equal(row_of(it->topics, 0, "road")->numbers.median_days, 4);
  assert_int_equal(row_of(it->topics, 0, "green")->numbers.median_days, 400);
  assert_int_equal(case_statistics_of_office(it, oa).median_days, 2);
  assert_int_equal(row_of(it->rows, oa, "waste")->numbers.cases, 2);

  /* it goes to another office with all it counts for, is done, and confirmed */
  must(store_begin(house->store, &why));
  moving->office = sga;
  moving->is_open = false;
  set(&moving->state, "confirmed");
  must(casefile_put(house->store, moving, &why));
  must(store_commit(house->store, &why));
  g_autoptr(case_statistics_t) after = case_statistics_read(house->store, 2026, NULL);
  assert_int_equal(after->all.cases, 7);
  assert_int_equal(after->all.open, 6);
  assert_int_equal(after->all.done, 1);
  assert_int_equal(after->all.confirmed, 1);
  assert_int_equal(case_statistics_of_office(after, oa).cases, 1);
  assert_int_equal(case_statistics_of_office(after, oa).median_days, -1);
  assert_int_equal(case_statistics_of_office(after, sga).cases, 6);
  assert_int_equal(row_of(after->rows, sga, "waste")->numbers.median_days, 2);
  g_autoptr(case_statistics_t) other = case_statistics_read(house->store, 2025, NULL);
  assert_int_equal(other->all.cases, 0);
  assert_int_equal(other->all.median_days, -1);
}

static void a_removed_office_comes_back_under_its_sign(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  int64_t first = office(house, "SGA");
  must(office_remove(house->store, first, NOW, &why));
  assert_int_equal(office(house, "sga"), first);
  must(store_commit(house->store, &why));
  g_autoptr(office_t) back = office_by_sign(house->store, "SGA", NULL);
  assert_int_equal(back->id, first);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(medians_and_counts_follow_the_cases, house_build, house_raze),
    cmocka_unit_test_setup_teardown(a_removed_office_comes_back_under_its_sign, house_build, house_raze),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
