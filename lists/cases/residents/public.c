/* A case that is private becomes public, because whoever asked says so: they are asked once, and their yes
 * does it; an office's words never do. What was written while it was private stays so, the office's answers,
 * too, which were promised to one person. A question that was private from its first day stays hidden, with
 * its title and place, unless they want it read and it tells of nobody else. The office is told, since it
 * holds letters that say the contrary; its first answer is shown to it before it is read by all
 * (replies/promised.c). */
#include "lists/cases/case.h"
#include "lists/cases/residents/words.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

enum { ENTRIES_AT_ONCE = 100 };

/* What of it would be read. */
struct showing {
  struct case_entry *question;
  char *title;    /* on the page */
  bool is_hidden; /* the question was never public */
  bool may_show;  /* … and could be */
};

static void showing_clear(struct showing *showing)
{
  case_entry_free(showing->question);
  g_free(showing->title);
}

static bool look(struct work *work, const struct casefile *it, const struct case_party *party,
                 struct showing *showing, GError **error)
{
  GError *failed = NULL;
  *showing = (struct showing){ 0 };
  showing->question = case_entry_get(work->store, it->id, 1, &failed);
  g_autoptr(office_t) office = it->office && !failed ? office_get(work->store, it->office, &failed) : NULL;
  g_autofree char *language = failed ? NULL : case_party_language(work, it, party, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct case_entry *question = showing->question;
  showing->is_hidden = !question || !question->is_public;
  showing->may_show = question && case_may_be_public(question->text, party->name) &&
                      case_may_be_public(it->title, party->name);
  if (!showing->is_hidden) {
    showing->title = g_strdup(it->title);
    return true;
  }
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office ? office->name : NULL);
  showing->title = letters_render(work->letters, language, "case_title.txt", values, error);
  if (showing->title) g_strstrip(showing->title);
  return showing->title != NULL;
}

/* Only who asked first, and only where the list's cases are public. */
static bool may_ask(struct work *work, const struct casefile *it, const struct case_party *party, bool *may,
                    GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, it->list);
  *may = !it->is_public && list && list->archive_public && strcmp(party->role, "resident") == 0 &&
         strcmp(it->state, "withdrawn") != 0;
  if (!*may) return true;
  g_autoptr(GPtrArray) residents = case_parties(work->store, it->id, "resident", error);
  if (!residents) return false;
  *may = residents->len > 0 && ((const struct case_party *)residents->pdata[0])->id == party->id;
  return true;
}

/* They were asked already: the open question once more; where it is over, and they have been asked as often
 * as a day allows, that is said. */
static bool ask_again(struct work *work, const struct arrival *arrival, const struct casefile *it,
                      const struct case_party *party, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "case_public", it->id, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *request = open->pdata[i];
    if (strcmp(request->address, party->address) != 0) continue;
    value_set_flag(values, "reminder", true);
    return requests_tell(work, arrival, request, "case_public", values, true, error);
  }
  g_autoptr(value_t) own = value_new();
  value_set_flag(own, "asked_enough", true);
  struct case_party to = *party;
  struct case_letter letter = { .purpose = "case_noted",
                                .it = it,
                                .party = &to,
                                .values = own,
                                .in_reply_to = arrival->mail->message_id,
                                .is_answer = true };
  return case_letter_send(work, &letter, error);
}

static bool ask(struct work *work, const struct arrival *arrival, const struct casefile *it,
                const struct case_party *party, GError **error)
{
  struct showing showing;
  if (!look(work, it, party, &showing, error)) {
    showing_clear(&showing);
    return false;
  }
  g_autofree char *number = casefile_name(it);
  g_autofree char *details =
      g_strdup_printf("case=%" G_GINT64_FORMAT "\nparty=%" G_GINT64_FORMAT, it->id, party->id);
  g_autofree char *language = case_party_language(work, it, party, error);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "title", it->title);
  value_set_text(values, "shown", showing.title);
  value_set_text(values, "text", showing.is_hidden ? NULL : showing.question->text);
  value_set_flag(values, "hidden", showing.is_hidden);
  value_set_flag(values, "may_show", showing.may_show);
  showing_clear(&showing);
  bool asked = false;
  if (!language || !requests_ask(work,
                                 &(struct question_out){ .purpose = "case_public",
                                                         .list = list_cache_by_id(work->lists, it->list),
                                                         .person = party->person,
                                                         .address = party->address,
                                                         .object = it->id,
                                                         .details = details,
                                                         .language = language,
                                                         .values = values,
                                                         .in_reply_to = arrival->mail->message_id,
                                                         .is_answer = true },
                                 &asked, error))
    return false;
  return asked || ask_again(work, arrival, it, party, values, error);
}

