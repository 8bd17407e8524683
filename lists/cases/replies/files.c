/* Files that came with an office's answer. Whoever asked gets them at once, each by a letter of its own: the
 * office sent them to this person, a proven sender vouches for them, and holding a form back for days would
 * make us worse than plain mail. The public sees none before somebody of the list has looked at it: a scan
 * may show what no program reads. Programs, calendars and passed-on mails go nowhere. */
#include "lists/cases/replies/reply.h"

#include "lists/list_cache.h"
#include "lists/moderation/duties.h"
#include "lists/requests/requests.h"

#include "lib/text/template.h"

#include <string.h>

enum {
  FILES_MAX = 5,
  FILES_A_MAIL = 16, /* numbers of files, in what a question is about */
  DECORATION_BYTES = 32 * 1024
};

/* "image001.png", "Outlook-abcd.png", "Logo_BA.png": what stands beside a signature, of the few bytes that
 * such pictures have. A gateway that takes the HTML away leaves them as if they had been attached. */
static bool is_decoration(const struct mail_attachment *file)
{
  static const char *const words[] = { "logo", "banner", "wappen", "signatur", "signature", "briefkopf" };
  const char *name = file->filename ? file->filename : "";
  if (file->kind != FILE_PICTURE || file->size_bytes > DECORATION_BYTES) return false;
  g_autofree char *low = g_utf8_strdown(name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (strstr(low, words[i])) return true;
  bool is_numbered = g_str_has_prefix(low, "image") && strspn(low + strlen("image"), "0123456789") == 3 &&
                     low[strlen("image") + 3] == '.';
  return is_numbered || g_str_has_prefix(low, "outlook-");
}

/* A picture or a document that does nothing where somebody opens it. */
static bool is_passed_on(const struct mail_attachment *file)
{
  bool is_readable = file->kind == FILE_PICTURE || file->kind == FILE_DOCUMENT;
  return !file->is_inline && is_readable && file->hazard == FILE_HARMLESS && !is_decoration(file);
}

static char *name_of(const struct mail_attachment *file)
{
  const char *name = file->filename && *file->filename ? file->filename : file->type;
  g_autofree char *short_name = g_utf8_substring(name, 0, MIN(g_utf8_strlen(name, -1), 80));
  return g_strdelimit(g_steal_pointer(&short_name), "\r\n\t", ' ');
}

/* One file to everybody who asked. */
static bool send_file(struct case_reply *reply, const struct mail_attachment *file, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(reply->work->store, reply->it->id, "", error);
  if (!parties) return false;
  gsize size = 0;
  const void *raw = g_bytes_get_data(reply->arrival->raw, &size);
  g_autofree char *name = name_of(file);
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    bool has_asked = strcmp(party->role, "resident") == 0 || strcmp(party->role, "helper") == 0;
    if (!has_asked) continue;
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "office", reply->office->name);
    value_set_text(values, "file", name);
    struct case_letter letter = { .purpose = "case_file",
                                  .it = reply->it,
                                  .party = party,
                                  .values = values,
                                  .attached_raw = raw,
                                  .attached_size = size,
                                  .attached_part = file->part };
    if (!case_letter_send(reply->work, &letter, error)) return false;
  }
  return true;
}

/* Those with duties of the list look at it. */
static bool ask_for_look(struct case_reply *reply, const struct case_file *row, GError **error)
{
  struct work *work = reply->work;
  const struct list *list = list_cache_by_id(work->lists, reply->it->list);
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  g_autofree char *number = casefile_name(reply->it);
  g_autofree char *details = g_strdup_printf("case=%" G_GINT64_FORMAT "\nposition=%d\nnumber=%d",
                                             row->casefile, row->position, row->number);
  gsize size = 0;
  const void *raw = g_bytes_get_data(reply->arrival->raw, &size);
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = officials->pdata[i];
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "number", number);
    value_set_text(values, "title", reply->it->title);
    value_set_text(values, "office", reply->office->name);
    value_set_text(values, "file", row->filename);
    if (!requests_ask(work,
                      &(struct question_out){ .purpose = "case_files",
                                              .list = list,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = reply->arrival->mail_id * FILES_A_MAIL + row->number,
                                              .details = details,
                                              .values = values,
                                              .attached_raw = raw,
                                              .attached_size = size,
                                              .attached_part = row->part },
                      NULL, error))
      return false;
  }
  return true;
}

/* Its row, its letters, and where the case is public the question about it. */
static bool take_file(struct case_reply *reply, const struct case_entry *entry,
                      const struct mail_attachment *file, int number, GError **error)
{
  bool may_be_public = case_is_listed_public(reply->work, reply->it);
  g_autofree char *name = name_of(file);
  struct case_file row = { .casefile = reply->it->id,
                           .position = entry->position,
                           .number = number,
                           .filename = name,
                           .type = file->type,
                           .part = file->part,
                           .size = (int64_t)file->size_bytes };
  return case_file_put(reply->work->store, &row, error) && send_file(reply, file, error) &&
         (!may_be_public || ask_for_look(reply, &row, error));
}

bool reply_files(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  const GPtrArray *files = reply->arrival->mail->attachments;
  int count = 0;
  if (reply->reading.own && reply->is_by_admin) return true; /* the forwarding mail's, not the office's */
  if (reply->is_row) return true;                            /* of no single case */
  for (guint i = 0; i < files->len && count < FILES_MAX; i++) {
    const struct mail_attachment *file = files->pdata[i];
    if (is_passed_on(file) && !take_file(reply, entry, file, ++count, error)) return false;
  }
  return true;
}
