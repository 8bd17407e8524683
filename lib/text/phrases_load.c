/* Reading the tables of phrases: *.phrases files, a section a tag, a phrase a line. The form is described in
 * phrases.h and docs/languages.md; what is wrong is said with file and line. */
#include "lib/base/fault.h"
#include "lib/text/phrases_private.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 256, ELEMENTS_MAX = 24, GAPS_MAX = 3, LANGUAGES_MAX = 32 };

struct table_file {
  const char *name;
  bool is_own; /* of the municipality: its sections are known already, or mistyped */
  guint language, line, tag;
  struct phrase_index *index;
};

static bool wrong(const struct table_file *file, GError **error, const char *what)
{
  return fault_set(error, FAULT_CONFIG, "%s, line %u: %s", file->name, file->line, what);
}

static guint tag_number(const char *name)
{
  guint tag = GPOINTER_TO_UINT(g_hash_table_lookup(tables.tags, name));
  if (tag) return tag;
  char *own = g_string_chunk_insert_const(tables.strings, name);
  g_ptr_array_add(tables.tag_names, own);
  tag = tables.tag_names->len;
  g_hash_table_insert(tables.tags, own, GUINT_TO_POINTER(tag));
  return tag;
}

/* ---- sections ---- */

static GPtrArray *unknown_sections; /* char*: sentences */

const GPtrArray *phrases_unknown_sections(void)
{
  return unknown_sections;
}

/* How many letters differ between two short names; G_MAXUINT for long ones. */
static guint letters_apart(const char *a, const char *b)
{
  enum { LETTERS_MAX = 48 };
  gsize m = strlen(a), n = strlen(b);
  guint row[LETTERS_MAX + 1];
  if (m > LETTERS_MAX || n > LETTERS_MAX) return G_MAXUINT;
  for (guint k = 0; k <= n; k++) row[k] = k;
  for (guint i = 1; i <= m; i++) {
    guint before = row[0];
    row[0] = i;
    for (guint k = 1; k <= n; k++) {
      guint above = row[k], change = before + (a[i - 1] != b[k - 1]);
      row[k] = MIN(MIN(above, row[k - 1]) + 1, change);
      before = above;
    }
  }
  return row[n];
}

/* The known section that is spelled most like one; NULL: none is near. */
static const char *nearest_section(const char *name)
{
  enum { NEAR_LETTERS = 4 };
  const char *nearest = NULL;
  guint best = NEAR_LETTERS + 1;
  for (guint i = 0; i < tables.tag_names->len; i++) {
    const char *known = g_ptr_array_index(tables.tag_names, i);
    guint apart = letters_apart(name, known);
    if (apart < best) best = apart, nearest = known;
  }
  return nearest;
}

/* A table of the municipality with a section that no shipped one has: nothing would ever ask for its words.
 */
static void note_unknown(const struct table_file *file, const char *name)
{
  if (!file->is_own || g_hash_table_contains(tables.tags, name)) return;
  const char *near = nearest_section(name);
  g_autofree char *advice = near ? g_strdup_printf(" Is [%s] meant?", near) : g_strdup("");
  g_ptr_array_add(unknown_sections, g_strdup_printf("%s, line %u: Nothing asks for a section [%s].%s",
                                                    file->name, file->line, name, advice));
}

/* ---- alternatives ---- */

/* Replaces the first "(a|b)" by each of its alternatives, again and again. False when there are too many or a
 * bracket is not closed. */
static bool expand(const char *pattern, GPtrArray *out)
{
  const char *open = strchr(pattern, '(');
  while (open && open > pattern && open[-1] == '\\') open = strchr(open + 1, '(');
  if (!open) {
    g_ptr_array_add(out, g_strdup(pattern));
    return out->len <= ALTERNATIVES_MAX;
  }
  const char *close = open;
  for (guint depth = 0; *close; close++) {
    depth += *close == '(';
    if (*close == ')' && --depth == 0) break;
  }
  if (!*close) return false;
  const char *from = open + 1;
  guint depth = 0;
  for (const char *p = from; p <= close; p++) {
    if (p < close) {
      depth += *p == '(';
      depth -= *p == ')';
      if (*p != '|' || depth > 0) continue;
    }
    g_autofree char *one =
        g_strdup_printf("%.*s%.*s%s", (int)(open - pattern), pattern, (int)(p - from), from, close + 1);
    if (!expand(one, out)) return false;
    from = p + 1;
  }
  return true;
}

/* ---- elements ---- */

/* While tables are loaded: a piece between blanks → the elements it stands for, one of each. */
static GHashTable *pieces;

static const char *keep(const char *text)
{
  return g_string_chunk_insert_const(tables.strings, text);
}

