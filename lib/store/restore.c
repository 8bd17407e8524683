/* After a restore: the store is of yesterday, and the world has gone on. See store_after_restore.
 *
 * What yesterday was still to be sent may have been sent since: it waits for the operator. Row ids stand in
 * signed addresses and in links, thread numbers in public URLs: none that may have been given away between
 * the backup and its restore is given again, so ids jump, and thread numbers go on behind the next free
 * hundred past what was ever seen. A page of the archive may show what the store no longer knows, so
 * everything is rendered anew. */
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"

/* Tables whose ids people or other programs have seen, and how far they jump. Persons have 25 bits in a
 * token. */
static const struct sequence {
  const char *table;
  int64_t jump;
} sequences[] = { { "list", 1000000 },    { "mail", 1000000 },      { "thread", 1000000 },
                  { "message", 1000000 }, { "hold", 1000000 },      { "letter", 1000000 },
                  { "person", 10000 },    { "request", 1000000 },   { "mediation", 1000000 },
                  { "office", 1000 },     { "casefile", 100000 },   { "case_party", 10000 },
                  { "event", 100000 },    { "event_party", 100000 } };

enum { NUMBER_STEP = 100, YEARS_AHEAD = 20 };

static bool move_sequences(struct store *store, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS(sequences); i++) {
    int64_t known;
    struct value values[] = { TEXT(sequences[i].table), INT(sequences[i].jump) };
    if (!db_number(store->db, Q_RESTORE_SEQUENCE_KNOWN, -1, &known, error, TEXT(sequences[i].table)))
      return false;
    enum query query = known < 0 ? Q_RESTORE_SEQUENCE_BEGIN : Q_RESTORE_SEQUENCE_MOVE;
    if (!db_run_values(store->db, query, error, values, G_N_ELEMENTS(values))) return false;
  }
  return true;
}

/* The years in which numbers may have been given: from the first one known to far behind the last one. */
static bool read_years(struct store *store, int *first, int *last, int *newest, GError **error)
{
  int64_t created;
  *first = *newest = 0;
  struct rows rows = db_query(store->db, Q_RESTORE_YEARS);
  while (rows_next(&rows, error)) {
    *first = (int)column_int(&rows, 0);
    *newest = (int)column_int(&rows, 1);
  }
  if (!rows_end(&rows) || !db_number(store->db, Q_RESTORE_FIRST_YEAR, 1970, &created, error)) return false;
  if (*first == 0 || created < *first) *first = (int)created;
  *newest = MAX(*newest, (int)created);
  *last = *newest + YEARS_AHEAD;
  return true;
}

/* The first number behind the next free hundred, with at least a hundred to spare for those that were never
 * published. */
static int64_t number_behind(int64_t used)
{
  return ((used + NUMBER_STEP - 1) / NUMBER_STEP + 1) * NUMBER_STEP + 1;
}

struct list_name {
  int64_t id;
  char *name;
};

static void *read_list_name(const struct rows *rows)
{
  struct list_name *list = g_new0(struct list_name, 1);
  list->id = column_int(rows, 0);
  list->name = column_text(rows, 1);
  return list;
}

static void list_name_free(struct list_name *list)
{
  g_free(list->name);
  g_free(list);
}

/* Moves a list's next number of one year. In the last year known and the one after it numbers may have been
 * given that no page shows. */
static bool move_numbers(struct store *store, const struct list_name *list, int year, int published,
                         bool is_recent, GError **error)
{
  int64_t next;
  if (!db_number(store->db, Q_THREAD_NUMBER_NEXT, 0, &next, error, INT(list->id), INT(year))) return false;
  if (next == 0 && published <= 0 && !is_recent) return true;
  int64_t used = MAX(next - 1, (int64_t)MAX(published, 0));
  return db_run(store->db, Q_RESTORE_NUMBER_MOVE, error, INT(list->id), INT(year),
                INT(number_behind(MAX(used, 0))));
}

static bool move_all_numbers(struct store *store, int (*published_number)(const char *, int, void *),
                             void *data, GError **error)
{
  int first, last, newest;
  g_autoptr(GPtrArray) lists = rows_collect(db_query(store->db, Q_RESTORE_LISTS), read_list_name,
                                            (GDestroyNotify)list_name_free, error);
  if (!lists || !read_years(store, &first, &last, &newest, error)) return false;
  for (guint i = 0; i < lists->len; i++)
    for (int year = first; year <= last; year++) {
      const struct list_name *list = lists->pdata[i];
      int published = published_number ? published_number(list->name, year, data) : 0;
      if (!move_numbers(store, list, year, published, year == newest || year == newest + 1, error))
        return false;
    }
  return true;
}

/* What has one row of numbers for the whole district, and the folder in which pages say them. */
static const struct numbered {
  const char *folder;
  enum query known, move;
} numbered[] = { { "faelle", Q_CASE_NUMBER, Q_RESTORE_CASE_NUMBER_MOVE },
                 { "termine", Q_EVENT_NUMBER, Q_RESTORE_EVENT_NUMBER_MOVE } };

/* The numbers of cases and events go on behind those that people may have been told since. */
static bool move_district_numbers(struct store *store, const struct numbered *it,
                                  int (*published_number)(const char *, int, void *), void *data,
                                  GError **error)
{
  int first, last, newest;
  if (!read_years(store, &first, &last, &newest, error)) return false;
  for (int year = first; year <= last; year++) {
    int64_t used;
    int published = published_number ? published_number(it->folder, year, data) : 0;
    if (!db_number(store->db, it->known, 0, &used, error, INT(year))) return false;
    used = MAX(used, (int64_t)MAX(published, 0));
    bool is_recent = year == newest || year == newest + 1;
    if ((used > 0 || is_recent) && !db_run(store->db, it->move, error, INT(year), INT(number_behind(used))))
      return false;
  }
  return true;
}

bool store_after_restore(struct store *store, int (*published_number)(const char *list, int year, void *data),
                         void *data, GError **error)
{
  bool done = db_run(store->db, Q_RESTORE_PAUSE_LETTERS, error) && move_sequences(store, error) &&
              move_all_numbers(store, published_number, data, error);
  for (gsize i = 0; done && i < G_N_ELEMENTS(numbered); i++)
    done = move_district_numbers(store, &numbered[i], published_number, data, error);
  return done && pages_mark_all(store, error);
}
