/* The letter about roles: who has which, as lines that an admin changes and sends back; the answer says what
 * changed and what was not understood, and is such a letter again. The reply must be proven (`needs_proof`),
 * and from somebody who is an admin when it comes. Who is new is asked or told, who has a role no more is
 * told; what they had been asked before counts no longer, since duties are looked up when somebody answers.
 */
#include "lists/admin/order.h"
#include "lists/admin/private.h"
#include "lists/admin/role_lines.h"

#include "lists/admin/admins.h"
#include "lists/decisions.h"
#include "lists/forward.h"
#include "lists/keeping/holders.h"
#include "lists/keeping/keep.h"
#include "lists/letters.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/store/moderation/moderation.h"

#include <string.h>

/* What the letter shows, gathered: its values, and the details that the request remembers. */
struct roles_state {
  struct value *values;
  GString *details;
};

static bool put_admins(struct work *work, struct roles_state *state, GError **error)
{
  g_autofree char *line = admins_line(work, error);
  if (!line) return false;
  g_autofree char *first = forward_admin_address(work->config, work->book, work->keys, work->now);
  value_set_text(state->values, "admins", *line ? line : NULL);
  value_set_text(state->values, "fixed_admin", first);
  g_string_append_printf(state->details, "admin=%s\n", line);
  return true;
}

/* The line of one role of one list. NULL on error. Caller frees. */
static char *put_role(struct work *work, struct roles_state *state, const struct role *role,
                      const struct list *list, GError **error)
{
  char *line = holders_line(work, list, role->held_as, error);
  g_autofree char *name = line ? role_line_name(role, list) : NULL;
  if (line) g_string_append_printf(state->details, "%s=%s\n", name, line);
  return line;
}

/* Roles that one list alone has: missbrauch@ and the like. */
static bool put_duty(struct work *work, struct roles_state *state, const struct list *list, GError **error)
{
  for (gsize i = 0; i < role_count; i++) {
    if (!roles[i].list || strcmp(roles[i].list, list->name) != 0) continue;
    g_autofree char *line = put_role(work, state, &roles[i], list, error);
    if (!line) return false;
    struct value *row = value_append(state->values, "duties");
    role_set_flag(row, &roles[i]);
    value_set_text(row, "addresses", *line ? line : NULL);
  }
  return true;
}

static bool is_duty_list(const struct list *list)
{
  for (gsize i = 0; i < role_count; i++)
    if (g_strcmp0(roles[i].list, list->name) == 0) return true;
  return false;
}

/* Moderators and keepers of a list; where it has none, its name alone. */
static bool put_list(struct work *work, struct roles_state *state, const struct list *list, GString *without,
                     GError **error)
{
  g_autofree char *moderators = put_role(work, state, role_find("moderator"), list, error);
  g_autofree char *keepers = moderators ? put_role(work, state, role_find("keeper"), list, error) : NULL;
  if (!keepers) return false;
  if (!*moderators && !*keepers) {
    g_string_append_printf(without, "%s%s", without->len ? ", " : "", list->name);
    return true;
  }
  struct value *row = value_append(state->values, "lists");
  value_set_text(row, "name", list->name);
  value_set_text(row, "moderators", *moderators ? moderators : NULL);
  value_set_text(row, "keepers", *keepers ? keepers : NULL);
  return true;
}

static bool put_state(struct work *work, struct roles_state *state, GError **error)
{
  if (!put_admins(work, state, error)) return false;
  g_autoptr(GPtrArray) lists = lists_all(work->store, error);
  g_autoptr(GString) without = g_string_new(NULL);
  for (guint i = 0; lists && i < lists->len; i++) {
    const struct list *list = g_ptr_array_index(lists, i);
    bool is_done =
        is_duty_list(list) ? put_duty(work, state, list, error) : put_list(work, state, list, without, error);
    if (!is_done) return false;
  }
  value_set_text(state->values, "without", without->len ? without->str : NULL);
  return lists != NULL;
}

/* What a sentence of the admin's proposes; NULL: nothing. */
static void put_proposal(struct work *work, struct roles_state *state, const char *proposal)
{
  struct role_proposal it;
  if (!proposal || !role_proposal_read(work, proposal, &it)) return;
  struct value *row = value_append(state->values, "proposal");
  role_set_flag(row, it.role);
  value_set_text(row, "name", role_is_of_any_list(it.role) ? it.list->name : NULL);
  value_set_text(row, "address", it.address);
  value_set_flag(row, "given", it.is_given);
  g_string_append_printf(state->details, "propose=%s\n", proposal);
  g_free(it.address);
}

static bool send(struct work *work, const struct admin_out *out, const char *proposal, struct value *values,
                 GError **error)
{
  g_autoptr(GString) details = g_string_new(NULL);
  struct roles_state state = { .values = values, .details = details };
  put_proposal(work, &state, proposal);
  return put_state(work, &state, error) && admin_ask(work, out, "roles", details->str, values, error);
}

bool roles_send(const struct admin_wish *wish, GError **error)
{
  g_autoptr(value_t) values = value_new();
  struct admin_out out = admin_out_of(wish);
  return send(wish->work, &out, wish->order ? wish->order->proposal : NULL, values, error) &&
         keep_done(wish->decision, "The roles go to the admin who asks for them.");
}

/* ---- an answer ---- */

