/* What an organiser does by mail with an event that stands: reads how it stands, changes it, calls it off,
 * writes to all who come, enters who telephoned, and organises it with others; and what nobody else may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/event_club.h"

/* ---- how it stands ---- */

/* The attached table, decoded. Caller frees. */
static char *table_of(struct club *club)
{
  g_autofree char *raw = post_mail(&club->town, "event_state", "anna@web.de");
  if (!raw) fail_msg("no state");
  const char *part = strstr(raw, ".csv");
  assert_non_null(part);
  const char *body = strstr(part, "\r\n\r\n");
  assert_non_null(body);
  const char *end = strstr(body + 4, "\r\n--");
  assert_non_null(end);
  g_autofree char *coded = g_strndup(body + 4, (gsize)(end - body - 4));
  if (!strstr(raw, "base64")) return g_steal_pointer(&coded);
  gsize size = 0;
  guchar *bytes = g_base64_decode(coded, &size);
  char *text = g_strndup((const char *)bytes, size);
  g_free(bytes);
  return text;
}

static void the_organiser_asks_how_it_stands_in_many_ways(void **state)
{
  (void)state;
  static const char *const ways[] = {
    "Stand?",
    "Wie ist der Stand?",
    "Wie viele kommen?",
    "Wer kommt denn alles?",
    "Wie sieht es aus mit dem Fest?",
    "Bitte die Liste der Zusagen",
    "Zwischenstand bitte",
    "Wieviele Leute haben sich angemeldet?",
    "Gibt es schon Rückmeldungen?",
    "Wer hat zugesagt?",
    "Who is coming?",
    "How many people are coming?",
    "Status?",
    "Durum nedir?",
    "Kaç kişi geliyor?",
    "Сколько придёт?",
    "Кто придёт?",
  };
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt und backen vorher noch Kuchen");
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    clock_fix(clock_now() + 24 * 3600 / 4);
    int before = club_count(&club, "event_state", "anna@web.de");
    club_says(&club, ways[i]);
    g_autofree char *text = club_text(&club, "event_state", "anna@web.de");
    bool is_good = club_count(&club, "event_state", "anna@web.de") == before + 1 && text &&
                   !strstr(text, "nicht sicher verstanden") && !strstr(text, "could not be sure") &&
                   !strstr(text, "nicht verstanden") && strstr(text, "kommen mit") == NULL &&
                   strstr(text, "backen vorher noch Kuchen");
    if (!is_good) print_message("%s: %s\n", ways[i], text);
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  club_has(&club, "event_state", "anna@web.de", "backen vorher noch Kuchen");
  club_has(&club, "event_state", "anna@web.de", "Noch keine Antwort: 1");
  club_counts(&club, 1, 0, 0, 3, 0);
  club_close(&club);
}

static void a_table_goes_along_in_which_no_cell_is_a_formula(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu zweit, \"Salat\" bringen wir mit");
  g_autoptr(event_t) event = the_event(&club);
  struct event_party evil = { .event = event->id,
                              .role = (char *)"stranger",
                              .address = (char *)"x@evil.example",
                              .name = (char *)"=1+cmd" };
  assert_true(store_begin(club.town.store, NULL));
  assert_true(event_party_put(club.town.store, &evil, 1, NULL));
  struct rsvp rsvp = { .event = event->id,
                       .original = (char *)"",
                       .party = evil.id,
                       .answer = (char *)"yes",
                       .people = 1,
                       .comment = (char *)"+1\n@SUM(A1) \"Salat\"",
                       .source = (char *)"words",
                       .at = 1 };
  assert_true(rsvp_put(club.town.store, &rsvp, NULL) && store_commit(club.town.store, NULL));
  club_says(&club, "Stand?");
  g_autofree char *table = table_of(&club);
  if (!g_str_has_prefix(table, "Name,Antwort,")) fail_msg("%s", table); /* no byte order mark */
  if (!strstr(table, "\r\n\"'=1+cmd\"")) fail_msg("%s", table);
  if (!strstr(table, "\"'+1 @SUM(A1) \"\"Salat\"\"\"")) fail_msg("%s", table);
  assert_null(strstr(table, "\n="));
  for (const char *p = table; (p = strchr(p, '\n')); p++) assert_true(p > table && p[-1] == '\r');
  club_close(&club);
}

