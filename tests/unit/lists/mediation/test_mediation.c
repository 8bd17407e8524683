/* Mediation from the first mail to the last, and each of its turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/mediation/mediated.h"

/* Said at the front door; a flat that is "vermittelt" is no quarrel. */
static void a_quarrel_at_the_front_door_reaches_the_mediators_alone(void **state)
{
  (void)state;
  struct club club;
  house_open(&club);
  club_write(&club, "Anna Krause <anna.krause@web.de>", "kiez@kiez.example", "Nachbar",
             "Mein Nachbar und ich streiten seit Monaten, gibt es jemanden, der vermittelt?", true);
  assert_int_equal(count(&club, "mediation_asked", CLARA) + count(&club, "mediate", CLARA), 1);
  assert_int_equal(count(&club, "front_door", ANNA), 0);
  club_write(&club, "Anna Krause <anna.krause@web.de>", "kiez@kiez.example", "Wohnung",
             "Vermittelt das Bezirksamt eigentlich Wohnungen an Familien?", true);
  assert_int_equal(count(&club, "mediation_asked", CLARA) + count(&club, "mediate", CLARA), 1);
  club_close(&club);
}

static void a_mediation_from_beginning_to_end(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters,
                      "mediate:clara@web.de mediate:dora@web.de mediation_received:anna.krause@web.de");
  g_autofree char *question = moderated_text(&club, "mediate", CLARA);
  assert_non_null(strstr(question, "wegen Lärm, können Sie vermitteln?"));
  later(1);
  club_answer(&club, "mediate", CLARA, "Clara Conrad <clara@web.de>", "ja, ich übernehme", true);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *done = moderated_text(&club, "mediate_done", DORA);
  assert_non_null(strstr(done, "Übernommen von Clara Conrad"));
  g_autofree char *begins = moderated_text(&club, "mediation_begins", ANNA);
  assert_non_null(strstr(begins, "Clara Conrad"));
  answer(&club, "mediation_begins", ANNA, "Seine Adresse ist nachbar@example.org.");
  g_autofree char *private = moderated_text(&club, "mediation_mail", CLARA);
  assert_non_null(strstr(private, "Seine Adresse ist nachbar@example.org."));
  assert_int_equal(count(&club, "mediation_mail", NULL), 1);
  answer(&club, "mediation_steer", CLARA,
         "bitte anfragen: nachbar@example.org\nEs geht um laute Musik am Abend.");
  assert_string_equal(state_of(&club), "invited");
  g_autofree char *invitation = moderated_text(&club, "mediation_invite", NACHBAR);
  assert_non_null(strstr(invitation, "Anna K. wünscht sich"));
  assert_non_null(strstr(invitation, "laute Musik am Abend"));
  assert_null(strstr(invitation, "Rüpel"));
  assert_null(strstr(invitation, "web.de"));
  later(1);
  club_answer(&club, "mediation_invite", NACHBAR, "Bernd Nachbar <nachbar@example.org>", "Ja", true);
  assert_string_equal(state_of(&club), "open");
  assert_int_equal(count(&club, "mediation_open", NULL), 3);
  answer(&club, "mediation_open", NACHBAR, "Ich wusste gar nicht, dass es zu laut ist.");
  g_autofree char *to_anna = moderated_text(&club, "mediation_mail", ANNA);
  assert_non_null(strstr(to_anna, "Ich wusste gar nicht"));
  assert_non_null(strstr(to_anna, "Das lesen nur Anna K., Bernd N. und Clara Conrad"));
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 0);
  answer(&club, "mediation_mail", ANNA, "Nach 22 Uhr wäre Ruhe schön.");
  g_autofree char *to_nachbar = moderated_text(&club, "mediation_mail", NACHBAR);
  assert_non_null(strstr(to_nachbar, "Nach 22 Uhr"));
  answer(&club, "mediation_mail", NACHBAR, "Ende");
  assert_string_equal(state_of(&club), "closed");
  assert_int_equal(count(&club, "mediation_ended", NULL), 3);
  g_autofree char *ended = moderated_text(&club, "mediation_ended", ANNA);
  assert_non_null(strstr(ended, "Bernd N. hat die Vermittlung beendet"));
  club_close(&club);
}

