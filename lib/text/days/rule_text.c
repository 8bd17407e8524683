/* What an RRULE says, in the words of a page: "jeden Dienstag", "an jedem ersten Dienstag im Monat". What it
 * does not know it calls "regelmäßig": the dates themselves stand on the month pages. */
#include "web-archive/events/event_view.h"

#include "lib/text/days/wall_text.h"

#include <stdio.h>
#include <string.h>

static const struct day {
  const char *code, *name;
} DAYS[] = { { "MO", "Montag" },  { "TU", "Dienstag" }, { "WE", "Mittwoch" }, { "TH", "Donnerstag" },
             { "FR", "Freitag" }, { "SA", "Samstag" },  { "SU", "Sonntag" } };

static const struct {
  int number;
  const char *word;
} PLACES[] = { { 1, "ersten" },  { 2, "zweiten" },  { 3, "dritten" },
               { 4, "vierten" }, { -1, "letzten" }, { -2, "vorletzten" } };

static const char *day_of(const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++)
    if (g_str_has_prefix(code, DAYS[i].code) && !code[strlen(DAYS[i].code)]) return DAYS[i].name;
  return NULL;
}

static const char *place_of(int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS(PLACES); i++)
    if (PLACES[i].number == number) return PLACES[i].word;
  return NULL;
}

/* The value of a part ("BYDAY"); NULL: the rule has none. Caller frees. */
static char *part_of(const char *rule, const char *name)
{
  g_auto(GStrv) parts = g_strsplit(rule, ";", -1);
  for (char **part = parts; *part; part++) {
    gsize length = strlen(name);
    if (g_ascii_strncasecmp(*part, name, length) == 0 && (*part)[length] == '=')
      return g_ascii_strup(*part + length + 1, -1);
  }
  return NULL;
}

/* "Dienstag und Donnerstag"; NULL: one of them is no plain day. Caller frees. */
static char *days_of(const char *codes)
{
  g_auto(GStrv) all = g_strsplit(codes, ",", -1);
  guint count = g_strv_length(all);
  g_autoptr(GString) words = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    const char *day = day_of(all[i]);
    if (!day) return NULL;
    if (i > 0) g_string_append(words, i + 1 == count ? " und " : ", ");
    g_string_append(words, day);
  }
  return words->len ? g_string_free(g_steal_pointer(&words), FALSE) : NULL;
}

static char *weekly(const char *by_day, int interval)
{
  g_autofree char *days = by_day ? days_of(by_day) : NULL;
  if (interval == 1) return days ? g_strdup_printf("jeden %s", days) : g_strdup("jede Woche");
  if (interval == 2 && days) return g_strdup_printf("alle zwei Wochen am %s", days);
  return g_strdup_printf("alle %d Wochen", interval);
}

static char *monthly(const char *by_day, int interval)
{
  int number = 0;
  char code[3] = "", rest = 0;
  bool is_nth = by_day && sscanf(by_day, "%d%2[A-Z]%c", &number, code, &rest) == 2;
  const char *place = is_nth ? place_of(number) : NULL, *day = is_nth ? day_of(code) : NULL;
  if (interval == 1 && place && day) return g_strdup_printf("an jedem %s %s im Monat", place, day);
  return interval == 1 ? g_strdup("jeden Monat") : g_strdup_printf("alle %d Monate", interval);
}

/* How often, without an end. */
static char *often(const char *rule)
{
  g_autofree char *freq = part_of(rule, "FREQ"), *by_day = part_of(rule, "BYDAY"),
                  *step = part_of(rule, "INTERVAL");
  guint64 interval = 1;
  if (step && !g_ascii_string_to_unsigned(step, 10, 1, 1000, &interval, NULL)) interval = 1;
  if (g_strcmp0(freq, "WEEKLY") == 0) return weekly(by_day, (int)interval);
  if (g_strcmp0(freq, "MONTHLY") == 0) return monthly(by_day, (int)interval);
  if (g_strcmp0(freq, "DAILY") == 0 && interval == 1) return g_strdup("täglich");
  if (g_strcmp0(freq, "YEARLY") == 0 && interval == 1) return g_strdup("jedes Jahr");
  return g_strdup("regelmäßig");
}

char *rule_in_words(const char *rule)
{
  if (!*rule) return NULL;
  g_autofree char *words = often(rule), *until = part_of(rule, "UNTIL");
  int year, month, day;
  if (!until || sscanf(until, "%4d%2d%2d", &year, &month, &day) != 3) return g_steal_pointer(&words);
  g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", year, month, day);
  g_autofree char *last = site_planned_day(iso);
  return last ? g_strdup_printf("%s, bis %s", words, last) : g_steal_pointer(&words);
}
