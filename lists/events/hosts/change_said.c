/* Whether what a mail says is a change of this event: told, not asked ("fällt es aus?") nor weighed ("wenn
 * keiner kommt, sage ich ab"), and of the event and nothing else ("die Schule fällt aus", "der Aufbau ist am
 * Freitag"). A wrong no costs the organiser a letter that says so, a wrong yes a question. */
#include "lists/events/hosts/change_words.h"

#include <string.h>

bool change_is_asked(const struct passage *passage, const struct phrase_hit *hit)
{
  guint first, end;
  passage_sentence(passage, hit->first, &first, &end);
  return lexeme_is(&passage->lexemes->at[end], "?") ||
         (end > first && lexeme_is(&passage->lexemes->at[end - 1], "?"));
}

bool change_is_weighed(const struct passage *passage, const struct phrase_hit *hit)
{
  enum { NEAR = 8 };
  const guint open = phrases_tag("event.open");
  guint first, end;
  passage_sentence(passage, hit->first, &first, &end);
  for (const struct phrase_hit *word = passage_find(passage, open, first); word && word->first < hit->first;
       word = passage_find(passage, open, word->first + 1))
    if (!*word->value && hit->first - word->first <= NEAR) return true;
  return false;
}

bool change_weighs(const struct passage *passage)
{
  const guint open = phrases_tag("event.open");
  const struct phrase_hit *hit = passage_find(passage, open, 0);
  while (hit && *hit->value) hit = passage_find(passage, open, hit->first + 1);
  return hit != NULL;
}

/* Is a lexeme of when, of where, or of what is held? */
static bool is_known_word(const struct change_words *c, guint at)
{
  static const char *const known[] = { "word.event",  "event.any",        "event.label", "event.into",
                                       "event.state", "event.no-name",    "event.ends",  "event.instead",
                                       "event.now",   "event.from_today", "event.called" };
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *date = &g_array_index(c->dates, struct date_found, i);
    if (at >= date->first && at < date->end) return true;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
    if (passage_at(c->passage, phrases_tag(known[i]), at)) return true;
  return at > 0 && passage_at(c->passage, phrases_tag("event.into"), at - 1); /* "im Rathaus" */
}

/* A noun that is none of the event's, and does something. */
bool change_tells_of_else(const struct change_words *c)
{
  g_autoptr(passage_t) title = passage_new(c->event->title, NULL, 500);
  const struct lexemes *l = c->passage->lexemes;
  if (passage_has(c->passage, "event.we")) return false;
  for (guint at = 0; at < l->count; at++) {
    const struct lexeme *word = &l->at[at];
    bool is_noun = word->kind == LEXEME_WORD && word->is_capital && !word->begins_sentence;
    bool has_verb = at + 1 < l->count && l->at[at + 1].kind == LEXEME_WORD && !l->at[at + 1].is_capital;
    if (!is_noun || !has_verb || is_known_word(c, at)) continue;
    bool is_own = false;
    for (guint i = 0; i < title->lexemes->count; i++)
      is_own |= g_str_equal(title->lexemes->at[i].folded, word->folded);
    if (!is_own) return true;
  }
  return false;
}

/* Is what is off something else than this event: "die Schule fällt aus, das Fest nicht"? The last thing that
 * is named up to there. */
static bool is_of_other(const struct change_words *c, const struct phrase_hit *hit)
{
  static const char *const own[] = { "word.event", "event.any" };
  const guint other = phrases_tag("event.other-thing");
  guint first, end, at = 0;
  passage_sentence(c->passage, hit->first, &first, &end);
  for (const struct phrase_hit *thing = passage_find(c->passage, other, first);
       thing && thing->first < hit->end; thing = passage_find(c->passage, other, thing->first + 1)) {
    g_autofree char *words = passage_text(c->passage, thing->first, thing->end);
    if (!strstr(c->event->title, words)) at = thing->end;
  }
  for (gsize i = 0; at && i < G_N_ELEMENTS(own); i++) {
    const struct phrase_hit *named = passage_find(c->passage, phrases_tag(own[i]), at);
    if (named && named->first < hit->end) return false;
  }
  return at > 0;
}

