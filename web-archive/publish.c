/* The publisher: takes stale pages round by round to files that a reader sees whole.
 *
 * A round: read marks; for pages that will appear, mark what shows that they exist (its own small commit,
 * before any file is there); render, skip what is on disk already with the same bytes, else write beside,
 * sync, rename; sync the folders; then take away what must not be there; then clear the marks in one
 * transaction, each only if nobody has marked it again. Killed anywhere, the marks are still there and the
 * round is done again, to the same bytes.
 *
 * Only one publisher writes at a time (publish.lock in the run directory): of two, the slower could lay an
 * older page over a newer one whose mark is gone. What pages show beside the store (templates, configuration)
 * has a fingerprint in the store; when it differs, everything is stale. */
#include "web-archive/publish.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/events/event_shelves.h"
#include "lib/store/pages.h"
#include "web-archive/pages.h"
#include "web-archive/shelf.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { ROUND_PAGES = 200, READ_US = 50 * 1000 };
static const char FINGERPRINT[] = "pages_fingerprint";

struct publisher {
  struct site *site;
  struct store *store;
  int lock;
  GHashTable *present; /* paths rendered in a rebuild; NULL outside one */
};

/* ---- marks ---- */

/* Marks everything: what the store knows, the sitemap's index, and the pages that show nothing of the store.
 */
static bool mark_everything(struct publisher *publisher, GError **error)
{
  if (!pages_mark_all(publisher->store, error) || !page_mark(publisher->store, "sitemap", 0, 0, 1, error))
    return false;
  for (gsize i = 0; i < page_kind_count; i++)
    if (page_kinds[i]->is_fixed && !page_mark(publisher->store, page_kinds[i]->name, 0, 0, 1, error))
      return false;
  return store_set_setting(publisher->store, FINGERPRINT, site_fingerprint(publisher->site), error);
}

static bool mark_everything_now(struct publisher *publisher, GError **error)
{
  if (store_begin(publisher->store, error) && mark_everything(publisher, error) &&
      store_commit(publisher->store, error))
    return true;
  store_rollback(publisher->store);
  return false;
}

/* Everything is stale when templates or configuration have changed, or the archive is not there. */
static bool mark_if_changed(struct publisher *publisher, GError **error)
{
  GError *fault = NULL;
  g_autofree char *known = store_setting(publisher->store, FINGERPRINT, &fault);
  if (fault) {
    g_propagate_error(error, fault);
    return false;
  }
  bool is_same = known && g_str_equal(known, site_fingerprint(publisher->site)) &&
                 shelf_has(publisher->site, "index.html");
  return is_same || mark_everything_now(publisher, error);
}

/* ---- a publisher ---- */

static bool open_lock(struct publisher *publisher, const struct config *config, GError **error)
{
  if (!durable_make_directories(config->run, 0750, error)) return false;
  g_autofree char *path = g_build_filename(config->run, "publish.lock", NULL);
  publisher->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  return publisher->lock >= 0 ||
         fault_set_errno(error, FAULT_FILE, errno, "The lock %s cannot be opened", path);
}

/* Waits until no other publisher is in a round. */
static bool take_lock(struct publisher *publisher, GError **error)
{
  while (flock(publisher->lock, LOCK_EX) != 0)
    if (errno != EINTR)
      return fault_set_errno(error, FAULT_TEMPORARY, errno, "The lock publish.lock cannot be taken");
  return true;
}

static void leave_lock(struct publisher *publisher)
{
  flock(publisher->lock, LOCK_UN);
}

static bool prepare(struct publisher *publisher, const struct config *config, GError **error)
{
  publisher->site = site_new(config, publisher->store, error);
  if (!publisher->site || !open_lock(publisher, config, error) ||
      !durable_make_directories(config->archive, 0755, error) || !take_lock(publisher, error))
    return false;
  bool done = shelf_sweep(publisher->site, error) && mark_if_changed(publisher, error);
  leave_lock(publisher);
  return done;
}

struct publisher *publisher_new(const struct config *config, struct store *store, GError **error)
{
  struct publisher *publisher = g_new0(struct publisher, 1);
  publisher->store = store;
  publisher->lock = -1;
  if (prepare(publisher, config, error)) return publisher;
  publisher_free(publisher);
  return NULL;
}

void publisher_free(struct publisher *publisher)
{
  if (!publisher) return;
  site_free(publisher->site);
  if (publisher->lock >= 0) close(publisher->lock);
  g_free(publisher);
}

/* ---- a round ---- */

