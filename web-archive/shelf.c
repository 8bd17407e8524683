/* The shelf: the archive's files on disk.
 *
 * A page is written beside its place; at the end of a round all are synced and renamed, and the folders
 * synced, once each, before the marks in the store are cleared: the first sync does most of the work for all.
 * Bytes that are there already are not written again. What we take away are only files of our own kind: an
 * operator may keep others (.well-known, a logo) in the same folder. */
#include "web-archive/shelf.h"

#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct shelf_round {
  const struct site *site;
  struct durable_batch *files; /* written, not yet in their places */
  GHashTable *folders;         /* absolute paths to be synced */
};

bool shelf_has(const struct site *site, const char *path)
{
  g_autofree char *file = site_file(site, path);
  return access(file, F_OK) == 0;
}

bool shelf_holds(const struct site *site, const char *path, const GString *bytes)
{
  g_autofree char *file = site_file(site, path);
  struct stat status;
  if (stat(file, &status) != 0 || (gsize)status.st_size != bytes->len) return false;
  g_autofree char *there = NULL;
  gsize size = 0;
  return g_file_get_contents(file, &there, &size, NULL) && size == bytes->len &&
         memcmp(there, bytes->str, size) == 0;
}

/* ---- folders ---- */

static int compare_numbers(const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

/* The number that a folder's name is; 0: none. "2026-03" only where a month is asked for. */
static int folder_number(const char *name, bool is_month)
{
  gsize length = strlen(name);
  if (length == 0 || length > 9) return 0;
  if (is_month && (length != 7 || name[4] != '-')) return 0;
  int number = 0;
  for (gsize i = 0; i < length; i++) {
    if (is_month && i == 4) continue;
    if (!g_ascii_isdigit(name[i])) return 0;
    number = number * 10 + (name[i] - '0');
  }
  return number;
}

/* Numbers that name folders in an absolute one. */
static GArray *read_numbers(const char *path, bool is_month)
{
  GArray *numbers = g_array_new(FALSE, FALSE, sizeof(int));
  GDir *directory = g_dir_open(path, 0, NULL);
  if (!directory) return numbers;
  for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
    int number = folder_number(name, is_month);
    if (number > 0) g_array_append_val(numbers, number);
  }
  g_dir_close(directory);
  g_array_sort(numbers, compare_numbers);
  return numbers;
}

GArray *shelf_numbers(const struct site *site, const char *folder)
{
  g_autofree char *path = site_file(site, folder);
  return read_numbers(path, false);
}

GArray *shelf_months(const struct site *site, const char *folder)
{
  g_autofree char *path = site_file(site, folder);
  return read_numbers(path, true);
}

int shelf_highest(const char *folder)
{
  g_autoptr(GArray) numbers = read_numbers(folder, false);
  return numbers->len > 0 ? g_array_index(numbers, int, numbers->len - 1) : 0;
}

/* ---- a round ---- */

struct shelf_round *shelf_round_new(const struct site *site)
{
  struct shelf_round *round = g_new0(struct shelf_round, 1);
  round->site = site;
  round->files = durable_batch_new();
  round->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return round;
}

void shelf_round_free(struct shelf_round *round)
{
  if (!round) return;
  durable_batch_free(round->files);
  g_hash_table_destroy(round->folders);
  g_free(round);
}

bool shelf_put(struct shelf_round *round, const char *path, const GString *bytes, GError **error)
{
  g_autofree char *file = site_file(round->site, path);
  char *folder = g_path_get_dirname(file);
  bool done =
      (g_hash_table_contains(round->folders, folder) || durable_make_directories(folder, 0755, error)) &&
      durable_batch_add(round->files, file, bytes->str, bytes->len, 0644, error);
  if (done)
    g_hash_table_add(round->folders, folder);
  else
    g_free(folder);
  return done;
}

/* Has the folder synced that a name stood in or stands in: the nearest one that is there. */
static void sync_later(struct shelf_round *round, char *folder)
{
  while (access(folder, F_OK) != 0 && strlen(folder) > 1) {
    char *above = g_path_get_dirname(folder);
    g_free(folder);
    folder = above;
  }
  g_hash_table_add(round->folders, folder);
}

void shelf_keep(struct shelf_round *round, const char *path)
{
  g_autofree char *file = site_file(round->site, path);
  sync_later(round, g_path_get_dirname(file));
}

