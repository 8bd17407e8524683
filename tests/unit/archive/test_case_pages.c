/* Pages of cases: what the public sees of a case, on which lists it is, and what it never sees. */
#include "lib/store/cases/case_shelves.h"
#include "lib/store/cases/offices.h"
#include "lib/store/cases/official_messages.h"
#include "tests/unit/archive/archive_trees.h"

struct asked {
  int64_t list, office, region;
  const char *title, *text, *name;
  bool is_private;
};

static int64_t add_office(struct house *house, const char *sign, const char *name)
{
  g_autoptr(office_t) office = office_new();
  g_free(office->sign), g_free(office->name);
  office->sign = g_strdup(sign);
  office->name = g_strdup(name);
  must(store_begin(house->store, &why));
  must(office_put(house->store, office, NOW, &why));
  must(store_commit(house->store, &why));
  return office->id;
}

static void note(struct house *house, const struct casefile *it, struct case_entry entry)
{
  entry.casefile = it->id;
  if (!entry.at) entry.at = NOW + 60;
  must(case_entry_add(house->store, &entry, &why));
  must(casefile_mark_pages(house->store, it, &why));
}

#define ENTRY(...)  ((struct case_entry){ .is_public = true, __VA_ARGS__ })
#define HIDDEN(...) ((struct case_entry){ __VA_ARGS__ })

/* Opens a case as lists/cases does. */
static struct casefile *ask(struct house *house, const struct asked *asked)
{
  struct casefile *it = casefile_new();
  g_free(it->title), g_free(it->place), g_free(it->due);
  it->list = asked->list;
  it->title = g_strdup(asked->title);
  it->place = g_strdup("Bölschestraße 12");
  it->due = g_strdup("2026-03-23");
  it->office = asked->office;
  it->region = asked->region;
  it->is_public = !asked->is_private;
  must(casefile_create(house->store, it, 2026, NOW, &why));
  struct case_party party = { .casefile = it->id,
                              .role = (char *)"resident",
                              .address = (char *)"doreen@example.org",
                              .name = (char *)(asked->name ? asked->name : "Doreen Gärtner") };
  must(case_party_put(house->store, &party, NOW, &why));
  note(
      house, it,
      ENTRY(.what = (char *)"question", .text = (char *)asked->text, .at = NOW, .state = (char *)"received"));
  return it;
}

static void move(struct house *house, struct casefile *it, const char *state)
{
  g_free(it->state);
  it->state = g_strdup(state);
  must(casefile_put(house->store, it, &why));
  must(casefile_mark_pages(house->store, it, &why));
}

static struct casefile *ask_now(struct house *house, const struct asked *asked)
{
  must(store_begin(house->store, &why));
  struct casefile *it = ask(house, asked);
  must(store_commit(house->store, &why));
  return it;
}

static void answer(struct house *house, struct casefile *it, const char *text, const char *state)
{
  must(store_begin(house->store, &why));
  it->answered = NOW + 3600;
  note(house, it,
       ENTRY(.what = (char *)"reply", .office = it->office, .text = (char *)text, .at = NOW + 3600,
             .state = (char *)state, .expected = (char *)"2026-08-23"));
  move(house, it, *state ? state : it->state);
  must(store_commit(house->store, &why));
}

static int64_t add_region(struct house *house, const char *slug, const char *name)
{
  struct region region = {
    .slug = (char *)slug, .number = (char *)"11", .name = (char *)name, .outline = (char *)""
  };
  must(store_begin(house->store, &why));
  must(region_put(house->store, &region, &why));
  must(store_commit(house->store, &why));
  g_autoptr(GPtrArray) all = regions_all(house->store, NULL);
  for (guint i = 0; i < all->len; i++)
    if (strcmp(((struct region *)all->pdata[i])->slug, slug) == 0)
      return ((struct region *)all->pdata[i])->id;
  return 0;
}

static const char PAGE[] = "faelle/2026/0001/index.html";

