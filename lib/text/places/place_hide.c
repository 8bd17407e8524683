/* The words of a street's name are a name: "Beelitzer Weg" asks nobody to take anything away, "August-Bebel-
 * Straße" is no month, "Müggelheimer Damm" no bin. Called once a mail, when its places are known and before
 * anything else is read in it.
 *
 * Landmarks keep their words: in "Spielplatz Rodelberg: Schaukel kaputt" the playground counts. So do the
 * small words that a place begins with ("gegenüber", "an der"). */
#include "lib/text/places/places.h"

static void mark_name(const struct place_found *place, const struct lexemes *l, guint8 *is_name)
{
  guint first = place->first;
  while (first < place->end && l->at[first].kind == LEXEME_WORD && !l->at[first].is_capital) first++;
  for (guint i = first; i < place->end; i++) is_name[i] = 1;
}

void places_hide(const GArray *places, struct passage *passage)
{
  guint8 *is_name = NULL;
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *place = &g_array_index(places, struct place_found, i);
    bool is_street = place->source == PLACE_BY_ADDRESS || place->source == PLACE_BY_CROSSING;
    bool is_sure = place->is_certain || place->house > 0; /* "Für alle" looks like an Allee with a typo */
    if (!is_street || !is_sure || place->is_outside || place->end <= place->first) continue;
    if (!is_name) is_name = g_new0(guint8, passage->lexemes->count + 1);
    mark_name(place, passage->lexemes, is_name);
  }
  if (is_name) passage_forget(passage, is_name, "place.");
}
