/* Reading what somebody orders of us at a list. Three things must come together in one sentence of a short
 * mail: a deed ("löschen", "sperren"), what it is done to (a post, or a person whom find.c knows), and
 * nothing that makes it a tale or a question to neighbours ("Wer hat meinen Beitrag gelöscht?").
 *
 * What surprised us: who has made a mistake names no post at all: "Hab mich vertan, bitte löschen!". */
#include "lists/moderation/said/said.h"

#include "lists/understand/answers/clauses.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_MAX = 45, BARE_WORDS = 5 };

static bool has(const struct passage *passage, const char *tag, const struct clause *in)
{
  return clause_find(passage, tag, in) != NULL;
}

/* A word of removing that is all there is, but for politeness and farewells. */
static bool is_bare(const struct passage *passage, const struct clause *in)
{
  const struct lexemes *l = passage->lexemes;
  const guint filler = phrases_tag("ordered.filler");
  guint at = in->first, left = 0;
  while (at < in->end) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag("ordered.remove"), at);
    if (!hit) hit = passage_at(passage, filler, at);
    left += !hit && (l->at[at].kind == LEXEME_WORD || l->at[at].kind == LEXEME_DIGITS);
    at = hit ? MAX(hit->end, at + 1) : at + 1;
  }
  return left == 0 && passage_words(passage, 0, l->count) <= BARE_WORDS;
}

/* What this sentence orders. */
static struct said read_in(const struct passage *passage, const struct clause *in)
{
  struct said said = { .first = in->first, .end = in->end };
  bool removes = has(passage, "ordered.remove", in);
  if (has(passage, "ordered.not", in)) return said;
  bool asks_all = has(passage, "ordered.asks", in);
  if ((removes || has(passage, "ordered.unsend", in)) && has(passage, "ordered.own", in)) {
    said.is_own = true;
    said.sort = SAID_WITHDRAW;
  } else if (removes && !asks_all && !passage_has(passage, "ordered.self") &&
             (passage_has(passage, "ordered.slip") || is_bare(passage, in))) {
    said.is_own = true;
    said.is_bare = !passage_has(passage, "ordered.slip");
    said.sort = SAID_WITHDRAW;
  } else if (asks_all) {
    return said;
  } else if (has(passage, "ordered.watch", in)) {
    said.sort = SAID_WATCH;
  } else if (has(passage, "ordered.ban", in)) {
    said.sort = SAID_BAN;
  } else if (has(passage, "ordered.close", in)) {
    said.sort = SAID_CLOSE;
  } else if (removes && has(passage, "ordered.post", in)) {
    said.sort = SAID_WITHDRAW;
  }
  return said;
}

struct said said_read(const struct passage *passage)
{
  struct said said = { 0 };
  if (passage_words(passage, 0, passage->lexemes->count) > WORDS_MAX) return said;
  if (passage_has(passage, "ordered.elsewhere")) return said;
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len && said.sort == SAID_NOTHING; i++)
    said = read_in(passage, &g_array_index(sentences, struct clause, i));
  return said;
}

bool said_is_foreign(const struct passage *passage, const struct said *said, char **name_words)
{
  static const char *const ours[] = { "ordered.noun", "ordered.post",   "ordered.own",   "ordered.watch",
                                      "ordered.ban",  "ordered.remove", "ordered.close", "ordered.filler" };
  for (guint at = said->first; at < said->end; at++) {
    const struct lexeme *it = &passage->lexemes->at[at];
    bool is_noun = it->kind == LEXEME_WORD && it->is_capital && !it->is_shouted && !it->begins_sentence;
    bool is_known = !is_noun || (name_words && g_strv_contains((const char *const *)name_words, it->folded));
    for (gsize i = 0; i < G_N_ELEMENTS(ours) && !is_known; i++)
      for (const struct phrase_hit *hit = span_find(passage, ours[i], said->first, said->end);
           hit && hit->first <= at && !is_known; hit = span_find(passage, ours[i], hit->first + 1, said->end))
        is_known = at < hit->end;
    if (!is_known) return true;
  }
  return false;
}
