/* Offices as rows; see offices.h. */
#include "lib/store/cases/offices.h"

#include "lib/base/clock.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"

#include <string.h>

static void address_free(gpointer data)
{
  struct office_address *address = data;
  g_free(address->address);
  g_free(address->use);
  g_free(address);
}

static void duty_free(gpointer data)
{
  struct office_duty *duty = data;
  g_free(duty->topic);
  g_free(duty);
}

/* Without any text. */
static struct office *office_bare(void)
{
  struct office *office = g_new0(struct office, 1);
  office->addresses = g_ptr_array_new_with_free_func(address_free);
  office->duties = g_ptr_array_new_with_free_func(duty_free);
  return office;
}

struct office *office_new(void)
{
  struct office *office = office_bare();
  office->sign = g_strdup("");
  office->name = g_strdup("");
  office->days = 15;
  office->working_days = g_strdup("12345");
  office->clerk = g_strdup("role");
  office->signature = g_strdup("");
  office->network = g_strdup("");
  return office;
}

void office_free(struct office *office)
{
  if (!office) return;
  g_free(office->sign);
  g_free(office->name);
  g_free(office->working_days);
  g_free(office->clerk);
  g_free(office->signature);
  g_free(office->network);
  g_ptr_array_unref(office->addresses);
  g_ptr_array_unref(office->duties);
  g_free(office);
}

static void free_office(void *office)
{
  office_free(office);
}

void office_add_address(struct office *office, const char *address, const char *use)
{
  struct office_address *one = g_new0(struct office_address, 1);
  one->address = g_strdup(address);
  one->use = g_strdup(use);
  g_ptr_array_add(office->addresses, one);
}

void office_add_duty(struct office *office, const char *topic, int64_t region)
{
  struct office_duty *one = g_new0(struct office_duty, 1);
  one->topic = g_strdup(topic);
  one->region = region;
  g_ptr_array_add(office->duties, one);
}

const char *office_main_address(const struct office *office)
{
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (strcmp(one->use, "main") == 0 && *one->address != '@') return one->address;
  }
  return NULL;
}

const char *office_reached_at(const struct office *office)
{
  static const char *const uses[] = { "main", "deputy", "sender" };
  for (gsize u = 0; office_main_address(office) && u < G_N_ELEMENTS(uses); u++)
    for (guint i = 0; i < office->addresses->len; i++) {
      const struct office_address *one = office->addresses->pdata[i];
      if (strcmp(one->use, uses[u]) == 0 && *one->address != '@' && !one->returned) return one->address;
    }
  return NULL;
}

bool office_returns(const struct office *office, const char *address)
{
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (one->returned && strcmp(one->address, address) == 0) return true;
  }
  return false;
}

/* ---- writing ---- */

static bool put_addresses(struct store *store, const struct office *office, GError **error)
{
  if (!db_run(store->db, Q_OFFICE_ADDRESSES_DELETE, error, INT(office->id))) return false;
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (!db_run(store->db, Q_OFFICE_ADDRESS_PUT, error, TEXT(one->address), INT(office->id), TEXT(one->use),
                INT(one->returned)))
      return false;
  }
  return true;
}

static bool put_duties(struct store *store, const struct office *office, GError **error)
{
  if (!db_run(store->db, Q_OFFICE_DUTIES_DELETE, error, INT(office->id))) return false;
  for (guint i = 0; i < office->duties->len; i++) {
    const struct office_duty *one = office->duties->pdata[i];
    if (!db_run(store->db, Q_OFFICE_DUTY_PUT, error, INT(office->id), TEXT(one->topic), INT(one->region)))
      return false;
  }
  return true;
}

/* Is it shown otherwise than before? An office that is new is shown nowhere yet. One that is renamed
 * stands on pages of cases, lists and threads: rare enough to look at all of them. */
static bool is_renamed(struct store *store, const struct office *office, bool *is, GError **error)
{
  GError *failed = NULL;
  g_autoptr(office_t) old = office->id ? office_get(store, office->id, &failed) : NULL;
  *is = old && (strcmp(old->sign, office->sign) != 0 || strcmp(old->name, office->name) != 0 ||
                strcmp(old->signature, office->signature) != 0);
  if (failed) g_propagate_error(error, failed);
  return failed == NULL;
}

