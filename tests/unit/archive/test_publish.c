/* Publishing: pages follow the store, incremental equals rebuilt, what is not public leaves no byte. */
#include "tests/unit/archive/archive_trees.h"

#include "lib/store/moderation/moderation.h"
#include "lib/store/pages.h"

static void a_mail_is_on_all_its_pages(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house, &(struct post){ .list = list,
                                    .id = "a@x",
                                    .from = "Lothar Grünberg",
                                    .subject = "Sommerfest <b>&",
                                    .text = "Kommt alle!\n\nMehr: https://kiez.example/fest?a=1&b=2.\nRuft "
                                            "an: 0171 1234567\n-- \nBahnhofstr. 1",
                                    .received = NOW,
                                    .attachment = "image/jpeg" });
  house_publish(house);
  const char *thread = "gruenau/2026/0001/index.html";
  assert_true(holds(house, thread, "<h1>Sommerfest &lt;b&gt;&amp;</h1>"));
  assert_true(holds(house, thread, ">Lothar G.</h2>"));
  assert_true(holds(house, thread, ">2. März 2026, 10:15 Uhr</time>"));
  assert_true(holds(house, thread, "<p>Kommt alle!</p>"));
  assert_true(
      holds(house, thread, "<a href=\"https://kiez.example/fest?a=1&amp;b=2\" rel=\"nofollow noopener\">"));
  assert_true(holds(house, thread, "[Telefonnummer entfernt]"));
  assert_true(holds(house, thread, "1 Foto: nur für Mitglieder"));
  assert_true(holds(house, thread, "mailto:gruenau@kiez.example?subject=Re%3A%20Sommerfest%20%3Cb%3E%26"));
  assert_true(holds(house, thread, "href=\"../../../kiezpost.css\""));
  assert_true(holds(house, "gruenau/index.html", "href=\"2026/0001/index.html\">Sommerfest"));
  assert_true(holds(house, "gruenau/index.html", "mailto:gruenau%2Bbeitreten@kiez.example"));
  assert_true(holds(house, "gruenau/2026-03/index.html", "href=\"../2026/0001/index.html\">Sommerfest"));
  assert_true(holds(house, "index.html", "1 Gespräch, 1 Beitrag, zuletzt am"));
  assert_true(holds(house, "gruenau/feed.xml", "<id>https://archiv.kiez.example/gruenau/2026/0001/#n1</id>"));
  assert_true(
      holds(house, "sitemap/gruenau-2026.xml", "<loc>https://archiv.kiez.example/gruenau/2026/0001/</loc>"));
  assert_true(holds(house, "sitemap.xml", "<loc>https://archiv.kiez.example/sitemap/gruenau-2026.xml</loc>"));
  assert_true(holds(house, "robots.txt", "Sitemap: https://archiv.kiez.example/sitemap.xml"));
  assert_true(is_there(house, "404.html") && is_there(house, "kiezpost.css"));
  assert_true(holds(house, "datenschutz/index.html", "Art. 13"));
  assert_true(holds(house, "datenschutz/index.html", "postmaster@kiez.example"));
  assert_true(holds(house, "datenschutz/index.html", "Bezirksamt, amt@ba.example"));
  assert_true(
      holds(house, "gruenau/2026/0001/index.html", "href=\"../../../datenschutz/index.html#leicht\""));
  assert_true(holds(house, "index.html", "href=\"datenschutz/index.html\""));
  assert_true(holds(house, "404.html", "rel=\"stylesheet\" href=\"/kiezpost.css\""));
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    static const char *const never[] = { "Bahnhofstr",    "1234567", "Grünberg", "somebody@",
                                         "geheimer-name", "a@x",     "<script",  "<!--" };
    for (gsize i = 0; i < G_N_ELEMENTS(never); i++)
      if (strstr(bytes, never[i])) fail_msg("%s holds '%s'", (char *)path, never[i]);
    if (g_str_has_suffix(path, ".html") && strstr(bytes, "<?")) fail_msg("%s holds '<?'", (char *)path);
  }
}

