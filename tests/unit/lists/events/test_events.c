/* Events end to end: a mail calls people together, its author confirms, everybody is invited, and whoever
 * answers is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static void anna_calls(struct club *club)
{
  club_open(club);
  club_write(club, "anna@web.de", "gruenau@kiez.example", "Hoffest", feast, true);
  post_work(&club->town);
}

static void it_stands(struct club *club)
{
  anna_calls(club);
  clock_fix(TEST_NOW + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 5; i++) {
    clock_fix(TEST_NOW + 3600 + 60 * (i + 1));
    post_work(&club->town);
  }
}

static void a_post_that_calls_together_is_sent_and_asked_about(void **state)
{
  (void)state;
  struct club club;
  anna_calls(&club);
  g_autofree char *post = post_mail(&club.town, "post", "bert@web.de");
  assert_non_null(post);
  g_autofree char *draft = post_mail(&club.town, "event_draft", "anna@web.de");
  assert_non_null(strstr(draft, "Samstag, 16. Mai 2026, 15 bis 18 Uhr"));
  assert_non_null(strstr(draft, "Segelfliegerdamm 12"));
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "draft");
  assert_null(post_mail(&club.town, "event_invitation", "bert@web.de")); /* nobody before the yes */
  club_has(&club, "event_draft", "anna@web.de", "Ihr Beitrag ist an die Gruppe „");
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Nein", true);
  club_has(&club, "event_dropped", "anna@web.de", "ist verschickt und bleibt");
  club_close(&club);
}

static void everybody_is_invited_with_a_calendar_that_is_their_own(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  static const char *const members[] = { "anna@web.de", "bert@web.de", "clara@web.de" };
  g_autofree char *first = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
    g_autofree char *raw = post_mail(&club.town, "event_invitation", members[i]);
    if (!raw) fail_msg("no invitation to %s", members[i]);
    g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
    g_autoptr(calendar_t) calendar = itip_find(mail);
    assert_non_null(calendar);
    assert_string_equal(calendar->method, "REQUEST");
    assert_string_equal(calendar->uid, event->uid);
    assert_string_equal(calendar->organizer, mail->from.address); /* buttons answer to where words do */
    assert_string_equal(((struct calendar_attendee *)calendar->attendees->pdata[0])->address, members[i]);
    assert_non_null(strstr(raw, "invite.ics"));
    if (first) assert_string_not_equal(first, calendar->organizer);
    if (!first) first = g_strdup(calendar->organizer);
  }
  club_close(&club);
}

static void words_count(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de",
              "Wir kommen zu dritt, bringe Kuchen mit!", true);
  club_counts(&club, 1, 0, 0, 3, 0);
  club_answer(&club, "event_invitation", "clara@web.de", "clara@web.de", "Leider nein, bin im Urlaub.", true);
  club_counts(&club, 1, 1, 0, 3, 0);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Wir sind doch nur zu zweit", true);
  club_counts(&club, 1, 1, 0, 2, 0);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Vielleicht, wenn das Wetter hält",
              true);
  club_counts(&club, 0, 1, 1, 0, 0);
  club_close(&club);
}

/* Clicks in a calendar: method REPLY as Outlook writes it, without ORGANIZER. */
static void clicks(struct club *club, const char *whose, const char *from, const char *attendee,
                   const char *partstat, int sequence)
{
  g_autofree char *to = club_reply_address(club, "event_invitation", whose);
  g_autoptr(event_t) event = the_event(club);
  g_autofree char *domain = g_strdup(strchr(from, '@') + 1);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\nFrom: %s\nTo: %s\nSubject: "
      "Zugesagt: "
      "Hoffest\nMessage-ID: <c%d@%s>\nDate: Mon, 02 Mar 2026 12:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: text/calendar; charset=utf-8; "
      "method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\n"
      "BEGIN:VEVENT\nUID:%s\nSEQUENCE:%d\nDTSTAMP:20260302T111500Z\nATTENDEE;PARTSTAT=%s:mailto:%s\n"
      "DTSTART;TZID=W. Europe Standard Time:20260516T150000\nEND:VEVENT\nEND:VCALENDAR\n",
      domain, from, to, ++club->mails, domain, event->uid, sequence, partstat, attendee);
  post_in(&club->town, from, to, mail);
  post_work(&club->town);
}

