/* kiezpost show requests, notices, admins. Requests: what letters of ours ask, and what was said: the proof
 * of a consent, and where a decision is stuck. Notices (DSA Art. 16): what was reported when, about which
 * list, and what became of it, without a word of what it says: the figures of a transparency report. */
#include "mta-hooks/show/show.h"

#include "lib/base/fault.h"
#include "lib/store/moderation/notices.h"
#include "lib/store/people/admins.h"
#include "lib/store/requests.h"
#include "mta-hooks/verbs/list_named.h"

#include <string.h>

static bool put_request(struct show *show, const struct request *request, GError **error)
{
  GError *failed = NULL;
  g_autoptr(list_row) list = request->list ? list_get(show->store, request->list, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
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

/* Who sent it is personal: only whether we know, and whether it was proven. */
static const char *notifier_word(const struct notice *notice)
{
  return !*notice->address ? "unknown" : notice->is_proven ? "proven" : "unproven";
}

static bool put_notice(struct show *show, const struct notice *notice, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(list_row) list = notice->list ? list_get(show->store, notice->list, &failed) : NULL;
  if (failed) {
    g_propagate_error(error, g_steal_pointer(&failed));
    return false;
  }
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_number(sheet, "number", notice->id);
  sheet_text(sheet, "list", list ? list->name : NULL);
  sheet_text(sheet, "recipient", notice->recipient);
  sheet_text(sheet, "notifier", notifier_word(notice));
  sheet_time(sheet, "since", notice->since);
  sheet_text(sheet, "state", notice->state);
  sheet_time(sheet, "decided", notice->decided);
  sheet_end(sheet);
  return true;
}

bool show_notices(struct show *show, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = notices_page(show->store, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct notice *notice = g_ptr_array_index(page, i);
      if (!put_notice(show, notice, error)) return false;
      after = notice->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

static void put_admin(struct show *show, const char *address, int64_t since, const char *from)
{
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_text(sheet, "address", address);
  sheet_time(sheet, "since", since);
  sheet_text(sheet, "from", from);
  sheet_end(sheet);
}

bool show_admins(struct show *show, GError **error)
{
  g_autoptr(GPtrArray) admins = admins_all(show->store, error);
  const char *first = show->command->config->admin;
  if (!admins) return false;
  if (first && *first) put_admin(show, first, 0, "configuration");
  for (guint i = 0; i < admins->len; i++) {
    const struct admin *admin = g_ptr_array_index(admins, i);
    put_admin(show, admin->address, admin->since, "store");
  }
  return true;
}
