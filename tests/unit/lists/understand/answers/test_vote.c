/* Voters answer: numbers as printed in the mail that asked, names of the list, yes and no. */
#include "tests/unit/lists/understand/answers/answering.h"

static const char QUOTE[] = "> Am 20.04.2026 um 07:00 schrieb Kiezpost:\n"
                            "> diese Vorschläge liegen vor:\n"
                            ">\n"
                            "> 1 Sitzbank am Marktplatz (329,00 €)\n"
                            "> 2 Bücherzelle an der Bölschestraße (420 €)\n"
                            "> 3 Lastenrad-Ausleihe, Reparatur (600 €)\n"
                            "> 4 Baumscheiben bepflanzen (180 €)\n"
                            "> 5 Sommerfest im Myliusgarten (450 €)\n"
                            "> 6 Plakate für das Lesecafé (90 €)\n"
                            ">\n"
                            "> Antworten Sie mit den Nummern, zum Beispiel: 1 und 4.\n"
                            "> Stichtag ist der 30. April.";

static char *shown(const struct meaning *got)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < got->choices->len; i++)
    g_string_append_printf(out, "%s%d", i ? " " : "", g_array_index(got->choices, int, i));
  if (got->answer == ANSWER_YES) g_string_append(out, "yes");
  if (got->answer == ANSWER_NO) g_string_append(out, "no");
  if (got->abstains) g_string_append(out, "abstain");
  return g_string_free(out, FALSE);
}

static void choices_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *text, *choices;
    bool is_quoted;
  } cases[] = {
    { "Ich bin für die 2 und die 5, der Rest kann warten.", "2 5", false },
    { "Wir wohnen seit 40 Jahren hier und sind für Vorschlag vier.", "4", false },
    { "2, 5 und 7", "2 5 7", false },
    { "Für 3, 8 nicht", "3", false },
    { "für 2, 5 und 7", "2 5 7", false },
    { "Für Nummer drei stimmen wir, meine Frau und ich", "3", false },
    { "Meine Stimme geht an die Bank (2), nicht an das Plakat (5)", "2", false },
    { "за 2, 5 не надо", "2", false },
    { "auf jeden Fall Nr. 5, die 1 auf keinen Fall", "5", false },
    { "Meine Favoriten sind 3 und 5", "3 5", false },
    { "eins bis drei", "1 2 3", false },
    { "nichts davon außer 4", "4", false },
    { "2 und 5", "2 5", false },
    { "2,5", "2 5", false },
    { "2+5", "2 5", false },
    { "2 & 5", "2 5", false },
    { "2", "2", false },
    { "Nr. 3", "3", false },
    { "Nr. 3 und Nr. 4", "3 4", false },
    { "Nummer drei bitte", "3", false },
    { "#4", "4", false },
    { "die 3", "3", false },
    { "Meine Stimme für 2", "2", false },
    { "Dafür! Meine Stimme für 2 und 5", "2 5", false },
    { "Meine 2 Stimmen: 3 und 4", "3 4", false },
    { "Vorschlag 2\nVorschlag 4", "2 4", false },
    { "2\n4\n", "2 4", false },
    { "- 2\n- 4\n", "2 4", false },
    { "die ersten beiden", "1 2", false },
    { "Die ersten drei finde ich gut", "1 2 3", false },
    { "1-3", "1 2 3", false },
    { "1 bis 3", "1 2 3", false },
    { "1 lieber als 2", "1", false },
    { "Lieber 2 als 5", "2", false },
    { "gegen die 3, für die 4", "4", false },
    { "Nicht die 3, aber die 4", "4", false },
    { "2 ja, 3 nein, 5 ja", "2 5", false },
    { "2: ja\n3: nein\n5: ja", "2 5", false },
    { "3 brauchen wir nicht, 4 schon", "4", false },
    { "4 und 6. Die 1 ist mir zu teuer.", "4 6", false },
    { "Die 2 finde ich nicht schlecht", "2", false },
    { "den zweiten und den fünften Vorschlag", "2 5", false },
    { "Ich stimme für den dritten.", "3", false },
    { "die zwei und die fünf", "2 5", false },
    { "Für Nummer eins und sechs", "1 6", false },
    { "Am 24.5. kann ich nicht, aber ich bin für 3", "3", false },
    { "Um 18 Uhr hab ich keine Zeit, stimme aber für die 6.", "6", false },
    { "Für die 4, 180 Euro sind ok", "4", false },
    { "Ich habe 3 Enkel und bin für die 2", "2", false },
    { "Wir zwei sind für die vier", "4", false },
    { "Ich wohne Dammweg 3, meine Stimme bekommt die 5", "5", false },
    { "nicht nur 2, sondern auch 5", "2 5", false },
    { "statt 3 lieber 4", "4", false },
    { "Hallo, ich unterstütze 1, 2 und 6. Gruß Ilse", "1 2 6", false },
    { "2 und 5 bitte, Tel. 030 555 0134", "2 5", false },
    { "Ich ziehe meine Stimme für 3 zurück und nehme 4", "4", false },
    { "I vote for 2 and 5", "2 5", false },
    { "number three please", "3", false },
    { "2 ve 5", "2 5", false },
    { "Oyum 3 numara", "3", false },
    { "за 2 и 5", "2 5", false },
    { "Голосую за второй", "2", false },
    { "Platz 1: 4, Platz 2: 6", "4 6", false },
    /* with the list in the quote */
    { "alle außer 3", "1 2 4 5 6", true },
    { "Alle!", "1 2 3 4 5 6", true },
    { "die letzten beiden", "5 6", true },
    { "Ich bin für die Bank", "1", true },
    { "Sommerfest und Bücherzelle!", "5 2", true },
    { "Das Lastenrad brauchen wir nicht, aber die Baumscheiben.", "4", true },
    { "Meine Mutter hat kein Internet, sie stimmt für die Bank. Gruß Jens", "1", true },
    { "12 und 4", "4", true },
    { "2 und 5", "2 5", true },
    /* yes and no */
    { "Ja", "yes", false },
    { "Bin dafür", "yes", false },
    { "dagegen", "no", false },
    { "Nein, zu teuer", "no", false },
    { "Ich enthalte mich", "abstain", false },
    { "Enthaltung", "abstain", false },
    { "👍", "yes", false },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct answering how = { .quoted = cases[i].is_quoted ? QUOTE : NULL };
    g_autoptr(meaning_t) got = answer_to(cases[i].text, how, INTENT_VOTE, read_vote);
    g_autofree char *choices = shown(got);
    if (g_str_equal(choices, cases[i].choices)) continue;
    print_error("%s: %s, not %s\n", cases[i].text, choices, cases[i].choices);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void who_votes_for_another_is_kept_as_comment(void **state)
{
  (void)state;
  g_autoptr(meaning_t) got = answer_to("Meine Mutter hat kein Internet, sie stimmt für die 1.",
                                       (struct answering){ 0 }, INTENT_VOTE, read_vote);
  assert_non_null(strstr(got->comment, "Mutter"));
  g_autoptr(meaning_t) bare = answer_to("2 und 5", (struct answering){ 0 }, INTENT_VOTE, read_vote);
  assert_null(bare->comment);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(choices_are_read),
    cmocka_unit_test(who_votes_for_another_is_kept_as_comment),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
