/* Archives of files; see tar.h. A block of 512 bytes says name, size and a sum over itself; the file's bytes
 * follow, filled up to whole blocks; two empty blocks are the end. An archive whose end or whose digests are
 * missing was cut off and is not believed. */
#include "lib/base/tar.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, PIECE = 1 << 20 };
static const char sums_name[] = "SHA256SUMS";

struct header {
  char name[100], mode[8], uid[8], gid[8], size[12], modified[12], sum[8], type, link[100], magic[6],
      version[2], user[32], group[32], major[8], minor[8], prefix[155], fill[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a header fills one block");

struct tar_writer {
  int fd;
  char *path, *temporary;
  GString *sums;
};

/* ---- numbers and sums ------------------------------------------------------------------------------ */

static void put_octal(char *field, gsize size, guint64 number)
{
  g_snprintf(field, (gulong)size, "%0*" G_GINT64_MODIFIER "o", (int)size - 1, number);
}

/* Twelve octal digits hold 8 GB; beyond, the first bit says that the rest is binary. */
static void put_size(char field[12], guint64 number)
{
  if (number < (guint64)1 << 33) {
    put_octal(field, 12, number);
    return;
  }
  memset(field, 0, 12);
  for (int i = 11; i > 3; i--, number >>= 8) field[i] = (char)(number & 0xff);
  field[0] = (char)0x80;
}

/* -1: no number. */
static gint64 read_size(const char field[12])
{
  guint64 number = 0;
  if ((unsigned char)field[0] == 0x80) {
    for (int i = 4; i < 12; i++) number = number << 8 | (unsigned char)field[i];
    return number <= G_MAXINT64 ? (gint64)number : -1;
  }
  for (int i = 0; i < 11; i++) {
    if (field[i] < '0' || field[i] > '7') return -1;
    number = number << 3 | (guint64)(field[i] - '0');
  }
  return (gint64)number;
}

/* The sum of all bytes, those of the sum itself counted as spaces. */
static unsigned sum_of(const struct header *header)
{
  const unsigned char *bytes = (const unsigned char *)header;
  unsigned sum = 0;
  for (gsize i = 0; i < BLOCK; i++) sum += bytes[i];
  for (gsize i = 0; i < sizeof header->sum; i++) sum += ' ' - (unsigned char)header->sum[i];
  return sum;
}

/* ---- writing --------------------------------------------------------------------------------------- */

struct tar_writer *tar_create(const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  g_autofree char *temporary = g_build_filename(directory, ".tmp-XXXXXX", NULL);
  int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0) {
    fault_set_errno(error, FAULT_FILE, errno, "No file can be made in %s", directory);
    return NULL;
  }
  struct tar_writer *writer = g_new0(struct tar_writer, 1);
  writer->fd = fd;
  writer->path = g_strdup(path);
  writer->temporary = g_steal_pointer(&temporary);
  writer->sums = g_string_new(NULL);
  return writer;
}

void tar_abandon(struct tar_writer *writer)
{
  if (!writer) return;
  close(writer->fd);
  if (writer->temporary) unlink(writer->temporary);
  g_free(writer->temporary);
  g_free(writer->path);
  g_string_free(writer->sums, TRUE);
  g_free(writer);
}

static bool write_header(struct tar_writer *writer, const char *name, guint64 size, int64_t modified,
                         GError **error)
{
  struct header header = { .type = '0', .magic = "ustar", .version = { '0', '0' } };
  if (strlen(name) > sizeof header.name)
    return fault_set(error, FAULT_BUG, "\"%s\" is too long a name for an archive", name);
  memcpy(header.name, name, strlen(name));
  put_octal(header.mode, sizeof header.mode, 0600);
  put_octal(header.uid, sizeof header.uid, 0);
  put_octal(header.gid, sizeof header.gid, 0);
  put_size(header.size, size);
  put_octal(header.modified, sizeof header.modified, (guint64)MAX(modified, 0));
  put_octal(header.sum, 7, sum_of(&header));
  header.sum[7] = ' ';
  return durable_write(writer->fd, &header, sizeof header, error);
}

static bool write_padding(struct tar_writer *writer, guint64 size, GError **error)
{
  static const char zeros[BLOCK];
  gsize rest = (gsize)(size % BLOCK);
  return rest == 0 || durable_write(writer->fd, zeros, BLOCK - rest, error);
}

static void note_sum(struct tar_writer *writer, GChecksum *checksum, const char *name)
{
  g_string_append_printf(writer->sums, "%s  %s\n", g_checksum_get_string(checksum), name);
}

bool tar_add_bytes(struct tar_writer *writer, const char *name, const void *bytes, gsize size,
                   int64_t modified, GError **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, bytes, (gssize)size);
  note_sum(writer, checksum, name);
  return write_header(writer, name, size, modified, error) && durable_write(writer->fd, bytes, size, error) &&
         write_padding(writer, size, error);
}

