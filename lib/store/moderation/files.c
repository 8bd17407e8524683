/* What lists say of attachments in the store; see files.h. */
#include "lib/store/moderation/files.h"

#include "lib/store/internal.h"

void list_files_free(struct list_files *files)
{
  if (!files) return;
  g_free(files->kinds);
  g_free(files);
}

static void *read_list_files(const struct rows *rows)
{
  struct list_files *files = g_new0(struct list_files, 1);
  files->kinds = column_text(rows, 0);
  files->travels_bytes = column_int(rows, 1);
  files->takes_bytes = column_int(rows, 2);
  return files;
}

struct list_files *list_files_get(struct store *store, int64_t list, GError **error)
{
  GError *failed = NULL;
  struct list_files *files =
      rows_first(db_query(store->db, Q_LIST_FILES_GET, INT(list)), read_list_files, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return NULL;
  }
  if (files) return files;
  files = g_new0(struct list_files, 1);
  files->kinds = g_strdup("any");
  return files;
}

bool list_files_put(struct store *store, int64_t list, const struct list_files *files, GError **error)
{
  return db_run(store->db, Q_LIST_FILES_PUT, error, INT(list), TEXT(files->kinds), INT(files->travels_bytes),
                INT(files->takes_bytes));
}
