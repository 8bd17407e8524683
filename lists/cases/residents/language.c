/* In which language whoever asked wants to read our letters: "bitte auf Türkisch", "in Leichter Sprache",
 * "please write in English from now on". At a case's address that is their own setting and nothing for the
 * office; what else the mail says goes its way without it. Called by resident.c for who is proven.
 *
 * "Das Schild ist nur englisch" is about a sign: a sentence is such a wish only where next to nothing else is
 * said in it. */
#include "lists/cases/residents/words.h"

#include <string.h>

enum { READ_BYTES = 8 * 1024, SENTENCE_WORDS = 16, WORDS_LEFT = 1, MORE_WORDS = 3, NOT_NEAR = 4 };

/* Is a word of the sentence covered by one of these tags, from the beginning of a phrase on? */
static guint covered_to(const struct passage *passage, guint at)
{
  static const char *const tags[] = { "case.language", "case.language-ask", "case.language-filler",
                                      "case.simple",   "case.thanks",       "case.closing" };
  guint end = at;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag(tags[i]), at);
    if (hit) end = MAX(end, hit->end);
  }
  return end;
}

/* Does a word in [first, end) say "not this one", with no mark between it and the language at `named`? */
static bool is_refused(const struct passage *passage, guint first, guint end, guint named)
{
  guint refusal = phrases_tag("case.language-not");
  const struct lexeme *l = passage->lexemes->at;
  for (guint back = 1; back <= NOT_NEAR && named >= first + back; back++) {
    if (l[named - back].kind == LEXEME_MARK && !lexeme_is(&l[named - back], "'")) break;
    if (passage_at(passage, refusal, named - back)) return true;
  }
  for (guint at = named + 1; at < end && at <= named + NOT_NEAR && l[at].kind != LEXEME_MARK; at++) {
    if (passage_at(passage, phrases_tag("case.language-turn"), at)) break;
    if (passage_at(passage, refusal, at)) return true;
  }
  return false;
}

/* The language a sentence wishes for; NULL: it does not. */
static const char *language_of(const struct passage *passage, guint first, guint end)
{
  const char *language = NULL;
  bool asks = false, asks_plainly = false;
  guint left = 0, covered = first;
  for (guint at = first; at < end; at++) {
    const struct phrase_hit *named = passage_at(passage, phrases_tag("case.language"), at),
                            *ask = passage_at(passage, phrases_tag("case.language-ask"), at);
    bool is_simple = passage_at(passage, phrases_tag("case.simple"), at) != NULL;
    covered = MAX(covered, covered_to(passage, at));
    if (named && !is_refused(passage, first, end, at)) language = named->value;
    if (is_simple) language = "de-x-leicht";
    asks |= is_simple || ask;
    asks_plainly |= is_simple || (ask && *ask->value);
    left += at >= covered && passage->lexemes->at[at].kind != LEXEME_MARK &&
            passage->lexemes->at[at].kind != LEXEME_BREAK;
  }
  bool is_short = passage_words(passage, first, end) <= SENTENCE_WORDS;
  return is_short && asks && left <= (asks_plainly ? WORDS_LEFT : 0) ? language : NULL;
}

/* Is a sentence only a greeting, thanks, a farewell? */
static bool is_manners(const struct passage *passage, guint first)
{
  static const char *const tags[] = { "case.thanks", "case.closing", "official.greeting" };
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (passage_at(passage, phrases_tag(tags[i]), first)) return true;
  return false;
}

const char *case_words_language(const char *text, char **rest)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  g_autoptr(GString) others = g_string_new(NULL);
  const char *language = NULL;
  guint beside = strlen(text) > READ_BYTES ? MORE_WORDS : 0;
  guint32 from = 0;
  for (guint at = 0, first, end; at < passage->lexemes->count; at = end) {
    passage_sentence(passage, at, &first, &end);
    end = MAX(end, at + 1);
    const char *wished = language_of(passage, at, end);
    if (wished) {
      g_string_append_len(others, text + from, passage->lexemes->at[at].start - from);
      from = passage->lexemes->at[end - 1].end;
      language = g_intern_string(wished);
    } else if (!is_manners(passage, at)) {
      beside += passage_words(passage, at, end);
    }
  }
  g_string_append(others, text + from);
  *rest =
      language && beside >= MORE_WORDS ? g_strstrip(g_string_free(g_steal_pointer(&others), FALSE)) : NULL;
  return language;
}
