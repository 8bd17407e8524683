/* Calendars to subscribe (termine/termine.ics, termine/ort/gruenau/termine.ics): the events of a shelf that
 * are not over for longer than some months, and the sitemap of event pages. Each event has the UID that
 * stands in its invitation; one that was called off says so, so that it goes from calendars that hold it. */
#include "lib/store/pages.h"
#include "lib/text/days/wall_text.h"
#include "web-archive/events/event_pages.h"

#include "web-archive/page.h"

enum { FEED_DATES = 2000, PAST_DAYS = 90 };

static char *feed_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autofree char *folder = event_shelf_folder(site, (enum event_shelf)key->part, key->list, error);
  return folder ? g_strconcat(folder, "termine.ics", NULL) : NULL;
}

/* Some months before the day that pages show. Caller frees; NULL: fault. */
static char *first_day(struct site *site, GError **error)
{
  g_autofree char *day = events_day(site_store(site), error);
  struct wall wall;
  if (!day || !wall_read(day, &wall)) return g_steal_pointer(&day);
  g_autoptr(GDate) date = g_date_new_dmy((GDateDay)wall.day, (GDateMonth)wall.month, (GDateYear)wall.year);
  g_date_subtract_days(date, PAST_DAYS);
  return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(date), (int)g_date_get_month(date),
                         g_date_get_day(date));
}

/* The public events of some ids. struct public_event*. */
static GPtrArray *events_of(struct site *site, const GArray *ids, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func((GDestroyNotify)public_event_free);
  for (guint i = 0; i < ids->len; i++) {
    GError *failed = NULL;
    struct public_event *it = view_event(site, g_array_index(ids, int64_t, i), &failed);
    if (it) g_ptr_array_add(events, it);
    if (!failed) continue;
    g_propagate_error(error, failed);
    return NULL;
  }
  return g_steal_pointer(&events);
}

static enum page_state feed_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  enum event_shelf shelf = (enum event_shelf)key->part;
  int is_there = event_shelf_has_pages(site, shelf, key->list, error);
  g_autofree char *day = is_there > 0 ? first_day(site, error) : NULL;
  g_autoptr(public_text_t) title = day ? event_shelf_title(site, shelf, key->list, error) : NULL;
  if (!title) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GArray) ids = event_shelf_events(site_store(site), shelf, key->list, day, FEED_DATES, error);
  g_autoptr(GPtrArray) events = ids ? events_of(site, ids, error) : NULL;
  if (!events) return PAGE_FAULT;
  g_autofree char *name = g_strdup_printf("%s (%s)", public_text_string(title), site_config(site)->name);
  event_put_calendar(site, events, name, out);
  return PAGE_PRESENT;
}

const struct page_kind page_events_feed = { .name = "events-feed", .path = feed_path, .render = feed_render };

/* ---- sitemaps ---- */

char *event_sitemap_path(int year, int block)
{
  return g_strdup_printf("sitemap/termine-%04d-%04d.xml", year, (block - 1) * EVENTS_A_BLOCK + 1);
}

static char *sitemap_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)error;
  return event_sitemap_path((int)(key->key / EVENT_YEAR_KEY), (int)(key->key % EVENT_YEAR_KEY));
}

static enum page_state sitemap_render(struct site *site, const struct page_key *key, GString *out,
                                      GError **error)
{
  g_autoptr(GArray) ids = events_public_block(site_store(site), (int)(key->key / EVENT_YEAR_KEY),
                                              (int)(key->key % EVENT_YEAR_KEY), error);
  g_autoptr(GPtrArray) events = ids ? events_of(site, ids, error) : NULL;
  if (!events || events->len == 0) return events ? PAGE_ABSENT : PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, "sitemap/x.xml");
  for (guint i = 0; i < events->len; i++) {
    const struct public_event *it = events->pdata[i];
    struct page_map *map = page_append(page_values(page), "threads");
    g_autofree char *folder = event_folder(it->year, it->number), *url = site_url(site, folder),
                    *changed = site_datetime(site, it->stamp);
    page_set_own(map, "url", url);
    page_set_own(map, "changed", changed);
  }
  return page_render(page, TEMPLATE_SITEMAP, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool sitemap_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  (void)key;
  return page_mark(site_store(site), "sitemap", 0, 0, 1, error);
}

const struct page_kind page_events_sitemap = { .name = "events-sitemap",
                                               .path = sitemap_path,
                                               .render = sitemap_render,
                                               .mark_neighbours = sitemap_mark_neighbours };
