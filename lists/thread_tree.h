/* The tree of a thread: ancestors, depths, and two threads becoming one. Threading decides what belongs
 * together; this keeps the tree without circles and its pages stale. All within the caller's transaction. */
#ifndef LISTS_THREAD_TREE_H
#define LISTS_THREAD_TREE_H

#include "lists/kinds.h"

#include "lib/store/threads.h"

/* Makes two threads one; the older number wins. *thread is one of them before and the one that stands after.
 */
bool thread_tree_merge(struct work *work, int64_t *thread, int64_t other, GError **error);

/* After merging: the rows as they are now (thread, position). */
bool thread_tree_reread(struct work *work, struct message **rows, int count, struct message **one_more,
                        GError **error);

/* *is_below: `row` is the message `ancestor` or hangs somewhere below it. Longer ways than can be walked
 * count as such. */
bool thread_tree_is_below(struct work *work, const struct message *row, int64_t ancestor, bool *is_below,
                          GError **error);

/* Hangs a row that has no parent below another one, unless that would close a circle. Updates the row. */
bool thread_tree_adopt(struct work *work, struct message *row, const struct message *parent, GError **error);

/* After a row's depth has changed: the depths of what hangs below it, and their pages stale. */
bool thread_tree_settle(struct work *work, const struct message *row, GError **error);

#endif
