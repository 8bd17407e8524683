/* The letter about offices: who answers, from where, for what, as lines that an admin changes and sends back.
 * The reply must be proven (`needs_proof`), and from somebody who is an admin when it comes. What an office
 * may not be is refused here as in the command (lists/offices/rules.c). The addresses that came or went and
 * the other admins are told. */
#include "lists/admin/office_lines.h"
#include "lists/admin/order.h"
#include "lists/admin/private.h"

#include "lists/admin/admins.h"
#include "lists/decisions.h"
#include "lists/keeping/keep.h"
#include "lists/keeping/lines.h"
#include "lists/letters.h"
#include "lists/offices/offices.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"

#include <string.h>

/* All topics that there are, as people call them. */
static bool put_topics(struct work *work, const char *language, struct value *values, GError **error)
{
  g_autofree char *all = office_topics_line();
  g_auto(GStrv) topics = g_strsplit(all, ", ", -1);
  g_autoptr(GString) line = g_string_new(NULL);
  for (char **topic = topics; *topic; topic++) {
    g_autofree char *label = offices_topic_label(work->letters, language, *topic, error);
    if (!label) return false;
    g_string_append_printf(line, "%s%s", line->len ? ", " : "", label);
  }
  value_set_text(values, "topics", line->str);
  return true;
}

/* The lines as they are: rows for the letter, and the details that the request remembers. */
static bool put_state(struct work *work, const char *language, struct value *values, GString *details,
                      GError **error)
{
  g_autoptr(GPtrArray) offices = offices_all(work->store, error);
  for (guint i = 0; offices && i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    g_autofree char *line = office_line(work, office, language, error);
    if (!line) return false;
    struct value *row = value_append(values, "offices");
    value_set_text(row, "sign", office->sign);
    value_set_text(row, "line", line);
    g_string_append_printf(details, "%s=%s\n", office->sign, line);
  }
  return offices && put_topics(work, language, values, error);
}

/* proposal: "SGA Adresse sga@amt.example", what a sentence of the admin's says; NULL: nothing. */
static bool send(struct work *work, const struct admin_out *out, const char *proposal, struct value *values,
                 GError **error)
{
  g_autoptr(GString) details = g_string_new(NULL);
  const char *line = proposal ? strchr(proposal, ' ') : NULL;
  if (line) {
    g_autofree char *sign = g_strndup(proposal, (gsize)(line - proposal));
    struct value *row = value_append(values, "proposal");
    value_set_text(row, "sign", sign);
    value_set_text(row, "line", line + 1);
    g_string_append_printf(details, "propose=%s\n", proposal);
  }
  g_autofree char *language = letters_language(work, out->person, NULL, error);
  return language && put_state(work, language, values, details, error) &&
         admin_ask(work, out, "offices", details->str, values, error);
}

bool offices_send(const struct admin_wish *wish, GError **error)
{
  g_autoptr(value_t) values = value_new();
  struct admin_out out = admin_out_of(wish);
  return send(wish->work, &out, wish->order ? wish->order->proposal : NULL, values, error) &&
         keep_done(wish->decision, "The offices go to the admin who asks for them.");
}

/* ---- an answer ---- */

/* What an answer says of one office. */
struct said {
  char *sign, *value, *written;
};
struct reading {
  const char *shown;
  GPtrArray *said;  /* struct said* */
  GPtrArray *wrong; /* char* */
  bool is_own;
};

static void free_said(gpointer data)
{
  struct said *said = data;
  g_free(said->sign);
  g_free(said->value);
  g_free(said->written);
  g_free(said);
}

static bool is_ours(const char *label, void *data)
{
  (void)data;
  g_autofree char *sign = office_line_sign(label);
  return sign != NULL;
}

/* Was the office's line shown so? */
static bool is_as_shown(const char *shown, const char *sign, const char *value)
{
  g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);
  gsize length = strlen(sign);
  for (char **line = lines; *line; line++)
    if (g_ascii_strncasecmp(*line, sign, length) == 0 && (*line)[length] == '=')
      return strcmp(*line + length + 1, value) == 0;
  return false;
}

