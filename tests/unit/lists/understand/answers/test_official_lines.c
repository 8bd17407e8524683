/* Offices answer in few words: nothing of them is lost, and no state or day is read that they do not say. */
#include "tests/unit/lists/understand/answers/answering.h"

#include "lists/understand/answers/official/card.h"

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

static void what_is_undone_or_closed_is_not_done(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "Wir sind vom 21.12. bis 3.1. geschlossen. Danach kümmern wir uns.", NULL, STATUS_IN_PROGRESS, NULL },
    { "Der Poller wurde am 2.4. ersetzt, aber am 5.4. erneut umgefahren. Ersatz ist bestellt.", NULL,
      STATUS_IN_PROGRESS, NULL },
    { "Die Bank wurde repariert, ist jedoch leider wieder beschädigt.", NULL, STATUS_IN_PROGRESS, NULL },
    { "Der defekte Poller wurde entfernt. Ein Ersatz wird geprüft.", NULL, STATUS_IN_PROGRESS, NULL },
    { "Der umgefahrene Poller wurde ersetzt.", NULL, STATUS_DONE, NULL },
    { "Das Loch wurde gestern geschlossen.", NULL, STATUS_DONE, NULL },
    { "Leider nein.", NULL, STATUS_REJECTED, NULL },
    { "Nein.", NULL, STATUS_REJECTED, NULL },
    { "Nein, die Bank wird im Mai ersetzt.", NULL, STATUS_PLANNED, "2026-05-31" },
  };
  check(said, G_N_ELEMENTS(said));
}

static void only_the_end_of_the_works_is_promised(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "Submission ist am 14.05.2026, Baubeginn voraussichtlich Ende Juli 2026.", NULL, STATUS_PLANNED, NULL },
    { "Etwa ab Juni beginnen die Arbeiten; Ende der Bauzeit 30.09.2026.", NULL, STATUS_PLANNED,
      "2026-09-30" },
    { "Die Arbeiten beginnen im Mai.", NULL, STATUS_PLANNED, NULL },
    { "Die Arbeiten beginnen im Mai und werden im Juli abgeschlossen.", NULL, STATUS_PLANNED, "2026-07-31" },
    { "Die nächste Baumkontrolle findet turnusgemäß im Juni statt.", NULL, STATUS_IN_PROGRESS, NULL },
    { "Die Frist zur Stellungnahme endet am 15.05., danach entscheiden wir.", NULL, STATUS_NONE, NULL },
    { "Wir entscheiden darüber im Mai.", NULL, STATUS_NONE, NULL },
    { "Nach der Frostperiode, also etwa ab Juni, beginnen die Arbeiten; Ende der Bauzeit 30.09.2026.", NULL,
      STATUS_PLANNED, "2026-09-30" },
    { "Die Unterlagen liegen vom 1. bis 31. Mai im Rathaus, Raum 12, öffentlich aus.", NULL, STATUS_NONE,
      NULL },
    { "Die Bank ist repariert seit dem 2.4.26, MfG", "Die Bank ist repariert seit dem 2.4.26", STATUS_DONE,
      NULL },
  };
  check(said, G_N_ELEMENTS(said));
}

static void ordinary_answers_tell_their_state(void **state)
{
  (void)state;
  static const struct said said[] = {
    { "Ein Mangel konnte vor Ort nicht festgestellt werden.", NULL, STATUS_DONE, NULL },
    { "Die Ursache konnte nicht festgestellt werden.", NULL, STATUS_NONE, NULL },
    { "geprüft, keine Maßnahme erforderlich", NULL, STATUS_REJECTED, NULL },
    { "Wir können das erst bearbeiten, wenn die Haushaltssperre aufgehoben ist.", NULL, STATUS_IN_PROGRESS,
      NULL },
    { "Bis Ende Mai sollte das erledigt sein.", NULL, STATUS_PLANNED, "2026-05-31" },
    { "Sollte das nicht erledigt sein, melden Sie sich.", NULL, STATUS_NONE, NULL },
    { "Der Poller wird im Zuge der Straßensanierung 2029 berücksichtigt.", NULL, STATUS_PLANNED,
      "2029-12-31" },
    { "Die Verkehrsbehörde hat der Anordnung am 2.4. zugestimmt. Wir setzen das nun um.", NULL,
      STATUS_IN_PROGRESS, NULL },
    { "Es besteht kein Anspruch auf Wiederherstellung.", NULL, STATUS_REJECTED, NULL },
  };
  check(said, G_N_ELEMENTS(said));
}

static void until_then_somebody_only_looks(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_answer_by;
  } cases[] = {
    { "Ihre Anfrage wird geprüft, Sie erhalten bis Ende Mai eine Antwort.", true },
    { "Wir melden uns bis spätestens 20. Mai.", true },
    { "Die Kollegen schauen sich das nächste Woche an.", true },
    { "Die Bank wird bis Ende Mai repariert.", false },
    { "Wir melden uns, die Bank kommt im Mai.", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = answer_to(cases[i].text, (struct answering){ .language = "de" },
                                         INTENT_OFFICIAL_REPLY, read_official_reply);
    if (got->expected.year != 2026 || got->is_answer_by != cases[i].is_answer_by)
      fail_msg("%s", cases[i].text);
  }
}

