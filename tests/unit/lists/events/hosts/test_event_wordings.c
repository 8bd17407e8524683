/* What organisers write of an event or a series, as people of all ages write; each to an event of its own.
 * What is understood is shown and asked; what changes nothing must ask nothing, and tell nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static const char yard[] =
    "Hallo zusammen,\n\nam Samstag, 13. Juni 2026, 15 bis 18 Uhr machen wir ein Hoffest im "
    "Segelfliegerdamm 12. Kommt alle!\n\nAnna";
static const char choir[] =
    "Hallo zusammen,\n\nab Mittwoch, 6. Mai 2026 proben wir jeden Mittwoch um 19 Uhr im Gemeindesaal, "
    "Dorfstraße 3. Wer mitsingen will, ist willkommen.\n\nAnna";

struct wording {
  const char *call, *first, *text, *letter, *shown;
};

/* Writes `first`, says yes to it, writes the wording: the letter that answers it shows what it must. */
static bool is_read(const struct wording *w)
{
  struct club club;
  club_calls(&club, w->call);
  clock_fix(clock_now() + 6 * 3600);
  if (w->first) {
    club_says(&club, w->first);
    clock_fix(clock_now() + 600);
    club_confirms(&club, "event_change", "Ja");
    clock_fix(clock_now() + 6 * 3600);
  }
  int before = club_count(&club, w->letter, "anna@web.de");
  g_autofree char *mail = g_strconcat(w->text, "\n\nAnna", NULL);
  club_says(&club, mail);
  g_autofree char *text = club_text(&club, w->letter, "anna@web.de");
  bool is_good = club_count(&club, w->letter, "anna@web.de") == before + 1 && strstr(text, w->shown);
  if (!is_good) print_message("%s: %.300s\n", w->text, text ? text : "nothing");
  club_counts(&club, 0, 0, 0, 0, 0);
  club_close(&club);
  return is_good;
}

static void read_all(const struct wording *wordings, gsize count)
{
  int bad = 0;
  for (gsize i = 0; i < count; i++) bad += !is_read(&wordings[i]);
  assert_int_equal(bad, 0);
}

