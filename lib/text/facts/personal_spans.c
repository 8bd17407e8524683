/* Where names and number plates stand: for leaving them out (lib/text/redact/wishes.c). A name that was met
 * once is known again wherever it stands, also with a genitive's s. */
#include "lib/text/facts/personal_private.h"

enum { NAME_WORDS = 4, NAME_LETTERS = 3 };

/* Where the name that begins here ends: further words with a capital, double names, "S." */
static guint name_end(const struct look *look, guint first)
{
  guint at = first + 1;
  for (guint words = 1; words < NAME_WORDS && at < look->passage->lexemes->count; words++) {
    bool is_joined =
        is_mark(&look->at[at], "-") && !look->at[at].is_spaced && is_capital_word(&look->at[at + 1]);
    if (is_joined)
      at += 2;
    else if (is_capital_word(&look->at[at]) && !look->at[at].begins_sentence && personal_is_name(look, at))
      at++;
    else
      break;
  }
  return is_initial(look, at - 1) && is_mark(&look->at[at], ".") ? at + 1 : at;
}

static void add_span(GArray *spans, guint first, guint end, enum personal kind)
{
  struct personal_span span = { first, end, kind };
  g_array_append_val(spans, span);
}

/* The words of a name that was met, to be known again. */
static void remember(const struct look *look, GHashTable *names, guint first, guint end)
{
  for (guint at = first; at < end; at++)
    if (is_capital_word(&look->at[at]) && strlen(look->at[at].folded) >= NAME_LETTERS)
      g_hash_table_add(names, (gpointer)look->at[at].folded);
}

/* "Lehmann", "Lehmanns": a name that was met before, or is met later. */
static bool is_known_name(const GHashTable *names, const struct lexeme *it)
{
  if (!is_capital_word(it)) return false;
  if (g_hash_table_contains((GHashTable *)names, it->folded)) return true;
  gsize size = strlen(it->folded);
  if (size <= NAME_LETTERS || it->folded[size - 1] != 's') return false;
  g_autofree char *bare = g_strndup(it->folded, size - 1);
  return g_hash_table_contains((GHashTable *)names, bare);
}

GArray *personal_spans(const struct passage *passage)
{
  struct look look = personal_look(passage);
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct personal_span));
  g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
  guint name, end = 0;
  for (guint at = 0; at < look.count; at++)
    if (look.at[at].kind == LEXEME_WORD && personal_is_person_at(&look, at, &name))
      remember(&look, names, name, name_end(&look, name));
  for (guint at = 0; at < passage->lexemes->count; at = MAX(at + 1, end)) {
    end = at;
    if (at < look.count && personal_is_plate_at(&look, at, &end)) {
      add_span(spans, at, end, PERSONAL_PLATE);
    } else if (at < look.count && look.at[at].kind == LEXEME_WORD &&
               personal_is_person_at(&look, at, &name)) {
      end = name_end(&look, name);
      add_span(spans, name, end, PERSONAL_PERSON);
    } else if (is_known_name(names, &look.at[at])) {
      end = at + 1;
      add_span(spans, at, end, PERSONAL_PERSON);
    } else {
      end = at;
    }
  }
  return spans;
}
