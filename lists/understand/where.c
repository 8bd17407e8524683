/* Where something is. The text's facts are found once for the whole mail; the subject is looked at when the
 * text names no place, since "Laterne kaputt Dörpfeldstr. 46" is often all of it. A photo goes first: it was
 * taken there. */
#include "lists/understand/where.h"

#include <string.h>

static void fill(const struct place_found *place, struct meaning *meaning)
{
  g_free(meaning->place);
  g_free(meaning->region);
  meaning->place = place->text && *place->text ? g_strdup(place->text) : NULL;
  meaning->region = place->is_outside ? NULL : g_strdup(place->region);
  meaning->has_point = place->has_point;
  meaning->lat = place->lat;
  meaning->lon = place->lon;
  meaning->place_source = place_source_word(place->source);
}

/* The subject's best place into the meaning. False: it names none. */
static bool read_subject(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(GArray) places = places_find(room->subject, room->gazetteer);
  const struct place_found *best = places_best(places);
  if (best) fill(best, meaning);
  return best != NULL;
}

bool where_read(const struct reading_room *room, struct meaning *meaning)
{
  const struct place_found *best = places_best(room->places);
  if (!best) return room->subject && read_subject(room, meaning);
  fill(best, meaning);
  /* "vor der Kita" below "Laterne Dörpfeldstr. 46": the subject knows where */
  if (best->has_point || best->is_outside || room->context != CONTEXT_NONE) return true;
  g_autoptr(GArray) of_subject = places_find(room->subject, room->gazetteer);
  const struct place_found *other = places_best(of_subject);
  if (other && other->has_point && !other->is_outside) fill(other, meaning);
  return true;
}

/* The best of the places in [first, end); NULL: none. It lives as long as the room's. */
static const struct place_found *best_within(const struct reading_room *room, guint first, guint end)
{
  g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(struct place_found));
  g_autoptr(GArray) at = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint i = 0; i < room->places->len; i++) {
    const struct place_found *place = &g_array_index(room->places, struct place_found, i);
    if (place->first < first || place->end > end || place->is_outside) continue;
    g_array_append_val(near, *place);
    g_array_append_val(at, i);
  }
  const struct place_found *best = places_best(near);
  if (!best) return NULL;
  guint index = (guint)(best - (const struct place_found *)(const void *)near->data);
  return &g_array_index(room->places, struct place_found, g_array_index(at, guint, index));
}

bool where_read_event(const struct reading_room *room, guint first, guint end, struct meaning *meaning)
{
  const struct place_found *best = places_best(room->places), *near = best_within(room, first, end);
  bool is_as_good = near && (near->has_point || !best->has_point) && (near->house || !best->house) &&
                    (near->precision != PLACE_AREA || best->precision == PLACE_AREA);
  if (!is_as_good) return where_read(room, meaning);
  fill(near, meaning);
  return true;
}

/* Behind "Raum" stands its number, and behind one such place perhaps another: "bei mir im Garten". */
static guint end_of_said(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  const guint tag = phrases_tag("event.at");
  guint end = hit->end;
  bool takes_number = strstr(hit->value, "number") != NULL;
  if (takes_number && end < l->count && l->at[end].kind == LEXEME_DIGITS) end++;
  for (const struct phrase_hit *next = passage_at(passage, tag, end); next;
       next = passage_at(passage, tag, end))
    end = next->end;
  return end;
}

/* One that is said so that it may be meant. */
static bool is_whole_place(const struct passage *passage, const struct phrase_hit *hit)
{
  bool needs_number = strstr(hit->value, "number") != NULL, has_room = hit->end < passage->lexemes->count;
  return !needs_number || (has_room && passage->lexemes->at[hit->end].kind == LEXEME_DIGITS);
}

char *where_said(const struct passage *passage, guint first, guint end)
{
  const guint tag = phrases_tag("event.at");
  for (const struct phrase_hit *hit = passage_find(passage, tag, first); hit && hit->first < end;
       hit = passage_find(passage, tag, hit->first + 1))
    if (is_whole_place(passage, hit)) return passage_text(passage, hit->first, end_of_said(passage, hit));
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (!*hit->value) return passage_text(passage, hit->first, end_of_said(passage, hit));
  return NULL;
}

bool where_read_words(const struct reading_room *room, struct meaning *meaning)
{
  if (!room->gazetteer || gazetteer_is_empty(room->gazetteer)) return false;
  g_autoptr(GArray) places = places_find_words(room->passage, room->gazetteer);
  places_prefer(places, room->gazetteer, room->list_region);
  places_prefer_postcode(places, room->gazetteer, room->mail->signature);
  const struct place_found *best = places_best(places);
  if (best) fill(best, meaning);
  return best != NULL;
}

bool where_read_photo(const struct reading_room *room, struct meaning *meaning)
{
  for (guint i = 0; i < room->mail->attachments->len; i++) {
    const struct mail_attachment *photo = g_ptr_array_index(room->mail->attachments, i);
    if (!photo->has_point) continue;
    bool is_known = room->gazetteer && !gazetteer_is_empty(room->gazetteer);
    const char *region = is_known ? gazetteer_region_of(room->gazetteer, photo->lat, photo->lon) : NULL;
    if (is_known && !region) continue;
    meaning->has_point = true;
    meaning->lat = photo->lat;
    meaning->lon = photo->lon;
    meaning->place_source = place_source_word(PLACE_BY_EXIF);
    g_free(meaning->region);
    meaning->region = g_strdup(region);
    return true;
  }
  return false;
}

void where_read_region(const struct reading_room *room, struct meaning *meaning)
{
  bool is_outside = false;
  for (guint i = 0; i < room->places->len && !meaning->region; i++) {
    const struct place_found *place = &g_array_index(room->places, struct place_found, i);
    is_outside |= place->is_outside;
    if (!place->is_outside && place->region) meaning->region = g_strdup(place->region);
  }
  if (!meaning->region && !is_outside && room->list_region) meaning->region = g_strdup(room->list_region);
}
