/* The picture process: takes pictures off a socket, one by one, and has each read by a child that may crash,
 * hang or swallow memory without anybody noticing more than "it says nothing". The process itself never looks
 * into the bytes. It has no files, no network and nobody's data; it ends when the socket is closed, and with
 * its parent. */
#include "lib/mail/pictures/picture_facts.h"

#include "lib/base/log.h"
#include "lib/base/sandbox.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILD_MS = 3000, CHILD_SECONDS = 2, CHILD_BYTES = 512 * 1024 * 1024 };

/* Limits that hold where the system lets us set them; the parent's clock holds always. */
static void limit_child(void)
{
  const struct rlimit seconds = { CHILD_SECONDS, CHILD_SECONDS }, none = { 0, 0 };
  setrlimit(RLIMIT_CPU, &seconds);
  setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* it maps terabytes and uses none of them */
  const struct rlimit bytes = { CHILD_BYTES, CHILD_BYTES };
  setrlimit(RLIMIT_AS, &bytes);
#endif
}

/* Waits for the child's answer, no longer than CHILD_MS. */
static void await(int fd, struct picture_answer *answer)
{
  struct picture_answer got;
  struct pollfd ready = { .fd = fd, .events = POLLIN };
  int polled;
  do polled = poll(&ready, 1, CHILD_MS);
  while (polled < 0 && errno == EINTR);
  if (polled == 1 && companion_read(fd, &got, sizeof got)) *answer = got;
}

/* One picture in a child of its own. */
static void read_in_child(const struct picture_request *request, const void *bytes,
                          struct picture_answer *answer)
{
  int ends[2];
  if (pipe(ends) != 0) return;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    limit_child();
    struct picture_answer mine = { 0 };
    mine.is_read = picture_read_facts((enum picture_form)request->form, bytes, request->size, &mine.facts);
    _exit(companion_write(ends[1], &mine, sizeof mine) ? 0 : 1);
  }
  close(ends[1]);
  if (child > 0) {
    await(ends[0], answer);
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
  }
  close(ends[0]);
}

static bool serve_one(int fd)
{
  struct picture_request request;
  struct picture_answer answer = { 0 };
  if (!companion_read(fd, &request, sizeof request) || request.size > PICTURES_BYTES) return false;
  g_autofree void *bytes = g_malloc(MAX(request.size, 1));
  if (!companion_read(fd, bytes, request.size)) return false;
  read_in_child(&request, bytes, &answer);
  return companion_write(fd, &answer, sizeof answer);
}

void picture_process(int fd)
{
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "kiezpost-photo");
  signal(SIGINT, SIG_IGN); /* Ctrl-C is for the parent, which closes the socket */
  signal(SIGTERM, SIG_DFL);
  signal(SIGPIPE, SIG_IGN);
  static const char *const none[] = { NULL };
  const struct sandbox sandbox = {
    .process = "pictures", .writable = none, .readable = none, .network = SANDBOX_NO_NETWORK
  };
  if (!sandbox_enter_or_say(&sandbox, NULL)) _exit(1);
  while (serve_one(fd)) {
  }
  _exit(0);
}
