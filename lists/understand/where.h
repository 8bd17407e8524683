/* Where something is: the place of a mail as its facts say it, put into a meaning. Shared by the readers of
 * events, proposals and defects. */
#ifndef LISTS_UNDERSTAND_WHERE_H
#define LISTS_UNDERSTAND_WHERE_H

#include "lists/understand/meaning.h"

/* Fills place, region, point and place_source from the text's best place, else from the subject's. False:
 * there is none. */
bool where_read(const struct reading_room *room, struct meaning *meaning);
/* The same of an event: what stands behind its date in one sentence [first, end) goes before what the mail is
 * about ("lädt zum Umbau der Baumschulenstraße: 19. Mai, 18 Uhr, Rathaus Köpenick"). */
bool where_read_event(const struct reading_room *room, guint first, guint end, struct meaning *meaning);
/* A place that those know who are written to: "im Hof", "bei mir", "Raum 112"; in [first, end) or, where it
 * is said plainly, anywhere. Caller frees; NULL: none. */
char *where_said(const struct passage *passage, guint first, guint end);
/* The same by streets that are called like ordinary things, for who has found nothing else. */
bool where_read_words(const struct reading_room *room, struct meaning *meaning);
/* The point of a photo that says where it was taken; goes before what the text says. False: none, or it lies
 * outside the regions. */
bool where_read_photo(const struct reading_room *room, struct meaning *meaning);
/* The region a text names by itself ("in Grünau"), else the list's. Fills region only where it is unset and
 * the place is not known to lie elsewhere. */
void where_read_region(const struct reading_room *room, struct meaning *meaning);

#endif
