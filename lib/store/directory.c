/* Lists, their aliases, the regions; see directory.h.
 *
 * Names and aliases are one name space, and a removed list keeps its own: mail to a name of last year must
 * not reach other people. The counters of what is public and of members stand in the list's row and are kept
 * by threads.c, messages.c and people.c. */
#include "lib/store/directory.h"
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"

static const char lists_version_name[] = "lists_version";

void region_free(struct region *region)
{
  if (!region) return;
  g_free(region->slug);
  g_free(region->number);
  g_free(region->name);
  g_free(region->outline);
  g_free(region);
}

bool region_put(struct store *store, const struct region *region, GError **error)
{
  return db_run(store->db, Q_REGION_PUT, error, TEXT(region->slug), TEXT(region->number), TEXT(region->name),
                INT(region->inhabitants), TEXT(region->outline));
}

static void *read_region(const struct rows *rows)
{
  struct region *region = g_new0(struct region, 1);
  region->id = column_int(rows, 0);
  region->slug = column_text(rows, 1);
  region->number = column_text(rows, 2);
  region->name = column_text(rows, 3);
  region->inhabitants = column_int(rows, 4);
  region->outline = column_text(rows, 5);
  return region;
}

GPtrArray *regions_all(struct store *store, GError **error)
{
  return rows_collect(db_query(store->db, Q_REGIONS_ALL), read_region, (GDestroyNotify)region_free, error);
}

void list_free(struct list *list)
{
  if (!list) return;
  char *texts[] = { list->name,        list->kind,        list->title,    list->region_slug,
                    list->posting,     list->subject_tag, list->language, list->joining,
                    list->description, list->welcome,     list->topics };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_strfreev(list->aliases);
  g_free(list);
}

static void *read_list(const struct rows *rows)
{
  struct list *list = g_new0(struct list, 1);
  list->id = column_int(rows, 0);
  list->name = column_text(rows, 1);
  list->kind = column_text(rows, 2);
  list->title = column_text(rows, 3);
  list->region = column_int(rows, 4);
  list->region_slug = column_text(rows, 5);
  g_autofree char *archive = column_text(rows, 6);
  list->archive_public = g_str_equal(archive, "public");
  list->posting = column_text(rows, 7);
  list->subject_tag = column_text(rows, 8);
  list->own_copy = column_int(rows, 9) != 0;
  list->language = column_text(rows, 10);
  list->created = column_int(rows, 11);
  list->removed = column_int(rows, 12);
  list->threads = column_int(rows, 13);
  list->messages = column_int(rows, 14);
  list->last_message = column_int(rows, 15);
  list->members = column_int(rows, 16);
  list->joining = column_text(rows, 17);
  list->description = column_text(rows, 18);
  list->welcome = column_text(rows, 19);
  list->is_closed = column_int(rows, 20) != 0;
  list->shows_members = column_int(rows, 21) != 0;
  list->topics = column_text(rows, 22);
  return list;
}

static bool advance_version(struct store *store, GError **error)
{
  return db_run(store->db, Q_SETTING_ADVANCE, error, TEXT(lists_version_name));
}

int64_t lists_version(struct store *store, GError **error)
{
  int64_t version;
  return db_number(store->db, Q_SETTING_NUMBER, 0, &version, error, TEXT(lists_version_name)) ? version : -1;
}

/* Is this name or alias another list's, existing or removed? */
static bool check_is_free(struct store *store, const char *name, int64_t own, GError **error)
{
  int64_t taken;
  if (!name || !*name) return fault_set(error, FAULT_INPUT, "A list needs a name");
  if (!db_number(store->db, Q_LIST_NAME_TAKEN, 0, &taken, error, TEXT(name), INT(own))) return false;
  return !taken ||
         fault_set(error, FAULT_INPUT, "The name \"%s\" is taken by another list, or was once.", name);
}

bool list_name_is_free(struct store *store, const char *name, bool *is_free, GError **error)
{
  int64_t taken = 1;
  bool is_done = db_number(store->db, Q_LIST_NAME_TAKEN, 0, &taken, error, TEXT(name), INT(0));
  *is_free = !taken;
  return is_done;
}

/* Writes the aliases as they are now. */
static bool put_aliases(struct store *store, const struct list *list, GError **error)
{
  if (!db_run(store->db, Q_ALIAS_REMOVE_ALL, error, INT(list->id))) return false;
  for (char **alias = list->aliases; alias && *alias; alias++)
    if (!check_is_free(store, *alias, list->id, error) ||
        !db_run(store->db, Q_ALIAS_PUT, error, TEXT(*alias), INT(list->id)))
      return false;
  return true;
}

static const char *archive_word(const struct list *list)
{
  return list->archive_public ? "public" : "none";
}

