/* Wordings of offices, end to end: what each comes to, beside the words that look like it and mean another
 * thing. "asked": its author is asked before anybody sees it; "draft": it waits for a colleague. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define KERSTIN "\"Muster, Kerstin\" <" MUSTER ">"

struct wording {
  const char *said, *comes_to; /* state and the day expected, or what becomes of it; the text: NULL as said */
  const char *text;
};

static const char *what_became(void)
{
  static char words[100];
  if (moderated_count(&a.club, "case_draft", NULL)) return "draft";
  if (moderated_count(&a.club, "case_publish", NULL)) return "asked";
  g_autofree char *sign = answered_sign(&a, 1);
  if (strcmp(sign, "SGA") != 0) return strcmp(sign, "UNA") == 0 ? "to UNA" : "to SPK";
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_snprintf(words, sizeof words, "%s%s%s", it->state, *it->expected ? " " : "", it->expected);
  return words;
}

static void check(void **state, const struct wording *wordings, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    const struct wording *one = &wordings[i];
    if (i) answered_teardown(state), answered_setup_asked(state);
    answered_reply(&a, KERSTIN, one->said, true);
    const char *became = what_became();
    if (strcmp(became, one->comes_to) != 0) fail_msg("%s: %s, not %s", one->said, became, one->comes_to);
    g_autofree char *text = answered_text(&a, 1);
    const char *expected = one->text ? one->text : one->said;
    if (*text && strcmp(text, expected) != 0) fail_msg("%s: \"%s\"", one->said, text);
  }
}

