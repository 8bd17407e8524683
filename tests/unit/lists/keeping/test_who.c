/* Who belongs to a list? Who may ask, what they get, and that no address is ever among it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/keeping/topics.h"
#include "tests/unit/lists/members.h"

static void open_club(struct club *club, bool is_visible)
{
  club_open(club);
  g_autoptr(list_row) list = list_get(club->town.store, club->list, NULL);
  list->shows_members = is_visible;
  assert_true(store_begin(club->town.store, NULL));
  assert_true(list_update(club->town.store, list, NULL));
  assert_true(store_commit(club->town.store, NULL));
  club_write(club, "Bert Müller <bert@web.de>", "gruenau+einstellungen@kiez.example", "x", "nennt mich Berti",
             true);
}

static char *answer_to(struct club *club, const char *address)
{
  g_autofree char *letter = post_mail(&club->town, "members", address);
  if (!letter) return g_strdup("");
  g_autoptr(mail_t) mail =
      mail_read(letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example" });
  return g_strdup(mail->text);
}

static void a_member_gets_the_names_of_a_visible_list(void **state)
{
  (void)state;
  struct club club;
  open_club(&club, true);
  club_write(&club, "Anna Berg <anna@web.de>", "gruenau+mitglieder@kiez.example", "", "", true);
  g_autofree char *text = answer_to(&club, "anna@web.de");
  assert_non_null(strstr(text, "3 Menschen"));
  assert_non_null(strstr(text, "Berti"));
  assert_null(strstr(text, "Müller"));
  assert_null(strstr(text, "bert@"));
  assert_null(strstr(text, "@web.de"));
  club_close(&club);
}

static void a_hidden_list_says_so_kindly_and_tells_its_moderators(void **state)
{
  (void)state;
  struct club club;
  open_club(&club, false);
  club_write(&club, "anna@web.de", "gruenau+mitglieder@kiez.example", "", "", true);
  g_autofree char *member = answer_to(&club, "anna@web.de");
  assert_non_null(strstr(member, "bleibt unter den Menschen"));
  assert_null(strstr(member, "Berti"));
  club_write(&club, "clara@web.de", "gruenau+mitglieder@kiez.example", "", "", true);
  g_autofree char *moderator = answer_to(&club, "clara@web.de");
  assert_non_null(strstr(moderator, "Berti"));
  club_close(&club);
}

static void strangers_and_forgers_learn_nothing(void **state)
{
  (void)state;
  struct club club;
  open_club(&club, true);
  club_write(&club, "fremd@gmx.de", "gruenau+mitglieder@kiez.example", "", "", true);
  g_autofree char *stranger = answer_to(&club, "fremd@gmx.de");
  assert_non_null(strstr(stranger, "erfahren nur Mitglieder"));
  assert_null(strstr(stranger, "Berti"));
  club_close(&club);
}

static void it_is_asked_in_plain_words_where_we_are_spoken_to(void **state)
{
  (void)state;
  static const struct {
    const char *to, *says;
    bool is_asked;
  } cases[] = {
    { "kiez@kiez.example", "Wer ist eigentlich alles in der Gruppe Grünau dabei?", true },
    { "gruenau+hilfe@kiez.example", "wer ist hier alles dabei?", true },
    { "gruenau@kiez.example", "Wer ist alles in diesem Verteiler?", true },
    { "gruenau@kiez.example", "Samstag Radtour zum Müggelsee, wer ist dabei?", false },
    { "gruenau@kiez.example", "Wer ist Mitglied im Kleingartenverein und kann mir helfen?", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open_club(&club, true);
    club_write(&club, "anna@web.de", cases[i].to, "Frage", cases[i].says, true);
    g_autofree char *text = answer_to(&club, "anna@web.de");
    if ((strstr(text, "Berti") != NULL) != cases[i].is_asked) fail_msg("%s", cases[i].says);
    club_close(&club);
  }
}

static void topics_are_read_as_people_write_them(void **state)
{
  (void)state;
  static const char *const cases[][2] = {
    { "[Biete] 30 Tage, [Suche] 14 Tage, #spielplatz", "Biete 30, Suche 14, #spielplatz" },
    { "Biete 2 Wochen; Kita", "Biete 14, Kita" },
    { "keine", "-" },
    { "wie üblich", "" },
    { "Biete (7 Tage)", "Biete 7" },
    { "Biete 9999 Tage", NULL },
    { "anna@web.de", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *read = topics_read(cases[i][0]);
    if (g_strcmp0(read, cases[i][1]) != 0)
      fail_msg("\"%s\" is read as %s", cases[i][0], read ? read : "nothing");
  }
}

static void a_topic_is_over_after_the_keepers_days(void **state)
{
  (void)state;
  assert_int_equal(topics_days("", "biete"), 14);
  assert_int_equal(topics_days("", "kita"), 0);
  assert_int_equal(topics_days("Biete 30, #spielplatz", "biete"), 30);
  assert_int_equal(topics_days("Biete 30, #spielplatz", "suche"), 0);
  assert_int_equal(topics_days("#Spielplatz 7", "#spielplatz"), 7);
  assert_int_equal(topics_days("-", "biete"), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_member_gets_the_names_of_a_visible_list),
    cmocka_unit_test(a_hidden_list_says_so_kindly_and_tells_its_moderators),
    cmocka_unit_test(strangers_and_forgers_learn_nothing),
    cmocka_unit_test(it_is_asked_in_plain_words_where_we_are_spoken_to),
    cmocka_unit_test(topics_are_read_as_people_write_them),
    cmocka_unit_test(a_topic_is_over_after_the_keepers_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
