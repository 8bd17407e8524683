/* Which pages a changed case makes stale. What the pages were last told stands in case_shelf: a case that
 * goes from one office to another, or from "planned" to "done", is taken from the one shelf and put on the
 * other, and both are marked. A case that is not shown and never was marks nothing. */
#include "lib/store/cases/case_shelves.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"
#include "lib/store/threads.h"

#include <string.h>

enum { SHELVES = 5 };

struct place {
  enum case_shelf shelf;
  int64_t value;
};

static const char *const STATES[PUBLIC_STATE_COUNT] = {
  [PUBLIC_RECEIVED] = "received",
  [PUBLIC_FORWARDED] = "forwarded",
  [PUBLIC_ANSWERED] = "",
  [PUBLIC_IN_PROGRESS] = "in_progress",
  [PUBLIC_PLANNED] = "planned",
  [PUBLIC_DONE] = "done",
  [PUBLIC_CONFIRMED] = "confirmed",
  [PUBLIC_REJECTED] = "rejected",
  [PUBLIC_NOT_RESPONSIBLE] = "not_responsible",
  [PUBLIC_WAITING] = "waiting",
  [PUBLIC_WITHDRAWN] = "withdrawn",
};

enum public_state casefile_public_state(const struct casefile *it)
{
  enum public_state state = PUBLIC_RECEIVED;
  for (int i = PUBLIC_RECEIVED; i < PUBLIC_STATE_COUNT; i++)
    if (strcmp(STATES[i], it->state) == 0) state = (enum public_state)i;
  bool is_anew = it->forwarded > it->answered; /* it was opened again, and waits for an answer as at first */
  return state <= PUBLIC_FORWARDED && it->answered && !is_anew ? PUBLIC_ANSWERED : state;
}

int case_block(int number)
{
  return (number + CASES_A_BLOCK - 1) / CASES_A_BLOCK;
}

int64_t case_block_key(int year, int block)
{
  return block ? (int64_t)year * CASE_YEAR_KEY + block : year;
}

bool casefile_is_shown(struct store *store, int64_t id, bool *is_shown, GError **error)
{
  int64_t found = 0;
  bool done = db_number(store->db, Q_CASE_IS_SHOWN, 0, &found, error, INT(id));
  *is_shown = found != 0;
  return done;
}

/* The shelves that it belongs on. Of one that was withdrawn only number and state are left. */
static bool places_wanted(struct store *store, const struct casefile *it, GArray *places, GError **error)
{
  bool is_shown;
  if (!casefile_is_shown(store, it->id, &is_shown, error)) return false;
  if (!is_shown) return true;
  enum public_state state = casefile_public_state(it);
  bool is_there = state != PUBLIC_WITHDRAWN;
  const struct place all[SHELVES] = { { SHELF_ALL, 0 },
                                      { SHELF_REGION, is_there ? it->region : 0 },
                                      { SHELF_OFFICE, is_there ? it->office : 0 },
                                      { SHELF_STATE, state },
                                      { SHELF_LIST, is_there ? it->list : 0 } };
  for (gsize i = 0; i < SHELVES; i++)
    if (all[i].shelf == SHELF_ALL || all[i].value) g_array_append_val(places, all[i]);
  return true;
}

static bool places_known(struct store *store, int64_t casefile, GArray *places, GError **error)
{
  struct rows rows = db_query(store->db, Q_CASE_SHELVES_OF, INT(casefile));
  while (rows_next(&rows, error)) {
    struct place place = { (enum case_shelf)column_int(&rows, 0), column_int(&rows, 1) };
    g_array_append_val(places, place);
  }
  return rows_end(&rows);
}

static bool holds(const GArray *places, const struct place *place)
{
  for (guint i = 0; i < places->len; i++) {
    const struct place *one = &g_array_index(places, struct place, i);
    if (one->shelf == place->shelf && one->value == place->value) return true;
  }
  return false;
}

