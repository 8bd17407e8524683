/* Which pages a changed event makes stale. What the pages were last told stands in event_shelf, a row a date
 * and shelf: a date that is moved is taken from the one month and put into the other, and both are marked.
 * What surprised us: a series has no last date, so its rows reach a year and some weeks beyond its next one,
 * and grow whenever that passes. */
#include "lib/store/events/event_shelves.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"

#include <stdio.h>
#include <string.h>

enum { AHEAD_DAYS = 400, DAY_SECONDS = 24 * 3600, DATES_MAX = 2000, AHEAD_DATES = 120, MONTH_CHARACTERS = 7 };

/* A date on a shelf. */
struct lying {
  int shelf;
  int64_t value;
  char *starts, *original, *until;
  bool is_off, is_wanted;
};

static void lying_free(void *data)
{
  struct lying *it = data;
  g_free(it->starts);
  g_free(it->original);
  g_free(it->until);
  g_free(it);
}

static bool is_same_place(const struct lying *a, const struct lying *b)
{
  return a->shelf == b->shelf && a->value == b->value && strcmp(a->starts, b->starts) == 0 &&
         strcmp(a->original, b->original) == 0;
}

static guint hash_of(const void *data)
{
  const struct lying *it = data;
  return g_str_hash(it->starts) * 31 + (guint)it->shelf;
}

static gboolean are_equal(const void *a, const void *b)
{
  return is_same_place(a, b);
}

static GHashTable *places_new(void)
{
  return g_hash_table_new_full(hash_of, are_equal, lying_free, NULL);
}

bool event_is_shown(struct store *store, int64_t event, bool *is_shown, GError **error)
{
  int64_t found = 0;
  bool done = db_number(store->db, Q_EVENT_IS_SHOWN, 0, &found, error, INT(event));
  *is_shown = found != 0;
  return done;
}

/* ---- where it belongs ---- */

static GDate *date_of(const struct wall *wall)
{
  return g_date_new_dmy((GDateDay)wall->day, (GDateMonth)wall->month, (GDateYear)wall->year);
}

/* The last day of a date that begins at `starts` and lasts as long as the event does. Caller frees. */
static char *last_day(const struct event *it, const struct wall *starts, const char *ends)
{
  struct wall begin, end;
  if (*ends) return g_strndup(ends, strlen("YYYY-MM-DD"));
  g_autoptr(GDate) day = date_of(starts);
  if (wall_read(it->starts, &begin) && wall_read(it->ends, &end)) {
    g_autoptr(GDate) first = date_of(&begin), last = date_of(&end);
    int days = g_date_days_between(first, last);
    if (days > 0) g_date_add_days(day, (guint)days);
  }
  return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(day), (int)g_date_get_month(day),
                         g_date_get_day(day));
}

/* The exception of a date; NULL: it is as the rule says. */
static const struct event_date *exception_of(const GPtrArray *dates, const char *original)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct event_date *date = dates->pdata[i];
    if (strcmp(date->original, original) == 0) return date;
  }
  return NULL;
}

/* One date on its shelves. */
static void lay(GHashTable *places, const struct event *it, const struct wall *wall, const GPtrArray *apart)
{
  g_autofree char *original = wall_write(wall);
  const struct event_date *date = exception_of(apart, original);
  bool is_off = date && !*date->starts, is_moved = date && *date->starts;
  struct wall starts = *wall;
  if (is_moved && !wall_read(date->starts, &starts)) starts = *wall;
  const struct {
    enum event_shelf shelf;
    int64_t value;
  } shelves[EVENT_SHELVES] = { { EVENTS_ALL, 0 }, { EVENTS_REGION, it->region }, { EVENTS_LIST, it->list } };
  for (gsize i = 0; i < G_N_ELEMENTS(shelves); i++) {
    if (shelves[i].shelf != EVENTS_ALL && !shelves[i].value) continue;
    struct lying *place = g_new0(struct lying, 1);
    place->shelf = (int)shelves[i].shelf;
    place->value = shelves[i].value;
    place->starts = wall_write(&starts);
    place->original = g_strdup(original);
    place->until = last_day(it, &starts, is_moved ? date->ends : "");
    place->is_off = is_off;
    g_hash_table_add(places, place);
  }
}

