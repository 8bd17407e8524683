/* Wishes that only admins have: "Rollen", "Neue Liste Pflanzentausch", "Bitte Einstellungen für gruenau", a
 * post to be taken down.
 * They are short mails; longer ones are for people to read. That the From is an admin's address only leads to
 * a letter to that address. Section admin.wish of the tables has the words. */
#include "lists/admin/admin.h"
#include "lists/admin/private.h"

#include "lists/admin/admins.h"
#include "lists/admin/office_lines.h"
#include "lists/admin/order.h"
#include "lists/keeping/keep.h"
#include "lists/list_cache.h"
#include "lists/requests/requests.h"
#include "lists/understand/understand.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_MAX = 40, TEXT_BYTES = 4000, TITLE_CHARACTERS = 60 };

const struct list *admin_list_named(const struct work *work, const char *text)
{
  const struct list *found = NULL;
  g_autofree char *lower = g_utf8_strdown(text, -1);
  g_auto(GStrv) words = g_strsplit_set(lower, " \t\r\n,.;:!?()<>\"'@", 400);
  for (char **word = words; *word; word++) {
    g_autofree char *folded = lexeme_fold(*word, strlen(*word)); /* "Grünau" means gruenau */
    const struct list *list = **word ? list_cache_by_name(work->lists, *word) : NULL;
    if (!list && *folded) list = list_cache_by_name(work->lists, folded);
    bool is_door = list && kind_is_front_door(list->kind);
    if (list && found && list != found) return NULL;
    if (list && !is_door) found = list;
  }
  return found;
}

/* The end of "Lege bitte eine Liste Hundefreunde an!" that belongs to no title. */
static bool is_no_title(const struct lexeme *it)
{
  return it->kind == LEXEME_MARK || lexeme_is(it, "an") || lexeme_is(it, "ein") || lexeme_is(it, "bitte");
}

/* What stands behind a wish on its line: the title of a list. Caller frees. */
static char *title_behind(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  guint first = hit->end;
  while (first < l->count && l->at[first].kind == LEXEME_MARK) first++;
  guint end = first;
  while (end < l->count && l->at[end].kind != LEXEME_BREAK) end++;
  while (end > first && is_no_title(&l->at[end - 1])) end--;
  g_autofree char *text = first < end ? passage_text(passage, first, end) : g_strdup("");
  g_strdelimit(text, "\r\n\t=", ' ');
  return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), TITLE_CHARACTERS));
}

/* Does it begin with a line of the letter about offices ("Amt SGA: …")? */
static bool is_about_office(const char *text)
{
  const char *colon = strchr(text, ':');
  const char *end = strchr(text, '\n');
  if (!colon || (end && end < colon) || colon - text > 60) return false;
  g_autofree char *label = g_strndup(text, (gsize)(colon - text));
  g_autofree char *sign = office_line_sign(label);
  return sign != NULL;
}

static bool send_settings(struct admin_wish *wish, const struct list *list, GError **error)
{
  struct keep keep = { .work = wish->work,
                       .arrival = wish->arrival,
                       .decision = wish->decision,
                       .list = list,
                       .sender = *wish->admin,
                       .is_admin = true };
  return keep_settings(&keep, error);
}

/* Acts on a sentence that names no letter of ours (order.h). */
static bool act_on_order(struct admin_wish *wish, bool *is_taken, GError **error)
{
  const struct admin_order *order = wish->order;
  const struct understanding *it = wish->arrival->understanding;
  enum intent intent = it ? it->meaning->intent : INTENT_UNCLEAR;
  bool is_own = intent == INTENT_CLOSE || intent == INTENT_HAND_OVER || intent == INTENT_JOIN ||
                intent == INTENT_LEAVE || intent == INTENT_SETTINGS;
  wish->is_unclear |= order->about != ORDER_NOTHING; /* where nobody else takes it */
  bool is_of_others = (order->about == ORDER_ROLE && order->names_somebody) ||
                      (order->about == ORDER_SETTINGS && !order->speaks_of_self);
  if (is_own && !is_of_others) return true;
  *is_taken = true;
  switch (order->about) {
  case ORDER_ROLE: return roles_send(wish, error);
  case ORDER_OFFICE: return offices_send(wish, error);
  case ORDER_NEW_LIST: wish->title = order->title; return new_list_send(wish, error);
  case ORDER_SETTINGS: return send_settings(wish, order->list, error);
  case ORDER_UNCLEAR:
  case ORDER_NOTHING: break;
  }
  *is_taken = false;
  return true;
}

