/* kiezpost work: the worker as a process. Opens store, inbox and keys, enters its sandbox (no network, no
 * exec; it may write the store, the inbox and the directory of the address file), and does round after round:
 * while there is work without a pause, else it sleeps until it is nudged. --once ends when nothing is left to
 * do.
 *
 * One worker an installation: a lock in the run directory keeps a second one away, because two would count
 * each other's mails as deaths. Rotated keys are read again when their file has changed. */
#include "mta-hooks/only_one.h"
#include "mta-hooks/verb.h"

#include "lists/video/bbb.h"
#include "lists/worker.h"

#include "lib/base/log.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"
#include "lib/mail/pgp/pgp.h"
#include "lib/mail/pictures/pictures.h"
#include "lib/mail/read.h"
#include "lib/mail/smime/smime.h"

#include <malloc.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum { IDLE_MS = 1000, FAULT_FIRST_MS = 500, FAULT_LONGEST_MS = 16 * 1000, LARGE_BLOCK = 128 * 1024 };

/* Everything the process holds. */
struct process {
  const struct config *config;
  struct keys *keys;
  struct timespec keys_changed;
  struct store *store;
  struct inbox *inbox;
  struct worker *worker;
  struct smime *smime;
  struct pgp *pgp;           /* NULL: none is configured, or there can be none */
  struct bbb *bbb;           /* NULL: no video rooms */
  struct pictures *pictures; /* NULL: there can be none; photos say nothing */
  int wake_fd, lock_fd;
};

/* When the key file was last written. */
static struct timespec changed_at(const char *path)
{
  struct stat info;
  return stat(path, &info) == 0 ? info.st_mtim : (struct timespec){ 0 };
}

static bool open_all(struct process *process, GError **error)
{
  const struct config *config = process->config;
  if (!mail_init(config, error)) return false;
  if ((process->lock_fd = only_one(config, "work", error)) < 0) return false;
  g_autoptr(GError) without_pictures = NULL;
  process->pictures = pictures_start(&without_pictures);
  if (!process->pictures) log_line("%s; photos say nothing", without_pictures->message);
  process->smime = smime_new(config->smime_ca, config->smime_certificate, config->smime_key, error);
  if (!process->smime) return false;
  g_autoptr(GError) without_pgp = NULL;
  if (*config->pgp_home && !(process->pgp = pgp_start(config->pgp_home, &without_pgp)))
    log_line("%s; PGP mail stays closed", without_pgp->message);
  g_autoptr(GError) without_video = NULL;
  process->bbb = bbb_new(config, &without_video);
  if (without_video) log_line("%s There are no video rooms.", without_video->message);
  process->wake_fd = wake_listen(config->run, "work", error);
  if (process->wake_fd < 0) return false;
  process->keys_changed = changed_at(config->keys);
  return (process->keys = keys_load(config->keys, error)) &&
         (process->store = store_open(config->store, STORE_WRITE, error)) &&
         (process->inbox = inbox_open(config->inbox, false, error));
}

static void close_all(struct process *process)
{
  worker_free(process->worker);
  pictures_stop(process->pictures);
  smime_free(process->smime);
  pgp_stop(process->pgp);
  bbb_free(process->bbb);
  inbox_close(process->inbox);
  store_close(process->store);
  keys_free(process->keys);
  if (process->wake_fd >= 0) close(process->wake_fd);
  if (process->lock_fd >= 0) close(process->lock_fd);
}

static bool enter_sandbox(const struct config *config, GError **error)
{
  g_autofree char *addresses = g_path_get_dirname(config->addresses);
  g_autofree char *keys = g_path_get_dirname(config->keys);
  g_autofree char *own_share = g_build_filename(config->directory, "share", NULL);
  const char *const writable[] = { config->store, config->inbox, addresses, NULL };
  const char *const readable[] = { keys, own_share, config_share(), NULL };
  const struct sandbox sandbox = {
    .process = "work", .writable = writable, .readable = readable, .network = SANDBOX_NO_NETWORK
  };
  return sandbox_enter_or_say(&sandbox, error);
}

/* A rotated key file is read again; one that cannot be read is said, and the old keys go on. */
static void renew_keys(struct process *process)
{
  struct timespec now = changed_at(process->config->keys);
  if (now.tv_sec == process->keys_changed.tv_sec && now.tv_nsec == process->keys_changed.tv_nsec) return;
  g_autoptr(GError) error = NULL;
  struct keys *keys = keys_load(process->config->keys, &error);
  process->keys_changed = now;
  if (!keys) {
    log_line("%s The keys read before stay in use.", error->message);
    return;
  }
  worker_set_keys(process->worker, keys);
  keys_free(process->keys);
  process->keys = keys;
}

/* What the locks cost us, once at the end. */
static void log_waits(const struct process *process)
{
  log_line("state=stopped longest_wait_for_store_ms=%" G_GINT64_FORMAT
           " longest_wait_for_inbox_ms=%" G_GINT64_FORMAT,
           store_longest_wait_ms(process->store), inbox_longest_wait_ms(process->inbox));
}

/* Rounds until told to stop, or with `once` until nothing is left. */
static bool loop(struct process *process, bool once, GError **error)
{
  int pause_ms = FAULT_FIRST_MS;
  while (!command_should_stop()) {
    g_autoptr(GError) fault = NULL;
    if (!sandbox_still_fits(error)) return false;
    renew_keys(process);
    int done = worker_round(process->worker, &fault);
    if (done < 0 && once) {
      g_propagate_error(error, g_steal_pointer(&fault));
      return false;
    }
    if (done < 0) {
      log_line("%s Trying again.", fault->message);
      wake_wait(process->wake_fd, pause_ms);
      pause_ms = MIN(pause_ms * 2, FAULT_LONGEST_MS);
      continue;
    }
    pause_ms = FAULT_FIRST_MS;
    if (done == 0 && once) return true;
    if (done == 0) wake_wait(process->wake_fd, IDLE_MS);
  }
  return true;
}

int verb_work(struct command *command, GError **error)
{
  static const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  if (!command_parse(command, none, error)) return -1;
  if (command->argument_count > 0) {
    command_refuse(command, error);
    return -1;
  }
  log_set_process("work");
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
  command_should_stop();
  struct process process = { .config = command->config, .wake_fd = -1, .lock_fd = -1 };
  bool is_well =
      open_all(&process, error) && enter_sandbox(command->config, error) &&
      (process.worker = worker_new(process.config, process.keys, process.store, process.inbox, error));
  if (is_well) worker_set_pictures(process.worker, process.pictures);
  if (is_well) worker_set_smime(process.worker, process.smime);
  if (is_well) worker_set_pgp(process.worker, process.pgp);
  if (is_well) worker_set_bbb(process.worker, process.bbb);
  is_well = is_well && loop(&process, command->once, error);
  if (is_well && !command->once) log_waits(&process);
  close_all(&process);
  return is_well ? EX_OK : -1;
}
