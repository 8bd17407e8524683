/* How offices write: what is published at once, and how it then reads; what its author is asked about first;
 * what a program has written. Each of these was once read otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define TEXT "Der Poller wird am 20. April 2026 ersetzt."

static const struct {
  const char *text, *state, *published; /* NULL: the text as it is */
} plain[] = {
  { "Sehr geehrte Bürgerin, sehr geehrter Bürger,\n\n" TEXT, "planned 1", TEXT },
  { "Antwort an den Bürger: " TEXT, "planned 1", TEXT },
  { "Öffentlich:\n" TEXT, "planned 1", TEXT },
  { "Stellungnahme SGA:\n\n" TEXT, "planned 1", TEXT },
  { "Bitte folgenden Text veröffentlichen: " TEXT, "planned 1", TEXT },
  { "Bitte veröffentlichen Sie folgende Antwort:\n\n" TEXT, "planned 1", TEXT },
  { "Stellungnahme der Feuerwehr: " TEXT, "planned 1", NULL },
  { "[x] erledigt [ ] in Arbeit [ ] abgelehnt", "done 1", "" },
  { "☐ erledigt ☒ geplant\n" TEXT, "planned 1", TEXT },
  { "Wir bitten um Verständnis, dass sich die Arbeiten verzögern. Die Firma hat zu wenig Leute.",
    "in_progress 1", NULL },
  { "Die BVV muss noch zustimmen, dann wird der Poller ersetzt.", "", NULL },
};

static void what_is_plain_is_published_as_it_reads(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
    answered_setup_asked(state);
    answered_reply(&a, MUSTER, plain[i].text, true);
    g_autofree char *text = answered_text(&a, 1);
    const char *expected = plain[i].published ? plain[i].published : plain[i].text;
    if (strcmp(text, expected) != 0) fail_msg("%s: \"%s\"", plain[i].text, text);
    if (*plain[i].state && strcmp(answered_state(&a, 1), plain[i].state) != 0)
      fail_msg("%s: %s", plain[i].text, answered_state(&a, 1));
    answered_teardown(state);
  }
}

/* The day the case is promised for. */
static void assert_expected(void **state, const char *reply, const char *day)
{
  answered_setup_asked(state);
  answered_reply(&a, MUSTER, reply, true);
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  if (strcmp(it->expected, day) != 0) fail_msg("%s: %s", reply, it->expected);
  answered_teardown(state);
}

static void steps_are_done_on_the_last_of_their_days(void **state)
{
  assert_expected(state,
                  "Wir gehen in zwei Schritten vor:\n\n1. Absperrung bis 2. April\n2. Neuer Poller bis Ende "
                  "Mai 2026",
                  "2026-05-31");
  assert_expected(state, "- Bake aufgestellt bis 27. März 2026\n- neuer Poller bis 8. Mai 2026",
                  "2026-05-08");
  assert_expected(state, "Maßnahme\tTermin\nBake aufstellen\t30.03.2026\nPoller setzen\t15.05.2026",
                  "2026-05-15");
  assert_expected(state, "1. Im Mai.\n2. Nein.", "2026-05-31");
}

static const char *const doubtful[] = {
  "Bitte vor dem 5. Dezember nicht veröffentlichen. " TEXT,
  "Erst nach der Sitzung veröffentlichen! " TEXT,
  TEXT " Der Stadtrat weiß davon noch nichts.",
  "Nur für Ihre Ohren: " TEXT,
  "Bitte diese Auskunft noch zurückhalten, bis die BVV entschieden hat. " TEXT,
  "Die Pressestelle muss noch drüberschauen. " TEXT,
  "Frau Schmidt hat schon dreimal angerufen, wir haben ihr alles erklärt. " TEXT,
  "Laut Melderegister wohnt dort niemand. " TEXT,
  "ok",
  "Danke!",
  "Alles klar, danke",
};

static void what_may_not_be_meant_for_all_is_asked_about(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(doubtful); i++) {
    answered_setup_asked(state);
    answered_reply(&a, MUSTER, doubtful[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("%s: published", doubtful[i]);
    if (moderated_count(&a.club, "case_publish", NULL) != 1) fail_msg("%s: nobody is asked", doubtful[i]);
    answered_teardown(state);
  }
}

static void a_program_that_asks_for_patience_answers_nothing(void **state)
{
  answered_setup_asked(state);
  answered_reply(&a, SGA,
                 "Guten Tag,\n\nvielen Dank für Ihre E-Mail. Aufgrund des hohen Mailaufkommens kann die "
                 "Beantwortung bis zu vier Wochen dauern.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  answered_teardown(state);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_plain_is_published_as_it_reads),
    cmocka_unit_test(steps_are_done_on_the_last_of_their_days),
    cmocka_unit_test(what_may_not_be_meant_for_all_is_asked_about),
    cmocka_unit_test(a_program_that_asks_for_patience_answers_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
