/* Taking a notice: it gets a number, whoever sent it a confirmation (DSA Art. 16(4)), and those with duties
 * of the list that it names are asked; where it names none, or that list has nobody, the admin is. Machines
 * may send notices, too (RFC 5965); nobody writes back to them. A mail at missbrauch@ never gets lost: it is
 * not judged by routing rules for robots, and its row stays. */
#include "lists/moderation/abuse.h"

#include "lists/decisions.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/notices_private.h"
#include "lists/moderation/private.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { NAME_BYTES = 64, PLACES_TRIED = 50 };

bool abuse_takes(const struct list *list)
{
  return strcmp(list->name, "missbrauch") == 0;
}

char *notice_number(const struct notice *notice)
{
  return g_strdup_printf("M-%04" G_GINT64_FORMAT, notice->id);
}

/* The list whose name ends right before `end`. */
static const struct list *named_before(const struct work *work, const char *text, const char *end)
{
  const char *begin = end;
  while (begin > text && end - begin < NAME_BYTES && (g_ascii_isalnum(begin[-1]) || begin[-1] == '-'))
    begin--;
  g_autofree char *name = g_ascii_strdown(begin, end - begin);
  const struct list *list = list_cache_by_name(work->lists, name);
  const struct kind *kind = list ? kind_find(list->kind) : NULL;
  return kind && kind->has_members ? list : NULL;
}

/* The list that a notice is about: by an address of it, "gruenau@…", or a link to its pages. NULL: none. */
static const struct list *concerned(const struct work *work, const char *text)
{
  g_autofree char *sign = g_strconcat("@", work->config->domain, NULL);
  bool has_slash = g_str_has_suffix(work->config->base_url, "/");
  g_autofree char *link = g_strconcat(work->config->base_url, has_slash ? "" : "/", NULL);
  const char *at = text;
  for (int i = 0; i < PLACES_TRIED && (at = strstr(at, link)); i++) {
    const char *name = at += strlen(link);
    const struct list *list = named_before(work, name, name + strcspn(name, "/ \n<>\"?#"));
    if (list) return list;
  }
  at = text;
  for (int i = 0; i < PLACES_TRIED && (at = strstr(at, sign)); i++, at++) {
    const char *end = at;
    while (end > text && !strchr(" <(:\n", end[-1]) && at - end < NAME_BYTES) end--;
    const struct list *list = named_before(work, end, end + strcspn(end, "+@"));
    if (list) return list;
  }
  return NULL;
}

/* Where the notifier is told; "": a program, or nobody knows. */
static char *notifier_of(const struct work *work, const struct mail *mail)
{
  g_autofree char *address = mail->robot == MAIL_HUMAN ? address_normalise(mail_actor(mail)->address) : NULL;
  bool is_ours =
      address && addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
  return address && !is_ours ? g_steal_pointer(&address) : g_strdup("");
}

bool notice_tell(struct work *work, const struct notice *notice, const char *letter, struct value *values,
                 const char *in_reply_to, GError **error)
{
  if (!*notice->address) return true;
  bool may = notice->is_proven;
  if (!may && !notices_may(work, letter, notice->address, &may, error)) return false;
  if (!may) return true;
  GError *failed = NULL;
  int64_t person = person_find(work->store, notice->address, &failed);
  g_autoptr(person_choice) choice = failed ? NULL : person_choice_get(work->store, person, &failed);
  if (!choice) {
    g_propagate_error(error, failed);
    return false;
  }
  g_autofree char *number = notice_number(notice);
  value_set_text(values, "number", number);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .address = notice->address,
                                            .person = person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

bool notice_ask(struct work *work, const struct notice *notice, const struct mail *mail,
                const struct list *list, GError **error)
{
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  g_autofree char *number = notice_number(notice);
  g_autofree char *details = g_strconcat("subject=", number, NULL);
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    struct compose_file file = { 0 };
    g_autoptr(value_t) values = shown_with_whole(work, mail, official->person, list, &file, error);
    if (values) value_set_text(values, "number", number);
    bool is_asked = values && requests_ask(work,
                                           &(struct question_out){ .purpose = "notice",
                                                                   .list = list,
                                                                   .person = official->person,
                                                                   .address = official->address,
                                                                   .object = notice->id,
                                                                   .details = details,
                                                                   .values = values,
                                                                   .file = file.name ? &file : NULL },
                                           NULL, error);
    shown_whole_clear(&file);
    if (!is_asked) return false;
  }
  return true;
}

bool abuse_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error)
{
  const struct mail *mail = arrival->mail;
  const struct list *list = concerned(work, mail->text);
  struct notice notice = { .mail = arrival->mail_id,
                           .recipient = (char *)arrival->recipient,
                           .list = list ? list->id : 0,
                           .address = notifier_of(work, mail),
                           .is_proven = mail->auth.is_authenticated,
                           .since = work->now };
  G_GNUC_UNUSED g_autofree char *address = notice.address; /* frees it */
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "It is a notice of content; a person decides about it.");
  if (!notice_put(work->store, &notice, error)) return false;
  g_string_append_printf(decision->details, " notice=%" G_GINT64_FORMAT, notice.id);
  return notice_tell(work, &notice, "notice_received", values, mail->message_id, error) &&
         notice_ask(work, &notice, mail, list, error);
}

bool abuse_give_up(struct work *work, const struct giving_up *it, bool *is_given_up, GError **error)
{
  GError *failed = NULL;
  g_autoptr(notice_t) notice = notice_of_mail(work->store, it->mail, it->recipient, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_given_up = notice && strcmp(notice->state, "open") == 0; /* what was decided has been told */
  if (!*is_given_up) return true;
  return notice_decide(work->store, notice->id, "dismissed", work->now, error) &&
         decisions_note(work,
                        &(struct decision_note){
                            .list = notice->list, .sort = 'n', .id = notice->id, .decision = "moved" },
                        error) &&
         settle_requests(work, "notice", notice->id, 0, "", error);
}
