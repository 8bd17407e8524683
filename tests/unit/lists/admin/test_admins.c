/* What admins do by mail: the settings of any list, new lists, and who has which role; and how none of it
 * happens without an admin's proven answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"
#include "tests/unit/lists/moderated.h"

#include "lib/store/people/admins.h"

#define ADMIN "admin@amt.example"

static void open(struct club *club)
{
  club_open(club);
  town_list(&club->town, "missbrauch", "duty", false);
  town_list(&club->town, "datenschutz", "duty", false);
  town_member(&club->town, club->list, "karin@web.de", "member,keeper");
}

/* The admin asks for the roles and answers. */
static void answer(struct club *club, const char *text)
{
  club_write(club, ADMIN, "kiez@kiez.example", "Rollen", "Rollen bitte zeigen", true);
  club_answer(club, "roles", ADMIN, ADMIN, text, true);
}

static bool has_role(struct club *club, const char *list_name, const char *address, const char *role)
{
  g_autoptr(list_row) list = list_find(club->town.store, list_name, NULL);
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(member_t) member = list && person ? member_find(club->town.store, list->id, person, NULL) : NULL;
  return member && member_has_role(member, role);
}

static bool is_admin(struct club *club, const char *address)
{
  bool is = false;
  g_autoptr(GPtrArray) admins = admins_all(club->town.store, NULL);
  for (guint i = 0; i < admins->len; i++)
    is |= strcmp(((struct admin *)g_ptr_array_index(admins, i))->address, address) == 0;
  return is;
}

/* How many letters of a purpose an address got. */
static int count(struct club *club, const char *purpose, const char *address)
{
  g_autofree char *letters = post_letters(&club->town), *wanted = g_strconcat(purpose, ":", address, NULL);
  g_auto(GStrv) words = g_strsplit(letters, " ", -1);
  int found = 0;
  for (char **word = words; *word; word++) found += strcmp(*word, wanted) == 0;
  return found;
}

/* dora@amt.example becomes a further admin. */
static void make_dora_admin(struct club *club)
{
  answer(club, "Verwaltung: dora@amt.example");
  clock_fix(TEST_NOW + 3600);
  club_answer(club, "duty", "dora@amt.example", "dora@amt.example", "Ja, gern", true);
  assert_true(is_admin(club, "dora@amt.example"));
}

/* At a list whose member the admin is not; nobody else's words are an order, nor every mail of an admin's. */
static void an_order_to_a_list_is_the_admins_own(void **state)
{
  (void)state;
  static const struct {
    const char *from, *text;
    bool is_order;
  } cases[] = {
    { ADMIN, "Bitte macht Anna zur Moderatorin", true },
    { ADMIN, "anna@web.de soll Moderatorin werden", true },
    { ADMIN, "Am Samstag ist das Amt geschlossen.", false },
    { ADMIN, "Wir suchen eine Moderatorin für den Abend im Kiezklub am Samstag.", false },
    { "fremd@web.de", "Bitte macht Anna zur Moderatorin", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    club_write(&club, cases[i].from, "gruenau@kiez.example", "Bitte", cases[i].text, true);
    if ((count(&club, "roles", ADMIN) == 1) != cases[i].is_order) fail_msg("%s", cases[i].text);
    assert_false(has_role(&club, "gruenau", "anna@web.de", "moderator"));
    assert_int_equal(count(&club, "roles", "fremd@web.de"), 0);
    club_close(&club);
  }
}

static void an_admin_gets_the_settings_of_any_list(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "", "Bitte Einstellungen für gruenau", true);
  club_answer(&club, "keep", ADMIN, ADMIN, "Titel: Grünau am Fluss", true);
  g_autoptr(list_row) list = list_get(club.town.store, club.list, NULL);
  assert_string_equal(list->title, "Grünau am Fluss");
  club_write(&club, ADMIN, "kiez@kiez.example", "Bitte", "Einstellungen Grünau", true); /* folded: gruenau */
  assert_int_equal(count(&club, "keep", ADMIN), 2);
  club_close(&club);
}

