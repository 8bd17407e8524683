/* Receiving at the front door. Wishes about memberships and groups are acted upon as everywhere. What
 * names a case that its sender takes part in goes there. What is wrong with our own mails goes to the admin,
 * who answers. Anything else is taken for what its words say: a kind that is built gets it, for one that is
 * not the mail is held at the list where it belongs, with a line to the sender about what was understood.
 * What a member wrote for a group is not passed on before they say yes, and what says nothing clear is asked
 * about, with three choices.
 */
#include "lists/frontdoor/frontdoor.h"
#include "lists/frontdoor/letters.h"

#include "lists/admin/admin.h"
#include "lists/cases/cases.h"
#include "lists/events/events.h"
#include "lists/forward.h"
#include "lists/holding.h"
#include "lists/keeping/keeping.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/store/directory.h"

#include <string.h>

enum { COMPLAINT_WORDS = 60 };

/* One mail on its way through the door. */
struct caller {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  struct sender sender;
  bool may_be_order; /* of an admin, to us */
};

/* Holds the mail at a list (NULL: at the door) and tells its sender. */
static bool keep(struct caller *c, const struct list *list, const char *code, struct telling *telling,
                 GError **error)
{
  struct arrival arrival = *c->arrival;
  if (list) arrival.list = list;
  g_autofree char *reason =
      telling->sort ? g_strdup_printf("It came to the front door and is taken for %s; it waits at %s.",
                                      telling->sort->about, arrival.list->name)
                    : NULL;
  int64_t hold = 0;
  if (!holding_put_as(c->work, &arrival, code, reason, &hold, c->decision, error)) return false;
  if (c->arrival->is_released) return true;
  telling->door = c->arrival->list;
  telling->address = c->sender.address;
  telling->person = c->sender.person;
  telling->hold = hold;
  telling->is_authenticated = c->arrival->mail->auth.is_authenticated;
  return frontdoor_tell_news(c->work, c->arrival, telling, list, error) &&
         (!c->sender.address || frontdoor_tell(c->work, c->arrival, telling, error));
}

/* Nothing clear: what it could be, in three choices. */
static bool ask(struct caller *c, GError **error)
{
  const struct list *group = NULL;
  if (!sort_group(c->work, NULL, c->sender.person, true, &group, error)) return false;
  g_autofree char *choices =
      group ? g_strdup_printf("defect,question,group:%s", group->name) : g_strdup("defect,proposal,question");
  struct telling telling = {
    .purpose = "front_door_ask", .group = group, .choices = choices, .may_be_order = c->may_be_order
  };
  return keep(c, NULL, "unclear", &telling, error);
}

/* A post for a group that the sender is a member of waits for their yes. */
static bool ask_group(struct caller *c, const struct list *group, GError **error)
{
  struct telling telling = { .purpose = "front_door_group", .sort = sort_of_group(), .group = group };
  return keep(c, NULL, "unclear", &telling, error);
}

/* Its kind gets it. Where that can give it up again, its sender reads what it was taken for, as a line that
 * corrects it: in the letter of the kind, where that has one, so that one mail brings one letter. */
static bool hand_over(struct caller *c, const struct sort *sort, const struct list *list, GError **error)
{
  struct arrival arrival = *c->arrival;
  const struct kind *kind = kind_find(list->kind);
  arrival.list = list;
  arrival.is_by_front_door = kind->give_up && c->sender.address && !c->arrival->is_released;
  if (!kind->receive(c->work, &arrival, c->decision, error)) return false;
  c->decision->list = list;
  bool is_told = arrival.is_by_front_door && c->decision->outcome != OUTCOME_HELD;
  struct telling telling = { .purpose = "front_door",
                             .door = c->arrival->list,
                             .sort = sort,
                             .address = c->sender.address,
                             .person = c->sender.person,
                             .hold = -c->arrival->mail_id, /* nothing is held: the mail itself */
                             .is_silent = c->decision->says_sort,
                             .is_authenticated = c->arrival->mail->auth.is_authenticated };
  return !is_told || (frontdoor_tell(c->work, c->arrival, &telling, error) &&
                      frontdoor_tell_news(c->work, c->arrival, &telling, list, error));
}