static void a_step_that_is_done_is_not_the_matter(void **state)
{
  static const struct wording wordings[] = {
    { "Die Planung ist fertig, gebaut wird im Juni.", "planned 2026-06-30", NULL },
    { "Die Vorplanung ist abgeschlossen. Der Bau erfolgt 2027.", "planned 2027-12-31", NULL },
    { "Die Ausschreibung ist beendet, die Firma fängt im Mai an.", "in_progress", NULL },
    { "Die Prüfung ist abgeschlossen.", "in_progress", NULL },
    { "Die Ersatzteile wurden geliefert.", "in_progress", NULL },
    { "Das Material ist da, wir bauen den Poller in KW 20 ein.", "planned 2026-05-17", NULL },
    { "Nach Prüfung wurde der Poller ersetzt.", "done", NULL },
    { "Die Prüfung ist abgeschlossen, der Poller wurde am Montag ersetzt.", "done", NULL },
    { "Die Planung und die Bauarbeiten sind abgeschlossen.", "done", NULL },
    { "Der Auftrag wurde ausgeführt.", "done", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

#define MAY "Der Poller wird im Mai 2026 ersetzt."

static void a_draft_waits_for_a_colleague(void **state)
{
  static const struct wording wordings[] = {
    { "Vorabfassung, bitte noch mal drüberschauen\n\n" MAY, "draft", NULL },
    { "so könnte man antworten:\n\n" MAY, "draft", NULL },
    { "Vorschlag für die Antwort:\n" MAY, "draft", NULL },
    { "Ich würde so antworten:\n" MAY, "draft", NULL },
    { MAY "\n\nBitte noch mal gegenlesen!", "draft", NULL },
    { "Die vorläufige Fassung des Plans liegt im Rathaus aus. " MAY, "planned 2026-05-31", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void what_tells_of_whoever_asked_is_shown_to_its_author(void **state)
{
  static const struct wording wordings[] = {
    { "Der Gehweg hinter Ihrem Haus Nr. 14a wurde repariert.", "asked", NULL },
    { "Der Weg vor Ihrer Wohnung ist frei.", "asked", NULL },
    { "Der Poller ist ersetzt, damit Sie mit Ihrem Rollator besser durchkommen.", "asked", NULL },
    { "Gute Besserung! " MAY, "asked", NULL },
    { "Der Poller vor dem Haus Bölschestraße 14 wurde ersetzt.", "done", NULL },
    { "Ihr Anliegen Nr. 12 ist bearbeitet, der Poller ist ersetzt.", "done", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void a_number_behind_the_answer_goes_and_the_answer_stays(void **state)
{
  static const char COMES[] = "Der Poller kommt im Mai.";
  static const struct wording wordings[] = {
    { "Der Poller kommt im Mai. Rückfragen gern unter -1234.", "planned 2026-05-31", COMES },
    { "Der Poller kommt im Mai. Durchwahl 1234", "planned 2026-05-31", COMES },
    { "Poller steht seit 12 Uhr. Muster -1234", "asked", NULL },
    { "Der Poller kommt im Mai. (App. 1234)", "planned 2026-05-31", COMES },
    { "Der Poller kommt im Mai. Rückfragen Tel.: 90297 - 1234", "planned 2026-05-31", COMES },
    { "Unser Zeichen: SGA 12\nDatum: 12.03.2026\n\nDer Poller kommt im Mai.", "planned 2026-05-31", COMES },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void whom_to_ask_goes_from_the_sentence_that_answers(void **state)
{
  static const char PLANNED[] = "Der Poller wird im Mai ersetzt";
  static const char HOTLINE[] =
      "Der Poller wird ersetzt, bei Störungen rufen Sie die Störungsstelle 0800 1102010.";
  static const struct wording wordings[] = {
    { "Der Poller wird im Mai ersetzt, Fragen an Frau Lehmann, -4711.", "planned 2026-05-31", PLANNED },
    { "Der Poller wird im Mai ersetzt; Ansprechpartner: Herr Grün, Tel. 90297-5822, Zi. 1.14",
      "planned 2026-05-31", PLANNED },
    { "Der Poller wird im Mai ersetzt (Ansprechpartner: Herr Grün, App. 5822).", "planned 2026-05-31",
      PLANNED },
    { "Der Poller ist seit gestern wieder drin, bei Fragen 90297-2222 (Zi. 214).", "done",
      "Der Poller ist seit gestern wieder drin" },
    { HOTLINE, "planned", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void nobody_promises_the_day_behind_which_it_is_done(void **state)
{
  static const struct wording wordings[] = {
    { "Nach Ostern setzen wir den Poller neu.", "planned", NULL },
    { "nach Pfingsten", "planned", NULL },
    { "Das dauert noch bis nach Ostern.", "in_progress", NULL },
    { "Nach dem 20. April wird der Poller gesetzt.", "planned", NULL },
    { "Frist: nach Ostern\nDer Poller wird ersetzt.", "planned", "Der Poller wird ersetzt." },
    { "Nach Ostern, spätestens Ende Mai, wird der Poller ersetzt.", "planned 2026-05-31", NULL },
    { "Nach Prüfung im Mai wird der Poller ersetzt.", "planned 2026-05-31", NULL },
    { "Bis Ostern wird der Poller ersetzt.", "planned 2026-04-05", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void what_stands_again_since_a_day_is_done(void **state)
{
  static const struct wording wordings[] = {
    { "Der Poller steht seit heute früh wieder.", "done", NULL },
    { "Die Lampen leuchten seit gestern Abend wieder.", "done", NULL },
    { "Der Poller steht seit gestern wieder schief.", "in_progress", NULL },
    { "Der Poller steht ab morgen wieder.", "planned", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

static void another_office_is_asked(void **state)
{
  static const char TWO[] =
      "Ansprechpartner für Falschparker ist das Umwelt- und Naturschutzamt. Den Poller ersetzen wir im Mai.";
  static const struct wording wordings[] = {
    { "Das macht bei uns das Umwelt- und Naturschutzamt.", "to UNA", NULL },
    { "Haben wir an die Kollegen vom UNA abgegeben.", "to UNA", NULL },
    { "Hierfür ist die BSR der richtige Ansprechpartner.", "to SPK", NULL },
    { "Ist ein Fall für das Ordnungsamt.", "to SPK", NULL },
    { "Das wäre Sache der BSR.", "to SPK", NULL },
    { "Das ist ein Fall für die Haushaltsberatungen im Mai.", "planned 2026-05-31", NULL },
    { TWO, "planned 2026-05-31", NULL },
  };
  check(state, wordings, G_N_ELEMENTS(wordings));
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup_asked, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(a_step_that_is_done_is_not_the_matter),
    FLOW(a_draft_waits_for_a_colleague),
    FLOW(what_tells_of_whoever_asked_is_shown_to_its_author),
    FLOW(a_number_behind_the_answer_goes_and_the_answer_stays),
    FLOW(whom_to_ask_goes_from_the_sentence_that_answers),
    FLOW(nobody_promises_the_day_behind_which_it_is_done),
    FLOW(what_stands_again_since_a_day_is_done),
    FLOW(another_office_is_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
