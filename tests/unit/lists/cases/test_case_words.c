/* What people write about their case, from one word on the telephone to a letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/read.h"
#include "lists/cases/residents/words.h"

static const char *const names[] = {
  [CASE_WORDS_NONE] = "none",           [CASE_WORDS_MORE] = "more",           [CASE_WORDS_ASKED] = "asked",
  [CASE_WORDS_THANKS] = "thanks",       [CASE_WORDS_WITHDRAWN] = "withdrawn", [CASE_WORDS_FIXED] = "fixed",
  [CASE_WORDS_NOT_FIXED] = "not fixed", [CASE_WORDS_STOP] = "stop",           [CASE_WORDS_NAME] = "name",
  [CASE_WORDS_NO_NAME] = "no name",
};

/* As an answer to a letter of ours; "private" goes before all else. */
static const char *found_in(const struct passage *passage, bool is_done_asked)
{
  bool is_private = case_words_private(passage, true, NULL);
  return is_private ? "private" : names[case_words_read(passage, is_done_asked)];
}

struct said {
  const char *text, *meant;
};

static void check(const struct said *said, gsize count, bool is_done_asked)
{
  guint wrong = 0;
  for (gsize i = 0; i < count; i++) {
    g_autoptr(passage_t) passage = passage_new(said[i].text, NULL, 0);
    const char *found = found_in(passage, is_done_asked);
    if (g_strcmp0(found, said[i].meant) == 0) continue;
    print_error("\"%s\" is %s, not %s\n", said[i].text, found, said[i].meant);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void while_the_office_is_asked(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "", "none" },
    { "Danke!", "thanks" },
    { "Super, vielen Dank für die schnelle Antwort.", "thanks" },
    { "Thank you very much", "thanks" },
    { "Danke. Wann kommt der Techniker?", "asked" },
    { "Gibt es schon etwas Neues?", "asked" },
    { "Warum wurde das noch nicht repariert?", "asked" },
    { "Die zweite Laterne ist jetzt auch kaputt.", "more" },
    { "Ergänzung: Hausnummer 12, direkt am Zebrastreifen.", "more" },
    { "Danke, aber es geht mir um die Laterne gegenüber, nicht um die an der Ecke. Bitte geben Sie das "
      "weiter.",
      "more" },
    { "Hat sich erledigt.", "withdrawn" },
    { "Brauch ich nicht mehr, danke", "withdrawn" },
    { "Die Frage ist nicht mehr aktuell.", "withdrawn" },
    { "Das brauche ich nicht mehr zu sagen: er ist gefährlich.", "more" },
    { "Ist jetzt doch schon gemacht worden", "fixed" },
    { "Ist der schon repariert worden?", "asked" },
    { "Hat sich inzwischen erledigt, danke", "withdrawn" },
    { "Die Sache hat sich zum Glück von selbst erledigt.", "withdrawn" },
    { "Ich ziehe meine Anfrage zurück.", "withdrawn" },
    { "ich zieh die Frage zurück", "withdrawn" },
    { "Bitte streichen, brauche ich nicht mehr", "withdrawn" },
    { "Ich brauche keine Antwort mehr.", "withdrawn" },
    { "Please withdraw my question.", "withdrawn" },
    { "It has been settled", "withdrawn" },
    { "Hat sich leider noch nicht erledigt.", "not fixed" },
    { "Die Laterne leuchtet wieder, danke!", "fixed" },
    { "Ist inzwischen repariert worden.", "fixed" },
    { "Poller steht wieder, vielen Dank!", "fixed" },
    { "Das Schild hängt seit heute wieder", "fixed" },
    { "Das Wasser steht wieder auf dem Weg", "more" },
    { "immer noch kaputt", "not fixed" },
    { "Es ist bis heute nichts passiert!", "not fixed" },
    { "Lange war es nicht behoben, aber jetzt geht sie wieder.", "more" },
    { "Bitte keine Mails mehr dazu", "stop" },
    { "no more mails please", "stop" },
    { "Mein Name darf genannt werden.", "name" },
    { "Mein Name darf nicht genannt werden", "no name" },
    { "Bitte ohne meinen Namen", "no name" },
    { "Nicht veröffentlichen", "private" },
    { "Bitte veröffentlichen Sie das nicht.", "private" },
    { "Das soll nicht öffentlich werden", "private" },
    { "Bitte nicht ins Internet", "private" },
    { "Bitte vertraulich behandeln", "private" },
    { "Ich möchte nicht, dass meine Anfrage im Netz zu finden ist", "private" },
    { "Bitte nicht online stellen", "private" },
    { "ich will nicht dass das öffentlich ist", "private" },
    { "Nehmt die Frage bitte aus dem Archiv", "private" },
    { "Das soll bitte keiner lesen", "private" },
    { "Kann das privat bleiben?", "private" },
    { "Bitte doch löschen", "private" },
    { "Wieso kann das jeder lesen?", "private" },
    { "Muss das im Internet stehen?", "private" },
    { "Ich dachte, das wäre vertraulich", "private" },
    { "nicht ins Netz!", "private" },
    { "Mit einer Veröffentlichung bin ich nicht einverstanden.", "private" },
    { "Please take my question off the website", "private" },
    { "Der Poller steht auf einem Weg, der nicht öffentlich ist.", "more" },
    { "Im Internet steht nicht, wann der Markt öffnet.", "more" },
    { "please do not publish this", "private" },
    { "Der Weg ist nicht öffentlich, da steht ein Schild.", "more" },
    { "Warum wird das nicht veröffentlicht?", "asked" },
    { "Der Weg ist nicht öffentlich.", "more" },
    { "der weg ist nicht öffentlich", "more" },
    { "Hier ist nicht öffentlich.", "more" },
    { "Ist nicht online, der Plan", "more" },
    { "Seit gestern nicht öffentlich", "more" },
    { "Auf keinen Fall veröffentlichen!", "private" },
    { "Im Internet bitte nicht", "private" },
    { "nicht online", "private" },
    { "lieber nicht öffentlich", "private" },
    { "Keine Veröffentlichung!", "private" },
  };
  check(said, G_N_ELEMENTS(said), false);
}

