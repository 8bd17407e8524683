/* Events by video: what people say of it, and who gets which link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/video/video_club.h"

#include "lists/video/words.h"

/* ---- words ---- */

static void people_say_that_it_is_by_video_in_many_ways(void **state)
{
  (void)state;
  static const struct {
    const char *words;
    bool is_video;
  } cases[] = {
    { "Wir treffen uns per Video.", true },
    { "Die Sitzung ist hybrid, kommt vorbei oder schaltet euch zu.", true },
    { "Das Treffen findet online statt.", true },
    { "Bitte mit Videoraum!", true },
    { "Es gibt auch eine Videokonferenz.", true },
    { "Man kann auch online teilnehmen.", true },
    { "Das Programm steht online.", false },
    { "Ich bringe ein Video mit.", false },
    { "Kein Video, bitte kommt alle selbst.", false },
    { "Diesmal ohne Videoraum.", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    g_autofree char *text =
        g_strdup_printf("Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 Uhr ist Sitzung im "
                        "Segelfliegerdamm 12. %s\n\nAnna",
                        cases[i].words);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Sitzung", text, true);
    g_autoptr(event_t) event = the_event(&club);
    if (event->is_video != cases[i].is_video) fail_msg("%s: %d", cases[i].words, event->is_video);
    club_close(&club);
  }
}

static void they_say_so_in_other_languages(void **state)
{
  (void)state;
  static const struct {
    const char *language, *words;
    bool is_video;
  } cases[] = {
    { "tr", "Toplantı cumartesi saat 15'te görüntülü olarak da yapılacak, video üzerinden katılabilirsiniz.",
      true },
    { "tr", "Video konferans ile buluşuyoruz", true },
    { "tr", "Çevrim içi katılmak da mümkün", true },
    { "tr", "Bu sefer hibrit: hem yerinde hem online", true },
    { "tr", "BigBlueButton üzerinden bağlanabilirsiniz", true },
    { "tr", "Program internette, bir video getiriyorum", false },
    { "tr", "Sadece yüz yüze buluşuyoruz", false },
    { "tr", "Bu kez video konferans değil", false },
    { "ru", "Собрание пройдёт онлайн, ссылку пришлём", true },
    { "ru", "Встречаемся по видеосвязи в субботу в 15 часов", true },
    { "ru", "Будет видеоконференция", true },
    { "ru", "Можно подключиться через BigBlueButton", true },
    { "ru", "Гибридный формат: можно прийти или подключиться онлайн", true },
    { "ru", "Принесу видео с праздника", false },
    { "ru", "В этот раз без видеосвязи, только очно", false },
    { "ru", "Программа есть в интернете", false },
    { "en", "We meet by video call this time", true },
    { "en", "You can also join remotely", true },
    { "en", "This time no video room, in person only", false },
  };
  struct club club; /* the tables are loaded */
  club_open(&club);
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(event_t) event = event_new("Europe/Berlin");
    g_autoptr(passage_t) passage = passage_new(cases[i].words, cases[i].language, 2000);
    video_read(event, passage);
    if (event->is_video != cases[i].is_video) print_message("%s: %d\n", cases[i].words, event->is_video);
    bad += event->is_video != cases[i].is_video;
  }
  assert_int_equal(bad, 0);
  club_close(&club);
}

static void the_answer_to_the_draft_says_it_too(void **state)
{
  (void)state;
  static const struct {
    const char *answer;
    bool is_video, is_open;
    const char *link;
  } cases[] = {
    { "Video: ja", true, false, "" },
    { "Video: per Video", true, false, "" },
    { "Video: hybrid", true, false, "" },
    { "Video: evet", true, false, "" },
    { "Видео: да", true, false, "" },
    { "Онлайн: нет", false, false, "" },
    { "Video: online", true, false, "" },
    { "Video: mit Videoraum", true, false, "" },
    { "Video: nein", false, false, "" },
    { "Video: vor Ort", false, false, "" },
    { "Ja, bitte mit Videoraum", true, true, "" },
    { "Ja, per Video", true, true, "" },
    { "Ja", false, true, "" },
    { "Video: https://meet.example/abc?x=1", true, false, "https://meet.example/abc?x=1" },
    { "Videoraum: <https://meet.example/abc>.\n\nJa", true, true, "https://meet.example/abc" },
    { "Video: meet.jit.si/Kiez", true, false, "https://meet.jit.si/Kiez" },
    { "Video: vielleicht morgen", false, false, "" },
    { "Video: javascript:alert(1)", false, false, "" },
    { "Video: https://", false, false, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
    club_wait(&club, TEST_NOW + 3600);
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].answer, true);
    g_autoptr(event_t) event = the_event(&club);
    bool is_open = strcmp(event->state, "open") == 0;
    if (event->is_video != cases[i].is_video || is_open != cases[i].is_open ||
        strcmp(event->video_link, cases[i].link) != 0)
      fail_msg("%s: video %d open %d %s", cases[i].answer, event->is_video, is_open, event->video_link);
    club_close(&club);
  }
}

