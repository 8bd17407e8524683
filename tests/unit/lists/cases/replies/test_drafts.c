/* Marks of a draft, however they are written: a colleague is asked first, and no mark is in the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define TEXT "Der Poller wird am 20. April 2026 ersetzt."

static const char *const drafts[] = {
  "(Entwurf)\n" TEXT,
  "ENTWURF: " TEXT,
  "*** ENTWURF ***\n\n" TEXT,
  "[Entwurf] " TEXT,
  TEXT " (Entwurf)",
  "Entwurf – " TEXT,
  "Draft:\n" TEXT,
  "Entwurf, bitte gegenlesen\n\n" TEXT,
  "Antwortentwurf:\n\nSehr geehrte Damen und Herren,\n\n" TEXT "\n\nMit freundlichen Grüßen\nMuster",
  "Guten Tag,\n\n- Entwurf -\n\n" TEXT,
  "Entwurf zur Abstimmung:\n" TEXT,
  "E N T W U R F\n\n" TEXT,
  TEXT "\n\nNur ein Entwurf.",
};

static void a_marked_draft_waits_and_loses_its_mark(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(drafts); i++) {
    answered_setup_asked(state);
    answered_reply(&a, MUSTER, drafts[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0) fail_msg("%s: published", drafts[i]);
    if (moderated_count(&a.club, "case_draft", SGA) != 1) fail_msg("%s: no colleague is asked", drafts[i]);
    answered_say(&a, "case_draft", SGA, SGA, "ok", true);
    g_autofree char *text = answered_text(&a, 1);
    if (strcmp(text, TEXT) != 0) fail_msg("%s: %s", drafts[i], text);
    answered_teardown(state);
  }
}

static void a_plan_that_is_a_draft_makes_no_draft_of_the_answer(void **state)
{
  static const char *const plain[] = {
    "Der Entwurf des Bebauungsplans liegt im Rathaus aus. " TEXT,
    "Entwurf und Planung sind abgeschlossen. " TEXT,
    "Die Planung ist im Entwurf fertig. " TEXT,
  };
  for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
    answered_setup_asked(state);
    answered_reply(&a, MUSTER, plain[i], true);
    g_autofree char *text = answered_text(&a, 1);
    if (strcmp(text, plain[i]) != 0) fail_msg("%s: %s", plain[i], text);
    answered_teardown(state);
  }
}

/* Their "ja" comes to the case's address: as an answer to what we told them, or to our first letter. */
static void an_author_s_yes_is_no_new_draft(void **state)
{
  static const char *const words[] = { "ja", "Ja, bitte veröffentlichen.", "ok", "Freigegeben. Gruß" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    answered_setup_asked(state);
    answered_set(&a, "SGA", true, "role");
    answered_reply(&a, MUSTER, TEXT, true);
    int asked = moderated_count(&a.club, "case_draft", NULL);
    answered_reply(&a, MUSTER, words[i], true);
    assert_int_equal(moderated_count(&a.club, "case_draft", NULL), asked);
    assert_int_equal(moderated_count(&a.club, "case_reply_waits", NULL), 1);
    assert_string_equal(answered_state(&a, 1), "forwarded 0");
    answered_say(&a, "case_draft", SGA, SGA, "ok", true);
    g_autofree char *text = answered_text(&a, 1);
    if (strcmp(text, TEXT) != 0) fail_msg("%s: %s", words[i], text);
    answered_teardown(state);
  }
}

static void another_answer_of_its_author_is_a_new_draft(void **state)
{
  answered_setup_asked(state);
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, TEXT, true);
  answered_reply(&a, MUSTER, "Ja, der Poller wird am 22. April 2026 ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 2);
  answered_teardown(state);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_marked_draft_waits_and_loses_its_mark),
    cmocka_unit_test(an_author_s_yes_is_no_new_draft),
    cmocka_unit_test(another_answer_of_its_author_is_a_new_draft),
    cmocka_unit_test(a_plan_that_is_a_draft_makes_no_draft_of_the_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
