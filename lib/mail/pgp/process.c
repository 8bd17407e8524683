/* The process that runs gpg. It cannot sit in our sandbox, which forbids running programs; so it holds
 * nothing else: one socket, no database, no configuration but the key ring's directory. gpg looks nothing up
 * (no key servers), asks nobody (no pinentry), and is ended after a while. */
#include "lib/mail/pgp/pgp_process.h"

#include "lib/base/companion.h"
#include "lib/mail/smime/smime.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { SECONDS = 10 };

/* "[GNUPG:] GOODSIG 0123 Kerstin Muster <muster@ba.example>" */
static void read_status(const char *status, struct pgp_answer *answer)
{
  static const char good[] = "[GNUPG:] GOODSIG ", *const broken[] = {
    "[GNUPG:] BADSIG ", "[GNUPG:] ERRSIG ", "[GNUPG:] EXPSIG ", "[GNUPG:] EXPKEYSIG ", "[GNUPG:] REVKEYSIG "
  };
  if (strstr(status, "[GNUPG:] NO_PUBKEY ")) return; /* nobody can say: as unsigned */
  g_auto(GStrv) lines = g_strsplit(status, "\n", -1);
  for (char **line = lines; *line; line++) {
    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++)
      if (g_str_has_prefix(*line, broken[i])) answer->signature = SMIME_BROKEN;
    const char *name = g_str_has_prefix(*line, good) ? strchr(*line + strlen(good), ' ') : NULL;
    if (!name || answer->signature == SMIME_BROKEN) continue;
    answer->signature = SMIME_VALID;
    g_strlcpy(answer->signer, name + 1, sizeof answer->signer);
  }
}

/* Runs gpg on one message. NULL: it could not be opened. */
static GBytes *open_message(const char *home, GBytes *message, struct pgp_answer *answer)
{
  g_autofree char *seconds = g_strdup_printf("%d", SECONDS);
  const char *const arguments[] = { "timeout",     "-k",
                                    "1",           seconds,
                                    "gpg",         "--homedir",
                                    home,          "--batch",
                                    "--no-tty",    "--quiet",
                                    "--yes",       "--pinentry-mode",
                                    "cancel",      "--no-auto-key-retrieve",
                                    "--status-fd", "2",
                                    "--decrypt",   NULL };
  g_autoptr(GSubprocess) gpg = g_subprocess_newv(
      arguments,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  g_autoptr(GBytes) out = NULL, status = NULL;
  if (!gpg || !g_subprocess_communicate(gpg, message, NULL, &out, &status, NULL)) return NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data(status, &size);
  g_autofree char *lines = g_strndup(text, size);
  if (!strstr(lines, "[GNUPG:] DECRYPTION_OKAY") || g_bytes_get_size(out) > PGP_BYTES) return NULL;
  read_status(lines, answer);
  return g_steal_pointer(&out);
}

/* A pipe that holds the signature, for gpg to read; -1: there can be none. It fits: a pipe holds 64 KB. */
static int pipe_with(const void *signature, gsize size)
{
  int ends[2];
  if (pipe(ends) != 0) return -1;
  bool is_written = write(ends[1], signature, size) == (ssize_t)size;
  close(ends[1]);
  if (is_written) return ends[0];
  close(ends[0]);
  return -1;
}

/* Runs gpg on what is signed; the signature comes as file descriptor 3. */
static void verify(const char *home, GBytes *content, const void *signature, gsize size,
                   struct pgp_answer *answer)
{
  g_autofree char *seconds = g_strdup_printf("%d", SECONDS);
  const char *const arguments[] = { "timeout",
                                    "-k",
                                    "1",
                                    seconds,
                                    "gpg",
                                    "--homedir",
                                    home,
                                    "--batch",
                                    "--no-tty",
                                    "--quiet",
                                    "--no-auto-key-retrieve",
                                    "--status-fd",
                                    "2",
                                    "--enable-special-filenames",
                                    "--verify",
                                    "--",
                                    "-&3",
                                    "-",
                                    NULL };
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  int fd = pipe_with(signature, size);
  if (fd < 0) return;
  g_subprocess_launcher_take_fd(launcher, fd, 3);
  g_autoptr(GSubprocess) gpg = g_subprocess_launcher_spawnv(launcher, arguments, NULL);
  g_autoptr(GBytes) status = NULL;
  if (!gpg || !g_subprocess_communicate(gpg, content, NULL, NULL, &status, NULL)) return;
  gsize length = 0;
  const char *text = g_bytes_get_data(status, &length);
  g_autofree char *lines = g_strndup(text, length);
  read_status(lines, answer);
}

static bool serve_one(int fd, const char *home)
{
  struct pgp_request request;
  struct pgp_answer answer = { 0 };
  if (!companion_read(fd, &request, sizeof request) || request.size > PGP_BYTES ||
      request.signature_size > PGP_SIGNATURE_BYTES)
    return false;
  g_autofree void *bytes = g_malloc(MAX(request.size, 1));
  g_autofree void *signature = g_malloc(MAX(request.signature_size, 1));
  if (!companion_read(fd, bytes, request.size) || !companion_read(fd, signature, request.signature_size))
    return false;
  g_autoptr(GBytes) message = g_bytes_new_static(bytes, request.size);
  bool is_signed = request.signature_size > 0;
  if (is_signed) verify(home, message, signature, request.signature_size, &answer);
  g_autoptr(GBytes) entity = is_signed ? NULL : open_message(home, message, &answer);
  gsize size = 0;
  const void *inside = entity ? g_bytes_get_data(entity, &size) : NULL;
  answer.is_open = entity != NULL;
  answer.size = (guint32)size;
  return companion_write(fd, &answer, sizeof answer) && companion_write(fd, inside, size);
}

void pgp_process(int fd, const char *home)
{
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "kiezpost-pgp");
  signal(SIGINT, SIG_IGN); /* Ctrl-C is for the parent, which closes the socket */
  signal(SIGTERM, SIG_DFL);
  signal(SIGPIPE, SIG_IGN);
  while (serve_one(fd, home)) {
  }
  _exit(0);
}
