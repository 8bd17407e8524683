/* Pauses end by themselves, on the day after the last one named. */
#include "lists/members/members.h"

#include "lib/store/people/people.h"

int members_resume(struct work *work, const char *today, GError **error)
{
  enum { AT_ONCE = 50 };
  g_autoptr(GPtrArray) members = members_to_resume(work->store, today, AT_ONCE, error);
  if (!members) return -1;
  for (guint i = 0; i < members->len; i++) {
    struct member *member = g_ptr_array_index(members, i);
    g_free(member->state);
    member->state = g_strdup("active");
    if (!member_put(work->store, member, work->now, error)) return -1;
  }
  return (int)members->len;
}
