/* powercut_replay: what a power cut leaves behind.
 *
 *   powercut_replay count BASE LOG            how many states there are: one before anything, one after each
 * sync powercut_replay build BASE LOG STATE OUT  the directory OUT as of that state: BASE (durable when
 * recording began) and everything of LOG that was synced by then, nothing else powercut_replay answers BASE
 * LOG STATE    answers and sights the outside had before the next sync, a line each: "answer 250 2.0.0 …" or
 * "seen PATH"
 *
 * The model is the strict one: a file's bytes survive from its last fsync, a name from the last fsync of its
 * directory; a directory's name from the last fsync of its parent. BASE must be the recorded root as it was
 * at the start, with the same inodes not needed: files of BASE are known by path. */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/tools/powercut.h"

struct file {
  GByteArray *now;     /* as the processes see it */
  GByteArray *durable; /* as of its last sync */
};

struct entry {
  bool is_directory;
  mode_t mode;
  struct file *file;
};

static GHashTable *names, *durable_names; /* path → struct entry* */
static GHashTable *inodes;                /* number → struct file* */

static struct entry *entry_copy(const struct entry *entry)
{
  return g_memdup2(entry, sizeof *entry);
}

static struct file *file_new(GByteArray *bytes)
{
  struct file *file = g_new0(struct file, 1);
  file->now = g_byte_array_append(g_byte_array_new(), bytes->data, bytes->len);
  file->durable = g_byte_array_append(g_byte_array_new(), bytes->data, bytes->len);
  return file;
}

static void load_base(const char *base, const char *path)
{
  g_autofree char *absolute = path[0] != '\0' ? g_build_filename(base, path, NULL) : g_strdup(base);
  g_autoptr(GDir) directory = g_dir_open(absolute, 0, NULL);
  if (directory == NULL) return;
  for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
    g_autofree char *child = path[0] != '\0' ? g_build_filename(path, name, NULL) : g_strdup(name);
    g_autofree char *child_absolute = g_build_filename(base, child, NULL);
    struct stat status;
    if (lstat(child_absolute, &status) != 0) continue;
    if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) continue;
    struct entry entry = { .is_directory = S_ISDIR(status.st_mode), .mode = status.st_mode & 07777 };
    if (entry.is_directory) {
      load_base(base, child);
    } else {
      g_autofree char *bytes = NULL;
      gsize size = 0;
      if (!g_file_get_contents(child_absolute, &bytes, &size, NULL)) continue;
      g_autoptr(GByteArray) array =
          g_byte_array_append(g_byte_array_new(), (const guint8 *)bytes, (guint)size);
      entry.file = file_new(array);
      /* The recorded root is BASE's original: its inode numbers are BASE's only if BASE was moved, not
       * copied; so a file of BASE is found by the path it had, see file_of(). */
    }
    g_hash_table_insert(names, g_strdup(child), entry_copy(&entry));
    g_hash_table_insert(durable_names, g_strdup(child), entry_copy(&entry));
  }
}

/* A file by inode. An inode not met before is one of BASE's: BASE lists them in .powercut-inodes ("INODE
 * PATH" a line). */
static struct file *file_of(uint64_t inode)
{
  struct file *file = g_hash_table_lookup(inodes, &inode);
  if (file == NULL) {
    g_autoptr(GByteArray) empty = g_byte_array_new();
    file = file_new(empty);
    g_hash_table_insert(inodes, g_memdup2(&inode, sizeof inode), file);
  }
  return file;
}

static void load_inodes(const char *list)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(list, &text, NULL, NULL)) return;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *space = strchr(*line, ' ');
    if (space == NULL) continue;
    uint64_t inode = g_ascii_strtoull(*line, NULL, 10);
    const struct entry *entry =
        g_hash_table_lookup(names, g_str_has_prefix(space + 1, "./") ? space + 3 : space + 1);
    if (entry != NULL && entry->file != NULL)
      g_hash_table_insert(inodes, g_memdup2(&inode, sizeof inode), entry->file);
  }
}