static void without_a_server_the_organiser_reads_what_to_do_instead(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Sitzung", by_video, true);
  club_has(&club, "event_draft", "anna@web.de", "antworten Sie mit „Video: https://…“");
  club_wait(&club, TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  club_has(&club, "event_opened", "anna@web.de", "Einen Videoraum haben wir nicht");
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 3660 + 60 * i);
  lacks(&club, "event_invitation", "bert@web.de", "per Video](");
  assert_null(the_job(&club));
  club_close(&club);
}

static void a_room_of_ones_own_goes_to_who_is_invited(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
  club_wait(&club, TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Video: https://meet.example/abc\n\nJa",
              true);
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 3660 + 60 * i);
  club_has(&club, "event_invitation", "bert@web.de", "https://meet.example/abc");
  g_autofree char *calendar = calendar_of(&club, "event_invitation", "bert@web.de");
  has(calendar, "https://meet.example/abc");
  club_says(&club, "Video: https://meet.example/neu");
  club_has(&club, "event_change", "anna@web.de", "https://meet.example/neu");
  club_confirms(&club, "event_change", "Ja");
  club_has(&club, "event_invitation", "bert@web.de", "https://meet.example/neu");
  club_counts(&club, 0, 0, 0, 0, 0);
  club_close(&club);
}

static void a_link_in_the_mail_that_calls_together_is_for_who_is_invited(void **state)
{
  (void)state;
  static const struct {
    const char *words, *link;
  } cases[] = {
    { "Online: https://meet.jit.si/KiezGruenau.", "https://meet.jit.si/KiezGruenau" },
    { "Einwahl <https://us02web.zoom.us/j/123?pwd=abc> oder vor Ort",
      "https://us02web.zoom.us/j/123?pwd=abc" },
    { "Programm: https://kiez.example/fest.html", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    town_list(&club.town, "termine", "events", true);
    g_autofree char *text = g_strdup_printf(
        "Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir ein Hoffest im "
        "Segelfliegerdamm 12. Kommt alle!\n%s\n\nAnna",
        cases[i].words);
    club_write(&club, "Anna Amsel <anna@web.de>", "termine@kiez.example", "Sitzung", text, true);
    g_autoptr(event_t) event = the_event(&club);
    assert_string_equal(event->video_link, cases[i].link);
    assert_int_equal(event->is_video, *cases[i].link != '\0');
    if (*cases[i].link && strstr(event->text, cases[i].link)) fail_msg("%s", event->text);
    if (!*cases[i].link && !strstr(event->text, "fest.html")) fail_msg("%s", event->text);
    club_close(&club);
  }
}

/* Programs write more than one link, in more than one field, and filters of mail wrap them. */
static void no_link_to_a_room_stays_where_everybody_reads_it(void **state)
{
  (void)state;
  static const struct {
    const char *place, *text, *link, *left, *kept;
  } cases[] = {
    { "https://zoom.us/j/1", "", "https://zoom.us/j/1", "", "" },
    { "Microsoft Teams Meeting; https://teams.microsoft.com/l/meetup-join/a", "",
      "https://teams.microsoft.com/l/meetup-join/a", "Microsoft Teams Meeting", "" },
    { "Rathaus, <https://bbb.kiez.example/b/x>", "", "https://bbb.kiez.example/b/x", "Rathaus", "" },
    { "meet.jit.si/KiezGruenau", "", "https://meet.jit.si/KiezGruenau", "", "" },
    { "HTTPS://US02WEB.ZOOM.US/j/1?pwd=Ab", "", "https://US02WEB.ZOOM.US/j/1?pwd=Ab", "", "" },
    { "Rathaus",
      "Optionen: https://teams.microsoft.com/meetingOptions/?id=9\nHier: "
      "https://teams.microsoft.com/l/meetup-join/a\nNoch mal https://meet.jit.si/b und Programm "
      "https://kiez.example/fest.html",
      "https://teams.microsoft.com/l/meetup-join/a", "Rathaus", "https://kiez.example/fest.html" },
    { "Rathaus", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom-x.de%2Fj%2F7&data=1",
      "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom-x.de%2Fj%2F7&data=1", "Rathaus",
      "" },
    { "Segelfliegerdamm 12/14", "Infos auf https://kiez.example/zoom.html, Nr. 3/4", "",
      "Segelfliegerdamm 12/14", "https://kiez.example/zoom.html, Nr. 3/4" },
    { "Saal Zoom/BigBlueButton", "Z.B. Kuchen/Salat", "", "Saal Zoom/BigBlueButton", "Z.B. Kuchen/Salat" },
  };
  static const char *const secrets[] = { "zoom.us", "ZOOM.US", "teams.micro", "jit.si", "bbb.", "safelinks" };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(event_t) event = event_new("Europe/Berlin");
    g_free(event->place);
    g_free(event->text);
    event->place = g_strdup(cases[i].place);
    event->text = g_strdup(cases[i].text);
    video_take_link(event);
    if (strcmp(event->video_link, cases[i].link) != 0 || strcmp(event->place, cases[i].left) != 0)
      fail_msg("%s: place \"%s\" link \"%s\"", cases[i].place, event->place, event->video_link);
    for (gsize k = 0; k < G_N_ELEMENTS(secrets); k++)
      if (strstr(event->text, secrets[k]) || strstr(event->place, secrets[k])) fail_msg("%s", event->text);
    if (!strstr(event->text, cases[i].kept)) fail_msg("%s", event->text);
    assert_int_equal(event->is_video, *cases[i].link != '\0');
  }
}

