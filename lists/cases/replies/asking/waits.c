/* An office's answer that nobody sees yet, since it waits for a yes: of its author (case_publish), of a
 * colleague (case_draft), of the office (official). Whoever was asked is reminded once. When nobody has said
 * anything the author learns that it stayed here, and the coordinator that there is an answer which somebody
 * only has to let go; before, the reminders said that there was none. Called by lists/requests, a request
 * each. */
#include "lists/cases/replies/reply.h"

#include "lists/requests/purposes.h"
#include "lists/requests/requests.h"

#include "lib/base/fault.h"
#include "lib/text/facts/answer.h"
#include "lib/text/template.h"

#include <string.h>

enum { ENTRIES_LOOKED_AT = 30, AGREEMENT_BYTES = 2 * 1024 };

static bool remind(struct case_reply *reply, const struct request *request, GError **error)
{
  g_autoptr(value_t) values = reply_values(reply);
  value_set_flag(values, "again", false); /* nobody has answered yet */
  return requests_send_again(reply->work, request, values, error);
}

/* The one who coordinates, if that is another office than the one that answers and takes mail. */
static bool tell_coordinator(struct case_reply *reply, struct value *values, GError **error)
{
  GError *failed = NULL;
  struct work *work = reply->work;
  g_autoptr(office_t) coordinator = office_coordinator(work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_other =
      coordinator && !coordinator->is_by_hand && reply->office && coordinator->id != reply->office->id;
  const char *address = is_other ? office_reached_at(coordinator) : NULL;
  if (!address) return true;
  struct case_party party = { .casefile = reply->it->id,
                              .role = (char *)"office",
                              .office = coordinator->id,
                              .address = (char *)address,
                              .name = coordinator->name };
  struct case_letter letter = {
    .purpose = "case_reply_waits", .it = reply->it, .party = &party, .values = values
  };
  value_set_flag(values, "coordinator", true);
  return case_party_put(work->store, &party, work->now, error) && case_letter_send(work, &letter, error);
}

/* Nobody who only claims to be the office gets a letter. */
static bool give_up(struct case_reply *reply, const struct request *request, GError **error)
{
  g_autoptr(value_t) values = reply_values(reply);
  g_autofree char *author = reply_author_address(reply);
  bool is_proven = strcmp(request->purpose, "official") != 0;
  value_set_flag(values, request->purpose, true);
  return (!is_proven || reply_tell(reply, "case_reply_waits", author, values, error)) &&
         tell_coordinator(reply, values, error);
}

static bool read_anew(struct work *work, const struct request *request,
                      bool (*instead)(struct case_reply *reply, const struct request *request,
                                      GError **error),
                      GError **error)
{
  struct decision decision = { .reason = g_string_new(NULL), .details = g_string_new(NULL) };
  struct waiting_reply how = { .instead = instead };
  bool is_done = reply_take_up(work, request, &how, &decision, error);
  g_string_free(decision.reason, TRUE);
  g_string_free(decision.details, TRUE);
  return is_done;
}

bool case_reply_remind(struct work *work, const struct request *request, GError **error)
{
  return read_anew(work, request, remind, error);
}

/* The last of those who were asked let the time pass. */
bool case_reply_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, request->purpose, request->object, error);
  if (!open || open->len > 0) return open != NULL;
  return read_anew(work, request, give_up, error);
}

static bool say_own(struct case_reply *reply, const struct request *request, GError **error)
{
  (void)request;
  g_autoptr(value_t) values = reply_values(reply);
  g_autofree char *author = reply_author_address(reply);
  value_set_flag(values, "own", true);
  return reply_tell(reply, "case_reply_waits", author, values, error);
}

bool reply_tell_own_draft(struct work *work, const struct request *request, GError **error)
{
  return read_anew(work, request, say_own, error);
}

/* ---- an own draft ---- */

/* Nothing but words that agree. */
static bool only_agrees(const char *said)
{
  g_autoptr(passage_t) passage = passage_new(said, NULL, AGREEMENT_BYTES);
  guint tag = phrases_tag("office.assent"), agreed = 0;
  for (guint at = 0; at < passage->lexemes->count;) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    if (!hit) hit = passage_at(passage, phrases_tag("official.closing"), at);
    uint8_t kind = passage->lexemes->at[at].kind;
    if (!hit && (kind == LEXEME_WORD || kind == LEXEME_DIGITS)) return false;
    agreed += hit != NULL;
    at = hit ? hit->end : at + 1;
  }
  bool says_yes = answer_read(passage).answer == ANSWER_YES || passage_has(passage, "office.go");
  return agreed > 0 && says_yes;
}

/* The question about a draft of the author's that a colleague has not answered. NULL without error: none. */
static struct request *own_draft(const struct case_reply *reply, GError **error)
{
  g_autoptr(GPtrArray) entries =
      case_entries_newest(reply->work->store, reply->it->id, ENTRIES_LOOKED_AT, error);
  for (guint i = 0; entries && i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    if (strcmp(entry->what, "draft") != 0) continue;
    g_autoptr(GPtrArray) open = requests_about(reply->work->store, "case_draft", entry->mail, error);
    if (!open) return NULL;
    if (!open->len) continue;
    g_autofree char *author = request_detail(open->pdata[0], "author");
    bool is_own = reply->author && author && requests_is_same_mailbox(reply->author, author);
    return is_own ? g_ptr_array_steal_index(open, 0) : NULL;
  }
  return NULL;
}

bool reply_agrees_to_own(struct case_reply *reply, bool *agrees, GError **error)
{
  *agrees = false;
  if (reply->asked || !only_agrees(reply->reading.said)) return true;
  GError *failed = NULL;
  g_autoptr(request_t) request = own_draft(reply, &failed);
  if (fault_hand_on(failed, error)) return false;
  *agrees = request != NULL;
  return !request || reply_tell_own_draft(reply->work, request, error);
}
