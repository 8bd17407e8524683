/* Dates of mails: one pass over the characters, numbers and words taken for what they can be.
 *
 * Called for the Date field. GMime's reader is not used: it takes every zone it has no name for as UTC, and
 * "CEST", "MEZ" or "+02:00" are then off by hours, which moves an event by a day at night.
 *
 * What surprised us: comments in the middle of a time, blanks around its colons, the year first (ISO 8601),
 * the month in German, the time with dots, "GMT+0200", and POSIX's "EST5EDT". */
#include "lib/mail/mail_date.h"

#include <glib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 400, OFFSET_MAX = 14 * 60, NO_OFFSET = 24 * 60 };

/* What has been found so far; 0 is "not yet" for day, month and year, -1 for the hour. */
struct date_parts {
  int day, month, year, hour, minute, second;
  int named_offset, written_offset; /* NO_OFFSET: not yet */
};

static const struct {
  const char *beginning;
  int month;
} months[] = {
  { "jan", 1 },  { "feb", 2 },  { "mar", 3 },  { "m\xC3\xA4r", 3 }, { "mrz", 3 },  { "apr", 4 },
  { "may", 5 },  { "mai", 5 },  { "jun", 6 },  { "jul", 7 },        { "aug", 8 },  { "sep", 9 },
  { "oct", 10 }, { "okt", 10 }, { "nov", 11 }, { "dec", 12 },       { "dez", 12 },
};

/* Zones by name, in minutes; RFC 5322's and those of Europe. Military letters say nothing (section 4.3). */
static const struct {
  const char *name;
  int offset;
} zones[] = {
  { "ut", 0 },      { "utc", 0 },     { "gmt", 0 },    { "z", 0 },        { "wet", 0 },    { "west", 60 },
  { "bst", 60 },    { "ist", 330 },   { "cet", 60 },   { "cest", 120 },   { "mez", 60 },   { "mesz", 120 },
  { "met", 60 },    { "mest", 120 },  { "mewt", 60 },  { "cetdst", 120 }, { "eet", 120 },  { "eest", 180 },
  { "oez", 120 },   { "oesz", 180 },  { "msk", 180 },  { "trt", 180 },    { "est", -300 }, { "edt", -240 },
  { "cst", -360 },  { "cdt", -300 },  { "mst", -420 }, { "mdt", -360 },   { "pst", -480 }, { "pdt", -420 },
  { "akst", -540 }, { "akdt", -480 }, { "hst", -600 }, { "jst", 540 },    { "kst", 540 },  { "hkt", 480 },
  { "aest", 600 },  { "aedt", 660 },  { "nzst", 720 }, { "nzdt", 780 },
};

static const char *skip_blanks(const char *p)
{
  while (*p == ' ' || *p == '\t') p++;
  return p;
}

/* Behind the comment that begins at `p`; one that never ends takes the rest. */
static const char *skip_comment(const char *p)
{
  int depth = 0;
  for (; *p; p++) {
    if (*p == '\\' && p[1])
      p++;
    else if (*p == '(')
      depth++;
    else if (*p == ')' && --depth == 0)
      return p + 1;
  }
  return p;
}

/* The line without comments and without blanks around colons; lower case. */
static char *plain_line(const char *line)
{
  GString *out = g_string_new(NULL);
  for (const char *p = line; *p && out->len < LINE_MAX_BYTES;) {
    bool is_blank = *p == ' ' || *p == '\t' || *p == '(';
    if (*p == '(') {
      p = skip_comment(p);
    } else if (is_blank) {
      p++;
    } else {
      if (*p == ':' && out->len && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
      g_string_append_c(out, g_ascii_tolower(*p));
      p++;
    }
    bool is_wanted = is_blank && out->len && !strchr(" :", out->str[out->len - 1]);
    if (is_wanted) g_string_append_c(out, ' ');
  }
  return g_string_free(out, FALSE);
}

/* A number of at most nine digits; *digits says how many there were. */
static const char *read_number(const char *p, int *number, int *digits)
{
  *number = *digits = 0;
  for (; g_ascii_isdigit(*p); p++) {
    if (++*digits <= 9) *number = *number * 10 + (*p - '0');
  }
  return p;
}

/* "10:15:00.25" or "10.15.00", from the hour on. */
static const char *read_time(struct date_parts *it, const char *p)
{
  int digits;
  p = read_number(p, &it->hour, &digits);
  char mark = *p;
  if (*p == mark && g_ascii_isdigit(p[1])) p = read_number(p + 1, &it->minute, &digits);
  if (*p == mark && g_ascii_isdigit(p[1])) p = read_number(p + 1, &it->second, &digits);
  if ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1])) {
    int fraction;
    p = read_number(p + 1, &fraction, &digits);
  }
  return p;
}

