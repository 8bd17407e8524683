/* Answers to invitations, and how many come; see events.h.
 *
 * The counts are kept as answers come: what an answer adds is added, what the earlier one had added is taken
 * off. A date of a series holds by how much it differs from the series, so an answer to the whole series
 * costs one row more for each single date that the same person answered apart, and nothing for all the
 * others. */
#include "lib/store/events/events.h"

#include "lib/store/events/event_shelves.h"
#include "lib/store/internal.h"
#include "lib/store/people/calendars.h"

#include <string.h>

void rsvp_free(struct rsvp *rsvp)
{
  if (!rsvp) return;
  g_free(rsvp->original);
  g_free(rsvp->answer);
  g_free(rsvp->comment);
  g_free(rsvp->source);
  g_free(rsvp);
}

static void free_rsvp(void *rsvp)
{
  rsvp_free(rsvp);
}

static void *read_rsvp(const struct rows *rows)
{
  struct rsvp *rsvp = g_new0(struct rsvp, 1);
  rsvp->event = column_int(rows, 0);
  rsvp->original = column_text(rows, 1);
  rsvp->party = column_int(rows, 2);
  rsvp->answer = column_text(rows, 3);
  rsvp->people = (int)column_int(rows, 4);
  rsvp->comment = column_text(rows, 5);
  rsvp->source = column_text(rows, 6);
  rsvp->sequence = (int)column_int(rows, 7);
  rsvp->stamp = column_int(rows, 8);
  rsvp->place = column_int(rows, 9);
  rsvp->at = column_int(rows, 10);
  rsvp->mail = column_int(rows, 11);
  return rsvp;
}

/* What an answer counts for; NULL: nothing. */
static struct event_count worth_of(const struct rsvp *rsvp)
{
  struct event_count it = { 0 };
  if (!rsvp) return it;
  bool is_yes = strcmp(rsvp->answer, "yes") == 0;
  it.no = strcmp(rsvp->answer, "no") == 0;
  it.maybe = strcmp(rsvp->answer, "maybe") == 0;
  it.waiting = is_yes && rsvp->place;
  it.waiting_people = it.waiting ? rsvp->people : 0;
  it.yes = is_yes && !rsvp->place;
  it.people = it.yes ? rsvp->people : 0;
  return it;
}

static struct event_count difference(struct event_count a, struct event_count b)
{
  return (
      struct event_count){ a.yes - b.yes,       a.no - b.no,           a.maybe - b.maybe,
                           a.people - b.people, a.waiting - b.waiting, a.waiting_people - b.waiting_people };
}

static bool add_count(struct store *store, int64_t event, const char *original, struct event_count by,
                      GError **error)
{
  return db_run(store->db, Q_EVENT_COUNT_PUT, error, INT(event), TEXT(original), INT(by.yes), INT(by.no),
                INT(by.maybe), INT(by.people), INT(by.waiting), INT(by.waiting_people));
}

GPtrArray *rsvps_of_party(struct store *store, int64_t party, GError **error)
{
  return rows_collect(db_query(store->db, Q_RSVPS_OF_PARTY, INT(party)), read_rsvp, free_rsvp, error);
}

/* The party's answer changed from `before` to `after` (NULL: none). */
static bool recount(struct store *store, int64_t event, const char *original, int64_t party,
                    const struct rsvp *before, const struct rsvp *after, GError **error)
{
  GError *failed = NULL;
  if (*original) { /* who has not answered for this date counts as for the series */
    g_autoptr(rsvp_t) series = before && after ? NULL : rsvp_get(store, event, "", party, &failed);
    if (failed) {
      g_propagate_error(error, failed);
      return false;
    }
    struct event_count by = difference(worth_of(after ? after : series), worth_of(before ? before : series));
    return add_count(store, event, original, by, error);
  }
  struct event_count by = difference(worth_of(after), worth_of(before));
  if (!add_count(store, event, "", by, error)) return false;
  g_autoptr(GPtrArray) apart = rsvps_of_party(store, party, error);
  if (!apart) return false;
  struct event_count back = difference((struct event_count){ 0 }, by);
  for (guint i = 0; i < apart->len; i++) {
    const struct rsvp *date = apart->pdata[i];
    if (date->event == event && !add_count(store, event, date->original, back, error)) return false;
  }
  return true;
}

bool rsvp_put(struct store *store, const struct rsvp *it, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) before = rsvp_get(store, it->event, it->original, it->party, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  return event_mark_page(store, it->event, error) && calendar_mark_party(store, it->party, error) &&
         recount(store, it->event, it->original, it->party, before, it, error) &&
         db_run(store->db, Q_RSVP_PUT, error, INT(it->event), TEXT(it->original), INT(it->party),
                TEXT(it->answer), INT(it->people), TEXT(it->comment), TEXT(it->source), INT(it->sequence),
                INT(it->stamp), INT(it->place), INT(it->at), ID(it->mail));
}

