/* Asking a passage: which phrases were found where, and what its sentences are. Called by every reader of
 * facts and meaning, many times a text; what makes it cheap is laid out once by phrases.c. */
#include "lib/text/phrases_private.h"

#include <string.h>

enum { SENTENCE_LEXEMES = 120 };

/* The first hit that may have the tag at or behind a lexeme; behind all hits: none can. */
static guint first_hit(const struct passage *passage, guint tag, guint lexeme)
{
  bool has = tag && passage->tags && passage->tags[tag / 64] >> tag % 64 & 1;
  return has && lexeme <= passage->lexemes->count ? passage->from[lexeme] : passage->hits->len;
}

const struct phrase_hit *passage_find(const struct passage *passage, guint tag, guint from)
{
  for (guint i = first_hit(passage, tag, from); i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    if (hit->tag == tag) return hit;
  }
  return NULL;
}

const struct phrase_hit *passage_at(const struct passage *passage, guint tag, guint lexeme)
{
  for (guint i = first_hit(passage, tag, lexeme); i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    if (hit->first != lexeme) return NULL;
    if (hit->tag == tag) return hit;
  }
  return NULL;
}

bool passage_has(const struct passage *passage, const char *tag_name)
{
  return passage_find(passage, phrases_tag(tag_name), 0) != NULL;
}

bool passage_asks(const struct passage *passage)
{
  for (guint i = 0; i < passage->lexemes->count; i++)
    if (lexeme_is(&passage->lexemes->at[i], "?")) return true;
  return false;
}

guint passage_words(const struct passage *passage, guint first, guint end)
{
  guint words = 0;
  for (guint at = first; at < end; at++) words += passage->lexemes->at[at].kind == LEXEME_WORD;
  return words;
}

char *passage_text(const struct passage *passage, guint first, guint end)
{
  const struct lexemes *l = passage->lexemes;
  if (first >= end || first >= l->count) return g_strdup("");
  uint32_t from = l->at[first].start, to = l->at[MIN(end, l->count) - 1].end;
  return g_strndup(l->text + from, to - from);
}

static bool parts_sentences(const struct lexemes *l, guint at)
{
  const struct lexeme *it = &l->at[at];
  if (it->kind == LEXEME_BREAK) return at + 1 < l->count && l->at[at + 1].kind == LEXEME_BREAK;
  return it->kind == LEXEME_MARK && l->at[at + 1].begins_sentence && strchr(".!?;", it->folded[0]);
}

void passage_sentence(const struct passage *passage, guint lexeme, guint *first, guint *end)
{
  const struct lexemes *l = passage->lexemes;
  guint at = MIN(lexeme, l->count);
  *first = at;
  while (*first > 0 && at - *first < SENTENCE_LEXEMES && !parts_sentences(l, *first - 1) &&
         !(l->at[*first].begins_sentence && l->at[*first - 1].kind == LEXEME_BREAK))
    (*first)--;
  *end = at;
  while (*end < l->count && *end - at < SENTENCE_LEXEMES) {
    if (parts_sentences(l, *end)) {
      (*end)++;
      break;
    }
    if (l->at[*end].kind == LEXEME_BREAK && l->at[*end + 1].begins_sentence) break;
    (*end)++;
  }
}
