/* Attachments: what a list says of them, and which may be seen by the public. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "lib/store/store.h"

struct list_files {
  char *kinds;           /* "any", "pictures documents": words of lib/mail/files */
  int64_t travels_bytes; /* a larger attachment becomes a link; 0: as configured */
  int64_t takes_bytes;   /* a larger mail is not taken; 0: no limit of the list's own */
};
void list_files_free(struct list_files *files);
typedef struct list_files list_files_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(list_files_t, list_files_free)

/* What holds where a list has said nothing is handed out, too. NULL on error. */
struct list_files *list_files_get(struct store *store, int64_t list, GError **error);
bool list_files_put(struct store *store, int64_t list, const struct list_files *files, GError **error);

/* An attachment that a moderator was asked about. */
struct public_file {
  int64_t message;
  int number;         /* of the attachment */
  char *state;        /* asked, public, refused */
  char *ending;       /* of the file in the archive, "jpg" */
  char *type, *part;  /* of the attachment; "" where it is gone */
  int64_t size_bytes; /* as it was sent */
};
void public_file_free(struct public_file *file);

/* Somebody is asked about it; once. */
bool public_file_ask(struct store *store, int64_t message, int number, const char *ending, int64_t now,
                     GError **error);
/* All of a message. struct public_file*. */
GPtrArray *public_files_of(struct store *store, int64_t message, GError **error);
/* A moderator's yes: the bytes that everybody may see. */
bool public_file_publish(struct store *store, int64_t message, int number, GBytes *bytes, int64_t now,
                         GError **error);
bool public_file_refuse(struct store *store, int64_t message, int number, int64_t now, GError **error);
/* All of a message go, public or not: their bytes are removed, their pages marked. */
bool public_files_withdraw(struct store *store, int64_t message, int64_t now, GError **error);

/* What stands at a file's address. NULL without error: nothing may. */
GBytes *public_file_bytes(struct store *store, int64_t list, int64_t message, int number, GError **error);
/* NULL without error: nobody was ever asked about it. Caller frees. */
char *public_file_ending(struct store *store, int64_t message, int number, GError **error);

/* The public files of a thread's part, by position. GArray of struct shown_file. */
struct shown_file {
  int64_t position, message;
  int number;
  char ending[8];
  int64_t size_bytes; /* as it is published */
};
GArray *public_files_of_part(struct store *store, int64_t thread, int part, GError **error);

#endif
