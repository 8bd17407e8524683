/* What is said to an organiser stays with them; what tells of somebody's health is not for all who are
 * invited; and who was not invited comes as the event's policy says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static void health_in_an_answer_is_read_by_the_organiser_alone(void **state)
{
  (void)state;
  static const char *const words[] = { "Rollstuhl", "schwanger", "Nussallergie" };
  struct club club;
  club_calls(&club, feast);
  club_comes(
      &club, "bert@web.de",
      "Wir kommen zu zweit. Ich bin im Rollstuhl, meine Frau ist schwanger und hat eine Nussallergie.");
  club_comes(&club, "clara@web.de", "Ja");
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "Rollstuhl");
  club_says(&club, "An alle, die kommen: Bringt Stühle mit!");
  club_confirms(&club, "event_message_draft", "Ja");
  club_wait(&club, TEST_NOW + 74 * 24 * 3600); /* the reminder */
  club_wait(&club, clock_now() + 600);
  assert_true(club_count(&club, "event_message", "clara@web.de") > 0);
  static const char *const purposes[] = { "event_invitation", "event_message",    "event_reminder",
                                          "event_waits",      "event_late_asked", "post" };
  static const char *const others[] = { "bert@web.de", "clara@web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(purposes); i++)
    for (gsize k = 0; k < G_N_ELEMENTS(others); k++) {
      g_autofree char *text = club_text(&club, purposes[i], others[k]);
      for (gsize w = 0; text && w < G_N_ELEMENTS(words); w++)
        if (strstr(text, words[w])) fail_msg("%s to %s has %s", purposes[i], others[k], words[w]);
    }
  club_close(&club);
}

static int events_in(struct club *club)
{
  g_autoptr(GPtrArray) events = events_page(club->town.store, 0, 0, 100, NULL);
  return (int)events->len;
}

static void a_call_with_somebodys_health_is_held(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int events;
  } cases[] = {
    { "Fest für Frau Schulz am 6. Juni 2026 um 15 Uhr, Bölschestraße 12. Sie hat Krebs und sitzt im "
      "Rollstuhl.",
      0 },
    { "Am 6. Juni 2026 um 15 Uhr besuchen wir Herrn Krause, er ist dement und liegt im Krankenhaus.", 0 },
    { "Selbsthilfegruppe Krebs: Treffen am 6. Juni 2026 um 15 Uhr, Bölschestraße 12.", 1 }, /* nobody's own */
    { "Rollstuhltanz am 6. Juni 2026 um 15 Uhr, Bölschestraße 12. Alle sind willkommen.", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    town_list(&club.town, "termine", "events", true);
    club_write(&club, "anna@web.de", "termine@kiez.example", "Termin", cases[i].text, true);
    if (events_in(&club) != cases[i].events) fail_msg("%s: %d", cases[i].text, events_in(&club));
    club_close(&club);
  }
}

static void a_line_with_somebodys_health_is_not_taken(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", feast, true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Was: Fest für Frau Schulz, die Krebs hat",
              true);
  g_autoptr(event_t) event = the_event(&club);
  assert_null(strstr(event->title, "Krebs"));
  club_has(&club, "event_draft", "anna@web.de", "Nicht verstanden");
  club_close(&club);
}

/* Otto got the invitation from Bert, and answers it. */
static void otto_comes(struct club *club, const char *text)
{
  club_answer(club, "event_invitation", "bert@web.de", "otto@fern.example", text, true);
}

static void who_was_not_invited_is_asked_about(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  otto_comes(&club, "Ich komme zu zweit");
  club_counts(&club, 0, 0, 0, 0, 0);
  club_has(&club, "event_late", "anna@web.de", "nicht eingeladen");
  club_has(&club, "event_late_asked", "otto@fern.example", "nicht eingeladen");
  club_answer(&club, "event_late", "anna@web.de", "dieb@evil.example", "Ja", true);
  club_counts(&club, 0, 0, 0, 0, 0);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_answer(&club, "event_late_answer", "otto@fern.example", "otto@fern.example", "Doch nur ich allein",
              true);
  club_counts(&club, 1, 0, 0, 1, 0); /* fewer: nobody is asked again */
  assert_int_equal(club_count(&club, "event_late", "anna@web.de"), 1);
  club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
  club_counts(&club, 2, 0, 0, 4, 0); /* Bert's own answer is his */
  club_close(&club);
}

