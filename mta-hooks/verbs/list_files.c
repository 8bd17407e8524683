/* What a list takes of attachments, for `kiezpost list set` and `list show`. */
#include "mta-hooks/verbs/list_files.h"

#include "lib/base/fault.h"
#include "lib/mail/files/file_kinds.h"
#include "lists/groups/sizes.h"

#include <stdio.h>
#include <string.h>

/* Changes one thing of what the list says of attachments; the others stay. */
static bool set_files(struct store *store, const struct list *list, const char *kinds, int64_t *travels,
                      int64_t *takes, GError **error)
{
  g_autoptr(list_files_t) files = list_files_get(store, list->id, error);
  if (!files) return false;
  if (kinds) g_free(files->kinds), files->kinds = g_strdup(kinds);
  if (travels) files->travels_bytes = *travels;
  if (takes) files->takes_bytes = *takes;
  return list_files_put(store, list->id, files, error);
}

bool list_set_attachments(struct store *store, struct list *list, const char *value, GError **error)
{
  unsigned kinds = 0;
  g_autofree char *wrong = NULL;
  if (!file_kinds_read(value, &kinds, &wrong))
    return fault_set(
        error, FAULT_USAGE,
        "attachments has no \"%s\"; it has pictures, documents, calendars, sound, video, archives, "
        "other, any, none.",
        wrong);
  g_autofree char *words = file_kinds_words(kinds);
  return set_files(store, list, words, NULL, NULL, error);
}

/* A size; the word for "no own limit" is 0. */
static bool read_size(const char *key, const char *value, const char *none, int64_t *bytes, GError **error)
{
  *bytes = 0;
  return strcmp(value, none) == 0 || size_read(value, bytes) ||
         fault_set(error, FAULT_USAGE, "%s must be a size, as 500K or 2M, or %s.", key, none);
}

bool list_set_attachment_limit(struct store *store, struct list *list, const char *value, GError **error)
{
  int64_t bytes = 0;
  return read_size("attachment-limit", value, "default", &bytes, error) &&
         set_files(store, list, NULL, &bytes, NULL, error);
}

bool list_set_mail_limit(struct store *store, struct list *list, const char *value, GError **error)
{
  int64_t bytes = 0;
  return read_size("mail-limit", value, "none", &bytes, error) &&
         set_files(store, list, NULL, NULL, &bytes, error);
}

void list_print_files(const struct list_files *files, const struct config *config)
{
  bool is_own = files->travels_bytes > 0;
  g_autofree char *travels = size_words(is_own ? files->travels_bytes : config->attachment_limit_bytes);
  g_autofree char *takes = files->takes_bytes > 0 ? size_words(files->takes_bytes) : g_strdup("none");
  printf("  attachments       %s\n  attachment-limit  %s%s\n  mail-limit        %s\n", files->kinds, travels,
         is_own ? "" : " (default)", takes);
}