/* How far a series is shown: from its next date, or from when it was changed last. */
static struct wall horizon(const struct event *it)
{
  int64_t moment = MAX(it->next_at, it->stamp) + (int64_t)AHEAD_DAYS * DAY_SECONDS;
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(moment);
  int year = 0, month = 0, day = 0;
  if (time) g_date_time_get_ymd(time, &year, &month, &day);
  return (struct wall){ year, month, day, 23, 59 };
}

/* The first date of a series that counts as ahead: those before it are bounded by DATES_MAX alone. */
static guint count_of(const struct event *it, const GArray *dates)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(MAX(it->next_at, it->stamp));
  int year = 0, month = 0, day = 0;
  if (time) g_date_time_get_ymd(time, &year, &month, &day);
  const struct wall now = { year, month, day, -1, -1 };
  guint past = 0;
  while (past < dates->len && wall_compare(&g_array_index(dates, struct wall, past), &now) < 0) past++;
  return MIN(dates->len, past + AHEAD_DATES);
}

static bool places_wanted(struct store *store, const struct event *it, GHashTable *places, GError **error)
{
  bool is_shown;
  struct wall start;
  if (!event_is_shown(store, it->id, &is_shown, error)) return false;
  if (!is_shown || !wall_read(it->starts, &start)) return true;
  g_autoptr(GPtrArray) apart = event_dates(store, it->id, error);
  if (!apart) return false;
  struct wall last = horizon(it);
  g_autoptr(GArray) dates = series_dates(it->rule, &start, &last, DATES_MAX);
  guint count = *it->rule ? count_of(it, dates) : dates->len;
  for (guint i = 0; i < count; i++) lay(places, it, &g_array_index(dates, struct wall, i), apart);
  return true;
}

static bool places_known(struct store *store, int64_t event, GHashTable *places, GError **error)
{
  struct rows rows = db_query(store->db, Q_EVENT_SHELVES_OF, INT(event));
  while (rows_next(&rows, error)) {
    struct lying *place = g_new0(struct lying, 1);
    place->shelf = (int)column_int(&rows, 0);
    place->value = column_int(&rows, 1);
    place->starts = column_text(&rows, 2);
    place->original = column_text(&rows, 3);
    place->until = column_text(&rows, 4);
    place->is_off = column_int(&rows, 5) != 0;
    g_hash_table_add(places, place);
  }
  return rows_end(&rows);
}

/* ---- marks ---- */

/* What shows a date: its month, what is ahead, the calendar. Each page once: `marked` holds words of them. */
static bool mark_place(struct store *store, const struct lying *place, GHashTable *marked, GError **error)
{
  int year = 0, month = 0;
  if (sscanf(place->starts, "%4d-%2d", &year, &month) != 2) return true;
  g_autofree char *shelf = g_strdup_printf("%d %" G_GINT64_FORMAT, place->shelf, place->value),
                  *page = g_strdup_printf("%s %.*s", shelf, MONTH_CHARACTERS, place->starts);
  if (g_hash_table_add(marked, g_steal_pointer(&page)) &&
      !page_mark(store, "events", place->value, year * 100 + month, place->shelf, error))
    return false;
  return !g_hash_table_add(marked, g_steal_pointer(&shelf)) ||
         (page_mark(store, "events", place->value, 0, place->shelf, error) &&
          page_mark(store, "events-feed", place->value, 0, place->shelf, error));
}

static bool take_away(struct store *store, int64_t event, const struct lying *place, GError **error)
{
  return db_run(store->db, Q_EVENT_SHELF_TAKE, error, INT(place->shelf), INT(place->value),
                TEXT(place->starts), INT(event), TEXT(place->original));
}

