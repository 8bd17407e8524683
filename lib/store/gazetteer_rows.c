/* The gazetteer's rows; see gazetteer_rows.h and schema/002-gazetteer.sql. Called by `kiezpost gazetteer
 * import` and, for reading, wherever mails are understood.
 *
 * Degrees are bound as whole ten millionths (a centimetre): statements know whole numbers and texts only. */
#include "lib/store/gazetteer_rows.h"

#include "lib/base/fault.h"
#include "lib/store/internal.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *name;
  enum query drop;
} kinds[] = {
  [GAZETTEER_REGIONS] = { "region", Q_GAZETTEER_DROP_REGIONS },
  [GAZETTEER_STREETS] = { "street", Q_GAZETTEER_DROP_STREETS },
  [GAZETTEER_PLACES] = { "place", Q_GAZETTEER_DROP_PLACES },
};
_Static_assert(G_N_ELEMENTS(kinds) == GAZETTEER_KINDS, "a row a kind");

/* ---- writing ---- */

static struct value degrees(double value)
{
  return INT(llround(value * 1e7));
}

void gazetteer_import_leave(struct gazetteer_import *import)
{
  if (import->store) store_rollback(import->store);
  import->in_transaction = 0;
}

static bool commit(struct gazetteer_import *import, GError **error)
{
  if (import->in_transaction == 0) return true;
  import->in_transaction = 0;
  if (store_commit(import->store, error)) return true;
  store_rollback(import->store);
  return false;
}

/* Before a row: a transaction that has room for it. */
static bool make_room(struct gazetteer_import *import, GError **error)
{
  bool is_full = import->in_transaction >= STORE_HOLD_ROWS ||
                 (import->in_transaction > 0 && store_held_ms(import->store) >= STORE_HOLD_MS);
  if (is_full && !commit(import, error)) return false;
  if (import->in_transaction == 0 && !store_begin(import->store, error)) return false;
  import->in_transaction++;
  import->count++;
  return true;
}

/* Removes what no set points to any more, in small steps. */
static bool drop_old(struct gazetteer_import *import, GError **error)
{
  int dropped;
  do {
    if (!store_begin(import->store, error)) return false;
    bool is_done = db_run(import->store->db, kinds[import->kind].drop, error, INT(STORE_HOLD_ROWS));
    dropped = is_done ? db_changes(import->store->db) : 0;
    if (!is_done || !store_commit(import->store, error)) {
      store_rollback(import->store);
      return false;
    }
  } while (dropped > 0);
  return true;
}

bool gazetteer_import_begin(struct gazetteer_import *import, struct store *store, enum gazetteer_kind kind,
                            GError **error)
{
  *import = (struct gazetteer_import){ .store = store, .kind = kind };
  if (!drop_old(import, error) || !store_begin(store, error)) return false;
  bool is_done =
      db_number(store->db, Q_GAZETTEER_NEXT, 0, &import->generation, error, TEXT(kinds[kind].name)) &&
      db_run(store->db, Q_GAZETTEER_COUNT_UP, error, TEXT(kinds[kind].name)) && store_commit(store, error);
  if (!is_done) store_rollback(store);
  return is_done;
}

bool gazetteer_import_region(struct gazetteer_import *import, const struct gazetteer_region *row,
                             GError **error)
{
  return make_room(import, error) &&
         db_run(import->store->db, Q_GAZETTEER_PUT_REGION, error, INT(import->generation), INT(import->count),
                TEXT(row->name), TEXT(row->geojson));
}

bool gazetteer_import_street(struct gazetteer_import *import, const struct gazetteer_street *row,
                             GError **error)
{
  return make_room(import, error) &&
         db_run(import->store->db, Q_GAZETTEER_PUT_STREET, error, INT(import->generation), INT(import->count),
                TEXT(row->name), INT(row->house_from), INT(row->house_to), TEXT(row->postcode),
                TEXT(row->locality), TEXT(row->region), degrees(row->lat), degrees(row->lon),
                TEXT(place_precision_word(row->precision)));
}

