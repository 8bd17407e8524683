/* An office in a group. It is no member and need not be: whom our MTA vouches for and whose address an office
 * has entered speaks for it, in any group. From says so ("Straßen- und Grünflächenamt (Amt) über Grünau"),
 * the message is marked for the archive, and the clerk's name, room and number stay behind as they do under
 * an answer to a case.
 *
 * Somebody at work who is a member of the group with an address that is the office's by its domain only
 * writes as a person. What is marked as internal, or said to a colleague, is not posted and shown to no
 * moderator: its author is asked. */
#include "lists/groups/official.h"

#include "lists/decide.h"
#include "lists/groups/compose.h"
#include "lists/groups/groups.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/message_rows.h"
#include "lists/moderation/rules.h"
#include "lists/offices/offices.h"
#include "lists/senders.h"
#include "lists/threading.h"
#include "lists/understand/answers/official/text.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/cases/official_messages.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include "lib/text/template.h"

#include <string.h>

enum { LARGE_LIST = 1000, READ_BYTES = 16 * 1024 };

/* "Straßen- und Grünflächenamt (Amt)" in the list's language. NULL on error. */
static char *shown_name(struct work *work, const struct list *list, const struct office *office,
                        GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office->name);
  char *name = letters_render(work->letters, list->language, "official_name.txt", values, error);
  return name ? g_strstrip(name) : NULL;
}

/* The letter to all members. */
static bool put_letter(struct work *work, const struct arrival *arrival, const struct message *message,
                       GError **error)
{
  g_autoptr(thread_row) thread = thread_get(work->store, message->thread, error);
  if (!thread) return false;
  g_autoptr(GBytes) content = group_compose(work, arrival, message, thread, false, error);
  int64_t receiving = content ? members_receiving(work->store, message->list, error) : -1;
  if (receiving < 0) return false;
  struct letter letter = { .purpose = (char *)"post",
                           .priority = receiving > LARGE_LIST ? LETTER_BULK : LETTER_ORDINARY,
                           .list = message->list,
                           .mail = arrival->mail_id,
                           .message = message->id,
                           .content = content,
                           .created = work->now,
                           .change = members_change(work->store, error) };
  return letter.change >= 0 && outbox_put_to_members(work->store, &letter, error);
}

/* Its own Message-ID; a new one where it has none, or the list has another mail with it. Caller frees. */
static bool choose_id(struct work *work, const struct list *list, const struct mail *mail, char **id,
                      GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) known =
      mail->message_id ? message_find_place(work->store, list->id, mail->message_id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  bool is_free = mail->message_id && (!known || !known->mail);
  *id = is_free ? g_strdup(mail->message_id) : compose_message_id(work->config->domain, work->now);
  return true;
}

static bool send(struct work *work, const struct official_post *post, const char *name, const char *id,
                 struct decision *decision, GError **error)
{
  struct mail shown = *post->arrival->mail;
  shown.from = (struct mail_address){ .name = (char *)name, .address = (char *)"" };
  shown.resent_from = (struct mail_address){ .name = (char *)"", .address = (char *)"" };
  struct arrival arrival = *post->arrival;
  arrival.mail = &shown;
  arrival.list = post->list;
  struct message message = { .list = post->list->id,
                             .message_id = (char *)id,
                             .parent = post->parent,
                             .mail = arrival.mail_id,
                             .from_name = (char *)name,
                             .from_address = (char *)"",
                             .subject = shown.subject,
                             .text = (char *)post->text,
                             .received = arrival.received,
                             .written = arrival.received,
                             .is_public = post->list->archive_public,
                             .from_token_key = keys_signing_number(work->keys) };
  message.attachments = message_attachments(&shown);
  bool is_done = threading_place(work, post->list, &shown, &message, error) &&
                 (!post->office || official_message_put(work->store, message.id, post->office->id, error)) &&
                 put_letter(work, &arrival, &message, error);
  g_ptr_array_unref(message.attachments);
  g_string_append_printf(decision->details, " message=%" G_GINT64_FORMAT, message.id);
  return is_done;
}

bool official_post(struct work *work, const struct official_post *post, struct decision *decision,
                   GError **error)
{
  g_autofree char *name =
      post->office ? shown_name(work, post->list, post->office, error) : g_strdup(post->list->title);
  g_autofree char *id = NULL;
  return name && choose_id(work, post->list, post->arrival->mail, &id, error) &&
         send(work, post, name, id, decision, error);
}

/* ---- a mail to a group ---- */

/* An address of its own, not only its domain. */
static bool has_entered(const struct office *office, const char *address)
{
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (strcmp(one->address, address) == 0) return true;
  }
  return false;
}

/* Somebody who writes from an office. */
struct speaker {
  struct office *office; /* whose word it is; NULL: a member's own, or nobody knows which office's */
  bool is_member;
  const struct rule *rule; /* what holds it in this group; NULL: nothing */
};

