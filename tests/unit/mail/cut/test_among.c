/* Answers between the words of a letter of ours: which words are whose, what each answers, and when that is
 * not certain. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/cut/among.h"
#include "tests/support/cpu.h"

#define ASKED "Wann kommt die Bank an den Weg? Wer bezahlt sie? Warum dauert das?"
#define LETTER                                                                                               \
  "Guten Tag,\n\neine Anfrage an das Grünflächenamt:\n\n" AMONG_ASKED ASKED AMONG_END "\n\n" AMONG_HOLE      \
  " Dateien fehlen noch.\n\nGefragt hat eine Person, die hier nicht genannt wird.\n\n"                       \
  "Antworten Sie einfach auf diese Mail, bitte bis zum " AMONG_HOLE ", danke."

struct among_case {
  const char *why, *text, *text_new;
  const char *answers; /* "about|text|plain" each, apart by ";" */
  const char *lead, *below;
};

#define HEAD    "Von: Kiezpost <fall@kiez.example>\nGesendet: heute\nAn: Amt\nBetreff: Bank\n\n"
#define BEFORE  "Guten Tag,\n\neine Anfrage an das Grünflächenamt:\n\n"
#define BEHIND  "\n\nGefragt hat eine Person, die hier nicht genannt wird.\n"
#define HAS_DAY "\nAntworten Sie einfach auf diese Mail, bitte bis zum 18. Dezember 2026, danke."

static const struct among_case cases[] = {
  { "an answer on the line below",
    "Siehe unten.\n\n" HEAD BEFORE "Wann kommt die Bank an den Weg?\nIm Mai.\nWer "
    "bezahlt sie? Warum dauert das?" BEHIND,
    "Siehe unten.", "Wann kommt die Bank an den Weg?|Im Mai.|1", "Siehe unten.", "" },
  { "answers beside their questions, one of a word",
    HEAD BEFORE "Wann kommt die Bank an den Weg? Im Mai. Wer bezahlt sie? Wir. Warum dauert das? Personal "
                "fehlt." BEHIND HAS_DAY,
    "",
    "Wann kommt die Bank an den Weg?|Im Mai.|1;Wer bezahlt sie?|Wir.|1;Warum dauert das?|Personal fehlt.|1",
    "", "" },
  { "a question is glued to its answer",
    HEAD BEFORE "Wann kommt die Bank an den Weg?Im Mai. Wer bezahlt sie? Warum dauert das?" BEHIND, "",
    "Wann kommt die Bank an den Weg?|Im Mai.|1", "", "" },
  { "an answer begins like the next question",
    HEAD BEFORE "Wann kommt die Bank an den Weg? Wer kann, kommt im Mai. Wer bezahlt sie? Warum dauert "
                "das?" BEHIND,
    "", "Wann kommt die Bank an den Weg?|Wer kann, kommt im Mai.|1", "", "" },
  { "all lines have the quote's sign",
    "> Guten Tag,\n>\n> eine Anfrage an das\n> Grünflächenamt:\n>\n> Wann kommt die Bank an den\n> Weg?\n> "
    "-> "
    "Im Mai.\n> Wer bezahlt sie? Warum dauert das?\n>\n> Gefragt hat eine Person, die hier nicht genannt\n> "
    "wird.",
    "", "Wann kommt die Bank an den Weg?|Im Mai.|1", "", "" },
  { "letters that a charset has lost",
    HEAD "Guten Tag,\neine Anfrage an das Gr?nfl?chenamt:\n" ASKED
         " Nein, daf?r fehlt der Platz.\nGefragt hat eine Person, die hier nicht genannt wird.",
    "", "Warum dauert das?|Nein, daf?r fehlt der Platz.|1", "", "" },
  { "a whole quote holds none", "Im Mai.\n\n" HEAD BEFORE ASKED BEHIND HAS_DAY, "Im Mai.", "", "Im Mai.",
    "" },
  { "a question that was changed is not certain",
    HEAD BEFORE "Wann kommt die Bank an den Weg? Wer genau bezahlt sie? Warum dauert das?" BEHIND, "",
    "|genau|0", "", "" },
  { "words outside of what was asked are not certain",
    HEAD BEFORE ASKED "\n\nGefragt hat eine Person, die hier nicht genannt wird. Zum Glück!\n" HAS_DAY, "",
    "|Zum Glück!|0", "", "" },
  { "who passed the quote on may have written inside",
    "Im Mai.\n\nVon: Chefin <c@amt.example>\nGesendet: heute\nAn: Muster\nBetreff: Bank\n\nsiehe "
    "unten\n\n" HEAD BEFORE
    "Wann kommt die Bank an den Weg? Das geht ihn nichts an. Wer bezahlt sie? Warum dauert das?" BEHIND,
    "Im Mai.", "Wann kommt die Bank an den Weg?|Das geht ihn nichts an.|0", "Im Mai.", "" },
  { "a value before the word that goes on is the letter's",
    HEAD BEFORE ASKED "\n\n3 Dateien fehlen noch." BEHIND HAS_DAY, "", "", "", "" },
  { "… also where all stands in a line", HEAD BEFORE ASKED " 3 Dateien fehlen noch. " BEHIND HAS_DAY, "", "",
    "", "" },
  { "an answer above a value", HEAD BEFORE ASKED "\nPersonal fehlt.\n\n3 Dateien fehlen noch." BEHIND, "",
    "Warum dauert das?|Personal fehlt.|1", "", "" },
  { "an answer beside a value", HEAD BEFORE ASKED " Personal fehlt. 3 Dateien fehlen noch." BEHIND, "",
    "Warum dauert das?|Personal fehlt.|1", "", "" },
  { "what announces the letter's words is no answer",
    HEAD BEFORE ASKED "\n\nBisher dazu:\n\nNachtrag:" BEHIND, "", "", "", "" },
  { "an answer above what announces", HEAD BEFORE ASKED "\nPersonal fehlt.\n\nBisher dazu:" BEHIND, "",
    "Warum dauert das?|Personal fehlt.|1", "", "" },
  { "the rest of the letter was deleted, and the cutter lost what follows",
    HEAD BEFORE ASKED "\nPersonal fehlt.", "", "Warum dauert das?|Personal fehlt.|0", "", "" },
  { "below a quote that was shortened to what was asked, with answers inside",
    "> Wann kommt die Bank an den Weg?\nIm Mai.\n> Wer bezahlt sie?\nWir.\n\nMfG", "Im Mai.\n\nWir.\n\nMfG",
    "Wann kommt die Bank an den Weg?|Im Mai.|1;Wer bezahlt sie?|Wir.\n\nMfG|1", "", "" },
  { "below the whole of it, it answers all",
    "> Wann kommt die Bank an den Weg?\n> Wer bezahlt sie?\n\nIm Mai, "
    "und wir.",
    "Im Mai, und wir.", "", "", "Im Mai, und wir." },
};

