/* The site: what all pages share. Configuration, parsed templates, the zone, and the lists of one round. */
#ifndef WEB_ARCHIVE_SITE_H
#define WEB_ARCHIVE_SITE_H

#include "lib/base/config.h"
#include "lib/store/store.h"
#include "web-archive/privacy.h"

enum site_template {
  TEMPLATE_HOME,
  TEMPLATE_LIST,
  TEMPLATE_MONTH,
  TEMPLATE_THREAD,
  TEMPLATE_SIGNPOST,
  TEMPLATE_NOT_FOUND,
  TEMPLATE_PRIVACY,
  TEMPLATE_FEED,
  TEMPLATE_SITEMAP,
  TEMPLATE_SITEMAP_INDEX,
  TEMPLATE_ROBOTS,
  TEMPLATE_CASE,
  TEMPLATE_CASES,
  TEMPLATE_CASE_FEED,
  TEMPLATE_CASE_NUMBERS,
  TEMPLATE_EVENT,
  TEMPLATE_EVENTS,
  TEMPLATE_COUNT
};

struct site;

/* Reads and parses share/templates/archive. FAULT_CONFIG for a missing or malformed one. config and store
 * must live on. */
struct site *site_new(const struct config *config, struct store *store, GError **error);
void site_free(struct site *site);

const struct config *site_config(const struct site *site);
struct store *site_store(const struct site *site);
const struct template *site_template(const struct site *site, enum site_template which);
/* The stylesheet's bytes. */
const char *site_stylesheet(const struct site *site);
/* Stands for everything pages show that is not in the store: templates, stylesheet, configuration. */
const char *site_fingerprint(const struct site *site);

/* The page's address: base_url and a path below it ("gruenau/2026/0173/"). Caller frees. */
char *site_url(const struct site *site, const char *path);
/* Where a page lies on disk. Caller frees. */
char *site_file(const struct site *site, const char *path);

/* "2. März 2026, 10:15 Uhr", "2. März 2026", "März 2026". Callers free. */
char *site_moment(const struct site *site, int64_t moment);
char *site_day(const struct site *site, int64_t moment);
char *site_month(int year, int month);
/* A planned day "2026-03-02" as people read it; NULL where it is none. Caller frees. */
char *site_planned_day(const char *day);
/* RFC 3339 in the municipality's zone. Caller frees. */
char *site_datetime(const struct site *site, int64_t moment);

/* A list as the public sees it. */
struct public_list {
  int64_t id;
  char *name; /* of its folder and address */
  struct public_text *title;
  int64_t region; /* 0: none */
  bool is_public; /* false: no byte of it may be shown */
  bool is_closed; /* its keeper closed it: what it published stays, nobody writes to it any more */
  bool everyone_may_post, only_moderators_post;
  int64_t threads, messages, last_message, created;
};

/* The list of an id, kept until site_forget_lists; NULL without error: none. Not public ones come too: their
 * pages must go. */
const struct public_list *site_list(struct site *site, int64_t id, GError **error);
void site_forget_lists(struct site *site);
/* All lists with a public archive, by name; GPtrArray of struct public_list*, owned by the caller. */
GPtrArray *site_public_lists(struct site *site, GError **error);
/* Whether a list of this name exists, public or not. */
bool site_has_list(struct site *site, const char *name);

#endif
