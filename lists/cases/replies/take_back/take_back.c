/* An office takes back an answer that is published: "Bitte nehmen Sie meine letzte Antwort heraus, die war
 * falsch". Its entry is hidden and another says that it was taken back, so it goes from pages, feeds, open
 * data and files; its message in a thread leaves a tombstone; whoever asked reads one sentence, and the clerk
 * what was done and how it is undone. What the mail says besides is shown to its author before anybody else
 * sees it. Where it is not plain whether, or which answer, is meant, the author is asked, with the text.
 *
 * What surprised us: "bitte nicht veröffentlichen" comes minutes after the mail that it is about. */
#include "lists/cases/replies/take_back/take_back.h"

#include "lists/cases/replies/reply.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/cases/official_messages.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/pages.h"
#include "lib/store/threads.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/workdays.h"
#include "lib/text/template.h"

#include <string.h>

enum { LOOKED_BACK = 60, MESSAGES_AT_ONCE = 200 };

/* ---- which answer ---- */

/* The office's published answers, the newest first: struct case_entry*. NULL on error. */
static GPtrArray *answers_of(const struct case_reply *reply, GError **error)
{
  GPtrArray *all = case_entries_newest(reply->work->store, reply->it->id, LOOKED_BACK, error);
  for (guint i = all ? all->len : 0; i > 0; i--) {
    const struct case_entry *one = all->pdata[i - 1];
    bool is_own = strcmp(one->what, "reply") == 0 && one->office == reply->office->id;
    if (!is_own || !one->is_public) g_ptr_array_remove_index(all, i - 1);
  }
  return all;
}

/* The day of an answer in a letter. Caller frees. */
static char *day_of(const struct case_reply *reply, const struct case_entry *entry, const char *language)
{
  g_autofree char *day = case_day_of(entry->at, reply->work->config->zone);
  return day_in_words(day, language);
}

/* Does the text name the day of an answer: "3.11.", "03.11.2026", "3. November"? */
static bool names_day(const struct case_reply *reply, const struct case_entry *entry)
{
  g_autofree char *date = case_day_of(entry->at, reply->work->config->zone);
  int month = (int)g_ascii_strtoll(date + strlen("2026-"), NULL, 10);
  int day = (int)g_ascii_strtoll(date + strlen("2026-11-"), NULL, 10);
  g_autofree char *words = day_of(reply, entry, "de");
  char *behind = strrchr(words, ' '); /* "3. November" */
  if (behind) *behind = '\0';
  g_autofree char *brief = g_strdup_printf(" %d.%d.", day, month),
                  *full = g_strdup_printf(" %02d.%02d.", day, month), *named = g_strconcat(" ", words, NULL);
  const char *text = reply->reading.said;
  return strstr(text, brief) || strstr(text, full) || strstr(text, named);
}

/* The answer that is meant: the only one, the one of a day that is named, the last where that is said; with
 * *is_plain false the newest, which is asked about. */
static const struct case_entry *choose(const struct case_reply *reply, const GPtrArray *answers,
                                       const struct take_back *wish, bool *is_plain)
{
  const struct case_entry *named = NULL;
  guint count = 0;
  for (guint i = 0; i < answers->len; i++)
    if (names_day(reply, answers->pdata[i])) named = answers->pdata[i], count++;
  *is_plain = wish->kind == TAKE_BACK && (count == 1 || answers->len == 1 || (count == 0 && wish->is_last));
  return count == 1 ? named : answers->pdata[0];
}

/* ---- letters ---- */

static struct value *values_of(const struct case_reply *reply, const struct case_entry *entry)
{
  const struct list *list = list_cache_by_id(reply->work->lists, reply->it->list);
  g_autofree char *day = day_of(reply, entry, list ? list->language : "de");
  struct value *values = value_new();
  value_set_text(values, "office", reply->office->name);
  value_set_text(values, "day", day);
  value_set_text(values, "text", *entry->text ? entry->text : NULL);
  value_set_flag(values, "public", case_is_listed_public(reply->work, reply->it));
  return values;
}