static void nobody_else_learns_how_it_stands(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  g_autofree char *to = club_reply_address(&club, "event_opened", "anna@web.de");
  club_write(&club, "dieb@evil.example", to, "Re: Hoffest", "Stand?", true);
  club_write(&club, "anna@web.de", to, "Re: Hoffest", "Stand? Und: Ort: Berghain", false);
  club_write(&club, "bert@web.de", to, "Re: Hoffest", "Fällt aus", true);
  assert_null(club_text(&club, "event_state", "anna@web.de"));
  assert_null(club_text(&club, "event_state", "dieb@evil.example"));
  assert_null(club_text(&club, "event_change", "anna@web.de"));
  assert_null(club_text(&club, "event_change", "bert@web.de"));
  g_autofree char *proof = club_text(&club, "event_proof", "anna@web.de");
  assert_non_null(proof);
  club_close(&club);
}

/* ---- changes ---- */

static void another_time_is_shown_then_told_and_everybody_asked_again(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_says(&club, "Wir verschieben auf Sonntag um vier.");
  club_has(&club, "event_change", "anna@web.de", "Sonntag, 17. Mai 2026, 16 bis 19 Uhr");
  club_has(&club, "event_change", "anna@web.de", "fragen wir alle noch einmal");
  g_autoptr(event_t) before = the_event(&club);
  assert_string_equal(before->starts, "2026-05-16T15:00"); /* nothing before the yes */
  club_counts(&club, 1, 0, 0, 3, 0);
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja, das stimmt");
  g_autoptr(event_t) after = the_event(&club);
  assert_string_equal(after->starts, "2026-05-17T16:00");
  assert_int_equal(after->sequence, before->sequence + 1);
  assert_true(after->stamp > before->stamp);
  assert_string_equal(after->uid, before->uid);
  club_counts(&club, 0, 0, 0, 0, 0);
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_autoptr(calendar_t) calendar = itip_find(mail);
  assert_string_equal(calendar->method, "REQUEST");
  assert_string_equal(calendar->uid, before->uid);
  assert_int_equal(calendar->sequence, after->sequence);
  assert_non_null(strstr(mail->text, "noch einmal, ob Sie kommen"));
  club_comes(&club, "bert@web.de", "Ja, zu zweit");
  club_counts(&club, 1, 0, 0, 2, 0);
  club_close(&club);
}

static void another_place_is_told_and_answers_stay(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_says(&club, "Hallo,\n\nneuer Ort: Rathaus Köpenick\n\nAnna");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->place, "Rathaus Köpenick");
  assert_int_equal(event->sequence, 1);
  club_counts(&club, 1, 0, 0, 3, 0);
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_autoptr(calendar_t) calendar = itip_find(mail);
  const struct calendar_attendee *bert = calendar->attendees->pdata[0];
  assert_string_equal(bert->partstat, "ACCEPTED");
  club_has(&club, "event_invitation", "bert@web.de", "Ihre Antwort gilt weiter");
  club_close(&club);
}

