/* Whether an event is held by video, from words and from the line "Video: …". */
#ifndef LISTS_VIDEO_WORDS_H
#define LISTS_VIDEO_WORDS_H

#include <stdbool.h>

struct event;
struct passage;

/* What a text says of it ("per Video", "hybrid", "ohne Videoraum"). False: nothing; the event stays as it is.
 */
bool video_read(struct event *event, const struct passage *passage);
/* Takes every link to a room out of what an organiser wrote or their calendar says, be it in the text, the
 * title or the place: it is for who is invited, and these are for everybody. The first that opens a room
 * becomes the event's. False: there is none. */
bool video_take_link(struct event *event);
/* The same for one line, as the place of a single date: what is left of it. Caller frees. *door, where it is
 * NULL, takes the first link that opens a room. */
char *video_take_rooms(const char *line, char **door);
/* The value of a line: yes, no, such words, or the address of a room of one's own. False: none of it. */
bool video_set(struct event *event, const char *value);

#endif
