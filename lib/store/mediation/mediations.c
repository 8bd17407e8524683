/* Mediations as rows; see mediations.h. */
#include "lib/store/mediation/mediations.h"

#include "lib/store/internal.h"

#include <string.h>
#include <unistd.h>

static const char *const words[] = {
  [ROLE_REQUESTER] = "requester", [ROLE_OTHER] = "other", [ROLE_MEDIATOR] = "mediator"
};
_Static_assert(G_N_ELEMENTS(words) == ROLE_COUNT, "every role has its word");

const char *mediation_role_word(enum mediation_role role)
{
  g_assert(role < ROLE_COUNT);
  return words[role];
}

void mediation_free(struct mediation *mediation)
{
  if (!mediation) return;
  for (int i = 0; i < ROLE_COUNT; i++) {
    g_free(mediation->seats[i].address);
    g_free(mediation->seats[i].name);
  }
  g_free(mediation->state);
  g_free(mediation);
}

int64_t mediation_put(struct store *store, int64_t list, int64_t now, GError **error)
{
  int64_t id = 0;
  return db_insert(store->db, Q_MEDIATION_INSERT, &id, error, INT(list), INT(now)) ? id : 0;
}

static void *read_mediation(const struct rows *rows)
{
  struct mediation *mediation = g_new0(struct mediation, 1);
  mediation->id = column_int(rows, 0);
  mediation->list = column_int(rows, 1);
  mediation->state = column_text(rows, 2);
  mediation->since = column_int(rows, 3);
  mediation->changed = column_int(rows, 4);
  mediation->invitations = (int)column_int(rows, 5);
  mediation->is_forgotten = column_int(rows, 6) != 0;
  return mediation;
}

/* Puts a row into the seat that it names. */
static void read_seat(struct mediation *mediation, const struct rows *rows)
{
  const char *role = column_peek(rows, 0, NULL);
  for (int i = 0; i < ROLE_COUNT; i++)
    if (strcmp(words[i], role) == 0)
      mediation->seats[i] = (struct mediation_seat){ .person = column_int(rows, 1),
                                                     .address = column_text(rows, 2),
                                                     .name = column_text(rows, 3) };
}

struct mediation *mediation_get(struct store *store, int64_t id, GError **error)
{
  g_autoptr(mediation_t) mediation =
      rows_first(db_query(store->db, Q_MEDIATION_GET, INT(id)), read_mediation, error);
  if (!mediation) return NULL;
  struct rows rows = db_query(store->db, Q_MEDIATION_SEATS, INT(id));
  while (rows_next(&rows, error)) read_seat(mediation, &rows);
  return rows_end(&rows) ? g_steal_pointer(&mediation) : NULL;
}

bool mediation_set_state(struct store *store, int64_t id, const char *state, int64_t now, GError **error)
{
  return db_run(store->db, Q_MEDIATION_SET_STATE, error, INT(id), TEXT(state), INT(now));
}

bool mediation_count_invitation(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_MEDIATION_COUNT_INVITATION, error, INT(id));
}

bool mediation_seat_put(struct store *store, int64_t id, enum mediation_role role,
                        const struct mediation_seat *seat, GError **error)
{
  return db_run(store->db, Q_MEDIATION_SEAT_PUT, error, INT(id), TEXT(mediation_role_word(role)),
                INT(seat->person), TEXT(seat->address), TEXT(seat->name));
}

bool mediation_seat_remove(struct store *store, int64_t id, enum mediation_role role, GError **error)
{
  return db_run(store->db, Q_MEDIATION_SEAT_REMOVE, error, INT(id), TEXT(mediation_role_word(role)));
}

static GPtrArray *collect(struct rows rows, GError **error)
{
  return rows_collect(rows, read_mediation, (GDestroyNotify)mediation_free, error);
}

GPtrArray *mediations_of_address(struct store *store, const char *address, GError **error)
{
  return collect(db_query(store->db, Q_MEDIATIONS_OF_ADDRESS, TEXT(address)), error);
}

GPtrArray *mediations_page(struct store *store, int64_t after, int limit, GError **error)
{
  return collect(db_query(store->db, Q_MEDIATIONS_PAGE, INT(after), INT(limit)), error);
}

GPtrArray *mediations_silent(struct store *store, int64_t before, int limit, GError **error)
{
  return collect(db_query(store->db, Q_MEDIATIONS_SILENT, INT(before), INT(limit)), error);
}

GPtrArray *mediations_over(struct store *store, int64_t before, int limit, GError **error)
{
  return collect(db_query(store->db, Q_MEDIATIONS_OVER, INT(before), INT(limit)), error);
}

bool mediation_mail_note(struct store *store, int64_t mail, int64_t now, GError **error)
{
  return db_run(store->db, Q_MEDIATION_MAIL_NOTE, error, INT(mail), INT(now));
}

bool mediation_mail_put(struct store *store, int64_t id, int64_t mail, int64_t now, GError **error)
{
  return db_run(store->db, Q_MEDIATION_MAIL_PUT, error, INT(mail), INT(id), INT(now));
}

int64_t mediation_first_mail(struct store *store, int64_t id, GError **error)
{
  int64_t mail = 0;
  return db_number(store->db, Q_MEDIATION_FIRST_MAIL, 0, &mail, error, INT(id)) ? mail : 0;
}

/* Removes a mail's bytes. Its row stays, so that the same mail come again is known. A file goes before the
 * row is committed: were we interrupted, the next round does it again. */
static bool empty_mail(struct store *store, int64_t mail, GError **error)
{
  int64_t is_needed = 0;
  if (!db_number(store->db, Q_MAIL_IS_NEEDED, 0, &is_needed, error, INT(mail))) return false;
  if (is_needed) return true;
  g_autofree char *file = NULL;
  struct rows rows = db_query(store->db, Q_MAIL_BYTES, INT(mail));
  if (rows_next(&rows, error) && column_peek(&rows, 0, NULL)) file = column_text(&rows, 0);
  if (!rows_end(&rows)) return false;
  if (file) {
    g_autofree char *path = g_build_filename(store_directory(store), "raw", file, NULL);
    unlink(path);
  }
  return db_run(store->db, Q_MAIL_EMPTY, error, INT(mail)) &&
         db_run(store->db, Q_MAIL_EMPTY_RAW, error, INT(mail));
}

static void *read_number(const struct rows *rows)
{
  int64_t *number = g_new(int64_t, 1);
  *number = column_int(rows, 0);
  return number;
}

int mediation_empty_mails(struct store *store, int64_t id, int64_t before, int limit, GError **error)
{
  g_autoptr(GPtrArray) mails = rows_collect(
      db_query(store->db, Q_MEDIATION_MAILS, ID(id), INT(before), INT(limit)), read_number, g_free, error);
  if (!mails) return -1;
  for (guint i = 0; i < mails->len; i++) {
    int64_t mail = *(const int64_t *)g_ptr_array_index(mails, i);
    if (!empty_mail(store, mail, error) ||
        !db_run(store->db, Q_MEDIATION_CONFIRMED_REMOVE, error, INT(mail)) ||
        !db_run(store->db, Q_MEDIATION_MAIL_REMOVE, error, INT(mail)))
      return -1;
  }
  return (int)mails->len;
}

bool mediation_forget(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_MEDIATION_PROOFS_REMOVE, error, INT(id)) &&
         db_run(store->db, Q_MEDIATION_REQUESTS_EMPTY, error, INT(id)) &&
         db_run(store->db, Q_MEDIATION_SEATS_REMOVE, error, INT(id)) &&
         db_run(store->db, Q_MEDIATION_SET_FORGOTTEN, error, INT(id));
}
