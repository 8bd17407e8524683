/* Whose answer is it, and does it still count? A letter is forwarded, a calendar answers for somebody else or
 * for another time, an answer waits and its author thinks anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

/* One VEVENT of a calendar's answer. */
struct click {
  const char *whose, *from; /* whose address of the event it goes to, and who writes */
  const char *method, *attendees, *start;
  const char *more; /* further lines; NULL */
  bool is_unproven;
};

static void clicks(struct club *club, const struct click *it)
{
  g_autofree char *to = club_reply_address(club, "event_invitation", it->whose);
  g_autoptr(event_t) event = the_event(club);
  const char *domain = strchr(it->from, '@') + 1;
  g_autofree char *proof = it->is_unproven ? g_strdup("")
                                           : g_strdup_printf("Authentication-Results: "
                                                             "mx.kiez.example; dmarc=pass "
                                                             "header.from=%s\n",
                                                             domain);
  g_autofree char *mail = g_strdup_printf(
      "%sFrom: %s\nTo: %s\nSubject: Hoffest\nMessage-ID: <c%d@%s>\nDate: Mon, 02 Mar 2026 12:15:00 +0100\n"
      "MIME-Version: 1.0\nContent-Type: text/calendar; charset=utf-8; method=%s\n\nBEGIN:VCALENDAR\n"
      "METHOD:%s\nVERSION:2.0\nBEGIN:VEVENT\nUID:%s\n%s%sDTSTART;TZID=Europe/Berlin:%s\nEND:VEVENT\n"
      "END:VCALENDAR\n",
      proof, it->from, to, ++club->mails, domain, it->method, it->method, event->uid, it->attendees,
      it->more ? it->more : "", it->start);
  post_in(&club->town, it->from, to, mail);
  post_work(&club->town);
}

static const char bert_yes[] = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bert@web.de\n";
static const char dora_yes[] = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dora@fern.example\n";
static const char feast_start[] = "20260516T150000";

static void no_letter(struct club *club, const char *purpose, const char *to)
{
  if (club_count(club, purpose, to)) fail_msg("a letter %s to %s", purpose, to);
}

static void the_click_of_who_got_it_forwarded_is_their_own(void **state)
{
  (void)state;
  static const char *const attendees[] = {
    dora_yes, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:d.dorn@firma.example\n", /* an alias of hers */
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bert@web.de\nATTENDEE;PARTSTAT=TENTATIVE:mailto:dora@fern.example\n"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(attendees); i++) {
    struct club club;
    club_calls(&club, feast);
    clicks(&club,
           &(struct click){ "bert@web.de", "dora@fern.example", "REPLY", attendees[i], feast_start, 0, 0 });
    club_counts(&club, 0, 0, 0, 0, 0);
    club_has(&club, "event_late", "anna@web.de", "nicht eingeladen");
    club_has(&club, "event_late_asked", "dora@fern.example", "nicht eingeladen");
    no_letter(&club, "event_late_asked", "bert@web.de");
    club_comes(&club, "bert@web.de", "Leider nein");
    club_counts(&club, 0, 1, 0, 0, 0);
    club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
    club_counts(&club, i < 2, 1, i == 2, i < 2, 0);
    club_close(&club);
  }
}

static void what_nobody_vouches_for_counts_for_nobody(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu viert");
  club_answer(&club, "event_invitation", "bert@web.de", "bert.berg@fern.example", "Ich komme nicht", false);
  club_counts(&club, 1, 0, 0, 4, 0);
  clicks(&club, &(struct click){ "bert@web.de", "bert.berg@fern.example", "REPLY",
                                 "ATTENDEE;PARTSTAT=DECLINED:mailto:bert.berg@fern.example\n", feast_start, 0,
                                 true });
  club_counts(&club, 1, 0, 0, 4, 0);
  no_letter(&club, "event_late", "anna@web.de");
  club_answer(&club, "event_invitation", "bert@web.de", "otto@fern.example", "Ich komme zu zweit", false);
  club_counts(&club, 1, 0, 0, 4, 0);
  club_has(&club, "event_late", "anna@web.de", "nicht eingeladen");
  no_letter(&club, "event_late_asked", "bert@web.de");
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 2, 0, 0, 6, 0);
  /* whom we invited, by another's letter: an open door for whoever writes that address into From */
  club_answer(&club, "event_invitation", "bert@web.de", "clara@web.de", "Ich komme nicht", false);
  club_counts(&club, 2, 0, 0, 6, 0);
  club_close(&club);
}

