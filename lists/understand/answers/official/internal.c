/* What an office marks as internal, in whatever form, and how far the mark reaches. Three forms have certain
 * bounds; these parts go, and the rest of the mail may be published:
 *
 *   a label with a colon at a line's or sentence's begin ("Intern: …", "Für die Akte: …"), to the paragraph's
 *   end, with a list that it announces; whether a paragraph behind it is meant, too, only its author knows ·
 * a bracket that begins with a label ("[intern: …]") · a line that parts the mail ("--- ab hier intern ---",
 * "Ab hier nicht veröffentlichen"), to the end.
 *
 * Any other mark ("das bitte intern halten", "(nicht nach außen)") may be meant for the sentence, for the
 * paragraph or for everything: its author is asked.
 *
 * What surprised us: "(nicht nach außen)" labels what stands around the bracket, not what is in it; and
 * offices say "nach interner Prüfung" to the public all day (official.internal-usual). */
#include "lists/understand/answers/official/internal.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { LABEL_BEFORE = 6, LABEL_BEHIND = 6, DIVIDER_MARKS = 2, DIVIDER_WORDS = 9, BRACKET_LEXEMES = 400 };

/* ---- marks ---- */

static const char *const mark_tags[] = { "official.internal", "official.secret", "official.file-note" };

/* The longest mark that begins at a lexeme; NULL: none. */
static const struct phrase_hit *mark_at(const struct passage *passage, guint at)
{
  const struct phrase_hit *best = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(mark_tags); i++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag(mark_tags[i]), at);
    if (hit && (!best || hit->end > best->end)) best = hit;
  }
  return best;
}

/* The first mark in [first, end); what is usual to say is none. */
static const struct phrase_hit *find_mark(const struct passage *passage, guint first, guint end)
{
  guint usual = phrases_tag("official.internal-usual"), behind = first;
  for (guint at = first; at < end; at++) {
    const struct phrase_hit *said = passage_at(passage, usual, at), *hit = mark_at(passage, at);
    if (said) behind = MAX(behind, said->end);
    if (hit && (at >= behind || hit->end > behind)) return hit;
  }
  return NULL;
}

/* ---- bounds ---- */

/* Behind the paragraph a lexeme stands in. */
static guint paragraph_end(const struct passage *passage, guint lexeme)
{
  const struct lexemes *l = passage->lexemes;
  while (lexeme < l->count && !(l->at[lexeme].kind == LEXEME_BREAK && l->at[lexeme + 1].kind == LEXEME_BREAK))
    lexeme++;
  return lexeme;
}

/* The colon or dash that makes a label of the mark before it, in its line; 0: there is none. */
static guint colon_behind(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexeme *l = passage->lexemes->at;
  for (guint at = hit->end - 1; at < hit->end + LABEL_BEHIND && l[at].kind != LEXEME_BREAK; at++) {
    if (l[at].kind == LEXEME_END || strchr(".!?", l[at].folded[0] ? l[at].folded[0] : ' ')) return 0;
    bool is_dash = lexeme_is(&l[at], "-") && l[at].is_spaced && l[at + 1].is_spaced;
    if (lexeme_is(&l[at], ":") || is_dash) return at;
  }
  return 0;
}

/* Behind the bullets, dashes and brackets that a line begins with. */
static guint skip_marks(const struct passage *passage, guint first, guint end)
{
  while (first < end && passage->lexemes->at[first].kind == LEXEME_MARK) first++;
  return first;
}

/* Nothing but the mark and signs around it stand in the line. */
static bool stands_alone(const struct passage *passage, const struct phrase_hit *hit, guint first, guint end)
{
  return passage_words(passage, first, hit->first) == 0 && passage_words(passage, hit->end, end) == 0;
}

/* ---- the forms ---- */

