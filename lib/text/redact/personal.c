/* Names of people who are known, found in a text by word. A hyphen belongs to a word, so that the name Ernst
 * does not take "Ernst" out of "Ernst-Thälmann-Park"; neighbours of that name would not be found either,
 * which is why only the names of the people of one case are looked for in its own texts. */
#include "lib/text/redact/personal.h"

#include <stdbool.h>
#include <string.h>

enum { SHORTEST_NAME = 3 };

static bool belongs_to_word(gunichar c)
{
  return g_unichar_isalpha(c) || g_unichar_ismark(c) || c == '-' || c == 0x2010 || c == 0x2011;
}

/* The next word at or behind *at; *at is moved behind it. NULL: there is none. */
static const char *next_word(const char **at)
{
  const char *p = *at;
  while (*p && !belongs_to_word(g_utf8_get_char(p))) p = g_utf8_next_char(p);
  const char *begin = p;
  while (*p && belongs_to_word(g_utf8_get_char(p))) p = g_utf8_next_char(p);
  *at = p;
  return p > begin ? begin : NULL;
}

static char *folded(const char *begin, gssize size)
{
  g_autofree char *whole = g_utf8_normalize(begin, size, G_NORMALIZE_ALL_COMPOSE);
  return g_utf8_casefold(whole ? whole : "", -1);
}

static void add_words(GHashTable *words, const char *text, bool is_spared)
{
  static const char *const no_names[] = { "frau", "herr", "herrn", "familie", "von",  "van",    "vom", "zum",
                                          "zur",  "der",  "den",   "und",     "prof", "dipl",   "ing", "med",
                                          "über", "mrs",  "the",   "fam",     "team", "verein", NULL };
  const char *at = text;
  for (const char *begin; (begin = next_word(&at)) != NULL;) {
    char *word = folded(begin, at - begin);
    if (is_spared)
      g_hash_table_remove(words, word);
    else if (g_utf8_strlen(word, -1) >= SHORTEST_NAME && !g_strv_contains(no_names, word))
      g_hash_table_add(words, g_steal_pointer(&word));
    g_free(word);
  }
}

/* Whether a word is a name, or one with the "s" of the genitive. */
static bool is_name(GHashTable *words, const char *begin, gsize size)
{
  if (!g_unichar_isupper(g_utf8_get_char(begin))) return false;
  g_autofree char *word = folded(begin, (gssize)size);
  if (g_hash_table_contains(words, word)) return true;
  gsize length = strlen(word);
  if (length < 2 || word[length - 1] != 's') return false;
  word[length - 1] = '\0';
  return g_hash_table_contains(words, word);
}

void redact_names(GString *out, const char *text, const GPtrArray *names, const char *spared)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; names && i < names->len; i++)
    if (!strchr(names->pdata[i], '@')) add_words(words, names->pdata[i], false);
  if (spared) add_words(words, spared, true);
  const char *done = text, *at = text;
  for (const char *begin; g_hash_table_size(words) > 0 && (begin = next_word(&at)) != NULL;) {
    if (!is_name(words, begin, (gsize)(at - begin))) continue;
    g_string_append_len(out, done, begin - done);
    if (!g_str_has_suffix(out->str, "[Name] ")) /* first name and surname are one */
      g_string_append(out, "[Name]");
    else
      g_string_truncate(out, out->len - 1);
    done = at;
  }
  g_string_append(out, done);
}
