/* Changes of an event that stands: shown first, done on the organiser's yes, told to everybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

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

/* Whole classes of wordings: a length, another day without a word for it, weather, the end alone. */
static void a_change_needs_no_word_for_it(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } ways[] = {
    { "Der Termin rutscht auf Sonntag", "Sonntag, 17. Mai 2026, 15 bis 18 Uhr" },
    { "verschoben auf den 17.", "Sonntag, 17. Mai 2026, 15 bis 18 Uhr" },
    { "wir müssen eine Woche schieben", "Samstag, 23. Mai 2026, 15 bis 18 Uhr" },
    { "Das Hoffest wird um zwei Wochen verschoben", "Samstag, 30. Mai 2026, 15 bis 18 Uhr" },
    { "Kleine Änderung: los geht's erst 16 Uhr", "Samstag, 16. Mai 2026, 16 bis 19 Uhr" },
    { "Samstag klappt nicht, wir nehmen den Sonntag", "Sonntag, 17. Mai 2026, 15 bis 18 Uhr" },
    { "Beginn vorgezogen auf 14 Uhr", "Samstag, 16. Mai 2026, 14 bis 17 Uhr" },
    { "Es geht länger, bis 20 Uhr", "Samstag, 16. Mai 2026, 15 bis 20 Uhr" },
    { "bei Regen im Gemeindesaal", "Segelfliegerdamm 12 (bei Regen im Gemeindesaal)" },
    { "Bei Regen fällt es aus.", "Segelfliegerdamm 12 (bei Regen fällt es aus)" },
    { "Ort hat sich geändert, nun Rathaus Köpenick", "Wo: Rathaus Köpenick" },
    { "Aus dem Hoffest wird leider nichts", "fällt dann aus" },
    { "Anmeldung ist jetzt zu", "ist dann geschlossen" },
    { "keine Plätze mehr, bitte niemanden mehr annehmen", "ist dann geschlossen" },
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
    if (!is_good) print_message("%s: %.400s\n", ways[i].text, text && is_new ? text : "nothing");
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  club_close(&club);
}

/* What an organiser tells of others, or of the event, is not their own answer, and no change either. */
static void what_is_told_of_others_is_no_answer_and_no_change(void **state)
{
  (void)state;
  static const char *const told[] = { "Ja, 3 haben schon zugesagt", "Ja, es haben schon fünf zugesagt!",
                                      "Vielen Dank für die vielen Rückmeldungen!",
                                      "Bert hat leider abgesagt?", "Was ist, wenn es am Sonntag regnet?" };
  struct club club;
  club_calls(&club, feast);
  for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
    clock_fix(clock_now() + 6 * 3600);
    club_says(&club, told[i]);
    club_counts(&club, 0, 0, 0, 0, 0);
  }
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-05-16T15:00");
  club_close(&club);
}

static const char choir[] =
    "Hallo zusammen,\n\nab Mittwoch, 6. Mai 2026 proben wir jeden Mittwoch um 19 Uhr im Gemeindesaal, "
    "Dorfstraße 3. Wer mitsingen will, ist willkommen.\n\nAnna";

static void dates_of_a_series_change_in_ones_own_words(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown, *also;
  } ways[] = {
    { "Am 13. und 20. Mai fällt die Probe aus", "13. Mai 2026, 19 Uhr fällt aus",
      "20. Mai 2026, 19 Uhr fällt" },
    { "am 13., 20. und 27. Mai keine Probe", "13. Mai 2026, 19 Uhr fällt aus", "27. Mai 2026, 19 Uhr fällt" },
    { "im August Sommerpause", "5. August 2026, 19 Uhr fällt aus", "26. August 2026, 19 Uhr fällt" },
    { "am ersten Mittwoch im Juni ist Feiertag, deshalb am 4.", "Statt am Mittwoch, 3. Juni",
      "Donnerstag, 4. Juni 2026, 19 Uhr" },
    { "am 20. Mai erst um 20 Uhr", "Statt am Mittwoch, 20. Mai", "20. Mai 2026, 20 Uhr" },
    { "am 20. Mai treffen wir uns im Rathaus Köpenick", "Statt am Mittwoch, 20. Mai", "Rathaus Köpenick" },
    { "Am 20. Mai fällt es aus, weiter geht es am 27. Mai", "20. Mai 2026, 19 Uhr fällt aus", "" },
    { "ab Januar nicht mehr", "bis 31. Dezember 2026", "" },
    { "wir proben ab jetzt donnerstags", "jeden Donnerstag", "" },
  };
  struct club club;
  club_calls(&club, choir);
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    clock_fix(clock_now() + 6 * 3600);
    int before = club_count(&club, "event_change", "anna@web.de");
    club_says(&club, ways[i].text);
    g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
    bool is_new = club_count(&club, "event_change", "anna@web.de") == before + 1;
    bool is_good = is_new && text && strstr(text, ways[i].shown) && strstr(text, ways[i].also);
    if (i == 6 && text) is_good &= !strstr(text, "27. Mai 2026, 19 Uhr fällt");
    if (!is_good) print_message("%s: %.400s\n", ways[i].text, text && is_new ? text : "nothing");
    bad += !is_good;
  }
  assert_int_equal(bad, 0);
  club_says(&club, "Am 13. und 20. Mai fällt die Probe aus");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 2);
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

