/* Closing a group: "Gruppe schließen". The keeper (or the admin) says so a second time, proven and plainly;
 * then every member is told once, however their mails come, and the list's address ends. What was published
 * stays published, and what was not stays unpublished; the name is not given away again. */
#include "lists/keeping/keep.h"

#include "lists/letters.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include <string.h>

bool keep_close(struct keep *keep, GError **error)
{
  const struct arrival *arrival = keep->arrival;
  bool is_group = strcmp(keep->list->kind, "group") == 0;
  if (!is_group && !keep->is_admin)
    return keep_done(keep->decision, "A list that is no group is the admin's to close.");
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "members", keep->list->members);
  value_set_flag(values, "several", keep->list->members > 1);
  value_set_flag(values, "public", keep->list->archive_public);
  return keep_done(keep->decision, "A group shall be closed; its keeper is asked to confirm it.") &&
         requests_ask(keep->work,
                      &(struct question_out){ .purpose = "close",
                                              .list = keep->list,
                                              .person = keep->sender.person,
                                              .address = keep->is_keeper ? keep->sender.member->address
                                                                         : keep->sender.address,
                                              .values = values,
                                              .in_reply_to = arrival->mail->message_id,
                                              .is_answer = true,
                                              .is_unauthenticated = !arrival->mail->auth.is_authenticated },
                      NULL, error);
}

/* Tells all members, and ends the list. */
static bool close_group(struct work *work, const struct list *list, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "public", list->archive_public);
  return letters_send(work,
                      &(struct letter_out){
                          .purpose = "group_closed", .list = list, .to_members = "each", .values = values },
                      error) &&
         list_close(work->store, list->id, work->now, error);
}

bool close_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = NULL;
  bool may = false;
  if (!keep_may(work, request, &list, &may, error)) return false;
  bool is_yes = may && answer_is_yes(arrival, answering);
  keep_done(decision, is_yes ? "A group is closed; its members are told." : "The group is not closed.");
  return requests_end(work, arrival, request, is_yes ? "yes" : "no", error) &&
         (!is_yes || close_group(work, list, error));
}
