/* Moderators act on what is published: they answer a post with an order, which is never distributed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/pages.h"

static struct club club;

static int open_town(void **state)
{
  (void)state;
  moderated_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Üble Nachrede",
             "Der Wirt am See ist ein Betrüger, sagen alle.", true);
  clock_fix(TEST_NOW + 3600);
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

/* The message with this row. */
static struct message *message(int64_t id)
{
  struct message *found = message_get(club.town.store, id, NULL);
  assert_non_null(found);
  return found;
}

static void clear_pages(void)
{
  g_autoptr(GPtrArray) stale = pages_stale(club.town.store, 100, NULL);
  if (!store_begin(club.town.store, NULL) || !pages_clear(club.town.store, stale, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("pages cannot be cleared");
}

static void a_post_is_taken_back(void **state)
{
  (void)state;
  clear_pages();
  int posts = moderated_count(&club, "post", NULL);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "zurückziehen", true);
  g_autoptr(message_row) row = message(1);
  assert_null(strstr(row->text, "Betrüger"));
  assert_non_null(strstr(row->text, "zurückgezogen"));
  assert_string_equal(row->subject, "");
  assert_string_equal(row->from_name, "");
  g_autoptr(thread_row) thread = thread_get(club.town.store, row->thread, NULL);
  assert_null(strstr(thread->subject, "Nachrede"));
  assert_int_equal(moderated_count(&club, "post", NULL), posts);
  assert_int_equal(moderated_count(&club, "order_done", "clara@web.de"), 1);
  assert_string_equal(moderated_log(&club), "m1 withdraw mail");
  g_autoptr(GPtrArray) stale = pages_stale(club.town.store, 100, NULL);
  assert_true(stale->len > 0);
}

static void its_author_learns_why(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Zurückziehen. Das beleidigt den Wirt.", true);
  g_autoptr(message_row) row = message(1);
  assert_null(strstr(row->text, "Betrüger"));
  g_autofree char *told = moderated_text(&club, "post_withdrawn", "anna@web.de");
  assert_non_null(strstr(told, "Das beleidigt den Wirt"));
}

static void by_a_word_to_its_author_too(void **state)
{
  (void)state;
  g_autofree char *copy = post_mail(&club.town, "post", "clara@web.de");
  g_autoptr(mail_t) post = mail_read(
      copy, strlen(copy), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  const char *end = strstr(post->text, "@kiez.example");
  const char *found = NULL;
  for (; end; end = strstr(end + 1, "@kiez.example")) {
    const char *begin = end;
    while (begin > post->text && !strchr(" <(:\n", begin[-1])) begin--;
    if (memchr(begin, '+', (gsize)(end - begin))) found = begin;
    if (found) break;
  }
  assert_non_null(found);
  g_autofree char *address = g_strndup(found, strcspn(found, " >)\n"));
  club_write(&club, "clara@web.de", address, "AW: Üble Nachrede", "Bitte zurückziehen.", true);
  g_autoptr(message_row) row = message(1);
  assert_null(strstr(row->text, "Betrüger"));
  assert_int_equal(moderated_count(&club, "private", NULL), 0);
}

static void a_closed_thread_holds_further_answers(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Thread schließen", true);
  club_answer(&club, "post", "bert@web.de", "bert@web.de", "Das sehe ich anders, Leute.", true);
  assert_int_equal(moderated_waiting(&club), 1);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Anderes", "Am Samstag ist Markt.", true);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_string_equal(moderated_log(&club), "t1 close mail");
}

static void a_sender_is_moderated_from_then_on(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Absender moderieren", true);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Noch etwas", "Und er panscht.", true);
  assert_int_equal(moderated_waiting(&club), 1);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Anderes", "Am Samstag ist Markt.", true);
  assert_int_equal(moderated_waiting(&club), 1);
}

static void nobody_else_orders_anything(void **state)
{
  (void)state;
  club_answer(&club, "post", "bert@web.de", "bert@web.de", "zurückziehen", true);    /* a member: a post */
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "zurückziehen", false); /* forged: held */
  int64_t other = town_list(&club.town, "eltern", "group", true);
  town_member(&club.town, other, "nina@web.de", "member,moderator");
  club_answer(&club, "post", "clara@web.de", "nina@web.de", "zurückziehen", true); /* of another list */
  g_autoptr(message_row) row = message(1);
  assert_non_null(strstr(row->text, "Betrüger"));
  assert_string_equal(moderated_log(&club), "");
  g_autofree char *letters = post_letters(&club.town);
  assert_null(strstr(letters, "order_done"));
  assert_int_equal(moderated_waiting(&club), 2);
}