static void one_mail_touches_only_its_own_pages(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  must(store_begin(house->store, &why));
  for (int i = 0; i < 50; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    house_file(house,
               &(struct post){
                   .list = list, .id = id, .from = "Eva", .subject = id, .text = "x", .received = NOW + i });
  }
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_int_equal(house_publish(house), 0);
  g_autoptr(GHashTable) before = snapshot(house->config.archive);
  house_post(house, &(struct post){ .list = list,
                                    .id = "r@x",
                                    .answers = "7@x",
                                    .from = "Uwe",
                                    .subject = "Re: 7@x",
                                    .text = "y",
                                    .received = NOW + 99 });
  assert_in_range(house_publish(house), 1, 10);
  g_autoptr(GHashTable) after = snapshot(house->config.archive);
  static const char *const expected[] = { "index.html",
                                          "gruenau/index.html",
                                          "gruenau/feed.xml",
                                          "gruenau/2026-03/index.html",
                                          "gruenau/2026/0008/index.html",
                                          "sitemap/gruenau-2026.xml",
                                          NULL };
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, after);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    bool is_changed = g_strcmp0(bytes, g_hash_table_lookup(before, path)) != 0;
    if (is_changed != g_strv_contains(expected, path))
      fail_msg("%s %s", (char *)path, is_changed ? "changed" : "did not change");
  }
}

static void a_list_without_archive_leaves_no_byte(void **state)
{
  struct house *house = *state;
  int64_t hidden = house_list(house, "geheimkreis", false);
  house_list(house, "gruenau", true);
  house_post(house, &(struct post){ .list = hidden,
                                    .id = "a@x",
                                    .from = "Eva",
                                    .subject = "Geheimnis",
                                    .text = "psst",
                                    .received = NOW });
  house_publish(house);
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    if (strstr(path, "geheim") || strstr(bytes, "geheimkreis") || strstr(bytes, "Geheimnis") ||
        strstr(bytes, "psst"))
      fail_msg("%s knows of the secret list", (char *)path);
  }
  g_autofree char *folder = g_build_filename(house->config.archive, "geheimkreis", NULL);
  assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
}

static void set_archive(struct house *house, int64_t id, bool is_public)
{
  g_autoptr(list_row) list = NULL;
  must(list = list_get(house->store, id, &why));
  list->archive_public = is_public;
  must(store_begin(house->store, &why));
  must(list_update(house->store, list, &why));
  must(store_commit(house->store, &why));
}

static void turning_the_archive_off_removes_and_on_restores(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true), other = house_list(house, "gruenau-nord", true);
  must(store_begin(house->store, &why));
  for (int i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    house_file(house, &(struct post){ .list = i % 2 ? list : other,
                                      .id = id,
                                      .from = "Eva",
                                      .subject = id,
                                      .text = "x",
                                      .received = NOW });
  }
  must(store_commit(house->store, &why));
  house_publish(house);
  g_autofree char *own = g_build_filename(house->config.archive, "gruenau", NULL);
  g_autofree char *foreign = g_build_filename(own, "logo.svg", NULL);
  assert_true(g_file_set_contents(foreign, "<svg/>", -1, NULL));
  g_autoptr(GHashTable) before = snapshot(house->config.archive);
  set_archive(house, list, false);
  house_publish(house);
  assert_false(is_there(house, "gruenau/index.html"));
  assert_false(is_there(house, "gruenau/feed.xml"));
  assert_false(is_there(house, "gruenau/2026/0001/index.html"));
  assert_false(is_there(house, "sitemap/gruenau-2026.xml"));
  assert_true(is_there(house, "sitemap/gruenau-nord-2026.xml"));
  assert_true(is_there(house, "gruenau-nord/2026/0001/index.html"));
  assert_true(g_file_test(foreign, G_FILE_TEST_EXISTS));
  assert_false(holds(house, "index.html", "\"gruenau/index.html\""));
  assert_false(holds(house, "sitemap.xml", "/gruenau-2026.xml"));
  set_archive(house, list, true);
  house_publish(house);
  g_autoptr(GHashTable) after = snapshot(house->config.archive);
  check_same(after, before, "turned off and on");
}

