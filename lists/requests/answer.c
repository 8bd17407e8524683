/* Answers: which question, whether the answer may count, then what the purpose does with it. */
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/moderation/duties.h"
#include "lists/notices.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/subject.h"

#include <string.h>

enum { READING_SECONDS = 60, AGAIN_SECONDS = 24 * 3600 };

enum context requests_context(struct store *store, const struct address_target *target)
{
  bool is_ours = target->meaning == ADDRESS_TOKEN || target->meaning == ADDRESS_STALE_TOKEN;
  if (!is_ours || target->token.purpose != TOKEN_REQUEST) return CONTEXT_NONE;
  g_autoptr(request_t) request = request_get(store, target->token.object, NULL);
  const struct purpose *purpose = request ? purpose_find(request->purpose) : NULL;
  return purpose ? purpose->context : CONTEXT_NONE;
}

bool requests_end(struct work *work, const struct arrival *arrival, const struct request *request,
                  const char *state, GError **error)
{
  bool is_first = false;
  const char *id = arrival ? arrival->confirmed_by ? arrival->confirmed_by : arrival->mail->message_id : NULL;
  return request_end(work->store, request->id, state, work->now, id ? id : "", &is_first, error);
}

/* Where to write again: not to a whole list, if there is a front door. */
static void put_door(struct work *work, struct value *values)
{
  const struct list *door = list_cache_of_kind(work->lists, "frontdoor", 0);
  g_autofree char *address = door ? list_address(work->config, door->name, NULL) : NULL;
  value_set_text(values, "door_address", address);
}

/* A sentence back about a question that is closed, or too old. */
static bool send_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                        const char *letter, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", arrival->mail->subject);
  put_door(work, values);
  return requests_tell(work, arrival, request, letter, values, false, error);
}

/* May whoever answers once more hear that nothing came of it? They themselves, a person whom our MTA knows
 * and who says more than thanks; once a day a question. */
static bool may_hear(struct work *work, const struct arrival *arrival, const struct request *request,
                     bool *may, GError **error)
{
  g_autofree char *from = address_normalise(mail_actor(arrival->mail)->address);
  g_autofree char *purpose = g_strdup_printf("request_closed %" G_GINT64_FORMAT, request->id);
  *may = false;
  bool is_again = work->now < request->answered + AGAIN_SECONDS;
  bool is_theirs = !is_again && arrival->mail->robot == MAIL_HUMAN && arrival->mail->auth.is_authenticated &&
                   g_strcmp0(from, request->address) == 0 && !settings_only_thanks(arrival) &&
                   !answer_is_note(arrival);
  return !is_theirs || notices_may(work, purpose, request->address, may, error);
}

/* The question is no longer open: nothing happens twice. */
static bool answer_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                          struct decision *decision, GError **error)
{
  const struct purpose *purpose = purpose_find(request->purpose);
  bool is_late = strcmp(request->state, "expired") == 0;
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, is_late ? "It answers a question of ours that has expired."
                                            : "It answers a question of ours that was answered before.");
  if (purpose->closed) return purpose->closed(work, arrival, request, error);
  bool may = is_late;
  if (!may && !may_hear(work, arrival, request, &may, error)) return false;
  return !may || send_closed(work, arrival, request, "request_expired", error);
}

/* Has the answer words of its own, or the unchanged subject of an answer? */
static bool says_something(const struct mail *mail)
{
  return *mail->text_new || subject_is_reply(mail->subject);
}

/* Nobody reads and answers within a minute without our MTA knowing them: a machine may. Asked once more;
 * where proof is needed anyway, that comes first. */
static bool is_doubtful(const struct arrival *arrival, const struct request *request,
                        const struct purpose *purpose)
{
  bool is_early = !purpose->needs_proof && arrival->received < request->asked + READING_SECONDS;
  return !says_something(arrival->mail) || (!arrival->mail->auth.is_authenticated && is_early);
}

/* Somebody has answered, and it is neither yes nor no. */
static bool is_unclear(const struct arrival *arrival, const struct purpose *purpose)
{
  if (purpose->takes_any_word) return answer_is_receipt(arrival->mail);
  return purpose->confirms && answer_said(arrival, purpose) == ANSWER_NONE;
}

/* Whoever is not understood for a second time hears that, too, once a day: of themselves, if our MTA says so.
 */
