/* What happened in a case, as rows; see cases.h. */
#include "lib/store/cases/case_shelves.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"

void case_entry_free(struct case_entry *entry)
{
  if (!entry) return;
  char *texts[] = { entry->what, entry->text, entry->state, entry->expected, entry->clerk, entry->signed_by };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(entry);
}

static void free_entry(void *entry)
{
  case_entry_free(entry);
}

bool case_entry_add(struct store *store, struct case_entry *entry, GError **error)
{
  int64_t position = 0;
  if (!db_number(store->db, Q_CASE_NEXT_POSITION, 0, &position, error, INT(entry->casefile))) return false;
  entry->position = (int)position;
  return db_run(store->db, Q_CASE_ENTRY_INSERT, error, INT(entry->casefile), INT(position), INT(entry->at),
                TEXT(entry->what), ID(entry->office), INT(entry->party), TEXT(entry->text),
                TEXT(entry->state), TEXT(entry->expected), TEXT(entry->clerk), TEXT(entry->signed_by),
                ID(entry->mail), INT(entry->is_public)) &&
         db_run(store->db, Q_CASE_COUNT_ENTRY, error, INT(entry->casefile), INT(entry->is_public),
                INT(entry->at));
}

static void *read_entry(const struct rows *rows)
{
  struct case_entry *entry = g_new0(struct case_entry, 1);
  entry->casefile = column_int(rows, 0);
  entry->position = (int)column_int(rows, 1);
  entry->at = column_int(rows, 2);
  entry->what = column_text(rows, 3);
  entry->office = column_int(rows, 4);
  entry->party = column_int(rows, 5);
  entry->text = column_text(rows, 6);
  entry->state = column_text(rows, 7);
  entry->expected = column_text(rows, 8);
  entry->clerk = column_text(rows, 9);
  entry->signed_by = column_text(rows, 10);
  entry->mail = column_int(rows, 11);
  entry->is_public = column_int(rows, 12) != 0;
  return entry;
}

GPtrArray *case_entries(struct store *store, int64_t casefile, int after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASE_ENTRIES, INT(casefile), INT(after), INT(limit)), read_entry,
                      free_entry, error);
}

GPtrArray *case_entries_newest(struct store *store, int64_t casefile, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASE_ENTRIES_NEWEST, INT(casefile), INT(limit)), read_entry,
                      free_entry, error);
}

struct case_entry *case_entry_get(struct store *store, int64_t casefile, int position, GError **error)
{
  return rows_first(db_query(store->db, Q_CASE_ENTRY_GET, INT(casefile), INT(position)), read_entry, error);
}

bool case_entry_publish(struct store *store, int64_t casefile, int position, bool is_public, GError **error)
{
  if (!db_run(store->db, Q_CASE_ENTRY_PUBLISH, error, INT(casefile), INT(position), INT(is_public)))
    return false;
  int change = db_changes(store->db), part = (position - 1) / CASE_PART_ENTRIES + 1;
  return db_run(store->db, Q_CASE_COUNT_PUBLIC, error, INT(casefile), INT(is_public ? change : -change)) &&
         page_mark(store, "case", 0, casefile, part, error);
}
