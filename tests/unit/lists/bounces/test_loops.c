/* Programs that answer programs: nobody makes us write without end, neither one that asks again and again nor
 * two that answer each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/addresses/reply_address.h"

#include "tests/unit/lists/moderated.h"

/* Everything in the outbox. */
static int letters_out(struct club *club)
{
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  return (int)page->len;
}

/* The address a letter to `address` can be answered at: the youngest. NULL: there was none since `after`. */
static char *youngest_from(struct club *club, const char *address, int after)
{
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  for (guint i = page->len; i > (guint)after; i--) {
    const struct delivery *delivery = g_ptr_array_index(page, i - 1);
    if (strcmp(delivery->address, address) != 0) continue;
    g_auto(GStrv) slots = g_strsplit(delivery->slots, "\x1f", -1);
    return g_strdup(slots[0]);
  }
  return NULL;
}

/* One robot asks for help so many times, every so many seconds, while one worker runs. How many letters it
 * gets. */
static int help_asked_for(int times, int every_seconds)
{
  struct club club;
  club_open(&club);
  struct worker *worker = post_worker(&club.town);
  for (int i = 0; i < times; i++) { /* it answers each of our letters, and asks anew where there is none */
    g_autofree char *subject = g_strdup_printf("Anfrage %d", i);
    club_post(&club, "robot@firma.example", "gruenau+hilfe@kiez.example", subject, "Hilfe", true);
    post_rounds(worker);
    clock_fix(clock_now() + every_seconds);
  }
  worker_free(worker);
  int letters = moderated_count(&club, "help", "robot@firma.example");
  club_close(&club);
  return letters;
}

static void a_robot_at_the_front_door_ends_after_a_handful(void **state)
{
  (void)state;
  int letters = help_asked_for(1000, 1);
  print_message("a robot that asks for help 1000 times in 17 minutes gets %d letters\n", letters);
  assert_in_range(letters, 1, 10);
}

static void a_slow_robot_gets_no_more_than_forty_letters_a_day(void **state)
{
  (void)state;
  int letters = help_asked_for(160, 7 * 60); /* under the limit of an hour */
  print_message("a robot that asks every seven minutes gets %d letters in 23 hours\n", letters);
  assert_in_range(letters, 1, 40);
}

static void two_robots_that_write_to_each_other_end_after_a_handful(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Sofa", "Ich verschenke ein Sofa.", true);
  g_autofree char *post = post_mail(&club.town, "post", "bert@web.de");
  const char *author = strstr(post, "mailto:gruenau") ? "anna@web.de" : NULL;
  assert_non_null(author);
  int64_t message = 1;
  struct token token = { .purpose = TOKEN_AUTHOR, .object = (uint32_t)message };
  g_autofree char *to = reply_address(club.town.config, club.town.keys, "gruenau", &token);
  const char *from = "bert@web.de", *other = "anna@web.de";
  int before = letters_out(&club), mails = 0;
  while (to && mails < 1000) {
    int seen = letters_out(&club);
    g_autofree char *text = g_strdup_printf("Vielen Dank für Ihre Nachricht Nr. %d.", mails++);
    clock_fix(clock_now() + 20); /* slow enough for a person */
    club_write(&club, from, to, "Vielen Dank", text, true);
    g_free(to);
    to = youngest_from(&club, other, seen);
    const char *swap = from;
    from = other, other = swap;
  }
  int letters = letters_out(&club) - before;
  print_message("two robots that answer each other end after %d mails, %d letters\n", mails, letters);
  assert_in_range(letters, 1, 21); /* one of them to the moderator */
  assert_true(mails < 30);
  club_close(&club);
}

/* What a program that answers every mail does: it copies the subject and says nothing about what it is. */
static void robot_answers(struct club *club, const char *robot, int number)
{
  g_autofree char *to = club_reply_address(club, "post", robot);
  g_autofree char *text = g_strdup_printf("Danke, das habe ich gelesen, Beitrag %d.", number);
  club_write(club, robot, number % 2 ? to : "gruenau@kiez.example", "Sofa zu verschenken", text, true);
}

static void two_robots_in_a_group_are_stopped_and_the_moderator_learns_once(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "dora@web.de", "gruenau@kiez.example", "Hallo", "Wer ist da?",
             true); /* a stranger: held */
  town_member(&club.town, club.list, "dora@web.de", "member");
  club_write(&club, "dora@web.de", "gruenau@kiez.example", "Sofa zu verschenken", "Wer mag es abholen?",
             true);
  int before = letters_out(&club), mails = 0;
  const char *const robots[] = { "anna@web.de", "bert@web.de" };
  int seen[] = { moderated_count(&club, "post", robots[0]) - 1,
                 moderated_count(&club, "post", robots[1]) - 1 };
  for (int i = 0; i < 1000; i++) {
    int robot = i % 2, got = moderated_count(&club, "post", robots[robot]);
    if (got <= seen[robot]) break; /* nothing new to answer: the loop has ended */
    seen[robot] = got;
    clock_fix(clock_now() + 40);
    robot_answers(&club, robots[robot], ++mails);
  }
  int letters = letters_out(&club) - before;
  print_message("two robots in a group are stopped after %d mails, %d letters\n", mails, letters);
  assert_in_range(mails, 15, 22);
  assert_in_range(letters, 40, 80); /* each post to the three others */
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"),
                   2); /* one of them is about Dora's first */
  for (int i = 0; i < 20; i++)
    robot_answers(&club, robots[i % 2], ++mails); /* and if they went on by themselves */
  assert_in_range(moderated_count(&club, "moderate", "clara@web.de"), 2, 3);
  assert_in_range(letters_out(&club) - before, 40, 82);
  club_close(&club);
}

static void slow_robots_are_stopped_as_well(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "clara@web.de", "gruenau@kiez.example", "Sofa zu verschenken", "Wer mag es?", true);
  int before = moderated_count(&club, "post", "clara@web.de");
  for (int i = 0; i < 160; i++) {
    clock_fix(clock_now() + 500); /* four an hour each, a hundred a day */
    robot_answers(&club, i % 2 ? "anna@web.de" : "bert@web.de", i);
  }
  int posts = moderated_count(&club, "post", "clara@web.de") - before;
  assert_int_equal(posts, 80); /* forty a day each */
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(two_robots_in_a_group_are_stopped_and_the_moderator_learns_once),
    cmocka_unit_test(slow_robots_are_stopped_as_well),
    cmocka_unit_test(a_robot_at_the_front_door_ends_after_a_handful),
    cmocka_unit_test(a_slow_robot_gets_no_more_than_forty_letters_a_day),
    cmocka_unit_test(two_robots_that_write_to_each_other_end_after_a_handful),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
