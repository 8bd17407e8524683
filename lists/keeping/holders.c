/* Who moderates or keeps a list: addresses in a line. A role hangs on an address that somebody confirmed, so
 * members get it at once, and a letter that says so; who is none is asked whether they want to, and becomes a
 * member with a plain yes. Fewer names may be written: then the others have the role no longer, unless
 * everybody in the line has still to be asked. */
#include "lists/keeping/holders.h"

#include "lists/keeping/keep.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { HOLDERS_MAX = 20 };

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
  GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) words = g_strsplit_set(line, " ,;<>()\t\"", 200);
  for (char **word = words; *word && addresses->len < HOLDERS_MAX; word++) {
    char *text = g_str_has_prefix(*word, "mailto:") ? *word + strlen("mailto:") : *word;
    g_autofree char *address = strchr(text, '@') ? address_normalise(text) : NULL;
    if (address && !g_ptr_array_find_with_equal_func(addresses, address, g_str_equal, NULL))
      g_ptr_array_add(addresses, g_steal_pointer(&address));
  }
  return addresses;
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

/* One address of the line: a member, somebody who has the role already, or somebody who is asked. */
static bool add(struct work *work, const struct holders_change *change, const char *address, GError **error)
{
  struct member *found = NULL;
  if (!sender_membership(work, change->list->id, address, &found, error)) return false;
  g_autoptr(member_t) member = found;
  bool is_member = member && strcmp(member->state, "pending") != 0;
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

/* Who is not named has the role no more: at once, with whatever they were asked before. */
static bool remove_others(struct work *work, const struct holders_change *change, const GPtrArray *addresses,
                          GError **error)
{
  const char *held_as = change->role->held_as;
  g_autoptr(GPtrArray) before = members_with_role(work->store, change->list->id, held_as, error);
  if (!before) return false;
  for (guint i = 0; i < before->len; i++) {
    struct member *member = g_ptr_array_index(before, i);
    bool stays = false;
    if (!is_named(work, addresses, member, &stays, error)) return false;
    if (stays) continue;
    if (!member_set_role(work, member, held_as, false, error) ||
        !duty_tell(work, "duty_ends", change->list, change->role, member->address, member->person, error))
      return false;
  }
  return true;
}

bool holders_change(struct work *work, const struct holders_change *change, GError **error)
{
  g_autoptr(GPtrArray) addresses = holders_addresses(change->line);
  bool is_nobody = !*change->line, may_remove = false;
  if (addresses->len == 0 && !is_nobody) return true;
  if (!has_member(work, change->list, addresses, &may_remove, error)) return false;
  if ((may_remove || is_nobody) && !remove_others(work, change, addresses, error)) return false;
  for (guint i = 0; i < addresses->len; i++)
    if (!add(work, change, g_ptr_array_index(addresses, i), error)) return false;
  return true;
}
