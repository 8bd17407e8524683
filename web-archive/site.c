/* The site: what all pages share.
 *
 * Templates are found through config_find_shared, so a municipality can lay its own beside kiezpost.conf.
 * Whatever of templates and configuration ends up in pages is hashed to a fingerprint: when that changes, all
 * pages are stale. Lists are read once a round, since each page asks for its list. Dates are German, in the
 * municipality's zone. */
#include "web-archive/site.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/text/template.h"
#include <stdio.h>
#include <string.h>

struct site {
  const struct config *config;
  struct store *store;
  struct template *templates[TEMPLATE_COUNT];
  char *stylesheet;
  char *fingerprint;
  GChecksum *checksum; /* while loading */
  GTimeZone *zone;
  GHashTable *lists; /* id → struct public_list* */
};

static const char *const TEMPLATE_FILES[] = {
  [TEMPLATE_HOME] = "home.html",
  [TEMPLATE_LIST] = "list.html",
  [TEMPLATE_MONTH] = "month.html",
  [TEMPLATE_THREAD] = "thread.html",
  [TEMPLATE_SIGNPOST] = "signpost.html",
  [TEMPLATE_NOT_FOUND] = "404.html",
  [TEMPLATE_PRIVACY] = "privacy.html",
  [TEMPLATE_FEED] = "feed.xml",
  [TEMPLATE_SITEMAP] = "sitemap.xml",
  [TEMPLATE_SITEMAP_INDEX] = "sitemap-index.xml",
  [TEMPLATE_ROBOTS] = "robots.txt",
  [TEMPLATE_CASE] = "case.html",
  [TEMPLATE_CASES] = "cases.html",
  [TEMPLATE_CASE_FEED] = "case-feed.xml",
  [TEMPLATE_CASE_NUMBERS] = "case-numbers.html",
  [TEMPLATE_EVENT] = "event.html",
  [TEMPLATE_EVENTS] = "events.html",
};
_Static_assert(G_N_ELEMENTS(TEMPLATE_FILES) == TEMPLATE_COUNT, "each template has a file");

/* A template_load: reads one file below templates/archive and counts it into the fingerprint. NULL if there
 * is none. */
static char *load_file(const char *name, char **path, void *data)
{
  struct site *site = data;
  g_autofree char *rest = g_strconcat("templates/archive/", name, NULL);
  *path = config_find_shared(site->config, rest);
  char *text = NULL;
  gsize size = 0;
  if (!*path || !g_file_get_contents(*path, &text, &size, NULL)) {
    g_clear_pointer(path, g_free);
    return NULL;
  }
  g_checksum_update(site->checksum, (const guchar *)text, (gssize)size + 1);
  return text;
}

static bool load_templates(struct site *site, GError **error)
{
  for (int i = 0; i < TEMPLATE_COUNT; i++) {
    site->templates[i] = template_parse(TEMPLATE_FILES[i], load_file, site, error);
    if (!site->templates[i]) return false;
  }
  g_autofree char *path = NULL;
  site->stylesheet = load_file("kiezpost.css", &path, site);
  if (!site->stylesheet)
    return fault_set(error, FAULT_CONFIG,
                     "The stylesheet templates/archive/kiezpost.css is neither beside %s nor in %s.",
                     site->config->file, config_share());
  return true;
}

/* What of the configuration pages show. */
static void take_fingerprint(struct site *site)
{
  const struct config *config = site->config;
  const char *const shown[] = { "pages 5",    config->domain,  config->name,
                                config->zone, config->imprint, config->base_url };
  for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
    const char *text = shown[i] ? shown[i] : "";
    g_checksum_update(site->checksum, (const guchar *)text, (gssize)strlen(text) + 1);
  }
  site->fingerprint = g_strdup(g_checksum_get_string(site->checksum));
}

static void public_list_free(void *data)
{
  struct public_list *list = data;
  g_free(list->name);
  public_text_free(list->title);
  g_free(list);
}

struct site *site_new(const struct config *config, struct store *store, GError **error)
{
  struct site *site = g_new0(struct site, 1);
  site->config = config;
  site->store = store;
  site->checksum = g_checksum_new(G_CHECKSUM_SHA256);
  site->zone = g_time_zone_new_identifier(config->zone);
  if (!site->zone) site->zone = g_time_zone_new_utc();
  site->lists = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, public_list_free);
  if (!load_templates(site, error)) {
    site_free(site);
    return NULL;
  }
  take_fingerprint(site);
  return site;
}

void site_free(struct site *site)
{
  if (!site) return;
  for (int i = 0; i < TEMPLATE_COUNT; i++)
    if (site->templates[i]) template_free(site->templates[i]);
  g_free(site->stylesheet);
  g_free(site->fingerprint);
  g_checksum_free(site->checksum);
  g_time_zone_unref(site->zone);
  g_hash_table_destroy(site->lists);
  g_free(site);
}

const struct config *site_config(const struct site *site)
{
  return site->config;
}

struct store *site_store(const struct site *site)
{
  return site->store;
}