/* Acts on the wish that a text says. */
static bool act(struct admin_wish *wish, const char *text, bool *is_taken, GError **error)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("admin.wish"), 0);
  bool is_office = !hit && is_about_office(text), is_takedown = !hit && take_down_is_wished(passage);
  if (passage_words(passage, 0, passage->lexemes->count) > WORDS_MAX) return true;
  g_auto(admin_order_t) order = { 0 };
  if (!is_takedown && !admin_order_read(wish->work, text, &order, error)) return false;
  wish->order = &order;
  if (!hit && !is_office && !is_takedown) return act_on_order(wish, is_taken, error);
  *is_taken = true;
  if (is_office) return offices_send(wish, error);
  if (is_takedown) return take_down_send(wish, passage->lexemes->text, error); /* of a bounded length */
  if (strcmp(hit->value, "roles") == 0) return roles_send(wish, error);
  if (strcmp(hit->value, "offices") == 0) return offices_send(wish, error);
  if (strcmp(hit->value, "list") == 0) {
    g_autofree char *title = title_behind(passage, hit);
    wish->title = title;
    return new_list_send(wish, error);
  }
  g_autofree char *all = g_strconcat(wish->arrival->mail->subject, " ", text, NULL);
  const struct list *list = admin_list_named(wish->work, all);
  *is_taken = list != NULL;
  return !list || send_settings(wish, list, error);
}

/* The same as below. *is_unclear: it may be a wish, and nobody can tell which. */
static bool take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *is_taken,
                 bool *is_unclear, GError **error)
{
  const struct mail *mail = arrival->mail;
  *is_taken = *is_unclear = false;
  if (mail->robot != MAIL_HUMAN || arrival->is_released) return true;
  struct sender sender;
  bool is_admin = false;
  if (!sender_find(work, mail, 0, &sender, error)) return false;
  bool is_done = !sender.address || admins_has(work, sender.address, sender.person, &is_admin, error);
  struct admin_wish wish = {
    .work = work, .arrival = arrival, .decision = decision, .admin = &sender, .title = ""
  };
  if (is_done && is_admin) is_done = act(&wish, mail->text_new, is_taken, error);
  if (is_done && is_admin && !*is_taken) is_done = act(&wish, mail->subject, is_taken, error);
  *is_unclear = !*is_taken && wish.is_unclear;
  sender_clear(&sender);
  return is_done;
}

bool admin_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                     bool *is_taken, GError **error)
{
  bool is_unclear = false;
  return take(work, arrival, decision, is_taken, &is_unclear, error);
}

bool admin_may_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                    bool *is_taken, bool *is_unclear, GError **error)
{
  return take(work, arrival, decision, is_taken, is_unclear, error);
}

struct admin_out admin_out_of(const struct admin_wish *wish)
{
  return (struct admin_out){ .address = wish->admin->address,
                             .person = wish->admin->person,
                             .arrival = wish->arrival,
                             .is_unauthenticated = !wish->arrival->mail->auth.is_authenticated };
}

bool admin_ask(struct work *work, const struct admin_out *out, const char *purpose, const char *details,
               struct value *values, GError **error)
{
  return requests_ask(work,
                      &(struct question_out){ .purpose = purpose,
                                              .person = out->person,
                                              .address = out->address,
                                              .object = out->arrival->mail_id,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = out->arrival->mail->message_id,
                                              .is_answer = true,
                                              .is_unauthenticated = out->is_unauthenticated },
                      NULL, error);
}
