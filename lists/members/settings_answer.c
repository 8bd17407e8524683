/* Answers to our letters about what one can settle: the welcome letter, help, the letter that shows how
 * everything is. The last one holds lines that people edit; whatever else is answered is read as a wish in
 * plain words. Nobody who writes back is left without a word: who is not understood gets the settings as they
 * are, with what can be said about each. No operator is troubled with it. */
#include "lists/members/settings_lines.h"
#include "lists/members/wish.h"

#include "lists/list_cache.h"
#include "lists/members/own_address.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/mail/read.h"
#include "lib/store/outbox.h"
#include "lib/store/requests.h"

#include <string.h>

enum { FEW_WORDS = 15 };

bool settings_is_answer(struct store *store, const struct address_target *target)
{
  static const char *const letters[] = { "welcome",     "help",        "name_refused",
                                         "leave_which", "invite_done", "leave_unknown" };
  static const char *const asked[] = { "settings_done", "settings_unclear" };
  if (target->meaning != ADDRESS_TOKEN) return false;
  bool is_request = target->token.purpose == TOKEN_REQUEST;
  if (!is_request && target->token.purpose != TOKEN_LETTER) return false;
  g_autoptr(request_t) request = is_request ? request_get(store, target->token.object, NULL) : NULL;
  g_autoptr(letter_t) letter = is_request ? NULL : letter_get(store, target->token.object, false, NULL);
  for (gsize i = 0; request && i < G_N_ELEMENTS(asked); i++)
    if (strcmp(asked[i], request->purpose) == 0) return true;
  for (gsize i = 0; letter && i < G_N_ELEMENTS(letters); i++)
    if (strcmp(letters[i], letter->purpose) == 0) return true;
  return false;
}

bool settings_only_asks(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return !it || passage_words(it->passage, 0, it->passage->lexemes->count) == 0 ||
         passage_has(it->passage, "own.show") || passage_has(it->subject, "own.show");
}

bool settings_only_thanks(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (arrival->target.meaning != ADDRESS_TOKEN || !it || strchr(it->passage->lexemes->text, '?'))
    return false;
  guint words = passage_words(it->passage, 0, it->passage->lexemes->count);
  return words > 0 && words <= FEW_WORDS && passage_has(it->passage, "case.thanks");
}

/* Does what the lines wish, list by list. *is_refused: a name among them would mislead. */
static bool apply_lines(struct work *work, const struct arrival *arrival, const struct request *request,
                        const struct settings_said *said, bool *is_refused, GError **error)
{
  *is_refused = false;
  for (guint i = 0; i < said->wishes->len && !*is_refused; i++) {
    const struct settings_wish *wish = &g_array_index(said->wishes, struct settings_wish, i);
    const struct request wished = { .list = wish->list,
                                    .person = request->person,
                                    .address = request->address,
                                    .details = wish->details->str };
    g_autofree char *muted = NULL;
    if (!settings_apply(work, &wished, arrival->mail->message_id, &muted, is_refused, error)) return false;
  }
  return true;
}

/* Says how everything is now. */
static bool show(struct work *work, const struct arrival *arrival, const struct request *request,
                 const struct settings_said *said, const char *before, GError **error)
{
  bool has_wishes = said->wishes->len > 0;
  return settings_tell(work,
                       &(struct settings_letter){
                           .letter = has_wishes ? "settings_done" : "settings_unclear",
                           .list = list_cache_by_id(work->lists, request->list),
                           .person = request->person,
                           .address = request->address,
                           .arrival = arrival,
                           .wrong = said->wrong,
                           .before = before,
                           .is_shown = said->wrong->len == 0,
                       },
                       error);
}

static bool take_lines(struct work *work, const struct arrival *arrival, const struct request *request,
                       const struct settings_said *said, struct decision *decision, GError **error)
{
  bool is_refused = false;
  g_string_assign(decision->reason, said->wishes->len > 0 ? "Lines of the member's settings have changed."
                                                          : "No line of the member's settings has changed.");
  const struct settings_letter of = { .list = list_cache_by_id(work->lists, request->list),
                                      .person = request->person,
                                      .address = request->address,
                                      .arrival = arrival };
  g_autofree char *before = settings_now(work, &of, error);
  return before && apply_lines(work, arrival, request, said, &is_refused, error) &&
         (is_refused || show(work, arrival, request, said, before, error));
}

/* Neither a line nor a wish: how everything is, and what one can say. */
static bool show_not_understood(struct work *work, const struct arrival *arrival,
                                const struct request *request, struct decision *decision, GError **error)
{
  g_string_assign(decision->reason, "An answer to the settings letter that is not understood.");
  return settings_tell(work,
                       &(struct settings_letter){
                           .letter = "settings_unclear",
                           .list = list_cache_by_id(work->lists, request->list),
                           .person = request->person,
                           .address = request->address,
                           .arrival = arrival,
                       },
                       error);
}

/* How everything is now, as lines. Caller frees; NULL on error. */
static char *lines_now(struct work *work, const struct request *request, const struct person_choice *choice,
                       GError **error)
{
  struct consent consent;
  g_autoptr(GPtrArray) members = person_memberships(work->store, request->person, error);
  if (!members || !consent_get(work->store, request->person, &consent, error)) return NULL;
  return settings_lines_of(work, members, choice, &consent, choice->language);
}

bool settings_answer_decide(struct work *work, const struct arrival *arrival,
                            const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  if (!answering->is_own_address) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, OWN_ADDRESS_WAITS);
    return true;
  }
  g_autoptr(person_choice) choice = person_choice_get(work->store, request->person, error);
  if (!choice) return false;
  const char *sent = mail_actor(arrival->mail)->name;
  g_auto(settings_said_t) said = { 0 };
  g_autofree char *now = lines_now(work, request, choice, error);
  if (!now) return false;
  settings_lines_read(work, arrival->mail, request, now, sent && *sent ? sent : choice->name, &said);
  if (said.wishes->len > 0 || said.wrong->len > 0 || said.has_lines)
    return take_lines(work, arrival, request, &said, decision, error);
  bool is_taken = false;
  if (!members_take_wish(work, arrival, decision, &is_taken, error)) return false;
  bool is_silent = is_taken || answer_is_note(arrival) || settings_only_thanks(arrival);
  return is_silent || show_not_understood(work, arrival, request, decision, error);
}
