/* Does an office ask whoever asked for something? Its question stops the clock, so it must be one. Clerks
 * repeat the questions that they answer ("1. Wann? Im Mai. 2. Was kostet das? Ca. 1.200 Euro."): such a
 * question is introduced or numbered, or in the words of whoever asked, or one of several, and its answer
 * stands behind it. */
#include "lists/cases/replies/reply.h"

#include "lists/understand/answers/clauses.h"

#include "lib/base/fault.h"

#include <string.h>

enum { READ_BYTES = 16 * 1024, LONG_WORD = 4, SHARED_PERCENT = 60 };

/* A statement that may be an answer: neither a question nor thanks. */
static bool is_statement(const struct passage *passage, const struct clause *sentence)
{
  bool has_word = false;
  if (sentence->is_question || clause_find(passage, "official.closing", sentence)) return false;
  if (clause_find(passage, "office.asks", sentence) || clause_find(passage, "office.then", sentence))
    return false;
  for (guint at = sentence->first; at < sentence->end; at++)
    has_word |= passage->lexemes->at[at].kind == LEXEME_WORD;
  return has_word;
}

/* Is the next sentence of words behind this one a statement? */
static bool is_answered(const struct passage *passage, const GArray *sentences, guint at)
{
  for (guint i = at + 1; i < sentences->len; i++) {
    const struct clause *next = &g_array_index(sentences, struct clause, i);
    bool has_word = false;
    for (guint k = next->first; k < next->end; k++) has_word |= passage->lexemes->at[k].kind == LEXEME_WORD;
    if (has_word) return is_statement(passage, next);
  }
  return false;
}

/* "1. Wann?", "Frage 2: …?", "– Wann?": a count or a quotation mark leads it. */
static bool is_numbered(const struct passage *passage, const GArray *sentences, guint at)
{
  const struct lexeme *l = passage->lexemes->at;
  const struct clause *one = &g_array_index(sentences, struct clause, at);
  if (l[one->first].kind == LEXEME_DIGITS || l[one->first].kind == LEXEME_MARK) return true;
  return one->first >= 2 && l[one->first - 2].kind == LEXEME_DIGITS && lexeme_is(&l[one->first - 1], ".");
}

/* Is a question asked in words of whoever asked? `folded`: theirs. */
static bool is_in_words_of(const struct passage *passage, const struct clause *question, const char *folded)
{
  guint words = 0, shared = 0;
  for (guint at = question->first; at < question->end; at++) {
    const struct lexeme *it = &passage->lexemes->at[at];
    if (it->kind != LEXEME_WORD || strlen(it->folded) < LONG_WORD) continue;
    words++;
    shared += reply_has_word(folded, it->folded);
  }
  return words && shared * 100 >= words * SHARED_PERCENT;
}

/* Whether every question of a text is one of theirs that is answered. */
static bool repeats_theirs(const struct passage *passage, const char *asked)
{
  g_autoptr(GArray) sentences = sentences_of(passage);
  g_autofree char *folded = lexeme_fold(asked, strlen(asked));
  bool is_introduced = passage_has(passage, "office.repeats");
  guint questions = 0, addressed = 0, known = 0;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (!one->is_question) continue;
    questions++;
    if (!is_answered(passage, sentences, i)) return false;
    addressed += clause_find(passage, "official.addressed", one) != NULL;
    known += is_introduced || is_numbered(passage, sentences, i) || is_in_words_of(passage, one, folded);
  }
  return known == questions || (questions > 1 && !addressed);
}

bool reply_asks_back(const struct case_reply *reply, bool *asks, GError **error)
{
  const char *text = reply->reading.text;
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  *asks = passage_has(passage, "office.asks");
  if (*asks || !strchr(text, '?')) return true;
  GError *failed = NULL;
  g_autoptr(case_entry_t) first = case_entry_get(reply->work->store, reply->it->id, 1, &failed);
  if (fault_hand_on(failed, error)) return false;
  *asks = !repeats_theirs(passage, first ? first->text : "");
  return true;
}