static void words_for_a_change_are_understood(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } ways[] = {
    { "Wann: Sonntag um 16 Uhr", "Sonntag, 17. Mai 2026, 16" },
    { "Wir fangen erst um vier an", "Samstag, 16. Mai 2026, 16" },
    { "Das Fest wird vom Samstag auf den 23. Mai verschoben", "Samstag, 23. Mai 2026, 15 bis 18 Uhr" },
    { "Wir verlegen das Fest ins Rathaus", "Wo: Rathaus" },
    { "Wir treffen uns jetzt im Mellowpark", "Wo: Mellowpark" },
    { "Plätze: 40", "Plätze: 40" },
    { "Antwort bis: 10. Mai", "Antwort bis: 10. Mai 2026" },
    { "Mitbringen: eigene Teller", "Mitbringen: eigene Teller" },
    { "Das Hoffest fällt leider aus.", "fällt dann aus" },
    { "Ist abgesagt", "fällt dann aus" },
    { "Wir müssen das Fest leider absagen", "fällt dann aus" },
    { "Das Treffen findet nicht statt", "fällt dann aus" },
    { "It is cancelled", "fällt dann aus" },
    { "Etkinlik iptal edildi", "fällt dann aus" },
    { "Праздник отменяется", "fällt dann aus" },
    { "Bitte die Anmeldung schließen", "ist dann geschlossen" },
    { "Wir nehmen keine weiteren Anmeldungen mehr an", "ist dann geschlossen" },
    { "Close the registration, please", "will then be closed" },
  };
  struct club club;
  club_calls(&club, feast);
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    clock_fix(clock_now() + 6 * 3600);
    int before = club_count(&club, "event_change", "anna@web.de");
    club_says(&club, ways[i].text);
    g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
    bool is_good =
        club_count(&club, "event_change", "anna@web.de") == before + 1 && text && strstr(text, ways[i].shown);
    if (!is_good) print_message("%s: %s\n", ways[i].text, text ? text : "nothing");
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(event->sequence, 0);
  club_close(&club);
}

/* Wordings that stood in no table when they were written here. */
static void other_words_for_a_change_are_understood_as_well(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } ways[] = {
    { "Hallo, leider muss das Fest wegen Regen ausfallen. Gruß Anna", "fällt dann aus" },
    { "Hiermit sage ich das Hoffest ab.", "fällt dann aus" },
    { "Aus dem Fest wird leider nichts, wir müssen absagen", "fällt dann aus" },
    { "Wegen des Sturms ist das Fest abgesagt!", "fällt dann aus" },
    { "Guten Tag, wir verschieben das Fest um eine Woche, neuer Termin: 23. Mai.",
      "23. Mai 2026, 15 bis 18 Uhr" },
    { "Können wir das auf Freitag, 15. Mai, 17 Uhr verlegen?", "Freitag, 15. Mai 2026, 17" },
    { "Es geht erst um 16 Uhr los", "Samstag, 16. Mai 2026, 16" },
    { "Uhrzeit: 14 Uhr", "Samstag, 16. Mai 2026, 14" },
    { "Neuer Treffpunkt: Mandrellaplatz", "Wo: Mandrellaplatz" },
    { "Treffpunkt ist nun der Mandrellaplatz", "Mandrellaplatz" },
    { "Wir weichen in die Turnhalle aus", "Turnhalle" },
    { "Titel: Frühlingsfest", "Frühlingsfest" },
    { "höchstens: 25", "Plätze: 25" },
    { "Anmelden bis: Montag, 4. Mai", "Antwort bis: 4. Mai 2026" },
    { "Bitte keine weiteren Anmeldungen mehr annehmen", "ist dann geschlossen" },
    { "Bitte die Liste schließen, wir sind voll", "ist dann geschlossen" },
    { "We have to cancel the party", "will then be cancelled" },
    { "Moved to Sunday at 4 pm", "17 May 2026, 16:00" },
    { "Etkinliği pazar gününe erteliyoruz", "17. Mai 2026" },
    { "Переносим на воскресенье", "17. Mai 2026" },
  };
  struct club club;
  club_calls(&club, feast);
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    clock_fix(clock_now() + 6 * 3600);
    int before = club_count(&club, "event_change", "anna@web.de");
    club_says(&club, ways[i].text);
    g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
    bool is_new = club_count(&club, "event_change", "anna@web.de") == before + 1;
    bool is_good = is_new && text && strstr(text, ways[i].shown);
    if (!is_good) print_message("%s: %.300s\n", ways[i].text, text && is_new ? text : "nothing");
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  club_close(&club);
}

