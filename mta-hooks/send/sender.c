/* The loop: fill the desk, collect answers, mark them, and when all is quiet wait for a nudge or for the next
 * retry.
 *
 * Ordinary letters are looked for in every round, some five milliseconds under load, and stand in a queue of
 * their own. When nothing is at hand any more the outbox is read from its beginning once, to find what became
 * due behind the place reached; how often that may happen follows from what it costs, so that a large outbox
 * is not read in a circle. */
#include "mta-hooks/send/sender.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/wake.h"
#include "mta-hooks/send/marks.h"

enum {
  DESK_WEIGHT =
      2 * DISPATCHER_WINDOW, /* waiting to be taken, of each priority: enough for the time of a commit */
  LISTEN_MS = 250,           /* while mails are under way, how often to look for new ones */
  IDLE_MS = 60 * 1000,
  TROUBLE_MS = 1000,       /* pause after a fault of the store */
  TROUBLES_MAX = 5,        /* --once gives up after so many in a row */
  ROUNDS_DOWN = 3,         /* --once gives up when every relay failed so often */
  FAREWELL_MS = 10 * 1000, /* for mails under way when told to stop */
  RESCAN_SHARE = 20,       /* reading from the beginning may take a twentieth of the time */
  RESCAN_LEAST_MS = 200,
};

struct sender {
  const struct sender_context *context;
  struct marks_context marks;
  GPtrArray *unmarked; /* answered envelopes that a commit failed for */
  int64_t rescan_not_before_ms, summary_ms;
  int64_t summary_sent, summary_failed, summary_deferred;
  int troubles;
  bool is_complete; /* the outbox was read from its beginning and nothing is at hand */
};

/* Gives deliveries back that could not get an envelope: they are still due in the store. */
static void give_back(struct stock *stock, GPtrArray *deliveries)
{
  for (guint i = 0; i < deliveries->len; i++) {
    stock_release(stock, g_ptr_array_index(deliveries, i));
    delivery_free(g_ptr_array_index(deliveries, i));
  }
}

/* Puts one envelope of a priority on the desk. *is_put false without error: nothing is at hand. */
static bool put_one(struct marks_context *marks, int priority, bool *is_put, GError **error)
{
  GError *why = NULL;
  struct lot *lot = NULL;
  g_autoptr(GPtrArray) deliveries = stock_take(marks->stock, priority, &lot, &why);
  *is_put = deliveries != NULL;
  if (why != NULL) g_propagate_error(error, why);
  if (deliveries == NULL) return why == NULL;
  struct outgoing *outgoing = lots_load(marks->lots, lot, error);
  if (outgoing == NULL) {
    give_back(marks->stock, deliveries);
    return false;
  }
  struct delivery *const *first = (struct delivery *const *)(gpointer)deliveries->pdata;
  dispatcher_put(marks->dispatcher, envelope_new(outgoing, first, deliveries->len), false);
  return true;
}

/* Lays out what is at hand, each priority up to its share of the desk: a full heap of bulk never hides an
 * ordinary letter. */
static bool fill_desk(struct sender *sender, bool from_start, GError **error)
{
  static const int priorities[] = { LETTER_ORDINARY, LETTER_BULK };
  struct marks_context *marks = &sender->marks;
  if (!stock_fill(marks->stock, clock_now(), from_start, error)) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(priorities); i++) {
    bool is_put = true;
    while (is_put && dispatcher_waiting(marks->dispatcher, priorities[i]) < DESK_WEIGHT)
      if (!put_one(marks, priorities[i], &is_put, error)) return false;
  }
  return true;
}

/* Reads the outbox from its beginning, if it is time; what that cost decides when it may be done again. */
static bool rescan(struct sender *sender, GError **error)
{
  int64_t begun = clock_monotonic_ms();
  if (begun < sender->rescan_not_before_ms && !sender->context->once) return true;
  bool is_good = fill_desk(sender, true, error);
  int64_t ended = clock_monotonic_ms();
  sender->rescan_not_before_ms = ended + RESCAN_LEAST_MS + RESCAN_SHARE * (ended - begun);
  sender->is_complete = is_good;
  return is_good;
}

/* Marks what was answered. A fault of the store is waited out; the answers stay. */
static bool settle(struct sender *sender, GPtrArray *answered, GError **error)
{
  g_ptr_array_extend_and_steal(sender->unmarked, answered);
  return marks_settle(&sender->marks, sender->unmarked, clock_now(), error);
}

/* A line a minute while something happens. */
static void summarise(struct sender *sender, int64_t now_ms)
{
  struct marks_context *marks = &sender->marks;
  if (now_ms - sender->summary_ms < 60 * 1000) return;
  int64_t sent = marks->sent - sender->summary_sent, failed = marks->failed - sender->summary_failed;
  int64_t deferred = marks->deferred - sender->summary_deferred;
  if (sent + failed + deferred > 0)
    log_line("state=sending seconds=%.0f sent=%" G_GINT64_FORMAT " failed=%" G_GINT64_FORMAT
             " deferred=%" G_GINT64_FORMAT " longest_wait_for_store_ms=%" G_GINT64_FORMAT,
             (double)(now_ms - sender->summary_ms) / 1000, sent, failed, deferred,
             store_longest_wait_ms(sender->context->store));
  sender->summary_ms = now_ms;
  sender->summary_sent = marks->sent;
  sender->summary_failed = marks->failed;
  sender->summary_deferred = marks->deferred;
  lots_tidy(marks->lots, now_ms);
}

