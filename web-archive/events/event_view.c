/* The public's view of events; see event_view.h. The only file of the web archive that reads them. */
#include "web-archive/events/event_view.h"

#include "lib/base/fault.h"
#include "lib/store/cases/case_shelves.h"
#include "lib/store/directory.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

enum { MINUTES_A_DAY = 24 * 60 };

void public_event_free(struct public_event *it)
{
  if (!it) return;
  char *texts[] = { it->uid,  it->region_slug, it->region_name, it->zone,
                    it->rule, it->answer_by,   it->list_name,   it->until };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  public_text_free(it->title);
  public_text_free(it->text);
  public_text_free(it->place);
  public_text_free(it->bring);
  public_text_free(it->list_title);
  if (it->apart) g_ptr_array_unref(it->apart);
  if (it->names) g_ptr_array_unref(it->names);
  if (it->options) g_ptr_array_unref(it->options);
  g_free(it);
}

/* Words that are no names of people here: the region's and the list's. Caller frees. */
static char *spared_of(const struct public_event *it)
{
  return g_strjoin(" ", it->region_name ? it->region_name : "", public_text_string(it->list_title), NULL);
}

static struct public_text *line_of(const struct site *site, const struct public_event *it, const char *text)
{
  g_autofree char *spared = spared_of(it);
  return *text ? public_case_title(text, it->names, spared, site_config(site)->domain) : NULL;
}

static void fill_texts(const struct site *site, const struct event *row, struct public_event *it)
{
  g_autofree char *spared = spared_of(it);
  it->title = line_of(site, it, *row->title ? row->title : "Termin");
  it->place = line_of(site, it, row->place);
  it->bring = line_of(site, it, row->bring);
  it->text = public_case_body(row->text, it->names, spared, site_config(site)->domain);
}

/* A moment as a clock in the zone shows it. */
static struct wall wall_at(int64_t moment, const char *zone_name)
{
  g_autoptr(GTimeZone) known = g_time_zone_new_identifier(zone_name);
  g_autoptr(GTimeZone) zone = known ? g_steal_pointer(&known) : g_time_zone_new_utc();
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
  struct wall wall = { .hour = -1, .minute = -1 };
  if (!local) return wall;
  g_date_time_get_ymd(local, &wall.year, &wall.month, &wall.day);
  wall.hour = g_date_time_get_hour(local);
  wall.minute = g_date_time_get_minute(local);
  return wall;
}

static void fill_facts(const struct event *row, struct public_event *it)
{
  it->id = row->id;
  it->list = row->list;
  it->message = row->message;
  it->year = row->year;
  it->number = row->number;
  it->uid = g_strdup(row->uid);
  it->sequence = row->sequence;
  it->stamp = row->stamp;
  it->created = row->created;
  it->is_cancelled = strcmp(row->state, "cancelled") == 0;
  it->is_over = strcmp(row->state, "over") == 0;
  it->is_closed = strcmp(row->state, "closed") == 0;
  it->has_point = row->has_point && *row->place;
  it->lat = row->lat;
  it->lon = row->lon;
  it->zone = g_strdup(row->zone);
  it->rule = g_strdup(row->rule);
  it->is_open = strcmp(row->audience, "open") == 0;
  it->is_video = row->is_video;
  it->capacity = row->capacity;
  it->attended = row->attended;
  it->answer_by = g_strdup(row->answer_by);
  wall_read(row->starts, &it->start);
  wall_read(row->ends, &it->end);
  if (*row->rule && row->next_at) it->next = wall_at(row->next_at, row->zone);
  if (it->start.hour < 0) it->next.hour = it->next.minute = -1;
}

/* What hangs on it in other rows. */
static bool fill_around(struct site *site, const struct event *row, struct public_event *it, GError **error)
{
  struct store *store = site_store(site);
  GError *failed = NULL;
  g_autoptr(list_row) list = list_get(store, row->list, &failed);
  if (list) {
    it->list_title = public_own(list->title);
    it->list_name = g_strdup(list->name);
  }
  if (!failed && row->region) case_region(store, row->region, &it->region_slug, &it->region_name, &failed);
  it->names = failed ? NULL : event_names(store, row->id, &failed);
  it->apart = failed ? NULL : event_dates(store, row->id, &failed);
  for (guint i = it->apart ? it->apart->len : 0; i-- > 0;) /* held as planned after all */
    if (event_date_is_planned(it->apart->pdata[i])) g_ptr_array_remove_index(it->apart, i);
  if (!failed) event_count(store, row->id, "", &it->count, &failed);
  return !fault_hand_on(failed, error);
}

