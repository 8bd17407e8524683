/* Places in human words: streets and numbers in all spellings, crossings, ranges of house numbers, "gegenüber
 * von", "zwischen A und B", stations, parks, schools, shops, coordinates, links to maps. Sections place.* of
 * the tables; names from the gazetteer. */
#ifndef TEXT_PLACES_PLACES_H
#define TEXT_PLACES_PLACES_H

#include "lib/text/phrases.h"
#include "lib/text/places/gazetteer.h"

enum place_source {
  PLACE_BY_COORDINATES,
  PLACE_BY_ADDRESS,
  PLACE_BY_CROSSING,
  PLACE_BY_LANDMARK,
  PLACE_BY_EXIF
};
const char *
place_source_word(enum place_source source); /* "coordinates", "address", "crossing", "landmark", "exif" */

struct place_found {
  guint first, end;   /* lexemes [first, end); both 0 for a place that is not in the text */
  char *text;         /* as found, trimmed */
  const char *region; /* of the gazetteer; NULL: unknown or outside */
  bool has_point;
  double lat, lon; /* WGS 84 */
  enum place_precision precision;
  enum place_source source;
  bool is_outside; /* names another district or town ("in Neukölln"), or a point outside all regions */
  bool is_certain; /* the gazetteer knows it, or it is a point; false: looks like a street or landmark only */
  guint candidates; /* several places may be meant: how many (up to three) */
  int house;        /* 0: none */
  guint street;     /* for places_prefer; 0: not a street of the gazetteer */
};
void place_found_clear(struct place_found *found);

/* struct place_found, in order. `gazetteer` may be NULL. Never NULL; caller unrefs. */
GArray *places_find(const struct passage *passage, const struct gazetteer *gazetteer);
/* The same, and streets that are called like ordinary things ("in der Freiheit", "auf dem Alten Markt"): for
 * who must know where and has found nothing else. */
GArray *places_find_words(const struct passage *passage, const struct gazetteer *gazetteer);
/* Makes the words of streets' names mean nothing else in this passage: whoever lives in the Beelitzer Weg
 * does not want to be taken off ("weg"), and the August-Bebel-Straße is no month. */
void places_hide(const GArray *places, struct passage *passage);
/* Where streets of one name lie in several regions and the text does not say which, the one in this region is
 * taken (that of the list written to). NULL and unknown names change nothing. */
void places_prefer(GArray *places, const struct gazetteer *gazetteer, const char *region);
/* The same by the first postcode of a text: the sender's address below the mail. */
void places_prefer_postcode(GArray *places, const struct gazetteer *gazetteer, const char *address);
/* The one that says best where something is: coordinates, then an address with its number, a
 * crossing, a known landmark or street, then regions and what only looks like a place. NULL: none. */
const struct place_found *places_best(const GArray *places);

#endif