static void a_calendar_answers_from_an_alias_of_its_owner(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  clicks(&club, &(struct click){ "bert@web.de", "bb@outlook.example", "REPLY", bert_yes, feast_start, 0, 0 });
  club_counts(&club, 1, 0, 0, 1, 0);
  clicks(&club, &(struct click){ "bert@web.de", "bb@firma.example", "REPLY",
                                 "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Bert@Web.de\n", feast_start, 0, true });
  club_counts(&club, 0, 1, 0, 0, 0);
  assert_true(store_begin(club.town.store, NULL));
  int64_t bert = person_find(club.town.store, "bert@web.de", NULL);
  assert_true(person_add_address(club.town.store, bert, "bert@arbeit.example", TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  clicks(&club,
         &(struct click){ "bert@web.de", "bert@arbeit.example", "REPLY",
                          "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bert@arbeit.example\n", feast_start, 0, 0 });
  club_counts(&club, 1, 0, 0, 1, 0);
  clicks(&club,
         &(struct click){ "bert@web.de", "bert@buero.example", "REPLY",
                          "ATTENDEE;PARTSTAT=DECLINED:mailto:bert@buero.example\n", feast_start, 0, 0 });
  club_counts(&club, 0, 1, 0, 0, 0);
  clicks(&club,
         &(struct click){ "bert@web.de", "bert@buero.example", "REPLY",
                          "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bert@buero.example\n", feast_start, 0, true });
  club_counts(&club, 0, 1, 0, 0, 0); /* nobody vouches for it */
  club_close(&club);
}

static void letters_go_to_whom_they_are_about(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Plätze: 2");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu zweit");
  club_answer(&club, "event_invitation", "bert@web.de", "clara@web.de", "Ich komme auch", true);
  club_counts(&club, 1, 0, 0, 2, 1);
  no_letter(&club, "event_waits", "bert@web.de");
  club_answer(&club, "event_waits", "clara@web.de", "clara@web.de", "Dann doch nicht, leider nein", true);
  club_counts(&club, 1, 1, 0, 2, 0);
  club_answer(&club, "event_invitation", "bert@web.de", "dora@fern.example", "Danke für die Weiterleitung!",
              true);
  no_letter(&club, "event_unclear", "bert@web.de");
  club_answer(&club, "event_unclear", "dora@fern.example", "dora@fern.example", "Ja, ich komme", true);
  club_counts(&club, 1, 1, 0, 2, 0);
  club_has(&club, "event_late", "anna@web.de", "nicht eingeladen");
  club_says(&club, "Das Hoffest fällt aus");
  club_confirms(&club, "event_change", "Ja");
  club_answer(&club, "event_invitation", "bert@web.de", "otto@fern.example", "Ja, ich komme", true);
  no_letter(&club, "event_closed", "bert@web.de");
  assert_int_equal(club_count(&club, "event_closed", "otto@fern.example"), 1);
  club_close(&club);
}

static void who_is_refused_is_refused_by_their_own_letter_too(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Fremde: nein");
  club_confirms(&club, "event_change", "Ja");
  club_answer(&club, "event_invitation", "bert@web.de", "otto@fern.example", "Ich komme", true);
  club_answer(&club, "event_late_answer", "otto@fern.example", "otto@fern.example", "Ich komme aber", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  assert_int_equal(club_count(&club, "event_late_answer", "otto@fern.example"), 2);
  club_close(&club);
}

/* ---- another time ---- */

static void a_proposal_is_its_authors_own(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Wir kommen zu viert, ich bringe Kuchen mit");
  static const char later[] = "20260517T160000";
  clicks(&club, &(struct click){ "bert@web.de", "dora@fern.example", "COUNTER", dora_yes, later, 0, true });
  club_counts(&club, 1, 0, 0, 4, 0);
  no_letter(&club, "event_counter", "anna@web.de");
  clicks(&club, &(struct click){ "bert@web.de", "dora@fern.example", "COUNTER", dora_yes, later, 0, false });
  club_counts(&club, 1, 0, 0, 4, 0);
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "COUNTER", bert_yes, later,
                                 "DTSTAMP:20260302T120000Z\n", false });
  club_counts(&club, 0, 0, 1, 0, 0);
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(event_party_t) bert =
      event_party_find(club.town.store, event->id, "bert@web.de", "invited", NULL);
  g_autoptr(rsvp_t) rsvp = rsvp_get(club.town.store, event->id, "", bert->id, NULL);
  assert_int_equal(rsvp->people, 4);
  assert_non_null(strstr(rsvp->comment, "Kuchen"));
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "REPLY", bert_yes, feast_start,
                                 "DTSTAMP:20260302T130000Z\n", false });
  int told = club_count(&club, "event_counter", "anna@web.de");
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "COUNTER", bert_yes, later,
                                 "DTSTAMP:20260302T120000Z\n", false }); /* came late */
  assert_int_equal(club_count(&club, "event_counter", "anna@web.de"), told);
  g_autoptr(rsvp_t) still = rsvp_get(club.town.store, event->id, "", bert->id, NULL);
  assert_string_equal(still->answer, "yes");
  club_close(&club);
}

