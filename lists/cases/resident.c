/* What whoever asked writes to their case. More goes to the office at once, thanks are kept, a question back
 * or "immer noch kaputt" opens it again, "hat sich erledigt" ends it, "ja, ist behoben" confirms it. The
 * address proves nothing: letters get forwarded. So the mail counts when our MTA vouches for one of the
 * person's own addresses; else whoever asked is asked whether it is theirs, and nothing happens before their
 * yes. */
#include "lists/cases/case.h"
#include "lists/cases/words.h"

#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"
#include "lib/text/days/workdays.h"
#include "lib/text/subject.h"
#include "lib/text/template.h"

#include <string.h>

enum { EXCERPT = 300 };

/* One mail on its way. */
struct writer {
  struct work *work;
  const struct arrival *arrival;
  struct casefile *it;
  struct case_party *party;
  struct decision *decision;
  struct office *office; /* NULL: none */
  struct case_standing standing;
  const char *text;            /* as others may read it */
  const struct passage *words; /* NULL: they were not read */
  bool is_private_now;         /* they want nothing of it published: said in whatever letter they get */
};

static bool note(struct writer *w, const char *what, const char *text, bool is_public, GError **error)
{
  struct case_entry entry = { .what = (char *)what,
                              .party = w->party->id,
                              .text = (char *)text,
                              .mail = w->arrival->mail_id,
                              .is_public = is_public && w->it->is_public };
  return case_note(w->work, w->it, &entry, error);
}

/* To all of the office that is asked; their letter has the files of the mail. */
static bool tell_office(struct writer *w, const char *purpose, const char *flag, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(w->work->store, w->it->id, "office", error);
  if (!parties) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "text", *w->text ? w->text : NULL);
  value_set_text(values, "due", flag && *w->it->due ? w->it->due : NULL);
  value_set_flag(values, "public", case_is_listed_public(w->work, w->it));
  if (flag) value_set_text(values, flag, "1");
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    struct case_letter letter = {
      .purpose = purpose, .it = w->it, .party = party, .values = values, .files_of = w->arrival->mail_id
    };
    if (party->office == w->it->office && !case_letter_send(w->work, &letter, error)) return false;
  }
  return true;
}

/* What becomes of their mail. */
static bool answer(struct writer *w, const char *flag, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", w->office ? w->office->name : NULL);
  value_set_text(values, "due", *w->it->due ? w->it->due : NULL);
  value_set_text(values, flag, "1");
  value_set_flag(values, "private", w->is_private_now || strcmp(flag, "private") == 0);
  struct case_letter letter = { .purpose = "case_noted",
                                .it = w->it,
                                .party = w->party,
                                .values = values,
                                .in_reply_to = w->arrival->mail->message_id,
                                .is_answer = true };
  return case_letter_send(w->work, &letter, error);
}

/* The office's time to answer begins anew. */
static void begin_anew(struct writer *w)
{
  if (!w->office) return;
  g_autofree char *today = case_today(w->work);
  g_free(w->it->due);
  w->it->due = workday_after(today, w->office->days, w->office->working_days);
  w->it->forwarded = w->work->now;
  w->it->reminders = 0;
}

/* Opens it again, with what they write. */
static bool open_again(struct writer *w, const char *what, const char *flag, GError **error)
{
  static const char *const under_way[] = { "in_progress", "planned", NULL };
  begin_anew(w);
  bool stays = strcmp(what, "asked_back") == 0 && g_strv_contains(under_way, w->it->state);
  return note(w, "added", w->text, false, error) && note(w, what, "", true, error) &&
         case_set_state(w->work, w->it, stays ? w->it->state : "forwarded", error) &&
         tell_office(w, "case_added", flag, error) &&
         answer(w, strcmp(flag, "not_fixed") == 0 ? "reopened" : "passed_on", error);
}

/* Did it end, however it did? */
static bool has_ended(const struct writer *w)
{
  return !w->it->is_open || strcmp(w->it->state, "withdrawn") == 0;
}