/* Memory that is never given back, in small portions from large blocks. */
static gpointer keep_bytes(gconstpointer bytes, gsize size)
{
  enum { BLOCK = 64 * 1024 };
  static char *block;
  static gsize left;
  size = (size + 7) & ~(gsize)7;
  if (size > left) {
    block = g_malloc(BLOCK);
    left = BLOCK;
  }
  gpointer kept = memcpy(block, bytes, size);
  block += size;
  left -= size;
  return kept;
}

static void add_element(GPtrArray *elements, struct phrase_element element)
{
  element.size = (guint16)MIN(strlen(element.text), G_MAXUINT16);
  element.bit = phrase_word_bit(element.text);
  g_ptr_array_add(elements, keep_bytes(&element, sizeof element));
}

static void add_exact(GPtrArray *elements, const char *piece)
{
  g_autoptr(lexemes_t) lexemes = lexemes_new(piece, 0);
  for (guint i = 0; i < lexemes->count; i++)
    add_element(elements,
                (struct phrase_element){ .kind = ELEMENT_EXACT, .text = keep(lexemes->at[i].folded) });
}

static void add_affix(GPtrArray *elements, const char *piece)
{
  gsize size = strlen(piece);
  bool left = piece[0] == '*', right = piece[size - 1] == '*';
  g_autofree char *folded = lexeme_fold(piece + left, size - left - right);
  add_element(elements, (struct phrase_element){ .kind = ELEMENT_AFFIX,
                                                 .text = keep(folded),
                                                 .is_open_left = left,
                                                 .is_open_right = right });
}

