/* kiezpost backup FILE: the district in one file, taken while everything runs: inbox, store, large mails,
 * keys, configuration.
 *
 * The inbox is copied before the store. A mail that the worker finishes in between is in both, and its key
 * makes it count once; the other way round it would be in neither. Large mails come after the store that
 * names them. The file holds secrets and people's mail: 0600, and whoever keeps it keeps it like the store.
 */
#include "mta-hooks/verbs/backup.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/base/clock.h"
#include "lib/base/tar.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "mta-hooks/verb.h"

enum { OPEN_DIRECTORIES = 8 };

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
  (void)status, (void)type, (void)walk;
  return remove(path);
}

void backup_remove_tree(const char *directory)
{
  nftw(directory, remove_one, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
}

/* What is being made. */
struct backup {
  const struct config *config;
  char *copies; /* directory of the copies that the archive is made of */
  struct tar_writer *tar;
};

/* Inbox first, then the store. */
static bool make_copies(const struct backup *backup, GError **error)
{
  g_autofree char *inbox_copy = g_build_filename(backup->copies, "inbox", NULL);
  g_autofree char *store_copy = g_build_filename(backup->copies, "kiezpost.db", NULL);
  g_autoptr(inbox_t) inbox = inbox_open(backup->config->inbox, false, error);
  if (!inbox || !inbox_copy_to(inbox, inbox_copy, error)) return false;
  g_autoptr(store_t) store = store_open(backup->config->store, STORE_READ, error);
  return store && store_copy_to(store, store_copy, error);
}

static bool add_note(const struct backup *backup, GError **error)
{
  int64_t now = clock_now();
  g_autofree char *moment = clock_format_utc(now);
  g_autofree char *note =
      g_strdup_printf(BACKUP_FIRST_LINE "made %s by kiezpost %s\ndomain %s\nschema %d\n", moment,
                      KIEZPOST_VERSION, backup->config->domain, store_program_version());
  return tar_add_bytes(backup->tar, BACKUP_NOTE, note, strlen(note), now, error);
}

/* All files directly in a directory; one that went away meanwhile is no longer part of the store. */
static bool add_files_of(const struct backup *backup, const char *prefix, const char *directory,
                         GError **error)
{
  g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    bool is_gone;
    g_autofree char *path = g_build_filename(directory, file, NULL), *name = g_strconcat(prefix, file, NULL);
    if (!tar_add_file(backup->tar, name, path, &is_gone, error)) return false;
  }
  return true;
}

/* The large mails: a folder for each first byte of their keys. */
static bool add_raw(const struct backup *backup, GError **error)
{
  g_autofree char *raw = g_build_filename(backup->config->store, "raw", NULL);
  g_autoptr(GDir) dir = g_dir_open(raw, 0, NULL);
  for (const char *folder; dir && (folder = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(raw, folder, NULL),
                    *prefix = g_strconcat(BACKUP_RAW, folder, "/", NULL);
    if (!add_files_of(backup, prefix, path, error)) return false;
  }
  return true;
}

static bool add_all(const struct backup *backup, GError **error)
{
  g_autofree char *store = g_build_filename(backup->copies, "kiezpost.db", NULL);
  g_autofree char *inbox = g_build_filename(backup->copies, "inbox", "inbox.db", NULL);
  g_autofree char *spool = g_build_filename(backup->copies, "inbox", "spool", NULL);
  return add_note(backup, error) &&
         tar_add_file(backup->tar, BACKUP_CONFIG, backup->config->file, NULL, error) &&
         tar_add_file(backup->tar, BACKUP_KEYS, backup->config->keys, NULL, error) &&
         tar_add_file(backup->tar, BACKUP_INBOX, inbox, NULL, error) &&
         add_files_of(backup, BACKUP_SPOOL, spool, error) &&
         tar_add_file(backup->tar, BACKUP_STORE, store, NULL, error) && add_raw(backup, error);
}

static bool write_archive(struct backup *backup, const char *file, GError **error)
{
  if (!(backup->tar = tar_create(file, error))) return false;
  if (add_all(backup, error)) return tar_finish(backup->tar, error);
  tar_abandon(backup->tar);
  return false;
}

int verb_backup(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 1) {
    command_refuse(command, error);
    return -1;
  }
  const char *file = command->arguments[0];
  g_autofree char *directory = g_path_get_dirname(file);
  g_autofree char *copies = g_build_filename(directory, ".kiezpost-backup-XXXXXX", NULL);
  if (!g_mkdtemp(copies)) {
    fault_set_errno(error, FAULT_FILE, errno, "Nothing can be written in %s as the user who owns the store",
                    directory);
    return -1;
  }
  struct backup backup = { .config = command->config, .copies = copies };
  bool is_done = make_copies(&backup, error) && write_archive(&backup, file, error);
  backup_remove_tree(copies);
  return is_done ? EX_OK : -1;
}
