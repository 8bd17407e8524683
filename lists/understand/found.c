/* Founding a group: what it shall be called. "Ich möchte eine Gruppe für Eltern der Bouché-Grundschule" names
 * it behind "Gruppe für"; others put the name into quotation marks, behind "Titel:", or into the subject. */
#include "lists/understand/title.h"

#include <string.h>

enum { TITLE_CHARACTERS = 60, QUOTED_LEXEMES = 10 };

/* One line without marks at its ends, not too long, with a capital letter; NULL: nothing is left. Takes over.
 */
static char *trimmed(char *text)
{
  g_autofree char *owned = text;
  if (!owned) return NULL;
  g_strdelimit(owned, "\r\n\t", ' ');
  g_strstrip(owned);
  static const char *const marks[] = {
    ".", ",", "!", "?", ":", ";", "\"", "-", "„", "“", "”", "»", "«", "–"
  };
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
      gsize size = strlen(owned), mark = strlen(marks[i]);
      if (g_str_has_suffix(owned, marks[i])) owned[size - mark] = '\0', is_changed = true;
      if (g_str_has_prefix(owned, marks[i]))
        memmove(owned, owned + mark, strlen(owned + mark) + 1), is_changed = true;
    }
    g_strstrip(owned);
  }
  if (!*owned) return NULL;
  g_autofree char *cut = g_utf8_substring(owned, 0, MIN(g_utf8_strlen(owned, -1), TITLE_CHARACTERS));
  gunichar first = g_unichar_toupper(g_utf8_get_char(cut));
  char begin[7] = { 0 };
  g_unichar_to_utf8(first, begin);
  return g_strconcat(begin, g_utf8_next_char(cut), NULL);
}

/* What stands in quotation marks behind a lexeme, if it is short. */
static char *quoted(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  for (guint i = 0; i < l->count; i++) {
    if (!lexeme_is(&l->at[i], "\"")) continue;
    guint end = i + 1;
    while (end < l->count && end - i <= QUOTED_LEXEMES && !lexeme_is(&l->at[end], "\"")) end++;
    bool is_title = end < l->count && lexeme_is(&l->at[end], "\"") && end > i + 1;
    return is_title ? passage_text(passage, i + 1, end) : NULL;
  }
  return NULL;
}

/* What stands behind "Gruppe für", up to the end of the sentence or a verb. */
static char *named(const struct passage *passage, const char *section)
{
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(section), 0);
  if (!hit) return NULL;
  guint first, end;
  passage_sentence(passage, hit->first, &first, &end);
  guint stop = hit->end;
  const guint tag = phrases_tag("found.end");
  while (stop < end && !lexeme_is(&l->at[stop], ",") && !passage_at(passage, tag, stop)) stop++;
  return stop > hit->end ? passage_text(passage, hit->end, stop) : NULL;
}

void read_found(const struct reading_room *room, struct meaning *meaning)
{
  meaning->title = trimmed(quoted(room->passage));
  if (!meaning->title) meaning->title = trimmed(named(room->passage, "found.title"));
  if (!meaning->title) meaning->title = trimmed(named(room->subject, "found.title"));
  if (!meaning->title) meaning->title = trimmed(named(room->passage, "found.whose"));
  meaning->topic = title_of_subject(room->subject);
}
