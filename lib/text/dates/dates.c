#include "lib/text/dates/dates.h"

void date_found_clear(struct date_found *found)
{
  g_clear_pointer(&found->recurrence, g_free);
}

GArray *dates_find(const struct passage *passage, const struct dates_wish *wish)
{
  (void)passage, (void)wish;
  return g_array_new(FALSE, FALSE, sizeof(struct date_found));
}

char *wall_format(const struct wall *wall, const char *zone)
{
  (void)zone;
  return wall->year ? g_strdup_printf("%04d-%02d-%02d", wall->year, wall->month, wall->day) : NULL;
}

int64_t wall_seconds(const struct wall *wall, const char *zone)
{
  (void)wall, (void)zone;
  return 0;
}

const char *date_grain_word(enum date_grain grain)
{
  static const char *const words[] = { "minute", "hour", "day", "week", "month", "quarter", "year" };
  return words[grain];
}
