/* What an organiser learns of an event that stands, and whom they enter, write to, and organise it with; and
 * what nobody else may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#include "lib/text/dates/zone.h"

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

static void of_a_series_the_organiser_reads_who_comes_when(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club,
             "Hallo, ab Dienstag, 12. Mai 2026 ist jeden Dienstag um 19 Uhr Chorprobe im Segelfliegerdamm "
             "12. Kommt alle!\n\nAnna");
  club_comes(&club, "bert@web.de", "Ich komme immer gern");
  club_comes(&club, "bert@web.de", "Am 19. Mai kann ich leider nicht, bin beim Arzt");
  club_comes(&club, "clara@web.de", "Wir kommen am 26. Mai zu dritt");
  club_says(&club, "Am 26. Mai verschieben wir auf Mittwoch, 27. Mai um 18 Uhr");
  club_confirms(&club, "event_change", "Ja");
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "Zusagen: 1");
  club_has(&club, "event_state", "anna@web.de", "Noch keine Antwort: niemand"); /* Clara said something */
  club_has(&club, "event_state", "anna@web.de",
           "Dienstag, 19. Mai 2026, 19 Uhr: 0 Personen insgesamt * Bert: kommt nicht");
  club_has(&club, "event_state", "anna@web.de",
           "Mittwoch, 27. Mai 2026, 18 Uhr: 4 Personen insgesamt * Clara: kommt (3)");
  g_autofree char *table = table_of(&club);
  if (!strstr(table, "\"Bert\",ja,1,\"\",,2026-03-02,alle Termine") || !strstr(table, "\"Bert\",nein,0,") ||
      !strstr(table, ",2026-05-19 19:00\r\n") || !strstr(table, "\"Clara\",ja,3,") ||
      !strstr(table, ",2026-05-27 18:00\r\n"))
    fail_msg("%s", table);
  club_wait(&club, wall_seconds(&(struct wall){ 2026, 5, 20, 9, 0 }, "Europe/Berlin"));
  club_says(&club, "Stand?");
  g_autofree char *later = club_text(&club, "event_state", "anna@web.de");
  assert_null(strstr(later, "19. Mai 2026, 19 Uhr: 0")); /* what is over stands in the table alone */
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
  club_says(&club, "Fr. Schulz kommt doch zu zweit"); /* the same one, as people write */
  club_says(&club, "Frau Dr. Schulz kommt zu dritt");
  club_says(&club, "Fam. Krause: 5 Personen");
  club_counts(&club, 3, 0, 1, 9, 0);
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "von Ihnen eingetragen");
  club_close(&club);
}

/* Nobody of us can ask them: they count on, and the organiser reads whom to call. */
static void who_was_entered_stays_when_the_time_changes_and_the_organiser_calls_them(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Ich komme zu zweit");
  club_says(&club, "Frau Schulz kommt zu dritt.\nHerr Yılmaz sagt ab");
  club_counts(&club, 2, 1, 0, 5, 0);
  club_says(&club, "Ort: Rathaus");
  club_confirms(&club, "event_change", "Ja");
  g_autofree char *moved = club_text(&club, "event_invitation", "anna@web.de");
  assert_null(strstr(moved, "rufen Sie sie an")); /* another place asks nobody anew */
  club_says(&club, "Wir verschieben auf Sonntag, 17. Mai um 16 Uhr");
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 1, 1, 0, 3, 0);
  club_has(&club, "event_invitation", "anna@web.de", "bitte rufen Sie sie an");
  club_has(&club, "event_invitation", "anna@web.de", "Frau Schulz (3)");
  club_has(&club, "event_invitation", "anna@web.de", "Herr Yılmaz: hatte abgesagt");
  g_autofree char *bert = club_text(&club, "event_invitation", "bert@web.de");
  assert_null(strstr(bert, "Schulz"));
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de",
           "Frau Schulz (3), von Ihnen eingetragen (vor der Änderung der Zeit");
  club_has(&club, "event_state", "anna@web.de",
           "Noch keine Antwort: 2"); /* Bert, who had answered, and Clara */
  g_autofree char *table = table_of(&club);
  if (!strstr(table, "ja (vor der Änderung der Zeit)")) fail_msg("%s", table);
  club_says(&club, "Frau Schulz kommt zu zweit");
  club_counts(&club, 1, 1, 0, 2, 0);
  club_says(&club, "Stand?");
  g_autofree char *now = club_text(&club, "event_state", "anna@web.de");
  if (strstr(now, "Frau Schulz (2), von Ihnen eingetragen (vor")) fail_msg("%s", now);
  club_close(&club);
}

