/* Joining: double opt-in by a plain reply. Whoever asks gets the same letter, known or not, member or not; it
 * holds the legal information of the first contact (Art. 13 GDPR) and nothing that the asker wrote. The row
 * of the request is the proof: what was shown, to whom, when, and the Message-ID of the reply.
 *
 * A list may be open (who our MTA vouches for is in at once), confirm by reply, let a moderator approve after
 * that, or be closed. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/store/returns/bounces.h"

#include <string.h>

/* The membership as it is, whatever its state; a new one where there is none. */
static struct member *membership(struct work *work, const struct list *list, int64_t person,
                                 const char *address, GError **error)
{
  GError *failed = NULL;
  struct member *member = person ? member_find(work->store, list->id, person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return NULL;
  if (member) return member;
  member = g_new(struct member, 1);
  *member = (struct member){
    .list = list->id, .person = person, .address = g_strdup(address), .own_copy = -1, .confirmed = work->now
  };
  return member;
}

/* Who joined in a language that we write, and has chosen none, goes on getting letters in it. */
static bool keep_language(struct work *work, int64_t person, const char *address, GError **error)
{
  bool is_written = work->writer_language && work->writer && strcmp(work->writer, address) == 0;
  if (!is_written || strcmp(work->writer_language, LETTERS_EASY) == 0) return true;
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  if (!choice) return false;
  if (*choice->language) return true;
  g_free(choice->language);
  choice->language = g_strdup(work->writer_language);
  return person_choice_put(work->store, choice, error);
}

/* Makes somebody a member, and greets them. */
bool join_enter(struct work *work, const struct list *list, const char *address, const char *name,
                const char *in_reply_to, GError **error)
{
  int64_t person = person_ensure(work->store, address, name, work->now, work->now, error);
  if (!person) return false;
  g_autoptr(member_t) member = membership(work, list, person, address, error);
  if (!member) return false;
  g_free(member->state);
  member->state = g_strdup("active");
  if (!member->confirmed) member->confirmed = work->now;
  return keep_language(work, person, address, error) && suppression_remove(work->store, address, error) &&
         member_put(work->store, member, work->now, error) &&
         welcome_send(work, list, person, address, in_reply_to, error);
}

/* Lists of groups and announcements have members; the others take mails from anybody. */
static bool has_members(const struct list *list)
{
  const struct kind *kind = kind_find(list->kind);
  return kind && kind->has_members;
}

static bool ask(struct wish *wish, GError **error)
{
  const struct mail *mail = wish->arrival->mail;
  bool asked = false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "public", wish->list->archive_public);
  value_set_flag(values, "visible", wish->list->shows_members);
  if (!requests_ask(wish->work,
                    &(struct question_out){ .purpose = "join",
                                            .list = wish->list,
                                            .address = wish->sender.address,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true,
                                            .is_unauthenticated = !wish->is_proven },
                    &asked, error))
    return false;
  return wish_done(wish,
                   asked ? "Somebody wants to join; the address was asked to confirm it."
                         : "Somebody wants to join; the address is asked already, or often enough today.");
}

/* "Tragt bitte meine Schwester ein": somebody else, and not the writer as well. */
static bool is_for_another(const struct wish *wish)
{
  const struct understanding *it = wish->arrival->understanding;
  return it && passage_has(it->passage, "leave.other") && !passage_has(it->passage, "leave.self") &&
         !passage_has(it->passage, "join.writer");
}

bool wish_join(struct wish *wish, GError **error)
{
  if (is_for_another(wish)) return wish_tell_of_others(wish, "joins", error);
  if (!wish->list) return wish_help(wish, error);
  if (!has_members(wish->list)) return wish_help(wish, error);
  if (strcmp(wish->list->joining, "closed") == 0)
    return wish_reply(wish, "join_closed", NULL, error) &&
           wish_done(wish, "Somebody wants to join, and the list is closed.");
  bool is_open = strcmp(wish->list->joining, "open") == 0 && wish->is_proven;
  if (!is_open) return ask(wish, error);
  return join_enter(wish->work, wish->list, wish->sender.address, mail_actor(wish->arrival->mail)->name,
                    wish->arrival->mail->message_id, error) &&
         wish_done(wish, "The list is open; the sender is a member now.");
}

/* After the reply: a member, or up to a moderator. */
static bool confirmed(struct work *work, const struct arrival *arrival, const struct answering *answering,
                      const struct list *list, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_theirs = answering->is_own_address && !answering->is_confirmed_late;
  const char *name = is_theirs ? mail_actor(arrival->mail)->name : "";
  if (strcmp(list->joining, "closed") == 0 && strcmp(request->purpose, "invite") != 0) {
    g_string_assign(decision->reason, "The list has been closed since.");
    return true;
  }
  if (strcmp(list->joining, "approve") == 0) {
    g_string_assign(decision->reason, "The address is confirmed; a moderator decides.");
    return join_ask_moderators(work, list, request->address, name, error);
  }
  g_string_assign(decision->reason, "The address is confirmed; it is a member now.");
  return join_enter(work, list, request->address, name, arrival->mail->message_id, error);
}

/* "Ja, aber bitte nur einmal die Woche": the yes made a member, and the rest is done as well. */
static bool take_wish_along(struct work *work, const struct arrival *arrival, const struct request *request,
                            const struct list *list, GError **error)
{
  const char *delivery = settings_delivery(arrival->understanding->passage);
  struct member *found = NULL;
  if (!delivery) return true;
  if (!sender_membership(work, list->id, request->address, &found, error)) return false;
  g_autoptr(member_t) member = found;
  if (!member || strcmp(member->state, "active") != 0) return true;
  g_free(member->delivery);
  member->delivery = g_strdup(delivery);
  return member_put(work->store, member, work->now, error) &&
         settings_tell(work,
                       &(struct settings_letter){ .letter = "settings_done",
                                                  .list = list,
                                                  .person = member->person,
                                                  .address = request->address,
                                                  .arrival = arrival },
                       error);
}

bool join_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  bool is_yes = list && answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (is_yes)
    return confirmed(work, arrival, answering, list, decision, error) &&
           take_wish_along(work, arrival, request, list, error);
  g_string_assign(decision->reason, "The answer to whether somebody wants to join was no; nothing is kept.");
  return true;
}
