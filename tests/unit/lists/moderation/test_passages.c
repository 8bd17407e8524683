/* Passages that a moderator's yes leaves out of a held post, by their place: in what is sent and what is
 * stored; and the answers that leave it open which is meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

static const char post[] = "Liebe Nachbarn,\n\nam Samstag ist Flohmarkt. Wer einen Stand will, meldet sich. "
                           "Der Müller ist ein Dieb.\n\nEs gibt Kaffee. Kuchen ist willkommen.\n\n"
                           "Der Hof ist ab neun offen.\n\nViele Grüße\nZoe";
static const char postscript[] = "\n\nPS: Der Meier trinkt zu viel.";

static void what_is_certain_is_left_out(void **state)
{
  (void)state;
  static const struct {
    const char *answer, *stays, *goes;
  } rows[] = {
    { "nur die ersten zwei Sätze", "meldet sich", "Müller" },
    { "ok, aber nur die ersten beiden Sätze bitte", "meldet sich", "Kaffee" },
    { "Ja, nur der erste Satz", "Flohmarkt", "meldet sich" },
    { "ok, nur den ersten Absatz", "Müller", "Kaffee" },
    { "Ja, nur die ersten 2 Absätze", "willkommen", "neun" },
    { "ok, ohne den letzten Absatz", "willkommen", "neun offen" },
    { "Ja, aber bitte den letzten Satz streichen", "willkommen", "neun offen" },
    { "letzter Absatz raus, dann ok", "willkommen", "neun offen" },
    { "ok, aber alles ab „Es gibt Kaffee“ weglassen", "Müller", "Kaffee" },
    { "Alles ab \"PS\" weglassen, sonst ok", "neun offen", "Meier" },
    { "ok, aber das PS bitte weglassen", "neun offen", "Meier" },
    { "ok ohne PS", "neun offen", "Meier" },
    { "ok, den Satz mit \"Müller\" raus", "meldet sich", "Dieb" },
    { "yes, without the last paragraph", "willkommen", "neun offen" },
    { "ok, only the first two sentences", "meldet sich", "Müller" },
  };
  guint bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = g_strconcat(post, strstr(rows[i].answer, "PS") ? postscript : "", NULL);
    moderated_stranger(&club, "Flohmarkt", text);
    clara(rows[i].answer);
    g_autofree char *sent = moderated_count(&club, "post", "anna@web.de")
                                ? moderated_text(&club, "post", "anna@web.de")
                                : g_strdup("(held)");
    if (!strstr(sent, rows[i].stays) || strstr(sent, rows[i].goes))
      print_message("CUT: %s -> %s\n", rows[i].answer, sent), bad++;
    close_town(NULL);
    open_town(NULL);
  }
  assert_int_equal(bad, 0);
}

static void what_leaves_anything_open_is_asked_back(void **state)
{
  (void)state;
  static const char *const answers[] = {
    "ok, ohne den letzten Satz und die Nummer bitte auch",
    "nur die ersten zwölf Sätze",
    "ok, aber alles ab \"ist\" weglassen",
    "ok, den Satz mit \"Schmidt\" raus",
    "Warum nur die ersten zwei Sätze?",
    "ohne den letzten Satz? Ich weiß nicht",
    "Der letzte Satz ist eine Frechheit",
    "ok, den vorletzten Absatz raus",
    "ok, den letzten Satz nicht streichen",
    "ok, aber alles ab \"Bingo\" löschen",
  };
  guint bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    moderated_stranger(&club, "Flohmarkt", post);
    clara(answers[i]);
    if (moderated_waiting(&club) != 1 || moderated_count(&club, "post", NULL))
      print_message("OPEN: %s [%s]\n", answers[i], moderated_log(&club)), bad++;
    close_town(NULL);
    open_town(NULL);
  }
  assert_int_equal(bad, 0);
}

static void the_last_sentence_is_not_guessed_where_a_postscript_stands(void **state)
{
  (void)state;
  g_autofree char *text = g_strconcat(post, postscript, NULL);
  moderated_stranger(&club, "Flohmarkt", text);
  clara("ok, ohne den letzten Satz");
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "moderate_unclear", "clara@web.de"), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(what_is_certain_is_left_out),
    CASE(what_leaves_anything_open_is_asked_back),
    CASE(the_last_sentence_is_not_guessed_where_a_postscript_stands),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
