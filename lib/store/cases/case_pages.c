/* Which pages a changed case makes stale. */
#include "lib/store/cases/cases.h"

#include "lib/store/pages.h"

bool casefile_mark_pages(struct store *store, const struct casefile *it, GError **error)
{
  return !it->is_public || page_mark(store, "case", it->list, it->id, 1, error);
}
