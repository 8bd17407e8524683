/* The desk between store and sessions.
 *
 * One lock, held for a few instructions, and a condition for each reason to wait. A session
 * takes one envelope more than it is sending (it goes along with the end of the one before) and no further,
 * so an ordinary letter overtakes a bulk one within two mails a session.
 *
 * The window: before a session sends a content it reserves room, and the room is free again when the main
 * thread has committed the mark. So at any moment at most DISPATCHER_WINDOW mails may be with the relay and
 * not in the store, however slow a commit is; that is what a crash can repeat, with the same Message-ID. The
 * main thread is woken for the first answer, which starts its 50 ms, and when half the window is full; the
 * other half is what the sessions use while it commits. */
#include "mta-hooks/send/dispatcher.h"

#include "lib/base/clock.h"

struct dispatcher {
  GMutex lock;
  GCond for_taking, for_room,
      for_main;      /* something to take · room in the window, or time to stop · answers */
  GQueue waiting[2]; /* by priority */
  guint waiting_weight[2];
  GPtrArray *answered; /* since the last collection */
  guint answered_weight;
  guint under_way; /* weight reserved and not committed */
  int64_t first_answer_ms;
  guint sessions;
  bool is_stopping;
};

struct dispatcher *dispatcher_new(void)
{
  struct dispatcher *dispatcher = g_new0(struct dispatcher, 1);
  g_mutex_init(&dispatcher->lock);
  g_cond_init(&dispatcher->for_taking);
  g_cond_init(&dispatcher->for_room);
  g_cond_init(&dispatcher->for_main);
  g_queue_init(&dispatcher->waiting[0]);
  g_queue_init(&dispatcher->waiting[1]);
  dispatcher->answered = g_ptr_array_new();
  return dispatcher;
}

void dispatcher_free(struct dispatcher *dispatcher)
{
  if (dispatcher == NULL) return;
  for (int i = 0; i < 2; i++) g_queue_clear_full(&dispatcher->waiting[i], (GDestroyNotify)envelope_free);
  g_ptr_array_foreach(dispatcher->answered, (GFunc)(void (*)(void))envelope_free, NULL);
  g_ptr_array_free(dispatcher->answered, TRUE);
  g_cond_clear(&dispatcher->for_taking);
  g_cond_clear(&dispatcher->for_room);
  g_cond_clear(&dispatcher->for_main);
  g_mutex_clear(&dispatcher->lock);
  g_free(dispatcher);
}

guint dispatcher_weight(const struct envelope *envelope)
{
  return envelope->count > 1 ? DISPATCHER_BATCH_WEIGHT : 1;
}

/* Waits for a condition at most `ms`; false: the time is over. */
static bool wait_for(GCond *condition, GMutex *lock, int64_t ms)
{
  return g_cond_wait_until(condition, lock, g_get_monotonic_time() + ms * 1000);
}

static void put_locked(struct dispatcher *dispatcher, struct envelope *envelope, bool is_first)
{
  int p = outgoing_letter(envelope->outgoing)->priority == LETTER_ORDINARY ? 0 : 1;
  if (is_first)
    g_queue_push_head(&dispatcher->waiting[p], envelope);
  else
    g_queue_push_tail(&dispatcher->waiting[p], envelope);
  dispatcher->waiting_weight[p] += dispatcher_weight(envelope);
  g_cond_signal(&dispatcher->for_taking);
}

/* Ordinary before bulk; NULL: nothing waits. */
static struct envelope *take_locked(struct dispatcher *dispatcher)
{
  for (int p = 0; p < 2; p++) {
    struct envelope *envelope = g_queue_pop_head(&dispatcher->waiting[p]);
    if (envelope == NULL) continue;
    dispatcher->waiting_weight[p] -= dispatcher_weight(envelope);
    return envelope;
  }
  return NULL;
}

void dispatcher_put(struct dispatcher *dispatcher, struct envelope *envelope, bool is_first)
{
  g_mutex_lock(&dispatcher->lock);
  put_locked(dispatcher, envelope, is_first);
  g_mutex_unlock(&dispatcher->lock);
}

guint dispatcher_waiting(struct dispatcher *dispatcher, int priority)
{
  g_mutex_lock(&dispatcher->lock);
  guint weight = dispatcher->waiting_weight[priority == LETTER_ORDINARY ? 0 : 1];
  g_mutex_unlock(&dispatcher->lock);
  return weight;
}

/* Is every mail that is out answered, and none waits to follow? */
static bool is_quiet(const struct dispatcher *dispatcher)
{
  return dispatcher->under_way == dispatcher->answered_weight && dispatcher->waiting_weight[0] == 0 &&
         dispatcher->waiting_weight[1] == 0;
}

/* Are the answers that are there worth a commit now? */
static bool is_enough(const struct dispatcher *dispatcher)
{
  return dispatcher->answered_weight >= DISPATCHER_WINDOW / 2 || dispatcher->is_stopping ||
         is_quiet(dispatcher);
}

/* How long the answers that are there may still wait for company. */
static int64_t patience_ms(const struct dispatcher *dispatcher, int64_t now)
{
  return is_enough(dispatcher) ? 0 : MAX(dispatcher->first_answer_ms + DISPATCHER_COMMIT_MS - now, 0);
}