static void a_removed_list_leaves_nothing(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house,
             &(struct post){
                 .list = list, .id = "a@x", .from = "Eva", .subject = "S", .text = "x", .received = NOW });
  house_publish(house);
  must(store_begin(house->store, &why));
  must(list_remove(house->store, list, NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  g_autofree char *folder = g_build_filename(house->config.archive, "gruenau", NULL);
  assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
  assert_false(is_there(house, "sitemap/gruenau-2026.xml"));
}

static void what_a_closed_list_published_stays_without_its_addresses(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house,
             &(struct post){
                 .list = list, .id = "a@x", .from = "Eva", .subject = "S", .text = "x", .received = NOW });
  house_publish(house);
  must(store_begin(house->store, &why));
  must(list_close(house->store, list, NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(is_there(house, "gruenau/2026/0001/index.html"));
  assert_true(is_there(house, "gruenau/index.html"));
  const char *const pages[] = { "gruenau/index.html", "gruenau/2026/0001/index.html" };
  for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
    g_autofree char *path = g_build_filename(house->config.archive, pages[i], NULL);
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    assert_null(strstr(page, "mailto:gruenau"));
  }
  check_equals_rebuild(house, "after closing");
}

static void merged_threads_leave_a_signpost(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house,
             &(struct post){
                 .list = list, .id = "a@x", .from = "Eva", .subject = "Eins", .text = "x", .received = NOW });
  house_post(house, &(struct post){ .list = list,
                                    .id = "c@x",
                                    .answers = "b@x",
                                    .from = "Uwe",
                                    .subject = "Re: Zwei",
                                    .text = "y",
                                    .received = NOW + 1 });
  house_publish(house);
  assert_true(is_there(house, "gruenau/2026/0002/index.html"));
  house_post(house, &(struct post){ .list = list,
                                    .id = "b@x",
                                    .answers = "a@x",
                                    .from = "Ali",
                                    .subject = "Zwei",
                                    .text = "z",
                                    .received = NOW + 2 });
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0002/index.html", "href=\"../../2026/0001/index.html\""));
  assert_true(holds(house, "gruenau/2026/0001/index.html", "antwortet auf <a href=\"#n"));
  assert_false(holds(house, "sitemap/gruenau-2026.xml", "/0002/"));
  check_equals_rebuild(house, "after a merge");
}

static void signposts_follow_a_thread_that_merges_again(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  const struct post posts[] = {
    { .id = "a@x", .subject = "Eins" },
    { .id = "b@x", .subject = "Zwei", .answers = "late1@x" },
    { .id = "c@x", .subject = "Drei", .answers = "late2@x" },
    { .id = "late2@x", .subject = "Spät", .answers = "b@x" },  /* the third joins the second … */
    { .id = "late1@x", .subject = "Später", .answers = "a@x" } /* … and with it the first */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
    struct post post = posts[i];
    post.list = list;
    post.from = post.text = "Eva";
    post.received = NOW + (int)i;
    house_post(house, &post);
    house_publish(house);
  }
  assert_true(holds(house, "gruenau/2026/0003/index.html", "href=\"../../2026/0001/index.html\""));
  check_equals_rebuild(house, "after two merges");
}

static void long_threads_come_in_parts(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  for (int i = 0; i < 205; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    house_post(house, &(struct post){ .list = list,
                                      .id = id,
                                      .answers = i ? "0@x" : NULL,
                                      .from = "Eva",
                                      .subject = "S",
                                      .text = id,
                                      .received = NOW + i });
    if (i % 40 == 0 || i == 100 || i == 200) house_publish(house);
  }
  house_publish(house);
  assert_true(holds(house, "gruenau/2026/0001/index.html", "href=\"2/index.html\" rel=\"next\""));
  assert_true(holds(house, "gruenau/2026/0001/2/index.html", "href=\"../3/index.html\" rel=\"next\""));
  assert_true(holds(house, "gruenau/2026/0001/2/index.html",
                    "<a href=\"../index.html\">einen Beitrag in Teil 1</a>"));
  assert_true(holds(house, "gruenau/2026/0001/3/index.html", "id=\"n205\""));
  assert_false(is_there(house, "gruenau/2026/0001/4/index.html"));
  assert_true(holds(house, "gruenau/feed.xml", "/gruenau/2026/0001/3/#n205"));
  check_equals_rebuild(house, "a long thread");
}

