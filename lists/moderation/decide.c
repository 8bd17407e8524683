/* What a moderator's answer does. It comes here proven (lists/requests): from the address that was asked, or
 * another of that person, authenticated, or confirmed in a second mail. Still it counts only while the person
 * has the duty and the mail waits. What is not understood changes nothing and is asked about, three times a
 * day. */
#include "lists/moderation/private.h"

#include "lists/cases/cases.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/leave_out.h"
#include "lists/moderation/passages.h"
#include "lists/moderation/wanted.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, AGAIN_DAYS = 2, UNCLEAR_A_DAY = 3 };

/* What was not found, as rows that the letter writes one behind the other: a flag for a kind of thing, or
 * words that the answer itself holds. */
static void put_missing(struct value *values, const GPtrArray *missing)
{
  for (guint i = 0; missing && i < missing->len; i++) {
    const char *code = g_ptr_array_index(missing, i), *words = strchr(code, ':');
    struct value *row = value_append(values, "missing");
    if (words)
      value_set_text(row, "words", words + 1);
    else
      value_set_flag(row, code, true);
    value_set_flag(row, "more", i + 1 < missing->len);
  }
}

/* Says what could be answered, a few times a day; the question stays open. */
static bool ask_what_is_meant(struct ruling *ruling, bool is_not_found, GError **error)
{
  const struct request *request = ruling->request;
  struct work *work = ruling->work;
  bool may = false;
  g_string_assign(ruling->decision->reason,
                  is_not_found ? "What the moderator wants left out was not found; they are asked again."
                               : "The moderator's answer was not understood; they are asked again.");
  g_autofree char *asked_ban = request_detail(request, "ban");
  bool asks_ban = !is_not_found && (ruling->asks_ban || asked_ban);
  bool wants_out = !asks_ban && (is_not_found || wanted_any(request));
  g_autofree char *purpose = g_strdup_printf("moderate_%s %" G_GINT64_FORMAT,
                                             asks_ban                     ? "ban"
                                             : wants_out && !is_not_found ? "wanted"
                                                                          : "unclear",
                                             request->id);
  for (guint i = 0; i < UNCLEAR_A_DAY && !may; i++) {
    g_autofree char *turn = i > 0 ? g_strdup_printf("%s (%u)", purpose, i) : g_strdup(purpose);
    if (!notices_may(work, turn, request->address, &may, error)) return false;
  }
  if (!may) return true;
  g_autoptr(person_choice) choice = person_choice_get(work->store, request->person, error);
  if (!choice) return false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "not_found", is_not_found);
  value_set_flag(values, "wants_out", wants_out);
  value_set_flag(values, "ban", asks_ban);
  value_set_flag(values, "order", strcmp(ruling->hold->code, "doubtful_order") == 0);
  if (is_not_found) put_missing(values, ruling->missing);
  value_set_text(values, "subject", *ruling->hold->subject ? ruling->hold->subject : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "moderate_unclear",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = ruling->arrival->mail->message_id,
                                            .is_answer = true,
                                            .request = request->id },
                      error);
}

/* Ends the question, logs the decision, tells the others. */
static bool conclude(struct ruling *ruling, const char *state, const char *decision, const char *reason,
                     GError **error)
{
  const struct request *request = ruling->request;
  struct work *work = ruling->work;
  g_string_assign(ruling->decision->reason, reason);
  g_string_append_printf(ruling->decision->details, " hold=h%" G_GINT64_FORMAT " decision=%s",
                         ruling->hold->id, decision);
  return requests_end(work, ruling->arrival, request, state, error) &&
         settle_log(work->store, ruling->hold, request->person, decision, "mail", work->now, error) &&
         settle_requests(work, "moderate", ruling->hold->id, request->person, decision, error);
}

/* "An das Amt", "ans SGA": *words, what stands behind it; NULL: nothing of it is said. */
static bool read_office(const struct ruling *ruling, char **words, bool *is_statement, GError **error)
{
  const struct passage *passage = ruling->arrival->understanding->passage;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("moderate.office"), 0);
  *words = hit ? g_strdup("") : NULL;
  *is_statement = hit && strcmp(hit->value, "statement") == 0;
  guint tag = phrases_tag("moderate.to-office");
  for (hit = *words ? NULL : passage_find(passage, tag, 0); hit; hit = passage_find(passage, tag, hit->end)) {
    enum names_office names;
    g_autofree char *rest = passage_text(passage, hit->end, passage->lexemes->count);
    if (!cases_names_office(ruling->work, rest ? rest : "", &names, error)) return false;
    if (names == NAMES_OFFICE) *words = g_steal_pointer(&rest);
    if (*words) break;
  }
  return true;
}

