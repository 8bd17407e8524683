/* Mail for cases. A question opens one; the same question again, or a case's number in it, joins the one
 * there is. Whom nobody vouches for is asked first whether the question is theirs, with one letter a day, so
 * that nobody gets an office's answer to what another wrote in their name. What comes to a party's address
 * belongs to that case. */
#include "lists/cases/case.h"
#include "lists/cases/residents/words.h"

#include "lists/frontdoor/frontdoor.h"
#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/members/consent.h"
#include "lists/members/members.h"
#include "lists/moderation/rules.h"
#include "lists/offices/offices.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"
#include "lib/text/subject.h"
#include "lib/text/template.h"

#include <string.h>

enum { TOO_MANY_AN_HOUR = 10, HOUR_SECONDS = 3600 };

enum context cases_context(struct store *store, const struct address_target *target)
{
  if (target->meaning != ADDRESS_TOKEN || target->token.purpose != TOKEN_CASE) return CONTEXT_NONE;
  g_autoptr(case_party_t) party = case_party_get(store, target->token.person, NULL);
  if (!party) return CONTEXT_NONE;
  return strcmp(party->role, "office") == 0 ? CONTEXT_OFFICIAL : CONTEXT_DEFECT;
}

/* A question on its way. */
struct asking {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  struct sender sender;
};

/* What a question is called: its subject, else what was understood, else its first words; without what is
 * private. */
static char *title_of(const struct asking *a)
{
  const struct arrival *arrival = a->arrival;
  g_autofree char *title = subject_base(arrival->mail->subject, NULL);
  const struct understanding *it = arrival->understanding;
  if ((!title || !*title) && it && it->meaning->title) {
    g_free(title);
    title = g_strdup(it->meaning->title);
  }
  if (!title || !*title) {
    g_free(title);
    title = g_strndup(arrival->mail->text_new, strcspn(arrival->mail->text_new, "\n"));
  }
  return case_text(a->work, title, mail_actor(arrival->mail)->name);
}

/* Not for the public, whatever the list: what names others or tells of them, and what reads as private. */
static bool may_be_public(const struct arrival *arrival)
{
  const char *name = mail_actor(arrival->mail)->name;
  const struct understanding *it = arrival->understanding;
  return it && !it->meaning->third_party && it->meaning->intent != INTENT_PRIVATE &&
         !case_words_private(it->passage, false, NULL) && !case_words_private(it->subject, false, NULL) &&
         case_may_be_public(arrival->mail->text_new, name) &&
         case_may_be_public(arrival->mail->subject, name);
}

/* Is somebody in danger? Then they are told whom to call. */
static bool is_urgent(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return it && (it->meaning->urgent || read_urgency(it->passage) || read_urgency(it->subject));
}

/* Offices are asked without encryption only about what may be known; the person is asked once what they want.
 */
static bool ask_consent(const struct asking *a, GError **error)
{
  if (a->arrival->target.meaning == ADDRESS_LIST)
    return true; /* asked for every such mail (lists/decide.c) */
  struct arrival arrival = *a->arrival;
  arrival.target.meaning = ADDRESS_LIST;
  return consent_ask(a->work, &arrival, error);
}

/* The question as its sender's, without where it is and who else it may be for. */
static struct case_opening opening_of(const struct asking *a, int64_t person)
{
  const struct mail *mail = a->arrival->mail;
  const struct understanding *understood = a->arrival->understanding;
  return (struct case_opening){ .kind = "question",
                                .list = a->arrival->list,
                                .address = a->sender.address,
                                .name = mail_actor(mail)->name,
                                .person = person,
                                .language = understood && case_words_simple(understood->passage)
                                                ? "de-x-leicht"
                                                : mail->language,
                                .name_agreed = understood && case_words_name(understood->passage),
                                .is_urgent = is_urgent(a->arrival),
                                .is_first_contact = !a->sender.person,
                                .is_by_front_door = a->arrival->is_by_front_door,
                                .is_public = may_be_public(a->arrival) };
}

