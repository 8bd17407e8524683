/* Offices answer in few words: nothing of them is lost, and no state or day is read that they do not say. */
#include "tests/unit/lists/answering.h"

struct said {
  const char *text, *public_text; /* NULL: as the text */
  enum case_status status;
  const char *day; /* NULL: none */
};

/* ANSWER_NOW is the 14 April 2026. */
static void check(const struct said *said, gsize count)
{
  guint wrong = 0;
  for (gsize i = 0; i < count; i++) {
    g_autoptr(meaning_t) got = answer_to(said[i].text, (struct answering){ .language = "de" },
                                         INTENT_OFFICIAL_REPLY, read_official_reply);
    const char *text = said[i].public_text ? said[i].public_text : said[i].text;
    const struct wall *at = &got->expected;
    g_autofree char *day = at->year ? g_strdup_printf("%04d-%02d-%02d", at->year, at->month, at->day) : NULL;
    if (g_strcmp0(got->public_text, text) == 0 && got->status == said[i].status &&
        g_strcmp0(day, said[i].day) == 0)
      continue;
    print_error("%s\n  got %s %s |%s|\n", said[i].text, case_status_word(got->status), day ? day : "none",
                got->public_text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void a_day_is_no_telephone_number(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "Erledigt am 01.04.2026", NULL, STATUS_DONE, NULL },
    { "Erledigt: 2026-04-01", NULL, STATUS_DONE, NULL },
    { "Repariert 01/04/2026", NULL, STATUS_DONE, NULL },
    { "Fertigstellung: 30.04.27", NULL, STATUS_PLANNED, "2027-04-30" },
    { "Austausch geplant 05/2026 - 06/2026", NULL, STATUS_PLANNED, "2026-06-30" },
    { "Auftrag 4500123456 ist erteilt", NULL, STATUS_IN_PROGRESS, NULL },
    { "Kosten: 125.000 Euro, wird im Mai gebaut", NULL, STATUS_PLANNED, "2026-05-31" },
    { "Der Poller wird ersetzt.\nTel. 030 90297-5814", "Der Poller wird ersetzt.", STATUS_PLANNED, NULL },
    { "Der Poller wird ersetzt.\nK. Muster 9018-25814", "Der Poller wird ersetzt.", STATUS_PLANNED, NULL },
  };
  check(said, G_N_ELEMENTS(said));
}

static void a_line_with_a_deadline_keeps_what_else_it_says(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "Termin: 18.05.2026, 9-12 Uhr. Bitte Halteverbot beachten.", NULL, STATUS_PLANNED, "2026-05-18" },
    { "Zieltermin: 31.05.2026. Der Poller wird ersetzt.", "Der Poller wird ersetzt.", STATUS_PLANNED,
      "2026-05-31" },
    { "Frist: 34. KW\nDie Bank wird ersetzt.", "Die Bank wird ersetzt.", STATUS_PLANNED, "2026-08-23" },
    { "Frist 34. KW\nDie Bank wird ersetzt.", "Die Bank wird ersetzt.", STATUS_PLANNED, "2026-08-23" },
    { "Frist: voraussichtlich bis Ende Mai", "", STATUS_PLANNED, "2026-05-31" },
    { "Ausführung: 18.05.2026 durch die Firma", NULL, STATUS_PLANNED, "2026-05-18" },
  };
  check(said, G_N_ELEMENTS(said));
}

static void a_deputy_s_answer_is_no_closing(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "In Vertretung: Die Bank wird im Mai ersetzt.", "Die Bank wird im Mai ersetzt.", STATUS_PLANNED,
      "2026-05-31" },
    { "i. V.: ist repariert", "ist repariert", STATUS_DONE, NULL },
    { "In Vertretung teile ich mit: Bank kommt im Mai.", NULL, STATUS_PLANNED, "2026-05-31" },
    { "Die Bank wird im Mai ersetzt.\n\nIn Vertretung\nMüller", "Die Bank wird im Mai ersetzt.",
      STATUS_PLANNED, "2026-05-31" },
    { "Die Bank wird im Mai ersetzt.\n\nIm Auftrag Müller, Straßenbau", "Die Bank wird im Mai ersetzt.",
      STATUS_PLANNED, "2026-05-31" },
  };
  check(said, G_N_ELEMENTS(said));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_day_is_no_telephone_number),
    cmocka_unit_test(a_line_with_a_deadline_keeps_what_else_it_says),
    cmocka_unit_test(a_deputy_s_answer_is_no_closing),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
