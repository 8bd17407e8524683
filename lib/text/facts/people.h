/* How many come: "zu dritt", "wir kommen mit 4 Personen", "meine Frau und ich", "plus Kind", "nur ich", "ohne
 * mich", "count me in (plus one)", "üç kişi geliyoruz", "нас будет трое". Sections people.* of the tables. */
#ifndef TEXT_FACTS_PEOPLE_H
#define TEXT_FACTS_PEOPLE_H

#include "lib/text/phrases.h"

/* The number of people with the sender; 0 when the sender says not to come ("ohne mich"); -1 where nothing is
 * said. Of several statements the last correction counts ("zu dritt, ach nein, doch nur zu zweit"). */
int people_count(const struct passage *passage);

#endif