static void a_click_counts_whatever_address_the_calendar_writes_from(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  clicks(&club, "bert@web.de", "bert.b@outlook.example", "BERT@web.de", "ACCEPTED", 0);
  club_counts(&club, 1, 0, 0, 1, 0);
  clicks(&club, "bert@web.de", "bert@web.de", "bert@web.de", "TENTATIVE", 0);
  club_counts(&club, 0, 0, 1, 0, 0);
  clicks(&club, "bert@web.de", "bert@web.de", "bert@web.de", "DECLINED", 0);
  club_counts(&club, 0, 1, 0, 0, 0);
  club_close(&club);
}

/* A mail with a calendar part, from somebody our MTA vouches for. */
static void sends_calendar(struct club *club, const char *from, const char *to, const char *method,
                           const char *events)
{
  g_autofree char *domain = g_strdup(strchr(from, '@') + 1);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\nFrom: %s\nTo: %s\nSubject: "
      "Termin\n"
      "Message-ID: <k%d@%s>\nDate: Mon, 02 Mar 2026 12:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: text/calendar; charset=utf-8; method=%s\n\nBEGIN:VCALENDAR\nMETHOD:%s\nVERSION:2.0\n%s"
      "END:VCALENDAR\n",
      domain, from, to, ++club->mails, domain, method, method, events);
  post_in(&club->town, from, to, mail);
  post_work(&club->town);
}

/* A telephone that thinks it is 2036 says "am Samstag": the one after the mail came is meant. */
static void a_strange_clock_moves_no_day(void **state)
{
  (void)state;
  static const char *const dates[] = { "Wed, 06 Feb 2036 06:28:16 +0000", "Sat, 28 Nov 2026 10:00:00 +0100",
                                       "Thu, 01 Jan 1970 00:00:00 +0000" };
  for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
    struct club club;
    club_open(&club);
    g_autofree char *mail = g_strdup_printf(
        "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: Anna Amsel "
        "<anna@web.de>\nTo: gruenau@kiez.example\nSubject: Hoffest\nMessage-ID: <odd%zu@web.de>\nDate: %s\n"
        "Content-Type: text/plain; charset=utf-8\n\nHoffest am Samstag um drei, Segelfliegerdamm 12. Kommt "
        "alle!\n",
        i, dates[i]);
    post_in(&club.town, "anna@web.de", "gruenau@kiez.example", mail);
    post_work(&club.town);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->starts, "2026-03-07T15:00");
    club_close(&club);
  }
}

