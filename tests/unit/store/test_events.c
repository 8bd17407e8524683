/* Events as rows: numbers, parties and their answers, and counts that follow whatever happens. */
#include "lib/store/events/events.h"
#include "tests/unit/store/house.h"

/* An open event of a new list. */
static struct event *an_event(struct house *house, int64_t list, const char *uid)
{
  struct event *event = event_new("Europe/Berlin");
  g_free(event->uid);
  event->uid = g_strdup(uid);
  event->list = list;
  g_free(event->title);
  event->title = g_strdup("Hoffest");
  must(event_create(house->store, event, 2026, NOW, &why));
  return event;
}

static int64_t a_party(struct house *house, int64_t event, const char *address)
{
  struct event_party party = {
    .event = event, .role = (char *)"invited", .address = (char *)address, .name = (char *)""
  };
  must(event_party_put(house->store, &party, NOW, &why));
  return party.id;
}

static void answers(struct house *house, int64_t event, const char *original, int64_t party,
                    const char *answer, int people, int64_t place)
{
  const struct rsvp rsvp = { .event = event,
                             .original = (char *)original,
                             .party = party,
                             .answer = (char *)answer,
                             .people = people,
                             .comment = (char *)"",
                             .source = (char *)"words",
                             .place = place,
                             .at = NOW };
  must(rsvp_put(house->store, &rsvp, &why));
}

static void count_is(struct house *house, int64_t event, const char *original, struct event_count wanted)
{
  struct event_count count;
  must(event_count(house->store, event, original, &count, &why));
  if (memcmp(&count, &wanted, sizeof count) != 0)
    fail_msg("%s: yes %d no %d maybe %d people %d waiting %d (%d)", original, count.yes, count.no,
             count.maybe, count.people, count.waiting, count.waiting_people);
}

static void numbers_go_up_within_a_year(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  int64_t list = house_list(house, "gruenau", true);
  g_autoptr(event_t) one = an_event(house, list, "1@kiez.example"),
                     two = an_event(house, list, "2@kiez.example");
  assert_int_equal(one->number, 1);
  assert_int_equal(two->number, 2);
  two->has_point = true;
  two->lat = 52.4193;
  two->lon = 13.5801;
  g_free(two->starts);
  two->starts = g_strdup("2026-05-16T15:00");
  must(event_put(house->store, two, &why));
  must(store_commit(house->store, &why));
  g_autoptr(event_t) read = event_of_uid(house->store, "2@kiez.example", NULL);
  assert_int_equal(read->id, two->id);
  assert_string_equal(read->starts, "2026-05-16T15:00");
  assert_true(read->lat > 52.41 && read->lat < 52.42);
  assert_null(event_of_uid(house->store, "3@kiez.example", NULL));
  g_autoptr(event_t) found = event_find(house->store, 2026, 1, NULL);
  assert_int_equal(found->id, one->id);
  g_autoptr(GPtrArray) page = events_page(house->store, list, one->id, 10, NULL);
  assert_int_equal(page->len, 1);
}

static void the_counts_follow_every_change_of_mind(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(event_t) it = an_event(house, house_list(house, "gruenau", true), "1@kiez.example");
  int64_t vera = a_party(house, it->id, "vera@posteo.example"),
          otto = a_party(house, it->id, "otto@web.example");
  assert_int_equal(a_party(house, it->id, "vera@posteo.example"), vera);
  answers(house, it->id, "", vera, "yes", 3, 0);
  answers(house, it->id, "", otto, "yes", 2, 1);
  count_is(house, it->id, "", (struct event_count){ 1, 0, 0, 3, 1, 2 });
  answers(house, it->id, "", vera, "no", 0, 0);
  count_is(house, it->id, "", (struct event_count){ 0, 1, 0, 0, 1, 2 });
  answers(house, it->id, "", otto, "yes", 2, 0);
  answers(house, it->id, "", vera, "maybe", 1, 0);
  count_is(house, it->id, "", (struct event_count){ 1, 0, 1, 2, 0, 0 });
  must(rsvp_remove(house->store, it->id, "", vera, &why));
  must(rsvp_remove(house->store, it->id, "", vera, &why)); /* twice is once */
  count_is(house, it->id, "", (struct event_count){ 1, 0, 0, 2, 0, 0 });
  must(store_commit(house->store, &why));
}

