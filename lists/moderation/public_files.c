/* "Darf das ins Archiv?" A post with an attachment over the limit goes out at once: members get the file by
 * the link in their mail, so nobody waits. What everybody could see waits for a moderator: until their yes
 * nothing stands at the address that the mail gives, and after a no, or two weeks of silence, nothing ever
 * will. A yes makes the bytes that are published: a picture without where, when and by whom it was taken
 * (lib/mail/files/public_bytes.c). */
#include "lists/moderation/public_files.h"

#include "lists/addresses/reply_address.h"
#include "lists/decisions.h"
#include "lists/groups/files.h"
#include "lists/groups/sizes.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/private.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/files/public_bytes.h"
#include "lib/mail/read.h"
#include "lib/store/moderation/files.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/text/escape.h"

#include <string.h>

enum { HEAD_BYTES = 16, PUBLIC_BYTES = 24 * 1024 * 1024, DAY_SECONDS = 24 * 3600, AGAIN_DAYS = 2 };

/* ---- asking ---- */

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

/* Up to so many bytes of a part of a mail. */
static GByteArray *bytes_of(GBytes *raw, const char *part, gsize limit)
{
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  struct gathering it = { g_byte_array_new(), limit };
  mail_open_part(bytes, size, part, gather, &it);
  return it.bytes;
}

/* The ending that an attachment would have in the archive; NULL: it cannot come there. */
static const char *ending_of(const struct arrival *arrival, const struct mail_attachment *attachment)
{
  if (files_is_hazard(attachment, NULL) || attachment->size_bytes > PUBLIC_BYTES) return NULL;
  g_autoptr(GByteArray) head = bytes_of(arrival->raw, attachment->part, HEAD_BYTES);
  return public_ending(head->data, head->len);
}

static guint number_of(const struct mail *mail, const struct mail_attachment *attachment)
{
  guint index = 0;
  return g_ptr_array_find(mail->attachments, attachment, &index) ? index + 1 : 0;
}

char *public_file_url(const struct work *work, const struct arrival *arrival, const struct message *message,
                      const struct mail_attachment *attachment)
{
  const char *ending =
      arrival->list->archive_public && message->is_public ? ending_of(arrival, attachment) : NULL;
  if (!ending) return NULL;
  g_autofree char *base = g_strdup(work->config->base_url);
  gsize length = strlen(base);
  while (length && base[length - 1] == '/') base[--length] = '\0';
  return g_strdup_printf("%s/%s/anhang/%" G_GINT64_FORMAT "-%u.%s", base, arrival->list->name, message->id,
                         number_of(arrival->mail, attachment), ending);
}

/* How the letter names a file, and where whoever decides gets it. */
static void put_file(struct work *work, struct value *values, const struct list *list,
                     const struct message *message, const struct attachment *attachment, const char *ending)
{
  struct token token = { .purpose = TOKEN_ATTACHMENT, .object = (uint32_t)message->id };
  g_autofree char *address =
      reply_address_with(work->config, work->keys, message->from_token_key, list->name, &token);
  g_autofree char *file = text_for_filename(*attachment->filename ? attachment->filename : attachment->type);
  g_autofree char *subject = g_strdup_printf("Anhang %d: %s", attachment->number, file);
  g_autofree char *size = size_words(attachment->size_bytes);
  g_autoptr(GString) mailto = g_string_new(NULL);
  put_mailto(mailto, address, subject, NULL);
  struct value *row = value_append(values, "files");
  value_set_text(row, "file", file);
  value_set_text(row, "size", size);
  value_set_text(row, "mailto", mailto->str);
  value_set_flag(row, "document", strcmp(ending, "pdf") == 0);
}

/* What the letter says; NULL on error. *count: files that wait. */
static struct value *values_of(struct work *work, const struct list *list, const struct message *message,
                               guint *count, GError **error)
{
  *count = 0;
  g_autoptr(GPtrArray) files = public_files_of(work->store, message->id, error);
  if (!files) return NULL;
  struct value *values = value_new();
  value_set_text(values, "subject", *message->subject ? message->subject : NULL);
  bool has_document = false;
  for (guint i = 0; i < files->len; i++) {
    const struct public_file *file = g_ptr_array_index(files, i);
    if (strcmp(file->state, "asked") != 0) continue;
    for (guint k = 0; message->attachments && k < message->attachments->len; k++) {
      const struct attachment *attachment = g_ptr_array_index(message->attachments, k);
      if (attachment->number != file->number) continue;
      put_file(work, values, list, message, attachment, file->ending);
      (*count)++;
    }
    has_document |= strcmp(file->ending, "pdf") == 0;
  }
  value_set_flag(values, "has_document", has_document);
  return values;
}

