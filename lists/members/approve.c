/* Lists that let people in by approval: after the address is confirmed, whoever has duties of the list is
 * asked (else the admin), and the first answer counts; the others' questions are settled. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/duties.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

bool join_ask_moderators(struct work *work, const struct list *list, const char *address, const char *name,
                         GError **error)
{
  int64_t person = person_ensure(work->store, address, name, work->now, work->now, error);
  if (!person) return false;
  struct member pending = { .list = list->id, .person = person, .own_copy = -1, .confirmed = work->now };
  pending.address = g_strdup(address);
  pending.state = g_strdup("pending");
  bool is_put = member_put(work->store, &pending, work->now, error);
  g_free(pending.address), g_free(pending.state), g_free(pending.roles), g_free(pending.delivery);
  g_free(pending.paused_until);
  if (!is_put) return false;
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  for (guint i = 0; i < officials->len; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    g_autofree char *shown = name_for_members(name, address);
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "name", shown);
    value_set_text(values, "address", address);
    if (!requests_ask(work,
                      &(struct question_out){ .purpose = "approve",
                                              .list = list,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = person,
                                              .values = values },
                      NULL, error))
      return false;
  }
  return true;
}

/* The other moderators' questions about the same person are settled. */
static bool settle_others(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "approve", request->object, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *other = g_ptr_array_index(open, i);
    bool is_first = false;
    if (other->list == request->list &&
        !request_end(work->store, other->id, "settled", work->now, "", &is_first, error))
      return false;
  }
  return true;
}

/* Somebody is not let in: told so, and forgotten. */
static bool refuse(struct work *work, const struct list *list, const struct member *member, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return member_remove(work->store, list->id, member->person, work->now, error) &&
         letters_send(work,
                      &(struct letter_out){ .purpose = "join_refused",
                                            .list = list,
                                            .address = member->address,
                                            .person = member->person,
                                            .values = values,
                                            .is_answer = true },
                      error);
}

bool approve_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum moderation said = arrival->understanding->meaning->decision;
  if (said != MODERATION_APPROVE && said != MODERATION_REJECT) {
    g_string_assign(decision->reason, "The moderator has not decided yet.");
    return true;
  }
  GError *failed = NULL;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  g_autoptr(member_t) member = list ? member_find(work->store, list->id, request->object, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  bool is_yes = said == MODERATION_APPROVE, has_duty = false;
  if (list && !duties_has(work, list, request, &has_duty, error)) return false;
  if (!has_duty) {
    g_string_assign(decision->reason, "Who answers has no duties of the list any more.");
    return requests_end(work, arrival, request, "settled", error);
  }
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error) ||
      !settle_others(work, request, error))
    return false;
  g_string_assign(decision->reason,
                  is_yes ? "A moderator lets somebody in." : "A moderator does not let somebody in.");
  if (!member || strcmp(member->state, "pending") != 0) return true;
  return is_yes ? join_enter(work, list, member->address, "", NULL, error)
                : refuse(work, list, member, error);
}
