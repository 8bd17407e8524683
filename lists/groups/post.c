/* A post: a mail to a group or an announcement list. Who may post is the list's `posting`: its members,
 * anyone, or its moderators and keepers (always so for announcements). Everybody else's mail is held; a
 * stranger whom our MTA could authenticate gets one sentence about that, once a day. A From proves nothing:
 * where few may speak, and where strangers may, our MTA must have found the sender in order. What is posted
 * is filed in its thread, composed anew and put into the outbox as one letter, however many members there
 * are. */
#include "lists/addresses/reply_address.h"
#include "lists/admin/admin.h"
#include "lists/events/events.h"
#include "lists/groups/compose.h"
#include "lists/groups/files.h"
#include "lists/groups/groups.h"
#include "lists/groups/official.h"
#include "lists/groups/second_thoughts.h"
#include "lists/holding.h"
#include "lists/keeping/keeping.h"
#include "lists/keeping/mute.h"
#include "lists/keeping/tags.h"
#include "lists/letters.h"
#include "lists/members/members.h"
#include "lists/members/names.h"
#include "lists/members/other_address.h"
#include "lists/message_rows.h"
#include "lists/moderation/posting.h"
#include "lists/moderation/public_files.h"
#include "lists/moderation/rules.h"
#include "lists/moderation/said/said.h"
#include "lists/notices.h"
#include "lists/senders.h"
#include "lists/threading.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

enum { LARGE_LIST = 1000 };

/* One post on its way through this file. */
struct posting {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  struct sender sender;
  bool is_announce;
};

/* Is it proven that the sender meant this list? A signature stays good when somebody sends a mail once more,
 * to where it was never meant to go; but To and Cc are signed with it. */
static bool is_proven(const struct posting *p)
{
  return p->arrival->mail->auth.is_authenticated && rules_is_addressed(p->work, p->arrival);
}

/* Why a sender may not post: the code of a hold; NULL: they may. */
static const char *objection(const struct posting *p)
{
  const char *policy = p->is_announce ? "moderators" : p->arrival->list->posting;
  bool is_authenticated = p->arrival->mail->auth.is_authenticated;
  if (p->arrival->is_released) return NULL;
  if (strcmp(policy, "anyone") == 0) return p->sender.member || is_authenticated ? NULL : "unknown_stranger";
  if (!p->sender.member) return "non_member";
  if (strcmp(policy, "members") == 0) return NULL;
  bool is_trusted =
      member_has_role(p->sender.member, "moderator") || member_has_role(p->sender.member, "keeper");
  if (!is_trusted) return "moderators_only";
  return is_proven(p) ? NULL : "unproven_moderator";
}

/* A member's mail that reads as private waits for its author's word, everybody else's for a moderator. */
static bool ask_author(struct posting *p, bool *asked, GError **error)
{
  *asked = false;
  if (!p->sender.member) return true;
  if (!private_reply_ask(p->work, p->arrival, p->sender.member, asked, error)) return false;
  if (!*asked) return true;
  p->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(p->decision->reason,
                  second_thoughts_says_nothing(p->arrival)
                      ? "Nothing in it is its author's own; they are asked whether it is for everybody."
                      : "It reads as private; its author is asked whether it is for everybody.");
  return true;
}

/* Nothing proves that the member wrote it: they are asked, and where they cannot be asked, a moderator. */
static bool ask_whether_theirs(struct posting *p, GError **error)
{
  bool asked = false;
  if (!unproven_ask(p->work, p->arrival, p->sender.member, &asked, error)) return false;
  if (!asked) return holding_put(p->work, p->arrival, "unauthenticated", NULL, p->decision, error);
  p->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(p->decision->reason, "Nothing proves who wrote it; the member is asked whether they did.");
  return true;
}

static bool hold_post(struct posting *p, const char *code, GError **error)
{
  bool asked = false;
  if (strcmp(code, "private") == 0 && !ask_author(p, &asked, error)) return false;
  if (asked) return true;
  if (!holding_put(p->work, p->arrival, code, NULL, p->decision, error)) return false;
  return strcmp(code, "non_member") != 0 || hold_notice_send(p->work, p->arrival, &p->sender, error);
}

/* The Message-ID the post will bear: its own; a new one when it has none, or when a different mail of the
 * list came first with it. */
static bool choose_message_id(struct posting *p, char **id, GError **error)
{
  const struct mail *mail = p->arrival->mail;
  *id = NULL;
  if (mail->message_id) {
    GError *failed = NULL;
    g_autoptr(message_row) known =
        message_find_place(p->work->store, p->arrival->list->id, mail->message_id, &failed);
    if (fault_hand_on(failed, error)) return false;
    if (!known || !known->mail) *id = g_strdup(mail->message_id);
  }
  if (!*id) *id = compose_message_id(p->work->config->domain, p->work->now);
  return true;
}