static void a_case_is_asked_and_answered_in_public(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Straßen- und Grünflächenamt"),
                         .region = add_region(house, "friedrichshagen", "Friedrichshagen"),
                         .title = "Poller <weg>",
                         .text = "Wann kommt der Poller?\n\nViele Grüße\nDoreen Gärtner\nTel 0151 2345678" };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  house_publish(house);
  assert_true(holds(house, PAGE, "<h1>Poller &lt;weg&gt;</h1>"));
  assert_true(holds(house, PAGE, "KP-2026-0001"));
  assert_true(holds(house, PAGE, "Wann kommt der Poller?"));
  assert_true(holds(house, PAGE, ">23. März 2026</time>"));
  assert_true(holds(house, PAGE, "Bölschestraße 12"));
  assert_true(holds(house, "faelle/index.html", "Poller &lt;weg&gt;"));
  assert_true(holds(house, "index.html", "faelle/index.html"));
  assert_true(holds(house, "frage/index.html", "../faelle/2026/0001/index.html"));
  check_equals_rebuild(house, "a question");

  answer(house, it, "Sehr geehrte Frau Gärtner,\n\nder Poller ist für die 34. KW vorgesehen.", "planned");
  house_publish(house);
  assert_true(holds(house, PAGE, "der Poller ist für die 34. KW vorgesehen."));
  assert_true(holds(house, PAGE, "Straßen- und Grünflächenamt (SGA)"));
  assert_true(holds(house, PAGE, "class=\"official\""));
  assert_true(holds(house, PAGE, "eingeplant"));
  assert_false(holds(house, PAGE, "Gärtner"));
  assert_true(holds(house, "faelle/stand/eingeplant/index.html", "KP-2026-0001"));
  assert_true(holds(house, "faelle/ort/friedrichshagen/index.html", "KP-2026-0001"));
  assert_true(holds(house, "faelle/2026/0001/feed.xml", "34. KW"));
  assert_true(holds(house, "daten/cases-2026-0001.json", "\"official\" : true"));
  assert_true(holds(house, "daten/cases-2026-0001.csv",
                    "\"KP-2026-0001\",\"question\",\"Poller <weg>\",\"planned\",\"SGA\""));
  assert_true(holds(house, "sitemap/faelle-2026-0001.xml", "/faelle/2026/0001/"));
  assert_true(holds(house, "sitemap.xml", "/sitemap/faelle-2026-0001.xml"));
  check_equals_rebuild(house, "an answer");
}

static void done_by_the_office_is_not_confirmed(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "maengel", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Bank kaputt",
                         .text = "Die Bank ist kaputt." };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  answer(house, it, "Erledigt.", "done");
  house_publish(house);
  assert_true(holds(house, PAGE, "erledigt laut Amt"));
  assert_false(holds(house, PAGE, "bestätigt behoben"));
  must(store_begin(house->store, &why));
  note(house, it, ENTRY(.what = (char *)"confirmed", .state = (char *)"confirmed"));
  move(house, it, "confirmed");
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "bestätigt behoben"));
  assert_false(is_there(house, "faelle/stand/erledigt/index.html"));
  assert_true(is_there(house, "faelle/stand/bestaetigt/2026/ab-0001/index.html"));
  check_equals_rebuild(house, "confirmed");
}

static void a_re_routed_case_leaves_the_pages_of_the_office_before(void **state)
{
  struct house *house = *state;
  int64_t first = add_office(house, "SGA", "Grünflächenamt"), second = add_office(house, "OA", "Ordnungsamt");
  struct asked asked = {
    .list = house_list(house, "frage", true), .office = first, .title = "Laub", .text = "Wer kehrt?"
  };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  house_publish(house);
  assert_true(is_there(house, "faelle/amt/sga/index.html"));
  must(store_begin(house->store, &why));
  it->office = second;
  move(house, it, "forwarded");
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, "faelle/amt/sga/index.html"));
  assert_false(is_there(house, "faelle/amt/sga/2026/index.html"));
  assert_true(holds(house, "faelle/amt/oa/index.html", "Laub"));
  check_equals_rebuild(house, "re-routed");
}

/* Counted on the page of figures, also where an office has no case left. */
static void how_often_an_office_was_not_responsible_stands_in_the_figures(void **state)
{
  struct house *house = *state;
  int64_t first = add_office(house, "SGA", "Grünflächenamt"), second = add_office(house, "OA", "Ordnungsamt");
  struct asked asked = {
    .list = house_list(house, "frage", true), .office = first, .title = "Laub", .text = "Wer kehrt?"
  };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  house_publish(house);
  static const char row[] =
      "Grünflächenamt</th><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>–</td><td>1</td>";
  assert_false(holds(house, "faelle/zahlen/index.html", row));
  must(store_begin(house->store, &why));
  must(office_rerouted(house->store, first, &why));
  it->office = second;
  move(house, it, "forwarded");
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "faelle/zahlen/index.html", row));
  assert_true(holds(house, "faelle/zahlen/index.html",
                    "Zusammen</th><td>1</td><td>1</td><td>0</td><td>0</td><td>0</td><td>–</td><td>1</td>"));
  check_equals_rebuild(house, "passed on");
}