/* One sentence to whoever asked, and to the clerk what was done. */
static bool tell(struct case_reply *reply, const struct case_entry *entry, const char *done, GError **error)
{
  g_autoptr(value_t) values = values_of(reply, entry), own = values_of(reply, entry);
  bool is_back = strcmp(done, "back") == 0;
  value_set_flag(values, "back", is_back);
  value_set_flag(values, "open", !is_back && reply->it->answered == 0);
  value_set_flag(own, done, true);
  g_autofree char *author = reply_author_address(reply);
  return case_tell_all(reply->work, reply->it, "case_answer_withdrawn", values, error) &&
         reply_tell(reply, "case_taken_back", author, own, error);
}

static bool tell_none(struct case_reply *reply, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *author = reply_author_address(reply);
  value_set_flag(values, "none", true);
  value_set_flag(values, "public", case_is_listed_public(reply->work, reply->it));
  reply->decision->outcome = OUTCOME_ANSWERED;
  return reply_keep(reply, "internal", "The office takes back an answer; none of it is published.", error) &&
         reply_tell(reply, "case_taken_back", author, values, error);
}

/* ---- the thread ---- */

/* The newest message of the office in the thread that holds the answer's words; 0 in *position: none. */
static bool find_message(const struct case_reply *reply, const struct case_entry *entry, int64_t *message,
                         int64_t *position, GError **error)
{
  *position = 0;
  if (!reply->it->thread || !*entry->text) return true;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) some =
        messages_of_thread(reply->work->store, reply->it->thread, after, MESSAGES_AT_ONCE, error);
    if (!some) return false;
    for (guint i = 0; i < some->len; i++) {
      const struct message *one = some->pdata[i];
      int64_t office = 0;
      after = one->position;
      if (!one->text || !strstr(one->text, entry->text)) continue;
      if (!official_message_of(reply->work->store, one->id, &office, error)) return false;
      if (office != entry->office) continue;
      *message = one->id;
      *position = one->position;
    }
    if (some->len < MESSAGES_AT_ONCE) return true;
  }
}

/* The answer in the thread leaves a tombstone. */
static bool leave_thread(const struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  int64_t message = 0, position = 0;
  struct work *work = reply->work;
  if (!find_message(reply, entry, &message, &position, error)) return false;
  GError *failed = NULL;
  g_autoptr(thread_row) thread = position ? thread_get(work->store, reply->it->thread, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = thread ? list_cache_by_id(work->lists, thread->list) : NULL;
  if (!list) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "own", true);
  g_autofree char *words = letters_render(work->letters, list->language, "withdrawn.txt", values, error);
  return words && message_withdraw(work->store, message, g_strstrip(words), work->now, error) &&
         pages_mark_message(work->store, list->id, thread->id, position, error);
}

/* ---- taking back ---- */

/* The newest answer that is left to the public; NULL without error: none. */
static struct case_entry *left_of(const struct case_reply *reply, GError **error)
{
  g_autoptr(GPtrArray) all = case_entries_newest(reply->work->store, reply->it->id, LOOKED_BACK, error);
  for (guint i = 0; all && i < all->len; i++) {
    const struct case_entry *one = all->pdata[i];
    if (strcmp(one->what, "reply") == 0 && one->is_public)
      return case_entry_get(reply->work->store, reply->it->id, one->position, error);
  }
  return NULL;
}

/* The office's time begins anew where it is over. */
static void give_time(struct case_reply *reply)
{
  struct casefile *it = reply->it;
  g_autofree char *today = case_today(reply->work);
  it->answered = 0;
  it->reminders = 0;
  it->forwarded = reply->work->now;
  if (strcmp(it->due, today) >= 0) return;
  g_free(it->due);
  it->due = workday_after(today, reply->office->days, reply->office->working_days);
}