/* It is of a sort: its list gets it, or it waits there. */
static bool sort_in(struct caller *c, const struct sort *sort, GError **error)
{
  const struct list *list = NULL;
  if (!sort_list(c->work, sort, c->arrival->understanding, c->sender.person, &list, error)) return false;
  if (kind_receives(list)) return hand_over(c, sort, list, error);
  struct telling telling = { .purpose = "front_door", .sort = sort };
  return keep(c, list, "kind_not_ready", &telling, error);
}

static bool receive(struct caller *c, GError **error)
{
  const struct understanding *it = c->arrival->understanding;
  const struct list *group = NULL;
  const struct sort *sort = it ? sort_of_intent(it->meaning->intent) : NULL;
  bool may_be_post = it && (!sort || it->meaning->intent == INTENT_QUESTION);
  bool is_asked = false;
  if (c->may_be_order) return ask(c, error);
  bool is_answer = false;
  if (!events_take_guest(c->work, c->arrival, &c->sender, c->decision, &is_answer, error)) return false;
  if (is_answer) return true;
  if (!events_said_elsewhere(c->work, c->arrival, &c->sender, 0, c->decision, &is_asked, error)) return false;
  if (is_asked) {
    c->decision->outcome = OUTCOME_ANSWERED;
    g_string_assign(c->decision->reason, "It changes an event of theirs; they are shown how it would be.");
    return true;
  }
  if (may_be_post && !sort_group(c->work, it, c->sender.person, false, &group, error)) return false;
  if (group) return ask_group(c, group, error);
  return sort ? sort_in(c, sort, error) : ask(c, error);
}

/* "Ich bekomme eure Mails doppelt": a short mail about our own mails. */
static bool is_about_our_mails(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!it || arrival->is_released) return false;
  guint words = passage_words(it->passage, 0, it->passage->lexemes->count);
  return words <= COMPLAINT_WORDS && (passage_has(it->passage, "front_door.operator") ||
                                      (words == 0 && passage_has(it->subject, "front_door.operator")));
}

/* A quarrel that asks for help: the mediators alone read it, and nothing of it becomes a case for all to see.
 */
static bool take_quarrel(struct work *work, const struct arrival *arrival, struct decision *decision,
                         bool *is_taken, GError **error)
{
  const struct understanding *it = arrival->understanding;
  const struct list *list = list_cache_by_name(work->lists, "vermittlung");
  const struct kind *kind = list ? kind_find(list->kind) : NULL;
  *is_taken = it && kind && kind->is_confidential && passage_has(it->passage, "mediation.ask") &&
              passage_has(it->passage, "mediation.quarrel");
  if (!*is_taken) return true;
  struct arrival quarrel = *arrival;
  quarrel.list = list;
  decision->list = list;
  return kind->receive(work, &quarrel, decision, error);
}

/* "Anmeldung" is of an event where one is named. */
static bool take_registration(struct work *work, const struct arrival *arrival, struct decision *decision,
                              bool *is_taken, GError **error)
{
  struct sender sender;
  *is_taken = false;
  if (!events_may_register(arrival->understanding)) return true;
  bool is_done = sender_find(work, arrival->mail, 0, &sender, error) &&
                 events_take_guest(work, arrival, &sender, decision, is_taken, error);
  sender_clear(&sender);
  return is_done;
}

bool frontdoor_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error)
{
  bool is_taken = false;
  bool may_be_order = false;
  if (!admin_may_wish(work, arrival, decision, &is_taken, &may_be_order, error)) return false;
  if (is_taken) return true;
  if (!cases_take_named(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (is_about_our_mails(arrival)) return forward_to_admin(work, arrival, decision, error);
  if (!take_registration(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!keeping_take_wish(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!members_take_wish(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!take_quarrel(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  struct caller caller = {
    .work = work, .arrival = arrival, .decision = decision, .may_be_order = may_be_order
  };
  bool is_done = sender_find(work, arrival->mail, 0, &caller.sender, error) && receive(&caller, error);
  sender_clear(&caller.sender);
  return is_done;
}
