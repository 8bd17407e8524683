/* One mail, all its addresses of ours. The mail is stored once under its key; for each recipient the address
 * is looked up, the route is chosen, and what the route says is done. The row in `handled` is what "done"
 * means: it is written in the same transaction as everything the decision caused, and a mail that comes again
 * finds it and does nothing. */
#include "lists/decide.h"

#include "lists/admin/admin.h"
#include "lists/bounces/bounces.h"
#include "lists/cases/cases.h"
#include "lists/events/events.h"
#include "lists/forward.h"
#include "lists/groups/groups.h"
#include "lists/holding.h"
#include "lists/keeping/keeping.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/mediation/mediation.h"
#include "lists/members/consent.h"
#include "lists/members/members.h"
#include "lists/members/own_address.h"
#include "lists/moderation/data_protection.h"
#include "lists/moderation/moderation.h"
#include "lists/moderation/rules.h"
#include "lists/notices.h"
#include "lists/offices/offices.h"
#include "lists/probe.h"
#include "lists/requests/requests.h"
#include "lists/route.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/cases/cases.h"
#include "lib/store/events/events.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "lib/store/requests.h"
#include "lib/store/threads.h"

#include <string.h>

enum { FRONT_DOOR_SECONDS = 3600, DAY_SECONDS = 24 * 3600 };

/* Makes the key one of its own for what else tells this mail from others. */
static void mix_into_key(struct incoming *incoming, const char *what)
{
  gsize size = sizeof incoming->key;
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(sum, incoming->key, (gssize)size);
  g_checksum_update(sum, (const guchar *)what, -1);
  g_checksum_get_digest(sum, incoming->key, &size);
}

/* A mail with neither Message-ID nor Date ("Danke!" from a simple telephone) is like the next one of its
 * kind, weeks later: with the day it came it is another one. */
static void tell_days_apart(struct incoming *incoming)
{
  if (incoming->mail->message_id || incoming->mail->date) return;
  g_autofree char *day = g_strdup_printf("%" G_GINT64_FORMAT, incoming->received / DAY_SECONDS);
  mix_into_key(incoming, day);
}

/* The same letter of ours, redirected by two people, is two mails: a stranger who was first must not keep a
 * member from passing it on. */
static void tell_redirects_apart(struct incoming *incoming)
{
  const char *address = incoming->mail->resent_from.address;
  if (*address) mix_into_key(incoming, address);
}

struct incoming *incoming_new(const struct config *config, int64_t received, const char *sender,
                              const char *const *recipients, GBytes *raw)
{
  struct incoming *incoming = g_new0(struct incoming, 1);
  incoming->received = received;
  incoming->sender = g_strdup(sender);
  incoming->recipients = g_strdupv((char **)recipients);
  incoming->raw = g_bytes_ref(raw);
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  delivery_key(bytes, size, incoming->key);
  incoming->mail =
      mail_read(bytes, size,
                &(struct mail_reading){ .domain = config->domain,
                                        .authserv_id = config->authserv_id,
                                        .trusted_forwarders = (const char *const *)config->trusted_forwarders,
                                        .network_header = config->network_header,
                                        .spam_header = config->spam_header,
                                        .received_above_results = config->received_above_results,
                                        .keeps_raw = true,
                                        .envelope_sender = sender });
  tell_days_apart(incoming);
  tell_redirects_apart(incoming);
  return incoming;
}

void incoming_free(struct incoming *incoming)
{
  if (!incoming) return;
  if (incoming->understandings) g_ptr_array_unref(incoming->understandings);
  mail_free(incoming->mail);
  g_bytes_unref(incoming->raw);
  g_strfreev(incoming->recipients);
  g_free(incoming->sender);
  g_free(incoming->spool_path);
  g_free(incoming);
}

