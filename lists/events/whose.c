/* Whose answer is it? Called for answers to invitations and to polls. An address of ours goes along when a
 * letter is forwarded, so it alone says little: the answer is the party's when it comes from their address,
 * from another one of the same person, or when their calendar says in ATTENDEE that it answers for them.
 * Whoever else is proven answers for themselves, as the party that they are, or as a stranger; and whoever is
 * not proven and writes from elsewhere acts for nobody.
 *
 * What surprised us: Outlook and Apple write from whatever address their owner's account has, and name that
 * one in ATTENDEE. So a proven click from an address that looks like the party's is theirs: by the name;
 * where one of both has none, by what stands before the @, or by a domain at which not everybody has a
 * mailbox. */
#include "lists/events/event.h"

#include "lists/senders.h"
#include "lists/understand/itip.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/mailbox_domains.h"

#include <string.h>

struct event_party *event_party_of(struct work *work, const struct event *event, const struct sender *sender,
                                   GError **error)
{
  GError *failed = NULL;
  struct event_party *party = event_party_find(work->store, event->id, sender->address, "invited", &failed);
  if (!party && !failed)
    party = event_party_find(work->store, event->id, sender->address, "organizer", &failed);
  if (fault_hand_on(failed, error) || party || !sender->person) return party;
  g_autoptr(GPtrArray) own = event_parties_of_person(work->store, event->id, sender->person, error);
  if (!own || own->len == 0) return NULL;
  return event_party_get(work->store, ((const struct event_party *)own->pdata[0])->id, error);
}

/* Does a calendar answer for the party, from whatever address? */
static bool names_party(const struct mail *mail, const struct event_party *party)
{
  g_autoptr(calendar_t) calendar = itip_find(mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if (method != ITIP_REPLY && method != ITIP_COUNTER) return false;
  const struct calendar_attendee *who = itip_replier(calendar, mail->from.address, party->address);
  g_autofree char *address = who ? address_normalise(who->address) : NULL;
  return address && strcmp(address, party->address) == 0;
}

/* Does one of two names hold all words of the other? */
static bool is_one_name(const char *one, const char *other)
{
  g_auto(GStrv) a = g_str_tokenize_and_fold(one, NULL, NULL), b = g_str_tokenize_and_fold(other, NULL, NULL);
  char **shorter = g_strv_length(a) < g_strv_length(b) ? a : b, **longer = shorter == a ? b : a;
  for (char **word = shorter; *word; word++)
    if (!g_strv_contains((const char *const *)longer, *word)) return false;
  return *shorter != NULL;
}

/* A click of a calendar whose owner has another address than the one invited. */
static bool looks_like_party(const struct mail *mail, const struct event_party *party,
                             const struct sender *sender)
{
  g_autofree char *local = NULL, *domain = NULL, *own_local = NULL, *own_domain = NULL;
  g_autoptr(calendar_t) calendar = itip_find(mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if (!mail->auth.is_authenticated || (method != ITIP_REPLY && method != ITIP_COUNTER)) return false;
  const char *name = mail_actor(mail)->name;
  if (name && *name && *party->name) return is_one_name(name, party->name);
  if (!address_split(sender->address, &local, &domain) ||
      !address_split(party->address, &own_local, &own_domain))
    return false;
  return strcmp(local, own_local) == 0 || (strcmp(domain, own_domain) == 0 && !is_mailbox_domain(domain));
}

/* Is the sender the party's own address, or another one of theirs? */
static bool is_theirs(const struct arrival *arrival, const struct event_party *party,
                      const struct sender *sender)
{
  return arrival->is_released || !sender->address || strcmp(sender->address, party->address) == 0 ||
         (sender->person && sender->person == party->person);
}

bool event_whose(struct work *work, const struct arrival *arrival, const struct event *event,
                 const struct event_party *party, const struct sender *sender, enum event_whose *whose,
                 struct event_party **own, GError **error)
{
  GError *failed = NULL;
  bool is_proven = arrival->mail->auth.is_authenticated;
  *own = NULL;
  *whose = OF_PARTY;
  if (is_theirs(arrival, party, sender)) return true;
  if (is_proven) *own = event_party_of(work, event, sender, &failed);
  if (fault_hand_on(failed, error)) return false;
  *whose = *own                                                                                  ? OF_OTHER
           : names_party(arrival->mail, party) || looks_like_party(arrival->mail, party, sender) ? OF_PARTY
           : is_proven                                                                           ? OF_STRANGER
                                                                                                 : OF_NOBODY;
  return true;
}

struct event_party *event_stranger_put(struct work *work, const struct arrival *arrival,
                                       const struct event *event, const struct sender *sender, GError **error)
{
  GError *failed = NULL;
  bool is_proven = arrival->mail->auth.is_authenticated;
  const char *name = mail_actor(arrival->mail)->name;
  struct event_party *known =
      is_proven ? NULL : event_party_find(work->store, event->id, sender->address, "stranger", &failed);
  if (fault_hand_on(failed, error) || known) return known; /* whoever is not proven renames nobody */
  struct event_party party = { .event = event->id,
                               .role = (char *)"stranger",
                               .person = is_proven ? sender->person : 0,
                               .address = sender->address,
                               .name = (char *)(name ? name : "") };
  if (!event_party_put(work->store, &party, work->now, error)) return NULL;
  return event_party_get(work->store, party.id, error);
}
