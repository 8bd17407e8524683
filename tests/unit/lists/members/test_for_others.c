/* Wishes about somebody else's membership: nobody is put on or off a list by another's mail, and no writer in
 * the other's place; whoever writes hears how it is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/members.h"

static int count_letters(struct club *club, const char *what)
{
  g_autofree char *all = post_letters(&club->town);
  int count = 0;
  for (const char *at = all; (at = strstr(at, what)); at += strlen(what)) count++;
  return count;
}

static void whoever_names_another_hears_how(void **state)
{
  (void)state;
  static const struct {
    const char *from, *to, *text;
  } rows[] = {
    { "neu@web.de", "kiez@kiez.example", "Bitte nehmt meinen Mann in die Gruppe Grünau auf" },
    { "neu@web.de", "kiez@kiez.example", "tragt bitte meine Schwester ein" },
    { "neu@web.de", "kiez@kiez.example",
      "Meine Schwester vera@web.de möchte auch in den Verteiler Grünau, tragt sie bitte ein" },
    { "neu@web.de", "gruenau+beitreten@kiez.example", "Bitte tragt meine Mutter ein: oma@web.de" },
    { "neu@web.de", "kiez@kiez.example", "Bitte tragt bert@web.de aus der Liste Grünau aus" },
    { "anna@web.de", "kiez@kiez.example", "Bitte tragt bert@web.de aus der Liste Grünau aus" },
    { "anna@web.de", "gruenau@kiez.example", "Bitte tragt bert@web.de aus der Liste aus" },
    { "anna@web.de", "gruenau+austreten@kiez.example", "Please remove bert@web.de from the list" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, rows[i].from, rows[i].to, "Bitte", rows[i].text, true);
    g_autofree char *told = g_strconcat("leave_unknown:", rows[i].from, NULL);
    if (count_letters(&club, told) != 1 || count_letters(&club, "join:") || count_letters(&club, "invite:") ||
        count_letters(&club, "goodbye:"))
      fail_msg("wrong letters for %s", rows[i].text);
    assert_string_equal(club_state(&club, "anna@web.de"), "active each");
    assert_string_equal(club_state(&club, "bert@web.de"), "active each");
    club_close(&club);
  }
}

static void whoever_speaks_of_themselves_is_served(void **state)
{
  (void)state;
  static const struct {
    const char *from, *to, *text, *letter;
  } rows[] = {
    { "neu@web.de", "kiez@kiez.example", "Meine Frau und ich möchten in die Gruppe Grünau",
      "join:neu@web.de" },
    { "neu@web.de", "gruenau+beitreten@kiez.example", "Meine Nachbarin hat mir davon erzählt",
      "join:neu@web.de" },
    { "anna@web.de", "kiez@kiez.example", "Bitte tragt mich aus der Liste Grünau aus. anna@web.de",
      "goodbye:anna@web.de" },
    { "anna@web.de", "gruenau@kiez.example", "Bitte austragen: anna@web.de", "goodbye:anna@web.de" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, rows[i].from, rows[i].to, "Bitte", rows[i].text, true);
    if (count_letters(&club, rows[i].letter) != 1) {
      g_autofree char *all = post_letters(&club.town);
      fail_msg("\"%s\": %s", rows[i].text, all);
    }
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(whoever_names_another_hears_how),
    cmocka_unit_test(whoever_speaks_of_themselves_is_served),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
