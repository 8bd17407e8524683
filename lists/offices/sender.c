/* Is a mail an office's? Its address decides, never the name it shows, and our MTA has to vouch for it. */
#include "lists/offices/offices.h"

#include "lib/mail/address.h"

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
  if (ids->len) *proof = mail->auth.is_authenticated ? OFFICE_PROVEN : OFFICE_CLAIMED;
  return true;
}
