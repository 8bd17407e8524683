/* Files that came with an office's answer: their rows, and the bytes that the public sees of those that
 * somebody has looked at. The bytes lie in the store as they are published, so that the archive can be built
 * from nothing and is the same, when the mail that brought them is long gone. */
#include "lib/store/cases/cases.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"

void case_file_free(struct case_file *file)
{
  if (!file) return;
  g_free(file->filename);
  g_free(file->type);
  g_free(file->part);
  g_free(file->ending);
  g_free(file);
}

static void free_file(void *file)
{
  case_file_free(file);
}

bool case_file_put(struct store *store, const struct case_file *file, GError **error)
{
  return db_run(store->db, Q_CASE_FILE_PUT, error, INT(file->casefile), INT(file->position),
                INT(file->number), TEXT(file->filename), TEXT(file->type), TEXT(file->part), INT(file->size),
                INT(file->is_public));
}

static void *read_file(const struct rows *rows)
{
  struct case_file *file = g_new0(struct case_file, 1);
  file->casefile = column_int(rows, 0);
  file->position = (int)column_int(rows, 1);
  file->number = (int)column_int(rows, 2);
  file->filename = column_text(rows, 3);
  file->type = column_text(rows, 4);
  file->part = column_text(rows, 5);
  file->size = column_int(rows, 6);
  file->is_public = column_int(rows, 7) != 0;
  file->ending = column_text(rows, 8);
  file->shown_size = column_int(rows, 9);
  return file;
}

GPtrArray *case_files(struct store *store, int64_t casefile, int position, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASE_FILES, INT(casefile), INT(position)), read_file, free_file,
                      error);
}

/* ---- in the archive ---- */

bool case_file_publish(struct store *store, struct case_file *file, const char *ending, GBytes *bytes,
                       GError **error)
{
  gsize size = 0;
  const void *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  file->is_public = true;
  return case_file_put(store, file, error) &&
         (!bytes || db_run(store->db, Q_CASE_FILE_CONTENT_PUT, error, INT(file->casefile),
                           INT(file->position), INT(file->number), TEXT(ending), BLOB(data, size))) &&
         pages_mark_files_of_case(store, file->casefile, error);
}

bool case_files_withdraw(struct store *store, int64_t casefile, GError **error)
{
  return db_run(store->db, Q_CASE_FILE_CONTENTS_REMOVE, error, INT(casefile)) &&
         pages_mark_files_of_case(store, casefile, error);
}

static void *read_bytes(const struct rows *rows)
{
  return column_bytes(rows, 0);
}

GBytes *case_file_bytes(struct store *store, int64_t casefile, int position, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_CASE_FILE_CONTENT, INT(casefile), INT(position), INT(number)),
                    read_bytes, error);
}

static void *read_ending(const struct rows *rows)
{
  return column_text(rows, 0);
}

char *case_file_ending(struct store *store, int64_t casefile, int position, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_CASE_FILE_ENDING, INT(casefile), INT(position), INT(number)),
                    read_ending, error);
}