static void what_is_off_is_cancelled_in_every_calendar(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Das Hoffest fällt aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Hm, ich muss noch mal überlegen");
  g_autoptr(event_t) still = the_event(&club);
  assert_string_equal(still->state, "open");
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "cancelled");
  assert_int_equal(event->sequence, 1);
  static const char *const members[] = { "bert@web.de", "clara@web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
    g_autofree char *raw = post_mail(&club.town, "event_off", members[i]);
    if (!raw) fail_msg("%s is not told", members[i]);
    g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
    g_autoptr(calendar_t) calendar = itip_find(mail);
    assert_string_equal(calendar->method, "CANCEL");
    assert_string_equal(calendar->uid, event->uid);
  }
  assert_int_equal(club_count(&club, "event_off", "bert@web.de"), 1);
  club_wait(&club, TEST_NOW + 90 * 24 * 3600);
  assert_null(club_text(&club, "event_held", "anna@web.de"));
  assert_null(club_text(&club, "event_reminder", "bert@web.de"));
  club_close(&club);
}

static void a_no_leaves_it_and_new_words_are_shown_anew(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Ort: Rathaus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ort: Rathaus Köpenick\nWann: Sonntag um 16 Uhr");
  club_has(&club, "event_change", "anna@web.de", "Rathaus Köpenick");
  club_has(&club, "event_change", "anna@web.de", "17. Mai 2026");
  g_autoptr(event_t) before = the_event(&club);
  assert_string_equal(before->starts, "2026-05-16T15:00");
  club_confirms(&club, "event_change", "Nein");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-05-16T15:00");
  assert_int_equal(event->sequence, 0);
  club_has(&club, "event_changed", "anna@web.de", "bleibt, wie es war");
  club_close(&club);
}

static void nobody_says_yes_to_a_change_for_the_organiser(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Fällt aus");
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_change", "anna@web.de", "dieb@evil.example", "Ja", true);
  club_answer(&club, "event_change", "anna@web.de", "anna@web.de", "Ja", false);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  club_close(&club);
}

static void more_places_let_those_who_wait_move_up(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Plätze: 3");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) small = the_event(&club);
  assert_int_equal(small->sequence, 0); /* nobody need be told */
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_comes(&club, "clara@web.de", "Ich komme zu zweit");
  club_counts(&club, 1, 0, 0, 3, 1);
  club_says(&club, "Plätze: keine Grenze");
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 2, 0, 0, 5, 0);
  assert_int_equal(club_count(&club, "event_moved_up", "clara@web.de"), 1);
  club_close(&club);
}

static void a_closed_list_takes_no_more_yes_but_a_no(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_says(&club, "Anmeldung bitte schließen");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "clara@web.de", "Ja, ich komme");
  club_counts(&club, 1, 0, 0, 3, 0);
  assert_non_null(club_text(&club, "event_closed", "clara@web.de"));
  club_comes(&club, "bert@web.de", "Leider nein");
  club_counts(&club, 0, 1, 0, 0, 0);
  club_says(&club, "Anmeldung wieder öffnen");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "clara@web.de", "Ja, ich komme");
  club_counts(&club, 1, 1, 0, 1, 0);
  club_close(&club);
}

static void one_date_of_a_series_is_off_and_the_others_stay(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  g_autoptr(event_t) before = the_event(&club);
  assert_non_null(strstr(before->rule, "WEEKLY"));
  club_says(&club, "Fällt am 17. März aus");
  club_has(&club, "event_change", "anna@web.de", "17. März 2026");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(event->sequence, 1);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1);
  assert_string_equal(((struct event_date *)dates->pdata[0])->original, "2026-03-17T19:00");
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  assert_non_null(strstr(raw, "EXDATE"));
  club_has(&club, "event_invitation", "bert@web.de", "Fällt aus: Dienstag, 17. März 2026");
  club_close(&club);
}

