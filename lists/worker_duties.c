/* What the worker does beside deciding mails: writing the rows of letters, publishing the addresses, keeping
 * the date, telling the admin, clearing away old letters, and letting held mails through. Each is short and
 * commits by itself. */
#include "lists/bounces/bounces.h"
#include "lists/cases/cases.h"
#include "lists/decide.h"
#include "lists/digests/digests.h"
#include "lists/events/events.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/mediation/mediation.h"
#include "lists/members/members.h"
#include "lists/moderation/moderation.h"
#include "lists/places/gazetteer.h"
#include "lists/places/list_regions.h"
#include "lists/requests/requests.h"
#include "lists/video/rooms.h"
#include "lists/worker_private.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/wake.h"
#include "lib/mail/address.h"
#include "lib/store/gazetteer/gazetteer_rows.h"
#include "lib/store/mails.h"
#include "lib/store/mutes.h"
#include "lib/store/outbox.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/returns/rates.h"

#include <string.h>

enum {
  EXPAND_MS = 250,
  PRUNE_EVERY_MS = 60 * 1000,
  PRUNE_ROWS = 200,
  GAZETTEER_EVERY_MS = 5 * 1000,
  TICK_EVERY_MS = 30 * 1000,
  LETTER_DAYS = 30,
  DAY_SECONDS = 24 * 3600
};

void worker_set_bbb(struct worker *worker, const struct bbb *bbb)
{
  worker->work.bbb = bbb;
}

void worker_wake_others(const struct worker *worker)
{
  static const char *const others[] = { "send", "publish", "reach" };
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) wake_send(worker->work.config->run, others[i]);
}

/* One step of expansion in a commit of its own. */
static int expand_step(struct worker *worker, GError **error)
{
  struct store *store = worker->work.store;
  if (!store_begin(store, error)) return -1;
  int rows = outbox_expand(store, STORE_HOLD_ROWS, letters_fill, &worker->work, error);
  crash_point("expand.commit.before");
  if (rows < 0 || !store_commit(store, error)) {
    store_rollback(store);
    return -1;
  }
  crash_point("expand.commit.after");
  return rows;
}

int worker_expand(struct worker *worker, GError **error)
{
  int64_t end = clock_monotonic_ms() + EXPAND_MS;
  int rows = 0, step;
  do {
    step = expand_step(worker, error);
    if (step > 0) rows += step;
    if (step > 0 && rows == step) wake_send(worker->work.config->run, "send");
  } while (step > 0 && clock_monotonic_ms() < end);
  if (rows > 0) wake_send(worker->work.config->run, "send");
  return step < 0 && rows == 0 ? -1 : rows;
}

/* A letter to the admin that a mail was set aside. */
static bool tell_admin(struct worker *worker, int64_t inbox_id, const char *reason, GError **error)
{
  struct work *work = &worker->work;
  g_autofree char *address = work->config->admin ? address_normalise(work->config->admin) : NULL;
  if (!address) return true;
  g_autofree char *id = g_strdup_printf("i%" G_GINT64_FORMAT, inbox_id);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "id", id);
  value_set_text(values, "reason", reason);
  if (!store_begin(work->store, error)) return false;
  bool is_told =
      letters_send(work, &(struct letter_out){ .purpose = "set_aside", .address = address, .values = values },
                   error) &&
      store_commit(work->store, error);
  if (!is_told) store_rollback(work->store);
  return is_told;
}

bool worker_set_aside(struct worker *worker, int64_t inbox_id, const char *reason, GError **error)
{
  g_autoptr(GError) untold = NULL;
  if (!tell_admin(worker, inbox_id, reason, &untold))
    log_line("inbox=i%" G_GINT64_FORMAT " the admin could not be told: %s", inbox_id, untold->message);
  if (!inbox_set_aside(worker->inbox, inbox_id, reason, worker->work.now, error)) return false;
  log_line("inbox=i%" G_GINT64_FORMAT " outcome=aside reason=\"%s\"", inbox_id, reason);
  return true;
}

/* Today, in the municipality's zone: YYYY-MM-DD. */
static char *local_date(const struct work *work)
{
  g_autofree char *moment = clock_format_in(work->now, work->config->zone);
  return g_strndup(moment, strlen("2026-03-02"));
}

