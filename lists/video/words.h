/* Whether an event is held by video, from words and from the line "Video: …". */
#ifndef LISTS_VIDEO_WORDS_H
#define LISTS_VIDEO_WORDS_H

#include <stdbool.h>

struct event;
struct passage;

/* What a text says of it ("per Video", "hybrid", "ohne Videoraum"). False: nothing; the event stays as it is.
 */
bool video_read(struct event *event, const struct passage *passage);
/* Takes the link to a room out of what an organiser wrote ("Link: https://meet.jit.si/…"): it is for who is
 * invited, and the text is for everybody. False: there is none. */
bool video_take_link(struct event *event);
/* The value of a line: yes, no, such words, or the address of a room of one's own. False: none of it. */
bool video_set(struct event *event, const char *value);

#endif
