/* Lines "Titel: Nachbarn im Hof" of a keeper's answer. Labels and values are words of the tables (keep.label,
 * keep.posting, …), in any of our languages and any spelling of capitals; what a mail program puts in front
 * (">", "*", "•") is passed over.
 *
 * People edit the quoted letter in place, or write a line or two above it and leave the quote as it was. So a
 * value that equals what the letter showed says nothing, and words of their own go before quoted ones. A long
 * quoted value comes back in several lines; a line without a label goes on with the one before it when that
 * one was long. */
#include "lists/keeping/labels.h"

#include "lists/groups/sizes.h"

#include "lib/mail/files/file_kinds.h"

#include <string.h>

enum {
  LABEL_BYTES = 60,
  VALUE_BYTES = 2000,
  LINES_MAX = 400,
  LONG_LINE = 50,
  WRONG_MAX = 5,
  WRONG_BYTES = 200
};

/* Read otherwise than by one phrase. NULL: it says nothing that can be. */
static char *read_kinds(const char *text);
static char *read_size(const char *text);

static const struct {
  const char *word;
  const char *choices; /* tag of the words it may have; NULL: free text */
  char *(*read)(const char *text);
} settings[] = {
  [SETTING_TITLE] = { "title", NULL, NULL },
  [SETTING_DESCRIPTION] = { "description", NULL, NULL },
  [SETTING_POSTING] = { "posting", "keep.posting", NULL },
  [SETTING_JOINING] = { "joining", "keep.joining", NULL },
  [SETTING_ARCHIVE] = { "archive", "keep.archive", NULL },
  [SETTING_TAG] = { "tag", NULL, NULL },
  [SETTING_LANGUAGE] = { "language", "keep.language", NULL },
  [SETTING_OWN_COPY] = { "own_copy", "keep.own_copy", NULL },
  [SETTING_ATTACHMENTS] = { "attachments", NULL, read_kinds },
  [SETTING_ATTACHMENT_SIZE] = { "attachment_size", NULL, read_size },
  [SETTING_MAIL_SIZE] = { "mail_size", NULL, read_size },
  [SETTING_WELCOME] = { "welcome", NULL, NULL },
  [SETTING_MODERATORS] = { "moderators", NULL, NULL },
};
_Static_assert(G_N_ELEMENTS(settings) == SETTING_COUNT, "every setting has its word");

const char *setting_word(enum setting setting)
{
  return settings[setting].word;
}

void said_clear(struct said *said)
{
  for (int i = 0; i < SETTING_COUNT; i++) g_clear_pointer(&said->values[i], g_free);
  g_clear_pointer(&said->wrong, g_ptr_array_unref);
}

/* The line without quote marks, bullets and blanks in front. */
static const char *content_of(const char *line)
{
  while (*line && strchr(" \t>|*-\xe2\x80\xa2", *line)) line++;
  while ((guchar)*line >= 0x80 && (guchar)*line < 0xc0) line++; /* the rest of a bullet */
  return line;
}

/* The value of the first hit of a tag that covers all words of a text; NULL: none. */
static const char *whole_hit(const char *text, const char *tag)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, LABEL_BYTES * 2);
  const struct lexemes *l = passage->lexemes;
  guint first = 0, end = l->count;
  while (first < end && l->at[first].kind == LEXEME_MARK) first++;
  while (end > first && (l->at[end - 1].kind == LEXEME_MARK || l->at[end - 1].kind == LEXEME_BREAK)) end--;
  const struct phrase_hit *hit = first < end ? passage_at(passage, phrases_tag(tag), first) : NULL;
  return hit && hit->end >= end ? g_intern_string(hit->value) : NULL;
}

/* Adds the kinds that a piece names: as one phrase, else word by word ("Bilder und Dokumente"). */
static bool add_kinds(GString *out, const char *piece)
{
  const char *whole = whole_hit(piece, "keep.attachments");
  if (whole) {
    g_string_append_printf(out, " %s", whole);
    return true;
  }
  g_auto(GStrv) words = g_strsplit(piece, " ", 20);
  for (char **word = words; *word; word++) {
    if (!**word || whole_hit(*word, "keep.and")) continue;
    const char *kind = whole_hit(*word, "keep.attachments");
    if (!kind) return false;
    g_string_append_printf(out, " %s", kind);
  }
  return true;
}

