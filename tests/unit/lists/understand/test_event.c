/* Events and who comes: from words and from calendar parts. */
#include "tests/unit/lists/understand/understand.h"

static const struct seen events = { .list = "termine", .kind = "events" };
static const struct seen invited = { .list = "termine", .kind = "events", .context = CONTEXT_EVENT };

static void words_say_what_when_and_how_often(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text, *title, *start, *end, *rule;
  } cases[] = {
    { "Einladung: Hofkonzert", "Am 12. Juni um 19 Uhr spielt die Band.", "Hofkonzert",
      "2026-06-12T19:00:00+02:00", NULL, NULL },
    { "Stammtisch", "Jeden ersten Dienstag im Monat um 19 Uhr.", "Stammtisch", NULL, NULL,
      "FREQ=MONTHLY;BYDAY=1TU" },
    { "Termin", "Hallo,\n\nFlohmarkt am Samstag, 9. Mai 2026, 10 bis 16 Uhr.", "Flohmarkt",
      "2026-05-09T10:00:00+02:00", "2026-05-09T16:00:00+02:00", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&events, cases[i].subject, cases[i].text);
    const struct meaning *m = u.it->meaning;
    g_autofree char *start = wall_format(&m->start, "Europe/Berlin"),
                    *end = wall_format(&m->end, "Europe/Berlin");
    assert_int_equal(m->intent, INTENT_EVENT);
    assert_non_null(strstr(m->title, cases[i].title));
    if (cases[i].start) assert_string_equal(start, cases[i].start);
    if (cases[i].end) assert_string_equal(end, cases[i].end);
    if (cases[i].rule) assert_string_equal(m->recurrence, cases[i].rule);
    understood_free(&u);
  }
}

static void what_is_missing_is_named(void **state)
{
  (void)state;
  struct understood u = understand_text(&events, "Pflanzentausch", "Wir laden alle zum Pflanzentausch ein!");
  assert_int_equal(u.it->meaning->intent, INTENT_EVENT);
  assert_int_equal(u.it->meaning->missing->len, 2);
  understood_free(&u);
}

/* A mail with a calendar part of this method and these lines in its event. */
static char *calendar_mail(const char *method, const char *lines)
{
  return g_strdup_printf(
      "From: Erika <erika@post.example>\nTo: termine@kiez.example\nSubject: Fest\n"
      "Date: Mon, 2 Mar 2026 10:15:00 +0100\nMessage-ID: <1@post.example>\nMIME-Version: 1.0\n"
      "Content-Type: text/calendar; charset=utf-8; method=%s\n\n"
      "BEGIN:VCALENDAR\nMETHOD:%s\nBEGIN:VEVENT\nUID:1@kiez.example\n%s"
      "END:VEVENT\nEND:VCALENDAR\n",
      method, method, lines);
}

static void calendars_answer_for_people(void **state)
{
  (void)state;
  static const struct {
    const char *method, *lines;
    enum intent intent;
    enum answer answer;
  } cases[] = {
    { "REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:alias@post.example\n", INTENT_RSVP, ANSWER_YES },
    { "REPLY", "ATTENDEE;PARTSTAT=DECLINED:mailto:erika@post.example\n", INTENT_RSVP, ANSWER_NO },
    { "REPLY", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:erika@post.example\n", INTENT_RSVP, ANSWER_MAYBE },
    { "REPLY", "ATTENDEE:mailto:erika@post.example\n", INTENT_RSVP, ANSWER_NONE },
    { "REPLY",
      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\nATTENDEE;PARTSTAT=DECLINED:mailto:erika@post.example\n",
      INTENT_RSVP, ANSWER_NO },
    { "COUNTER", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:erika@post.example\nDTSTART:20260606T120000Z\n",
      INTENT_RSVP, ANSWER_NONE },
    { "REQUEST", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:erika@post.example\nDTSTART:20260606T120000Z\n",
      INTENT_EVENT, ANSWER_NONE },
    { "CANCEL", "DTSTART:20260606T120000Z\n", INTENT_EVENT, ANSWER_NONE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = calendar_mail(cases[i].method, cases[i].lines);
    struct understood u = understand_raw(&events, raw);
    assert_int_equal(u.it->meaning->intent, cases[i].intent);
    assert_int_equal(u.it->meaning->answer, cases[i].answer);
    understood_free(&u);
  }
}

static void comments_are_what_is_said_besides(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    enum answer answer;
    const char *comment;
  } cases[] = {
    { "Ja", ANSWER_YES, NULL },
    { "Ja, und wir bringen einen Kartoffelsalat mit.", ANSWER_YES, "Kartoffelsalat" },
    { "Leider nein, wir sind an der Ostsee.", ANSWER_NO, "Ostsee" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&invited, "AW: Einladung", cases[i].text);
    assert_int_equal(u.it->meaning->intent, INTENT_RSVP);
    assert_int_equal(u.it->meaning->answer, cases[i].answer);
    if (cases[i].comment)
      assert_non_null(strstr(u.it->meaning->comment, cases[i].comment));
    else
      assert_null(u.it->meaning->comment);
    understood_free(&u);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_say_what_when_and_how_often),
    cmocka_unit_test(what_is_missing_is_named),
    cmocka_unit_test(calendars_answer_for_people),
    cmocka_unit_test(comments_are_what_is_said_besides),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
