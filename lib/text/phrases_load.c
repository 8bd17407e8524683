/* Reading the tables of phrases: *.phrases files, a section a tag, a phrase a line. The form is described in
 * phrases.h and docs/languages.md; what is wrong is said with file and line. A phrase itself is read by
 * phrases_compile.c. */
#include "lib/base/fault.h"
#include "lib/text/phrases_private.h"

#include <string.h>

enum { LANGUAGES_MAX = 32 };

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

/* ---- files ---- */

static bool read_phrase(struct table_file *file, char *line, GError **error)
{
  if (!file->tag) return wrong(file, error, "A phrase stands before the first [section].");
  char *value = (char *)"", *sign = g_strrstr(line, " = ");
  if (sign) {
    *sign = '\0';
    value = g_strstrip(sign + 3);
  }
  struct phrase phrase = { .tag = (guint16)file->tag,
                           .language = (guint8)file->language,
                           .value = g_string_chunk_insert_const(tables.strings, value) };
  const char *why = phrase_compile(g_strstrip(line), &phrase, file->index);
  return !why || wrong(file, error, why);
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
    g_ptr_array_add(tables.languages, g_string_chunk_insert_const(tables.strings, language));
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

bool phrases_load(const char *const *directories, GError **error)
{
  if (is_loaded) return true;
  tables.strings = g_string_chunk_new(16 * 1024);
  tables.phrases = g_array_new(FALSE, FALSE, sizeof(struct phrase));
  tables.tags = g_hash_table_new(g_str_hash, g_str_equal);
  tables.tag_names = g_ptr_array_new();
  tables.languages = g_ptr_array_new();
  for (guint i = 0; i < PHRASES_ABOUT_COUNT; i++) phrase_index_open(&tables.index[i]);
  phrase_compile_begin();
  unknown_sections = g_ptr_array_new_with_free_func(g_free);
  bool is_read = true;
  for (guint i = 0; is_read && directories[i]; i++) is_read = read_directory(directories[i], i > 0, error);
  for (guint i = 0; i < PHRASES_ABOUT_COUNT; i++) phrase_index_seal(&tables.index[i]);
  phrase_compile_end();
  return is_loaded = is_read;
}
