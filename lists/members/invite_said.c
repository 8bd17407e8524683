/* "Nehmt bitte tom@… auf", "Meine Nachbarin lisa@… möchte auch mitmachen": an invitation that a member says
 * to the whole list, or to us in other words than "einladen". It must be a short mail with an address, and
 * say in one sentence that somebody else comes into the list. Called by wishes.c and by the groups' second
 * thoughts.
 *
 * What surprised us: most sentences with "mitmachen" and an address are calls ("Wer mitmachen möchte,
 * schreibt an chor@…"), and those are posts. */
#include "lists/members/members.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/mail/read.h"

#include <string.h>

enum { WORDS_MAX = 50 };

/* Does an address stand in these lexemes? */
static bool has_address(const struct passage *passage, guint first, guint end)
{
  for (guint at = first; at < end; at++)
    if (lexeme_is(&passage->lexemes->at[at], "@")) return true;
  return false;
}

static enum invite_said said_in(const struct passage *passage, const struct clause *in)
{
  if (clause_find(passage, "invite.not", in)) return INVITE_NOT_SAID;
  if (clause_find(passage, "invite.do", in) || clause_find(passage, "invite.joins", in)) return INVITE_SAID;
  const struct phrase_hit *take = clause_find(passage, "invite.take", in);
  if (!take) return INVITE_NOT_SAID;
  if (span_find(passage, "invite.in", take->end, in->end)) return INVITE_SAID;
  const struct phrase_hit *half = span_find(passage, "invite.particle", take->end, in->end), *last = half;
  while ((half = half ? span_find(passage, "invite.particle", half->first + 1, in->end) : NULL)) last = half;
  if (!last) return INVITE_NOT_SAID;
  return has_address(passage, take->end, last->first) ? INVITE_SAID : INVITE_MAYBE_SAID;
}

enum invite_said invite_said(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!it || !strchr(arrival->mail->text_new, '@')) return INVITE_NOT_SAID;
  const struct passage *passage = it->passage;
  if (passage_words(passage, 0, passage->lexemes->count) > WORDS_MAX) return INVITE_NOT_SAID;
  enum invite_said said = INVITE_NOT_SAID;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++)
    said = MAX(said, said_in(passage, &g_array_index(sentences, struct clause, i)));
  if (said != INVITE_SAID) return said;
  return it->dates->len > 0 || passage_has(passage, "invite.other") ? INVITE_MAYBE_SAID : INVITE_SAID;
}

bool invite_is_to_event(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  if (!it) return false;
  if (passage_has(it->passage, "invite.occasion")) return true;
  if (passage_has(it->passage, "invite.into")) return false;
  bool has_day = false;
  for (guint i = 0; i < it->dates->len; i++)
    has_day |= !g_array_index(it->dates, struct date_found, i).is_past;
  return has_day || it->meaning->intent == INTENT_EVENT;
}
