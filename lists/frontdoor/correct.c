/* Correcting: a reply to a line of the front door's moves the mail. A word (TERMIN, VORSCHLAG, FRAGE, MANGEL,
 * GRUPPE), a number of those we offered, or a yes to "shall it go to the group?" decides; FALSCH hands it to
 * people, who answer with the same words. The mail's row in `handled` keeps what it was taken for before.
 *
 * Only the sender of the mail, from an address of theirs, moves it; people must be known to our MTA, too. A
 * reply that decides nothing and says more belongs to the mail, and waits beside it. */
#include "lists/frontdoor/letters.h"
#include "lists/frontdoor/sorts.h"
#include "lists/frontdoor/taken.h"

#include "lists/addresses/reply_address.h"
#include "lists/comprehend.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/duties.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { REASON_BYTES = 600, SHORT_ANSWER_WORDS = 6 };

/* What a reply says. */
struct correction {
  const struct sort *sort; /* NULL: none */
  const struct list *group;
  bool is_wrong; /* it says only that we understood wrongly */
  bool is_yes;
};

/* A mail that is moved. */
struct move {
  struct work *work;
  const struct arrival *answer;
  const struct answering *answering;
  struct decision *decision;
  struct hold *hold; /* NULL: a kind took it */
  struct incoming *incoming;
};

/* The one sort that the words name; several: none. */
static void read_words(const struct passage *passage, struct correction *said)
{
  guint tag = phrases_tag("front_door.sort");
  bool are_several = false;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end)) {
    const struct sort *sort = sort_of_word(hit->value);
    if (strcmp(hit->value, "wrong") == 0) said->is_wrong = true;
    if (sort && said->sort && sort != said->sort) are_several = true;
    if (sort) said->sort = sort;
  }
  if (are_several) said->sort = NULL;
}

/* The number that a reply begins with; 0: none. */
static guint read_number(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint at = 0;
  while (at < l->count && l->at[at].kind != LEXEME_DIGITS && l->at[at].kind != LEXEME_WORD) at++;
  bool is_number = at < l->count && l->at[at].kind == LEXEME_DIGITS && l->at[at].number <= 3;
  return is_number && l->count - at <= SHORT_ANSWER_WORDS ? l->at[at].number : 0;
}

/* What the number stands for. */
static void read_choice(const struct move *m, const struct passage *passage, struct correction *said)
{
  g_autofree char *choices = request_detail(m->answering->request, "choices");
  guint number = read_number(passage);
  g_auto(GStrv) words = g_strsplit(choices ? choices : "", ",", 4);
  if (number == 0 || number > g_strv_length(words)) return;
  g_auto(GStrv) halves = g_strsplit(words[number - 1], ":", 2);
  said->sort = sort_of_word(halves[0]);
  if (halves[1]) said->group = list_cache_by_name(m->work->lists, halves[1]);
}

static struct correction read_correction(const struct move *m)
{
  const struct understanding *it = m->answer->understanding;
  struct correction said = { 0 };
  read_words(it->passage, &said);
  if (!said.sort) read_choice(m, it->passage, &said);
  enum answer answer = answer_read(it->passage).answer;
  said.is_yes = answer == ANSWER_YES;
  bool asks_group = strcmp(m->answering->request->purpose, "front_door_group") == 0;
  if (!said.sort && !said.is_wrong && asks_group && said.is_yes) said.sort = sort_of_group();
  if (!said.sort && answer == ANSWER_NO) said.is_wrong = true;
  return said;
}

/* Writes what became of the mail, behind what was known of it. */
static bool record(struct move *m, const struct list *list, enum outcome outcome, const char *more,
                   GError **error)
{
  g_autoptr(GPtrArray) rows = handled_of(m->work->store, m->hold->mail, error);
  if (!rows) return false;
  g_autofree char *reason = g_strdup(more);
  for (guint i = 0; i < rows->len; i++) {
    const struct handled *row = g_ptr_array_index(rows, i);
    if (strcmp(row->recipient, m->hold->recipient) != 0 || strlen(row->reason) > REASON_BYTES) continue;
    g_free(reason);
    reason = g_strdup_printf("%s %s", row->reason, more);
  }
  struct handled handled = { .mail = m->hold->mail,
                             .recipient = m->hold->recipient,
                             .list = list ? list->id : 0,
                             .kind = list ? list->kind : (char *)"",
                             .outcome = (char *)outcome_word(outcome),
                             .reason = reason,
                             .at = m->work->now };
  return handled_put(m->work->store, &handled, error);
}

