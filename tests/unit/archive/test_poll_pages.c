/* Pages of polls, which show numbers and never who, and the file of somebody's own calendar, which nothing
 * leads to. */
#include "lib/base/clock.h"
#include "lib/store/events/event_shelves.h"
#include "lib/store/events/polls.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/people.h"
#include "tests/unit/archive/archive_trees.h"

static const char PAGE[] = "termine/2026/0001/index.html", FILE_OF[] = "termine/2026/0001/termin.ics";

static void set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text);
}

/* An event in some state, with an organiser and (is_told) an invited member. */
static struct event *put_event(struct house *house, int64_t list, const char *state, const char *starts,
                               const char *invited)
{
  static int uids;
  struct event *it = event_new("Europe/Berlin");
  set_text(&it->title, "Hof bepflanzen");
  set_text(&it->starts, starts);
  g_free(it->uid);
  it->uid = g_strdup_printf("p%d@kiez.example", ++uids);
  it->list = list;
  int64_t person = 0;
  must(store_begin(house->store, &why));
  must(person = person_ensure(house->store, invited, "Bert Beispiel", NOW, NOW, &why));
  must(event_create(house->store, it, 2026, NOW, &why));
  set_text(&it->state, state);
  must(event_put(house->store, it, &why));
  struct event_party party = { .event = it->id,
                               .role = (char *)"invited",
                               .person = person,
                               .address = (char *)invited,
                               .name = (char *)"Bert Beispiel" };
  must(event_party_put(house->store, &party, NOW, &why));
  must(event_party_told(house->store, party.id, 0, 1, &why));
  must(store_commit(house->store, &why));
  return it;
}

static void a_poll_shows_numbers_and_nobody(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  g_autoptr(event_t) it = put_event(house, list, "draft", "", "bert@post.example");
  struct poll poll = { .event = it->id, .state = (char *)"draft", .until = (char *)"2026-03-10" };
  struct poll_option first = { .starts = (char *)"2026-03-17T18:00", .ends = (char *)"" },
                     second = { .starts = (char *)"2026-03-19T19:00", .ends = (char *)"" };
  g_autoptr(GPtrArray) options = g_ptr_array_new();
  g_ptr_array_add(options, &first);
  g_ptr_array_add(options, &second);
  must(store_begin(house->store, &why));
  must(poll_put(house->store, &poll, &why));
  must(poll_set_options(house->store, it->id, options, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, PAGE)); /* a draft */
  g_autoptr(event_party_t) party =
      event_party_find(house->store, it->id, "bert@post.example", "invited", NULL);
  g_autoptr(GArray) votes = g_array_new(FALSE, FALSE, sizeof(struct poll_vote));
  const struct poll_vote vote = { .party = party->id, .number = 2, .answer = 'y', .at = NOW };
  g_array_append_val(votes, vote);
  poll.state = (char *)"open";
  poll.opened = NOW;
  set_text(&it->state, "poll");
  must(store_begin(house->store, &why));
  must(event_put(house->store, it, &why));
  must(poll_put(house->store, &poll, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "wird noch gesucht; Antworten bis 10. März 2026"));
  assert_true(holds(house, PAGE, "passt bisher niemandem"));
  must(store_begin(house->store, &why));
  must(poll_vote(house->store, it->id, party->id, votes, 0, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "Donnerstag, 19. März 2026, 19 Uhr</time></dt><dd>passt 1 mal"));
  assert_false(holds(house, PAGE, "Beispiel"));
  assert_false(holds(house, PAGE, "ld+json"));
  assert_false(is_there(house, FILE_OF));
  check_equals_rebuild(house, "a poll");
  set_text(&it->state, "draft"); /* it has ended, and its organiser has not confirmed the date yet */
  set_text(&it->starts, "2026-03-19T19:00");
  poll.state = (char *)"ended";
  must(store_begin(house->store, &why));
  must(poll_put(house->store, &poll, &why));
  must(event_put(house->store, it, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, PAGE));
  check_equals_rebuild(house, "a poll that ended");
}