static void write_at(GByteArray *array, uint64_t offset, const void *bytes, uint64_t size)
{
  if (offset + size > array->len) {
    guint old = array->len;
    g_byte_array_set_size(array, (guint)(offset + size));
    if (offset > old) memset(array->data + old, 0, offset - old);
  }
  memcpy(array->data + offset, bytes, size);
}

static void truncate_to(GByteArray *array, uint64_t size)
{
  guint old = array->len;
  g_byte_array_set_size(array, (guint)size);
  if (size > old) memset(array->data + old, 0, size - old);
}

static bool is_directly_in(const char *path, const char *directory)
{
  size_t length = strlen(directory);
  if (length == 0) return strchr(path, '/') == NULL;
  return strncmp(path, directory, length) == 0 && path[length] == '/' &&
         strchr(path + length + 1, '/') == NULL;
}

static void sync_directory(const char *directory)
{
  GHashTableIter iterator;
  gpointer path, entry;
  g_hash_table_iter_init(&iterator, durable_names);
  while (g_hash_table_iter_next(&iterator, &path, &entry))
    if (is_directly_in(path, directory) && !g_hash_table_contains(names, path))
      g_hash_table_iter_remove(&iterator);
  g_hash_table_iter_init(&iterator, names);
  while (g_hash_table_iter_next(&iterator, &path, &entry))
    if (is_directly_in(path, directory))
      g_hash_table_insert(durable_names, g_strdup(path), entry_copy(entry));
}

/* Renames path and, when it is a directory, everything below it. */
static void rename_below(const char *from, const char *to)
{
  g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iterator;
  gpointer path, entry;
  size_t length = strlen(from);
  g_hash_table_iter_init(&iterator, names);
  while (g_hash_table_iter_next(&iterator, &path, &entry))
    if (strcmp(path, from) == 0 || (strncmp(path, from, length) == 0 && ((char *)path)[length] == '/'))
      g_ptr_array_add(moved, g_strdup(path));
  if (moved->len == 0) {
    fprintf(stderr, "powercut_replay: %s was renamed, but the recorder never saw it made\n", from);
    exit(1);
  }
  for (guint i = 0; i < moved->len; i++) {
    const char *old = moved->pdata[i];
    struct entry *copy = entry_copy(g_hash_table_lookup(names, old));
    g_hash_table_remove(names, old);
    g_hash_table_insert(names, g_strconcat(to, old + length, NULL), copy);
  }
}

static void apply(const struct powercut_record *head, const char *path, const char *other, const char *data)
{
  struct file *file;
  switch ((enum powercut_event)head->event) {
  case POWERCUT_CREATE: {
    g_autoptr(GByteArray) empty = g_byte_array_new();
    file = file_new(empty);
    g_hash_table_insert(inodes, g_memdup2(&head->inode, sizeof head->inode), file);
    struct entry entry = { .file = file, .mode = (mode_t)head->offset };
    g_hash_table_insert(names, g_strdup(path), entry_copy(&entry));
    break;
  }
  case POWERCUT_WRITE: write_at(file_of(head->inode)->now, head->offset, data, head->size); break;
  case POWERCUT_TRUNCATE: truncate_to(file_of(head->inode)->now, head->offset); break;
  case POWERCUT_SYNC:
    file = file_of(head->inode);
    g_byte_array_set_size(file->durable, 0);
    g_byte_array_append(file->durable, file->now->data, file->now->len);
    break;
  case POWERCUT_SYNC_DIRECTORY: sync_directory(path); break;
  case POWERCUT_RENAME: rename_below(path, other); break;
  case POWERCUT_LINK: {
    struct entry entry = { .file = file_of(head->inode), .mode = 0600 };
    g_hash_table_insert(names, g_strdup(path), entry_copy(&entry));
    break;
  }
  case POWERCUT_UNLINK: g_hash_table_remove(names, path); break;
  case POWERCUT_MAKE_DIRECTORY: {
    struct entry entry = { .is_directory = true, .mode = (mode_t)head->offset };
    g_hash_table_insert(names, g_strdup(path), entry_copy(&entry));
    break;
  }
  case POWERCUT_ANSWER:
  case POWERCUT_SEEN: break;
  }
}

