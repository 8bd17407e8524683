/* Defects in public space: what is wrong, where, how urgent, who looks after it, and whether somebody else's
 * data stand in the report. The category is the most specific word of the text: "auf dem Gehweg liegt
 * Sperrmüll" is about waste. */
#include "lists/understand/responsible.h"
#include "lists/understand/where.h"

#include "lib/text/facts/personal.h"

#include <string.h>

enum { CATEGORIES_MAX = 16, HITS_MAX = 200 };

/* Categories that often only say where ("auf dem Gehweg", "an der Haltestelle", "im Wasser"), or what stands
 * around; they count when nothing else does. */
static const char *const background[] = { "pavement", "stop",  "tree",    "bike",    "bridge",
                                          "sign",     "water", "bollard", "parking", NULL };

struct candidate {
  const char *category;
  int points;
};

/* Points for one more word of a category. */
static void count(struct candidate *candidates, const char *category, int points)
{
  for (guint i = 0; i < CATEGORIES_MAX; i++) {
    if (candidates[i].category && strcmp(candidates[i].category, category) != 0) continue;
    candidates[i].category = category;
    candidates[i].points += points;
    return;
  }
}

/* Whether a lexeme stands behind "auf dem", "an der", "neben": it says where. */
static bool says_where(const struct lexemes *l, guint at)
{
  static const char *const words[] = { "auf", "an",    "am",  "im",  "in",    "neben", "vor", "hinter",
                                       "bei", "unter", "vom", "zum", "ueber", "aus",   NULL };
  for (guint back = 1; back <= 2 && back <= at; back++)
    if (g_strv_contains(words, l->at[at - back].folded)) return true;
  return false;
}

static void count_passage(const struct passage *passage, struct candidate *candidates, int weight)
{
  guint category = phrases_tag("defect.category"), plain = phrases_tag("defect.plain");
  guint from = 0;
  for (guint i = 0; i < HITS_MAX; i++) {
    const struct phrase_hit *hit = passage_find(passage, category, from);
    if (!hit) break;
    bool is_background = g_strv_contains(background, hit->value);
    int points = is_background ? 2 : 4;
    if (passage_at(passage, plain, hit->first)) points += 4;
    if (says_where(passage->lexemes, hit->first)) points = 1;
    count(candidates, hit->value, points * weight);
    from = hit->end;
  }
}

/* The category; NULL: none was named. The subject's words count twice, people put the matter there. */
static const char *find_category(const struct reading_room *room)
{
  struct candidate candidates[CATEGORIES_MAX] = { 0 };
  count_passage(room->passage, candidates, 1);
  if (room->context == CONTEXT_NONE) count_passage(room->subject, candidates, 2);
  const struct candidate *best = NULL;
  for (guint i = 0; i < CATEGORIES_MAX && candidates[i].category; i++)
    if (!best || candidates[i].points > best->points) best = &candidates[i];
  return best ? best->category : NULL;
}

/* Whether a lamp is spoken of in the sentence that a lexeme stands in. */
static bool is_of_lamp(const struct passage *passage, guint at)
{
  static const char *const lamps[] = { "lamp", "traffic_light", NULL };
  guint category = phrases_tag("defect.category"), first, end;
  passage_sentence(passage, at, &first, &end);
  const struct phrase_hit *hit = passage_find(passage, category, first);
  for (; hit && hit->first < end; hit = passage_find(passage, category, hit->end))
    if (g_strv_contains(lamps, hit->value)) return true;
  return false;
}

/* Fire: what burns, unless it is a lamp, which does so for a living. */
static bool is_on_fire(const struct passage *passage)
{
  enum { PLACES = 20 };
  guint tag = phrases_tag("defect.fire"), from = 0;
  for (guint i = 0; i < PLACES; i++) {
    const struct phrase_hit *hit = passage_find(passage, tag, from);
    if (!hit) return false;
    if (!g_str_equal(hit->value, "no") && !is_of_lamp(passage, hit->first)) return true;
    from = hit->end;
  }
  return false;
}

bool read_urgency(const struct passage *passage)
{
  if (is_on_fire(passage)) return true;
  return passage_has(passage, "defect.danger") && !passage_has(passage, "defect.not_danger");
}

/* "Mein Nachbar ist dement": somebody's health, and somebody else is spoken of. */
static bool is_of_others_health(const struct reading_room *room)
{
  return room->personal & PERSONAL_HEALTH &&
         (passage_has(room->passage, "personal.relation") || passage_has(room->passage, "people.kin"));
}

void read_defect(const struct reading_room *room, struct meaning *meaning)
{
  meaning->category = g_strdup(find_category(room));
  meaning->urgent =
      read_urgency(room->passage) || (room->context == CONTEXT_NONE && read_urgency(room->subject));
  bool has_place = where_read(room, meaning) || where_read_words(room, meaning);
  bool is_sure = has_place && meaning->place_source &&
                 strcmp(meaning->place_source, place_source_word(PLACE_BY_COORDINATES)) == 0;
  /* coordinates somebody wrote are meant; a photo goes before streets, the street's name stays */
  if (!is_sure && where_read_photo(room, meaning)) has_place = true;
  /* "auf dem Spielplatz": there are sixty of them */
  bool is_anywhere = !meaning->has_point && !meaning->region && meaning->place_source &&
                     strcmp(meaning->place_source, place_source_word(PLACE_BY_LANDMARK)) == 0;
  meaning->responsible = responsible_for(room, meaning->category);
  unsigned third = PERSONAL_PLATE | PERSONAL_PERSON | PERSONAL_FACE | PERSONAL_ADDRESS;
  meaning->third_party = (room->personal & third) != 0 || is_of_others_health(room);
  if (!has_place || is_anywhere) g_ptr_array_add(meaning->missing, g_strdup("place"));
}
