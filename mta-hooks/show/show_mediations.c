/* kiezpost show mediations: when each was asked for and how far it is. Nothing of what was written, and
 * nobody who takes part: the operator need not know. */
#include "mta-hooks/show/show.h"

#include "lib/store/mediation/mediations.h"
#include "mta-hooks/verbs/list_named.h"

static bool put_mediation(struct show *show, const struct mediation *mediation, GError **error)
{
  g_autoptr(list_row) list = list_get(show->store, mediation->list, error);
  if (!list && error && *error) return false;
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_number(sheet, "id", mediation->id);
  sheet_text(sheet, "list", list ? list->name : NULL);
  sheet_text(sheet, "state", mediation->state);
  sheet_time(sheet, "since", mediation->since);
  sheet_time(sheet, "changed", mediation->changed);
  sheet_number(sheet, "invitations", mediation->invitations);
  sheet_flag(sheet, "is_forgotten", mediation->is_forgotten);
  sheet_end(sheet);
  return true;
}

bool show_mediations(struct show *show, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = mediations_page(show->store, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct mediation *mediation = g_ptr_array_index(page, i);
      if (!put_mediation(show, mediation, error)) return false;
      after = mediation->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}
