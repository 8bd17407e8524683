/* Threads and messages as the public sees them: rows of the store that have been through the privacy gate,
 * without what is not public. Pages are made of these alone. */
#ifndef WEB_ARCHIVE_VIEW_H
#define WEB_ARCHIVE_VIEW_H

#include "lib/store/moderation/files.h"
#include "web-archive/privacy.h"
#include "web-archive/site.h"

enum { VIEW_PART_MESSAGES = 100, VIEW_PART_THREADS = 100 };

struct public_thread {
  int64_t id, list;
  int year, number, month;
  struct public_text *title;
  int64_t messages; /* public ones; 0: the thread has no page */
  int64_t started, last;
  int64_t last_position; /* of its last public message: how many parts there are */
  int64_t merged_into;   /* 0: stands */
};
void public_thread_free(struct public_thread *thread);
typedef struct public_thread public_thread_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_thread_t, public_thread_free)

struct public_message {
  int64_t position;
  int depth;
  int64_t parent_position;         /* 0: answers nothing that is known */
  struct public_text *parent_name; /* NULL where the parent is not public or stands in another part */
  struct public_text *name, *body;
  int64_t office; /* that wrote it as itself; 0: somebody */
  int64_t written, received;
  unsigned photos, documents; /* for members only */
  GArray *files;              /* struct shown_file: for everybody; NULL: none */
  int64_t expires;            /* when what it offers is over; 0: never */
  bool is_over;
  struct public_thread *thread; /* in feeds; else NULL */
};

/* NULL without error: no such thread. */
struct public_thread *view_thread(struct site *site, int64_t id, GError **error);
/* Parts of a thread; 0: no page. */
int view_thread_parts(const struct public_thread *thread);
/* The thread that a merged one has become part of, however many merges ago. NULL without error: not public
 * any more. */
struct public_thread *view_thread_target(struct site *site, const struct public_thread *thread,
                                         GError **error);

/* Public messages of a part, by position. struct public_message*. */
GPtrArray *view_messages(struct site *site, const struct public_thread *thread, int part, GError **error);
/* The youngest public messages of a list, youngest first, with their threads. */
GPtrArray *view_latest_messages(struct site *site, int64_t list, int limit, GError **error);

/* Public threads, without signposts: of a month's part by number, the youngest first. */
GPtrArray *view_month_threads(struct site *site, int64_t list, int year, int month, int part, GError **error);
GPtrArray *view_latest_threads(struct site *site, int64_t list, int limit, GError **error);

/* Months with public threads, oldest first. */
struct public_month {
  int year, month;
  int64_t threads;
};
GArray *view_months(struct site *site, int64_t list, GError **error);
/* Parts of one month: 0: no page; -1: fault. */
int view_month_parts(struct site *site, int64_t list, int year, int month, GError **error);

#endif
