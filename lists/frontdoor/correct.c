/* Correcting: a reply to a line of the front door's says where the mail shall go. A word (TERMIN, VORSCHLAG,
 * FRAGE, MANGEL, GRUPPE), a number of those we offered, or a yes to "shall it go to the group?" decides;
 * FALSCH hands it to people (people.c), who answer with the same words. What moving is stands in move.c.
 *
 * Only the sender of the mail, from an address of theirs, moves it; people must be known to our MTA, too. A
 * reply that decides nothing and says more belongs to the mail, and waits beside it. */
#include "lists/admin/admin.h"
#include "lists/frontdoor/frontdoor.h"
#include "lists/frontdoor/letters.h"
#include "lists/frontdoor/move.h"
#include "lists/frontdoor/sorts.h"
#include "lists/frontdoor/taken.h"

#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { SHORT_ANSWER_WORDS = 6 };

/* What a reply says. */
struct correction {
  const struct sort *sort; /* NULL: none */
  const struct list *group;
  bool is_wrong;    /* it says only that we understood wrongly */
  bool are_several; /* it names more than one sort */
  bool is_yes;
};

/* Is a word written as our letters write it, "TERMIN"? */
static bool is_in_capitals(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  const char *end = l->text + l->at[hit->end - 1].end;
  for (const char *p = l->text + l->at[hit->first].start; p < end; p = g_utf8_next_char(p))
    if (g_unichar_islower(g_utf8_get_char(p))) return false;
  return true;
}

/* The one sort that the words name; several: none. Who goes on writing about their mail names terms and
 * groups as well: only what stands at the beginning corrects, or in capitals. */
static void read_words(const struct passage *passage, struct correction *said)
{
  enum { BEGINNING_WORDS = 12 };
  guint tag = phrases_tag("front_door.sort"), all = passage_words(passage, 0, passage->lexemes->count);
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end)) {
    const struct sort *sort = sort_of_word(hit->value);
    /* a group reads what goes there */
    bool is_short =
        (sort == sort_of_group() ? all : passage_words(passage, 0, hit->first)) <= BEGINNING_WORDS;
    if (!is_short && !is_in_capitals(passage, hit)) continue;
    if (strcmp(hit->value, "wrong") == 0) said->is_wrong = true;
    if (sort && said->sort && sort != said->sort) said->are_several = true;
    if (sort) said->sort = sort;
  }
  if (said->are_several) said->sort = NULL;
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
  if (!choices) return move_to_people(m, error);
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

/* To a group: the one that was offered or named, or the only one. */
static bool to_group(struct move *m, const struct correction *said, GError **error)
{
  const struct request *request = m->answering->request;
  if (frontdoor_is_by_people(request)) return move_ask_sender(m, error);
  g_autofree char *offered = request_detail(request, "group");
  const struct list *group = said->group ? said->group : list_cache_by_name(m->work->lists, offered);
  if (!group && !sort_group(m->work, m->answer->understanding, request->person, true, &group, error))
    return false;
  if (!group) return ask_which(m, request->person, error);
  g_string_assign(m->decision->reason, "A mail at the front door goes to a group, as a reply said.");
  return move_receive_at(m, group, error) && requests_end(m->work, m->answer, request, "yes", error) &&
         move_tell(m, sort_of_group(), group, error);
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
    return move_receive_at(m, list, error) &&
           requests_end(m->work, m->answer, m->answering->request, "yes", error) &&
           move_tell(m, sort, NULL, error);
  g_autofree char *reason =
      g_strdup_printf("A reply says that it is %s; it waits at %s.", sort->about, list->name);
  return move_hold_again(m, list, "kind_not_ready", reason, error) && move_tell(m, sort, NULL, error);
}