static void take(const struct line *read, void *data)
{
  struct reading *reading = data;
  g_autofree char *sign = office_line_sign(read->label);
  if (!sign) {
    if (reading->is_own && *read->value) lines_note_wrong(reading->wrong, read->written);
    return;
  }
  if (!*read->value || is_as_shown(reading->shown, sign, read->value)) return;
  for (guint i = 0; i < reading->said->len; i++)
    if (g_ascii_strcasecmp(((struct said *)reading->said->pdata[i])->sign, sign) == 0) return;
  struct said *said = g_new(struct said, 1);
  *said = (struct said){ g_steal_pointer(&sign), g_strdup(read->value), g_strdup(read->written) };
  g_ptr_array_add(reading->said, said);
}

/* ---- doing it ---- */

/* One answer on its way. */
struct change {
  struct work *work;
  const struct request *request;
  const GPtrArray *regions;
  struct value *values;
};

/* The letter to one address: of the office (what: entered, left) or another admin (changed, removed). */
static bool tell(const struct change *c, const struct office *office, const char *address, const char *what,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, what, "1");
  value_set_text(values, "sign", office->sign);
  value_set_text(values, "office", office->name);
  return letters_send(
      c->work, &(struct letter_out){ .purpose = "office_changed", .address = address, .values = values },
      error);
}

static bool has_address(const struct office *office, const char *address)
{
  for (guint i = 0; i < office->addresses->len; i++)
    if (strcmp(((const struct office_address *)office->addresses->pdata[i])->address, address) == 0)
      return true;
  return false;
}

/* Those addresses of `office` that `other` does not have. */
static bool tell_addresses(const struct change *c, const struct office *office, const struct office *other,
                           const char *what, GError **error)
{
  for (guint i = 0; i < office->addresses->len; i++) {
    const char *address = ((const struct office_address *)office->addresses->pdata[i])->address;
    if (*address == '@' || has_address(other, address)) continue;
    if (!tell(c, office, address, what, error)) return false;
  }
  return true;
}

static bool tell_admins(const struct change *c, const struct office *office, const char *what, GError **error)
{
  g_autoptr(GPtrArray) admins = admins_of(c->work, error);
  for (guint i = 0; admins && i < admins->len; i++)
    if (strcmp(admins->pdata[i], c->request->address) != 0 && !tell(c, office, admins->pdata[i], what, error))
      return false;
  return admins != NULL;
}

/* The log: which office, by whom. */
static bool note(const struct change *c, const char *what, GError **error)
{
  return decisions_note(
      c->work,
      &(struct decision_note){
          .item = "offices", .code = what, .moderator = c->request->person, .decision = "office" },
      error);
}

/* Writes what was said and tells whom it concerns. `before`: as it was; an office without id: it is new. */
static bool store(const struct change *c, struct office *office, const struct office *before, bool is_removed,
                  GError **error)
{
  const char *what = is_removed ? "removed" : "changed";
  bool is_done = is_removed ? office_remove(c->work->store, office->id, c->work->now, error)
                            : office_put(c->work->store, office, c->work->now, error);
  g_autoptr(office_t) nobody = office_new();
  struct value *row = value_append(c->values, "changes");
  value_set_text(row, "sign", office->sign);
  value_set_text(row, what, "1");
  value_set_flag(c->values, "has_changes", true);
  return is_done && note(c, what, error) &&
         (is_removed || tell_addresses(c, office, before, "entered", error)) &&
         tell_addresses(c, before, is_removed ? nobody : office, "left", error) &&
         tell_admins(c, office, what, error);
}

/* A second copy of an office: to change, or as it was. NULL on error. */
static struct office *find_or_new(const struct change *c, const char *sign, GError **error)
{
  GError *failed = NULL;
  struct office *office = office_by_sign(c->work->store, sign, &failed);
  if (failed) return fault_hand_on(failed, error), NULL;
  if (office) return office;
  office = office_new();
  g_free(office->sign);
  office->sign = g_strdup(sign);
  return office;
}

