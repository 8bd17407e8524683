/* Topics of a list's subjects, and when posts about them are over: "Biete 30, Suche 14, #spielplatz". */
#ifndef LISTS_KEEPING_TOPICS_H
#define LISTS_KEEPING_TOPICS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { TOPICS_MAX = 12, TOPIC_DAYS_MAX = 400 };

struct topic {
  char *name; /* as written: "Biete", "#spielplatz" */
  int days;   /* until a post about it is over; 0: never */
};

/* What people write ("[Biete] 30 Tage, [Suche] 14 Tage, #spielplatz") as the store keeps it; "keine" is "-",
 * and "wie üblich" is "". NULL: it cannot be read. Caller frees. */
char *topics_read(const char *text);

/* The topics of a list, as the store keeps them. struct topic*; none where it has said nothing, or "-". Never
 * NULL; caller unrefs. */
GPtrArray *topics_of(const char *stored);

/* After how many days a post with this tag (folded, as tags_of_subject gives it) is over; 0: never. */
int topics_days(const char *stored, const char *tag);

#endif
