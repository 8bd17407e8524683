/* A case's page: what is asked, where it stands, which office answers, and everything public that happened,
 * in order. Its address is its number (faelle/2026/0173/), whatever list, office or region it moves to. One
 * that was withdrawn leaves a tombstone. It also looks after what hangs on it: its feed, its later parts, its
 * place on the shelves where its list was opened to the public or closed. */
#include "lib/base/fault.h"
#include "lib/store/pages.h"
#include "web-archive/cases/case_pages.h"
#include "web-archive/shelf.h"

#include "web-archive/page.h"

#include <string.h>

char *case_folder(int year, int number)
{
  return g_strdup_printf("faelle/%04d/%04d/", year, number);
}

void page_set_state(struct page_map *map, const struct state_words *words)
{
  page_set_own(map, "state", words->words);
  page_set_own(map, "state_slug", words->slug);
}

void page_set_office(struct page_map *map, const struct public_office *office)
{
  if (!office) return;
  struct page_map *badge = page_add(map, "office");
  page_set(badge, "sign", office->sign);
  page_set(badge, "name", office->name);
  page_set(badge, "line", office->line);
}

void page_set_planned(struct page_map *map, const char *name, const char *day)
{
  g_autofree char *words = site_planned_day(day), *datetime = g_strconcat(name, "_datetime", NULL);
  if (!words) return;
  page_set_own(map, name, words);
  page_set_own(map, datetime, day);
}

static char *case_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autoptr(casefile_t) row = casefile_get(site_store(site), key->key, error);
  if (!row) return NULL;
  g_autofree char *folder = case_folder(row->year, row->number);
  folder[strlen(folder) - 1] = '\0';
  return page_part_path(folder, key->part);
}

/* What is known of it: place, region, office, days. */
static bool set_facts(struct site *site, struct page *page, const struct public_case *it, const char *up,
                      GError **error)
{
  struct page_map *values = page_values(page);
  page_set_own(values, "number", it->name);
  page_set_own(values, "kind", it->kind_words);
  page_set_state(values, state_words(it->state));
  page_set_moment(page, values, "opened", it->opened, true);
  page_set_moment(page, values, "last", it->last, true);
  page_set_flag(values, "is_withdrawn", it->state == PUBLIC_WITHDRAWN);
  if (it->state == PUBLIC_WITHDRAWN) return true;
  if (it->place) page_set(values, "place", it->place);
  page_set_flag(values, "on_behalf", it->is_on_behalf);
  page_set_planned(values, "due", it->due);
  page_set_planned(values, "expected", it->expected);
  page_set_office(values, it->office);
  if (it->office) {
    g_autofree char *folder = shelf_folder(site, SHELF_OFFICE, it->office->id, error);
    g_autofree char *path = folder ? g_strconcat(up, folder, "index.html", NULL) : NULL;
    if (!path) return false;
    page_set_own(values, "office_path", path);
  }
  if (it->region_slug) {
    g_autofree char *path = g_strdup_printf("%sfaelle/ort/%s/index.html", up, it->region_slug);
    page_set_own(values, "region", it->region_name);
    page_set_own(values, "region_path", path);
  }
  return true;
}

static void set_files(struct page_map *map, const struct public_entry *entry, int part)
{
  page_set_flag(map, "has_files", entry->files->len > 0);
  for (guint i = 0; i < entry->files->len; i++) {
    const struct public_case_file *file = entry->files->pdata[i];
    struct page_map *line = page_append(map, "files");
    page_set(line, "name", file->filename);
    page_set_number(line, "kilobytes", MAX(1, file->size / 1024));
    if (!*file->ending) continue;
    g_autofree char *path = case_file_path(entry->position, file->number, file->ending),
                    *way = g_strconcat(part > 1 ? "../" : "", path, NULL);
    page_set_own(line, "path", way);
  }
}

