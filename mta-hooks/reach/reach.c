/* kiezpost reach: calls other people's servers, as the only process that does.
 *
 * Reads like a checklist: make sure to be the only one, read the secrets while they may still be read, load
 * libcurl, open the store, listen for nudges, give up everything else, and do jobs. It keeps connections
 * outward, the system's certificates, and the store's directory. What it brings back are rows; the worker
 * decides on them.
 */
#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"
#include "lib/store/jobs/jobs.h"
#include "lists/video/bbb.h"
#include "mta-hooks/only_one.h"
#include "mta-hooks/reach/http_client.h"
#include "mta-hooks/reach/reacher.h"
#include "mta-hooks/verb.h"

#include <netdb.h>
#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { IDLE_MS = 30 * 1000, FAULT_PAUSE_MS = 5 * 1000, PATIENCE_SECONDS = 20 };

/* Seconds that a server has for its answer; tests have fewer. */
static int patience(void)
{
#ifdef KIEZPOST_TEST_HOOKS
  const char *seconds = g_getenv("KIEZPOST_REPLY_SECONDS");
  if (seconds) return (int)g_ascii_strtoll(seconds, NULL, 10);
#endif
  return PATIENCE_SECONDS;
}

/* Looks the server's name up once: loads what the system's resolver needs while that may be loaded. */
static void warm_resolver(const struct bbb *bbb)
{
  struct addrinfo *found = NULL;
  g_autofree char *name = g_strdup(bbb_host(bbb));
  name[strcspn(name, ":")] = '\0';
  if (getaddrinfo(name, NULL, NULL, &found) == 0) freeaddrinfo(found);
}

/* What the process keeps. */
static bool enter_sandbox(const struct config *config, GError **error)
{
  const char *const writable[] = { config->store, NULL };
  const char *const readable[] = { "/etc/ssl", "/usr/lib/ssl", "/usr/share/ca-certificates",
                                   *config->bbb_ca_file ? config->bbb_ca_file : "/etc/ssl", NULL };
  const struct sandbox sandbox = {
    .process = "reach", .writable = writable, .readable = readable, .network = SANDBOX_CONNECT
  };
  return sandbox_enter_or_say(&sandbox, error);
}

/* Jobs that a process took which is no more. */
static bool recover(struct store *store, GError **error)
{
  if (!store_begin(store, error)) return false;
  if (jobs_untake(store, error) && store_commit(store, error)) return true;
  store_rollback(store);
  return false;
}

/* All that is due. *done: how many. */
static bool do_due(struct reacher *reacher, int *done, GError **error)
{
  int step = 1;
  for (*done = 0; step > 0 && !command_should_stop(); *done += step > 0) step = reacher_step(reacher, error);
  return step >= 0;
}

/* How long nothing will be due. */
static int pause_ms(struct store *store)
{
  int64_t next = job_next_try(store, NULL), now = clock_now();
  return next <= 0 ? IDLE_MS : (int)CLAMP((next - now) * 1000, 1000, IDLE_MS);
}

/* Until a signal: does what is due, then sleeps until the next moment or a nudge. A fault is said once for as
 * long as it lasts. */
static bool reach_forever(struct reacher *reacher, const struct config *config, int wake_fd, GError **error)
{
  g_autofree char *last = NULL;
  while (!command_should_stop()) {
    g_autoptr(GError) fault = NULL;
    int done = 0;
    if (!sandbox_still_fits(error)) return false;
    bool is_good = do_due(reacher, &done, &fault);
    if (done > 0) wake_send(config->run, "work");
    if (!is_good && g_strcmp0(last, fault->message) != 0) log_line("%s", fault->message);
    g_free(last);
    last = is_good ? NULL : g_strdup(fault->message);
    if (!command_should_stop()) wake_wait(wake_fd, is_good ? pause_ms(reacher->store) : FAULT_PAUSE_MS);
  }
  return true;
}

/* Does the jobs, as the only one that does. */
static int reach_all(struct command *command, GError **error)
{
  const struct config *config = command->config;
  GError *failed = NULL;
  g_autoptr(bbb_t) bbb = bbb_new(config, &failed);
  if (fault_hand_on(failed, error)) return -1;
  if (!bbb) {
    log_line("nobody is to be reached: [video] names no server");
    return EX_OK;
  }
  g_autoptr(http_client_t) client = http_client_new(config->bbb_ca_file, patience(), error);
  if (!client) return -1;
  g_autoptr(store_t) store = store_open(config->store, STORE_WRITE, error);
  if (!store || !recover(store, error)) return -1;
  int wake_fd = command->once ? -1 : wake_listen(config->run, "reach", error);
  if (!command->once && wake_fd < 0) return -1;
  warm_resolver(bbb);
  bool is_good = enter_sandbox(config, error);
  struct reacher reacher = { store, bbb, client, http_client_get };
  int done = 0;
  command_should_stop(); /* from here on a signal ends the round, not the process */
  if (is_good && command->once) is_good = do_due(&reacher, &done, error);
  if (is_good && !command->once) is_good = reach_forever(&reacher, config, wake_fd, error);
  if (done > 0) wake_send(config->run, "work");
  if (wake_fd >= 0) close(wake_fd);
  return is_good ? EX_OK : -1;
}

int verb_reach(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count > 0) return command_refuse(command, error) ? 0 : -1;
  log_set_process("reach");
  signal(SIGPIPE, SIG_IGN);
  int lock_fd = only_one(command->config, "reach", error);
  int status = lock_fd < 0 ? -1 : reach_all(command, error);
  if (lock_fd >= 0) close(lock_fd);
  return status;
}
