/* Wishes: which one it is, which list is meant, and whose. A wish is acted upon where a token of the member's
 * stands in the address, or our MTA vouches for the sender; else that address is asked, by a letter that a
 * plain yes confirms. Nothing here is done in the name of an address that did not answer.
 *
 * What is said at a list counts only where it makes sense there: who is a member and "wants to join" wrote a
 * post, and who is none cannot leave. */
#include "lists/members/wish.h"

#include "lists/events/own/own_calendar.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/meant.h"
#include "lists/members/members.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"

#include <string.h>

typedef bool wish_act(struct wish *wish, GError **error);

static const struct {
  enum intent intent;
  wish_act *act;
} acts[] = {
  { INTENT_JOIN, wish_join },
  { INTENT_LEAVE, wish_leave },
  { INTENT_SETTINGS, wish_settings },
  { INTENT_HELP, wish_help },
};

static wish_act *act_of(enum intent intent)
{
  for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
    if (acts[i].intent == intent) return acts[i].act;
  return NULL;
}

bool wish_done(struct wish *wish, const char *reason)
{
  wish->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(wish->decision->reason, reason);
  return true;
}

bool wish_reply(struct wish *wish, const char *letter, struct value *values, GError **error)
{
  g_autoptr(value_t) none = value_new();
  if (!wish->is_proven) {
    bool may = false;
    if (!notices_may(wish->work, letter, wish->sender.address, &may, error)) return false;
    if (!may) return true;
  }
  return letters_send(wish->work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = wish->list,
                                            .address = wish->sender.address,
                                            .person = wish->sender.person,
                                            .values = values ? values : none,
                                            .in_reply_to = wish->arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* The intent that an address of ours stands for. */
static enum intent intent_of_address(const struct arrival *arrival)
{
  static const struct {
    const char *command;
    enum intent intent;
  } commands[] = { { "beitreten", INTENT_JOIN },
                   { "austreten", INTENT_LEAVE },
                   { "hilfe", INTENT_HELP },
                   { "einstellungen", INTENT_SETTINGS } };
  if (arrival->target.token.purpose == TOKEN_LEAVE) return INTENT_LEAVE;
  for (gsize i = 0; arrival->target.command && i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i].command, arrival->target.command) == 0) return commands[i].intent;
  return INTENT_UNCLEAR;
}

/* A token of the member's own: it was sent to them alone, and they answer from an address of theirs. False:
 * a fault. */
static bool proves_itself(const struct wish *wish, bool *proves, GError **error)
{
  const struct address_target *target = &wish->arrival->target;
  bool is_personal = target->token.purpose == TOKEN_LEAVE || target->token.purpose == TOKEN_LETTER ||
                     target->token.purpose == TOKEN_REQUEST;
  int64_t person = target->meaning == ADDRESS_TOKEN && is_personal ? target->token.person : 0;
  if (!person_now(wish->work->store, &person, error)) return false;
  *proves = person != 0 && person == wish->sender.person;
  return true;
}

/* The list that a wish is about. Who writes to a list they belong to means it, whatever else they name: "aus
 * diesem Verteiler, Grünau reicht mir". Only who wants to join, or does not belong to it, may mean another.
 */
static bool find_list(struct wish *wish, GError **error)
{
  const struct arrival *arrival = wish->arrival;
  const char *named = wish->meaning ? wish->meaning->list : NULL;
  const struct list *other = named ? list_cache_by_name(wish->work->lists, named) : NULL;
  const struct list *own = arrival->target.meaning == ADDRESS_FRONT_DOOR ? NULL : arrival->list;
  wish->list = own ? own : other;
  if (!sender_find(wish->work, arrival->mail, own ? own->id : 0, &wish->sender, error)) return false;
  bool joins = wish->meaning && wish->meaning->intent == INTENT_JOIN;
  if (!other || other == own || (wish->sender.member && !joins)) return true;
  wish->list = other;
  sender_clear(&wish->sender);
  return sender_find(wish->work, arrival->mail, other->id, &wish->sender, error);
}

