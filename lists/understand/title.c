/* Titles. A subject is often a formula ("Antrag", "Frage", "Einladung: …"); the tables say which words are
 * (title.empty, title.prefix). Then a line of a form that names it ("Was: Flohmarkt", title.field), a heading
 * of one word ("Kinderdisco!"), or the first sentence. Called by the readers of events, proposals and
 * questions. */
#include "lists/understand/title.h"

#include <string.h>

enum { TITLE_BYTES = 110, WORDS_MIN = 2, HEADING_BYTES = 5 };

/* Whether nothing but formulas stands in [from, end). */
static bool says_nothing(const struct passage *subject, guint from, guint end)
{
  const struct lexemes *l = subject->lexemes;
  guint tag = phrases_tag("title.empty");
  guint at = from;
  while (at < end) {
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
  guint end = subject->lexemes->count;
  if (says_nothing(subject, from, end)) from = 0;
  if (says_nothing(subject, from, end)) return NULL;
  g_autofree char *title = passage_text(subject, from, subject->lexemes->count);
  g_strstrip(title);
  return *title ? g_steal_pointer(&title) : NULL;
}

guint text_behind_greeting(const struct passage *passage)
{
  enum { GREETING_LEXEMES = 6 };
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("text.greeting"), 0);
  if (!hit) return 0;
  guint at = hit->end;
  /* "Hallo liebe Nachbarn aus der Trojanstraße," ends with its line, comma or mark */
  for (guint i = hit->end; i < l->count && i < hit->end + GREETING_LEXEMES; i++) {
    static const char *const ends[] = { ",", "!", ".", ":", NULL };
    bool is_end = l->at[i].kind == LEXEME_BREAK || g_strv_contains(ends, l->at[i].folded);
    if (!is_end) continue;
    at = i;
    break;
  }
  while (at < l->count && (l->at[at].kind == LEXEME_BREAK || l->at[at].kind == LEXEME_MARK)) at++;
  return at < l->count ? at : 0;
}

static char *one_line(const struct passage *passage, guint from, guint end)
{
  char *text = passage_text(passage, from, end);
  for (char *p = text; *p; p++)
    if (*p == '\n' || *p == '\t') *p = ' ';
  return g_strstrip(text);
}

/* What stands behind "Was:", "Thema:", "Projekt:" at the begin of a line; NULL: nothing. */
static char *titled_line(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint tag = phrases_tag("title.field");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end)) {
    bool begins = hit->first == 0 || l->at[hit->first - 1].kind == LEXEME_BREAK;
    guint from = hit->end, end = from;
    if (!begins || end >= l->count || !lexeme_is(&l->at[from], ":")) continue;
    from = end = from + 1;
    while (end < l->count && l->at[end].kind != LEXEME_BREAK &&
           l->at[end].start - l->at[from].start < TITLE_BYTES)
      end++;
    if (end > from && !says_nothing(passage, from, end)) return one_line(passage, from, end);
  }
  return NULL;
}

/* A heading of one word: "Kinderdisco! Samstag, …", "Konzert: Freitag, …". */
static bool is_heading(const struct passage *passage, guint from, guint end)
{
  const struct lexemes *l = passage->lexemes;
  const struct lexeme *it = &l->at[from], *next = &l->at[MIN(from + 1, l->count)];
  if (it->kind != LEXEME_WORD || !it->is_capital || it->end - it->start < HEADING_BYTES || end <= from)
    return false;
  bool is_parted = next->kind == LEXEME_BREAK || lexeme_is(next, ":") || lexeme_is(next, "!");
  return is_parted && !passage_at(passage, phrases_tag("title.empty"), from) &&
         !passage_at(passage, phrases_tag("title.label"), from);
}

/* "Ich hab da mal ne Frage:" only leads to what follows. */
static bool is_lead(const struct passage *passage, guint from, guint end)
{
  const struct lexemes *l = passage->lexemes;
  if (end >= l->count || end == from) return false;
  const struct lexeme *last = &l->at[end - 1];
  if (!lexeme_is(last, ":") && !lexeme_is(last, "!") && !lexeme_is(last, ".")) return false;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("title.lead"), from);
  return hit && hit->end + 1 >= end && hit->end <= end;
}

/* "Trojanstr. würden", "ca. drei": a word cut short, and the sentence goes on. */
static bool is_shortened(const struct lexemes *l, guint from, guint at)
{
  enum { SHORT_BYTES = 3 };
  if (at < from + 2 || !lexeme_is(&l->at[at - 1], ".") || l->at[at].is_capital) return false;
  const struct lexeme *it = &l->at[at - 2];
  bool is_short = it->end - it->start <= SHORT_BYTES || g_str_has_suffix(it->folded, "str");
  return l->at[at].kind == LEXEME_WORD && it->kind == LEXEME_WORD && is_short;
}

/* The first sentence of two words or more that says something, cut at a word. */
static char *first_sentence(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint from = text_behind_greeting(passage);
  while (from < l->count) {
    guint words = 0, end = from;
    while (end < l->count && l->at[end].start - l->at[from].start < TITLE_BYTES) {
      if (end > from && l->at[end].begins_sentence && l->at[end].kind != LEXEME_MARK &&
          !is_shortened(l, from, end))
        break;
      words += l->at[end].kind == LEXEME_WORD;
      end++;
    }
    if (is_lead(passage, from, end)) {
      from = end;
      continue;
    }
    if (words >= WORDS_MIN) return one_line(passage, from, end);
    if (is_heading(passage, from, end)) return one_line(passage, from, from + 1);
    from = end > from ? end : from + 1;
  }
  return NULL;
}

char *title_read(const struct reading_room *room)
{
  char *title = title_of_subject(room->subject);
  if (!title) title = titled_line(room->passage);
  return title ? title : first_sentence(room->passage);
}