static void asked_whether_it_is_mended(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "ja", "fixed" },
    { "Ich war noch nicht da, schau morgen", "thanks" }, /* nothing to be done */
    { "bin grad im Urlaub, sag nächste Woche Bescheid", "thanks" },
    { "Konnte noch nicht nachsehen", "thanks" },
    { "Kann ich noch nicht sagen", "thanks" },
    { "Die Firma war noch nicht da", "not fixed" },
    { "War gestern da, ist immer noch kaputt", "not fixed" },
    { "Ja.", "fixed" },
    { "ja, ist behoben", "fixed" },
    { "Ja, alles gut, vielen Dank!", "fixed" },
    { "Jawohl", "fixed" },
    { "hat sich erledigt", "fixed" },
    { "Hab nachgeschaut - alles bestens", "fixed" },
    { "Ist immer noch nicht gemacht worden!", "not fixed" },
    { "Ist der Poller wirklich ersetzt worden?", "asked" },
    { "Steht wieder. Danke!!", "fixed" },
    { "passt", "fixed" },
    { "yes, it works again", "fixed" },
    { "fixed", "fixed" },
    { "nein", "not fixed" },
    { "Nö.", "not fixed" },
    { "nein, immer noch kaputt", "not fixed" },
    { "Leider nicht repariert", "not fixed" },
    { "Stimmt nicht, der Müll liegt noch da.", "not fixed" },
    { "no, still broken", "not fixed" },
    { "Nein, das Licht geht weiterhin nicht.", "not fixed" },
    { "Danke!", "thanks" },
    { "Das kann ich erst am Wochenende prüfen.", "more" },
    { "Der falsche Poller wurde ersetzt", "not fixed" },
    { "Die haben die verkehrte Laterne repariert.", "not fixed" },
    { "Ja aber jetzt fehlt das Schild", "not fixed" },
    { "Ja, allerdings ist die Kante noch lose", "not fixed" },
    { "Ja, ist repariert, nur die Farbe fehlt.", "not fixed" },
    { "ja nein ja", "not fixed" },
    { "Jein", "not fixed" },
    { "Leider wackelt er immer noch", "not fixed" },
    { "nichts passiert bisher", "not fixed" },
    { "Er klappert nach wie vor", "not fixed" },
    { "Ja, aber das hat lange gedauert!", "fixed" },
    { "Ja, endlich!", "fixed" },
    { "Nur so viel: ja, alles gut", "fixed" },
    { "Wo genau wurde denn repariert?", "asked" },
    { "Ja, ist behoben. Und wann ist die zweite Laterne dran?", "asked" },
  };
  check(said, G_N_ELEMENTS(said), true);
}

static int load(void **state)
{
  (void)state;
  return mail_init(NULL, NULL) ? 0 : -1;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(while_the_office_is_asked),
    cmocka_unit_test(asked_whether_it_is_mended),
  };
  return cmocka_run_group_tests(tests, load, NULL);
}
