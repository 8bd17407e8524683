/* Whether the other person takes part. They get one letter, with what the mediator wrote for them and nothing
 * else; a reply means yes unless it says no, and it must be theirs. A reply that only asks back goes to the
 * mediator and leaves the question open. No and silence look the same to whoever asked for the mediation. */
#include "lists/mediation/inside.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { MESSAGE_CHARACTERS = 2000, INVITATIONS_MAX = 5, WORDS_WORTH_TELLING = 4 };

/* At most so many characters of a text without what must not be told; NULL: nothing. Caller frees. */
static char *bounded(const struct mediating *it, enum mediation_role writer, const char *text)
{
  g_autofree char *hidden = mediation_hide(it->work, it->mediation, writer, text);
  g_strstrip(hidden);
  if (!*hidden) return NULL;
  return g_utf8_substring(hidden, 0, MIN(g_utf8_strlen(hidden, -1), MESSAGE_CHARACTERS));
}

/* Why an address is not asked: a flag of mediation_unclear.md; NULL: it may be. */
static bool objection(struct mediating *it, const char *address, const char **flag, GError **error)
{
  *flag = NULL;
  g_autofree char *key = requests_rate_key(address);
  int64_t count = requests_count(it->work->store, "mediation_invite", key, it->mediation->since - 1, error);
  if (count < 0) return false;
  if (count > 0) *flag = "asked_before";
  if (it->mediation->invitations >= INVITATIONS_MAX) *flag = "too_many_people";
  return true;
}

/* The question to the other person. */
static bool ask(struct mediating *it, const char *address, int64_t person, const char *message, bool *asked,
                GError **error)
{
  struct work *work = it->work;
  const char *language = it->list ? it->list->language : work->config->language;
  g_autofree char *requester = mediation_called(work, it->mediation, ROLE_REQUESTER, language, error);
  g_autofree char *mediator =
      requester ? mediation_called(work, it->mediation, ROLE_MEDIATOR, language, error) : NULL;
  if (!mediator) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "requester", requester);
  value_set_text(values, "mediator", mediator);
  value_set_text(values, "message", message);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "mediation_invite",
                                              .list = it->list,
                                              .person = person,
                                              .address = address,
                                              .object = it->mediation->id,
                                              .values = values },
                      asked, error);
}

/* Who was asked before answers no more. */
static bool replace_earlier(struct mediating *it, const char *address, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(it->work->store, "mediation_invite", it->mediation->id, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *request = g_ptr_array_index(open, i);
    bool is_first = false;
    if (strcmp(request->address, address) == 0) continue;
    if (!request_end(it->work->store, request->id, "settled", it->work->now, "", &is_first, error))
      return false;
  }
  return true;
}

/* The mediator sees what was sent to whom. */
static bool confirm(struct mediating *it, const char *address, const char *message, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "address", address);
  value_set_text(values, "message", message);
  return mediation_tell(it->work,
                        &(struct mediation_letter){ .mediation = it->mediation,
                                                    .to = ROLE_MEDIATOR,
                                                    .purpose = "mediation_asked",
                                                    .values = values,
                                                    .in_reply_to = it->arrival->mail->message_id,
                                                    .request = it->request->id },
                        error);
}

