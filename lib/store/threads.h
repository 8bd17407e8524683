/* Threads and their messages, as rows. How a message finds its thread is decided in lists/threading. */
#ifndef STORE_THREADS_H
#define STORE_THREADS_H

#include "lib/store/store.h"

enum { THREAD_PART_MESSAGES = 100, MONTH_PART_THREADS = 100 }; /* a page's part */

struct thread {
  int64_t id, list;
  int year, number, month, month_position;
  char *subject, *subject_key;
  int64_t started, last;
  int64_t messages, public_messages;
  int64_t next_position;
  int64_t merged_into; /* 0: stands */
};
void thread_free(struct thread *thread);
typedef struct thread thread_row;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(thread_row, thread_free)

struct attachment {
  int number;
  char *filename, *type, *part;
  int64_t size_bytes;
};
void attachment_free(struct attachment *attachment);

struct message {
  int64_t id, list, thread;
  int64_t position;
  char *message_id;
  int64_t parent; /* 0: none */
  int depth;
  int64_t mail;   /* 0: stand-in */
  int64_t person; /* 0: unknown */
  char *from_name, *from_address, *subject, *text;
  int64_t received, written;
  bool is_public;
  unsigned from_token_key;
  GPtrArray *attachments; /* struct attachment*; NULL: none */
};
void message_free(struct message *message);
typedef struct message message_row;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(message_row, message_free)

/* A new thread with the next number of its list and year; id, number, month_position are set. */
bool thread_create(struct store *store, struct thread *thread, GError **error);
bool thread_update(struct store *store, const struct thread *thread,
                   GError **error); /* subject, started, last */
struct thread *thread_get(struct store *store, int64_t id, GError **error);
struct thread *thread_find_number(struct store *store, int64_t list, int year, int number, GError **error);
/* The youngest thread of the list with this subject key whose last mail is not older than `not_before`, and
 * whose first one not younger than `not_after` (mails of an old archive come late). */
struct thread *thread_find_subject(struct store *store, int64_t list, const char *subject_key,
                                   int64_t not_before, int64_t not_after, GError **error);
/* Moves all messages of `from` behind those of `into`, leaves `from` as a signpost; counters follow, pages of
 * both are marked. Both must be of one list, and neither a signpost. */
bool thread_merge(struct store *store, int64_t from, int64_t into, GError **error);
/* For pages: by number in a month's part; the youngest by last mail; all of a year after a number. Signposts
 * only where told. */
GPtrArray *threads_of_month_part(struct store *store, int64_t list, int year, int month, int part,
                                 GError **error);
GPtrArray *threads_latest(struct store *store, int64_t list, int limit, bool public_only, GError **error);
GPtrArray *threads_of_year(struct store *store, int64_t list, int year, int after_number, int limit,
                           bool with_merged, GError **error);
GPtrArray *threads_page(struct store *store, int64_t list, int64_t after, int limit, GError **error);
/* Months with public threads, oldest first: GArray of struct thread_month. */
struct thread_month {
  int year, month;
  int64_t threads; /* public ones */
  int parts;
};
GArray *threads_months(struct store *store, int64_t list, GError **error);

/* Inserts a message or stand-in; id and position are set; counters of thread and list follow; attachments are
 * stored. */
bool message_create(struct store *store, struct message *message, GError **error);
/* A stand-in becomes a message; counters follow. */
bool message_fill(struct store *store, struct message *message, GError **error);
bool message_set_parent(struct store *store, int64_t id, int64_t parent, int depth, GError **error);
bool message_set_public(struct store *store, int64_t id, bool is_public,
                        GError **error);                                      /* counters follow */
struct message *message_get(struct store *store, int64_t id, GError **error); /* with attachments */
struct message *message_find(struct store *store, int64_t list, const char *message_id,
                             GError **error); /* stand-ins too */
/* The same without words: id, list, thread, position, message_id, parent, depth and mail are filled; names,
 * subject and text are empty, the rest is 0. Threading looks at many. */
struct message *message_place(struct store *store, int64_t id, GError **error);
struct message *message_find_place(struct store *store, int64_t list, const char *message_id, GError **error);
struct message *message_of_mail(struct store *store, int64_t list, int64_t mail, GError **error);
GPtrArray *messages_of_thread_part(struct store *store, int64_t thread, int part,
                                   GError **error); /* with attachments */
GPtrArray *messages_of_thread(struct store *store, int64_t thread, int64_t after_position, int limit,
                              GError **error);
/* How many a list got from an address after `since`; -1 on error. */
int64_t messages_count_since(struct store *store, int64_t list, const char *address, int64_t since,
                             GError **error);
/* Has a person written to a list? */
bool messages_any_of_person(struct store *store, int64_t list, int64_t person, bool *any, GError **error);
GPtrArray *messages_latest(struct store *store, int64_t list, int limit, bool public_only, GError **error);
/* Unpublished ones of a list after an id (import --publish). */
GPtrArray *messages_unpublished(struct store *store, int64_t list, int64_t after, int limit, GError **error);
/* Those of a list behind an id, in the order they were decided, but for what was taken back and for offers
 * that are over by `now`; without attachments. */
GPtrArray *messages_after(struct store *store, int64_t list, int64_t after, int64_t now, int limit,
                          GError **error);
GPtrArray *messages_children(struct store *store, int64_t parent, GError **error);

#endif