/* Who wants it, and of which list. False: a fault. */
static bool fill(struct wish *wish, GError **error)
{
  if (!find_list(wish, error)) return false;
  bool proves = false;
  if (!proves_itself(wish, &proves, error)) return false;
  wish->is_proven = wish->arrival->mail->auth.is_authenticated || proves;
  return true;
}

static bool act(struct wish *wish, enum intent intent, GError **error)
{
  wish_act *chosen = act_of(intent);
  g_string_append_printf(wish->decision->details, " wish=%s", intent_word(intent));
  return chosen ? chosen(wish, error) : wish_help(wish, error);
}

/* Is it a click, as `kiezpost http` hands it over? Who holds the link may leave in the member's name: that is
 * what RFC 8058 asks for. Only where such links are sent. */
static bool is_click(const struct wish *wish)
{
  const struct arrival *arrival = wish->arrival;
  const struct config *config = wish->work->config;
  g_autofree char *sender = g_strconcat(MEMBERS_CLICK_SENDER "@", config->domain, NULL);
  return config->https_base && *config->https_base && arrival->target.meaning == ADDRESS_TOKEN &&
         arrival->target.token.purpose == TOKEN_LEAVE &&
         strcmp(arrival->mail->subject, MEMBERS_CLICK_SUBJECT) == 0 &&
         g_strcmp0(wish->sender.address, sender) == 0;
}

/* The member that the link was sent to speaks. Without one there is nobody to answer. */
static bool take_click(struct wish *wish, GError **error)
{
  GError *failed = NULL;
  int64_t person = wish->arrival->target.token.person;
  struct member *member = wish->list ? member_find(wish->work->store, wish->list->id, person, &failed) : NULL;
  sender_clear(&wish->sender);
  wish->sender.person = person;
  wish->sender.member = member;
  wish->sender.address = member ? g_strdup(member->address) : NULL;
  wish->is_proven = true;
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* At the front door, and in an answer to a letter of ours, people speak to us. */
static bool speaks_to_us(const struct wish *wish)
{
  const struct address_target *target = &wish->arrival->target;
  return target->meaning == ADDRESS_FRONT_DOOR ||
         (target->meaning == ADDRESS_TOKEN &&
          (target->token.purpose == TOKEN_LETTER || target->token.purpose == TOKEN_REQUEST));
}

/* "Wer ist in dieser Liste?" A list of neighbours may talk about members of a club: there it must be a short
 * mail that names the list. */
static bool asks_who(const struct wish *wish)
{
  enum { FEW_LEXEMES = 20 };
  const struct understanding *it = wish->arrival->understanding;
  const char *command = wish->arrival->target.command;
  if (!it) return false;
  bool is_short = it->passage->lexemes->count <= FEW_LEXEMES;
  bool asks_us = command && (strcmp(command, "hilfe") == 0 || strcmp(command, "einstellungen") == 0);
  if (asks_us || speaks_to_us(wish))
    return passage_has(it->passage, "members.ask") || passage_has(it->passage, "members.ask_list");
  return wish->arrival->target.meaning == ADDRESS_LIST && is_short &&
         passage_has(it->passage, "members.ask_list");
}

bool members_wish(struct work *work, const struct arrival *arrival, struct decision *decision, GError **error)
{
  struct wish wish = { .work = work, .arrival = arrival, .decision = decision };
  if (arrival->understanding) wish.meaning = arrival->understanding->meaning;
  if (!fill(&wish, error) || (is_click(&wish) && !take_click(&wish, error))) return false;
  enum intent intent = intent_of_address(arrival);
  bool invites = arrival->target.command && strcmp(arrival->target.command, "einladen") == 0;
  bool is_said = wish.meaning && arrival->target.command && act_of(wish.meaning->intent);
  bool is_roll = arrival->target.command && strcmp(arrival->target.command, "mitglieder") == 0;
  bool who = is_roll || asks_who(&wish);
  bool done;
  if (!wish.sender.address || !arrival->list) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, "Nobody can be answered, or the list is no longer there.");
    done = true;
  } else if (own_calendar_wished(arrival, true)) {
    done = wish_calendar(&wish, error);
  } else if (invites || who) {
    done = invites ? wish_invite(&wish, error) : wish_members(&wish, error);
  } else {
    done = act(&wish, is_said ? wish.meaning->intent : intent, error);
  }
  sender_clear(&wish.sender);
  return done;
}

