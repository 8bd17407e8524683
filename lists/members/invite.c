/* Inviting: a member names mail addresses, at gruenau+einladen@ or in words to us, and each of them gets one
 * mail, ever, for this list. It says who invites, by the name that members see, and nothing else that the
 * inviter wrote; a reply joins, as after "beitreten". Three a day.
 *
 * Whether somebody is a member already, or was invited before, is not told: the answer names everybody who
 * was within the limit. Where nobody vouches for the inviter, they are asked at the address on file, by a
 * letter that says how many would be invited. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/named_addresses.h"
#include "lists/members/names.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/people/invitations.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { A_DAY = 3, LATER_SHOWN = 20, DAY_SECONDS = 24 * 3600 };

/* Somebody is a member already, or on the way to be one: they need no invitation. */
static bool is_there(struct work *work, int64_t list, const char *address, bool *there, GError **error)
{
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  g_autoptr(member_t) member = person ? member_find(work->store, list, person, &failed) : NULL;
  *there = member != NULL;
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* One invitation, unless there was one. *is_sent. */
static bool invite_one(struct work *work, const struct list *list, int64_t person, const char *name,
                       const char *address, bool *is_sent, GError **error)
{
  bool is_known = false, there = false;
  g_autofree char *key = requests_rate_key(address);
  *is_sent = false;
  if (!invitation_is_known(work->store, list->id, key, &is_known, error) ||
      !is_there(work, list->id, address, &there, error))
    return false;
  if (is_known || there) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", name);
  value_set_flag(values, "public", list->archive_public);
  value_set_flag(values, "visible", list->shows_members);
  value_set_text(values, "description", list->description && *list->description ? list->description : NULL);
  return requests_ask(work,
                      &(struct question_out){
                          .purpose = "invite", .list = list, .address = address, .values = values },
                      is_sent, error) &&
         (!*is_sent || invitation_put(work->store, list->id, key, person, work->now, error));
}

/* The letter back: who was invited, and who must wait for tomorrow: the first by their
 * addresses, the others by their number. */
static bool tell(struct work *work, const struct request *wished, const struct list *list,
                 const GPtrArray *addresses, guint done, const char *in_reply_to, GError **error)
{
  g_autoptr(value_t) values = value_new();
  guint shown = MIN(addresses->len, done + LATER_SHOWN);
  for (guint i = 0; i < shown; i++)
    value_set_text(value_append(values, i < done ? "people" : "later"), "address", addresses->pdata[i]);
  value_set_flag(values, "has_people", done > 0);
  value_set_flag(values, "has_later", done < addresses->len);
  if (addresses->len > shown) value_set_number(values, "more", addresses->len - shown);
  value_set_flag(values, "nobody", addresses->len == 0);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "invite_done",
                                            .list = list,
                                            .address = wished->address,
                                            .person = wished->person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

/* Invites whom the lines of a request name, as far as the day allows. */
static bool invite_all(struct work *work, const struct request *wished, const char *name,
                       const char *in_reply_to, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, wished->list);
  g_autofree char *line = request_detail(wished, "invite");
  g_auto(GStrv) all = g_strsplit(line ? line : "", ",", -1);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new();
  for (char **one = all; *one && **one; one++) g_ptr_array_add(addresses, *one);
  int64_t sent = invitations_count(work->store, wished->person, work->now - DAY_SECONDS, error);
  if (!list || sent < 0) return sent >= 0;
  guint done = 0;
  for (; done < addresses->len && sent < A_DAY; done++) {
    bool is_sent = false;
    if (!invite_one(work, list, wished->person, name, addresses->pdata[done], &is_sent, error)) return false;
    sent += is_sent;
  }
  return tell(work, wished, list, addresses, done, in_reply_to, error);
}

/* The inviter's name as members see it. */
static char *inviter_name(struct work *work, int64_t person, const char *address, const char *sent,
                          GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  return choice ? name_shown(work, person, sent && *sent ? sent : choice->name, address, error) : NULL;
}

bool invitation_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering);
  g_string_assign(decision->reason, is_yes ? "The member confirms whom they invite." : "Nobody is invited.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return true;
  g_autofree char *name = inviter_name(work, request->person, request->address, NULL, error);
  return name && invite_all(work, request, name, arrival->mail->message_id, error);
}

/* Asks the member whether it is they who invite. */
static bool ask(struct wish *wish, const struct request *wished, guint count, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "count", count);
  return requests_ask(wish->work,
                      &(struct question_out){ .purpose = "invitation",
                                              .list = wish->list,
                                              .person = wished->person,
                                              .address = wished->address,
                                              .details = wished->details,
                                              .values = values,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error) &&
         wish_done(wish, "It is not proven that a member invites; they are asked to confirm it.");
}

/* May this member invite to this list? To a closed one only those who look after it. */
static bool may_invite(const struct wish *wish)
{
  const struct member *member = wish->sender.member;
  bool is_closed = strcmp(wish->list->joining, "closed") == 0;
  return !is_closed || member_has_role(member, "moderator") || member_has_role(member, "keeper");
}

bool wish_invite(struct wish *wish, GError **error)
{
  if (!wish->list) return wish_help(wish, error);
  if (!wish->sender.member) return wish_tell_of_others(wish, "joins", error);
  if (!may_invite(wish))
    return wish_reply(wish, "join_closed", NULL, error) &&
           wish_done(wish, "The list is closed; only those who look after it invite.");
  const struct mail *mail = wish->arrival->mail;
  g_autoptr(GPtrArray) found = named_addresses(wish->work, wish->sender.address, mail->text_new);
  guint count = found->len;
  g_ptr_array_add(found, NULL);
  g_autofree char *all = g_strjoinv(",", (char **)found->pdata);
  g_autofree char *details = g_strdup_printf("invite=%s\n", all);
  struct request wished = { .list = wish->list->id,
                            .person = wish->sender.person,
                            .address = wish->sender.member->address,
                            .details = details };
  if (!wish->is_proven && count > 0) return ask(wish, &wished, count, error);
  g_autofree char *name =
      inviter_name(wish->work, wished.person, wished.address, mail_actor(mail)->name, error);
  return name && invite_all(wish->work, &wished, name, mail->message_id, error) &&
         wish_done(wish, "A member invites; each address gets one mail.");
}

bool invite_is_asked(const struct wish *wish)
{
  const struct understanding *it = wish->arrival->understanding;
  if (!it || invite_is_to_event(wish->arrival)) return false;
  if (!passage_has(it->passage, "invite.ask") && invite_said(wish->arrival) == INVITE_NOT_SAID) return false;
  g_autoptr(GPtrArray) found =
      named_addresses(wish->work, wish->sender.address, wish->arrival->mail->text_new);
  return found->len > 0;
}
