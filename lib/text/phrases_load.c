/* Reading the tables of phrases: *.phrases files, a section a tag, a phrase a line. The form is described in
 * phrases.h and docs/languages.md; what is wrong is said with file and line. */
#include "lib/base/fault.h"
#include "lib/text/phrases_private.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 256, ELEMENTS_MAX = 24, GAPS_MAX = 3, LANGUAGES_MAX = 32 };

struct table_file {
  const char *name;
  guint language, line, tag;
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

static const char *keep(const char *text)
{
  return g_string_chunk_insert_const(tables.strings, text);
}

/* Most pieces are one small word of plain letters, which folding leaves as it is. */
static bool is_plain_word(const char *piece)
{
  return *piece && piece[strspn(piece, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static void add_exact(GArray *elements, const char *piece)
{
  if (is_plain_word(piece)) {
    struct phrase_element plain = { .kind = ELEMENT_EXACT, .text = keep(piece), .size = strlen(piece) };
    g_array_append_val(elements, plain);
    return;
  }
  g_autoptr(lexemes_t) lexemes = lexemes_new(piece, 0);
  for (guint i = 0; i < lexemes->count; i++) {
    struct phrase_element element = { .kind = ELEMENT_EXACT, .text = keep(lexemes->at[i].folded) };
    element.size = strlen(element.text);
    g_array_append_val(elements, element);
  }
}

static void add_affix(GArray *elements, const char *piece)
{
  gsize size = strlen(piece);
  bool left = piece[0] == '*', right = piece[size - 1] == '*';
  g_autofree char *folded = lexeme_fold(piece + left, size - left - (right && size > 1));
  struct phrase_element element = { .kind = ELEMENT_AFFIX,
                                    .text = keep(folded),
                                    .size = strlen(folded),
                                    .is_open_left = left,
                                    .is_open_right = right };
  g_array_append_val(elements, element);
}

/* One piece between blanks. */
static void add_piece(GArray *elements, const char *piece)
{
  static const struct {
    const char *sign;
    enum element_kind kind;
  } signs[] = {
    { "..", ELEMENT_GAP }, { "{n}", ELEMENT_DIGITS }, { "^", ELEMENT_BEGIN }, { "$", ELEMENT_FINISH }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (g_str_equal(piece, signs[i].sign)) {
      struct phrase_element element = { .kind = signs[i].kind, .text = "" };
      g_array_append_val(elements, element);
      return;
    }
  gsize size = strlen(piece);
  if (piece[0] == '\\')
    add_exact(elements, piece + 1);
  else if (size > 1 && (piece[0] == '*' || piece[size - 1] == '*'))
    add_affix(elements, piece);
  else if (piece[0] == '^' && size > 1) {
    add_piece(elements, "^");
    add_piece(elements, piece + 1);
  } else {
    add_exact(elements, piece);
  }
}

/* What is wrong with a row of elements; NULL: nothing. */
static const char *objection(const GArray *elements)
{
  guint gaps = 0, solid = 0;
  for (guint i = 0; i < elements->len; i++) {
    const struct phrase_element *e = &g_array_index(elements, struct phrase_element, i);
    gaps += e->kind == ELEMENT_GAP;
    solid += e->kind == ELEMENT_EXACT || e->kind == ELEMENT_AFFIX || e->kind == ELEMENT_DIGITS;
    if (e->kind == ELEMENT_BEGIN && i > 0) return "^ stands at the beginning only.";
    if (e->kind == ELEMENT_FINISH && i + 1 < elements->len) return "$ stands at the end only.";
    if (e->kind == ELEMENT_AFFIX && e->size == 0) return "* needs letters beside it.";
  }
  if (elements->len > ELEMENTS_MAX) return "The phrase is too long (24 words and marks).";
  if (gaps > GAPS_MAX) return "A phrase may have three gaps (..).";
  if (solid == 0) return "The phrase is empty.";
  guint first = g_array_index(elements, struct phrase_element, 0).kind == ELEMENT_BEGIN ? 1 : 0;
  if (first >= elements->len || g_array_index(elements, struct phrase_element, first).kind == ELEMENT_GAP ||
      g_array_index(elements, struct phrase_element, elements->len - 1).kind == ELEMENT_GAP)
    return "A gap (..) needs words on both sides.";
  return NULL;
}

/* ---- buckets ---- */

static void put_into(GArray **bucket, guint phrase)
{
  if (!*bucket) *bucket = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_val(*bucket, phrase);
}

static void sort_in(const struct phrase *phrase, guint number)
{
  guint first = phrase->elements[0].kind == ELEMENT_BEGIN ? 1 : 0;
  const struct phrase_element *e = &phrase->elements[first];
  bool has_two = first + 1 < phrase->count && e[0].kind == ELEMENT_EXACT && e[1].kind == ELEMENT_EXACT;
  if (e->kind == ELEMENT_DIGITS) {
    put_into(&tables.digits, number);
  } else if (has_two) {
    g_autofree char *two = g_strconcat(e[0].text, " ", e[1].text, NULL);
    GArray *bucket = g_hash_table_lookup(tables.by_two, two);
    bool is_new = !bucket;
    put_into(&bucket, number);
    if (is_new) g_hash_table_insert(tables.by_two, (char *)keep(two), bucket);
  } else if (e->kind == ELEMENT_EXACT) {
    GArray *bucket = g_hash_table_lookup(tables.by_word, e->text);
    bool is_new = !bucket;
    put_into(&bucket, number);
    if (is_new) g_hash_table_insert(tables.by_word, (char *)e->text, bucket);
  } else if (e->is_open_left && e->is_open_right) {
    put_into(&tables.inside, number);
  } else if (e->is_open_left) {
    put_into(&tables.by_last[(guchar)e->text[e->size - 1]], number);
  } else {
    put_into(&tables.by_first[(guchar)e->text[0]], number);
  }
}

/* Compiles one phrase without alternatives. */
static bool add_phrase(const struct table_file *file, const char *pattern, const char *value, GError **error)
{
  g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(struct phrase_element));
  g_auto(GStrv) pieces = g_strsplit_set(pattern, " \t", -1);
  for (char **piece = pieces; *piece; piece++)
    if (**piece) add_piece(elements, *piece);
  const char *why = objection(elements);
  if (why) return wrong(file, error, why);
  struct phrase phrase = {
    .count = elements->len, .tag = file->tag, .language = file->language, .value = keep(value)
  };
  phrase.elements = g_memdup2(elements->data, elements->len * sizeof(struct phrase_element));
  guint number = tables.phrases->len;
  g_array_append_val(tables.phrases, phrase);
  sort_in(&phrase, number);
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
  for (guint i = 0; i < patterns->len; i++)
    if (!add_phrase(file, g_ptr_array_index(patterns, i), value, error)) return false;
  return true;
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
    file->tag = tag_number(name);
    return true;
  }
  return read_phrase(file, line, error);
}

static bool read_file(const char *path, const char *name, GError **error)
{
  g_autofree char *contents = NULL;
  if (!g_file_get_contents(path, &contents, NULL, error)) {
    g_prefix_error(error, "The table of phrases cannot be read: ");
    return false;
  }
  struct table_file file = { .name = path };
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
static bool read_directory(const char *directory, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, ".phrases")) g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    g_autofree char *path = g_build_filename(directory, name, NULL);
    if (!read_file(path, name, error)) return false;
  }
  return true;
}

static bool is_loaded;

bool phrases_are_loaded(void)
{
  return is_loaded;
}

bool phrases_load(const char *const *directories, GError **error)
{
  if (is_loaded) return true;
  tables.strings = g_string_chunk_new(16 * 1024);
  tables.phrases = g_array_new(FALSE, FALSE, sizeof(struct phrase));
  tables.tags = g_hash_table_new(g_str_hash, g_str_equal);
  tables.tag_names = g_ptr_array_new();
  tables.languages = g_ptr_array_new();
  tables.by_word = g_hash_table_new(g_str_hash, g_str_equal);
  tables.by_two = g_hash_table_new(g_str_hash, g_str_equal);
  for (; *directories; directories++)
    if (!read_directory(*directories, error)) return false;
  return is_loaded = true;
}
