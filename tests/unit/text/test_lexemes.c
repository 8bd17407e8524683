/* Lexemes: how texts are taken apart. */
#include "lib/text/lexemes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

/* "word word|digits …" with the kinds as prefixes where they are not words; "/" begins a sentence. */
static char *shown(const char *text)
{
  g_autoptr(lexemes_t) lexemes = lexemes_new(text, 0);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < lexemes->count; i++) {
    const struct lexeme *it = &lexemes->at[i];
    if (it->begins_sentence) g_string_append_c(out, '/');
    g_string_append(out, it->kind == LEXEME_BREAK ? "BR" : it->folded);
    g_string_append_c(out, ' ');
  }
  return g_string_free(out, FALSE);
}

static void texts_are_taken_apart(void **state)
{
  (void)state;
  static const struct {
    const char *why, *text, *lexemes;
  } cases[] = {
    { "umlauts are folded", "Größe ändern", "/groesse aendern " },
    { "decomposed umlauts too", "Gro\u0308ße", "/groesse " },
    { "accents go", "Café Été", "/cafe ete " },
    { "Turkish letters", "Iyı ŞĞ İş", "/iyi sg is " },
    { "a Ukrainian apostrophe joins", "пʼять", "/пять " },
    { "but not at a word's end", "Grʼ ʼn", "/gr \u02bc \u02bc n " },
    { "apostrophes join", "geht's hab’ ich", "/gehts hab \u2019 ich " },
    { "soft hyphens vanish", "Stra\u00adße", "/strasse " },
    { "numbers in money", "1.200,50 €", "/1 . 200 , 50 \u20ac " },
    { "a full stop behind digits ends nothing", "am 12. Mai", "/am 12 . mai " },
    { "a full stop behind a word does", "Gut. Bis dann", "/gut . /bis dann " },
    { "but not behind an abbreviation", "ca. zehn", "/ca . zehn " },
    { "a short line ends a thought", "ja\nLothar", "/ja BR /lothar " },
    { "dashes are one", "18–20", "/18 - 20 " },
    { "Cyrillic is lower-cased", "Буду", "/буду " },
    { "nothing", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = shown(cases[i].text);
    if (!g_str_equal(got, cases[i].lexemes)) print_error("%s: %s\n", cases[i].why, got);
    assert_string_equal(got, cases[i].lexemes);
  }
}

static void long_words_and_any_bytes_are_read(void **state)
{
  (void)state;
  g_autofree char *many = g_strnfill(1000 * 1000, 'x');
  g_autoptr(lexemes_t) one = lexemes_new(many, 0);
  assert_int_equal(one->count, 1);
  g_autoptr(lexemes_t) broken = lexemes_new("gut \xff danach", 0);
  assert_int_equal(broken->count, 1);
  g_autoptr(lexemes_t) digits = lexemes_new("99999999999 7", 0);
  assert_int_equal(digits->at[0].number, UINT32_MAX);
  assert_int_equal(digits->at[1].number, 7);
}

/* Whether the lexemes of a text stand in its order, none of them empty. */
static bool walks_on(const char *text)
{
  g_autoptr(lexemes_t) lexemes = lexemes_new(text, 0);
  uint32_t behind = 0;
  for (guint i = 0; i < lexemes->count; i++) {
    const struct lexeme *it = &lexemes->at[i];
    if (it->start < behind || it->end <= it->start) return false;
    behind = it->end;
  }
  return behind <= strlen(text);
}

static void every_character_is_read_wherever_it_stands(void **state)
{
  (void)state;
  static const char *const texts[] = { "%s", "Gr%s", "%se", "a%se", "a %s%s b", "1%s\n%s1" };
  for (gunichar c = 1; c <= 0x10FFFF; c++) {
    if (!g_unichar_validate(c)) continue;
    if (c > 0x33FF && c < 0xA000 && c % 64) continue; /* the ideographs are alike */
    if (c > 0x323AF && c < 0xE0000) continue;         /* nothing is there */
    if (c > 0x20000 && c % 64) continue;
    char letter[8] = "";
    g_unichar_to_utf8(c, letter);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
      g_auto(GStrv) parts = g_strsplit(texts[i], "%s", -1);
      g_autofree char *text = g_strjoinv(letter, parts);
      if (!walks_on(text)) fail_msg("U+%04X in \"%s\"", c, texts[i]);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_are_taken_apart),
    cmocka_unit_test(long_words_and_any_bytes_are_read),
    cmocka_unit_test(every_character_is_read_wherever_it_stands),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
