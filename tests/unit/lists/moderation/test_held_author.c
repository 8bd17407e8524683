/* A moderator answers the question about a held mail with an order about its author. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

/* How the list treats Zoe. Caller frees. */
static char *zoe_is(void)
{
  return watched_get(club.town.store, club.list, "zoe@web.de", NULL);
}

static void free_zoe(void)
{
  if (!store_begin(club.town.store, NULL) ||
      !watched_put(club.town.store, club.list, "zoe@web.de", NULL, TEST_NOW, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("Zoe cannot be freed");
}

/* An hour after whatever happened before. */
static void zoe_writes(const char *subject)
{
  static int64_t now = TEST_NOW;
  club_write(&club, "\"Bernd Vogel\" <zoe@web.de>", "gruenau@kiez.example", subject, "Kauft Staubsauger!",
             true);
  clock_fix(now += 3600);
}

static void the_mail_goes_and_its_author_is_banned(void **state)
{
  (void)state;
  static const char *const orders[] = {
    "Absender sperren",
    "Absender bitte sperren, das ist Werbung",
    "Nein, Absender sperren.",
    "sperr den bitte",
    "Den bitte für immer sperren!",
    "ban this guy",
    "block him please",
    "Bernd bitte sperren",
    "Löschen und den Absender sperren",
    "Bitte den Typen rauswerfen",
    "ich will ihn sperren",
    "Ban sender.\n\nThanks, Clara",
    "Kick him out of the group",
    "Der Typ fliegt raus",
    "Заблокируйте его, пожалуйста",
    "Onu engelleyin lütfen",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
    zoe_writes("Angebot");
    int done = moderated_count(&club, "order_done", "clara@web.de");
    clara(orders[i]);
    g_autofree char *rule = zoe_is();
    if (moderated_waiting(&club) != 0 || strcmp(rule, "banned") != 0)
      fail_msg("not done: %s (%s)", orders[i], rule);
    if (moderated_count(&club, "order_done", "clara@web.de") != done + 1) fail_msg("not told: %s", orders[i]);
    g_autofree char *told = moderated_text(&club, "moderate_refused", "zoe@web.de");
    if (strstr(told, "sperren") || strstr(told, "Absender")) fail_msg("the order is a reason: %s", told);
    free_zoe();
  }
  g_autofree char *other = moderated_line(&club, "moderate_done", "dora@web.de");
  assert_has(other, "gesperrt");
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void its_author_learns_the_reason_alone(void **state)
{
  (void)state;
  zoe_writes("Angebot");
  clara("Absender sperren, das ist Werbung");
  g_autofree char *told = moderated_text(&club, "moderate_refused", "zoe@web.de");
  assert_has(told, "> das ist Werbung");
  zoe_writes("Noch eins");
  assert_int_equal(moderated_waiting(&club), 0);
}

static void a_no_with_moderation_does_both(void **state)
{
  (void)state;
  zoe_writes("Angebot");
  clara("Nein, bitte Absender in Zukunft moderieren");
  g_autofree char *rule = zoe_is(), *told = moderated_text(&club, "moderate_refused", "zoe@web.de");
  assert_string_equal(rule, "moderated");
  assert_int_equal(moderated_waiting(&club), 0);
  assert_has_not(told, "moderieren");
  assert_int_equal(moderated_count(&club, "order_done", "clara@web.de"), 1);
}

static void what_is_left_of_a_sentence_is_no_reason(void **state)
{
  (void)state;
  static const char *const said[] = { "sperren bitte", "nein, die Straße sperren wir nicht" };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    zoe_writes("Angebot");
    clara(said[i]);
    g_autofree char *told = moderated_text(&club, "moderate_refused", "zoe@web.de");
    assert_int_equal(moderated_waiting(&club), 0);
    assert_has_not(told, "Der Grund");
  }
}

static void what_is_not_clear_is_asked(void **state)
{
  (void)state;
  static const char *const said[] = {
    "fritz bitte sperren",   "Sollen wir den sperren?",         "ok, aber den Absender sperren",
    "Ok. Absender sperren.", "Kann raus. Den Absender sperren", "ihn vielleicht sperren",
    "die bitte sperren",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
    zoe_writes("Angebot");
    int asked = moderated_count(&club, "moderate_unclear", "clara@web.de");
    clara(said[i]);
    clara("ok");
    g_autofree char *rule = zoe_is();
    if (moderated_waiting(&club) != 1 || *rule) fail_msg("done: %s (%s)", said[i], rule);
    if (moderated_count(&club, "moderate_unclear", "clara@web.de") <= asked)
      fail_msg("not asked: %s", said[i]);
    clara("nein");
  }
  g_autofree char *asked = moderated_line(&club, "moderate_unclear", "clara@web.de");
  assert_has(asked, "„Absender sperren“");
}

static void the_answer_to_that_counts(void **state)
{
  (void)state;
  static const struct {
    const char *answer;
    bool bans;
    int posts;
  } rows[] = { { "ja, sperren", true, 0 },
               { "Absender sperren", true, 0 },
               { "nein", false, 0 },
               { "unverändert", false, 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    zoe_writes("Angebot");
    clara("fritz bitte sperren");
    clara(rows[i].answer);
    g_autofree char *rule = zoe_is();
    if (moderated_waiting(&club) != 0 || (strcmp(rule, "banned") == 0) != rows[i].bans)
      fail_msg("%s: %d waiting, \"%s\"", rows[i].answer, moderated_waiting(&club), rule);
    assert_int_equal(moderated_count(&club, "post", "anna@web.de"), rows[i].posts);
    free_zoe();
  }
}

static void other_words_ban_nobody(void **state)
{
  (void)state;
  static const struct {
    const char *answer;
    int waiting;
  } rows[] = {
    { "sperren", 0 },
    { "Mail sperren", 0 },
    { "nein, die Straße ist gar nicht gesperrt", 1 },
    { "nein", 0 },
    { "Nein, das gehört nicht hierher. Wer die Straße sperren will, fragt das Amt.", 0 },
    { "ok, den Absender bitte nicht sperren", 1 },
    { "sperr den nicht", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    zoe_writes("Angebot");
    clara(rows[i].answer);
    g_autofree char *rule = zoe_is();
    if (*rule) fail_msg("banned by: %s", rows[i].answer);
    if (rows[i].waiting == 0 && moderated_waiting(&club) != 0) fail_msg("waits on: %s", rows[i].answer);
    clara("nein");
  }
}

static void nobody_is_banned_for_what_others_wrote_in_their_name(void **state)
{
  (void)state;
  club_write(&club, "zoe@web.de", "gruenau@kiez.example", "Angebot", "Kauft!", false);
  clock_fix(TEST_NOW + 3600);
  clara("Absender sperren");
  g_autofree char *rule = zoe_is(), *told = moderated_line(&club, "order_done", "clara@web.de");
  assert_string_equal(rule, "");
  assert_has(told, "Gesperrt ist niemand");
  assert_int_equal(moderated_waiting(&club), 0);
}

static void who_banned_takes_it_back_by_the_same_letter(void **state)
{
  (void)state;
  zoe_writes("Angebot");
  clara("Absender sperren");
  club_answer(&club, "order_done", "clara@web.de", "clara@web.de", "Absender entsperren", false);
  g_autofree char *forged = zoe_is();
  assert_string_equal(forged, "banned");
  club_answer(&club, "order_done", "clara@web.de", "clara@web.de", "Absender entsperren", true);
  g_autofree char *rule = zoe_is(), *told = moderated_line(&club, "order_done", "clara@web.de");
  assert_string_equal(rule, "");
  assert_has(told, "wieder wie alle anderen");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(the_mail_goes_and_its_author_is_banned),
    CASE(its_author_learns_the_reason_alone),
    CASE(a_no_with_moderation_does_both),
    CASE(what_is_left_of_a_sentence_is_no_reason),
    CASE(what_is_not_clear_is_asked),
    CASE(the_answer_to_that_counts),
    CASE(other_words_ban_nobody),
    CASE(nobody_is_banned_for_what_others_wrote_in_their_name),
    CASE(who_banned_takes_it_back_by_the_same_letter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
