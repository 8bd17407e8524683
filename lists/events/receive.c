/* Mail that calls people together. At a list of events everything does; in a group a post that reads like it.
 * It becomes a draft, and its author is asked: what, when, where, for whom. Nobody is invited before they say
 * yes; a mail that nobody vouches for gets one letter a day, and the yes must come from the address itself.
 */
#include "lists/events/event.h"
#include "lists/events/event_lines.h"
#include "lists/events/polls/polls.h"

#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/members/meant.h"
#include "lists/members/members.h"
#include "lists/moderation/rules.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"
#include "lists/video/words.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

enum context events_context(struct store *store, const struct address_target *target)
{
  if (target->meaning != ADDRESS_TOKEN || target->token.purpose != TOKEN_EVENT) return CONTEXT_NONE;
  g_autoptr(event_t) event = event_get(store, target->token.object, NULL);
  g_autoptr(event_party_t) party = event ? event_party_get(store, target->token.person, NULL) : NULL;
  if (!party) return CONTEXT_NONE;
  bool asks_organizer = strcmp(party->role, "organizer") == 0 && strcmp(event->state, "draft") == 0;
  return asks_organizer ? CONTEXT_CONFIRM : CONTEXT_EVENT;
}

enum { OBJECTS_LOOKED_AT = 200, OTHERS_SHOWN = 20 };

/* A draft on its way. */
struct calling {
  struct work *work;
  const struct arrival *arrival;
  const struct sender *sender;
  int64_t list, message;
};

/* The year that the event's page belongs to: the one it begins in, else this one. */
static int year_of(const struct work *work, const struct event *event)
{
  struct wall start;
  if (wall_read(event->starts, &start)) return start.year;
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(work->now);
  return g_date_time_get_year(now);
}

/* Its organiser: who wrote the mail. */
static bool put_organizer(const struct calling *c, const struct event *event, struct event_party *party,
                          GError **error)
{
  const char *name = mail_actor(c->arrival->mail)->name;
  int64_t person = c->sender->person
                       ? c->sender->person
                       : person_ensure(c->work->store, c->sender->address, name, 0, c->work->now, error);
  if (!person) return false;
  *party = (struct event_party){ .event = event->id,
                                 .role = (char *)"organizer",
                                 .person = person,
                                 .address = c->sender->address,
                                 .name = (char *)(name ? name : "") };
  return event_party_put(c->work->store, party, c->work->now, error);
}

/* Other events of the same file: their titles. One mail is one call; of an export with many, all would ask.
 */
static void put_others(const struct calling *c, struct value *values)
{
  const char *text = itip_text(c->arrival->mail);
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) each = calendar_read_each(text ? text : "", OBJECTS_LOOKED_AT);
  int others = 0;
  for (guint i = 0; i < each->len; i++) {
    const struct calendar *calendar = each->pdata[i];
    const char *uid = calendar->uid ? calendar->uid : "";
    if (!g_hash_table_add(known, (char *)uid) || i == 0) continue;
    if (itip_method(calendar) != ITIP_EVENT) continue;
    value_set_number(values, "others", ++others);
    if (others <= OTHERS_SHOWN)
      value_set_text(value_append(values, "other_rows"), "name", calendar->summary ? calendar->summary : "?");
  }
  value_set_flag(values, "one_other", others == 1);
  value_set_flag(values, "more_others", others > OTHERS_SHOWN);
}

/* The letter that shows the draft and asks. */
static bool ask(const struct calling *c, const struct event *event, struct event_party *party, GError **error)
{
  g_autoptr(value_t) values = value_new();
  unsigned lacks = event_lacks(event);
  value_set_flag(values, "lacks_title", lacks & LACKS_TITLE);
  value_set_flag(values, "lacks_start", lacks & LACKS_START);
  value_set_flag(values, "lacks_place", lacks & LACKS_PLACE);
  value_set_flag(values, "complete", lacks == 0);
  value_set_flag(values, "post", c->message != 0);
  value_set_flag(values, "front_door", c->arrival->is_by_front_door);
  put_others(c, values);
  return event_send(c->work,
                    &(struct event_letter){ .purpose = "event_draft",
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .in_reply_to = c->arrival->mail->message_id,
                                            .is_answer = true },
                    error);
}

