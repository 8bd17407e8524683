/* Passages of a held mail, named by their place. Called by decide.c and release.c. The greeting counts as no
 * sentence and no paragraph and stays; nor do the closing, the signature and what is quoted, and those go
 * with an "only", since they stand behind what shall stay.
 *
 * What surprised us: it is not the finding of a sentence that is uncertain but the answer. "Ohne den letzten
 * Satz, und die Nummer bitte auch" must not leave the number in. So only an answer counts whose every word is
 * known; anything else goes the way of leave_out.c and is asked back. */
#include "lists/moderation/passages.h"

#include <string.h>

static const char PREFIX[] = "cut:";
enum { PIECES_MAX = 2000, GREETING_WORDS = 6, CLOSING_WORDS = 6, QUOTED_LEXEMES_MAX = 20 };

bool passages_is_code(const char *code)
{
  return g_str_has_prefix(code, PREFIX);
}

/* ---- the answer ---- */

static bool is_quote_mark(const struct lexeme *it)
{
  static const char *const marks[] = { "\"", "„", "“", "”", "»", "«", "‚", "‘", "'" };
  for (gsize i = 0; it->kind == LEXEME_MARK && i < G_N_ELEMENTS(marks); i++)
    if (lexeme_is(it, marks[i])) return true;
  return false;
}

/* Behind the quotation that begins at a lexeme; 0: none does. */
static guint behind_quotation(const struct passage *answer, guint at)
{
  const struct lexeme *l = answer->lexemes->at;
  if (!is_quote_mark(&l[at])) return 0;
  for (guint end = at + 1; end < answer->lexemes->count && end - at < QUOTED_LEXEMES_MAX; end++)
    if (is_quote_mark(&l[end])) return end > at + 1 ? end + 1 : 0;
  return 0;
}

/* Behind what is known at a lexeme and says nothing else; the same: it is not known. */
static guint behind_known(const struct passage *answer, guint at)
{
  static const char *const sections[] = { "moderation.yes",    "moderation.publish",   "moderation.remove",
                                          "moderation.filler", "moderate.lead",        "moderate.thanks",
                                          "sure.yes",          "sure.filler",          "sure.greeting",
                                          "sure.farewell",     "moderation.cut-filler" };
  guint end = at;
  const struct lexeme *it = &answer->lexemes->at[at];
  for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
    const struct phrase_hit *hit = passage_at(answer, phrases_tag(sections[i]), at);
    if (hit && hit->end > end) end = hit->end;
  }
  bool is_mark = it->kind == LEXEME_BREAK || (it->kind == LEXEME_MARK && !lexeme_is(it, "?"));
  return end == at && is_mark ? at + 1 : end;
}

/* The wish, its quotation, and whether a word beside them takes something out. */
struct said {
  const struct phrase_hit *cut;
  char *quoted;
  bool removes;
};

/* Reads the answer to its last word; false: something of it is not known. */
static bool read_all(const struct passage *answer, struct said *said)
{
  guint tag = phrases_tag("moderation.cut"), remove = phrases_tag("moderation.remove");
  for (guint at = 0; at < answer->lexemes->count;) {
    const struct phrase_hit *hit = passage_at(answer, tag, at);
    guint quoted = behind_quotation(answer, at);
    guint end = hit ? hit->end : quoted ? quoted : behind_known(answer, at);
    for (guint k = at + 1; !hit && !quoted && k < end; k++) /* "ok ohne" may be known as such */
      if (passage_at(answer, tag, k)) end = k;
    if (end == at || (hit && said->cut) || (quoted && said->quoted)) return false;
    if (hit) said->cut = hit;
    if (!hit && quoted) said->quoted = g_strstrip(passage_text(answer, at + 1, quoted - 1));
    said->removes |= !hit && passage_at(answer, remove, at) != NULL;
    at = end;
  }
  return said->cut != NULL;
}