/* The row of the post; its place in a thread comes later. */
static struct message *message_row_of(const struct posting *p, char *message_id)
{
  const struct arrival *arrival = p->arrival;
  const struct mail *mail = arrival->mail;
  bool is_answer = arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_POST;
  struct message *message = g_new(struct message, 1);
  *message = (struct message){
    .list = arrival->list->id,
    .message_id = message_id,
    .parent = is_answer ? arrival->target.token.object : 0,
    .mail = arrival->mail_id,
    .person = p->sender.person,
    .from_name = g_strdup(mail_actor(mail)->name),
    .from_address = g_strdup(p->sender.address ? p->sender.address : ""),
    .subject = g_strdup(mail->subject),
    .text = g_strdup(mail->text_new),
    .received = arrival->received,
    .written = mail_written_at(mail, arrival->received),
    .is_public = arrival->list->archive_public,
    .from_token_key = keys_signing_number(p->work->keys),
    .attachments = message_attachments(mail),
  };
  return message;
}

/* The author, where no own copy is wanted; 0: everybody gets it. */
static int64_t person_without_copy(const struct posting *p)
{
  const struct member *member = p->sender.member;
  if (!member) return 0;
  bool wants_copy = member->own_copy >= 0 ? member->own_copy > 0 : p->arrival->list->own_copy;
  return wants_copy ? 0 : member->person;
}

/* Composes and puts the letter to all members into the outbox. */
static bool put_letter(struct posting *p, const struct message *message, const struct thread *thread,
                       int64_t receiving, GError **error)
{
  g_autoptr(GBytes) content = group_compose(p->work, p->arrival, message, thread, p->is_announce, error);
  if (!content) return false;
  struct letter letter = {
    .purpose = (char *)"post",
    .priority = p->is_announce || receiving > LARGE_LIST ? LETTER_BULK : LETTER_ORDINARY,
    .list = p->arrival->list->id,
    .mail = p->arrival->mail_id,
    .message = message->id,
    .content = content,
    .is_batch = p->is_announce,
    .created = p->work->now,
    .change = members_change(p->work->store, error),
    .except_person = person_without_copy(p),
  };
  if (letter.change < 0 || !outbox_put_to_members(p->work->store, &letter, error)) return false;
  if (!letter.is_batch) return true;
  g_autofree char *envelope = letters_batch_envelope(p->work, &letter);
  return letter_set_envelope(p->work->store, letter.id, envelope, error);
}

/* What was too large to travel may come into the public archive, if somebody looks at it first. */
static bool ask_about_files(struct posting *p, const struct message *message, GError **error)
{
  int64_t limit = 0;
  return files_limit(p->work, p->arrival->list, &limit, error) &&
         public_files_question(p->work, p->arrival, message, group_attachment_limit(limit, p->arrival->mail),
                               error);
}

/* A name that claims to be somebody else's is kept nowhere: the archive shows none, members see the address's
 * first half. */
static bool settle_name(struct posting *p, struct message *message, GError **error)
{
  bool is_misleading = false;
  if (!name_is_misleading(p->work, message->person, message->list, message->from_name, message->from_address,
                          &is_misleading, error))
    return false;
  if (is_misleading) *message->from_name = '\0';
  /* Whom we know by no name yet is called so from now on: nobody else may take it. */
  bool is_known = message->person && p->arrival->mail->auth.is_authenticated && *message->from_name;
  return !is_known || person_ensure(p->work->store, message->from_address, message->from_name, 0,
                                    p->work->now, error) != 0;
}

/* Files the message and sends it. */
static bool post(struct posting *p, GError **error)
{
  char *message_id = NULL;
  if (!choose_message_id(p, &message_id, error)) return false;
  g_autoptr(message_row) message = message_row_of(p, message_id);
  if (!settle_name(p, message, error) ||
      !threading_place(p->work, p->arrival->list, p->arrival->mail, message, error) ||
      !tags_keep(p->work, p->arrival->list, message, error))
    return false;
  g_autoptr(thread_row) thread = thread_get(p->work->store, message->thread, error);
  if (!thread) return false;
  int64_t receiving = members_receiving(p->work->store, p->arrival->list->id, error);
  if (receiving < 0 || !put_letter(p, message, thread, receiving, error) ||
      !files_tell_author(p->work, p->arrival, p->sender.member != NULL, false, error) ||
      !ask_about_files(p, message, error) ||
      !events_of_post(p->work, p->arrival, message, &p->sender, p->decision, error))
    return false;
  p->decision->outcome = OUTCOME_POSTED;
  g_string_append_printf(p->decision->details,
                         " members=%" G_GINT64_FORMAT " thread=%d/%d message=%" G_GINT64_FORMAT, receiving,
                         thread->year, thread->number, message->id);
  return true;
}