/* "--- ab hier intern ---", "Ab hier bitte nicht veröffentlichen:": all that follows. */
static bool is_divider(const struct passage *passage, guint first, guint end)
{
  const struct phrase_hit *hit = find_mark(passage, first, end);
  if (!hit) return false;
  guint words = skip_marks(passage, first, end);
  guint colon = colon_behind(passage, hit);
  bool has_content = colon && passage_words(passage, colon, end) > 0;
  if (span_find(passage, "official.from-here", first, MIN(end, first + LABEL_BEFORE)))
    return passage_words(passage, first, end) <= DIVIDER_WORDS && !has_content;
  if (words - first >= DIVIDER_MARKS && passage_words(passage, first, end) <= DIVIDER_WORDS)
    return !has_content;
  /* "Intern" alone above a blank line */
  return stands_alone(passage, hit, first, end) && passage->lexemes->at[end].kind == LEXEME_BREAK &&
         passage->lexemes->at[end + 1].kind == LEXEME_BREAK;
}

/* "P.S. Bitte nur intern:": nothing but such words stands before the mark. */
static bool leads_to_label(const struct passage *passage, guint first, guint end)
{
  guint lead = phrases_tag("official.label-lead");
  if (end > first + LABEL_BEFORE) return false;
  for (; first < end; first++)
    if (passage->lexemes->at[first].kind != LEXEME_MARK && !passage_at(passage, lead, first)) return false;
  return true;
}

/* Where in a line a labelled paragraph begins; `end`: nowhere. */
static guint label_begin(const struct passage *passage, guint first, guint end)
{
  const struct lexeme *l = passage->lexemes->at;
  for (const struct phrase_hit *hit = find_mark(passage, first, end); hit;
       hit = find_mark(passage, hit->end, end)) {
    guint head = skip_marks(passage, first, end);
    bool is_at_head = leads_to_label(passage, head, hit->first),
         begins = is_at_head || l[hit->first].begins_sentence;
    guint colon = begins ? colon_behind(passage, hit) : 0;
    if (colon || (is_at_head && stands_alone(passage, hit, first, end)))
      return is_at_head ? first : hit->first;
    if (hit->end <= hit->first) break;
  }
  return end;
}

/* Behind the bracket that closes the one here, in its paragraph; 0: it stays open. */
static guint bracket_end(const struct passage *passage, guint open)
{
  const struct lexeme *l = passage->lexemes->at;
  const char *closing = lexeme_is(&l[open], "(") ? ")" : "]";
  for (guint at = open + 1; at < open + BRACKET_LEXEMES && l[at].kind != LEXEME_END; at++) {
    if (lexeme_is(&l[at], closing)) return at + 1;
    if (l[at].kind == LEXEME_BREAK && l[at + 1].kind == LEXEME_BREAK) return 0;
  }
  return 0;
}

/* Behind the labelled bracket that begins here; 0: none does. */
static guint labelled_bracket(const struct passage *passage, guint at)
{
  const struct lexeme *l = passage->lexemes->at;
  if (!lexeme_is(&l[at], "(") && !lexeme_is(&l[at], "[")) return 0;
  const struct phrase_hit *hit = mark_at(passage, at);
  for (guint i = at + 1; !hit && i < at + 3 && l[i].kind != LEXEME_END; i++) hit = mark_at(passage, i);
  guint colon = hit ? colon_behind(passage, hit) : 0, end = colon ? bracket_end(passage, at) : 0;
  return end > colon ? end : 0;
}

static void add(GArray *parts, guint first, guint end, bool is_label)
{
  struct official_span part = { .first = first, .end = end, .is_label = is_label };
  if (first < end) g_array_append_val(parts, part);
}

/* The brackets of a line that are internal. Returns where to read on. */
static guint add_brackets(GArray *parts, const struct passage *passage, guint first, guint end)
{
  guint behind = end;
  for (guint at = first; at < end; at++) {
    guint close = labelled_bracket(passage, at);
    if (!close) continue;
    add(parts, at, close, false);
    at = close - 1;
    behind = MAX(behind, close);
  }
  return behind;
}

/* Does a list begin here? */
static bool begins_list(const struct passage *passage, guint at)
{
  const struct lexeme *l = &passage->lexemes->at[at];
  if (l->kind == LEXEME_MARK) return l->folded[0] && strchr("-*+o>", l->folded[0]);
  return l->kind == LEXEME_DIGITS && (lexeme_is(l + 1, ".") || lexeme_is(l + 1, ")"));
}