/* Copies exactly `size` bytes: a file that shrinks meanwhile is a fault, one that grows is cut. */
static bool copy_file(struct tar_writer *writer, int fd, const char *path, guint64 size, GChecksum *checksum,
                      GError **error)
{
  g_autofree char *piece = g_malloc(PIECE);
  while (size > 0) {
    ssize_t got = read(fd, piece, (size_t)MIN(size, (guint64)PIECE));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be read", path);
    if (got == 0) return fault_set(error, FAULT_FILE, "%s became shorter while it was read", path);
    g_checksum_update(checksum, (const guchar *)piece, got);
    if (!durable_write(writer->fd, piece, (size_t)got, error)) return false;
    size -= (guint64)got;
  }
  return true;
}

static bool add_open_file(struct tar_writer *writer, const char *name, const char *path, int fd,
                          GError **error)
{
  struct stat status;
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
    return fault_set(error, FAULT_FILE, "%s is no regular file", path);
  guint64 size = (guint64)status.st_size;
  if (!write_header(writer, name, size, status.st_mtime, error) ||
      !copy_file(writer, fd, path, size, checksum, error))
    return false;
  note_sum(writer, checksum, name);
  return write_padding(writer, size, error);
}

bool tar_add_file(struct tar_writer *writer, const char *name, const char *path, bool *is_gone,
                  GError **error)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (is_gone) *is_gone = fd < 0 && errno == ENOENT;
  if (is_gone && *is_gone) return true;
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be read", path);
  bool is_done = add_open_file(writer, name, path, fd, error);
  close(fd);
  return is_done;
}