static void postmaster_takes_the_admins_wishes_too(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "postmaster@kiez.example", "Einstellungen für datenschutz", "", true);
  assert_int_equal(count(&club, "keep", ADMIN), 1);
  club_write(&club, ADMIN, "postmaster@kiez.example", "Rollen", "", true);
  assert_int_equal(count(&club, "roles", ADMIN), 1);
  club_close(&club);
}

static void what_others_write_to_postmaster_is_no_wish(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "postmaster@kiez.example", "Rollen", "Rollen zeigen", true);
  club_write(&club, "karin@web.de", "kiez@kiez.example", "Rollen", "Rollen zeigen", true);
  assert_int_equal(count(&club, "roles", "karin@web.de"), 0);
  assert_int_equal(count(&club, "roles", ADMIN), 0);
  assert_int_equal(count(&club, "admin", ADMIN), 1);
  club_close(&club);
}

/* Whole sentences lead to the letter whose lines do it. */
static void sentences_lead_to_the_letter_that_does_it(void **state)
{
  (void)state;
  static const struct {
    const char *text, *letter;
  } rows[] = {
    { "Bitte mach vera@posteo.de zur Betreuerin von Grünau", "roles" },
    { "Wer sind die Admins?", "roles" },
    { "Welche Listen gibt es?", "roles" },
    { "Listen", "roles" },
    { "Welche Ämter gibt es?", "offices" },
    { "Stellen", "offices" },
    { "Ordnungsamt: neue Adresse ordnung2@bezirk.example", "offices" },
    { "Bitte lege eine Liste Hundefreunde an", "new_list" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    open(&club);
    club_write(&club, ADMIN, "kiez@kiez.example", "", rows[i].text, true);
    if (count(&club, rows[i].letter, ADMIN) != 1)
      fail_msg("\"%s\": no letter %s", rows[i].text, rows[i].letter);
    if (strcmp(rows[i].letter, "new_list") == 0) {
      g_autofree char *letter = moderated_text(&club, "new_list", ADMIN);
      assert_non_null(strstr(letter, "Hundefreunde"));
      assert_null(strstr(letter, "Hundefreunde an"));
    }
    club_close(&club);
  }
}

static void the_letter_shows_who_has_which_role(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "Rollen", "", true);
  g_autofree char *letter = post_mail(&club.town, "roles", ADMIN);
  assert_non_null(letter);
  assert_non_null(strstr(letter, "Moderation gruenau: clara@web.de"));
  assert_non_null(strstr(letter, "Betreuung gruenau: karin@web.de"));
  assert_non_null(strstr(letter, "Missbrauch: keine"));
  assert_non_null(strstr(letter, "Verwaltung: keine"));
  assert_non_null(strstr(letter, "Immer dabei ist admin@amt.example"));
  club_close(&club);
}

static void a_line_changes_a_role_and_all_are_told(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Moderation gruenau: anna@web.de");
  assert_true(has_role(&club, "gruenau", "anna@web.de", "moderator"));
  assert_false(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  assert_true(has_role(&club, "gruenau", "karin@web.de", "keeper"));
  assert_int_equal(count(&club, "duty_begins", "anna@web.de"), 1);
  assert_int_equal(count(&club, "duty_ends", "clara@web.de"), 1);
  g_autofree char *letter = post_mail(&club.town, "roles", ADMIN);
  assert_non_null(strstr(letter, "Moderation gruenau: anna@web.de"));
  club_close(&club);
}

static void edited_lines_of_the_quote_count_and_unchanged_ones_do_not(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Siehe unten\n\n> - Verwaltung: keine\n> - Missbrauch: keine\n> - Moderation gruenau: "
                "clara@web.de,\n> bert@web.de\n> - Betreuung gruenau: karin@web.de");
  assert_true(has_role(&club, "gruenau", "bert@web.de", "moderator"));
  assert_true(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  assert_int_equal(count(&club, "duty_begins", "bert@web.de"), 1);
  assert_int_equal(count(&club, "duty_ends", "karin@web.de"), 0);
  club_close(&club);
}

static void whoever_reads_about_abuse_says_yes_first(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Missbrauch: recht@amt.example\nDatenschutz: dsb@amt.example");
  assert_false(has_role(&club, "missbrauch", "recht@amt.example", "moderator"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "duty", "recht@amt.example", "recht@amt.example", "Ja", true);
  assert_true(has_role(&club, "missbrauch", "recht@amt.example", "moderator"));
  assert_false(has_role(&club, "datenschutz", "dsb@amt.example", "moderator"));
  assert_int_equal(count(&club, "welcome", "recht@amt.example"), 0);
  club_close(&club);
}

static void a_former_moderators_answer_does_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "fremd@web.de", "gruenau@kiez.example", "Zu verschenken", "Ein Sofa, abzuholen.", true);
  assert_int_equal(count(&club, "moderate", "clara@web.de"), 1);
  answer(&club, "Moderation gruenau: anna@web.de");
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", "ok", true);
  g_autoptr(GPtrArray) messages = messages_latest(club.town.store, club.list, 5, false, NULL);
  assert_int_equal(messages->len, 0);
  club_close(&club);
}

