/* A house that mediates, for tests: Clara and Dora mediate, Anna asks, her neighbour is asked. Each of
 * asked(), taken(), invited() and opened() brings a mediation that far. */
#ifndef TESTS_LISTS_MEDIATED_H
#define TESTS_LISTS_MEDIATED_H

#include "tests/unit/lists/moderated.h"

#include "lib/store/mediation/mediations.h"

static const char ANNA[] = "anna.krause@web.de", NACHBAR[] = "nachbar@example.org", CLARA[] = "clara@web.de",
                  DORA[] = "dora@web.de", HOUSE[] = "vermittlung@kiez.example";

static int64_t hours;

/* Time goes on, so that nobody answers faster than people do. */
static inline void later(int64_t some)
{
  hours += some;
  clock_fix(TEST_NOW + hours * 3600);
}

/* Clara and Dora mediate. */
static inline void house_open(struct club *club)
{
  hours = 0;
  club_open(club);
  int64_t list = town_list(&club->town, "vermittlung", "mediation", false);
  town_member(&club->town, list, CLARA, "member,moderator");
  town_member(&club->town, list, DORA, "member,moderator");
}

static inline void answer(struct club *club, const char *purpose, const char *address, const char *text)
{
  later(1);
  g_autofree char *from = g_strdup(address);
  club_answer(club, purpose, address, from, text, true);
}

static inline const char *state_of(struct club *club)
{
  static char words[40];
  g_autoptr(mediation_t) mediation = mediation_get(club->town.store, 1, NULL);
  g_strlcpy(words, mediation ? mediation->state : "none", sizeof words);
  return words;
}

static inline int count(struct club *club, const char *purpose, const char *address)
{
  return moderated_count(club, purpose, address);
}

static inline void asked(struct club *club)
{
  house_open(club);
  club_write(club, "Anna Krause <anna.krause@web.de>", HOUSE, "Streit wegen Lärm",
             "Guten Tag,\n\nStreit mit meinem Nachbarn wegen Lärm, können Sie vermitteln? Er ist ein Rüpel.",
             true);
}

static inline void taken(struct club *club)
{
  asked(club);
  later(1);
  club_answer(club, "mediate", CLARA, "Clara Conrad <clara@web.de>", "ja, ich übernehme", true);
}

static inline void invited(struct club *club)
{
  taken(club);
  answer(club, "mediation_steer", CLARA,
         "bitte anfragen: nachbar@example.org\nEs geht um laute Musik am Abend.");
}

static inline void opened(struct club *club)
{
  invited(club);
  later(1);
  club_answer(club, "mediation_invite", NACHBAR, "Bernd Nachbar <nachbar@example.org>", "Ja", true);
}

#endif
