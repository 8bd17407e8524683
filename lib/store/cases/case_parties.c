/* Who takes part in a case, as rows; see cases.h. */
#include "lib/store/cases/cases.h"

#include "lib/store/internal.h"

void case_party_free(struct case_party *party)
{
  if (!party) return;
  g_free(party->role);
  g_free(party->address);
  g_free(party->name);
  g_free(party->language);
  g_free(party);
}

static void free_party(void *party)
{
  case_party_free(party);
}

bool case_party_put(struct store *store, struct case_party *party, int64_t now, GError **error)
{
  return db_run(store->db, Q_CASE_PARTY_PUT, error, INT(party->casefile), TEXT(party->role),
                ID(party->office), INT(party->person), TEXT(party->address), TEXT(party->name),
                INT(party->name_agreed), INT(now), TEXT(party->language)) &&
         db_number(store->db, Q_CASE_PARTY_FIND, 0, &party->id, error, INT(party->casefile),
                   TEXT(party->role), TEXT(party->address));
}

bool casefile_is_helped(struct store *store, int64_t casefile, bool *is_helped, GError **error)
{
  int64_t found = 0;
  bool is_read = db_number(store->db, Q_CASE_PARTY_HELPER, 0, &found, error, INT(casefile));
  *is_helped = found != 0;
  return is_read;
}

bool case_party_leave(struct store *store, int64_t party, int64_t now, GError **error)
{
  return db_run(store->db, Q_CASE_PARTY_LEAVE, error, INT(party), INT(now));
}

bool case_party_signed_with(struct store *store, int64_t party, unsigned key, GError **error)
{
  return db_run(store->db, Q_CASE_PARTY_SIGNED, error, INT(party), INT(key));
}

static void *read_party(const struct rows *rows)
{
  struct case_party *party = g_new0(struct case_party, 1);
  party->id = column_int(rows, 0);
  party->casefile = column_int(rows, 1);
  party->role = column_text(rows, 2);
  party->office = column_int(rows, 3);
  party->person = column_int(rows, 4);
  party->address = column_text(rows, 5);
  party->name = column_text(rows, 6);
  party->name_agreed = column_int(rows, 7) != 0;
  party->since = column_int(rows, 8);
  party->gone = column_int(rows, 9);
  party->token_key = (unsigned)column_int(rows, 10);
  party->language = column_text(rows, 11);
  return party;
}

struct case_party *case_party_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_CASE_PARTY_GET, INT(id)), read_party, error);
}

GPtrArray *case_parties(struct store *store, int64_t casefile, const char *role, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASE_PARTIES, INT(casefile), TEXT(role)), read_party, free_party,
                      error);
}

bool case_party_agree(struct store *store, int64_t party, bool name_agreed, GError **error)
{
  return db_run(store->db, Q_CASE_PARTY_AGREE, error, INT(party), INT(name_agreed));
}

static void *read_id(const struct rows *rows)
{
  int64_t *id = g_new(int64_t, 1);
  *id = column_int(rows, 0);
  return id;
}

GPtrArray *casefiles_of_person(struct store *store, int64_t person, int64_t since, int limit, GError **error)
{
  g_autoptr(GPtrArray) ids =
      rows_collect(db_query(store->db, Q_CASE_PARTY_OF_PERSON, INT(person), INT(since), INT(limit)), read_id,
                   g_free, error);
  if (!ids) return NULL;
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)casefile_free);
  for (guint i = 0; i < ids->len; i++) {
    struct casefile *it = casefile_get(store, *(int64_t *)ids->pdata[i], error);
    if (!it) return NULL;
    g_ptr_array_add(found, it);
  }
  return g_steal_pointer(&found);
}
