/* Inside lists/events/polls: which options words name, as bits. */
#ifndef LISTS_EVENTS_POLLS_NAMING_H
#define LISTS_EVENTS_POLLS_NAMING_H

#include "lists/events/polls/poll.h"

/* A text against the options of a poll. */
struct poll_naming {
  const struct passage *passage;
  const GPtrArray *options; /* struct poll_option* */
  GArray *dates;            /* struct date_found */
};
struct poll_naming poll_naming_new(const struct passage *passage, const GPtrArray *options, int64_t now,
                                   const char *zone);
void poll_naming_clear(struct poll_naming *it);
typedef struct poll_naming poll_naming_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(poll_naming_t, poll_naming_clear)

/* The bit of option i + 1. */
static inline guint32 poll_bit(guint i)
{
  return 1U << i;
}

/* The options that words at a lexeme name; *end: behind them. */
guint32 poll_options_at(const struct poll_naming *it, guint lexeme, guint *end);

#endif