/* The list that a token's object belongs to; 0: the object is gone, or tokens of this purpose have none. */
static bool list_of_object(struct work *work, const struct token *token, int64_t *list, GError **error)
{
  GError *failed = NULL;
  *list = 0;
  if (token->purpose == TOKEN_POST || token->purpose == TOKEN_AUTHOR || token->purpose == TOKEN_ATTACHMENT) {
    g_autoptr(message_row) message = message_get(work->store, token->object, &failed);
    if (message) *list = message->list;
  } else if (token->purpose == TOKEN_LETTER || token->purpose == TOKEN_BOUNCE) {
    g_autoptr(letter_t) letter = letter_get(work->store, token->object, false, &failed);
    if (letter) *list = letter->list;
  } else if (token->purpose == TOKEN_LEAVE) {
    *list = token->object;
  } else if (token->purpose == TOKEN_REQUEST) {
    g_autoptr(request_t) request = request_get(work->store, token->object, &failed);
    if (request) *list = request->list;
  } else if (token->purpose == TOKEN_CASE) {
    g_autoptr(casefile_t) it = casefile_get(work->store, token->object, &failed);
    if (it) *list = it->list;
  } else if (token->purpose == TOKEN_EVENT) {
    g_autoptr(event_t) it = event_get(work->store, token->object, &failed);
    if (it) *list = it->list;
  }
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* Fills target and list. What a token is about counts, not the base it stands behind; what belonged to a list
 * that was removed belongs to no other one. */
static bool resolve(struct work *work, struct arrival *arrival, GError **error)
{
  struct address_target *target = &arrival->target;
  *target = addresses_look_up(work->book, work->keys, arrival->recipient, work->now);
  arrival->list = list_cache_by_name(work->lists, target->list);
  if (target->meaning != ADDRESS_TOKEN && target->meaning != ADDRESS_STALE_TOKEN) return true;
  int64_t id = 0;
  if (!list_of_object(work, &target->token, &id, error)) return false;
  if (!id) return true;
  arrival->list = list_cache_by_id(work->lists, id);
  target->list = arrival->list ? arrival->list->name : NULL;
  target->kind = arrival->list ? arrival->list->kind : NULL;
  return true;
}

/* A wish about one's own data is for those who answer such wishes, and for nobody else; the front door hands
 * it over itself, and what is confidential stays so. */
static bool take_data_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                           bool *is_taken, GError **error)
{
  const struct kind *kind = arrival->list ? kind_find(arrival->list->kind) : NULL;
  bool is_for_all = kind && !kind->is_duty && !kind->is_confidential && !kind_is_front_door(kind->name);
  *is_taken = false;
  return !is_for_all || data_protection_take(work, arrival, decision, is_taken, error);
}

/* Whoever shows an office's name without being it reaches nobody before a person has looked; the duties that
 * the law asks for take everybody's mail. */
static bool take_posing(struct work *work, const struct arrival *arrival, struct decision *decision,
                        bool *is_posing, GError **error)
{
  const struct kind *kind = arrival->list ? kind_find(arrival->list->kind) : NULL;
  *is_posing = false;
  if (!arrival->list || (kind && kind->is_duty)) return true;
  return offices_take_posing(work, arrival, decision, is_posing, error);
}

/* ROUTE_RECEIVE: the list's kind decides, when there is a list and its kind is built. */
static bool act_receive(struct work *work, const struct arrival *arrival, const struct route *route,
                        struct decision *decision, GError **error)
{
  (void)route;
  bool is_posing = false, is_order = false, is_click = false, is_source = false;
  if (!take_posing(work, arrival, decision, &is_posing, error)) return false;
  if (is_posing) return true;
  bool is_data = false;
  if (!take_data_wish(work, arrival, decision, &is_data, error)) return false;
  if (is_data) return true;
  if (!events_take_click(work, arrival, decision, &is_click, error)) return false;
  if (is_click) return true;
  if (!events_take_source(work, arrival, decision, &is_source, error)) return false;
  if (is_source) return true;
  if (!moderation_take_order(work, arrival, decision, &is_order, error)) return false;
  if (is_order) return true;
  bool is_token = arrival->target.meaning == ADDRESS_TOKEN || arrival->target.meaning == ADDRESS_STALE_TOKEN;
  if (!arrival->list)
    return holding_put(work, arrival, is_token ? "no_object" : "no_list", NULL, decision, error);
  const struct kind *kind = kind_find(arrival->list->kind);
  if (kind && kind->is_ready && (!kind->takes || kind->takes(arrival->list)))
    return kind->receive(work, arrival, decision, error);
  bool is_wish = false;
  if (!members_take_wish(work, arrival, decision, &is_wish, error)) return false;
  if (is_wish) return true;
  const struct understanding *it = arrival->understanding;
  g_autofree char *wish =
      it ? g_strdup_printf(" It was understood as: %s.", intent_word(it->meaning->intent)) : g_strdup("");
  g_autofree char *reason = g_strdup_printf("What %s is for (%s) is not built yet; the mail waits for it.%s",
                                            arrival->list->name, arrival->list->kind, wish);
  return holding_put(work, arrival, "kind_not_ready", reason, decision, error);
}

static bool act_ignore(struct work *work, const struct arrival *arrival, const struct route *route,
                       struct decision *decision, GError **error)
{
  (void)route;
  bool is_taken = false;
  decision->outcome = OUTCOME_IGNORED;
  if (!cases_note_absence(work, arrival, error)) return false;
  return rules_take_automated(work, arrival, decision, &is_taken, error);
}