static void a_forged_answer_gives_no_role(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "Rollen", "", false);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "roles", ADMIN, ADMIN, "Moderation gruenau: anna@web.de", false);
  assert_false(has_role(&club, "gruenau", "anna@web.de", "moderator"));
  club_answer(&club, "roles", ADMIN, "eve@web.de", "Moderation gruenau: anna@web.de", true);
  assert_false(has_role(&club, "gruenau", "anna@web.de", "moderator"));
  club_close(&club);
}

static void a_second_reply_from_the_admin_confirms_it(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "Rollen", "", false);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "roles", ADMIN, ADMIN, "Moderation gruenau: anna@web.de", false);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", ADMIN, ADMIN, "Ja", true);
  assert_true(has_role(&club, "gruenau", "anna@web.de", "moderator"));
  club_close(&club);
}

static void a_list_is_named_by_its_title_as_well(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  g_autoptr(list_row) list = list_get(club.town.store, club.list, NULL);
  g_free(list->title);
  list->title = g_strdup("Nachbarn in Grünau");
  if (!store_begin(club.town.store, NULL) || !list_update(club.town.store, list, NULL) ||
      !store_commit(club.town.store, NULL))
    fail_msg("no title");
  answer(&club, "Moderation NACHBARN IN GRÜNAU: anna@web.de");
  int64_t person = person_find(club.town.store, "anna@web.de", NULL);
  g_autoptr(member_t) member = member_find(club.town.store, club.list, person, NULL);
  g_autofree char *letters = post_letters(&club.town);
  if (!member_has_role(member, "moderator")) fail_msg("%s", letters);
  club_close(&club);
}