char *passages_read(const struct passage *answer)
{
  struct said said = { 0 };
  bool is_read = read_all(answer, &said);
  g_autofree char *quoted = said.quoted;
  if (!is_read) return NULL;
  const char *what = said.cut->value;
  bool by_words = strcmp(what, "from") == 0 || strcmp(what, "with") == 0 || strcmp(what, "without-with") == 0;
  bool is_removal = !g_str_has_prefix(what, "keep") && !g_str_has_prefix(what, "without");
  if (by_words != (quoted != NULL) || (is_removal && !said.removes)) return NULL;
  if (g_str_has_prefix(what, "without-")) what += strlen("without-");
  return by_words ? g_strdup_printf("%s%s:%s", PREFIX, what, quoted) : g_strconcat(PREFIX, what, NULL);
}

/* ---- the mail ---- */

/* The one place of words in a text; NULL: none, or several. */
static const char *only_place(const char *text, const char *words)
{
  const char *at = *words ? strstr(text, words) : NULL;
  return at && !strstr(at + 1, words) ? at : NULL;
}

/* The one line that begins with "PS" or "P.S."; NULL: none, or several. */
static const char *postscript(const char *text)
{
  const char *found = NULL;
  for (const char *line = text; line; line = strchr(line, '\n')) {
    line += *line == '\n';
    bool is_one = g_ascii_strncasecmp(line, "ps", 2) == 0 && !g_ascii_isalpha(line[2]);
    is_one |= g_ascii_strncasecmp(line, "p.s", 3) == 0 || g_ascii_strncasecmp(line, "p. s", 4) == 0;
    if (is_one && found) return NULL;
    if (is_one) found = line;
    if (!*line) break;
  }
  return found;
}

/* Sentences or paragraphs of a text: [start, end) in bytes. */
struct piece {
  gsize start, end;
};

/* A farewell in a line of its own. */
static bool is_farewell(const struct passage *passage, guint at)
{
  guint first, end;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("sure.farewell"), at);
  passage_sentence(passage, at, &first, &end);
  return hit && !*hit->value && passage_words(passage, first, end) <= CLOSING_WORDS;
}

/* Where the closing begins that ends the text, in bytes: a line with a farewell, or the mark of a signature.
 */
static gsize closing_at(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  for (guint i = 0; i < l->count; i++) {
    bool begins_line = i == 0 || l->at[i - 1].kind == LEXEME_BREAK;
    if (!begins_line || l->at[i].kind == LEXEME_BREAK) continue;
    bool is_mark = strncmp(l->text + l->at[i].start, "-- \n", 4) == 0 || l->text[l->at[i].start] == '>';
    if (is_mark || is_farewell(passage, i)) return l->at[i].start;
  }
  return strlen(l->text);
}

/* Adds a piece unless it is the greeting at the beginning. */
static void add_piece(const struct passage *passage, GArray *pieces, guint first, guint end, gsize limit)
{
  const struct lexeme *l = passage->lexemes->at;
  while (first < end && l[first].kind == LEXEME_BREAK) first++;
  while (end > first && l[end - 1].kind == LEXEME_BREAK) end--;
  if (first >= end || l[first].start >= limit || pieces->len >= PIECES_MAX) return;
  bool is_greeting = pieces->len == 0 && passage_at(passage, phrases_tag("people.address"), first) &&
                     passage_words(passage, first, end) <= GREETING_WORDS;
  struct piece piece = { l[first].start, l[end - 1].end };
  if (!is_greeting) g_array_append_val(pieces, piece);
}

static GArray *sentences_in(const struct passage *passage)
{
  GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
  gsize limit = closing_at(passage);
  for (guint i = 0; i < passage->lexemes->count;) {
    guint first, end;
    passage_sentence(passage, i, &first, &end);
    add_piece(passage, pieces, first, end, limit);
    i = MAX(end, i + 1);
  }
  return pieces;
}

/* Is a line blank? *next: behind it. */
static bool is_blank(const char *line, const char **next)
{
  gsize size = strcspn(line, "\n");
  *next = line + size + (line[size] == '\n');
  return strspn(line, " \t\r") >= size;
}