/* *is_there false: no office's address, or nobody vouches for it. The office is the caller's to free. */
static bool find_speaker(struct work *work, const struct arrival *arrival, struct speaker *speaker,
                         bool *is_there, GError **error)
{
  const struct mail *mail = arrival->mail;
  struct office_sender from;
  *speaker = (struct speaker){ 0 };
  *is_there = false;
  if (!offices_look(work, mail, 0, &from, error)) return false;
  if (from.proof != OFFICE_PROVEN) return true;
  GError *failed = NULL;
  g_autoptr(office_t) found = from.office ? office_get(work->store, from.office, &failed) : NULL;
  struct sender sender = { 0 };
  if (fault_hand_on(failed, error) || !sender_find(work, mail, arrival->list->id, &sender, error))
    return false;
  bool has_own = found && sender.address && has_entered(found, sender.address);
  speaker->is_member = sender.member && !has_own;
  enum rule_action action = RULE_ACCEPT;
  struct rule_case it = { .work = work, .arrival = arrival, .sender = &sender };
  *is_there = arrival->is_released || rules_judge(&it, &speaker->rule, &action, error);
  sender_clear(&sender);
  bool is_its = *is_there && !speaker->is_member && rules_is_addressed(work, arrival);
  if (is_its) speaker->office = g_steal_pointer(&found);
  return *is_there;
}

static bool keeps_all(const struct mail_attachment *attachment, void *data)
{
  (void)data;
  return !attachment->calendar_text && !g_str_has_prefix(attachment->type, "message/");
}

/* The mail with the office's words for the public alone, stored beside the original. */
static bool post_words(struct work *work, const struct arrival *arrival, const struct office *office,
                       const char *text, struct decision *decision, GError **error)
{
  gsize size = 0;
  const void *raw = g_bytes_get_data(arrival->raw, &size);
  g_autoptr(GBytes) bytes = compose_redacted(&(struct compose_redacted){ .raw = raw,
                                                                         .size = size,
                                                                         .mail = arrival->mail,
                                                                         .text = text,
                                                                         .subject = arrival->mail->subject,
                                                                         .from_name = office->name,
                                                                         .keeps = keeps_all });
  const char *recipients[] = { arrival->recipient, NULL };
  g_autoptr(incoming_t) incoming =
      incoming_new(work->config, arrival->received, arrival->envelope_sender, recipients, bytes);
  bool is_new = false;
  int64_t id = mail_put(work->store, incoming->key, incoming->received, incoming->sender, incoming->raw, NULL,
                        &is_new, error);
  if (!id ||
      (id != arrival->mail_id && !redaction_put(work->store, arrival->mail_id, arrival->list->id, id, error)))
    return false;
  struct arrival own = *arrival;
  own.mail = incoming->mail;
  own.raw = incoming->raw;
  own.mail_id = id;
  bool is_answer = arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_POST;
  struct official_post post = { .list = arrival->list,
                                .office = office,
                                .arrival = &own,
                                .parent = is_answer ? arrival->target.token.object : 0,
                                .text = text };
  decision->outcome = OUTCOME_POSTED;
  g_string_assign(decision->reason, "An office writes to the group as itself.");
  return official_post(work, &post, decision, error);
}

/* What is marked as internal, or said to a colleague, goes back to who wrote it: no moderator is of the
 * office. Where they cannot be asked any more today it stays in the store. */
static bool ask_author(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error)
{
  g_autofree char *address = address_normalise(arrival->mail->from.address);
  struct member author = { .address = address };
  bool asked = false;
  if (!private_reply_ask(work, arrival, &author, &asked, error)) return false;
  decision->outcome = asked ? OUTCOME_ANSWERED : OUTCOME_FILED;
  g_string_assign(decision->reason, "It reads as internal to an office; its author is asked.");
  return true;
}

/* Is it for the office alone? Who writes as a member has marked it so; else talk to colleagues counts, too.
 */
static bool reads_as_internal(const struct reading_room *room, const struct speaker *speaker, char **text)
{
  bool is_marked = false;
  *text = official_words(room, &is_marked);
  return is_marked || (!speaker->is_member && official_is_internal(room));
}

bool official_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *taken,
                   GError **error)
{
  struct speaker speaker;
  bool is_there = false;
  *taken = false;
  if (!find_speaker(work, arrival, &speaker, &is_there, error)) return false;
  if (!is_there) return true;
  g_autoptr(office_t) office = speaker.office;
  g_autoptr(passage_t) passage = passage_new(arrival->mail->text_new, NULL, READ_BYTES);
  g_autoptr(passage_t) subject = passage_new(arrival->mail->subject, NULL, READ_BYTES);
  struct reading_room room = { .mail = arrival->mail, .passage = passage, .subject = subject };
  g_autofree char *text = NULL;
  bool is_meant = arrival->is_released || arrival->is_meant;
  if (reads_as_internal(&room, &speaker, &text) && !is_meant) {
    *taken = true;
    return ask_author(work, arrival, decision, error);
  }
  if (!office || !*text || speaker.rule) return true;
  *taken = true;
  return post_words(work, arrival, office, text, decision, error);
}
