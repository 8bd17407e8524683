/* kiezpost lmtpd: the receiver as a process. Opens everything it will ever need (inbox, sockets, addresses,
 * keys), enters its sandbox, starts the two threads of the inbox writer and serves until it is told to stop.
 *
 * In the sandbox it may write the inbox and read the addresses and the keys; both of these are replaced by
 * rename, so it is their directories that stay readable. It never opens the big database. */
#include "mta-hooks/lmtp/server.h"
#include "mta-hooks/verb.h"

#include "lib/base/log.h"
#include "lib/base/sandbox.h"
#include <malloc.h>
#include <sys/resource.h>

enum {
  BODIES_BYTES = 2 << 20,  /* of all mails in memory */
  LARGE_BLOCK = 64 * 1024, /* such blocks go back to the system at once */
};

/* Memory stays near what is in use: one heap for all threads, large blocks mapped and unmapped. */
static void keep_memory_small(void)
{
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
}

/* A connection needs a descriptor, and one for its spool file. */
static void allow_descriptors(int connections)
{
  struct rlimit limit;
  rlim_t needed = (rlim_t)connections * 3 + 64;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return;
  limit.rlim_cur = MIN(needed, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

static bool open_doors(const struct config *config, struct door doors[SERVICE_COUNT], GError **error)
{
  if (!door_open(&doors[SERVICE_LMTP], config->listen, config->directory, error)) return false;
  if (door_open(&doors[SERVICE_SOCKETMAP], config->socketmap, config->directory, error)) return true;
  door_close(&doors[SERVICE_LMTP]);
  return false;
}

/* The directory of the keys, so that a rotated file can be read; the file alone where more lies below that
 * directory. */
static char *readable_keys(const struct config *config)
{
  g_autofree char *directory = g_path_get_dirname(config->keys);
  g_autofree char *below = g_strconcat(directory, "/", NULL);
  bool holds_more = g_str_has_prefix(config->store, below) || g_str_has_prefix(config->archive, below);
  return holds_more ? g_strdup(config->keys) : g_steal_pointer(&directory);
}

static bool enter_sandbox(const struct config *config, GError **error)
{
  g_autofree char *addresses = g_path_get_dirname(config->addresses);
  g_autofree char *keys = readable_keys(config);
  const char *const writable[] = { config->inbox, NULL };
  const char *const readable[] = { addresses, keys, NULL };
  const struct sandbox sandbox = {
    .process = "lmtpd", .writable = writable, .readable = readable, .network = SANDBOX_ACCEPT
  };
  return sandbox_enter_or_say(&sandbox, error);
}

/* Serves at open doors. */
static bool serve(const struct config *config, struct inbox_writer *writer, struct door doors[SERVICE_COUNT],
                  GError **error)
{
  if (!enter_sandbox(config, error)) return false;
  struct receiver receiver = {
    .config = config,
    .limits = { config->size_limit_bytes, config->recipients_max, config->domain },
    .recipients = recipients_new(config),
    .writer = writer,
    .budget = { .limit_bytes = BODIES_BYTES },
    .epoll_fd = -1,
  };
  inbox_writer_start(writer);
  log_line("receiving at %s, recipients are answered at %s", config->listen, config->socketmap);
  bool is_well = server_run(&receiver, doors, command_should_stop, error);
  recipients_free(receiver.recipients);
  return is_well;
}

int verb_lmtpd(struct command *command, GError **error)
{
  static const GOptionEntry none[] = { { 0 } };
  if (!command_parse(command, none, error)) return -1;
  if (command->once || command->argument_count) {
    fault_set(error, FAULT_USAGE,
              "lmtpd takes no arguments and serves until it is stopped; there is no --once.");
    return -1;
  }
  const struct config *config = command->config;
  struct door doors[SERVICE_COUNT];
  log_set_process("lmtpd");
  keep_memory_small();
  allow_descriptors(config->connections_max);
  command_should_stop();
  struct inbox_writer *writer = inbox_writer_open(config->inbox, config->run, error);
  if (!writer) return -1;
  bool is_well = open_doors(config, doors, error);
  if (is_well) {
    is_well = serve(config, writer, doors, error);
    for (int i = 0; i < SERVICE_COUNT; i++) door_close(&doors[i]);
  }
  inbox_writer_close(writer);
  return is_well ? 0 : -1;
}