/* Nothing is under way: wait for a nudge, the next retry, or a minute. */
static void wait_idle(struct sender *sender)
{
  int64_t wait_ms = IDLE_MS, now_ms = clock_monotonic_ms(),
          seconds = stock_next_look(sender->marks.stock) - clock_now();
  lots_tidy(sender->marks.lots, now_ms);
  if (!sender->is_complete) wait_ms = CLAMP(sender->rescan_not_before_ms - now_ms, 1, wait_ms);
  if (seconds < wait_ms / 1000) wait_ms = MIN(wait_ms, MAX(seconds, 1) * 1000);
  if (sender->context->wake_fd < 0) wait_ms = MIN(wait_ms, TROUBLE_MS);
  if (sender->context->wake_fd >= 0)
    wake_wait(sender->context->wake_fd, (int)wait_ms);
  else
    g_usleep((gulong)wait_ms * 1000);
  sender->is_complete = false;
}

/* One round. *is_over: --once has nothing more to do. */
static bool round_once(struct sender *sender, bool *is_over, GError **error)
{
  struct marks_context *marks = &sender->marks;
  if (!fill_desk(sender, false, error)) return false;
  if (stock_held(marks->stock) == 0 && !sender->is_complete && !rescan(sender, error)) return false;
  if (stock_held(marks->stock) == 0) {
    *is_over = sender->context->once;
    if (!*is_over) wait_idle(sender);
    return true;
  }
  sender->is_complete = false;
  GPtrArray *answered = dispatcher_collect(marks->dispatcher, sender->unmarked->len > 0 ? 0 : LISTEN_MS);
  if (sender->context->wake_fd >= 0) wake_wait(sender->context->wake_fd, 0);
  if (!settle(sender, answered, error)) return false;
  summarise(sender, clock_monotonic_ms());
  if (sender->context->once && relays_all_failed(sender->context->relays, ROUNDS_DOWN))
    return fault_set(error, FAULT_UNAVAILABLE,
                     "No relay takes mail now; what is due waits, nothing is lost.");
  return true;
}

/* After a fault: say it (once for a row of the same), pause; --once does not wait for ever. True: go on. */
static bool wait_out(struct sender *sender, GError *fault, GError **error)
{
  sender->troubles++;
  bool gives_up = sender->context->once && (sender->troubles >= TROUBLES_MAX ||
                                            g_error_matches(fault, FAULT_DOMAIN, FAULT_UNAVAILABLE));
  if (gives_up) {
    g_propagate_error(error, fault);
    return false;
  }
  if (sender->troubles == 1 || sender->troubles % 60 == 0)
    log_line("state=trouble why=\"%s\"", fault->message);
  g_error_free(fault);
  g_usleep(TROUBLE_MS * 1000);
  return true;
}

/* Lets the sessions end the mails in hand and marks their answers. False: somebody is still talking to a
 * relay. */
static bool say_farewell(struct sender *sender)
{
  struct dispatcher *dispatcher = sender->marks.dispatcher;
  int64_t end = clock_monotonic_ms() + FAREWELL_MS;
  bool is_deserted = false;
  dispatcher_stop(dispatcher);
  do {
    is_deserted = dispatcher_is_deserted(dispatcher);
    g_autoptr(GError) error = NULL;
    if (!settle(sender, dispatcher_collect(dispatcher, is_deserted ? 0 : 100), &error)) {
      log_line("state=trouble why=\"%s\"", error->message);
      g_usleep(TROUBLE_MS * 1000 / 4);
    }
  } while ((!is_deserted || sender->unmarked->len > 0) && clock_monotonic_ms() < end);
  return is_deserted;
}

static void loop(struct sender *sender, GError **error)
{
  bool is_over = false, goes_on = true;
  while (goes_on && !is_over && !sender->context->should_stop()) {
    GError *fault = NULL;
    if (round_once(sender, &is_over, &fault))
      sender->troubles = 0;
    else
      goes_on = wait_out(sender, fault, error);
  }
}

bool sender_run(const struct sender_context *context, bool *is_clean, GError **error)
{
  const struct config *config = context->config;
  struct sender sender = { .context = context,
                           .unmarked = g_ptr_array_new(),
                           .summary_ms = clock_monotonic_ms() };
  struct marks_context *marks = &sender.marks;
  *marks = (struct marks_context){ .config = config, .keys = context->keys, .store = context->store };
  marks->dispatcher = dispatcher_new();
  marks->lots = lots_new(context->store);
  marks->stock = stock_new(context->store, marks->lots, (guint)config->batch_recipients);
  struct session_context *sessions = g_new0(struct session_context, 1);
  *sessions = (struct session_context){ .dispatcher = marks->dispatcher,
                                        .relays = context->relays,
                                        .helo = config->helo,
                                        .starttls = config->starttls,
                                        .username = config->username,
                                        .password = context->password,
                                        .reply_seconds = context->reply_seconds };
  g_autoptr(GPtrArray) threads = g_ptr_array_new();
  for (int i = 0; i < config->sessions; i++) g_ptr_array_add(threads, session_start(sessions));
  GError *fault = NULL;
  loop(&sender, &fault);
  *is_clean = say_farewell(&sender);
  if (!context->once)
    log_line("state=stopped longest_wait_for_store_ms=%" G_GINT64_FORMAT,
             store_longest_wait_ms(context->store));
  if (*is_clean) {
    for (guint i = 0; i < threads->len; i++) g_thread_join(g_ptr_array_index(threads, i));
    dispatcher_free(marks->dispatcher);
    g_free(sessions);
  }
  g_ptr_array_set_free_func(sender.unmarked, (GDestroyNotify)envelope_free);
  g_ptr_array_free(sender.unmarked, TRUE);
  stock_free(marks->stock);
  lots_free(marks->lots);
  if (fault != NULL) g_propagate_error(error, fault);
  return fault == NULL;
}
