/* Persons and memberships; see people.h.
 *
 * A membership is a row for each span of changes in which it held: what is now has no end; a change ends the
 * row and begins the next one. A letter names the change that it was decided at, so its recipients can still
 * be told when it is expanded later. The counter advances where something really changes, and once for many
 * changes in one transaction, unless somebody has read it in between: a letter decided after one member
 * joined and before the next one is for the first and not for the second. */
#include "lib/store/people/people.h"
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/people/calendars.h"
#include <string.h>

static const char change_name[] = "change";

int64_t person_find(struct store *store, const char *address, GError **error)
{
  int64_t person;
  return db_number(store->db, Q_PERSON_FIND, 0, &person, error, TEXT(address)) ? person : 0;
}

/* A person with their first address. */
static int64_t person_create(struct store *store, const char *address, const char *name, int64_t confirmed,
                             int64_t now, GError **error)
{
  int64_t person;
  if (!db_insert(store->db, Q_PERSON_INSERT, &person, error, TEXT(name), INT(now))) return 0;
  return db_run(store->db, Q_ADDRESS_INSERT, error, TEXT(address), INT(person), ID(confirmed)) ? person : 0;
}

int64_t person_ensure(struct store *store, const char *address, const char *name, int64_t confirmed,
                      int64_t now, GError **error)
{
  int64_t person;
  if (!db_number(store->db, Q_PERSON_FIND, 0, &person, error, TEXT(address))) return 0;
  if (!person) return person_create(store, address, name, confirmed, now, error);
  if (confirmed && !db_run(store->db, Q_ADDRESS_CONFIRM, error, TEXT(address), INT(confirmed))) return 0;
  if (name && *name && !db_run(store->db, Q_PERSON_SET_FIRST_NAME, error, INT(person), TEXT(name))) return 0;
  return person;
}

static void *read_address(const struct rows *rows)
{
  return column_text(rows, 0);
}

char *person_address(struct store *store, int64_t person, GError **error)
{
  return rows_first(db_query(store->db, Q_PERSON_ADDRESS, INT(person)), read_address, error);
}

void member_free(struct member *member)
{
  if (!member) return;
  g_free(member->address);
  g_free(member->name);
  g_free(member->roles);
  g_free(member->delivery);
  g_free(member->state);
  g_free(member->paused_until);
  g_free(member);
}

/* -1 where the list decides. */
static int column_own_copy(const struct rows *rows, int column)
{
  return column_peek(rows, column, NULL) ? (int)column_int(rows, column) : -1;
}

static void *read_member(const struct rows *rows)
{
  struct member *member = g_new0(struct member, 1);
  member->list = column_int(rows, 0);
  member->person = column_int(rows, 1);
  member->address = column_text(rows, 2);
  member->name = column_text(rows, 3);
  member->roles = column_text(rows, 4);
  member->delivery = column_text(rows, 5);
  member->state = column_text(rows, 6);
  member->own_copy = column_own_copy(rows, 7);
  member->since = column_int(rows, 8);
  member->confirmed = column_int(rows, 9);
  member->paused_until = column_text(rows, 10);
  return member;
}

/* The row that holds now, with what only this file needs of it. */
struct present {
  int64_t id, from_change;
  struct member member;
};

static void present_clear(struct present *present)
{
  g_free(present->member.address);
  g_free(present->member.roles);
  g_free(present->member.delivery);
  g_free(present->member.state);
  g_free(present->member.paused_until);
}
typedef struct present present_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(present_t, present_clear)

