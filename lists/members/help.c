/* Help: what one can write, and where. For who asks for it, and for wishes that name no list. */
#include "lists/members/wish.h"

#include "lists/addresses/reply_address.h"
#include "lists/list_cache.h"
#include "lists/understand/understand.h"

#include "lib/text/template.h"

bool wish_help(struct wish *wish, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "has_list", wish->list != NULL);
  const struct understanding *it = wish->arrival->understanding;
  bool asks_to_leave =
      it && (passage_has(it->passage, "help.leave") || passage_has(it->subject, "help.leave"));
  value_set_flag(values, "leaving", asks_to_leave && wish->list && wish->sender.member);
  g_autofree char *members =
      wish->list ? list_address(wish->work->config, wish->list->name, "mitglieder") : NULL;
  value_set_text(values, "members_address", members);
  return wish_reply(wish, "help", values, error) && wish_done(wish, "It asks how things work here.");
}