bool office_put(struct store *store, struct office *office, int64_t now, GError **error)
{
  bool shows = false;
  offices_forget(store);
  if (office->is_coordinator && !db_run(store->db, Q_OFFICE_COORDINATOR_CLEAR, error, INT(office->id)))
    return false;
  if (!office->id && !db_number(store->db, Q_OFFICE_ID_OF_SIGN, 0, &office->id, error, TEXT(office->sign)))
    return false; /* one that was removed comes back */
  if (!is_renamed(store, office, &shows, error)) return false;
  bool is_put = office->id ? db_run(store->db, Q_OFFICE_UPDATE, error, INT(office->id), TEXT(office->sign),
                                    TEXT(office->name), INT(office->days), TEXT(office->working_days),
                                    TEXT(office->clerk), TEXT(office->signature), INT(office->is_coordinator),
                                    INT(office->is_by_hand), INT(office->four_eyes), TEXT(office->network))
                           : db_insert(store->db, Q_OFFICE_INSERT, &office->id, error, TEXT(office->sign),
                                       TEXT(office->name), INT(office->days), TEXT(office->working_days),
                                       TEXT(office->clerk), TEXT(office->signature),
                                       INT(office->is_coordinator), INT(office->is_by_hand),
                                       INT(office->four_eyes), TEXT(office->network), INT(now));
  return is_put && put_addresses(store, office, error) && put_duties(store, office, error) &&
         (!shows || pages_mark_all(store, error));
}

bool office_remove(struct store *store, int64_t id, int64_t now, GError **error)
{
  g_autofree char *day = clock_format_utc(now);
  day[strlen("YYYY-MM-DD")] = '\0';
  offices_forget(store);
  return db_run(store->db, Q_OFFICE_REMOVE, error, INT(id), INT(now)) &&
         db_run(store->db, Q_OFFICE_CASES_LOOK_AT, error, INT(id), TEXT(day)) &&
         db_run(store->db, Q_OFFICE_ADDRESSES_DELETE, error, INT(id)) &&
         db_run(store->db, Q_OFFICE_DUTIES_DELETE, error, INT(id));
}

bool office_address_returned(struct store *store, int64_t id, const char *address, int64_t since,
                             bool *is_new, GError **error)
{
  bool is_put = db_run(store->db, Q_OFFICE_ADDRESS_RETURNED, error, TEXT(address), INT(id), INT(since));
  *is_new = is_put && db_changes(store->db) > 0;
  return is_put;
}

bool office_address_heard(struct store *store, const char *address, GError **error)
{
  return db_run(store->db, Q_OFFICE_ADDRESS_HEARD, error, TEXT(address));
}

bool office_rerouted(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_OFFICE_REROUTED, error, INT(id));
}

/* ---- reading ---- */

static void *read_office(const struct rows *rows)
{
  struct office *office = office_bare();
  office->id = column_int(rows, 0);
  office->sign = column_text(rows, 1);
  office->name = column_text(rows, 2);
  office->days = (int)column_int(rows, 3);
  office->working_days = column_text(rows, 4);
  office->clerk = column_text(rows, 5);
  office->signature = column_text(rows, 6);
  office->is_coordinator = column_int(rows, 7) != 0;
  office->is_by_hand = column_int(rows, 8) != 0;
  office->four_eyes = column_int(rows, 9) != 0;
  office->rerouted = column_int(rows, 10);
  office->network = column_text(rows, 11);
  office->is_removed = column_int(rows, 12) != 0;
  return office;
}

static void *read_names(const struct rows *rows)
{
  struct office *office = office_bare();
  office->id = column_int(rows, 0);
  office->sign = column_text(rows, 1);
  office->name = column_text(rows, 2);
  return office;
}