/* Its sender entered it for somebody. */
static void enter_for(struct case_opening *opening, const struct asking *a, const struct on_behalf *helped)
{
  opening->helper_address = opening->address;
  opening->helper_person = opening->person;
  opening->in_name_of = helped->name;
  opening->address = opening->name = NULL;
  opening->person = 0;
  opening->text = helped->text;
  opening->is_first_contact = opening->name_agreed = false;
  const struct understanding *it = a->arrival->understanding;
  opening->is_public = helped->may_be_public && it->meaning->intent != INTENT_PRIVATE;
}

static bool open_new(struct asking *a, GError **error)
{
  const struct mail *mail = a->arrival->mail;
  const char *name = mail_actor(mail)->name;
  int64_t person = person_ensure(a->work->store, a->sender.address, name, a->work->now, a->work->now, error);
  if (!person) return false;
  g_autofree char *title = title_of(a), *text = case_text(a->work, mail->text_new, name);
  struct case_opening opening = opening_of(a, person);
  g_auto(on_behalf_t) helped = { 0 };
  if (!case_on_behalf(a->work, a->arrival, &a->sender, &helped, error)) return false;
  opening.title = title;
  opening.text = text;
  if (helped.name) enter_for(&opening, a, &helped);
  g_autoptr(casefile_t) it = NULL;
  a->decision->outcome = OUTCOME_POSTED;
  g_string_assign(a->decision->reason, helped.name ? "It is a question to an office, on behalf of somebody."
                                                   : "It is a question to an office.");
  if (!case_open(a->work, a->arrival, &opening, &it, error)) return false;
  a->decision->says_sort = a->arrival->is_by_front_door;
  g_string_append_printf(a->decision->details, " case=%d-%04d", it->year, it->number);
  return helped.name || ask_consent(a, error);
}

/* A case whose number the mail names, or that the same person opened with the same words a few days ago. */
static bool find_and_join(struct asking *a, bool *joined, GError **error)
{
  GError *failed = NULL;
  if (!case_join_named(a->work, a->arrival, &a->sender, a->decision, joined, error)) return false;
  if (*joined || !a->sender.person) return true;
  g_autoptr(casefile_t) same = case_same_again(a->work, a->arrival, a->sender.person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!same) return true;
  *joined = true;
  return case_join_again(a->work, a->arrival, same, a->sender.person, a->decision, error);
}

/* What the list's rules say. *taken false: nothing. */
static bool judge(struct asking *a, bool *taken, GError **error)
{
  const struct rule *rule = NULL;
  enum rule_action action = RULE_ACCEPT;
  struct rule_case it = { .work = a->work, .arrival = a->arrival, .sender = &a->sender };
  *taken = false;
  if (a->arrival->is_released) return true;
  if (!rules_judge(&it, &rule, &action, error)) return false;
  if (!rule && a->sender.person) {
    g_autoptr(GPtrArray) asked = casefiles_of_person(a->work->store, a->sender.person,
                                                     a->work->now - HOUR_SECONDS, TOO_MANY_AN_HOUR, error);
    if (!asked || !rule_action_for(a->work, a->arrival->list, "too_many", &action, error)) return false;
    if (asked->len >= TOO_MANY_AN_HOUR && action != RULE_ACCEPT) rule = rule_find("too_many");
  }
  *taken = rule != NULL;
  return !rule || rules_act(a->work, a->arrival, rule, action, a->decision, error);
}

