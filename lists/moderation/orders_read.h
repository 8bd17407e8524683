/* What a moderator's answer to a post orders, if anything. */
#ifndef LISTS_ORDERS_READ_H
#define LISTS_ORDERS_READ_H

#include "lists/kinds.h"

struct passage;

enum order_sort {
  ORDER_NONE,
  ORDER_DOUBTFUL, /* short, with words of an order in it, and no clear order */
  ORDER_WITHDRAW,
  ORDER_CLOSE,
  ORDER_OPEN, /* undoes ORDER_CLOSE */
  ORDER_WATCH,
  ORDER_BAN,
  ORDER_FREE,      /* undoes ORDER_WATCH and ORDER_BAN */
  ORDER_OFFICE,    /* behind it stands which office, or the topic */
  ORDER_TO_OFFICE, /* the same if an office's name stands behind it; else it is no order */
  ORDER_SORT_COUNT
};

/* *reason: what stands behind the order, "" for nothing; NULL where there is no order. Caller frees. */
enum order_sort order_read(const struct arrival *arrival, char **reason);

/* Which order a doubtful answer may be, by its words alone; ORDER_NONE: none, or several. *is_part: it wants
 * something out of a post, and not the post. */
enum order_sort order_guess(const struct passage *passage, bool *is_part);

#endif
