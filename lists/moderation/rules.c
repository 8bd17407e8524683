/* The table of rules: in which cases a post is looked at before it goes out, in the order in which they are
 * asked. What a list has not settled is as it stands here, and a new list is open; but what the MTA's spam
 * filter suspects waits, what looks like a loop or comes by the dozen, and nothing is posted in the name of a
 * member whom nothing proves before that member says so (groups/unproven.c). A rule that would accept anyhow
 * is never asked, so rules cost nothing until somebody wants them. Who moderates, and proves it, is spared
 * where that is the point. */
#include "lists/moderation/rules.h"

#include "lists/groups/files.h"
#include "lists/holding.h"
#include "lists/moderation/refuse.h"
#include "lists/notices.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/vouched.h"
#include "lib/store/threads.h"
#include "lib/text/facts/personal.h"
#include "lib/text/subject.h"

#include <string.h>

enum { ADDRESSES_LOOKED_AT = 100 };
enum { BIG_BYTES = 5 * 1024 * 1024, POSTS_AN_HOUR = 10, HOUR_SECONDS = 3600, REFERENCES_TRIED = 2 };
enum { DAY_SECONDS = 24 * HOUR_SECONDS, LATEST_LOOKED_AT = 120 };

/* Does one of these addresses lead to the list? */
static bool lead_to_list(const struct work *work, const struct list *list, const GPtrArray *addresses)
{
  for (guint i = 0; addresses && i < MIN(addresses->len, ADDRESSES_LOOKED_AT); i++) {
    const char *address = ((const struct mail_address *)g_ptr_array_index(addresses, i))->address;
    const char *name = address ? addresses_look_up(work->book, work->keys, address, work->now).list : NULL;
    if (name && strcmp(name, list->name) == 0) return true;
  }
  return false;
}

bool rules_is_addressed(const struct work *work, const struct arrival *arrival)
{
  return lead_to_list(work, arrival->list, arrival->mail->to) ||
         lead_to_list(work, arrival->list, arrival->mail->cc);
}

static bool is_emergency(const struct rule_case *it, bool *does, GError **error)
{
  (void)it, (void)error;
  return *does = true; /* the action is the state: "hold" puts the list on hold */
}

/* How the list treats this address. */
static bool is_watched(const struct rule_case *it, const char *as, bool *does, GError **error)
{
  if (!it->sender->address) return true;
  g_autofree char *rule = watched_get(it->work->store, it->arrival->list->id, it->sender->address, error);
  *does = rule && strcmp(rule, as) == 0;
  return rule != NULL;
}

static bool is_banned(const struct rule_case *it, bool *does, GError **error)
{
  return is_watched(it, "banned", does, error);
}

static bool is_moderated(const struct rule_case *it, bool *does, GError **error)
{
  return is_watched(it, "moderated", does, error);
}

static bool is_suspect(const struct rule_case *it, bool *does, GError **error)
{
  (void)error;
  *does = it->arrival->mail->is_suspect;
  return true;
}

/* Neither our MTA knows the sender, nor did they say that such mails are theirs. */
static bool is_unauthenticated(const struct rule_case *it, bool *does, GError **error)
{
  const struct mail_auth *auth = &it->arrival->mail->auth;
  bool is_known = auth->is_authenticated || it->arrival->is_meant || it->arrival->is_vouched;
  if (!is_known && auth->evidence && it->sender->address &&
      !vouched_is(it->work->store, it->sender->address, auth->evidence, &is_known, error))
    return false;
  *does = !is_known;
  return true;
}

static bool is_not_addressed(const struct rule_case *it, bool *does, GError **error)
{
  (void)error;
  *does = !rules_is_addressed(it->work, it->arrival);
  return true;
}

static bool is_too_big(const struct rule_case *it, bool *does, GError **error)
{
  (void)error;
  *does = it->arrival->mail->size_bytes > BIG_BYTES;
  return true;
}

static bool is_oversize(const struct rule_case *it, bool *does, GError **error)
{
  return files_is_oversize(it->work, it->arrival->list, it->arrival->mail, does, error);
}

static bool is_other_kind(const struct rule_case *it, bool *does, GError **error)
{
  return files_is_other_kind(it->work, it->arrival->list, it->arrival->mail, does, error);
}

