/* Calendars of one's own, as rows; see calendars.h. The secret is 160 random bits in letters that mail
 * programs and calendars leave as they are. A row that was given up stays: it knows which file has to go. */
#include "lib/store/people/calendars.h"

#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"

#include <openssl/rand.h>

enum { SECRET_BYTES = 20, BITS_A_LETTER = 5 };
static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz234567";

/* Caller frees. */
static char *make_secret(void)
{
  unsigned char random[SECRET_BYTES];
  if (RAND_bytes(random, sizeof random) != 1) g_error("The system gives no random bytes.");
  GString *secret = g_string_new(NULL);
  for (guint bit = 0; bit + BITS_A_LETTER <= SECRET_BYTES * 8; bit += BITS_A_LETTER) {
    guint value = 0;
    for (guint i = bit; i < bit + BITS_A_LETTER; i++)
      value = value << 1 | (random[i / 8] >> (7 - i % 8) & 1U);
    g_string_append_c(secret, LETTERS[value]);
  }
  return g_string_free(secret, FALSE);
}

bool calendar_of_person(struct store *store, int64_t person, int64_t *id, char **secret, GError **error)
{
  *id = 0;
  if (secret) *secret = NULL;
  struct rows rows = db_query(store->db, Q_CALENDAR_OF_PERSON, INT(person));
  if (rows_next(&rows, error)) {
    *id = column_int(&rows, 0);
    if (secret) *secret = column_text(&rows, 1);
  }
  return rows_end(&rows);
}

bool calendar_get(struct store *store, int64_t id, int64_t *person, char **secret, GError **error)
{
  *person = 0;
  *secret = NULL;
  struct rows rows = db_query(store->db, Q_CALENDAR_GET, INT(id));
  if (rows_next(&rows, error)) {
    *person = column_int(&rows, 0);
    *secret = column_text(&rows, 1);
  }
  return rows_end(&rows);
}

bool calendar_give_up(struct store *store, int64_t person, GError **error)
{
  return calendar_mark(store, person, error) && db_run(store->db, Q_CALENDAR_GIVE_UP, error, INT(person));
}

bool calendar_give(struct store *store, int64_t person, int64_t now, GError **error)
{
  g_autofree char *secret = make_secret();
  return calendar_give_up(store, person, error) &&
         db_run(store->db, Q_CALENDAR_PUT, error, INT(person), TEXT(secret), INT(now)) &&
         calendar_mark(store, person, error);
}

/* ---- marks ---- */

bool calendar_mark(struct store *store, int64_t person, GError **error)
{
  int64_t id = 0;
  return calendar_of_person(store, person, &id, NULL, error) &&
         (!id || page_mark(store, "calendar", 0, id, 1, error));
}

bool calendar_mark_party(struct store *store, int64_t party, GError **error)
{
  int64_t id = 0;
  return db_number(store->db, Q_CALENDAR_OF_PARTY, 0, &id, error, INT(party)) &&
         (!id || page_mark(store, "calendar", 0, id, 1, error));
}

bool calendars_mark_event(struct store *store, int64_t event, GError **error)
{
  return pages_mark_by(store, Q_PAGES_MARK_CALENDARS_OF_EVENT, event, error);
}

GArray *calendar_entries(struct store *store, int64_t person, int limit, GError **error)
{
  g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct calendar_entry));
  struct rows rows = db_query(store->db, Q_CALENDAR_ENTRIES, INT(person), INT(limit));
  while (rows_next(&rows, error)) {
    const struct calendar_entry entry = { column_int(&rows, 0), column_int(&rows, 1) };
    g_array_append_val(entries, entry);
  }
  return rows_end(&rows) ? g_steal_pointer(&entries) : NULL;
}