/* Parted by blank lines. */
static GArray *paragraphs_in(const struct passage *passage)
{
  GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
  const char *text = passage->lexemes->text, *limit = text + closing_at(passage), *next = text;
  for (const char *line = text; line < limit; line = next) {
    if (is_blank(line, &next)) continue;
    const char *begin = line, *end = line;
    for (; line < limit && !is_blank(line, &next); line = next) end = line + strcspn(line, "\n");
    g_autofree char *words = g_strndup(begin, (gsize)(end - begin));
    g_autoptr(passage_t) own = passage_new(words, NULL, 0);
    bool is_greeting = pieces->len == 0 && passage_at(own, phrases_tag("people.address"), 0) &&
                       passage_words(own, 0, own->lexemes->count) <= GREETING_WORDS;
    struct piece piece = { (gsize)(begin - text), (gsize)(end - text) };
    if (!is_greeting && pieces->len < PIECES_MAX) g_array_append_val(pieces, piece);
  }
  return pieces;
}

/* Does anything but a name stand behind the closing? Then "the last" may mean that. */
static bool has_more_behind_closing(const struct passage *passage)
{
  enum { CLOSING_AND_NAME = 10 };
  const char *closing = passage->lexemes->text + closing_at(passage);
  g_autoptr(passage_t) rest = passage_new(closing, NULL, 0);
  return passage_words(rest, 0, rest->lexemes->count) > CLOSING_AND_NAME || postscript(closing);
}

/* The text without [start, end). */
static char *without(const char *text, gsize start, gsize end)
{
  g_autofree char *before = g_strndup(text, start);
  g_strchomp(before);
  const char *behind = text + end;
  return g_strconcat(before, *before && *behind ? " […]" : "[…]", behind, NULL);
}

/* The one sentence with these words. */
static char *without_sentence(const char *text, const GArray *pieces, const char *words)
{
  const char *place = only_place(text, words);
  for (guint i = 0; place && i < pieces->len; i++) {
    const struct piece *it = &g_array_index(pieces, struct piece, i);
    gsize at = (gsize)(place - text);
    if (at >= it->start && at + strlen(words) <= it->end) return without(text, it->start, it->end);
  }
  return NULL;
}

static char *by_place(const char *text, const GArray *pieces, const char *what, guint count)
{
  if (count == 0 || count >= pieces->len) return NULL; /* all of it, or more: something else was meant */
  const struct piece *all = (const struct piece *)(const void *)pieces->data;
  if (g_str_has_prefix(what, "keep")) {
    g_autofree char *kept = g_strndup(text, all[count - 1].end);
    return g_strconcat(kept, " […]", NULL);
  }
  bool is_last = g_str_has_prefix(what, "last");
  guint first = is_last ? pieces->len - count : 0;
  return without(text, all[first].start, all[first + count - 1].end);
}

char *passages_apply(const char *text, const char *code)
{
  g_auto(GStrv) parts = g_strsplit(code + strlen(PREFIX), ":", 2);
  const char *what = parts[0], *argument = parts[0] ? parts[1] : NULL;
  if (!what) return NULL;
  const char *place = strcmp(what, "postscript") == 0 ? postscript(text)
                      : strcmp(what, "from") == 0     ? only_place(text, argument ? argument : "")
                                                      : NULL;
  if (place) return without(text, (gsize)(place - text), strlen(text));
  if (!argument || strcmp(what, "from") == 0) return NULL;
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  bool are_paragraphs = g_str_has_suffix(what, "paragraph");
  if (g_str_has_prefix(what, "last") && has_more_behind_closing(passage)) return NULL;
  g_autoptr(GArray) pieces = are_paragraphs ? paragraphs_in(passage) : sentences_in(passage);
  if (strcmp(what, "with") == 0) return without_sentence(text, pieces, argument);
  return by_place(text, pieces, what, (guint)g_ascii_strtoull(argument, NULL, 10));
}