static bool may_tell_again(struct work *work, const struct arrival *arrival, const struct request *request,
                           enum once_more why, bool *may, GError **error)
{
  g_autofree char *from = address_normalise(mail_actor(arrival->mail)->address);
  g_autofree char *purpose = g_strdup_printf("request_again %" G_GINT64_FORMAT, request->id);
  *may = false;
  bool is_theirs = why == ONCE_MORE_UNCLEAR && arrival->mail->auth.is_authenticated &&
                   g_strcmp0(from, request->address) == 0;
  return !is_theirs || notices_may(work, purpose, request->address, may, error);
}

bool requests_ask_once_more(struct work *work, const struct arrival *arrival, const struct request *request,
                            enum once_more why, struct decision *decision, GError **error)
{
  static const struct {
    const char *flag, *reason;
  } rows[] = {
    [ONCE_MORE_UNCLEAR] = { "unclear", "It says neither yes nor no; it is asked once more." },
    [ONCE_MORE_MACHINE] = { "machine", "A machine may have answered; it is asked once more." },
    [ONCE_MORE_ELSEWHERE] = { "elsewhere", "It confirms something from another address; it is asked again." },
  };
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, rows[why].reason);
  bool may = request->reminders == 0;
  if (strcmp(request->state, "open") != 0) return true;
  if (!may && !may_tell_again(work, arrival, request, why, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  g_autofree char *asked = g_strdup_printf("asked_%s", request->purpose);
  g_autofree char *other = request_detail(request, "other");
  value_set_text(values, "subject", why == ONCE_MORE_ELSEWHERE ? NULL : arrival->mail->subject);
  value_set_text(values, "address", request->address);
  value_set_text(values, "other", other);
  value_set_flag(values, rows[why].flag, true);
  value_set_flag(values, asked, true);
  return request_put_off(work->store, request->id, request->due, error) &&
         requests_tell(work, arrival, request, "request_again", values, true, error);
}

/* Whose address is it, and is it that of whom we asked? */
static bool find_sender(struct work *work, const struct arrival *arrival, struct answering *answering,
                        char **from, GError **error)
{
  struct sender sender;
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  const struct request *request = answering->request;
  answering->sender = sender.person;
  answering->is_own_address = (sender.address && strcmp(sender.address, request->address) == 0) ||
                              (request->person && sender.person == request->person);
  answering->from = *from = g_steal_pointer(&sender.address);
  sender_clear(&sender);
  return true;
}

/* What is at stake needs more than the token: the person that was asked confirms in a second mail, sent to
 * where we know them. */
static bool ask_for_proof(struct work *work, const struct arrival *arrival, const struct answering *answering,
                          struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "It is not proven who answered; whom we asked is asked to confirm it.");
  g_autofree char *details = waiting_details(arrival);
  g_autoptr(value_t) values = value_new();
  g_autofree char *excerpt =
      g_utf8_substring(arrival->mail->text_new, 0, MIN(g_utf8_strlen(arrival->mail->text_new, -1), 300));
  value_set_text(values, "answer", excerpt);
  value_set_text(values, "subject", arrival->mail->subject);
  g_autofree char *about = request_detail(request, "subject");
  value_set_text(values, "about", about && *about ? about : NULL);
  value_set_flag(values, "decides", strcmp(request->purpose, "moderate") == 0);
  value_set_flag(values, "notice", strcmp(request->purpose, "notice") == 0);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "proof",
                                              .list = arrival->list,
                                              .person = request->person,
                                              .address = request->address,
                                              .object = request->id,
                                              .details = details,
                                              .values = values },
                      NULL, error);
}

/* Has whoever answered the duty themselves, by a mail of their own? Then the question went to a colleague,
 * and nobody need prove anything. */