static void a_series_is_not_ended_by_a_day_that_it_does_not_have(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_says(&club, "Am 18. März fällt die Probe aus"); /* a Wednesday */
  club_has(&club, "event_change", "anna@web.de", "Nicht verstanden: Am 18. März");
  club_says(&club, "Am Dienstag, 17. März fällt die Probe aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_says(&club, "Wann: jeden Dienstag um 20 Uhr");
  club_has(&club, "event_change", "anna@web.de", "fragen wir alle noch einmal");
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1); /* what is off stays off at the new hour */
  assert_string_equal(((struct event_date *)dates->pdata[0])->original, "2026-03-17T20:00");
  club_close(&club);
}

static void a_series_ends_and_nobody_is_asked_again(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Die letzte Probe ist am 24. März.");
  club_has(&club, "event_change", "anna@web.de", "bis 24. März 2026");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 1, 0, 0, 1, 0);
  club_has(&club, "event_invitation", "bert@web.de", "bis 24. März 2026");
  g_autoptr(event_t) told = the_event(&club);
  assert_non_null(strstr(told->rule, "UNTIL=20260324T225900Z"));
  for (int64_t now = TEST_NOW + 2 * 24 * 3600; now < TEST_NOW + 40 * 24 * 3600; now += 6 * 3600)
    club_wait(&club, now);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "over");
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 3);
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 1);
  club_close(&club);
}

static void an_organiser_may_write_of_holidays(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "An alle, die kommen: Ich bin bis zum 12. Mai im Urlaub und nicht erreichbar.");
  assert_non_null(club_text(&club, "event_message_draft", "anna@web.de"));
  club_says(&club, "Ich bin bis zum 12. März nicht im Büro. Ihre Mail wird nicht weitergeleitet.");
  assert_null(club_text(&club, "event_state", "anna@web.de"));
  club_close(&club);
}

/* ---- to all who come ---- */

static void a_message_goes_to_all_who_come_and_answers_to_the_organiser(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Ich komme");
  club_comes(&club, "clara@web.de", "Leider nein");
  club_says(&club, "An alle, die kommen: Bitte festes Schuhwerk!\n\nUnd Becher.");
  club_has(&club, "event_message_draft", "anna@web.de", "festes Schuhwerk");
  club_has(&club, "event_message_draft", "anna@web.de", "Und Becher");
  assert_null(club_text(&club, "event_message", "bert@web.de"));
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_message_draft", "Ja bitte");
  club_has(&club, "event_message", "bert@web.de", "festes Schuhwerk");
  assert_null(club_text(&club, "event_message", "clara@web.de"));
  assert_int_equal(club_count(&club, "event_message", "bert@web.de"), 1);
  g_autofree char *raw = post_mail(&club.town, "event_message", "bert@web.de");
  assert_null(strstr(raw, "anna@web.de"));
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_message", "bert@web.de", "bert@web.de", "Darf mein Hund mit?", true);
  g_autofree char *answer = post_mail(&club.town, "private", "anna@web.de");
  assert_non_null(answer);
  assert_non_null(strstr(answer, "Darf mein Hund mit?"));
  club_counts(&club, 1, 1, 0, 1, 0);
  club_close(&club);
}

/* ---- on behalf ---- */

static void who_telephoned_is_entered_counted_once_and_changed(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Hallo,\n\nFrau Schulz kommt zu zweit.\nHerr Yılmaz sagt ab\nFamilie Krause: 4 Personen\n"
                   "Oma Inge kommt vielleicht\n\nViele Grüße\nAnna");
  club_counts(&club, 2, 1, 1, 6, 0);
  club_has(&club, "event_noted", "anna@web.de", "Herr Yılmaz: kommt nicht Familie");
  club_has(&club, "event_noted", "anna@web.de", "Oma Inge: vielleicht Jetzt");
  club_has(&club, "event_noted", "anna@web.de", "Frau Schulz: kommt, 2 Personen");
  club_has(&club, "event_noted", "anna@web.de", "Jetzt kommen 6 Personen");
  club_says(&club, "frau Schulz kommt doch nicht");
  club_says(&club, "Frau SCHULZ kommt doch zu dritt. Leider kommt Herr Yilmaz auch");
  club_counts(&club, 3, 0, 1, 8, 0);
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "von Ihnen eingetragen");
  club_close(&club);
}

