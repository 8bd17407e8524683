/* Handing a group over: "Ich gebe die Gruppe an anna@web.de ab". The keeper's wish must be proven; the new
 * keeper must agree, plainly and from their own address. Then the roles change hands, and both are told what
 * they are now. Who handed it over stays a member, and moderates until they or the new keeper end that. */
#include "lists/keeping/keep.h"

#include "lists/addresses/reply_address.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

/* Asks the new keeper. `by`: the person who hands over; 0: the admin. */
static bool ask_new_keeper(struct work *work, const struct list *list, const char *address, int64_t by,
                           const char *by_address, const char *name, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", name);
  g_autofree char *details = g_strdup_printf("by=%" G_GINT64_FORMAT "\nby_address=%s", by, by_address);
  return requests_ask(
      work,
      &(struct question_out){
          .purpose = "hand_over", .list = list, .address = address, .details = details, .values = values },
      NULL, error);
}

/* A sentence to whoever hands over. */
static bool tell(struct work *work, const struct list *list, const char *letter, const char *address,
                 int64_t person, const char *other, const char *in_reply_to, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "address", other);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

/* A group has changed hands: the new keeper learns what there is to do, whoever handed it over what they are
 * now, and how they stop. `giver` NULL: the admin. */
static bool tell_both(struct work *work, const struct list *list, const struct request *request,
                      const char *by_address, const struct member *giver, GError **error)
{
  g_autofree char *settings = list_address(work->config, list->name, "einstellungen");
  g_autoptr(value_t) for_giver = value_new(), for_new = value_new();
  value_set_text(for_giver, "address", request->address);
  value_set_flag(for_giver, "is_member", giver != NULL);
  value_set_flag(for_giver, "moderator", giver && member_has_role(giver, "moderator"));
  value_set_flag(for_new, "is_new", true);
  value_set_text(for_new, "address", request->address);
  value_set_text(for_new, "settings_address", settings);
  const struct letter_out letters[] = {
    { .address = by_address, .person = giver ? giver->person : 0, .values = for_giver },
    { .address = request->address, .person = request->person, .values = for_new },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
    struct letter_out out = letters[i];
    out.purpose = "hand_over_done";
    out.list = list;
    out.is_answer = true;
    if (!letters_send(work, &out, error)) return false;
  }
  return true;
}

/* It is not proven that the keeper wrote, or (is_maybe) not clear what: they are asked, where we know them.
 */
static bool ask_keeper(struct keep *keep, const char *to, const char *own, bool is_maybe, GError **error)
{
  bool is_proven = keep->arrival->mail->auth.is_authenticated;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "address", to);
  value_set_flag(values, "maybe", is_maybe);
  g_autofree char *waiting = waiting_details(keep->arrival);
  g_autofree char *details = g_strdup_printf("%s%sto=%s", is_maybe ? waiting : "", is_maybe ? "\n" : "", to);
  bool asked = false;
  keep_done(keep->decision, "A group shall be handed over; its keeper is asked to confirm it.");
  if (!requests_ask(keep->work,
                    &(struct question_out){ .purpose = "hand_over_sure",
                                            .list = keep->list,
                                            .person = keep->sender.person,
                                            .address = own,
                                            .object = is_maybe ? keep->arrival->mail_id : 0,
                                            .details = details,
                                            .values = values,
                                            .is_answer = true,
                                            .is_unauthenticated = !is_proven },
                    &asked, error))
    return false;
  return asked || !is_maybe || holding_put(keep->work, keep->arrival, "wish", NULL, keep->decision, error);
}

bool keep_hand_over_maybe(struct keep *keep, const char *to, GError **error)
{
  const char *own = keep->is_keeper ? keep->sender.member->address : keep->sender.address;
  return ask_keeper(keep, to, own, true, error);
}