static void an_older_click_changes_nothing(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  g_autoptr(event_t) event = the_event(&club);
  g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
  static const struct {
    const char *stamp, *partstat;
    int yes, no;
  } replies[] = { { "20260302T120000Z", "DECLINED", 0, 1 },
                  { "20260302T110000Z", "ACCEPTED", 0, 1 }, /* was sent before, came later */
                  { "20260302T130000Z", "ACCEPTED", 1, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
    g_autofree char *events =
        g_strdup_printf("BEGIN:VEVENT\nUID:%s\nDTSTAMP:%s\nSEQUENCE:0\nATTENDEE;PARTSTAT=%s:"
                        "mailto:bert@web.de\nDTSTART:20260516T130000Z\nEND:VEVENT\n",
                        event->uid, replies[i].stamp, replies[i].partstat);
    sends_calendar(&club, "bert@web.de", to, "REPLY", events);
    club_counts(&club, replies[i].yes, replies[i].no, 0, replies[i].yes, 0);
  }
  club_close(&club);
}

static void a_click_that_came_to_the_group_counts_and_reaches_nobody(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  g_autoptr(event_t) event = the_event(&club);
  g_autofree char *events =
      g_strdup_printf("BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\nATTENDEE;PARTSTAT="
                      "ACCEPTED:mailto:bert@web.de\nDTSTART:20260516T130000Z\nEND:VEVENT\n",
                      event->uid);
  sends_calendar(&club, "bert@web.de", "gruenau@kiez.example", "REPLY", events);
  club_counts(&club, 1, 0, 0, 1, 0);
  sends_calendar(&club, "dieb@evil.example", "gruenau@kiez.example", "REPLY",
                 events); /* whom nobody invited */
  club_counts(&club, 1, 0, 0, 1, 0);
  club_close(&club);
}

static void another_time_is_the_organisers_question(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  g_autoptr(event_t) event = the_event(&club);
  g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
  g_autofree char *events =
      g_strdup_printf("BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\nATTENDEE;PARTSTAT=TENTATIVE:mailto:"
                      "bert@web.de\nDTSTART;TZID=Europe/Berlin:20260517T160000\nCOMMENT:Sonntag geht besser\n"
                      "END:VEVENT\n",
                      event->uid);
  sends_calendar(&club, "bert@web.de", to, "COUNTER", events);
  g_autofree char *letter = post_mail(&club.town, "event_counter", "anna@web.de");
  assert_non_null(strstr(letter, "Sonntag, 17. Mai 2026, 16 Uhr"));
  assert_non_null(strstr(letter, "Sonntag geht besser"));
  club_counts(&club, 0, 0, 1, 0, 0);
  g_autoptr(event_t) still = the_event(&club);
  assert_string_equal(still->starts, "2026-05-16T15:00");
  club_close(&club);
}

/* A meeting on the first Tuesday of each month, confirmed. */
static void a_series_stands(struct club *club)
{
  club_open(club);
  club_write(
      club, "anna@web.de", "gruenau@kiez.example", "Stammtisch",
      "Unser Stammtisch ist jeden ersten Dienstag im Monat um 19 Uhr im Segelfliegerdamm 12. Kommt vorbei!",
      true);
  clock_fix(TEST_NOW + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 5; i++) {
    clock_fix(TEST_NOW + 3600 + 60 * (i + 1));
    post_work(&club->town);
  }
}

static void date_is(struct club *club, const char *original, int yes, int no)
{
  g_autoptr(event_t) event = the_event(club);
  struct event_count count;
  assert_true(event_count(club->town.store, event->id, original, &count, NULL));
  if (count.yes != yes || count.no != no) fail_msg("%s: yes %d no %d", original, count.yes, count.no);
}

static void dates_of_a_series_are_answered_one_by_one(void **state)
{
  (void)state;
  struct club club;
  a_series_stands(&club);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->rule, "FREQ=MONTHLY;BYDAY=1TU");
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Ja, ich komme.", true);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Am 7. April kann ich leider nicht.",
              true);
  date_is(&club, "", 1, 0);
  date_is(&club, "2026-04-07T19:00", 0, 1);
  date_is(&club, "2026-05-05T19:00", 1, 0);
  /* as Google does: the series and dates of it in one reply, dates in UTC */
  g_autofree char *to = club_reply_address(&club, "event_invitation", "clara@web.de");
  g_autofree char *events = g_strdup_printf(
      "BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:clara@web.de\n"
      "DTSTART;TZID=Europe/Berlin:20260303T190000\nRRULE:FREQ=MONTHLY;BYDAY=1TU\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\nRECURRENCE-ID:20260407T170000Z\nATTENDEE;PARTSTAT="
      "DECLINED:mailto:clara@web.de\nDTSTART:20260407T170000Z\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260302T120000Z\nRECURRENCE-ID:20261103T180000Z\nATTENDEE;PARTSTAT="
      "DECLINED:mailto:clara@web.de\nDTSTART:20261103T180000Z\nEND:VEVENT\n",
      event->uid, event->uid, event->uid);
  sends_calendar(&club, "clara@web.de", to, "REPLY", events);
  date_is(&club, "", 2, 0);
  date_is(&club, "2026-04-07T19:00", 0, 2); /* summer time */
  date_is(&club, "2026-11-03T19:00", 1, 1); /* winter time */
  club_close(&club);
}

static void robots_never_count(void **state)
{
  (void)state;
  struct club club;
  it_stands(&club);
  club_answer(
      &club, "event_invitation", "bert@web.de", "bert@web.de",
      "Ich bin bis zum 12. März nicht im Büro. Ihre Mail wird nicht weitergeleitet. In dringenden Fällen "
      "wenden Sie sich an meine Vertretung.",
      true);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_close(&club);
}

