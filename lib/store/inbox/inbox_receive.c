/* The inbox, receiving: mails are put in groups with one sync for all of them, large bodies come as spool
 * files.
 *
 * What inbox_commit promises: every mail of the group is on disk, at the path where the worker will look for
 * it. A spool file is synced by the caller (any thread may), its name by the commit; then come the rows; then
 * the files are looked for at their paths. */
#include "lib/base/crash.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/inbox/inbox_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NAME_BYTES = 12, NAME_TRIES = 8, RECEIVER_URGENCY = 12, RESERVE_BYTES = 16 << 20, RESERVE_SHARE = 4 };

char *inbox_spool_path(const struct inbox *inbox, const char *name)
{
  return g_build_filename(inbox->spool, name, NULL);
}

/* 24 hexadecimal digits that nobody can guess. */
static char *random_name(void)
{
  unsigned char bytes[NAME_BYTES];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return NULL;
  GString *name = g_string_new(NULL);
  for (gsize i = 0; i < sizeof bytes; i++) g_string_append_printf(name, "%02x", bytes[i]);
  return g_string_free(name, FALSE);
}

int inbox_spool_create(struct inbox *inbox, char **name, GError **error)
{
  for (int i = 0; i < NAME_TRIES; i++) {
    g_autofree char *random = random_name();
    if (!random) break;
    g_autofree char *path = inbox_spool_path(inbox, random);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
      *name = g_steal_pointer(&random);
      return fd;
    }
    if (errno != EEXIST) break;
  }
  fault_set_errno(error, FAULT_TEMPORARY, errno, "A spool file cannot be made in %s", inbox->spool);
  return -1;
}

/* A name that we might have given: nothing that leads elsewhere. */
static bool is_spool_name(const char *name)
{
  if (!name || strlen(name) != 2 * NAME_BYTES) return false;
  for (; *name; name++)
    if (!g_ascii_isxdigit(*name)) return false;
  return true;
}

void inbox_spool_remove(struct inbox *inbox, const char *name)
{
  if (!name || strchr(name, '/') || name[0] == '.') return;
  g_autofree char *path = inbox_spool_path(inbox, name);
  unlink(path);
}

/* What stands in SQLite's log may have to go to the file as well, so it counts twice. Where the disk cannot
 * be asked there is room: the write will tell. */
bool inbox_has_room(struct inbox *inbox, int64_t size_bytes)
{
  struct statvfs disk;
  struct stat log;
  g_autofree char *log_path = g_strconcat(inbox->db->path, "-wal", NULL);
  if (statvfs(inbox->db->directory, &disk) != 0) return true;
  int64_t block = (int64_t)disk.f_frsize, left = (int64_t)disk.f_bavail * block;
  int64_t reserve = MIN((int64_t)disk.f_blocks * block / RESERVE_SHARE, (int64_t)RESERVE_BYTES);
  if (stat(log_path, &log) == 0) reserve += log.st_size;
  return left >= reserve + size_bytes;
}

bool inbox_begin(struct inbox *inbox, GError **error)
{
  g_ptr_array_set_size(inbox->group_spool, 0);
  if (!inbox_has_room(inbox, 0))
    return fault_set(error, FAULT_TEMPORARY,
                     "The disk of %s is all but full; what is left is kept for emptying the inbox",
                     inbox->db->directory);
  inbox->db->urgency = RECEIVER_URGENCY;
  return db_begin(inbox->db, error);
}

static bool spool_is_there(struct inbox *inbox, const char *name, GError **error)
{
  struct stat status;
  g_autofree char *path = inbox_spool_path(inbox, name);
  if (lstat(path, &status) == 0 && S_ISREG(status.st_mode)) return true;
  return fault_set(error, FAULT_TEMPORARY, "The spool file %s is gone", path);
}

bool inbox_put(struct inbox *inbox, const struct inbox_mail *mail, GError **error)
{
  if (!!mail->body == !!mail->spool || (mail->spool && !is_spool_name(mail->spool)))
    return fault_set(error, FAULT_BUG, "A mail for the inbox must have either a body or a spool file");
  if (mail->spool && !spool_is_there(inbox, mail->spool, error)) return false;
  g_autofree char *recipients = g_strjoinv("\n", mail->recipients);
  int64_t id;
  if (!db_insert(inbox->db, Q_INBOX_INSERT, &id, error, INT(mail->received), TEXT(mail->sender),
                 TEXT(recipients), INT(mail->size_bytes), TEXT_OR_NULL(mail->spool)))
    return false;
  if (mail->spool) {
    g_ptr_array_add(inbox->group_spool, g_strdup(mail->spool));
    return true;
  }
  gsize size;
  const void *bytes = g_bytes_get_data(mail->body, &size);
  return db_run(inbox->db, Q_INBOX_INSERT_BODY, error, INT(id), BLOB(bytes, size));
}

static bool group_spool_is_there(struct inbox *inbox, GError **error)
{
  for (guint i = 0; i < inbox->group_spool->len; i++)
    if (!spool_is_there(inbox, inbox->group_spool->pdata[i], error)) return false;
  return true;
}

/* Before the rows: the names of their files. */
static bool sync_spool(struct inbox *inbox, GError **error)
{
  if (inbox->group_spool->len == 0) return true;
  if (!durable_sync_directory(inbox->spool, error)) return false;
  crash_point("inbox.spool.synced");
  return true;
}

bool inbox_commit(struct inbox *inbox, GError **error)
{
  if (!sync_spool(inbox, error)) {
    inbox_rollback(inbox);
    return false;
  }
  crash_point("inbox.commit.before");
  bool is_done = db_commit(inbox->db, error);
  crash_point("inbox.commit.after");
  is_done = is_done && group_spool_is_there(inbox, error);
  g_ptr_array_set_size(inbox->group_spool, 0);
  return is_done;
}

void inbox_rollback(struct inbox *inbox)
{
  g_ptr_array_set_size(inbox->group_spool, 0);
  db_rollback(inbox->db);
}

void inbox_tidy(struct inbox *inbox)
{
  db_checkpoint(inbox->db);
}
