/* What tests of the archive look at: whole trees of files. An archive that was kept up to date equals one
 * that is built from nothing, and no link of it leads nowhere. */
#ifndef TEST_ARCHIVE_TREES_H
#define TEST_ARCHIVE_TREES_H

#include "tests/unit/archive/archive_house.h"

/* ---- trees ---- */

static GHashTable *snapshot_into;
static gsize snapshot_skip;

static inline int snapshot_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
  (void)status, (void)walk;
  if (type != FTW_F) return 0;
  GError *why = NULL;
  char *bytes = NULL;
  if (!g_file_get_contents(path, &bytes, NULL, &why)) fail_msg("%s", why->message);
  g_hash_table_insert(snapshot_into, g_strdup(path + snapshot_skip), bytes);
  return 0;
}

/* All files below a directory: path → bytes. */
static inline GHashTable *snapshot(const char *directory)
{
  snapshot_into = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  snapshot_skip = strlen(directory) + 1;
  nftw(directory, snapshot_one, 16, FTW_PHYS);
  return snapshot_into;
}

static inline void check_same(GHashTable *a, GHashTable *b, const char *when)
{
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, a);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    const char *other = g_hash_table_lookup(b, path);
    if (!other) fail_msg("%s: %s is only in the incremental archive", when, (char *)path);
    if (strcmp(bytes, other) != 0)
      fail_msg("%s: %s differs:\n%s\n---- rebuilt ----\n%s", when, (char *)path, (char *)bytes, other);
  }
  g_hash_table_iter_init(&iter, b);
  while (g_hash_table_iter_next(&iter, &path, &bytes))
    if (!g_hash_table_contains(a, path))
      fail_msg("%s: %s is only in the rebuilt archive", when, (char *)path);
}

/* Fails when one link of a page leads to no file, or to no place in it. */
static inline void check_link(GHashTable *files, const char *page, const char *link)
{
  if (strstr(link, "://") || g_str_has_prefix(link, "mailto:")) return;
  g_autofree char *folder = g_path_get_dirname(page);
  g_auto(GStrv) halves = g_strsplit(link, "#", 2);
  bool is_rooted = *halves[0] == '/';
  g_autofree char *absolute =
      g_strconcat(is_rooted ? "" : "/", is_rooted ? "" : folder, is_rooted ? "" : "/", halves[0],
                  g_str_has_suffix(halves[0], "/") ? "index.html" : "", NULL);
  g_autofree char *target =
      *halves[0] ? g_canonicalize_filename(absolute, "/") : g_strconcat("/", page, NULL);
  const char *bytes = g_hash_table_lookup(files, target + 1);
  if (!bytes) fail_msg("%s leads to %s, which is not there", page, link);
  if (!halves[1]) return;
  g_autofree char *anchor = g_strdup_printf("id=\"%s\"", halves[1]);
  if (!strstr(bytes, anchor)) fail_msg("%s leads to %s, which has no such place", page, link);
}

static inline void check_links(GHashTable *files)
{
  GHashTableIter iter;
  void *path, *bytes;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &path, &bytes)) {
    if (!g_str_has_suffix(path, ".html")) continue;
    for (const char *at = bytes; (at = strstr(at, "href=\"")) != NULL;) {
      at += strlen("href=\"");
      g_autofree char *link = g_strndup(at, strcspn(at, "\""));
      check_link(files, path, link);
    }
  }
}

/* Builds the archive from nothing elsewhere and compares every byte. */
static inline void check_equals_rebuild(struct house *house, const char *when)
{
  char *archive = house->config.archive;
  house->config.archive = g_build_filename(house->directory, "rebuilt", NULL);
  house_publish(house);
  g_autoptr(GHashTable) rebuilt = snapshot(house->config.archive);
  remove_tree(house->config.archive);
  g_free(house->config.archive);
  house->config.archive = archive;
  g_autoptr(GHashTable) incremental = snapshot(archive);
  assert_true(g_hash_table_size(incremental) >= 5);
  check_same(incremental, rebuilt, when);
  check_links(incremental);
}

/* ---- pages ---- */

static inline bool holds(struct house *house, const char *path, const char *words)
{
  g_autofree char *page = house_read(house, path);
  if (!page) fail_msg("there is no %s", path);
  return strstr(page, words) != NULL;
}

static inline bool is_there(struct house *house, const char *path)
{
  g_autofree char *page = house_read(house, path);
  return page != NULL;
}

#endif
