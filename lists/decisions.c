/* Writing the log of decisions; see decisions.h. */
#include "lists/decisions.h"

#include "lib/store/moderation/moderation.h"

bool decisions_note(struct work *work, const struct decision_note *note, GError **error)
{
  g_autofree char *item =
      note->item ? g_strdup(note->item) : g_strdup_printf("%c%" G_GINT64_FORMAT, note->sort, note->id);
  return decision_log(work->store,
                      &(struct decision_row){ .at = work->now,
                                              .list = note->list,
                                              .item = item,
                                              .code = (char *)(note->code ? note->code : ""),
                                              .moderator = note->moderator,
                                              .decision = (char *)note->decision,
                                              .way = (char *)(note->way ? note->way : "mail") },
                      error);
}
