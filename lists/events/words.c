/* What is said of an event besides what, when and where: "höchstens 20 Leute", "bitte Becher mitbringen".
 * Read from the mail that calls together, where nothing is said yet, and from the organiser's answer to the
 * draft, where it replaces what was there. */
#include "lists/events/event.h"

#include "lists/understand/understand.h"

#include "lib/text/phrases.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 100000, BRING_CHARACTERS = 300 };

/* How many may come; 0: it says nothing of that. */
static int places_said(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.capacity"), 0);
  for (guint i = hit ? hit->first : 0; hit && i < hit->end; i++) {
    const struct lexeme *lexeme = &passage->lexemes->at[i];
    if (lexeme->kind == LEXEME_DIGITS && lexeme->number > 0 && lexeme->number <= PLACES_MAX)
      return (int)lexeme->number;
  }
  return 0;
}

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
