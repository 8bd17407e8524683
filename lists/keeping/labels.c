/* Lines "Titel: Nachbarn im Hof" of a keeper's answer. Labels and values are words of the tables (keep.label,
 * keep.posting, …), in any of our languages and any spelling of capitals.
 *
 * People edit the quoted letter in place, or write a line or two above it and leave the quote as it was. So a
 * value that equals what the letter showed says nothing, and words of their own go before quoted ones. */
#include "lists/keeping/labels.h"
#include "lists/keeping/lines.h"
#include "lists/keeping/topics.h"

#include "lists/groups/sizes.h"

#include "lib/mail/files/file_kinds.h"

#include <string.h>

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
  [SETTING_NEWCOMERS] = { "newcomers", "keep.newcomers", NULL },
  [SETTING_JOINING] = { "joining", "keep.joining", NULL },
  [SETTING_ARCHIVE] = { "archive", "keep.archive", NULL },
  [SETTING_MEMBERS] = { "members", "keep.members", NULL },
  [SETTING_TAG] = { "tag", NULL, NULL },
  [SETTING_TOPICS] = { "topics", NULL, topics_read },
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

/* Adds the kinds that a piece names: as one phrase, else word by word ("Bilder und Dokumente"). */
static bool add_kinds(GString *out, const char *piece)
{
  const char *whole = lines_word(piece, "keep.attachments");
  if (whole) {
    g_string_append_printf(out, " %s", whole);
    return true;
  }
  g_auto(GStrv) words = g_strsplit(piece, " ", 20);
  for (char **word = words; *word; word++) {
    if (!**word || lines_word(*word, "keep.and")) continue;
    const char *kind = lines_word(*word, "keep.attachments");
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
  const char *word = lines_word(label, "keep.label");
  for (int i = 0; word && i < SETTING_COUNT; i++)
    if (strcmp(settings[i].word, word) == 0) return (enum setting)i;
  return SETTING_COUNT;
}

static bool is_same(const char *a, const char *b)
{
  g_autofree char *x = g_utf8_casefold(a ? a : "", -1), *y = g_utf8_casefold(b ? b : "", -1);
  return strcmp(x, y) == 0;
}

/* A reading on its way. */
struct reading {
  struct said *said;
  char *const *shown;
  bool is_own; /* words of the sender's own, where a label that is none of ours is worth a word */
};

static bool is_ours(const char *label, void *data)
{
  (void)data;
  return setting_of_label(label) != SETTING_COUNT;
}

/* Takes a value in, if it says something new that can be. */
static void take(struct said *said, enum setting setting, const struct line *line, char *const shown[])
{
  const char *value = line->value;
  bool is_empty = !*value || lines_word(value, "keep.empty") != NULL;
  const char *choice = settings[setting].choices ? lines_word(value, settings[setting].choices) : NULL;
  g_autofree char *read = settings[setting].read ? settings[setting].read(value) : NULL;
  const char *free_text = settings[setting].read ? read : value;
  /* where none is a choice as any other */
  bool has_none = setting != SETTING_ATTACHMENTS && setting != SETTING_TOPICS;
  const char *meant = settings[setting].choices ? choice : is_empty && has_none ? "" : free_text;
  if (meant && (is_same(meant, shown[setting]) || said->values[setting])) return;
  bool is_needed = setting == SETTING_TITLE || setting == SETTING_ATTACHMENT_SIZE;
  if ((settings[setting].choices || settings[setting].read) && !*value) return;
  if (!meant || (is_needed && !*meant) || (setting == SETTING_MODERATORS && !strchr(meant, '@')))
    lines_note_wrong(said->wrong, line->written);
  else
    said->values[setting] = g_strdup(meant);
}

static void take_line(const struct line *line, void *data)
{
  const struct reading *reading = data;
  if (line->is_ours)
    take(reading->said, setting_of_label(line->label), line, reading->shown);
  else if (reading->is_own && !line->is_quoted && *line->value)
    lines_note_wrong(reading->said->wrong, line->written);
}

static void count_line(const struct line *line, void *data)
{
  if (line->is_ours && !line->is_quoted) ++*(guint *)data;
}

/* Sentences that set something without a label: "Alle dürfen schreiben, aber die Moderation liest vorher". */
static const struct {
  const char *tag;
  enum setting setting;
} sentences[] = {
  { "keep.posting_said", SETTING_POSTING },
  { "keep.joining_said", SETTING_JOINING },
  { "keep.archive_said", SETTING_ARCHIVE },
  { "keep.newcomers_said", SETTING_NEWCOMERS },
};

/* "Bitte die Gruppe umbenennen in „Hofpost“": what stands behind it, to the line's end and without quotation
 * marks. Caller frees; NULL: no name is said. */
static char *title_said(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  const guint tag = phrases_tag("keep.title_said");
  const struct phrase_hit *hit = passage_find(passage, tag, 0);
  if (!hit || passage_find(passage, tag, hit->end)) return NULL;
  guint first = hit->end, end = first;
  if (first < l->count && lexeme_is(&l->at[first], ":")) return NULL; /* a label, which lines_read() names */
  while (end < l->count && l->at[end].kind != LEXEME_BREAK && !lexeme_is(&l->at[end], "?")) end++;
  if (end < l->count && lexeme_is(&l->at[end], "?")) return NULL;
  while (first < end && l->at[first].kind == LEXEME_MARK) first++;
  while (end > first && l->at[end - 1].kind == LEXEME_MARK) end--;
  /* "Unsere Gruppe soll künftig Parkfreunde heißen" */
  const guint tail = phrases_tag("keep.title_end");
  for (guint at = first + 1; at < end; at++)
    if (passage_at(passage, tail, at)) end = at;
  if (first < end && passage_at(passage, phrases_tag("keep.title_not"), first)) return NULL;
  return end > first ? passage_text(passage, first, end) : NULL;
}

static void take_sentences(struct said *said, const char *text)
{
  enum { LOOKED_AT_BYTES = 2000 };
  g_autoptr(passage_t) passage = passage_new(text, NULL, LOOKED_AT_BYTES);
  for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
    const guint tag = phrases_tag(sentences[i].tag);
    const struct phrase_hit *hit = passage_find(passage, tag, 0);
    char **value = &said->values[sentences[i].setting];
    if (hit && !passage_find(passage, tag, hit->end) && !*value) *value = g_strdup(hit->value);
  }
  if (!said->values[SETTING_TITLE]) said->values[SETTING_TITLE] = title_said(passage);
}

void settings_read(const char *text_new, const char *text, char *const shown[SETTING_COUNT],
                   char *const now[SETTING_COUNT], struct said *said)
{
  enum { FEW_LINES = 3 };
  guint own = 0;
  lines_read(text_new, is_ours, count_line, &own);
  said->wrong = g_ptr_array_new_with_free_func(g_free);
  lines_read(text_new, is_ours, take_line, &(struct reading){ said, own <= FEW_LINES ? now : shown, true });
  lines_read(text, is_ours, take_line, &(struct reading){ said, shown, false });
  take_sentences(said, text_new);
}

void settings_read_fresh(const char *text, char *const now[SETTING_COUNT], struct said *said)
{
  said->wrong = g_ptr_array_new_with_free_func(g_free);
  lines_read(text, is_ours, take_line, &(struct reading){ said, now, false });
  take_sentences(said, text);
}