/* Fills in addresses and duties; frees the office on error. NULL stays NULL. */
static struct office *whole(struct store *store, struct office *office, GError **error)
{
  if (!office) return NULL;
  struct rows rows = db_query(store->db, Q_OFFICE_ADDRESSES, INT(office->id));
  while (rows_next(&rows, error)) {
    g_autofree char *address = column_text(&rows, 0), *use = column_text(&rows, 1);
    office_add_address(office, address, use);
    struct office_address *one = office->addresses->pdata[office->addresses->len - 1];
    one->returned = column_int(&rows, 2);
  }
  bool is_read = rows_end(&rows);
  if (is_read) {
    rows = db_query(store->db, Q_OFFICE_DUTIES, INT(office->id));
    while (rows_next(&rows, error)) {
      g_autofree char *topic = column_text(&rows, 0);
      office_add_duty(office, topic, column_int(&rows, 1));
    }
    is_read = rows_end(&rows);
  }
  if (is_read) return office;
  office_free(office);
  return NULL;
}

struct office *office_get(struct store *store, int64_t id, GError **error)
{
  return whole(store, rows_first(db_query(store->db, Q_OFFICE_GET, INT(id)), read_office, error), error);
}

struct office *office_by_sign(struct store *store, const char *sign, GError **error)
{
  return whole(store, rows_first(db_query(store->db, Q_OFFICE_BY_SIGN, TEXT(sign)), read_office, error),
               error);
}

struct office *office_coordinator(struct store *store, GError **error)
{
  int64_t id = 0;
  if (!db_number(store->db, Q_OFFICE_COORDINATOR, 0, &id, error, INT(1)) || id == 0) return NULL;
  return office_get(store, id, error);
}

GPtrArray *offices_all(struct store *store, GError **error)
{
  g_autoptr(GPtrArray) offices =
      rows_collect(db_query(store->db, Q_OFFICES_ALL), read_office, free_office, error);
  for (guint i = 0; offices && i < offices->len; i++) {
    if (whole(store, offices->pdata[i], error)) continue;
    offices->pdata[i] = NULL;
    return NULL;
  }
  return g_steal_pointer(&offices);
}

/* Kept while a transaction lasts, in which only we change them: every mail is compared with the names. */
GPtrArray *offices_names(struct store *store, GError **error)
{
  if (store->office_names) return g_ptr_array_ref(store->office_names);
  GPtrArray *names = rows_collect(db_query(store->db, Q_OFFICE_NAMES), read_names, free_office, error);
  if (names && db_is_writing(store->db)) store->office_names = g_ptr_array_ref(names);
  return names;
}

void offices_forget(struct store *store)
{
  g_clear_pointer(&store->office_names, g_ptr_array_unref);
}

bool offices_any(struct store *store, bool *any, GError **error)
{
  int64_t count = 0;
  bool is_read = db_number(store->db, Q_OFFICE_COUNT_ALL, 0, &count, error);
  *any = count > 0;
  return is_read;
}

static GArray *ids(struct rows rows, GError **error)
{
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
  while (rows_next(&rows, error)) {
    int64_t id = column_int(&rows, 0);
    g_array_append_val(found, id);
  }
  return rows_end(&rows) ? g_steal_pointer(&found) : NULL;
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

GArray *offices_of_address(struct store *store, const char *address, GError **error)
{
  const char *domain = strrchr(address, '@');
  GArray *found = ids(db_query(store->db, Q_OFFICES_OF_ADDRESS, TEXT(address), TEXT(domain)), error);
  if (!found || found->len < 2) return found;
  g_array_sort(found, compare_ids);
  for (guint i = found->len - 1; i > 0; i--)
    if (g_array_index(found, int64_t, i) == g_array_index(found, int64_t, i - 1))
      g_array_remove_index(found, i);
  return found;
}

GArray *offices_for(struct store *store, const char *topic, int64_t region, GError **error)
{
  const struct {
    const char *topic;
    int64_t region;
    bool counts;
  } tries[] = { { topic, region, *topic && region }, { topic, 0, *topic }, { "", region, region != 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
    if (!tries[i].counts) continue;
    GArray *found =
        ids(db_query(store->db, Q_OFFICES_FOR, TEXT(tries[i].topic), INT(tries[i].region)), error);
    if (!found || found->len > 0) return found;
    g_array_unref(found);
  }
  return g_array_new(FALSE, FALSE, sizeof(int64_t));
}