static void an_unproven_order_is_carried_out_once_a_moderator_says_so(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "zurückziehen", false);
  int posts = moderated_count(&club, "post", NULL);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "moderate", "dora@web.de", "dora@web.de", "ok", true);
  g_autoptr(message_row) row = message(1);
  assert_null(strstr(row->text, "Betrüger"));
  assert_int_equal(moderated_count(&club, "post", NULL), posts);
}

static void what_moderators_write_otherwise_is_a_post(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de",
              "Ich finde, der Wirt hat recht. Kommt doch am Samstag alle zum See, dann reden wir!", true);
  g_autoptr(message_row) row = message(1);
  assert_non_null(strstr(row->text, "Betrüger"));
  g_autoptr(message_row) answer = message(2);
  assert_non_null(strstr(answer->text, "Samstag"));
}

/* Each a way in which somebody really takes a post back. */
static void a_reason_and_politeness_change_nothing(void **state)
{
  (void)state;
  static const char *const said[] = {
    "zurückziehen, das ist eine Beschuldigung",
    "zurückziehen: Beleidigung",
    "Zurückziehen, weil das den Wirt beleidigt.",
    "Bitte zurückziehen, das ist Werbung",
    "Das muss weg. Zurückziehen!",
    "Das ist Werbung. Bitte löschen, danke!",
    "Hallo,\n\nbitte diesen Beitrag zurückziehen. Danke, Clara",
    "zurückziehen bitte",
    "please take this down",
    "Das lösche ich. Grund: Beleidigung",
    "Bitte Beitrag raus, Persönlichkeitsrecht",
    "zurückziehn",
    "take down please - insult",
    "I am withdrawing this post, it is an insult.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    if (i > 0) open_town(state);
    int posts = moderated_count(&club, "post", NULL);
    club_answer(&club, "post", "clara@web.de", "clara@web.de", said[i], true);
    g_autoptr(message_row) row = message(1);
    if (strstr(row->text, "Betrüger")) fail_msg("not taken back: %s", said[i]);
    assert_int_equal(moderated_count(&club, "post", NULL), posts);
    if (i + 1 < G_N_ELEMENTS(said)) close_town(state);
  }
}

static void the_reason_behind_a_colon_reaches_the_author(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "zurückziehen: Beleidigung", true);
  g_autofree char *told = moderated_text(&club, "post_withdrawn", "anna@web.de");
  assert_non_null(strstr(told, "Beleidigung"));
}

static void a_doubtful_order_waits_and_they_are_asked(void **state)
{
  (void)state;
  static const char *const said[] = {
    "Ich finde, der Wirt sollte seine Klage zurückziehen. Kommt doch am Samstag alle dazu!",
    "zurückziehen?",
    "Vielleicht zurückziehen, vielleicht auch nicht",
    "Kann man das nicht irgendwie löschen lassen",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    if (i > 0) open_town(state);
    int posts = moderated_count(&club, "post", NULL);
    club_answer(&club, "post", "clara@web.de", "clara@web.de", said[i], true);
    g_autoptr(message_row) row = message(1);
    assert_non_null(strstr(row->text, "Betrüger"));
    assert_int_equal(moderated_count(&club, "post", NULL), posts);
    assert_int_equal(moderated_waiting(&club), 1);
    assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 1);
    if (i + 1 < G_N_ELEMENTS(said)) close_town(state);
  }
  clock_fix(TEST_NOW + 7200);
  int posts = moderated_count(&club, "post", NULL);
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", true);
  assert_int_equal(moderated_waiting(&club), 1);
  assert_int_equal(moderated_count(&club, "post", NULL), posts);
  g_autofree char *again = moderated_line(&club, "moderate_unclear", "clara@web.de");
  assert_non_null(strstr(again, "an alle"));
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "Bitte an alle schicken", true);
  assert_int_equal(moderated_waiting(&club), 0);
  assert_true(moderated_count(&club, "post", NULL) > posts);
}

