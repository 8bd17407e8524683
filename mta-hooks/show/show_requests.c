/* kiezpost show requests: what letters of ours ask, and what was said: the proof of a consent, and where a
 * decision is stuck. */
#include "mta-hooks/show/show.h"

#include "lib/store/requests.h"
#include "mta-hooks/verbs/list_named.h"

#include <string.h>

static bool put_request(struct show *show, const struct request *request, GError **error)
{
  GError *failed = NULL;
  g_autoptr(list_row) list = request->list ? list_get(show->store, request->list, &failed) : NULL;
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_number(sheet, "id", request->id);
  sheet_text(sheet, "purpose", request->purpose);
  sheet_text(sheet, "list", list ? list->name : NULL);
  sheet_text(sheet, "address", request->address);
  sheet_text(sheet, "state", request->state);
  sheet_time(sheet, "asked", request->asked);
  sheet_time(sheet, "due", strcmp(request->state, "open") == 0 ? request->due : 0);
  sheet_time(sheet, "answered", request->answered);
  sheet_text(sheet, "answer_id", *request->answer_id ? request->answer_id : NULL);
  sheet_text(sheet, "shown_sha256", request->shown);
  sheet_end(sheet);
  return true;
}

bool show_requests(struct show *show, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = requests_page(show->store, after, SHOW_PAGE, false, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct request *request = g_ptr_array_index(page, i);
      if (!put_request(show, request, error)) return false;
      after = request->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}