static bool take_more(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "Whoever asked adds something to their case.");
  if (has_ended(w)) return open_again(w, "reopened", "added", error);
  bool waits = w->it->paused_since != 0;
  if (!note(w, "added", w->text, false, error)) return false;
  if (waits && !case_set_state(w->work, w->it, "forwarded", error)) return false;
  return tell_office(w, "case_added", "added", error) && answer(w, "passed_on", error);
}

static bool take_question(struct writer *w, GError **error)
{
  if (w->standing.owes || w->it->paused_since) return take_more(w, error);
  g_string_assign(w->decision->reason, "Whoever asked asks back.");
  return open_again(w, "asked_back", "asked", error);
}

static bool take_thanks(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "Whoever asked says thanks.");
  w->decision->outcome = OUTCOME_FILED;
  return note(w, "thanks", w->text, false, error);
}

static bool take_withdrawal(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "Whoever asked withdraws it.");
  if (strcmp(w->it->state, "withdrawn") == 0) return true;
  bool is_awaited = w->it->is_open && (w->standing.owes || w->it->paused_since);
  return note(w, "withdrawn", "", true, error) && case_set_state(w->work, w->it, "withdrawn", error) &&
         (!is_awaited || tell_office(w, "case_withdrawn", NULL, error)) &&
         answer(w, is_awaited ? "taken_back" : "taken_back_late", error);
}

static bool take_confirmation(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "Whoever asked confirms that it is done.");
  if (strcmp(w->it->state, "confirmed") == 0) return true;
  bool is_awaited = w->it->is_open && w->standing.owes;
  return note(w, "confirmed", "", true, error) && case_set_state(w->work, w->it, "confirmed", error) &&
         (!is_awaited || tell_office(w, "case_withdrawn", NULL, error)) &&
         answer(w, "confirmed_fixed", error);
}

static bool take_not_fixed(struct writer *w, GError **error)
{
  if (w->standing.owes && w->it->is_open) return take_more(w, error); /* nobody said that it is */
  g_string_assign(w->decision->reason, "Whoever asked says that it is not done.");
  return open_again(w, "reopened", "not_fixed", error);
}

static bool take_stop(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "They want no more letters about the case.");
  return (w->party->gone != 0 || answer(w, "stopped", error)) &&
         case_party_leave(w->work->store, w->party->id, w->work->now, error);
}

static bool take_name(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "The office may know the name of whoever asked.");
  return case_party_agree(w->work->store, w->party->id, true, error) && answer(w, "name_given", error);
}

static bool take_no_name(struct writer *w, GError **error)
{
  g_string_assign(w->decision->reason, "The office may not know the name of whoever asked.");
  return case_party_agree(w->work->store, w->party->id, false, error);
}

/* What stood on pages goes from them, and nothing of it comes there again. */
static bool make_private(struct writer *w, GError **error)
{
  w->it->is_public = false;
  w->is_private_now = true;
  return casefile_put(w->work->store, w->it, error) && note(w, "private", w->text, false, error) &&
         case_files_withdraw(w->work->store, w->it->id, error);
}

static bool take_nothing(struct writer *w, GError **error)
{
  w->decision->outcome = OUTCOME_FILED;
  g_string_assign(w->decision->reason, "It says nothing.");
  return w->arrival->mail->attachments->len == 0 || take_more(w, error);
}

static bool (*const takes[])(struct writer *w, GError **error) = {
  [CASE_WORDS_NONE] = take_nothing,
  [CASE_WORDS_MORE] = take_more,
  [CASE_WORDS_ASKED] = take_question,
  [CASE_WORDS_THANKS] = take_thanks,
  [CASE_WORDS_WITHDRAWN] = take_withdrawal,
  [CASE_WORDS_FIXED] = take_confirmation,
  [CASE_WORDS_NOT_FIXED] = take_not_fixed,
  [CASE_WORDS_STOP] = take_stop,
  [CASE_WORDS_NAME] = take_name,
  [CASE_WORDS_NO_NAME] = take_no_name,
};

