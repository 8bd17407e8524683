/* A district for tests of cases: the club with frage@, the offices SGA (roads, green, light; Dora stands in)
 * and SPK (the coordinator), and days that go by. */
#ifndef TESTS_LISTS_DISTRICT_H
#define TESTS_LISTS_DISTRICT_H

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"

#include "lib/text/days/workdays.h"

#define SGA "sga@ba-tk.berlin.example"
#define SPK "spk@ba-tk.berlin.example"

static inline void district_open(struct club *club)
{
  clock_fix(TEST_NOW);
  club_open(club);
  town_list(&club->town, "frage", "questions", true);
  assert_true(store_begin(club->town.store, NULL));
  g_autoptr(office_t) sga = office_new(), spk = office_new();
  g_free(sga->sign), sga->sign = g_strdup("SGA");
  g_free(sga->name), sga->name = g_strdup("Straßen- und Grünflächenamt");
  office_add_address(sga, SGA, "main");
  office_add_address(sga, "deputy@ba-tk.berlin.example", "deputy");
  office_add_duty(sga, "road", 0);
  office_add_duty(sga, "green", 0);
  office_add_duty(sga, "lighting", 0);
  g_free(spk->sign), spk->sign = g_strdup("SPK");
  g_free(spk->name), spk->name = g_strdup("Sozialraumorientierte Planungskoordination");
  spk->is_coordinator = true;
  office_add_address(spk, SPK, "main");
  assert_true(office_put(club->town.store, sga, TEST_NOW, NULL));
  assert_true(office_put(club->town.store, spk, TEST_NOW, NULL));
  assert_true(store_commit(club->town.store, NULL));
}

/* Noon of a day in Berlin, more or less. */
static inline void district_day(const char *day)
{
  g_autofree char *noon = g_strconcat(day, "T11:00:00Z", NULL);
  int64_t now = 0;
  assert_true(clock_parse(noon, &now, NULL));
  clock_fix(now);
}

/* Each day up to and with `last` goes by, with the worker at work. */
static inline void district_until(struct club *club, const char *last)
{
  g_autofree char *today = clock_format_in(clock_now(), "Europe/Berlin");
  today[10] = '\0';
  g_autofree char *day = g_strdup(today);
  while (strcmp(day, last) < 0) {
    char *next = day_after(day, 1);
    g_free(day);
    day = next;
    district_day(day);
    post_work(&club->town);
  }
}

static inline struct casefile *district_case(struct club *club, int number)
{
  return casefile_find(club->town.store, 2026, number, NULL);
}

/* "forwarded open": the state of a case. */
static inline const char *district_state(struct club *club, int number)
{
  static char words[60];
  g_autoptr(casefile_t) it = district_case(club, number);
  g_snprintf(words, sizeof words, "%s %s", it ? it->state : "none", it && it->is_open ? "open" : "closed");
  return words;
}

/* The district of the test that runs. */
static struct club club;

static inline int district_setup(void **state)
{
  (void)state;
  district_open(&club);
  return 0;
}

static inline int district_teardown(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

#endif