/* Removes folders that are empty, from `folder` upwards to the archive; the first one that stays is to be
 * synced. */
static void remove_empty_folders(struct shelf_round *round, char *folder)
{
  g_autofree char *top = site_file(round->site, "");
  gsize length = strlen(top);
  while (length > 1 && top[length - 1] == '/') top[--length] = '\0';
  while (strlen(folder) > length && rmdir(folder) == 0) {
    g_hash_table_remove(round->folders, folder);
    char *above = g_path_get_dirname(folder);
    g_free(folder);
    folder = above;
  }
  g_hash_table_add(round->folders, folder);
}

bool shelf_remove(struct shelf_round *round, const char *path, GError **error)
{
  g_autofree char *file = site_file(round->site, path);
  if (unlink(file) != 0) {
    if (errno != ENOENT && errno != ENOTDIR)
      return fault_set_errno(error, FAULT_FILE, errno, "The page %s cannot be removed", file);
    sync_later(round, g_path_get_dirname(file)); /* gone, but perhaps not on disk yet */
    return true;
  }
  remove_empty_folders(round, g_path_get_dirname(file));
  return true;
}

bool shelf_sync(struct shelf_round *round, GError **error)
{
  if (!durable_batch_settle(round->files, error)) return false;
  GHashTableIter iter;
  void *folder;
  g_hash_table_iter_init(&iter, round->folders);
  while (g_hash_table_iter_next(&iter, &folder, NULL))
    if (access(folder, F_OK) == 0 && !durable_sync_directory(folder, error)) return false;
  g_hash_table_remove_all(round->folders);
  return true;
}

/* ---- clearing a list ---- */

/* Removes pages below a folder: index.html, and those of folders named by numbers, to a bounded depth. */
static bool clear_folder(struct shelf_round *round, const char *folder, int depth, int *left, GError **error)
{
  g_autoptr(GArray) numbers = shelf_numbers(round->site, folder);
  for (guint i = 0; depth > 0 && i<numbers->len && * left> 0; i++) {
    int number = g_array_index(numbers, int, i);
    static const char *const shapes[] = { "%s/%d", "%s/%04d" }; /* parts; years and threads */
    for (gsize k = 0; k < G_N_ELEMENTS(shapes); k++) {
      g_autofree char *below =
          k == 0 ? g_strdup_printf("%s/%d", folder, number) : g_strdup_printf("%s/%04d", folder, number);
      if (shelf_has(round->site, below) && !clear_folder(round, below, depth - 1, left, error)) return false;
    }
  }
  g_autofree char *page = g_strconcat(folder, "/index.html", NULL);
  if (*left > 0 && shelf_has(round->site, page)) {
    (*left)--;
    if (!shelf_remove(round, page, error)) return false;
  }
  return true;
}

/* Removes sitemap/NAME-YEAR.xml and NAME-YEAR.PART.xml. */
static bool clear_sitemaps(struct shelf_round *round, const char *list, int *left, GError **error)
{
  g_autofree char *folder = site_file(round->site, "sitemap");
  GDir *directory = g_dir_open(folder, 0, NULL);
  if (!directory) return true;
  bool done = true;
  gsize length = strlen(list);
  for (const char *name; done && *left > 0 && (name = g_dir_read_name(directory)) != NULL;) {
    if (!g_str_has_suffix(name, ".xml") || strncmp(name, list, length) != 0 || name[length] != '-') continue;
    if (strspn(name + length + 1, "0123456789.xml") != strlen(name + length + 1)) continue;
    g_autofree char *path = g_strconcat("sitemap/", name, NULL);
    (*left)--;
    done = shelf_remove(round, path, error);
  }
  g_dir_close(directory);
  return done;
}

bool shelf_clear_list(struct shelf_round *round, const char *list, int limit, bool *is_done, GError **error)
{
  int left = limit;
  g_autofree char *feed = g_strconcat(list, "/feed.xml", NULL);
  shelf_keep(round, "sitemap/index.xml");
  if (!shelf_remove(round, feed, error) || !clear_sitemaps(round, list, &left, error)) return false;
  g_autoptr(GArray) months = shelf_months(round->site, list);
  for (guint i = 0; i < months->len && left > 0; i++) {
    int month = g_array_index(months, int, i);
    g_autofree char *folder = g_strdup_printf("%s/%04d-%02d", list, month / 100, month % 100);
    if (!clear_folder(round, folder, 1, &left, error)) return false;
  }
  if (left > 0 && !clear_folder(round, list, 3, &left, error)) return false;
  *is_done = left > 0;
  return true;
}

