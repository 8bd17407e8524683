/* Orders about what is published: a moderator answers a post (or its author alone) with "zurückziehen",
 * "Thread schließen" or "Absender moderieren", and nothing else but the reason for taking it back. The answer
 * is never distributed. It counts only from a moderator or keeper of that very list whom our MTA vouches for;
 * where it is not proven, it is held, and carried out once one of them lets it through. From anybody else
 * the same words are a post. */
#include "lists/moderation/moderation.h"

#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

enum { WORDS_MAX = 8, REASON_WORDS_MAX = 60 };

/* An order on its way. */
struct order {
  struct work *work;
  const struct arrival *arrival;
  const struct message *message;
  int64_t moderator;
  const char *reason; /* "": none is given */
};

/* The words in a post's place, or in that of its thread's subject. Caller frees; NULL on error. */
static char *tombstone(const struct order *order, bool is_title, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "title", is_title);
  char *words =
      letters_render(order->work->letters, order->arrival->list->language, "withdrawn.txt", values, error);
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
                                            .list = order->arrival->list,
                                            .address = address,
                                            .person = message->person,
                                            .values = values },
                      error);
}

static bool withdraw(const struct order *order, GError **error)
{
  const struct message *message = order->message;
  g_autofree char *words = tombstone(order, false, error);
  return words && message_withdraw(order->work->store, message->id, words, order->work->now, error) &&
         rename_thread(order, error) &&
         pages_mark_message(order->work->store, message->list, message->thread, message->position, error) &&
         tell_author(order, error);
}

static bool close_thread(const struct order *order, GError **error)
{
  return thread_close(order->work->store, order->message->thread, order->work->now, error);
}

static bool watch_sender(const struct order *order, GError **error)
{
  const char *address = order->message->from_address;
  return !*address ||
         watched_put(order->work->store, order->message->list, address, "moderated", order->work->now, error);
}

static const struct kind_of_order {
  const char *tag, *name;
  bool (*carry_out)(const struct order *order, GError **error);
  bool has_reason;
  const char *reason;
} orders[] = {
  { "moderate.withdraw", "withdraw", withdraw, true, "A moderator takes a post back." },
  { "moderate.close", "close", close_thread, false, "A moderator closes a thread." },
  { "moderate.watch", "watch", watch_sender, false, "A moderator has a sender's posts read first." },
};

/* The words of [first, end), without what stands between an order and its reason. Caller frees. */
static char *reason_in(const struct passage *passage, guint first, guint end)
{
  while (first < end && passage->lexemes->at[first].kind != LEXEME_WORD) first++;
  return first < end ? passage_text(passage, first, end) : g_strdup("");
}

/* The order that an answer is; NULL: none. It stands at the front, as a sentence of its own; behind it there
 * is nothing, or the reason for taking a post back. Caller frees the reason. */
static const struct kind_of_order *order_of(const struct arrival *arrival, char **reason)
{
  if (!arrival->understanding || arrival->mail->robot != MAIL_HUMAN) return NULL;
  const struct passage *passage = arrival->understanding->passage;
  guint words = 0, first = 0, count = passage->lexemes->count;
  for (guint i = 0; i < count; i++) words += passage->lexemes->at[i].kind == LEXEME_WORD;
  while (first < count && passage->lexemes->at[first].kind != LEXEME_WORD) first++;
  for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag(orders[i].tag), first);
    if (!hit || words > (orders[i].has_reason ? REASON_WORDS_MAX : WORDS_MAX)) continue;
    *reason = reason_in(passage, hit->end, count);
    return &orders[i];
  }
  return NULL;
}

static bool tell(const struct order *order, const struct kind_of_order *kind, const char *address,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *order->message->subject ? order->message->subject : NULL);
  value_set_flag(values, kind->name, true);
  return letters_send(order->work,
                      &(struct letter_out){ .purpose = "order_done",
                                            .list = order->arrival->list,
                                            .address = address,
                                            .person = order->moderator,
                                            .values = values,
                                            .in_reply_to = order->arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* The log: a thread is closed, all else is about a message. */
static bool note(const struct order *order, const struct kind_of_order *kind, GError **error)
{
  bool is_thread = kind->carry_out == close_thread;
  g_autofree char *item = g_strdup_printf("%c%" G_GINT64_FORMAT, is_thread ? 't' : 'm',
                                          is_thread ? order->message->thread : order->message->id);
  return decision_log(order->work->store,
                      &(struct decision_row){ .at = order->work->now,
                                              .list = order->message->list,
                                              .item = item,
                                              .code = (char *)"",
                                              .moderator = order->moderator,
                                              .decision = (char *)kind->name,
                                              .way = (char *)"mail" },
                      error);
}

/* From a moderator of the list: it is done, or held where it is not proven. */
static bool take(struct order *order, const struct kind_of_order *kind, const struct sender *sender,
                 struct decision *decision, GError **error)
{
  bool is_proven = order->arrival->mail->auth.is_authenticated || order->arrival->is_released;
  if (!is_proven) return holding_put(order->work, order->arrival, "unproven_order", NULL, decision, error);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, kind->reason);
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

bool moderation_take_order(struct work *work, const struct arrival *arrival, struct decision *decision,
                           bool *taken, GError **error)
{
  const struct address_target *target = &arrival->target;
  bool is_about_post = target->meaning == ADDRESS_TOKEN &&
                       (target->token.purpose == TOKEN_POST || target->token.purpose == TOKEN_AUTHOR);
  g_autofree char *reason = NULL;
  const struct kind_of_order *kind = is_about_post && arrival->list ? order_of(arrival, &reason) : NULL;
  *taken = false;
  if (!kind) return true;
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, target->token.object, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  struct sender sender;
  if (!message || !message->mail) return true;
  if (!sender_find(work, arrival->mail, message->list, &sender, error)) return false;
  *taken = is_moderator(&sender);
  struct order order = {
    .work = work, .arrival = arrival, .message = message, .moderator = sender.person, .reason = reason
  };
  bool is_done = !*taken || take(&order, kind, &sender, decision, error);
  sender_clear(&sender);
  return is_done;
}