static void whoever_writes_after_the_end_gets_a_sentence(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_open", ANNA, "Ende");
  answer(&club, "mediation_open", NACHBAR, "Aber ich wollte noch sagen, dass ich leiser bin.");
  assert_int_equal(count(&club, "mediation_mail", NULL), 0);
  g_autofree char *over = moderated_text(&club, "mediation_over", NACHBAR);
  assert_non_null(strstr(over, "diese Vermittlung ist für Sie beendet"));
  answer(&club, "mediation_open", NACHBAR, "Noch einmal, bitte.");
  assert_int_equal(count(&club, "mediation_over", NACHBAR), 1);
  club_close(&club);
}

static void a_no_and_silence_look_the_same_to_the_requester(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_invite", NACHBAR, "Nein, lassen Sie mich damit in Ruhe.");
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *told = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(told, "nimmt an der Vermittlung nicht teil"));
  assert_non_null(strstr(told, "in Ruhe"));
  g_autofree char *no = moderated_text(&club, "mediation_none", ANNA);
  assert_null(strstr(no, "Ruhe"));
  club_close(&club);
  invited(&club);
  later(15 * 24);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *silent = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(silent, "nicht geantwortet"));
  g_autofree char *same = moderated_text(&club, "mediation_none", ANNA);
  assert_string_equal(no, same);
  assert_int_equal(count(&club, "mediation_invite", NACHBAR), 1);
  answer(&club, "mediation_steer", CLARA, "Fragen Sie nachbar@example.org bitte noch einmal.");
  assert_int_equal(count(&club, "mediation_invite", NACHBAR), 1);
  club_close(&club);
}

static void a_question_is_no_yes_and_reaches_the_mediator(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_invite", NACHBAR, "Worum geht es denn genau?");
  assert_string_equal(state_of(&club), "invited");
  g_autofree char *text = moderated_text(&club, "mediation_mail", CLARA);
  assert_non_null(strstr(text, "Worum geht es denn genau?"));
  assert_null(strstr(text, "example.org"));
  answer(&club, "mediation_mail", CLARA, "Um die Musik am Freitag. Sprechen Sie mit?");
  g_autofree char *back = moderated_text(&club, "mediation_mail", NACHBAR);
  assert_non_null(strstr(back, "Musik am Freitag"));
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  answer(&club, "mediation_mail", NACHBAR, "Ja, gern.");
  assert_string_equal(state_of(&club), "open");
  club_close(&club);
}

static void the_mediator_writes_to_one_alone(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_open", CLARA, "nur an Bernd: Wären Sie mit Kopfhörern einverstanden?");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  answer(&club, "mediation_mail", NACHBAR, "Unter uns: ja.");
  assert_int_equal(count(&club, "mediation_mail", ANNA), 0);
  assert_int_equal(count(&club, "mediation_mail", CLARA), 1);
  answer(&club, "mediation_open", CLARA, "nur an Berta: Hallo!");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_unclear", CLARA), 1);
  answer(&club, "mediation_open", ANNA, "Nur an die Vermittlung: Ich habe ein bisschen Angst.");
  assert_int_equal(count(&club, "mediation_mail", NACHBAR), 1);
  assert_int_equal(count(&club, "mediation_mail", CLARA), 2);
  club_close(&club);
}

static void a_no_with_a_reason_reaches_whoever_asked(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  answer(&club, "mediate", CLARA, "Ich kann leider nicht, ich kenne beide.");
  assert_string_equal(state_of(&club), "asked");
  answer(&club, "mediate", DORA, "Nein, das ist ein Fall für das Ordnungsamt.");
  assert_string_equal(state_of(&club), "refused");
  g_autofree char *text = moderated_text(&club, "mediation_refused", ANNA);
  assert_non_null(strstr(text, "Fall für das Ordnungsamt"));
  club_close(&club);
}