/* What a poll says of the event besides its dates. */
static void take_poll(struct event *event, const struct poll_asked *asked)
{
  g_free(event->title);
  g_free(event->text);
  event->title = g_strdup(asked->title);
  event->text = g_strdup(asked->text);
}

/* A list of events that has no members (termine@) calls everybody who reads of it; any other its members. */
static bool choose_audience(const struct calling *c, struct event *event, GError **error)
{
  g_autoptr(GPtrArray) members = members_page(c->work->store, c->list, 0, 1, false, error);
  if (!members || members->len > 0) return members != NULL;
  g_free(event->audience);
  event->audience = g_strdup("open");
  return true;
}

static bool call(const struct calling *c, struct decision *decision, GError **error)
{
  struct work *work = c->work;
  g_autoptr(poll_asked_t) asked = poll_of_mail(work, c->arrival);
  g_autoptr(event_t) event = event_new(work->config->zone);
  g_free(event->uid);
  event->uid = compose_message_id(work->config->domain, work->now);
  event->list = c->list;
  event->mail = c->arrival->mail_id;
  event->message = c->message;
  if (!choose_audience(c, event, error)) return false;
  if (asked)
    take_poll(event, asked);
  else if (!event_take_meaning(work, event, c->arrival, error))
    return false;
  event_take_place_of(work, event, c->arrival->understanding, false);
  if (!event->region) event_take_region(work, event, c->arrival->understanding->meaning->region);
  video_read(event, c->arrival->understanding->passage);
  video_take_link(event);
  if (!event_create(work->store, event, year_of(work, event), work->now, error)) return false;
  if (!event_source_note(work, c->arrival, event, error)) return false;
  struct event_party organizer;
  g_string_append_printf(decision->details, " event=%d/%d", event->year, event->number);
  if (!put_organizer(c, event, &organizer, error)) return false;
  decision->says_sort = c->arrival->is_by_front_door && !asked; /* the letter of a draft */
  return asked ? poll_begin(work, c->arrival, event, &organizer, asked, c->message != 0, error)
               : ask(c, event, &organizer, error);
}

/* Somebody's calendar says that a thing does not take place, or it is an invitation of ours, sent on. */
static bool is_no_call(struct work *work, const struct arrival *arrival, bool *is_none, GError **error)
{
  GError *failed = NULL;
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  *is_none = calendar && itip_method(calendar) == ITIP_CANCEL;
  if (!calendar || !calendar->uid || *is_none) return true;
  g_autoptr(event_t) own = event_of_uid(work->store, calendar->uid, &failed);
  *is_none = own != NULL;
  return !fault_hand_on(failed, error);
}

/* An invitation of a calendar, or words of one. */
static bool calls_together(const struct meaning *meaning)
{
  bool calls = meaning->intent == INTENT_EVENT;
  for (guint i = 0; meaning->intent == INTENT_POST && i < meaning->also->len; i++)
    calls = calls || g_array_index(meaning->also, enum intent, i) == INTENT_EVENT;
  return calls;
}

bool events_of_post(struct work *work, const struct arrival *arrival, const struct message *message,
                    const struct sender *sender, struct decision *decision, GError **error)
{
  const struct understanding *it = arrival->understanding;
  bool is_asked = false;
  if (!events_said_elsewhere(work, arrival, sender, message->thread, decision, &is_asked, error))
    return false;
  if (is_asked) return true;
  bool may_call =
      it && sender->member && arrival->mail->auth.is_authenticated && arrival->target.meaning == ADDRESS_LIST;
  if (!may_call) return true;
  g_autoptr(poll_asked_t) asked = poll_of_mail(work, arrival);
  if (!asked && !(calls_together(it->meaning) && it->meaning->start.year)) return true;
  bool is_none = false;
  if (!is_no_call(work, arrival, &is_none, error)) return false;
  if (is_none) return true;
  struct calling calling = { work, arrival, sender, message->list, message->id };
  return call(&calling, decision, error);
}

/* What the list's rules say. *taken false: nothing. */
static bool judge(struct work *work, const struct arrival *arrival, const struct sender *sender,
                  struct decision *decision, bool *taken, GError **error)
{
  const struct rule *rule = NULL;
  enum rule_action action = RULE_ACCEPT;
  struct rule_case it = { .work = work, .arrival = arrival, .sender = sender };
  *taken = false;
  if (arrival->is_released) return true;
  if (!rules_judge(&it, &rule, &action, error)) return false;
  *taken = rule != NULL;
  return !rule || rules_act(work, arrival, rule, action, decision, error);
}

