/* Asking about an order that was said to a list, and carrying it out; see said.h. */
#include "lists/moderation/said/said.h"

#include "lists/admin/admins.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/private.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/threads.h"
#include "lib/text/names.h"

#include <string.h>

enum { EXCERPT = 300 };

/* Flags of the letter, and what moderators' orders are called. */
static const struct {
  const char *name;
  enum order_sort order;
} sorts[SAID_SORT_COUNT] = {
  [SAID_NOTHING] = { "", ORDER_NONE },     [SAID_WITHDRAW] = { "withdraw", ORDER_WITHDRAW },
  [SAID_CLOSE] = { "close", ORDER_CLOSE }, [SAID_WATCH] = { "watch", ORDER_WATCH },
  [SAID_BAN] = { "ban", ORDER_BAN },
};

/* May a person order about anybody's posts of this list? */
static bool may_order(struct work *work, int64_t list, int64_t person, const char *address, bool *may,
                      GError **error)
{
  GError *failed = NULL;
  g_autoptr(member_t) member = person ? member_find(work->store, list, person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  *may = member && strcmp(member->state, "active") == 0 &&
         (member_has_role(member, "moderator") || member_has_role(member, "keeper"));
  return *may || admins_has(work, address, person, may, error);
}

/* The post: the one that is answered by its own author, else what the words mean. *message NULL: not clear.
 */
static bool find_post(struct work *work, const struct arrival *arrival, const struct said *said,
                      int64_t person, struct message **message, char ***name_words, GError **error)
{
  GError *failed = NULL;
  const struct address_target *target = &arrival->target;
  bool is_answer = target->meaning == ADDRESS_TOKEN && target->token.purpose == TOKEN_POST;
  g_autoptr(message_row) answered =
      is_answer && said->is_own ? message_get(work->store, target->token.object, &failed) : NULL;
  *name_words = NULL;
  *message = NULL;
  if (fault_hand_on(failed, error)) return false;
  if (answered && answered->mail && answered->person == person) {
    *message = g_steal_pointer(&answered);
    return true;
  }
  *message = said_find(work, arrival->list, arrival->understanding->passage, said->is_own ? person : 0,
                       name_words, &failed);
  return !fault_hand_on(failed, error);
}

static char *beginning(const char *text)
{
  const char *whole = text ? text : "";
  return g_utf8_substring(whole, 0, MIN(g_utf8_strlen(whole, -1), EXCERPT));
}

static struct value *values_of(const struct work *work, const struct arrival *arrival,
                               const struct said *said, const struct message *message, bool may)
{
  const struct mail *mail = arrival->mail;
  struct value *values = value_new();
  g_autofree char *text = beginning(mail->text_new), *post = beginning(message ? message->text : NULL);
  g_autofree char *author =
      message ? name_for_members(message->from_name, message->from_address) : g_strdup("");
  bool is_shown = mail->auth.is_authenticated;
  value_set_text(values, "subject", is_shown && *mail->subject ? mail->subject : NULL);
  value_set_text(values, "text", is_shown && *text ? text : NULL);
  value_set_flag(values, "own", said->is_own);
  value_set_flag(values, "reports", !may && !said->is_own);
  value_set_flag(values, "found", message != NULL && (may || said->is_own));
  value_set_flag(values, "missing", message == NULL && (may || said->is_own));
  value_set_flag(values, sorts[said->sort].name, true);
  g_autofree char *abuse = g_strconcat("missbrauch@", work->config->domain, NULL);
  value_set_text(values, "abuse_address", abuse);
  value_set_text(values, "author", author);
  value_set_text(values, "post_subject", message && *message->subject ? message->subject : NULL);
  value_set_text(values, "post_text", *post ? post : NULL);
  return values;
}

static bool ask(struct work *work, const struct arrival *arrival, const struct said *said,
                const struct sender *sender, const struct message *message, bool may,
                struct decision *decision, GError **error)
{
  bool asked = false;
  bool is_doable = message && (may || said->is_own);
  g_autofree char *waiting = waiting_details(arrival);
  g_autofree char *details = g_strdup_printf("%s\nmessage=%" G_GINT64_FORMAT "\norder=%s\n", waiting,
                                             is_doable ? message->id : 0, sorts[said->sort].name);
  g_autoptr(value_t) values = values_of(work, arrival, said, message, may);
  if (!requests_ask(
          work,
          &(struct question_out){ .purpose = "order_said",
                                  .list = arrival->list,
                                  .person = sender->person,
                                  .address = sender->member ? sender->member->address : sender->address,
                                  .object = arrival->mail_id,
                                  .details = details,
                                  .values = values,
                                  .in_reply_to = arrival->mail->message_id,
                                  .is_answer = true,
                                  .is_unauthenticated = !arrival->mail->auth.is_authenticated },
          &asked, error))
    return false;
  if (!asked) return holding_put(work, arrival, "wish", NULL, decision, error);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "It reads as an order to us about a post; its author is asked.");
  return true;
}

/* Is it an order for us, from this sender? Of posts of others only those who may order about them speak to us
 * whoever is meant; everybody else must name somebody. */