static bool ask_all(struct work *work, const struct list *list, const struct message *message, GError **error)
{
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  g_autofree char *details = g_strconcat("subject=", message->subject, NULL);
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    guint count = 0;
    g_autoptr(value_t) values = values_of(work, list, message, &count, error);
    if (!values) return false;
    if (count == 0) return true;
    if (!requests_ask(work,
                      &(struct question_out){ .purpose = "files",
                                              .list = list,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = message->id,
                                              .details = details,
                                              .values = values },
                      NULL, error))
      return false;
  }
  return true;
}

bool public_files_question(struct work *work, const struct arrival *arrival, const struct message *message,
                           int64_t limit, GError **error)
{
  const GPtrArray *attachments = arrival->mail->attachments;
  bool is_any = false;
  if (!arrival->list->archive_public || !message->is_public) return true;
  for (guint i = 0; i < attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(attachments, i);
    if ((int64_t)attachment->size_bytes <= limit) continue;
    const char *ending = ending_of(arrival, attachment);
    if (!ending) continue;
    is_any = true;
    if (!public_file_ask(work->store, message->id, (int)i + 1, ending, work->now, error)) return false;
  }
  return !is_any || ask_all(work, arrival->list, message, error);
}

/* ---- deciding ---- */

/* Makes one file public, or refuses it where it cannot be made fit for that. */
static bool publish_one(struct work *work, const struct message *message, const struct public_file *file,
                        GBytes *raw, bool *is_out, GError **error)
{
  g_autoptr(GByteArray) bytes = bytes_of(raw, file->part, PUBLIC_BYTES);
  GByteArray *clean = public_bytes(bytes->data, bytes->len);
  *is_out = clean != NULL;
  if (!clean) return public_file_refuse(work->store, message->id, file->number, work->now, error);
  g_autoptr(GBytes) fit = g_byte_array_free_to_bytes(clean);
  return public_file_publish(work->store, message->id, file->number, fit, work->now, error);
}

/* How many files a yes made public, and how many could not be. */
struct published {
  guint out, unfit;
};

/* Decides about all files of a message that still wait. */
static bool settle(struct work *work, const struct message *message, bool is_yes, struct published *published,
                   GError **error)
{
  g_autoptr(GPtrArray) files = public_files_of(work->store, message->id, error);
  g_autoptr(GBytes) raw = files && is_yes ? mail_bytes(work->store, message->mail, error) : NULL;
  if (!files || (is_yes && !raw)) return false;
  for (guint i = 0; i < files->len; i++) {
    const struct public_file *file = g_ptr_array_index(files, i);
    if (strcmp(file->state, "asked") != 0) continue;
    bool is_out = false;
    bool is_done = is_yes ? publish_one(work, message, file, raw, &is_out, error)
                          : public_file_refuse(work->store, message->id, file->number, work->now, error);
    if (!is_done) return false;
    published->out += is_out;
    published->unfit += is_yes && !is_out;
  }
  return pages_mark_files(work->store, message->id, error) &&
         pages_mark_message(work->store, message->list, message->thread, message->position, error);
}

static bool log_files(struct work *work, const struct message *message, int64_t moderator,
                      const char *decision, const char *way, GError **error)
{
  return decisions_note(work,
                        &(struct decision_note){ .list = message->list,
                                                 .sort = 'f',
                                                 .id = message->id,
                                                 .code = "files",
                                                 .moderator = moderator,
                                                 .decision = decision,
                                                 .way = way },
                        error);
}