GPtrArray *dispatcher_collect(struct dispatcher *dispatcher, int64_t most_ms)
{
  int64_t now = clock_monotonic_ms(), end = now + most_ms;
  g_mutex_lock(&dispatcher->lock);
  for (;;) {
    int64_t wait = dispatcher->answered->len > 0 ? patience_ms(dispatcher, now) : end - now;
    if (wait <= 0) break;
    wait_for(&dispatcher->for_main, &dispatcher->lock, wait);
    now = clock_monotonic_ms();
  }
  GPtrArray *answered = dispatcher->answered;
  dispatcher->answered = g_ptr_array_new();
  dispatcher->answered_weight = 0;
  g_mutex_unlock(&dispatcher->lock);
  return answered;
}

void dispatcher_committed(struct dispatcher *dispatcher, guint weight)
{
  g_mutex_lock(&dispatcher->lock);
  dispatcher->under_way -= weight;
  g_cond_broadcast(&dispatcher->for_room);
  g_mutex_unlock(&dispatcher->lock);
}

void dispatcher_stop(struct dispatcher *dispatcher)
{
  g_mutex_lock(&dispatcher->lock);
  dispatcher->is_stopping = true;
  g_cond_broadcast(&dispatcher->for_taking);
  g_cond_broadcast(&dispatcher->for_room);
  g_mutex_unlock(&dispatcher->lock);
}

bool dispatcher_is_deserted(struct dispatcher *dispatcher)
{
  g_mutex_lock(&dispatcher->lock);
  bool is_deserted = dispatcher->sessions == 0;
  g_mutex_unlock(&dispatcher->lock);
  return is_deserted;
}

void dispatcher_enter(struct dispatcher *dispatcher)
{
  g_mutex_lock(&dispatcher->lock);
  dispatcher->sessions++;
  g_mutex_unlock(&dispatcher->lock);
}

void dispatcher_leave(struct dispatcher *dispatcher)
{
  g_mutex_lock(&dispatcher->lock);
  dispatcher->sessions--;
  g_cond_signal(&dispatcher->for_main);
  g_mutex_unlock(&dispatcher->lock);
}

struct envelope *dispatcher_take(struct dispatcher *dispatcher, int64_t most_ms)
{
  struct envelope *envelope = NULL;
  int64_t now = clock_monotonic_ms(), end = now + most_ms;
  g_mutex_lock(&dispatcher->lock);
  while (!dispatcher->is_stopping) {
    envelope = take_locked(dispatcher);
    if (envelope != NULL || now >= end) break;
    wait_for(&dispatcher->for_taking, &dispatcher->lock, end - now);
    now = clock_monotonic_ms();
  }
  g_mutex_unlock(&dispatcher->lock);
  return envelope;
}

bool dispatcher_reserve(struct dispatcher *dispatcher, const struct envelope *envelope)
{
  guint weight = dispatcher_weight(envelope);
  g_mutex_lock(&dispatcher->lock);
  while (!dispatcher->is_stopping && dispatcher->under_way + weight > DISPATCHER_WINDOW)
    wait_for(&dispatcher->for_room, &dispatcher->lock, 1000);
  bool may_go = !dispatcher->is_stopping;
  if (may_go) dispatcher->under_way += weight;
  g_mutex_unlock(&dispatcher->lock);
  return may_go;
}

void dispatcher_report(struct dispatcher *dispatcher, struct envelope *envelope)
{
  guint weight = dispatcher_weight(envelope);
  g_mutex_lock(&dispatcher->lock);
  bool is_first = dispatcher->answered->len == 0, was_enough = !is_first && is_enough(dispatcher);
  if (is_first) dispatcher->first_answer_ms = clock_monotonic_ms();
  g_ptr_array_add(dispatcher->answered, envelope);
  dispatcher->answered_weight += weight;
  if (is_first || (!was_enough && is_enough(dispatcher))) g_cond_signal(&dispatcher->for_main);
  g_mutex_unlock(&dispatcher->lock);
}

void dispatcher_put_back(struct dispatcher *dispatcher, struct envelope *envelope, bool is_reserved)
{
  envelope_reset(envelope);
  g_mutex_lock(&dispatcher->lock);
  if (is_reserved) {
    dispatcher->under_way -= dispatcher_weight(envelope);
    g_cond_broadcast(&dispatcher->for_room);
  }
  put_locked(dispatcher, envelope, true);
  g_mutex_unlock(&dispatcher->lock);
}

void dispatcher_rest(struct dispatcher *dispatcher, int64_t ms)
{
  int64_t now = clock_monotonic_ms(), end = now + ms;
  g_mutex_lock(&dispatcher->lock);
  while (!dispatcher->is_stopping && now < end) {
    wait_for(&dispatcher->for_room, &dispatcher->lock, end - now);
    now = clock_monotonic_ms();
  }
  g_mutex_unlock(&dispatcher->lock);
}

bool dispatcher_is_stopping(struct dispatcher *dispatcher)
{
  g_mutex_lock(&dispatcher->lock);
  bool is_stopping = dispatcher->is_stopping;
  g_mutex_unlock(&dispatcher->lock);
  return is_stopping;
}
