/* Bank accounts among other digits: IBANs, in groups or not, with blanks, hyphens or a line break between
 * them; and any digits shortly behind a word like "Kto." or "BLZ". */
#include "lib/text/redact/redact_scan.h"

#include <string.h>

static const char ACCOUNT[] = "[Kontonummer entfernt]";

static const char *const ACCOUNT_WORDS[] = { "kto",       "ktonr",       "konto",        "kontonr",
                                             "blz",       "kontonummer", "bankleitzahl", "bankverbindung",
                                             "iban",      "kreditkarte", "bankkonto",    "girokonto",
                                             "kontonumer" };
enum { ACCOUNT_WORD_REACH = 24, SEPARATORS_MAX = 3 };

static const struct {
  char country[3];
  guint8 length;
} IBAN_LENGTHS[] = { { "DE", 22 }, { "AT", 20 }, { "CH", 21 }, { "LI", 21 }, { "NL", 18 }, { "BE", 16 },
                     { "LU", 20 }, { "FR", 27 }, { "PL", 28 }, { "DK", 18 }, { "GB", 22 }, { "IT", 27 },
                     { "ES", 24 }, { "PT", 25 }, { "CZ", 24 }, { "LT", 20 }, { "EE", 20 }, { "IE", 22 },
                     { "TR", 26 }, { "BG", 22 }, { "RO", 24 } };

/* ISO 7064 mod 97-10 over an IBAN whose first four characters count last. */
static bool iban_adds_up(const char *iban, gsize length)
{
  unsigned rest = 0;
  for (gsize i = 0; i < length; i++) {
    char c = g_ascii_toupper(iban[(i + 4) % length]);
    rest = g_ascii_isdigit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97
                              : (rest * 100 + (unsigned)(c - 'A' + 10)) % 97;
  }
  return rest == 1;
}

/* Bytes between two characters of an IBAN: a few blanks, hyphens or dots, or a line break; 0: none, or
 * nothing follows them. */
static gsize separators_at(const struct scan *scan, gsize at)
{
  gsize length = 0;
  while (length < SEPARATORS_MAX && scan_byte(scan, at + length) &&
         strchr(" -./\n", scan_byte(scan, at + length)))
    length++;
  return g_ascii_isalnum(scan_byte(scan, at + length)) ? length : 0;
}

/* An IBAN. A German one counts even with a typing error. */
static gsize match_iban(struct scan *scan)
{
  gsize wanted = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(IBAN_LENGTHS); i++)
    if (scan_has_word(scan, scan->at, IBAN_LENGTHS[i].country)) wanted = IBAN_LENGTHS[i].length;
  if (wanted == 0) return 0;
  char iban[32];
  gsize have = 0, end = scan->at;
  bool only_digits = true;
  while (have < wanted) {
    char c = scan_byte(scan, end);
    if (g_ascii_isalnum(c)) {
      if (have >= 2 && !g_ascii_isdigit(c)) only_digits = false;
      if (have >= 2 && have < 4 && !g_ascii_isdigit(c)) return 0;
      iban[have++] = c;
      end++;
      continue;
    }
    gsize length = have >= 2 ? separators_at(scan, end) : 0;
    if (length == 0) return 0;
    end += length;
  }
  if (g_ascii_isalnum(scan_byte(scan, end))) return 0;
  bool is_german = wanted == 22 && only_digits && scan_has_word(scan, scan->at, "DE");
  return is_german || iban_adds_up(iban, have) ? end - scan->at : 0;
}

gsize redact_match_account(struct scan *scan)
{
  gsize length = match_iban(scan);
  if (length == 0 && scan->at < scan->account_until) length = redact_announced_digits(scan);
  if (length > 0) scan->word = ACCOUNT;
  return length;
}

void redact_notice_account_word(struct scan *scan)
{
  gsize end = scan_has_one_of(scan, ACCOUNT_WORDS, G_N_ELEMENTS(ACCOUNT_WORDS));
  if (end > 0) scan->account_until = end + ACCOUNT_WORD_REACH;
}
