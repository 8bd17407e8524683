/* What the office has said before, and all can read. A clerk sends the same mail again because no answer came,
 * or writes two lines above their last answer, whose quote has no marks. Neither is published twice.
 *
 * Where whoever asked wrote since then, the same words are an answer again ("Ist erledigt."); and "Wie
 * gesagt:" wants its words. */
#include "lists/cases/replies/reply.h"

#include <string.h>

enum { ENTRIES_LOOKED_AT = 30, LEAST_WORDS = 5, FAREWELL_WORDS = 8 };

/* The words in one line, without signs of a quote. Caller frees. */
static char *in_a_line(const char *text, guint *count)
{
  GString *out = g_string_new(NULL);
  g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n>", -1);
  *count = 0;
  for (char **word = words; *word; word++) {
    if (!**word) continue;
    g_string_append_printf(out, "%s%s", out->len ? " " : "", *word);
    *count += 1;
  }
  return g_string_free(out, FALSE);
}

static bool is_published(const struct case_entry *entry)
{
  return strcmp(entry->what, "reply") == 0 && entry->is_public && *entry->text;
}

/* Do all words of an answer stand from here to the end, with at most a farewell behind them? */
static bool ends_with(const char *from, const char *answer, guint words)
{
  guint count = 0;
  g_autofree char *rest = in_a_line(from, &count);
  return count <= words + FAREWELL_WORDS && g_str_has_prefix(rest, answer);
}

/* Where the repeated answer begins; NULL: nowhere, or something leads to it. */
static const char *find_answer(const char *said, const char *answer, guint words)
{
  for (const char *line = strchr(said, '\n'); line; line = strchr(line + 1, '\n')) {
    if (!ends_with(line + 1, answer, words)) continue;
    const char *end = line;
    while (end > said && strchr(" \t\r\n>", *end)) end--;
    return *end == ':' ? NULL : line;
  }
  return NULL;
}

bool reply_forget_said(struct case_reply *reply, GError **error)
{
  struct reply_reading *r = &reply->reading;
  if (reply->words || r->inside.answers) return true;
  g_autoptr(GPtrArray) entries =
      case_entries_newest(reply->work->store, reply->it->id, ENTRIES_LOOKED_AT, error);
  if (!entries) return false;
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    guint words = 0;
    g_autofree char *answer = in_a_line(entry->text, &words);
    if (!is_published(entry) || words < LEAST_WORDS) continue;
    const char *at = find_answer(r->said, answer, words);
    if (!at) continue;
    char *rest = g_strndup(r->said, (gsize)(at - r->said));
    g_free(r->said);
    r->said = g_strchomp(rest);
  }
  return true;
}

bool reply_is_repeated(const struct case_reply *reply, bool *is, GError **error)
{
  const struct reply_reading *r = &reply->reading;
  *is = false;
  if (!*r->text || reply->asked || reply->arrival->mail->attachments->len) return true;
  g_autoptr(GPtrArray) entries =
      case_entries_newest(reply->work->store, reply->it->id, ENTRIES_LOOKED_AT, error);
  if (!entries) return false;
  guint count = 0;
  g_autofree char *text = in_a_line(r->text, &count);
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    if (!entry->office && entry->mail) return true; /* somebody else wrote */
    if (!is_published(entry)) continue;
    g_autofree char *before = in_a_line(entry->text, &count);
    *is = reply->office && entry->office == reply->office->id && strcmp(before, text) == 0;
    return true;
  }
  return true;
}