static void set_entry(struct page *page, const struct public_entry *entry, int part)
{
  struct page_map *map = page_append(page_values(page), "entries");
  page_set_number(map, "position", entry->position);
  page_set_own(map, "words", entry->words);
  page_set_flag(map, "is_official", entry->is_official);
  page_set_flag(map, "is_sent", entry->is_sent);
  page_set_moment(page, map, "at", entry->at, false);
  page_set_office(map, entry->office);
  page_set_flag(map, "has_text", *public_text_string(entry->text) != '\0');
  page_set_body(map, "text", entry->text);
  if (entry->clerk) page_set(map, "clerk", entry->clerk);
  if (entry->signed_by) page_set(map, "signed_by", entry->signed_by);
  if (entry->state) page_set_state(page_add(map, "new_state"), entry->state);
  page_set_planned(map, "expected", entry->expected);
  set_files(map, entry, part);
}

static void set_frame(struct page *page, const struct public_case *it, const struct public_list *list,
                      const char *up)
{
  struct page_map *values = page_values(page);
  g_autofree char *cases = g_strconcat(up, "faelle/index.html", NULL),
                  *path = g_strdup_printf("%s%s/index.html", up, list->name);
  g_autoptr(public_text_t) words = public_own("Fälle");
  page_set(values, "title", it->title);
  page_set(values, "list_title", list->title);
  page_set_own(values, "list_path", path);
  page_add_crumb(page, cases, words);
}

/* The group's thread that it was handed over from; nothing where that is not public. */
static bool set_thread(struct site *site, struct page *page, const struct public_case *it, const char *up,
                       GError **error)
{
  GError *failed = NULL;
  g_autoptr(public_thread_t) thread = it->thread ? view_thread(site, it->thread, &failed) : NULL;
  const struct public_list *list = thread ? site_list(site, thread->list, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!list || !list->is_public || view_thread_parts(thread) == 0) return true;
  g_autofree char *path =
      g_strdup_printf("%s%s/%04d/%04d/index.html", up, list->name, thread->year, thread->number);
  struct page_map *map = page_add(page_values(page), "thread");
  page_set_own(map, "path", path);
  page_set(map, "list", list->title);
  return true;
}

static enum page_state case_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  g_autoptr(public_case_t) it = view_case(site, key->key, error);
  const struct public_list *list = it ? site_list(site, it->list, error) : NULL;
  if (!list) return *error ? PAGE_FAULT : PAGE_ABSENT;
  int parts = view_case_parts(site, it, error);
  if (parts < key->part || key->part < 1) return parts < 0 ? PAGE_FAULT : PAGE_ABSENT;
  g_autofree char *path = case_path(site, key, error);
  if (!path) return PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, path);
  const char *up = key->part > 1 ? "../../../../" : "../../../";
  set_frame(page, it, list, up);
  if (!set_facts(site, page, it, up, error) || !set_thread(site, page, it, up, error)) return PAGE_FAULT;
  if (it->state != PUBLIC_WITHDRAWN) {
    g_autoptr(GPtrArray) entries = view_case_entries(site, it, key->part, CASE_PART_ENTRIES, error);
    if (!entries) return PAGE_FAULT;
    for (guint i = 0; i < entries->len; i++) set_entry(page, entries->pdata[i], key->part);
    page_set_flag(page_values(page), "has_feed", true);
    page_set_own(page_values(page), "feed", key->part > 1 ? "../feed.xml" : "feed.xml");
    page_set_parts(page, key->part, parts);
  }
  return page_render(page, TEMPLATE_CASE, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

/* A case that appears or goes: everything that lists it. */
static bool case_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  if (key->part > 1) return page_mark(site_store(site), "case", 0, key->key, key->part - 1, error);
  g_autoptr(casefile_t) row = casefile_get(site_store(site), key->key, error);
  return row && casefile_mark_pages(site_store(site), row, error);
}

/* Marks parts that are missing or left over on disk. */
static bool mark_parts(struct site *site, const struct page_key *key, const GArray *there, int parts,
                       GError **error)
{
  struct store *store = site_store(site);
  for (guint i = 0; i < there->len; i++) {
    int part = g_array_index(there, int, i);
    if (part > parts && !page_mark(store, "case", 0, key->key, part, error)) return false;
  }
  for (int part = 2 + (int)there->len; part <= parts; part++)
    if (!page_mark(store, "case", 0, key->key, part, error)) return false;
  return true;
}

