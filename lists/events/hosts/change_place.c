/* Where an event is instead, from words of its organiser: "wir treffen uns jetzt im Mellowpark", "Ort hat
 * sich geändert, nun Rathaus Köpenick"; and what weather does to it ("bei Regen im Gemeindesaal"), which is
 * said beside the place, since nobody knows the weather yet. */
#include "lists/events/hosts/change_words.h"

#include "lists/video/words.h"

#include "lib/text/places/places.h"

#include <string.h>

enum { PLACE_WORDS = 8, PLACE_CHARACTERS = 300, WEATHER_WORDS = 14 };

static void set_place(struct event *event, const char *place)
{
  g_autofree char *stripped = g_strstrip(g_strdup(place));
  g_free(event->place);
  event->place = g_utf8_substring(stripped, 0, MIN(g_utf8_strlen(stripped, -1), PLACE_CHARACTERS));
  video_take_link(event);
}

static bool is_within_date(const GArray *dates, guint at)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (date->first <= at && date->end > at) return true;
  }
  return false;
}

/* "… ins Rathaus": the words behind a preposition up to the sentence's end, where no place is known. */
static bool words_of_place(const struct change_words *c, guint from)
{
  const struct passage *passage = c->passage;
  guint first, end, at = 0, tag = phrases_tag("event.into");
  passage_sentence(passage, from, &first, &end);
  for (const struct phrase_hit *hit = passage_find(passage, tag, first); hit && hit->first < end;
       hit = passage_find(passage, tag, hit->first + 1))
    if (passage->lexemes->at[hit->end].is_capital &&
        !passage_at(passage, phrases_tag("date.weekday"), hit->end))
      at = hit->end;
  if (!at || is_within_date(c->dates, at)) return false;
  guint to = at;
  while (to < end && to - at < PLACE_WORDS && passage->lexemes->at[to].kind != LEXEME_BREAK &&
         !passage_at(passage, phrases_tag("event.change"), to) &&
         (passage->lexemes->at[to].kind != LEXEME_MARK || strchr("-", passage->lexemes->at[to].folded[0])))
    to++;
  g_autofree char *words = passage_text(passage, at, to);
  if (!*words) return false;
  c->event->has_point = false;
  set_place(c->event, words);
  return true;
}

bool change_place(const struct change_words *c, guint from)
{
  g_autoptr(GArray) places = places_find(c->passage, c->work->gazetteer);
  const struct place_found *best = places_best(places);
  if (!best || !best->text) return words_of_place(c, from);
  set_place(c->event, best->text);
  c->event->has_point = best->has_point && !best->is_outside;
  c->event->lat = best->lat;
  c->event->lon = best->lon;
  return true;
}

char *change_place_known(const struct change_words *c)
{
  g_autoptr(GArray) places = places_find(c->passage, c->work->gazetteer);
  const struct place_found *best = places_best(places);
  return best && best->text ? g_strdup(best->text) : NULL;
}

bool change_weather(const struct change_words *c)
{
  const struct phrase_hit *hit = host_first(c->passage, "event.weather");
  guint first, end;
  if (!hit || passage_asks(c->passage)) return false;
  passage_sentence(c->passage, hit->first, &first, &end);
  const struct lexemes *l = c->passage->lexemes;
  guint words = passage_words(c->passage, hit->first, end);
  bool is_first = hit->first == first || l->at[hit->first - 1].kind == LEXEME_MARK;
  guint from = is_first ? hit->first : first; /* "wir gehen bei Regen rein" is told whole */
  if (words < 2 && is_first) return false;
  while (end > from && l->at[end - 1].kind == LEXEME_MARK) end--;
  if (passage_words(c->passage, from, end) > WEATHER_WORDS) return false;
  g_autofree char *said = passage_text(c->passage, from, end);
  const char *paren = strchr(c->event->place, '('); /* what was said of the weather before */
  g_autoptr(passage_t) before = paren ? passage_new(paren, c->passage->language, 500) : NULL;
  bool is_again = before && passage_has(before, "event.weather");
  g_autofree char *place =
      is_again ? g_strndup(c->event->place, (gsize)(paren - c->event->place)) : g_strdup(c->event->place);
  g_strstrip(place);
  gunichar letter = g_utf8_get_char(said);
  g_autoptr(GString) both = g_string_new(*place ? place : "");
  g_string_append(both, *place ? " (" : "");
  g_string_append_unichar(both, *place ? g_unichar_tolower(letter) : letter);
  g_string_append(both, g_utf8_next_char(said));
  g_string_append(both, *place ? ")" : "");
  set_place(c->event, both->str);
  return true;
}