/* An older program named an office's shelf by a number. */
static void an_offices_shelf_has_its_sign_and_what_stood_at_its_number_goes(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autofree char *old = g_build_filename(house->config.archive, "faelle/amt/1/2026/ab-0001", NULL),
                  *page = g_build_filename(old, "index.html", NULL);
  assert_int_equal(g_mkdir_with_parents(old, 0755), 0);
  assert_true(g_file_set_contents(page, "kiezpost", -1, NULL));
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  house_publish(house);
  assert_true(holds(house, "faelle/amt/sga/index.html", "Laub"));
  assert_true(holds(house, "faelle/amt/sga/2026/ab-0001/index.html", "Laub"));
  assert_false(is_there(house, "faelle/amt/1"));
  assert_true(holds(house, "faelle/index.html", "amt/sga/index.html"));
  add_office(house, "1", "Amt Eins"); /* whose shelf that is then */
  g_autoptr(casefile_t) other = ask_now(
      house,
      &(struct asked){ .list = asked.list, .office = asked.office + 1, .title = "Licht", .text = "Wann?" });
  answer(house, it, "Wir kehren.", "done");
  house_publish(house);
  assert_true(holds(house, "faelle/amt/1/index.html", "Licht"));
  answer(house, it, "Noch einmal.", "done");
  house_publish(house);
  assert_true(holds(house, "faelle/amt/1/index.html", "Licht"));
  check_equals_rebuild(house, "signs");
}

static void what_is_not_public_leaves_no_byte(void **state)
{
  struct house *house = *state;
  int64_t office = add_office(house, "SGA", "Grünflächenamt"), open = house_list(house, "frage", true),
          closed = house_list(house, "still", false);
  struct asked secret = { .list = open,
                          .office = office,
                          .title = "Geheimes",
                          .text = "Nachbar",
                          .is_private = true },
               quiet = { .list = closed, .office = office, .title = "Geheimes", .text = "leise" };
  g_autoptr(casefile_t) a = ask_now(house, &secret), b = ask_now(house, &quiet);
  answer(house, a, "Geheime Antwort.", "done");
  answer(house, b, "Geheime Antwort.", "done");
  house_publish(house);
  g_autoptr(GHashTable) files = snapshot(house->config.archive);
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    assert_false(g_str_has_prefix(path, "faelle/") || g_str_has_prefix(path, "daten/"));
    assert_null(strstr(bytes, "Geheime"));
  }
}

static void set_archive(struct house *house, int64_t id, bool is_public)
{
  g_autoptr(list_row) list = list_get(house->store, id, NULL);
  list->archive_public = is_public;
  must(store_begin(house->store, &why));
  must(list_update(house->store, list, &why));
  must(store_commit(house->store, &why));
}

static void an_archive_that_is_turned_off_takes_its_cases_along(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  house_publish(house);
  assert_true(is_there(house, PAGE));
  set_archive(house, asked.list, false);
  house_publish(house);
  g_autofree char *faelle = g_build_filename(house->config.archive, "faelle", NULL);
  assert_false(g_file_test(faelle, G_FILE_TEST_EXISTS));
  g_autofree char *daten = g_build_filename(house->config.archive, "daten", NULL);
  assert_false(g_file_test(daten, G_FILE_TEST_EXISTS));
  set_archive(house, asked.list, true);
  house_publish(house);
  assert_true(holds(house, PAGE, "Wer kehrt?"));
  check_equals_rebuild(house, "turned on again");
}

static void a_withdrawn_case_leaves_a_tombstone_and_a_hidden_one_nothing(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autoptr(casefile_t) a = ask_now(house, &asked), b = ask_now(house, &asked);
  house_publish(house);
  must(store_begin(house->store, &why));
  move(house, a, "withdrawn");
  b->is_public = false;
  move(house, b, "forwarded");
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, PAGE, "KP-2026-0001"));
  assert_false(holds(house, PAGE, "Laub"));
  assert_false(holds(house, PAGE, "Wer kehrt?"));
  assert_false(is_there(house, "faelle/2026/0001/feed.xml"));
  assert_false(is_there(house, "faelle/2026/0002/index.html"));
  assert_false(is_there(house, "faelle/2026/0002/feed.xml"));
  assert_false(holds(house, "faelle/index.html", "Laub"));
  assert_false(holds(house, "daten/cases-2026-0001.json", "Laub"));
  assert_true(holds(house, "daten/cases-2026-0001.json", "\"withdrawn\""));
  check_equals_rebuild(house, "withdrawn and hidden");
}

