/* Where the public finds a case: on the shelf of all, its region's, its office's, its state's and its list's.
 * Rows follow casefile_mark_pages(), so that a case that moves leaves the pages where it was. On a shelf
 * cases lie by year and number in blocks of a hundred numbers whose borders never move: one change rewrites
 * one block.
 *
 * Pages of cases in the stale table: "case" (key: id, a part a hundred entries), "case-feed" (key: id),
 * "cases" (list: the value, part: the shelf) and "cases-data" (part 1: JSON, 2: CSV), whose key is 0, a year,
 * or a block, "cases-sitemap" (key: a block), "cases-numbers" (part 1: page, 2: JSON). */
#ifndef STORE_CASE_SHELVES_H
#define STORE_CASE_SHELVES_H

#include "lib/store/cases/cases.h"

enum case_shelf { SHELF_ALL = 1, SHELF_REGION, SHELF_OFFICE, SHELF_STATE, SHELF_LIST };

/* What people are told of a case's state; numbers stand in the store and never change. */
enum public_state {
  PUBLIC_RECEIVED = 1,
  PUBLIC_FORWARDED,
  PUBLIC_ANSWERED, /* an office has written, and said nothing of a state */
  PUBLIC_IN_PROGRESS,
  PUBLIC_PLANNED,
  PUBLIC_DONE,      /* says the office */
  PUBLIC_CONFIRMED, /* says who asked */
  PUBLIC_REJECTED,
  PUBLIC_NOT_RESPONSIBLE,
  PUBLIC_WAITING,
  PUBLIC_WITHDRAWN, /* its page is a tombstone */
  PUBLIC_STATE_COUNT
};
enum public_state casefile_public_state(const struct casefile *it);

enum { CASES_A_BLOCK = 100, CASE_YEAR_KEY = 100000, CASE_PART_ENTRIES = 100 };
/* The block of a number: 1, 2, … */
int case_block(int number);
/* A page's key: of a block, or block 0: of a year. */
int64_t case_block_key(int year, int block);

/* Whether its pages are as its row says; else casefile_mark_pages() has to run. */
bool casefile_is_shelved(struct store *store, const struct casefile *it, bool *is_right, GError **error);
/* Whether it may be shown at all: is_public, and its list's archive is. */
bool casefile_is_shown(struct store *store, int64_t id, bool *is_shown, GError **error);

/* Cases of a block, or the youngest `limit`; youngest first. struct casefile*. */
GPtrArray *case_shelf_block(struct store *store, enum case_shelf shelf, int64_t value, int year, int block,
                            GError **error);
GPtrArray *case_shelf_latest(struct store *store, enum case_shelf shelf, int64_t value, int limit,
                             GError **error);
/* Cases of a region that got their first answer after `since` and up to `until`, in that order, shown or not.
 */
GPtrArray *casefiles_answered(struct store *store, int64_t region, int64_t since, int64_t until, int limit,
                              GError **error);
/* The youngest year before `year`, the highest block below `block` that holds a case; 0: none; -1: fault. */
int case_shelf_year_before(struct store *store, enum case_shelf shelf, int64_t value, int year,
                           GError **error);
int case_shelf_block_before(struct store *store, enum case_shelf shelf, int64_t value, int year, int block,
                            GError **error);
/* The next value above `after` that has cases; 0: none; -1: fault. */
int64_t case_shelf_value_after(struct store *store, enum case_shelf shelf, int64_t after, GError **error);

/* A region's words; false with *slug NULL where there is none. Caller frees. */
bool case_region(struct store *store, int64_t region, char **slug, char **name, GError **error);
/* Position of the last public entry at or before `position`; 0: none; -1: fault. */
int case_last_public(struct store *store, int64_t casefile, int position, GError **error);
/* Names, as sent, of all who ever took part and are no office: never to be shown. char*. */
GPtrArray *case_names(struct store *store, int64_t casefile, GError **error);

#endif
