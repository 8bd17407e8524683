/* The small readers of foreign words, on any bytes: charsets, languages, subjects, names, addresses, dates,
 * points, feasts, and what is left out for privacy. What comes out is valid UTF-8 and bounded by what went
 * in; what was normalised once stays as it is. */
#include "lib/mail/address.h"
#include "lib/mail/mail_date.h"
#include "lib/text/charset.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/holidays.h"
#include "lib/text/language.h"
#include "lib/text/lexemes.h"
#include "lib/text/names.h"
#include "lib/text/places/points.h"
#include "lib/text/redact/personal.h"
#include "lib/text/redact/redact.h"
#include "lib/text/subject.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_utf8(const char *text)
{
  if (text && !g_utf8_validate(text, -1, NULL)) __builtin_trap();
}

static void read_charsets(const char *bytes, gsize size)
{
  static const char *const declared[] = {
    NULL, "utf-8", "iso-8859-9", "koi8-r", "Westeuropäisch ISO", "utf-7"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(declared); i++) {
    gsize out = 0;
    g_autofree char *text = charset_to_utf8(bytes, size, declared[i], &out);
    if (!g_utf8_validate(text, (gssize)out, NULL) && memchr(text, '\0', out) == NULL) __builtin_trap();
  }
}

static void read_subject(const char *text)
{
  g_autofree char *base = subject_base(text, "gruenau"), *key = subject_key(text, NULL);
  check_utf8(base);
  check_utf8(key);
  subject_is_reply(text);
  subject_is_forward(text);
}

static void read_people(const char *text)
{
  g_autofree char *public_one = name_for_public(text), *member = name_for_members(text, text);
  check_utf8(public_one);
  check_utf8(member);
  if (g_utf8_strlen(member, -1) > 60) __builtin_trap();
  g_autofree char *once = address_normalise(text);
  g_autofree char *twice = once ? address_normalise(once) : NULL;
  if (once && g_strcmp0(once, twice) != 0) __builtin_trap();
  g_autofree char *formatted = once ? address_format(text, once) : NULL;
  if (formatted && strpbrk(formatted, "\r") && !strstr(formatted, "\r\n ")) __builtin_trap();
}

static void read_privacy(const char *text, gsize size)
{
  g_autoptr(GString) out = g_string_new(NULL), named = g_string_new(NULL);
  redact(out, text, size, "kiez.example");
  check_utf8(out->str);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_ptr_array_add(names, (gpointer)text);
  redact_names(named, text, names, NULL);
  check_utf8(named->str);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup((const char *)data, size);
  g_autofree char *text = g_utf8_make_valid(bytes, -1);
  int64_t moment;
  int offset;
  read_charsets((const char *)data, size);
  language_guess(text);
  read_subject(text);
  read_people(text);
  read_privacy(text, strlen(text));
  mail_date_read(text, &moment, &offset);
  holiday_day(text, 2026);
  g_autoptr(GArray) points = points_find(text);
  for (guint i = 0; i < points->len; i++) {
    const struct point_found *point = &g_array_index(points, struct point_found, i);
    bool is_on_earth = point->lat >= -90 && point->lat <= 90 && point->lon >= -180 && point->lon <= 180;
    if (!is_on_earth || point->begin >= point->end || point->end > strlen(text)) __builtin_trap();
  }
  return 0;
}
