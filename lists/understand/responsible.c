/* Who looks after a defect, as Berlin divides it: traffic lights and street lighting are the state's,
 * stations the railway's or the BVG's, drains the water company's, bins and winter service the city
 * cleaning's, and what lies on somebody's own ground is theirs. All else is the district's. Words that name a
 * place decide before the category: a lamp at a bus stop is still a lamp, but an escalator is its station's.
 */
#include "lists/understand/responsible.h"

#include <string.h>

static const struct {
  const char *category, *responsible;
} by_category[] = {
  { "traffic_light", "land" }, { "lamp", "land" },        { "bin", "bsr" },  { "ice", "bsr" },
  { "bridge", "land" },        { "scooter", "anbieter" }, { "stop", "bvg" },
};

/* Categories that go to the station they are at. */
static const char *const of_station[] = { "escalator", "stop", "bench", "sign", "waste", "graffiti", NULL };

static const char *keep(const char *word)
{
  static const char *const words[] = { "db", "bvg", "privat", "bwb", "bsr", "land", "polizei" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i], word) == 0) return words[i];
  return NULL;
}

/* Whom the words of a passage name: private ground first, then a railway station, then the BVG's, water. */
static const char *named_in(const struct passage *passage)
{
  static const char *const order[] = { "privat", "db", "bvg", "bwb", "bsr", "land" };
  guint tag = phrases_tag("defect.responsible"), best = G_N_ELEMENTS(order);
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end))
    for (guint i = 0; i < best; i++)
      if (strcmp(order[i], hit->value) == 0) best = i;
  return best < G_N_ELEMENTS(order) ? keep(order[best]) : NULL;
}

const char *responsible_for(const struct reading_room *room, const char *category)
{
  const char *named = named_in(room->passage);
  if (!named) named = named_in(room->subject);
  if (named && strcmp(named, "privat") == 0) return named;
  bool is_station = named && (strcmp(named, "db") == 0 || strcmp(named, "bvg") == 0);
  bool is_of_station = category && g_strv_contains(of_station, category);
  if (named && (!is_station || is_of_station) && !(category && strcmp(category, "lamp") == 0)) return named;
  for (gsize i = 0; category && i < G_N_ELEMENTS(by_category); i++)
    if (strcmp(by_category[i].category, category) == 0) return by_category[i].responsible;
  return category ? "bezirk" : NULL;
}
