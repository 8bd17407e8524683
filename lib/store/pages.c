/* Pages now stale; see pages.h.
 *
 * A mark is a row; marking again gives it a new sequence number, and the publisher clears it only while the
 * number is the one that it saw. The numbers come from a setting that is read once a transaction and written
 * back at its commit. Nobody sees a number before that, so in one transaction a page is marked once: sixteen
 * mails to a list have one home page, one list page and one month. */
#include "lib/store/pages.h"
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/threads.h"
#include <string.h>

static const char sequence_name[] = "page_seq";
enum { LIST_PAGE = 200, PAGE_NAME_MAX = 32 };

/* The next number of this transaction; 0 on error. */
static int64_t next_sequence(struct store *store, GError **error)
{
  if (!store->page_seq &&
      !db_number(store->db, Q_SETTING_NUMBER, 0, &store->page_seq, error, TEXT(sequence_name)))
    return 0;
  return ++store->page_seq;
}

bool pages_keep_sequence(struct store *store, GError **error)
{
  return !store->page_seq ||
         db_run(store->db, Q_SETTING_SET_NUMBER, error, TEXT(sequence_name), INT(store->page_seq));
}

void stale_page_free(struct stale_page *page)
{
  if (!page) return;
  g_free(page->page);
  g_free(page);
}

void pages_forget_marks(struct store *store)
{
  g_clear_pointer(&store->marked, g_hash_table_unref);
}

/* A page as this transaction remembers it. */
struct mark {
  int64_t list, key;
  int part;
  char page[PAGE_NAME_MAX];
};

static guint hash_mark(gconstpointer data)
{
  const struct mark *mark = data;
  return (guint)mark->key * 31 + (guint)mark->list * 127 + (guint)mark->part * 8191 + g_str_hash(mark->page);
}

static gboolean is_same_mark(gconstpointer a, gconstpointer b)
{
  const struct mark *x = a, *y = b;
  return x->list == y->list && x->key == y->key && x->part == y->part && strcmp(x->page, y->page) == 0;
}

/* Notes a mark; false: this transaction has it. */
static bool note_mark(struct store *store, const char *page, int64_t list, int64_t key, int part)
{
  struct mark mark = { .list = list, .key = key, .part = part };
  gsize size = g_strlcpy(mark.page, page, sizeof mark.page);
  g_assert(size < sizeof mark.page);
  if (!store->marked) store->marked = g_hash_table_new_full(hash_mark, is_same_mark, g_free, NULL);
  return !g_hash_table_contains(store->marked, &mark) &&
         g_hash_table_add(store->marked, g_memdup2(&mark, sizeof mark));
}

bool page_mark(struct store *store, const char *page, int64_t list, int64_t key, int part, GError **error)
{
  if (!note_mark(store, page, list, key, part)) return true;
  int64_t sequence = next_sequence(store, error);
  return sequence &&
         db_run(store->db, Q_PAGE_MARK, error, TEXT(page), INT(list), INT(key), INT(part), INT(sequence));
}

bool pages_mark_by(struct store *store, enum query query, int64_t of, GError **error)
{
  int64_t sequence = next_sequence(store, error);
  return sequence && db_run(store->db, query, error, INT(of), INT(sequence));
}

/* The part that a position (1, 2, …) lies in. */
static int part_of(int64_t position, int size)
{
  return (int)((MAX(position, 1) - 1) / size) + 1;
}

/* The thread's own pages: the part, the first one (it says how many there are), and the one before a part
 * that begins. */
static bool mark_thread(struct store *store, int64_t list, int64_t thread, int64_t position, GError **error)
{
  int part = part_of(position, THREAD_PART_MESSAGES);
  bool begins = part > 2 && (position - 1) % THREAD_PART_MESSAGES == 0;
  return page_mark(store, "thread", list, thread, part, error) &&
         (part == 1 || page_mark(store, "thread", list, thread, 1, error)) &&
         (!begins || page_mark(store, "thread", list, thread, part - 1, error));
}

