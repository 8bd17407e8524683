/* Somebody with duties of the list has looked at a file that came with an office's answer. Their yes makes
 * the bytes that are published: a picture without where, when and by whom it was taken
 * (lib/mail/files/public_bytes.c), a PDF as it is. What is of another kind, or broken, is named on the page
 * and not there, and whoever said yes is told so. */
#include "lists/cases/replies/reply.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/mail/files/public_bytes.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/text/template.h"

#include <string.h>

enum { PUBLIC_BYTES = 24 * 1024 * 1024 };

static bool collect(const void *bytes, gsize size, void *data)
{
  GByteArray *all = data;
  if (all->len + size > PUBLIC_BYTES) return false;
  g_byte_array_append(all, bytes, (guint)size);
  return true;
}

/* A part of the mail, or of what is inside its seal, as it may be published; NULL: it cannot be. *ending
 * static. */
static GBytes *fit_part(struct work *work, GBytes *raw, const char *part, const char **ending)
{
  struct smime_seal seal = { 0 };
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  if (work->smime) smime_look(work->smime, bytes, size, work->now, &seal);
  if (seal.inside) bytes = g_bytes_get_data(seal.inside, &size);
  g_autoptr(GByteArray) all = g_byte_array_new();
  bool is_whole = mail_open_part(bytes, size, part, collect, all);
  *ending = is_whole ? public_ending(all->data, all->len) : NULL;
  GByteArray *clean = *ending ? public_bytes(all->data, all->len) : NULL;
  smime_seal_clear(&seal);
  return clean ? g_byte_array_free_to_bytes(clean) : NULL;
}

/* The mail that brought it; NULL without error: it is gone. */
static GBytes *mail_of(struct work *work, const struct case_file *file, GError **error)
{
  GError *failed = NULL;
  struct case_entry *entry = case_entry_get(work->store, file->casefile, file->position, &failed);
  int64_t mail = entry ? entry->mail : 0;
  case_entry_free(entry);
  GBytes *raw = mail && !failed ? mail_bytes(work->store, mail, &failed) : NULL;
  return fault_hand_on(failed, error) ? NULL : raw;
}

/* Who said yes learns that it is not there. */
static bool tell_unfit(struct work *work, const struct arrival *arrival, const struct request *request,
                       const struct casefile *it, const struct case_file *file, GError **error)
{
  g_autofree char *number = casefile_name(it);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "title", it->title);
  value_set_text(values, "file", file->filename);
  return requests_tell(work, arrival, request, "case_files_unfit", values, false, error);
}

static bool show(struct work *work, const struct arrival *arrival, const struct request *request,
                 const struct casefile *it, struct case_file *file, GError **error)
{
  GError *failed = NULL;
  const char *ending = NULL;
  g_autoptr(GBytes) raw = mail_of(work, file, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(GBytes) fit = raw ? fit_part(work, raw, file->part, &ending) : NULL;
  return case_file_publish(work->store, file, ending, fit, error) &&
         (fit || tell_unfit(work, arrival, request, it, file, error)) &&
         casefile_mark_pages(work->store, it, error);
}

/* The file that was looked at. */
static bool show_file(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error)
{
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_get(work->store, request_number(request, "case"), &failed);
  g_autoptr(GPtrArray) files =
      it ? case_files(work->store, it->id, (int)request_number(request, "position"), &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  for (guint i = 0; files && i < files->len; i++) {
    struct case_file *file = files->pdata[i];
    bool is_it = file->number == request_number(request, "number");
    if (is_it && !show(work, arrival, request, it, file, error)) return false;
  }
  return true;
}

bool case_files_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct meaning *meaning = arrival->understanding->meaning;
  bool is_yes = meaning->decision == MODERATION_APPROVE && meaning->redact->len == 0;
  if (!is_yes && meaning->decision != MODERATION_REJECT) {
    g_string_assign(decision->reason, "It does not say plainly whether the file may be shown; it is not.");
    return true;
  }
  g_string_assign(decision->reason, is_yes ? "Somebody has looked at the file; it may be shown."
                                           : "Somebody has looked at the file; it is not shown.");
  return requests_end(work, arrival, request, is_yes ? "yes" : "no", error) &&
         reply_settle(work, request, error) && (!is_yes || show_file(work, arrival, request, error));
}
