/* Titles. A subject is often a formula ("Antrag", "Frage", "Einladung: …"); the tables say which words are
 * (title.empty, title.prefix). Called by the readers of events, proposals and questions. */
#include "lists/understand/title.h"

#include <string.h>

enum { TITLE_BYTES = 110, WORDS_MIN = 2 };

/* Whether nothing but formulas stands from a lexeme on. */
static bool says_nothing(const struct passage *subject, guint from)
{
  const struct lexemes *l = subject->lexemes;
  guint tag = phrases_tag("title.empty");
  guint at = from;
  while (at < l->count) {
    const struct phrase_hit *hit = passage_at(subject, tag, at);
    bool is_word = l->at[at].kind == LEXEME_WORD;
    if (hit)
      at = hit->end;
    else if (is_word && strlen(l->at[at].folded) > 1)
      return false;
    else
      at++;
  }
  return true;
}

char *title_of_subject(const struct passage *subject)
{
  guint prefix = phrases_tag("title.prefix"), from = 0;
  for (const struct phrase_hit *hit; (hit = passage_at(subject, prefix, from));) from = hit->end;
  if (says_nothing(subject, from)) from = 0;
  if (says_nothing(subject, from)) return NULL;
  g_autofree char *title = passage_text(subject, from, subject->lexemes->count);
  g_strstrip(title);
  return *title ? g_steal_pointer(&title) : NULL;
}

guint text_behind_greeting(const struct passage *passage)
{
  enum { GREETING_LEXEMES = 10 };
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("text.greeting"), 0);
  if (!hit) return 0;
  guint at = hit->end;
  /* "Hallo liebe Nachbarn aus der Trojanstraße," ends with its line, comma or mark */
  for (guint i = hit->end; i < l->count && i < hit->end + GREETING_LEXEMES; i++) {
    bool is_end = l->at[i].kind == LEXEME_BREAK || lexeme_is(&l->at[i], ",") || lexeme_is(&l->at[i], "!");
    if (!is_end) continue;
    at = i;
    break;
  }
  while (at < l->count && (l->at[at].kind == LEXEME_BREAK || l->at[at].kind == LEXEME_MARK)) at++;
  return at < l->count ? at : 0;
}

/* The first sentence of two words or more, cut at a word. */
static char *first_sentence(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint from = text_behind_greeting(passage);
  while (from < l->count) {
    guint words = 0, end = from;
    while (end < l->count && l->at[end].start - l->at[from].start < TITLE_BYTES) {
      if (end > from && l->at[end].begins_sentence && l->at[end].kind != LEXEME_MARK) break;
      words += l->at[end].kind == LEXEME_WORD;
      end++;
    }
    if (words >= WORDS_MIN) {
      char *text = passage_text(passage, from, end);
      for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t') *p = ' ';
      return g_strstrip(text);
    }
    from = end > from ? end : from + 1;
  }
  return NULL;
}

char *title_read(const struct reading_room *room)
{
  char *title = title_of_subject(room->subject);
  return title ? title : first_sentence(room->passage);
}
