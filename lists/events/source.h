/* Invitations of foreign calendars: what source.c and source_dates.c share. Inside lists/events. */
#ifndef LISTS_EVENTS_SOURCE_H
#define LISTS_EVENTS_SOURCE_H

#include "lists/events/event.h"

#include "lib/store/events/event_sources.h"

struct calendar;

bool source_calls_off(const struct calendar *calendar);
struct event_version source_version(const struct calendar *calendar);
/* Is it newer than what counts of the event, or (`original`) of a date? If so, it counts now. */
bool source_note_version(struct work *work, const struct event *event, const struct calendar *calendar,
                         const char *original, bool *is_it, GError **error);
/* Everything of the mail that is about single dates. What the series leaves out counts of a newer version of
 * it alone: *is_new says at first whether this is one, and then whether anything was. *is_changed: a date is
 * otherwise now. */
bool source_take_dates(struct work *work, const struct event *event, const GPtrArray *objects, bool *is_new,
                       bool *is_changed, GError **error);

#endif
