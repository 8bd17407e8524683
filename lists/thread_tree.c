/* The tree of a thread. Depth serves the eye only (how far a message is set in), so a very large tree that is
 * moved may keep old depths beyond the bound; parents are always right. */
#include "lists/thread_tree.h"

#include "lib/store/pages.h"

enum { WALK_MAX = 5000, SETTLE_MAX = 400 };

/* A row whose children are still to be looked at. */
struct step {
  int64_t id;
  int depth;
};

/* Is a older, as its address says: by year, then by number? */
static bool is_older(const struct thread *a, const struct thread *b)
{
  return a->year != b->year ? a->year < b->year : a->number < b->number;
}

/* The thread that stands, following signposts: an earlier step of the same placing may have merged it. */
static struct thread *standing_thread(struct work *work, int64_t id, GError **error)
{
  struct thread *thread = thread_get(work->store, id, error);
  while (thread && thread->merged_into) {
    int64_t next = thread->merged_into;
    thread_free(thread);
    thread = thread_get(work->store, next, error);
  }
  return thread;
}

/* The thread gets the subject of another one. */
static bool rename_thread(struct work *work, int64_t id, const struct thread *as, GError **error)
{
  g_autoptr(thread_row) thread = thread_get(work->store, id, error);
  if (!thread) return false;
  g_free(thread->subject);
  g_free(thread->subject_key);
  thread->subject = g_strdup(as->subject);
  thread->subject_key = g_strdup(as->subject_key);
  return thread_update(work->store, thread, error);
}

/* What was public keeps its subject where nothing of the older thread is. */
bool thread_tree_merge(struct work *work, int64_t *thread, int64_t other, GError **error)
{
  if (*thread == other) return true;
  g_autoptr(thread_row) a = standing_thread(work, *thread, error);
  g_autoptr(thread_row) b = a ? standing_thread(work, other, error) : NULL;
  if (!a || !b) return false;
  *thread = a->id;
  if (a->id == b->id) return true;
  const struct thread *into = is_older(a, b) ? a : b, *from = into == a ? b : a;
  *thread = into->id;
  return thread_merge(work->store, from->id, into->id, error) &&
         (into->public_messages > 0 || from->public_messages == 0 ||
          rename_thread(work, into->id, from, error));
}

/* One row anew, where there is one. */
static bool reread_one(struct work *work, struct message **row, GError **error)
{
  if (!*row) return true;
  struct message *fresh = message_place(work->store, (*row)->id, error);
  if (!fresh) return false;
  message_free(*row);
  *row = fresh;
  return true;
}

bool thread_tree_reread(struct work *work, struct message **rows, int count, struct message **one_more,
                        GError **error)
{
  int64_t seen = 0;
  bool is_one_thread = true;
  for (int i = 0; i <= count; i++) {
    const struct message *row = i < count ? rows[i] : *one_more;
    if (!row) continue;
    if (seen && row->thread != seen) is_one_thread = false;
    seen = row->thread;
  }
  if (is_one_thread) return true; /* nothing was merged */
  for (int i = 0; i < count; i++)
    if (!reread_one(work, &rows[i], error)) return false;
  return reread_one(work, one_more, error);
}

bool thread_tree_is_below(struct work *work, const struct message *row, int64_t ancestor, bool *is_below,
                          GError **error)
{
  int64_t id = row->id, parent = row->parent;
  for (int steps = 0; steps < WALK_MAX; steps++) {
    *is_below = id == ancestor;
    if (*is_below || !parent) return true;
    g_autoptr(message_row) above = message_place(work->store, parent, error);
    if (!above) return false;
    id = above->id;
    parent = above->parent;
  }
  *is_below = true;
  return true;
}

bool thread_tree_adopt(struct work *work, struct message *row, const struct message *parent, GError **error)
{
  bool is_circle = false;
  if (!thread_tree_is_below(work, parent, row->id, &is_circle, error)) return false;
  if (is_circle) return true;
  row->parent = parent->id;
  row->depth = parent->depth + 1;
  return message_set_parent(work->store, row->id, row->parent, row->depth, error) &&
         thread_tree_settle(work, row, error);
}

/* The children of one row get its depth plus one; their ids are put at the queue's end. */
static bool settle_children(struct work *work, int64_t parent, int depth, GArray *queue, GError **error)
{
  g_autoptr(GPtrArray) children = messages_children(work->store, parent, error);
  if (!children) return false;
  for (guint i = 0; i < children->len && queue->len < SETTLE_MAX; i++) {
    const struct message *child = g_ptr_array_index(children, i);
    if (child->depth == depth + 1) continue;
    if (!message_set_parent(work->store, child->id, parent, depth + 1, error)) return false;
    if (!pages_mark_message(work->store, child->list, child->thread, child->position, error)) return false;
    struct step step = { .id = child->id, .depth = depth + 1 };
    g_array_append_val(queue, step);
  }
  return true;
}

bool thread_tree_settle(struct work *work, const struct message *row, GError **error)
{
  g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(struct step));
  if (!settle_children(work, row->id, row->depth, queue, error)) return false;
  for (guint i = 0; i < queue->len; i++) {
    struct step step = g_array_index(queue, struct step, i);
    if (!settle_children(work, step.id, step.depth, queue, error)) return false;
  }
  return true;
}