static void the_policy_is_said_in_a_line(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    int people;
    const char *letter;
  } cases[] = { { "Fremde: nein", 0, "event_late_answer" }, { "Fremde: ja", 2, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "anna@web.de", "gruenau@kiez.example", "Hoffest", feast, true);
    club_wait(&club, TEST_NOW + 3600);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].line, true);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
    for (int k = 0; k < 3; k++) club_wait(&club, TEST_NOW + 3660 + 60 * k);
    otto_comes(&club, "Ich komme zu zweit");
    g_autoptr(event_t) event = the_event(&club);
    struct event_count count;
    assert_true(event_count(club.town.store, event->id, "", &count, NULL));
    if (count.people != cases[i].people) fail_msg("%s: %d", cases[i].line, count.people);
    if (cases[i].letter) club_has(&club, cases[i].letter, "otto@fern.example", "wer eingeladen ist");
    assert_int_equal(club_count(&club, "event_late", "anna@web.de"), 0);
    club_close(&club);
  }
}

static void a_guests_question_goes_to_the_organiser_and_back(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_comes(&club, "bert@web.de", "Gibt es am Eingang eine Rampe für den Rollstuhl?");
  club_counts(&club, 0, 0, 0, 0, 0);
  club_has(&club, "private", "anna@web.de", "Rampe");
  assert_null(club_text(&club, "event_unclear", "bert@web.de"));
  clock_fix(clock_now() + 600);
  club_answer(&club, "private", "anna@web.de", "anna@web.de", "Ja, hinten im Hof.", true);
  club_has(&club, "private", "bert@web.de", "hinten im Hof");
  club_counts(&club, 0, 0, 0, 0, 0);
  club_comes(&club, "clara@web.de", "Ginge auch Sonntag um 16 Uhr?");
  club_has(&club, "private", "anna@web.de", "Ginge auch Sonntag");
  club_answer(&club, "event_invitation", "clara@web.de", "dieb@evil.example", "Wer kommt denn alles?", false);
  assert_int_equal(club_count(&club, "private", "anna@web.de"), 2); /* nobody vouches for that one */
  club_close(&club);
}

/* Below the question stands the invitation, as programs quote it: with the asker's own address of the event,
 * and buttons that answer in their name. */
static void a_question_brings_no_address_that_answers_for_its_author(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  g_autoptr(mail_t) letter = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_auto(GStrv) lines = g_strsplit(letter->text, "\n", -1);
  g_autofree char *quote = g_strjoinv("\n> ", lines);
  g_autofree char *address = club_reply_address(&club, "event_invitation", "bert@web.de");
  g_autofree char *text =
      g_strdup_printf("Kann ich mit dem Rad bis in den Hof?\n\nAm Mo., 2. März 2026 um 11:20 Uhr "
                      "schrieb Grünau <%s>:\n> %s\n",
                      address, quote);
  club_comes(&club, "bert@web.de", text);
  g_autofree char *question = post_mail(&club.town, "private", "anna@web.de");
  assert_non_null(question);
  club_has(&club, "private", "anna@web.de", "Kann ich mit dem Rad bis in den Hof?");
  g_autofree char *token = g_strndup(strchr(address, '+') + 1, 30);
  g_autofree char *read = club_text(&club, "private", "anna@web.de");
  if (strstr(question, token) || strstr(read, token)) fail_msg("the asker's address goes along:\n%s", read);
  assert_null(strstr(read, "Ja: mailto"));
  club_close(&club);
}

/* A picture goes along with its question; a calendar part, in which our letter may stand again, does not. */
static void the_picture_of_a_question_goes_along(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: bert@web.de\nTo: %s\n"
      "Subject: Frage\nMessage-ID: <photo@web.de>\nDate: Mon, 02 Mar 2026 12:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
      "Passt dieser Tisch durch das Tor?\n--b\nContent-Type: image/png; name=tisch.png\n"
      "Content-Disposition: attachment; filename=tisch.png\nContent-Transfer-Encoding: base64\n\n"
      "iVBORw0KGgo=\n--b--\n",
      to);
  post_in(&club.town, "bert@web.de", to, mail);
  post_work(&club.town);
  g_autofree char *letter = post_mail(&club.town, "private", "anna@web.de");
  assert_non_null(letter);
  club_has(&club, "private", "anna@web.de", "Passt dieser Tisch");
  assert_non_null(strstr(letter, "tisch.png"));
  assert_non_null(strstr(letter, "iVBORw0KGgo="));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(health_in_an_answer_is_read_by_the_organiser_alone),
    cmocka_unit_test(a_call_with_somebodys_health_is_held),
    cmocka_unit_test(a_line_with_somebodys_health_is_not_taken),
    cmocka_unit_test(a_guests_question_goes_to_the_organiser_and_back),
    cmocka_unit_test(who_was_not_invited_is_asked_about),
    cmocka_unit_test(the_policy_is_said_in_a_line),
    cmocka_unit_test(a_question_brings_no_address_that_answers_for_its_author),
    cmocka_unit_test(the_picture_of_a_question_goes_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
