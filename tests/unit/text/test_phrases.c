/* Phrases: what patterns find in texts. */
#include "lib/text/phrases.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

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
                            "\\( (privat|intern) \\)\n"
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
    { "escaped brackets around alternatives", "Anna (intern) bitte", "t.mark", "(intern)" },
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

/* What is known of words is kept in two generations. A word that everybody writes moves from one to the next;
 * one that was forgotten is looked up again. */
static void words_are_found_after_many_others(void **state)
{
  (void)state;
  load_table();
  for (int round = 0; round < 12; round++) {
    g_autoptr(GString) text = g_string_new("Kleinkasse oder Ballspielplatz am Wasserfeld.\n\n");
    for (int i = 0; i < 9000; i++) {
      g_string_append(text, "wort");
      for (int n = round * 9000 + i; n > 0; n /= 13) g_string_append_c(text, (char)('n' + n % 13));
      g_string_append_c(text, ' ');
    }
    g_string_append(text, "\n\nTurnkasse, Kleinkasse, Wasserfeld: zu dritt");
    g_autoptr(passage_t) passage = passage_new(text->str, NULL, 0);
    guint fund = phrases_tag("t.fund"), kind = phrases_tag("t.kind"), found = 0, lakes = 0;
    for (guint at = 0; at < passage->lexemes->count; at++) {
      found += passage_at(passage, fund, at) != NULL;
      const struct phrase_hit *lake = passage_at(passage, kind, at);
      if (lake) assert_string_equal(lake->value, "lake");
      lakes += lake != NULL;
    }
    assert_int_equal(found, 4);
    assert_int_equal(lakes, 2);
    assert_true(passage_has(passage, "t.count"));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(phrases_are_found),
    cmocka_unit_test(sentences_are_found),
    cmocka_unit_test(words_are_found_after_many_others),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