/* What shows a shelf: its first page and the block; of a list its own page. */
static bool mark_place(struct store *store, const struct casefile *it, const struct place *place,
                       GError **error)
{
  if (place->shelf == SHELF_LIST) return page_mark(store, "list", place->value, 0, 1, error);
  int64_t block = case_block_key(it->year, case_block(it->number));
  return page_mark(store, "cases", place->value, 0, (int)place->shelf, error) &&
         page_mark(store, "cases", place->value, block, (int)place->shelf, error);
}

/* Puts rows right and marks both the shelves that it left and those where it is. */
static bool move(struct store *store, const struct casefile *it, const GArray *known, const GArray *wanted,
                 GError **error)
{
  for (guint i = 0; i < known->len; i++) {
    const struct place *place = &g_array_index(known, struct place, i);
    if (holds(wanted, place)) continue;
    if (!db_run(store->db, Q_CASE_SHELF_TAKE, error, INT(place->shelf), INT(place->value), INT(it->year),
                INT(it->number)) ||
        !mark_place(store, it, place, error))
      return false;
  }
  for (guint i = 0; i < wanted->len; i++) {
    const struct place *place = &g_array_index(wanted, struct place, i);
    if (!holds(known, place) && !db_run(store->db, Q_CASE_SHELF_PUT, error, INT(place->shelf),
                                        INT(place->value), INT(it->year), INT(it->number), INT(it->id)))
      return false;
    if (!mark_place(store, it, place, error)) return false;
  }
  return true;
}

/* Its own page: the first part, which says the state, and the last two, where entries are added. */
static bool mark_parts(struct store *store, int64_t id, GError **error)
{
  int64_t next = 1;
  if (!db_number(store->db, Q_CASE_NEXT_POSITION, 1, &next, error, INT(id))) return false;
  int last = (int)((next + CASE_PART_ENTRIES - 2) / CASE_PART_ENTRIES);
  return page_mark(store, "case", 0, id, 1, error) && page_mark(store, "case-feed", 0, id, 1, error) &&
         (last <= 2 || page_mark(store, "case", 0, id, last - 1, error)) &&
         (last <= 1 || page_mark(store, "case", 0, id, last, error));
}

/* The thread that it was handed over from shows its number and the office's answer. */
static bool mark_thread(struct store *store, int64_t thread, GError **error)
{
  if (!thread) return true;
  GError *failed = NULL;
  g_autoptr(thread_row) row = thread_get(store, thread, &failed);
  if (failed) g_propagate_error(error, failed);
  return row ? page_mark(store, "thread", row->list, thread, 1, error) : failed == NULL;
}

bool casefile_mark_pages(struct store *store, const struct casefile *it, GError **error)
{
  g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct place)),
                    wanted = g_array_new(FALSE, FALSE, sizeof(struct place));
  if (!places_known(store, it->id, known, error) || !places_wanted(store, it, wanted, error)) return false;
  if (known->len + wanted->len == 0) return true;
  int64_t block = case_block_key(it->year, case_block(it->number));
  bool comes_or_goes = known->len != wanted->len;
  if (comes_or_goes && !pages_mark_files_of_case(store, it->id, error)) return false;
  return move(store, it, known, wanted, error) && mark_parts(store, it->id, error) &&
         mark_thread(store, it->thread, error) && page_mark(store, "cases-data", 0, block, 1, error) &&
         page_mark(store, "cases-data", 0, block, 2, error) &&
         page_mark(store, "cases-data", 0, 0, 1, error) &&
         page_mark(store, "cases-sitemap", 0, block, 1, error) &&
         page_mark(store, "cases-numbers", 0, 0, 1, error) &&
         page_mark(store, "cases-numbers", 0, 0, 2, error);
}

bool casefile_is_shelved(struct store *store, const struct casefile *it, bool *is_right, GError **error)
{
  g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct place)),
                    wanted = g_array_new(FALSE, FALSE, sizeof(struct place));
  if (!places_known(store, it->id, known, error) || !places_wanted(store, it, wanted, error)) return false;
  *is_right = known->len == wanted->len;
  for (guint i = 0; i < wanted->len; i++)
    *is_right = *is_right && holds(known, &g_array_index(wanted, struct place, i));
  return true;
}
