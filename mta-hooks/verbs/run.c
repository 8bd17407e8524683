/* kiezpost run: everything in the foreground. Each part is a process of its own, this same program with
 * another verb; a part that ends is started again after a pause that doubles up to half a minute, and is
 * short again once the part has lived for a minute. SIGTERM and SIGINT end all of it: the parts finish what
 * they are at, and whoever does not within half a minute is killed, which loses nothing. Parts end with us
 * whatever happens (PR_SET_PDEATHSIG). A second run on the same files refuses at once: its parts would only
 * be turned away by the first one's, for ever. */
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/log.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "mta-hooks/only_one.h"
#include "mta-hooks/verb.h"
#include "mta-hooks/verbs/new_lists.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { PAUSE_FIRST_MS = 500, PAUSE_MOST_MS = 30 * 1000, LIVED_LONG_MS = 60 * 1000, GRACE_MS = 30 * 1000 };

struct part {
  const char *verb;
  bool is_off; /* the configuration does without it */
  pid_t pid;   /* 0: not running */
  int64_t started_ms;
  int64_t start_at_ms;
  int64_t pause_ms;
};

static struct part parts[] = { { .verb = "lmtpd" },   { .verb = "work" },
                               { .verb = "send" },    { .verb = "reach", .is_off = true },
                               { .verb = "publish" }, { .verb = "http", .is_off = true } };

/* The web service runs where links to it are sent, reach where there is somebody to be reached. */
static void choose_parts(const struct config *config)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (strcmp(parts[i].verb, "http") == 0) parts[i].is_off = *config->https_base == '\0';
    if (strcmp(parts[i].verb, "reach") == 0) parts[i].is_off = *config->bbb_url == '\0';
  }
}

/* Signals are waited for, not handled. */
static sigset_t watched_signals(void)
{
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGCHLD);
  return set;
}

/* In the child: becomes the part, or ends with a status that says it could not. */
static void become(const struct part *part, const struct command *command, pid_t parent,
                   const sigset_t *signals)
{
  char *arguments[] = {
    (char *)"kiezpost", (char *)part->verb, (char *)"--config", command->config->file, NULL, NULL, NULL
  };
  if (command->now) {
    arguments[4] = (char *)"--now";
    arguments[5] = command->now;
  }
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(EX_TEMPFAIL);
  sigprocmask(SIG_UNBLOCK, signals, NULL);
  signal(SIGPIPE, SIG_DFL);
  execv("/proc/self/exe", arguments);
  _exit(EX_OSERR);
}

static void start(struct part *part, const struct command *command, const sigset_t *signals)
{
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) become(part, command, parent, signals);
  part->started_ms = clock_monotonic_ms();
  if (pid > 0) {
    part->pid = pid;
    return;
  }
  part->start_at_ms = part->started_ms + PAUSE_MOST_MS;
  log_line("%s cannot be started: %s", part->verb, g_strerror(errno));
}

static void start_due(const struct command *command, const sigset_t *signals)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (!parts[i].is_off && parts[i].pid == 0 && clock_monotonic_ms() >= parts[i].start_at_ms)
      start(&parts[i], command, signals);
}

static struct part *part_of(pid_t pid)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (parts[i].pid == pid) return &parts[i];
  return NULL;
}

/* A part has ended: when it may start again, and one line about it. */
static void note_end(struct part *part, int status, bool is_stopping)
{
  int64_t now = clock_monotonic_ms();
  bool lived_long = now - part->started_ms >= LIVED_LONG_MS;
  part->pid = 0;
  part->pause_ms =
      lived_long || part->pause_ms == 0 ? PAUSE_FIRST_MS : MIN(part->pause_ms * 2, PAUSE_MOST_MS);
  part->start_at_ms = now + part->pause_ms;
  if (is_stopping) return;
  const char *how = WIFSIGNALED(status) ? "was ended by signal" : "ended with status";
  int number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  log_line("%s %s %d and starts again in %.1f s", part->verb, how, number, (double)part->pause_ms / 1000);
}

static void collect(bool is_stopping)
{
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    struct part *part = part_of(pid);
    if (part) note_end(part, status, is_stopping);
  }
}

static void tell_all(int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (parts[i].pid > 0) kill(parts[i].pid, number);
}

static bool any_runs(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (parts[i].pid > 0) return true;
  return false;
}

/* Milliseconds until the next part is due; a minute when all run. */
static int64_t until_next_start(void)
{
  int64_t now = clock_monotonic_ms(), wait = LIVED_LONG_MS;
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (!parts[i].is_off && parts[i].pid == 0) wait = MIN(wait, MAX(parts[i].start_at_ms - now, 0));
  return wait;
}

/* The signal that came, 0 after the timeout. */
static int wait_for_signal(const sigset_t *signals, int64_t timeout_ms)
{
  struct timespec timeout = { .tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000 };
  int number = sigtimedwait(signals, NULL, &timeout);
  return number > 0 ? number : 0;
}

static void stop_all(const sigset_t *signals)
{
  int64_t deadline = clock_monotonic_ms() + GRACE_MS;
  tell_all(SIGTERM);
  for (collect(true); any_runs() && clock_monotonic_ms() < deadline; collect(true))
    wait_for_signal(signals, 200);
  if (!any_runs()) return;
  log_line("some parts do not end by themselves and are killed; what they were at is done again at the next "
           "start");
  tell_all(SIGKILL);
  while (any_runs()) {
    wait_for_signal(signals, 200);
    collect(true);
  }
}

static bool prepare(const struct config *config, GError **error)
{
  int from = 0, to = 0;
  if (!durable_make_directories(config->run, 0750, error) || !store_upgrade(config->store, &from, &to, error))
    return false;
  guint offices = 0;
  int added = from != to ? new_lists_add(config, &offices, error) : 0;
  if (added < 0) return false;
  if (from != to) log_line("the store was brought from version %d to %d", from, to);
  if (added > 0) log_line("the district has %d new lists; they were added", added);
  if (offices > 0) log_line("%u offices of the district were entered; they have no addresses yet", offices);
  if (!inbox_upgrade(config->inbox, &from, &to, error)) return false;
  if (from != to) log_line("the inbox was brought from version %d to %d", from, to);
  return true;
}

int verb_run(struct command *command, GError **error)
{
  if (command->argument_count > 0) {
    command_refuse(command, error);
    return -1;
  }
  log_set_process("run");
  int lock_fd = only_one(command->config, "run", error);
  if (lock_fd < 0) return -1;
  if (!prepare(command->config, error)) {
    close(lock_fd);
    return -1;
  }
  sigset_t signals = watched_signals();
  sigprocmask(SIG_BLOCK, &signals, NULL);
  choose_parts(command->config);
  log_line("%s runs at %s", command->config->name, command->config->domain);
  for (int number = 0; number != SIGTERM && number != SIGINT && number != SIGHUP;) {
    collect(false);
    start_due(command, &signals);
    number = wait_for_signal(&signals, until_next_start());
  }
  stop_all(&signals);
  log_line("everything has ended");
  close(lock_fd);
  return EX_OK;
}