static bool act_file(struct work *work, const struct arrival *arrival, const struct route *route,
                     struct decision *decision, GError **error)
{
  (void)work, (void)arrival, (void)route, (void)error;
  decision->outcome = OUTCOME_FILED;
  return true;
}

static bool act_bounce(struct work *work, const struct arrival *arrival, const struct route *route,
                       struct decision *decision, GError **error)
{
  (void)route;
  return bounces_receive(work, arrival, decision, error);
}

static bool act_hold(struct work *work, const struct arrival *arrival, const struct route *route,
                     struct decision *decision, GError **error)
{
  return holding_put(work, arrival, route->code, route->reason, decision, error);
}

static bool act_admin(struct work *work, const struct arrival *arrival, const struct route *route,
                      struct decision *decision, GError **error)
{
  (void)route;
  bool is_taken = false;
  if (!complaint_at_desk(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!admin_take_wish(work, arrival, decision, &is_taken, error)) return false;
  return is_taken || forward_to_admin(work, arrival, decision, error);
}

static bool act_private(struct work *work, const struct arrival *arrival, const struct route *route,
                        struct decision *decision, GError **error)
{
  (void)route;
  bool is_posing = false, is_order = false;
  if (!take_posing(work, arrival, decision, &is_posing, error)) return false;
  if (is_posing) return true;
  if (!moderation_take_order(work, arrival, decision, &is_order, error)) return false;
  return is_order || forward_private(work, arrival, decision, error);
}

static bool act_attachment(struct work *work, const struct arrival *arrival, const struct route *route,
                           struct decision *decision, GError **error)
{
  (void)route;
  return group_send_attachment(work, arrival, decision, error);
}

static bool act_probe(struct work *work, const struct arrival *arrival, const struct route *route,
                      struct decision *decision, GError **error)
{
  (void)route;
  return probe_receive(work, arrival, decision, error);
}

static bool act_answer(struct work *work, const struct arrival *arrival, const struct route *route,
                       struct decision *decision, GError **error)
{
  (void)route;
  return requests_answer(work, arrival, decision, error);
}

static bool act_wish(struct work *work, const struct arrival *arrival, const struct route *route,
                     struct decision *decision, GError **error)
{
  (void)route;
  bool is_taken = false;
  if (!keeping_take_wish(work, arrival, decision, &is_taken, error)) return false;
  return is_taken || members_wish(work, arrival, decision, error);
}

static bool act_case(struct work *work, const struct arrival *arrival, const struct route *route,
                     struct decision *decision, GError **error)
{
  (void)route;
  return cases_answer(work, arrival, decision, error);
}

static bool act_event(struct work *work, const struct arrival *arrival, const struct route *route,
                      struct decision *decision, GError **error)
{
  (void)route;
  return events_answer(work, arrival, decision, error);
}

typedef bool act(struct work *work, const struct arrival *arrival, const struct route *route,
                 struct decision *decision, GError **error);
static act *const acts[] = {
  [ROUTE_RECEIVE] = act_receive, [ROUTE_IGNORE] = act_ignore,
  [ROUTE_BOUNCE] = act_bounce,   [ROUTE_HOLD] = act_hold,
  [ROUTE_ADMIN] = act_admin,     [ROUTE_FILE_ONLY] = act_file,
  [ROUTE_PRIVATE] = act_private, [ROUTE_ATTACHMENT] = act_attachment,
  [ROUTE_PROBE] = act_probe,     [ROUTE_ANSWER] = act_answer,
  [ROUTE_WISH] = act_wish,       [ROUTE_CASE] = act_case,
  [ROUTE_EVENT] = act_event,
};
_Static_assert(G_N_ELEMENTS(acts) == ROUTE_EVENT + 1, "every action is acted upon");

/* Somebody answered a letter of last winter: one sentence back, once a day, that their answer is taken as a
 * new mail; only where we know that it is them. */
static bool send_stale_reply(struct work *work, const struct arrival *arrival, enum route_action action,
                             GError **error)
{
  const struct mail *mail = arrival->mail;
  bool wants_word = arrival->target.meaning == ADDRESS_STALE_TOKEN && mail->robot == MAIL_HUMAN &&
                    mail->auth.is_authenticated && !arrival->is_released &&
                    (action == ROUTE_RECEIVE || action == ROUTE_HOLD);
  g_autofree char *address = wants_word && mail->from.address ? address_normalise(mail->from.address) : NULL;
  if (!address) return true;
  bool may = false;
  if (!notices_may(work, "stale_reply", address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", mail->subject);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "stale_reply",
                                            .list = arrival->list,
                                            .address = address,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

/* The log's line: what was decided and why, and of the sender no more than this month's pseudonym. */
static char *log_text(const struct work *work, const struct arrival *arrival, const char *outcome,
                      const char *details, const char *reason)
{
  g_autofree char *person = log_person(work->keys, mail_actor(arrival->mail)->address, work->now);
  return g_strdup_printf("list=%s kind=%s outcome=%s%s mail=%" G_GINT64_FORMAT " from=%s reason=\"%s\"",
                         arrival->list ? arrival->list->name : "-", arrival->list ? arrival->list->kind : "-",
                         outcome, details, arrival->mail_id, person, reason);
}

/* Writes what became of it and its line for the log. */
static bool record(struct work *work, const struct arrival *arrival, const struct decision *decision,
                   GPtrArray *lines, GError **error)
{
  const char *outcome = outcome_word(decision->outcome);
  const struct list *list = decision->list ? decision->list : arrival->list;
  struct handled handled = {
    .mail = arrival->mail_id,
    .recipient = (char *)arrival->recipient,
    .list = list ? list->id : 0,
    .kind = list ? list->kind : (char *)"",
    .outcome = (char *)outcome,
    .reason = decision->reason->str,
    .at = work->now,
  };
  if (!handled_put(work->store, &handled, error)) return false;
  g_ptr_array_add(lines, log_text(work, arrival, outcome, decision->details->str, decision->reason->str));
  return true;
}

/* Was the answer's address sent to the very address that the mail names as its sender? *is says so. */
static bool has_own_token(struct work *work, const struct arrival *arrival, const char *from, bool *is,
                          GError **error)
{
  const struct token *token = &arrival->target.token;
  GError *failed = NULL;
  *is = false;
  if (arrival->target.meaning != ADDRESS_TOKEN) return true;
  if (token->purpose == TOKEN_REQUEST) {
    g_autoptr(request_t) request = request_get(work->store, token->object, &failed);
    *is = request && strcmp(request->address, from) == 0;
  } else if (token->purpose == TOKEN_LETTER && token->person) {
    *is = person_find(work->store, from, &failed) == token->person;
  }
  return !fault_hand_on(failed, error);
}

/* The address that nobody vouches for, in whose name the mail came; NULL: there is none. Caller frees. */
static bool find_stranger(struct work *work, const struct arrival *arrival, char **stranger, GError **error)
{
  bool is_own = false;
  *stranger = NULL;
  if (arrival->mail->auth.is_authenticated || arrival->is_released) return true;
  g_autofree char *from = address_normalise(mail_actor(arrival->mail)->address);
  if (from && !has_own_token(work, arrival, from, &is_own, error)) return false;
  if (from && !is_own) *stranger = g_steal_pointer(&from);
  return true;
}

/* Routes one arrival that is resolved and does what the route says. */
static bool decide_arrival(struct work *work, struct arrival *arrival, const char *const *recipients,
                           GPtrArray *lines, GError **error)
{
  g_autofree char *stranger = NULL;
  if (!find_stranger(work, arrival, &stranger, error)) return false;
  g_auto(GStrv) others =
      arrival->target.meaning == ADDRESS_FRONT_DOOR
          ? route_other_recipients(work->book, arrival->mail, arrival->recipient, recipients)
          : NULL;
  struct route route = arrival->is_released
                           ? route_mail_released(arrival->mail, &arrival->target)
                           : route_mail(arrival->mail, &arrival->target, (const char *const *)others);
  struct decision decision = { .reason = g_string_new(route.reason),
                               .details = g_string_new(NULL),
                               .lines = lines };
  if (arrival->understanding)
    g_string_append_printf(decision.details, " intent=%s",
                           intent_word(arrival->understanding->meaning->intent));
  g_autofree char *writer = address_normalise(mail_actor(arrival->mail)->address);
  /* an answer of a word or of lines has none of its own; the question remembers it (lists/requests) */
  bool is_answer =
      arrival->target.token.purpose == TOKEN_REQUEST && !settings_is_answer(work->store, &arrival->target);
  g_autofree char *language = is_answer ? NULL : letters_language_of(work->config, arrival->mail);
  work->stranger = stranger;
  work->writer = writer;
  work->writer_language = language;
  bool is_done = acts[route.action](work, arrival, &route, &decision, error) &&
                 send_stale_reply(work, arrival, route.action, error) &&
                 mediation_note(work, arrival, error) &&
                 (route.action == ROUTE_IGNORE ||
                  (own_address_ask(work, arrival, error) && consent_ask(work, arrival, error))) &&
                 record(work, arrival, &decision, lines, error);
  work->stranger = work->writer = work->writer_language = NULL;
  g_string_free(decision.reason, TRUE);
  g_string_free(decision.details, TRUE);
  route_clear(&route);
  return is_done;
}

/* The address of an arrival, filled but for what looking it up tells. */
static struct arrival arrival_of(const struct incoming *incoming, int64_t mail_id, const char *recipient)
{
  const struct understanding *understanding = NULL;
  for (guint i = 0; incoming->understandings && i < incoming->understandings->len; i++)
    if (strcmp(incoming->recipients[i], recipient) == 0)
      understanding = g_ptr_array_index(incoming->understandings, i);
  return (struct arrival){ .mail = incoming->mail,
                           .understanding = understanding,
                           .raw = incoming->raw,
                           .mail_id = mail_id,
                           .received = incoming->received,
                           .envelope_sender = incoming->sender,
                           .recipient = recipient };
}

/* Every address of ours that the mail is known to have gone to: this envelope's, and those of earlier
 * transactions. Borrowed strings of `incoming` and `earlier`; caller frees the array alone. */
static const char **all_recipients(const struct incoming *incoming, const GPtrArray *earlier)
{
  GPtrArray *all = g_ptr_array_new();
  for (char **recipient = incoming->recipients; *recipient; recipient++) g_ptr_array_add(all, *recipient);
  for (guint i = 0; earlier && i < earlier->len; i++)
    g_ptr_array_add(all, ((struct handled *)g_ptr_array_index(earlier, i))->recipient);
  g_ptr_array_add(all, NULL);
  return (const char **)g_ptr_array_free(all, FALSE);
}

/* A specific address has the mail now: what the front door got of it within the hour before waits no longer.
 */
static bool leave_front_door(struct work *work, const struct arrival *arrival, const GPtrArray *earlier,
                             GError **error)
{
  if (arrival->target.meaning == ADDRESS_FRONT_DOOR || arrival->target.meaning == ADDRESS_ADMIN) return true;
  for (guint i = 0; earlier && i < earlier->len; i++) {
    struct handled *row = g_ptr_array_index(earlier, i);
    bool waits = kind_is_front_door(row->kind) && strcmp(row->outcome, outcome_word(OUTCOME_HELD)) == 0 &&
                 row->at + FRONT_DOOR_SECONDS >= work->now;
    if (!waits) continue;
    struct handled filed = *row;
    filed.outcome = (char *)outcome_word(OUTCOME_FILED);
    filed.reason = (char *)"The same mail came to a more specific address of ours, which acts on it.";
    filed.at = work->now;
    if (!hold_remove_of(work->store, row->mail, row->recipient, error) ||
        !handled_put(work->store, &filed, error))
      return false;
  }
  return true;
}

bool decide_incoming(struct work *work, const struct incoming *incoming, GPtrArray *lines, GError **error)
{
  bool is_new = false;
  int64_t id = mail_put(work->store, incoming->key, incoming->received, incoming->sender, incoming->raw,
                        incoming->spool_path, &is_new, error);
  if (!id || (is_new && !bounces_hear(work, incoming->mail, error))) return false;
  g_autoptr(GPtrArray) earlier = is_new ? NULL : handled_of(work->store, id, error);
  if (!is_new && !earlier) return false;
  g_autofree const char **recipients = all_recipients(incoming, earlier);
  for (char **recipient = incoming->recipients; *recipient; recipient++) {
    struct arrival arrival = arrival_of(incoming, id, *recipient);
    bool is_handled = false;
    if (!resolve(work, &arrival, error) || !handled_is(work->store, id, *recipient, &is_handled, error))
      return false;
    if (is_handled)
      g_ptr_array_add(lines, log_text(work, &arrival, "known", "", "The same mail was decided before."));
    else if (!decide_arrival(work, &arrival, recipients, lines, error) ||
             !leave_front_door(work, &arrival, earlier, error))
      return false;
  }
  return true;
}

bool decide_released(struct work *work, const struct hold *hold, const struct incoming *incoming,
                     int64_t mail_id, GPtrArray *lines, GError **error)
{
  if (!holding_is_releasable(hold->code))
    return fault_set(error, FAULT_DENIED,
                     "h%" G_GINT64_FORMAT " cannot be released: %s It can wait or be dropped.", hold->id,
                     hold->reason);
  struct arrival arrival = arrival_of(incoming, mail_id, hold->recipient);
  arrival.is_released = true;
  return resolve(work, &arrival, error) && hold_remove(work->store, hold->id, error) &&
         decide_arrival(work, &arrival, NULL, lines, error);
}
