/* Reading an office's answer takes linear time: sentences of thousands of clauses, days and verbs, 64 KB
 * long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/config.h"
#include "lib/mail/read.h"
#include "lib/text/dates/dates.h"
#include "lib/text/phrases.h"
#include "lists/understand/answers/official/draft.h"
#include "lists/understand/answers/official/status.h"
#include "tests/support/cpu.h"

enum { HOSTILE_BYTES = 64 * 1024, NOW = 1772442000, MOST_MS = 400 };

static const char *const units[] = {
  "wird ersetzt, ",
  "ersetzt repariert ",
  "wird am 3. Mai ersetzt, ",
  "am 3. Mai 2027 und ",
  "wurde nicht repariert, weil ",
  "konnten wir beheben und ",
  "nicht zuständig, weiter an das Amt, ",
  "bis 3. Mai sollte das erledigt sein, ",
  "wird beauftragt: ",
  "Entwurf ",
  "(Entwurf) ",
  "- [x] erledigt ",
};

static void hostile_sentences_take_linear_time(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < HOSTILE_BYTES) g_string_append(text, units[i]);
    g_autoptr(passage_t) passage = passage_new(text->str, "de", 0);
    struct dates_wish wish = { .now = NOW, .zone = "Europe/Berlin" };
    g_autoptr(GArray) dates = dates_find(passage, &wish);
    int64_t begin = cpu_ms();
    official_status_read(passage, dates, NOW, "Europe/Berlin", NULL);
    g_autoptr(GArray) drafts = official_draft_marks(passage);
    int64_t taken = cpu_ms() - begin;
    if (g_getenv("SHOW_TIME")) print_message("%6d ms  %s\n", (int)taken, units[i]);
    if (taken > MOST_MS) fail_msg("\"%s\" repeated took %d ms", units[i], (int)taken);
  }
}

static int setup(void **state)
{
  (void)state;
  struct config config = { 0 };
  return mail_init(&config, NULL) ? 0 : -1;
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(hostile_sentences_take_linear_time) };
  return cmocka_run_group_tests(tests, setup, NULL);
}
