/* Orders about what is published: a moderator answers a post (or its author alone) with "zurückziehen",
 * "Thread schließen", "Absender moderieren" or "Absender sperren", or undoes the latter; the reason may stand
 * with it (orders_read.c). The answer is never distributed. It counts only from a moderator or keeper of that
 * very list whom our MTA vouches for; where it is not proven, it is held, and carried out once one of them
 * lets it through. A short answer that may be an order is held as well, and they are asked whether all shall
 * get it. An author takes their own post
 * back with the same words. From anybody else they are a post. */
#include "lists/moderation/private.h"

#include "lists/cases/cases.h"
#include "lists/decisions.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/orders_read.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

/* An order on its way. */
struct order {
  struct work *work;
  const struct arrival *arrival;
  const struct list *list;
  const struct message *message;
  int64_t moderator;
  bool is_own;        /* of who wrote the post, and has no duty */
  const char *reason; /* "": none is given */
  struct decision *decision;
  char *number; /* of the case that it became; NULL */
};

/* The words in a post's place, or in that of its thread's subject. Caller frees; NULL on error. */
static char *tombstone(const struct order *order, bool is_title, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "title", is_title);
  value_set_flag(values, "own", order->is_own);
  char *words = letters_render(order->work->letters, order->list->language, "withdrawn.txt", values, error);
  return words ? g_strstrip(words) : NULL;
}

/* The first message gave the thread its subject. */
static bool rename_thread(const struct order *order, GError **error)
{
  if (order->message->position != 1) return true;
  g_autofree char *title = tombstone(order, true, error);
  g_autoptr(thread_row) thread = title ? thread_get(order->work->store, order->message->thread, error) : NULL;
  if (!thread) return false;
  g_free(thread->subject);
  thread->subject = g_steal_pointer(&title);
  return thread_update(order->work->store, thread, error);
}

/* Its author learns what was done, why, and what they can do against it (DSA Art. 17). */
static bool tell_author(const struct order *order, GError **error)
{
  const struct message *message = order->message;
  if (!message->person || message->person == order->moderator) return true;
  g_autofree char *address = person_address(order->work->store, message->person, error);
  if (!address) return error == NULL || *error == NULL;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *message->subject ? message->subject : NULL);
  value_set_text(values, "reason", *order->reason ? order->reason : NULL);
  return letters_send(order->work,
                      &(struct letter_out){ .purpose = "post_withdrawn",
                                            .list = order->list,
                                            .address = address,
                                            .person = message->person,
                                            .values = values },
                      error);
}

static bool withdraw(struct order *order, GError **error)
{
  const struct message *message = order->message;
  g_autofree char *words = tombstone(order, false, error);
  return words && message_withdraw(order->work->store, message->id, words, order->work->now, error) &&
         rename_thread(order, error) &&
         pages_mark_message(order->work->store, message->list, message->thread, message->position, error) &&
         tell_author(order, error);
}

/* Is the office asked for a statement only? */
static bool is_statement(const struct arrival *arrival)
{
  const struct phrase_hit *hit =
      passage_find(arrival->understanding->passage, phrases_tag("moderate.office"), 0);
  return hit && strcmp(hit->value, "statement") == 0;
}

/* Its author is told by the case's own letter. */
static bool hand_over(struct order *order, GError **error)
{
  struct handing_over it = { .list = order->list,
                             .message = order->message,
                             .is_statement = is_statement(order->arrival),
                             .words = order->reason };
  return cases_hand_over(order->work, &it, &order->number, order->decision, error);
}

static bool close_thread(struct order *order, GError **error)
{
  return thread_close(order->work->store, order->message->thread, order->work->now, error);
}

static bool open_thread(struct order *order, GError **error)
{
  return thread_open(order->work->store, order->message->thread, error);
}

/* How the list treats the post's sender from now on; NULL: as everybody. */
static bool treat_sender(const struct order *order, const char *rule, GError **error)
{
  const char *address = order->message->from_address;
  return !*address ||
         watched_put(order->work->store, order->message->list, address, rule, order->work->now, error);
}

