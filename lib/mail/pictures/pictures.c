/* The side of pictures that the worker and `explain` see: starts the process, sends bytes, takes answers.
 * When the process is gone, or does not answer in time, photos say nothing from then on, and mails go on. */
#include "lib/mail/pictures/picture_facts.h"

#include "lib/mail/read.h"

#include <string.h>

enum { ANSWER_MS = 8000, JPEG_BYTES = 512 * 1024 };

static void serve(int fd, const void *data)
{
  (void)data;
  picture_process(fd);
}

struct pictures *pictures_start(GError **error)
{
  struct companion companion;
  if (!companion_start(&companion, serve, NULL, "that reads pictures", error)) return NULL;
  struct pictures *pictures = g_new(struct pictures, 1);
  pictures->companion = companion;
  return pictures;
}

void pictures_stop(struct pictures *pictures)
{
  if (!pictures) return;
  companion_stop(&pictures->companion);
  g_free(pictures);
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
  struct companion *companion = pictures ? &pictures->companion : NULL;
  if (!companion || companion->fd < 0 || form < 0 || size == 0) return false;
  if (form == PICTURE_HEIF && size > PICTURES_BYTES) return false;
  struct picture_request request = { (guint32)form, (guint32)MIN(size, limit_of(form)) };
  struct picture_answer answer;
  if (!companion_send(companion, &request, sizeof request, ANSWER_MS) ||
      !companion_send(companion, bytes, request.size, ANSWER_MS) ||
      !companion_receive(companion, &answer, sizeof answer, ANSWER_MS)) {
    companion_give_up(companion);
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