static bool is_too_many(const struct rule_case *it, bool *does, GError **error)
{
  if (!it->sender->address) return true;
  int64_t count = messages_count_since(it->work->store, it->arrival->list->id, it->sender->address,
                                       it->work->now - HOUR_SECONDS, error);
  *does = count >= POSTS_AN_HOUR;
  return count >= 0;
}

/* How many of the list's latest messages came from this sender within an hour, and within a day, under one
 * subject. */
static bool count_same(const struct rule_case *it, int *hour, int *day, GError **error)
{
  const struct list *list = it->arrival->list;
  g_autoptr(GPtrArray) latest = messages_latest(it->work->store, list->id, LATEST_LOOKED_AT, false, error);
  g_autofree char *subject = subject_key(it->arrival->mail->subject, list->subject_tag);
  for (guint i = 0; latest && i < latest->len; i++) {
    const struct message *message = g_ptr_array_index(latest, i);
    g_autofree char *known = subject_key(message->subject, list->subject_tag);
    int64_t age = it->work->now - message->received;
    if (strcmp(message->from_address, it->sender->address) != 0 || strcmp(known, subject) != 0) continue;
    *hour += age < HOUR_SECONDS;
    *day += age < DAY_SECONDS;
  }
  return latest != NULL;
}

/* Two programs that answer each other, as members, and do not say that they are programs. Nobody else writes
 * so often under one subject; the first look is a number alone. */
static bool is_loop(const struct rule_case *it, bool *does, GError **error)
{
  if (!it->sender->address) return true;
  int64_t count = messages_count_since(it->work->store, it->arrival->list->id, it->sender->address,
                                       it->work->now - DAY_SECONDS, error);
  if (count < ANSWERS_AN_HOUR) return count >= 0;
  int hour = 0, day = 0;
  if (!count_same(it, &hour, &day, error)) return false;
  *does = hour >= ANSWERS_AN_HOUR || day >= ANSWERS_A_DAY;
  return true;
}

static bool is_new_member(const struct rule_case *it, bool *does, GError **error)
{
  bool has_posted = false;
  if (!it->sender->member) return true;
  if (!messages_any_of_person(it->work->store, it->arrival->list->id, it->sender->person, &has_posted, error))
    return false;
  *does = !has_posted;
  return true;
}

/* A telephone number is mostly its owner's; names, plates, illness and faces are others'. */
static bool is_third_party(const struct rule_case *it, bool *does, GError **error)
{
  (void)error;
  const unsigned others = PERSONAL_PLATE | PERSONAL_PERSON | PERSONAL_HEALTH | PERSONAL_FACE;
  *does = it->arrival->understanding && (it->arrival->understanding->personal & others) != 0;
  return true;
}

/* The message that a post answers: by the address, else by its youngest references. NULL without error: none.
 */
static struct message *parent_of(const struct rule_case *it, GError **error)
{
  const struct arrival *arrival = it->arrival;
  const GPtrArray *references = arrival->mail->references;
  if (arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_POST)
    return message_place(it->work->store, arrival->target.token.object, error);
  GError *failed = NULL;
  struct message *found = NULL;
  for (guint i = 0; references && i < MIN(references->len, REFERENCES_TRIED) && !found && !failed; i++)
    found = message_find_place(it->work->store, arrival->list->id,
                         g_ptr_array_index(references, references->len - 1 - i), &failed);
  if (failed) g_propagate_error(error, failed);
  return found;
}

static bool is_closed_thread(const struct rule_case *it, bool *does, GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) parent = parent_of(it, &failed);
  if (fault_hand_on(failed, error)) return false;
  return !parent || thread_is_closed(it->work->store, parent->thread, does, error);
}

const struct rule rules[] = {
  { "banned", RULE_DISCARD, true, is_banned },
  { "suspect", RULE_HOLD, false, is_suspect },
  { "oversize", RULE_REJECT, false, is_oversize },
  { "emergency", RULE_ACCEPT, true, is_emergency },
  { "automated", RULE_DISCARD, false, NULL },
  { "non_member", RULE_HOLD, false, NULL },
  { "moderated", RULE_HOLD, true, is_moderated },
  { "closed_thread", RULE_HOLD, true, is_closed_thread },
  { "unauthenticated", RULE_ASK, false, is_unauthenticated },
  { "not_addressed", RULE_ACCEPT, true, is_not_addressed },
  { "too_big", RULE_ACCEPT, true, is_too_big },
  { "file_kind", RULE_HOLD, true, is_other_kind },
  { "loop", RULE_HOLD, false, is_loop },
  { "too_many", RULE_HOLD, true, is_too_many },
  { "new_member", RULE_ACCEPT, true, is_new_member },
  { "third_party", RULE_ACCEPT, true, is_third_party },
};
const gsize rule_count = G_N_ELEMENTS(rules);

