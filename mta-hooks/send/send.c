/* kiezpost send: takes what is due in the outbox to the relay.
 *
 * Reads like a checklist: make sure to be the only one, open the store, learn the relays, read the password
 * while that may still be read, listen for nudges, give up everything else, and send. It keeps: the store's
 * directory, connections outward (or, for maildirs, that folder and no network), the system's certificates.
 */
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/log.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"
#include "mta-hooks/only_one.h"
#include "mta-hooks/send/sender.h"
#include "mta-hooks/verb.h"

#include <netdb.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* The SASL password: the file's first line. NULL without error: no user name, none needed. */
static bool read_password(const struct config *config, char **password, GError **error)
{
  *password = NULL;
  if (config->username == NULL || config->username[0] == '\0') return true;
  if (config->password_file == NULL || config->password_file[0] == '\0')
    return fault_set(error, FAULT_CONFIG, "There is a username for the relay, but no password_file.");
  struct stat about;
  if (stat(config->password_file, &about) == 0 && (about.st_mode & (S_IRWXO | S_IWGRP)) != 0)
    return fault_set(error, FAULT_CONFIG, "%s is open to others: chmod 600 %s.", config->password_file,
                     config->password_file);
  g_autoptr(GError) why = NULL;
  if (!g_file_get_contents(config->password_file, password, NULL, &why))
    return fault_set(error, FAULT_CONFIG, "The relay's password cannot be read: %s.", why->message);
  (*password)[strcspn(*password, "\r\n")] = '\0';
  return true;
}

/* Looks each relay's name up once: loads what the system's resolver needs while that may be loaded. A name
 * that is not known now may be later, so failing is nothing. */
static void warm_resolver(const struct relays *relays)
{
  for (guint i = 0; i < relays_count(relays); i++) {
    struct addrinfo *found = NULL;
    const struct relay *relay = relays_get(relays, i);
    if (relay->host != NULL && getaddrinfo(relay->host, NULL, NULL, &found) == 0) freeaddrinfo(found);
  }
}

/* What the process keeps. */
static bool enter_sandbox(const struct config *config, const struct relays *relays, GError **error)
{
  const struct relay *first = relays_get(relays, 0);
  const char *file = g_getenv("SSL_CERT_FILE"),
             *folder = g_getenv("SSL_CERT_DIR"); /* other authorities than the system's */
  if (first->maildir != NULL && !durable_make_directories(first->maildir, 0700, error)) return false;
  if (first->maildir == NULL) warm_resolver(relays);
  const char *const writable[] = { config->store, first->maildir, NULL };
  const char *const readable[] = { "/etc/ssl",
                                   "/usr/lib/ssl",
                                   "/usr/share/ca-certificates",
                                   "/etc/sasl2",
                                   "/usr/lib", /* SASL loads its mechanisms when first asked */
                                   file != NULL ? file : "/etc/ssl",
                                   folder != NULL ? folder : "/etc/ssl",
                                   NULL };
  struct sandbox sandbox = { .process = "send",
                             .writable = writable,
                             .readable = readable,
                             .network = first->maildir != NULL ? SANDBOX_NO_NETWORK : SANDBOX_CONNECT };
  return sandbox_enter_or_say(&sandbox, error);
}

/* Seconds to wait for a relay's reply; tests have no five minutes. */
static int patience(void)
{
#ifdef KIEZPOST_TEST_HOOKS
  const char *seconds = g_getenv("KIEZPOST_REPLY_SECONDS");
  if (seconds != NULL) return (int)g_ascii_strtoll(seconds, NULL, 10);
#endif
  return 0;
}

/* Told to stop, or the store is another one by now. */
static bool should_stop(void)
{
  return command_should_stop() || sandbox_replaced_directory();
}

/* Takes what is due to the relay, as the only one that does. */
static int send_all(struct command *command, GError **error)
{
  const struct config *config = command->config;
  bool is_clean = true;
  g_autofree char *password = NULL;
  g_autoptr(keys_t) keys = keys_load(config->keys, error);
  if (keys == NULL || !read_password(config, &password, error)) return -1;
  g_autoptr(relays_t) relays = relays_new(config, error);
  if (relays == NULL) return -1;
  g_autoptr(store_t) store = store_open(config->store, STORE_WRITE, error);
  if (store == NULL) return -1;
  int wake_fd = -1;
  if (!command->once && (wake_fd = wake_listen(config->run, "send", error)) < 0) return -1;
  if (!enter_sandbox(config, relays, error)) return -1;
  struct sender_context sender = { .config = config,
                                   .keys = keys,
                                   .store = store,
                                   .relays = relays,
                                   .password = password,
                                   .wake_fd = wake_fd,
                                   .reply_seconds = patience(),
                                   .once = command->once,
                                   .should_stop = should_stop };
  bool is_good = sender_run(&sender, &is_clean, error);
  if (wake_fd >= 0) close(wake_fd);
  is_good = is_good && sandbox_still_fits(error);
  if (!is_clean) { /* a session still waits for its relay: the process ends around it */
    if (!is_good) log_line("%s", (*error)->message);
    store_close(g_steal_pointer(&store));
    _exit(is_good ? EX_OK : EX_UNAVAILABLE);
  }
  return is_good ? EX_OK : -1;
}

int verb_send(struct command *command, GError **error)
{
  log_set_process("send");
  signal(SIGPIPE, SIG_IGN);
  int lock_fd = only_one(command->config, "send", error);
  int status = lock_fd < 0 ? -1 : send_all(command, error);
  if (lock_fd >= 0) close(lock_fd);
  return status;
}
