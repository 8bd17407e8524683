/* Attachments that run, or act, where somebody opens them (lib/mail/files says which) go to nobody: a
 * sentence stands in their place, the rest of the mail goes its way, and its author hears what to send
 * instead. The mail as it came stays in the store, for whoever has to look into it.
 *
 * And what a list takes: kinds of files and sizes. Signatures, and the small pictures that mail programs put
 * into a text, are nobody's attachment. */
#include "lists/groups/files.h"

#include "lists/letters.h"
#include "lists/moderation/refuse.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/files.h"
#include "lib/store/people/people.h"
#include "lib/text/escape.h"

#include <string.h>

enum { FILES_NAMED = 20, DECORATION_BYTES = 64 * 1024 };

static const char *const flags[] = { [FILE_HARMLESS] = NULL,
                                     [FILE_PROGRAM] = "program",
                                     [FILE_MACROS] = "macros",
                                     [FILE_PAGE] = "page",
                                     [FILE_UNREADABLE] = "unreadable" };
_Static_assert(G_N_ELEMENTS(flags) == FILE_HAZARD_COUNT, "every hazard has its flag");

bool files_is_hazard(const struct mail_attachment *attachment, void *data)
{
  (void)data;
  return attachment->hazard != FILE_HARMLESS;
}

bool files_any_hazard(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++)
    if (files_is_hazard(g_ptr_array_index(mail->attachments, i), NULL)) return true;
  return false;
}

bool files_only_hazards(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++)
    if (!files_is_hazard(g_ptr_array_index(mail->attachments, i), NULL)) return false;
  return mail->attachments->len > 0 && mail->text[strspn(mail->text, " \t\r\n")] == '\0';
}

/* What letters say of one file. */
static void put_file(struct value *values, const struct mail_attachment *attachment)
{
  g_autofree char *file = text_for_filename(attachment->filename ? attachment->filename : attachment->type);
  value_set_text(values, "file", file);
  value_set_flag(values, flags[attachment->hazard], true);
}

char *files_hazard_line(struct work *work, const char *language, const struct mail *mail,
                        const struct mail_attachment *attachment, bool html)
{
  guint index = 0;
  g_autoptr(value_t) values = value_new();
  put_file(values, attachment);
  bool is_there = g_ptr_array_find(mail->attachments, attachment, &index);
  value_set_number(values, "number", is_there ? index + 1 : 0);
  char *line = letters_render(work->letters, language,
                              html ? "attachment_removed.html" : "attachment_removed.txt", values, NULL);
  return line ? g_strchomp(line) : NULL;
}

const char *files_left_out_line(const struct mail_attachment *attachment, bool html, void *data)
{
  const struct files_left_out *it = data;
  char *line = files_hazard_line(it->work, it->language, it->mail, attachment, html);
  if (line) g_ptr_array_add(it->lines, line);
  return line;
}

static struct value *values_of(const struct mail *mail, bool nothing_left)
{
  struct value *values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  value_set_flag(values, "nothing_left", nothing_left);
  guint named = 0;
  for (guint i = 0; i < mail->attachments->len && named < FILES_NAMED; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    if (!files_is_hazard(attachment, NULL)) continue;
    put_file(value_append(values, "files"), attachment);
    named++;
  }
  return values;
}

bool files_tell_author(struct work *work, const struct arrival *arrival, bool is_member, bool nothing_left,
                       GError **error)
{
  const struct mail *mail = arrival->mail;
  bool may = mail->auth.is_authenticated;
  g_autofree char *address = files_any_hazard(mail) ? refuse_author(work, mail) : NULL;
  if (!address || (!may && !is_member)) return true;
  if (!may && !notices_may(work, "attachment_kept_out", address, &may, error)) return false;
  if (!may) return true;
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(value_t) values = values_of(mail, nothing_left);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "attachment_kept_out",
                                            .list = arrival->list,
                                            .address = address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

/* ---- what a list takes ---- */

bool files_limit(struct work *work, const struct list *list, int64_t *bytes, GError **error)
{
  *bytes = work->config->attachment_limit_bytes;
  if (!list) return true;
  g_autoptr(list_files_t) own = list_files_get(work->store, list->id, error);
  if (own && own->travels_bytes > 0) *bytes = own->travels_bytes;
  return own != NULL;
}

/* Part of how a mail is made, not of what somebody wants to show. */
static bool is_by_the_way(const struct mail_attachment *attachment)
{
  static const char *const types[] = { "application/pgp-signature",   "application/pgp-keys",
                                       "application/pkcs7-signature", "application/x-pkcs7-signature",
                                       "application/pgp-encrypted",   "application/ms-tnef" };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(attachment->type, types[i]) == 0) return true;
  return attachment->is_inline && attachment->kind == FILE_PICTURE &&
         attachment->size_bytes <= DECORATION_BYTES;
}

bool files_is_other_kind(struct work *work, const struct list *list, const struct mail *mail, bool *is,
                         GError **error)
{
  unsigned taken = FILE_KINDS_ANY;
  *is = false;
  if (mail->attachments->len == 0) return true;
  g_autoptr(list_files_t) own = list_files_get(work->store, list->id, error);
  if (!own) return false;
  if (!file_kinds_read(own->kinds, &taken, NULL)) taken = FILE_KINDS_ANY;
  for (guint i = 0; i < mail->attachments->len && !*is; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    *is =
        !(taken & 1u << attachment->kind) && !files_is_hazard(attachment, NULL) && !is_by_the_way(attachment);
  }
  return true;
}

bool files_is_oversize(struct work *work, const struct list *list, const struct mail *mail, bool *is,
                       GError **error)
{
  g_autoptr(list_files_t) own = list_files_get(work->store, list->id, error);
  *is = own && own->takes_bytes > 0 && (int64_t)mail->size_bytes > own->takes_bytes;
  return own != NULL;
}
