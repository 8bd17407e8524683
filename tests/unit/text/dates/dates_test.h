/* What the tests of dates share: the tables loaded, and what was found in a text as one short line:
 * "2026-05-12 15:00 / 2026-05-12 17:00 hour RRULE", several parted by " | "; "-" for an unset start, "!" a
 * deadline, "<" looking back, "+" open; the grains minute and day are not named. */
#ifndef TESTS_DATES_TEST_H
#define TESTS_DATES_TEST_H

#include "lib/text/dates/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

struct dates_case {
  const char *text, *found, *why;
};

static inline int setup_dates(void **state)
{
  (void)state;
  const char *directories[] = { "share/languages", NULL };
  GError *error = NULL;
  assert_true(phrases_load(directories, &error));
  return 0;
}

static inline void put_wall(GString *out, const struct wall *wall)
{
  if (!wall->year) {
    g_string_append_c(out, '-');
    return;
  }
  g_string_append_printf(out, "%04d-%02d-%02d", wall->year, wall->month, wall->day);
  if (wall->hour >= 0) g_string_append_printf(out, " %02d:%02d", wall->hour, wall->minute);
}

static inline char *dates_shown(const char *text, const char *language, const struct wall *now)
{
  struct dates_wish wish = { .now = wall_seconds(now, NULL) };
  g_autoptr(passage_t) passage = passage_new(text, language, 0);
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *found = &g_array_index(dates, struct date_found, i);
    assert_true(found->first < found->end && found->end <= passage->lexemes->count);
    if (i) g_string_append(out, " | ");
    put_wall(out, &found->start);
    if (found->until.year) {
      g_string_append(out, " / ");
      put_wall(out, &found->until);
    }
    if (found->grain != GRAIN_MINUTE && found->grain != GRAIN_DAY)
      g_string_append_printf(out, " %s", date_grain_word(found->grain));
    if (found->recurrence) g_string_append_printf(out, " %s", found->recurrence);
    if (found->is_deadline) g_string_append_c(out, '!');
    if (found->is_past) g_string_append_c(out, '<');
    if (found->is_open_ended) g_string_append_c(out, '+');
  }
  return g_string_free(out, FALSE);
}

/* All cases of a table against one moment; the first wrong one is told by its text. */
static inline void check_dates(const struct dates_case *cases, gsize count, const char *language,
                               const struct wall *now)
{
  gsize wrong = 0;
  for (gsize i = 0; i < count; i++) {
    g_autofree char *got = dates_shown(cases[i].text, language, now);
    if (g_str_equal(got, cases[i].found)) continue;
    print_error("%s (%s)\n  wanted: %s\n  found:  %s\n", cases[i].text, cases[i].why, cases[i].found, got);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

/* Tuesday, 10 March 2026, noon. */
static const struct wall tuesday = { 2026, 3, 10, 12, 0 };

#endif