static void nobody_answers(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  later(4 * 24);
  post_work(&club.town);
  assert_int_equal(count(&club, "mediate", CLARA), 2);
  g_autofree char *reminder = moderated_text(&club, "mediate", CLARA);
  assert_non_null(strstr(reminder, "Erinnerung"));
  assert_non_null(strstr(reminder, "wegen Lärm, können Sie vermitteln?"));
  later(11 * 24);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "lapsed");
  g_autofree char *text = moderated_text(&club, "mediation_refused", ANNA);
  assert_non_null(strstr(text, "in zwei Wochen niemand"));
  answer(&club, "mediate", CLARA, "ja, ich übernehme");
  assert_string_equal(state_of(&club), "lapsed");
  club_close(&club);
}

static void whoever_asked_adds_something_or_takes_it_back(void **state)
{
  (void)state;
  struct club club;
  asked(&club);
  answer(&club, "mediation_received", ANNA, "Es war auch gestern wieder laut.");
  assert_int_equal(count(&club, "mediation_more", NULL), 2);
  answer(&club, "mediation_received", ANNA, "Hat sich erledigt.");
  assert_string_equal(state_of(&club), "withdrawn");
  assert_int_equal(count(&club, "mediate_done", NULL), 2);
  assert_int_equal(count(&club, "mediation_ended", ANNA), 1);
  club_close(&club);
}

static void a_letter_that_comes_back_is_told_to_the_mediator(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  later(1);
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 1000, false, NULL);
  const char *envelope = NULL;
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    if (strcmp(delivery->address, NACHBAR) == 0) envelope = delivery->envelope_from;
  }
  assert_non_null(envelope);
  g_autofree char *report = g_strdup_printf(
      "From: MAILER-DAEMON@example.org\nTo: %s\nSubject: Undelivered\nMessage-ID: <b@example.org>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
      "Content-Type: text/plain\n\nNo such user.\n--b\nContent-Type: message/delivery-status\n\n"
      "Reporting-MTA: dns; example.org\n\nFinal-Recipient: rfc822; nachbar@example.org\nAction: failed\n"
      "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n",
      envelope);
  post_in(&club.town, "", envelope, report);
  post_work(&club.town);
  assert_string_equal(state_of(&club), "taken");
  g_autofree char *text = moderated_text(&club, "mediation_declined", CLARA);
  assert_non_null(strstr(text, "kam zurück"));
  assert_int_equal(count(&club, "mediation_none", ANNA), 0);
  answer(&club, "mediation_steer", CLARA, "Sorry, richtig ist: nachbarn@example.org");
  assert_int_equal(count(&club, "mediation_invite", "nachbarn@example.org"), 1);
  club_close(&club);
}

static void without_mediators_the_admin_is_asked(void **state)
{
  (void)state;
  struct club club;
  hours = 0;
  club_open(&club);
  town_list(&club.town, "vermittlung", "mediation", false);
  club_write(&club, ANNA, HOUSE, "Streit", "Können Sie vermitteln?", true);
  assert_int_equal(count(&club, "mediate", "admin@amt.example"), 1);
  answer(&club, "mediate", "admin@amt.example", "Ja, mache ich.");
  assert_string_equal(state_of(&club), "taken");
  club_close(&club);
}

