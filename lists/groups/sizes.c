/* Sizes as people write them, in mails and on the command line. */
#include "lists/groups/sizes.h"

#include <string.h>

enum { DIGITS_MAX = 10 };
static const int64_t KILO = 1024, MEGA = 1024 * 1024, MOST = INT64_C(2) << 30;

char *size_words(int64_t bytes)
{
  bool is_mega = bytes >= MEGA && (bytes % MEGA == 0 || bytes >= 10 * MEGA);
  if (is_mega) return g_strdup_printf("%" G_GINT64_FORMAT " MB", (bytes + MEGA - 1) / MEGA);
  return g_strdup_printf("%" G_GINT64_FORMAT " KB", (bytes + KILO - 1) / KILO);
}

/* What a unit counts; 0: it is none. */
static int64_t unit_of(const char *word)
{
  static const struct {
    const char *word;
    int64_t bytes;
  } units[] = {
    { "", 1024 * 1024 },         { "m", 1024 * 1024 }, { "mb", 1024 * 1024 }, { "mib", 1024 * 1024 },
    { "megabyte", 1024 * 1024 }, { "k", 1024 },        { "kb", 1024 },        { "kib", 1024 },
    { "kilobyte", 1024 },        { "g", 1 << 30 },     { "gb", 1 << 30 }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
    if (g_ascii_strcasecmp(units[i].word, word) == 0) return units[i].bytes;
  return 0;
}

bool size_read(const char *words, int64_t *bytes)
{
  g_autofree char *text = g_strstrip(g_strdup(words));
  gsize digits = strspn(text, "0123456789,.");
  if (digits == 0 || digits > DIGITS_MAX) return false;
  g_autofree char *number = g_strdelimit(g_strndup(text, digits), ",", '.');
  int64_t unit = unit_of(g_strstrip(text + digits));
  char *end = NULL;
  double size = g_ascii_strtod(number, &end) * (double)unit;
  if (*end || size < (double)KILO || size > (double)MOST) return false;
  *bytes = (int64_t)size;
  return true;
}
