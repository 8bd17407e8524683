/* Polls for a date, in words: what asks for one, and what answers say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#include "lists/events/polls/poll.h"

static const char question[] =
    "Hallo zusammen,\n\nwir wollen den Hof bepflanzen. Wann passt es euch?\n\n1) Dienstag, 17. März, 18 Uhr\n"
    "2) Donnerstag, 19. März, 19 Uhr\n3) Samstag, 21. März, 15 Uhr\n\nBitte antwortet bis zum 10. "
    "März.\n\nAnna";

/* ---- what a mail asks for ---- */

static void reads_poll(const char *subject, const char *text, const char *starts, const char *until)
{
  g_autoptr(poll_asked_t) asked = poll_read(text, subject, false, TEST_NOW, "Europe/Berlin");
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; asked && i < asked->options->len; i++)
    g_string_append_printf(all, "%s%s", i ? " " : "",
                           ((struct poll_option *)asked->options->pdata[i])->starts);
  if (strcmp(all->str, starts) != 0) fail_msg("\"%s\": %s instead of %s", text, all->str, starts);
  if (asked && until && strcmp(asked->until, until) != 0) fail_msg("\"%s\": until %s", text, asked->until);
}

static void people_ask_for_a_date_in_many_ways(void **state)
{
  (void)state;
  struct club club;
  club_open(&club); /* words are loaded */
  reads_poll("Hof", question, "2026-03-17T18:00 2026-03-19T19:00 2026-03-21T15:00", "2026-03-10");
  reads_poll("Treffen", "Wann passt es? 1) Di 18 Uhr 2) Do 19 Uhr", "2026-03-03T18:00 2026-03-05T19:00",
             "2026-03-02");
  reads_poll(
      "Kaffee",
      "Welcher Termin passt euch besser?\na) Freitag, 13. März um 15 Uhr\nb) Sonntag, 15. März um 16 Uhr",
      "2026-03-13T15:00 2026-03-15T16:00", "2026-03-09");
  reads_poll("Wann könnt ihr?", "- Mittwoch, 18.3., 19 Uhr\n- Freitag, 20.3., 19 Uhr\n\nGruß, Anna",
             "2026-03-18T19:00 2026-03-20T19:00", NULL);
  reads_poll("Putztag", "Wann passt es euch am besten, am 14. März um 10 Uhr oder am 21. März um 11 Uhr?",
             "2026-03-14T10:00 2026-03-21T11:00", NULL);
  reads_poll("Yard", "When does it suit everybody? 1) March 17 at 6 pm 2) March 19 at 7 pm",
             "2026-03-17T18:00 2026-03-19T19:00", NULL);
  reads_poll("Terminumfrage Sommerfest", "6. Juni 2026, 15 Uhr\n13. Juni 2026, 15 Uhr\n",
             "2026-06-06T15:00 2026-06-13T15:00", NULL);
  reads_poll("Hof", "Umfrage Frühstück:\n- Sa 14.3. 10 Uhr\n- So 15.3. 11 Uhr",
             "2026-03-14T10:00 2026-03-15T11:00", NULL);
  reads_poll("Hof", "Terminfindung: Montag 16.3., Dienstag 17.3. oder Mittwoch 18.3., jeweils 19 Uhr",
             "2026-03-16T19:00 2026-03-17T19:00 2026-03-18T19:00", NULL);
  reads_poll("Hof", "Könnt ihr eher am 12.3. um 18 Uhr oder am 13.3. um 15 Uhr?",
             "2026-03-12T18:00 2026-03-13T15:00", NULL);
  reads_poll("Hof", "Passt euch Donnerstag oder lieber Freitag, jeweils 18 Uhr?",
             "2026-03-05T18:00 2026-03-06T18:00", NULL);
  reads_poll("Hof", "War am Freitag um 16 Uhr oder Samstag um 10 Uhr der Schornsteinfeger da?", "", NULL);
  reads_poll("Hoffest", "Am Samstag, 16. Mai, 15 bis 18 Uhr Hoffest, am 17. Mai räumen wir auf.", "", NULL);
  reads_poll("Frage", "Wann passt es euch am besten?", "", NULL);
  reads_poll("Sperrmüll", "1) Sofa 2) Tisch, abzuholen am 14. März. Wann passt es euch?", "", NULL);
  club_close(&club);
}

/* ---- what answers say ---- */