static bool find_colleague(struct work *work, const struct arrival *arrival,
                           const struct answering *answering, bool *is, GError **error)
{
  const struct request *request = answering->request;
  bool is_duty = answering->purpose->context == CONTEXT_MODERATION && arrival->list;
  bool is_other = !answering->is_own_address && answering->sender && arrival->mail->auth.is_authenticated;
  *is = false;
  if (!is_duty || !is_other) return true;
  const struct request own = { .person = answering->sender, .address = (char *)answering->from };
  GError *failed = NULL;
  g_autoptr(request_t) asked = request_find_open(work->store, request->purpose, answering->from,
                                                 request->list, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  return !asked || duties_has(work, arrival->list, &own, is, error);
}

static bool send_to_their_own(struct work *work, const struct arrival *arrival,
                              const struct answering *answering, struct decision *decision, GError **error)
{
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "It answers a question that went to a colleague; its sender is told.");
  g_autofree char *about = request_detail(answering->request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "about", about && *about ? about : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "moderate_not_yours",
                                            .list = arrival->list,
                                            .address = answering->from,
                                            .person = answering->sender,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* "War das Ihre Antwort?" went to anna+kiez@…, and anna@… answers: the mailbox that gets such mail, as nearly
 * everywhere. The tag makes nobody the same person; but this second letter of ours was read there as the
 * first one was, so the answer to that may count. For nothing else. */
static bool is_from_untagged(const struct arrival *arrival, const struct answering *answering)
{
  const char *asked = answering->request->address, *from = answering->from;
  const char *tag = strchr(asked, '+'), *at = strrchr(asked, '@');
  bool is_proof = strcmp(answering->purpose->name, "proof") == 0;
  if (!is_proof || !arrival->mail->auth.is_authenticated || !from || !tag || !at || tag > at) return false;
  g_autofree char *untagged = g_strdup_printf("%.*s%s", (int)(tag - asked), asked, at);
  return strcmp(untagged, from) == 0;
}

static bool decide(struct work *work, const struct arrival *arrival, struct answering *answering,
                   struct decision *decision, GError **error)
{
  const struct purpose *purpose = answering->purpose;
  g_autofree char *from = NULL;
  if (!find_sender(work, arrival, answering, &from, error)) return false;
  if (is_from_untagged(arrival, answering)) answering->is_own_address = true;
  bool is_proven = answering->is_own_address && arrival->mail->auth.is_authenticated;
  bool is_colleague = false;
  if (purpose->whose == WHOSE_OWN_ONLY && !answering->is_own_address)
    return requests_ask_once_more(work, arrival, answering->request, ONCE_MORE_ELSEWHERE, decision, error);
  bool is_elsewhere = purpose->whose == WHOSE_OWN && !answering->is_own_address;
  if (purpose->needs_proof && !is_proven && !find_colleague(work, arrival, answering, &is_colleague, error))
    return false;
  if (is_colleague) return send_to_their_own(work, arrival, answering, decision, error);
  if (is_elsewhere || (purpose->needs_proof && !is_proven))
    return ask_for_proof(work, arrival, answering, decision, error);
  decision->outcome = OUTCOME_ANSWERED;
  g_autofree char *written_in = request_detail(answering->request, "written_in");
  bool is_remembered = written_in && !work->writer_language && answering->is_own_address;
  if (is_remembered) work->writer_language = written_in;
  bool is_done = purpose->decide(work, arrival, answering, decision, error);
  if (is_remembered) work->writer_language = NULL;
  return is_done;
}

/* The question is long gone: whoever our MTA knows hears how to go on, once a day. */
static bool tell_gone(struct work *work, const struct arrival *arrival, GError **error)
{
  const struct mail *mail = arrival->mail;
  bool may = false, is_known = mail->robot == MAIL_HUMAN && mail->auth.is_authenticated;
  g_autofree char *address = is_known ? address_normalise(mail_actor(mail)->address) : NULL;
  if (!address) return true;
  if (!notices_may(work, "request_gone", address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", mail->subject);
  put_door(work, values);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "request_expired",
                                            .list = arrival->list,
                                            .address = address,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

bool requests_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error)
{
  GError *failed = NULL;
  g_autoptr(request_t) request = request_get(work->store, arrival->target.token.object, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct purpose *purpose = request ? purpose_find(request->purpose) : NULL;
  if (!purpose || !arrival->understanding) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, "The question that it answers is no longer there.");
    return request || tell_gone(work, arrival, error);
  }
  bool is_open = strcmp(request->state, "open") == 0;
  if (!is_open && !(purpose->is_repeatable && strcmp(request->state, "expired") != 0))
    return answer_closed(work, arrival, request, decision, error);
  bool is_machine = is_doubtful(arrival, request, purpose);
  if (is_machine || is_unclear(arrival, purpose))
    return requests_ask_once_more(work, arrival, request, is_machine ? ONCE_MORE_MACHINE : ONCE_MORE_UNCLEAR,
                                  decision, error);
  struct answering answering = { .request = request, .purpose = purpose };
  return decide(work, arrival, &answering, decision, error);
}