/* Those who waited on the list for the old time leave their places to whom the organiser entered. */
static void who_was_entered_and_waited_has_a_place_at_the_new_time(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Plätze: 3");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_says(&club, "Frau Schulz kommt zu zweit");
  club_counts(&club, 1, 0, 0, 3, 1);
  club_says(&club, "Wann: Sonntag, 17. Mai 2026, 16 bis 18 Uhr");
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 1, 0, 0, 2, 0);
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

/* What an organiser says of others, or to them, is not their own yes; it would be one without a word. */
static void an_organisers_mail_about_others_is_never_their_own_answer(void **state)
{
  (void)state;
  static const struct {
    const char *text, *letter, *words;
  } cases[] = {
    { "Maximal 30 Leute", "event_change", "Plätze: 30" },
    { "wir nehmen höchstens 25 Personen", "event_change", "Plätze: 25" },
    { "Bitte allen die kommen ausrichten, dass der Eingang hinten ist", "event_message_draft",
      "der Eingang hinten ist" },
    { "schreib mal allen Teilnehmern: Parkplatz gesperrt", "event_message_draft", "Parkplatz gesperrt" },
    { "Telefonisch zugesagt haben Müller 2, Schmidt 1", "event_state", "nicht sicher verstanden" },
    { "Die vom Hinterhaus sind auch mit 5 Leuten dabei, glaube er", "event_state", "" },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    club_says(&club, cases[i].text);
    g_autoptr(event_t) event = the_event(&club);
    struct event_count count;
    assert_true(event_count(club.town.store, event->id, "", &count, NULL));
    g_autofree char *text = club_text(&club, cases[i].letter, "anna@web.de");
    bool is_good = count.yes == 0 && (!*cases[i].words || (text && strstr(text, cases[i].words)));
    if (!is_good) print_message("%s: yes %d, %.200s\n", cases[i].text, count.yes, text ? text : "no letter");
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
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
  assert_true(club_count(&club, "event_host_ask", "bert@web.de") > 0);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Stand?", true);
  assert_null(club_text(&club, "event_state", "bert@web.de")); /* not before the yes */
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_host_ask", "bert@web.de", "bert@web.de", "Ja, gerne", true);
  club_has(&club, "event_host", "anna@web.de", "Bert organisiert");
  club_answer(&club, "event_host_welcome", "bert@web.de", "bert@web.de", "Stand?", true);
  assert_true(club_count(&club, "event_state", "bert@web.de") > 0);
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

/* Several who are named in one mail: each is entered, and nobody who is not. */
static void several_who_are_named_are_each_entered(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int yes, no, maybe, people;
  } ways[] = {
    { "Frau Schulz und Herr Özdemir kommen auch", 2, 0, 0, 2 },
    { "Familie Krause zu viert und Opa Heinz", 2, 0, 0, 5 },
    { "Herr Meier kann nicht, Familie Kaya kommt zu dritt", 1, 1, 0, 3 },
    { "Herr und Frau Müller kommen", 1, 0, 0, 2 },
    { "Peter, Susi und Ali sind auch dabei", 3, 0, 0, 3 },
    { "Eben am Zaun: Wolfs kommen zu zweit, Kim allein", 2, 0, 0, 3 },
    { "Am Telefon: Brandt 2 Personen, Yıldız vielleicht", 1, 0, 1, 2 },
    { "Frau Schulz und Herr Özdemir kommen zu dritt", 1, 0, 0, 3 },
    { "Tante Erna kommt, Onkel Willi sagt ab", 1, 1, 0, 1 },
    { "Frau Schulz kommt mit Mann und Kind", 1, 0, 0, 3 },
    { "Fam. Nguyen (4), Hr. Schmidt, Fr. Dr. Klein: 2", 3, 0, 0, 7 },
    { "Frau Schulz hat mir gesagt, dass es am Samstag nicht regnet", 0, 0, 0, 0 },
    { "Die Band kommt um vier und die Hüpfburg auch", 0, 0, 0, 0 },
    { "Peter und Susi fragen, ob es Kuchen gibt", 0, 0, 0, 0 },
    { "Super, schon acht Leute haben zugesagt", 0, 0, 0, 0 },
    { "Klaus, bei mir haben drei zugesagt", 0, 0, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, feast);
    club_says(&club, ways[i].text);
    print_message("%s\n", ways[i].text);
    club_counts(&club, ways[i].yes, ways[i].no, ways[i].maybe, ways[i].people, 0);
    club_close(&club);
  }
}

/* Answers have a budget; the last one says so, and until when. */
static void the_last_answer_of_an_hour_says_that_it_is(void **state)
{
  (void)state;
  enum { MAILS = 12 };
  struct club club;
  club_calls(&club, feast);
  clock_fix(clock_now() + 6 * 3600);
  int told = 0;
  for (int i = 0; i < MAILS; i++) {
    clock_fix(clock_now() + 60);
    club_says(&club, "Stand?");
    g_autofree char *text = club_text(&club, "event_state", "anna@web.de");
    told += i < 9 && strstr(text, "unsere letzte Antwort");
  }
  assert_int_equal(told, 0);
  assert_int_equal(club_count(&club, "event_state", "anna@web.de"), 10);
  club_has(&club, "event_state", "anna@web.de", "Das war für jetzt unsere letzte Antwort");
  club_close(&club);
}

static void how_many_were_there_is_said_in_ones_own_words(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int attended;
  } ways[] = {
    { "20 Erwachsene, 6 Kinder", 26 },          { "leider keiner", 0 },
    { "Rund vierzig Leute, tolles Fest!", 40 }, { "es kamen so um die dreißig", 30 },
    { "Waren 34, davon 12 Kinder", 34 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    club_calls(&club, feast);
    club_wait(&club, TEST_NOW + 90 * 24 * 3600);
    club_answer(&club, "event_held", "anna@web.de", "anna@web.de", ways[i].text, true);
    g_autoptr(event_t) event = the_event(&club);
    if (event->attended != ways[i].attended) fail_msg("%s: %d", ways[i].text, event->attended);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(how_many_were_there_is_said_in_ones_own_words),
    cmocka_unit_test(the_last_answer_of_an_hour_says_that_it_is),
    cmocka_unit_test(several_who_are_named_are_each_entered),
    cmocka_unit_test(the_organiser_asks_how_it_stands_in_many_ways),
    cmocka_unit_test(a_table_goes_along_in_which_no_cell_is_a_formula),
    cmocka_unit_test(of_a_series_the_organiser_reads_who_comes_when),
    cmocka_unit_test(nobody_else_learns_how_it_stands),
    cmocka_unit_test(a_message_goes_to_all_who_come_and_answers_to_the_organiser),
    cmocka_unit_test(who_telephoned_is_entered_counted_once_and_changed),
    cmocka_unit_test(who_was_entered_stays_when_the_time_changes_and_the_organiser_calls_them),
    cmocka_unit_test(who_was_entered_and_waited_has_a_place_at_the_new_time),
    cmocka_unit_test(people_are_entered_as_people_write),
    cmocka_unit_test(a_member_who_is_entered_is_not_counted_twice),
    cmocka_unit_test(the_organiser_answers_for_themselves_as_well),
    cmocka_unit_test(an_organisers_mail_about_others_is_never_their_own_answer),
    cmocka_unit_test(what_is_no_name_is_nobody),
    cmocka_unit_test(a_co_organiser_is_asked_and_has_the_same_rights),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
