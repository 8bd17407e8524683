/* Two persons who are one. */
#include "lib/store/mutes.h"
#include "lib/store/threads.h"
#include "tests/unit/store/house.h"

static int64_t write_in(struct house *house, int64_t list, int64_t thread, int64_t person, int number)
{
  struct message message = { .list = list,
                             .thread = thread,
                             .message_id = g_strdup_printf("m%d@x", number),
                             .person = person,
                             .mail = 0,
                             .received = NOW + number };
  must(message_create(house->store, &message, &why));
  g_free(message.message_id);
  return message.id;
}

static void a_chain_of_merges_ends_at_the_last(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false), chor = house_list(house, "chor", false);
  int64_t a = house_join(house, list, "a@example.org"), b = house_join(house, chor, "b@example.org"),
          c = house_join(house, chor, "c@example.org");
  must(person_merge(house->store, a, b, NOW, &why));
  must(person_merge(house->store, b, c, NOW, &why));
  int64_t who = a;
  must(person_now(house->store, &who, &why));
  assert_int_equal(who, c);
  who = b;
  must(person_now(house->store, &who, &why));
  assert_int_equal(who, c);
  who = c;
  must(person_now(house->store, &who, &why));
  assert_int_equal(who, c);
  house_commit(house);
  g_autoptr(GPtrArray) lists = person_memberships(house->store, c, NULL);
  assert_int_equal(lists->len, 2);
  g_autoptr(list_row) choir = list_get(house->store, chor, NULL);
  assert_int_equal(choir->members, 1);
  g_autoptr(list_row) group = list_get(house->store, list, NULL);
  assert_int_equal(group->members, 1);
  assert_int_equal(person_find(house->store, "a@example.org", NULL), c);
}

static void messages_follow_in_steps(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t list = house_list(house, "gruenau", false);
  int64_t a = house_join(house, list, "a@example.org"), b = house_join(house, list, "b@example.org");
  struct thread thread = { .list = list,
                           .year = 2026,
                           .month = 3,
                           .subject = (char *)"x",
                           .subject_key = (char *)"x",
                           .started = NOW,
                           .last = NOW };
  must(thread_create(house->store, &thread, &why));
  for (int i = 0; i < 25; i++) write_in(house, list, thread.id, a, i);
  must(mute_set(house->store, list, a, thread.id, "", true, NOW, &why));
  must(person_merge(house->store, a, b, NOW, &why));
  int steps = 0, moved;
  while ((moved = person_move_messages(house->store, 10, NULL)) > 0) steps++;
  assert_int_equal(moved, 0);
  assert_int_equal(steps, 3);
  bool has_muted = false;
  must(mute_is(house->store, list, b, thread.id, "", &has_muted, &why));
  house_commit(house);
  assert_true(has_muted);
  g_autoptr(message_row) last = message_get(house->store, 25, NULL);
  assert_int_equal(last->person, b);
}

static void names_of_others_are_taken(void **state)
{
  struct house *house = *state;
  house_begin(house);
  int64_t eva = 0, udo = 0;
  must(eva = person_ensure(house->store, "eva@example.org", "Eva Stein", NOW, NOW, &why));
  must(udo = person_ensure(house->store, "udo@example.org", "Udo", NOW, NOW, &why));
  struct person_choice choice = {
    .person = eva, .language = (char *)"", .shown = (char *)"pseudonym", .pseudonym = (char *)"Oma Inge"
  };
  must(person_choice_put(house->store, &choice, &why));
  house_commit(house);
  static const struct {
    const char *name;
    bool is_taken;
  } cases[] = {
    { "eva stein", true }, { "OMA INGE", true }, { "Opa Karl", false }, { "Udo", false }, { "", false }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    bool is_taken = false;
    must(person_name_is_taken(house->store, cases[i].name, udo, &is_taken, &why));
    if (is_taken != cases[i].is_taken) fail_msg("%s", cases[i].name);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_chain_of_merges_ends_at_the_last, house_build, house_raze),
    cmocka_unit_test_setup_teardown(messages_follow_in_steps, house_build, house_raze),
    cmocka_unit_test_setup_teardown(names_of_others_are_taken, house_build, house_raze),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
