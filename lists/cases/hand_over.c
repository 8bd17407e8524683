/* "An das Amt": a moderator hands a post of a group over. It becomes a case with thread and message, whoever
 * wrote it is the one who asked, and the group reads the number in a line below. The order itself is read by
 * lists/moderation/orders.c. */
#include "lists/cases/case.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/offices/named.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/threads.h"
#include "lib/text/phrases.h"
#include "lib/text/template.h"

#include <string.h>

/* "SGA", "das Ordnungsamt" name an office, "Laternen" a topic. */
static bool read_words(struct work *work, const char *words, int64_t *office, char **topic, GError **error)
{
  *office = 0;
  *topic = g_strdup("");
  if (!*words) return true;
  g_autoptr(passage_t) passage = passage_new(words, NULL, 0);
  g_autoptr(GPtrArray) offices = offices_names(work->store, error);
  guint end = 0;
  if (!offices) return false;
  bool is_office = office_begins(offices, passage, office, &end);
  if (*office) return true;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("office.topic"), 0);
  g_free(*topic);
  *topic = g_strdup(hit ? hit->value : "");
  if (!is_office || hit) return true;
  GError *failed = NULL; /* of another district, or not entered: the coordinator knows */
  g_autoptr(office_t) coordinator = office_coordinator(work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  *office = coordinator ? coordinator->id : 0;
  return true;
}

/* What may stand behind the office's name: please, thanks, "weiterleiten". */
static bool ends_there(const struct passage *passage, guint at)
{
  const struct lexemes *l = passage->lexemes;
  guint words = 0;
  for (; at < l->count; at++) {
    if (l->at[at].kind != LEXEME_WORD) continue;
    bool is_polite = passage_at(passage, phrases_tag("moderate.tail"), at) ||
                     passage_at(passage, phrases_tag("moderate.thanks"), at) ||
                     passage_at(passage, phrases_tag("moderate.passed"), at);
    if (is_polite && words == 0) return true;
    words++;
  }
  return words == 0;
}

bool cases_names_office(struct work *work, const char *words, enum names_office *names, GError **error)
{
  g_autoptr(passage_t) passage = passage_new(words, NULL, 0);
  g_autoptr(GPtrArray) offices = offices_names(work->store, error);
  int64_t office = 0;
  guint end = 0;
  *names = NAMES_NONE;
  if (!offices) return false;
  if (office_begins(offices, passage, &office, &end))
    *names = ends_there(passage, end) ? NAMES_OFFICE : NAMES_OFFICE_AND_MORE;
  return true;
}

/* The line in the thread. */
static bool tell_group(struct work *work, const struct handing_over *handing, const struct casefile *it,
                       const char *number, struct decision *decision, GError **error)
{
  g_autoptr(office_t) office = it->office ? office_get(work->store, it->office, error) : NULL;
  if (it->office && !office) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "office", office ? office->name : NULL);
  value_set_flag(values, "statement", handing->is_statement);
  value_set_flag(values, "public", it->is_public); /* else reply_to_thread keeps it from the group */
  g_autofree char *text =
      letters_render(work->letters, handing->list->language, "handed_over_post.txt", values, error);
  return text && case_post(work, it, NULL, g_strstrip(text), decision, error);
}

static bool open_new(struct work *work, const struct handing_over *handing, const struct thread *thread,
                     struct casefile **out, GError **error)
{
  const struct message *message = handing->message;
  int64_t office = 0;
  g_autofree char *topic = NULL, *address = address_normalise(message->from_address);
  if (!read_words(work, handing->words, &office, &topic, error)) return false;
  g_autofree char *title = case_text(work, thread->subject, message->from_name);
  g_autofree char *text = case_text(work, message->text, message->from_name);
  struct case_opening opening = { .kind = handing->is_statement ? "statement" : "question",
                                  .list = handing->list,
                                  .title = title,
                                  .topic = topic,
                                  .office = office,
                                  .text = text,
                                  .thread = message->thread,
                                  .message = message->id,
                                  .address = address,
                                  .name = message->from_name,
                                  .person = message->person,
                                  .is_handed_over = true,
                                  .is_public = message->is_public &&
                                               case_may_be_public(message->text, message->from_name) };
  return case_open(work, NULL, &opening, out, error);
}

bool cases_hand_over(struct work *work, const struct handing_over *handing, char **number,
                     struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(casefile_t) known = casefile_of_thread(work->store, handing->message->thread, &failed);
  g_autoptr(thread_row) thread = failed ? NULL : thread_get(work->store, handing->message->thread, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (known && known->is_open) {
    *number = casefile_name(known);
    return true;
  }
  if (!thread) return true;
  g_autoptr(casefile_t) it = NULL;
  if (!open_new(work, handing, thread, &it, error)) return false;
  *number = casefile_name(it);
  return tell_group(work, handing, it, *number, decision, error);
}