/* Tells where it went now; another reply may correct it again. */
static bool tell_moved(struct move *m, const struct sort *sort, const struct list *group, GError **error)
{
  const struct request *request = m->answering->request;
  g_autoptr(value_t) values = value_new();
  sort_set_flags(values, sort);
  value_set_flag(values, "people", sort == NULL);
  value_set_text(values, "title", group ? group->title : NULL);
  value_set_text(values, "subject", *m->hold->subject ? m->hold->subject : NULL);
  return letters_send(m->work,
                      &(struct letter_out){ .purpose = "front_door_moved",
                                            .list = m->answer->list,
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = m->answer->mail->message_id,
                                            .is_answer = true,
                                            .request = request->id },
                      error);
}

/* The mail as if it had come to this list in the first place, held under its old address. */
static bool receive_at(struct move *m, const struct list *list, GError **error)
{
  g_autofree char *address = list_address(m->work->config, list->name, NULL);
  const char *recipients[] = { address, NULL };
  g_autoptr(incoming_t) incoming =
      incoming_new(m->work->config, m->incoming->received, m->incoming->sender, recipients, m->incoming->raw);
  comprehend(m->work, incoming);
  struct arrival arrival = {
    .mail = incoming->mail,
    .raw = incoming->raw,
    .mail_id = m->hold->mail,
    .received = incoming->received,
    .envelope_sender = incoming->sender,
    .recipient = m->hold->recipient,
    .target = addresses_look_up(m->work->book, m->work->keys, address, m->work->now),
    .list = list,
    .understanding = g_ptr_array_index(incoming->understandings, 0),
  };
  struct decision decision = { .reason = g_string_new(NULL), .details = g_string_new(NULL) };
  bool is_done = kind_find(list->kind)->receive(m->work, &arrival, &decision, error);
  g_autofree char *more = g_strdup_printf("It was moved to %s. %s", list->name, decision.reason->str);
  if (is_done && decision.outcome != OUTCOME_HELD) is_done = hold_remove(m->work->store, m->hold->id, error);
  if (is_done) is_done = record(m, list, decision.outcome, more, error);
  g_string_append(m->decision->details, decision.details->str);
  g_string_free(decision.reason, TRUE);
  g_string_free(decision.details, TRUE);
  return is_done;
}

/* Holds the mail anew: at another list, or for people. */
static bool hold_again(struct move *m, const struct list *list, const char *code, const char *reason,
                       GError **error)
{
  struct hold hold = *m->hold;
  hold.list = list->id;
  hold.code = (char *)code;
  hold.reason = (char *)reason;
  return hold_put(m->work->store, &hold, error) && record(m, list, OUTCOME_HELD, reason, error);
}

/* To the people who look after the front door. */
static bool to_people(struct move *m, GError **error)
{
  const struct list *door = m->answer->list;
  bool is_person = strcmp(m->answering->request->purpose, "front_door_people") == 0;
  g_string_assign(m->decision->reason, "The front door misunderstood a mail; a person decides.");
  if (is_person) return true;
  return hold_again(m, door, "front_door", "Its sender says that it was misunderstood; a person decides.",
                    error) &&
         frontdoor_tell_people(m->work, door, m->hold, m->incoming, error) &&
         tell_moved(m, NULL, NULL, error);
}

