/* Who moderates or keeps a list: addresses in a line. A role hangs on an address that somebody confirmed, so
 * members get it at once, and a letter that says so; who is none is asked whether they want to, and becomes a
 * member with a plain yes. Fewer names may be written: then the others have the role no longer, unless
 * everybody in the line has still to be asked.
 *
 * What surprised us: a line was read up to twenty addresses, and whoever stood behind them lost the role. So
 * a line that is longer than we read takes nothing from anybody. */
#include "lists/keeping/holders.h"

#include "lists/keeping/keep.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/people/people.h"

#include <string.h>

/* Addresses of a line that are read; of those that have to be asked, how many are. */
enum { HOLDERS_MAX = 500, ASKED_MAX = 20 };

char *holders_line(struct work *work, const struct list *list, const char *held_as, GError **error)
{
  g_autoptr(GPtrArray) members = members_with_role(work->store, list->id, held_as, error);
  if (!members) return NULL;
  GString *line = g_string_new(NULL);
  for (guint i = 0; i < members->len; i++)
    g_string_append_printf(line, "%s%s", i ? ", " : "",
                           ((struct member *)g_ptr_array_index(members, i))->address);
  return g_string_free(line, FALSE);
}

GPtrArray *holders_addresses(const char *line)
{
  return addresses_in(line, HOLDERS_MAX);
}

/* The roles with or without one of them. Caller frees. */
static char *roles_with(const char *words_of, const char *role, bool is_wanted)
{
  g_auto(GStrv) words = g_strsplit(words_of, ",", -1);
  g_autoptr(GString) changed = g_string_new(NULL);
  for (char **word = words; *word; word++)
    if (**word && strcmp(*word, role) != 0)
      g_string_append_printf(changed, "%s%s", changed->len ? "," : "", *word);
  if (is_wanted) g_string_append_printf(changed, "%s%s", changed->len ? "," : "", role);
  return g_string_free(g_steal_pointer(&changed), FALSE);
}

bool member_set_role(struct work *work, struct member *member, const char *role, bool is_wanted,
                     GError **error)
{
  char *changed = roles_with(member->roles, role, is_wanted);
  g_free(member->roles);
  member->roles = changed;
  return member_put(work->store, member, work->now, error);
}

/* One address of the line: a member, somebody who has the role already, or somebody who is asked, where
 * *may_ask people may be asked yet. */
static bool add(struct work *work, const struct holders_change *change, const char *address, guint *may_ask,
                GError **error)
{
  struct member *found = NULL;
  if (!sender_membership(work, change->list->id, address, &found, error)) return false;
  g_autoptr(member_t) member = found;
  bool is_member = member && strcmp(member->state, "pending") != 0;
  if (!is_member && *may_ask == 0) return true;
  if (!is_member) (*may_ask)--;
  if (!is_member) return duty_ask(work, change->list, change->role, address, NULL, change->values, error);
  if (member_has_role(member, change->role->held_as)) return true;
  return member_set_role(work, member, change->role->held_as, true, error) &&
         duty_tell(work, "duty_begins", change->list, change->role, member->address, member->person, error);
}

/* Is one of the addresses a member's, so that somebody has the role when the others do not? *has says so. */
static bool has_member(struct work *work, const struct list *list, const GPtrArray *addresses, bool *has,
                       GError **error)
{
  *has = false;
  for (guint i = 0; i < addresses->len && !*has; i++) {
    struct member *found = NULL;
    if (!sender_membership(work, list->id, g_ptr_array_index(addresses, i), &found, error)) return false;
    *has = found && strcmp(found->state, "active") == 0;
    member_free(found);
  }
  return true;
}

/* Does one of the addresses belong to this member? *is says so. */
static bool is_named(struct work *work, const GPtrArray *addresses, const struct member *member, bool *is,
                     GError **error)
{
  GError *failed = NULL;
  *is = false;
  for (guint i = 0; i < addresses->len && !*is && !failed; i++) {
    const char *address = g_ptr_array_index(addresses, i);
    *is =
        strcmp(address, member->address) == 0 || person_find(work->store, address, &failed) == member->person;
  }
  return !fault_hand_on(failed, error);
}

/* Takes the role from those whom the addresses name, or from all whom they do not: at once, with whatever
 * they were asked before. */
static bool take(struct work *work, const struct holders_change *change, const GPtrArray *addresses,
                 bool from_named, GError **error)
{
  const char *held_as = change->role->held_as;
  g_autoptr(GPtrArray) before = members_with_role(work->store, change->list->id, held_as, error);
  if (!before) return false;
  for (guint i = 0; i < before->len; i++) {
    struct member *member = g_ptr_array_index(before, i);
    bool is_one = false;
    if (!is_named(work, addresses, member, &is_one, error)) return false;
    if (is_one != from_named) continue;
    if (!member_set_role(work, member, held_as, false, error) ||
        !duty_tell(work, "duty_ends", change->list, change->role, member->address, member->person, error))
      return false;
  }
  return true;
}

bool holders_change(struct work *work, const struct holders_change *change, GError **error)
{
  g_autoptr(GPtrArray) addresses = holders_addresses(change->line);
  bool is_nobody = !*change->line, is_cut = addresses->len == HOLDERS_MAX, may_remove = false;
  guint may_ask = ASKED_MAX;
  if (addresses->len == 0 && !is_nobody) return true;
  if (!has_member(work, change->list, addresses, &may_remove, error)) return false;
  if (((may_remove && !is_cut) || is_nobody) && !take(work, change, addresses, false, error)) return false;
  for (guint i = 0; i < addresses->len; i++)
    if (!add(work, change, g_ptr_array_index(addresses, i), &may_ask, error)) return false;
  return true;
}

bool holders_change_one(struct work *work, const struct holders_change *change, bool is_given, GError **error)
{
  g_autoptr(GPtrArray) addresses = holders_addresses(change->line);
  guint may_ask = 1;
  if (addresses->len != 1) return true;
  return is_given ? add(work, change, g_ptr_array_index(addresses, 0), &may_ask, error)
                  : take(work, change, addresses, true, error);
}

bool holders_has(struct work *work, const struct list *list, const char *held_as, const char *address,
                 bool *has, GError **error)
{
  g_autoptr(GPtrArray) members = members_with_role(work->store, list->id, held_as, error);
  g_autoptr(GPtrArray) addresses = holders_addresses(address);
  *has = false;
  for (guint i = 0; members && i < members->len && !*has; i++)
    if (!is_named(work, addresses, g_ptr_array_index(members, i), has, error)) return false;
  return members != NULL;
}