/* What an answer does to an answer that may be an order; nothing of it ever reaches the list by an "ok". */
static void a_doubtful_order_is_done_only_when_they_say_so(void **state)
{
  (void)state;
  static const struct {
    const char *says, *answer;
    bool is_withdrawn, is_posted, waits;
  } cases[] = {
    { "Kann man das nicht irgendwie löschen lassen", "ja, ausführen", true, false, false },
    { "Kann man das nicht irgendwie löschen lassen", "zurückziehen", true, false, false },
    { "Kann man das nicht irgendwie löschen lassen", "ok", false, false, true },
    { "Kann man das nicht irgendwie löschen lassen", "Ja", false, false, true },
    { "Kann man das nicht irgendwie löschen lassen", "ausführen?", false, false, true },
    { "Kann man das nicht irgendwie löschen lassen", "Nein, nicht ausführen", false, false, false },
    { "Kann man das nicht irgendwie löschen lassen", "nein", false, false, false },
    { "Kann man das nicht irgendwie löschen lassen", "an alle", false, true, false },
    { "Kann man das nicht irgendwie löschen lassen", "bloß nicht an alle", false, false, false },
    { "Kann man da vielleicht die Telefonnummer löschen", "ok", false, false, true },
    { "Kann man da vielleicht die Telefonnummer löschen", "ja, ausführen", false, false, true },
    { "Kann man da vielleicht die Telefonnummer löschen", "zurückziehen", true, false, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (i > 0) open_town(state);
    club_answer(&club, "post", "clara@web.de", "clara@web.de", cases[i].says, true);
    int posts = moderated_count(&club, "post", NULL);
    clock_fix(TEST_NOW + 7200);
    club_answer(&club, "moderate", "clara@web.de", "clara@web.de", cases[i].answer, true);
    g_autoptr(message_row) row = message(1);
    bool is_withdrawn = strstr(row->text, "Betrüger") == NULL;
    bool is_posted = moderated_count(&club, "post", NULL) > posts, waits = moderated_waiting(&club) > 0;
    if (is_withdrawn != cases[i].is_withdrawn || is_posted != cases[i].is_posted || waits != cases[i].waits)
      fail_msg("\"%s\" to \"%s\": withdrawn %d, posted %d, waits %d", cases[i].answer, cases[i].says,
               is_withdrawn, is_posted, waits);
    if (i + 1 < G_N_ELEMENTS(cases)) close_town(state);
  }
}

/* Words of an order, however they are put, are never for all; and words that only look like some are. */
static void no_order_is_distributed_and_no_post_is_an_order(void **state)
{
  (void)state;
  static const char *const held[] = {
    "Diesen Beitrag hab ich entfernt, bitte sachlich bleiben",
    "raus damit, beleidigend",
    "sperren",
    "Bitte Anna sperren",
    "Anna ab sofort moderieren",
    "wieder einstellen, war ein Irrtum",
    "Der Beitrag verstößt gegen die Regeln und wird entfernt.",
    "So geht das nicht. Ich nehme gleich den Beitrag raus.",
    "Bu mesajı sil lütfen, hakaret",
    "I removed this post, be nice please",
    "Wir müssen das leider entfernen.",
    "Wir werden diesen Beitrag entfernen.",
  };
  static const char *const posts[] = {
    "Wir müssen die Bänke entfernen lassen, wer hilft?",
    "Der Weg am See ist zu, die Post in der Wassersportallee auch.",
    "Raus aus dem Haus, rein in den Park: Samstag um zehn!",
    "Der Schnee muss weggeräumt werden, ich bringe Schaufeln mit.",
    "Wir nehmen fünf Euro Beitrag für das Fest.",
    "Am Samstag wollen wir das Laub wegmachen. Wer kann den Zaun entfernen helfen?",
    "Meine Post ist weg, hat sie jemand von euch im Kasten?",
    "Weg mit dem Müll am Ufer, ich bringe Säcke und Kuchen mit!",
    "Weiß jemand, warum der Uferweg geschlossen ist?",
    "Can somebody help us to remove the old fence on Saturday?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(held) + G_N_ELEMENTS(posts); i++) {
    bool is_post = i >= G_N_ELEMENTS(held);
    const char *says = is_post ? posts[i - G_N_ELEMENTS(held)] : held[i];
    if (i > 0) open_town(state);
    int before = moderated_count(&club, "post", "bert@web.de");
    club_answer(&club, "post", "clara@web.de", "clara@web.de", says, true);
    bool is_sent = moderated_count(&club, "post", "bert@web.de") > before;
    g_autoptr(message_row) row = message(1);
    if (is_sent != is_post) fail_msg("%s: %s", is_sent ? "distributed" : "held", says);
    if (!strstr(row->text, "Betrüger")) fail_msg("taken back: %s", says);
    if (i + 1 < G_N_ELEMENTS(held) + G_N_ELEMENTS(posts)) close_town(state);
  }
}

static void a_thread_is_closed_in_whole_sentences(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Ich schließe diesen Thread, weil er ausufert.",
              true);
  assert_string_equal(moderated_log(&club), "t1 close mail");
  club_answer(&club, "post", "clara@web.de", "clara@web.de",
              "Absender bitte ab jetzt moderieren, das ist der dritte Ausfall", true);
  g_autofree char *watched = watched_get(club.town.store, club.list, "anna@web.de", NULL);
  assert_string_equal(watched, "moderated");
}

