/* Answers of facts: they are the answer, and tell of no state that the office has not named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lib/store/cases/case_shelves.h"

static guint wrong;

/* What the public reads of the case: "answered", or its state and the day expected; "asked": its author is. */
static char *what_became(void)
{
  if (moderated_count(&a.club, "case_publish", NULL)) return g_strdup("asked");
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  if (!it->answered) return g_strdup("unanswered");
  const char *state = casefile_public_state(it) == PUBLIC_ANSWERED ? "answered" : it->state;
  return g_strconcat(state, *it->expected ? " " : "", it->expected, NULL);
}

/* Anna asks, and whoever is asked answers. */
static void check(const char *question, const char *text, const char *expected)
{
  answered_open(&a);
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Frage", question, true);
  g_autofree char *sign = answered_sign(&a, 1);
  const char *address = strcmp(sign, "UNA") == 0 ? UNA : strcmp(sign, "SGA") == 0 ? SGA : SPK;
  answered_say(&a, "case_office", address, address, text, true);
  g_autofree char *is = what_became();
  if (strcmp(is, expected) != 0) print_error("%s\n  %s\n  %s, not %s\n", question, text, is, expected);
  wrong += strcmp(is, expected) != 0;
  club_close(&a.club);
}

static void an_answer_of_facts_tells_of_no_state(void **state)
{
  (void)state;
  wrong = 0;
  check("Darf ich mit meinem Hund an den Strand in Grünau?", "Hunde sind dort nicht erlaubt.", "answered");
  check("Wann ist der Spielplatz in der Regattastraße geöffnet?", "Von 8 bis 20 Uhr.", "answered");
  check("Wann ist der Spielplatz in der Regattastraße geöffnet?",
        "Eine feste Öffnungszeit gibt es nicht, der Platz wird nicht abgeschlossen.", "answered");
  check("Warum wurden die Linden in der Dahmestraße gefällt?",
        "Guten Tag,\n\ndie Linden waren krank und nicht mehr standsicher.", "answered");
  check("Warum wurden die Linden in der Dahmestraße gefällt?",
        "Guten Tag, sie wurden wegen eines Pilzes gefällt und werden im Herbst ersetzt.", "answered");
  check("Darf man im Volkspark grillen?", "Nein, das ist grundsätzlich nicht zulässig.", "answered");
  check("Darf man im Volkspark grillen?", "Nein, das ist Privatgelände.", "answered");
  check("Was kostet ein Stand auf dem Wochenmarkt?", "Guten Tag, derzeit werden 12 Euro am Tag erhoben.",
        "answered");
  assert_int_equal(wrong, 0);
}

static void a_question_of_a_deed_is_told_its_state(void **state)
{
  (void)state;
  wrong = 0;
  check("Wann wird der Uferweg wieder geöffnet?", "Ende August 2026.", "planned 2026-08-31");
  check("Können Sie in der Regattastraße einen Zebrastreifen anlegen?", "Das ist dort nicht zulässig.",
        "rejected");
  check("Warum ist die Straße noch nicht repariert?", "Die Reparatur erfolgt im Mai.", "planned 2026-05-31");
  check("Wer ist für die Straße zuständig? Bitte reparieren Sie das Schlagloch.",
        "Guten Tag, das Schlagloch wurde verfüllt.", "done");
  check("Warum ist der Poller umgefahren? Wann wird er ersetzt?", "Er wird im Mai ersetzt.",
        "planned 2026-05-31");
  assert_int_equal(wrong, 0);
}

static void a_state_that_is_given_counts_for_facts_too(void **state)
{
  (void)state;
  wrong = 0;
  check("Darf man im Volkspark grillen?", "Guten Tag, das klären wir gerade.", "in_progress");
  check("Darf man im Volkspark grillen?", "Nein, dort nicht.\n\nStatus: erledigt", "done");
  assert_int_equal(wrong, 0);
}

static void where_no_state_is_named_it_is_as_before(void **state)
{
  (void)state;
  wrong = 0;
  check("Wann wird der umgefahrene Poller an der Straße ersetzt?",
        "Guten Tag, den Poller hat ein Lkw umgefahren.", "answered");
  check("Der Gehweg an der Straße ist kaputt.", "Guten Tag, daran sind die Wurzeln der Linde schuld.",
        "answered");
  assert_int_equal(wrong, 0);
}