static bool is_order(const struct arrival *arrival, const struct said *said, const struct message *message,
                     bool may, char **name_words)
{
  const struct passage *passage = arrival->understanding->passage;
  if (said->is_own) return true;
  bool is_of_person = said->sort == SAID_WATCH || said->sort == SAID_BAN;
  bool is_named = name_words != NULL || message != NULL;
  bool is_of_all = said->sort == SAID_WATCH && passage_has(passage, "ordered.all");
  if (is_of_all && may) return true;
  if (is_of_person || !may)
    return is_named && (may || message) && !said_is_foreign(passage, said, name_words);
  return said->sort == SAID_WITHDRAW || message != NULL;
}

bool said_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *taken,
               GError **error)
{
  const struct address_target *target = &arrival->target;
  bool is_at_list = target->meaning == ADDRESS_LIST ||
                    (target->meaning == ADDRESS_TOKEN && target->token.purpose == TOKEN_POST);
  *taken = false;
  if (!arrival->list || !arrival->understanding || arrival->is_released || arrival->is_meant || !is_at_list ||
      arrival->mail->robot != MAIL_HUMAN)
    return true;
  struct said said = said_read(arrival->understanding->passage);
  bool leaves = said.is_bare && arrival->understanding->meaning->intent == INTENT_LEAVE; /* "remove" */
  if (said.sort == SAID_NOTHING || leaves) return true;
  struct sender sender;
  bool may = false;
  if (!sender_find(work, arrival->mail, arrival->list->id, &sender, error)) return false;
  struct message *found = NULL;
  g_auto(GStrv) name_words = NULL;
  bool is_done =
      !sender.address || (may_order(work, arrival->list->id, sender.person, sender.address, &may, error) &&
                          (!(sender.member || may) ||
                           find_post(work, arrival, &said, sender.person, &found, &name_words, error)));
  g_autoptr(message_row) message = found;
  *taken = is_done && sender.address && (sender.member || may) &&
           is_order(arrival, &said, message, may, name_words);
  if (*taken) is_done = ask(work, arrival, &said, &sender, message, may, decision, error);
  sender_clear(&sender);
  return is_done;
}

/* What whoever was asked says. */
enum word { WORD_UNCLEAR, WORD_ALL, WORD_DO, WORD_NO };

static bool says_all(const struct passage *passage)
{
  guint tag = phrases_tag("wish.answer");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (strcmp(hit->value, "post") == 0) return true;
  return passage_has(passage, "moderate.to-all");
}

static enum word word_of(const struct arrival *arrival, const struct answering *answering, bool is_doable)
{
  const struct passage *passage = arrival->understanding->passage;
  bool is_all = says_all(passage) && !passage_has(passage, "moderate.not-all") && !passage_asks(passage);
  enum answer said = answer_said(arrival, answering->purpose);
  if (is_all) return said == ANSWER_NO ? WORD_UNCLEAR : WORD_ALL;
  if (said == ANSWER_YES) return is_doable ? WORD_DO : WORD_UNCLEAR;
  return said == ANSWER_NO ? WORD_NO : WORD_UNCLEAR;
}

static enum order_sort order_of(const struct request *request)
{
  g_autofree char *name = request_detail(request, "order");
  for (int s = SAID_WITHDRAW; s < SAID_SORT_COUNT; s++)
    if (g_strcmp0(name, sorts[s].name) == 0) return sorts[s].order;
  return ORDER_NONE;
}

static bool tell_gone(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "gone", true);
  return requests_tell(work, arrival, request, "order_done", values, false, error);
}

/* Does what was ordered, if whoever ordered it still may. */
static bool carry_out(struct work *work, const struct arrival *arrival, const struct request *request,
                      struct decision *decision, GError **error)
{
  GError *failed = NULL;
  bool may = false;
  g_autoptr(message_row) message = message_get(work->store, request_number(request, "message"), &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!message || !message->mail || message->list != request->list)
    return tell_gone(work, arrival, request, error);
  if (!may_order(work, request->list, request->person, request->address, &may, error)) return false;
  bool is_own = !may && message->person && message->person == request->person;
  enum order_sort sort = order_of(request);
  if (!may && !(is_own && sort == ORDER_WITHDRAW)) return true;
  return order_do(work, arrival, message, sort, request, is_own, decision, error);
}

bool order_said_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  enum word word = list ? word_of(arrival, answering, request_number(request, "message") != 0) : WORD_NO;
  static const char *const reasons[] = {
    [WORD_UNCLEAR] = "Whoever was asked has not said clearly what they want; they are asked once more.",
    [WORD_ALL] = "Its author says that it is for everybody.",
    [WORD_DO] = "Its author says that it is an order; it is carried out.",
    [WORD_NO] = "Its author says that nothing is to be done; the mail goes nowhere.",
  };
  g_string_assign(decision->reason, reasons[word]);
  if (word == WORD_UNCLEAR)
    return requests_ask_once_more(work, arrival, request, ONCE_MORE_UNCLEAR, decision, error);
  if (!requests_end(work, arrival, request, word == WORD_NO ? "no" : "yes", error)) return false;
  if (word == WORD_DO) return carry_out(work, arrival, request, decision, error);
  return word == WORD_NO || waiting_post(work, request, list, decision, error);
}