/* They follow somebody else's case: their words are not the resident's. */
static bool take_follower(struct writer *w, enum case_words words, GError **error)
{
  if (words == CASE_WORDS_STOP) return take_stop(w, error);
  w->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(w->decision->reason, "Who only follows a case adds nothing to it.");
  return words == CASE_WORDS_THANKS || words == CASE_WORDS_NONE || answer(w, "only_follows", error);
}

/* Were they asked whether it is done: after "done", or a day that the office named? */
static bool was_asked_whether_done(const struct writer *w)
{
  static const char *const under_way[] = { "in_progress", "planned", NULL };
  g_autofree char *today = case_today(w->work);
  bool has_passed = *w->it->expected && strcmp(w->it->expected, today) < 0;
  return strcmp(w->it->state, "done") == 0 || (has_passed && g_strv_contains(under_way, w->it->state));
}

static enum case_words read_words(const struct writer *w)
{
  const struct understanding *understood = w->arrival->understanding;
  if (!understood || !w->words) return *w->text ? CASE_WORDS_MORE : CASE_WORDS_NONE;
  if (understood->meaning->intent == INTENT_LEAVE && !w->is_private_now) return CASE_WORDS_STOP;
  return case_words_read(w->words, was_asked_whether_done(w));
}

/* Who left takes part again by writing. */
static bool rejoin(struct writer *w, enum case_words words, GError **error)
{
  if (!w->party->gone || words == CASE_WORDS_STOP) return true;
  w->party->gone = 0;
  return case_party_put(w->work->store, w->party, w->work->now, error);
}

/* Nothing of it is published any more; what the mail says besides goes its way. *is_over: it says nothing
 * else. */
static bool heed_privacy(struct writer *w, bool *is_over, GError **error)
{
  bool says_more = false;
  *is_over = false;
  if (!w->words || strcmp(w->party->role, "follower") == 0) return true;
  if (!case_words_private(w->words, true, &says_more)) return true;
  if (!make_private(w, error)) return false;
  enum case_words words = case_words_read(w->words, was_asked_whether_done(w));
  bool is_talk = words == CASE_WORDS_MORE || words == CASE_WORDS_ASKED || words == CASE_WORDS_THANKS ||
                 words == CASE_WORDS_NONE || words == CASE_WORDS_NAME || words == CASE_WORDS_NO_NAME;
  if (says_more || !is_talk) return true;
  *is_over = true;
  w->decision->outcome = OUTCOME_POSTED;
  g_string_assign(w->decision->reason, "Whoever asked wants nothing of it published.");
  return answer(w, "private", error);
}

/* "Zu KP-2026-0173: Hat sich erledigt" above an empty mail: the subject is all they say. */
static bool is_all_in_subject(const struct arrival *arrival, const struct case_writing *writing)
{
  const struct mail *mail = arrival->mail;
  g_autofree char *text = g_strstrip(g_strdup(mail->text_new));
  return writing->is_unasked && !*text && mail->subject && !subject_is_reply(mail->subject);
}

/* It is proven who wrote. */
static bool take(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                 struct decision *decision, GError **error)
{
  const struct understanding *understood = arrival->understanding;
  bool is_data = understood && (understood->meaning->intent == INTENT_DATA_ACCESS ||
                                understood->meaning->intent == INTENT_DATA_ERASURE);
  bool is_short = is_all_in_subject(arrival, writing);
  const char *written = is_short ? arrival->mail->subject : arrival->mail->text_new;
  g_autofree char *text = case_text(work, written, writing->party->name);
  struct writer w = { .work = work,
                      .arrival = arrival,
                      .it = writing->it,
                      .party = writing->party,
                      .decision = decision,
                      .text = text,
                      .words = !understood ? NULL
                               : is_short  ? understood->subject
                                           : understood->passage };
  g_autoptr(office_t) office = w.it->office ? office_get(work->store, w.it->office, error) : NULL;
  if ((w.it->office && !office) || !case_standing_read(work, w.it, &w.standing, error)) return false;
  w.office = office;
  bool is_over = false;
  if (!heed_privacy(&w, &is_over, error)) return false;
  if (is_data) return holding_put(work, arrival, "wish", NULL, decision, error);
  if (is_over) return true;
  enum case_words words = read_words(&w);
  decision->outcome = OUTCOME_POSTED;
  if (!rejoin(&w, words, error)) return false;
  if (strcmp(w.party->role, "follower") == 0) return take_follower(&w, words, error);
  return takes[words](&w, error);
}