static bool case_tend(struct site *site, const struct page_key *key, bool *is_done, GError **error)
{
  *is_done = true;
  if (key->part != 1) return true;
  GError *failed = NULL;
  struct store *store = site_store(site);
  g_autoptr(casefile_t) row = casefile_get(store, key->key, &failed);
  g_autoptr(public_case_t) it = row ? view_case(site, key->key, &failed) : NULL;
  bool is_shelved = true;
  if (failed || !row || !casefile_is_shelved(store, row, &is_shelved, &failed)) {
    if (failed) g_propagate_error(error, failed);
    return failed == NULL;
  }
  bool is_there = it && it->state != PUBLIC_WITHDRAWN;
  int parts = it ? view_case_parts(site, it, error) : 0;
  if (parts < 0) return false;
  g_autofree char *folder = case_folder(row->year, row->number),
                  *feed = g_strconcat(folder, "feed.xml", NULL);
  g_autoptr(GArray) there = shelf_numbers(site, folder);
  bool is_feed_right = shelf_has(site, feed) == is_there,
       are_parts_right = (int)there->len == MAX(0, parts - 1);
  if (is_shelved && is_feed_right && are_parts_right) return true;
  bool done = store_begin(store, error) && (is_shelved || casefile_mark_pages(store, row, error)) &&
              page_mark(store, "case-feed", 0, key->key, 1, error) &&
              mark_parts(site, key, there, parts, error) && store_commit(store, error);
  if (!done) store_rollback(store);
  return done;
}

const struct page_kind page_case = { .name = "case",
                                     .path = case_path,
                                     .render = case_render,
                                     .mark_neighbours = case_mark_neighbours,
                                     .tend = case_tend };

/* ---- its feed ---- */

enum { FEED_ENTRIES = 30 };

static char *feed_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autoptr(casefile_t) row = casefile_get(site_store(site), key->key, error);
  if (!row) return NULL;
  g_autofree char *folder = case_folder(row->year, row->number);
  return g_strconcat(folder, "feed.xml", NULL);
}

static void add_feed_entry(struct page *page, const char *home, const struct public_entry *entry)
{
  struct page_map *map = page_append(page_values(page), "entries");
  int part = (entry->position - 1) / CASE_PART_ENTRIES + 1;
  g_autofree char *folder = part > 1 ? g_strdup_printf("%d/", part) : g_strdup(""),
                  *url = g_strdup_printf("%s%s#e%d", home, folder, entry->position);
  page_set_own(map, "url", url);
  page_set_own(map, "words", entry->words);
  page_set(map, "text", entry->text);
  page_set_office(map, entry->office);
  if (entry->state) page_set_state(page_add(map, "new_state"), entry->state);
  page_set_moment(page, map, "at", entry->at, false);
}

static enum page_state feed_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  g_autoptr(public_case_t) it = view_case(site, key->key, error);
  if (!it || it->state == PUBLIC_WITHDRAWN) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) entries = view_case_entries(site, it, 0, FEED_ENTRIES, error);
  if (!entries) return PAGE_FAULT;
  g_autofree char *folder = case_folder(it->year, it->number), *path = g_strconcat(folder, "feed.xml", NULL),
                  *home = site_url(site, folder), *self = site_url(site, path);
  g_autoptr(page_t) page = page_new(site, path);
  struct page_map *values = page_values(page);
  page_set(values, "title", it->title);
  page_set_own(values, "number", it->name);
  page_set_own(values, "self", self);
  page_set_own(values, "home", home);
  page_set_moment(page, values, "updated", it->last, false);
  for (guint i = 0; i < entries->len; i++) add_feed_entry(page, home, entries->pdata[i]);
  return page_render(page, TEMPLATE_CASE_FEED, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

const struct page_kind page_case_feed = { .name = "case-feed", .path = feed_path, .render = feed_render };
