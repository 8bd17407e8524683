/* Large raw mails as files; see raw_files.h.
 *
 * The body was synced once, when it was accepted; a hard link gives it its second name without copying a
 * byte. The name is synced before the row that tells of it is committed. A file of that name without a row is
 * what a crash left: it may hold the same mail with other trace fields, so it is replaced, never trusted. */
#include "lib/store/raw_files.h"
#include "lib/base/crash.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/base/mapped.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_BYTES = 32, NAME_LENGTH = 3 + 2 * KEY_BYTES + 4 };

char *raw_file_name(const unsigned char key[32])
{
  GString *name = g_string_sized_new(NAME_LENGTH + 1);
  g_string_append_printf(name, "%02x/", key[0]);
  for (int i = 0; i < KEY_BYTES; i++) g_string_append_printf(name, "%02x", key[i]);
  g_string_append(name, ".eml");
  return g_string_free(name, FALSE);
}

bool raw_file_key(const char *name, unsigned char key[32])
{
  if (strlen(name) != NAME_LENGTH || name[2] != '/' || !g_str_has_suffix(name, ".eml")) return false;
  for (int i = 0; i < KEY_BYTES; i++) {
    int high = g_ascii_xdigit_value(name[3 + 2 * i]), low = g_ascii_xdigit_value(name[4 + 2 * i]);
    if (high < 0 || low < 0) return false;
    key[i] = (unsigned char)(high * 16 + low);
  }
  g_autofree char *same = raw_file_name(key);
  return g_str_equal(same, name);
}

/* A second name for `path`; false: not on this file system, the bytes must be copied. */
static bool link_file(const char *path, const char *to)
{
  g_autofree char *temporary = g_strconcat(to, ".tmp", NULL);
  unlink(temporary);
  if (link(path, temporary) != 0) return false;
  if (rename(temporary, to) == 0) {
    unlink(temporary); /* rename(2) does nothing where both are the same file already */
    return true;
  }
  unlink(temporary);
  return false;
}

bool raw_file_put(const char *directory, const char *name, const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *to = g_build_filename(directory, "raw", name, NULL);
  g_autofree char *folder = g_path_get_dirname(to);
  if (!durable_make_directories(folder, 0700, error)) return false;
  if (!path || !link_file(path, to)) {
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    if (!durable_stage(to, data, size, 0600, error)) return false;
  }
  crash_point("mail.link.after");
  return durable_sync_directory(folder, error);
}

GBytes *raw_file_map(const char *directory, const char *name, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *path = g_build_filename(directory, "raw", name, NULL);
  GBytes *file = mapped_file(path, &local);
  if (file) return file;
  fault_set(error, FAULT_FILE, "The mail's file %s cannot be read: %s", path, local->message);
  return NULL;
}
