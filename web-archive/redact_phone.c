/* Telephone numbers among other digits. They are told from dates, times, money and postcodes by how people
 * here write them: an area code has three or more digits with its zero, dates and times begin with groups of
 * two; without a leading zero only a word like "Tel." shortly before makes digits a number. A look ahead is
 * bounded. */
#include "web-archive/redact_scan.h"

#include <string.h>

static const char *const PHONE_WORDS[] = {
  "tel",       "telefon",  "telefonnummer", "fon", "phone", "handy",    "mobil",   "fax",       "handynummer",
  "rufnummer", "festnetz", "telefonisch",   "ruf", "sms",   "whatsapp", "telefax", "durchwahl", "mobilnummer"
};
enum { PHONE_WORD_REACH = 24, PHONE_BYTES = 80 };

struct digits {
  char first[4]; /* the first digits, whatever stands between */
  unsigned count;
  unsigned first_group;
  bool has_plus, has_dot, has_dash;
  gsize end; /* behind the last digit */
};

/* Bytes of a separator inside a telephone number at a place; 0: none. */
static gsize separator_at(const struct scan *scan, gsize at, struct digits *digits)
{
  gsize length;
  gunichar c = scan_character(scan, at, &length);
  switch (c) {
  case '.': digits->has_dot = true; return length;
  case '-':
  case 0x2010:
  case 0x2011:
  case 0x2013: digits->has_dash = true; return length;
  case ' ':
  case '/':
  case '(':
  case ')':
  case 0xa0:
  case 0x2009:
  case 0x202f: return length;
  default: return 0;
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
      gsize length = separator_at(scan, at, &seen);
      if (length == 0 || ++separators > (digits.count >= 10 ? 1 : 3)) break;
      at += length;
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
  static const char *const units[] = { "euro", "eur", "€", "uhr", "%", "mal ", "personen", "km", NULL };
  return scan_any_word(scan, scan_skip_blanks(scan, end, 2), units) > 0;
}

/* A telephone number: +49 …, 0049 …, 030 …, 0171 …, or any digits shortly behind a word like "Tel.". */
gsize redact_match_phone(struct scan *scan)
{
  char c = scan_byte(scan, scan->at);
  bool is_announced = scan->at < scan->phone_until;
  if (!(c == '+' || c == '0' || c == '(' || (is_announced && g_ascii_isdigit(c)))) return 0;
  if (scan->at >= 2 && strchr("-./,:", scan->text[scan->at - 1]) && g_ascii_isdigit(scan->text[scan->at - 2]))
    return 0;
  if (is_date_or_time(scan, scan->at)) return 0;
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
  gsize end = scan->at;
  while (end - scan->at < 16 && g_ascii_isalpha(scan_byte(scan, end))) end++;
  for (gsize i = 0; i < G_N_ELEMENTS(PHONE_WORDS); i++)
    if (strlen(PHONE_WORDS[i]) == end - scan->at && scan_has_word(scan, scan->at, PHONE_WORDS[i]))
      scan->phone_until = end + PHONE_WORD_REACH;
}
