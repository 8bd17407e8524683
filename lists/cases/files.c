/* The files of a resident's mail on their way to an office: photos without the place where somebody lives and
 * the time, papers as they are. Everything else stays with us, and the letter says that there is more.
 *
 * Papers (PDF, OpenDocument, Office without macros, plain text) go along because they are what somebody sends
 * on purpose for the office to read: a form, a letter of the landlord's. They may hold a name, and their
 * author's stands in many; so who sent them is told that the office sees them as they are. No program takes
 * such things out of a paper for certain, and a page never shows one: nothing that a resident attaches is
 * published. Old formats (.doc, .xls) stay here: nobody can say by their bytes whether they hold programs. */
#include "lists/cases/case.h"

#include "lib/base/fault.h"
#include "lib/mail/files/file_kinds.h"
#include "lib/mail/files/heic_bytes.h"
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

/* What may go along. Pictures are known by their bytes, papers by name and bytes together (mail_attachment's
 * kind). */
static const struct going {
  const char *ending, *type;
  bool is_paper;
} goings[] = {
  { "jpg", "image/jpeg", false },
  { "png", "image/png", false },
  { "webp", "image/webp", false },
  { "heic", "image/heic", false },
  { "pdf", "application/pdf", true },
  { "odt", "application/vnd.oasis.opendocument.text", true },
  { "ods", "application/vnd.oasis.opendocument.spreadsheet", true },
  { "odp", "application/vnd.oasis.opendocument.presentation", true },
  { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true },
  { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", true },
  { "rtf", "application/rtf", true },
  { "txt", "text/plain", true },
  { "csv", "text/csv", true },
};

static const struct going *going_of(const char *ending)
{
  for (gsize i = 0; ending && i < G_N_ELEMENTS(goings); i++)
    if (strcmp(goings[i].ending, ending) == 0) return &goings[i];
  return NULL;
}

/* A document that does nothing where somebody opens it; NULL: it is none. */
static const struct going *paper_of(const struct mail_attachment *file)
{
  if (file->kind != FILE_DOCUMENT || file->hazard != FILE_HARMLESS || !file->filename) return NULL;
  g_autofree char *ending = file_ending(file->filename, strlen(file->filename));
  const struct going *going = going_of(ending);
  return going && going->is_paper ? going : NULL;
}

bool case_has_papers(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *file = mail->attachments->pdata[i];
    if (!file->calendar_text && file->size_bytes <= FILE_BYTES && paper_of(file)) return true;
  }
  return false;
}

/* The bytes that go along, and what they are; NULL: nothing of it does. */
static GByteArray *clean_bytes(const struct mail_attachment *file, GByteArray *bytes,
                               const struct going **going)
{
  const char *ending = public_ending(bytes->data, bytes->len);
  bool is_heic = !ending && heic_is(bytes->data, bytes->len);
  *going = ending || is_heic ? going_of(is_heic ? "heic" : ending) : paper_of(file);
  if (!*going) return NULL;
  if (is_heic) return heic_clean(bytes->data, bytes->len);
  return ending ? public_bytes(bytes->data, bytes->len) : g_byte_array_ref(bytes);
}

/* One file; NULL: it stays here. Its own name may hold somebody's, so it goes by its number. */
static struct case_attachment *read_one(const void *raw, gsize size, const struct mail_attachment *file,
                                        guint number)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  const struct going *going = NULL;
  if (file->hazard != FILE_HARMLESS || file->size_bytes > FILE_BYTES ||
      !mail_open_part(raw, size, file->part, collect, bytes))
    return NULL;
  GByteArray *clean = clean_bytes(file, bytes, &going);
  if (!clean) return NULL;
  struct case_attachment *attachment = g_new0(struct case_attachment, 1);
  attachment->name = g_strdup_printf("%u.%s", number, going->ending);
  attachment->type = going->type;
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
