/* Minutes: who was there, what was decided on what, what is left. */
#include "tests/unit/lists/understand/answers/answering.h"

static const char QUOTE[] = "> Vorlagen:\n"
                            "> A Hochbeete Regattastraße, beantragt 240 €\n"
                            "> B Hoffest Dahmestraße, beantragt 450 €\n"
                            "> C Lastenrad, beantragt 1.310 €";

/* "31: Hochbeete 240 granted 18/9/4; … | 60": sums in euros, - for what was not said. */
static char *shown(const struct meaning *got)
{
  GString *out = g_string_new(NULL);
  if (got->present >= 0) g_string_append_printf(out, "%d: ", got->present);
  for (guint i = 0; i < got->decisions->len; i++) {
    const struct minutes_decision *one = g_ptr_array_index(got->decisions, i);
    const char *outcome = minutes_outcome_word(one->outcome);
    g_string_append_printf(out, "%s%s", i ? "; " : "", one->proposal);
    if (one->cents >= 0) g_string_append_printf(out, " %d", (int)(one->cents / 100));
    g_string_append_printf(out, " %s", outcome ? outcome : "?");
    if (one->yes >= 0 || one->no >= 0 || one->abstain >= 0)
      g_string_append_printf(out, " %d/%d/%d", one->yes, one->no, one->abstain);
  }
  if (got->remainder_cents >= 0) g_string_append_printf(out, " | %d", (int)(got->remainder_cents / 100));
  return g_string_free(out, FALSE);
}