/* Does it make sense here? Who writes to a list and is none of its members wrote a post, in doubt. */
static bool is_sensible(const struct wish *wish)
{
  enum intent intent = wish->meaning->intent;
  if (intent == INTENT_JOIN) return !wish->sender.member;
  if (intent == INTENT_HELP)
    return wish->arrival->target.meaning == ADDRESS_FRONT_DOOR ||
           settings_is_answer(wish->work->store, &wish->arrival->target);
  return speaks_to_us(wish) || wish->sender.member;
}

/* "Wie kann ich mich hier abmelden?" of a few words, at the list: a member asks us, and not the neighbours.
 */
static bool asks_how_to_leave(const struct wish *wish)
{
  enum { FEW_LEXEMES = 40 };
  const struct passage *passage = wish->arrival->understanding->passage;
  return wish->arrival->target.meaning == ADDRESS_LIST && passage->lexemes->count <= FEW_LEXEMES &&
         (passage_has(passage, "help.leave") ||
          passage_has(wish->arrival->understanding->subject, "help.leave"));
}

/* Are all words one call for help? *is_empty: there are no words. */
static bool is_only_help(const struct passage *passage, bool *is_empty)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("help.alone"), 0);
  guint words = passage_words(passage, 0, passage->lexemes->count);
  *is_empty = words == 0;
  return hit && passage_words(passage, hit->first, hit->end) == words;
}

/* "Hilfe" and nothing else, not even in the subject, at the list: what can be said here is asked. With a
 * burst pipe in the subject it is for the neighbours. */
static bool asks_for_help(const struct wish *wish)
{
  const struct understanding *it = wish->arrival->understanding;
  bool no_words = false, no_subject = false;
  bool says_it = is_only_help(it->passage, &no_words), titles_it = is_only_help(it->subject, &no_subject);
  return wish->arrival->target.meaning == ADDRESS_LIST && wish->arrival->mail->attachments->len == 0 &&
         (says_it || titles_it) && (says_it || no_words) && (titles_it || no_subject);
}

/* Does what needs a list: the one that is named, else the only one that the sender belongs to. */
static bool act_somewhere(struct wish *wish, wish_act *act_there, GError **error)
{
  if (wish->list || !wish->sender.person) return act_there(wish, error);
  g_autoptr(GPtrArray) all = person_memberships(wish->work->store, wish->sender.person, error);
  if (!all) return false;
  if (all->len != 1) return wish_help(wish, error);
  wish->sender.member = g_ptr_array_steal_index(all, 0);
  wish->list = list_cache_by_id(wish->work->lists, wish->sender.member->list);
  return act_there(wish, error);
}

bool members_act_on_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                         GError **error)
{
  struct wish wish = {
    .work = work, .arrival = arrival, .decision = decision, .meaning = arrival->understanding->meaning
  };
  if (!fill(&wish, error)) return false;
  /* whoever says "setting" has not seen which, where nobody vouched for the mail: those are asked about */
  wish.is_proven |= wish.meaning->intent == INTENT_LEAVE;
  bool done = !wish.sender.address || act(&wish, wish.meaning->intent, error);
  sender_clear(&wish.sender);
  return done;
}

static bool ask_or_hold(struct wish *wish, GError **error)
{
  bool asked = false;
  if (!wish_ask_meant(wish, &asked, error)) return false;
  return asked || holding_put(wish->work, wish->arrival, "wish", NULL, wish->decision, error);
}

