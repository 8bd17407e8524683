/* What an RRULE says in words: "jeden Dienstag", "an jedem ersten Dienstag im Monat". Called by letters and
 * pages about events. What it does not know it calls "regelmäßig". */
#include "lib/text/days/rule_text.h"

#include "lib/text/dates/series.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/wall_text.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DAYS = 7, PLACES = 6, EXTRA_SHOWN = 8 };

static const char *const codes[DAYS] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
static const int numbers[PLACES] = { 1, 2, 3, 4, -1, -2 };

/* Each with what stands at its %: days, a place and a day, a number. */
static const struct tongue {
  const char *language;
  const char *days[DAYS], *places[PLACES], *comma, *last;
  const char *each, *each_week, *each_other, *weeks;
  const char *nth, *each_month, *months, *each_day, *each_year, *otherwise, *until, *also, *more;
} tongues[] = {
  { .language = "de",
    .days = { "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag" },
    .places = { "ersten", "zweiten", "dritten", "vierten", "letzten", "vorletzten" },
    .comma = ", ",
    .last = " und ",
    .each = "jeden %s",
    .each_week = "jede Woche",
    .each_other = "alle zwei Wochen am %s",
    .weeks = "alle %d Wochen",
    .nth = "an jedem %s %s im Monat",
    .each_month = "jeden Monat",
    .months = "alle %d Monate",
    .each_day = "täglich",
    .each_year = "jedes Jahr",
    .otherwise = "regelmäßig",
    .until = "%s, bis %s",
    .also = ", auch: ",
    .more = "; und %d weitere" },
  { .language = "en",
    .days = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
    .places = { "first", "second", "third", "fourth", "last", "second last" },
    .comma = ", ",
    .last = " and ",
    .each = "every %s",
    .each_week = "every week",
    .each_other = "every two weeks on %s",
    .weeks = "every %d weeks",
    .nth = "on the %s %s of each month",
    .each_month = "every month",
    .months = "every %d months",
    .each_day = "every day",
    .each_year = "every year",
    .otherwise = "regularly",
    .until = "%s, until %s",
    .also = ", also: ",
    .more = "; and %d more" },
};

static const struct tongue *tongue_of(const char *language)
{
  for (gsize i = 0; language && i < G_N_ELEMENTS(tongues); i++)
    if (g_ascii_strncasecmp(language, tongues[i].language, 2) == 0) return &tongues[i];
  return &tongues[0];
}

static const char *day_of(const struct tongue *tongue, const char *code)
{
  for (gsize i = 0; i < DAYS; i++)
    if (strcmp(code, codes[i]) == 0) return tongue->days[i];
  return NULL;
}

static const char *place_of(const struct tongue *tongue, int number)
{
  for (gsize i = 0; i < PLACES; i++)
    if (numbers[i] == number) return tongue->places[i];
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
static char *days_of(const struct tongue *tongue, const char *by_day)
{
  g_auto(GStrv) all = g_strsplit(by_day, ",", -1);
  guint count = g_strv_length(all);
  g_autoptr(GString) words = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    const char *day = day_of(tongue, all[i]);
    if (!day) return NULL;
    if (i > 0) g_string_append(words, i + 1 == count ? tongue->last : tongue->comma);
    g_string_append(words, day);
  }
  return words->len ? g_string_free(g_steal_pointer(&words), FALSE) : NULL;
}

/* A form of the table with one value. Caller frees. */
static char *with_text(const char *form, const char *text)
{
  g_auto(GStrv) halves = g_strsplit(form, "%s", 2);
  return g_strconcat(halves[0], text, halves[1], NULL);
}

static char *with_number(const char *form, int number)
{
  g_autofree char *digits = g_strdup_printf("%d", number);
  g_auto(GStrv) halves = g_strsplit(form, "%d", 2);
  return g_strconcat(halves[0], digits, halves[1], NULL);
}

static char *weekly(const struct tongue *tongue, const char *by_day, int interval)
{
  g_autofree char *days = by_day ? days_of(tongue, by_day) : NULL;
  if (interval == 1) return days ? with_text(tongue->each, days) : g_strdup(tongue->each_week);
  if (interval == 2 && days) return with_text(tongue->each_other, days);
  return with_number(tongue->weeks, interval);
}

static char *monthly(const struct tongue *tongue, const char *by_day, int interval)
{
  int number = 0;
  char code[3] = "", rest = 0;
  bool is_nth = by_day && sscanf(by_day, "%d%2[A-Z]%c", &number, code, &rest) == 2;
  const char *place = is_nth ? place_of(tongue, number) : NULL, *day = is_nth ? day_of(tongue, code) : NULL;
  if (interval > 1) return with_number(tongue->months, interval);
  if (!place || !day) return g_strdup(tongue->each_month);
  g_autofree char *half = with_text(tongue->nth, place);
  return with_text(half, day);
}

/* How often, without an end. */
static char *often(const struct tongue *tongue, const char *rule)
{
  g_autofree char *freq = part_of(rule, "FREQ"), *by_day = part_of(rule, "BYDAY"),
                  *step = part_of(rule, "INTERVAL");
  guint64 interval = 1;
  if (step && !g_ascii_string_to_unsigned(step, 10, 1, 1000, &interval, NULL)) interval = 1;
  if (g_strcmp0(freq, "WEEKLY") == 0) return weekly(tongue, by_day, (int)interval);
  if (g_strcmp0(freq, "MONTHLY") == 0) return monthly(tongue, by_day, (int)interval);
  if (g_strcmp0(freq, "DAILY") == 0 && interval == 1) return g_strdup(tongue->each_day);
  if (g_strcmp0(freq, "YEARLY") == 0 && interval == 1) return g_strdup(tongue->each_year);
  return g_strdup(tongue->otherwise);
}

/* Of an RRULE alone. Caller frees. */
static char *recurrence_in_words(const char *rule, const char *language)
{
  const struct tongue *tongue = tongue_of(language);
  g_autofree char *words = often(tongue, rule), *until = part_of(rule, "UNTIL");
  int year, month, day;
  if (!until || sscanf(until, "%4d%2d%2d", &year, &month, &day) != 3) return g_steal_pointer(&words);
  g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", year, month, day);
  g_autofree char *last = day_in_words(iso, tongue->language);
  g_autofree char *half = with_text(tongue->until, words);
  return with_text(half, last);
}

/* ", auch: Dienstag, 19. Mai 2026, 19 Uhr; …" behind the words (NULL: none). Takes over `words`; caller
 * frees. */
static char *with_extra(const struct tongue *tongue, char *words, const GArray *extra)
{
  if (extra->len == 0) return words;
  g_autoptr(GString) out = g_string_new(words);
  g_free(words);
  g_string_append(out, out->len ? tongue->also : tongue->also + strlen(", "));
  for (guint i = 0; i < MIN(extra->len, EXTRA_SHOWN); i++) {
    g_autofree char *date =
        wall_in_words(&g_array_index(extra, struct wall, i), &(struct wall){ 0 }, tongue->language);
    g_string_append_printf(out, "%s%s", i ? "; " : "", date);
  }
  g_autofree char *more =
      extra->len > EXTRA_SHOWN ? with_number(tongue->more, (int)(extra->len - EXTRA_SHOWN)) : NULL;
  if (more) g_string_append(out, more);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

char *rule_in_words(const char *rule, const char *language)
{
  if (!*rule) return NULL;
  g_autofree char *recurrence = series_recurrence(rule);
  g_autoptr(GArray) extra = series_extra(rule);
  char *words = *recurrence ? recurrence_in_words(recurrence, language) : NULL;
  return with_extra(tongue_of(language), words, extra);
}
