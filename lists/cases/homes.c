/* Where people live, in a question to an office. "Ich wohne Dahmestraße 8": neither the public nor the office
 * needs the number to answer about the playground there; the street stays, since it often says where the
 * matter is. A number counts as a home's beside a word of living (case.home) or behind the name of a person.
 * Called by text.c before names are taken out. An office that needs the number asks back; a home that is
 * once published cannot be taken back, so in doubt the number goes. */
#include "lists/cases/case.h"

#include "lib/text/facts/personal.h"
#include "lib/text/places/places.h"

#include <string.h>

enum { CLOSE = 3, BEFORE = 8, BEHIND = 4, PERSON_BEFORE = 6 };

static bool has_comma(const struct lexemes *l, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    if (lexeme_is(&l->at[i], ",") || lexeme_is(&l->at[i], ";")) return true;
  return false;
}

/* Do words of living stand beside the place, in its clause? */
static bool is_lived_in(const struct passage *passage, const struct place_found *place)
{
  const struct lexemes *l = passage->lexemes;
  guint tag = phrases_tag("case.home"), first, end;
  passage_sentence(passage, place->first, &first, &end);
  for (guint at = first; at < place->first; at++) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    if (!hit || hit->end > place->first) continue;
    guint between = place->first - hit->end;
    if (between <= CLOSE || (between <= BEFORE && !has_comma(l, hit->end, place->first))) return true;
  }
  for (guint at = place->end; at < MIN(end, place->end + BEHIND); at++) {
    if (has_comma(l, at, at + 1)) return false;
    if (passage_at(passage, tag, at)) return true;
  }
  return false;
}

/* "Herr Schmidt aus der Regattastraße 14" */
static bool is_of_person(const GArray *spans, const struct place_found *place)
{
  for (guint i = 0; i < spans->len; i++) {
    const struct personal_span *span = &g_array_index(spans, struct personal_span, i);
    if (span->kind != PERSONAL_PERSON || span->end > place->first) continue;
    if (place->first - span->end <= PERSON_BEFORE) return true;
  }
  return false;
}

/* The house number of a place: its last lexemes from the last digits on; 0: it has none. */
static guint number_of(const struct lexemes *l, const struct place_found *place)
{
  for (guint at = place->end; at > place->first + 1; at--)
    if (l->at[at - 1].kind == LEXEME_DIGITS) return at - 1;
  return 0;
}

char *case_without_homes(const struct work *work, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  const struct lexemes *l = passage->lexemes;
  g_autoptr(GArray) places = places_find(passage, work->gazetteer);
  g_autoptr(GArray) spans = personal_spans(passage);
  GString *out = g_string_new(NULL);
  gsize copied = 0;
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *place = &g_array_index(places, struct place_found, i);
    guint number = place->end > place->first ? number_of(l, place) : 0;
    if (place->source != PLACE_BY_ADDRESS || !number || l->at[number].start < copied) continue;
    if (!is_lived_in(passage, place) && !is_of_person(spans, place)) continue;
    g_string_append_len(out, l->text + copied, (gssize)(l->at[number].start - copied));
    g_string_append(out, "[Hausnummer]");
    copied = l->at[place->end - 1].end;
  }
  g_string_append(out, l->text + copied);
  return g_string_free(out, FALSE);
}

char *case_without_ages(char *text)
{
  static const char removed[] = "[Name entfernt]", own[] = "[Name]";
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = text; *p;) {
    gsize mark = g_str_has_prefix(p, removed) ? strlen(removed) : g_str_has_prefix(p, own) ? strlen(own) : 0;
    if (!mark) {
      g_string_append_c(out, *p++);
      continue;
    }
    g_string_append_len(out, p, (gssize)mark);
    p += mark;
    const char *open = p + strspn(p, " ");
    const char *close = *open == '(' && g_ascii_isdigit(open[1]) ? strpbrk(open, ")\n") : NULL;
    if (close && *close == ')') p = close + 1;
  }
  g_free(text);
  return g_string_free(g_steal_pointer(&out), FALSE);
}
