/* Who has duties of a list: its moderators and keepers; where nobody has, the admins.
 * What somebody may do is looked up when they do it, not when they were asked: who gave up the duty in
 * between decides nothing. */
#include "lists/moderation/private.h"

#include "lists/admin/admins.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

static void official_free(gpointer data)
{
  struct official *official = data;
  g_free(official->address);
  g_free(official);
}

/* Adds somebody once. Takes over the address. */
static void add_once(GPtrArray *officials, int64_t person, char *address)
{
  for (guint i = 0; i < officials->len; i++) {
    const struct official *known = g_ptr_array_index(officials, i);
    if (strcmp(known->address, address) != 0 && (person == 0 || known->person != person)) continue;
    g_free(address);
    return;
  }
  struct official *official = g_new(struct official, 1);
  *official = (struct official){ .person = person, .address = address };
  g_ptr_array_add(officials, official);
}

static bool add_role(struct work *work, GPtrArray *officials, int64_t list, const char *role, GError **error)
{
  g_autoptr(GPtrArray) members = members_with_role(work->store, list, role, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    add_once(officials, member->person, g_strdup(member->address));
  }
  return true;
}

static bool add_admins(struct work *work, GPtrArray *officials, GError **error)
{
  GError *failed = NULL;
  g_autoptr(GPtrArray) admins = admins_of(work, error);
  if (!admins) return false;
  for (guint i = 0; i < admins->len && !failed; i++) {
    const char *address = g_ptr_array_index(admins, i);
    int64_t person = person_find(work->store, address, &failed);
    add_once(officials, person, g_strdup(address));
  }
  return !fault_hand_on(failed, error);
}

GPtrArray *duties_of(struct work *work, const struct list *list, GError **error)
{
  g_autoptr(GPtrArray) officials = g_ptr_array_new_with_free_func(official_free);
  if (list && (!add_role(work, officials, list->id, "moderator", error) ||
               !add_role(work, officials, list->id, "keeper", error)))
    return NULL;
  if (officials->len == 0 && !add_admins(work, officials, error)) return NULL;
  return g_steal_pointer(&officials);
}

bool duties_has(struct work *work, const struct list *list, const struct request *request, bool *has,
                GError **error)
{
  *has = false;
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    *has |= request->person ? official->person == request->person
                            : strcmp(official->address, request->address) == 0;
  }
  return true;
}

char *duties_name(struct work *work, int64_t person, GError **error)
{
  if (!person) return g_strdup("");
  GError *failed = NULL;
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  if (!choice) return NULL;
  g_autofree char *address = person_address(work->store, person, &failed);
  if (!failed) return name_for_members(choice->name, address ? address : "");
  g_propagate_error(error, failed);
  return NULL;
}
