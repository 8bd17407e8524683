/* Was whoever asked after facts ("Darf man dort grillen?", "Wer legt die Haltestellen fest?") or after a deed
 * ("Wann wird der Poller ersetzt?")? The words of an answer look the same: "nicht erlaubt", "von 8 bis 20
 * Uhr", "wurden gefällt". To the first the answer is all there is, and such words are no state of the matter;
 * a page must not say "abgelehnt" of a rule. Called by read.c.
 *
 * What is not plainly a question of facts is none: then the words count as in any answer. */
#include "lists/cases/replies/reply.h"

#include "lists/understand/answers/clauses.h"

#include "lib/base/fault.h"

#include <string.h>

enum { READ_BYTES = 16 * 1024, STATE_WORDS = 2 };

static bool has(const struct passage *passage, const char *tag, const struct clause *sentence)
{
  return clause_find(passage, tag, sentence) != NULL;
}

/* Something is told to be broken: "steht", "liegt" (value "1") alone do not say so. */
static bool tells_of_defect(const struct passage *passage, const struct clause *sentence)
{
  const struct phrase_hit *hit = clause_find(passage, "word.defect", sentence);
  for (; hit; hit = span_find(passage, "word.defect", hit->first + 1, sentence->end))
    if (!*hit->value) return true;
  return false;
}

static bool asks_for_fact(const struct passage *passage, const struct clause *sentence)
{
  return has(passage, "case.fact-question", sentence) || has(passage, "case.why-question", sentence) ||
         (has(passage, "case.fact-lead", sentence) && has(passage, "case.fact-word", sentence));
}

/* "Wann wird … ersetzt?", "Können Sie … aufstellen?", "Warum ist sie noch nicht repariert?" */
static bool wants_deed(const struct passage *passage, const struct clause *sentence)
{
  if (has(passage, "case.deed-question", sentence) || tells_of_defect(passage, sentence)) return true;
  bool names_deed =
      has(passage, "official.act", sentence) || has(passage, "official.act-verb", sentence);
  bool is_reason = has(passage, "case.why-question", sentence);
  if (is_reason) return has(passage, "official.negation", sentence);
  return names_deed && has(passage, "official.future", sentence) && !asks_for_fact(passage, sentence);
}

/* Whether every question is one of facts, and nothing else asks for a deed. */
static bool asks_facts(const struct passage *passage)
{
  g_autoptr(GArray) sentences = sentences_of(passage);
  guint facts = 0;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    bool is_fact = asks_for_fact(passage, one);
    if (wants_deed(passage, one) || (one->is_question && !is_fact)) return false;
    facts += is_fact;
  }
  return facts > 0;
}

/* Does a line, a box or hardly anything else say the state on purpose? */
static bool is_state_given(const struct passage *said)
{
  const struct lexemes *l = said->lexemes;
  for (guint at = 0; at < l->count; at++) {
    bool begins_line = at == 0 || l->at[at - 1].kind == LEXEME_BREAK;
    if (begins_line && passage_at(said, phrases_tag("official.steer-status"), at)) return true;
  }
  return passage_words(said, 0, l->count) <= STATE_WORDS;
}

bool reply_answers_facts(const struct case_reply *reply, const struct passage *said, bool *is, GError **error)
{
  static const char *const asking[] = { "question", "statement", NULL };
  static const char *const kept[] = { "received", "forwarded", "not_responsible", NULL };
  const struct reply_reading *r = &reply->reading;
  *is = false;
  if (!g_strv_contains(asking, reply->it->kind) || is_state_given(said)) return true;
  if (r->state && g_strv_contains(kept, r->state) && !passage_has(said, "office.private-ground")) return true;
  if (r->state && strcmp(r->state, "in_progress") == 0 && passage_has(said, "office.looks-into")) return true;
  GError *failed = NULL;
  g_autoptr(case_entry_t) first = case_entry_get(reply->work->store, reply->it->id, 1, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(passage_t) asked = passage_new(first ? first->text : "", NULL, READ_BYTES);
  *is = asks_facts(asked);
  return true;
}