/* "Bilder, Dokumente und Kalender" as words of the store. */
static char *read_kinds(const char *text)
{
  g_autoptr(GString) words = g_string_new(NULL);
  g_auto(GStrv) pieces = g_strsplit_set(text, ",;/+&", 20);
  for (char **piece = pieces; *piece; piece++)
    if (*g_strstrip(*piece) && !add_kinds(words, *piece)) return NULL;
  unsigned kinds = 0;
  return words->len > 0 && file_kinds_read(words->str, &kinds, NULL) ? file_kinds_words(kinds) : NULL;
}

static char *read_size(const char *text)
{
  int64_t bytes = 0;
  return size_read(text, &bytes) ? size_words(bytes) : NULL;
}

/* The setting of a label; SETTING_COUNT: none. */
static enum setting setting_of_label(const char *label)
{
  const char *word = whole_hit(label, "keep.label");
  for (int i = 0; word && i < SETTING_COUNT; i++)
    if (strcmp(settings[i].word, word) == 0) return (enum setting)i;
  return SETTING_COUNT;
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

/* One line on its way. */
struct line {
  enum setting setting; /* SETTING_COUNT: no label of ours */
  bool has_label;
  char *value;
};

static void read_line(const char *content, struct line *line)
{
  const char *colon = strchr(content, ':');
  *line = (struct line){ .setting = SETTING_COUNT };
  if (!colon || colon == content || colon - content > LABEL_BYTES || g_str_has_prefix(colon, "://")) return;
  g_autofree char *label = g_strndup(content, (gsize)(colon - content));
  line->has_label = true;
  line->setting = setting_of_label(label);
  line->value = cut(colon + 1, VALUE_BYTES);
  g_strdelimit(line->value, "*_\t\r", ' ');
  g_strstrip(line->value);
}

static bool is_same(const char *a, const char *b)
{
  g_autofree char *x = g_utf8_casefold(a ? a : "", -1), *y = g_utf8_casefold(b ? b : "", -1);
  return strcmp(x, y) == 0;
}

/* Takes a value in, if it says something new that can be; `written` is the line for who wrote it. Takes the
 * value over. */
static void take(struct said *said, enum setting setting, char *value, const char *written,
                 char *const shown[])
{
  g_autofree char *owned = value;
  bool is_empty = !*owned || whole_hit(owned, "keep.empty") != NULL;
  const char *choice = settings[setting].choices ? whole_hit(owned, settings[setting].choices) : NULL;
  g_autofree char *read = settings[setting].read ? settings[setting].read(owned) : NULL;
  const char *free_text = settings[setting].read ? read : owned;
  bool has_none = setting != SETTING_ATTACHMENTS; /* where none is a choice as any other */
  const char *meant = settings[setting].choices ? choice : is_empty && has_none ? "" : free_text;
  if (meant && (is_same(meant, shown[setting]) || said->values[setting])) return;
  bool is_needed = setting == SETTING_TITLE || setting == SETTING_ATTACHMENT_SIZE;
  if ((settings[setting].choices || settings[setting].read) && !*owned) return;
  if (!meant || (is_needed && !*meant) || (setting == SETTING_MODERATORS && !strchr(meant, '@'))) {
    if (said->wrong->len < WRONG_MAX) g_ptr_array_add(said->wrong, cut(written, WRONG_BYTES));
    return;
  }
  said->values[setting] = g_strdup(meant);
}

/* Reads the lines of a text. `is_own`: words of the sender's own, where a label that is none of ours is worth
 * a word. */
static void read_text(const char *text, bool is_own, char *const shown[], struct said *said)
{
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", LINES_MAX);
  for (guint i = 0; lines[i];) {
    const char *content = content_of(lines[i]);
    struct line line;
    read_line(content, &line);
    gsize length = strlen(lines[i++]);
    g_autoptr(GString) value = g_string_new(line.value);
    g_free(line.value);
    while (line.setting != SETTING_COUNT && lines[i] && length >= LONG_LINE && value->len < VALUE_BYTES) {
      const char *more = content_of(lines[i]);
      struct line next;
      read_line(more, &next);
      g_free(next.value);
      if (!*more || next.setting != SETTING_COUNT) break;
      g_string_append_printf(value, " %s", more);
      length = strlen(lines[i++]);
    }
    g_strchomp(value->str);
    if (line.setting != SETTING_COUNT)
      take(said, line.setting, g_strdup(value->str), content, shown);
    else if (is_own && line.has_label && value->str[0] && said->wrong->len < WRONG_MAX)
      g_ptr_array_add(said->wrong, cut(content, WRONG_BYTES));
  }
}

void settings_read(const char *text_new, const char *text, char *const shown[SETTING_COUNT],
                   struct said *said)
{
  said->wrong = g_ptr_array_new_with_free_func(g_free);
  read_text(text_new, true, shown, said);
  read_text(text, false, shown, said);
}