static void who_finds_no_place_waits_and_moves_up(void **state)
{
  (void)state;
  struct club club;
  anna_calls(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Plätze: 3", true);
  g_autoptr(event_t) event = the_event(&club);
  assert_int_equal(event->capacity, 3);
  assert_string_equal(event->state, "draft"); /* shown again first */
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja, passt so", true);
  clock_fix(TEST_NOW + 3700);
  post_work(&club.town);
  clock_fix(TEST_NOW + 3800);
  post_work(&club.town);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Wir kommen zu dritt", true);
  club_answer(&club, "event_invitation", "clara@web.de", "clara@web.de", "Ich komme zu zweit", true);
  club_counts(&club, 1, 0, 0, 3, 1);
  g_autofree char *waits = post_mail(&club.town, "event_waits", "clara@web.de");
  assert_non_null(waits);
  club_answer(&club, "event_invitation", "bert@web.de", "bert@web.de", "Doch nicht, leider abgesagt", true);
  club_counts(&club, 1, 1, 0, 2, 0);
  g_autofree char *up = post_mail(&club.town, "event_moved_up", "clara@web.de");
  assert_non_null(up);
  club_close(&club);
}

static void nobody_confirms_for_the_organiser(void **state)
{
  (void)state;
  struct club club;
  anna_calls(&club);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "dieb@evil.example", "Ja", true);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", false);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "draft");
  g_autofree char *proof = post_mail(&club.town, "event_proof", "anna@web.de");
  assert_non_null(proof);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "event_proof", "anna@web.de", "anna@web.de", "Ja, das war ich.", true);
  g_autoptr(event_t) confirmed = the_event(&club);
  assert_string_equal(confirmed->state, "open"); /* what waited was her yes */
  club_close(&club);
}

static void who_is_not_vouched_for_is_asked_before_anything_happens(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  club_write(&club, "otto@alt.example", "termine@kiez.example", "Flohmarkt",
             "Flohmarkt am 6. Juni 2026 um 10 Uhr, Bölschestraße 12.", false);
  g_autoptr(GPtrArray) none = events_page(club.town.store, 0, 0, 10, NULL);
  assert_int_equal(none->len, 0);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_confirm", "otto@alt.example", "otto@alt.example", "Ja, das bin ich", false);
  g_autofree char *draft = post_mail(&club.town, "event_draft", "otto@alt.example");
  assert_non_null(draft);
  club_close(&club);
}

static void what_is_missing_is_asked_and_may_be_said_in_words(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  club_write(&club, "anna@web.de", "termine@kiez.example", "Flohmarkt",
             "Wir machen einen Flohmarkt am Spielplatz Bölschestraße. Kommt vorbei!", true);
  g_autofree char *draft = post_mail(&club.town, "event_draft", "anna@web.de");
  assert_non_null(strstr(draft, "Wann beginnt es?"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Am 6. Juni 2026 um 10 Uhr", true);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2026-06-06T10:00");
  assert_string_equal(event->state, "draft");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_post_that_calls_together_is_sent_and_asked_about),
    cmocka_unit_test(everybody_is_invited_with_a_calendar_that_is_their_own),
    cmocka_unit_test(words_count),
    cmocka_unit_test(a_click_counts_whatever_address_the_calendar_writes_from),
    cmocka_unit_test(a_strange_clock_moves_no_day),
    cmocka_unit_test(an_older_click_changes_nothing),
    cmocka_unit_test(a_click_that_came_to_the_group_counts_and_reaches_nobody),
    cmocka_unit_test(another_time_is_the_organisers_question),
    cmocka_unit_test(dates_of_a_series_are_answered_one_by_one),
    cmocka_unit_test(robots_never_count),
    cmocka_unit_test(who_finds_no_place_waits_and_moves_up),
    cmocka_unit_test(nobody_confirms_for_the_organiser),
    cmocka_unit_test(who_is_not_vouched_for_is_asked_before_anything_happens),
    cmocka_unit_test(what_is_missing_is_asked_and_may_be_said_in_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
