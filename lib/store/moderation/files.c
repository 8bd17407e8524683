/* What lists say of attachments, and the public files, in the store; see files.h. */
#include "lib/store/moderation/files.h"

#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"
#include "lib/store/threads.h"

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
  if (fault_hand_on(failed, error)) return NULL;
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

/* ---- public files ---- */

void public_file_free(struct public_file *file)
{
  if (!file) return;
  char *texts[] = { file->state, file->ending, file->type, file->part };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(file);
}

bool public_file_ask(struct store *store, int64_t message, int number, const char *ending, int64_t now,
                     GError **error)
{
  return db_run(store->db, Q_PUBLIC_FILE_INSERT, error, INT(message), INT(number), TEXT(ending), INT(now));
}

static void *read_public_file(const struct rows *rows)
{
  struct public_file *file = g_new0(struct public_file, 1);
  file->message = column_int(rows, 0);
  file->number = (int)column_int(rows, 1);
  file->state = column_text(rows, 2);
  file->ending = column_text(rows, 3);
  file->type = column_text(rows, 4);
  file->part = column_text(rows, 5);
  file->size_bytes = column_int(rows, 6);
  return file;
}

GPtrArray *public_files_of(struct store *store, int64_t message, GError **error)
{
  return rows_collect(db_query(store->db, Q_PUBLIC_FILES_OF, INT(message)), read_public_file,
                      (GDestroyNotify)public_file_free, error);
}

bool public_file_publish(struct store *store, int64_t message, int number, GBytes *bytes, int64_t now,
                         GError **error)
{
  gsize size = 0;
  const void *data = g_bytes_get_data(bytes, &size);
  return db_run(store->db, Q_PUBLIC_FILE_CONTENT_PUT, error, INT(message), INT(number), BLOB(data, size)) &&
         db_run(store->db, Q_PUBLIC_FILE_DECIDE, error, INT(message), INT(number), TEXT("public"), INT(now));
}

bool public_file_refuse(struct store *store, int64_t message, int number, int64_t now, GError **error)
{
  return db_run(store->db, Q_PUBLIC_FILE_DECIDE, error, INT(message), INT(number), TEXT("refused"), INT(now));
}

bool public_files_withdraw(struct store *store, int64_t message, int64_t now, GError **error)
{
  return db_run(store->db, Q_PUBLIC_FILES_REFUSE, error, INT(message), INT(now)) &&
         db_run(store->db, Q_PUBLIC_FILE_CONTENTS_REMOVE, error, INT(message)) &&
         pages_mark_files(store, message, error);
}

static void *read_bytes(const struct rows *rows)
{
  return column_bytes(rows, 0);
}

GBytes *public_file_bytes(struct store *store, int64_t list, int64_t message, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_PUBLIC_FILE_CONTENT, INT(message), INT(number), INT(list)),
                    read_bytes, error);
}

static void *read_ending(const struct rows *rows)
{
  return column_text(rows, 0);
}

char *public_file_ending(struct store *store, int64_t message, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_PUBLIC_FILE_ENDING, INT(message), INT(number)), read_ending, error);
}

GArray *public_files_of_part(struct store *store, int64_t thread, int part, GError **error)
{
  GArray *files = g_array_new(FALSE, FALSE, sizeof(struct shown_file));
  int64_t after = (int64_t)(part - 1) * THREAD_PART_MESSAGES;
  struct rows rows =
      db_query(store->db, Q_PUBLIC_FILES_OF_PART, INT(thread), INT(after), INT(after + THREAD_PART_MESSAGES));
  while (rows_next(&rows, error)) {
    struct shown_file file = { .position = column_int(&rows, 0),
                               .message = column_int(&rows, 1),
                               .number = (int)column_int(&rows, 2),
                               .size_bytes = column_int(&rows, 4) };
    g_autofree char *ending = column_text(&rows, 3);
    g_strlcpy(file.ending, ending, sizeof file.ending);
    g_array_append_val(files, file);
  }
  if (rows_end(&rows)) return files;
  g_array_unref(files);
  return NULL;
}