static void a_page_that_is_the_same_is_not_written_again(void **state)
{
  struct house *house = *state;
  house_list(house, "gruenau", true);
  house_publish(house);
  g_autofree char *file = g_build_filename(house->config.archive, "index.html", NULL);
  struct stat before, after;
  assert_int_equal(stat(file, &before), 0);
  must(store_begin(house->store, &why));
  must(page_mark(house->store, "home", 0, 0, 1, &why));
  must(page_mark(house->store, "of-a-later-program", 1, 2, 3, &why));
  must(store_commit(house->store, &why));
  assert_int_equal(house_publish(house), 2);
  assert_int_equal(stat(file, &after), 0);
  assert_int_equal(before.st_ino, after.st_ino);
  assert_int_equal(house_publish(house), 0);
}

static void a_changed_configuration_makes_everything_stale(void **state)
{
  struct house *house = *state;
  house_list(house, "gruenau", true);
  house_publish(house);
  house->config.name = (char *)"Neukölln";
  house_publish(house);
  assert_true(holds(house, "index.html", "Neukölln"));
  assert_true(holds(house, "gruenau/index.html", "Neukölln"));
}

static void a_lost_archive_comes_back(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house,
             &(struct post){
                 .list = list, .id = "a@x", .from = "Eva", .subject = "S", .text = "x", .received = NOW });
  house_publish(house);
  g_autoptr(GHashTable) before = snapshot(house->config.archive);
  remove_tree(house->config.archive);
  house_publish(house);
  g_autoptr(GHashTable) after = snapshot(house->config.archive);
  check_same(after, before, "after the archive was lost");
}

static void a_rebuild_removes_pages_of_ours_that_are_none(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  house_post(house,
             &(struct post){
                 .list = list, .id = "a@x", .from = "Eva", .subject = "S", .text = "x", .received = NOW });
  house_publish(house);
  g_autoptr(GHashTable) before = snapshot(house->config.archive);
  g_autofree char *page = house_read(house, "gruenau/2026/0001/index.html");
  static const char *const strays[] = { "gruenau/2026/0099/index.html", "altliste/index.html",
                                        "sitemap/altliste-2020.xml", "gruenau/.tmp-halb" };
  for (gsize i = 0; i < G_N_ELEMENTS(strays); i++) {
    g_autofree char *file = g_build_filename(house->config.archive, strays[i], NULL);
    g_autofree char *folder = g_path_get_dirname(file);
    g_mkdir_with_parents(folder, 0755);
    assert_true(g_file_set_contents(file, page, -1, NULL));
  }
  g_autofree char *foreign = g_build_filename(house->config.archive, "impressum.html", NULL);
  assert_true(g_file_set_contents(foreign, "<p>vom Betreiber</p>", -1, NULL));
  struct publisher *publisher;
  must(publisher = publisher_new(&house->config, house->store, &why));
  must(publisher_rebuild(publisher, &why));
  publisher_free(publisher);
  assert_true(is_there(house, "impressum.html"));
  unlink(foreign);
  g_autoptr(GHashTable) after = snapshot(house->config.archive);
  check_same(after, before, "rebuilt");
}

static void the_highest_number_is_read_from_disk(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  for (int i = 0; i < 12; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    house_post(
        house,
        &(struct post){ .list = list, .id = id, .from = "Eva", .subject = id, .text = "x", .received = NOW });
  }
  house_publish(house);
  assert_int_equal(publisher_highest_number(&house->config, "gruenau", 2026), 12);
  assert_int_equal(publisher_highest_number(&house->config, "gruenau", 2025), 0);
  assert_int_equal(publisher_highest_number(&house->config, "keine", 2026), 0);
}