/* What was let through goes to an office, too, where the answer says so and it became a post. */
static bool hand_over(struct ruling *ruling, GError **error)
{
  g_autofree char *words = NULL, *number = NULL;
  struct handing_over it = { .list = list_cache_by_id(ruling->work->lists, ruling->request->list) };
  if (!read_office(ruling, &words, &it.is_statement, error)) return false;
  if (!words || !it.list) return true;
  GError *failed = NULL;
  g_autoptr(message_row) message =
      message_of_mail(ruling->work->store, it.list->id, ruling->hold->mail, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!message) return true;
  it.message = message;
  it.words = words;
  return cases_hand_over(ruling->work, &it, &number, ruling->decision, error);
}

static bool approve(struct ruling *ruling, GError **error)
{
  bool is_done = false;
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
  ruling->missing = missing;
  if (!ruling_release(ruling, &is_done, error)) return false;
  if (!is_done) return ask_what_is_meant(ruling, true, error);
  return conclude(ruling, "yes", ruling->is_redacted ? "redact" : "approve",
                  ruling->is_redacted ? "A moderator lets the mail through without some of what it held."
                                      : "A moderator lets the mail through.",
                  error) &&
         hand_over(ruling, error);
}

/* Nobody writes back to those who send spam. */
static bool is_about_spam(const struct ruling *ruling)
{
  return strcmp(ruling->hold->code, "suspect") == 0 ||
         passage_has(ruling->arrival->understanding->passage, "moderation.spam");
}

static bool reject(struct ruling *ruling, GError **error)
{
  const char *words = ruling->arrival->understanding->meaning->moderation_reason;
  if (!words || held_author_cuts(ruling->arrival->understanding->passage, words)) words = "";
  g_autofree char *reason = g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, -1), 300));
  return refuse_held(ruling->work, ruling->hold, "moderate_refused", "refused", reason, is_about_spam(ruling),
                     error) &&
         conclude(ruling, "no", "reject", "A moderator refuses the mail.", error);
}

/* "Hmm", "schwierig": that is no wish to be asked again in two days; it is not clear yet what they want. */
static bool only_doubts(const struct passage *passage)
{
  guint tag = phrases_tag("moderation.wait");
  const struct phrase_hit *hit = passage_find(passage, tag, 0);
  bool doubts = hit != NULL;
  for (; hit; hit = passage_find(passage, tag, hit->end)) doubts &= strcmp(hit->value, "soft") == 0;
  return doubts;
}

static bool wait(struct ruling *ruling, GError **error)
{
  if (only_doubts(ruling->arrival->understanding->passage)) return ask_what_is_meant(ruling, false, error);
  struct work *work = ruling->work;
  g_string_assign(ruling->decision->reason, "A moderator wants to be asked again.");
  return request_again(work->store, ruling->request->id, work->now + AGAIN_DAYS * DAY_SECONDS, error) &&
         settle_log(work->store, ruling->hold, ruling->request->person, "wait", "mail", work->now, error);
}

static bool ask_back(struct ruling *ruling, GError **error)
{
  const struct understanding *it = ruling->arrival->understanding;
  g_auto(leave_out_t) named = { 0 };
  leave_out_read(it->passage, &named);
  bool wants = leave_out_wants(it->passage) || it->meaning->redact->len > 0;
  for (guint i = 0; i < it->meaning->redact->len; i++)
    g_ptr_array_add(named.codes, g_strdup(it->meaning->redact->pdata[i]));
  /* what is quoted or called by its name is remembered as the names are */
  for (guint i = 0; i < named.words->len; i++) g_ptr_array_add(named.names, g_strdup(named.words->pdata[i]));
  if (wants && !wanted_remember(ruling->work->store, ruling->request, named.codes, named.names, error))
    return false;
  return ask_what_is_meant(ruling, false, error);
}

static bool (*const acts[])(struct ruling *ruling, GError **error) = {
  [MODERATION_NONE] = ask_back,
  [MODERATION_APPROVE] = approve,
  [MODERATION_REJECT] = reject,
  [MODERATION_WAIT] = wait,
};
_Static_assert(G_N_ELEMENTS(acts) == MODERATION_WAIT + 1, "every decision is acted upon");

