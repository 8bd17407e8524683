/* Telephone numbers among other digits. They are told from dates, times, money and postcodes by how people
 * here write them: an area code has three or more digits with its zero, dates and times begin with groups of
 * two; without a leading zero only a word like "Tel." shortly before makes digits a number. A look ahead is
 * bounded. */
#include "lib/text/redact/redact_scan.h"

#include <string.h>

static const char *const PHONE_WORDS[] = {
  "tel",       "telefon",  "telefonnummer", "fon", "phone", "handy",    "mobil",   "fax",       "handynummer",
  "rufnummer", "festnetz", "telefonisch",   "ruf", "sms",   "whatsapp", "telefax", "durchwahl", "mobilnummer"
};
enum { PHONE_WORD_REACH = 24, PHONE_BYTES = 80, AREA_CODE_DIGITS = 5 };

struct digits {
  char first[4]; /* the first digits, whatever stands between */
  unsigned count;
  unsigned first_group;
  bool has_plus, has_dot, has_dash;
  gsize end; /* behind the last digit */
};

/* Whether a separator inside a telephone number stands at a place. */
static bool is_separator(const struct scan *scan, gsize at, struct digits *digits)
{
  switch (scan_byte(scan, at)) {
  case '.': digits->has_dot = true; return true;
  case '-': digits->has_dash = true; return true;
  case ' ':
  case '/':
  case '(':
  case ')': return true;
  /* Behind "Tel. 030" the line may end. */
  case '\n': return at < scan->phone_until && digits->count >= 3 && digits->count <= AREA_CODE_DIGITS;
  default: return false;
  }
}

/* Reads digits with at most three separators between two of them, within PHONE_BYTES. */
static struct digits read_digits(const struct scan *scan, gsize at)
{
  struct digits digits = { .end = at };
  struct digits seen = digits; /* separators count only once a digit follows them */
  unsigned separators = 0;
  gsize limit = at + PHONE_BYTES;
  while (at < limit) {
    char c = scan_byte(scan, at);
    if (g_ascii_isdigit(c)) {
      if (digits.count > 0 && separators > 0 && digits.first_group == 0) digits.first_group = digits.count;
      if (digits.count < sizeof digits.first - 1) digits.first[digits.count] = c;
      digits.count++;
      digits.has_dot = seen.has_dot;
      digits.has_dash = seen.has_dash;
      separators = 0;
      digits.end = ++at;
    } else if (c == '+' && digits.count == 0 && !digits.has_plus) {
      digits.has_plus = true;
      at++;
    } else {
      seen.count = digits.count;
      if (!is_separator(scan, at, &seen) || ++separators > (digits.count >= 10 ? 1 : 3)) break;
      at++;
    }
  }
  if (digits.first_group == 0) digits.first_group = digits.count;
  return digits;
}

/* Whether digits that begin with a zero are a German number with its area code. */
static bool has_area_code(const struct digits *digits)
{
  if (digits->first_group == 2 && (digits->has_dot || digits->has_dash || digits->count < 10))
    return false; /* date, time */
  switch (digits->first[1]) {
  case '0': return digits->first[2] != '0' && digits->count >= 10;            /* 0049 … */
  case '1': return strchr("356789", digits->first[2]) && digits->count >= 10; /* mobile and service numbers */
  default: return digits->count >= 7;
  }
}

/* The number of one or two digits at a place; -1: none, or more digits. *end gets the place behind it. */
static int two_digits(const struct scan *scan, gsize at, gsize *end)
{
  int value = 0;
  for (*end = at; g_ascii_isdigit(scan_byte(scan, *end)); (*end)++) {
    if (*end - at == 2) return -1;
    value = value * 10 + scan_byte(scan, *end) - '0';
  }
  return *end > at ? value : -1;
}

/* Whether a date (2.3., 02.03.26) or a time (9.30, 18:00) begins at a place. */
static bool is_date_or_time(const struct scan *scan, gsize at)
{
  gsize end;
  int first = two_digits(scan, at, &end);
  if (first < 0 || !strchr(".:", scan_byte(scan, end)) || scan_byte(scan, end) == '\0') return false;
  gsize begin = end + 1;
  int second = two_digits(scan, begin, &end);
  if (second < 0) return false;
  if (scan_byte(scan, end) == '.') {
    gsize year = end + 1;
    int third = two_digits(scan, year, &end);
    return first <= 31 && second <= 12 &&
           !(third >= 0 && scan_byte(scan, end) == '.' && g_ascii_isdigit(scan_byte(scan, end + 1)));
  }
  return first <= 24 && second <= 59 && end - begin == 2;
}

/* Whether digits that end here count something: money, hours. */
static bool is_followed_by_unit(const struct scan *scan, gsize end)
{
  gsize start = end;
  static const char *const units[] = { "euro", "eur", "€", "uhr", "%", "mal ", "personen", "km", NULL };
  if (strchr(".,", scan_byte(scan, end)) && g_ascii_isdigit(scan_byte(scan, end + 1))) /* 12.500,00 € */
    for (end++; g_ascii_isdigit(scan_byte(scan, end)) && end - start < 4;) end++;
  return scan_any_word(scan, scan_skip_blanks(scan, end, 2), units) > 0;
}

/* Whether the digits at a place go on from others: the month of a date, the minutes of a time. */
static bool goes_on(const struct scan *scan, gsize at)
{
  return at >= 2 && strchr("-./,:", scan->text[at - 1]) && g_ascii_isdigit(scan->text[at - 2]);
}

gsize redact_announced_digits(const struct scan *scan)
{
  gsize at = scan->at;
  if (!g_ascii_isdigit(scan_byte(scan, at)) || goes_on(scan, at) || is_date_or_time(scan, at)) return 0;
  struct digits digits = read_digits(scan, scan->at);
  bool counts = digits.count >= 5 && !is_followed_by_unit(scan, digits.end);
  return counts ? digits.end - scan->at : 0;
}

/* A telephone number: +49 …, 0049 …, 030 …, 0171 …, or any digits shortly behind a word like "Tel.". */
gsize redact_match_phone(struct scan *scan)
{
  char c = scan_byte(scan, scan->at);
  bool is_announced = scan->at < scan->phone_until;
  if (!(c == '+' || c == '0' || c == '(' || (is_announced && g_ascii_isdigit(c)))) return 0;
  if (goes_on(scan, scan->at) || is_date_or_time(scan, scan->at)) return 0;
  struct digits digits = read_digits(scan, scan->at);
  if (c == '(' && !memchr(scan->text + scan->at, ')', digits.end - scan->at))
    return 0; /* the sentence's, not the number's */
  gsize length;
  gunichar next = scan_character(scan, digits.end, &length);
  if (digits.count < 3 || (g_unichar_isalpha(next) && !is_announced)) return 0;
  bool is_phone = digits.has_plus ? digits.count >= 8 : digits.first[0] == '0' && has_area_code(&digits);
  if (is_announced && digits.count >= 5 && !is_followed_by_unit(scan, digits.end)) is_phone = true;
  if (!is_phone) return 0;
  scan->word = "[Telefonnummer entfernt]";
  return digits.end - scan->at;
}

/* Remembers that a word for telephones begins here: digits shortly behind it are a number. */
void redact_notice_phone_word(struct scan *scan)
{
  gsize end = scan_has_one_of(scan, PHONE_WORDS, G_N_ELEMENTS(PHONE_WORDS));
  if (end > 0) scan->phone_until = end + PHONE_WORD_REACH;
}