static void people_are_entered_as_people_write(void **state)
{
  (void)state;
  static const struct {
    const char *text, *noted;
  } ways[] = {
    { "Frau Dr. Klein hat gerade telefonisch zugesagt, zu dritt", "Frau Dr. Klein: kommt, 3 Personen" },
    { "Am Telefon: Familie Özdemir kommt mit 5 Personen", "Familie Özdemir: kommt, 5 Personen" },
    { "Die Müllers kommen zu viert.", "Müllers: kommt, 4 Personen" },
    { "Herr Nowak ist dabei", "Herr Nowak: kommt, 1 Person" },
    { "Jürgen und Petra Lange sind dabei, zu zweit", "Jürgen und Petra Lange: kommt, 2 Personen" },
    { "Peter Schmidt: zu zweit", "Peter Schmidt: kommt, 2 Personen" },
    { "Frau Kowalski (3)", "Frau Kowalski: kommt, 3 Personen" },
    { "Herr Baumann kann leider nicht", "Herr Baumann: kommt nicht" },
    { "Frau Lehmann weiß es noch nicht", "Frau Lehmann: vielleicht" },
    { "Mrs Smith is coming with 2 people", "Mrs Smith: comes, 2 people" },
    { "Ayşe Hanım geliyor", "Ayşe Hanım: kommt, 1 Person" },
    { "Иван Петров придёт", "Иван Петров: kommt, 1 Person" },
  };
  struct club club;
  club_calls(&club, feast);
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    clock_fix(clock_now() + 6 * 3600);
    club_says(&club, ways[i].text);
    g_autofree char *text = club_text(&club, "event_noted", "anna@web.de");
    bool is_good = text && strstr(text, ways[i].noted);
    if (!is_good) print_message("%s: %.100s\n", ways[i].text, text ? text : "nothing");
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  club_close(&club);
}

static void a_member_who_is_entered_is_not_counted_twice(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(event_party_t) bert =
      event_party_find(club.town.store, event->id, "bert@web.de", "invited", NULL);
  bert->name = (g_free(bert->name), g_strdup("Bert Berg"));
  assert_true(store_begin(club.town.store, NULL));
  assert_true(event_party_put(club.town.store, bert, 1, NULL) && store_commit(club.town.store, NULL));
  club_says(&club, "Bert Berg kommt zu zweit");
  club_counts(&club, 1, 0, 0, 2, 0);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_counts(&club, 1, 0, 0, 3, 0);
  club_close(&club);
}

static void the_organiser_answers_for_themselves_as_well(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Ich komme zu zweit");
  club_counts(&club, 1, 0, 0, 2, 0);
  club_says(&club, "Ja, bin dabei");
  club_counts(&club, 1, 0, 0, 1, 0);
  assert_null(club_text(&club, "event_noted", "anna@web.de"));
  club_close(&club);
}

static void what_is_no_name_is_nobody(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Leider kommt niemand.",  "Alle kommen!", "Das Fest kommt gut an.",
    "Kommt der Bus um drei?", "Viele Grüße",  "Segelfliegerdamm 12, 12439 Berlin",
    "Anna Amsel 0151 234567"
  };
  struct club club;
  club_calls(&club, feast);
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    clock_fix(clock_now() + 6 * 3600);
    club_says(&club, texts[i]);
  }
  assert_null(club_text(&club, "event_noted", "anna@web.de"));
  club_close(&club);
}

/* ---- together ---- */

