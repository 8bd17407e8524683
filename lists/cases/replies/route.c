/* "Nicht zuständig, bitte an SGA": the case goes to the office that is named, or to the one that the words
 * mean; where that is nobody, or after several turns, the coordinator decides. Whoever asked learns who it is
 * now; the clerk's own words stay inside. */
#include "lists/cases/replies/reply.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

/* So many offices say "not us" before a person decides. */
enum { ROUTINGS_MAX = 4 };

/* Who is asked next; NULL without error: nobody is known. */
static struct office *next_office(struct case_reply *reply, GError **error)
{
  struct work *work = reply->work;
  struct casefile *it = reply->it;
  const struct reply_reading *r = &reply->reading;
  bool is_coordinator = reply->office && reply->office->is_coordinator;
  if (it->reroutings >= ROUTINGS_MAX && !is_coordinator && !reply->is_by_admin)
    return office_coordinator(work->store, error);
  if (r->route_office) return office_get(work->store, r->route_office, error);
  if (r->is_either) return office_coordinator(work->store, error);
  struct office_question question = { .region = it->region, .title = "", .text = r->route };
  struct office_choice choice = { 0 };
  if (!offices_responsible(work, &question, &choice, error)) return NULL;
  struct office *office = choice.is_unsure ? NULL : g_steal_pointer(&choice.office);
  office_choice_clear(&choice);
  return office ? office : office_coordinator(work->store, error);
}

/* "Not us" is said by whom it was asked; the coordinator says who is. */
static bool is_decided(const struct case_reply *reply)
{
  return reply->is_by_admin || !reply->office || reply->office->is_coordinator;
}

static bool note(struct case_reply *reply, const struct office *next, GError **error)
{
  struct case_entry entry = { .what = (char *)"rerouted",
                              .office =
                                  is_decided(reply) && reply->office ? reply->office->id : reply->it->office,
                              .party = reply->party->casefile == reply->it->id ? reply->party->id : 0,
                              .text = (char *)(next ? next->name : ""),
                              .state = (char *)(is_decided(reply) ? "" : "not_responsible"),
                              .mail = reply->arrival->mail_id,
                              .is_public = true };
  return case_note(reply->work, reply->it, &entry, error);
}

/* Who is meant, where that is no office of ours ("Deutsche Bahn"): whoever is asked next should read it. */
static bool note_words(struct case_reply *reply, GError **error)
{
  const struct reply_reading *r = &reply->reading;
  bool is_line = r->route && strcmp(r->route, r->said) != 0; /* "Zuständig: …", and not all that they wrote */
  if (r->route_office || !is_line || reply->is_private) return true;
  struct case_entry entry = { .what = (char *)"route_words",
                              .office = reply->office ? reply->office->id : 0,
                              .text = reply->reading.route,
                              .mail = reply->arrival->mail_id };
  return case_note(reply->work, reply->it, &entry, error);
}

/* It is handed on once more, by the office before; a decision of the coordinator's counts for nobody. */
static bool leave_office(struct case_reply *reply, GError **error)
{
  struct casefile *it = reply->it;
  it->paused_since = 0;
  if (is_decided(reply)) return true;
  it->reroutings++;
  return !it->office || office_rerouted(reply->work->store, it->office, error);
}

static bool tell(struct case_reply *reply, const struct office *before, const struct office *next,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "before", before ? before->name : NULL);
  value_set_flag(values, "coordinated", before && before->is_coordinator && is_decided(reply));
  value_set_flag(values, "not_responsible", before && !is_decided(reply));
  value_set_text(values, "office", next->name);
  value_set_text(values, "due", *reply->it->due ? reply->it->due : NULL);
  return case_tell_all(reply->work, reply->it, "case_moved", values, error);
}

/* The words name the office itself, or nobody else can be asked. */
static bool stay(struct case_reply *reply, GError **error)
{
  g_string_assign(reply->decision->reason,
                  "It says that another office is responsible, and nobody knows which; its author is told.");
  return reply_ask_for_words(reply, error);
}

bool reply_route(struct case_reply *reply, GError **error)
{
  struct casefile *it = reply->it;
  GError *failed = NULL;
  g_autoptr(office_t) next = next_office(reply, &failed);
  g_autoptr(office_t) before =
      !failed && it->office ? office_get(reply->work->store, it->office, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!next || next->id == it->office) return stay(reply, error);
  if (!note(reply, next, error) || !note_words(reply, error) || !leave_office(reply, error)) return false;
  it->office = next->id;
  g_free(it->why);
  it->why = g_strdup(before ? before->name : "");
  g_string_assign(reply->decision->reason,
                  "The office says that another one is responsible, which is asked now.");
  bool is_decided = reply->is_by_admin || !reply->office || reply->office->is_coordinator;
  bool is_asked =
      is_decided ? case_forward_there(reply->work, it, error) : case_forward(reply->work, it, error);
  return is_asked && tell(reply, before, next, error);
}