static const char evening[] =
    "Unser Stammtisch ist jeden ersten Dienstag im Monat um 19 Uhr im Segelfliegerdamm 12. Kommt vorbei!";

static void date_is(struct club *club, const char *original, int yes, int no, int maybe, int people,
                    int waiting)
{
  g_autoptr(event_t) event = the_event(club);
  struct event_count count;
  assert_true(event_count(club->town.store, event->id, original, &count, NULL));
  if (count.yes != yes || count.no != no || count.maybe != maybe || count.people != people ||
      count.waiting != waiting)
    fail_msg("%s: yes %d no %d maybe %d people %d waiting %d", original, count.yes, count.no, count.maybe,
             count.people, count.waiting);
}

static void a_proposal_for_one_date_is_for_that_date(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, evening);
  club_says(&club, "Plätze: 2");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen immer zu zweit");
  club_comes(&club, "clara@web.de", "Am 7. April komme ich");
  date_is(&club, "2026-04-07T19:00", 1, 0, 0, 2, 1);
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "COUNTER", bert_yes, "20260408T190000",
                                 "RECURRENCE-ID:20260407T170000Z\n", false });
  date_is(&club, "", 1, 0, 0, 2, 0);
  date_is(&club, "2026-04-07T19:00", 1, 0, 1, 1, 0); /* Clara moves up */
  date_is(&club, "2026-05-05T19:00", 1, 0, 0, 2, 0);
  club_close(&club);
}

/* ---- places of one date ---- */

static void places_of_a_date_know_who_comes_to_all(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, evening);
  club_says(&club, "Plätze: 3");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen immer zu zweit");
  club_comes(&club, "bert@web.de", "Am 7. April kommen wir zu dritt");
  date_is(&club, "2026-04-07T19:00", 1, 0, 0, 3, 0);
  club_comes(&club, "clara@web.de", "Am 5. Mai kommen wir zu zweit");
  date_is(&club, "2026-05-05T19:00", 1, 0, 0, 2, 1);
  club_comes(&club, "bert@web.de", "Am 5. Mai kann ich leider nicht");
  date_is(&club, "2026-05-05T19:00", 1, 1, 0, 2, 0);
  assert_int_equal(club_count(&club, "event_moved_up", "clara@web.de"), 1);
  club_comes(&club, "clara@web.de", "Am 2. Juni kommen wir zu zweit");
  date_is(&club, "2026-06-02T19:00", 1, 0, 0, 2, 1);
  club_comes(&club, "bert@web.de", "Ich kann doch nie, leider nein"); /* frees every date */
  date_is(&club, "2026-06-02T19:00", 1, 1, 0, 2, 0);
  club_close(&club);
}

/* ---- what waits ---- */

static void a_later_no_ends_the_question(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_answer(&club, "event_invitation", "bert@web.de", "otto@fern.example", "Ich komme zu zweit", true);
  club_answer(&club, "event_late_asked", "otto@fern.example", "otto@fern.example", "Ich komme doch nicht",
              true);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 0, 1, 0, 0, 0);
  no_letter(&club, "event_late_answer", "otto@fern.example");
  club_close(&club);
}

static void a_no_to_one_date_leaves_the_question_about_all(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, evening);
  club_answer(&club, "event_invitation", "bert@web.de", "otto@fern.example", "Ich komme immer", true);
  club_answer(&club, "event_late_asked", "otto@fern.example", "otto@fern.example",
              "Am 7. April kann ich nicht", true);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  date_is(&club, "", 1, 0, 0, 1, 0);
  date_is(&club, "2026-04-07T19:00", 0, 1, 0, 0, 0);
  club_close(&club);
}

