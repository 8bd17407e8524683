/* Is a mail an office's? Its address decides, never the name it shows, and somebody has to vouch for it: our
 * MTA, that knows the domain (DMARC, DKIM, SPF), the person logged in (SASL) or the forwarder that sealed it
 * (ARC), all of which reading has weighed; or the network that our MTA names, since inside one mail system
 * nothing is signed. A network vouches for its own office alone. */
#include "lists/offices/offices.h"

#include "lib/mail/address.h"

#include <string.h>

/* Does our MTA say that it came from the network of this office? */
static bool is_from_network(struct work *work, const struct mail *mail, int64_t id, bool *is, GError **error)
{
  *is = false;
  bool is_plain = mail->from_count == 1 && !*mail->resent_from.address;
  if (!mail->auth.network || !*mail->auth.network || !is_plain) return true;
  g_autoptr(office_t) office = office_get(work->store, id, error);
  if (!office) return false;
  *is = *office->network && g_ascii_strcasecmp(office->network, mail->auth.network) == 0;
  return true;
}

bool offices_sender(struct work *work, const struct mail *mail, int64_t expected, enum office_proof *proof,
                    int64_t *office, GError **error)
{
  *proof = OFFICE_NONE;
  *office = 0;
  g_autofree char *address = address_normalise(mail->from.address);
  if (!address) return true;
  g_autoptr(GArray) ids = offices_of_address(work->store, address, error);
  if (!ids) return false;
  for (guint i = 0; i < ids->len; i++) {
    int64_t id = g_array_index(ids, int64_t, i);
    if (i == 0 || id == expected) *office = id;
  }
  if (!ids->len) return true;
  bool is_inside = false;
  if (!mail->auth.is_authenticated && !is_from_network(work, mail, *office, &is_inside, error)) return false;
  *proof = mail->auth.is_authenticated || is_inside ? OFFICE_PROVEN : OFFICE_CLAIMED;
  return true;
}