/* Of a poll its options and numbers. */
static bool fill_poll(struct site *site, const struct event *row, struct public_event *it, GError **error)
{
  GError *failed = NULL;
  it->is_poll = strcmp(row->state, "poll") == 0;
  if (!it->is_poll) return true;
  g_autoptr(poll_t) poll = poll_get(site_store(site), row->id, &failed);
  it->options = failed ? NULL : poll_options(site_store(site), row->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  it->until = g_strdup(poll ? poll->until : "");
  it->voters = poll ? poll->voters : 0;
  return true;
}

struct public_event *view_event(struct site *site, int64_t id, GError **error)
{
  GError *failed = NULL;
  bool is_shown = false;
  g_autoptr(event_t) row = event_get(site_store(site), id, &failed);
  if (row) event_is_shown(site_store(site), id, &is_shown, &failed);
  if (fault_hand_on(failed, error) || !is_shown) return NULL;
  g_autoptr(public_event_t) it = g_new0(struct public_event, 1);
  fill_facts(row, it);
  if (!fill_around(site, row, it, error) || !it->list_title || !fill_poll(site, row, it, error)) return NULL;
  fill_texts(site, row, it);
  return g_steal_pointer(&it);
}

struct public_text *view_event_place(const struct site *site, const struct public_event *it,
                                     const struct event_date *date)
{
  return date && *date->place ? line_of(site, it, date->place) : NULL;
}

/* ---- ends ---- */

/* Minutes from year 1 on, as if clocks never changed. */
static int64_t minutes_of(const struct wall *wall)
{
  g_autoptr(GDate) day = g_date_new_dmy((GDateDay)wall->day, (GDateMonth)wall->month, (GDateYear)wall->year);
  return (int64_t)g_date_get_julian(day) * MINUTES_A_DAY + MAX(wall->hour, 0) * 60 + MAX(wall->minute, 0);
}

static struct wall wall_of(int64_t minutes, bool is_day)
{
  g_autoptr(GDate) day = g_date_new_julian((guint32)(minutes / MINUTES_A_DAY));
  int rest = (int)(minutes % MINUTES_A_DAY);
  return (struct wall){ g_date_get_year(day), (int)g_date_get_month(day), g_date_get_day(day),
                        is_day ? -1 : rest / 60, is_day ? -1 : rest % 60 };
}

struct wall public_event_end(const struct public_event *it, const struct wall *start)
{
  if (!it->end.year || !it->start.year) return (struct wall){ .hour = -1, .minute = -1 };
  struct wall first = it->start;
  if (it->end.hour < 0) first.hour = first.minute = -1; /* days count, not hours */
  int64_t lasts = minutes_of(&it->end) - minutes_of(&first);
  return wall_of(minutes_of(start) + MAX(lasts, 0), it->end.hour < 0);
}

/* ---- dates ---- */

static void free_event(void *it)
{
  public_event_free(it);
}

static void public_date_free(void *data)
{
  struct public_date *date = data;
  public_text_free(date->place);
  g_free(date);
}

void public_dates_free(struct public_dates *dates)
{
  if (!dates) return;
  g_ptr_array_unref(dates->dates);
  g_hash_table_unref(dates->events);
  g_free(dates);
}

/* The event of a row, read once; NULL without error: not public. */
static const struct public_event *event_of(struct site *site, struct public_dates *dates, int64_t id,
                                           GError **error)
{
  struct public_event *it = g_hash_table_lookup(dates->events, &id);
  if (it) return it;
  it = view_event(site, id, error);
  if (it) g_hash_table_insert(dates->events, &it->id, it);
  return it;
}

static const struct event_date *exception_of(const struct public_event *it, const char *original)
{
  for (guint i = 0; i < it->apart->len; i++) {
    const struct event_date *date = it->apart->pdata[i];
    if (strcmp(date->original, original) == 0) return date;
  }
  return NULL;
}

static void add_date(const struct site *site, struct public_dates *dates, const struct public_event *it,
                     const struct event_on_shelf *row)
{
  const struct event_date *apart = exception_of(it, row->original);
  struct public_date *date = g_new0(struct public_date, 1);
  date->event = it;
  date->is_off = row->is_off || it->is_cancelled;
  if (!wall_read(row->starts, &date->start)) date->start = it->start;
  if (!apart || !*apart->ends || !wall_read(apart->ends, &date->end))
    date->end = public_event_end(it, &date->start);
  date->place = view_event_place(site, it, apart);
  g_ptr_array_add(dates->dates, date);
}

static int by_start(const void *a, const void *b)
{
  const struct public_date *one = *(void *const *)a, *other = *(void *const *)b;
  int order = wall_compare(&one->start, &other->start);
  if (order) return order;
  return one->event->id < other->event->id ? -1 : one->event->id > other->event->id;
}

struct public_dates *view_event_dates(struct site *site, GPtrArray *rows, GError **error)
{
  if (!rows) return NULL;
  GError *failed = NULL;
  struct public_dates *dates = g_new0(struct public_dates, 1);
  dates->events = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_event);
  dates->dates = g_ptr_array_new_with_free_func(public_date_free);
  for (guint i = 0; i < rows->len && !failed; i++) {
    const struct event_on_shelf *row = rows->pdata[i];
    const struct public_event *it = event_of(site, dates, row->event, &failed);
    if (it) add_date(site, dates, it, row);
  }
  g_ptr_array_unref(rows);
  g_ptr_array_sort(dates->dates, by_start);
  if (!failed) return dates;
  public_dates_free(dates);
  g_propagate_error(error, failed);
  return NULL;
}

void public_dates_keep_next(struct public_dates *dates, guint most)
{
  g_autoptr(GHashTable) shown = g_hash_table_new(g_direct_hash, g_direct_equal);
  GPtrArray *all = dates->dates;
  guint kept = 0;
  for (guint i = 0; i < all->len; i++) {
    struct public_date *date = all->pdata[i];
    enum { NOTHING, OFF, NEXT } before = GPOINTER_TO_INT(g_hash_table_lookup(shown, date->event));
    bool is_kept = kept < most && before != NEXT && (before == NOTHING || !date->is_off);
    if (!is_kept) {
      public_date_free(date);
      continue;
    }
    g_hash_table_insert(shown, (void *)date->event, GINT_TO_POINTER(date->is_off ? OFF : NEXT));
    all->pdata[kept++] = date;
  }
  g_ptr_array_set_free_func(all, NULL);
  g_ptr_array_set_size(all, (int)kept);
  g_ptr_array_set_free_func(all, public_date_free);
}