bool pages_mark_message(struct store *store, int64_t list, int64_t thread, int64_t position, GError **error)
{
  int64_t year = 0, month = 0, month_position = 0;
  struct rows rows = db_query(store->db, Q_PAGE_PLACE_OF_THREAD, INT(thread), INT(list));
  bool is_public = rows_next(&rows, error);
  if (is_public) {
    year = column_int(&rows, 0);
    month = column_int(&rows, 1);
    month_position = column_int(&rows, 2);
  }
  if (!rows_end(&rows)) return false;
  return !is_public ||
         (mark_thread(store, list, thread, position, error) &&
          page_mark(store, "month", list, year * 100 + month, part_of(month_position, MONTH_PART_THREADS),
                    error) &&
          page_mark(store, "list", list, 0, 1, error) && page_mark(store, "feed", list, 0, 1, error) &&
          page_mark(store, "sitemap", list, year, 1, error) && page_mark(store, "home", 0, 0, 1, error));
}

bool pages_mark_list(struct store *store, int64_t list, GError **error)
{
  static const enum query marks[] = { Q_PAGES_MARK_YEARS,      Q_PAGES_MARK_MONTHS,
                                      Q_PAGES_MARK_THREADS,    Q_PAGES_MARK_THREAD_PARTS,
                                      Q_PAGES_MARK_FILES,      Q_PAGES_MARK_CASES,
                                      Q_PAGES_MARK_CASE_PARTS, Q_PAGES_MARK_CASE_FILES,
                                      Q_PAGES_MARK_EVENTS,     Q_PAGES_MARK_EVENTS_OF_LIST };
  if (!page_mark(store, "home", 0, 0, 1, error) || !page_mark(store, "list", list, 0, 1, error) ||
      !page_mark(store, "events", 0, 0, 1, error) || !page_mark(store, "events-feed", 0, 0, 1, error) ||
      !page_mark(store, "feed", list, 0, 1, error))
    return false;
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if (!pages_mark_by(store, marks[i], list, error)) return false;
  return true;
}

bool pages_mark_files(struct store *store, int64_t message, GError **error)
{
  int64_t sequence = next_sequence(store, error);
  return sequence && db_run(store->db, Q_PAGES_MARK_FILES_OF, error, INT(message), INT(sequence));
}

bool pages_mark_files_of_case(struct store *store, int64_t casefile, GError **error)
{
  int64_t sequence = next_sequence(store, error);
  return sequence && db_run(store->db, Q_PAGES_MARK_FILES_OF_CASE, error, INT(casefile), INT(sequence));
}

static void *read_id(const struct rows *rows)
{
  return (void *)(gintptr)column_int(rows, 0);
}

/* Lists of cases, their open data and figures; lists of events; calendars of people's own. */
static bool mark_case_lists(struct store *store, GError **error)
{
  static const enum query marks[] = { Q_PAGES_MARK_SHELVES, Q_PAGES_MARK_CASE_DATA,
                                      Q_PAGES_MARK_EVENT_SHELVES, Q_PAGES_MARK_CALENDARS };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    int64_t sequence = next_sequence(store, error);
    if (!sequence || !db_run(store->db, marks[i], error, INT(sequence))) return false;
  }
  return true;
}

bool pages_mark_all(struct store *store, GError **error)
{
  if (!page_mark(store, "home", 0, 0, 1, error) || !mark_case_lists(store, error)) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) lists =
        rows_collect(db_query(store->db, Q_LISTS_IDS, INT(after), INT(LIST_PAGE)), read_id, NULL, error);
    if (!lists) return false;
    for (guint i = 0; i < lists->len; i++) {
      after = (gintptr)lists->pdata[i];
      if (!pages_mark_list(store, after, error)) return false;
    }
    if (lists->len < LIST_PAGE) return true;
  }
}

static void *read_page(const struct rows *rows)
{
  struct stale_page *page = g_new0(struct stale_page, 1);
  page->page = column_text(rows, 0);
  page->list = column_int(rows, 1);
  page->key = column_int(rows, 2);
  page->part = (int)column_int(rows, 3);
  page->seq = column_int(rows, 4);
  return page;
}

GPtrArray *pages_stale(struct store *store, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_PAGES_STALE, INT(limit)), read_page,
                      (GDestroyNotify)stale_page_free, error);
}

bool pages_clear(struct store *store, GPtrArray *pages, GError **error)
{
  pages_forget_marks(store); /* what is cleared may be marked anew */
  for (guint i = 0; i < pages->len; i++) {
    const struct stale_page *page = pages->pdata[i];
    if (!db_run(store->db, Q_PAGE_CLEAR, error, TEXT(page->page), INT(page->list), INT(page->key),
                INT(page->part), INT(page->seq)))
      return false;
  }
  return true;
}