static bool write_end(struct tar_writer *writer, GError **error)
{
  static const char zeros[2 * BLOCK];
  g_autofree char *directory = g_path_get_dirname(writer->path);
  if (!write_header(writer, sums_name, writer->sums->len, 0, error) ||
      !durable_write(writer->fd, writer->sums->str, writer->sums->len, error) ||
      !write_padding(writer, writer->sums->len, error) ||
      !durable_write(writer->fd, zeros, sizeof zeros, error))
    return false;
  if (fsync(writer->fd) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be synced", writer->path);
  if (rename(writer->temporary, writer->path) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its name", writer->path);
  g_clear_pointer(&writer->temporary, g_free);
  return durable_sync_directory(directory, error);
}

bool tar_finish(struct tar_writer *writer, GError **error)
{
  bool is_done = write_end(writer, error);
  tar_abandon(writer);
  return is_done;
}

/* ---- reading --------------------------------------------------------------------------------------- */

struct reader {
  int fd;
  const char *path;
  gint64 size; /* of the archive */
  tar_place *place;
  void *data;
  GHashTable *sums; /* name → digest of what was read */
  bool is_checked;  /* the digests were there and right */
};

static bool no_archive(const struct reader *reader, const char *why, GError **error)
{
  return fault_set(error, FAULT_INPUT, "%s is no archive of kiezpost, or is damaged: %s", reader->path, why);
}

/* Reads exactly `size` bytes. */
static bool read_all(struct reader *reader, void *bytes, gsize size, GError **error)
{
  char *rest = bytes;
  while (size > 0) {
    ssize_t got = read(reader->fd, rest, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be read", reader->path);
    if (got == 0) return no_archive(reader, "it was cut off", error);
    rest += got;
    size -= (gsize)got;
  }
  return true;
}

/* Copies an entry's bytes to `out` (-1: nowhere) and notes their digest. */
static bool read_bytes(struct reader *reader, const char *name, gint64 size, int out, GError **error)
{
  g_autofree char *piece = g_malloc(PIECE);
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  for (gint64 rest = size; rest > 0;) {
    gsize count = (gsize)MIN(rest, PIECE);
    if (!read_all(reader, piece, count, error)) return false;
    g_checksum_update(checksum, (const guchar *)piece, (gssize)count);
    if (out >= 0 && !durable_write(out, piece, count, error)) return false;
    rest -= (gint64)count;
  }
  g_hash_table_replace(reader->sums, g_strdup(name), g_strdup(g_checksum_get_string(checksum)));
  gsize rest = (gsize)(size % BLOCK);
  return rest == 0 || read_all(reader, piece, BLOCK - rest, error);
}

static bool read_into(struct reader *reader, const char *name, gint64 size, const char *path, GError **error)
{
  int out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (out < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be made", path);
  bool is_done = read_bytes(reader, name, size, out, error);
  if (is_done && fsync(out) != 0)
    is_done = fault_set_errno(error, FAULT_FILE, errno, "%s cannot be synced", path);
  close(out);
  return is_done;
}

/* Compares the digests written at the end with those of what was read: the same names, the same sums. */
static bool check_sums(struct reader *reader, gint64 size, GError **error)
{
  g_autofree char *text = g_malloc((gsize)size + BLOCK + 1);
  gsize padded = ((gsize)size + BLOCK - 1) / BLOCK * BLOCK;
  if (!read_all(reader, text, padded, error)) return false;
  text[size] = '\0';
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  guint count = 0;
  for (char **line = lines; *line; line++) {
    char *name = strstr(*line, "  ");
    if (!name) continue;
    *name = '\0';
    if (g_strcmp0(g_hash_table_lookup(reader->sums, name + 2), *line) != 0)
      return no_archive(reader, "a digest differs", error);
    count++;
  }
  reader->is_checked = count == g_hash_table_size(reader->sums);
  return reader->is_checked || no_archive(reader, "digests are missing", error);
}

static bool read_entry(struct reader *reader, const struct header *header, GError **error)
{
  char name[sizeof header->name + 1] = { 0 };
  g_autofree char *path = NULL;
  gint64 size = read_size(header->size);
  memcpy(name, header->name, sizeof header->name);
  if (reader->is_checked) return no_archive(reader, "something stands behind its end", error);
  if (size > reader->size) return no_archive(reader, "it was cut off", error);
  if (size < 0 || header->type != '0' || header->prefix[0])
    return no_archive(reader, "it holds what kiezpost never writes", error);
  if (strcmp(name, sums_name) == 0) return check_sums(reader, size, error);
  if (g_hash_table_contains(reader->sums, name)) return no_archive(reader, "a name is there twice", error);
  if (!reader->place(name, size, &path, reader->data, error)) return false;
  return path ? read_into(reader, name, size, path, error) : read_bytes(reader, name, size, -1, error);
}

/* One header and what follows; *is_end at the empty block. */
static bool read_next(struct reader *reader, bool *is_end, GError **error)
{
  static const struct header empty;
  struct header header;
  char sum[7] = { 0 };
  if (!read_all(reader, &header, sizeof header, error)) return false;
  *is_end = memcmp(&header, &empty, sizeof header) == 0;
  if (*is_end) return true;
  memcpy(sum, header.sum, 6);
  if (memcmp(header.magic, "ustar", 5) != 0 || g_ascii_strtoull(sum, NULL, 8) != sum_of(&header))
    return no_archive(reader, "a block has the wrong sum", error);
  return read_entry(reader, &header, error);
}

static bool read_archive(struct reader *reader, GError **error)
{
  for (bool is_end = false; !is_end;)
    if (!read_next(reader, &is_end, error)) return false;
  return reader->is_checked || no_archive(reader, "its digests are missing", error);
}

bool tar_extract(const char *path, tar_place *place, void *data, GError **error)
{
  struct reader reader = { .path = path, .place = place, .data = data };
  reader.fd = open(path, O_RDONLY | O_CLOEXEC);
  if (reader.fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be read", path);
  struct stat status;
  reader.size = fstat(reader.fd, &status) == 0 ? status.st_size : 0;
  reader.sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  bool is_done = read_archive(&reader, error);
  g_hash_table_unref(reader.sums);
  close(reader.fd);
  return is_done;
}