/* ---- walks ---- */

typedef bool visit(const struct site *site, const char *path, bool is_folder, void *data, GError **error);

/* Visits everything below a folder, folders before what is in them; links are not followed. */
static bool walk(const struct site *site, const char *path, int depth, visit *visitor, void *data,
                 GError **error)
{
  g_autofree char *file = site_file(site, path);
  GDir *directory = g_dir_open(file, 0, NULL);
  if (!directory) return true;
  bool done = true;
  for (const char *name; done && (name = g_dir_read_name(directory)) != NULL;) {
    g_autofree char *below = *path ? g_strconcat(path, "/", name, NULL) : g_strdup(name);
    g_autofree char *below_file = site_file(site, below);
    struct stat status;
    if (lstat(below_file, &status) != 0) continue;
    bool is_folder = S_ISDIR(status.st_mode);
    if (!is_folder && !S_ISREG(status.st_mode)) continue;
    done = visitor(site, below, is_folder, data, error);
    if (done && is_folder && depth > 0) done = walk(site, below, depth - 1, visitor, data, error);
  }
  g_dir_close(directory);
  return done;
}

static bool sweep_folder(const struct site *site, const char *path, bool is_folder, void *data,
                         GError **error)
{
  (void)data;
  if (!is_folder) return true;
  g_autofree char *folder = site_file(site, path);
  return durable_sweep(folder, error) >= 0;
}

bool shelf_sweep(const struct site *site, GError **error)
{
  g_autofree char *top = site_file(site, "");
  if (access(top, F_OK) != 0) return true;
  return durable_sweep(top, error) >= 0 && walk(site, "", 4, sweep_folder, NULL, error);
}

struct each_page {
  shelf_each *each;
  void *data;
};

/* Whether a file's head says that we made it. */
static bool is_ours(const char *file)
{
  static const char mark[] = "kiezpost";
  char head[1024];
  FILE *stream = fopen(file, "re");
  if (!stream) return false;
  gsize size = fread(head, 1, sizeof head, stream);
  fclose(stream);
  const char *generator = g_strstr_len(head, (gssize)size, "generator");
  return generator && g_strstr_len(generator, (gssize)(size - (gsize)(generator - head)), mark) != NULL;
}

/* "gruenau/anhang/17-2.jpg", "faelle/2026/0173/anhang/4-1.pdf", "daten/cases-2026-0101.csv": pictures and
 * tables cannot say who made them, their place does. */
static bool is_file_of_ours(const char *path)
{
  bool is_calendar = g_str_has_suffix(path, "/termin.ics") || g_str_has_suffix(path, "/termine.ics");
  if (is_calendar && g_str_has_prefix(path, "termine/")) return true;
  if (g_str_has_prefix(path, "kalender/") && g_str_has_suffix(path, ".ics")) return true;
  if (g_str_has_prefix(path, "daten/cases-") && g_str_has_suffix(path, ".csv")) return true;
  g_auto(GStrv) steps = g_strsplit(path, "/", 6);
  guint count = g_strv_length(steps);
  bool is_of_case = count == 5 && strcmp(steps[0], "faelle") == 0;
  if ((count != 3 && !is_of_case) || strcmp(steps[count - 2], "anhang") != 0) return false;
  const char *name = steps[count - 1];
  gsize number = strspn(name, "0123456789-");
  static const char *const endings[] = { ".jpg", ".png", ".webp", ".pdf", NULL };
  return number > 0 && g_strv_contains(endings, name + number);
}

static bool visit_page(const struct site *site, const char *path, bool is_folder, void *data, GError **error)
{
  struct each_page *each = data;
  if (is_folder) return true;
  g_autofree char *file = site_file(site, path);
  bool is_sitemap = g_str_has_prefix(path, "sitemap/") && g_str_has_suffix(path, ".xml");
  return (is_sitemap || is_file_of_ours(path) || is_ours(file)) ? each->each(path, each->data, error) : true;
}

bool shelf_walk(const struct site *site, shelf_each *each, void *data, GError **error)
{
  struct each_page pages = { each, data };
  return walk(site, "", 5, visit_page, &pages, error);
}