static void the_mediator_names_one_person_and_says_what_they_read(void **state)
{
  (void)state;
  struct club club;
  taken(&club);
  answer(&club, "mediation_steer", CLARA, "Wie heißt denn Ihr Nachbar?");
  answer(&club, "mediation_steer", CLARA, "anfragen: eins@example.org und zwei@example.org");
  assert_int_equal(count(&club, "mediation_unclear", CLARA), 2);
  assert_string_equal(state_of(&club), "taken");
  answer(&club, "mediation_steer", CLARA,
         "Anna Krause (anna.krause@web.de) ist sehr aufgebracht.\nFragen Sie: nachbar@example.org\n\n"
         "Frau Krause, anna.krause@web.de, möchte reden.");
  g_autofree char *text = moderated_text(&club, "mediation_invite", NACHBAR);
  assert_null(strstr(text, "aufgebracht"));
  assert_null(strstr(text, "web.de"));
  assert_non_null(strstr(text, "möchte reden"));
  g_autofree char *copy = moderated_text(&club, "mediation_asked", CLARA);
  assert_non_null(strstr(copy, "möchte reden"));
  club_close(&club);
}

static void a_wrong_address_is_put_right(void **state)
{
  (void)state;
  struct club club;
  invited(&club);
  answer(&club, "mediation_steer", CLARA, "Falsch, richtig ist bernd@example.net");
  assert_int_equal(count(&club, "mediation_invite", "bernd@example.net"), 1);
  answer(&club, "mediation_invite", NACHBAR, "Ja");
  assert_string_equal(state_of(&club), "invited");
  assert_int_equal(count(&club, "mediation_over", NACHBAR), 1);
  answer(&club, "mediation_invite", "bernd@example.net", "Einverstanden.");
  assert_string_equal(state_of(&club), "open");
  assert_int_equal(count(&club, "mediation_open", NACHBAR), 0);
  club_close(&club);
}

static void who_writes_under_the_invitation_later_learns_the_address(void **state)
{
  (void)state;
  struct club club;
  opened(&club);
  answer(&club, "mediation_invite", NACHBAR, "Ich habe noch etwas vergessen.");
  g_autofree char *text = moderated_text(&club, "mediation_over", NACHBAR);
  g_autofree char *current = club_reply_address(&club, "mediation_open", NACHBAR);
  assert_non_null(strstr(text, current));
  club_close(&club);
}

static void the_settings_letter_names_the_mediators(void **state)
{
  (void)state;
  struct club club;
  hours = 0;
  club_open(&club);
  int64_t list = town_list(&club.town, "vermittlung", "mediation", false);
  town_member(&club.town, list, CLARA, "member,keeper");
  club_write(&club, CLARA, "vermittlung+einstellungen@kiez.example", "Einstellungen", "", true);
  answer(&club, "keep", CLARA, "Moderation: clara@web.de, emil@web.de");
  answer(&club, "duty", "emil@web.de", "Ja, gern.");
  club_write(&club, ANNA, HOUSE, "Streit", "Können Sie vermitteln?", true);
  assert_int_equal(count(&club, "mediate", "emil@web.de"), 1);
  assert_int_equal(count(&club, "mediate", CLARA), 1);
  club_close(&club);
}

/* The whole way in another language: no value is missing, and no sentence of another one is in between. */
static void walk_in(const char *language, const char *yes, const char *end, const char *const *words)
{
  struct club club;
  house_open(&club);
  g_autoptr(GError) error = NULL;
  g_autoptr(list_row) list = list_find(club.town.store, "vermittlung", &error);
  g_free(list->language);
  list->language = g_strdup(language);
  assert_true(store_begin(club.town.store, &error) && list_update(club.town.store, list, &error) &&
              store_commit(club.town.store, &error));
  club_write(&club, "Anna Krause <anna.krause@web.de>", HOUSE, "Noise", "Could you mediate?", true);
  answer(&club, "mediate", CLARA, yes);
  answer(&club, "mediation_steer", CLARA, "nachbar@example.org");
  answer(&club, "mediation_invite", NACHBAR, yes);
  answer(&club, "mediation_open", CLARA, "Hello, both of you.");
  answer(&club, "mediation_mail", ANNA, end);
  assert_string_equal(state_of(&club), "closed");
  static const char *const letters[][2] = { { "mediation_received", ANNA },  { "mediate", DORA },
                                            { "mediation_begins", ANNA },    { "mediation_steer", CLARA },
                                            { "mediation_invite", NACHBAR }, { "mediation_open", NACHBAR },
                                            { "mediation_mail", ANNA },      { "mediation_ended", CLARA } };
  for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
    g_autofree char *text = moderated_text(&club, letters[i][0], letters[i][1]);
    if (!strstr(text, words[i]))
      fail_msg("%s in %s lacks \"%s\":\n%s", letters[i][0], language, words[i], text);
    assert_null(strstr(text, "{{"));
    if (g_getenv("KIEZPOST_SHOW")) print_message("---- %s\n%s\n", letters[i][0], text);
  }
  club_close(&club);
}

