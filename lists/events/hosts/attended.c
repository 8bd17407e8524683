/* After an event: "waren 34". The organiser was asked (event_held.md); what they answer is noted, and they
 * read how they may write to all who came, if they wish to. */
#include "lists/events/hosts/host.h"

#include "lists/understand/understand.h"

#include "lib/text/days/wall_text.h"
#include "lib/text/facts/numbers.h"
#include "lib/text/facts/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { PEOPLE_MAX = 100000, FEW_WORDS = 8 };

/* Has it begun, at least once? */
static bool has_begun(const struct organizing *o)
{
  struct wall start;
  return wall_read(o->event->starts, &start) && wall_seconds(&start, o->event->zone) <= o->work->now;
}

/* The number behind a lexeme. */
static bool number_from(const struct passage *passage, guint from, guint end, int *people)
{
  struct number number;
  for (guint at = from; at < end; at++) {
    if (!number_at(passage, at, &number) || number.is_ordinal) continue;
    if (number.value < 0 || number.value > PEOPLE_MAX) return false;
    *people = (int)number.value;
    return true;
  }
  return false;
}

/* "Waren 34", "34 waren da", "leider keiner"; once it is over, a number alone. */
static bool read_attended(const struct organizing *o, int *people)
{
  const struct passage *passage = o->arrival->understanding->passage;
  guint words = 0, first = 0, end = passage->lexemes->count;
  for (guint i = 0; i < passage->lexemes->count; i++)
    words += passage->lexemes->at[i].kind == LEXEME_WORD || passage->lexemes->at[i].kind == LEXEME_DIGITS;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.attended"), 0);
  bool is_over = strcmp(o->event->state, "over") == 0;
  if (hit && !*hit->value && !is_over) return false; /* "Plätze: 20 Teilnehmer" of a series */
  if (hit) passage_sentence(passage, hit->first, &first, &end);
  if (!hit && !(is_over && words <= FEW_WORDS)) return false;
  if (number_from(passage, first, end, people)) {
    int all = people_count(passage); /* "20 Erwachsene, 6 Kinder" */
    *people = MAX(*people, all);
    return true;
  }
  *people = 0;
  return passage_has(passage, "event.nobody");
}

bool attended_take(struct organizing *o, bool *is_taken, GError **error)
{
  int people = 0;
  *is_taken = has_begun(o) && strcmp(o->event->state, "cancelled") != 0 && read_attended(o, &people);
  if (!*is_taken) return true;
  o->event->attended = people;
  g_autoptr(value_t) values = value_new();
  g_autofree char *number = g_strdup_printf("%d", people);
  value_set_text(values, "attended", number);
  return event_put(o->work->store, o->event, error) && organizing_send(o, "event_attended", values, error) &&
         organizing_done(o, "The organiser says how many were there.");
}
