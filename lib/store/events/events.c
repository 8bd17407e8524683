/* Events as rows; see events.h. Parties and answers are in files of their own. */
#include "lib/store/events/events.h"

#include "lib/store/events/event_shelves.h"
#include "lib/store/internal.h"
#include "lib/store/people/calendars.h"

#include <math.h>
#include <string.h>

static const double MILLIONTHS = 1e6;

struct event *event_new(const char *zone)
{
  struct event *it = g_new0(struct event, 1);
  char **empty[] = { &it->uid,  &it->title,     &it->text,  &it->place,    &it->starts,    &it->ends,
                     &it->rule, &it->answer_by, &it->bring, &it->reminded, &it->video_link };
  for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) *empty[i] = g_strdup("");
  it->zone = g_strdup(zone);
  it->state = g_strdup("draft");
  it->audience = g_strdup("group");
  it->strangers = g_strdup("ask");
  it->attended = -1;
  return it;
}

void event_free(struct event *it)
{
  if (!it) return;
  char *texts[] = { it->uid,       it->state,     it->title, it->text,     it->place,
                    it->starts,    it->ends,      it->zone,  it->rule,     it->audience,
                    it->strangers, it->answer_by, it->bring, it->reminded, it->video_link };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(it);
}

static void free_event(void *it)
{
  event_free(it);
}

static struct value millionths(bool is_known, double degrees)
{
  return (struct value){ .type = is_known ? VALUE_INT : VALUE_NULL,
                         .number = (int64_t)llround(degrees * MILLIONTHS) };
}

/* Whether what the public sees of it is the same. */
static bool shows_the_same(const struct event *a, const struct event *b)
{
  const char *const texts[][2] = {
    { a->state, b->state }, { a->title, b->title },         { a->text, b->text },
    { a->place, b->place }, { a->starts, b->starts },       { a->ends, b->ends },
    { a->zone, b->zone },   { a->rule, b->rule },           { a->audience, b->audience },
    { a->bring, b->bring }, { a->answer_by, b->answer_by }, { a->strangers, b->strangers },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    if (strcmp(texts[i][0], texts[i][1]) != 0) return false;
  bool is_further = *a->rule && a->next_at != b->next_at;
  return !is_further && a->list == b->list && a->sequence == b->sequence && a->stamp == b->stamp &&
         a->region == b->region && a->capacity == b->capacity && a->is_video == b->is_video &&
         a->attended == b->attended && a->message == b->message && a->has_point == b->has_point &&
         llround(a->lat * MILLIONTHS) == llround(b->lat * MILLIONTHS) &&
         llround(a->lon * MILLIONTHS) == llround(b->lon * MILLIONTHS);
}

static bool write_event(struct store *store, const struct event *it, GError **error)
{
  return db_run(store->db, Q_EVENT_UPDATE, error, INT(it->id), INT(it->list), TEXT(it->state),
                INT(it->sequence), INT(it->stamp), TEXT(it->title), TEXT(it->text), TEXT(it->place),
                millionths(it->has_point, it->lat), millionths(it->has_point, it->lon), ID(it->region),
                TEXT(it->starts), TEXT(it->ends), TEXT(it->rule), INT(it->next_at), INT(it->next_tick),
                TEXT(it->audience), TEXT(it->strangers), INT(it->capacity), TEXT(it->answer_by),
                TEXT(it->bring), INT(it->is_video), INT(it->attended), TEXT(it->zone), ID(it->message),
                INT(it->invited_to), INT(it->is_asked), TEXT(it->reminded), TEXT(it->video_link));
}

bool event_is_held(const struct event *event)
{
  return strcmp(event->state, "open") == 0 || strcmp(event->state, "closed") == 0;
}

bool event_put(struct store *store, const struct event *it, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) before = event_get(store, it->id, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  if (!write_event(store, it, error)) return false;
  return (before && shows_the_same(before, it)) ||
         (calendars_mark_event(store, it->id, error) && event_mark_pages(store, it, error));
}

bool event_create(struct store *store, struct event *it, int year, int64_t now, GError **error)
{
  int64_t number = 0;
  if (!db_run(store->db, Q_EVENT_NUMBER_TAKE, error, INT(year)) ||
      !db_number(store->db, Q_EVENT_NUMBER, 0, &number, error, INT(year)))
    return false;
  it->year = year;
  it->number = (int)number;
  it->created = it->stamp = now;
  return db_insert(store->db, Q_EVENT_INSERT, &it->id, error, INT(year), INT(number), TEXT(it->uid),
                   INT(it->list), INT(now), TEXT(it->zone), ID(it->mail), ID(it->message)) &&
         event_put(store, it, error);
}

static void *read_event(const struct rows *rows)
{
  struct event *it = g_new0(struct event, 1);
  it->id = column_int(rows, 0);
  it->year = (int)column_int(rows, 1);
  it->number = (int)column_int(rows, 2);
  it->uid = column_text(rows, 3);
  it->list = column_int(rows, 4);
  it->state = column_text(rows, 5);
  it->sequence = (int)column_int(rows, 6);
  it->stamp = column_int(rows, 7);
  it->created = column_int(rows, 8);
  it->title = column_text(rows, 9);
  it->text = column_text(rows, 10);
  it->place = column_text(rows, 11);
  it->has_point = sqlite3_column_type(rows->statement, 12) != SQLITE_NULL;
  it->lat = (double)column_int(rows, 12) / MILLIONTHS;
  it->lon = (double)column_int(rows, 13) / MILLIONTHS;
  it->region = column_int(rows, 14);
  it->starts = column_text(rows, 15);
  it->ends = column_text(rows, 16);
  it->zone = column_text(rows, 17);
  it->rule = column_text(rows, 18);
  it->next_at = column_int(rows, 19);
  it->next_tick = column_int(rows, 20);
  it->audience = column_text(rows, 21);
  it->strangers = column_text(rows, 22);
  it->capacity = (int)column_int(rows, 23);
  it->answer_by = column_text(rows, 24);
  it->bring = column_text(rows, 25);
  it->is_video = column_int(rows, 26) != 0;
  it->mail = column_int(rows, 27);
  it->message = column_int(rows, 28);
  it->attended = (int)column_int(rows, 29);
  it->invited_to = column_int(rows, 30);
  it->is_asked = column_int(rows, 31) != 0;
  it->reminded = column_text(rows, 32);
  it->video_link = column_text(rows, 33);
  return it;
}

struct event *event_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_GET, INT(id)), read_event, error);
}

