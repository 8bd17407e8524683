/* What a keeper or an admin says about a list in a short mail of their own: "Nur Mitglieder dürfen schreiben",
 * "Bitte das Archiv öffentlich machen", "Udo als Moderator dazu: udo@…". It is proposed to them by letter and
 * done by a yes, as admins' orders are; "An alle" makes it a post after all, and without an answer nothing
 * happens. Several things may be said at once. Whoever asks something, or writes more than a few sentences,
 * writes to the group. */
#include "lists/keeping/keep.h"
#include "lists/keeping/labels.h"

#include "lists/admin/order.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/store/people/people.h"

#include <string.h>

enum { WORDS_MAX = 30 };

static bool says_anything(const struct said *said)
{
  for (int i = 0; i < SETTING_COUNT; i++)
    if (said->values[i]) return true;
  return false;
}

static void state_clear(char *state[SETTING_COUNT])
{
  for (int i = 0; i < SETTING_COUNT; i++) g_clear_pointer(&state[i], g_free);
}

/* Somebody becomes a moderator, or is one no more; of this list alone. */
static bool read_moderator(struct keep *keep, struct said *said, GError **error)
{
  g_auto(admin_order_t) order = { 0 };
  struct role_proposal it;
  g_autofree char *text = g_strdup_printf("%s ( %s )", keep->arrival->mail->text_new, keep->list->name);
  if (!admin_order_read(keep->work, text, &order, error)) return false;
  if (order.about != ORDER_ROLE || !order.proposal || !role_proposal_read(keep->work, order.proposal, &it))
    return true;
  if (it.list == keep->list && g_strcmp0(it.role->held_as, "moderator") == 0)
    said->values[SETTING_MODERATORS] = g_strdup_printf("%c%s", it.is_given ? '+' : '-', it.address);
  g_free(it.address);
  return true;
}

static bool read_said(struct keep *keep, char *now[SETTING_COUNT], struct said *said, GError **error)
{
  if (!settings_state(keep->work, keep->list, now, error)) return false;
  settings_read_fresh(keep->arrival->mail->text_new, now, said);
  g_clear_pointer(&said->values[SETTING_MODERATORS], g_free);
  return !keep->is_keeper || read_moderator(keep, said, error); /* an admin's is an order about roles */
}

bool keep_may_say(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!it || arrival->mail->attachments->len > 0 || arrival->target.meaning == ADDRESS_FRONT_DOOR)
    return false;
  guint words = passage_words(it->passage, 0, it->passage->lexemes->count);
  return words > 0 && words <= WORDS_MAX && !passage_asks(it->passage);
}

/* A choice as a flag, "posting_members"; a text as it is. What is so already is said to be so. */
static void put(struct value *values, GString *details, const struct said *said,
                char *const now[SETTING_COUNT])
{
  for (int i = 0; i < SETTING_COUNT; i++) {
    const char *value = said->values[i];
    if (!value) continue;
    const char *word = setting_word((enum setting)i);
    g_autofree char *line = g_strdelimit(g_strdup(value), "\r\n", ' ');
    g_autofree char *flag = g_strdup_printf("%s_%s", word, line);
    g_string_append_printf(details, "\nsay.%s=%s", word, line);
    struct value *row = value_append(values, "said");
    bool is_moderator = i == SETTING_MODERATORS;
    value_set_flag(row, is_moderator ? *line == '+' ? "given" : "taken" : word, true);
    value_set_flag(row, g_strdelimit(flag, "-", '_'), true);
    value_set_flag(row, "same", !is_moderator && g_strcmp0(line, now[i]) == 0);
    value_set_text(row, "value", is_moderator ? line + 1 : line);
  }
}

/* Asks whether that is right. */
static bool ask(struct keep *keep, const struct said *said, char *const now[SETTING_COUNT], GError **error)
{
  const struct arrival *arrival = keep->arrival;
  bool is_asked = false;
  g_autoptr(value_t) values = value_new();
  g_autofree char *mail = waiting_details(arrival);
  g_autoptr(GString) details = g_string_new(mail);
  put(values, details, said, now);
  if (!requests_ask(keep->work,
                    &(struct question_out){
                        .purpose = "keep_said",
                        .list = keep->list,
                        .person = keep->sender.person,
                        .address = keep->is_keeper ? keep->sender.member->address : keep->sender.address,
                        .object = arrival->mail_id,
                        .details = details->str,
                        .values = values,
                        .in_reply_to = arrival->mail->message_id,
                        .is_answer = true,
                        .is_unauthenticated = !arrival->mail->auth.is_authenticated },
                    &is_asked, error))
    return false;
  if (!is_asked) return holding_put(keep->work, arrival, "wish", NULL, keep->decision, error);
  return keep_done(keep->decision, "A keeper says how the group shall be; they are asked whether that is right.");
}

bool keep_propose(struct keep *keep, bool *is_taken, GError **error)
{
  char *now[SETTING_COUNT] = { NULL };
  g_auto(said_t) said = { 0 };
  bool is_done = read_said(keep, now, &said, error);
  *is_taken = is_done && says_anything(&said);
  if (*is_taken) is_done = ask(keep, &said, now, error);
  state_clear(now);
  return is_done;
}

/* What was proposed and is not so yet. */
static bool read_details(struct work *work, const struct list *list, const struct request *request,
                         struct said *said, GError **error)
{
  char *now[SETTING_COUNT] = { NULL };
  if (!settings_state(work, list, now, error)) return false;
  said->wrong = g_ptr_array_new_with_free_func(g_free);
  for (int i = 0; i < SETTING_COUNT; i++) {
    g_autofree char *key = g_strconcat("say.", setting_word((enum setting)i), NULL);
    said->values[i] = request_detail(request, key);
    if (g_strcmp0(said->values[i], now[i]) == 0) g_clear_pointer(&said->values[i], g_free);
  }
  state_clear(now);
  return true;
}

bool keep_said_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                      struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct passage *passage = arrival->understanding->passage;
  const struct list *list = NULL;
  bool may = false;
  if (!keep_may(work, request, &list, &may, error)) return false;
  if (list && passage_has(passage, "moderate.to-all") && !passage_has(passage, "moderate.not-all"))
    return requests_end(work, arrival, request, "no", error) &&
           waiting_post(work, request, list, decision, error);
  bool is_yes = may && answer_is_yes(arrival, answering);
  keep_done(decision, is_yes ? "The keeper confirms; the group is so now." : "The group stays as it is.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error) || !is_yes) return !is_yes;
  g_auto(said_t) said = { 0 };
  g_autoptr(list_row) row = list_get(work->store, list->id, error);
  return row && read_details(work, row, request, &said, error) &&
         keep_apply(work, arrival, request, row, &said, error);
}