/* What is said of each number, as "number status text" on a line each; "?" is unclear. */
static void check_cases(const char *text, const char *rows)
{
  g_autoptr(meaning_t) got =
      answer_to(text, (struct answering){ .language = "de" }, INTENT_OFFICIAL_REPLY, read_official_reply);
  g_autoptr(GString) said = g_string_new(NULL);
  for (guint i = 0; i < got->cases->len; i++) {
    const struct office_case *one = g_ptr_array_index(got->cases, i);
    const char *status = one->status == STATUS_NONE ? "none" : case_status_word(one->status);
    g_string_append_printf(said, "%s %s %s\n", one->number + strlen("KP-2026-"), status,
                           one->is_unclear ? "?" : one->text);
  }
  if (strcmp(said->str, rows) != 0) fail_msg("%s\n  got\n%s", text, said->str);
}

static void numbers_are_answered_each_in_words_of_its_own(void **state)
{
  (void)state;
  check_cases("Guten Tag,\n\nKP-2026-0201 und KP-2026-0202 sind erledigt, KP-2026-0203 folgt im Mai.",
              "0201 done KP-2026-0201 ist erledigt.\n0202 done KP-2026-0202 ist erledigt.\n"
              "0203 planned KP-2026-0203 folgt im Mai.\n");
  check_cases("Die Meldungen KP-2026-0201, KP-2026-0202 sowie KP-2026-0203 konnten gestern behoben werden.",
              "0201 done KP-2026-0201 konnte gestern behoben werden.\n"
              "0202 done KP-2026-0202 konnte gestern behoben werden.\n"
              "0203 done KP-2026-0203 konnte gestern behoben werden.\n");
  check_cases("KP-2026-0201 bis KP-2026-0203: wird im Mai ersetzt",
              "0201 planned wird im Mai ersetzt\n0202 planned wird im Mai ersetzt\n"
              "0203 planned wird im Mai ersetzt\n");
  check_cases("1) KP-2026-0201 (Bank am Ufer): wird im Mai ersetzt\n2) KP-2026-0202 Poller: erledigt",
              "0201 planned wird im Mai ersetzt\n0202 done erledigt\n");
  check_cases(
      "Für KP-2026-0201 und 2026/0202 gilt: Die Bänke werden im Mai ersetzt.",
      "0201 planned Die Bänke werden im Mai ersetzt.\n0202 planned Die Bänke werden im Mai ersetzt.\n");
  check_cases("KP-2026-0201\nDie Bank ist ersetzt.\n\nWir danken für den Hinweis.\n\nKP-2026-0202\nabgelehnt",
              "0201 done Die Bank ist ersetzt.\n\nWir danken für den Hinweis.\n0202 rejected abgelehnt\n");
}

static void what_cannot_be_told_apart_is_unclear(void **state)
{
  (void)state;
  check_cases("Die Bank (KP-2026-0201) wird im Mai ersetzt, der Poller (KP-2026-0202) im Juni.",
              "0201 none ?\n0202 none ?\n");
  check_cases("KP-2026-0201:\nKP-2026-0202: erledigt", "0201 none ?\n0202 done erledigt\n");
  check_cases("KP-2026-0201 bis KP-2026-0999: erledigt", "0201 none ?\n0999 none ?\n");
}

static void rows_of_any_table_find_their_number(void **state)
{
  (void)state;
  check_cases("Lfd.\tVorgang\tErledigung\tIntern\n1\tKP-2026-0201\terledigt am 2.4.\tFa. Meier\n"
              "2\tKP-2026-0202\tabgelehnt\t\n",
              "0201 done erledigt am 2.4.\n0202 rejected abgelehnt\n");
  check_cases("Nr;Stand;Bemerkung\nKP-2026-0201;erledigt;Bank ersetzt\nKP-2026-0202;geplant;im Mai",
              "0201 done erledigt, Bank ersetzt\n0202 planned geplant, im Mai\n");
  check_cases("| Nr | Stand |\n|----|-------|\n| KP-2026-0201 | erledigt |\n| KP-2026-0202 | in Arbeit |",
              "0201 done erledigt\n0202 in_progress in Arbeit\n");
}

static void a_mobile_is_known_however_it_is_dialled(void **state)
{
  (void)state;
  static const struct {
    const char *number;
    bool is_mobile;
  } numbers[] = {
    { "0172 1234567", true },        { "+49 172 1234567", true },       { "0049 160/1234567", true },
    { "0049 (0)151 1234567", true }, { "030 90297-4629", false },       { "+49 30 90297 4629", false },
    { "90297 1712", false },         { "0177-1234567 ab 8 Uhr", true }, { "01.12.2026", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
    if (official_is_mobile(numbers[i].number) != numbers[i].is_mobile) fail_msg("%s", numbers[i].number);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_day_is_no_telephone_number),
    cmocka_unit_test(a_mobile_is_known_however_it_is_dialled),
    cmocka_unit_test(a_line_with_a_deadline_keeps_what_else_it_says),
    cmocka_unit_test(a_deputy_s_answer_is_no_closing),
    cmocka_unit_test(what_is_undone_or_closed_is_not_done),
    cmocka_unit_test(only_the_end_of_the_works_is_promised),
    cmocka_unit_test(until_then_somebody_only_looks),
    cmocka_unit_test(ordinary_answers_tell_their_state),
    cmocka_unit_test(numbers_are_answered_each_in_words_of_its_own),
    cmocka_unit_test(what_cannot_be_told_apart_is_unclear),
    cmocka_unit_test(rows_of_any_table_find_their_number),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
