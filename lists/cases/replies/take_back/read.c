/* Reads whether an office wants an answer of its own back. A sentence does that which names an answer of the
 * writer's ("meine Antwort", "die letzte Auskunft") beside a word that takes away, or says so by itself ("aus
 * dem Archiv nehmen"). "Meine Antwort war falsch" alone, or "nicht veröffentlichen", may mean it: the author
 * is asked; with a new answer beside it, it is a correction and no wish.
 *
 * What surprised us: "Auf Ihre Nachricht wurde der Müll entfernt" has all these words, and is an answer. */
#include "lists/cases/replies/take_back/take_back.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/text.h"

#include "lib/mail/read.h"
#include "lib/text/spans.h"

#include <string.h>

enum { READ_BYTES = 16 * 1024, WORDS_LEAST = 4 };

static bool has(const struct passage *passage, const char *tag, const struct clause *clause)
{
  return clause_find(passage, tag, clause) != NULL;
}

static bool has_word(const struct passage *passage, const struct clause *clause, const char *const *words)
{
  for (guint at = clause->first; at < clause->end; at++)
    if (passage->lexemes->at[at].kind == LEXEME_WORD &&
        g_strv_contains(words, passage->lexemes->at[at].folded))
      return true;
  return false;
}

/* A word that takes away, and no "nicht" right before it; one of things only where the clause does not say
 * that the office does it ("… entfernen wir den Müll"). */
static bool takes_away(const struct passage *passage, const struct clause *clause)
{
  static const char *const doers[] = { "wir", "ich", "bsr", "firma", NULL };
  const struct phrase_hit *hit = clause_find(passage, "office.take-away", clause);
  for (; hit; hit = span_find(passage, "office.take-away", hit->first + 1, clause->end)) {
    bool is_denied = hit->first > 0 && lexeme_is(&passage->lexemes->at[hit->first - 1], "nicht");
    if (!is_denied && (!*hit->value || !has_word(passage, clause, doers))) return true;
  }
  return false;
}

/* An answer of the writer's, as what something is done to. */
static bool names_answer(const struct passage *passage, const struct clause *clause)
{
  static const char *const wishing[] = { "bitte", "please", NULL };
  const struct phrase_hit *hit = clause_find(passage, "office.own-answer", clause);
  for (; hit; hit = span_find(passage, "office.own-answer", hit->first + 1, clause->end)) {
    bool refers = hit->first > 0 && passage_at(passage, phrases_tag("office.refers"), hit->first - 1);
    if (!refers && (!*hit->value || has_word(passage, clause, wishing))) return true;
  }
  return false;
}

/* The place of the first clause that begins at a lexeme or behind it. */
static guint first_clause(const GArray *clauses, guint lexeme)
{
  return spans_from(clauses, offsetof(struct clause, first), lexeme);
}

static bool is_wish(const struct passage *passage, const GArray *clauses, const struct clause *sentence)
{
  if (has(passage, "office.take-back", sentence)) return true;
  for (guint i = first_clause(clauses, sentence->first); i < clauses->len; i++) {
    const struct clause *one = &g_array_index(clauses, struct clause, i);
    if (one->first >= sentence->end) break;
    bool is_part = has(passage, "office.unit", one); /* of a part alone */
    if (!is_part && names_answer(passage, one) && takes_away(passage, one)) return true;
  }
  return false;
}

static bool is_doubt(const struct passage *passage, const struct clause *sentence)
{
  return has(passage, "office.answer-wrong", sentence);
}

/* Nothing but the excuse: "Meine Antwort war falsch, der Poller kommt erst im Juni" is an answer. */
static bool is_excuse(const struct passage *passage, const GArray *clauses, const struct clause *sentence)
{
  guint words = 0;
  if (!is_doubt(passage, sentence)) return false;
  for (guint i = first_clause(clauses, sentence->first); i < clauses->len; i++) {
    const struct clause *one = &g_array_index(clauses, struct clause, i);
    if (one->first >= sentence->end) break;
    if (!is_doubt(passage, one)) words += passage_words(passage, one->first, one->end);
  }
  return words < WORDS_LEAST;
}

/* The sentences for the public that are neither wish nor excuse. Caller frees; NULL: there are none. */
static char *rest_of(const char *text, const char *subject)
{
  g_autoptr(passage_t) all = passage_new(text, NULL, READ_BYTES), head = passage_new(subject, NULL, 0);
  struct mail shown = { .text_new = (char *)text, .subject = (char *)subject };
  struct reading_room room = { .mail = &shown, .passage = all, .subject = head };
  g_autofree char *public = official_public_text(&room);
  g_autoptr(passage_t) passage = passage_new(public, NULL, READ_BYTES);
  g_autoptr(GArray) sentences = sentences_of(passage), clauses = clauses_of(passage);
  GString *out = g_string_new(NULL);
  guint words = 0;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (is_wish(passage, clauses, one) || is_excuse(passage, clauses, one)) continue;
    g_autofree char *piece = passage_text(passage, one->first, one->end);
    g_string_append_printf(out, "%s%s", out->len ? " " : "", g_strstrip(piece));
    words += passage_words(passage, one->first, one->end);
  }
  char *rest = g_string_free(out, FALSE);
  if (words < WORDS_LEAST) g_clear_pointer(&rest, g_free);
  return rest;
}

void take_back_read(const char *text, const char *subject, struct take_back *wish)
{
  *wish = (struct take_back){ 0 };
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  g_autoptr(GArray) sentences = sentences_of(passage), clauses = clauses_of(passage);
  bool wants = false, doubts = false;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    wants |= is_wish(passage, clauses, one);
    doubts |= is_excuse(passage, clauses, one);
  }
  bool puts_back = passage_has(passage, "office.put-back");
  if (!wants && !doubts && !puts_back) return;
  wish->is_last = passage_has(passage, "office.last-answer");
  g_autofree char *rest = rest_of(text, subject);
  if (puts_back && !rest)
    wish->kind = TAKE_PUT_BACK;
  else if (wants)
    wish->kind = TAKE_BACK;
  else if (doubts && !rest)
    wish->kind = TAKE_MAYBE;
  if (wish->kind == TAKE_BACK) wish->rest = g_steal_pointer(&rest);
}

void take_back_clear(struct take_back *wish)
{
  g_clear_pointer(&wish->rest, g_free);
}