static void sitemaps_are_cut_at_two_hundred_numbers(void **state)
{
  struct house *house = *state;
  int64_t list = house_list(house, "gruenau", true);
  must(store_begin(house->store, &why));
  for (int i = 1; i <= 202; i++) {
    g_autofree char *id = g_strdup_printf("%d@x", i);
    house_file(house, &(struct post){ .list = list,
                                      .id = id,
                                      .from = "Eva",
                                      .subject = id,
                                      .text = "x",
                                      .received = NOW,
                                      .is_hidden = i > 2 && i < 200 });
  }
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "sitemap/gruenau-2026.xml", "/gruenau/2026/0200/"));
  assert_false(holds(house, "sitemap/gruenau-2026.xml", "/gruenau/2026/0201/"));
  assert_true(holds(house, "sitemap/gruenau-2026.2.xml", "/gruenau/2026/0202/"));
  assert_true(holds(house, "sitemap.xml", "/sitemap/gruenau-2026.2.xml"));
  assert_true(is_there(house, "gruenau/2026-03/3/index.html"));
  check_equals_rebuild(house, "two hundred threads");
  set_archive(house, list, false);
  house_publish(house);
  g_autofree char *folder = g_build_filename(house->config.archive, "gruenau", NULL);
  g_autofree char *sitemaps = g_build_filename(house->config.archive, "sitemap", NULL);
  assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
  assert_false(g_file_test(sitemaps, G_FILE_TEST_EXISTS));
}

/* ---- random sequences ---- */

enum { LISTS = 3, STEPS = 700, CHRISTMAS = 1798156800 };

struct dice {
  struct house *house;
  GRand *random;
  int64_t lists[LISTS];
  GPtrArray *ids;    /* Message-IDs given out so far, and some not yet come */
  GHashTable *filed; /* list:id that has come */
  GArray *messages;  /* ids of message rows */
  int step;
};

static int roll(struct dice *dice, int sides)
{
  return g_rand_int_range(dice->random, 0, sides);
}

/* A mail to some list: new, or an answer to one that came, or to one that comes later, or the late one
 * itself. */
static void throw_post(struct dice *dice)
{
  static const char *const names[] = { "Lothar Grünberg", "Eva", "", "x@y.de" };
  int which = roll(dice, LISTS + 2) - 2; /* the first one most often: parts need many */
  int64_t list = dice->lists[MAX(0, which)];
  g_autofree char *fresh = g_strdup_printf("%d@x", dice->step);
  g_autofree char *unseen = g_strdup_printf("late%d@x", roll(dice, 40));
  int kind = roll(dice, 10);
  const char *id = kind == 0 ? unseen : fresh;
  const char *answers = NULL;
  if (kind >= 7 && dice->ids->len > 0) answers = dice->ids->pdata[roll(dice, (int)dice->ids->len)];
  if (kind >= 3 && kind < 7) answers = dice->ids->len > 0 ? dice->ids->pdata[0] : NULL; /* one long thread */
  if (kind <= 1 && id == fresh) answers = unseen;
  if (kind == 0 && roll(dice, 2) && dice->ids->len > 0)
    answers = dice->ids->pdata[roll(dice, (int)dice->ids->len)];
  g_autofree char *mark = g_strdup_printf("%d:%s", (int)list, id);
  if (g_hash_table_contains(dice->filed, mark)) return;
  g_hash_table_add(dice->filed, g_strdup(mark));
  g_autofree char *subject = g_strdup_printf("%sBetreff %d", answers ? "Re: " : "", roll(dice, 50));
  int64_t message =
      house_post(dice->house, &(struct post){ .list = list,
                                              .id = id,
                                              .answers = answers,
                                              .from = names[roll(dice, 4)],
                                              .subject = subject,
                                              .text = fresh,
                                              .received = CHRISTMAS + dice->step * 2000,
                                              .is_hidden = roll(dice, 6) == 0,
                                              .attachment = roll(dice, 8) == 0 ? "application/pdf" : NULL });
  g_array_append_val(dice->messages, message);
  g_ptr_array_add(dice->ids, g_strdup(id));
}

/* Shows or hides a message, as moderation does: the mark belongs to whoever decides. */
static void throw_publicity(struct dice *dice)
{
  if (dice->messages->len == 0) return;
  int64_t id = g_array_index(dice->messages, int64_t, roll(dice, (int)dice->messages->len));
  g_autoptr(message_row) message = NULL;
  must(message = message_get(dice->house->store, id, &why));
  must(store_begin(dice->house->store, &why));
  must(message_set_public(dice->house->store, id, !message->is_public, &why));
  must(pages_mark_message(dice->house->store, message->list, message->thread, message->position, &why));
  must(store_commit(dice->house->store, &why));
}