static void the_whole_way_in_leichter_sprache_and_english(void **state)
{
  (void)state;
  static const char *const easy[] = { "Das passiert jetzt",
                                      "bittet um Hilfe",
                                      "es hilft Ihnen",
                                      "Schreiben Sie die Mail-Adresse",
                                      "Dann antworten Sie auf diese Mail: Ja",
                                      "Das lesen die anderen beiden",
                                      "Diese Mail lesen nur 3 Personen",
                                      "hat die Vermittlung beendet" };
  static const char *const english[] = {
    "This is what happens now", "asks for mediation",    "has taken on your", "name their address",
    "reply to this mail with",  "the other two read it", "Only Anna K.",      "has ended the mediation"
  };
  walk_in("de-x-leicht", "Ja", "Ende", easy);
  walk_in("en", "Yes, I take it on", "End", english);
}

static void every_letter_is_written_in_three_languages(void **state)
{
  (void)state;
  static const char *const letters[] = { "mediate",          "mediate_done",       "mediation_asked",
                                         "mediation_begins", "mediation_confirm",  "mediation_declined",
                                         "mediation_ended",  "mediation_invite",   "mediation_many",
                                         "mediation_more",   "mediation_none",     "mediation_open",
                                         "mediation_over",   "mediation_received", "mediation_refused",
                                         "mediation_steer",  "mediation_unclear",  "mediation_undelivered" };
  static const char *const languages[] = { "de", "de-x-leicht", "en" };
  for (gsize l = 0; l < G_N_ELEMENTS(languages); l++)
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
      g_autofree char *path =
          g_strdup_printf("%s/letters/%s/%s.md", config_share(), languages[l], letters[i]);
      if (!g_file_test(path, G_FILE_TEST_EXISTS)) fail_msg("There is no %s", path);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_quarrel_at_the_front_door_reaches_the_mediators_alone),
    cmocka_unit_test(a_mediation_from_beginning_to_end),
    cmocka_unit_test(whoever_writes_after_the_end_gets_a_sentence),
    cmocka_unit_test(a_no_and_silence_look_the_same_to_the_requester),
    cmocka_unit_test(a_question_is_no_yes_and_reaches_the_mediator),
    cmocka_unit_test(the_mediator_writes_to_one_alone),
    cmocka_unit_test(a_no_with_a_reason_reaches_whoever_asked),
    cmocka_unit_test(nobody_answers),
    cmocka_unit_test(whoever_asked_adds_something_or_takes_it_back),
    cmocka_unit_test(a_letter_that_comes_back_is_told_to_the_mediator),
    cmocka_unit_test(without_mediators_the_admin_is_asked),
    cmocka_unit_test(the_mediator_names_one_person_and_says_what_they_read),
    cmocka_unit_test(a_wrong_address_is_put_right),
    cmocka_unit_test(who_writes_under_the_invitation_later_learns_the_address),
    cmocka_unit_test(the_settings_letter_names_the_mediators),
    cmocka_unit_test(the_whole_way_in_leichter_sprache_and_english),
    cmocka_unit_test(every_letter_is_written_in_three_languages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