/* What is said at a list may be a post: then nothing is done here. Where it may be either, its author is
 * asked; who was asked too often today has a moderator look at it. */
static bool act_if_meant(struct wish *wish, bool *is_taken, GError **error)
{
  enum meant meant = speaks_to_us(wish) ? MEANT_WISH : wish_meant(wish);
  *is_taken = meant != MEANT_POST;
  if (meant == MEANT_POST) return true;
  return meant == MEANT_WISH ? act(wish, wish->meaning->intent, error) : ask_or_hold(wish, error);
}

/* "Bitte die Gruppe schließen", by a member who does not keep it: at the list it may be for all. (Keepers'
 * wishes were taken before.) */
static bool wants_to_close(const struct wish *wish)
{
  return wish->meaning->intent == INTENT_CLOSE && wish->arrival->target.meaning == ADDRESS_LIST &&
         strcmp(wish->arrival->list->kind, "group") == 0;
}

/* Their own calendar, which is about no list. */
static bool take_calendar(struct wish *wish, bool *is_taken, GError **error)
{
  *is_taken = true;
  bool done = wish_calendar(wish, error);
  sender_clear(&wish->sender);
  return done;
}

/* May it invite somebody? What is said at a list must plainly do so; an answer to a post may speak of the
 * party that the post is about. Who leaves as well is freed first. */
static bool may_say_invitation(const struct wish *wish)
{
  enum invite_said said = invite_said(wish->arrival);
  if (wish->meaning->intent == INTENT_LEAVE || invite_is_to_event(wish->arrival)) return false;
  if (speaks_to_us(wish))
    return said != INVITE_NOT_SAID || passage_has(wish->arrival->understanding->passage, "invite.ask");
  return wish->arrival->target.meaning == ADDRESS_LIST && said == INVITE_SAID;
}

bool members_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error)
{
  *is_taken = false;
  if (!arrival->understanding || arrival->is_released || arrival->is_meant) return true;
  struct wish wish = {
    .work = work, .arrival = arrival, .decision = decision, .meaning = arrival->understanding->meaning
  };
  bool may_invite = may_say_invitation(&wish);
  bool asks = asks_how_to_leave(&wish) || asks_for_help(&wish), who = asks_who(&wish);
  bool calendar = own_calendar_wished(arrival, speaks_to_us(&wish)) != OWN_CALENDAR_NOTHING;
  bool closes = wants_to_close(&wish);
  if (!act_of(wish.meaning->intent) && !may_invite && !asks && !who && !calendar && !closes) return true;
  if (!fill(&wish, error)) return false;
  if (calendar && (speaks_to_us(&wish) || wish.sender.member) && wish.sender.address)
    return take_calendar(&wish, is_taken, error);
  bool done = true;
  /* at the front door "Trag karl@… ein" names no list, and may be an admin's order */
  bool is_somewhere = speaks_to_us(&wish)
                          ? wish.list || passage_has(arrival->understanding->passage, "invite.ask")
                          : wish.sender.member != NULL;
  bool invites = may_invite && wish.sender.address && is_somewhere && invite_is_asked(&wish);
  who = who && wish.sender.address && (wish.sender.member || speaks_to_us(&wish));
  *is_taken = invites || who || (wish.sender.address && act_of(wish.meaning->intent) && is_sensible(&wish));
  asks = asks && !*is_taken && wish.sender.member;
  *is_taken = *is_taken || asks;
  closes = closes && !*is_taken && wish.sender.member;
  *is_taken = *is_taken || closes;
  if (closes)
    done = ask_or_hold(&wish, error);
  else if (asks)
    done = wish_help(&wish, error);
  else if (*is_taken && (invites || who))
    done = act_somewhere(&wish, invites ? wish_invite : wish_members, error);
  else if (*is_taken)
    done = act_if_meant(&wish, is_taken, error);
  sender_clear(&wish.sender);
  return done;
}
