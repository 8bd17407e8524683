/* Help: what one can write, and where. For who asks for it, and for wishes that name no list. */
#include "lists/members/wish.h"

#include "lists/list_cache.h"

#include "lib/text/template.h"

bool wish_help(struct wish *wish, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "has_list", wish->list != NULL);
  return wish_reply(wish, "help", values, error) && wish_done(wish, "It asks how things work here.");
}
