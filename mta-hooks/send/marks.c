/* Marking what became of deliveries.
 *
 * The loop hands over what dispatcher_collect returned: as a rule some fifty answers, or one or two envelopes
 * of many recipients. They are marked in transactions that respect the store's bounds (200 rows), one after
 * the other; only when an envelope's marks are all committed does it leave the array and free its room in the
 * window. If the store is busy or full, the answers stay in memory and are tried again: a mail that is out is
 * never forgotten, and the window keeps more from going out meanwhile. */
#include "mta-hooks/send/marks.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/log.h"
#include "mta-hooks/send/backoff.h"
#include "mta-hooks/send/smtp_reply.h"

void marks_apply(struct delivery *delivery, enum answer answer, const char *reply, int64_t now,
                 int retry_days, double chance)
{
  if (answer == ANSWER_LATER || answer == ANSWER_NEVER || answer == ANSWER_SENT) {
    delivery->attempts++;
    delivery->at = now;
    if (delivery->first_try == 0) delivery->first_try = now;
    g_free(delivery->reply);
    delivery->reply = g_strdup(reply != NULL ? reply : "");
  }
  if (answer == ANSWER_SENT) delivery->state = DELIVERY_SENT;
  if (answer == ANSWER_NEVER) delivery->state = DELIVERY_FAILED;
  if (answer != ANSWER_LATER) return;
  bool is_over = backoff_is_over(delivery->first_try, now, retry_days);
  delivery->state = is_over ? DELIVERY_FAILED : DELIVERY_DEFERRED;
  delivery->next_try = is_over ? 0 : now + backoff_recipient_seconds(delivery->attempts, chance);
}

/* ---- committing ---- */

/* One transaction; all of it or nothing. */
static bool commit(struct marks_context *context, const struct delivery *const *deliveries, gsize count,
                   GError **error)
{
  if (!store_begin(context->store, error)) return false;
  bool is_marked = outbox_mark(context->store, deliveries, count, error);
  if (is_marked) crash_point("send.mark.before");
  if (!is_marked || !store_commit(context->store, error)) {
    store_rollback(context->store);
    return false;
  }
  crash_point("send.mark.after");
  return true;
}

/* Marks deliveries in as many transactions as the bounds ask for. Marking one twice, after a failure in
 * between, does no harm. */
static bool commit_all(struct marks_context *context, const GPtrArray *deliveries, GError **error)
{
  const struct delivery *const *first = (const struct delivery *const *)(gconstpointer)deliveries->pdata;
  for (gsize done = 0; done < deliveries->len; done += STORE_HOLD_ROWS)
    if (!commit(context, first + done, MIN(deliveries->len - done, STORE_HOLD_ROWS), error)) return false;
  return true;
}

/* ---- afterwards ---- */

static bool is_marked(enum answer answer)
{
  return answer == ANSWER_SENT || answer == ANSWER_LATER || answer == ANSWER_NEVER;
}

/* The log says who did not get a letter, without saying who, and with what status, without the words: they
 * often hold the address. */
static void log_failure(const struct marks_context *context, const struct delivery *delivery, int64_t now)
{
  g_autofree char *person = log_person(context->keys, delivery->address, now);
  g_autofree char *status = smtp_reply_status(delivery->reply);
  log_line("letter=%" G_GINT64_FORMAT " to=%s state=failed attempts=%d reply=\"%s\"", delivery->letter,
           person, delivery->attempts, status);
}

/* Counts one marked delivery. It was deferred before if it had been tried before. */
static void count(struct marks_context *context, struct lot *lot, const struct delivery *delivery,
                  int64_t now)
{
  bool was_deferred = delivery->attempts > 1;
  if (was_deferred && lot->deferred > 0) lot->deferred--;
  if (delivery->state == DELIVERY_SENT) {
    lot->sent++;
    context->sent++;
  } else if (delivery->state == DELIVERY_FAILED) {
    lot->failed++;
    context->failed++;
    log_failure(context, delivery, now);
  } else if (delivery->state == DELIVERY_DEFERRED) {
    lot->deferred++;
    context->deferred++;
    stock_note_deferred(context->stock, delivery->next_try);
  }
}

/* Those to be tried again at once get new envelopes, before all others: together, or each its own. */
static void send_again(struct marks_context *context, struct envelope *envelope)
{
  g_autoptr(GPtrArray) together = g_ptr_array_new();
  for (guint i = 0; i < envelope->count; i++) {
    struct delivery *delivery = envelope->deliveries[i];
    if (delivery == NULL || is_marked(envelope->answers[i])) continue;
    envelope->deliveries[i] = NULL;
    if (envelope->answers[i] == ANSWER_AGAIN_ALONE)
      dispatcher_put(context->dispatcher, envelope_new(envelope->outgoing, &delivery, 1), true);
    else
      g_ptr_array_add(together, delivery);
  }
  if (together->len == 0) return;
  struct delivery *const *first = (struct delivery *const *)(gpointer)together->pdata;
  dispatcher_put(context->dispatcher, envelope_new(envelope->outgoing, first, together->len), true);
}

/* An envelope whose marks are committed: counted, logged, released, freed. */
static void finish(struct marks_context *context, struct envelope *envelope, int64_t now)
{
  int64_t letter = outgoing_letter(envelope->outgoing)->id;
  send_again(context, envelope);
  for (guint i = 0; i < envelope->count; i++) {
    const struct delivery *delivery = envelope->deliveries[i];
    if (delivery == NULL) continue;
    struct lot *lot = lots_find(context->lots, letter, NULL);
    if (lot != NULL) count(context, lot, delivery, now);
    stock_release(context->stock, delivery);
  }
  dispatcher_committed(context->dispatcher, dispatcher_weight(envelope));
  envelope_free(envelope);
  struct lot *lot = lots_find(context->lots, letter, NULL);
  if (lot != NULL) lots_check_finished(context->lots, lot, clock_monotonic_ms(), NULL);
}

/* Applies an envelope's answers, once: a second call after a failed commit finds them applied. */
static void apply(const struct marks_context *context, struct envelope *envelope, int64_t now,
                  GPtrArray *marked)
{
  for (guint i = 0; i < envelope->count; i++) {
    if (!is_marked(envelope->answers[i])) continue;
    struct delivery *delivery = envelope->deliveries[i];
    if (envelope->is_settled == false)
      marks_apply(delivery, envelope->answers[i], envelope->replies[i], now, context->config->retry_days,
                  g_random_double());
    g_ptr_array_add(marked, delivery);
  }
  envelope->is_settled = true;
}

bool marks_settle(struct marks_context *context, GPtrArray *answered, int64_t now, GError **error)
{
  g_autoptr(GPtrArray) marked = g_ptr_array_new();
  guint taken = 0;
  while (answered->len > 0) {
    /* as many envelopes as fit one transaction, at least one */
    g_ptr_array_set_size(marked, 0);
    for (taken = 0; taken < answered->len; taken++) {
      const struct envelope *next = g_ptr_array_index(answered, taken);
      if (taken > 0 && marked->len + next->count > STORE_HOLD_ROWS) break;
      apply(context, g_ptr_array_index(answered, taken), now, marked);
    }
    if (marked->len > 0 && !commit_all(context, marked, error)) return false;
    for (guint i = 0; i < taken; i++) finish(context, g_ptr_array_index(answered, i), now);
    g_ptr_array_remove_range(answered, 0, taken);
  }
  return true;
}