static void what_is_between_program_and_office_is_not_shown(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  must(store_begin(house->store, &why));
  note(house, it, ENTRY(.what = (char *)"reminder", .text = (char *)"Mahnung"));
  note(house, it,
       HIDDEN(.what = (char *)"reply", .office = asked.office, .text = (char *)"Intern: so nicht"));
  note(house, it,
       ENTRY(.what = (char *)"reply", .office = asked.office, .text = (char *)"Wir kehren.",
             .clerk = (char *)"Kerstin Muster", .signed_by = (char *)"Kerstin Muster, Bezirksamt"));
  struct case_file files[] = { { .casefile = it->id,
                                 .position = 4,
                                 .number = 1,
                                 .filename = (char *)"plan.pdf",
                                 .type = (char *)"application/pdf",
                                 .part = (char *)"2",
                                 .size = 20480,
                                 .is_public = true },
                               { .casefile = it->id,
                                 .position = 4,
                                 .number = 2,
                                 .filename = (char *)"entwurf.pdf",
                                 .type = (char *)"application/pdf",
                                 .part = (char *)"3",
                                 .size = 2048 } };
  must(case_file_put(house->store, &files[0], &why));
  must(case_file_put(house->store, &files[1], &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(holds(house, PAGE, "Mahnung"));
  assert_false(holds(house, PAGE, "so nicht"));
  assert_true(holds(house, PAGE, "Signiert von Kerstin Muster, Bezirksamt"));
  assert_true(holds(house, PAGE, "plan.pdf"));
  assert_false(holds(house, PAGE, "entwurf.pdf"));
  check_equals_rebuild(house, "internal");
}

static void a_file_stands_beside_its_answer_and_goes_with_its_case(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  must(store_begin(house->store, &why));
  note(house, it, ENTRY(.what = (char *)"reply", .office = asked.office, .text = (char *)"Wir kehren."));
  struct case_file plan = { .casefile = it->id,
                            .position = 2,
                            .number = 1,
                            .filename = (char *)"plan.pdf",
                            .type = (char *)"application/pdf",
                            .part = (char *)"2",
                            .size = 20480 };
  must(case_file_put(house->store, &plan, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, "faelle/2026/0001/anhang/2-1.pdf"));
  g_autoptr(GBytes) bytes = g_bytes_new_static("%PDF-1.4 Plan", 13);
  must(store_begin(house->store, &why));
  must(case_file_publish(house->store, &plan, "pdf", bytes, &why));
  must(casefile_mark_pages(house->store, it, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "faelle/2026/0001/anhang/2-1.pdf", "%PDF-1.4 Plan"));
  assert_true(holds(house, PAGE, "<a href=\"anhang/2-1.pdf\">plan.pdf</a> (1 KB)"));
  check_equals_rebuild(house, "with a file");
  set_archive(house, asked.list, false);
  house_publish(house);
  assert_false(is_there(house, "faelle/2026/0001/anhang/2-1.pdf"));
  set_archive(house, asked.list, true);
  house_publish(house);
  assert_true(holds(house, "faelle/2026/0001/anhang/2-1.pdf", "%PDF-1.4 Plan"));
  must(store_begin(house->store, &why));
  move(house, it, "withdrawn");
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, "faelle/2026/0001/anhang/2-1.pdf"));
  check_equals_rebuild(house, "its case withdrawn");
}

static void a_thread_that_was_handed_over_shows_number_and_answer(void **state)
{
  struct house *house = *state;
  int64_t group = house_list(house, "gruenau", true);
  house_post(
      house,
      &(struct post){
          .list = group, .id = "a@x", .from = "Eva", .subject = "Laub", .text = "Wer?", .received = NOW });
  struct asked asked = {
    .list = group, .office = add_office(house, "SGA", "Grünflächenamt"), .title = "Laub", .text = "Wer kehrt?"
  };
  must(store_begin(house->store, &why));
  g_autoptr(casefile_t) it = casefile_new();
  it->list = group;
  it->office = asked.office;
  it->thread = 1;
  it->is_public = true;
  must(casefile_create(house->store, it, 2026, NOW, &why));
  note(house, it, ENTRY(.what = (char *)"question", .text = (char *)"Wer?"));
  must(store_commit(house->store, &why));
  answer(house, it, "Wir kehren am Montag.", "planned");
  house_publish(house);
  const char *thread = "gruenau/2026/0001/index.html";
  assert_true(holds(house, thread, "KP-2026-0001"));
  assert_true(holds(house, thread, "../../../faelle/2026/0001/index.html"));
  assert_true(holds(house, thread, "Grünflächenamt (SGA)"));
  assert_false(holds(house, thread, "class=\"d0 official\""));
  assert_true(holds(house, PAGE, "../../../gruenau/2026/0001/index.html"));
  must(store_begin(house->store, &why));
  must(official_message_put(house->store, 1, asked.office, &why));
  must(pages_mark_message(house->store, group, 1, 1, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, thread, "class=\"d0 official\""));
  assert_true(holds(house, thread, ">Grünflächenamt</h2>"));
  check_equals_rebuild(house, "handed over");
  g_autoptr(office_t) office = office_get(house->store, asked.office, NULL);
  g_free(office->name);
  office->name = g_strdup("Amt für Bäume");
  must(store_begin(house->store, &why));
  must(office_put(house->store, office, NOW, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, thread, ">Amt für Bäume</h2>"));
  assert_true(holds(house, PAGE, "Amt für Bäume (SGA)"));
  check_equals_rebuild(house, "renamed");
}