/* Once a day the date is committed, so that pages that depend on it become stale by a fact of the store. */
static bool keep_date(struct worker *worker, GError **error)
{
  struct work *work = &worker->work;
  if (worker->dated_minute == work->now / 60) return true;
  GError *failed = NULL;
  g_autofree char *today = local_date(work);
  g_autofree char *stored = store_setting(work->store, "clock_date", &failed);
  if (fault_hand_on(failed, error)) return false;
  if (g_strcmp0(today, stored) != 0) {
    if (!store_begin(work->store, error)) return false;
    if (!store_set_setting(work->store, "clock_date", today, error) ||
        !page_mark(work->store, "home", 0, 0, 1, error) || !store_commit(work->store, error)) {
      store_rollback(work->store);
      return false;
    }
    wake_send(work->config->run, "publish");
  }
  worker->dated_minute = work->now / 60;
  return true;
}

/* Lists have changed: a new address book, for us and for the receiver. */
static bool renew_book(struct worker *worker, GError **error)
{
  struct work *work = &worker->work;
  struct address_book *book = addresses_from_store(work->store, work->config, error);
  if (!book) return false;
  addresses_free(worker->book);
  worker->book = book;
  work->book = book;
  return true;
}

/* The address file was removed or changed by somebody else. Without it all mail is put off. */
static bool is_address_file_lost(const struct worker *worker)
{
  struct stat now;
  const struct stat *then = &worker->address_file;
  return stat(worker->work.config->addresses, &now) != 0 || now.st_ino != then->st_ino ||
         now.st_dev != then->st_dev || now.st_size != then->st_size ||
         now.st_mtim.tv_sec != then->st_mtim.tv_sec || now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

/* Publishes the book where the file does not hold it. */
static bool publish_book(struct worker *worker, GError **error)
{
  const char *path = worker->work.config->addresses;
  if (worker->is_published && !is_address_file_lost(worker)) return true;
  if (!addresses_publish(worker->book, path, error)) return false;
  worker->is_published = stat(path, &worker->address_file) == 0;
  return true;
}

/* The district's places, loaded anew when they were imported again; the lists' regions with them. */
static bool renew_gazetteer(struct worker *worker, bool has_lists_changed, GError **error)
{
  struct work *work = &worker->work;
  int64_t now_ms = clock_monotonic_ms();
  if (work->gazetteer && !has_lists_changed && now_ms - worker->looked_ms < GAZETTEER_EVERY_MS) return true;
  worker->looked_ms = now_ms;
  int64_t generation = gazetteer_generation(work->store, error);
  if (generation < 0) return false;
  if (!work->gazetteer || generation != worker->gazetteer_generation) {
    struct gazetteer *loaded = gazetteer_load(work->store, work->config, error);
    if (!loaded) return false;
    gazetteer_free(work->gazetteer);
    work->gazetteer = loaded;
    worker->gazetteer_generation = generation;
  }
  g_clear_pointer(&work->list_regions, g_hash_table_unref);
  return (work->list_regions = list_regions_load(work->store, work->config, error)) != NULL;
}

bool worker_housekeeping(struct worker *worker, GError **error)
{
  struct work *work = &worker->work;
  bool has_changed = false;
  work->now = clock_now();
  if (!list_cache_refresh(work->lists, &has_changed, error)) return false;
  if (has_changed || !worker->book) {
    worker->is_published = false;
    if (!renew_book(worker, error)) return false;
  }
  if (!renew_gazetteer(worker, has_changed, error)) return false;
  return publish_book(worker, error) && keep_date(worker, error);
}

static int resume_members(struct work *work, GError **error)
{
  g_autofree char *today = local_date(work);
  return members_resume(work, today, error);
}

static int move_messages(struct work *work, GError **error)
{
  return person_move_messages(work->store, STORE_HOLD_ROWS, error);
}

static int mark_renamed(struct work *work, GError **error)
{
  return person_mark_pages(work->store, STORE_HOLD_ROWS / 2, error);
}

static int end_offers(struct work *work, GError **error)
{
  return offers_end(work->store, work->now, STORE_HOLD_ROWS / 4, error);
}

/* What comes due by itself: each does a few, and says how many; -1 on error. */
static int (*const ticks[])(struct work *work, GError **error) = {
  requests_tick,   /* questions that nobody answered */
  moderation_tick, /* held mails that nobody was asked about */
  resume_members,  /* pauses that are over */
  bounces_tick,    /* letters that came back */
  move_messages,   /* two persons who are one */
  mark_renamed,    /* pages of people whose name has changed */
  end_offers,      /* what was offered or sought, and is over */
  digests_tick,    /* collected letters */
  mediation_tick,  /* mediations that are silent or over */
  cases_tick,      /* reminders and honest words about cases */
  rooms_tick,      /* video rooms, and what servers answered about them */
  events_tick,     /* invitations, reminders, ends of events */
};

/* Ticks from *next on, until one had something to do, the lock has been held for long, or all had their turn;
 * one commit. What is due is a rare thing, and twelve empty commits behind every batch of mails are not free.
 */
static int tick_some(struct work *work, gsize *next, GError **error)
{
  if (!store_begin(work->store, error)) return -1;
  int done;
  do {
    done = ticks[(*next)++](work, error);
  } while (done == 0 && *next < G_N_ELEMENTS(ticks) && !store_has_written(work->store) &&
           store_held_ms(work->store) < STORE_HOLD_MS / 2);
  if (done > 0) crash_point("tick.commit.before");
  if (done >= 0 && store_commit(work->store, error)) return done;
  store_rollback(work->store);
  return -1;
}

/* Every half minute, and until nothing is due. Each that does something does it in a commit of its own. */
int worker_tick(struct worker *worker, GError **error)
{
  struct work *work = &worker->work;
  int64_t now_ms = clock_monotonic_ms();
  if (worker->ticked_ms && now_ms - worker->ticked_ms < TICK_EVERY_MS) return 0;
  int done = 0;
  for (gsize next = 0; next < G_N_ELEMENTS(ticks);) {
    int more = tick_some(work, &next, error);
    if (more < 0) return -1;
    done += more;
  }
  if (done == 0) worker->ticked_ms = now_ms;
  if (done > 0) worker_wake_others(worker);
  return done;
}

void worker_prune(struct worker *worker)
{
  struct work *work = &worker->work;
  int64_t now_ms = clock_monotonic_ms();
  if (worker->pruned_ms && now_ms - worker->pruned_ms < PRUNE_EVERY_MS) return;
  g_autoptr(GError) fault = NULL;
  if (!store_begin(work->store, &fault)) return;
  int rows = outbox_prune(work->store, work->now - (int64_t)LETTER_DAYS * DAY_SECONDS, PRUNE_ROWS, &fault);
  bool is_done = rows >= 0 && rate_prune(work->store, work->now - DAY_SECONDS, PRUNE_ROWS, &fault);
  if (!is_done || !store_commit(work->store, &fault)) {
    store_rollback(work->store);
    log_line("Old letters could not be cleared away: %s", fault->message);
  }
  if (rows < PRUNE_ROWS) worker->pruned_ms = now_ms; /* a full step: there is more, at the next idle moment */
}

bool worker_release_hold(struct worker *worker, int64_t id, GError **error)
{
  struct work *work = &worker->work;
  if (!worker_housekeeping(worker, error)) return false;
  GError *failed = NULL;
  g_autoptr(hold_t) hold = hold_get(work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!hold) return fault_set(error, FAULT_INPUT, "There is no h%" G_GINT64_FORMAT " that waits.", id);
  g_autoptr(incoming_t) incoming = moderation_read(work, hold, error);
  if (!incoming || !store_begin(work->store, error)) return false;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  if (!decide_released(work, hold, incoming, hold->mail, lines, error) ||
      !moderation_settle_by_command(work->store, hold, "approve", work->now, error) ||
      !store_commit(work->store, error)) {
    store_rollback(work->store);
    return false;
  }
  for (guint i = 0; i < lines->len; i++) log_line("%s", (char *)g_ptr_array_index(lines, i));
  wake_send(work->config->run, "work");
  wake_send(work->config->run, "publish");
  return true;
}
