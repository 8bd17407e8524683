/* Raw mails, what became of them, and what waits for a decision. */
#ifndef STORE_MAILS_H
#define STORE_MAILS_H

#include "lib/store/store.h"

struct mail_row {
  int64_t id;
  int64_t received;
  char *sender;
  int64_t size_bytes;
};
void mail_row_free(struct mail_row *row);

/* Finds by key or inserts. *is_new says which. Small bodies are stored in the database; for large ones (over
 * INBOX_INLINE_BYTES) `path` names a synced file that is hard-linked (or copied and synced) to raw/ beside
 * the database before the row is written. `bytes` is always the whole raw mail (may be mapped). Returns the
 * id, 0 on error. */
int64_t mail_put(struct store *store, const unsigned char key[32], int64_t received, const char *sender,
                 GBytes *bytes, const char *path, bool *is_new, GError **error);
int64_t mail_find(struct store *store, const unsigned char key[32],
                  GError **error); /* 0 without error: none */
struct mail_row *mail_get(struct store *store, int64_t id, GError **error);
/* The stored bytes, mapped where they are a file. */
GBytes *mail_bytes(struct store *store, int64_t id, GError **error);
/* Removes files in raw/ that no row names (strays of crashes); the worker does so at start. */
bool mail_sweep_files(struct store *store, GError **error);

struct handled {
  int64_t mail;
  char *recipient;
  int64_t list; /* 0: none */
  char *kind, *outcome, *reason;
  int64_t at;
};
void handled_free(struct handled *handled);
bool handled_put(struct store *store, const struct handled *handled, GError **error);
bool handled_is(struct store *store, int64_t mail, const char *recipient, bool *is_handled, GError **error);
/* All of one mail. struct handled*. */
GPtrArray *handled_of(struct store *store, int64_t mail, GError **error);

struct hold {
  int64_t id;
  int64_t mail;
  char *recipient;
  int64_t list;    /* 0: none */
  char *list_name; /* "" if none; set when read */
  char *code, *reason;
  int64_t since;
  char *from_address, *subject;
  bool is_asked; /* when put: nobody need be asked about it */
};
void hold_free(struct hold *hold);
typedef struct hold hold_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(hold_t, hold_free)
bool hold_put(struct store *store, struct hold *hold, GError **error); /* id is set */
struct hold *hold_get(struct store *store, int64_t id, GError **error);
bool hold_remove(struct store *store, int64_t id, GError **error);
/* The people with duties were asked about it. */
bool hold_set_asked(struct store *store, int64_t id, GError **error);
/* Those that nobody was asked about yet, by id after `after`. */
GPtrArray *holds_unasked(struct store *store, int64_t after, int limit, GError **error);
/* All of one mail. */
GPtrArray *holds_of_mail(struct store *store, int64_t mail, GError **error);
/* What is held of one mail for one address of ours, if anything is. */
bool hold_remove_of(struct store *store, int64_t mail, const char *recipient, GError **error);
GPtrArray *holds_page(struct store *store, int64_t list, int64_t after, int limit,
                      GError **error); /* list 0: all */

#endif