static void what_is_not_understood_is_said(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Moderation nirgendwo: anna@web.de\nModeration gruenau: die Anna\nVerwaltung:");
  g_autofree char *letter = post_mail(&club.town, "roles", ADMIN);
  assert_non_null(strstr(letter, "Es wurde nichts ge"));
  assert_non_null(strstr(letter, "Moderation nirgendwo: anna@web.de"));
  assert_non_null(strstr(letter, "Moderation gruenau: die Anna"));
  assert_true(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  club_close(&club);
}

static void nobody_is_a_value_and_blank_is_none(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Moderation gruenau:");
  assert_true(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  answer(&club, "Moderation gruenau: keine");
  assert_false(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  club_close(&club);
}

static void a_further_admin_says_yes_and_all_admins_are_told(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Verwaltung: dora@amt.example");
  assert_false(is_admin(&club, "dora@amt.example"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "duty", "dora@amt.example", "eve@web.de", "Ja", true);
  assert_false(is_admin(&club, "eve@web.de") || is_admin(&club, "dora@amt.example"));
  club_answer(&club, "duty", "dora@amt.example", "dora@amt.example", "Ja, gern", true);
  assert_true(is_admin(&club, "dora@amt.example"));
  assert_int_equal(count(&club, "admin_news", ADMIN), 1);
  assert_int_equal(count(&club, "duty_begins", "dora@amt.example"), 1);
  club_write(&club, "dora@amt.example", "kiez@kiez.example", "Rollen", "", true);
  assert_int_equal(count(&club, "roles", "dora@amt.example"), 1);
  club_close(&club);
}

static void who_is_no_admin_any_more_decides_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  make_dora_admin(&club);
  club_write(&club, "dora@amt.example", "kiez@kiez.example", "Rollen", "", true);
  club_write(&club, "petra@web.de", "kiez@kiez.example", "Gruppe",
             "Ich möchte eine Gruppe für Eltern der Bouché-Grundschule.", true);
  assert_int_equal(count(&club, "found", "dora@amt.example"), 1);
  answer(&club, "Verwaltung: keine");
  assert_false(is_admin(&club, "dora@amt.example"));
  assert_int_equal(count(&club, "duty_ends", "dora@amt.example"), 1);
  club_answer(&club, "found", "dora@amt.example", "dora@amt.example", "Ja", true);
  g_autoptr(list_row) list = list_find(club.town.store, "eltern-bouche", NULL);
  assert_null(list);
  club_answer(&club, "roles", "dora@amt.example", "dora@amt.example",
              "Verwaltung: dora@amt.example\nModeration gruenau: dora@amt.example", true);
  assert_int_equal(count(&club, "duty", "dora@amt.example"), 1);
  assert_true(has_role(&club, "gruenau", "clara@web.de", "moderator"));
  club_close(&club);
}

static void one_admins_yes_founds_one_group(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  make_dora_admin(&club);
  club_write(&club, "petra@web.de", "kiez@kiez.example", "Gruppe",
             "Ich möchte eine Gruppe für Eltern der Bouché-Grundschule.", true);
  club_answer(&club, "found", "dora@amt.example", "dora@amt.example", "Ja", true);
  club_answer(&club, "found", ADMIN, ADMIN, "Ja", true);
  g_autoptr(list_row) list = list_find(club.town.store, "eltern-bouche", NULL);
  g_autoptr(list_row) second = list_find(club.town.store, "eltern-bouche-2", NULL);
  assert_non_null(list);
  assert_null(second);
  assert_int_equal(count(&club, "moderate_done", ADMIN), 1);
  club_close(&club);
}

static void the_configurations_admin_stays(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  make_dora_admin(&club);
  club_write(&club, "dora@amt.example", "kiez@kiez.example", "Rollen", "", true);
  club_answer(&club, "roles", "dora@amt.example", "dora@amt.example", "Verwaltung: keine", true);
  assert_false(is_admin(&club, "dora@amt.example"));
  answer(&club, "Moderation gruenau: anna@web.de");
  assert_true(has_role(&club, "gruenau", "anna@web.de", "moderator"));
  club_close(&club);
}

static void the_last_admin_stays(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  make_dora_admin(&club);
  g_free(club.town.config->admin);
  club.town.config->admin = g_strdup("kiez@kiez.example"); /* one of our own: no use */
  club_write(&club, "dora@amt.example", "kiez@kiez.example", "Rollen", "", true);
  club_answer(&club, "roles", "dora@amt.example", "dora@amt.example", "Verwaltung: keine", true);
  assert_true(is_admin(&club, "dora@amt.example"));
  g_autofree char *letter = post_mail(&club.town, "roles", "dora@amt.example");
  assert_non_null(strstr(letter, "die letzte bleibt"));
  club_close(&club);
}

static void a_yes_makes_a_list_and_shows_its_settings(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "", "Neue Liste: Pflanzentausch im Kiez", true);
  g_autoptr(list_row) before = list_find(club.town.store, "pflanzentausch-kiez", NULL);
  assert_null(before);
  club_answer(&club, "new_list", ADMIN, ADMIN, "Ja", true);
  g_autoptr(list_row) list = list_find(club.town.store, "pflanzentausch-kiez", NULL);
  assert_non_null(list);
  assert_string_equal(list->title, "Pflanzentausch im Kiez");
  assert_string_equal(list->kind, "group");
  assert_false(list->archive_public);
  assert_int_equal(count(&club, "keep", ADMIN), 1);
  club_close(&club);
}

static void changed_lines_say_what_list_it_is(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "Neue Liste", "", true);
  club_answer(
      &club, "new_list", ADMIN, ADMIN,
      "Name: rundbrief\nTitel: Rundbrief aus dem Rathaus\nArt: Ankündigungen\nÖffentliches Archiv: ja\n"
      "Betreuung: presse@amt.example",
      true);
  g_autoptr(list_row) list = list_find(club.town.store, "rundbrief", NULL);
  assert_non_null(list);
  assert_string_equal(list->kind, "announce");
  assert_string_equal(list->posting, "moderators");
  assert_true(list->archive_public);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "duty", "presse@amt.example", "presse@amt.example", "Ja", true);
  assert_true(has_role(&club, "rundbrief", "presse@amt.example", "keeper"));
  club_close(&club);
}