static bool read_present(struct store *store, int64_t list, int64_t person, struct present *present,
                         GError **error)
{
  struct rows rows = db_query(store->db, Q_MEMBER_NOW, INT(list), INT(person));
  if (rows_next(&rows, error)) {
    present->id = column_int(&rows, 0);
    present->member.address = column_text(&rows, 1);
    present->member.roles = column_text(&rows, 2);
    present->member.delivery = column_text(&rows, 3);
    present->member.state = column_text(&rows, 4);
    present->member.own_copy = column_own_copy(&rows, 5);
    present->member.since = column_int(&rows, 6);
    present->member.confirmed = column_int(&rows, 7);
    present->from_change = column_int(&rows, 8);
    present->member.paused_until = column_text(&rows, 9);
  }
  return rows_end(&rows);
}

static bool is_active(const struct member *member)
{
  return g_strcmp0(member->state, "active") == 0;
}

static bool is_receiving(const struct member *member)
{
  return is_active(member) && g_strcmp0(member->delivery, "each") == 0;
}

static bool is_same(const struct member *a, const struct member *b)
{
  return g_strcmp0(a->address, b->address) == 0 && g_strcmp0(a->roles, b->roles) == 0 &&
         g_strcmp0(a->delivery, b->delivery) == 0 && g_strcmp0(a->state, b->state) == 0 &&
         a->own_copy == b->own_copy && a->since == b->since && a->confirmed == b->confirmed &&
         g_strcmp0(a->paused_until, b->paused_until) == 0;
}

bool people_next_change(struct store *store, int64_t *change, GError **error)
{
  if (!store->change && !db_number(store->db, Q_SETTING_ADVANCE, 0, &store->change, error, TEXT(change_name)))
    return false;
  *change = store->change;
  return true;
}

/* NULL is "as the list says". */
static struct value own_copy_value(const struct member *member)
{
  return member->own_copy < 0 ? value_id(0) : INT(member->own_copy != 0);
}

/* Ends the row that held, unless it began in this very change, and begins the new one. */
static bool write_membership(struct store *store, const struct member *member, const struct present *before,
                             GError **error)
{
  int64_t change;
  if (!people_next_change(store, &change, error)) return false;
  if (before->id && before->from_change == change)
    return db_run(store->db, Q_MEMBER_REWRITE, error, INT(before->id), TEXT(member->address),
                  TEXT(member->roles), TEXT(member->delivery), TEXT(member->state), own_copy_value(member),
                  INT(member->since), ID(member->confirmed), TEXT(member->paused_until));
  if (before->id && !db_run(store->db, Q_MEMBER_END, error, INT(before->id), INT(change))) return false;
  return db_run(store->db, Q_MEMBER_INSERT, error, INT(member->list), INT(member->person),
                TEXT(member->address), TEXT(member->roles), TEXT(member->delivery), TEXT(member->state),
                own_copy_value(member), INT(member->since), ID(member->confirmed), INT(change),
                TEXT(member->paused_until));
}

/* What a caller left out, as the schema has it. */
static void set_default(char **text, const char *value)
{
  if (*text && **text) return;
  g_free(*text);
  *text = g_strdup(value);
}

/* Fills in what the caller left open: the person, words, since when. Who comes back after leaving begins
 * anew. */
static bool complete(struct store *store, struct member *member, int64_t now, GError **error)
{
  set_default(&member->roles, "member");
  set_default(&member->delivery, "each");
  set_default(&member->state, "active");
  if (!member->paused_until || strcmp(member->state, "paused") != 0) {
    g_free(member->paused_until);
    member->paused_until = g_strdup("");
  }
  if (!member->person &&
      !(member->person = person_ensure(store, member->address, member->name, member->confirmed, now, error)))
    return false;
  if (member->address && *member->address) return true;
  g_free(member->address);
  member->address = person_address(store, member->person, error);
  return member->address || (error && *error) || fault_set(error, FAULT_INPUT, "The member has no address");
}

