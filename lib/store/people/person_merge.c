/* Two persons who are one; see people.h. Somebody wrote from two addresses before we knew that both are
 * theirs. The one that stays keeps its settings; where only the other was a member, that membership goes on
 * with its address, so mails come where they came. What was signed with the old number stays good: person_now
 * says whom it means. */
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/people.h"

#include <string.h>

/* Roles of both, each once: "member,moderator". */
static char *both_roles(const char *a, const char *b)
{
  g_auto(GStrv) more = g_strsplit(b, ",", -1);
  GString *roles = g_string_new(a);
  g_auto(GStrv) own = g_strsplit(a, ",", -1);
  for (char **role = more; *role; role++)
    if (**role && !g_strv_contains((const char *const *)own, *role))
      g_string_append_printf(roles, "%s%s", roles->len ? "," : "", *role);
  return g_string_free(roles, FALSE);
}

/* One membership of the person that goes becomes one of the person that stays. */
static bool take_over(struct store *store, struct member *old, int64_t into, int64_t now, GError **error)
{
  GError *failed = NULL;
  g_autoptr(member_t) own = member_find(store, old->list, into, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!member_remove(store, old->list, old->person, now, error)) return false;
  if (own) {
    char *roles = both_roles(own->roles, old->roles);
    g_free(own->roles);
    own->roles = roles;
    return member_put(store, own, now, error);
  }
  old->person = into;
  return member_put(store, old, now, error);
}

bool person_merge(struct store *store, int64_t from, int64_t into, int64_t now, GError **error)
{
  if (from == into) return true;
  g_autoptr(GPtrArray) members = person_memberships(store, from, error);
  if (!members || !db_run(store->db, Q_ADDRESS_MOVE_ALL, error, INT(from), INT(into))) return false;
  for (guint i = 0; i < members->len; i++)
    if (!take_over(store, members->pdata[i], into, now, error)) return false;
  return calendar_give_up(store, from, error) && calendar_mark(store, into, error) &&
         db_run(store->db, Q_PERSON_TAKE_NAME, error, INT(from), INT(into)) &&
         db_run(store->db, Q_MUTED_MOVE, error, INT(from), INT(into)) &&
         db_run(store->db, Q_MUTED_FORGET_PERSON, error, INT(from)) &&
         db_run(store->db, Q_EVENT_PARTIES_CHANGE_PERSON, error, INT(from), INT(into)) &&
         db_run(store->db, Q_MERGED_REPOINT, error, INT(from), INT(into)) &&
         db_run(store->db, Q_MERGED_PUT, error, INT(from), INT(into));
}

int person_move_messages(struct store *store, int limit, GError **error)
{
  int64_t from = 0, into = 0;
  struct rows rows = db_query(store->db, Q_MERGED_NEXT);
  if (rows_next(&rows, error)) {
    from = column_int(&rows, 0);
    into = column_int(&rows, 1);
  }
  if (!rows_end(&rows)) return -1;
  if (!from) return 0;
  if (!db_run(store->db, Q_MESSAGES_CHANGE_PERSON, error, INT(from), INT(into), INT(limit))) return -1;
  int moved = db_changes(store->db);
  if (moved == limit) return moved;
  bool done = db_run(store->db, Q_MERGED_DONE, error, INT(from)) &&
              db_run(store->db, Q_RENAMED_PUT, error, INT(into));
  return done ? moved + 1 : -1;
}

bool person_now(struct store *store, int64_t *person, GError **error)
{
  int64_t into = 0;
  if (*person && !db_number(store->db, Q_MERGED_INTO, 0, &into, error, INT(*person))) return false;
  if (into) *person = into;
  return true;
}
