/* Days in letters; see day_text.h. Called by whoever fills a letter with days that were planned. The names
 * stand here and not in share/languages, since those tables read and do not write. */
#include "lib/text/days/day_text.h"

#include "lib/text/days/calendar.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>

static const struct {
  const char *language, *behind_day;
  const char *months[12];
} tongues[] = {
  { "de",
    ".",
    { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember" } },
  { "en",
    "",
    { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December" } },
};

char *day_in_words(const char *day, const char *language)
{
  int year, month, date, size = 0;
  bool is_day = sscanf(day, "%4d-%2d-%2d%n", &year, &month, &date, &size) == 3 && !day[size] &&
                calendar_is_date(year, month, date);
  if (!is_day) return g_strdup(day);
  gsize at = 0;
  for (gsize i = 0; language && i < G_N_ELEMENTS(tongues); i++)
    if (g_ascii_strncasecmp(language, tongues[i].language, 2) == 0) at = i;
  return g_strdup_printf("%d%s %s %d", date, tongues[at].behind_day, tongues[at].months[month - 1], year);
}