const struct rule *rule_find(const char *name)
{
  for (gsize i = 0; i < rule_count; i++)
    if (strcmp(rules[i].name, name) == 0) return &rules[i];
  return NULL;
}

static const char *const words[] = { [RULE_ACCEPT] = "accept",
                                     [RULE_HOLD] = "hold",
                                     [RULE_REJECT] = "reject",
                                     [RULE_DISCARD] = "discard",
                                     [RULE_ASK] = "ask" };
_Static_assert(G_N_ELEMENTS(words) == RULE_ACTION_COUNT, "every action has its word");

const char *rule_action_word(enum rule_action action)
{
  return words[action];
}

enum rule_action rule_action_of(const char *word)
{
  gsize i = 0;
  while (i < RULE_ACTION_COUNT && strcmp(words[i], word) != 0) i++;
  return (enum rule_action)i;
}

bool rule_action_for(struct work *work, const struct list *list, const char *name, enum rule_action *action,
                     GError **error)
{
  g_autofree char *own = list_rule_get(work->store, list->id, name, error);
  if (!own) return false;
  *action = *own ? rule_action_of(own) : rule_find(name)->usual;
  return true;
}

/* A moderator or keeper, and nobody else in their name. */
static bool is_official(const struct rule_case *it)
{
  const struct member *member = it->sender->member;
  return member && it->arrival->mail->auth.is_authenticated &&
         (member_has_role(member, "moderator") || member_has_role(member, "keeper"));
}

bool rules_judge(const struct rule_case *it, const struct rule **rule, enum rule_action *action,
                 GError **error)
{
  *rule = NULL;
  g_autoptr(GHashTable) own = list_rules(it->work->store, it->arrival->list->id, error);
  if (!own) return false;
  for (gsize i = 0; i < rule_count; i++) {
    const char *word = g_hash_table_lookup(own, rules[i].name);
    *action = word ? rule_action_of(word) : rules[i].usual;
    bool is_asked = rules[i].applies && *action != RULE_ACCEPT &&
                    (*action != RULE_ASK || it->sender->member) &&
                    !(rules[i].spares_officials && is_official(it));
    bool does = false;
    if (is_asked && !rules[i].applies(it, &does, error)) return false;
    if (!does) continue;
    *rule = &rules[i];
    return true;
  }
  return true;
}

bool rules_act(struct work *work, const struct arrival *arrival, const struct rule *rule,
               enum rule_action action, struct decision *decision, GError **error)
{
  if (action == RULE_HOLD || action == RULE_ASK)
    return holding_put(work, arrival, rule->name, NULL, decision, error);
  decision->outcome = action == RULE_REJECT ? OUTCOME_REFUSED : OUTCOME_IGNORED;
  g_string_assign(decision->reason, holding_reason(rule->name));
  g_string_append_printf(decision->details, " rule=%s action=%s", rule->name, words[action]);
  return action != RULE_REJECT || refuse_tell_of_rule(work, arrival, rule->name, error);
}

bool rules_take_automated(struct work *work, const struct arrival *arrival, struct decision *decision,
                          bool *taken, GError **error)
{
  const struct kind *kind = arrival->list ? kind_find(arrival->list->kind) : NULL;
  *taken = kind && kind->is_ready && kind->has_members && arrival->mail->robot == MAIL_AUTO_GENERATED &&
           arrival->target.meaning == ADDRESS_LIST;
  if (!*taken) return true;
  enum rule_action action = RULE_DISCARD;
  if (!rule_action_for(work, arrival->list, "automated", &action, error)) return false;
  *taken = action == RULE_HOLD || action == RULE_ACCEPT;
  if (action == RULE_ACCEPT) g_string_assign(decision->reason, "The list takes what programs write.");
  if (action == RULE_ACCEPT) return kind->receive(work, arrival, decision, error);
  return !*taken || rules_act(work, arrival, rule_find("automated"), action, decision, error);
}
