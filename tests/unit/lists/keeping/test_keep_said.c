/* What a keeper says of the group in a short mail to it is proposed to them and done by a yes; what others
 * say, and what a keeper tells the group, is a post. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/moderation/posting.h"
#include "tests/unit/lists/moderated.h"

static const char KARIN[] = "karin@web.de", LIST[] = "gruenau@kiez.example";

static void open(struct club *club)
{
  club_open(club);
  town_member(&club->town, club->list, KARIN, "member,keeper");
  clock_fix(TEST_NOW);
}

static bool is_moderator(struct club *club, const char *address)
{
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(member_t) member = person ? member_find(club->town.store, club->list, person, NULL) : NULL;
  return member && member_has_role(member, "moderator");
}

/* One setting as a word. Caller frees. */
static char *state_of(struct club *club, const char *setting)
{
  g_autoptr(list_row) list = list_get(club->town.store, club->list, NULL);
  if (strcmp(setting, "posting") == 0) return posting_of(club->town.store, list, NULL);
  if (strcmp(setting, "joining") == 0) return g_strdup(list->joining);
  if (strcmp(setting, "archive") == 0) return g_strdup(list->archive_public ? "public" : "none");
  if (strcmp(setting, "title") == 0) return g_strdup(list->title);
  if (strcmp(setting, "description") == 0) return g_strdup(list->description);
  if (strcmp(setting, "bert") == 0) return g_strdup(is_moderator(club, "bert@web.de") ? "yes" : "no");
  if (strcmp(setting, "clara") == 0) return g_strdup(is_moderator(club, "clara@web.de") ? "yes" : "no");
  g_autofree char *rule = list_rule_get(club->town.store, club->list, "new_member", NULL);
  return g_strdup(rule ? rule : "");
}

static void what_a_keeper_says_is_proposed_and_done_by_a_yes(void **state)
{
  (void)state;
  static const struct {
    const char *says, *setting, *then;
  } cases[] = {
    { "Nur ich soll schreiben dürfen", "posting", "moderators" },
    { "Bitte stellt die Liste so ein, dass nur ich Nachrichten verschicken kann", "posting", "moderators" },
    { "Alle dürfen schreiben", "posting", "anyone" },
    { "Bitte so einstellen, dass alle schreiben dürfen", "posting", "anyone" },
    { "Bitte den Namen der Liste ändern in Parkfreunde", "title", "Parkfreunde" },
    { "Only I should be able to post", "posting", "moderators" },
    { "Herkes yazabilsin", "posting", "anyone" },
    { "Писать могут все", "posting", "anyone" },
    { "Archiv nur für Mitglieder", "archive", "none" },
    { "Hallo,\n\nbitte das Archiv nicht mehr öffentlich.\n\nKarin", "archive", "none" },
    { "Moderiert bitte alle neuen Mitglieder", "newcomers", "hold" },
    { "Please moderate new members", "newcomers", "hold" },
    { "Der Verteiler heißt jetzt Eltern am Park", "title", "Eltern am Park" },
    { "Unsere Gruppe soll künftig Parkfreunde heißen.", "title", "Parkfreunde" },
    { "Beschreibung: Für alle am Park", "description", "Für alle am Park" },
    { "Wir nehmen keine neuen Mitglieder mehr auf", "joining", "closed" },
    { "Bert als Moderator dazu: bert@web.de", "bert", "yes" },
    { "Hallo,\n\nBert als Moderator dazu: bert@web.de.\n\nKarin", "bert", "yes" },
    { "Clara ist keine Moderatorin mehr: clara@web.de", "clara", "no" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    g_autofree char *before = state_of(&club, cases[i].setting);
    club_write(&club, KARIN, LIST, "Unsere Gruppe", cases[i].says, true);
    if (moderated_count(&club, "keep_said", KARIN) != 1) fail_msg("not proposed: %s", cases[i].says);
    if (moderated_count(&club, "post", NULL) != 0) fail_msg("passed on: %s", cases[i].says);
    g_autofree char *meanwhile = state_of(&club, cases[i].setting);
    if (g_strcmp0(before, meanwhile) != 0) fail_msg("done without a yes: %s", cases[i].says);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "keep_said", KARIN, KARIN, "Ja", true);
    g_autofree char *then = state_of(&club, cases[i].setting);
    if (g_strcmp0(then, cases[i].then) != 0) fail_msg("%s: %s", cases[i].says, then);
    assert_int_equal(moderated_count(&club, "kept", KARIN), 1);
    club_close(&club);
  }
}

