/* Leaving: one mail or one reply is enough. Who is known to our MTA, or answers the address that was sent to
 * them alone, is free at once and gets a goodbye; who wrote to the whole list gets it with an apology, and
 * the mail is not passed on. Where nobody vouches for the sender, the member is asked at the address on file:
 * a forged From must not put anybody out.
 *
 * The goodbye can be answered: "falsch", "doch nicht" and the like undo it. */
#include "lists/members/wish.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/named_addresses.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"

#include <string.h>

/* Takes somebody off a list and says goodbye. */
static bool free_member(struct work *work, const struct list *list, const struct member *member,
                        const struct arrival *arrival, bool was_public, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "was_public", was_public);
  g_autofree char *waiting = was_public ? waiting_details(arrival) : g_strdup("");
  g_autofree char *details =
      g_strdup_printf("roles=%s\ndelivery=%s\n%s", member->roles, member->delivery, waiting);
  return member_remove(work->store, list->id, member->person, work->now, error) &&
         requests_ask(work,
                      &(struct question_out){ .purpose = "goodbye",
                                              .list = list,
                                              .person = member->person,
                                              .address = member->address,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = arrival->mail->message_id,
                                              .is_answer = true },
                      NULL, error);
}

/* Asks the member whether it was them. */
static bool ask(struct wish *wish, const struct member *member, GError **error)
{
  bool asked = false;
  if (!requests_ask(wish->work,
                    &(struct question_out){ .purpose = "leave",
                                            .list = wish->list,
                                            .person = member->person,
                                            .address = member->address,
                                            .is_answer = true,
                                            .is_unauthenticated = !wish->is_proven },
                    &asked, error))
    return false;
  return wish_done(wish, "It is not proven that the member wants this; they are asked to confirm it.");
}

/* The memberships that are meant: of the list, or, at the front door without a name, the only one. */
static bool find_meant(struct wish *wish, struct member **member, guint *count, GError **error)
{
  *member = NULL;
  *count = 0;
  GError *failed = NULL;
  const struct token *token = &wish->arrival->target.token;
  bool by_token = wish->arrival->target.meaning == ADDRESS_TOKEN && token->purpose == TOKEN_LEAVE;
  int64_t person = by_token ? token->person : wish->sender.person;
  if (!person_now(wish->work->store, &person, error)) return false;
  if (!person) return true;
  if (wish->list) {
    *member = member_find(wish->work->store, wish->list->id, person, &failed);
    *count = *member != NULL;
  } else {
    g_autoptr(GPtrArray) all = person_memberships(wish->work->store, person, &failed);
    *count = all ? all->len : 0;
    if (*count == 1) *member = g_ptr_array_steal_index(all, 0);
    if (*member) wish->list = list_cache_by_id(wish->work->lists, (*member)->list);
  }
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* A member of several lists did not say which: the letter names each with its address for leaving. */
static bool ask_which(struct wish *wish, GError **error)
{
  g_autoptr(GPtrArray) all = person_memberships(wish->work->store, wish->sender.person, error);
  if (!all) return false;
  g_autoptr(value_t) values = value_new();
  for (guint i = 0; i < all->len; i++) {
    const struct member *member = g_ptr_array_index(all, i);
    const struct list *list = list_cache_by_id(wish->work->lists, member->list);
    if (!list) continue;
    struct value *row = value_append(values, "memberships");
    g_autofree char *address = list_address(wish->work->config, list->name, "austreten");
    value_set_text(row, "title", list->title);
    value_set_text(row, "leave_address", address);
  }
  return wish_reply(wish, "leave_which", values, error) &&
         wish_done(wish, "Somebody wants to leave, and it is not clear which list.");
}

/* "Mein Mann möchte ausgetragen werden": somebody else, whose address may be another one. */
static bool is_for_another(const struct wish *wish)
{
  const struct understanding *it = wish->arrival->understanding;
  return it && passage_has(it->passage, "leave.other") && !passage_has(it->passage, "leave.self");
}

/* "Bitte tragt ute@… aus": an address that is not the writer's stands in the sentence that says so. */
static bool names_other_address(const struct wish *wish, bool *names, GError **error)
{
  const struct understanding *it = wish->arrival->understanding;
  *names = false;
  if (!it || !strchr(wish->arrival->mail->text_new, '@') || passage_has(it->passage, "leave.self"))
    return true;
  const struct passage *passage = it->passage;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len && !*names; i++) {
    const struct clause *in = &g_array_index(sentences, struct clause, i);
    if (!clause_find(passage, "word.remove", in) && !clause_find(passage, "word.unregister", in) &&
        !clause_find(passage, "word.outof", in))
      continue;
    g_autofree char *text = passage_text(passage, in->first, in->end);
    g_autoptr(GPtrArray) named = named_addresses(wish->work, wish->sender.address, text);
    for (guint k = 0; k < named->len && !*names; k++) {
      GError *failed = NULL;
      int64_t person = person_find(wish->work->store, named->pdata[k], &failed);
      if (fault_hand_on(failed, error)) return false;
      *names = !person || person != wish->sender.person;
    }
  }
  return true;
}