bool member_put(struct store *store, struct member *member, int64_t now, GError **error)
{
  g_auto(present_t) before = { 0 };
  if (!complete(store, member, now, error) ||
      !read_present(store, member->list, member->person, &before, error))
    return false;
  bool was_gone = before.id && g_strcmp0(before.member.state, "left") == 0;
  if (!member->since) member->since = before.id && !was_gone ? before.member.since : now;
  if (member->name && *member->name &&
      !db_run(store->db, Q_PERSON_SET_NAME, error, INT(member->person), TEXT(member->name)))
    return false;
  if (before.id && is_same(member, &before.member)) return true;
  int more = is_active(member) - (before.id && is_active(&before.member));
  int more_receiving = is_receiving(member) - (before.id && is_receiving(&before.member));
  if (!write_membership(store, member, &before, error)) return false;
  return (more == 0 && more_receiving == 0) ||
         db_run(store->db, Q_LIST_COUNT_MEMBERS, error, INT(member->list), INT(more), INT(more_receiving));
}

bool member_put_many(struct store *store, GPtrArray *members, int64_t now, GError **error)
{
  for (guint i = 0; i < members->len; i++)
    if (!member_put(store, members->pdata[i], now, error)) return false;
  return true;
}

/* Whoever belongs to no list any more has no calendar of their own any more; else it holds less. */
static bool let_calendar_go(struct store *store, int64_t person, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(store, person, error);
  if (!members) return false;
  return members->len > 0 ? calendar_mark(store, person, error) : calendar_give_up(store, person, error);
}

bool member_remove(struct store *store, int64_t list, int64_t person, int64_t now, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(member_t) member = member_find(store, list, person, &local);
  if (local) {
    g_propagate_error(error, g_steal_pointer(&local));
    return false;
  }
  if (!member) return fault_set(error, FAULT_NO_ADDRESS, "This person is no member of the list");
  g_free(member->state);
  member->state = g_strdup("left");
  return member_put(store, member, now, error) && let_calendar_go(store, person, error);
}

struct member *member_find(struct store *store, int64_t list, int64_t person, GError **error)
{
  return rows_first(db_query(store->db, Q_MEMBER_FIND, INT(list), INT(person)), read_member, error);
}

bool member_has_role(const struct member *member, const char *role)
{
  g_auto(GStrv) roles = g_strsplit(member->roles ? member->roles : "", ",", -1);
  return g_strv_contains((const char *const *)roles, role);
}

GPtrArray *members_page(struct store *store, int64_t list, int64_t after, int limit, bool with_left,
                        GError **error)
{
  return rows_collect(db_query(store->db, Q_MEMBERS_PAGE, INT(list), INT(after), INT(limit), INT(with_left)),
                      read_member, (GDestroyNotify)member_free, error);
}

/* Those with duties are few and have an index of their own. */
GPtrArray *members_with_role(struct store *store, int64_t list, const char *role, GError **error)
{
  enum query query = g_str_equal(role, "member") ? Q_MEMBERS_PLAIN : Q_MEMBERS_WITH_DUTY;
  return rows_collect(db_query(store->db, query, INT(list), TEXT(role)), read_member,
                      (GDestroyNotify)member_free, error);
}

int64_t members_receiving(struct store *store, int64_t list, GError **error)
{
  int64_t count;
  return db_number(store->db, Q_LIST_RECEIVING, 0, &count, error, INT(list)) ? count : -1;
}

/* Whoever reads the counter may decide a letter by it: the next membership to change belongs to a later
 * change. */
int64_t members_change(struct store *store, GError **error)
{
  int64_t change;
  store->change = 0;
  return db_number(store->db, Q_SETTING_NUMBER, 0, &change, error, TEXT(change_name)) ? change : -1;
}

GPtrArray *person_memberships(struct store *store, int64_t person, GError **error)
{
  return rows_collect(db_query(store->db, Q_PERSON_MEMBERSHIPS, INT(person)), read_member,
                      (GDestroyNotify)member_free, error);
}

GPtrArray *members_to_resume(struct store *store, const char *today, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_MEMBERS_TO_RESUME, TEXT(today), INT(limit)), read_member,
                      (GDestroyNotify)member_free, error);
}
