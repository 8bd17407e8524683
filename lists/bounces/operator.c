/* Letters to whoever runs the installation: one of a purpose a day, since what goes wrong goes wrong for
 * many. */
#include "lists/bounces/inside.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/notices.h"

bool operator_tell(struct work *work, const char *purpose, const struct list *list, struct value *values,
                   GError **error)
{
  g_autofree char *address = forward_admin_address(work->config, work->book, work->keys, work->now);
  bool may = false;
  if (!address) return true;
  if (!notices_may(work, purpose, address, &may, error)) return false;
  return !may || letters_send(work,
                              &(struct letter_out){
                                  .purpose = purpose, .list = list, .address = address, .values = values },
                              error);
}
