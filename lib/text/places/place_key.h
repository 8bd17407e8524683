/* Keys of names of places: what stays of "Karl-Marx-Straße", "karl marx str." and "Karl-Marx-Strasse" when
 * spelling is taken off. A key is the folded words one behind the other, without blanks and hyphens, endings
 * that are abbreviated made one; Cyrillic letters as a German would write their sound. */
#ifndef TEXT_PLACES_PLACE_KEY_H
#define TEXT_PLACES_PLACE_KEY_H

#include "lib/text/lexemes.h"

enum { PLACE_KEY_BYTES = 64 }; /* longer names are cut */

struct place_key {
  char text[PLACE_KEY_BYTES];
  gsize size;
};

/* Puts a word, digits as they are; marks are nothing. `word` is folded. False: there was no room. */
bool place_key_add(struct place_key *key, const char *folded);
/* The key of a whole name. */
void place_key_of(struct place_key *key, const char *name);
/* Letters in it as bits: two keys that differ in one letter differ in at most two bits. */
uint32_t place_key_letters(const char *key);

/* How many bytes of a key are the ending that says "this is a street" ("str", "allee", "weg"); 0: none. */
gsize place_key_ending(const char *key, gsize size);

/* Insertions, deletions, changes and swaps of neighbours between two keys; `limit` + 1 where there are more
 * than `limit` (at most 3). */
guint place_key_distance(const char *a, gsize a_size, const char *b, gsize b_size, guint limit);

#endif