/* The groups that somebody could mean, up to three: "group:a,group:b". NULL without error: none. */
static char *groups_of(struct move *m, int64_t person, GError **error)
{
  g_autoptr(GPtrArray) members = person ? person_memberships(m->work->store, person, error) : NULL;
  g_autoptr(GString) choices = g_string_new(NULL);
  guint count = 0;
  for (guint i = 0; members && i < members->len && count < 3; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(m->work->lists, member->list);
    if (!list || strcmp(list->kind, "group") != 0 || strcmp(member->state, "pending") == 0) continue;
    g_string_append_printf(choices, "%sgroup:%s", count++ ? "," : "", list->name);
  }
  return count ? g_string_free(g_steal_pointer(&choices), FALSE) : NULL;
}

/* Which of several groups? */
static bool ask_which(struct move *m, int64_t person, GError **error)
{
  GError *failed = NULL;
  g_autofree char *choices = groups_of(m, person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!choices) return to_people(m, error);
  g_string_assign(m->decision->reason, "A mail at the front door is for a group; it is asked which.");
  struct arrival original = { .mail = m->incoming->mail,
                              .mail_id = m->hold->mail,
                              .recipient = m->hold->recipient };
  struct telling telling = { .purpose = "front_door_ask",
                             .door = m->answer->list,
                             .sort = sort_of_group(),
                             .choices = choices,
                             .address = m->answering->request->address,
                             .person = person,
                             .hold = m->hold->id,
                             .is_authenticated = m->answer->mail->auth.is_authenticated };
  return frontdoor_tell(m->work, &original, &telling, error);
}

/* People say that a mail is a post: its sender is asked, since only they may send it to a group. */
static bool ask_sender(struct move *m, GError **error)
{
  GError *failed = NULL;
  const struct list *group = NULL;
  g_autofree char *from = address_normalise(m->hold->from_address);
  int64_t sender = from ? person_find(m->work->store, from, &failed) : 0;
  if (fault_hand_on(failed, error)) return false;
  const struct understanding *it = g_ptr_array_index(m->incoming->understandings, 0);
  if (!sort_group(m->work, it, sender, true, &group, error)) return false;
  if (!group) return to_people(m, error);
  g_string_assign(m->decision->reason,
                  "A mail at the front door is a post, as a person said; its sender is asked.");
  struct arrival original = { .mail = m->incoming->mail,
                              .mail_id = m->hold->mail,
                              .recipient = m->hold->recipient };
  struct telling telling = { .purpose = "front_door_group",
                             .door = m->answer->list,
                             .sort = sort_of_group(),
                             .group = group,
                             .address = from,
                             .person = sender,
                             .hold = m->hold->id,
                             .is_authenticated = m->incoming->mail->auth.is_authenticated };
  return frontdoor_tell(m->work, &original, &telling, error);
}

/* To a group: the one that was offered or named, or the only one. */
static bool to_group(struct move *m, const struct correction *said, GError **error)
{
  const struct request *request = m->answering->request;
  if (strcmp(request->purpose, "front_door_people") == 0) return ask_sender(m, error);
  g_autofree char *offered = request_detail(request, "group");
  const struct list *group = said->group ? said->group : list_cache_by_name(m->work->lists, offered);
  if (!group && !sort_group(m->work, m->answer->understanding, request->person, true, &group, error))
    return false;
  if (!group) return ask_which(m, request->person, error);
  g_string_assign(m->decision->reason, "A mail at the front door goes to a group, as a reply said.");
  return receive_at(m, group, error) && requests_end(m->work, m->answer, request, "yes", error) &&
         tell_moved(m, sort_of_group(), group, error);
}

/* To another kind. */
static bool to_sort(struct move *m, const struct sort *sort, GError **error)
{
  const struct list *list = NULL;
  const struct understanding *it = g_ptr_array_index(m->incoming->understandings, 0);
  if (!sort_list(m->work, sort, it, m->answering->request->person, &list, error)) return false;
  if (!list) list = m->answer->list;
  g_string_printf(m->decision->reason, "A mail at the front door is %s, as a reply said.", sort->about);
  if (kind_receives(list) && !kind_is_front_door(list->kind))
    return receive_at(m, list, error) &&
           requests_end(m->work, m->answer, m->answering->request, "yes", error) &&
           tell_moved(m, sort, NULL, error);
  g_autofree char *reason =
      g_strdup_printf("A reply says that it is %s; it waits at %s.", sort->about, list->name);
  return hold_again(m, list, "kind_not_ready", reason, error) && tell_moved(m, sort, NULL, error);
}