static GPtrArray *three_options(void)
{
  static const char *const starts[] = { "2026-03-17T18:00", "2026-03-19T19:00", "2026-03-21T15:00" };
  GPtrArray *options = g_ptr_array_new_with_free_func((GDestroyNotify)poll_option_free);
  for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
    struct poll_option *option = g_new0(struct poll_option, 1);
    option->number = (int)i + 1;
    option->starts = g_strdup(starts[i]);
    option->ends = g_strdup("");
    g_ptr_array_add(options, option);
  }
  return options;
}

static void answers_are_read_as_people_write_them(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  /* a letter an option: y yes, Y best, m maybe, n no, - not said; "" nothing at all */
  static const struct {
    const char *text, *says;
  } cases[] = {
    { "1 und 2, 1 lieber", "Yyn" },
    { "Dienstag geht, Donnerstag nicht", "ynn" },
    { "nur 2", "nyn" },
    { "2", "nyn" },
    { "gar nicht", "nnn" },
    { "egal", "yyy" },
    { "2 oder 3, egal", "nyy" },
    { "Mir ist egal, ob Dienstag oder Donnerstag", "yyn" },
    { "Donnerstag oder Samstag, wie ihr wollt", "nyy" },
    { "2 lieber, sonst egal", "yYy" },
    { "either 1 or 2", "yyn" },
    { "2 veya 3, fark etmez", "nyy" },
    { "2 или 3, всё равно", "nyy" },
    { "Mir passt alles.", "yyy" },
    { "alle außer 2", "yny" },
    { "Alle Termine passen, am liebsten der dritte", "yyY" },
    { "1 ja, 2 nein, 3 vielleicht", "ynm" },
    { "1: ja\n2: nein\n3: ja", "yny" },
    { "Am Samstag kann ich leider nicht.", "--n" },
    { "1, 2 und 3 passen nicht", "nnn" },
    { "Dienstag und Donnerstag kann ich nicht, Samstag gern", "nny" },
    { "Ich kann Dienstag und Samstag", "yny" },
    { "Ich kann am Dienstag nicht, aber am Samstag schon", "nny" },
    { "Am 19.3. geht es, am 21.3. zur Not", "nym" },
    { "Das erste und das letzte Datum passen", "yny" },
    { "Hallo Anna,\n\nbei mir ginge der Donnerstag um 19 Uhr am besten, Dienstag ist auch okay.\n\nViele "
      "Grüße, Bert",
      "yY-" },
    { "Do passt, Sa eher nicht", "nyn" },
    { "Keiner passt", "nnn" },
    { "Leider passt mir keiner der Termine, bin verreist.", "nnn" },
    { "Wir kommen mit 3 Kindern, 1 geht.", "ynn" },
    { "Um 15 Uhr wäre super", "nny" },
    { "jein", "" },
    { "Dienstag kann ich, die anderen nicht", "ynn" },
    { "nur Samstag geht bei uns", "nny" },
    { "Bei mir alles außer Samstag", "yyn" },
    { "Wer bringt eigentlich Erde mit?", "" },
    { "1 and 3, preferably 3", "ynY" },
    { "Tuesday works, Thursday doesn't", "ynn" },
    { "none of them", "nnn" },
    { "any", "yyy" },
    { "only 2", "nyn" },
    { "Salı olur, Perşembe olmaz", "ynn" },
    { "hepsi olur", "yyy" },
    { "sadece 2", "nyn" },
    { "hiçbiri", "nnn" },
    { "1 подходит, 2 не подходит", "ynn" },
    { "все равно", "yyy" },
    { "только 3", "nny" },
    { "во вторник могу, в четверг не могу", "ynn" },
  };
  g_autoptr(GPtrArray) options = three_options();
  g_autoptr(GString) wrong = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct poll_said said;
    char says[4] = "---";
    poll_votes_read(cases[i].text, options, TEST_NOW, "Europe/Berlin", &said);
    for (guint j = 0; j < 3; j++)
      if (said.answers[j]) says[j] = said.liked[j] ? 'Y' : said.answers[j];
    const char *got = said.wish == POLL_SAYS_NOTHING ? "" : says;
    if (strcmp(got, cases[i].says) != 0)
      g_string_append_printf(wrong, "\n\"%s\": %s instead of %s", cases[i].text, got, cases[i].says);
  }
  if (wrong->len) fail_msg("%s", wrong->str);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(people_ask_for_a_date_in_many_ways),
    cmocka_unit_test(answers_are_read_as_people_write_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
