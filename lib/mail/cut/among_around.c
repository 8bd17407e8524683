/* What stands around the quote of a letter of ours: heads of mails above it, and own words above and below.
 * Called by among.c. */
#include "lib/mail/cut/among_private.h"

#include "lib/mail/cut/alike.h"
#include "lib/mail/cut/cut_private.h"

#include <string.h>

guint among_count_heads(const char *text, const char *end)
{
  g_autofree char *above = g_strndup(text, (gsize)(end - text));
  struct cut cut = { .budget = CUT_BUDGET };
  guint heads = 0, prefix = 0;
  cut.lines = lines_split(above, &cut.count);
  for (guint i = 0; i < cut.count; i++) {
    guint behind = head_at(&cut, i, cut.count);
    const struct line *line = &cut.lines[i];
    bool is_attribution = !behind && line->size > 0 && line->start[line->size - 1] == ':' &&
                          attribution_ending_at(&cut, i, false, &prefix) >= 0;
    heads += behind > 0 || is_attribution;
    if (behind) i = behind - 1;
  }
  g_free(cut.lines);
  return heads;
}

char *among_own_lines(const char *text_new, const char *from, const char *end)
{
  g_autofree char *copy = g_strndup(from, (gsize)(end - from));
  g_auto(GStrv) there = g_strsplit_set(copy, "\n", -1), own = g_strsplit_set(text_new, "\n", -1);
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  for (char **line = there; *line; line++) {
    char *p = *line;
    while (*p && alike_is_blank(p)) p += (guchar)*p == 0xC2 ? 2 : 1;
    g_hash_table_add(known, g_strchomp(p));
  }
  GString *out = g_string_new(NULL);
  for (char **line = own; *line; line++) {
    char *p = g_strstrip(*line);
    if (!*p || (*p != '>' && g_hash_table_contains(known, p))) g_string_append_printf(out, "%s\n", p);
  }
  return g_strstrip(g_string_free(out, FALSE));
}