/* Nobody vouches for the sender: they are asked, once a day; what more comes waits for a person. */
static bool ask_sender(struct asking *a, GError **error)
{
  const struct mail *mail = a->arrival->mail;
  if (!a->sender.address)
    return holding_put(a->work, a->arrival, "unauthenticated", NULL, a->decision, error);
  g_autofree char *details = waiting_details(a->arrival);
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "public", a->arrival->list->archive_public && may_be_public(a->arrival));
  bool asked = false;
  if (!requests_ask(a->work,
                    &(struct question_out){
                        .purpose = "question_confirm",
                        .list = a->arrival->list,
                        .person = a->sender.person,
                        .address = a->sender.address,
                        .object = a->arrival->mail_id,
                        .details = details,
                        .language = a->sender.person ? NULL : case_language(a->work, mail->language),
                        .values = values,
                        .in_reply_to = mail->message_id,
                        .is_answer = true,
                        .is_unauthenticated = true },
                    &asked, error))
    return false;
  if (!asked) return holding_put(a->work, a->arrival, "unauthenticated", NULL, a->decision, error);
  a->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(a->decision->reason,
                  "Nobody vouches for who asks an office; they are asked to confirm it.");
  return true;
}

static bool receive(struct asking *a, GError **error)
{
  bool is_taken = false;
  if (!judge(a, &is_taken, error)) return false;
  if (is_taken) return true;
  bool is_proven = a->sender.address && (a->arrival->mail->auth.is_authenticated || a->arrival->is_released);
  if (!is_proven) return ask_sender(a, error);
  if (!find_and_join(a, &is_taken, error)) return false;
  return is_taken || open_new(a, error);
}

bool question_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error)
{
  bool is_wish = false;
  if (!members_take_wish(work, arrival, decision, &is_wish, error)) return false;
  if (is_wish) return true;
  struct asking asking = { .work = work, .arrival = arrival, .decision = decision };
  bool is_done =
      sender_find(work, arrival->mail, arrival->list->id, &asking.sender, error) && receive(&asking, error);
  sender_clear(&asking.sender);
  return is_done;
}

/* Is the mail still a question? It may have moved on from the front door since. */
static bool is_still_here(struct work *work, const struct request *request, bool *is_it, GError **error)
{
  g_autofree char *recipient = request_detail(request, "recipient");
  g_autoptr(GPtrArray) rows = handled_of(work->store, request->object, error);
  if (!rows) return false;
  *is_it = true;
  for (guint i = 0; i < rows->len; i++) {
    const struct handled *row = rows->pdata[i];
    if (g_strcmp0(row->recipient, recipient) == 0) *is_it = row->list == request->list;
  }
  return true;
}

/* Their yes opens the case with the mail that waits. */
bool question_confirm_decide(struct work *work, const struct arrival *arrival,
                             const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "Whoever asks an office confirms it." : "The question was not theirs.");
  GError *failed = NULL;
  bool is_here = false;
  if (!is_still_here(work, request, &is_here, error)) return false;
  g_autoptr(incoming_t) incoming = is_yes && is_here ? waiting_read(work, request, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  if (!incoming || !list) return true;
  struct arrival question = waiting_arrival(work, request, incoming, list);
  question.is_released = true;
  return question_receive(work, &question, decision, error);
}

bool cases_answer(struct work *work, const struct arrival *arrival, struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct token *token = &arrival->target.token;
  g_autoptr(casefile_t) it = casefile_get(work->store, token->object, &failed);
  g_autoptr(case_party_t) party = failed ? NULL : case_party_get(work->store, token->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!it || !party || party->casefile != it->id)
    return holding_put(work, arrival, "no_object", NULL, decision, error);
  g_string_append_printf(decision->details, " case=%d-%04d", it->year, it->number);
  struct case_writing writing = { it, party, false };
  if (strcmp(party->role, "office") == 0) return case_office_reply(work, arrival, &writing, decision, error);
  bool is_correction = false;
  const struct taken_for taken = { it->answered ? 0 : it->mail, "question" };
  if (!frontdoor_corrected(work, arrival, &taken, decision, &is_correction, error)) return false;
  return is_correction || case_resident_reply(work, arrival, &writing, decision, error);
}
