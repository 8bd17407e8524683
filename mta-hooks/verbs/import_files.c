/* Old archives as files. An mbox is mapped and walked line by line; a mail begins at a "From " line that
 * stands first or after an empty line and looks like one (somebody, then a time): text that begins "From now
 * on" without an empty line before it does not cut a mail in two. One ">" is taken from ">From " at any depth
 * of quoting, as mboxrd wrote it; in the older mboxo only one depth was ever written, so that is right for
 * it, too. */
#include "mta-hooks/verbs/import_files.h"

#include "lib/base/fault.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { SEPARATOR_BYTES = 500 };

/* Lines of a mapped file. */
struct lines {
  const char *at, *end;
};

/* The next line without its end; false at the end of the file. */
static bool next_line(struct lines *lines, const char **line, gsize *length)
{
  if (lines->at >= lines->end) return false;
  const char *newline = memchr(lines->at, '\n', (gsize)(lines->end - lines->at));
  *line = lines->at;
  *length = (gsize)((newline ? newline : lines->end) - lines->at);
  lines->at = newline ? newline + 1 : lines->end;
  if (*length > 0 && (*line)[*length - 1] == '\r') --*length;
  return true;
}

/* "From anna@post.example Mon Mar  2 10:15:00 2026": a time with two colons is what distinguishes it from
 * prose. */
static bool is_separator(const char *line, gsize length)
{
  if (length < 5 || memcmp(line, "From ", 5) != 0) return false;
  const char *colon = memchr(line, ':', length);
  while (colon && colon > line) {
    gsize rest = length - (gsize)(colon - line);
    if (rest > 2 && g_ascii_isdigit(colon[-1]) && g_ascii_isdigit(colon[1]) && g_ascii_isdigit(colon[2]))
      return true;
    colon = memchr(colon + 1, ':', rest - 1);
  }
  return false;
}

/* The time of a separator, as asctime writes it, with or without a zone's name: UTC is what mbox says (RFC
 * 4155), and hours do not matter here. 0: none can be read. */
static int64_t separator_time(const char *line, gsize length)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  g_autofree char *copy = g_strndup(line, MIN(length, (gsize)SEPARATOR_BYTES));
  for (const char *at = copy; (at = strchr(at, ' ')); at++) {
    char month[4];
    int day, hour, minute, second, year, end = 0;
    if (sscanf(at, " %3[A-Za-z] %2d %2d:%2d:%2d%n", month, &day, &hour, &minute, &second, &end) != 5)
      continue;
    const char *found = strstr(months, month), *behind = at + end;
    while (*behind && !(g_ascii_isdigit(behind[0]) && strspn(behind, "0123456789") == 4 && behind[-1] == ' '))
      behind++;
    if (!found || (found - months) % 3 != 0 || sscanf(behind, "%4d", &year) != 1) continue;
    g_autoptr(GDateTime) time =
        g_date_time_new_utc(year, (int)(found - months) / 3 + 1, day, hour, minute, MIN(second, 59));
    return time ? g_date_time_to_unix(time) : 0;
  }
  return 0;
}

/* Is this "From " behind one or more ">"? */
static bool is_quoted_from(const char *line, gsize length)
{
  gsize i = 0;
  while (i < length && line[i] == '>') i++;
  return i > 0 && length - i >= 5 && memcmp(line + i, "From ", 5) == 0;
}

static void append_line(GString *mail, const char *line, gsize length)
{
  gsize skip = is_quoted_from(line, length) ? 1 : 0;
  g_string_append_len(mail, line + skip, (gssize)(length - skip));
  g_string_append(mail, "\r\n");
}

/* Hands over what was gathered; the empty line before the next separator belongs to the mbox. */
static bool hand_over(GString *mail, int64_t delivered, double progress, archive_each *each, void *data,
                      GError **error)
{
  bool ends_empty = mail->len > 4 && memcmp(mail->str + mail->len - 4, "\r\n\r\n", 4) == 0;
  if (ends_empty) g_string_truncate(mail, mail->len - 2);
  struct archived it = { .raw = mail->str, .size = mail->len, .delivered = delivered, .progress = progress };
  bool goes_on = mail->len == 0 || each(&it, data, error);
  g_string_truncate(mail, 0);
  return goes_on;
}

