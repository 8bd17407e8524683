/* Where address books come from and go to: the store, a shipped district, and the small file that the worker
 * publishes for the receiver and the socketmap, so that these never open the big database.
 *
 * The file is text, sorted, so that the same lists give the same bytes:
 *   kiezpost addresses 1
 *   domain kiez.example
 *   delimiter +
 *   alias gruenau-kiez gruenau
 *   list gruenau group
 *   sum <SHA-256 of all lines above, in hex>
 * A file that is torn, of another version or of another domain is a TEMPORARY fault: the MTA tries again, the
 * operator is told. */
#include "lists/addresses/addresses_private.h"

#include "lib/base/durable.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <string.h>

static const char first_line[] = "kiezpost addresses 1";

static int compare_lines(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One line a list and alias, sorted. */
static GPtrArray *book_lines(const struct address_book *book)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init(&iter, book->lists);
  while (g_hash_table_iter_next(&iter, &key, &value)) {
    const struct address_entry *entry = value;
    g_ptr_array_add(lines, g_strdup_printf("list %s %s", entry->list, entry->kind));
  }
  g_hash_table_iter_init(&iter, book->names);
  while (g_hash_table_iter_next(&iter, &key, &value)) {
    const struct address_entry *entry = value;
    g_autofree char *own = g_utf8_strdown(entry->list, -1);
    if (strcmp(key, own) != 0)
      g_ptr_array_add(lines, g_strdup_printf("alias %s %s", (char *)key, entry->list));
  }
  g_ptr_array_sort(lines, compare_lines);
  return lines;
}

/* The whole file. */
static GString *book_bytes(const struct address_book *book)
{
  GString *bytes = g_string_new(NULL);
  g_string_append_printf(bytes, "%s\ndomain %s\ndelimiter %s\n", first_line, book->domain, book->delimiter);
  g_autoptr(GPtrArray) lines = book_lines(book);
  for (guint i = 0; i < lines->len; i++) g_string_append_printf(bytes, "%s\n", (char *)lines->pdata[i]);
  g_autofree char *sum =
      g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes->str, bytes->len);
  g_string_append_printf(bytes, "sum %s\n", sum);
  return bytes;
}

bool addresses_publish(const struct address_book *book, const char *path, GError **error)
{
  g_autoptr(GString) bytes = book_bytes(book);
  g_autofree char *old = NULL;
  gsize old_size = 0;
  if (g_file_get_contents(path, &old, &old_size, NULL) && old_size == bytes->len &&
      memcmp(old, bytes->str, old_size) == 0)
    return true;
  return durable_replace(path, bytes->str, bytes->len, 0644, error);
}

/* Checks the last line against the bytes before it and cuts it off. */
static bool check_sum(char *bytes, gsize size)
{
  if (size == 0 || bytes[size - 1] != '\n' || memchr(bytes, '\0', size)) return false;
  bytes[size - 1] = '\0';
  char *last = strrchr(bytes, '\n');
  if (!last || !g_str_has_prefix(last + 1, "sum ")) return false;
  last++;
  g_autofree char *sum =
      g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, (gsize)(last - bytes));
  bool is_whole = strcmp(last + strlen("sum "), sum) == 0;
  *last = '\0';
  return is_whole;
}

/* Takes in one "list …" or "alias …" line; in sorted order aliases come first, so they are put off to the
 * second pass. */
static bool read_line(struct address_book *book, const char *line, bool want_lists)
{
  g_auto(GStrv) words = g_strsplit(line, " ", 4);
  if (g_strv_length(words) != 3) return false;
  if (strcmp(words[0], "list") == 0) return !want_lists || addresses_add_list(book, words[1], words[2]);
  if (strcmp(words[0], "alias") == 0) return want_lists || addresses_add_alias(book, words[1], words[2]);
  return false;
}

/* Fills the book from the lines of a whole file. */
static bool read_lines(struct address_book *book, char **lines)
{
  if (g_strv_length(lines) < 4 || strcmp(lines[0], first_line) != 0) return false;
  g_autofree char *domain = g_strconcat("domain ", book->domain, NULL);
  if (strcmp(lines[1], domain) != 0 || !g_str_has_prefix(lines[2], "delimiter ")) return false;
  g_free(book->delimiter);
  book->delimiter = g_strdup(lines[2] + strlen("delimiter "));
  if (!*book->delimiter) return false;
  for (int pass = 0; pass < 2; pass++)
    for (char **line = lines + 3; *line && **line; line++)
      if (!read_line(book, *line, pass == 0)) return false;
  return true;
}

struct address_book *addresses_from_file(const char *path, const struct config *config, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_autoptr(GError) cause = NULL;
  if (!g_file_get_contents(path, &bytes, &size, &cause)) {
    fault_set(error, FAULT_TEMPORARY,
              "The address file cannot be read (%s); the worker publishes it at its start.", cause->message);
    return NULL;
  }
  if (!check_sum(bytes, size)) {
    fault_set(error, FAULT_TEMPORARY, "%s: the address file is torn or no address file at all.", path);
    return NULL;
  }
  g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
  g_autoptr(address_book_t) book = addresses_new(config);
  if (!read_lines(book, lines)) {
    fault_set(error, FAULT_TEMPORARY, "%s: the address file is of another version or another domain than %s.",
              path, book->domain);
    return NULL;
  }
  return g_steal_pointer(&book);
}
