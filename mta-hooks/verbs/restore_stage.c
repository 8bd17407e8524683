/* A backup unpacked and made ready; see restore_stage.h. Names in the archive are not believed: each must be
 * one that backup writes. */
#include "mta-hooks/verbs/restore_stage.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/base/tar.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "mta-hooks/verbs/backup.h"
#include "web-archive/publish.h"

enum { INBOX_PAGE = 50 };

void stage_init(struct stage *stage, const struct config *config)
{
  stage->store = g_strconcat(config->store, ".restoring", NULL);
  stage->inbox = g_strconcat(config->inbox, ".restoring", NULL);
  stage->keys = g_strconcat(config->keys, ".restoring", NULL);
}

void stage_clear(struct stage *stage)
{
  g_free(stage->store);
  g_free(stage->inbox);
  g_free(stage->keys);
}

void stage_remove(const struct stage *stage)
{
  backup_remove_tree(stage->store);
  backup_remove_tree(stage->inbox);
  unlink(stage->keys);
}

struct one {
  const char *name, *path;
  bool is_first_right, is_found;
};

/* The first entry says what the archive is. */
static bool check_first(const char *name, bool *is_first_right, GError **error)
{
  if (*is_first_right || strcmp(name, BACKUP_NOTE) == 0) return *is_first_right = true;
  return fault_set(error, FAULT_INPUT, "This is an archive, but no backup of kiezpost.");
}

static bool place_one(const char *name, int64_t size, char **path, void *data, GError **error)
{
  struct one *one = data;
  (void)size;
  if (!check_first(name, &one->is_first_right, error)) return false;
  if (strcmp(name, one->name) != 0) return true;
  one->is_found = true;
  *path = g_strdup(one->path);
  return true;
}

bool stage_extract_one(const char *archive, const char *name, const char *path, GError **error)
{
  struct one one = { .name = name, .path = path };
  unlink(path);
  if (!tar_extract(archive, place_one, &one, error)) return false;
  return one.is_found || fault_set(error, FAULT_INPUT, "The backup holds no %s.", name);
}

/* Hexadecimal digits, one slash at most, ".eml" at the end: what raw/ and spool/ hold, and nothing that leads
 * elsewhere. */
static bool is_plain_file(const char *name)
{
  gsize length = strlen(name);
  if (length > 4 && g_str_has_suffix(name, ".eml")) length -= 4;
  gsize folder = strspn(name, "0123456789abcdef");
  if (folder > 0 && name[folder] == '/') folder++;
  return folder > 0 && folder + strspn(name + folder, "0123456789abcdef") == length &&
         name[length - 1] != '/';
}

struct unpacking {
  const struct stage *stage;
  bool is_first_right;
};

/* Where an entry goes; the folders of large mails are made as they come. */
static bool place_all(const char *name, int64_t size, char **path, void *data, GError **error)
{
  struct unpacking *job = data;
  const struct stage *stage = job->stage;
  const struct {
    const char *name, *directory, *rest;
    bool is_prefix;
  } places[] = { { BACKUP_STORE, stage->store, "kiezpost.db", false },
                 { BACKUP_INBOX, stage->inbox, "inbox.db", false },
                 { BACKUP_RAW, stage->store, "raw", true },
                 { BACKUP_SPOOL, stage->inbox, "spool", true } };
  (void)size;
  if (!check_first(name, &job->is_first_right, error)) return false;
  if (strcmp(name, BACKUP_NOTE) == 0 || strcmp(name, BACKUP_CONFIG) == 0) return true;
  if (strcmp(name, BACKUP_KEYS) == 0) *path = g_strdup(stage->keys);
  for (gsize i = 0; i < G_N_ELEMENTS(places) && !*path; i++) {
    gsize length = strlen(places[i].name);
    if (!places[i].is_prefix && strcmp(name, places[i].name) == 0)
      *path = g_build_filename(places[i].directory, places[i].rest, NULL);
    if (places[i].is_prefix && strncmp(name, places[i].name, length) == 0 && is_plain_file(name + length))
      *path = g_build_filename(places[i].directory, places[i].rest, name + length, NULL);
  }
  if (!*path)
    return fault_set(error, FAULT_INPUT, "The backup holds \"%s\", which kiezpost never writes.", name);
  g_autofree char *folder = g_path_get_dirname(*path);
  return durable_make_directories(folder, 0700, error);
}

