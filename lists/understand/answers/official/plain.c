/* "Wegen eines Rohrbruchs.", "Mindestens 2,50 m.", "Die BVG.": a clerk presses "Reply", writes four words and
 * greets nobody. It is the answer, unless something says otherwise: a name, "ich", a colleague, the file, a
 * sigh. Those are in office.aside; where one stands, the author is asked, as with everything that says
 * nothing.
 *
 * A fact is a reason or a limit at a sentence's beginning, a number, a body that is responsible for something,
 * or a thing of which is said what it is, costs or needs. Words of an order ("bitte …") are none. Called for
 * texts that name neither state nor day (lists/cases/replies/read.c). */
#include "lists/understand/answers/official/plain.h"

#include "lists/understand/answers/clauses.h"

enum { LEAST_WORDS = 3, NAMED_WORDS = 7 };

static bool has(const struct passage *text, const char *tag, const struct clause *sentence)
{
  return clause_find(text, tag, sentence) != NULL;
}

/* "Uwe", but not the street of that name. */
static bool names_somebody(const struct passage *text)
{
  const struct lexeme *l = text->lexemes->at;
  guint tag = phrases_tag("personal.firstname");
  const struct phrase_hit *hit = passage_find(text, tag, 0);
  for (; hit; hit = passage_find(text, tag, hit->first + 1)) {
    bool is_street = lexeme_is(&l[hit->end], "-") || passage_at(text, phrases_tag("official.street"), hit->end);
    if (l[hit->first].is_capital && !is_street) return true;
  }
  return false;
}

/* "Muster -1234": somebody's dial. */
static bool has_dial(const struct passage *text)
{
  const struct lexeme *l = text->lexemes->at;
  for (guint at = 1; at + 1 < text->lexemes->count; at++)
    if (lexeme_is(&l[at], "-") && l[at].is_spaced && l[at + 1].kind == LEXEME_DIGITS && !l[at + 1].is_spaced)
      return true;
  return false;
}

static bool has_number(const struct passage *text, const struct clause *sentence)
{
  for (guint at = sentence->first; at < sentence->end; at++)
    if (text->lexemes->at[at].kind == LEXEME_DIGITS) return true;
  return false;
}

/* A word with a capital letter besides the first of the sentence. */
static bool names_thing(const struct passage *text, const struct clause *sentence)
{
  for (guint at = sentence->first; at < sentence->end; at++) {
    const struct lexeme *it = &text->lexemes->at[at];
    if (it->kind == LEXEME_WORD && it->is_capital && !it->begins_sentence) return true;
  }
  return false;
}

static bool is_fact(const struct passage *text, const struct clause *sentence)
{
  guint words = passage_words(text, sentence->first, sentence->end);
  if (!words || sentence->is_question || has(text, "office.order", sentence)) return false;
  if (has(text, "office.fact-opener", sentence) || has_number(text, sentence)) return true;
  if (words <= NAMED_WORDS && has(text, "office.body", sentence)) return true;
  if (words < LEAST_WORDS || !names_thing(text, sentence)) return false;
  return has(text, "office.fact-verb", sentence) ||
         (words > LEAST_WORDS && has(text, "office.fact-subject", sentence));
}

/* "An FB 2", and not "An der Leine ja". */
static bool hands_on(const struct passage *text)
{
  g_autoptr(GArray) sentences = sentences_of(text);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (has(text, "office.hand-on", one) && !has(text, "office.fact-opener", one)) return true;
  }
  return false;
}

bool official_has_aside(const struct passage *text)
{
  return passage_has(text, "office.aside") || hands_on(text);
}

bool official_is_plain(const struct passage *said, const struct passage *text)
{
  bool is_plain = false;
  if (official_has_aside(text) || names_somebody(text) || has_dial(said)) return false;
  g_autoptr(GArray) sentences = sentences_of(text);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (one->is_question) return false;
    is_plain |= is_fact(text, one);
  }
  return is_plain;
}
