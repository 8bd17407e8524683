/* Lines "Titel: Nachbarn im Hof"; see lines.h. What a mail program puts in front (">", "*", "•") is passed
 * over. A long quoted value comes back in several lines; a line without a label goes on with the one before
 * it when that one was long, or ended in a comma. */
#include "lists/keeping/lines.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { LABEL_BYTES = 60, VALUE_BYTES = 2000, LINES_MAX = 400, LONG_LINE = 50, WRONG_BYTES = 200 };
enum { HEAD_LINES_MAX = 12, HEAD_BROKEN_MAX = 2 };

/* The line without quote marks, bullets and blanks in front. */
static const char *content_of(const char *line)
{
  while (*line && strchr(" \t>|*-\xe2\x80\xa2", *line)) line++;
  while ((guchar)*line >= 0x80 && (guchar)*line < 0xc0) line++; /* the rest of a bullet */
  return line;
}

const char *lines_word(const char *text, const char *section)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, LABEL_BYTES * 2);
  const struct lexemes *l = passage->lexemes;
  guint first = 0, end = l->count;
  while (first < end && l->at[first].kind == LEXEME_MARK) first++;
  while (end > first && (l->at[end - 1].kind == LEXEME_MARK || l->at[end - 1].kind == LEXEME_BREAK)) end--;
  const struct phrase_hit *hit = first < end ? passage_at(passage, phrases_tag(section), first) : NULL;
  return hit && hit->end >= end ? g_intern_string(hit->value) : NULL;
}

/* At most so many bytes of a text, whole characters. Caller frees. */
static char *cut(const char *text, gsize bytes)
{
  gsize size = strlen(text);
  g_autofree char *begin = g_strndup(text, MIN(size, bytes));
  const char *end = NULL;
  if (!g_utf8_validate(begin, -1, &end)) begin[end - begin] = '\0';
  return g_steal_pointer(&begin);
}

void lines_note_wrong(GPtrArray *wrong, const char *written)
{
  g_autofree char *line = cut(written, WRONG_BYTES);
  for (guint i = 0; i < wrong->len; i++)
    if (strcmp(g_ptr_array_index(wrong, i), line) == 0)
      return; /* a mail's own words stand in the whole mail, too */
  if (wrong->len < LINES_WRONG_MAX) g_ptr_array_add(wrong, g_steal_pointer(&line));
}

/* Labels in quotation marks are those of our own letters' sentences; "10:00" is a time. */
static bool is_no_label(const char *content, const char *colon)
{
  g_autofree char *label = g_strndup(content, (gsize)(colon - content));
  return strstr(label, "„") || strstr(label, "“") || strstr(label, "”") || strchr(label, '"') ||
         (g_ascii_isdigit(colon[-1]) && g_ascii_isdigit(colon[1]));
}

/* Takes a line apart. False: it has no label. Caller frees both. */
static bool split(const char *content, char **label, char **value)
{
  const char *colon = strchr(content, ':');
  *label = *value = NULL;
  if (!colon || colon == content || colon - content > LABEL_BYTES || g_str_has_prefix(colon, "://") ||
      is_no_label(content, colon))
    return false;
  *label = g_strstrip(g_strndup(content, (gsize)(colon - content)));
  *value = cut(colon + 1, VALUE_BYTES);
  g_strdelimit(*value, "*_\t\r", ' ');
  g_strstrip(*value);
  return true;
}

/* What a label is in the head of a quoted mail ("from", "subject"); NULL: nothing. */
static const char *head_word(const char *line)
{
  g_autofree char *label = NULL, *value = NULL;
  if (!split(content_of(line), &label, &value)) return NULL;
  g_strdelimit(label, "*_", ' ');
  g_strstrip(label);
  g_autoptr(passage_t) passage = passage_new_about(label, PHRASES_QUOTES, NULL, LABEL_BYTES * 2);
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("quotes.head"), 0);
  return hit && hit->end >= passage->lexemes->count ? g_intern_string(hit->value) : NULL;
}

/* Words that no letter of ours has as a label. */
static bool is_of_mail(const char *word)
{
  return strcmp(word, "from") == 0 || strcmp(word, "sent") == 0 || strcmp(word, "to") == 0;
}

/* How many lines from here on are the head of a quoted mail: two at least, one of them
 * from, to or when; "Betreff" and "Anhänge" are settings of ours, too. What a long value was broken into
 * belongs to it. */
static guint head_lines(char *const *lines)
{
  guint count = 0, labels = 0, others = 0, broken = 0;
  for (guint i = 0; lines[i] && i < HEAD_LINES_MAX; i++) {
    const char *word = head_word(lines[i]);
    if (!word && (broken >= HEAD_BROKEN_MAX || !*content_of(lines[i]))) break;
    broken = word ? 0 : broken + 1;
    if (!word && labels == 0) break;
    if (!word) continue;
    labels++, others += is_of_mail(word);
    count = i + 1;
  }
  return labels >= 2 && others > 0 ? count : 0;
}

/* Does a line go on with the one before it? */
static bool is_more(const char *content, line_is_ours *is_ours, void *data)
{
  g_autofree char *label = NULL, *value = NULL;
  return *content && !(split(content, &label, &value) && is_ours(label, data));
}

void lines_read(const char *text, line_is_ours *is_ours, line_take *take, void *data)
{
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", LINES_MAX);
  bool is_behind_head = false;
  for (guint i = 0; lines[i];) {
    guint head = head_lines(lines + i);
    is_behind_head |= head > 0;
    i += head;
    if (!lines[i]) break;
    bool is_quoted = is_behind_head || *g_strchug(lines[i]) == '>';
    const char *content = content_of(lines[i]);
    gsize length = strlen(lines[i++]);
    g_autofree char *label = NULL, *begin = NULL;
    if (!split(content, &label, &begin)) continue;
    bool is_one = is_ours(label, data);
    g_autoptr(GString) value = g_string_new(begin);
    while (is_one && lines[i] && (length >= LONG_LINE || g_str_has_suffix(value->str, ",")) &&
           value->len < VALUE_BYTES && is_more(content_of(lines[i]), is_ours, data)) {
      g_string_append_printf(value, " %s", content_of(lines[i]));
      length = strlen(lines[i++]);
    }
    g_strchomp(value->str);
    take(&(struct line){ .label = label,
                         .value = value->str,
                         .written = content,
                         .is_ours = is_one,
                         .is_quoted = is_quoted },
         data);
  }
}