/* Older databases come to this version; newer ones are refused; the store must be sound. */
static bool check_store(const struct stage *stage, GError **error)
{
  int from, to;
  if (!store_upgrade(stage->store, &from, &to, error) || !inbox_upgrade(stage->inbox, &from, &to, error))
    return false;
  g_autoptr(store_t) store = store_open(stage->store, STORE_WRITE, error);
  g_autoptr(GPtrArray) complaints = store ? store_verify(store, error) : NULL;
  if (!complaints) return false;
  return complaints->len == 0 ||
         fault_set(error, FAULT_INPUT, "The backup's store is not sound: %s.", (char *)complaints->pdata[0]);
}

bool stage_extract(const struct stage *stage, const char *archive, GError **error)
{
  struct unpacking job = { stage, false };
  g_autofree char *raw = g_build_filename(stage->store, "raw", NULL),
                  *spool = g_build_filename(stage->inbox, "spool", NULL);
  stage_remove(stage);
  return durable_make_directories(raw, 0700, error) && durable_make_directories(spool, 0700, error) &&
         tar_extract(archive, place_all, &job, error) && check_store(stage, error);
}

static int published_number(const char *list, int year, void *data)
{
  return publisher_highest_number(data, list, year);
}

/* What waited in the backup's inbox has been worked since, as far as anybody knows: each mail waits for the
 * operator. */
static bool set_all_aside(struct inbox *inbox, int64_t now, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = inbox_list(inbox, after, INBOX_PAGE, false, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct inbox_mail *mail = page->pdata[i];
      after = mail->id;
      if (!mail->aside &&
          !inbox_set_aside(inbox, after, "It waited when the backup was made and may have been worked since.",
                           now, error))
        return false;
    }
    if (page->len < INBOX_PAGE) return true;
  }
}

bool stage_move_on(const struct stage *stage, const struct config *config, GError **error)
{
  g_autoptr(inbox_t) inbox = inbox_open(stage->inbox, true, error);
  if (!inbox || !set_all_aside(inbox, clock_now(), error)) return false;
  g_autoptr(store_t) store = store_open(stage->store, STORE_WRITE, error);
  if (!store || !store_begin(store, error)) return false;
  if (store_after_restore(store, published_number, (void *)config, error)) return store_commit(store, error);
  store_rollback(store);
  return false;
}

/* Gives a large body a spool file of the new inbox, synced. */
static char *keep_spool(struct inbox *to, GBytes *bytes, GError **error)
{
  g_autofree char *name = NULL;
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  int fd = inbox_spool_create(to, &name, error);
  if (fd < 0) return NULL;
  bool is_done = durable_write(fd, data, size, error);
  if (is_done && fsync(fd) != 0)
    is_done = fault_set_errno(error, FAULT_FILE, errno, "A spool file cannot be synced");
  close(fd);
  return is_done ? g_steal_pointer(&name) : NULL;
}

/* One waiting mail from one inbox to the other; bytes as they are. */
static bool keep_mail(struct inbox *from, struct inbox *to, struct inbox_mail *mail, GError **error)
{
  g_autoptr(GBytes) bytes = inbox_bytes(from, mail, error);
  if (!bytes) return false;
  if (mail->spool) {
    g_free(mail->spool);
    if (!(mail->spool = keep_spool(to, bytes, error))) return false;
  } else {
    mail->body = g_bytes_ref(bytes);
  }
  return inbox_put(to, mail, error);
}

static bool keep_page(struct inbox *from, struct inbox *to, GPtrArray *page, GError **error)
{
  if (!inbox_begin(to, error)) return false;
  for (guint i = 0; i < page->len; i++)
    if (!keep_mail(from, to, page->pdata[i], error)) {
      inbox_rollback(to);
      return false;
    }
  return inbox_commit(to, error);
}

bool stage_keep_waiting(const struct stage *stage, const struct config *config, int *kept, GError **error)
{
  g_autofree char *file = g_build_filename(config->inbox, "inbox.db", NULL);
  *kept = 0;
  if (access(file, F_OK) != 0) return true;
  g_autoptr(inbox_t) from = inbox_open(config->inbox, false, error);
  g_autoptr(inbox_t) to = from ? inbox_open(stage->inbox, false, error) : NULL;
  for (int64_t after = 0; to;) {
    g_autoptr(GPtrArray) page = inbox_list(from, after, INBOX_PAGE, false, error);
    if (!page || (page->len > 0 && !keep_page(from, to, page, error))) return false;
    *kept += (int)page->len;
    if (page->len < INBOX_PAGE) return true;
    after = ((struct inbox_mail *)page->pdata[page->len - 1])->id;
  }
  return false;
}