/* What may not be is a line that was not understood; a fault is one. */
static bool do_line(const struct change *c, const struct said *said, GPtrArray *wrong, GError **error)
{
  g_autoptr(office_t) office = find_or_new(c, said->sign, error);
  g_autoptr(office_t) before = office ? find_or_new(c, said->sign, error) : NULL;
  if (!before) return false;
  bool is_removed = false;
  g_autoptr(GError) objection = NULL;
  bool is_good = office_line_apply(said->value, c->regions, office, &is_removed) &&
                 (office->id || !is_removed) &&
                 (is_removed || office_check(c->work->config, c->work->store, office, &objection));
  if (is_good) return store(c, office, before, is_removed, error);
  if (objection && !g_error_matches(objection, FAULT_DOMAIN, FAULT_INPUT)) {
    g_propagate_error(error, g_steal_pointer(&objection));
    return false;
  }
  lines_note_wrong(wrong, said->written);
  return true;
}

/* What a sentence proposed, as a line. NULL: nothing was. */
static struct said *proposed_of(const struct request *request)
{
  g_autofree char *proposal = request_detail(request, "propose");
  const char *line = proposal ? strchr(proposal, ' ') : NULL;
  if (!line) return NULL;
  struct said *said = g_new(struct said, 1);
  *said =
      (struct said){ g_strndup(proposal, (gsize)(line - proposal)), g_strdup(line + 1), g_strdup(proposal) };
  return said;
}

/* An answer without lines: a yes to what was proposed, or a sentence that proposes something. */
static bool read_words(struct work *work, const struct arrival *arrival, const struct request *request,
                       GPtrArray *all, char **proposal, struct value *values, GError **error)
{
  static const char *const acts[2] = { "sure.me", "sure.grant" };
  const struct passage *passage = arrival->understanding->passage;
  struct said *proposed = proposed_of(request);
  if (proposed && answer_is_sure(passage, passage->lexemes->count, arrival->mail, acts)) {
    g_ptr_array_add(all, proposed);
    return true;
  }
  if (proposed) free_said(proposed);
  g_auto(admin_order_t) order = { 0 };
  if (!admin_order_read(work, arrival->mail->text_new, &order, error)) return false;
  bool is_no = answer_read(passage).answer == ANSWER_NO && !order.proposal;
  bool is_office = order.about == ORDER_OFFICE && order.proposal;
  *proposal = is_office ? g_strdup(order.proposal) : is_no ? NULL : request_detail(request, "propose");
  value_set_flag(values, "unclear", !*proposal && !is_no && *arrival->mail->text_new);
  return true;
}

static bool apply(struct work *work, const struct arrival *arrival, const struct request *request,
                  GError **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_said);
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) regions = regions_all(work->store, error);
  g_autofree char *proposal = NULL;
  if (!regions) return false;
  struct reading own = { request->details, all, wrong, true },
                 quoted = { request->details, all, wrong, false };
  lines_read(arrival->mail->text_new, is_ours, take, &own);
  lines_read(arrival->mail->text, is_ours, take, &quoted);
  g_autoptr(value_t) values = value_new();
  if (all->len == 0 && !read_words(work, arrival, request, all, &proposal, values, error)) return false;
  struct change change = { work, request, regions, values };
  for (guint i = 0; i < all->len; i++)
    if (!do_line(&change, all->pdata[i], wrong, error)) return false;
  for (guint i = 0; i < wrong->len && !proposal; i++)
    value_set_text(value_append(values, "wrong"), "line", wrong->pdata[i]);
  if (wrong->len > 0) value_set_flag(values, "unclear", false);
  value_set_flag(values, "is_answer", true);
  struct admin_out out = { .address = request->address, .person = request->person, .arrival = arrival };
  return send(work, &out, proposal, values, error);
}

bool offices_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  bool is_admin = false;
  if (!admin_is_asked(work, answering->request, &is_admin, error)) return false;
  if (!is_admin) return keep_done(decision, "It answers a letter about offices, and its sender is no admin.");
  return apply(work, arrival, answering->request, error) &&
         keep_done(decision, "An admin's answer about offices was read.");
}