/* "+0200", "+02:00", "+2", "-330". */
static const char *read_offset(struct date_parts *it, const char *p)
{
  int sign = *p == '-' ? -1 : 1, hours, minutes = 0, digits;
  p = read_number(p + 1, &hours, &digits);
  if (digits > 2) {
    minutes = hours % 100;
    hours /= 100;
  } else if (*p == ':' && g_ascii_isdigit(p[1])) {
    p = read_number(p + 1, &minutes, &digits);
  }
  int offset = hours < 24 && minutes < 60 ? hours * 60 + minutes : 0;
  it->written_offset = offset <= OFFSET_MAX ? sign * offset : 0;
  return p;
}

/* A number outside the time: year, day or month, whichever is missing. */
static void take_number(struct date_parts *it, int number, int digits)
{
  bool is_year_first = it->year && !it->day;
  if (digits >= 3 && !it->year)
    it->year = digits == 3 ? 1900 + number : number;
  else if (digits > 2)
    return;
  else if (is_year_first && !it->month)
    it->month = number;
  else if (!it->day)
    it->day = number;
  else if (!it->month)
    it->month = number;
  else if (!it->year)
    it->year = number < 50 ? 2000 + number : 1900 + number;
}

static const char *read_digits(struct date_parts *it, const char *p)
{
  int number, digits;
  const char *end = read_number(p, &number, &digits);
  bool has_date = it->day && it->month && it->year;
  bool is_time = *end == ':' || (*end == '.' && has_date && g_ascii_isdigit(end[1]));
  if (is_time && it->hour < 0 && digits <= 2) return read_time(it, p);
  take_number(it, number, digits);
  return end;
}

static void take_month(struct date_parts *it, const char *word)
{
  for (gsize i = 0; !it->month && i < G_N_ELEMENTS(months); i++)
    if (g_str_has_prefix(word, months[i].beginning)) it->month = months[i].month;
}

/* A word: a month, a zone, or half of the day. Names of days mean nothing. */
static const char *read_word(struct date_parts *it, const char *p)
{
  const char *end = p;
  while (g_ascii_isalpha(*end) || (*end & 0x80)) end++;
  g_autofree char *word = g_strndup(p, (gsize)(end - p));
  if (it->hour < 0) {
    take_month(it, word);
    return end;
  }
  if (strcmp(word, "pm") == 0 && it->hour < 12) it->hour += 12;
  if (strcmp(word, "am") == 0 && it->hour == 12) it->hour = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
    if (strcmp(word, zones[i].name) != 0) continue;
    if (it->named_offset == NO_OFFSET) it->named_offset = zones[i].offset;
    while (g_ascii_isalnum(*end)) end++; /* "EST5EDT" */
    return end;
  }
  take_month(it, word);
  return end;
}

static bool to_moment(const struct date_parts *it, int64_t *moment, int *offset_minutes)
{
  if (!it->day || !it->month || !it->year) return false;
  int second = it->second == 60 ? 59 : it->second; /* a leap second */
  g_autoptr(GDateTime) date =
      g_date_time_new_utc(it->year, it->month, it->day, MAX(it->hour, 0), it->minute, second);
  if (!date) return false;
  int offset = it->written_offset != NO_OFFSET ? it->written_offset
               : it->named_offset != NO_OFFSET ? it->named_offset
                                               : 0;
  *moment = g_date_time_to_unix(date) - offset * 60;
  *offset_minutes = offset;
  return true;
}

bool mail_date_read(const char *line, int64_t *moment, int *offset_minutes)
{
  g_autofree char *plain = plain_line(line);
  struct date_parts it = { .hour = -1, .named_offset = NO_OFFSET, .written_offset = NO_OFFSET };
  for (const char *p = skip_blanks(plain); *p; p = skip_blanks(p)) {
    if (g_ascii_isdigit(*p))
      p = read_digits(&it, p);
    else if ((*p == '+' || *p == '-') && g_ascii_isdigit(p[1]) && it.hour >= 0)
      p = read_offset(&it, p);
    else if (g_ascii_isalpha(*p) || (*p & 0x80))
      p = read_word(&it, p);
    else
      p++;
  }
  return to_moment(&it, moment, offset_minutes);
}