static bool watch_sender(struct order *order, GError **error)
{
  return treat_sender(order, "moderated", error);
}

static bool ban_sender(struct order *order, GError **error)
{
  return treat_sender(order, "banned", error);
}

static bool free_sender(struct order *order, GError **error)
{
  return treat_sender(order, NULL, error);
}

static const struct kind_of_order {
  const char *name;
  bool (*carry_out)(struct order *order, GError **error);
  bool is_about_thread;
  const char *reason;
} orders[ORDER_SORT_COUNT] = {
  [ORDER_WITHDRAW] = { "withdraw", withdraw, false, "A moderator takes a post back." },
  [ORDER_CLOSE] = { "close", close_thread, true, "A moderator closes a thread." },
  [ORDER_OPEN] = { "open", open_thread, true, "A moderator opens a thread again." },
  [ORDER_WATCH] = { "watch", watch_sender, false, "A moderator has a sender's posts read first." },
  [ORDER_BAN] = { "ban", ban_sender, false, "A moderator bans a sender." },
  [ORDER_FREE] = { "free", free_sender, false, "A moderator treats a sender as everybody again." },
  [ORDER_OFFICE] = { "office", hand_over, false, "A moderator hands a thread over to an office." },
};

static bool tell(const struct order *order, const struct kind_of_order *kind, const char *address,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *order->message->subject ? order->message->subject : NULL);
  value_set_flag(values, kind->name, true);
  value_set_flag(values, "own", order->is_own);
  value_set_text(values, "number", order->number);
  return letters_send(order->work,
                      &(struct letter_out){ .purpose = "order_done",
                                            .list = order->list,
                                            .address = address,
                                            .person = order->moderator,
                                            .values = values,
                                            .in_reply_to = order->arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* The log: threads are closed and opened, all else is about a message. */
static bool note(const struct order *order, const struct kind_of_order *kind, GError **error)
{
  bool is_thread = kind->is_about_thread;
  return decisions_note(
      order->work,
      &(struct decision_note){ .list = order->message->list,
                               .sort = is_thread ? 't' : 'm',
                               .id = is_thread ? order->message->thread : order->message->id,
                               .moderator = order->moderator,
                               .decision = kind->name },
      error);
}

bool order_withdraw(struct work *work, const struct arrival *arrival, const struct message *message,
                    int64_t moderator, const char *reason, GError **error)
{
  struct order order = {
    .work = work,
    .arrival = arrival,
    .list = list_cache_by_id(work->lists, message->list),
    .message = message,
    .moderator = moderator,
    .reason = reason,
  };
  return !order.list || (withdraw(&order, error) && note(&order, &orders[ORDER_WITHDRAW], error));
}

bool order_do(struct work *work, const struct arrival *arrival, const struct message *message,
              enum order_sort sort, const struct request *request, bool is_own, struct decision *decision,
              GError **error)
{
  struct order order = {
    .work = work,
    .arrival = arrival,
    .list = list_cache_by_id(work->lists, message->list),
    .message = message,
    .moderator = request->person,
    .is_own = is_own,
    .reason = "",
    .decision = decision,
  };
  if (!order.list || !orders[sort].carry_out) return true;
  g_string_append_printf(decision->details, " order=%s message=%" G_GINT64_FORMAT, orders[sort].name,
                         message->id);
  return orders[sort].carry_out(&order, error) && note(&order, &orders[sort], error) &&
         tell(&order, &orders[sort], request->address, error);
}

const char *order_name(enum order_sort sort)
{
  return orders[sort].name;
}

bool order_carry_out(struct ruling *ruling, enum order_sort sort, const char *reason, bool *is_done,
                     GError **error)
{
  struct work *work = ruling->work;
  const struct address_target target =
      addresses_look_up(work->book, work->keys, ruling->hold->recipient, work->now);
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, target.token.object, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_done = message && message->mail && message->list == ruling->hold->list && orders[sort].carry_out;
  if (!*is_done) return true;
  struct order order = {
    .work = work,
    .arrival = ruling->arrival,
    .list = list_cache_by_id(work->lists, message->list),
    .message = message,
    .moderator = ruling->request->person,
    .reason = reason,
    .decision = ruling->decision,
  };
  g_string_append_printf(ruling->decision->details, " order=%s message=%" G_GINT64_FORMAT, orders[sort].name,
                         message->id);
  bool done = orders[sort].carry_out(&order, error) && note(&order, &orders[sort], error) &&
              tell(&order, &orders[sort], ruling->request->address, error);
  g_free(order.number);
  return done;
}

/* From a moderator of the list: it is done, or held where it is not proven, or not clear. */
static bool take(struct order *order, enum order_sort sort, const struct sender *sender,
                 struct decision *decision, GError **error)
{
  const struct kind_of_order *kind = &orders[sort];
  if (sort == ORDER_DOUBTFUL)
    return holding_put(order->work, order->arrival, "doubtful_order", NULL, decision, error);
  bool is_proven = order->arrival->mail->auth.is_authenticated || order->arrival->is_released;
  if (!is_proven) return holding_put(order->work, order->arrival, "unproven_order", NULL, decision, error);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, order->is_own ? "Its author takes a post back." : kind->reason);
  g_string_append_printf(decision->details, " order=%s message=%" G_GINT64_FORMAT, kind->name,
                         order->message->id);
  return kind->carry_out(order, error) && note(order, kind, error) &&
         tell(order, kind, sender->address, error);
}

static bool is_moderator(const struct sender *sender)
{
  return sender->member &&
         (member_has_role(sender->member, "moderator") || member_has_role(sender->member, "keeper"));
}

/* The order in an answer to a post, or to its author. A doubtful one is put to moderators only where all
 * would get it otherwise, and none of them has said yet that they shall. */
static enum order_sort order_in(const struct arrival *arrival, char **reason)
{
  const struct address_target *target = &arrival->target;
  bool is_post = target->token.purpose == TOKEN_POST;
  bool is_about_post = target->meaning == ADDRESS_TOKEN && (is_post || target->token.purpose == TOKEN_AUTHOR);
  *reason = NULL;
  enum order_sort sort = is_about_post && arrival->list ? order_read(arrival, reason) : ORDER_NONE;
  return sort == ORDER_DOUBTFUL && (!is_post || arrival->is_released) ? ORDER_NONE : sort;
}

/* "Weiterleiten ans SGA" is an order; "an die Nachbarn" is none, and of "das ist Sache des Ordnungsamts, ich
 * rufe da morgen an" nobody knows. */
static bool check_office(struct work *work, const char *words, enum order_sort *sort, GError **error)
{
  enum names_office names;
  if (!cases_names_office(work, words, &names, error)) return false;
  *sort = names == NAMES_OFFICE ? ORDER_OFFICE : names == NAMES_NONE ? ORDER_NONE : ORDER_DOUBTFUL;
  return true;
}

bool moderation_take_order(struct work *work, const struct arrival *arrival, struct decision *decision,
                           bool *taken, GError **error)
{
  g_autofree char *reason = NULL;
  enum order_sort sort = order_in(arrival, &reason);
  *taken = false;
  if (sort == ORDER_TO_OFFICE && !check_office(work, reason, &sort, error)) return false;
  if (sort == ORDER_NONE) return true;
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, arrival->target.token.object, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct sender sender;
  if (!message || !message->mail) return true;
  if (!sender_find(work, arrival->mail, message->list, &sender, error)) return false;
  bool is_own = sort == ORDER_WITHDRAW && sender.person && sender.person == message->person;
  *taken = is_moderator(&sender) || is_own;
  is_own = is_own && !is_moderator(&sender);
  struct order order = {
    .work = work,
    .arrival = arrival,
    .list = arrival->list,
    .message = message,
    .moderator = sender.person,
    .is_own = is_own,
    .reason = reason,
    .decision = decision,
  };
  bool is_done = !*taken || take(&order, sort, &sender, decision, error);
  g_free(order.number);
  sender_clear(&sender);
  return is_done;
}