static void throw_archive(struct dice *dice)
{
  int64_t id = dice->lists[1 + roll(dice, LISTS - 1)];
  g_autoptr(list_row) list = NULL;
  must(list = list_get(dice->house->store, id, &why));
  if (list->removed == 0) set_archive(dice->house, id, !list->archive_public);
}

static void throw_one(struct dice *dice)
{
  int kind = roll(dice, 40);
  if (kind < 32)
    throw_post(dice);
  else if (kind < 38)
    throw_publicity(dice);
  else if (kind == 38)
    throw_archive(dice);
}

static void play(struct house *house, guint32 seed)
{
  struct dice dice = { .house = house,
                       .random = g_rand_new_with_seed(seed),
                       .ids = g_ptr_array_new_with_free_func(g_free),
                       .filed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                       .messages = g_array_new(FALSE, FALSE, sizeof(int64_t)) };
  static const char *const names[LISTS] = { "gruenau", "gruenau-nord", "adlershof" };
  for (int i = 0; i < LISTS; i++) dice.lists[i] = house_list(house, names[i], i != 2);
  for (dice.step = 1; dice.step <= STEPS; dice.step++) {
    throw_one(&dice);
    if (roll(&dice, 12) == 0) house_publish(house);
    if (dice.step % 233 == 0) {
      g_autofree char *when = g_strdup_printf("seed %u, step %d", seed, dice.step);
      house_publish(house);
      check_equals_rebuild(house, when);
    }
  }
  must(store_begin(house->store, &why));
  must(list_remove(house->store, dice.lists[1], NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  check_equals_rebuild(house, "after a list was removed");
  g_rand_free(dice.random);
  g_ptr_array_unref(dice.ids);
  g_hash_table_destroy(dice.filed);
  g_array_unref(dice.messages);
}

static void random_histories_equal_their_rebuild(void **state)
{
  (void)state;
  for (guint32 seed = 1; seed <= 2; seed++) {
    void *house = NULL;
    house_build(&house);
    play(house, seed);
    house_raze(&house);
  }
}

static void who_answers_for_privacy_is_who_is_there(void **state)
{
  struct house *house = *state;
  house_list(house, "gruenau", true);
  house_publish(house);
  assert_true(holds(house, "datenschutz/index.html", "postmaster@kiez.example"));
  house_list(house, "datenschutz", true); /* its posts are nobody's to read, whatever was set */
  house_publish(house);
  assert_true(holds(house, "datenschutz/index.html", "datenschutz@kiez.example"));
  assert_true(holds(house, "datenschutz/index.html", "Was mit Ihren Daten geschieht"));
  check_equals_rebuild(house, "with a list for privacy");
}

int main(void)
{
#define with_house(test) cmocka_unit_test_setup_teardown(test, house_build, house_raze)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(who_answers_for_privacy_is_who_is_there, house_build, house_raze),
    with_house(a_mail_is_on_all_its_pages),
    with_house(one_mail_touches_only_its_own_pages),
    with_house(a_list_without_archive_leaves_no_byte),
    with_house(turning_the_archive_off_removes_and_on_restores),
    with_house(what_a_closed_list_published_stays_without_its_addresses),
    with_house(a_removed_list_leaves_nothing),
    with_house(merged_threads_leave_a_signpost),
    with_house(signposts_follow_a_thread_that_merges_again),
    with_house(long_threads_come_in_parts),
    with_house(a_page_that_is_the_same_is_not_written_again),
    with_house(a_changed_configuration_makes_everything_stale),
    with_house(a_lost_archive_comes_back),
    with_house(a_rebuild_removes_pages_of_ours_that_are_none),
    with_house(the_highest_number_is_read_from_disk),
    with_house(sitemaps_are_cut_at_two_hundred_numbers),
    cmocka_unit_test(random_histories_equal_their_rebuild),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