static void what_was_typed_is_told_from_the_letter(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct among found;
    if (!among_find(cases[i].text, cases[i].text_new, LETTER, &found))
      fail_msg("%s: no letter", cases[i].why);
    g_autoptr(GString) answers = g_string_new(NULL);
    for (guint k = 0; k < found.answers->len; k++) {
      const struct among_answer *one = found.answers->pdata[k];
      g_string_append_printf(answers, "%s%s|%s|%d", k ? ";" : "", one->about, one->text, one->is_plain);
    }
    if (strcmp(answers->str, cases[i].answers) != 0) fail_msg("%s: %s", cases[i].why, answers->str);
    if (strcmp(found.lead, cases[i].lead) != 0) fail_msg("%s: lead %s", cases[i].why, found.lead);
    if (strcmp(found.below, cases[i].below) != 0) fail_msg("%s: below %s", cases[i].why, found.below);
    among_clear(&found);
  }
}

static void words_in_the_place_of_our_own_may_be_nothing_but_these(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_difference;
  } quotes[] = {
    { HEAD BEFORE ASKED "\n\nGefragt hat Anna Muster, die hier nicht genannt wird.", true },
    { HEAD BEFORE "Wann kommt die Bank an den Weg? Wer genau bezahlt sie? Warum dauert das?" BEHIND, true },
    { HEAD BEFORE "Wann kommt die Bank an den Weg? Im Mai. bezahlt sie? Warum dauert das?" BEHIND, false },
    { HEAD BEFORE ASKED " Personal fehlt." BEHIND, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(quotes); i++) {
    struct among found;
    assert_true(among_find(quotes[i].text, "", LETTER, &found));
    if (found.answers->len != 1) fail_msg("%u answers in: %s", found.answers->len, quotes[i].text);
    const struct among_answer *one = found.answers->pdata[0];
    if (one->is_difference != quotes[i].is_difference) fail_msg("%s", quotes[i].text);
    among_clear(&found);
  }
}

static void more_answers_than_are_read_are_told(void **state)
{
  (void)state;
  for (int count = 50; count <= 51; count++) {
    g_autoptr(GString) letter = g_string_new("Guten Tag,\n\n" AMONG_ASKED), text = g_string_new("> ");
    for (int i = 0; i < 60; i++) {
      g_string_append_printf(letter, "Wann kommt Bank%d an den Weg? ", i);
      g_string_append_printf(text, "Wann kommt Bank%d an den Weg? %s", i, i < count ? "Nie. " : "");
    }
    struct among found;
    assert_true(among_find(text->str, "", letter->str, &found));
    assert_int_equal(found.answers->len, 50);
    assert_int_equal(found.is_cut, count > 50);
    among_clear(&found);
  }
}

static void a_mail_without_the_letter_holds_no_answers(void **state)
{
  (void)state;
  struct among found;
  assert_false(among_find("Guten Tag,\n\ndie Bank kommt im Mai.\n", "x", LETTER, &found));
  among_clear(&found);
  assert_false(among_find("", "", "", &found));
  among_clear(&found);
}

static void hostile_quotes_take_linear_time(void **state)
{
  (void)state;
  static const char *const units[] = { "Wann kommt die ",       "Wer bezahlt sie? ", ASKED " ", "> a\n", "a ",
                                       "Von: a <a@b.example>\n" };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL), letter = g_string_new(LETTER);
    while (text->len < 200 * 1000) g_string_append(text, units[i]);
    while (letter->len < 100 * 1000) g_string_append(letter, units[i]);
    int64_t begin = cpu_ms();
    struct among found;
    among_find(text->str, text->str, letter->str, &found);
    among_clear(&found);
    int64_t taken = cpu_ms() - begin;
    if (taken > 400) fail_msg("'%s' repeated took %d ms", units[i], (int)taken);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_was_typed_is_told_from_the_letter),
    cmocka_unit_test(words_in_the_place_of_our_own_may_be_nothing_but_these),
    cmocka_unit_test(more_answers_than_are_read_are_told),
    cmocka_unit_test(a_mail_without_the_letter_holds_no_answers),
    cmocka_unit_test(hostile_quotes_take_linear_time),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
