/* Files in the archive: attachments that were too large to travel and that a moderator let through. Their
 * address is the message's number and the attachment's ("gruenau/anhang/17-2.jpg"): it stands in the mail
 * before anybody has said yes, and stays the same when threads are joined. The bytes lie in the store as they
 * may be seen; a file's own name, which its sender chose, is not shown. */
#include "web-archive/pages.h"

#include "lib/store/moderation/files.h"

#include "web-archive/page.h"

static char *file_path(struct site *site, const struct page_key *key, GError **error)
{
  GError *fault = NULL;
  g_autofree char *ending = public_file_ending(site_store(site), key->key, key->part, &fault);
  const struct public_list *list = fault || !ending ? NULL : site_list(site, key->list, &fault);
  if (fault) g_propagate_error(error, fault);
  return list ? g_strdup_printf("%s/anhang/%" G_GINT64_FORMAT "-%d.%s", list->name, key->key, key->part,
                                ending)
              : NULL;
}

static enum page_state file_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  GError *fault = NULL;
  const struct public_list *list = site_list(site, key->list, &fault);
  if (!fault && (!list || !list->is_public)) return PAGE_ABSENT;
  g_autoptr(GBytes) bytes =
      fault ? NULL : public_file_bytes(site_store(site), key->list, key->key, key->part, &fault);
  if (fault) {
    g_propagate_error(error, fault);
    return PAGE_FAULT;
  }
  if (!bytes) return PAGE_ABSENT;
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);
  g_string_append_len(out, data, (gssize)size);
  return PAGE_PRESENT;
}

const struct page_kind page_file = { .name = "file", .path = file_path, .render = file_render };