#define NIGHT "Warum wird am Bahnhof Grünau seit Tagen auch nachts gebaut?"
#define WIDTH "Wie breit muss ein Radweg an der Bölschestraße sein?"
#define GRILL "Darf man im Volkspark grillen?"
#define WHO   "Wer entscheidet, wo der Bus 168 hält?"
#define WHEN  "Wann wird der umgefahrene Poller an der Straße ersetzt?"

static void a_short_answer_of_facts_is_the_answer(void **state)
{
  static const struct {
    const char *question, *text;
  } answers[] = {
    { NIGHT, "Wegen eines Rohrbruchs." },
    { NIGHT, "Liegt an der Bahn. Die darf das." },
    { NIGHT, "Zum Schutz des Bahnverkehrs am Tage." },
    { NIGHT, "Die Bahn tauscht dort Weichen, das geht nur nachts." },
    { WIDTH, "Mindestens 2,50 m." },
    { WIDTH, "Laut Mobilitätsgesetz 2,30 m." },
    { WIDTH, "1,60 m bei Einrichtungsverkehr" },
    { "Ist das Bürgeramt Köpenick auch am Samstag offen?", "Ja, ab 8 Uhr." },
    { "Ist das Bürgeramt Köpenick auch am Samstag offen?", "Nur nach Terminvereinbarung." },
    { GRILL, "nur auf den ausgewiesenen Flächen" },
    { GRILL, "verboten, Waldbrandgefahr" },
    { "Darf ich mit meinem Hund an den Strand in Grünau?", "An der Leine ja." },
    { WHO, "Die BVG." },
    { WHO, "BVG + SenMVKU" },
    { WHEN, "Der Schaden ist durch einen Lkw entstanden." },
    { WHEN, "Einen Termin gibt es noch nicht." },
  };
  (void)state;
  wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) check(answers[i].question, answers[i].text, "answered");
  assert_int_equal(wrong, 0);
}

static void an_aside_is_shown_to_its_author(void **state)
{
  static const char *const asides[] = {
    "Uwe macht das.",
    "Kollege Meier, kannst du das übernehmen?",
    "z.K.",
    "bitte übernehmen",
    "Danke.",
    "ok",
    "wird gemacht, Gruß",
    "Frau Schmidt schon wieder.",
    "Die Dame ist amtsbekannt.",
    "Tiefbau soll das machen",
    "an FB 2",
    "Typischer Fall.",
    "Bitte 3 Tage liegen lassen, dann löschen.",
    "Er hat vor 2 Jahren schon geklagt.",
    "Keine Zeit, diese Woche 3 Kollegen krank.",
    "Wir haben kein Personal, das sagen wir aber nicht.",
    "Darüber reden wir Montag in der Runde",
    "ist in Outlook für Dienstag eingetragen",
  };
  (void)state;
  wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(asides); i++) check(WHEN, asides[i], "asked");
  assert_int_equal(wrong, 0);
}

static void whose_ground_it_is_is_told(void **state)
{
  (void)state;
  wrong = 0;
  check(WHEN, "Die Straße gehört dem Land Berlin.", "not_responsible");
  check(WHEN, "Nein, das ist Privatgelände.", "not_responsible");
  /* asked of the coordinator, behind whom nobody is */
  check("Können Sie am Bahnhof einen Kiosk erlauben?", "Zuständig ist die Deutsche Bahn.", "not_responsible");
  assert_int_equal(wrong, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_answer_of_facts_tells_of_no_state),
    cmocka_unit_test(a_question_of_a_deed_is_told_its_state),
    cmocka_unit_test(a_state_that_is_given_counts_for_facts_too),
    cmocka_unit_test(where_no_state_is_named_it_is_as_before),
    cmocka_unit_test(a_short_answer_of_facts_is_the_answer),
    cmocka_unit_test(an_aside_is_shown_to_its_author),
    cmocka_unit_test(whose_ground_it_is_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