static void a_co_organiser_is_asked_and_has_the_same_rights(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Mitorganisator: bert@web.de");
  assert_non_null(club_text(&club, "event_host_ask", "bert@web.de"));
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Stand?", true);
  assert_null(club_text(&club, "event_state", "bert@web.de")); /* not before the yes */
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_host_ask", "bert@web.de", "bert@web.de", "Ja, gerne", true);
  club_has(&club, "event_host", "anna@web.de", "Bert organisiert");
  club_answer(&club, "event_host_welcome", "bert@web.de", "bert@web.de", "Stand?", true);
  assert_non_null(club_text(&club, "event_state", "bert@web.de"));
  club_answer(&club, "event_host_welcome", "bert@web.de", "bert@web.de", "Frau Schulz kommt zu zweit", true);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_answer(&club, "event_host_welcome", "bert@web.de", "bert@web.de", "Ort: Rathaus", true);
  clock_fix(clock_now() + 600);
  club_says(&club, "bert@web.de ist nicht mehr Mitorganisator");
  club_has(&club, "event_host", "anna@web.de", "nicht mehr mit");
  club_answer(&club, "event_change", "bert@web.de", "bert@web.de", "Ja", true); /* too late */
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->place, "Segelfliegerdamm 12");
  club_says(&club, "anna@web.de organisiert nicht mehr mit");
  club_has(&club, "event_host", "anna@web.de", "Eine Person muss");
  club_close(&club);
}

/* ---- as time passes ---- */

enum { DAY = 24 * 3600 };

/* Seconds of a day in 2026, at an hour of Berlin's summer time. */
static int64_t at(int month, int day, int hour)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
  g_autoptr(GDateTime) time = g_date_time_new(zone, 2026, month, day, hour, 0, 0);
  return g_date_time_to_unix(time);
}

static void a_month_passes_and_everything_comes_once_and_in_time(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Antwort bis: 10. Mai\nMitbringen: Becher");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  int64_t asked = 0, reminded = 0, held = 0;
  for (int64_t now = at(4, 20, 0); now < at(5, 25, 0); now += 3600) {
    club_wait(&club, now);
    if (!asked && club_count(&club, "event_answer_please", "clara@web.de")) asked = now;
    if (!reminded && club_count(&club, "event_reminder", "bert@web.de")) reminded = now;
    if (!held && club_count(&club, "event_held", "anna@web.de")) held = now;
  }
  assert_int_equal(asked, at(5, 8, 10));
  assert_int_equal(reminded, at(5, 15, 15));
  assert_int_equal(held, at(5, 16, 18));
  assert_int_equal(club_count(&club, "event_answer_please", "clara@web.de"), 1);
  assert_int_equal(club_count(&club, "event_answer_please", "bert@web.de"), 0);
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 1);
  assert_int_equal(club_count(&club, "event_reminder", "clara@web.de"), 0);
  assert_int_equal(club_count(&club, "event_held", "anna@web.de"), 1);
  club_has(&club, "event_reminder", "bert@web.de", "Es kommen 3 Personen");
  club_has(&club, "event_reminder", "bert@web.de", "Becher");
  club_has(&club, "event_reminder", "bert@web.de", "Segelfliegerdamm 12");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "over");
  assert_int_equal(event->attended, -1);
  club_answer(&club, "event_held", "anna@web.de", "anna@web.de", "Es waren 34 da.", true);
  g_autoptr(event_t) noted = the_event(&club);
  assert_int_equal(noted->attended, 34);
  assert_null(club_text(&club, "event_message", "bert@web.de")); /* only if the organiser wants it */
  club_answer(&club, "event_attended", "anna@web.de", "anna@web.de",
              "An alle, die da waren: Danke, schön war es!", true);
  club_confirms(&club, "event_message_draft", "Ja");
  club_has(&club, "event_message", "bert@web.de", "schön war es");
  club_close(&club);
}

