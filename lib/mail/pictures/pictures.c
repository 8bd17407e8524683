/* The side of pictures that the worker and `explain` see: starts the process, sends bytes, takes answers.
 * When the process is gone, or does not answer in time, photos say nothing from then on, and mails go on. */
#include "lib/mail/pictures/picture_facts.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MS = 8000, JPEG_BYTES = 512 * 1024 };

struct pictures *pictures_start(GError **error)
{
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    fault_set_errno(error, FAULT_TEMPORARY, errno, "The process that reads pictures gets no socket");
    return NULL;
  }
  pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    picture_process(ends[1]);
  }
  int why = errno;
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    fault_set_errno(error, FAULT_TEMPORARY, why, "The process that reads pictures cannot be started");
    return NULL;
  }
  struct pictures *pictures = g_new(struct pictures, 1);
  *pictures = (struct pictures){ .fd = ends[0], .process = process };
  return pictures;
}

/* The process is of no use any more. */
static void give_up(struct pictures *pictures)
{
  if (pictures->fd >= 0) close(pictures->fd);
  pictures->fd = -1;
}

void pictures_stop(struct pictures *pictures)
{
  if (!pictures) return;
  give_up(pictures);
  kill(pictures->process, SIGKILL);
  while (waitpid(pictures->process, NULL, 0) < 0 && errno == EINTR) {
  }
  g_free(pictures);
}

/* Sends or receives all of it in time. MSG_NOSIGNAL: a dead process is no reason for us to die. */
static bool transfer(int fd, void *bytes, gsize size, bool sends)
{
  char *at = bytes;
  while (size > 0) {
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

/* The form of a media type; -1: no picture that says where it was taken. */
static int form_of(const char *type)
{
  static const struct {
    const char *type;
    enum picture_form form;
  } rows[] = { { "image/jpeg", PICTURE_JPEG },  { "image/jpg", PICTURE_JPEG },
               { "image/pjpeg", PICTURE_JPEG }, { "image/heic", PICTURE_HEIF },
               { "image/heif", PICTURE_HEIF },  { "image/heic-sequence", PICTURE_HEIF } };
  for (gsize i = 0; type && i < G_N_ELEMENTS(rows); i++)
    if (strcmp(rows[i].type, type) == 0) return (int)rows[i].form;
  return -1;
}

/* How much of a picture is worth sending: in JPEG what it says about itself stands in front. */
static gsize limit_of(int form)
{
  return form == PICTURE_JPEG ? JPEG_BYTES : PICTURES_BYTES;
}

bool pictures_read(struct pictures *pictures, const char *type, const void *bytes, gsize size,
                   struct picture_facts *facts)
{
  int form = form_of(type);
  if (!pictures || pictures->fd < 0 || form < 0 || size == 0) return false;
  if (form == PICTURE_HEIF && size > PICTURES_BYTES) return false;
  struct picture_request request = { (guint32)form, (guint32)MIN(size, limit_of(form)) };
  struct picture_answer answer;
  if (!transfer(pictures->fd, &request, sizeof request, true) ||
      !transfer(pictures->fd, (void *)bytes, request.size, true) ||
      !transfer(pictures->fd, &answer, sizeof answer, false)) {
    give_up(pictures);
    return false;
  }
  answer.facts.taken[sizeof answer.facts.taken - 1] = '\0';
  *facts = answer.facts;
  return answer.is_read != 0;
}

/* ---- a mail's photos ---- */

struct gathering {
  GByteArray *bytes;
  gsize limit;
};

static bool gather(const void *bytes, gsize size, void *data)
{
  struct gathering *it = data;
  g_byte_array_append(it->bytes, bytes, (guint)MIN(size, it->limit - it->bytes->len));
  return it->bytes->len < it->limit;
}

/* The type by the name where the client said none worth the word ("application/octet-stream"). */
static const char *type_of(const struct mail_attachment *attachment)
{
  static const struct {
    const char *ending, *type;
  } rows[] = {
    { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".heic", "image/heic" }, { ".heif", "image/heif" }
  };
  if (strcmp(attachment->type, "application/octet-stream") != 0 || !attachment->filename)
    return attachment->type;
  g_autofree char *name = g_ascii_strdown(attachment->filename, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (g_str_has_suffix(name, rows[i].ending)) return rows[i].type;
  return attachment->type;
}

void pictures_locate(struct pictures *pictures, const void *raw, gsize size, struct mail *mail)
{
  guint asked = 0;
  for (guint i = 0; pictures && i < mail->attachments->len && asked < PICTURES_A_MAIL; i++) {
    struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    const char *type = type_of(attachment);
    int form = form_of(type);
    if (form < 0) continue;
    asked++;
    struct gathering gathering = { .bytes = g_byte_array_new(), .limit = limit_of(form) };
    struct picture_facts facts;
    mail_open_part(raw, size, attachment->part, gather, &gathering);
    if (pictures_read(pictures, type, gathering.bytes->data, gathering.bytes->len, &facts)) {
      attachment->has_point = facts.has_point;
      attachment->lat = facts.lat;
      attachment->lon = facts.lon;
      g_strlcpy(attachment->taken, facts.taken, sizeof attachment->taken);
    }
    g_byte_array_unref(gathering.bytes);
  }
}