const struct template *site_template(const struct site *site, enum site_template which)
{
  return site->templates[which];
}

const char *site_stylesheet(const struct site *site)
{
  return site->stylesheet;
}

const char *site_fingerprint(const struct site *site)
{
  return site->fingerprint;
}

char *site_url(const struct site *site, const char *path)
{
  const char *base = site->config->base_url;
  gsize length = strlen(base);
  while (length > 0 && base[length - 1] == '/') length--;
  return g_strdup_printf("%.*s/%s", (int)length, base, path);
}

char *site_file(const struct site *site, const char *path)
{
  return g_build_filename(site->config->archive, path, NULL);
}

/* ---- dates ---- */

static const char *const MONTHS[] = { "Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                      "Juli",   "August",  "September", "Oktober", "November", "Dezember" };

static GDateTime *local_time(const struct site *site, int64_t moment)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment);
  if (!utc) utc = g_date_time_new_from_unix_utc(0);
  return g_date_time_to_timezone(utc, site->zone);
}

char *site_day(const struct site *site, int64_t moment)
{
  g_autoptr(GDateTime) local = local_time(site, moment);
  return g_strdup_printf("%d. %s %d", g_date_time_get_day_of_month(local),
                         MONTHS[g_date_time_get_month(local) - 1], g_date_time_get_year(local));
}

char *site_moment(const struct site *site, int64_t moment)
{
  g_autoptr(GDateTime) local = local_time(site, moment);
  return g_strdup_printf("%d. %s %d, %02d:%02d Uhr", g_date_time_get_day_of_month(local),
                         MONTHS[g_date_time_get_month(local) - 1], g_date_time_get_year(local),
                         g_date_time_get_hour(local), g_date_time_get_minute(local));
}

char *site_month(int year, int month)
{
  return g_strdup_printf("%s %d", MONTHS[CLAMP(month, 1, 12) - 1], year);
}

char *site_planned_day(const char *day)
{
  int year, month, date;
  char rest;
  if (!day || sscanf(day, "%4d-%2d-%2d%c", &year, &month, &date, &rest) != 3 || month < 1 || month > 12)
    return NULL;
  return g_strdup_printf("%d. %s %d", date, MONTHS[month - 1], year);
}

char *site_datetime(const struct site *site, int64_t moment)
{
  return clock_format_in(moment, site->config->zone);
}

/* ---- lists ---- */

/* Whether a list's name can be a folder. Others have no pages: "datenschutz" is the page about privacy,
 * "faelle" those of cases, "termine" those of events, "daten" open data. */
static bool is_folder_name(const char *name)
{
  static const char *const ours[] = { "datenschutz", "faelle", "daten", "sitemap", "termine", NULL };
  if (!g_ascii_isalnum(*name) || g_strv_contains(ours, name)) return false;
  for (; *name; name++)
    if (!g_ascii_islower(*name) && !g_ascii_isdigit(*name) && !strchr("-_", *name)) return false;
  return true;
}

static struct public_list *public_list_of(const struct list *row)
{
  struct public_list *list = g_new0(struct public_list, 1);
  list->id = row->id;
  list->name = g_strdup(row->name);
  list->title = public_own(row->title);
  list->region = row->region;
  list->is_public = row->archive_public && (row->removed == 0 || row->is_closed) && is_folder_name(row->name);
  list->is_closed = row->is_closed;
  list->everyone_may_post = g_strcmp0(row->posting, "anyone") == 0;
  list->only_moderators_post = g_strcmp0(row->posting, "moderators") == 0;
  list->threads = row->threads;
  list->messages = row->messages;
  list->last_message = row->last_message;
  list->created = row->created;
  return list;
}

const struct public_list *site_list(struct site *site, int64_t id, GError **error)
{
  struct public_list *known = g_hash_table_lookup(site->lists, &id);
  if (known) return known;
  g_autoptr(list_row) row = list_get(site->store, id, error);
  if (!row || !is_folder_name(row->name)) return NULL;
  known = public_list_of(row);
  g_hash_table_insert(site->lists, &known->id, known);
  return known;
}

void site_forget_lists(struct site *site)
{
  g_hash_table_remove_all(site->lists);
}

/* Those of the rows that the public may see. */
static void add_public(GPtrArray *lists, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    struct public_list *list = public_list_of(rows->pdata[i]);
    if (list->is_public)
      g_ptr_array_add(lists, list);
    else
      public_list_free(list);
  }
}

GPtrArray *site_public_lists(struct site *site, GError **error)
{
  g_autoptr(GPtrArray) rows = lists_all(site->store, error);
  g_autoptr(GPtrArray) closed = rows ? lists_closed(site->store, error) : NULL;
  if (!closed) return NULL;
  GPtrArray *lists = g_ptr_array_new_with_free_func(public_list_free);
  add_public(lists, rows);
  add_public(lists, closed);
  return lists;
}

bool site_has_list(struct site *site, const char *name)
{
  g_autoptr(list_row) row = list_find(site->store, name, NULL);
  return row != NULL;
}