static void late_answers_wait_for_the_organiser(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Antwort bis: 10. Mai");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_wait(&club, at(5, 10, 23));
  club_comes(&club, "bert@web.de", "Doch zu viert");
  club_counts(&club, 1, 0, 0, 4, 0); /* the last day is a whole one */
  club_wait(&club, at(5, 11, 1));
  club_comes(&club, "clara@web.de", "Ich komme zu zweit, bringe Salat mit");
  club_counts(&club, 1, 0, 0, 4, 0);
  club_has(&club, "event_late", "anna@web.de", "mit 2 Personen");
  assert_non_null(club_text(&club, "event_late_asked", "clara@web.de"));
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_late", "anna@web.de", "dieb@evil.example", "Ja", true);
  club_counts(&club, 1, 0, 0, 4, 0);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 2, 0, 0, 6, 0);
  club_has(&club, "event_late_answer", "clara@web.de", "sind eingetragen");
  g_autofree char *said = club_text(&club, "event_late_answer", "clara@web.de");
  assert_null(strstr(said, "nicht mehr"));
  club_comes(&club, "bert@web.de", "Leider nein");
  club_counts(&club, 1, 1, 0, 2, 0); /* who stays away is always counted */
  club_close(&club);
}

static void a_series_reminds_of_each_date_but_not_of_one_that_is_off(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, jeden Dienstag um 19 Uhr ist Chorprobe im Segelfliegerdamm 12. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Fällt am 24. März aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  for (int64_t now = at(3, 5, 12); now < at(4, 4, 12); now += 3 * 3600) club_wait(&club, now);
  assert_int_equal(club_count(&club, "event_reminder", "bert@web.de"), 3); /* 10, 17 and 31 March */
  club_has(&club, "event_reminder", "bert@web.de", "31. März 2026");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_int_equal(event->next_at, at(4, 7, 19)); /* summer time has begun */
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_organiser_asks_how_it_stands_in_many_ways),
    cmocka_unit_test(a_table_goes_along_in_which_no_cell_is_a_formula),
    cmocka_unit_test(nobody_else_learns_how_it_stands),
    cmocka_unit_test(another_time_is_shown_then_told_and_everybody_asked_again),
    cmocka_unit_test(another_place_is_told_and_answers_stay),
    cmocka_unit_test(words_for_a_change_are_understood),
    cmocka_unit_test(other_words_for_a_change_are_understood_as_well),
    cmocka_unit_test(what_is_off_is_cancelled_in_every_calendar),
    cmocka_unit_test(a_no_leaves_it_and_new_words_are_shown_anew),
    cmocka_unit_test(nobody_says_yes_to_a_change_for_the_organiser),
    cmocka_unit_test(more_places_let_those_who_wait_move_up),
    cmocka_unit_test(a_closed_list_takes_no_more_yes_but_a_no),
    cmocka_unit_test(one_date_of_a_series_is_off_and_the_others_stay),
    cmocka_unit_test(a_series_is_not_ended_by_a_day_that_it_does_not_have),
    cmocka_unit_test(a_series_ends_and_nobody_is_asked_again),
    cmocka_unit_test(an_organiser_may_write_of_holidays),
    cmocka_unit_test(a_message_goes_to_all_who_come_and_answers_to_the_organiser),
    cmocka_unit_test(who_telephoned_is_entered_counted_once_and_changed),
    cmocka_unit_test(people_are_entered_as_people_write),
    cmocka_unit_test(a_member_who_is_entered_is_not_counted_twice),
    cmocka_unit_test(the_organiser_answers_for_themselves_as_well),
    cmocka_unit_test(what_is_no_name_is_nobody),
    cmocka_unit_test(a_co_organiser_is_asked_and_has_the_same_rights),
    cmocka_unit_test(a_month_passes_and_everything_comes_once_and_in_time),
    cmocka_unit_test(late_answers_wait_for_the_organiser),
    cmocka_unit_test(a_series_reminds_of_each_date_but_not_of_one_that_is_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