struct event *event_find(struct store *store, int year, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_FIND, INT(year), INT(number)), read_event, error);
}

struct event *event_of_uid(struct store *store, const char *uid, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_OF_UID, TEXT(uid)), read_event, error);
}

struct event *event_of_mail(struct store *store, int64_t mail, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_OF_MAIL, INT(mail)), read_event, error);
}

struct event *event_of_message(struct store *store, int64_t message, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_OF_MESSAGE, INT(message)), read_event, error);
}

GPtrArray *events_due(struct store *store, int64_t now, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENTS_DUE, INT(now), INT(limit)), read_event, free_event, error);
}

GPtrArray *events_page(struct store *store, int64_t list, int64_t after, int limit, GError **error)
{
  if (list)
    return rows_collect(db_query(store->db, Q_EVENTS_OF_LIST, INT(after), INT(limit), INT(list)), read_event,
                        free_event, error);
  return rows_collect(db_query(store->db, Q_EVENTS_PAGE, INT(after), INT(limit)), read_event, free_event,
                      error);
}

/* ---- dates of a series ---- */

void event_date_free(struct event_date *date)
{
  if (!date) return;
  g_free(date->original);
  g_free(date->starts);
  g_free(date->ends);
  g_free(date->place);
  g_free(date);
}

static void free_date(void *date)
{
  event_date_free(date);
}

bool event_date_put(struct store *store, int64_t event, const struct event_date *date, GError **error)
{
  GError *failed = NULL;
  if (!db_run(store->db, Q_EVENT_DATE_PUT, error, INT(event), TEXT(date->original), TEXT(date->starts),
              TEXT(date->ends), TEXT(date->place), INT(date->sequence)))
    return false;
  g_autoptr(event_t) it = event_get(store, event, &failed);
  if (failed) g_propagate_error(error, failed);
  return it ? calendars_mark_event(store, event, error) && event_mark_pages(store, it, error)
            : failed == NULL;
}

bool event_date_remove(struct store *store, int64_t event, const char *original, GError **error)
{
  return db_run(store->db, Q_EVENT_DATE_REMOVE, error, INT(event), TEXT(original));
}

bool event_date_is_planned(const struct event_date *date)
{
  return strcmp(date->starts, date->original) == 0 && !*date->ends && !*date->place;
}

static void *read_date(const struct rows *rows)
{
  struct event_date *date = g_new0(struct event_date, 1);
  date->original = column_text(rows, 0);
  date->starts = column_text(rows, 1);
  date->ends = column_text(rows, 2);
  date->place = column_text(rows, 3);
  date->sequence = (int)column_int(rows, 4);
  return date;
}

GPtrArray *event_dates(struct store *store, int64_t event, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_DATES, INT(event)), read_date, free_date, error);
}