/* Decides nothing: thanks, or more about the mail. */
static bool keep_beside(struct move *m, GError **error)
{
  const struct understanding *it = m->answer->understanding;
  guint words = 0;
  for (guint i = 0; i < it->passage->lexemes->count; i++)
    words += it->passage->lexemes->at[i].kind == LEXEME_WORD;
  bool is_short = words <= SHORT_ANSWER_WORDS && m->answer->mail->attachments->len == 0;
  g_string_assign(m->decision->reason, "It answers a line of the front door's and corrects nothing.");
  if (is_short) return true;
  struct arrival arrival = *m->answer;
  const struct list *list = list_cache_by_id(m->work->lists, m->hold->list);
  if (list) arrival.list = list;
  return holding_put(m->work, &arrival, "kind_not_ready",
                     "It says more about a mail that waits here, in answer to a line of the front door's.",
                     m->decision, error);
}

static bool move(struct move *m, GError **error)
{
  struct correction said = read_correction(m);
  if (said.sort == sort_of_group()) return to_group(m, &said, error);
  if (said.sort) return to_sort(m, said.sort, error);
  return said.is_wrong ? to_people(m, error) : keep_beside(m, error);
}

/* The mail is no longer held: a sentence, so that nobody waits. */
static bool tell_gone(struct move *m, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_string_assign(m->decision->reason, "It corrects a mail that no longer waits.");
  return letters_send(m->work,
                      &(struct letter_out){ .purpose = "request_expired",
                                            .list = m->answer->list,
                                            .address = m->answering->request->address,
                                            .person = m->answering->request->person,
                                            .values = values,
                                            .in_reply_to = m->answer->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* A kind took the mail: where the reply says that it is something else, the kind gives it up, and it moves as
 * one that waited. */
static bool move_taken(struct move *m, struct hold **hold, GError **error)
{
  GError *failed = NULL;
  const struct request *request = m->answering->request;
  const struct list *list = taken_by(m->work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!list) return tell_gone(m, error);
  struct correction said = read_correction(m);
  const char *kind = said.sort ? said.sort->kind : NULL, *name = said.sort ? said.sort->list : NULL;
  bool is_same = g_strcmp0(kind, list->kind) == 0 && (!name || strcmp(name, list->name) == 0);
  m->decision->outcome = OUTCOME_FILED;
  g_string_assign(m->decision->reason, "It answers a line of the front door's and corrects nothing.");
  if (is_same || (!said.sort && !said.is_wrong)) return true;
  if (!taken_give_up(m->work, request, list, m->answer->list, hold, error)) return false;
  m->hold = *hold;
  if (!m->hold) return tell_gone(m, error);
  g_autofree char *more = g_strdup_printf("It was taken back from %s.", list->name);
  return record(m, m->answer->list, OUTCOME_HELD, more, error) && move(m, error);
}

bool front_door_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  struct move m = { .work = work, .answer = arrival, .answering = answering, .decision = decision };
  if (!answering->is_own_address)
    return holding_put(work, arrival, "front_door",
                       "It answers a line of the front door's from another address than that went to.",
                       decision, error);
  GError *failed = NULL;
  g_autoptr(hold_t) hold = taken_held(work, answering->request, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(incoming_t) incoming = waiting_read(work, answering->request, &failed);
  if (fault_hand_on(failed, error)) return false;
  m.hold = hold;
  m.incoming = incoming;
  bool is_person = strcmp(answering->request->purpose, "front_door_people") == 0, has = true;
  if (is_person && !duties_has(work, arrival->list, answering->request, &has, error)) return false;
  if (!has) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, "Whoever was asked looks after the front door no more.");
    return true;
  }
  if (!arrival->list || !incoming) return tell_gone(&m, error);
  if (hold) return move(&m, error);
  struct hold *again = NULL;
  bool is_done = move_taken(&m, &again, error);
  hold_free(again);
  return is_done;
}