static const char *or_default(const char *text, const char *otherwise)
{
  return text && *text ? text : otherwise;
}

/* What shows which lists there are: the front page, and the one that says where one asks about one's data. */
static bool mark_directory(struct store *store, GError **error)
{
  return page_mark(store, "home", 0, 0, 1, error) && page_mark(store, "privacy", 0, 0, 1, error);
}

bool list_create(struct store *store, struct list *list, int64_t now, GError **error)
{
  if (!check_is_free(store, list->name, 0, error)) return false;
  if (!db_insert(store->db, Q_LIST_INSERT, &list->id, error, TEXT(list->name), TEXT(list->kind),
                 TEXT(list->title), ID(list->region), TEXT(archive_word(list)),
                 TEXT(or_default(list->posting, "members")), TEXT(list->subject_tag), INT(list->own_copy),
                 TEXT(or_default(list->language, "de")), INT(now), TEXT(or_default(list->joining, "confirm")),
                 TEXT(list->description), TEXT(list->welcome), INT(list->shows_members),
                 TEXT(or_default(list->topics, ""))))
    return false;
  list->created = now;
  return put_aliases(store, list, error) && advance_version(store, error) && mark_directory(store, error) &&
         pages_mark_list(store, list->id, error);
}

bool list_update(struct store *store, const struct list *list, GError **error)
{
  int64_t was_public;
  if (!db_number(store->db, Q_LIST_ARCHIVE, -1, &was_public, error, INT(list->id))) return false;
  if (was_public < 0) return fault_set(error, FAULT_INPUT, "There is no list \"%s\"", list->name);
  if (!db_run(store->db, Q_LIST_CHANGE, error, INT(list->id), TEXT(list->title), ID(list->region),
              TEXT(archive_word(list)), TEXT(or_default(list->posting, "members")), TEXT(list->subject_tag),
              INT(list->own_copy), TEXT(or_default(list->language, "de")),
              TEXT(or_default(list->joining, "confirm")), TEXT(list->description), TEXT(list->welcome),
              INT(list->shows_members), TEXT(or_default(list->topics, ""))))
    return false;
  return put_aliases(store, list, error) && advance_version(store, error) && mark_directory(store, error) &&
         pages_mark_list(store, list->id, error);
}

/* Ends a list by one of the two statements. */
static bool end_list(struct store *store, enum query query, int64_t id, int64_t now, GError **error)
{
  if (!db_run(store->db, query, error, INT(id), INT(now))) return false;
  if (db_changes(store->db) == 0) return fault_set(error, FAULT_INPUT, "There is no such list");
  return advance_version(store, error) && mark_directory(store, error) && pages_mark_list(store, id, error);
}

bool list_remove(struct store *store, int64_t id, int64_t now, GError **error)
{
  return end_list(store, Q_LIST_REMOVE, id, now, error);
}

bool list_close(struct store *store, int64_t id, int64_t now, GError **error)
{
  return end_list(store, Q_LIST_CLOSE, id, now, error);
}

static void *read_alias(const struct rows *rows)
{
  return column_text(rows, 0);
}

/* Fills in the aliases; frees the list and answers NULL when that fails. */
static struct list *with_aliases(struct store *store, struct list *list, GError **error)
{
  if (!list) return NULL;
  g_autoptr(GPtrArray) aliases =
      rows_collect(db_query(store->db, Q_ALIAS_OF_LIST, INT(list->id)), read_alias, NULL, error);
  if (!aliases) {
    list_free(list);
    return NULL;
  }
  g_ptr_array_add(aliases, NULL);
  list->aliases = (char **)g_ptr_array_free(g_steal_pointer(&aliases), FALSE);
  return list;
}

struct list *list_find(struct store *store, const char *name, GError **error)
{
  return with_aliases(store, rows_first(db_query(store->db, Q_LIST_BY_NAME, TEXT(name)), read_list, error),
                      error);
}

struct list *list_get(struct store *store, int64_t id, GError **error)
{
  return with_aliases(store, rows_first(db_query(store->db, Q_LIST_BY_ID, INT(id)), read_list, error), error);
}

GPtrArray *lists_all(struct store *store, GError **error)
{
  g_autoptr(GPtrArray) lists =
      rows_collect(db_query(store->db, Q_LISTS_ALL), read_list, (GDestroyNotify)list_free, error);
  for (guint i = 0; lists && i < lists->len; i++) {
    lists->pdata[i] = with_aliases(store, lists->pdata[i], error);
    if (!lists->pdata[i]) return NULL; /* list_free knows NULL */
  }
  return g_steal_pointer(&lists);
}

GPtrArray *lists_closed(struct store *store, GError **error)
{
  return rows_collect(db_query(store->db, Q_LISTS_CLOSED), read_list, (GDestroyNotify)list_free, error);
}
