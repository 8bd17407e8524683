/* What posts bring besides words: files that a moderator let through, and offers that end. */
#include "tests/unit/archive/archive_trees.h"

#include "lib/store/moderation/files.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/mutes.h"
#include "lib/store/pages.h"

static void decide_file(struct house *house, int64_t message, const char *bytes)
{
  must(store_begin(house->store, &why));
  must(public_file_ask(house->store, message, 1, "jpg", NOW, &why));
  g_autoptr(GBytes) content = g_bytes_new(bytes, strlen(bytes));
  must(public_file_publish(house->store, message, 1, content, NOW, &why));
  must(pages_mark_files(house->store, message, &why));
  must(pages_mark_message(house->store, 1, 1, 1, &why));
  must(store_commit(house->store, &why));
}

static void a_file_is_there_while_it_may_be_and_no_longer(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  int64_t message = house_post(house, &(struct post){ .list = list,
                                                      .id = "1@x",
                                                      .from = "Anna Arndt",
                                                      .subject = "Fotos",
                                                      .text = "Seht her",
                                                      .received = NOW,
                                                      .attachment = "image/jpeg" });
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "1 Foto: nur für Mitglieder"));
  assert_false(is_there(house, "gruenau/anhang/1-1.jpg"));
  decide_file(house, message, "\xff\xd8\xff Bild");
  house_publish(house);
  assert_true(holds(house, "gruenau/anhang/1-1.jpg", "Bild"));
  assert_true(
      holds(house, "gruenau/2026/0001/index.html", "href=\"../../anhang/1-1.jpg\">Foto 1 (1 KB)</a>"));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "nur für Mitglieder"));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "geheimer-name"));
  check_equals_rebuild(house, "with a file");
  must(store_begin(house->store, &why));
  must(message_withdraw(house->store, message, "[zurückgezogen]", NOW, &why));
  must(pages_mark_message(house->store, list, 1, 1, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, "gruenau/anhang/1-1.jpg"));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "anhang/"));
}

static bool end_archive(struct house *house, int64_t list)
{
  g_autoptr(list_row) row = list_get(house->store, list, NULL);
  row->archive_public = false;
  return list_update(house->store, row, NULL);
}

static bool remove_list(struct house *house, int64_t list)
{
  return list_remove(house->store, list, NOW, NULL);
}

static bool close_list(struct house *house, int64_t list)
{
  return list_close(house->store, list, NOW, NULL);
}

static void files_stay_or_go_with_their_list(void **state)
{
  struct house *house = *state;
  static const struct {
    const char *name;
    bool (*act)(struct house *house, int64_t list);
    bool stays;
  } cases[] = { { "privat", end_archive, false },
                { "entfernt", remove_list, false },
                { "zu", close_list, true } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int64_t list = house_list(house, cases[i].name, true);
    g_autofree char *id = g_strdup_printf("%zu@x", i);
    int64_t message = house_post(house, &(struct post){ .list = list,
                                                        .id = id,
                                                        .from = "Anna",
                                                        .subject = "Fotos",
                                                        .text = "x",
                                                        .received = NOW,
                                                        .attachment = "image/jpeg" });
    decide_file(house, message, "Bild");
    house_publish(house);
    g_autofree char *path = g_strdup_printf("%s/anhang/%" G_GINT64_FORMAT "-1.jpg", cases[i].name, message);
    assert_true(is_there(house, path));
    must(store_begin(house->store, &why));
    assert_true(cases[i].act(house, list));
    must(store_commit(house->store, &why));
    house_publish(house);
    if (is_there(house, path) != cases[i].stays) fail_msg("the file of the list %s", cases[i].name);
  }
}

static void an_offer_says_until_when_and_that_it_is_over(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house, &(struct post){ .list = list,
                                    .id = "biete@x",
                                    .from = "Bert",
                                    .subject = "[Biete] Fahrrad",
                                    .text = "Ein altes Fahrrad.",
                                    .received = NOW });
  g_autoptr(GPtrArray) messages = messages_latest(house->store, list, 1, false, NULL);
  const struct message *message = g_ptr_array_index(messages, 0);
  int64_t expires = NOW + 14 * 24 * 3600;
  must(store_begin(house->store, &why) &&
       message_tag_put(house->store, message->id, "biete", expires, &why) &&
       pages_mark_message(house->store, list, message->thread, message->position, &why) &&
       store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "gilt bis"));
  assert_true(holds(house, "gruenau/2026/0001/index.html", "16. M\xc3\xa4rz 2026"));
  assert_false(holds(house, "gruenau/2026/0001/index.html", "abgelaufen"));
  must(store_begin(house->store, &why) && offers_end(house->store, expires - 1, 10, &why) == 0 &&
       offers_end(house->store, expires, 10, &why) == 1 && offers_end(house->store, expires, 10, &why) == 0 &&
       store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "abgelaufen"));
  check_equals_rebuild(house, "after an offer");
}

int main(void)
{
#define with_house(test) cmocka_unit_test_setup_teardown(test, house_build, house_raze)
  const struct CMUnitTest tests[] = {
    with_house(a_file_is_there_while_it_may_be_and_no_longer),
    with_house(files_stay_or_go_with_their_list),
    with_house(an_offer_says_until_when_and_that_it_is_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