/* One piece between blanks, for the first time. */
static void read_piece(GPtrArray *elements, const char *piece)
{
  static const struct {
    const char *sign;
    enum element_kind kind;
  } signs[] = {
    { "..", ELEMENT_GAP }, { "{n}", ELEMENT_DIGITS }, { "^", ELEMENT_BEGIN }, { "$", ELEMENT_FINISH }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (g_str_equal(piece, signs[i].sign)) {
      add_element(elements, (struct phrase_element){ .kind = (guint8)signs[i].kind, .text = "" });
      return;
    }
  gsize size = strlen(piece);
  if (piece[0] == '\\') {
    add_exact(elements, piece + 1);
  } else if (piece[0] == '^') {
    read_piece(elements, "^");
    read_piece(elements, piece + 1);
  } else if (size > 1 && (piece[0] == '*' || piece[size - 1] == '*')) {
    add_affix(elements, piece);
  } else {
    add_exact(elements, piece);
  }
}

static void add_piece(GPtrArray *elements, const char *piece)
{
  GPtrArray *known = g_hash_table_lookup(pieces, piece);
  if (!known) {
    known = g_ptr_array_new();
    read_piece(known, piece);
    g_hash_table_insert(pieces, g_strdup(piece), known);
  }
  for (guint i = 0; i < known->len; i++) g_ptr_array_add(elements, g_ptr_array_index(known, i));
}

static const struct phrase_element *element_at(const GPtrArray *elements, guint i)
{
  return g_ptr_array_index(elements, i);
}

/* What is wrong with a row of elements; NULL: nothing. */
static const char *objection(const GPtrArray *elements)
{
  guint gaps = 0, solid = 0;
  for (guint i = 0; i < elements->len; i++) {
    const struct phrase_element *e = element_at(elements, i);
    gaps += e->kind == ELEMENT_GAP;
    solid += e->kind == ELEMENT_EXACT || e->kind == ELEMENT_AFFIX || e->kind == ELEMENT_DIGITS;
    if (e->kind == ELEMENT_BEGIN && i > 0) return "^ stands at the beginning only.";
    if (e->kind == ELEMENT_FINISH && i + 1 < elements->len) return "$ stands at the end only.";
    if (e->kind == ELEMENT_AFFIX && e->size == 0) return "* needs letters beside it.";
    if (e->is_open_left && e->is_open_right && e->size < 2)
      return "* on both sides needs two letters between.";
  }
  if (elements->len > ELEMENTS_MAX) return "The phrase is too long (24 words and marks).";
  if (gaps > GAPS_MAX) return "A phrase may have three gaps (..).";
  if (solid == 0) return "The phrase is empty.";
  guint first = element_at(elements, 0)->kind == ELEMENT_BEGIN ? 1 : 0;
  if (first >= elements->len || element_at(elements, first)->kind == ELEMENT_GAP ||
      element_at(elements, elements->len - 1)->kind == ELEMENT_GAP)
    return "A gap (..) needs words on both sides.";
  return NULL;
}

/* Compiles one phrase without alternatives. The pattern is taken apart in place. */
static bool add_phrase(const struct table_file *file, char *pattern, const char *value, GError **error)
{
  static GPtrArray *elements;
  if (!elements) elements = g_ptr_array_new();
  g_ptr_array_set_size(elements, 0);
  for (char *piece = pattern; *piece;) {
    piece += strspn(piece, " \t");
    gsize size = strcspn(piece, " \t");
    bool is_last = piece[size] == '\0';
    piece[size] = '\0';
    if (size > 0) add_piece(elements, piece);
    piece += is_last ? size : size + 1;
  }
  const char *why = elements->len ? objection(elements) : "The phrase is empty.";
  if (why) return wrong(file, error, why);
  struct phrase phrase = { .count = (guint8)elements->len,
                           .tag = (guint16)file->tag,
                           .language = (guint8)file->language,
                           .value = value };
  phrase.elements = keep_bytes(elements->pdata, elements->len * sizeof(gpointer));
  guint number = tables.phrases->len;
  g_array_append_val(tables.phrases, phrase);
  phrase_index_add(file->index, &phrase, number);
  return true;
}

/* ---- files ---- */

static bool read_phrase(struct table_file *file, char *line, GError **error)
{
  if (!file->tag) return wrong(file, error, "A phrase stands before the first [section].");
  char *value = (char *)"", *sign = g_strrstr(line, " = ");
  if (sign) {
    *sign = '\0';
    value = g_strstrip(sign + 3);
  }
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func(g_free);
  if (!expand(g_strstrip(line), patterns))
    return wrong(file, error, "A bracket is not closed, or there are more than 256 alternatives.");
  const char *kept = keep(value);
  for (guint i = 0; i < patterns->len; i++)
    if (!add_phrase(file, g_ptr_array_index(patterns, i), kept, error)) return false;
  return true;
}

static enum phrases_about subject_of(const char *section)
{
  if (g_str_has_prefix(section, "quotes.")) return PHRASES_QUOTES;
  if (g_str_has_prefix(section, "robot.")) return PHRASES_ROBOTS;
  return PHRASES_MEANING;
}

static bool read_line(struct table_file *file, char *line, GError **error)
{
  g_strstrip(line);
  gsize size = strlen(line);
  if (size == 0 || line[0] == '#') return true;
  if (line[0] == '[' && line[size - 1] == ']') {
    line[size - 1] = '\0';
    g_autofree char *name = g_strstrip(g_strdup(line + 1));
    if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-")])
      return wrong(file, error, "A section's name is lower-case letters, digits, dots and hyphens.");
    note_unknown(file, name);
    file->tag = tag_number(name);
    file->index = &tables.index[subject_of(name)];
    return true;
  }
  return read_phrase(file, line, error);
}

static bool read_file(const char *path, const char *name, bool is_own, GError **error)
{
  g_autofree char *contents = NULL;
  if (!g_file_get_contents(path, &contents, NULL, error)) {
    g_prefix_error(error, "The table of phrases cannot be read: ");
    return false;
  }
  struct table_file file = { .name = path, .is_own = is_own };
  if (!g_utf8_validate(contents, -1, NULL)) return wrong(&file, error, "The file is no UTF-8.");
  g_autofree char *language = g_strndup(name, strcspn(name, "."));
  for (; file.language < tables.languages->len; file.language++)
    if (g_str_equal(g_ptr_array_index(tables.languages, file.language), language)) break;
  if (file.language == tables.languages->len) {
    if (file.language == LANGUAGES_MAX) return wrong(&file, error, "There are more than 32 languages.");
    g_ptr_array_add(tables.languages, (char *)keep(language));
  }
  g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
  for (char **line = lines; *line; line++) {
    file.line++;
    if (!read_line(&file, *line, error)) return false;
  }
  return true;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A directory that is not there has no tables. */
static bool read_directory(const char *directory, bool is_own, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, ".phrases")) g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    g_autofree char *path = g_build_filename(directory, name, NULL);
    if (!read_file(path, name, is_own, error)) return false;
  }
  return true;
}

static bool is_loaded;

bool phrases_are_loaded(void)
{
  return is_loaded;
}

static void pieces_free(gpointer elements)
{
  g_ptr_array_unref(elements);
}

bool phrases_load(const char *const *directories, GError **error)
{
  if (is_loaded) return true;
  tables.strings = g_string_chunk_new(16 * 1024);
  tables.phrases = g_array_new(FALSE, FALSE, sizeof(struct phrase));
  tables.tags = g_hash_table_new(g_str_hash, g_str_equal);
  tables.tag_names = g_ptr_array_new();
  tables.languages = g_ptr_array_new();
  for (guint i = 0; i < PHRASES_ABOUT_COUNT; i++) phrase_index_open(&tables.index[i]);
  pieces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, pieces_free);
  unknown_sections = g_ptr_array_new_with_free_func(g_free);
  bool is_read = true;
  for (guint i = 0; is_read && directories[i]; i++) is_read = read_directory(directories[i], i > 0, error);
  for (guint i = 0; i < PHRASES_ABOUT_COUNT; i++) phrase_index_seal(&tables.index[i]);
  g_clear_pointer(&pieces, g_hash_table_unref);
  return is_loaded = is_read;
}