/* "Anmelden geht nur noch bis Freitag" ends no series. */
static bool is_of_answers(const struct change_words *c, const struct phrase_hit *hit)
{
  guint first, end;
  passage_sentence(c->passage, hit->first, &first, &end);
  const struct phrase_hit *word = passage_find(c->passage, phrases_tag("event.last-day"), first);
  return word && word->first < end;
}

/* "Wir treffen uns vorher um 13 Uhr zum Aufbauen"; of another clause it may be the reason: "zum Aufbauen
 * brauchen wir Zeit, deshalb Start erst um vier". */
static bool is_beside(const struct change_words *c, const struct phrase_hit *hit)
{
  guint first, end;
  passage_sentence(c->passage, hit->first, &first, &end);
  const struct phrase_hit *beside = passage_find(c->passage, phrases_tag("event.beside"), first);
  if (!beside || beside->first >= end) return false;
  for (guint at = MIN(beside->first, hit->first); at < MAX(beside->first, hit->first); at++)
    if (lexeme_is(&c->passage->lexemes->at[at], ",")) return false;
  return true;
}

/* May a hit of "event.change" decide? What is weighed, or said of others, does not; a question only where it
 * is a wish ("können wir auf Freitag verlegen?"). */
static bool decides(const struct change_words *c, const struct phrase_hit *hit)
{
  static const char *const wishes[] = { "move", "shift", "reopen", "room", "close", NULL };
  bool is_asked = change_is_asked(c->passage, hit);
  bool is_end = strcmp(hit->value, "until") == 0 || strcmp(hit->value, "ended") == 0;
  if (strcmp(hit->value, "rest") == 0 && !*c->event->rule) return false; /* "die Küche ist zu" */
  bool is_hour = c->dates->len > 0 && !change_names_day(c);              /* "um 21 Uhr ist Schluss" */
  if (is_end && (!*c->event->rule || is_hour || is_beside(c, hit) || is_of_answers(c, hit))) return false;
  bool is_of_it = (!is_of_other(c, hit) || passage_has(c->passage, "event.we")) && !is_beside(c, hit);
  if (g_strv_contains(wishes, hit->value) && !is_of_it) return false;
  if (g_strv_contains(wishes, hit->value)) return is_asked || !change_is_weighed(c->passage, hit);
  return !is_asked && !change_is_weighed(c->passage, hit) && !is_of_other(c, hit);
}

/* A verb whose end stands far behind it: "am 13. fallen die Proben wegen Bauarbeiten in der Schule aus". */
static const struct phrase_hit *apart(const struct change_words *c)
{
  guint first, end;
  const struct phrase_hit *verb = host_first(c->passage, "event.falls");
  if (!verb) return NULL;
  passage_sentence(c->passage, verb->first, &first, &end);
  const guint out = phrases_tag("event.falls-out");
  for (const struct phrase_hit *rest = passage_find(c->passage, out, verb->end); rest && rest->first < end;
       rest = passage_find(c->passage, out, rest->first + 1)) {
    bool ends = c->passage->lexemes->at[rest->end].kind != LEXEME_WORD && /* "ab 14 Uhr" */
                c->passage->lexemes->at[rest->end].kind != LEXEME_DIGITS;
    if (ends && !passage_has(c->passage, "event.behalf-not") && decides(c, verb)) return verb;
  }
  return NULL;
}

const struct phrase_hit *change_first(const struct change_words *c)
{
  const guint tag = phrases_tag("event.change");
  const struct phrase_hit *hit = passage_find(c->passage, tag, 0);
  while (hit && !decides(c, hit)) hit = passage_find(c->passage, tag, hit->first + 1);
  return hit ? hit : apart(c);
}