/* One stale page on its way. */
struct job {
  const struct page_kind *kind; /* NULL: a mark this program knows nothing of; it is only cleared */
  struct page_key key;
  char *path;     /* NULL: nowhere */
  bool is_absent; /* its file must go */
  bool is_kept;   /* its mark stays: tending is not done */
};

static void job_free(void *data)
{
  struct job *job = data;
  g_free(job->path);
  g_free(job);
}

/* A round's pages with their places. */
static GPtrArray *plan(struct publisher *publisher, const GPtrArray *pages, GError **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func(job_free);
  for (guint i = 0; i < pages->len; i++) {
    const struct stale_page *page = pages->pdata[i];
    struct job *job = g_new0(struct job, 1);
    g_ptr_array_add(jobs, job);
    job->kind = page_kind_find(page->page);
    job->key = (struct page_key){ .list = page->list, .key = page->key, .part = page->part };
    if (!job->kind) continue;
    GError *fault = NULL;
    job->path = job->kind->path(publisher->site, &job->key, &fault);
    if (fault) {
      g_propagate_error(error, fault);
      return NULL;
    }
  }
  return g_steal_pointer(&jobs);
}

/* Whether a job's page appears (is not on disk) or goes, as asked. */
static bool is_coming(const struct site *site, const struct job *job)
{
  return job->path && job->kind->mark_neighbours && !shelf_has(site, job->path);
}

static bool is_going(const struct site *site, const struct job *job)
{
  return job->path && job->is_absent && job->kind->mark_neighbours && shelf_has(site, job->path);
}

/* Marks what shows whether the chosen pages exist, in one transaction if there is any. */
static bool mark_neighbours(struct publisher *publisher, const GPtrArray *jobs,
                            bool (*chosen)(const struct site *, const struct job *), GError **error)
{
  bool in_transaction = false, done = true;
  for (guint i = 0; done && i < jobs->len; i++) {
    const struct job *job = jobs->pdata[i];
    if (!chosen(publisher->site, job)) continue;
    if (!in_transaction) done = in_transaction = store_begin(publisher->store, error);
    done = done && job->kind->mark_neighbours(publisher->site, &job->key, error);
  }
  if (done && (!in_transaction || store_commit(publisher->store, error))) return true;
  store_rollback(publisher->store);
  return false;
}

/* Renders a page and puts it on the shelf unless it is there already. */
static bool publish_page(struct publisher *publisher, struct shelf_round *round, struct job *job,
                         GString *bytes, GError **error)
{
  if (!job->path) return true;
  GError *fault = NULL;
  g_string_truncate(bytes, 0);
  enum page_state state = job->kind->render(publisher->site, &job->key, bytes, &fault);
  if (state == PAGE_FAULT) {
    g_propagate_error(error, fault);
    return false;
  }
  job->is_absent = state == PAGE_ABSENT;
  if (publisher->present && !job->is_absent) g_hash_table_add(publisher->present, g_strdup(job->path));
  if (publisher->present && job->is_absent) g_hash_table_remove(publisher->present, job->path);
  if (job->is_absent) return true;
  if (!shelf_holds(publisher->site, job->path, bytes)) return shelf_put(round, job->path, bytes, error);
  shelf_keep(round, job->path);
  return true;
}

/* Takes away the files of pages that must not be there. */
static bool remove_absent(struct publisher *publisher, struct shelf_round *round, const GPtrArray *jobs,
                          GError **error)
{
  if (!mark_neighbours(publisher, jobs, is_going, error)) return false;
  for (guint i = 0; i < jobs->len; i++) {
    const struct job *job = jobs->pdata[i];
    if (job->path && job->is_absent && !shelf_remove(round, job->path, error)) return false;
  }
  return shelf_sync(round, error);
}

static bool tend(struct publisher *publisher, const GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++) {
    struct job *job = jobs->pdata[i];
    if (!job->kind || !job->kind->tend) continue;
    GError *fault = NULL;
    bool is_done = true;
    if (!job->kind->tend(publisher->site, &job->key, &is_done, &fault)) {
      g_propagate_error(error, fault);
      return false;
    }
    job->is_kept = !is_done;
  }
  return true;
}

/* Renders all pages of a round and writes them beside those that readers see. Pages of a few milliseconds are
 * read in one go, from one state of the store: a page asks it some ten times. */