/* Is it from the party's address, or another of that person's? */
static bool is_theirs(struct work *work, const struct sender *sender, const struct case_party *party,
                      bool *is_it, GError **error)
{
  int64_t person = party->person;
  *is_it = sender->address && strcmp(sender->address, party->address) == 0;
  if (*is_it || !person || !sender->person) return true;
  if (!person_now(work->store, &person, error)) return false;
  *is_it = person == sender->person;
  return true;
}

/* Whoever asked is asked whether they wrote it; what cannot be asked waits for people. */
static bool ask_for_proof(struct work *work, const struct arrival *arrival,
                          const struct case_writing *writing, const char *other, struct decision *decision,
                          GError **error)
{
  const struct case_party *party = writing->party;
  g_autofree char *details = waiting_details(arrival), *number = casefile_name(writing->it);
  g_autofree char *more = g_strdup_printf("%s\nparty=%" G_GINT64_FORMAT, details, party->id);
  const char *text = arrival->mail->text_new;
  g_autofree char *excerpt = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), EXCERPT));
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "title", writing->it->title);
  value_set_text(values, "answer", *excerpt ? excerpt : NULL);
  value_set_text(values, "other", other);
  bool asked = false;
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = "case_proof",
                                            .list = list_cache_by_id(work->lists, writing->it->list),
                                            .person = party->person,
                                            .address = party->address,
                                            .object = arrival->mail_id,
                                            .details = more,
                                            .values = values,
                                            .is_unauthenticated = writing->is_unasked &&
                                                                  !arrival->mail->auth.is_authenticated },
                    &asked, error))
    return false;
  if (!asked) return holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "It is not proven who wrote to a case; whoever asked is asked.");
  return true;
}

bool case_resident_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                         struct decision *decision, GError **error)
{
  struct sender sender = { 0 };
  bool is_own = false;
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  bool is_done = is_theirs(work, &sender, writing->party, &is_own, error), is_clerk = false;
  if (is_done && !is_own && !arrival->is_released)
    is_done = case_clerk_at_resident(work, arrival, writing->it, decision, &is_clerk, error);
  bool is_proven = arrival->is_released || (is_own && arrival->mail->auth.is_authenticated);
  if (is_done && !is_clerk)
    is_done = is_proven
                  ? take(work, arrival, writing, decision, error)
                  : ask_for_proof(work, arrival, writing, is_own ? NULL : sender.address, decision, error);
  sender_clear(&sender);
  return is_done;
}

/* Their yes takes up the mail that waits, read anew from the store. */
static bool take_up(struct work *work, const struct arrival *confirmation, const struct request *request,
                    struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autofree char *number = request_detail(request, "party");
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  g_autoptr(case_party_t) party =
      failed || !number ? NULL : case_party_get(work->store, g_ascii_strtoll(number, NULL, 10), &failed);
  g_autoptr(casefile_t) it = party ? casefile_get(work->store, party->casefile, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!incoming || !it) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, confirmation->list);
  struct case_writing writing = { it, party, false };
  return take(work, &arrival, &writing, decision, error);
}

bool case_proof_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, is_yes ? "Whoever asked confirms what came to their case."
                                           : "Whoever asked disowns what came to their case.");
  return !is_yes || take_up(work, arrival, answering->request, decision, error);
}
