/* An organiser writes about an event that stands. What they may want is asked in turn, the plainer thing
 * first; what is none of it is their own answer, for who organises comes as well; and whoever is not
 * understood reads how it stands, and what they may write. */
#include "lists/events/hosts/host.h"

#include "lists/notices.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_ALONE = 3 };

static host_take *const takes[] = { message_take, cohosts_take, attended_take, behalf_take, change_take };

const struct phrase_hit *host_first(const struct passage *passage, const char *section)
{
  return passage_find(passage, phrases_tag(section), 0);
}

/* The organiser's question that still waits, ended. */
static bool settle(struct organizing *o, const char *purpose, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(o->work->store, purpose, o->event->id, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *request = open->pdata[i];
    bool is_theirs = strcmp(request->address, o->party->address) == 0;
    if (is_theirs && !requests_end(o->work, o->arrival, request, "settled", error)) return false;
  }
  return true;
}

bool host_ask(struct organizing *o, const struct question_out *question, bool *is_asked, GError **error)
{
  bool may = false;
  *is_asked = false;
  if (!answers_may(o->work, question->address, &may, error)) return false;
  return !may || (settle(o, question->purpose, error) && requests_ask(o->work, question, is_asked, error));
}

bool host_asked(struct organizing *o, bool is_asked, const char *reason)
{
  if (is_asked) return organizing_done(o, reason);
  o->decision->outcome = OUTCOME_IGNORED;
  g_string_assign(o->decision->reason,
                  "The organiser had the last answer of the hour, which said so; what they "
                  "were asked before waits on.");
  return true;
}

bool host_of_event(struct work *work, const struct arrival *arrival, const struct answering *answering,
                   int64_t id, struct decision *decision, struct event **event, struct event_party **party,
                   bool *is_there, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  *event = event_get(work->store, id, &failed);
  *party = failed ? NULL : event_party_find(work->store, id, request->address, "organizer", &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_there = *event && *party;
  if (*event) g_string_append_printf(decision->details, " event=%d/%d", (*event)->year, (*event)->number);
  if (*is_there) return true;
  g_string_assign(decision->reason, "Whoever answers does not organise the event any more.");
  return requests_end(work, arrival, request, "settled", error);
}

bool host_of_answer(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, struct event **event, struct event_party **party,
                    bool *is_there, GError **error)
{
  return host_of_event(work, arrival, answering, answering->request->object, decision, event, party, is_there,
                       error);
}

/* A click in the organiser's own calendar. */
static bool is_click(const struct organizing *o)
{
  g_autoptr(calendar_t) calendar = itip_find(o->arrival->mail);
  return calendar && itip_method(calendar) == ITIP_REPLY;
}

/* Does it ask how it stands? */
static bool asks_state(const struct organizing *o)
{
  return passage_has(o->arrival->understanding->passage, "event.state");
}

/* Do they answer for themselves, and plainly? What is said of others, or to others, is none of it: it would
 * be their own yes without a word. A no may be the event's ("daraus wird nichts", "Samstag klappt nicht"): it
 * is theirs where they speak of themselves, or say nothing else. */
static bool answers(const struct organizing *o)
{
  const struct understanding *it = o->arrival->understanding;
  if (it->meaning->answer == ANSWER_NONE || passage_has(it->passage, "event.of-others")) return false;
  bool is_no = it->meaning->answer == ANSWER_NO, is_beside = passage_has(it->passage, "event.beside");
  bool is_else =
      is_beside || passage_has(it->passage, "event.change") || passage_has(it->passage, "event.open");
  bool is_verb = passage_has(it->passage, "word.come") || passage_has(it->passage, "answer.verb");
  bool is_told = is_verb && !is_no && !passage_asks(it->passage); /* "absagen" may be said of the event */
  bool is_alone = passage_words(it->passage, 0, it->passage->lexemes->count) <= WORDS_ALONE;
  if ((is_beside || (is_else && !is_alone)) && !is_told) return false;
  if (!is_no && !is_alone && !is_verb && !passage_has(it->passage, "people.come")) return false;
  if (is_no && !is_alone && !passage_has(it->passage, "event.of-me")) return false;
  return passage_has(it->passage, "event.of-self");
}

static bool own_answer(struct organizing *o, GError **error)
{
  return event_take_answer(o->work, o->arrival, o->event, o->party, o->decision, error);
}

bool host_steer(struct organizing *o, GError **error)
{
  bool is_taken = false;
  if (is_click(o)) return own_answer(o, error);
  for (gsize i = 0; i < G_N_ELEMENTS(takes); i++) {
    if (!takes[i](o, &is_taken, error)) return false;
    if (is_taken) return true;
  }
  if (answer_is_absence(o->arrival) && !asks_state(o)) {
    o->decision->outcome = OUTCOME_IGNORED;
    g_string_assign(o->decision->reason, "The organiser is away.");
    return true;
  }
  if (asks_state(o))
    return state_show(o, false, error) && organizing_done(o, "The organiser is told how it stands.");
  if (answers(o)) return own_answer(o, error);
  return state_show(o, true, error) &&
         organizing_done(o, "It is not clear what the organiser wants; they are told how it stands.");
}
