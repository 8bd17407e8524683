/* Admins; see admins.h. The role hangs on an address, and belongs to the person whose address it is. What an
 * admin may do is looked up when they do it: who is none any more decides nothing, whatever they were asked
 * before. The one of the configuration stays: who may edit that file may do everything anyway. */
#include "lists/admin/admins.h"

#include "lists/forward.h"
#include "lists/keeping/holders.h"
#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/store/people/admins.h"
#include "lib/store/people/people.h"

#include <string.h>

static char *first_of(const struct work *work)
{
  return forward_admin_address(work->config, work->book, work->keys, work->now);
}

static bool is_ours(const struct work *work, const char *address)
{
  return addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
}

static bool has_address(const GPtrArray *addresses, const char *address)
{
  return g_ptr_array_find_with_equal_func((GPtrArray *)addresses, address, g_str_equal, NULL);
}

GPtrArray *admins_of(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) further = admins_all(work->store, error);
  if (!further) return NULL;
  GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
  char *first = first_of(work);
  if (first) g_ptr_array_add(all, first);
  for (guint i = 0; i < further->len; i++) {
    const struct admin *admin = g_ptr_array_index(further, i);
    if (!has_address(all, admin->address) && !is_ours(work, admin->address))
      g_ptr_array_add(all, g_strdup(admin->address));
  }
  return all;
}

bool admins_has(struct work *work, const char *address, int64_t person, bool *has, GError **error)
{
  GError *failed = NULL;
  *has = false;
  g_autoptr(GPtrArray) all = admins_of(work, error);
  if (!all) return false;
  *has = address && has_address(all, address);
  for (guint i = 0; i < all->len && person && !*has && !failed; i++)
    *has = person_find(work->store, g_ptr_array_index(all, i), &failed) == person && !failed;
  return !fault_hand_on(failed, error);
}

char *admins_line(struct work *work, GError **error)
{
  g_autofree char *first = first_of(work);
  g_autoptr(GPtrArray) all = admins_of(work, error);
  if (!all) return NULL;
  GString *line = g_string_new(NULL);
  for (guint i = first ? 1 : 0; i < all->len; i++)
    g_string_append_printf(line, "%s%s", line->len ? ", " : "", (char *)g_ptr_array_index(all, i));
  return g_string_free(line, FALSE);
}

/* All admins but one learn who is an admin now, or is none any more. */
static bool tell_others(struct work *work, const char *address, bool is_one, GError **error)
{
  g_autoptr(GPtrArray) all = admins_of(work, error);
  if (!all) return false;
  for (guint i = 0; i < all->len; i++) {
    const char *other = g_ptr_array_index(all, i);
    if (strcmp(other, address) == 0) continue;
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "address", address);
    value_set_flag(values, "begins", is_one);
    if (!letters_send(
            work, &(struct letter_out){ .purpose = "admin_news", .address = other, .values = values }, error))
      return false;
  }
  return true;
}

bool admins_enter(struct work *work, const char *address, GError **error)
{
  return admin_put(work->store, address, work->now, error) &&
         duty_tell(work, "duty_begins", NULL, role_find("admin"), address, 0, error) &&
         tell_others(work, address, true, error);
}

/* One of them is an admin no longer. */
static bool remove_one(struct work *work, const char *address, GError **error)
{
  return admin_remove(work->store, address, NULL, error) &&
         duty_tell(work, "duty_ends", NULL, role_find("admin"), address, 0, error) &&
         tell_others(work, address, false, error);
}

/* The addresses named, or those that are not, are admins no longer; the last one stays. */
static bool take(struct work *work, const GPtrArray *addresses, bool from_named, bool *is_kept,
                 GError **error)
{
  g_autofree char *first = first_of(work);
  g_autoptr(GPtrArray) all = admins_of(work, error);
  if (!all) return false;
  guint left = all->len;
  for (guint i = 0; i < all->len; i++) {
    const char *address = g_ptr_array_index(all, i);
    if (has_address(addresses, address) != from_named || g_strcmp0(first, address) == 0) continue;
    if (left == 1) {
      *is_kept = true;
      return true;
    }
    left--;
    if (!remove_one(work, address, error)) return false;
  }
  return true;
}

/* Who is none yet is asked. */
static bool ask(struct work *work, const char *by, const GPtrArray *addresses, struct value *values,
                GError **error)
{
  enum { ASKED_MAX = 20 };
  guint asked = 0;
  g_autoptr(GPtrArray) all = admins_of(work, error);
  if (!all) return false;
  for (guint i = 0; i < addresses->len && asked < ASKED_MAX; i++) {
    const char *address = g_ptr_array_index(addresses, i);
    if (has_address(all, address) || is_ours(work, address)) continue;
    if (!duty_ask(work, NULL, role_find("admin"), address, by, values, error)) return false;
    asked++;
  }
  return true;
}

bool admins_change(struct work *work, const char *by, const char *line, struct value *values, bool *is_kept,
                   GError **error)
{
  g_autoptr(GPtrArray) wanted = holders_addresses(line);
  return take(work, wanted, false, is_kept, error) && ask(work, by, wanted, values, error);
}

bool admins_change_one(struct work *work, const char *by, const char *address, bool is_given,
                       struct value *values, bool *is_kept, GError **error)
{
  g_autoptr(GPtrArray) one = holders_addresses(address);
  return is_given ? ask(work, by, one, values, error) : take(work, one, true, is_kept, error);
}
