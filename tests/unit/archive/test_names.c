/* Names in public: first name and initial until somebody chooses otherwise, and a choice reaches every page
 * and the feed, however many there are. */
#include "tests/unit/archive/archive_house.h"

#include "lib/store/people/people.h"
#include "web-archive/privacy.h"

enum { MANY = 230 };

static bool holds(struct house *house, const char *path, const char *words)
{
  g_autofree char *page = house_read(house, path);
  if (!page) fail_msg("there is no %s", path);
  return strstr(page, words) != NULL;
}

static int64_t person(struct house *house, const char *address, const char *name)
{
  int64_t id = 0;
  must(store_begin(house->store, &why));
  must(id = person_ensure(house->store, address, name, NOW, NOW, &why));
  must(store_commit(house->store, &why));
  return id;
}

/* The person chooses, and the worker's tick marks what the choice itself did not. */
static void choose(struct house *house, int64_t id, const char *shown, const char *pseudonym)
{
  struct person_choice choice = {
    .person = id, .language = (char *)"", .shown = (char *)shown, .pseudonym = (char *)pseudonym
  };
  must(store_begin(house->store, &why));
  must(person_choice_put(house->store, &choice, &why));
  must(store_commit(house->store, &why));
  for (int marked = 1, steps = 0; marked > 0; steps++) {
    must(store_begin(house->store, &why));
    marked = person_mark_pages(house->store, 20, NULL);
    if (marked < 0 || marked > 20 || steps > MANY) fail_msg("the marking does not end: %d", marked);
    must(store_commit(house->store, &why));
  }
}

static void post(struct house *house, int64_t list, int64_t by, const char *name, int number,
                 const char *answers)
{
  g_autofree char *id = g_strdup_printf("m%d@x", number);
  g_autofree char *subject = g_strdup_printf("Thema %d", answers ? 1 : number);
  house_post(house, &(struct post){ .list = list,
                                    .id = id,
                                    .answers = answers,
                                    .from = name,
                                    .subject = subject,
                                    .text = "Hallo zusammen!",
                                    .received = NOW + number * 60,
                                    .person = by });
}

static void a_choice_is_on_every_page(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  int64_t lothar = person(house, "lothar@web.de", "Lothar Grünberg");
  int64_t ayse = person(house, "ayse@web.de", "Ayşe Yılmaz");
  post(house, list, lothar, "Lothar Grünberg", 1, NULL);
  post(house, list, ayse, "Ayşe Yılmaz", 2, "m1@x");
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "Lothar G."));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "Grünberg"));
  choose(house, lothar, "full", "");
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "Lothar Grünberg"));
  assert_true(holds(house, "gruenau/feed.xml", "Lothar Grünberg"));
  assert_true(holds(house, "gruenau/2026/0001/index.html", "Ayşe Y."));
  choose(house, lothar, "pseudonym", "Käpt'n Blau");
  house_publish(house);
  assert_true(holds(house, "gruenau/feed.xml", "Käpt&#39;n Blau") ||
              holds(house, "gruenau/feed.xml", "Käpt'n Blau"));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "Lothar"));
  assert_false(holds(house, "gruenau/feed.xml", "Lothar"));
}

static void a_long_history_is_marked_in_steps(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true), hidden = house_list(house, "geheim", false);
  int64_t lothar = person(house, "lothar@web.de", "Lothar Grünberg");
  for (int i = 1; i <= MANY; i++) post(house, list, lothar, "Lothar Grünberg", i, i % 2 ? NULL : "m1@x");
  post(house, hidden, lothar, "Lothar Grünberg", MANY + 1, NULL);
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/2/index.html", "Lothar G."));
  choose(house, lothar, "pseudonym", "Blau");
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/2/index.html", "Blau"));
  assert_false(holds(house, "gruenau/2026/0001/2/index.html", "Lothar"));
  assert_false(holds(house, "gruenau/2026/0115/index.html", "Lothar"));
  assert_true(holds(house, "gruenau/2026/0115/index.html", "Blau"));
}

static void what_is_no_name_stays_private(void **state)
{
  (void)state;
  static const struct {
    const char *shown, *name, *pseudonym, *public;
  } cases[] = {
    { "initial", "Lothar Grünberg", "", "Lothar G." },
    { "full", "Lothar Grünberg", "", "Lothar Grünberg" },
    { "full", "lothar@web.de", "", "Jemand aus dem Kiez" },
    { "full", "Lothar 0171 1234567", "", "Jemand aus dem Kiez" },
    { "full", "", "", "Jemand aus dem Kiez" },
    { "pseudonym", "Lothar Grünberg", "Oma Inge", "Oma Inge" },
    { "pseudonym", "Lothar Grünberg", "", "Lothar G." },
    { "pseudonym", "Lothar Grünberg", "oma@web.de", "Jemand aus dem Kiez" },
    { "initial", "Lothar Grünberg", "Oma Inge", "Lothar G." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(public_text_t) text = public_chosen_name(cases[i].shown, cases[i].name, cases[i].pseudonym);
    if (strcmp(public_text_string(text), cases[i].public) != 0)
      fail_msg("%s, %s, %s: %s", cases[i].shown, cases[i].name, cases[i].pseudonym, public_text_string(text));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_choice_is_on_every_page, house_build, house_raze),
    cmocka_unit_test_setup_teardown(a_long_history_is_marked_in_steps, house_build, house_raze),
    cmocka_unit_test(what_is_no_name_stays_private),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