/* Behind what a label is about: its paragraph; where that ends with a colon, or a list follows, what follows,
 * too. */
static guint label_end(const struct passage *passage, guint label)
{
  const struct lexeme *l = passage->lexemes->at;
  guint end = paragraph_end(passage, label);
  while (end < passage->lexemes->count) {
    guint next = end;
    while (next < passage->lexemes->count && l[next].kind == LEXEME_BREAK) next++;
    bool announces = end > label && lexeme_is(&l[end - 1], ":");
    if (next >= passage->lexemes->count || !(announces || begins_list(passage, next))) return end;
    end = paragraph_end(passage, next);
  }
  return end;
}

GArray *official_internal_parts(const struct passage *passage)
{
  GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct official_span));
  const guint count = passage->lexemes->count;
  for (guint at = 0; at < count;) {
    guint end = line_end(passage, at);
    if (is_divider(passage, at, end)) {
      add(parts, at, count, false);
      break;
    }
    guint brackets = parts->len, behind = add_brackets(parts, passage, at, end);
    if (parts->len > brackets) {
      at = behind;
      continue;
    }
    guint label = label_begin(passage, at, end);
    if (label < end) {
      end = label_end(passage, label);
      add(parts, label, end, true);
    }
    at = end + 1;
  }
  return parts;
}

const struct official_span *official_part_of(const GArray *parts, guint lexeme)
{
  guint low = 0, high = parts->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    const struct official_span *part = &g_array_index(parts, struct official_span, middle);
    if (lexeme >= part->first && lexeme < part->end) return part;
    if (part->end <= lexeme)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* "Interm:", "Intenr:": one letter from the word that our own letter offers. */
static bool is_nearly_intern(const char *word)
{
  static const char intern[] = "intern";
  gsize length = strlen(word), same = 0, back = 0;
  if (length < 5 || length > 7 || strcmp(word, intern) == 0) return false;
  while (same < length && word[same] == intern[same]) same++;
  while (back < length - same && back < 6 - MIN(same, 6) && word[length - 1 - back] == intern[5 - back])
    back++;
  bool is_swapped =
      length == 6 && same + back == 4 && word[same] == intern[same + 1] && word[same + 1] == intern[same];
  return is_swapped || same + back + 1 >= MAX(length, 6);
}

static bool has_slip(const struct passage *passage)
{
  const struct lexeme *l = passage->lexemes->at;
  for (guint at = 0; at + 1 < passage->lexemes->count; at++) {
    bool begins_line = at == 0 || l[at - 1].kind == LEXEME_BREAK;
    if (begins_line && l[at].kind == LEXEME_WORD && lexeme_is(&l[at + 1], ":") &&
        is_nearly_intern(l[at].folded))
      return true;
  }
  return false;
}

/* Words for the public behind a labelled paragraph: they may belong to it. */
static bool goes_on_behind_label(const struct passage *passage, const GArray *parts, const bool *is_kept)
{
  guint first = passage->lexemes->count;
  for (guint i = parts->len; i > 0; i--) {
    const struct official_span *part = &g_array_index(parts, struct official_span, i - 1);
    if (part->is_label) first = part->end;
  }
  for (guint at = first; at < passage->lexemes->count; at++)
    if (is_kept[at] && passage->lexemes->at[at].kind == LEXEME_WORD) return true;
  return false;
}

bool official_has_mark(const struct passage *passage, const GArray *parts, const bool *is_kept)
{
  guint saying = phrases_tag("official.internal"), label = phrases_tag("official.file-note"), first = 0;
  if (has_slip(passage) || goes_on_behind_label(passage, parts, is_kept)) return true;
  for (const struct phrase_hit *hit; (hit = find_mark(passage, first, passage->lexemes->count));) {
    const struct official_span *part = official_part_of(parts, hit->first);
    bool counts = is_kept[hit->first] || passage_at(passage, saying, hit->first);
    if (!part && counts && hit->tag != label) return true;
    first = MAX(part ? part->end : 0, hit->first + 1);
  }
  return false;
}