static void a_date_of_a_series_counts_as_the_series_but_for_who_answers_apart(void **state)
{
  struct house *house = *state;
  static const char june[] = "2026-06-02T19:00", july[] = "2026-07-07T19:00";
  must(store_begin(house->store, &why));
  g_autoptr(event_t) it = an_event(house, house_list(house, "gruenau", true), "1@kiez.example");
  int64_t vera = a_party(house, it->id, "vera@posteo.example"),
          otto = a_party(house, it->id, "otto@web.example");
  answers(house, it->id, "", vera, "yes", 2, 0);
  answers(house, it->id, "", otto, "yes", 1, 0);
  answers(house, it->id, june, vera, "no", 0, 0);
  count_is(house, it->id, "", (struct event_count){ 2, 0, 0, 3, 0, 0 });
  count_is(house, it->id, june, (struct event_count){ 1, 1, 0, 1, 0, 0 });
  count_is(house, it->id, july, (struct event_count){ 2, 0, 0, 3, 0, 0 });
  answers(house, it->id, "", vera, "maybe", 2, 0); /* the series anew: June stays a no */
  count_is(house, it->id, "", (struct event_count){ 1, 0, 1, 1, 0, 0 });
  count_is(house, it->id, june, (struct event_count){ 1, 1, 0, 1, 0, 0 });
  must(rsvp_remove(house->store, it->id, june, vera, &why));
  count_is(house, it->id, june, (struct event_count){ 1, 0, 1, 1, 0, 0 });
  answers(house, it->id, june, otto, "yes", 4, 0);
  must(rsvp_remove(house->store, it->id, "", otto, &why));
  count_is(house, it->id, june, (struct event_count){ 1, 0, 1, 4, 0, 0 });
  count_is(house, it->id, july, (struct event_count){ 0, 0, 1, 0, 0, 0 });
  must(store_commit(house->store, &why));
}

static void who_waits_stands_in_a_row(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(event_t) it = an_event(house, house_list(house, "gruenau", true), "1@kiez.example");
  int64_t first = 0, second = 0;
  must(event_take_place(house->store, it->id, &first, &why));
  must(event_take_place(house->store, it->id, &second, &why));
  assert_true(second > first);
  int64_t vera = a_party(house, it->id, "vera@posteo.example"),
          otto = a_party(house, it->id, "otto@web.example");
  answers(house, it->id, "", vera, "yes", 1, second);
  answers(house, it->id, "", otto, "yes", 2, first);
  must(store_commit(house->store, &why));
  g_autoptr(GPtrArray) row = rsvps_waiting(house->store, it->id, "", 5, NULL);
  assert_int_equal(row->len, 2);
  assert_int_equal(((const struct rsvp *)row->pdata[0])->party, otto);
}

static void who_is_to_be_told_is_found_until_they_are(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(event_t) it = an_event(house, house_list(house, "gruenau", true), "1@kiez.example");
  int64_t vera = a_party(house, it->id, "vera@posteo.example");
  a_party(house, it->id, "otto@web.example");
  struct event_party helped = { .event = it->id,
                                .role = (char *)"behalf",
                                .address = (char *)"#frau schulz",
                                .name = (char *)"Frau Schulz" };
  must(event_party_put(house->store, &helped, NOW, &why));
  must(event_party_told(house->store, vera, 0, 7, &why));
  must(store_commit(house->store, &why));
  g_autoptr(GPtrArray) untold = event_parties_to_tell(house->store, it->id, 0, 10, NULL);
  assert_int_equal(untold->len, 1); /* not who was told, nor who has no mail */
  g_autoptr(GPtrArray) again = event_parties_to_tell(house->store, it->id, 1, 10, NULL);
  assert_int_equal(again->len, 2);
  g_autoptr(event_party_t) read = event_party_get(house->store, vera, NULL);
  assert_int_equal(read->token_key, 7);
}

static void dates_that_moved_are_kept(void **state)
{
  struct house *house = *state;
  must(store_begin(house->store, &why));
  g_autoptr(event_t) it = an_event(house, house_list(house, "gruenau", true), "1@kiez.example");
  struct event_date date = { (char *)"2026-06-02T19:00", (char *)"", (char *)"", (char *)"", 1 };
  must(event_date_put(house->store, it->id, &date, &why));
  date.starts = (char *)"2026-06-03T18:00";
  must(event_date_put(house->store, it->id, &date, &why));
  must(store_commit(house->store, &why));
  g_autoptr(GPtrArray) dates = event_dates(house->store, it->id, NULL);
  assert_int_equal(dates->len, 1);
  assert_string_equal(((const struct event_date *)dates->pdata[0])->starts, "2026-06-03T18:00");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(numbers_go_up_within_a_year, house_build, house_raze),
    cmocka_unit_test_setup_teardown(the_counts_follow_every_change_of_mind, house_build, house_raze),
    cmocka_unit_test_setup_teardown(a_date_of_a_series_counts_as_the_series_but_for_who_answers_apart,
                                    house_build, house_raze),
    cmocka_unit_test_setup_teardown(who_waits_stands_in_a_row, house_build, house_raze),
    cmocka_unit_test_setup_teardown(who_is_to_be_told_is_found_until_they_are, house_build, house_raze),
    cmocka_unit_test_setup_teardown(dates_that_moved_are_kept, house_build, house_raze),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
