/* Two groups, an announce list and the front door, with a real store, inbox and worker: what several tests
 * begin with. */
#ifndef TESTS_LISTS_TWO_GROUPS_H
#define TESTS_LISTS_TWO_GROUPS_H

#include "tests/unit/lists/post_office.h"

static struct town town;
static int64_t gruenau, adlershof;

/* anna and bela in gruenau, anna and cem in adlershof, dora moderates the announcements. */
static int setup(void **state)
{
  (void)state;
  town_open(&town);
  gruenau = town_list(&town, "gruenau", "group", true);
  adlershof = town_list(&town, "adlershof", "group", false);
  int64_t amtsblatt = town_list(&town, "amtsblatt", "announce", true);
  town_list(&town, "kiez", "frontdoor", false);
  town_list(&town, "termine", "events", true);
  town_member(&town, gruenau, "anna@post.example", "member");
  town_member(&town, gruenau, "bela@post.example", "member");
  town_member(&town, adlershof, "anna@post.example", "member");
  town_member(&town, adlershof, "cem@post.example", "member");
  town_member(&town, amtsblatt, "dora@amt.example", "member,moderator");
  town_member(&town, amtsblatt, "bela@post.example", "member");
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

/* All letters but the questions to those who decide about what is held: test_moderation_mail.c has them. */
static void assert_letters(const char *wanted)
{
  g_autofree char *all = post_letters(&town);
  g_auto(GStrv) words = g_strsplit(all, " ", -1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new();
  for (char **word = words; *word; word++)
    if (!g_str_has_prefix(*word, "moderate:")) g_ptr_array_add(kept, *word);
  g_ptr_array_add(kept, NULL);
  g_autofree char *got = g_strjoinv(" ", (char **)kept->pdata);
  assert_string_equal(got, wanted);
}

static void assert_outcomes(int64_t mail, const char *wanted)
{
  g_autofree char *got = post_outcomes(&town, mail);
  assert_string_equal(got, wanted);
}

#endif
