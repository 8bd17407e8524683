/* Cases as rows; see cases.h. Parties and history are in files of their own. */
#include "lib/store/cases/cases.h"
#include "lib/store/cases/case_statistics.h"

#include "lib/store/internal.h"

#include <math.h>

static const double MILLIONTHS = 1e6;

struct casefile *casefile_new(void)
{
  struct casefile *it = g_new0(struct casefile, 1);
  char **empty[] = { &it->title, &it->topic, &it->place, &it->why, &it->due, &it->expected, &it->next_tick };
  for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) *empty[i] = g_strdup("");
  it->kind = g_strdup("question");
  it->state = g_strdup("received");
  it->is_open = true;
  return it;
}

void casefile_free(struct casefile *it)
{
  if (!it) return;
  char *texts[] = { it->kind,  it->title, it->topic,    it->place,    it->why,
                    it->state, it->due,   it->expected, it->next_tick };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(it);
}

static void free_casefile(void *it)
{
  casefile_free(it);
}

char *casefile_name(const struct casefile *it)
{
  return g_strdup_printf("KP-%04d-%04d", it->year, it->number);
}

static struct value millionths(bool is_known, double degrees)
{
  return (struct value){ .type = is_known ? VALUE_INT : VALUE_NULL,
                         .number = (int64_t)llround(degrees * MILLIONTHS) };
}

/* All that may change. */
static bool write_row(struct store *store, const struct casefile *it, GError **error)
{
  return db_run(store->db, Q_CASEFILE_UPDATE, error, INT(it->id), TEXT(it->title), TEXT(it->topic),
                ID(it->region), TEXT(it->place), millionths(it->has_point, it->lat),
                millionths(it->has_point, it->lon), ID(it->office), TEXT(it->why), TEXT(it->state),
                INT(it->is_open), INT(it->is_public), INT(it->forwarded), INT(it->answered), TEXT(it->due),
                TEXT(it->expected), INT(it->paused_since), TEXT(it->next_tick), INT(it->reminders),
                INT(it->reroutings), TEXT(it->kind), INT(it->list));
}

bool casefile_create(struct store *store, struct casefile *it, int year, int64_t now, GError **error)
{
  int64_t number = 0;
  if (!db_run(store->db, Q_CASE_NUMBER_TAKE, error, INT(year)) ||
      !db_number(store->db, Q_CASE_NUMBER, 0, &number, error, INT(year)))
    return false;
  it->year = year;
  it->number = (int)number;
  it->opened = it->last = now;
  return db_insert(store->db, Q_CASEFILE_INSERT, &it->id, error, INT(year), INT(number), TEXT(it->kind),
                   INT(it->list), TEXT(it->title), ID(it->thread), ID(it->message), ID(it->mail), INT(now)) &&
         write_row(store, it, error) && case_statistics_enter(store, it->id, error);
}

bool casefile_put(struct store *store, const struct casefile *it, GError **error)
{
  return case_statistics_leave(store, it->id, error) && write_row(store, it, error) &&
         case_statistics_enter(store, it->id, error);
}

static void *read_casefile(const struct rows *rows)
{
  struct casefile *it = g_new0(struct casefile, 1);
  it->id = column_int(rows, 0);
  it->year = (int)column_int(rows, 1);
  it->number = (int)column_int(rows, 2);
  it->kind = column_text(rows, 3);
  it->list = column_int(rows, 4);
  it->title = column_text(rows, 5);
  it->topic = column_text(rows, 6);
  it->region = column_int(rows, 7);
  it->place = column_text(rows, 8);
  it->has_point = sqlite3_column_type(rows->statement, 9) != SQLITE_NULL;
  it->lat = (double)column_int(rows, 9) / MILLIONTHS;
  it->lon = (double)column_int(rows, 10) / MILLIONTHS;
  it->office = column_int(rows, 11);
  it->why = column_text(rows, 12);
  it->state = column_text(rows, 13);
  it->is_open = column_int(rows, 14) != 0;
  it->is_public = column_int(rows, 15) != 0;
  it->opened = column_int(rows, 16);
  it->last = column_int(rows, 17);
  it->forwarded = column_int(rows, 18);
  it->answered = column_int(rows, 19);
  it->due = column_text(rows, 20);
  it->expected = column_text(rows, 21);
  it->paused_since = column_int(rows, 22);
  it->next_tick = column_text(rows, 23);
  it->reminders = (int)column_int(rows, 24);
  it->reroutings = (int)column_int(rows, 25);
  it->thread = column_int(rows, 26);
  it->message = column_int(rows, 27);
  it->mail = column_int(rows, 28);
  it->entries = (int)column_int(rows, 29);
  it->public_entries = (int)column_int(rows, 30);
  return it;
}

struct casefile *casefile_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_CASEFILE_GET, INT(id)), read_casefile, error);
}

struct casefile *casefile_find(struct store *store, int year, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_CASEFILE_FIND, INT(year), INT(number)), read_casefile, error);
}

struct casefile *casefile_of_mail(struct store *store, int64_t mail, GError **error)
{
  return rows_first(db_query(store->db, Q_CASEFILE_OF_MAIL, INT(mail)), read_casefile, error);
}

struct casefile *casefile_of_thread(struct store *store, int64_t thread, GError **error)
{
  return rows_first(db_query(store->db, Q_CASEFILE_OF_THREAD, INT(thread)), read_casefile, error);
}

GPtrArray *casefiles_due(struct store *store, const char *today, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASEFILES_DUE, TEXT(today), INT(limit)), read_casefile,
                      free_casefile, error);
}

GPtrArray *casefiles_at_mailbox(struct store *store, int64_t office, const char *address, int limit,
                                GError **error)
{
  return rows_collect(db_query(store->db, Q_CASEFILES_AT_MAILBOX, INT(office), TEXT(address), INT(limit)),
                      read_casefile, free_casefile, error);
}

bool casefiles_look_at(struct store *store, int64_t office, const char *address, const char *day,
                       GError **error)
{
  return db_run(store->db, Q_CASEFILES_LOOK_AT, error, INT(office), TEXT(address), TEXT(day));
}

GPtrArray *casefiles_page(struct store *store, const struct casefiles_wish *wish, GError **error)
{
  int64_t before = wish->before ? wish->before : INT64_MAX;
  enum query query = wish->list     ? Q_CASEFILES_OF_LIST
                     : wish->office ? Q_CASEFILES_OF_OFFICE
                     : wish->region ? Q_CASEFILES_OF_REGION
                                    : Q_CASEFILES_PAGE;
  int64_t of = wish->list ? wish->list : wish->office ? wish->office : wish->region;
  return rows_collect(db_query(store->db, query, INT(before), INT(wish->limit), INT(wish->only_public),
                               INT(wish->only_open), INT(of)),
                      read_casefile, free_casefile, error);
}