static void a_link_where_the_place_belongs_is_for_who_is_invited(void **state)
{
  (void)state;
  static const char *const answers[] = { "Wo: https://meet.jit.si/x", "Ort: Videoraum https://meet.jit.si/x",
                                         "Was: Sitzung https://meet.jit.si/x",
                                         "Mitbringen: Laptop, meet.jit.si/x" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
    for (int stands = 0; stands < 2; stands++) {
      struct club club;
      club_open(&club);
      club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", feast, true);
      club_wait(&club, TEST_NOW + 3600);
      club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", stands ? "Ja" : answers[i], true);
      if (stands) {
        for (int k = 0; k < 3; k++) club_wait(&club, TEST_NOW + 3660 + 60 * k);
        club_says(&club, answers[i]);
        club_confirms(&club, "event_change", "Ja");
        club_has(&club, "event_invitation", "bert@web.de", "https://meet.jit.si/x");
      }
      g_autoptr(event_t) event = the_event(&club);
      assert_string_equal(event->video_link, "https://meet.jit.si/x");
      g_autofree char *all = g_strdup_printf("%s %s %s", event->place, event->title, event->bring);
      if (strstr(all, "jit.si")) fail_msg("%s: %s", answers[i], all);
      club_close(&club);
    }
}

/* ---- links ---- */

static void each_gets_a_link_of_their_own_and_organisers_lead(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=030 90297 1234\npin=70757\n");
  g_autofree char *anna = link_of(&club, "event_invitation", "anna@web.de");
  g_autofree char *bert = link_of(&club, "event_invitation", "bert@web.de");
  g_autofree char *clara = link_of(&club, "event_invitation", "clara@web.de");
  has(anna, "role=MODERATOR");
  has(bert, "role=VIEWER");
  has(bert, "fullName=Bert");
  assert_string_not_equal(bert, clara);
  lacks(&club, "event_invitation", "bert@web.de", "role=MODERATOR");
  club_has(&club, "event_invitation", "bert@web.de", "Per Telefon: 030 90297 1234, PIN 70757");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(room_t) room = room_get(club.town.store, event->id, NULL);
  g_autofree char *wanted = bbb_join_url(club.town.bbb, room->meeting, "Bert", false);
  assert_string_equal(bert, wanted);
  club_close(&club);
}

static void calendars_hold_the_way_in(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=+49 30 90297-1234\npin=70757\n");
  g_autofree char *bert = link_of(&club, "event_invitation", "bert@web.de");
  g_autofree char *calendar = calendar_of(&club, "event_invitation", "bert@web.de");
  g_autofree char *conference = g_strconcat("CONFERENCE;VALUE=URI;FEATURE=VIDEO:", bert, "\n", NULL);
  g_autofree char *url = g_strconcat("URL:", bert, "\n", NULL);
  has(calendar, conference);
  has(calendar, url);
  has(calendar, "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+4930902971234\n");
  has(calendar, "LOCATION:Segelfliegerdamm 12");
  has(calendar, "DESCRIPTION:Video: https://bbb.example/");
  club_close(&club);
}

static void other_letters_say_it_to_who_is_invited_alone(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=70757\n");
  club_comes(&club, "bert@web.de", "Ja, gern");
  club_wait(&club, begins() - 24 * 3600 + 60);
  for (int i = 0; i < 4; i++) club_wait(&club, clock_now() + 60);
  g_autofree char *anna = link_of(&club, "event_reminder", "anna@web.de");
  g_autofree char *bert = link_of(&club, "event_reminder", "bert@web.de");
  has(anna, "MODERATOR");
  has(bert, "VIEWER");
  lacks(&club, "event_reminder", "bert@web.de", "Telefon"); /* the server names no number */
  lacks(&club, "event_opened", "anna@web.de", "bbb.example");
  club_close(&club);
}

/* Somebody to whom an invitation was forwarded answers; they get the link only where the event takes anybody.
 */
static void strangers_get_a_link_only_where_everybody_may_come(void **state)
{
  (void)state;
  for (int counts = 0; counts < 2; counts++) {
    struct club club;
    video_club(&club, by_video, "dial=\npin=\n");
    if (counts) {
      club_says(&club, "Fremde: willkommen");
      club_confirms(&club, "event_change", "Ja");
    }
    club_answer(&club, "event_invitation", "bert@web.de", "dora@post.de", "Ich komme gern", true);
    g_autoptr(event_t) event = the_event(&club);
    g_autoptr(event_party_t) dora =
        event_party_find(club.town.store, event->id, "dora@post.de", "stranger", NULL);
    assert_non_null(dora);
    struct room_way way;
    struct work work = {
      .store = club.town.store, .config = club.town.config, .bbb = club.town.bbb, .now = clock_now()
    };
    assert_true(room_way_for(&work, event, dora, &way, NULL));
    if (counts != (way.link != NULL)) fail_msg("counts %d: %s", counts, way.link ? way.link : "none");
    if (way.link) has(way.link, "role=VIEWER");
    room_way_clear(&way);
    club_close(&club);
  }
}

static void a_co_organiser_leads_as_well(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  club_says(&club, "Mitorganisator: bert@web.de");
  club_wait(&club, clock_now() + 600);
  club_answer(&club, "event_host_ask", "bert@web.de", "bert@web.de", "Ja", true);
  g_autofree char *bert = link_of(&club, "event_host_welcome", "bert@web.de");
  has(bert, "role=MODERATOR");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(people_say_that_it_is_by_video_in_many_ways),
    cmocka_unit_test(they_say_so_in_other_languages),
    cmocka_unit_test(the_answer_to_the_draft_says_it_too),
    cmocka_unit_test(without_a_server_the_organiser_reads_what_to_do_instead),
    cmocka_unit_test(a_room_of_ones_own_goes_to_who_is_invited),
    cmocka_unit_test(no_link_to_a_room_stays_where_everybody_reads_it),
    cmocka_unit_test(a_link_where_the_place_belongs_is_for_who_is_invited),
    cmocka_unit_test(a_link_in_the_mail_that_calls_together_is_for_who_is_invited),
    cmocka_unit_test(each_gets_a_link_of_their_own_and_organisers_lead),
    cmocka_unit_test(calendars_hold_the_way_in),
    cmocka_unit_test(other_letters_say_it_to_who_is_invited_alone),
    cmocka_unit_test(strangers_get_a_link_only_where_everybody_may_come),
    cmocka_unit_test(a_co_organiser_leads_as_well),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