bool case_heed_public(struct work *work, const struct arrival *arrival, const struct casefile *it,
                      const struct case_party *party, const struct passage *words, bool *is_over,
                      struct decision *decision, GError **error)
{
  bool may = false, says_more = false;
  if (!may_ask(work, it, party, &may, error)) return false;
  if (!may || !case_words_public(words, &says_more)) return true;
  *is_over = !says_more;
  g_string_assign(decision->reason, "Whoever asked wants their case to be public; they are asked once.");
  return ask(work, arrival, it, party, error);
}

/* Do they want their first words read, too? "Ohne meinen Text" wins over all that sounds like it. */
static bool wants_text(const struct passage *passage)
{
  if (passage_has(passage, "case.text-hidden")) return false;
  guint tag = phrases_tag("sure.public");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (strcmp(hit->value, "text") == 0) return true;
  return false;
}

static void replace(char **text, const char *by)
{
  g_free(*text);
  *text = g_strdup(by);
}

/* Are these words for one person: written while it was private? What happened to the case is nobody's. */
static bool is_for_one(const struct case_entry *entry)
{
  static const char *const known[] = { "rerouted", "sent", NULL };
  return entry->is_public && *entry->text && !g_strv_contains(known, entry->what);
}

/* What was said since it became private, the office's answers, too, stays where it went. */
static bool hide_since(struct work *work, const struct casefile *it, bool from_begin, GError **error)
{
  int since = from_begin ? 0 : G_MAXINT, position = 0;
  for (;;) {
    g_autoptr(GPtrArray) entries = case_entries(work->store, it->id, position, ENTRIES_AT_ONCE, error);
    if (!entries) return false;
    for (guint i = 0; i < entries->len; i++) {
      const struct case_entry *entry = entries->pdata[i];
      position = entry->position;
      if (strcmp(entry->what, "private") == 0) since = position;
      if (strcmp(entry->what, "public") == 0) since = G_MAXINT;
      if (position > since && is_for_one(entry) &&
          !case_entry_publish(work->store, it->id, position, false, error))
        return false;
    }
    if (entries->len < ENTRIES_AT_ONCE) return true;
  }
}

/* The offices hold letters which say that their answer goes to one person. */
static bool tell_offices(struct work *work, const struct casefile *it, GError **error)
{
  g_autoptr(GPtrArray) offices = case_parties(work->store, it->id, "office", error);
  for (guint i = 0; offices && i < offices->len; i++) {
    struct case_letter letter = { .purpose = "case_now_public", .it = it, .party = offices->pdata[i] };
    if (!letter.party->gone && !case_letter_send(work, &letter, error)) return false;
  }
  return offices != NULL;
}

static bool make_public(struct work *work, struct casefile *it, const struct case_party *party,
                        bool with_text, bool *is_text_hidden, GError **error)
{
  struct showing showing;
  bool is_done = look(work, it, party, &showing, error);
  bool shows = is_done && showing.is_hidden && with_text && showing.may_show;
  if (is_done && showing.is_hidden && !shows) {
    replace(&it->title, showing.title);
    replace(&it->place, "");
    it->has_point = false;
  }
  *is_text_hidden = is_done && showing.is_hidden && !shows;
  it->is_public = true;
  struct case_entry entry = { .what = (char *)"public", .party = party->id, .text = (char *)"" };
  is_done = is_done && hide_since(work, it, showing.is_hidden, error) &&
            (!shows || case_entry_publish(work->store, it->id, 1, true, error)) &&
            casefile_put(work->store, it, error) && case_note(work, it, &entry, error) &&
            tell_offices(work, it, error);
  showing_clear(&showing);
  return is_done;
}

bool case_public_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                        struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering), may = false;
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "Whoever asked wants their case to be public." : "The case stays private.");
  GError *failed = NULL;
  g_autofree char *number = request_detail(request, "party");
  g_autoptr(case_party_t) party =
      is_yes && number ? case_party_get(work->store, g_ascii_strtoll(number, NULL, 10), &failed) : NULL;
  g_autoptr(casefile_t) it = party ? casefile_get(work->store, party->casefile, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!it || !may_ask(work, it, party, &may, error)) return it == NULL;
  if (!may) return true;
  bool with_text = arrival->understanding && wants_text(arrival->understanding->passage);
  bool is_text_hidden = false;
  if (!make_public(work, it, party, with_text, &is_text_hidden, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "text_hidden", is_text_hidden);
  value_set_flag(values, "made_public", true);
  struct case_letter letter = { .purpose = "case_noted",
                                .it = it,
                                .party = party,
                                .values = values,
                                .in_reply_to = arrival->mail->message_id,
                                .is_answer = true };
  return case_letter_send(work, &letter, error);
}
