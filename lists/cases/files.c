/* The files of a resident's mail on their way to an office: photos without the place where somebody lives and
 * the time, papers as they are. Everything else stays with us, and the letter says that there is more. */
#include "lists/cases/case.h"

#include "lib/base/fault.h"
#include "lib/mail/files/public_bytes.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"

#include <string.h>

enum { FILES_MAX = 10, FILE_BYTES = 8 * 1024 * 1024, ALL_BYTES = 16 * 1024 * 1024 };

static void free_attachment(gpointer data)
{
  struct case_attachment *attachment = data;
  g_free(attachment->name);
  if (attachment->bytes) g_byte_array_unref(attachment->bytes);
  g_free(attachment);
}

static bool collect(const void *bytes, gsize size, void *data)
{
  GByteArray *all = data;
  if (all->len + size > FILE_BYTES) return false;
  g_byte_array_append(all, bytes, (guint)size);
  return true;
}

static const char *type_of(const char *ending)
{
  static const struct {
    const char *ending, *type;
  } types[] = {
    { "jpg", "image/jpeg" }, { "png", "image/png" }, { "webp", "image/webp" }, { "pdf", "application/pdf" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
    if (g_strcmp0(types[i].ending, ending) == 0) return types[i].type;
  return NULL;
}

/* One file; NULL: it stays here. Its own name may hold somebody's, so it goes by its number. */
static struct case_attachment *read_one(const void *raw, gsize size, const struct mail_attachment *file,
                                        guint number)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  if (file->size_bytes > FILE_BYTES || !mail_open_part(raw, size, file->part, collect, bytes)) return NULL;
  const char *ending = public_ending(bytes->data, bytes->len), *type = ending ? type_of(ending) : NULL;
  GByteArray *clean = type ? public_bytes(bytes->data, bytes->len) : NULL;
  if (!clean) return NULL;
  struct case_attachment *attachment = g_new0(struct case_attachment, 1);
  attachment->name = g_strdup_printf("%u.%s", number, ending);
  attachment->type = type;
  attachment->bytes = clean;
  return attachment;
}

/* Reads all; what does not fit is counted. */
static void read_all(const struct config *config, const void *raw, gsize size, GPtrArray *found,
                     guint *left_out)
{
  gsize total = 0;
  g_autoptr(mail_t) mail = mail_read(
      raw, size, &(struct mail_reading){ .domain = config->domain, .authserv_id = config->authserv_id });
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *file = mail->attachments->pdata[i];
    if (file->calendar_text) continue;
    struct case_attachment *one = found->len < FILES_MAX ? read_one(raw, size, file, found->len + 1) : NULL;
    bool fits = one && total + one->bytes->len <= ALL_BYTES;
    if (!fits) ++*left_out;
    if (one && !fits) free_attachment(one);
    if (!fits) continue;
    total += one->bytes->len;
    g_ptr_array_add(found, one);
  }
}

GPtrArray *case_attachments(struct work *work, int64_t mail, guint *left_out, GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_attachment);
  *left_out = 0;
  GError *failed = NULL;
  g_autoptr(GBytes) raw = mail ? mail_bytes(work->store, mail, &failed) : NULL;
  if (fault_hand_on(failed, error)) return NULL;
  gsize size = 0;
  const void *bytes = raw ? g_bytes_get_data(raw, &size) : NULL;
  if (bytes) read_all(work->config, bytes, size, found, left_out);
  return g_steal_pointer(&found);
}