/* The case stands as it did before the answer, where nobody has moved it since. */
static bool step_back(struct case_reply *reply, const struct case_entry *gone, GError **error)
{
  struct casefile *it = reply->it;
  GError *failed = NULL;
  g_autoptr(case_entry_t) left = left_of(reply, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (left && left->position > gone->position) return true;
  if (strcmp(it->expected, gone->expected) == 0) reply_set(&it->expected, left ? left->expected : "");
  if (strcmp(it->state, gone->state) != 0) return casefile_put(reply->work->store, it, error);
  if (!left) give_time(reply);
  return case_set_state(reply->work, it, left && *left->state ? left->state : "forwarded", error);
}

/* Which answer it was stands beside the note, seen by nobody outside: others are hidden as well, what was
 * encrypted for us among them, and must never be put back for it. */
static bool note_which(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  g_autofree char *position = g_strdup_printf("%d", entry->position);
  struct case_entry note = { .what = (char *)"internal",
                             .office = reply->office->id,
                             .text = position,
                             .mail = reply->arrival->mail_id,
                             .is_public = false };
  return case_note(reply->work, reply->it, &note, error);
}

static bool take(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  struct work *work = reply->work;
  struct case_entry note = { .what = (char *)"taken_back",
                             .office = reply->office->id,
                             .mail = reply->arrival->mail_id,
                             .is_public = true };
  reply->decision->outcome = OUTCOME_POSTED;
  g_string_assign(reply->decision->reason, "The office takes its answer back.");
  return case_entry_publish(work->store, reply->it->id, entry->position, false, error) &&
         pages_mark_files_of_case(work->store, reply->it->id, error) && step_back(reply, entry, error) &&
         note_which(reply, entry, error) && case_note(work, reply->it, &note, error) &&
         leave_thread(reply, entry, error) && tell(reply, entry, "done", error);
}

/* ---- putting back ---- */

/* The note that the office's answer was taken back, and that answer; both NULL: nothing was, or more has been
 * answered since. */
static bool find_taken(const struct case_reply *reply, struct case_entry **note, struct case_entry **entry,
                       GError **error)
{
  g_autoptr(GPtrArray) all = case_entries_newest(reply->work->store, reply->it->id, LOOKED_BACK, error);
  if (!all) return false;
  int at = 0, gone = 0;
  for (guint i = 0; i + 1 < all->len && !gone; i++) {
    const struct case_entry *one = all->pdata[i], *which = all->pdata[i + 1]; /* note_which() */
    bool is_own = one->office == reply->office->id;
    if (strcmp(one->what, "reply") == 0 && one->is_public) return true;
    if (!is_own || strcmp(one->what, "taken_back") != 0 || !one->is_public) continue;
    if (strcmp(which->what, "internal") != 0 || which->mail != one->mail) return true;
    at = one->position;
    gone = (int)g_ascii_strtoll(which->text, NULL, 10);
  }
  if (!gone) return true;
  *note = case_entry_get(reply->work->store, reply->it->id, at, error);
  *entry = *note ? case_entry_get(reply->work->store, reply->it->id, gone, error) : NULL;
  return *entry != NULL;
}

static bool put_back(struct case_reply *reply, bool *is_done, GError **error)
{
  g_autoptr(case_entry_t) note = NULL, entry = NULL;
  struct work *work = reply->work;
  struct casefile *it = reply->it;
  if (!find_taken(reply, &note, &entry, error)) return false;
  if (!entry) return true;
  *is_done = true;
  /* it is still the office's, and awaited */
  bool counts = it->office == reply->office->id && strcmp(it->state, "withdrawn") != 0;
  if (counts && !it->answered && strcmp(entry->state, "waiting") != 0) it->answered = work->now;
  if (counts && *entry->expected) reply_set(&it->expected, entry->expected);
  entry->is_public = true;
  reply->decision->outcome = OUTCOME_POSTED;
  g_string_assign(reply->decision->reason, "The office puts its answer back.");
  return case_entry_publish(work->store, it->id, entry->position, true, error) &&
         case_entry_publish(work->store, it->id, note->position, false, error) &&
         pages_mark_files_of_case(work->store, it->id, error) &&
         (!counts || case_set_state(work, it, *entry->state ? entry->state : it->state, error)) &&
         reply_to_thread(reply, entry, error) && tell(reply, entry, "back", error);
}

/* ---- the mail ---- */

/* Which one, or whether at all, is not plain. */
static bool ask(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  g_autoptr(value_t) values = values_of(reply, entry);
  g_autofree char *number = casefile_name(reply->it), *author = reply_author_address(reply);
  value_set_text(values, "number", number);
  value_set_text(values, "title", reply->it->title);
  g_autofree char *waiting = waiting_details(reply->arrival);
  g_autofree char *details = g_strdup_printf(
      "%s\ncase=%" G_GINT64_FORMAT "\noffice=%" G_GINT64_FORMAT "\nauthor=%s\nposition=%d", waiting,
      reply->it->id, reply->office->id, reply->author ? reply->author : "", entry->position);
  bool asked = false;
  reply->decision->outcome = OUTCOME_ANSWERED;
  return reply_keep(reply, "internal", "The office may take an answer back; its author is asked which.",
                    error) &&
         requests_ask(reply->work,
                      &(struct question_out){ .purpose = "case_take_back",
                                              .list = list_cache_by_id(reply->work->lists, reply->it->list),
                                              .address = author,
                                              .object = reply->arrival->mail_id,
                                              .details = details,
                                              .values = values },
                      &asked, error);
}

/* What the mail says instead is shown to its author first; of an encrypted one nothing leaves us in the
 * clear. */
static bool show_rest(struct case_reply *reply, const struct take_back *wish, GError **error)
{
  if (!wish->rest || reply->is_private) return true;
  case_reply_forget(reply);
  reply->words = wish->rest;
  return reply_read(reply, error) && (!*reply->reading.text || reply_ask_author(reply, error));
}

bool reply_take_back(struct case_reply *reply, bool *is_done, GError **error)
{
  g_auto(take_back_t) wish = { 0 };
  *is_done = false;
  if (!reply->office || reply->reading.other) return true;
  take_back_read(reply->reading.said, reply->arrival->mail->subject, &wish);
  if (wish.kind == TAKE_NOTHING) return true;
  if (wish.kind == TAKE_PUT_BACK) return put_back(reply, is_done, error);
  g_autoptr(GPtrArray) answers = answers_of(reply, error);
  if (!answers) return false;
  if (answers->len == 0 && wish.kind == TAKE_MAYBE) return true;
  *is_done = true;
  if (answers->len == 0) return tell_none(reply, error) && show_rest(reply, &wish, error);
  bool is_plain = false;
  const struct case_entry *entry = choose(reply, answers, &wish, &is_plain);
  return (is_plain ? take(reply, entry, error) : ask(reply, entry, error)) && show_rest(reply, &wish, error);
}

/* ---- the answer to the question ---- */

static bool take_asked(struct case_reply *reply, const struct request *request, GError **error)
{
  g_autofree char *position = request_detail(request, "position");
  GError *failed = NULL;
  g_autoptr(case_entry_t) entry = case_entry_get(
      reply->work->store, reply->it->id, (int)g_ascii_strtoll(position ? position : "0", NULL, 10), &failed);
  if (fault_hand_on(failed, error)) return false;
  return !entry || !entry->is_public || !reply->office || take(reply, entry, error);
}

bool case_take_back_decide(struct work *work, const struct arrival *arrival,
                           const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering), is_proven = false;
  if (!reply_is_proven(work, arrival, request, &is_proven, error)) return false;
  if (!is_proven) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, "It is not proven that somebody of the office answered.");
    return true;
  }
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, "The office lets its answer stand.");
  struct waiting_reply how = { .instead = take_asked };
  return !is_yes || reply_take_up(work, request, &how, decision, error);
}

/* ---- an answer to a question of ours that was settled before ---- */

/* Too late: nobody must believe that their yes was heard. */
static bool tell_expired(struct work *work, const struct arrival *arrival, const struct request *request,
                         GError **error)
{
  if (strcmp(request->state, "expired") != 0) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", arrival->mail->subject);
  return requests_tell(work, arrival, request, "request_expired", values, false, error);
}

bool case_request_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                         GError **error)
{
  g_auto(take_back_t) wish = { 0 };
  take_back_read(arrival->mail->text_new, arrival->mail->subject, &wish);
  if (wish.kind == TAKE_NOTHING) return tell_expired(work, arrival, request, error);
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_get(work->store, request_number(request, "case"), &failed);
  g_autoptr(GPtrArray) parties = it ? case_parties(work->store, it->id, "office", &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!parties || !parties->len) return true;
  struct case_writing writing = { it, parties->pdata[parties->len - 1], false };
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    if (party->office == it->office) writing.party = party;
  }
  struct decision decision = { .reason = g_string_new(NULL), .details = g_string_new(NULL) };
  bool is_done = case_office_reply(work, arrival, &writing, &decision, error);
  g_string_free(decision.reason, TRUE);
  g_string_free(decision.details, TRUE);
  return is_done;
}