/* Does it tell of somebody what is not for everybody: health? The letter of a draft would go on to all who
 * are invited, and to the public. */
static bool reads_private(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return it && (it->meaning->intent == INTENT_PRIVATE || event_is_private(it->passage) ||
                event_is_private(it->subject));
}

static bool receive(struct work *work, const struct arrival *arrival, const struct sender *sender,
                    struct decision *decision, GError **error)
{
  bool is_taken = false;
  if (!judge(work, arrival, sender, decision, &is_taken, error) || is_taken) return is_taken;
  if (!events_take_guest(work, arrival, sender, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!arrival->is_released && reads_private(arrival))
    return holding_put(work, arrival, "private", NULL, decision, error);
  bool is_proven = sender->address && (arrival->mail->auth.is_authenticated || arrival->is_released);
  if (!is_proven) return event_ask_sender(work, arrival, sender, decision, error);
  bool is_asked = false;
  if (!events_said_elsewhere(work, arrival, sender, 0, decision, &is_asked, error)) return false;
  if (is_asked) {
    decision->outcome = OUTCOME_ANSWERED;
    g_string_assign(decision->reason, "The organiser is shown how the event would be.");
    return true;
  }
  struct calling calling = { work, arrival, sender, arrival->list->id, 0 };
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "It calls people together; its author is asked to confirm the event.");
  return call(&calling, decision, error);
}

/* "Anmeldung" and "Abmeldung" are of an event where one is named, else of the list. */
static bool take_registration(struct work *work, const struct arrival *arrival, const struct sender *sender,
                              struct decision *decision, bool *is_taken, GError **error)
{
  *is_taken = false;
  if (!events_may_register(arrival->understanding)) return true;
  return judge(work, arrival, sender, decision, is_taken, error) &&
         (*is_taken || events_take_guest(work, arrival, sender, decision, is_taken, error));
}

static bool take(struct work *work, const struct arrival *arrival, const struct sender *sender,
                 struct decision *decision, GError **error)
{
  bool is_taken = false;
  if (!take_registration(work, arrival, sender, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!members_take_wish(work, arrival, decision, &is_taken, error)) return false;
  return is_taken || receive(work, arrival, sender, decision, error);
}

bool events_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                    GError **error)
{
  bool is_known = false;
  if (!events_take_source(work, arrival, decision, &is_known, error)) return false;
  if (is_known) return true;
  struct sender sender;
  bool is_done = sender_find(work, arrival->mail, arrival->list->id, &sender, error) &&
                 take(work, arrival, &sender, decision, error);
  sender_clear(&sender);
  return is_done;
}

/* "Bitte keine Kalenderanhänge mehr" in answer to an invitation is a setting of whoever was invited, and no
 * answer to it. Only where nobody else could have written it. */
static bool take_setting(struct work *work, const struct arrival *arrival, const struct event_party *party,
                         struct decision *decision, bool *is_taken, GError **error)
{
  const struct understanding *it = arrival->understanding;
  const struct mail *mail = arrival->mail;
  g_autofree char *from = mail->from.address ? address_normalise(mail->from.address) : NULL;
  g_autoptr(calendar_t) click = itip_find(mail);
  *is_taken = it && !click && it->meaning->intent == INTENT_SETTINGS && it->meaning->invitations &&
              mail->auth.is_authenticated && g_strcmp0(from, party->address) == 0;
  return !*is_taken || members_act_on_wish(work, arrival, decision, error);
}

bool events_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error)
{
  GError *failed = NULL;
  const struct token *token = &arrival->target.token;
  g_autoptr(event_t) event = event_get(work->store, token->object, &failed);
  g_autoptr(event_party_t) party = failed ? NULL : event_party_get(work->store, token->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event || !party || party->event != event->id)
    return holding_put(work, arrival, "no_object", NULL, decision, error);
  g_string_append_printf(decision->details, " event=%d/%d", event->year, event->number);
  if (strcmp(party->role, "organizer") == 0)
    return event_organize(work, arrival, event, party, decision, error);
  bool is_taken = false;
  if (!take_setting(work, arrival, party, decision, &is_taken, error) || is_taken) return is_taken;
  if (!poll_answer(work, arrival, event, party, decision, &is_taken, error) || is_taken) return is_taken;
  return event_take_answer(work, arrival, event, party, decision, error);
}