/* The log: which role changed where, by whom; no addresses. */
static bool note(struct work *work, const struct request *request, const struct role_line *line,
                 GError **error)
{
  return decisions_note(work,
                        &(struct decision_note){ .list = line->list ? line->list->id : 0,
                                                 .item = "roles",
                                                 .code = line->role->word,
                                                 .moderator = request->person,
                                                 .decision = "role" },
                        error);
}

/* What the answer says of a change. */
static void put_change(const struct role_line *line, struct value *values)
{
  struct value *row = value_append(values, "changes");
  role_set_flag(row, line->role);
  value_set_text(row, "name", role_is_of_any_list(line->role) ? line->list->name : NULL);
  value_set_flag(values, "has_changes", true);
}

static bool apply_line(struct work *work, const struct request *request, const struct role_line *line,
                       struct value *values, GError **error)
{
  struct holders_change change = {
    .list = line->list, .role = line->role, .line = line->value, .values = values
  };
  bool is_kept = false;
  put_change(line, values);
  bool is_done = line->role->held_as
                     ? holders_change(work, &change, error)
                     : admins_change(work, request->address, line->value, values, &is_kept, error);
  if (is_kept) value_set_flag(values, "last_admin", true);
  return is_done && note(work, request, line, error);
}

/* Carries out what a sentence proposed and the admin said yes to: the one address gets the role or has it no
 * more, and nobody else is touched. */
static bool apply_proposal(struct work *work, const struct request *request, const char *proposal,
                           struct value *values, GError **error)
{
  struct role_proposal it;
  if (!role_proposal_read(work, proposal, &it)) return true;
  g_autofree char *address = it.address;
  struct role_line line = { .role = it.role, .list = it.list, .value = address };
  struct holders_change change = { .list = it.list, .role = it.role, .line = address, .values = values };
  bool is_kept = false;
  put_change(&line, values);
  bool is_done = it.role->held_as ? holders_change_one(work, &change, it.is_given, error)
                                  : admins_change_one(work, request->address, address, it.is_given, values,
                                                      &is_kept, error);
  if (is_kept) value_set_flag(values, "last_admin", true);
  return is_done && note(work, request, &line, error);
}

/* A plain yes to what was proposed, and nothing beside it. */
static bool is_yes(const struct arrival *arrival)
{
  static const char *const acts[2] = { "sure.me", "sure.grant" };
  const struct passage *passage = arrival->understanding->passage;
  return answer_is_sure(passage, passage->lexemes->count, arrival->mail, acts);
}

/* What the answer says in a sentence of its own; the question that was open stays open where it says nothing.
 * *proposal: what is to be asked next. Caller frees. */
static bool read_sentence(struct work *work, const struct arrival *arrival, const struct request *request,
                          char **proposal, struct value *values, GError **error)
{
  g_auto(admin_order_t) order = { 0 };
  if (!admin_order_read(work, arrival->mail->text_new, &order, error)) return false;
  bool is_no = answer_read(arrival->understanding->passage).answer == ANSWER_NO && !order.proposal;
  *proposal = order.proposal ? g_strdup(order.proposal) : is_no ? NULL : request_detail(request, "propose");
  value_set_flag(values, "unclear", !*proposal && !is_no && *arrival->mail->text_new);
  return true;
}

/* Changes what the answer says. *proposal: what is to be asked next; NULL: nothing. */
static bool change(struct work *work, const struct arrival *arrival, const struct request *request,
                   char **proposal, struct value *values, GError **error)
{
  g_auto(role_lines_t) said = { 0 };
  role_lines_read(work, arrival->mail->text_new, arrival->mail->text, request->details, &said);
  for (guint i = 0; i < said.lines->len; i++)
    if (!apply_line(work, request, g_ptr_array_index(said.lines, i), values, error)) return false;
  g_autofree char *proposed = request_detail(request, "propose");
  if (said.lines->len == 0 && proposed && is_yes(arrival))
    return apply_proposal(work, request, proposed, values, error);
  if (said.lines->len == 0 && !read_sentence(work, arrival, request, proposal, values, error)) return false;
  for (guint i = 0; i < said.wrong->len && !*proposal; i++)
    value_set_text(value_append(values, "wrong"), "line", g_ptr_array_index(said.wrong, i));
  if (said.wrong->len > 0) value_set_flag(values, "unclear", false);
  return true;
}

static bool apply(struct work *work, const struct arrival *arrival, const struct request *request,
                  GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *proposal = NULL;
  if (!change(work, arrival, request, &proposal, values, error)) return false;
  value_set_flag(values, "is_answer", true);
  struct admin_out out = { .address = request->address, .person = request->person, .arrival = arrival };
  bool is_still = false;
  if (!admin_is_asked(work, request, &is_still, error)) return false;
  return !is_still || send(work, &out, proposal, values, error);
}

bool admin_is_asked(struct work *work, const struct request *request, bool *is, GError **error)
{
  return admins_has(work, request->address, request->person, is, error);
}

bool roles_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  bool is_admin = false;
  if (!admin_is_asked(work, answering->request, &is_admin, error)) return false;
  if (!is_admin) return keep_done(decision, "It answers a letter about roles, and its sender is no admin.");
  return apply(work, arrival, answering->request, error) &&
         keep_done(decision, "An admin's answer about roles was read.");
}