bool gazetteer_import_place(struct gazetteer_import *import, const struct gazetteer_place *row,
                            GError **error)
{
  return make_room(import, error) &&
         db_run(import->store->db, Q_GAZETTEER_PUT_PLACE, error, INT(import->generation), INT(import->count),
                TEXT(row->name), TEXT(row->kind), TEXT(row->street), TEXT(row->house), TEXT(row->postcode),
                TEXT(row->locality), TEXT(row->region), degrees(row->lat), degrees(row->lon));
}

bool gazetteer_import_end(struct gazetteer_import *import, const char *source, int64_t now, GError **error)
{
  if (!commit(import, error) || !store_begin(import->store, error)) return false;
  bool is_done = db_run(import->store->db, Q_GAZETTEER_SWITCH, error, TEXT(kinds[import->kind].name),
                        INT(import->generation), INT(import->count), TEXT(source), INT(now)) &&
                 store_commit(import->store, error);
  if (!is_done) store_rollback(import->store);
  return is_done && drop_old(import, error);
}

/* ---- reading ---- */

static const char *text_at(const struct rows *rows, int column)
{
  const unsigned char *text = sqlite3_column_text(rows->statement, column);
  return text ? (const char *)text : "";
}

static double real_at(const struct rows *rows, int column)
{
  return sqlite3_column_double(rows->statement, column);
}

static enum place_precision precision_of(const char *word)
{
  for (enum place_precision p = PLACE_ADDRESS; p < PLACE_AREA; p++)
    if (strcmp(place_precision_word(p), word) == 0) return p;
  return PLACE_AREA;
}

/* Ends a loop over rows: the statement always, the fault of either. */
static bool end_rows(struct rows *rows, bool is_good)
{
  bool is_ended = rows_end(rows);
  return is_good && is_ended;
}

bool gazetteer_read_regions(struct store *store, gazetteer_region_reader *read, void *data, GError **error)
{
  struct rows rows = db_query(store->db, Q_GAZETTEER_REGIONS);
  bool is_good = true;
  while (is_good && rows_next(&rows, error)) {
    struct gazetteer_region row = { text_at(&rows, 0), text_at(&rows, 1), text_at(&rows, 2) };
    is_good = read(&row, data, error);
  }
  return end_rows(&rows, is_good);
}

bool gazetteer_read_streets(struct store *store, gazetteer_street_reader *read, void *data, GError **error)
{
  struct rows rows = db_query(store->db, Q_GAZETTEER_STREETS);
  bool is_good = true;
  while (is_good && rows_next(&rows, error)) {
    struct gazetteer_street row = { .name = text_at(&rows, 0),
                                    .house_from = (int)column_int(&rows, 1),
                                    .house_to = (int)column_int(&rows, 2),
                                    .postcode = text_at(&rows, 3),
                                    .locality = text_at(&rows, 4),
                                    .region = text_at(&rows, 5),
                                    .lat = real_at(&rows, 6),
                                    .lon = real_at(&rows, 7),
                                    .precision = precision_of(text_at(&rows, 8)) };
    is_good = read(&row, data, error);
  }
  return end_rows(&rows, is_good);
}

bool gazetteer_read_places(struct store *store, gazetteer_place_reader *read, void *data, GError **error)
{
  struct rows rows = db_query(store->db, Q_GAZETTEER_PLACES);
  bool is_good = true;
  while (is_good && rows_next(&rows, error)) {
    struct gazetteer_place row = { text_at(&rows, 0), text_at(&rows, 1), text_at(&rows, 2),
                                   text_at(&rows, 3), text_at(&rows, 4), text_at(&rows, 5),
                                   text_at(&rows, 6), real_at(&rows, 7), real_at(&rows, 8) };
    is_good = read(&row, data, error);
  }
  return end_rows(&rows, is_good);
}
