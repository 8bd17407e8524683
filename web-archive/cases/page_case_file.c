/* Files in the archive that offices sent with an answer, and that somebody let through
 * ("faelle/2026/0173/anhang/4-1.pdf": the entry's number and the file's). The bytes lie in the store as they
 * may be seen. In the stale table key is the case, part the entry and list the number. */
#include "web-archive/cases/case_pages.h"

#include "lib/base/fault.h"

#include "web-archive/page.h"

char *case_file_path(int position, int number, const char *ending)
{
  return g_strdup_printf("anhang/%d-%d.%s", position, number, ending);
}

static char *file_path(struct site *site, const struct page_key *key, GError **error)
{
  GError *failed = NULL;
  g_autofree char *ending = case_file_ending(site_store(site), key->key, key->part, (int)key->list, &failed);
  g_autoptr(casefile_t) row = failed || !ending ? NULL : casefile_get(site_store(site), key->key, &failed);
  if (fault_hand_on(failed, error) || !row) return NULL;
  g_autofree char *folder = case_folder(row->year, row->number),
                  *path = case_file_path(key->part, (int)key->list, ending);
  return g_strconcat(folder, path, NULL);
}

static enum page_state file_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  GError *failed = NULL;
  g_autoptr(public_case_t) it = view_case(site, key->key, &failed);
  g_autoptr(GBytes) bytes =
      it ? case_file_bytes(site_store(site), key->key, key->part, (int)key->list, &failed) : NULL;
  if (fault_hand_on(failed, error)) return PAGE_FAULT;
  if (!bytes) return PAGE_ABSENT;
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);
  g_string_append_len(out, data, (gssize)size);
  return PAGE_PRESENT;
}

const struct page_kind page_case_file = { .name = "case-file", .path = file_path, .render = file_render };
