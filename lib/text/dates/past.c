/* Whether the words around a date look back: "war am 3.5.", "wurde am Dienstag gemeldet", "haben wir am 3.5.
 * abgegeben", "Ihr Schreiben vom 3.5.", "seit Mai". Called by resolve.c for dates without a year. Looks at
 * the clause only, a bounded number of lexemes to both sides; words that look ahead ("wird", "soll") win. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

enum { CLAUSE_LEXEMES = 14, NEAR_LEXEMES = 3 };

static bool ends_clause(const struct dates_reader *r, guint at)
{
  const struct lexeme *it = &r->at[at];
  if (it->kind == LEXEME_BREAK) return r->at[at + 1].kind == LEXEME_BREAK || r->at[at + 1].begins_sentence;
  if (it->kind != LEXEME_MARK) return it->kind == LEXEME_END;
  if (strchr(";!?:", it->folded[0])) return true;
  if (it->folded[0] == ',') return is_word(r, at + 1);
  return it->folded[0] == '.' && r->at[at + 1].begins_sentence;
}

/* "gemeldet", "abgegeben", "bestellt", "repariert": as the perfect tense ends a clause. */
static bool is_participle(const char *word)
{
  static const char *const begins[] = { "ge",  "be",  "ver",  "er",    "ent",  "zer",   "ab",
                                        "an",  "auf", "aus",  "ein",   "mit",  "nach",  "statt",
                                        "vor", "zu",  "um",   "unter", "uber", "ueber", "teil",
                                        "los", "weg", "fest", "hin",   "her" };
  gsize size = strlen(word);
  if (size < 5) return false;
  bool is_ended = g_str_has_suffix(word, "t") || g_str_has_suffix(word, "en");
  if (g_str_has_suffix(word, "iert")) return true;
  /* how something is, or will be */
  static const char *const states[] = { "geoeffnet",  "geplant",      "geschlossen", "verreist", "verhindert",
                                        "ausgebucht", "belegt",       "besetzt",     "vergeben", "verplant",
                                        "verabredet", "beschaeftigt", "abwesend" };
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) is_ended &= !g_str_has_prefix(word, states[i]);
  if (!is_ended) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(begins); i++)
    if (g_str_has_prefix(word, begins[i]))
      return i < 6 || strstr(word, "ge") || strstr(word, "be") || strstr(word, "ver");
  return false;
}

struct clause {
  bool is_past, is_ahead, has_auxiliary, has_participle;
};

/* "we're" is no "were": with an apostrophe inside it is two words, though phrases read it without. */
static bool is_two_words(const struct dates_reader *r, guint at)
{
  const char *text = r->passage->lexemes->text;
  for (guint i = r->at[at].start; i < r->at[at].end; i++)
    if (text[i] == '\'' || g_str_has_prefix(text + i, "\xe2\x80\x99")) return true;
  return false;
}

static void see(const struct dates_reader *r, guint at, bool is_near, struct clause *c)
{
  const struct phrase_hit *hit = word_at(r, TAG_PAST, at);
  if (!hit) return;
  if (is_two_words(r, at) && !hit_says(hit, "ahead")) return;
  if (hit_says(hit, "ahead"))
    c->is_ahead = true;
  else if (hit_says(hit, "perfect"))
    c->has_auxiliary = true;
  else if (!hit_says(hit, "near") || is_near)
    c->is_past = true;
}

bool looks_back(const struct dates_reader *r, guint first, guint end)
{
  struct clause c = { 0 };
  for (guint back = 1; back <= CLAUSE_LEXEMES && back <= first; back++) {
    guint at = first - back;
    if (ends_clause(r, at) && !(back == 1 && is_mark(r, at, ","))) break;
    see(r, at, back <= NEAR_LEXEMES + 1, &c);
  }
  guint at = end;
  /* "am 12.5. Die Straße ist": a full stop of a date that ends the sentence as well */
  bool is_over = end > 0 && is_mark(r, end - 1, ".") && is_word(r, end) && r->at[end].is_capital &&
                 (word_at(r, TAG_GLUE, end) || r->at[end].end - r->at[end].start <= 3);
  for (; !is_over && at < r->count && at < end + CLAUSE_LEXEMES && !ends_clause(r, at); at++)
    see(r, at, at < end + NEAR_LEXEMES, &c);
  guint last = at;
  while (last > end && !is_word(r, last - 1)) last--;
  if (last > end) c.has_participle = !r->at[last - 1].is_capital && is_participle(r->at[last - 1].folded);
  if (!c.has_participle && last > end + 1 && word_at(r, TAG_PAST, last - 1)) /* "… gemeldet haben" */
    c.has_participle = is_participle(r->at[last - 2].folded);
  return !c.is_ahead && (c.is_past || (c.has_auxiliary && c.has_participle));
}
