/* What is said of an event besides what, when and where: "höchstens 20 Leute", "bitte Becher mitbringen".
 * Read from the mail that calls together, where nothing is said yet, and from the organiser's answer to the
 * draft, where it replaces what was there. */
#include "lists/events/event.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/text/facts/numbers.h"
#include "lib/text/phrases.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 100000, BRING_CHARACTERS = 300, EACH_LEXEMES = 3, BETWEEN = 3, NUMBER_LEXEMES = 3 };

/* ---- how many ---- */

static bool is_at(const struct passage *passage, const char *tag, guint at)
{
  return passage_at(passage, phrases_tag(tag), at) != NULL;
}

/* The number that begins at a lexeme: of places; 0: none. */
static int places_at(const struct passage *passage, guint at, guint *end)
{
  struct number number;
  if (!number_at(passage, at, &number) || number.is_ordinal) return 0;
  int places = number.value > 0 && number.value <= PLACES_MAX ? (int)number.value : 0;
  if (number.value > places || number.value < places) return 0; /* "anderthalb" */
  *end = number.end;
  return places;
}

/* The first number within a hit. */
static int places_within(const struct passage *passage, const struct phrase_hit *hit, guint *end)
{
  for (guint at = hit->first; at < hit->end; at++) {
    int places = places_at(passage, at, end);
    if (places) return places;
  }
  return 0;
}

/* The number behind a hit, over a full stop of "max." and a colon. */
static int places_behind(const struct passage *passage, const struct phrase_hit *hit, guint *end)
{
  const struct lexemes *l = passage->lexemes;
  guint at = hit->end;
  for (int i = 0; i < BETWEEN && at < l->count; i++)
    if (lexeme_is(&l->at[at], ".") || lexeme_is(&l->at[at], ":") ||
        is_at(passage, "event.capacity-about", at))
      at++;
  return at < l->count ? places_at(passage, at, end) : 0;
}

/* The number right before a hit: "zwölf Plätze frei". */
static int places_before(const struct passage *passage, const struct phrase_hit *hit, guint *first)
{
  for (guint back = 1; back <= NUMBER_LEXEMES && back <= hit->first; back++) {
    guint end, at = hit->first - back;
    int places = places_at(passage, at, &end);
    if (!places || end != hit->first) continue;
    *first = at;
    return places;
  }
  return 0;
}

/* Is the number one of each that comes: "pro Person höchstens 2", "max. 2 Personen pro Haushalt"? */
static bool is_of_each(const struct passage *passage, guint first, guint end)
{
  const struct lexemes *l = passage->lexemes;
  for (guint i = 1; i <= EACH_LEXEMES && i <= first && !lexeme_is(&l->at[first - i], ","); i++)
    if (is_at(passage, "event.capacity-each", first - i)) return true;
  for (guint at = end; at < MIN(end + EACH_LEXEMES, l->count) && !lexeme_is(&l->at[at], ","); at++)
    if (is_at(passage, "event.capacity-each", at)) return true;
  return false;
}

static bool is_noun(const struct lexeme *lexeme)
{
  return lexeme->kind == LEXEME_WORD && lexeme->is_capital && !lexeme->begins_sentence;
}

/* What stands behind the number: people or places, perhaps behind one word more ("freie Plätze"); or, where
 * the words say it all, nothing else that is counted. */
static bool counts_people(const struct passage *passage, guint end, const char *value)
{
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *who = passage_at(passage, phrases_tag("event.capacity-who"), end);
  bool has_more = end + 1 < l->count && l->at[end].kind == LEXEME_WORD && !is_noun(&l->at[end]);
  if (!who && has_more) who = passage_at(passage, phrases_tag("event.capacity-who"), end + 1);
  if (strstr(value, "places")) return who && strcmp(who->value, "places") == 0;
  if (who) return true;
  if (!strstr(value, "sure")) return false;
  return end >= l->count || (!is_noun(&l->at[end]) && !is_at(passage, "event.capacity-not", end));
}

/* What one hit says. Its value: where the number stands ("behind" or "before" it; else within), that only
 * places are meant ("places"), or that nothing need be named ("sure"). */
static int places_of(const struct passage *passage, const struct phrase_hit *hit)
{
  guint first = hit->first, end = hit->end, from, to;
  bool is_before = strstr(hit->value, "before") != NULL, is_behind = strstr(hit->value, "behind") != NULL;
  int places = is_before   ? places_before(passage, hit, &first)
               : is_behind ? places_behind(passage, hit, &end)
                           : places_within(passage, hit, &end);
  if (!places || (!is_before && !counts_people(passage, end, hit->value))) return 0;
  passage_sentence(passage, hit->first, &from, &to);
  if (span_find(passage, "event.capacity-past", from, to)) return 0;
  return is_of_each(passage, first, MAX(end, hit->end)) ? 0 : places;
}

/* How many may come; 0: it says nothing of that. */
static int places_said(const struct passage *passage)
{
  guint tag = phrases_tag("event.capacity");
  int places = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit && !places;
       hit = passage_find(passage, tag, hit->first + 1))
    places = places_of(passage, hit);
  return places;
}

/* ---- what to bring ---- */

/* What to bring, without the words around it: the value of a phrase counts those before. Caller frees; NULL:
 * it says nothing of that. */
static char *bring_said(const struct passage *passage)
{
  guint tag = phrases_tag("event.please_bring");
  const struct phrase_hit *hit = passage_find(passage, tag, 0), *next;
  if (!hit) return NULL;
  while ((next = passage_find(passage, tag, hit->first + 1)) && next->first < hit->end) hit = next;
  guint first = hit->first + (guint)strtoul(hit->value, NULL, 10);
  if (first + 1 >= hit->end) return NULL;
  char *words = passage_text(passage, first, hit->end - 1);
  if (g_utf8_strlen(words, -1) <= BRING_CHARACTERS && *g_strstrip(words)) return words;
  g_free(words);
  return NULL;
}

bool event_take_words(struct event *event, const struct passage *passage, bool replaces)
{
  int places = places_said(passage);
  g_autofree char *bring = bring_said(passage);
  bool is_place = places && places != event->capacity && (replaces || !event->capacity);
  bool is_bring = bring && strcmp(bring, event->bring) != 0 && (replaces || !*event->bring);
  if (is_place) event->capacity = places;
  if (is_bring) {
    g_free(event->bring);
    event->bring = g_steal_pointer(&bring);
  }
  return is_place || is_bring;
}