static void places_and_the_last_day_for_answers(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { yard, NULL, "Plätze jetzt 20 statt 12", "event_change", "Plätze: 20" },
    { yard, NULL, "Leute, mehr als 15 gehen nicht, die Küche ist zu klein", "event_change", "Plätze: 15" },
    { yard, NULL, "Wir haben jetzt Platz für dreißig", "event_change", "Plätze: 30" },
    { yard, NULL, "Wir können doch 40 Leute unterbringen", "event_change", "Plätze: 40" },
    { yard, NULL, "Plätze bitte auf 18 begrenzen", "event_change", "Plätze: 18" },
    { yard, NULL, "We can take 25 people now", "event_change", "Places: 25" },
    { yard, "Plätze: 12", "wir nehmen noch fünf mehr", "event_change", "Plätze: 17" },
    { yard, "Plätze: 12", "Können zehn Leute mehr kommen als gedacht", "event_change", "Plätze: 22" },
    { yard, "Plätze: 12", "leider drei Plätze weniger", "event_change", "Plätze: 9" },
    { yard, "Plätze: 12", "Die Begrenzung der Plätze bitte wieder wegnehmen", "event_change",
      "keine Grenze" },
    { yard, NULL, "Anmelden geht nur noch bis Freitag, den 12.6.", "event_change", "Antwort bis: 12. Juni" },
    { yard, NULL, "Bitte meldet euch bis zum 10. Juni bei mir", "event_change", "Antwort bis: 10. Juni" },
    { yard, NULL, "Rückmeldung brauche ich spätestens am 10.6.", "event_change", "Antwort bis: 10. Juni" },
    { yard, NULL, "Bitte bis Mittwoch davor anmelden", "event_change", "Antwort bis: 10. Juni" },
    { yard, NULL, "Anmeldeschluss ist der 9. Juni", "event_change", "Antwort bis: 9. Juni" },
    { choir, NULL, "Anmelden geht nur noch bis 1. Mai", "event_change", "Antwort bis: 1. Mai" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

/* What goes on again is not off. */
static void what_is_held_again_is_not_off(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, choir);
  club_says(&club,
            "Die Probe am Mittwoch, dem 20. Mai 2026, entfällt wegen Krankheit. Wir sehen uns am 27. Mai "
            "wieder.\n\nAnna");
  club_has(&club, "event_change", "anna@web.de", "20. Mai 2026, 19 Uhr fällt aus");
  g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
  assert_null(strstr(text, "27. Mai"));
  club_close(&club);
}

static void closed_and_open_again(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { yard, NULL, "keine anmeldungen mehr bitte", "event_change", "ist dann geschlossen" },
    { yard, NULL, "Anmeldung zu", "event_change", "ist dann geschlossen" },
    { yard, NULL, "Ab sofort nehme ich niemanden mehr an", "event_change", "ist dann geschlossen" },
    { yard, NULL, "Leute, es ist voll, ich kann keinen mehr unterbringen", "event_change",
      "ist dann geschlossen" },
    { yard, "Wir sind voll", "Anmeldung wieder auf", "event_change", "wieder offen" },
    { yard, "Wir sind voll", "wir haben wieder plätze frei", "event_change", "wieder offen" },
    { yard, "Wir sind voll", "Ich nehme wieder Leute an", "event_change", "wieder offen" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

static void its_name_its_place_what_to_bring(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { yard, NULL, "heißt jetzt Sommerfest", "event_change", "Was: Sommerfest" },
    { yard, NULL, "Wir nennen es lieber Nachbarschaftsfest", "event_change", "Was: Nachbarschaftsfest" },
    { yard, NULL, "Neuer Name: Kiezfest am Damm", "event_change", "Was: Kiezfest am Damm" },
    { yard, NULL, "Aus dem Hoffest wird ein Straßenfest", "event_change", "Was: Straßenfest" },
    { yard, NULL, "neuer Ort: Gemeindesaal Dorfstraße 3", "event_change", "Wo: Gemeindesaal Dorfstraße 3" },
    { yard, NULL, "treffen uns doch am Spielplatz", "event_change", "Wo: Spielplatz" },
    { yard, NULL, "Wenns regnet, gehen wir in die Garage", "event_change", "wenns regnet" },
    { yard, NULL, "jeder bringt was zu essen mit", "event_change", "Mitbringen: was zu essen" },
    { yard, NULL, "Bitte an Sonnencreme denken", "event_change", "Mitbringen: Sonnencreme" },
    { yard, NULL, "Wer nicht kommen kann, kann per Video dazukommen", "event_change", "Video: ja" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

static void messages_hosts_and_how_it_stands(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { yard, NULL, "Sag bitte allen, dass wir hinten klingeln müssen", "event_message_draft",
      "dass wir hinten klingeln müssen" },
    { yard, NULL, "Kannst du den Gästen ausrichten, dass es vegetarisch gibt?", "event_message_draft",
      "dass es vegetarisch gibt" },
    { yard, NULL, "Kleine Info für alle: wir grillen auch vegan", "event_message_draft", "wir grillen auch" },
    { yard, NULL, "@alle: Treffpunkt ist vorn am Tor", "event_message_draft", "Treffpunkt ist vorn am Tor" },
    { yard, NULL, "An alle: Der Grill ist da!", "event_message_draft", "Der Grill ist da!" },
    { yard, NULL, "Please tell everyone to bring a chair", "event_message_draft", "bring a chair" },
    { yard, NULL, "Klaus macht mit: klaus@web.de", "event_host", "klaus@web.de" },
    { yard, NULL, "Bert und ich machen das zusammen, seine Adresse ist bert@web.de", "event_host",
      "bekommt eine Frage" },
    { yard, NULL, "wieviel sinds jetzt", "event_state", "so steht es um" },
    { yard, NULL, "Hat sich Bert schon gemeldet?", "event_state", "so steht es um" },
    { yard, NULL, "Mit wie vielen kann ich rechnen?", "event_state", "so steht es um" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

static void when_it_is_and_that_it_is_off(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { yard, NULL, "jetzt um 18 Uhr", "event_change", "13. Juni 2026, 18 bis 21 Uhr" },
    { yard, NULL, "doch erst um 16 Uhr", "event_change", "13. Juni 2026, 16 bis 19 Uhr" },
    { yard, NULL, "halbe Stunde früher", "event_change", "13. Juni 2026, 14:30 bis 17:30 Uhr" },
    { yard, NULL, "Bitte einen Tag vorverlegen", "event_change", "Freitag, 12. Juni 2026, 15 bis 18 Uhr" },
    { yard, NULL, "Samstag geht doch nicht, lieber Freitag", "event_change", "Freitag, 12. Juni 2026, 15" },
    { yard, NULL, "ich schaff es erst um vier, also Beginn um vier", "event_change", "16 bis 19 Uhr" },
    { yard, NULL, "wir machen bis 20 uhr", "event_change", "15 bis 20 Uhr" },
    { yard, NULL, "Geht jetzt bis 20 Uhr", "event_change", "15 bis 20 Uhr" },
    { yard, NULL, "13 uhr statt 15 uhr", "event_change", "13. Juni 2026, 13 bis 16 Uhr" },
    { yard, NULL, "Uhrzeit ändert sich: 16 statt 15 Uhr", "event_change", "13. Juni 2026, 16 bis 19 Uhr" },
    { yard, NULL, "Statt um 15 Uhr geht es um 14 Uhr los", "event_change", "13. Juni 2026, 14 bis 17 Uhr" },
    { yard, NULL, "Party starts an hour later", "event_change", "13. Juni 2026, 16 bis 19 Uhr" },
    { yard, NULL, "Parti bir saat geç başlayacak", "event_change", "13. Juni 2026, 16 bis 19 Uhr" },
    { yard, NULL, "Начнём на час позже", "event_change", "13. Juni 2026, 16 bis 19 Uhr" },
    { yard, NULL, "Leider kein Hoffest wegen Unwetterwarnung", "event_change", "fällt dann aus" },
    { yard, NULL, "Müssen leider alles abblasen", "event_change", "fällt dann aus" },
    { yard, NULL, "wird nix mit dem Fest am Samstag", "event_change", "fällt dann aus" },
    { yard, NULL, "Ich sag das Fest ab", "event_change", "fällt dann aus" },
    { yard, NULL, "Праздника не будет, отменяем", "event_change", "fällt dann aus" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

static void dates_of_a_series_and_its_end(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { choir, NULL, "nächste Probe entfällt", "event_change", "am Mittwoch, 6. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "Die Probe fällt leider aus", "event_change",
      "am Mittwoch, 6. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "die nächsten beiden Proben fallen aus", "event_change",
      "13. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "Wegen Bauarbeiten fallen die Proben am 13.5. und am 20.5. aus", "event_change",
      "20. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "Ab Juni treffen wir uns dienstags statt mittwochs um 18:30 Uhr", "event_change",
      "Dienstag, 2. Juni 2026, 18:30 Uhr, jeden Dienstag" },
    { choir, NULL, "Um 21 Uhr ist Schluss", "event_change", "6. Mai 2026, 19 bis 21 Uhr" },
    { choir, NULL, "Wir hören auf, der Chor löst sich auf", "event_change", "fällt dann aus" },
    { choir, NULL, "We won't meet on May 20", "event_change", "20 May 2026, 19:00 does not take place" },
    { choir, NULL, "vom 11.5. bis 29.6. ist keine Probe", "event_change", "24. Juni 2026, 19 Uhr fällt aus" },
    { choir, NULL, "im August machen wir Pause", "event_change", "26. August 2026, 19 Uhr fällt aus" },
    { choir, NULL, "Die ganze Reihe fällt aus", "event_change", "fällt dann aus" },
    { choir, NULL, "No rehearsal on 20 May", "event_change", "20. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "20 мая репетиции не будет", "event_change", "20. Mai 2026, 19 Uhr fällt aus" },
    { choir, NULL, "in den Ferien fällt es aus", "event_which_dates", "Mittwoch, 6. Mai 2026" },
    { choir, NULL, "Während der Sommerferien proben wir nicht", "event_which_dates", "Mittwoch, 6. Mai 2026" },
    { choir, NULL, "nach den Sommerferien hören wir auf", "event_which_dates", "Mittwoch, 6. Mai 2026" },
    { choir, NULL, "Wir verschieben auf Donnerstag", "event_which_dates", "Mittwoch, 6. Mai 2026" },
    { choir, NULL, "Ende Dezember ist Schluss mit dem Chor", "event_change", "bis 31. Dezember 2026" },
    { choir, NULL, "letztes Mal am 17.6.", "event_change", "bis 17. Juni 2026" },
    { choir, NULL, "den Chor gibt es ab Juli nicht mehr", "event_change", "bis 30. Juni 2026" },
    { choir, NULL, "Nach dem 24. Juni hören wir auf", "event_change", "bis 24. Juni 2026" },
    { choir, NULL, "jetzt nur noch alle zwei Wochen", "event_change", "alle 2 Wochen" },
    { choir, NULL, "künftig donnerstags statt mittwochs", "event_change", "jeden Donnerstag" },
    { choir, NULL, "Am Samstag, 30.5., machen wir eine Zusatzprobe um 10 Uhr", "event_change",
      "jeden Mittwoch, auch: Samstag, 30. Mai 2026, 10 Uhr" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
}

/* Thanks, chat, what is weighed, and what is said of other things: nothing is asked, and nothing is so. */
static void what_changes_nothing_asks_nothing(void **state)
{
  (void)state;
  static const struct {
    const char *call, *text;
  } mails[] = {
    { yard, "Danke für die Einladung, tolles System!" },
    { yard, "Ich freu mich schon so, hoffentlich regnet es nicht" },
    { yard, "Letztes Jahr mussten wir es absagen, weil es so geregnet hat" },
    { yard, "Was passiert, wenn wir das absagen müssen?" },
    { yard, "Ich melde mich am Sonntag um 18 Uhr noch mal mit Details" },
    { yard, "Der Bus fährt ab 14 Uhr alle zwanzig Minuten" },
    { yard, "Bert hat gefragt, ob wir es auf Sonntag verschieben. Ich bin dagegen." },
    { yard, "Ich habe heute abend um 18 Uhr einen Termin beim Arzt" },
    { yard, "Der Bäcker macht um 18 Uhr zu" },
    { yard, "Die Schule fällt am Montag aus, habe ich gehört" },
    { yard, "Vielleicht verschieben wir es noch, mal sehen" },
    { yard, "Meine Schwester kommt um 16 Uhr am Bahnhof an" },
    { yard, "Der Aufbau ist am Freitag ab 16 Uhr" },
    { yard, "Wir haben 12 Tische und 30 Stühle" },
    { yard, "Das Sommerfest der Kita wurde auf den 20.6. verschoben" },
    { yard, "Ich hoffe, dass wir nicht absagen müssen" },
    { yard, "Falls weniger als 10 kommen, sage ich ab" },
    { yard, "Nächstes Jahr machen wir es im Juli" },
    { yard, "Kann ich das Fest noch absagen wenn es regnet?" },
    { yard, "Zum Glück ist nichts ausgefallen" },
    { yard, "Wir müssen noch den Zaun streichen" },
    { yard, "Der Strom fällt am Samstag von 8 bis 10 Uhr aus" },
    { yard, "Ich habe bis Freitag keine Zeit, die Anmeldungen durchzusehen" },
    { yard, "Wir treffen uns vorher um 13 Uhr zum Aufbauen" },
    { yard, "Zum Glück mussten wir nicht verschieben" },
    { choir, "Das nächste Mal singen wir im Stehen" },
    { yard, "Sag mir bitte, ab wann ich aufbauen kann" },
    { yard, "Ich sage euch, der Bus fährt ab 14 Uhr" },
    { yard, "Bisher wird nichts gebraucht" },
    { yard, "Wir haben die Bänke bis 20 Uhr gemietet" },
    { yard, "We can take 3 chairs" },
    { yard, "Дождя не будет" },
    { yard, "Sorun yok, 13 Haziran'da görüşürüz" },
    { choir, "Die Noten brauche ich noch bis Freitag" },
    { choir, "Ich bin noch bis Juni im Urlaub" },
    { yard, "Der Getränkemarkt liefert am Freitag um 10 Uhr" },
    { choir, "Der andere Chor probt donnerstags" },
    { choir, "Fällt die Probe am 20.5. aus?" },
    { choir, "Der Gottesdienst am 20.5. fällt aus, die Probe aber nicht" },
    { choir, "Nach der Probe um 21 Uhr gehen wir noch ein Bier trinken" },
    { choir, "Das Konzert ist am 4. Juli um 17 Uhr" },
    { choir, "Letzten Mittwoch fiel die Probe ja aus" },
    { choir, "Im August habe ich Geburtstag" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    struct club club;
    club_calls(&club, mails[i].call);
    clock_fix(clock_now() + 6 * 3600);
    g_autoptr(event_t) before = the_event(&club);
    club_says(&club, mails[i].text);
    g_autoptr(event_t) after = the_event(&club);
    struct event_count count; /* nor is it their own answer */
    assert_true(event_count(club.town.store, after->id, "", &count, NULL));
    bool is_good = count.yes + count.no + count.maybe == 0 &&
                   club_count(&club, "event_change", "anna@web.de") == 0 &&
                   after->sequence == before->sequence && strcmp(after->state, "open") == 0;
    g_autofree char *asked = club_text(&club, "event_change", "anna@web.de");
    if (!is_good) print_message("%s: %.300s\n", mails[i].text, asked ? asked : after->state);
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

/* "Ab Oktober donnerstags": what is held before is not lost unsaid, and stays when they say so. */
static void a_series_that_changes_later_loses_no_date_unsaid(void **state)
{
  (void)state;
  static const struct wording wordings[] = {
    { choir, NULL, "Ab Oktober donnerstags statt mittwochs", "event_change",
      "von Mittwoch, 6. Mai 2026 bis Mittwoch, 30. September 2026 gibt es dann nicht mehr" },
    { choir, NULL, "Ab Juni treffen wir uns dienstags statt mittwochs um 18:30 Uhr", "event_change",
      "von Mittwoch, 6. Mai 2026 bis Mittwoch, 27. Mai 2026 gibt es" },
    { choir, "Am 6. Mai fällt es aus", "Wann: ab 1. Oktober 2026 jeden Donnerstag um 19 Uhr", "event_change",
      "von Mittwoch, 13. Mai 2026 bis" },
  };
  read_all(wordings, G_N_ELEMENTS(wordings));
  static const char *const whole[] = { "künftig donnerstags statt mittwochs", "jetzt nur noch alle zwei Wochen",
                                       "Wann: jeden Mittwoch um 20 Uhr" };
  for (gsize i = 0; i < G_N_ELEMENTS(whole); i++) {
    struct club club;
    club_calls(&club, choir);
    clock_fix(clock_now() + 6 * 3600);
    club_says(&club, whole[i]);
    g_autofree char *text = club_text(&club, "event_change", "anna@web.de");
    print_message("%s\n", whole[i]);
    assert_non_null(text);
    assert_null(strstr(text, "gibt es dann nicht mehr"));
    club_close(&club);
  }
  struct club club;
  club_calls(&club, choir);
  clock_fix(clock_now() + 6 * 3600);
  club_says(&club, "Ab Oktober donnerstags statt mittwochs");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Der letzte Termin ist am Mittwoch, 30. September 2026");
  club_has(&club, "event_change", "anna@web.de", "jeden Mittwoch, bis 30. September 2026");
  clock_fix(clock_now() + 600);
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-05-06T19:00");
  assert_non_null(strstr(event->rule, "UNTIL=20260930"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(places_and_the_last_day_for_answers),
    cmocka_unit_test(closed_and_open_again),
    cmocka_unit_test(its_name_its_place_what_to_bring),
    cmocka_unit_test(messages_hosts_and_how_it_stands),
    cmocka_unit_test(when_it_is_and_that_it_is_off),
    cmocka_unit_test(dates_of_a_series_and_its_end),
    cmocka_unit_test(what_is_held_again_is_not_off),
    cmocka_unit_test(a_series_that_changes_later_loses_no_date_unsaid),
    cmocka_unit_test(what_changes_nothing_asks_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