/* Says once a day how to answer; the question stays open. */
static bool ask_what_is_meant(struct work *work, const struct arrival *arrival, const struct request *request,
                              GError **error)
{
  bool may = false;
  g_autofree char *purpose = g_strdup_printf("files_unclear %" G_GINT64_FORMAT, request->id);
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  g_autofree char *subject = request_detail(request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", subject && *subject ? subject : NULL);
  return requests_tell(work, arrival, request, "files_unclear", values, true, error);
}

/* Who said yes learns that some of it, or all, is not in the archive. */
static bool tell_unfit(struct work *work, const struct arrival *arrival, const struct request *request,
                       const struct published *published, GError **error)
{
  g_autofree char *subject = request_detail(request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", subject && *subject ? subject : NULL);
  value_set_flag(values, "some", published->out > 0);
  return requests_tell(work, arrival, request, "files_unfit", values, false, error);
}

static bool conclude(struct work *work, const struct arrival *arrival, const struct request *request,
                     const struct message *message, bool is_yes, GError **error)
{
  struct published published = { 0 };
  if (!settle(work, message, is_yes, &published, error)) return false;
  /* The log and the others are told what came of it, not what was said. */
  const char *decision = is_yes && (published.out > 0 || published.unfit == 0) ? "approve" : "reject";
  return (published.unfit == 0 || tell_unfit(work, arrival, request, &published, error)) &&
         requests_end(work, arrival, request, is_yes ? "yes" : "no", error) &&
         log_files(work, message, request->person, decision, "mail", error) &&
         settle_requests(work, "files", message->id, request->person, decision, error);
}

static bool decide(struct work *work, const struct arrival *arrival, const struct request *request,
                   const struct message *message, struct decision *decision, GError **error)
{
  const struct understanding *it = arrival->understanding;
  bool is_whole = it->meaning->redact->len == 0 && !passage_has(it->passage, "moderation.letter");
  enum moderation said = is_whole ? it->meaning->decision : MODERATION_NONE;
  if (said == MODERATION_WAIT) {
    g_string_assign(decision->reason, "A moderator wants to be asked again.");
    return request_again(work->store, request->id, work->now + AGAIN_DAYS * DAY_SECONDS, error);
  }
  if (said == MODERATION_NONE) {
    g_string_assign(decision->reason, "The moderator's answer was not understood; they are asked again.");
    return ask_what_is_meant(work, arrival, request, error);
  }
  bool is_yes = said == MODERATION_APPROVE;
  g_string_assign(decision->reason, is_yes ? "A moderator lets attachments into the archive."
                                           : "A moderator keeps attachments out of the archive.");
  return conclude(work, arrival, request, message, is_yes, error);
}

/* The message that is asked about. *message NULL without error: nothing of it waits any more. */
static bool find_message(struct work *work, const struct request *request, struct message **message,
                         GError **error)
{
  GError *failed = NULL;
  *message = message_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(GPtrArray) files = public_files_of(work->store, request->object, error);
  if (!files) return false;
  bool is_any = false;
  for (guint i = 0; *message && i < files->len; i++)
    is_any |= strcmp(((const struct public_file *)g_ptr_array_index(files, i))->state, "asked") == 0;
  if (!is_any || !(*message)->mail) g_clear_pointer(message, message_free);
  return true;
}

bool files_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  bool has = false;
  g_autoptr(message_row) message = NULL;
  if (!duties_has(work, list, request, &has, error) || !find_message(work, request, &message, error))
    return false;
  if (has && message) return decide(work, arrival, request, message, decision, error);
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason,
                  "Whoever was asked has no duties of the list any more, or it is decided.");
  return requests_end(work, arrival, request, "settled", error);
}

bool files_remind(struct work *work, const struct request *request, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, request->list);
  guint count = 0;
  g_autoptr(message_row) message = NULL;
  if (!find_message(work, request, &message, error)) return false;
  if (!message || !list) return true;
  g_autoptr(value_t) values = values_of(work, list, message, &count, error);
  if (!values) return false;
  return requests_send_again(work, request, values, error);
}

/* The last of those who were asked let the time pass: the files stay out. */
bool files_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "files", request->object, error);
  if (!open || open->len > 0) return open != NULL;
  g_autoptr(message_row) message = NULL;
  struct published none = { 0 };
  if (!find_message(work, request, &message, error)) return false;
  return !message ||
         (settle(work, message, false, &none, error) && log_files(work, message, 0, "expire", "time", error));
}
