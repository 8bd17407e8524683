/* "Möchten Sie …?": a role is offered in a letter, and taken with a plain yes from that very address, proven.
 * Whoever is asked becomes a member of the list, where it has members. An admin who was asked by somebody who
 * is none any more becomes none. */
#include "lists/keeping/holders.h"

#include "lists/admin/admins.h"
#include "lists/keeping/keep.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"

#include <string.h>

bool duty_ask(struct work *work, const struct list *list, const struct role *role, const char *address,
              const char *by, struct value *values, GError **error)
{
  g_autoptr(value_t) own = value_new();
  role_set_flag(own, role);
  if (values) value_append_text(values, "asked", address);
  g_autofree char *details = g_strdup_printf("role=%s\nby=%s", role->word, by ? by : "");
  return requests_ask(work,
                      &(struct question_out){ .purpose = "duty",
                                              .list = list,
                                              .address = address,
                                              .object = role - roles,
                                              .details = details,
                                              .values = own },
                      NULL, error);
}

bool duty_tell(struct work *work, const char *letter, const struct list *list, const struct role *role,
               const char *address, int64_t person, GError **error)
{
  g_autoptr(value_t) values = value_new();
  role_set_flag(values, role);
  return letters_send(
      work,
      &(struct letter_out){
          .purpose = letter, .list = list, .address = address, .person = person, .values = values },
      error);
}

/* A member of a list that people do not join: nobody greets them. */
static bool enter_quietly(struct work *work, const struct list *list, const char *address, GError **error)
{
  int64_t person = person_ensure(work->store, address, "", work->now, work->now, error);
  if (!person) return false;
  struct member member = { .list = list->id, .person = person, .own_copy = -1, .confirmed = work->now };
  member.address = g_strdup(address);
  member.roles = g_strdup("member");
  bool is_done = member_put(work->store, &member, work->now, error);
  g_free(member.address), g_free(member.roles), g_free(member.delivery), g_free(member.state);
  g_free(member.paused_until);
  return is_done;
}

static bool enter(struct work *work, const struct list *list, const char *address,
                  const struct arrival *arrival, GError **error)
{
  const struct kind *kind = kind_find(list->kind);
  return kind && kind->has_members ? join_enter(work, list, address, "", arrival->mail->message_id, error)
                                   : enter_quietly(work, list, address, error);
}

/* Gives a role of a list, with a membership where there is none. */
static bool give(struct work *work, const struct list *list, const struct role *role, const char *address,
                 const struct arrival *arrival, GError **error)
{
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  g_autoptr(member_t) member = person && !failed ? member_find(work->store, list->id, person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!member || strcmp(member->state, "pending") == 0) {
    if (!enter(work, list, address, arrival, error)) return false;
    g_clear_pointer(&member, member_free);
    person = person_find(work->store, address, &failed);
    if (!failed) member = member_find(work->store, list->id, person, &failed);
    if (fault_hand_on(failed, error)) return false;
  }
  return !member || member_set_role(work, member, role->held_as, true, error);
}

/* Is the role still there to be taken? */
static bool is_offered(struct work *work, const struct request *request, const struct role *role,
                       const struct list *list, bool *is, GError **error)
{
  g_autofree char *by = request_detail(request, "by");
  *is = role->held_as ? list != NULL : false;
  return role->held_as || admins_has(work, by, 0, is, error);
}

bool duty_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  g_autofree char *word = request_detail(request, "role");
  const struct role *role = role_find(word ? word : "moderator");
  bool is_offer = false;
  if (role && !is_offered(work, request, role, list, &is_offer, error)) return false;
  bool is_yes = answer_is_yes(arrival, answering) && is_offer;
  keep_done(decision, is_yes ? "Somebody takes a role that was offered." : "Somebody does not take a role.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return true;
  return role->held_as ? give(work, list, role, request->address, arrival, error)
                       : admins_enter(work, request->address, error);
}
