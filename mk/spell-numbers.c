/* spell-numbers: how every number below a hundred and every whole hundred is spelled in each of our
 * languages, gender and case, by ICU's spell-out rules, as a C table on standard output. Run by the build:
 * asked when a process starts, ICU would cost it 30 ms and 7 MB for what never changes. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { NAME_MAX_UNITS = 64 };

static void put_number(UNumberFormat *format, int value, const char *tongue, int is_ordinal)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[128];
  char spelled[384];
  unum_format(format, (int32_t)value, wide, 128, NULL, &status);
  u_strToUTF8(spelled, sizeof spelled, NULL, wide, -1, &status);
  if (U_FAILURE(status) || strpbrk(spelled, " -\"\\"))
    return; /* words alone: rows are put together elsewhere */
  printf("  { \"%s\", %d, %s, %s },\n", spelled, value, tongue, is_ordinal ? "true" : "false");
}

/* All numbers of one rule. */
static void put_rule(UNumberFormat *format, const UChar *rule, int32_t size, const char *tongue)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar name[NAME_MAX_UNITS];
  char plain[NAME_MAX_UNITS];
  if (size >= NAME_MAX_UNITS) return;
  u_memcpy(name, rule, size);
  name[size] = 0;
  u_austrncpy(plain, name, NAME_MAX_UNITS);
  if (strstr(plain, "year")) return;
  unum_setTextAttribute(format, UNUM_DEFAULT_RULESET, name, -1, &status);
  if (U_FAILURE(status)) return;
  int is_ordinal = strstr(plain, "ordinal") != NULL;
  for (int n = 1; n < 100; n++) put_number(format, n, tongue, is_ordinal);
  for (int n = 100; n < 1000 && !is_ordinal; n += 100) put_number(format, n, tongue, 0);
}

static int put_language(const char *locale, const char *tongue)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, &status);
  if (U_FAILURE(status)) return 0;
  UChar rules[8192];
  int32_t size = unum_getTextAttribute(format, UNUM_PUBLIC_RULESETS, rules, 8192, &status);
  for (int32_t from = 0, to = 0; U_SUCCESS(status) && to <= size; to++) {
    if (to < size && rules[to] != ';') continue;
    put_rule(format, rules + from, to - from, tongue);
    from = to + 1;
  }
  unum_close(format);
  return U_SUCCESS(status);
}

int main(void)
{
  puts("/* Made by mk/spell-numbers.c. */\n#include \"lib/text/facts/number_words.h\"\n\n"
       "const struct number_word number_words[] = {");
  int is_done = put_language("de", "TONGUE_DE") && put_language("en", "TONGUE_EN") &&
                put_language("tr", "TONGUE_TR") && put_language("ru", "TONGUE_RU");
  puts("};\nconst gsize number_word_count = G_N_ELEMENTS(number_words);");
  return is_done ? 0 : 1;
}