bool mediation_invite(struct mediating *it, const char *address, const char *message, GError **error)
{
  struct work *work = it->work;
  GError *failed = NULL;
  const char *flag = NULL;
  if (!objection(it, address, &flag, error)) return false;
  if (flag) return mediating_unclear(it, ROLE_MEDIATOR, flag, error);
  int64_t person = person_find(work->store, address, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *shown = bounded(it, ROLE_MEDIATOR, message);
  bool asked = false;
  if (!ask(it, address, person, shown, &asked, error)) return false;
  if (!asked) return mediating_unclear(it, ROLE_MEDIATOR, "unreachable", error);
  mediating_done(it, "The mediator names somebody, who is asked to take part.");
  return replace_earlier(it, address, error) &&
         mediation_seat_put(
             work->store, it->mediation->id, ROLE_OTHER,
             &(struct mediation_seat){ .person = person, .address = (char *)address, .name = (char *)"" },
             error) &&
         mediation_count_invitation(work->store, it->mediation->id, error) &&
         mediation_set_state(work->store, it->mediation->id, "invited", work->now, error) &&
         confirm(it, address, shown, error);
}

bool mediation_uninvite(struct work *work, const struct mediation *mediation, const char *how,
                        const char *text, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, how, true);
  value_set_text(values, "text", text);
  value_set_text(values, "address", mediation->seats[ROLE_OTHER].address);
  g_autoptr(GPtrArray) steering = requests_about(work->store, "mediation_steer", mediation->id, error);
  if (!steering) return false;
  const struct request *steer = steering->len ? g_ptr_array_index(steering, 0) : NULL;
  int64_t way = mediation_way(work, mediation, ROLE_REQUESTER, ROLE_MEDIATOR, error);
  return way && mediation_set_state(work->store, mediation->id, "taken", work->now, error) &&
         mediation_seat_remove(work->store, mediation->id, ROLE_OTHER, error) &&
         mediation_tell(work,
                        &(struct mediation_letter){ .mediation = mediation,
                                                    .to = ROLE_MEDIATOR,
                                                    .purpose = "mediation_declined",
                                                    .values = values,
                                                    .request = steer ? steer->id : 0 },
                        error) &&
         (strcmp(how, "unreachable") == 0 ||
          mediation_tell(
              work,
              &(struct mediation_letter){
                  .mediation = mediation, .to = ROLE_REQUESTER, .purpose = "mediation_none", .request = way },
              error));
}

/* The letter that opens the conversation, to each with an address of their own. */
static bool open_for(struct mediating *it, enum mediation_role role, GError **error)
{
  struct work *work = it->work;
  g_autoptr(value_t) values = value_new();
  for (int to = 0; to < ROLE_COUNT; to++) {
    if (to == (int)role || (role != ROLE_MEDIATOR && to != ROLE_MEDIATOR)) continue;
    g_autofree char *address =
        mediation_way_address(work, it->mediation, role, (enum mediation_role)to, error);
    if (!address) return false;
    g_autofree char *key = g_strconcat(mediation_role_word((enum mediation_role)to), "_address", NULL);
    value_set_text(values, key, address);
  }
  int64_t way = mediation_way(work, it->mediation, role, role, error);
  return way && mediation_tell(work,
                               &(struct mediation_letter){ .mediation = it->mediation,
                                                           .to = role,
                                                           .purpose = "mediation_open",
                                                           .values = values,
                                                           .request = way },
                               error);
}

/* They take part: the conversation opens. What they said besides reaches the mediator. */
static bool accept(struct mediating *it, const struct request *question, GError **error)
{
  struct work *work = it->work;
  int64_t id = it->mediation->id;
  mediating_done(it, "Whom the mediator named takes part; the conversation opens.");
  g_autofree char *name = mediation_name(work, question->person, it->arrival->mail->from.name, false, error);
  struct mediation_seat seat = { .person = question->person, .address = question->address, .name = name };
  if (!name || !mediation_seat_put(work->store, id, ROLE_OTHER, &seat, error) ||
      !mediation_set_state(work->store, id, "open", work->now, error) ||
      !requests_end(work, it->arrival, question, "yes", error))
    return false;
  mediating_clear(it);
  it->mediation = mediation_get(work->store, id, error);
  if (!it->mediation) return false;
  for (int role = 0; role < ROLE_COUNT; role++)
    if (!open_for(it, (enum mediation_role)role, error)) return false;
  const struct passage *passage = it->arrival->understanding->passage;
  bool says_more = passage_words(passage, 0, passage->lexemes->count) >= WORDS_WORTH_TELLING;
  return !says_more || mediation_pass(it, ROLE_OTHER, ROLE_MEDIATOR, true, error);
}

static bool decline(struct mediating *it, const struct request *question, GError **error)
{
  g_autofree char *text = bounded(it, ROLE_OTHER, it->arrival->mail->text_new);
  mediating_done(it, "Whom the mediator named does not take part.");
  return requests_end(it->work, it->arrival, question, "no", error) &&
         mediation_uninvite(it->work, it->mediation, "no", text, error);
}