/* An hour later, of the event or of one date of a series. */
static void so_much_later_or_earlier_is_understood(void **state)
{
  (void)state;
  static const struct {
    const char *call, *text, *shown;
  } cases[] = {
    { feast, "Wir fangen eine Stunde später an", "16 bis 19 Uhr" },
    { feast, "Das Fest beginnt eine halbe Stunde früher", "14:30 bis 17:30 Uhr" },
    { "Hallo, ab Dienstag, 12. Mai 2026 ist jeden Dienstag um 19 Uhr Chorprobe im Segelfliegerdamm 12. Kommt "
      "alle!\n\nAnna",
      "Die Probe am 26. Mai ist eine Stunde später",
      "Statt am Dienstag, 26. Mai 2026, 19 Uhr: Dienstag, 26. Mai 2026, 20" },
    { "Hallo, ab Dienstag, 12. Mai 2026 ist jeden Dienstag um 19 Uhr Chorprobe im Segelfliegerdamm 12. Kommt "
      "alle!\n\nAnna",
      "Am 19. Mai treffen wir uns zwei Stunden früher", "Dienstag, 19. Mai 2026, 17" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, cases[i].call);
    club_says(&club, cases[i].text);
    g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
    bool is_good = text && strstr(text, cases[i].shown);
    if (!is_good) print_message("%s: %.300s\n", cases[i].text, text ? text : "no question");
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

/* Organisers write in their own languages. */
static void changes_are_read_in_other_languages(void **state)
{
  (void)state;
  static const struct {
    const char *text, *letter, *shown;
  } ways[] = {
    { "Переносим на воскресенье на 16 часов", "event_change", "Sonntag, 17. Mai 2026, 16 bis 19 Uhr" },
    { "Wir verschieben auf Sonntag auf 16 Uhr", "event_change", "Sonntag, 17. Mai 2026, 16 bis 19 Uhr" },
    { "The party is postponed to 20 June", "event_change", "20 June 2026" },
    { "We have to call it off", "event_change", "will then be cancelled" },
    { "Unfortunately cancelled due to weather", "event_change", "will then be cancelled" },
    { "No more places", "event_change", "geschlossen" },
    { "We're full, please don't accept anyone else", "event_change", "will then be closed" },
    { "Yer kalmadı, kimseyi almayın", "event_change", "geschlossen" },
    { "Придётся отменить", "event_change", "fällt dann aus" },
    { "Запись закрыта", "event_change", "geschlossen" },
    { "List of guests please", "event_state", "How it stands" },
    { "Сколько человек записалось?", "event_state", "" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, feast);
    club_says(&club, ways[i].text);
    g_autofree char *text = club_text(&club, ways[i].letter, "anna@web.de");
    g_autofree char *raw = post_mail(&club.town, ways[i].letter, "anna@web.de");
    bool is_good = text && (strstr(text, ways[i].shown) || strstr(raw, ways[i].shown));
    if (!is_good) print_message("%s: %.300s\n", ways[i].text, text ? text : "no letter");
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(changes_are_read_in_other_languages),
    cmocka_unit_test(another_time_is_shown_then_told_and_everybody_asked_again),
    cmocka_unit_test(another_place_is_told_and_answers_stay),
    cmocka_unit_test(words_for_a_change_are_understood),
    cmocka_unit_test(other_words_for_a_change_are_understood_as_well),
    cmocka_unit_test(a_change_needs_no_word_for_it),
    cmocka_unit_test(what_is_told_of_others_is_no_answer_and_no_change),
    cmocka_unit_test(dates_of_a_series_change_in_ones_own_words),
    cmocka_unit_test(what_is_off_is_cancelled_in_every_calendar),
    cmocka_unit_test(a_no_leaves_it_and_new_words_are_shown_anew),
    cmocka_unit_test(nobody_says_yes_to_a_change_for_the_organiser),
    cmocka_unit_test(so_much_later_or_earlier_is_understood),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
