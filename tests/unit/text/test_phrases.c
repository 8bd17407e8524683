/* Lexemes and phrases: how texts are taken apart, and what patterns find in them. */
#include "lib/text/phrases.h"

#include <glib/gstdio.h>
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

static const char TABLE[] = "# a comment\n"
                            "[t.yes]\n"
                            "bin dabei\n"
                            "(komme|kommen) gern(e|)\n"
                            "[t.leave]\n"
                            "(nimm|nehm*) mich .. verteiler*\n"
                            "[t.count]\n"
                            "zu dritt = 3\n"
                            "{n} personen = n\n"
                            "[t.start]\n"
                            "^ja $\n"
                            "[t.fund]\n"
                            "*kasse\n"
                            "*spiel*\n"
                            "[t.kind]\n"
                            "*wasserfeld = lake\n"
                            "*feld = field\n"
                            "*(feld|acker) (gross|klein*|{n}) (und|oder) (der|vor dem) tor(|e) = gate\n"
                            "[t.mark]\n"
                            "\\* stern\n"
                            "e-mail\n";

static void load_table(void)
{
  g_autofree char *directory = g_dir_make_tmp("kiezpost-phrases-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(directory, "de.phrases", NULL);
  assert_true(g_file_set_contents(path, TABLE, -1, NULL));
  GError *error = NULL;
  const char *directories[] = { directory, NULL };
  assert_true(phrases_load(directories, &error));
  assert_null(error);
  g_unlink(path);
  g_rmdir(directory);
}

static void phrases_are_found(void **state)
{
  (void)state;
  load_table();
  static const struct {
    const char *why, *text, *tag, *hit; /* NULL: none */
  } cases[] = {
    { "words", "Ich bin dabei!", "t.yes", "bin dabei" },
    { "over a line's end", "Ich bin\ndabei und bringe noch jemanden mit, der gern hilft", "t.yes",
      "bin\ndabei" },
    { "not over a blank line", "Ich bin\n\ndabei", "t.yes", NULL },
    { "alternatives", "wir kommen gerne", "t.yes", "kommen gerne" },
    { "the empty alternative", "ich komme gern.", "t.yes", "komme gern" },
    { "a gap and a beginning", "Bitte nehmen Sie mich", "t.leave", NULL },
    { "a gap", "nehmt mich bitte sofort aus eurem Verteilerkreis!", "t.leave",
      "nehmt mich bitte sofort aus eurem Verteilerkreis" },
    { "a gap ends with the sentence", "Nehmt mich mit. Der Verteiler ist voll.", "t.leave", NULL },
    { "an end of words", "die Kiezkasse zahlt", "t.fund", "Kiezkasse" },
    { "a middle", "Kinderspielplatz", "t.fund", "Kinderspielplatz" },
    { "digits", "mit 4 Personen", "t.count", "4 Personen" },
    { "a whole sentence", "Ja", "t.start", "Ja" },
    { "a whole sentence with its mark", "Super. Ja!", "t.start", "Ja" },
    { "not a whole one", "Ja aber nicht", "t.start", NULL },
    { "an escaped mark", "* Stern", "t.mark", "* Stern" },
    { "marks inside", "per E-Mail", "t.mark", "E-Mail" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    const struct phrase_hit *hit = passage_find(passage, phrases_tag(cases[i].tag), 0);
    g_autofree char *got = hit ? passage_text(passage, hit->first, hit->end) : NULL;
    if (g_strcmp0(got, cases[i].hit) != 0) print_error("%s: %s\n", cases[i].why, got ? got : "(none)");
    assert_true(g_strcmp0(got, cases[i].hit) == 0);
  }
  g_autoptr(passage_t) three = passage_new("wir kommen zu dritt", "de", 0);
  assert_string_equal(passage_find(three, phrases_tag("t.count"), 0)->value, "3");
  static const struct {
    const char *text, *value;
  } kinds[] = {
    { "ein Unterwasserfeld", "lake" }, /* of two as long, the one that stands first */
    { "ein Rübenfeld", "field" },
    { "Kartoffelacker kleiner oder vor dem Tore", "gate" },
    { "Rübenacker 7 und der Tor", "gate" },
    { "Rübenfeld groß und vor dem Tor", "gate" },
    { "Rübenfeld groß und vor der Tor", "field" },
    { "Rübenfeld grob und der Tor", "field" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autoptr(passage_t) passage = passage_new(kinds[i].text, NULL, 0);
    assert_string_equal(passage_find(passage, phrases_tag("t.kind"), 0)->value, kinds[i].value);
  }
  assert_int_equal(phrases_tag("t.unknown"), 0);
  assert_false(passage_has(three, "t.unknown"));
}

static void sentences_are_found(void **state)
{
  (void)state;
  g_autoptr(passage_t) passage = passage_new("Erst eins. Dann am 12. Mai zwei! Zuletzt drei", NULL, 0);
  guint first, end;
  passage_sentence(passage, 5, &first, &end);
  g_autofree char *text = passage_text(passage, first, end);
  assert_string_equal(text, "Dann am 12. Mai zwei!");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_are_taken_apart),
    cmocka_unit_test(long_words_and_any_bytes_are_read),
    cmocka_unit_test(phrases_are_found),
    cmocka_unit_test(sentences_are_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