static void who_organises_no_more_decides_no_more(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Mitorganisator: bert@web.de");
  clock_fix(clock_now() + 600);
  club_answer(&club, "event_host_ask", "bert@web.de", "bert@web.de", "Ja, gerne", true);
  club_answer(&club, "event_invitation", "clara@web.de", "otto@fern.example", "Ich komme zu zweit", true);
  assert_int_equal(club_count(&club, "event_late", "bert@web.de"), 1);
  club_says(&club, "bert@web.de ist nicht mehr Mitorganisator");
  club_answer(&club, "event_late", "bert@web.de", "bert@web.de", "Ja", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_close(&club);
}

/* ---- a time that is none any more ---- */

static void a_click_for_the_old_time_does_not_count(void **state)
{
  (void)state;
  struct club club;
  static const char sunday[] = "20260517T160000";
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Wir verschieben auf Sonntag um vier.");
  club_confirms(&club, "event_change", "Ja, das stimmt");
  club_counts(&club, 0, 0, 0, 0, 0);
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "REPLY", bert_yes, feast_start,
                                 "SEQUENCE:0\nDTSTAMP:20260601T120000Z\n", false });
  clicks(&club, &(struct click){ "clara@web.de", "clara@web.de", "REPLY", /* had never answered */
                                 "ATTENDEE;PARTSTAT=ACCEPTED:mailto:clara@web.de\n", feast_start,
                                 "SEQUENCE:0\nDTSTAMP:20260601T120000Z\n", false });
  club_counts(&club, 0, 0, 0, 0, 0);
  clicks(&club, &(struct click){ "bert@web.de", "bert@web.de", "REPLY", bert_yes, sunday,
                                 "SEQUENCE:1\nDTSTAMP:20260302T120000Z\n", false });
  club_counts(&club, 1, 0, 0, 1, 0);
  clicks(&club, &(struct click){ "clara@web.de", "clara@web.de", "REPLY",
                                 "ATTENDEE;PARTSTAT=ACCEPTED:mailto:clara@web.de\n", sunday, NULL, false });
  club_counts(&club, 2, 0, 0, 2, 0);
  club_close(&club);
}

static void a_click_that_says_no_version_means_the_event_as_it_is(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Wir verschieben auf Sonntag um vier.");
  club_confirms(&club, "event_change", "Ja, das stimmt");
  clicks(&club,
         &(struct click){ "bert@web.de", "bert@web.de", "REPLY", bert_yes, "20260517T160000", NULL, false });
  club_counts(&club, 1, 0, 0, 1, 0);
  club_close(&club);
}

static void a_new_place_leaves_clicks_on_their_way_what_they_are(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "neuer Ort: Rathaus Köpenick");
  club_confirms(&club, "event_change", "Ja");
  clicks(&club,
         &(struct click){ "bert@web.de", "bert@web.de", "REPLY", bert_yes, feast_start, "SEQUENCE:0\n", 0 });
  club_counts(&club, 1, 0, 0, 1, 0);
  club_close(&club);
}

/* The answer counts, and the question goes to whom organises it, who answers by a plain reply. */
static void a_question_beside_an_answer_reaches_the_organiser(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int yes, no;
    bool is_passed_on;
  } cases[] = {
    { "Ja gerne. Gibt es eine Rampe?", 1, 0, true },
    { "Wir kommen, gibt es Parkplätze?", 1, 0, true },
    { "Leider nein. Macht ihr das nächstes Jahr wieder?", 0, 1, true },
    { "Yes, I will come. Is there parking?", 1, 0, true },
    { "Kommen Sie?\nJa", 1, 0, false }, /* ours, not quoted as such */
    { "Ja!?", 1, 0, false },
    { "Ja, ich komme. Anfahrt: https://karte.example/route?nach=garten", 1, 0, false },
    { "Ja, ich komme und frage mich nichts", 1, 0, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    print_message("%s\n", cases[i].text);
    club_comes(&club, "bert@web.de", cases[i].text);
    club_counts(&club, cases[i].yes, cases[i].no, 0, cases[i].yes, 0);
    assert_int_equal(club_count(&club, "private", "anna@web.de"), cases[i].is_passed_on);
    if (cases[i].is_passed_on) {
      clock_fix(clock_now() + 600);
      club_answer(&club, "private", "anna@web.de", "anna@web.de", "Gut, dass Sie fragen: ja, gleich am Tor.",
                  true);
      assert_int_equal(club_count(&club, "private", "bert@web.de"), 1);
      club_counts(&club, cases[i].yes, cases[i].no, 0, cases[i].yes, 0);
    }
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_click_of_who_got_it_forwarded_is_their_own),
    cmocka_unit_test(what_nobody_vouches_for_counts_for_nobody),
    cmocka_unit_test(a_calendar_answers_from_an_alias_of_its_owner),
    cmocka_unit_test(letters_go_to_whom_they_are_about),
    cmocka_unit_test(who_is_refused_is_refused_by_their_own_letter_too),
    cmocka_unit_test(a_proposal_is_its_authors_own),
    cmocka_unit_test(a_proposal_for_one_date_is_for_that_date),
    cmocka_unit_test(places_of_a_date_know_who_comes_to_all),
    cmocka_unit_test(a_later_no_ends_the_question),
    cmocka_unit_test(a_no_to_one_date_leaves_the_question_about_all),
    cmocka_unit_test(who_organises_no_more_decides_no_more),
    cmocka_unit_test(a_click_for_the_old_time_does_not_count),
    cmocka_unit_test(a_click_that_says_no_version_means_the_event_as_it_is),
    cmocka_unit_test(a_new_place_leaves_clicks_on_their_way_what_they_are),
    cmocka_unit_test(a_question_beside_an_answer_reaches_the_organiser),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
