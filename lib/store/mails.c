/* Raw mails and what became of them; see mails.h.
 *
 * A mail's key is UNIQUE, and the insert itself finds out whether it is there. Small mails lie in a table of
 * their own beside the row (SQLite would else walk over the bytes at every look), large ones are files
 * (raw_files.c). */
#include "lib/store/mails.h"
#include "lib/base/fault.h"
#include "lib/base/mapped.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/internal.h"
#include "lib/store/raw_files.h"
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

enum { DIGEST_PIECE = 64 * 1024 };

void mail_row_free(struct mail_row *row)
{
  if (!row) return;
  g_free(row->sender);
  g_free(row);
}

int64_t mail_find(struct store *store, const unsigned char key[32], GError **error)
{
  int64_t id;
  return db_number(store->db, Q_MAIL_FIND, 0, &id, error, BLOB(key, 32)) ? id : 0;
}

/* The SHA-256 of the bytes, a piece at a time. */
static bool digest_of(GBytes *bytes, unsigned char digest[32])
{
  gsize size;
  const char *at = g_bytes_get_data(bytes, &size), *held = at, *end = size ? at + size : at;
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  bool is_done = EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1;
  for (gsize piece; is_done && at < end; at += piece, held = mapped_behind(held, at)) {
    piece = MIN((gsize)(end - at), DIGEST_PIECE);
    is_done = EVP_DigestUpdate(hash, at, piece) == 1;
  }
  is_done = is_done && EVP_DigestFinal_ex(hash, digest, NULL) == 1;
  EVP_MD_CTX_free(hash);
  return is_done;
}

/* The row of a new mail; 0 without error: the key is there already. */
static int64_t insert_mail(struct store *store, const unsigned char key[32], int64_t received,
                           const char *sender, GBytes *bytes, const char *file, GError **error)
{
  int64_t id;
  gsize size;
  unsigned char digest[32];
  const void *data = g_bytes_get_data(bytes, &size);
  if (!digest_of(bytes, digest)) {
    fault_set(error, FAULT_BUG, "SHA-256 is not to be had from OpenSSL");
    return 0;
  }
  bool is_done = db_insert(store->db, Q_MAIL_INSERT, &id, error, BLOB(key, 32), INT(received), TEXT(sender),
                           BLOB(digest, sizeof digest), INT((int64_t)size), TEXT_OR_NULL(file));
  if (!is_done || id == 0) return 0;
  if (!file && !db_run(store->db, Q_MAIL_INSERT_RAW, error, INT(id), BLOB(data, size))) return 0;
  return id;
}

int64_t mail_put(struct store *store, const unsigned char key[32], int64_t received, const char *sender,
                 GBytes *bytes, const char *path, bool *is_new, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *file = g_bytes_get_size(bytes) > INBOX_INLINE_BYTES ? raw_file_name(key) : NULL;
  int64_t id = file ? mail_find(store, key, &local) : 0;
  *is_new = false;
  /* A large mail's file comes before its row, and only where the row is not there yet. */
  if (file && !id && !local) raw_file_put(store_directory(store), file, path, bytes, &local);
  if (!id && !local && (id = insert_mail(store, key, received, sender, bytes, file, &local))) *is_new = true;
  if (!id && !local) id = mail_find(store, key, &local);
  if (!local) return id;
  g_propagate_error(error, g_steal_pointer(&local));
  return 0;
}

static void *read_mail(const struct rows *rows)
{
  struct mail_row *row = g_new0(struct mail_row, 1);
  row->id = column_int(rows, 0);
  row->received = column_int(rows, 1);
  row->sender = column_text(rows, 2);
  row->size_bytes = column_int(rows, 3);
  return row;
}

struct mail_row *mail_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_MAIL_GET, INT(id)), read_mail, error);
}

GBytes *mail_bytes(struct store *store, int64_t id, GError **error)
{
  g_autofree char *file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  struct rows rows = db_query(store->db, Q_MAIL_BYTES, INT(id));
  if (rows_next(&rows, error)) {
    if (column_peek(&rows, 0, NULL))
      file = column_text(&rows, 0);
    else
      bytes = column_bytes(&rows, 1);
  }
  if (!rows_end(&rows)) return NULL;
  if (file) return raw_file_map(store_directory(store), file, error);
  if (!bytes) fault_set(error, FAULT_INPUT, "There is no mail %" G_GINT64_FORMAT, id);
  return g_steal_pointer(&bytes);
}

/* Removes one file below raw/ that no row names. The lock keeps a mail whose row is about to be written out
 * of harm's way. */
static bool sweep_file(struct store *store, const char *name, GError **error)
{
  unsigned char key[32];
  int64_t id = 0;
  bool is_ours = raw_file_key(name, key);
  if (is_ours && !db_number(store->db, Q_MAIL_FILE, 0, &id, error, BLOB(key, 32), TEXT(name))) return false;
  if (id) return true;
  if (!store_begin(store, error)) return false;
  bool is_known = !is_ours || db_number(store->db, Q_MAIL_FILE, 0, &id, error, BLOB(key, 32), TEXT(name));
  if (is_known && !id) {
    g_autofree char *path = g_build_filename(store_directory(store), "raw", name, NULL);
    unlink(path);
  }
  store_rollback(store);
  return is_known;
}

static bool sweep_folder(struct store *store, const char *raw, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename(raw, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    g_autofree char *name = g_build_filename(folder, file, NULL);
    if (!sweep_file(store, name, error)) return false;
  }
  return true;
}

bool mail_sweep_files(struct store *store, GError **error)
{
  g_autofree char *raw = g_build_filename(store_directory(store), "raw", NULL);
  g_autoptr(GDir) dir = g_dir_open(raw, 0, NULL);
  for (const char *folder; dir && (folder = g_dir_read_name(dir));)
    if (!sweep_folder(store, raw, folder, error)) return false;
  return true;
}

void handled_free(struct handled *handled)
{
  if (!handled) return;
  g_free(handled->recipient);
  g_free(handled->kind);
  g_free(handled->outcome);
  g_free(handled->reason);
  g_free(handled);
}

bool handled_put(struct store *store, const struct handled *handled, GError **error)
{
  return db_run(store->db, Q_HANDLED_PUT, error, INT(handled->mail), TEXT(handled->recipient),
                ID(handled->list), TEXT(handled->kind), TEXT(handled->outcome), TEXT(handled->reason),
                INT(handled->at));
}

bool handled_is(struct store *store, int64_t mail, const char *recipient, bool *is_handled, GError **error)
{
  int64_t found;
  if (!db_number(store->db, Q_HANDLED_IS, 0, &found, error, INT(mail), TEXT(recipient))) return false;
  *is_handled = found != 0;
  return true;
}

static void *read_handled(const struct rows *rows)
{
  struct handled *handled = g_new0(struct handled, 1);
  handled->mail = column_int(rows, 0);
  handled->recipient = column_text(rows, 1);
  handled->list = column_int(rows, 2);
  handled->kind = column_text(rows, 3);
  handled->outcome = column_text(rows, 4);
  handled->reason = column_text(rows, 5);
  handled->at = column_int(rows, 6);
  return handled;
}

GPtrArray *handled_of(struct store *store, int64_t mail, GError **error)
{
  return rows_collect(db_query(store->db, Q_HANDLED_OF, INT(mail)), read_handled,
                      (GDestroyNotify)handled_free, error);
}