/* The answer names no place, or two: asked for one word, once a day. */
static bool ask_for_a_word(struct move *m, GError **error)
{
  const struct request *request = m->answering->request;
  bool may = false;
  g_autofree char *purpose = g_strdup_printf("front_door_unclear %" G_GINT64_FORMAT, request->id);
  g_string_assign(m->decision->reason, "It does not say what the mail is; it is asked for one word.");
  if (!notices_may(m->work, purpose, request->address, &may, error)) return false;
  g_autofree char *subject = NULL;
  if (!move_subject(m, &subject, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", subject);
  return !may || requests_tell(m->work, m->answer, request, "front_door_unclear", values, true, error);
}

/* Decides nothing: thanks, or more about the mail. */
static bool keep_beside(struct move *m, const struct correction *said, GError **error)
{
  const struct understanding *it = m->answer->understanding;
  bool is_by_people = frontdoor_is_by_people(m->answering->request);
  guint words = passage_words(it->passage, 0, it->passage->lexemes->count);
  bool is_short = words <= SHORT_ANSWER_WORDS && m->answer->mail->attachments->len == 0;
  g_string_assign(m->decision->reason, "It answers a line of the front door's and corrects nothing.");
  if (said->are_several || (is_by_people && !said->is_yes)) return ask_for_a_word(m, error);
  if (is_short || is_by_people) return true;
  struct arrival arrival = *m->answer;
  const struct list *list = list_cache_by_id(m->work->lists, m->hold->list);
  if (list) arrival.list = list;
  return holding_put(m->work, &arrival, "kind_not_ready",
                     "It says more about a mail that waits here, in answer to a line of the front door's.",
                     m->decision, error);
}

/* Is the mail where the words of one of those who look after the door would have it? The faster one moved it.
 */
static bool is_there(const struct move *m, const struct list *list, const struct sort *sort)
{
  if (!sort || !list || !frontdoor_is_by_people(m->answering->request)) return false;
  return sort->list ? strcmp(sort->list, list->name) == 0 : strcmp(sort->kind, list->kind) == 0;
}

static bool move(struct move *m, GError **error)
{
  struct correction said = read_correction(m);
  if (is_there(m, list_cache_by_id(m->work->lists, m->hold->list), said.sort)) {
    g_string_assign(m->decision->reason, "The mail is there already.");
    return true;
  }
  if (said.sort == sort_of_group()) return to_group(m, &said, error);
  if (said.sort) return to_sort(m, said.sort, error);
  return said.is_wrong ? move_to_people(m, error) : keep_beside(m, &said, error);
}

/* The mail is no longer held: a sentence, so that nobody waits. */
static bool tell_gone(struct move *m, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_string_assign(m->decision->reason, "It corrects a mail that no longer waits.");
  return requests_tell(m->work, m->answer, m->answering->request, "request_expired", values, false, error);
}

/* Whoever was asked looks after neither the door nor the list where the mail is by now: a sentence, too,
 * unless it is where they would have it. */
static bool tell_moved_on(struct move *m, const struct list *place, GError **error)
{
  struct correction said = read_correction(m);
  m->decision->outcome = OUTCOME_FILED;
  g_string_assign(m->decision->reason, "The mail is there already.");
  return is_there(m, place, said.sort) || tell_gone(m, error);
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
  bool may = true;
  if (frontdoor_is_by_people(request) && !taken_may_people(m->work, request, &may, error)) return false;
  if (!may) return tell_gone(m, error);
  if (!taken_give_up(m->work, request, list, m->answer->list, hold, error)) return false;
  m->hold = *hold;
  if (!m->hold) return tell_gone(m, error);
  g_autofree char *more = g_strdup_printf("It was taken back from %s.", list->name);
  return move_record(m, m->answer->list, OUTCOME_HELD, more, error) && move(m, error);
}

/* An admin who was asked says which order it was. */
static bool take_order(struct move *m, bool *is_taken, GError **error)
{
  g_autofree char *order = request_detail(m->answering->request, "order");
  if (!order) return true;
  if (!admin_take_wish(m->work, m->answer, m->decision, is_taken, error)) return false;
  return !*is_taken ||
         (move_record(m, m->answer->list, OUTCOME_ANSWERED, "It was an admin's order.", error) &&
          hold_remove(m->work->store, m->hold->id, error) &&
          requests_end(m->work, m->answer, m->answering->request, "yes", error));
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
  const struct list *place = taken_place(work, answering->request, hold, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_person = frontdoor_is_by_people(answering->request), has = true;
  if (is_person && !frontdoor_has_duty(work, arrival->list, place, answering->request, &has, error))
    return false;
  if (!has) return tell_moved_on(&m, place, error);
  if (!arrival->list || !incoming) return tell_gone(&m, error);
  bool is_order = false;
  if (hold && !take_order(&m, &is_order, error)) return false;
  if (is_order) return true;
  if (hold) return move(&m, error);
  struct hold *again = NULL;
  bool is_done = move_taken(&m, &again, error);
  hold_free(again);
  return is_done;
}

/* "Das war keine Frage, sondern ein Vorschlag": a sentence that is nothing but the correction. Every word of
 * it says what the mail is or is not, or only goes with that. */
static bool is_sentence_of_correction(const struct passage *passage)
{
  enum { WORDS_MAX = 16 };
  const guint sort = phrases_tag("front_door.sort"), filler = phrases_tag("front_door.filler");
  const struct lexemes *l = passage->lexemes;
  guint words = 0;
  for (guint at = 0; at < l->count;) {
    const struct phrase_hit *hit = passage_at(passage, sort, at);
    if (!hit) hit = passage_at(passage, filler, at);
    bool is_word = l->at[at].kind == LEXEME_WORD || l->at[at].kind == LEXEME_DIGITS;
    if ((is_word && !hit) || lexeme_is(&l->at[at], "?")) return false;
    words += is_word;
    at = hit ? hit->end : at + 1;
  }
  return words <= WORDS_MAX;
}

/* Does it say what the mail is not? */
static bool names_what_it_is_not(const struct passage *passage)
{
  guint tag = phrases_tag("front_door.sort");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end))
    if (strcmp(hit->value, "not") == 0 || strcmp(hit->value, "wrong") == 0) return true;
  return false;
}

/* A word that corrects: alone, or in capitals among few, or a sentence that is only that. "Wann ist der
 * Termin?" is said about the case. What is answered about an event may speak of its lines: "an alle" says who
 * comes, and "das stimmt nicht" that one is wrong; there only capitals or one word alone move the mail to a
 * group or to people. */
static bool corrects(const struct arrival *arrival, const char *taken_for)
{
  enum { ALONE_WORDS = 2 };
  if (!arrival->understanding || arrival->mail->attachments->len) return false;
  const struct passage *passage = arrival->understanding->passage;
  const struct phrase_hit *first = passage_find(passage, phrases_tag("front_door.sort"), 0);
  struct correction said = { 0 };
  guint words = passage_words(passage, 0, passage->lexemes->count);
  read_words(passage, &said);
  bool is_event = strcmp(taken_for, "event") == 0;
  bool is_other = (said.sort && g_strcmp0(said.sort->word, taken_for) != 0) || said.is_wrong;
  is_other |= said.sort && !is_event && names_what_it_is_not(passage);
  bool may_be_line = is_event && (!said.sort || said.sort == sort_of_group());
  if (may_be_line && first && !is_in_capitals(passage, first))
    return is_other && !said.sort && words == 1 && !strchr(passage->lexemes->text, '?');
  if (is_other && is_sentence_of_correction(passage)) return true;
  bool is_alone = words <= ALONE_WORDS && !strchr(passage->lexemes->text, '?');
  return is_other && (is_alone || (words <= SHORT_ANSWER_WORDS && (first && is_in_capitals(passage, first))));
}

/* The open question about a mail, asked at this address; NULL without error: none. */
static struct request *question_about(struct work *work, int64_t mail, const char *address, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "front_door", -mail, error);
  for (guint i = 0; open && i < open->len; i++) {
    const struct request *request = open->pdata[i];
    if (strcmp(request->address, address) == 0) return request_get(work->store, request->id, error);
  }
  return NULL;
}

bool frontdoor_may_correct(struct work *work, int64_t mail, const char *address, bool *may, GError **error)
{
  GError *failed = NULL;
  g_autoptr(request_t) request = mail && address ? question_about(work, mail, address, &failed) : NULL;
  *may = request != NULL;
  return !fault_hand_on(failed, error);
}

bool frontdoor_corrected(struct work *work, const struct arrival *arrival, const struct taken_for *taken,
                         struct decision *decision, bool *is_it, GError **error)
{
  *is_it = false;
  g_autofree char *from = address_normalise(arrival->mail->from.address);
  bool is_proven = from && arrival->mail->auth.is_authenticated;
  if (!taken->mail || !is_proven || !corrects(arrival, taken->sort)) return true;
  GError *failed = NULL;
  g_autoptr(request_t) request = question_about(work, taken->mail, from, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct list *door = request ? list_cache_by_id(work->lists, request->list) : NULL;
  if (!door) return true;
  *is_it = true;
  struct arrival answer = *arrival;
  answer.list = door;
  struct answering answering = { .request = request,
                                 .purpose = purpose_find(request->purpose),
                                 .sender = request->person,
                                 .from = from,
                                 .is_own_address = true };
  return front_door_decide(work, &answer, &answering, decision, error);
}
