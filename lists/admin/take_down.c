/* Taking a post down by a mail of an admin's to the front door: "Bitte den Beitrag „Sofa“ von Anna Müller in
 * der Gruppe Grünau zurückziehen", or the link to its page. Moderators answer the post itself; an admin may
 * get no mail of that group. The post is found by the link, else by subject and author among the latest of
 * the list that is named. Exactly one must fit; then the admin is shown it, and only their proven yes takes
 * it down, as a moderator's order does. Anything else is told how to say it. Called by wish.c. */
#include "lists/admin/admins.h"
#include "lists/admin/private.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/moderation.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/threads.h"
#include "lib/text/names.h"
#include "lib/text/phrases.h"
#include "lib/text/subject.h"
#include "lib/text/template.h"

#include <string.h>

enum { LATEST = 300, SUBJECT_LEAST = 4, NAME_LEAST = 4, EXCERPT = 200, REASON = 300 };

bool take_down_is_wished(const struct passage *passage)
{
  bool is_link = strstr(passage->lexemes->text, "://") != NULL;
  return passage_has(passage, "admin.takedown") && (is_link || passage_has(passage, "admin.post")) &&
         !passage_has(passage, "admin.takedown-not") && !strchr(passage->lexemes->text, '?');
}

/* Do the words, in small letters, hold the subject of a message? */
static bool names_subject(const char *words, const struct message *message)
{
  g_autofree char *subject = subject_key(message->subject ? message->subject : "", NULL);
  return g_utf8_strlen(subject, -1) >= SUBJECT_LEAST && strstr(words, subject);
}

static bool names_author(const char *words, const struct message *message)
{
  g_autofree char *name = g_utf8_casefold(message->from_name ? message->from_name : "", -1);
  bool is_name = g_utf8_strlen(name, -1) >= NAME_LEAST && strstr(words, name);
  return is_name || (message->from_address && *message->from_address && strstr(words, message->from_address));
}

/* The one message of a list that words mean. Where they name an author of the list, only theirs count; where
 * they name a subject, only that. *id 0: none, or several. */
static bool find_by_words(struct work *work, const struct list *list, const char *text, int64_t *id,
                          GError **error)
{
  g_autofree char *words = g_utf8_casefold(text, -1);
  g_autoptr(GPtrArray) latest = messages_latest(work->store, list->id, LATEST, false, error);
  if (!latest) return false;
  bool has_author = false, has_subject = false;
  for (guint i = 0; i < latest->len; i++) {
    has_author |= names_author(words, latest->pdata[i]);
    has_subject |= names_subject(words, latest->pdata[i]);
  }
  guint found = 0;
  for (guint i = 0; i < latest->len; i++) {
    const struct message *message = latest->pdata[i];
    bool fits = message->mail && (!has_author || names_author(words, message)) &&
                (!has_subject || names_subject(words, message));
    if (!fits || (!has_author && !has_subject)) continue;
    found++;
    *id = message->id;
  }
  if (found != 1) *id = 0;
  return true;
}

/* The post that is meant; NULL without error: it is not clear. */
static struct message *find(const struct admin_wish *wish, const char *text, GError **error)
{
  int64_t id = 0;
  g_autofree char *all = g_strconcat(wish->arrival->mail->subject, "\n", text, NULL);
  if (!post_linked(wish->work, all, &id, error)) return NULL;
  const struct list *list = id ? NULL : admin_list_named(wish->work, all);
  if (list && !find_by_words(wish->work, list, all, &id, error)) return NULL;
  struct message *message = id > 0 ? message_get(wish->work->store, id, error) : NULL;
  if (!message || message->mail) return message;
  message_free(message);
  return NULL;
}

/* What stands behind "Grund:", "weil" or "wegen"; "" for nothing. Caller frees. */
static char *reason_in(const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("admin.reason"), 0);
  g_autofree char *words = hit ? passage_text(passage, hit->end, passage->lexemes->count) : g_strdup("");
  g_strdelimit(words, "\r\n", ' ');
  g_strstrip(words);
  return g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, -1), REASON));
}

static struct value *values_of(const struct work *work, const struct message *message, const char *reason)
{
  const struct list *list = list_cache_by_id(work->lists, message->list);
  struct value *values = value_new();
  g_autofree char *name = name_for_members(message->from_name, message->from_address);
  const char *text = message->text ? message->text : "";
  g_autofree char *excerpt = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), EXCERPT));
  value_set_text(values, "group", list ? list->title : "");
  value_set_text(values, "subject", *message->subject ? message->subject : NULL);
  value_set_text(values, "author", name);
  value_set_text(values, "text", *excerpt ? excerpt : NULL);
  value_set_text(values, "reason", *reason ? reason : NULL);
  return values;
}

static bool tell_unclear(const struct admin_wish *wish, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_string_assign(wish->decision->reason, "An admin wants a post taken down; which one is not clear.");
  return letters_send(wish->work,
                      &(struct letter_out){ .purpose = "take_down_unclear",
                                            .list = wish->arrival->list,
                                            .address = wish->admin->address,
                                            .person = wish->admin->person,
                                            .values = values,
                                            .in_reply_to = wish->arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

bool take_down_send(const struct admin_wish *wish, const char *text, GError **error)
{
  GError *failed = NULL;
  wish->decision->outcome = OUTCOME_ANSWERED;
  g_autoptr(message_row) message = find(wish, text, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_proven = wish->arrival->mail->auth.is_authenticated;
  if (!message && !is_proven) { /* nobody is told which posts there are */
    g_string_assign(wish->decision->reason, "A post shall be taken down; nobody vouches for who writes.");
    return true;
  }
  if (!message) return tell_unclear(wish, error);
  g_autofree char *reason = reason_in(text);
  g_autofree char *details =
      g_strdup_printf("message=%" G_GINT64_FORMAT "\nreason=%s\n", message->id, reason);
  g_autoptr(value_t) values = values_of(wish->work, message, reason);
  struct admin_out out = admin_out_of(wish);
  g_string_assign(wish->decision->reason,
                  "An admin wants a post taken down, and is asked whether it is this.");
  return admin_ask(wish->work, &out, "take_down", details, values, error);
}

static bool tell_done(struct work *work, const struct arrival *arrival, const struct request *request,
                      const struct message *message, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *message->subject ? message->subject : NULL);
  value_set_flag(values, "withdraw", true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "order_done",
                                            .list = list_cache_by_id(work->lists, message->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* Somebody was faster, or the post was never there for long. */
static bool tell_gone(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "gone", true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "order_done",
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

bool take_down_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                      struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_admin = false, is_yes = answer_is_yes(arrival, answering);
  if (!admin_is_asked(work, request, &is_admin, error)) return false;
  is_yes = is_yes && is_admin;
  g_string_assign(decision->reason,
                  is_yes ? "An admin has a post taken down." : "The post stays, as it was.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return true;
  g_autofree char *number = request_detail(request, "message"), *reason = request_detail(request, "reason");
  GError *failed = NULL;
  g_autoptr(message_row) message =
      message_get(work->store, number ? g_ascii_strtoll(number, NULL, 10) : 0, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!message || !message->mail) return tell_gone(work, arrival, request, error);
  return order_withdraw(work, arrival, message, request->person, reason ? reason : "", error) &&
         tell_done(work, arrival, request, message, error);
}
