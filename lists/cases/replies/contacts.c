/* Whose mailboxes everybody may know: those that offices have entered. What else a reply says of how somebody
 * is reached is read by lists/understand/answers/official/contacts.c. Called by read.c. */
#include "lists/cases/replies/reply.h"

#include "lists/understand/answers/official/contacts.h"

char *reply_without_contacts(struct case_reply *reply, const char *text, bool *is_doubtful, GError **error)
{
  g_autoptr(GPtrArray) offices = offices_all(reply->work->store, error);
  if (!offices) return NULL;
  g_autoptr(GPtrArray) addresses = g_ptr_array_new();
  for (guint i = 0; i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    for (guint k = 0; k < office->addresses->len; k++)
      g_ptr_array_add(addresses, ((struct office_address *)office->addresses->pdata[k])->address);
  }
  struct official_desks desks = { reply->work->config->domain, reply->author, addresses };
  return official_without_contacts(text, &desks, is_doubtful);
}