static void a_list_that_cannot_be_is_asked_about_again(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "Neue Liste", "", true);
  club_answer(&club, "new_list", ADMIN, ADMIN, "Ja", true);
  g_autofree char *first = post_mail(&club.town, "new_list", ADMIN);
  assert_non_null(strstr(first, "Es fehlt noch ein Titel"));
  club_answer(&club, "new_list", ADMIN, ADMIN, "Titel: Noch eine\nName: gruenau\nRegion: Atlantis", true);
  g_autofree char *second = post_mail(&club.town, "new_list", ADMIN);
  assert_non_null(strstr(second, "Diese Region gibt es nicht"));
  assert_non_null(strstr(second, "Der Name geht nicht"));
  club_answer(&club, "new_list", ADMIN, ADMIN, "Name: noch-eine\nRegion: keine", true);
  g_autoptr(list_row) list = list_find(club.town.store, "noch-eine", NULL);
  assert_non_null(list);
  club_close(&club);
}

static void no_list_is_made_by_a_no_or_a_forgery(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, ADMIN, "kiez@kiez.example", "", "Neue Liste Unfug", false);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "new_list", ADMIN, "eve@web.de", "Ja", true);
  club_answer(&club, "new_list", ADMIN, ADMIN, "Ja", false);
  club_answer(&club, "new_list", ADMIN, ADMIN, "Nein", true);
  club_answer(&club, "new_list", ADMIN, ADMIN, "Ja", true);
  g_autoptr(list_row) list = list_find(club.town.store, "unfug", NULL);
  assert_null(list);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_admin_gets_the_settings_of_any_list),
    cmocka_unit_test(an_order_to_a_list_is_the_admins_own),
    cmocka_unit_test(postmaster_takes_the_admins_wishes_too),
    cmocka_unit_test(what_others_write_to_postmaster_is_no_wish),
    cmocka_unit_test(sentences_lead_to_the_letter_that_does_it),
    cmocka_unit_test(the_letter_shows_who_has_which_role),
    cmocka_unit_test(a_line_changes_a_role_and_all_are_told),
    cmocka_unit_test(edited_lines_of_the_quote_count_and_unchanged_ones_do_not),
    cmocka_unit_test(whoever_reads_about_abuse_says_yes_first),
    cmocka_unit_test(a_former_moderators_answer_does_nothing),
    cmocka_unit_test(a_forged_answer_gives_no_role),
    cmocka_unit_test(a_second_reply_from_the_admin_confirms_it),
    cmocka_unit_test(a_list_is_named_by_its_title_as_well),
    cmocka_unit_test(what_is_not_understood_is_said),
    cmocka_unit_test(nobody_is_a_value_and_blank_is_none),
    cmocka_unit_test(a_further_admin_says_yes_and_all_admins_are_told),
    cmocka_unit_test(who_is_no_admin_any_more_decides_nothing),
    cmocka_unit_test(one_admins_yes_founds_one_group),
    cmocka_unit_test(the_configurations_admin_stays),
    cmocka_unit_test(the_last_admin_stays),
    cmocka_unit_test(a_yes_makes_a_list_and_shows_its_settings),
    cmocka_unit_test(changed_lines_say_what_list_it_is),
    cmocka_unit_test(a_list_that_cannot_be_is_asked_about_again),
    cmocka_unit_test(no_list_is_made_by_a_no_or_a_forgery),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
