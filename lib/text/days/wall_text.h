/* Planned times as text: as the store keeps them, and as people write them in a letter. */
#ifndef TEXT_DAYS_WALL_TEXT_H
#define TEXT_DAYS_WALL_TEXT_H

#include "lib/text/dates/dates.h"

/* "2026-05-16T15:00", of a whole day "2026-05-16", "" where nothing is set. Caller frees. */
char *wall_write(const struct wall *wall);
/* Reads what wall_write wrote; anything else is false, and nothing is set. */
bool wall_read(const char *text, struct wall *wall);

/* "Samstag, 16. Mai 2026, 15 bis 18:30 Uhr", "Saturday, 16 May 2026, 15:00 to 18:30"; end year 0: not said.
 * `language` as for day_in_words. Caller frees. */
char *wall_in_words(const struct wall *start, const struct wall *end, const char *language);

#endif