static bool put(struct store *store, int64_t event, const struct lying *place, GError **error)
{
  return db_run(store->db, Q_EVENT_SHELF_PUT, error, INT(place->shelf), INT(place->value),
                TEXT(place->starts), INT(event), TEXT(place->original), TEXT(place->until),
                INT(place->is_off));
}

/* Puts rows right and marks both where it was and where it is. */
static bool move(struct store *store, int64_t event, GHashTable *known, GHashTable *wanted, GError **error)
{
  g_autoptr(GHashTable) marked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter each;
  void *place;
  for (g_hash_table_iter_init(&each, known); g_hash_table_iter_next(&each, &place, NULL);)
    if (!g_hash_table_contains(wanted, place) &&
        (!take_away(store, event, place, error) || !mark_place(store, place, marked, error)))
      return false;
  for (g_hash_table_iter_init(&each, wanted); g_hash_table_iter_next(&each, &place, NULL);) {
    const struct lying *now = place, *before = g_hash_table_lookup(known, place);
    bool is_same = before && before->is_off == now->is_off && strcmp(before->until, now->until) == 0;
    if ((!is_same && !put(store, event, now, error)) || !mark_place(store, now, marked, error)) return false;
  }
  return true;
}

static bool mark_own(struct store *store, const struct event *it, GError **error)
{
  int64_t block = (int64_t)it->year * EVENT_YEAR_KEY + (it->number + EVENTS_A_BLOCK - 1) / EVENTS_A_BLOCK;
  return page_mark(store, "event", 0, it->id, 1, error) && page_mark(store, "event", 0, it->id, 2, error) &&
         page_mark(store, "events-sitemap", 0, block, 1, error);
}

/* Has it a page of its own though it lies on no shelf: a poll, or what was moved from its shelves just now?
 */
static bool has_page(struct store *store, const struct event *it, bool *has, GError **error)
{
  int64_t found = 0;
  bool is_shown = false;
  *has = false;
  if (!db_number(store->db, Q_EVENT_HAS_PAGE, 0, &found, error, INT(it->id)) ||
      (found && !event_is_shown(store, it->id, &is_shown, error)))
    return false;
  *has = found && is_shown;
  return true;
}

bool event_mark_pages(struct store *store, const struct event *it, GError **error)
{
  bool has = false;
  g_autoptr(GHashTable) known = places_new(), wanted = places_new();
  if (!places_known(store, it->id, known, error) || !places_wanted(store, it, wanted, error) ||
      !has_page(store, it, &has, error))
    return false;
  if (g_hash_table_size(known) + g_hash_table_size(wanted) == 0 && !has) return true;
  return move(store, it->id, known, wanted, error) && mark_own(store, it, error);
}

bool event_mark_page(struct store *store, int64_t event, GError **error)
{
  int64_t found = 0;
  if (!db_number(store->db, Q_EVENT_HAS_PAGE, 0, &found, error, INT(event))) return false;
  return !found || page_mark(store, "event", 0, event, 1, error);
}

bool events_mark_pages_of_thread(struct store *store, int64_t thread, GError **error)
{
  return pages_mark_by(store, Q_PAGES_MARK_EVENTS_OF_THREAD, thread, error);
}

bool event_is_shelved(struct store *store, const struct event *it, bool *is_right, GError **error)
{
  g_autoptr(GHashTable) known = places_new(), wanted = places_new();
  if (!places_known(store, it->id, known, error) || !places_wanted(store, it, wanted, error)) return false;
  *is_right = g_hash_table_size(known) == g_hash_table_size(wanted);
  GHashTableIter each;
  void *place;
  g_hash_table_iter_init(&each, wanted);
  while (*is_right && g_hash_table_iter_next(&each, &place, NULL))
    *is_right = g_hash_table_contains(known, place);
  return true;
}
