/* Inside lists/events/outside: answers to an event that come to no invitation's address of ours, but to one
 * that everybody may know. */
#ifndef LISTS_EVENTS_OUTSIDE_H
#define LISTS_EVENTS_OUTSIDE_H

#include "lists/events/event.h"

/* The event that a mail names by the number of its page ("Termin 2026/12", "…/termine/2026/0012/"), in its
 * subject or its own words. NULL without error: none that the public knows. Caller frees. */
struct event *named_by_number(struct work *work, const struct understanding *it, GError **error);

/* Events ahead of us that the public knows and that a mail names by words of their title, or by a day and a
 * word for what it is: the best ones, several where nothing tells them apart. struct event*; caller frees. */
GPtrArray *named_by_words(struct work *work, const struct understanding *it, GError **error);

/* The next events that the public knows, the first first. struct event*; caller frees. */
GPtrArray *known_ahead(struct work *work, GError **error);

/* Which event is meant? Asked with a way to answer each of them. */
bool which_ask(struct work *work, const struct arrival *arrival, const struct sender *sender,
               const GPtrArray *events, GError **error);

#endif
