/* Complaints: a provider tells that somebody pressed "spam" (ARF, RFC 5965). They are taken off the list the
 * letter was of, and get no letter of ours any more but answers to what they write themselves, until they
 * confirm an address again. The operator hears of it, once a day.
 *
 * The signed address of a letter proves whose copy a complaint is about. Where one envelope went to many,
 * only the report says it (Original-Rcpt-To), and anybody who got the letter could write one. So it counts if
 * it names somebody whom that very letter went to, and our MTA vouches that it comes from the domain of their
 * mailbox: whoever runs that may speak for it. Else their next letter goes alone, and its complaint counts.
 */
#include "lists/bounces/inside.h"

#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

/* Off the list, if they are on it. */
static bool take_off(struct work *work, const struct letter *letter, int64_t person, GError **error)
{
  GError *failed = NULL;
  g_autoptr(member_t) member =
      letter->list && person ? member_find(work->store, letter->list, person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  return !member || member_remove(work->store, letter->list, person, work->now, error);
}

bool complaint_take(struct work *work, const struct letter *letter, const struct delivery *delivery,
                    const char **reason, GError **error)
{
  *reason = delivery ? "Somebody called our letter spam; they are off the list and get no more letters."
                     : "Somebody called our letter spam, and it is not known who.";
  if (delivery && (!take_off(work, letter, delivery->person, error) ||
                   !suppression_put(work->store, delivery->address, "complaint", work->now, error)))
    return false;
  g_autoptr(value_t) values = value_new();
  const char *at = delivery ? strrchr(delivery->address, '@') : NULL;
  value_set_text(values, "domain", at ? at + 1 : NULL);
  return operator_tell(work, "complaint", list_cache_by_id(work->lists, letter->list), values, error);
}

/* Domains of one provider, who reports for all of them from one. */
static const char *const families[][8] = {
  { "hotmail.com", "outlook.com", "live.com", "msn.com", "hotmail.de", "outlook.de", "live.de" },
  { "yahoo.com", "yahoo.de", "aol.com", "aol.de", "ymail.com" },
  { "icloud.com", "me.com", "mac.com", "apple.com" },
  { "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.com", "web.de" },
};

static bool is_in_family(const char *const family[8], const char *domain)
{
  for (gsize i = 0; i < 8 && family[i]; i++)
    if (address_domains_align(domain, family[i])) return true;
  return false;
}

static bool are_of_one_provider(const char *own, const char *theirs)
{
  if (address_domains_align(own, theirs)) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
    if (is_in_family(families[i], own) && is_in_family(families[i], theirs)) return true;
  return false;
}

/* Does whoever runs the mailbox of an address send this report? */
bool complaint_is_from_provider(const struct mail *mail, const char *address)
{
  g_autofree char *own = NULL, *theirs = NULL;
  const char *from = mail->from.address;
  return mail->auth.is_authenticated && from && address_split(from, NULL, &theirs) &&
         address_split(address, NULL, &own) && are_of_one_provider(own, theirs);
}

bool complaint_take_of_many(struct work *work, const struct mail *mail, const struct letter *letter,
                            const char **reason, GError **error)
{
  struct delivery *found = NULL;
  if (mail->complained && !delivery_find_by_address(work, letter, mail->complained, &found, error))
    return false;
  g_autoptr(delivery_t) delivery = found;
  if (!delivery) return complaint_take(work, letter, NULL, reason, error);
  if (complaint_is_from_provider(mail, delivery->address))
    return complaint_take(work, letter, delivery, reason, error);
  if (!bounce_suspect(work, delivery, error) || !complaint_take(work, letter, NULL, reason, error))
    return false;
  *reason =
      "It says that a member called a letter to many spam, and nobody vouches for it; the next letter goes "
      "to them alone.";
  return true;
}