static bool stage_round(struct publisher *publisher, const GPtrArray *jobs, struct shelf_round *round,
                        GError **error)
{
  g_autoptr(GString) bytes = g_string_new(NULL);
  gint64 until = 0;
  bool done = true;
  for (guint i = 0; done && i < jobs->len; i++) {
    if (g_get_monotonic_time() >= until) {
      store_read_end(publisher->store);
      done = store_read_begin(publisher->store, error);
      until = g_get_monotonic_time() + READ_US;
    }
    done = done && publish_page(publisher, round, jobs->pdata[i], bytes, error);
  }
  store_read_end(publisher->store);
  return done;
}

/* Puts all pages of a round on disk. */
static bool write_round(struct publisher *publisher, const GPtrArray *jobs, struct shelf_round *round,
                        GError **error)
{
  if (!mark_neighbours(publisher, jobs, is_coming, error) || !stage_round(publisher, jobs, round, error))
    return false;
  crash_point("publish.staged");
  if (!shelf_sync(round, error)) return false;
  crash_point("publish.synced");
  return remove_absent(publisher, round, jobs, error) && tend(publisher, jobs, error);
}

/* Clears the marks of what is on disk now. */
static bool clear_marks(struct publisher *publisher, GPtrArray *pages, const GPtrArray *jobs, GError **error)
{
  for (guint i = jobs->len; i-- > 0;)
    if (((const struct job *)jobs->pdata[i])->is_kept) g_ptr_array_remove_index(pages, i);
  if (store_begin(publisher->store, error) && pages_clear(publisher->store, pages, error) &&
      store_commit(publisher->store, error))
    return true;
  store_rollback(publisher->store);
  return false;
}

/* What is ahead depends on the day: one commit of the clock a day makes it stale. */
static bool turn_day(struct publisher *publisher, GError **error)
{
  g_autofree char *now = clock_format_in(clock_now(), site_config(publisher->site)->zone),
                  *day = g_strndup(now, strlen("YYYY-MM-DD"));
  return events_turn_day(publisher->store, day, error);
}

static int do_round(struct publisher *publisher, GError **error)
{
  site_forget_lists(publisher->site);
  if (!turn_day(publisher, error)) return -1;
  g_autoptr(GPtrArray) pages = pages_stale(publisher->store, ROUND_PAGES, error);
  if (!pages) return -1;
  int count = (int)pages->len;
  if (count == 0) return 0;
  g_autoptr(GPtrArray) jobs = plan(publisher, pages, error);
  if (!jobs) return -1;
  struct shelf_round *round = shelf_round_new(publisher->site);
  bool done = write_round(publisher, jobs, round, error) && clear_marks(publisher, pages, jobs, error);
  shelf_round_free(round);
  if (!done) return -1;
  crash_point("publish.cleared");
  return count;
}

int publisher_round(struct publisher *publisher, GError **error)
{
  GError *fault = NULL;
  if (!take_lock(publisher, error)) return -1;
  int count = do_round(publisher, &fault);
  leave_lock(publisher);
  if (fault) g_propagate_error(error, fault);
  return count;
}

/* ---- a rebuild ---- */

struct leftovers {
  const GHashTable *present;
  struct shelf_round *round;
};

/* Removes a page of ours that was not among those just rendered. */
static bool judge_page(const char *path, void *data, GError **error)
{
  struct leftovers *leftovers = data;
  if (g_hash_table_contains((GHashTable *)leftovers->present, path)) return true;
  return shelf_remove(leftovers->round, path, error);
}

static bool remove_leftovers(struct publisher *publisher, GError **error)
{
  struct leftovers leftovers = { publisher->present, shelf_round_new(publisher->site) };
  bool done =
      shelf_walk(publisher->site, judge_page, &leftovers, error) && shelf_sync(leftovers.round, error);
  shelf_round_free(leftovers.round);
  return done;
}

/* Marks all, renders all, then takes away what was not rendered. The lock is held throughout: no other
 * publisher may render a page that would be missing from our count. */
bool publisher_rebuild(struct publisher *publisher, GError **error)
{
  GError *fault = NULL;
  if (!take_lock(publisher, error)) return false;
  publisher->present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  int count = mark_everything_now(publisher, &fault) ? 1 : -1;
  while (count > 0) count = do_round(publisher, &fault);
  bool done = count == 0 && remove_leftovers(publisher, &fault);
  g_clear_pointer(&publisher->present, g_hash_table_destroy);
  leave_lock(publisher);
  if (fault) g_propagate_error(error, fault);
  return done;
}

int publisher_highest_number(const struct config *config, const char *list, int year)
{
  g_autofree char *folder = g_strdup_printf("%s/%s/%04d", config->archive, list, year);
  return shelf_highest(folder);
}
