/* "Are you still there?" An address whose memberships pause is asked after three days, and then weekly. A
 * question that comes back changes nothing; after the third the person is taken off, and the moderators are
 * told. One that does not come back within its week has arrived: the memberships wake up. Any answer does so
 * at once. */
#include "lists/bounces/inside.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"

#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, STEP_DAYS = 7, PROBES_MAX = 3 };

const char still_there_purpose[] = "still_there";

/* Asks once more; without a letter (the address is suppressed) it is as if it had come back. */
static bool ask(struct work *work, struct bounce *bounce, GError **error)
{
  bool asked = false;
  g_autoptr(GPtrArray) members = person_memberships(work->store, bounce->person, error);
  if (!members) return false;
  g_autoptr(value_t) values = value_new();
  const struct list *first = NULL;
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(work->lists, member->list);
    if (!list || strcmp(member->state, "bouncing") != 0) continue;
    value_set_text(value_append(values, "lists"), "title", list->title);
    if (!first) first = list;
  }
  if (!first) return bounce_remove(work->store, bounce->person, bounce->address, error);
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = still_there_purpose,
                                            .list = first,
                                            .person = bounce->person,
                                            .address = bounce->address,
                                            .object = bounce->person,
                                            .values = values },
                    &asked, error))
    return false;
  bounce->probes++;
  if (!asked) bounce->returned = bounce->probes;
  bounce->due = work->now + (int64_t)STEP_DAYS * DAY_SECONDS;
  return bounce_put(work->store, bounce, error);
}

/* The last question is over, however it went. */
static bool close_questions(struct work *work, int64_t person, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, still_there_purpose, person, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    bool is_first = false;
    const struct request *request = g_ptr_array_index(open, i);
    if (!request_end(work->store, request->id, "settled", work->now, "", &is_first, error)) return false;
  }
  return true;
}

/* Tells the moderators of a list that somebody was taken off; the operator where there are none. */
static bool tell_moderators(struct work *work, const struct list *list, const struct member *gone,
                            GError **error)
{
  g_autoptr(GPtrArray) moderators = members_with_role(work->store, list->id, "moderator", error);
  if (!moderators) return false;
  g_autofree char *name = name_for_members(gone->name, gone->address);
  for (guint i = 0; i < MAX(moderators->len, 1); i++) {
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "name", name);
    value_set_text(values, "address", gone->address);
    const struct member *to = moderators->len ? g_ptr_array_index(moderators, i) : NULL;
    bool is_told = to ? letters_send(work,
                                     &(struct letter_out){ .purpose = "bounce_removed",
                                                           .list = list,
                                                           .address = to->address,
                                                           .person = to->person,
                                                           .values = values },
                                     error)
                      : operator_tell(work, "bounce_removed", list, values, error);
    if (!is_told) return false;
  }
  return true;
}

/* Nobody is there: off all the lists whose copies went to this address. */
static bool take_off(struct work *work, const struct bounce *bounce, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(work->store, bounce->person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(work->lists, member->list);
    if (strcmp(member->state, "bouncing") != 0 || strcmp(member->address, bounce->address) != 0) continue;
    if (!member_remove(work->store, member->list, member->person, work->now, error)) return false;
    if (list && !tell_moderators(work, list, member, error)) return false;
  }
  return bounce_remove(work->store, bounce->person, bounce->address, error) &&
         close_questions(work, bounce->person, error);
}

bool still_there_step(struct work *work, struct bounce *bounce, GError **error)
{
  if (!bounce->paused) {
    bounce->due = 0;
    return bounce_put(work->store, bounce, error);
  }
  if (bounce->returned < bounce->probes) return bounce_resume(work, bounce->person, NULL, error);
  if (bounce->probes >= PROBES_MAX) return take_off(work, bounce, error);
  return close_questions(work, bounce->person, error) && ask(work, bounce, error);
}

bool still_there_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                        struct decision *decision, GError **error)
{
  bool is_yes = !answer_is_no(arrival);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "Somebody is there; their copies go out again." : "Their copies stay paused.");
  return !is_yes || bounce_resume(work, answering->request->person, arrival->mail->message_id, error);
}
