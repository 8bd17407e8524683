/* The side of PGP that the worker sees: finds the armoured message in a mail, sends it, takes the answer.
 * When the process is gone, or does not answer in time, encrypted mail stays closed from then on, and other
 * mail goes on. */
#include "lib/mail/pgp/pgp.h"

#include "lib/base/fault.h"
#include "lib/mail/pgp/pgp_process.h"
#include "lib/mail/smime/entity.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MS = 15 * 1000 };

struct pgp {
  int fd; /* -1: the process is of no use any more */
  pid_t process;
};

struct pgp *pgp_start(const char *home, GError **error)
{
  int ends[2];
  g_autofree char *gpg = g_find_program_in_path("gpg");
  if (!gpg || !g_file_test(home, G_FILE_TEST_IS_DIR)) {
    fault_set(error, FAULT_TEMPORARY, "%s",
              gpg ? "The directory of the PGP key ring is not there" : "gpg is not installed");
    return NULL;
  }
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    fault_set_errno(error, FAULT_TEMPORARY, errno, "The process that runs gpg gets no socket");
    return NULL;
  }
  pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    pgp_process(ends[1], home);
  }
  int why = errno;
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    fault_set_errno(error, FAULT_TEMPORARY, why, "The process that runs gpg cannot be started");
    return NULL;
  }
  struct pgp *pgp = g_new(struct pgp, 1);
  *pgp = (struct pgp){ .fd = ends[0], .process = process };
  return pgp;
}

static void give_up(struct pgp *pgp)
{
  if (pgp->fd >= 0) close(pgp->fd);
  pgp->fd = -1;
}

void pgp_stop(struct pgp *pgp)
{
  if (!pgp) return;
  give_up(pgp);
  kill(pgp->process, SIGKILL);
  while (waitpid(pgp->process, NULL, 0) < 0 && errno == EINTR) {
  }
  g_free(pgp);
}

/* Sends or receives all of it in time. MSG_NOSIGNAL: a dead process is no reason for us to die. */
static bool transfer(int fd, void *bytes, gsize size, bool sends)
{
  for (char *at = bytes; size > 0;) {
    struct pollfd ready = { .fd = fd, .events = sends ? POLLOUT : POLLIN };
    int polled = poll(&ready, 1, ANSWER_MS);
    if (polled < 0 && errno == EINTR) continue;
    if (polled != 1) return false;
    ssize_t moved =
        sends ? send(fd, at, size, MSG_NOSIGNAL | MSG_DONTWAIT) : recv(fd, at, size, MSG_DONTWAIT);
    if (moved < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (moved <= 0) return false;
    at += moved;
    size -= (gsize)moved;
  }
  return true;
}

/* Asks the process; NULL: it could not open the message. */
static GBytes *ask(struct pgp *pgp, const char *message, gsize size, struct pgp_answer *answer)
{
  struct pgp_request request = { (guint32)size };
  if (!pgp || pgp->fd < 0 || size > PGP_BYTES) return NULL;
  bool is_answered = transfer(pgp->fd, &request, sizeof request, true) &&
                     transfer(pgp->fd, (void *)message, size, true) &&
                     transfer(pgp->fd, answer, sizeof *answer, false) && answer->size <= PGP_BYTES;
  g_autofree char *bytes = is_answered ? g_malloc(answer->size + 1) : NULL;
  if (!is_answered || !transfer(pgp->fd, bytes, answer->size, false)) {
    give_up(pgp);
    return NULL;
  }
  return answer->is_open ? g_bytes_new(bytes, answer->size) : NULL;
}

/* "Kerstin Muster <muster@ba.example>" */
static void remember_signer(struct pgp_answer *answer, struct smime_seal *seal)
{
  answer->signer[sizeof answer->signer - 1] = '\0';
  seal->signature = (enum smime_signature)MIN(answer->signature, (guint32)SMIME_BROKEN);
  if (seal->signature != SMIME_VALID) return;
  g_autofree char *valid = g_utf8_make_valid(answer->signer, -1);
  const char *bracket = strrchr(valid, '<');
  const char *addresses[] = { NULL, NULL };
  g_autofree char *address = bracket ? g_strndup(bracket + 1, strcspn(bracket + 1, ">")) : g_strdup("");
  addresses[0] = address;
  seal->name = g_strstrip(g_strndup(valid, bracket ? (gsize)(bracket - valid) : strlen(valid)));
  seal->organisation = g_strdup("");
  seal->addresses = g_strdupv((char **)addresses);
}

void pgp_look(struct pgp *pgp, const void *raw, gsize size, struct smime_seal *seal)
{
  static const char begin[] = "-----BEGIN PGP MESSAGE-----", end[] = "-----END PGP MESSAGE-----";
  g_autofree char *type = entity_type(raw, size);
  if (!g_str_has_prefix(type, "multipart/encrypted")) return;
  const char *text = raw;
  const char *from = g_strstr_len(text, (gssize)size, begin);
  const char *until = from ? g_strstr_len(from, (gssize)(size - (gsize)(from - text)), end) : NULL;
  struct pgp_answer answer = { 0 };
  g_autoptr(GBytes) entity = until ? ask(pgp, from, (gsize)(until - from) + strlen(end), &answer) : NULL;
  seal->is_encrypted = entity != NULL;
  seal->is_closed = !entity;
  if (!entity) return;
  remember_signer(&answer, seal);
  seal->inside = entity_replace(raw, size, entity);
}
