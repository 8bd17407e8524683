/* How many come: "zu dritt", "wir kommen mit 4 Personen", "meine Frau und ich", "plus Kind", "nur ich", "ohne
 * mich", "count me in (plus one)", "üç kişi geliyoruz", "нас будет трое". Sections people.* of the tables.
 *
 * Where people leave a number open, this is the guess: children, parents, friends in the plural without a number
 * are two; "mit (der ganzen) Familie" are four; "wir" with somebody is two and them ("wir kommen mit 2 Kindern": 4).
 * "mit 4 Personen" counts the sender in, "mit 4 Freunden", "noch 4 Personen", "bringe 4 Leute mit" do not. */
#ifndef TEXT_FACTS_PEOPLE_H
#define TEXT_FACTS_PEOPLE_H

#include "lib/text/phrases.h"

/* The number of people with the sender; 0 when the sender says not to come ("ohne mich"); -1 where nothing is
 * said. Of several statements the last correction counts ("zu dritt, ach nein, doch nur zu zweit"). */
int people_count(const struct passage *passage);

#endif
