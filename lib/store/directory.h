/* Lists, their aliases, and the district's regions. */
#ifndef STORE_DIRECTORY_H
#define STORE_DIRECTORY_H

#include "lib/store/store.h"

struct region {
  int64_t id;
  char *slug, *number, *name;
  int64_t inhabitants;
  char *outline; /* GeoJSON geometry's coordinates, "" if none */
};
void region_free(struct region *region);
bool region_put(struct store *store, const struct region *region,
                GError **error);                             /* by slug, inserted or updated */
GPtrArray *regions_all(struct store *store, GError **error); /* struct region*, by number */

struct list {
  int64_t id;
  char *name, *kind, *title;
  int64_t region;    /* 0: none */
  char *region_slug; /* "" if none */
  bool archive_public;
  char *posting;      /* members, anyone, moderators */
  char *joining;      /* open, confirm, approve, closed; NULL when put: confirm */
  char *description;  /* what it is for, one paragraph; "" if none */
  char *welcome;      /* a keeper's words in the welcome letter; "" if none */
  char *subject_tag;  /* "" for none */
  char *topics;       /* "Biete 30, Suche 14": lists/keeping/topics.h; "" as usual; NULL when put: "" */
  bool shows_members; /* members may ask who else belongs to it */
  bool own_copy;
  char *language;
  int64_t created, removed;                /* removed 0: exists */
  bool is_closed;                          /* removed by its keeper: what it published stays */
  int64_t threads, messages, last_message; /* counters of what is public */
  int64_t members;                         /* active ones */
  char **aliases;                          /* NULL-ended */
};
void list_free(struct list *list);
typedef struct list list_row;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(list_row, list_free)

/* Inserts; id is set. FAULT_INPUT when name or an alias is taken. Marks home and the list's pages stale. */
bool list_create(struct store *store, struct list *list, int64_t now, GError **error);
/* Writes title, region, archive, posting, joining, subject_tag, own_copy, language, description, welcome,
 * topics, shows_members and aliases. Turning the archive on or off marks all pages of the list stale. */
bool list_update(struct store *store, const struct list *list, GError **error);
bool list_remove(struct store *store, int64_t id, int64_t now, GError **error);
/* The same by a keeper: what the list published stays published. */
bool list_close(struct store *store, int64_t id, int64_t now, GError **error);
/* Closed lists that have a public archive. struct list*, by name. */
GPtrArray *lists_closed(struct store *store, GError **error);
/* NULL without error: none. By name or alias; removed lists are not found. */
struct list *list_find(struct store *store, const char *name, GError **error);
struct list *list_get(struct store *store, int64_t id, GError **error);
GPtrArray *lists_all(struct store *store,
                     GError **error); /* struct list*, existing ones, by name; members and aliases filled */
/* Has no list this name or alias, existing or removed? */
bool list_name_is_free(struct store *store, const char *name, bool *is_free, GError **error);
/* A number that changes whenever lists or aliases do; for caches in the worker. */
int64_t lists_version(struct store *store, GError **error);

#endif
