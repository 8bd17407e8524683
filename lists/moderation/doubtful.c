/* A short answer of a moderator's to a post that may be an order ("Die Nummer da bitte löschen") waits, and
 * they are asked what it is (ask.c). The answer to that is no release like others: "ok" might mean "yes, do
 * it", and to send the order to all would be the worst of all readings. So it says what is to be done:
 * "ausführen" where one order was understood, the order itself, "an alle", or "nein". Anything else, a plain
 * "ok" too, is asked again. Called by decide.c. */
#include "lists/moderation/private.h"

#include "lists/moderation/orders_read.h"
#include "lists/understand/understand.h"

#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/text/template.h"

#include <string.h>

void doubtful_values(const struct mail *mail, struct value *values)
{
  g_autoptr(passage_t) passage = passage_new(mail->text_new, NULL, 0);
  bool is_part = false;
  enum order_sort sort = order_guess(passage, &is_part);
  value_set_flag(values, "order", true);
  value_set_flag(values, "part", is_part);
  value_set_flag(values, "known", sort != ORDER_NONE);
  if (sort != ORDER_NONE) value_set_flag(values, order_name(sort), true);
}

/* The order that the answer itself is, else the one that was understood of what waits, where they say that it
 * shall be carried out; ORDER_NONE: neither. */
static bool find_order(struct ruling *ruling, enum order_sort *sort, char **reason, GError **error)
{
  *sort = order_read(ruling->arrival, reason);
  if (*sort >= ORDER_WITHDRAW && *sort < ORDER_OFFICE) return true;
  g_clear_pointer(reason, g_free);
  *sort = ORDER_NONE;
  if (!passage_has(ruling->arrival->understanding->passage, "moderate.execute")) return true;
  g_autoptr(incoming_t) incoming = moderation_read(ruling->work, ruling->hold, error);
  if (!incoming) return false;
  g_autoptr(passage_t) passage = passage_new(incoming->mail->text_new, NULL, 0);
  bool is_part = false;
  *sort = order_guess(passage, &is_part);
  return true;
}

/* What waits is done with. */
static bool file(struct ruling *ruling, GError **error)
{
  const struct hold *hold = ruling->hold;
  struct handled handled = { .mail = hold->mail,
                             .recipient = hold->recipient,
                             .list = hold->list,
                             .kind = (char *)"group",
                             .outcome = (char *)"answered",
                             .reason = (char *)"It was an order of a moderator's, and is carried out.",
                             .at = ruling->work->now };
  return hold_remove(ruling->work->store, hold->id, error) &&
         handled_put(ruling->work->store, &handled, error);
}

bool doubtful_decide(struct ruling *ruling, enum moderation said, enum doubtful *todo, GError **error)
{
  const struct passage *passage = ruling->arrival->understanding->passage;
  bool asks = strchr(passage->lexemes->text, '?') != NULL;
  *todo = DOUBTFUL_ASK;
  if (asks || passage_has(passage, "moderation.letter")) return true;
  if (said == MODERATION_WAIT) *todo = DOUBTFUL_WAIT;
  bool is_not = passage_has(passage, "moderate.execute-not");
  if (passage_has(passage, "moderate.to-all") && !passage_has(passage, "moderate.not-all"))
    *todo = DOUBTFUL_TO_ALL;
  if (*todo != DOUBTFUL_ASK) return true;
  g_autofree char *reason = NULL;
  enum order_sort sort = ORDER_NONE;
  if (!is_not && !find_order(ruling, &sort, &reason, error)) return false;
  bool is_done = false;
  if (sort == ORDER_NONE) {
    *todo = is_not || said == MODERATION_REJECT ? DOUBTFUL_REFUSE : DOUBTFUL_ASK;
    return true;
  }
  if (!order_carry_out(ruling, sort, reason ? reason : "", &is_done, error)) return false;
  *todo = is_done ? DOUBTFUL_DONE : DOUBTFUL_ASK;
  return !is_done || file(ruling, error);
}