/* Has the list this very mail already, by an alias or another of its addresses? */
static bool is_posted(struct posting *p, bool *posted, GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) known =
      message_of_mail(p->work->store, p->arrival->list->id, p->arrival->mail_id, &failed);
  int64_t redacted =
      failed ? -1 : redaction_of(p->work->store, p->arrival->mail_id, p->arrival->list->id, &failed);
  *posted = known != NULL || redacted > 0;
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* A stranger's mail: what the list does with those; where it accepts them, only whom our MTA knows. */
static bool judge_stranger(struct posting *p, const char **code, bool *is_done, GError **error)
{
  enum rule_action action = RULE_HOLD;
  *is_done = false;
  if (strcmp(*code, "non_member") != 0) return true;
  if (!rule_action_for(p->work, p->arrival->list, "non_member", &action, error)) return false;
  if (action == RULE_ACCEPT) *code = p->arrival->mail->auth.is_authenticated ? NULL : "unknown_stranger";
  *is_done = action == RULE_REJECT || action == RULE_DISCARD;
  return !*is_done || rules_act(p->work, p->arrival, rule_find("non_member"), action, p->decision, error);
}

/* Anyone may write, and the list's own rule says that what a stranger wrote is looked at first. */
static bool object_to_stranger(const struct posting *p, const char **code, GError **error)
{
  bool waits = false, is_stranger = !p->sender.member && !p->is_announce && !p->arrival->is_released;
  if (is_stranger && !posting_waits(p->work->store, p->arrival->list, &waits, error)) return false;
  if (waits) *code = "non_member";
  return true;
}

/* A mail that is nothing but what we do not pass on. */
static bool refuse_empty(struct posting *p, GError **error)
{
  p->decision->outcome = OUTCOME_REFUSED;
  g_string_assign(p->decision->reason,
                  "It holds nothing but files that could do harm where they are opened.");
  return files_tell_author(p->work, p->arrival, p->sender.member != NULL, true, error);
}

/* The rules of the list, who may post, and second thoughts; then it is posted. */
static bool judge(struct posting *p, GError **error)
{
  const struct rule *rule = NULL;
  enum rule_action action = RULE_ACCEPT;
  struct rule_case it = { .work = p->work, .arrival = p->arrival, .sender = &p->sender };
  bool is_done = false;
  if (!p->arrival->is_released && !rules_judge(&it, &rule, &action, error)) return false;
  bool asks = rule && action == RULE_ASK;
  if (asks) rule = NULL;
  bool is_kept_out = rule && action != RULE_HOLD;
  if (is_kept_out) return rules_act(p->work, p->arrival, rule, action, p->decision, error);
  const char *code = objection(p);
  if (!code && !object_to_stranger(p, &code, error)) return false;
  if (code && !judge_stranger(p, &code, &is_done, error)) return false;
  if (is_done) return true;
  if (rule) code = rule->name;
  if (!code) code = second_thoughts(p->arrival, p->sender.member != NULL);
  if (!code && !p->arrival->is_released && group_answer_is_automatic(p->arrival)) code = "automated";
  if (!code && asks) return ask_whether_theirs(p, error);
  if (!code && files_only_hazards(p->arrival->mail)) return refuse_empty(p, error);
  return code ? hold_post(p, code, error) : post(p, error);
}

/* "Bitte macht Anna zur Moderatorin", written to a list by an admin who is no member of it: an order to us.
 * It only leads to a letter to the admin. */
static bool take_admins_order(struct posting *p, bool *is_taken, GError **error)
{
  const struct understanding *it = p->arrival->understanding;
  if (p->arrival->is_meant || !it || !passage_has(it->passage, "admin.role")) return true;
  if (!sender_find(p->work, p->arrival->mail, p->arrival->list->id, &p->sender, error)) return false;
  bool is_member = p->sender.member != NULL;
  sender_clear(&p->sender);
  return is_member || admin_take_wish(p->work, p->arrival, p->decision, is_taken, error);
}

/* Holds or posts, for both kinds. */
static bool receive(struct posting *p, GError **error)
{
  bool posted = false;
  if (!is_posted(p, &posted, error)) return false;
  if (posted) {
    p->decision->outcome = OUTCOME_FILED;
    g_string_assign(p->decision->reason, "The list has this very mail already, by another of its addresses.");
    return true;
  }
  bool is_wish = false;
  if (!p->is_announce && !official_take(p->work, p->arrival, p->decision, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!said_take(p->work, p->arrival, p->decision, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!mute_take(p->work, p->arrival, p->decision, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!keeping_take_wish(p->work, p->arrival, p->decision, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!members_take_wish(p->work, p->arrival, p->decision, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!take_admins_order(p, &is_wish, error)) return false;
  if (is_wish) return true;
  if (!sender_find(p->work, p->arrival->mail, p->arrival->list->id, &p->sender, error)) return false;
  bool is_done = judge(p, error);
  sender_clear(&p->sender);
  return is_done;
}

bool group_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error)
{
  struct posting p = { .work = work, .arrival = arrival, .decision = decision };
  return receive(&p, error);
}

bool announce_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error)
{
  struct posting p = { .work = work, .arrival = arrival, .decision = decision, .is_announce = true };
  return receive(&p, error);
}