static void a_no_or_a_post_changes_nothing(void **state)
{
  (void)state;
  static const struct {
    const char *answer;
    int posts;
  } cases[] = { { "Nein", 0 }, { "An alle", 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    club_write(&club, KARIN, LIST, "Regeln", "Alle dürfen schreiben", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "keep_said", KARIN, KARIN, cases[i].answer, true);
    g_autofree char *posting = state_of(&club, "posting");
    assert_string_equal(posting, "members");
    if (moderated_count(&club, "post", "anna@web.de") != cases[i].posts) fail_msg("%s", cases[i].answer);
    club_close(&club);
  }
}

static void what_is_so_already_is_said_to_be_so(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, KARIN, LIST, "Regeln", "Nur Mitglieder dürfen schreiben", true);
  g_autofree char *asked = moderated_line(&club, "keep_said", KARIN);
  assert_non_null(strstr(asked, "so ist es schon"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "keep_said", KARIN, KARIN, "Ja", true);
  g_autofree char *kept = moderated_line(&club, "kept", KARIN);
  assert_non_null(strstr(kept, "es wurde nichts geändert"));
  club_close(&club);
}

/* Talk, questions, and what the group's members say. */
static void talk_about_such_things_is_a_post(void **state)
{
  (void)state;
  static const char *const posts[][2] = {
    { KARIN, "Hier dürfen übrigens alle etwas schreiben, nur Mut!" },
    { KARIN, "Wer darf hier eigentlich schreiben?" },
    { KARIN, "Im Rathaus dürfen nur Mitglieder der BVV reden." },
    { KARIN, "Das Archiv des Museums ist jetzt öffentlich, sehr schön." },
    { KARIN, "Der Verteiler heißt jetzt anders, oder?" },
    { KARIN, "Udo hat gestern im Radio moderiert." },
    { KARIN, "Neue Mitglieder sind herzlich willkommen!" },
    { "anna@web.de", "Alle dürfen schreiben" },
    { "anna@web.de", "Bert als Moderator dazu: bert@web.de" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
    struct club club;
    open(&club);
    club_write(&club, posts[i][0], LIST, "Hallo", posts[i][1], true);
    if (moderated_count(&club, "post", "bert@web.de") != 1) fail_msg("not a post: %s", posts[i][1]);
    assert_int_equal(moderated_count(&club, "keep_said", NULL), 0);
    club_close(&club);
  }
}

/* Whoever forges the keeper's address gets nothing done: the letter goes to the keeper, and a yes must be
 * proven. */
static void a_forged_wish_does_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, KARIN, LIST, "Regeln", "Alle dürfen schreiben", false);
  clock_fix(TEST_NOW + 3600);
  if (moderated_count(&club, "keep_said", KARIN) == 1)
    club_answer(&club, "keep_said", KARIN, "mallory@web.de", "Ja", true);
  g_autofree char *posting = state_of(&club, "posting");
  assert_string_equal(posting, "members");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_a_keeper_says_is_proposed_and_done_by_a_yes),
    cmocka_unit_test(a_no_or_a_post_changes_nothing),
    cmocka_unit_test(what_is_so_already_is_said_to_be_so),
    cmocka_unit_test(talk_about_such_things_is_a_post),
    cmocka_unit_test(a_forged_wish_does_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