/* Anna's post; Bert's words about it are a post as any other. */
static void an_author_takes_their_own_post_back(void **state)
{
  (void)state;
  int posts = moderated_count(&club, "post", NULL);
  club_answer(&club, "post", "clara@web.de", "anna@web.de", "Bitte meinen Beitrag wieder löschen", true);
  assert_int_equal(moderated_count(&club, "post", NULL), posts);
  g_autofree char *done = moderated_text(&club, "order_done", "anna@web.de");
  assert_non_null(strstr(done, "dass Sie ihn zurückgezogen haben"));
  assert_string_equal(moderated_log(&club), "m1 withdraw mail");
}

static void a_closed_thread_opens_again(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Thread schließen bitte", true);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Thread wieder öffnen", true);
  assert_string_equal(moderated_log(&club), "t1 close mail, t1 open mail");
  club_answer(&club, "post", "bert@web.de", "bert@web.de", "Das sehe ich anders, Leute.", true);
  assert_int_equal(moderated_waiting(&club), 0);
}

static void a_sender_is_banned_and_freed(void **state)
{
  (void)state;
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Absender sperren", true);
  g_autofree char *banned = watched_get(club.town.store, club.list, "anna@web.de", NULL);
  assert_string_equal(banned, "banned");
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Absender nicht mehr moderieren", true);
  g_autofree char *freed = watched_get(club.town.store, club.list, "anna@web.de", NULL);
  assert_string_equal(freed, "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_town, close_town)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_post_is_taken_back),
    CASE(its_author_learns_why),
    CASE(by_a_word_to_its_author_too),
    CASE(a_closed_thread_holds_further_answers),
    CASE(a_sender_is_moderated_from_then_on),
    CASE(nobody_else_orders_anything),
    CASE(an_unproven_order_is_carried_out_once_a_moderator_says_so),
    CASE(what_moderators_write_otherwise_is_a_post),
    CASE(a_reason_and_politeness_change_nothing),
    CASE(the_reason_behind_a_colon_reaches_the_author),
    CASE(a_doubtful_order_waits_and_they_are_asked),
    CASE(a_doubtful_order_is_done_only_when_they_say_so),
    CASE(no_order_is_distributed_and_no_post_is_an_order),
    CASE(a_thread_is_closed_in_whole_sentences),
    CASE(an_author_takes_their_own_post_back),
    CASE(a_closed_thread_opens_again),
    CASE(a_sender_is_banned_and_freed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
