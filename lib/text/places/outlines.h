/* Outlines of regions: polygons with holes, on the plane of longitude and latitude. */
#ifndef TEXT_PLACES_OUTLINES_H
#define TEXT_PLACES_OUTLINES_H

#include <glib.h>
#include <stdbool.h>

struct outline;
/* Reads a GeoJSON geometry (RFC 7946): Polygon or MultiPolygon, or bare coordinates of either, or one bare
 * ring. NULL and a sentence when it is none. */
struct outline *outline_parse(const char *geojson, GError **error);
void outline_free(struct outline *outline);
/* Exact, by counting crossings; what lies on the very edge belongs to one of two neighbours that share it. */
bool outline_holds(const struct outline *outline, double lat, double lon);
/* Middle of the box around it. */
void outline_middle(const struct outline *outline, double *lat, double *lon);

#endif