bool archive_read_mbox(const char *bytes, gsize size, archive_each *each, void *data, GError **error)
{
  struct lines lines = { .at = bytes, .end = bytes + size };
  g_autoptr(GString) mail = g_string_new(NULL);
  const char *line;
  gsize length;
  bool was_empty = true;
  int64_t delivered = 0;
  while (next_line(&lines, &line, &length)) {
    if (was_empty && is_separator(line, length)) {
      double progress = (double)(line - bytes) / (double)size;
      if (!hand_over(mail, delivered, progress, each, data, error)) return false;
      delivered = separator_time(line, length);
      was_empty = false;
      continue;
    }
    was_empty = length == 0;
    append_line(mail, line, length);
  }
  return hand_over(mail, delivered, 1, each, data, error);
}

/* One file of a maildir, with CRLF. */
static bool read_single(const char *path, double progress, archive_each *each, void *data, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
  if (!file) return fault_set(error, FAULT_INPUT, "%s cannot be read (%s).", path, cause->message);
  const char *bytes = g_mapped_file_get_contents(file);
  struct lines lines = { .at = bytes, .end = bytes ? bytes + g_mapped_file_get_length(file) : NULL };
  g_autoptr(GString) mail = g_string_new(NULL);
  const char *line;
  gsize length;
  while (next_line(&lines, &line, &length)) {
    g_string_append_len(mail, line, (gssize)length);
    g_string_append(mail, "\r\n");
  }
  struct stat status;
  struct archived it = { .raw = mail->str,
                         .size = mail->len,
                         .delivered = stat(path, &status) == 0 ? status.st_mtime : 0,
                         .progress = progress };
  return mail->len == 0 || each(&it, data, error);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of cur and new, by name: maildir names begin with the time of delivery. Folders below them (some
 * servers put indexes there) are passed over. */
static GPtrArray *maildir_files(const char *path)
{
  static const char *const folders[] = { "cur", "new" };
  GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
  for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
    g_autofree char *folder = g_build_filename(path, folders[i], NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
      g_autofree char *file = g_build_filename(folder, name, NULL);
      if (*name != '.' && !g_file_test(file, G_FILE_TEST_IS_DIR))
        g_ptr_array_add(files, g_build_filename(folders[i], name, NULL));
    }
  }
  g_ptr_array_sort(files, compare_names);
  return files;
}

static bool read_maildir(const char *path, archive_each *each, void *data, GError **error)
{
  g_autoptr(GPtrArray) files = maildir_files(path);
  for (guint i = 0; i < files->len; i++) {
    g_autofree char *file = g_build_filename(path, (char *)g_ptr_array_index(files, i), NULL);
    if (!read_single(file, (double)(i + 1) / files->len, each, data, error)) return false;
  }
  return true;
}

/* A mapped mbox on its way to whoever wants its mails. What is behind us leaves memory in large steps: it
 * stays readable, and an archive of any size takes no more than a step of it. */
struct mapped {
  const char *bytes;
  gsize size, left_behind;
  archive_each *each;
  void *data;
};

enum { STEP_BYTES = 8 << 20 };

static bool pass_on(const struct archived *mail, void *data, GError **error)
{
  struct mapped *mapped = data;
  gsize reached = (gsize)(mail->progress * (double)mapped->size) / STEP_BYTES * STEP_BYTES;
  if (reached > mapped->left_behind && reached < mapped->size) {
    madvise((char *)(gintptr)mapped->bytes + mapped->left_behind, reached - mapped->left_behind,
            MADV_DONTNEED);
    mapped->left_behind = reached;
  }
  return mapped->each(mail, mapped->data, error);
}

bool archive_read(const char *path, archive_each *each, void *data, GError **error)
{
  g_autofree char *cur = g_build_filename(path, "cur", NULL);
  if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
    if (g_file_test(cur, G_FILE_TEST_IS_DIR)) return read_maildir(path, each, data, error);
    return fault_set(error, FAULT_INPUT, "%s is a directory, but no maildir: it has no folder cur.", path);
  }
  g_autoptr(GError) cause = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
  if (!file) return fault_set(error, FAULT_INPUT, "%s cannot be read (%s).", path, cause->message);
  const char *bytes = g_mapped_file_get_contents(file);
  gsize size = g_mapped_file_get_length(file);
  if (size == 0) return true;
  if (size < 5 || memcmp(bytes, "From ", 5) != 0)
    return fault_set(error, FAULT_INPUT, "%s is no mbox: it does not begin with a \"From \" line.", path);
  struct mapped mapped = { .bytes = bytes, .size = size, .each = each, .data = data };
  return archive_read_mbox(bytes, size, pass_on, &mapped, error);
}