static int by_path(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A name survives only when all directories above it do. */
static bool is_reachable(const char *path)
{
  g_autofree char *parent = g_path_get_dirname(path);
  if (strcmp(parent, ".") == 0) return true;
  const struct entry *entry = g_hash_table_lookup(durable_names, parent);
  return entry != NULL && entry->is_directory && is_reachable(parent);
}

static void build(const char *out)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new();
  GHashTableIter iterator;
  gpointer path;
  g_hash_table_iter_init(&iterator, durable_names);
  while (g_hash_table_iter_next(&iterator, &path, NULL)) g_ptr_array_add(paths, path);
  g_ptr_array_sort(paths, by_path);
  g_mkdir_with_parents(out, 0755);
  for (guint i = 0; i < paths->len; i++) {
    const struct entry *entry = g_hash_table_lookup(durable_names, paths->pdata[i]);
    if (!is_reachable(paths->pdata[i])) continue;
    g_autofree char *target = g_build_filename(out, paths->pdata[i], NULL);
    if (entry->is_directory) {
      g_mkdir(target, 0700);
    } else {
      const char *bytes = entry->file->durable->data != NULL ? (const char *)entry->file->durable->data : "";
      g_autoptr(GError) error = NULL;
      if (!g_file_set_contents(target, bytes, entry->file->durable->len, &error)) {
        fprintf(stderr, "powercut_replay: %s\n", error->message);
        exit(1);
      }
    }
    g_chmod(target, entry->mode);
  }
}

int main(int argc, char **argv)
{
  bool is_count = argc == 4 && strcmp(argv[1], "count") == 0;
  bool is_build = argc == 6 && strcmp(argv[1], "build") == 0;
  bool is_answers = argc == 5 && strcmp(argv[1], "answers") == 0;
  if (!is_count && !is_build && !is_answers) {
    fputs("usage: powercut_replay count BASE LOG | build BASE LOG STATE OUT | answers BASE LOG STATE\n",
          stderr);
    return 64;
  }
  uint64_t wanted = is_count ? UINT64_MAX : g_ascii_strtoull(argv[4], NULL, 10);
  names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  durable_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  inodes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  if (is_build) {
    load_base(argv[2], "");
    g_autofree char *list = g_strconcat(argv[2], ".inodes", NULL);
    load_inodes(list);
  }

  g_autofree char *log = NULL;
  gsize size = 0;
  if (!g_file_get_contents(argv[3], &log, &size, NULL)) {
    fprintf(stderr, "powercut_replay: %s cannot be read\n", argv[3]);
    return 66;
  }
  uint64_t syncs = 0;
  for (gsize at = 0; at + sizeof(struct powercut_record) <= size;) {
    struct powercut_record head;
    memcpy(&head, log + at, sizeof head);
    at += sizeof head;
    g_autofree char *path = g_strndup(log + at, head.path_size);
    g_autofree char *other = g_strndup(log + at + head.path_size, head.other_size);
    const char *data = log + at + head.path_size + head.other_size;
    at += head.path_size + head.other_size + head.size;
    if (at > size) break;
    if (head.event == POWERCUT_SYNC || head.event == POWERCUT_SYNC_DIRECTORY) {
      if (syncs == wanted) break;
      syncs++;
    }
    if (is_build) apply(&head, path, other, data);
    if (is_answers && head.event == POWERCUT_ANSWER)
      printf("answer %.*s\n", (int)strcspn(data, "\r\n"), data);
    if (is_answers && head.event == POWERCUT_SEEN) printf("seen %s\n", path);
  }
  if (is_count) printf("%" G_GUINT64_FORMAT "\n", syncs + 1);
  if (is_build) build(argv[5]);
  return 0;
}
