/* What whoever asked writes to their case, once it is proven that it is theirs (proof.c). More goes to the
 * office at once, thanks are kept, a question back or "immer noch kaputt" opens it again, "hat sich erledigt"
 * ends it, "ja, ist behoben" confirms it. Wishes about publicity and language are heeded first. */
#include "lists/cases/case.h"
#include "lists/cases/residents/words.h"

#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/moderation/data_protection.h"
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

enum { EXCERPT = 300, READ_BYTES = 16 * 1024 };

/* One mail on its way. */
struct writer {
  struct work *work;
  const struct arrival *arrival;
  struct casefile *it;
  struct case_party *party;
  struct decision *decision;
  struct office *office; /* NULL: none */
  struct case_standing standing;
  const char *state;           /* of the case before they wrote */
  const char *text;            /* as others may read it */
  const struct passage *words; /* NULL: they were not read */
  bool is_private_now;         /* they want nothing of it published: said in whatever letter they get */
  char *rest_text;             /* what is left of the mail beside a wish for a language; NULL: all of it */
  struct passage *rest_words;
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

/* "Wie ist der Stand?": where it stands is told at once; the office hears of the question as of any other. */
static void put_standing(struct writer *w, struct value *values)
{
  static const char *const told[] = { "planned", "in_progress", "forwarded", "done", "rejected", NULL };
  const struct casefile *it = w->it;
  if (!w->words || !passage_has(w->words, "case.asks-standing") || !g_strv_contains(told, w->state)) return;
  bool is_asked = strcmp(w->state, "forwarded") == 0, is_answered = it->answered && !w->standing.owes;
  value_set_flag(values, "standing", true);
  value_set_flag(values, is_asked ? (is_answered ? "answered" : "unanswered") : w->state, true);
  value_set_text(values, "expected", *it->expected ? it->expected : NULL);
}

/* What becomes of their mail. */
static bool answer(struct writer *w, const char *flag, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", w->office ? w->office->name : NULL);
  value_set_text(values, "due", *w->it->due ? w->it->due : NULL);
  if (strcmp(flag, "passed_on") == 0) put_standing(w, values);
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
  static const char *const under_way[] = { "in_progress", "planned", NULL };
  /* who has promised something need not do it any more, either */
  bool is_awaited = w->it->is_open && (w->standing.owes || w->it->paused_since ||
                                       g_strv_contains(under_way, w->it->state));
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

/* A wish for a language is their own setting, and nothing for the office. *is_over: the mail says nothing
 * else; then they read how it is set. */
static bool heed_language(struct writer *w, const char *written, bool *is_over, GError **error)
{
  g_autofree char *rest = NULL;
  const char *language = w->party->person ? case_words_language(written, &rest) : NULL;
  if (!language) return true;
  *is_over = rest == NULL;
  g_string_assign(w->decision->reason, "Whoever asked wishes letters in another language.");
  if (!settings_take_language(w->work, w->arrival, w->party->person, w->party->address, language, error))
    return false;
  if (*is_over) return true;
  w->rest_text = case_text(w->work, rest, w->party->name);
  w->text = w->rest_text;
  w->rest_words = passage_new(rest, w->words ? w->words->language : NULL, READ_BYTES);
  if (w->words) w->words = w->rest_words;
  return true;
}

/* "Zu KP-2026-0173: Hat sich erledigt" above an empty mail: the subject is all they say. */
static bool is_all_in_subject(const struct arrival *arrival, const struct case_writing *writing)
{
  const struct mail *mail = arrival->mail;
  g_autofree char *text = g_strstrip(g_strdup(mail->text_new));
  return writing->is_unasked && !*text && mail->subject && !subject_is_reply(mail->subject);
}

/* What the mail says, by what it is. `written`: its words. */
static bool take_words(struct writer *w, const char *written, GError **error)
{
  const struct understanding *understood = w->arrival->understanding;
  bool is_data = understood && (understood->meaning->intent == INTENT_DATA_ACCESS ||
                                understood->meaning->intent == INTENT_DATA_ERASURE);
  bool is_over = false;
  if (!heed_privacy(w, &is_over, error)) return false;
  bool is_handed_over = false;
  if (!data_protection_take(w->work, w->arrival, w->decision, &is_handed_over, error)) return false;
  if (is_handed_over) return true;
  if (is_data) return holding_put(w->work, w->arrival, "wish", NULL, w->decision, error);
  if (!is_over && w->words && !w->is_private_now &&
      !case_heed_public(w->work, w->arrival, w->it, w->party, w->words, &is_over, w->decision, error))
    return false;
  if (!is_over && !heed_language(w, written, &is_over, error)) return false;
  w->decision->outcome = OUTCOME_POSTED;
  if (is_over) return true;
  enum case_words words = read_words(w);
  if (!rejoin(w, words, error)) return false;
  if (strcmp(w->party->role, "follower") == 0) return take_follower(w, words, error);
  return takes[words](w, error);
}

bool case_resident_take(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                        struct decision *decision, GError **error)
{
  const struct understanding *understood = arrival->understanding;
  bool is_short = is_all_in_subject(arrival, writing);
  const char *written = is_short ? arrival->mail->subject : arrival->mail->text_new;
  g_autofree char *text = case_text(work, written, writing->party->name);
  g_autofree char *state = g_strdup(writing->it->state);
  struct writer w = { .work = work,
                      .arrival = arrival,
                      .it = writing->it,
                      .party = writing->party,
                      .decision = decision,
                      .text = text,
                      .state = state,
                      .words = !understood ? NULL
                               : is_short  ? understood->subject
                                           : understood->passage };
  g_autoptr(office_t) office = w.it->office ? office_get(work->store, w.it->office, error) : NULL;
  if ((w.it->office && !office) || !case_standing_read(work, w.it, &w.standing, error)) return false;
  w.office = office;
  bool is_done = take_words(&w, written, error);
  passage_free(w.rest_words);
  g_free(w.rest_text);
  return is_done;
}
