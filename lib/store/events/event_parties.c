/* Who has to do with an event, as rows; see events.h. */
#include "lib/store/events/events.h"

#include "lib/store/internal.h"
#include "lib/store/people/calendars.h"

void event_party_free(struct event_party *party)
{
  if (!party) return;
  g_free(party->role);
  g_free(party->address);
  g_free(party->name);
  g_free(party);
}

static void free_party(void *party)
{
  event_party_free(party);
}

static void *read_party(const struct rows *rows)
{
  struct event_party *party = g_new0(struct event_party, 1);
  party->id = column_int(rows, 0);
  party->event = column_int(rows, 1);
  party->role = column_text(rows, 2);
  party->person = column_int(rows, 3);
  party->address = column_text(rows, 4);
  party->name = column_text(rows, 5);
  party->token_key = (unsigned)column_int(rows, 6);
  party->told = (int)column_int(rows, 7);
  party->since = column_int(rows, 8);
  return party;
}

bool event_party_put(struct store *store, struct event_party *party, int64_t now, GError **error)
{
  if (!db_run(store->db, Q_EVENT_PARTY_PUT, error, INT(party->event), TEXT(party->role), INT(party->person),
              TEXT(party->address), TEXT(party->name), INT(now)))
    return false;
  g_autoptr(event_party_t) row = event_party_find(store, party->event, party->address, party->role, error);
  if (!row) return false;
  party->id = row->id;
  party->token_key = row->token_key;
  party->told = row->told;
  party->since = row->since;
  return true;
}

struct event_party *event_party_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_PARTY_GET, INT(id)), read_party, error);
}

struct event_party *event_party_find(struct store *store, int64_t event, const char *address,
                                     const char *role, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_PARTY_FIND, INT(event), TEXT(address), TEXT(role)),
                    read_party, error);
}

GPtrArray *event_parties_of_person(struct store *store, int64_t event, int64_t person, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_PARTIES_OF_PERSON, INT(person), INT(event)), read_party,
                      free_party, error);
}

GPtrArray *event_parties_organizing(struct store *store, int64_t person, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_PARTIES_ORGANIZING, INT(person), INT(limit)), read_party,
                      free_party, error);
}

GPtrArray *event_parties(struct store *store, int64_t event, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_PARTIES, INT(event), INT(after), INT(limit)), read_party,
                      free_party, error);
}

GPtrArray *event_parties_to_tell(struct store *store, int64_t event, int sequence, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_PARTIES_TO_TELL, INT(event), INT(sequence), INT(limit)),
                      read_party, free_party, error);
}

bool event_party_told(struct store *store, int64_t party, int sequence, unsigned key, GError **error)
{
  return db_run(store->db, Q_EVENT_PARTY_TOLD, error, INT(party), INT(sequence), INT(key)) &&
         calendar_mark_party(store, party, error);
}

GPtrArray *event_organizers(struct store *store, int64_t event, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_ORGANIZERS, INT(event)), read_party, free_party, error);
}

struct event_party *event_party_named(struct store *store, int64_t event, const char *name, GError **error)
{
  g_autoptr(GPtrArray) found = rows_collect(db_query(store->db, Q_EVENT_PARTY_NAMED, INT(event), TEXT(name)),
                                            read_party, free_party, error);
  if (!found || found->len != 1) return NULL;
  return event_party_get(store, ((struct event_party *)found->pdata[0])->id, error);
}

GPtrArray *event_parties_called(struct store *store, int64_t event, const char *first_name, int limit,
                                GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_PARTIES_CALLED, INT(event), TEXT(first_name), INT(limit)),
                      read_party, free_party, error);
}

bool event_parties_unname(struct store *store, int64_t event, GError **error)
{
  return db_run(store->db, Q_EVENT_PARTIES_UNNAME, error, INT(event));
}

bool event_party_set_role(struct store *store, int64_t party, const char *role, GError **error)
{
  return db_run(store->db, Q_EVENT_PARTY_ROLE, error, INT(party), TEXT(role));
}