/* What waits may be an order itself. */
static bool rule_on_order(struct ruling *ruling, enum moderation said, GError **error)
{
  enum doubtful todo = DOUBTFUL_ASK;
  if (!doubtful_decide(ruling, said, &todo, error)) return false;
  switch (todo) {
  case DOUBTFUL_ASK: break;
  case DOUBTFUL_TO_ALL: return approve(ruling, error);
  case DOUBTFUL_REFUSE: return reject(ruling, error);
  case DOUBTFUL_WAIT: return wait(ruling, error);
  case DOUBTFUL_DONE: return conclude(ruling, "yes", "order", "A moderator's order is carried out.", error);
  }
  return ask_back(ruling, error);
}

/* "ok?" is a question of the moderator's: a yes that stands only in questions is none. */
static bool only_asks(const struct passage *passage)
{
  bool asks = false;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *sentence = &g_array_index(sentences, struct clause, i);
    g_autofree char *text = passage_text(passage, sentence->first, sentence->end);
    bool has_yes = clause_find(passage, "moderation.yes", sentence) ||
                   clause_find(passage, "moderation.publish", sentence) ||
                   clause_find(passage, "answer.yes", sentence);
    bool is_question = sentence->is_question || strchr(text, '?');
    if (has_yes && !is_question) return false;
    asks |= is_question;
  }
  return asks;
}

/* Is there a sentence that can only speak of the held mail ("kann raus", "das ist Werbung"), and is every
 * word up to its end understood? */
static bool is_explicit(const struct arrival *arrival, enum moderation decision)
{
  static const char *const lets_through[2] = { "moderation.publish", "moderation.yes" };
  static const char *const refuses[2] = { "moderation.block", "moderation.no" };
  const struct passage *passage = arrival->understanding->passage;
  const char *const *words = decision == MODERATION_APPROVE ? lets_through : refuses;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *sentence = &g_array_index(sentences, struct clause, i);
    bool is_refusal = decision == MODERATION_REJECT && (clause_find(passage, "moderation.spam", sentence) ||
                                                        clause_find(passage, "moderation.of-post", sentence));
    if (is_refusal) return true;
    if (clause_find(passage, words[0], sentence) &&
        answer_is_sure(passage, sentence->end, arrival->mail, words))
      return true;
  }
  return false;
}

/* What an answer says. Where our own letter stands in its new text, nobody said anything, or we cannot tell
 * their words from ours, which name every answer there is. */
static enum moderation said_of_whoever(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  enum moderation decision = it->meaning->decision;
  if (passage_has(it->passage, "moderation.letter")) return MODERATION_NONE;
  if (decision == MODERATION_NONE && passage_has(it->passage, "moderate.office")) return MODERATION_APPROVE;
  g_autofree char *passage = passages_read(it->passage);
  if (passage) return MODERATION_APPROVE;
  bool is_wish = decision == MODERATION_REJECT &&
                 (leave_out_is_limited_yes(it->passage) || leave_out_is_mixed(it->passage));
  bool may_be_wish = is_wish || decision == MODERATION_NONE;
  /* "ohne Frau Wolter bitte" lets the rest through: a wish that is wholly understood is a yes to that */
  if (may_be_wish && !strchr(it->passage->lexemes->text, '?') && leave_out_is_understood(it->passage))
    return MODERATION_APPROVE;
  if (is_wish) return MODERATION_NONE;
  if (decision != MODERATION_APPROVE) return decision;
  bool is_plain = answer_read(it->passage).answer == ANSWER_YES,
       is_meant = answer_meant(it->passage) == ANSWER_YES;
  /* of these every word is understood, or release.c asks */
  bool is_limited = it->meaning->redact->len > 0 || leave_out_is_limited(it->passage);
  if (is_plain && !is_meant && !is_limited && !passage_has(it->passage, "moderation.publish"))
    return MODERATION_NONE;
  return only_asks(it->passage) ? MODERATION_NONE : decision;
}

/* The same. What a note says that somebody is away, or that a mail has come, decides nothing by a friendly
 * word. */