static void minutes_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
    bool is_quoted;
  } cases[] = {
    { "Ergebnis gestern, 31 Anwesende: Hochbeete 240 (einstimmig), Hoffest 300 statt 450 (18 ja 9 nein 4 "
      "enth.), "
      "Lastenrad abgelehnt. Rest 60 bleibt für Plakate.",
      "31: Hochbeete 240 granted; Hoffest 300 partly 18/9/4; Lastenrad rejected | 60", false },
    { "Gestern waren 26 Leute da. Hochbeete 240 angenommen, alle dafür. Hoffest nur\n350 statt 450 (15 ja, 8 "
      "nein, 3 "
      "Enth.). Lastenrad durchgefallen. Es bleiben\n100 Euro übrig.",
      "26: Hochbeete 240 granted; Hoffest 350 partly 15/8/3; Lastenrad rejected | 100", false },
    { "Hochbeete: 240 €\nHoffest: 350 €\nLastenrad: abgelehnt",
      "Hochbeete 240 granted; Hoffest 350 granted; Lastenrad rejected", false },
    { "Hochbeete: 240 €\nHoffest: 350 €\nLastenrad: abgelehnt",
      "Hochbeete 240 granted; Hoffest 350 partly; Lastenrad rejected", true },
    { "1. Hochbeete – 240 € – angenommen (20/3/2)\n2. Hoffest – 350 € – angenommen (14/8/3)\n3. Lastenrad – "
      "abgelehnt (4/19/2)",
      "Hochbeete 240 granted 20/3/2; Hoffest 350 granted 14/8/3; Lastenrad rejected 4/19/2", false },
    { "- Hochbeete 240, einstimmig\n- Hoffest 300 von 450, 18 dafür, 9 dagegen, 4 Enthaltungen\n- Lastenrad: "
      "nein\nRest: 60 €",
      "Hochbeete 240 granted; Hoffest 300 partly 18/9/4; Lastenrad rejected | 60", false },
    { "Anwesend: 24\n\nDie Hochbeete bekommen 240 Euro, das Hoffest nur 350 Euro, das Lastenrad ist "
      "durchgefallen.",
      "24: Hochbeete 240 granted; Hoffest 350 partly; Lastenrad rejected", false },
    { "Abgelehnt wurde das Lastenrad. Für die Hochbeete gibt es 240 Euro und für das Hoffest 350 Euro.",
      "Lastenrad rejected; Hochbeete 240 granted; Hoffest 350 granted", false },
    { "TOP 1: Hochbeete Regattastraße\nBeantragt: 240 €\nBeschluss: angenommen\nAbstimmung: 20 ja, 3 nein, 2 "
      "Enthaltungen\n\n"
      "TOP 2: Hoffest\nBeantragt: 450 €\nBewilligt: 350 €\nJa: 14, Nein: 8, Enthaltung: 3",
      "Hochbeete Regattastraße granted 20/3/2; Hoffest 350 partly 14/8/3", false },
    { "Hoffest vertagt, Hochbeete einstimmig mit 240 Euro bewilligt, nichts mehr übrig",
      "Hoffest ?; Hochbeete 240 granted | 0", false },
    { "Bank 329 Euro mit 18 Ja-Stimmen, 9 Nein-Stimmen bei 4 Enthaltungen", "Bank 329 granted 18/9/4",
      false },
    { "Projekt\tbeantragt\tbewilligt\tJa\tNein\tEnth."
      "\nHochbeete\t240\t240\t20\t3\t2\nHoffest\t450\t350\t14\t8\t3\n"
      "Lastenrad\t1.310\t0\t4\t19\t2\nRest\t\t60\t\t\t\n",
      "Hochbeete 240 granted 20/3/2; Hoffest 350 partly 14/8/3; Lastenrad rejected 4/19/2 | 60", false },
    { "wir waren 19. hochbeete 240 ja, hoffest 350 ja, lastenrad nein",
      "19: hochbeete 240 granted; hoffest 350 granted; lastenrad rejected", false },
    { "Hochbeete angenommen, Hoffest gekürzt auf 350, Lastenrad keine Mehrheit",
      "Hochbeete 240 granted; Hoffest 350 partly; Lastenrad rejected", true },
    { "Es waren 31 Personen anwesend, davon 28 stimmberechtigt.\nHochbeete 240,- (Ja 18, Nein 9, Enth. 4)",
      "31: Hochbeete 240 granted 18/9/4", false },
    { "Wir waren zu siebzehnt. Hochbeete 240 ja, Hoffest 350 ja",
      "17: Hochbeete 240 granted; Hoffest 350 granted", false },
    { "Wir waren zu acht, Hochbeete 240 ja", "8: Hochbeete 240 granted", false },
    { "Es waren zu zwanzigst alle einig: Hochbeete 240 ja", "20: Hochbeete 240 granted", false },
    { "Bank am Ufer, 320 Euro: 5 dafür, 2 dagegen, eine Enthaltung\nMalkurs 150 €: einstimmig angenommen",
      "Bank am Ufer 320 granted 5/2/1; Malkurs 150 granted", false },
    { "TOP 1: Schachtisch, 250 Euro bewilligt (11/2/1). TOP 2: Filmabend, 120 Euro, bei zwei Enthaltungen "
      "angenommen.",
      "Schachtisch 250 granted 11/2/1; Filmabend 120 granted -1/-1/2", false },
    { "Sitzbank 500 € (12:3)", "Sitzbank 500 granted 12/3/-1", false },
    { "Hochbeete 300 €: 5 dafür, 2 dagegen, eine Enthaltung\nLastenrad 450 €: einstimmig",
      "Hochbeete 300 granted 5/2/1; Lastenrad 450 granted", false },
    { "Bücherschrank 400 Euro bei einer Enthaltung angenommen\nGrillplatz mehrheitlich abgelehnt",
      "Bücherschrank 400 granted -1/-1/1; Grillplatz rejected", false },
    { "TOP 1 Bänke\nAngenommen mit 14 Ja-Stimmen, 3 Nein-Stimmen und 1 Enthaltung. 480 EUR\nTOP 2 "
      "Trödelmarkt\nAbgelehnt mit 4 Ja-Stimmen und 11 Nein-Stimmen",
      "Bänke 480 granted 14/3/1; Trödelmarkt rejected 4/11/-1", false },
    { "Die Hochbeete bekommen 240 Euro und das\nHoffest 300 Euro bei 18 Ja-Stimmen und\nNein-Stimmen: 9",
      "Hochbeete 240 granted; Hoffest 300 granted 18/9/-1", false },
    { "Kino 500 €: 11 Stimmen dafür, 4 Leute dagegen, 1 Person enthielt sich", "Kino 500 granted 11/4/1",
      false },
    { "Kino: Stimmengleichheit (6 ja, 6 nein), damit abgelehnt", "Kino rejected 6/6/-1", false },
    { "Kino nur eine Stimme dafür, alle anderen dagegen, abgelehnt", "Kino rejected 1/-1/-1", false },
    { "Sitzbank: Zustimmung 10, Ablehnung 2, Enthaltung 3, 300 Euro", "Sitzbank 300 granted 10/2/3", false },
    { "Bench: 10 in favour, 2 against, one abstention, approved 300 euros\nCinema: 3 for, 9 against, "
      "rejected",
      "Bench 300 granted 10/2/1; Cinema rejected 3/9/-1", false },
    { "Hoffest Ablehnung, 2 dafür", "Hoffest rejected 2/-1/-1", false },
    { "Für die Sitzbank stimmten 10, dagegen 2, enthalten haben sich 3. 300 Euro bewilligt.",
      "Sitzbank 300 granted 10/2/3", false },
    { "Gegen das Kino stimmten neun Leute, abgelehnt", "Kino rejected -1/9/-1", false },
    { "Für die Sitzbank stimmten 10 dagegen", "Sitzbank ? -1/10/-1", false },
    { "Hochbeete mit einer Gegenstimme angenommen, 240 Euro", "Hochbeete 240 granted -1/1/-1", false },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct answering how = { .quoted = cases[i].is_quoted ? QUOTE : NULL };
    g_autoptr(meaning_t) got = answer_to(cases[i].text, how, INTENT_MINUTES, read_minutes);
    g_autofree char *seen = shown(got);
    if (g_str_equal(seen, cases[i].shown)) continue;
    print_error("%s\n  got  %s\n  want %s\n", cases[i].text, seen, cases[i].shown);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(minutes_are_read),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
