/* Files that survive a power cut. "Synced" means fsync of the file and of its directory. All functions fail
 * with FAULT_FILE, or FAULT_TEMPORARY when the disk is full. */
#ifndef BASE_DURABLE_H
#define BASE_DURABLE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Writes all bytes, again after EINTR and short writes. */
bool durable_write(int fd, const void *bytes, size_t size, GError **error);

/* fsync of a directory by path. */
bool durable_sync_directory(const char *path, GError **error);

/* Replaces `path` atomically: temporary file beside it (".tmp-…"), write, fsync, rename, fsync of the
 * directory. A reader sees the old or the new bytes, whole. */
bool durable_replace(const char *path, const void *bytes, size_t size, mode_t mode, GError **error);

/* The same without the directory's sync: the caller syncs it before it relies on the name. */
bool durable_stage(const char *path, const void *bytes, size_t size, mode_t mode, GError **error);

/* Many files at once, for far fewer waits: each is written beside its place and its write-out begun, all are
 * synced and then renamed together. A reader sees the old or the new bytes of each, whole. */
struct durable_batch;
struct durable_batch *durable_batch_new(void);
/* Removes what was not settled. */
void durable_batch_free(struct durable_batch *batch);
bool durable_batch_add(struct durable_batch *batch, const char *path, const void *bytes, size_t size,
                       mode_t mode, GError **error);
/* Everything added has its name after this; the caller syncs the directories before relying on the names. */
bool durable_batch_settle(struct durable_batch *batch, GError **error);

/* mkdir -p with this mode for new ones; the parents of new directories are synced. */
bool durable_make_directories(const char *path, mode_t mode, GError **error);

/* Removes leftovers ".tmp-*" directly in a directory. Returns how many, -1 on error. */
int durable_sweep(const char *directory, GError **error);

#endif