static enum moderation said(const struct arrival *arrival)
{
  enum moderation decision = said_of_whoever(arrival);
  bool decides = decision == MODERATION_APPROVE || decision == MODERATION_REJECT;
  if (decides && answer_is_system(arrival->mail)) return MODERATION_NONE;
  bool is_doubtful =
      decides && (answer_is_note(arrival) || answer_is_about_self(arrival->understanding->passage));
  return is_doubtful && !is_explicit(arrival, decision) ? MODERATION_NONE : decision;
}

/* The same, once they have wanted something left out that is still in: then "ok" is no yes to the whole, and
 * "unverändert" is. */
static enum moderation said_after_wish(const struct ruling *ruling)
{
  const struct understanding *it = ruling->arrival->understanding;
  enum moderation decision = said(ruling->arrival);
  bool may_be_yes = decision == MODERATION_APPROVE || decision == MODERATION_NONE;
  if (!may_be_yes || !wanted_any(ruling->request)) return decision;
  if (it->meaning->redact->len > 0 || leave_out_wants(it->passage)) return decision;
  bool is_as_is = passage_has(it->passage, "moderation.as-is") && !strchr(it->passage->lexemes->text, '?') &&
                  !passage_has(it->passage, "moderation.letter");
  return is_as_is ? MODERATION_APPROVE : MODERATION_NONE;
}

/* An order about the author comes first, for its words are those of a refusal as well. */
static bool rule(struct ruling *ruling, GError **error)
{
  enum moderation said = said_after_wish(ruling);
  enum held_author todo;
  if (!held_author_decide(ruling, said, &todo, error)) return false;
  switch (todo) {
  case HELD_AUTHOR_NOT_MEANT: break;
  case HELD_AUTHOR_ASK: ruling->asks_ban = true; return ask_what_is_meant(ruling, false, error);
  case HELD_AUTHOR_BANNED:
    return conclude(ruling, "no", "ban", "A moderator refuses the mail and bans its author.", error);
  case HELD_AUTHOR_WATCHED:
    return conclude(ruling, "no", "reject", "A moderator refuses the mail; its author is read first.", error);
  }
  return acts[said](ruling, error);
}

/* An absence note whose header does not say so: "Ja, ich bin im Urlaub und ab Montag wieder da". Whoever
 * really decides says more than that they are away. */
static bool is_absence(const struct arrival *arrival)
{
  enum moderation decision = said_of_whoever(arrival);
  if (decision == MODERATION_APPROVE || decision == MODERATION_REJECT) return false; /* asked back at least */
  return answer_is_absence(arrival) || answer_is_note(arrival);
}

/* Who was asked has the duty no more. */
static bool decline(struct ruling *ruling, GError **error)
{
  ruling->decision->outcome = OUTCOME_FILED;
  g_string_assign(ruling->decision->reason, "Whoever was asked has no duties of the list any more.");
  return requests_end(ruling->work, ruling->arrival, ruling->request, "settled", error);
}

bool moderate_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  g_autoptr(hold_t) hold = hold_get(work->store, request->object, &failed);
  bool has = false;
  if (failed || !duties_has(work, list_cache_by_id(work->lists, request->list), request, &has, &failed)) {
    g_propagate_error(error, failed);
    return false;
  }
  struct ruling ruling = {
    .work = work, .arrival = arrival, .request = request, .hold = hold, .decision = decision
  };
  if (!has) return decline(&ruling, error);
  if (is_absence(arrival)) {
    g_string_assign(decision->reason, "It reads as an absence note; it decides nothing.");
    return true;
  }
  if (hold && strcmp(hold->code, "doubtful_order") == 0) return rule_on_order(&ruling, said(arrival), error);
  if (hold) return rule(&ruling, error);
  g_string_assign(decision->reason, "What it answers waits no more.");
  return requests_end(work, arrival, request, "settled", error) &&
         moderate_closed(work, arrival, request, error);
}

bool moderate_remind(struct work *work, const struct request *request, GError **error)
{
  return ask_again(work, request, error);
}

/* The last of those who were asked let the time pass: the mail goes, its author is told. */
bool moderate_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "moderate", request->object, error);
  if (!open || open->len > 0) return open != NULL;
  GError *failed = NULL;
  g_autoptr(hold_t) hold = hold_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  return !hold || (refuse_held(work, hold, "moderate_expired", "expired", "",
                               strcmp(hold->code, "suspect") == 0, error) &&
                   settle_log(work->store, hold, 0, "expire", "time", work->now, error));
}
