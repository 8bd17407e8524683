/* kiezpost publish: keeps the web archive fresh.
 *
 * Reads like a checklist: open the store, read the templates, listen for nudges, give up everything but the
 * store's and the archive's folders, then publish round by round and sleep when nothing is stale. A fault
 * (full disk, busy store) is logged once for as long as it lasts, and tried again. --once ends when all is
 * fresh; --rebuild makes everything anew and removes pages of ours that are none any more. */
#include "web-archive/publish.h"
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"
#include "mta-hooks/verb.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { IDLE_MS = 60 * 1000, FAULT_PAUSE_MS = 5 * 1000 };

/* What the process keeps. */
static bool enter_sandbox(const struct config *config, GError **error)
{
  const char *const writable[] = { config->store, config->archive, NULL };
  static const char *const readable[] = { NULL };
  struct sandbox sandbox = {
    .process = "publish", .writable = writable, .readable = readable, .network = SANDBOX_NO_NETWORK
  };
  return sandbox_enter_or_say(&sandbox, error);
}

/* Publishes until all is fresh, or told to stop. */
static bool publish_all(struct publisher *publisher, GError **error)
{
  int64_t begin = clock_monotonic_ms();
  int total = 0, count = 0;
  while (!command_should_stop() && (count = publisher_round(publisher, error)) > 0) total += count;
  if (total > 0) log_line("pages=%d ms=%d", total, (int)(clock_monotonic_ms() - begin));
  return count >= 0;
}

/* The store and the archive are still where they were. An archive that was deleted is made anew by the next
 * start: from within the sandbox we cannot. */
static bool are_in_place(const struct config *config, GError **error)
{
  if (!sandbox_still_fits(error)) return false;
  return g_file_test(config->archive, G_FILE_TEST_IS_DIR) ||
         fault_set(error, FAULT_TEMPORARY, "%s is gone; this process ends, to be started anew",
                   config->archive);
}

/* Until a signal: publishes, then sleeps until somebody nudges. False: only a new start helps. */
static bool publish_forever(const struct config *config, struct publisher *publisher, int wake_fd,
                            GError **error)
{
  g_autofree char *last_fault = NULL;
  while (!command_should_stop()) {
    if (!are_in_place(config, error)) return false;
    g_autoptr(GError) fault = NULL;
    bool is_good = publish_all(publisher, &fault);
    if (!is_good && g_strcmp0(last_fault, fault->message) != 0) log_line("%s", fault->message);
    g_free(last_fault);
    last_fault = is_good ? NULL : g_strdup(fault->message);
    if (!command_should_stop()) wake_wait(wake_fd, is_good ? IDLE_MS : FAULT_PAUSE_MS);
  }
  return true;
}

static bool rebuild(struct publisher *publisher, GError **error)
{
  int64_t begin = clock_monotonic_ms();
  if (!publisher_rebuild(publisher, error)) return false;
  log_line("rebuilt ms=%d", (int)(clock_monotonic_ms() - begin));
  return true;
}

int verb_publish(struct command *command, GError **error)
{
  gboolean is_rebuild = FALSE;
  const GOptionEntry entries[] = { { "rebuild", 0, 0, G_OPTION_ARG_NONE, &is_rebuild,
                                     "makes every page anew and removes what is none any more", NULL },
                                   G_OPTION_ENTRY_NULL };
  if (!command_parse(command, entries, error)) return -1;
  if (command->argument_count > 0) return command_refuse(command, error) ? 0 : -1;
  const struct config *config = command->config;
  log_set_process("publish");
  if (!durable_make_directories(config->archive, 0750, error)) return -1;
  g_autoptr(store_t) store = store_open(config->store, STORE_WRITE, error);
  if (!store) return -1;
  bool is_loop = !command->once && !is_rebuild;
  int wake_fd = is_loop ? wake_listen(config->run, "publish", error) : -1;
  if (is_loop && wake_fd < 0) return -1;
  struct publisher *publisher = publisher_new(config, store, error);
  if (!publisher || !enter_sandbox(config, error)) {
    publisher_free(publisher);
    return -1;
  }
  command_should_stop(); /* from here on a signal ends the round, not the process */
  bool is_good = true;
  if (is_rebuild)
    is_good = rebuild(publisher, error);
  else if (command->once)
    is_good = publish_all(publisher, error);
  else
    is_good = publish_forever(config, publisher, wake_fd, error);
  if (is_loop)
    log_line("state=stopped longest_wait_for_store_ms=%" G_GINT64_FORMAT, store_longest_wait_ms(store));
  publisher_free(publisher);
  if (wake_fd >= 0) close(wake_fd);
  return is_good ? EX_OK : -1;
}
