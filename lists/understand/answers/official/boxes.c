/* "[x] erledigt [ ] in Arbeit", "☐ erledigt ☒ geplant": forms of office programs name every state there is,
 * and tick one. Such a line is no sentence for the public, and a state counts only by its tick. */
#include "lists/understand/answers/official/boxes.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

static const char *const TICKED[] = { "[x]", "[X]", "(x)", "(X)", "[✓]", "[✔]", "☒", "☑", "✅", "✔" };
static const char *const EMPTY[] = { "[ ]", "( )", "[]", "()", "☐", "[_]", "◻", "⬜" };

/* Does one of the signs stand in these bytes? */
static bool has_sign(const char *text, gsize size, const char *const *signs, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (g_strstr_len(text, (gssize)size, signs[i])) return true;
  return false;
}

/* The bytes between what stands before a state in its line, and the state. */
static gsize before_state(const struct passage *passage, guint line, guint from, guint state,
                          const char **text)
{
  const struct lexeme *l = passage->lexemes->at;
  gsize start = from > line ? l[from - 1].end : line > 0 ? l[line - 1].end : 0;
  *text = passage->lexemes->text + start;
  return l[state].start - start;
}

bool official_is_boxes(const struct passage *passage, guint first, guint end)
{
  const struct lexeme *l = passage->lexemes->at;
  guint tag = phrases_tag("official.state"), behind = first;
  bool has_box = false;
  for (guint at = first; at < end; at++) {
    const struct phrase_hit *state = at >= behind ? passage_at(passage, tag, at) : NULL;
    if (state) {
      const char *text;
      gsize size = before_state(passage, first, behind, at, &text);
      has_box |= has_sign(text, size, TICKED, G_N_ELEMENTS(TICKED)) ||
                 has_sign(text, size, EMPTY, G_N_ELEMENTS(EMPTY));
      behind = state->end;
    }
    bool is_word = l[at].kind == LEXEME_WORD || l[at].kind == LEXEME_DIGITS;
    if (is_word && at >= behind && !lexeme_is(&l[at], "x")) return false;
  }
  return has_box;
}

enum case_status official_ticked(const struct passage *passage)
{
  guint tag = phrases_tag("official.state");
  enum case_status found = STATUS_NONE;
  for (guint line = 0, end; line < passage->lexemes->count; line = end + 1) {
    end = line_end(passage, line);
    if (end == line || !official_is_boxes(passage, line, end)) continue;
    guint behind = line;
    for (guint at = line; at < end; at++) {
      const struct phrase_hit *state = at >= behind ? passage_at(passage, tag, at) : NULL;
      if (!state) continue;
      const char *text;
      gsize size = before_state(passage, line, behind, at, &text);
      behind = state->end;
      if (!has_sign(text, size, TICKED, G_N_ELEMENTS(TICKED))) continue;
      if (found != STATUS_NONE) return STATUS_NONE; /* two are: nobody knows */
      found = case_status_of_word(state->value);
    }
  }
  return found;
}