bool keep_hand_over(struct keep *keep, GError **error)
{
  const struct mail *mail = keep->arrival->mail;
  const char *own = keep->is_keeper ? keep->sender.member->address : keep->sender.address;
  g_autofree char *to = keep->meaning->address ? address_normalise(keep->meaning->address) : NULL;
  bool is_proven = mail->auth.is_authenticated;
  if (to && strcmp(to, own) != 0 && !is_proven) return ask_keeper(keep, to, own, false, error);
  if (!to || strcmp(to, own) == 0)
    return keep_done(keep->decision, "A group shall be handed over, and nobody is named.") &&
           (!is_proven || tell(keep->work, keep->list, "hand_over_who", own, keep->sender.person, NULL,
                               mail->message_id, error));
  g_autofree char *name = name_for_members(mail_actor(mail)->name, own);
  return keep_done(keep->decision, "A group shall be handed over; the new keeper is asked.") &&
         ask_new_keeper(keep->work, keep->list, to, keep->is_keeper ? keep->sender.person : 0, own, name,
                        error) &&
         tell(keep->work, keep->list, "hand_over_asked", own, keep->sender.person, to, mail->message_id,
              error);
}

bool hand_over_sure_decide(struct work *work, const struct arrival *arrival,
                           const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = NULL;
  bool may = false;
  if (!keep_may(work, request, &list, &may, error)) return false;
  g_autofree char *waits = request_detail(request, "mail");
  bool is_for_all = waits && list && passage_has(arrival->understanding->passage, "moderate.to-all") &&
                    !passage_has(arrival->understanding->passage, "moderate.not-all");
  if (is_for_all)
    return requests_end(work, arrival, request, "no", error) &&
           waiting_post(work, request, list, decision, error);
  bool is_yes = may && answer_is_yes(arrival, answering);
  keep_done(decision,
            is_yes ? "The keeper confirms; the new keeper is asked." : "The group is not handed over.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_autofree char *to = request_detail(request, "to");
  g_autofree char *name = name_for_members(NULL, request->address);
  return !is_yes || !to || ask_new_keeper(work, list, to, request->person, request->address, name, error);
}

/* Makes somebody a keeper, and a member where they were none. */
static bool enter_keeper(struct work *work, const struct list *list, const char *address,
                         const struct arrival *arrival, GError **error)
{
  struct member *found = NULL;
  if (!sender_membership(work, list->id, address, &found, error)) return false;
  if (!found || strcmp(found->state, "pending") == 0) {
    g_clear_pointer(&found, member_free);
    if (!join_enter(work, list, address, "", arrival->mail->message_id, error)) return false;
    if (!sender_membership(work, list->id, address, &found, error)) return false;
  }
  g_autoptr(member_t) member = found;
  return !member || (member_set_role(work, member, "moderator", true, error) &&
                     member_set_role(work, member, "keeper", true, error));
}

/* Does whoever handed over keep the group still? *member NULL: it was the admin. */
static bool find_giver(struct work *work, const struct request *request, struct member **member, bool *still,
                       GError **error)
{
  int64_t person = request_number(request, "by");
  GError *failed = NULL;
  *member = person ? member_find(work->store, request->list, person, &failed) : NULL;
  *still = !person || (*member && member_has_role(*member, "keeper"));
  return !fault_hand_on(failed, error);
}

bool hand_over_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                      struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  struct member *found = NULL;
  bool still = false;
  if (!find_giver(work, request, &found, &still, error)) return false;
  g_autoptr(member_t) giver = found;
  bool is_yes = answer_is_yes(arrival, answering) && list && still;
  keep_done(decision, is_yes ? "A group has a new keeper." : "The group is not handed over.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_autofree char *by_address = request_detail(request, "by_address");
  if (!is_yes)
    return !list || !still ||
           tell(work, list, "hand_over_refused", by_address, 0, request->address, NULL, error);
  return (!giver || giver->person == answering->sender ||
          member_set_role(work, giver, "keeper", false, error)) &&
         enter_keeper(work, list, request->address, arrival, error) &&
         tell_both(work, list, request, by_address, giver, error);
}
