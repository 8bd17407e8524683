/* Dates in any text: every one found lies within the text, is a day of the calendar, and can be written. */
#include "lib/text/dates/dates.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT_BYTES = 16384 };

static void load_once(void)
{
  if (phrases_are_loaded()) return;
  const char *directories[] = { "share/languages", NULL };
  if (!phrases_load(directories, NULL)) abort();
}

static void check_wall(const struct wall *wall)
{
  g_autofree char *written = wall_format(wall, NULL);
  if (!wall->year) return;
  g_assert_nonnull(written);
  g_assert_cmpint(wall->month, >=, 1);
  g_assert_cmpint(wall->month, <=, 12);
  g_assert_cmpint(wall->day, >=, 1);
  g_assert_cmpint(wall->day, <=, 31);
  g_assert_cmpint(wall->hour, <, 24);
}

/* The first two bytes choose the moment and the language. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const languages[] = { "de", "en", "tr", "ru", NULL };
  load_once();
  if (size < 2) return 0;
  struct dates_wish wish = { .now = 1767225600 + (int64_t)data[0] * 2 * 86400 };
  g_autofree char *text = g_strndup((const char *)data + 2, size - 2);
  g_autoptr(passage_t) passage = passage_new(text, languages[data[1] % 5], LIMIT_BYTES);
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  guint behind = 0;
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *found = &g_array_index(dates, struct date_found, i);
    g_assert_cmpuint(found->first, <, found->end);
    g_assert_cmpuint(found->end, <=, passage->lexemes->count);
    g_assert_cmpuint(found->first, >=, behind);
    behind = found->end;
    check_wall(&found->start);
    check_wall(&found->until);
    g_assert_true(found->start.year || found->until.year);
  }
  return 0;
}
