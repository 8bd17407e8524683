/* Points in a text: coordinates as people and telephones write them, links to maps, geo: URIs (RFC 5870).
 * Nothing is looked up; a link that only a server could resolve is no point. */
#ifndef TEXT_PLACES_POINTS_H
#define TEXT_PLACES_POINTS_H

#include <glib.h>
#include <stdbool.h>

struct point_found {
  gsize begin, end; /* bytes */
  double lat, lon;
};
/* struct point_found, in order. `text` is UTF-8. Never NULL; caller unrefs. */
GArray *points_find(const char *text);

#endif