/* A question alone is neither yes nor no. */
static bool ask_back(struct mediating *it, GError **error)
{
  bool is_done = mediation_pass(it, ROLE_OTHER, ROLE_MEDIATOR, true, error);
  mediating_done(it, "Whom the mediator named asks back; the mediator answers.");
  return is_done;
}

bool mediation_invite_answer(struct mediating *it, GError **error)
{
  GError *failed = NULL;
  const struct understanding *understood = it->arrival->understanding;
  const char *address = it->mediation->seats[ROLE_OTHER].address;
  g_autoptr(request_t) question = address ? request_find_open(it->work->store, "mediation_invite", address,
                                                              it->mediation->list, it->mediation->id, &failed)
                                          : NULL;
  if (fault_hand_on(failed, error)) return false;
  bool more = false;
  if (!question || strcmp(it->mediation->state, "invited") != 0)
    return mediating_done(it, "The question that it answers is no longer open.");
  enum answer answer = answer_meant(understood->passage);
  bool is_no = answer_is_no(it->arrival) || answer == ANSWER_NO || mediation_says_end(understood, &more) ||
               passage_has(understood->passage, "mediation.unwilling");
  if (is_no) return decline(it, question, error);
  bool asks = answer != ANSWER_YES && strchr(it->arrival->mail->text_new, '?');
  /* "bin bis Montag verreist, melde mich": the mediator reads it, nobody has agreed */
  if (asks || answer_is_note(it->arrival)) return ask_back(it, error);
  return accept(it, question, error);
}

bool mediation_invite_decide(struct work *work, const struct arrival *arrival,
                             const struct answering *answering, struct decision *decision, GError **error)
{
  struct mediating it;
  bool is_done =
      mediating_fill(&it, work, arrival, answering, decision, error) && mediation_invite_answer(&it, error);
  mediating_clear(&it);
  return is_done;
}

bool mediation_invite_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(mediation_t) mediation = mediation_get(work->store, request->object, error);
  if (!mediation) return error == NULL || *error == NULL;
  bool is_waited_for = strcmp(mediation->state, "invited") == 0 &&
                       mediation_role_of(mediation, request->address) == ROLE_OTHER;
  return !is_waited_for || mediation_uninvite(work, mediation, "silent", NULL, error);
}

bool mediation_bounced(struct work *work, const struct letter *letter, const char *address, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, letter->list);
  if (!list || strcmp(list->kind, "mediation") != 0 || !address) return true;
  g_autoptr(GPtrArray) rows = mediations_of_address(work->store, address, error);
  for (guint i = 0; rows && i < rows->len; i++) {
    const struct mediation *row = g_ptr_array_index(rows, i);
    g_autoptr(mediation_t) mediation = mediation_get(work->store, row->id, error);
    if (!mediation) return false;
    enum mediation_role role = mediation_role_of(mediation, address);
    g_autofree char *purpose = g_strdup_printf("mediation_undelivered %" G_GINT64_FORMAT, mediation->id);
    bool may = false, is_question = role == ROLE_OTHER && strcmp(mediation->state, "invited") == 0;
    const char *mediator = mediation->seats[ROLE_MEDIATOR].address;
    if (role == ROLE_MEDIATOR || !mediator) continue;
    if (!notices_may(work, purpose, mediator, &may, error)) return false;
    if (!may) continue;
    g_autoptr(value_t) values = value_new();
    value_set_flag(values, "is_requester", role == ROLE_REQUESTER);
    int64_t way = mediation_way(work, mediation, ROLE_MEDIATOR, ROLE_REQUESTER, error);
    bool is_told =
        way && (is_question ? mediation_uninvite(work, mediation, "unreachable", NULL, error)
                            : mediation_tell(work,
                                             &(struct mediation_letter){ .mediation = mediation,
                                                                         .to = ROLE_MEDIATOR,
                                                                         .purpose = "mediation_undelivered",
                                                                         .values = values,
                                                                         .request = way },
                                             error));
    if (!is_told) return false;
  }
  return rows != NULL;
}
