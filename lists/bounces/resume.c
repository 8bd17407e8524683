/* Waking up: memberships that paused because letters came back get their copies again, all at once, and a
 * letter says so, since mails of the time between are missing. */
#include "lists/bounces/inside.h"
#include "lists/cases/cases.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/store/requests.h"

#include <string.h>

/* Wakes the memberships; *address gets where their copies go (owned; NULL: there was none to wake). */
static bool wake(struct work *work, int64_t person, struct value *values, char **address, GError **error)
{
  *address = NULL;
  g_autoptr(GPtrArray) members = person_memberships(work->store, person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    struct member *member = g_ptr_array_index(members, i);
    if (strcmp(member->state, "bouncing") != 0) continue;
    const struct list *list = list_cache_by_id(work->lists, member->list);
    g_free(member->state);
    member->state = g_strdup("active");
    if (!member_put(work->store, member, work->now, error)) return false;
    if (list) value_set_text(value_append(values, "lists"), "title", list->title);
    if (!*address) *address = g_strdup(member->address);
  }
  return true;
}

/* Nothing is held against the person's addresses any more. */
static bool forget(struct work *work, int64_t person, const GPtrArray *bounces, GError **error)
{
  for (guint i = 0; i < bounces->len; i++) {
    const struct bounce *bounce = g_ptr_array_index(bounces, i);
    if (bounce->paused && !bounce_remove(work->store, person, bounce->address, error)) return false;
  }
  g_autoptr(GPtrArray) open = requests_about(work->store, still_there_purpose, person, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    bool is_first = false;
    const struct request *request = g_ptr_array_index(open, i);
    if (!request_end(work->store, request->id, "settled", work->now, "", &is_first, error)) return false;
  }
  return true;
}

bool bounce_resume(struct work *work, int64_t person, const char *in_reply_to, GError **error)
{
  g_autoptr(GPtrArray) bounces = bounces_of_person(work->store, person, error);
  if (!bounces) return false;
  bool is_paused = false;
  for (guint i = 0; i < bounces->len; i++)
    is_paused |= ((const struct bounce *)g_ptr_array_index(bounces, i))->paused != 0;
  if (!is_paused) return true;
  g_autoptr(value_t) values = value_new();
  g_autofree char *address = NULL;
  if (!wake(work, person, values, &address, error) || !forget(work, person, bounces, error)) return false;
  return !address || letters_send(work,
                                  &(struct letter_out){ .purpose = "bounce_resumed",
                                                        .address = address,
                                                        .person = person,
                                                        .values = values,
                                                        .in_reply_to = in_reply_to,
                                                        .is_answer = in_reply_to != NULL },
                                  error);
}

bool bounces_hear(struct work *work, const struct mail *mail, GError **error)
{
  if (mail->robot != MAIL_HUMAN || !mail->auth.is_authenticated) return true;
  GError *failed = NULL;
  g_autofree char *address = address_normalise(mail_actor(mail)->address);
  int64_t person = address ? person_find(work->store, address, &failed) : 0;
  if (fault_hand_on(failed, error)) return false;
  if (address && !cases_mailbox_heard(work, address, error)) return false;
  return !person || bounce_resume(work, person, mail->message_id, error);
}
