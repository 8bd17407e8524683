/* Talk that an office sent to us but did not mean for the public: work handed to a colleague, a question
 * whether the draft will do, a word about who asked, a word about publishing. Its author is asked before
 * anybody else sees it. Called with what would be published, sentence by sentence.
 *
 * A question is for whoever asked where it speaks to them ("Sie", "Ihr Foto") or asks for a fact ("Wo genau
 * …?"); "Wer hat …?", "Wie gehen wir …?", "Soll ich …?" and anything that hands over work is for colleagues.
 *
 * What surprised us: "der Bürger" is talked about, "die Wünsche der Bürger" is said to everybody; and what is
 * published may be the plan or the minutes, and not the mail (official.published-thing). */
#include "lists/understand/answers/official/talk.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { GREETING_LEXEMES = 14, SHORT_PAIRS = 3 };

static bool has(const struct passage *passage, const char *tag, const struct clause *sentence)
{
  return clause_find(passage, tag, sentence) != NULL;
}

/* ---- publishing ---- */

bool official_is_order(const struct passage *passage, guint first, guint end)
{
  const struct clause sentence = { .first = first, .end = end };
  return !has(passage, "office.change", &sentence) && has(passage, "official.publish", &sentence) &&
         has(passage, "official.publish-order", &sentence) &&
         !has(passage, "official.restraint", &sentence) && !has(passage, "official.part", &sentence) &&
         !has(passage, "official.published-thing", &sentence);
}

guint official_order_end(const struct passage *passage, guint first, guint end)
{
  if (!official_is_order(passage, first, end)) return first;
  for (guint at = first; at + 1 < end; at++)
    if (lexeme_is(&passage->lexemes->at[at], ":") && passage->lexemes->at[at + 1].kind == LEXEME_WORD)
      return official_is_order(passage, first, at) ? at + 1 : end;
  return end;
}

/* "Für eine Veröffentlichung fehlt noch …", "Dieser Teil darf …": of publishing this very mail. */
static bool speaks_of_publishing(const struct passage *passage, const struct clause *sentence)
{
  if (has(passage, "official.reach-public", sentence) && has(passage, "official.restraint", sentence))
    return true;
  if (!has(passage, "official.publish", sentence)) return false;
  bool asks_us =
      has(passage, "official.publish-order", sentence) && has(passage, "official.restraint", sentence);
  if (has(passage, "official.published-thing", sentence) && !asks_us) return false;
  return !official_is_order(passage, sentence->first, sentence->end);
}

/* ---- questions ---- */

static bool asks_colleague(const struct passage *passage, const struct clause *sentence)
{
  if (!sentence->is_question) return false;
  if (has(passage, "official.asks-own", sentence) || has(passage, "official.handle", sentence)) return true;
  if (has(passage, "official.addressed", sentence)) return false;
  return has(passage, "official.ours", sentence) || !has(passage, "official.asks-fact", sentence);
}

/* "@Petra: …" at a line's begin; the reader of lines takes it for an address. */
static bool calls_somebody(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  for (guint at = 0; at + 1 < l->count; at++) {
    bool begins_line = at == 0 || l->at[at - 1].kind == LEXEME_BREAK;
    if (begins_line && lexeme_is(&l->at[at], "@") && l->at[at + 1].is_capital) return true;
  }
  return false;
}

/* ---- abbreviations ---- */

/* "n.a.D.", "z.d.A.": three letters or more that begin a sentence, and are none that everybody writes. */
static bool begins_with_letters(const struct passage *passage, const struct clause *sentence)
{
  const struct lexeme *l = passage->lexemes->at;
  guint at = sentence->first, letters = 0;
  if (passage_at(passage, phrases_tag("official.usual-letters"), at)) return false;
  for (; at + 1 < sentence->end; at += 2, letters++) {
    bool is_letter = l[at].kind == LEXEME_WORD && g_utf8_strlen(l[at].folded, -1) == 1;
    if (!is_letter || !lexeme_is(&l[at + 1], ".")) break;
  }
  return letters >= SHORT_PAIRS;
}

/* ---- one sentence ---- */

