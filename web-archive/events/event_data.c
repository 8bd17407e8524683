/* Events for machines: calendar objects (RFC 5545) and schema.org's Event. Everything in them has been
 * through the gate, since it is made of struct public_event alone. Nobody who comes stands in them; who calls
 * together is the list. */
#include "web-archive/events/event_pages.h"

#include "lib/mail/ics/calendar_out.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/json_out.h"

#include <string.h>

/* ---- calendar objects ---- */

/* What one feed is put together of; texts of its events live as long as it. */
struct feed {
  struct site *site;
  GArray *events;    /* struct event_out */
  GPtrArray *texts;  /* char* */
  GPtrArray *places; /* struct public_text* */
  GPtrArray *skips;  /* GArray* of struct wall */
};

static const char *keep(struct feed *feed, char *text)
{
  g_ptr_array_add(feed->texts, text);
  return text;
}

/* The dates of a series that do not take place. */
static const GArray *skipped(struct feed *feed, const struct public_event *it)
{
  GArray *skips = g_array_new(FALSE, FALSE, sizeof(struct wall));
  g_ptr_array_add(feed->skips, skips);
  for (guint i = 0; i < it->apart->len; i++) {
    const struct event_date *date = it->apart->pdata[i];
    struct wall original;
    if (!*date->starts && wall_read(date->original, &original)) g_array_append_val(skips, original);
  }
  return skips;
}

bool event_takes_answers(struct site *site, const struct public_event *it)
{
  return it->is_open && !it->is_closed && !it->is_cancelled && !it->is_over && !it->is_poll &&
         site_has_list(site, EVENTS_ADDRESS);
}

char *event_answer_name(const struct public_event *it)
{
  return g_strdup_printf("Termin %d/%d", it->year, it->number);
}

/* What its organiser wrote, and how whoever reads of it says that they come. */
static const char *text_of(struct feed *feed, const struct public_event *it)
{
  const char *own = public_text_string(it->text);
  if (!event_takes_answers(feed->site, it)) return own;
  g_autofree char *name = event_answer_name(it);
  return keep(feed,
              g_strdup_printf("%s%sKommen Sie? Schreiben Sie an %s@%s, mit „%s“ im Betreff.", own,
                              *own ? "\n\n" : "", EVENTS_ADDRESS, site_config(feed->site)->domain, name));
}

static void add_event(struct feed *feed, const struct public_event *it)
{
  const struct config *config = site_config(feed->site);
  g_autofree char *folder = event_folder(it->year, it->number);
  const GArray *skips = skipped(feed, it);
  const struct event_out out = {
    .uid = it->uid,
    .sequence = it->sequence,
    .stamp = it->stamp,
    .created = it->created,
    .start = it->start,
    .end = it->end,
    .zone = it->zone,
    .rule = it->rule,
    .left_out = (const struct wall *)(const void *)skips->data,
    .left_out_count = skips->len,
    .title = public_text_string(it->title),
    .text = text_of(feed, it),
    .place = it->place ? public_text_string(it->place) : NULL,
    .url = keep(feed, site_url(feed->site, folder)),
    .has_point = it->has_point,
    .lat = it->lat,
    .lon = it->lon,
    .is_cancelled = it->is_cancelled,
    .organizer_name = public_text_string(it->list_title),
    .organizer = keep(feed, g_strconcat(it->list_name, "@", config->domain, NULL)),
  };
  g_array_append_val(feed->events, out);
}

/* One date that was moved, or is elsewhere. */
static void add_moved(struct feed *feed, const struct public_event *it, const struct event_date *date,
                      guint series)
{
  struct event_out out = g_array_index(feed->events, struct event_out, series);
  struct wall end;
  if (!wall_read(date->original, &out.original) || !wall_read(date->starts, &out.start)) return;
  out.end = wall_read(date->ends, &end) ? end : public_event_end(it, &out.start);
  out.rule = NULL;
  out.left_out = NULL;
  out.left_out_count = 0;
  struct public_text *place = view_event_place(feed->site, it, date);
  if (place) {
    g_ptr_array_add(feed->places, place);
    out.place = public_text_string(place);
  }
  g_array_append_val(feed->events, out);
}

static void free_text(void *text)
{
  public_text_free(text);
}

static void free_array(void *array)
{
  g_array_unref(array);
}

void event_put_calendar(struct site *site, GPtrArray *events, const char *name, GString *out)
{
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct event_out));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free),
                       places = g_ptr_array_new_with_free_func(free_text),
                       skips = g_ptr_array_new_with_free_func(free_array);
  struct feed feed = { site, all, texts, places, skips };
  for (guint i = 0; i < events->len; i++) {
    const struct public_event *it = events->pdata[i];
    add_event(&feed, it);
    guint series = all->len - 1;
    for (guint j = 0; *it->rule && j < it->apart->len; j++) {
      const struct event_date *date = it->apart->pdata[j];
      if (*date->starts) add_moved(&feed, it, date, series);
    }
  }
  const struct calendar_out calendar = { .method = "PUBLISH",
                                         .name = name,
                                         .zone = name ? site_config(site)->zone : NULL,
                                         .refresh_hours = name ? 12 : 0,
                                         .events = (const struct event_out *)(const void *)all->data,
                                         .count = all->len };
  g_autofree char *text = calendar_out_text(&calendar);
  g_string_append(out, text);
}

/* ---- schema.org ---- */

static void put_moment(struct json_out *json, const char *name, const struct wall *wall, const char *zone)
{
  g_autofree char *text = wall->year ? wall_format(wall, zone) : NULL;
  if (text) json_put_text(json, name, text);
}

static void put_place(struct json_out *json, const struct public_event *it)
{
  if (!it->place) return;
  json_begin_object(json, "location");
  json_put_text(json, "@type", "Place");
  json_put_text(json, "name", public_text_string(it->place));
  json_put_text(json, "address", public_text_string(it->place));
  if (it->has_point) {
    json_begin_object(json, "geo");
    json_put_text(json, "@type", "GeoCoordinates");
    json_put_real(json, "latitude", it->lat);
    json_put_real(json, "longitude", it->lon);
    json_end_object(json);
  }
  json_end_object(json);
}

char *event_linked_data(const struct site *site, const struct public_event *it)
{
  g_autoptr(json_out_t) json = json_out_new();
  g_autofree char *folder = event_folder(it->year, it->number), *url = site_url(site, folder);
  json_begin_object(json, NULL);
  json_put_text(json, "@context", "https://schema.org");
  json_put_text(json, "@type", "Event");
  json_put_text(json, "name", public_text_string(it->title));
  put_moment(json, "startDate", &it->start, it->zone);
  put_moment(json, "endDate", &it->end, it->zone);
  json_put_text(json, "eventStatus",
                it->is_cancelled ? "https://schema.org/EventCancelled" : "https://schema.org/EventScheduled");
  json_put_text(json, "eventAttendanceMode",
                !it->is_video ? "https://schema.org/OfflineEventAttendanceMode"
                : it->place   ? "https://schema.org/MixedEventAttendanceMode"
                              : "https://schema.org/OnlineEventAttendanceMode");
  put_place(json, it);
  const char *text = public_text_string(it->text);
  if (*text) json_put_text(json, "description", text);
  json_put_text(json, "url", url);
  if (it->capacity) json_put_number(json, "maximumAttendeeCapacity", it->capacity);
  json_begin_object(json, "organizer");
  json_put_text(json, "@type", "Organization");
  json_put_text(json, "name", public_text_string(it->list_title));
  json_end_object(json);
  json_end_object(json);
  return json_out_text(json, false);
}