bool rsvp_remove(struct store *store, int64_t event, const char *original, int64_t party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) before = rsvp_get(store, event, original, party, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  return !before || (event_mark_page(store, event, error) && calendar_mark_party(store, party, error) &&
                     recount(store, event, original, party, before, NULL, error) &&
                     db_run(store->db, Q_RSVP_REMOVE, error, INT(event), TEXT(original), INT(party)));
}

bool rsvp_is_of_before(const struct rsvp *rsvp)
{
  return strcmp(rsvp->source, "behalf") == 0 && rsvp->stamp != 0;
}

bool rsvps_ask_again(struct store *store, int64_t event, int sequence, GError **error)
{
  return event_mark_page(store, event, error) && db_run(store->db, Q_RSVPS_FORGET_DATES, error, INT(event)) &&
         db_run(store->db, Q_RSVPS_ASK_AGAIN, error, INT(event), INT(sequence)) &&
         db_run(store->db, Q_RSVPS_OF_BEFORE, error, INT(event)) &&
         db_run(store->db, Q_EVENT_COUNT_CLEAR, error, INT(event)) &&
         db_run(store->db, Q_EVENT_COUNT_ANEW, error, INT(event));
}

struct rsvp *rsvp_get(struct store *store, int64_t event, const char *original, int64_t party, GError **error)
{
  return rows_first(db_query(store->db, Q_RSVP_GET, INT(event), TEXT(original), INT(party)), read_rsvp,
                    error);
}

struct rsvp *rsvp_in_force(struct store *store, int64_t event, const char *original, int64_t party,
                           GError **error)
{
  GError *failed = NULL;
  struct rsvp *own = rsvp_get(store, event, original, party, &failed);
  if (failed) g_propagate_error(error, failed);
  return own || failed || !*original ? own : rsvp_get(store, event, "", party, error);
}

bool event_take_place(struct store *store, int64_t event, int64_t *place, GError **error)
{
  return db_run(store->db, Q_EVENT_PLACE_TAKE, error, INT(event)) &&
         db_number(store->db, Q_EVENT_PLACE, 0, place, error, INT(event));
}

GPtrArray *rsvps_waiting(struct store *store, int64_t event, const char *original, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_RSVPS_WAITING, INT(event), TEXT(original), INT(limit)), read_rsvp,
                      free_rsvp, error);
}

GPtrArray *rsvps_to_call(struct store *store, int64_t event, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_RSVPS_TO_CALL, INT(event), INT(limit)), read_rsvp, free_rsvp,
                      error);
}

GPtrArray *rsvps_of_event(struct store *store, int64_t event, const char *original, int64_t after, int limit,
                          GError **error)
{
  return rows_collect(
      db_query(store->db, Q_RSVPS_OF_EVENT, INT(event), TEXT(original), INT(after), INT(limit)), read_rsvp,
      free_rsvp, error);
}

static void *read_text(const struct rows *rows)
{
  return column_text(rows, 0);
}

char *rsvp_date_after(struct store *store, int64_t event, const char *original, GError **error)
{
  GError *failed = NULL;
  char *next =
      rows_first(db_query(store->db, Q_RSVP_DATE_AFTER, INT(event), TEXT(original)), read_text, &failed);
  if (failed) g_propagate_error(error, failed);
  return next || failed ? next : g_strdup("");
}

static void *read_count(const struct rows *rows)
{
  struct event_count *count = g_new0(struct event_count, 1);
  *count =
      (struct event_count){ (int)column_int(rows, 0), (int)column_int(rows, 1), (int)column_int(rows, 2),
                            (int)column_int(rows, 3), (int)column_int(rows, 4), (int)column_int(rows, 5) };
  return count;
}

/* Adds a row to the count. */
static bool add_row(struct store *store, int64_t event, const char *original, struct event_count *count,
                    GError **error)
{
  GError *failed = NULL;
  g_autofree struct event_count *row =
      rows_first(db_query(store->db, Q_EVENT_COUNT, INT(event), TEXT(original)), read_count, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  if (row) *count = difference(*count, difference((struct event_count){ 0 }, *row));
  return true;
}

bool event_count(struct store *store, int64_t event, const char *original, struct event_count *count,
                 GError **error)
{
  *count = (struct event_count){ 0 };
  return add_row(store, event, "", count, error) &&
         (!*original || add_row(store, event, original, count, error));
}