static void a_poll_of_a_list_that_is_not_public_has_no_page(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "still", false);
  g_autoptr(event_t) it = put_event(house, list, "poll", "", "bert@post.example");
  struct poll poll = {
    .event = it->id, .state = (char *)"open", .until = (char *)"2026-03-10", .opened = NOW
  };
  must(store_begin(house->store, &why));
  must(poll_put(house->store, &poll, &why));
  must(store_commit(house->store, &why));
  house_publish(house); /* comes to an end */
  assert_false(is_there(house, PAGE));
  check_equals_rebuild(house, "a poll that is not public");
}

static char *file_of(struct house *house, int64_t person)
{
  int64_t id = 0;
  g_autofree char *secret = NULL;
  must(calendar_of_person(house->store, person, &id, &secret, &why));
  return secret ? g_strdup_printf("kalender/%s.ics", secret) : NULL;
}

static void join(struct house *house, int64_t list, const char *address)
{
  struct member member = { .list = list,
                           .address = (char *)address,
                           .name = (char *)"Bert Beispiel",
                           .roles = (char *)"member",
                           .delivery = (char *)"each",
                           .state = (char *)"active",
                           .own_copy = -1,
                           .since = NOW,
                           .confirmed = NOW };
  must(store_begin(house->store, &why));
  must(member_put(house->store, &member, NOW, &why));
  must(store_commit(house->store, &why));
  g_free(member.paused_until); /* filled in */
}

static void a_calendar_of_ones_own_is_a_file_that_nothing_leads_to(void **state)
{
  struct house *house = *state;
  int64_t quiet = house_list(house, "still", false); /* not public at all */
  join(house, quiet, "bert@post.example");
  int64_t bert = person_find(house->store, "bert@post.example", NULL);
  must(store_begin(house->store, &why));
  must(calendar_give(house->store, bert, NOW, &why));
  must(store_commit(house->store, &why));
  g_autofree char *file = file_of(house, bert);
  g_autoptr(event_t) it = put_event(house, quiet, "open", "2026-05-16T15:00", "bert@post.example");
  house_publish(house);
  assert_true(holds(house, file, "SUMMARY:Hof bepflanzen"));
  assert_true(holds(house, file, "DTSTART;TZID=Europe/Berlin:20260516T150000"));
  assert_false(holds(house, file, "post.example"));
  assert_true(holds(house, "kalender/index.html", "noindex"));
  assert_true(holds(house, "robots.txt", "Disallow: /kalender/"));
  static const char *const pages[] = { "index.html", "kalender/index.html", "sitemap.xml" };
  for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
    assert_false(holds(house, pages[i], file + strlen("kalender/")));
  check_equals_rebuild(house, "a calendar");
  set_text(&it->starts, "2026-05-17T16:00"); /* changes follow */
  it->stamp += 60;
  must(store_begin(house->store, &why));
  must(event_put(house->store, it, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, file, "DTSTART;TZID=Europe/Berlin:20260517T160000"));
  must(store_begin(house->store, &why)); /* another address: the old file goes */
  must(calendar_give(house->store, bert, NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  g_autofree char *other = file_of(house, bert);
  assert_string_not_equal(file, other);
  assert_false(is_there(house, file));
  assert_true(holds(house, other, "SUMMARY:Hof bepflanzen"));
  must(store_begin(house->store, &why)); /* and with its person */
  must(member_remove(house->store, quiet, bert, NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, other));
  check_equals_rebuild(house, "a calendar that went");
}

static int build(void **state)
{
  clock_fix(NOW);
  return house_build(state);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_poll_shows_numbers_and_nobody, build, house_raze),
    cmocka_unit_test_setup_teardown(a_poll_of_a_list_that_is_not_public_has_no_page, build, house_raze),
    cmocka_unit_test_setup_teardown(a_calendar_of_ones_own_is_a_file_that_nothing_leads_to, build,
                                    house_raze),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