/* Nobody is taken off, or put on, by another's mail: whoever writes hears how it is done. */
bool wish_tell_of_others(struct wish *wish, const char *what, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, what, true);
  value_set_flag(values, "has_list", wish->list != NULL);
  value_set_flag(values, "member", wish->sender.member != NULL);
  return wish_reply(wish, "leave_unknown", values, error) &&
         wish_done(wish,
                   "It is about somebody else's membership; its author hears that only they can say so.");
}

bool wish_leave(struct wish *wish, GError **error)
{
  bool names_other = false;
  if (!names_other_address(wish, &names_other, error)) return false;
  if (names_other) return wish_tell_of_others(wish, "leaves", error);
  struct member *found = NULL;
  guint count = 0;
  if (!find_meant(wish, &found, &count, error)) return false;
  g_autoptr(member_t) member = found;
  if (count > 1) return ask_which(wish, error);
  if (!member && wish->list && is_for_another(wish)) return wish_tell_of_others(wish, "leaves", error);
  if (!member || !wish->list)
    return wish_reply(wish, "leave_unknown", NULL, error) &&
           wish_done(wish, "Somebody wants to leave who is no member under this address.");
  bool is_own = wish->is_proven && wish->sender.person == member->person;
  if (!is_own || is_for_another(wish)) return ask(wish, member, error);
  bool was_public = wish->arrival->target.meaning == ADDRESS_LIST && wish->meaning != NULL;
  return free_member(wish->work, wish->list, member, wish->arrival, was_public, error) &&
         wish_done(wish, "The member has left the list, as they wished.");
}

/* The member that a request is about, on its list; NULL without error: no longer. */
static struct member *member_of(struct work *work, const struct request *request, const struct list **list,
                                GError **error)
{
  *list = list_cache_by_id(work->lists, request->list);
  return *list ? member_find(work->store, request->list, request->person, error) : NULL;
}

bool leave_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, is_yes ? "The member confirms that they leave." : "The member stays.");
  GError *failed = NULL;
  const struct list *list = NULL;
  g_autoptr(member_t) member = is_yes ? member_of(work, answering->request, &list, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  return !member || free_member(work, list, member, arrival, false, error);
}

/* Does the answer to a goodbye take it back? Thanks and farewells do not. */
static bool takes_back(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return it->meaning->intent == INTENT_JOIN || passage_has(it->passage, "goodbye.undo") ||
         (it->meaning->intent == INTENT_CONFIRM && it->meaning->answer == ANSWER_NO);
}

bool goodbye_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  bool is_back = list && takes_back(arrival);
  g_string_assign(decision->reason, is_back ? "The member comes back: leaving was a mistake."
                                            : "It answers a goodbye and takes nothing back.");
  if (!is_back) return true;
  if (!requests_end(work, arrival, request, "no", error)) return false;
  struct member member = {
    .list = list->id, .person = request->person, .own_copy = -1, .confirmed = work->now
  };
  member.address = g_strdup(request->address);
  member.roles = request_detail(request, "roles");
  member.delivery = request_detail(request, "delivery");
  bool done = member_put(work->store, &member, work->now, error);
  g_free(member.address), g_free(member.roles), g_free(member.delivery), g_free(member.state);
  g_free(member.paused_until);
  return done && waiting_post(work, request, list, decision, error) &&
         welcome_send(work, list, request->person, request->address, arrival->mail->message_id, error);
}