static void a_long_case_comes_in_parts(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  g_autoptr(casefile_t) it = ask_now(house, &asked);
  must(store_begin(house->store, &why));
  for (int i = 2; i <= 230; i++) {
    g_autofree char *text = g_strdup_printf("Ergänzung Nummer %d.", i);
    note(house, it, ENTRY(.what = (char *)"added", .text = text));
  }
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_true(holds(house, "faelle/2026/0001/3/index.html", "Ergänzung Nummer 230."));
  assert_true(holds(house, "faelle/2026/0001/2/index.html", "Ergänzung Nummer 200."));
  check_equals_rebuild(house, "parts");
  struct publisher *publisher;
  must(publisher = publisher_new(&house->config, house->store, &why));
  must(publisher_rebuild(publisher, &why));
  publisher_free(publisher);
  assert_true(is_there(house, "faelle/2026/0001/3/index.html"));
  assert_true(is_there(house, "faelle/2026/0001/feed.xml"));
  assert_true(is_there(house, "daten/cases-2026-0001.csv"));
  check_equals_rebuild(house, "parts, in place");
  must(store_begin(house->store, &why));
  for (int i = 201; i <= 230; i++) must(case_entry_publish(house->store, it->id, i, false, &why));
  must(casefile_mark_pages(house->store, it, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
  assert_false(is_there(house, "faelle/2026/0001/3/index.html"));
  check_equals_rebuild(house, "fewer parts");
}

/* As many pages for an answer among three hundred cases as among three. */
static void an_answer_rewrites_the_same_pages_in_any_town(void **state)
{
  struct house *house = *state;
  struct asked asked = { .list = house_list(house, "frage", true),
                         .office = add_office(house, "SGA", "Grünflächenamt"),
                         .title = "Laub",
                         .text = "Wer kehrt?" };
  int pages[2];
  for (int round = 0; round < 2; round++) {
    must(store_begin(house->store, &why));
    for (int i = 0; i < (round ? 300 : 3); i++) casefile_free(ask(house, &asked));
    must(store_commit(house->store, &why));
    house_publish(house);
    g_autoptr(casefile_t) it = casefile_find(house->store, 2026, round ? 2 : 1, NULL);
    answer(house, it, "Wir kehren.", "in_progress");
    pages[round] = house_publish(house);
  }
  assert_true(pages[1] <= pages[0]);
  assert_true(pages[0] < 40);
  check_equals_rebuild(house, "three hundred cases");
}

int main(void)
{
#define with_house(test) cmocka_unit_test_setup_teardown(test, house_build, house_raze)
  const struct CMUnitTest tests[] = {
    with_house(a_case_is_asked_and_answered_in_public),
    with_house(done_by_the_office_is_not_confirmed),
    with_house(a_re_routed_case_leaves_the_pages_of_the_office_before),
    with_house(how_often_an_office_was_not_responsible_stands_in_the_figures),
    with_house(an_offices_shelf_has_its_sign_and_what_stood_at_its_number_goes),
    with_house(what_is_not_public_leaves_no_byte),
    with_house(an_archive_that_is_turned_off_takes_its_cases_along),
    with_house(a_withdrawn_case_leaves_a_tombstone_and_a_hidden_one_nothing),
    with_house(what_is_between_program_and_office_is_not_shown),
    with_house(a_file_stands_beside_its_answer_and_goes_with_its_case),
    with_house(a_thread_that_was_handed_over_shows_number_and_answer),
    with_house(a_long_case_comes_in_parts),
    with_house(an_answer_rewrites_the_same_pages_in_any_town),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