/* Words to a colleague, other than in a salutation, which is not kept. */
static bool addresses_colleague(const struct passage *passage, const bool *is_kept,
                                const struct clause *sentence)
{
  const struct phrase_hit *hit = clause_find(passage, "official.colleague", sentence);
  for (; hit; hit = span_find(passage, "official.colleague", hit->first + 1, sentence->end))
    if (is_kept[hit->first]) return true;
  return false;
}

static bool is_talk(const struct passage *passage, const bool *is_kept, const struct clause *sentence)
{
  return addresses_colleague(passage, is_kept, sentence) || has(passage, "official.task", sentence) ||
         has(passage, "official.draft", sentence) || has(passage, "official.asker", sentence) ||
         speaks_of_publishing(passage, sentence) || asks_colleague(passage, sentence) ||
         begins_with_letters(passage, sentence);
}

static bool is_kept_any(const bool *is_kept, const struct clause *sentence)
{
  for (guint at = sentence->first; at < sentence->end; at++)
    if (is_kept[at]) return true;
  return false;
}

/* ---- salutations ---- */

/* "An welcher Hausnummer genau?" */
static bool asks_for_fact(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  for (guint at = 0; at < l->count; at++)
    if (lexeme_is(&l->at[at], "?")) return passage_has(passage, "official.asks-fact");
  return false;
}

bool official_speaks(const struct passage *passage)
{
  static const char *const first[] = { "official.greeting", "answer.yes", "answer.no" };
  const struct lexemes *l = passage->lexemes;
  guint at = 0;
  while (at < l->count && l->at[at].kind != LEXEME_WORD) at++;
  for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
    if (passage_at(passage, phrases_tag(first[i]), at)) return true;
  if (asks_for_fact(passage)) return true;
  guint addressed = phrases_tag("official.addressed");
  const struct phrase_hit *hit = passage_find(passage, addressed, 0);
  while (hit && !l->at[hit->first].is_capital) hit = passage_find(passage, addressed, hit->first + 1);
  return hit != NULL;
}

GArray *official_greeted(const struct passage *passage)
{
  GArray *names = g_array_new(FALSE, FALSE, sizeof(guint));
  const struct lexemes *l = passage->lexemes;
  guint at = 0, greeting = phrases_tag("official.greeting"), nobody = phrases_tag("official.greeted-all");
  while (at < l->count && l->at[at].kind != LEXEME_WORD) at++;
  const struct phrase_hit *hit = passage_at(passage, greeting, at);
  if (!hit) return names;
  guint end = MIN(line_end(passage, at), at + GREETING_LEXEMES);
  for (guint i = hit->end; i < end; i++) {
    const struct lexeme *it = &l->at[i];
    if (it->kind == LEXEME_MARK && it->folded[0] && strchr(",!:;", it->folded[0])) break;
    const struct phrase_hit *all = passage_at(passage, nobody, i);
    if (all) i = all->end - 1;
    if (!all && it->kind == LEXEME_WORD && it->is_capital && it->folded[1] &&
        !passage_at(passage, greeting, i))
      g_array_append_val(names, i);
  }
  return names;
}

/* "Sehr geehrte Frau Kollegin": also where the salutation itself is not published. */
static bool greets_colleague(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint at = 0;
  while (at < l->count && l->at[at].kind != LEXEME_WORD) at++;
  if (!passage_at(passage, phrases_tag("official.greeting"), at)) return false;
  guint end = MIN(line_end(passage, at), at + GREETING_LEXEMES);
  return span_find(passage, "official.colleague", at, end) ||
         span_find(passage, "official.greeted-own", at, end);
}

bool official_is_talk(const struct reading_room *room, const GArray *internal, const bool *is_kept)
{
  const struct passage *passage = room->passage;
  /* who marks a part knows that the rest is for the public, whoever is greeted */
  if (internal->len == 0 && (greets_colleague(passage) || calls_somebody(passage))) return true;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    struct clause sentence = g_array_index(sentences, struct clause, i);
    if (passage_at(passage, phrases_tag("official.answer-label"), sentence.first)) /* left out, and no talk */
      while (sentence.first < sentence.end && !is_kept[sentence.first]) sentence.first++;
    if (is_kept_any(is_kept, &sentence) && is_talk(passage, is_kept, &sentence)) return true;
  }
  return false;
}
