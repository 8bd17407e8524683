/* The table of clients' selectors: a section names a mark, a line is a selector of a few forms, all of which
 * must hold:
 *
 *     [quote]
 *     blockquote[type=cite]        an element and an attribute's value
 *     .yahoo_quoted                one of its classes
 *     #isReplyContent              its id
 *     div[style*=border-top:solid] a piece of its style, written without blanks, in lower case
 *
 * Called for every start tag of every mail's HTML, so selectors are found by a hash of their first condition.
 * Webmails that show a mail inside another put "x_" before its ids and classes; it is passed over, also when
 * it stands there twice. */
#include "lib/mail/cut/clients.h"

#include "lib/base/fault.h"

#include <string.h>

enum { CONDITIONS_MAX = 3, CLASSES_MAX = 24, VALUE_MAX = 64, STYLE_MAX = 400 };

enum attribute { BY_CLASS, BY_ID, BY_NAME, BY_TYPE, BY_DATA_MARKER, BY_STYLE, ATTRIBUTES };

static const struct {
  const char *word;
  char sign; /* the first character of its keys */
} attributes[] = {
  [BY_CLASS] = { "class", '.' }, [BY_ID] = { "id", '#' },       [BY_NAME] = { "name", '=' },
  [BY_TYPE] = { "type", '/' },   [BY_STYLE] = { "style", '*' }, [BY_DATA_MARKER] = { "data-marker", '~' },
};
_Static_assert(G_N_ELEMENTS(attributes) == ATTRIBUTES, "every attribute has its word");

static const char *const sections[] = {
  [HTML_MARK_NONE] = "",
  [HTML_MARK_REST] = "rest",
  [HTML_MARK_FORWARD] = "forward",
  [HTML_MARK_QUOTE] = "quote",
  [HTML_MARK_ATTRIBUTION] = "attribution",
  [HTML_MARK_SIGNATURE] = "signature",
  [HTML_MARK_SIGNATURE_HERE] = "signature-here",
  [HTML_MARK_INDENT] = "indent",
};
_Static_assert(G_N_ELEMENTS(sections) == HTML_MARK_COUNT, "every mark has its section");

struct condition {
  enum attribute attribute;
  char *value; /* lower case */
};

struct selector {
  char *element; /* "" for any */
  struct condition conditions[CONDITIONS_MAX];
  guint count;
  enum html_mark mark;
  guint rank; /* its place in the table: the first one counts */
};

static GHashTable *by_key;  /* sign and value → GPtrArray of struct selector* */
static GPtrArray *by_style; /* those whose first condition is about style */
static guint selectors_count;
static bool is_loaded;

/* ---- reading the table ---- */

/* Takes "[name=value]", ".class" or "#id" from *at; false when it is none. */
static bool read_condition(char **at, struct selector *selector)
{
  if (selector->count == CONDITIONS_MAX) return false;
  struct condition *condition = &selector->conditions[selector->count++];
  char *p = *at;
  if (*p == '.' || *p == '#') {
    gsize size = strcspn(p + 1, ".#[");
    condition->attribute = *p == '.' ? BY_CLASS : BY_ID;
    condition->value = g_ascii_strdown(p + 1, (gssize)size);
    *at = p + 1 + size;
    return size > 0;
  }
  char *close = *p == '[' ? strchr(p, ']') : NULL,
       *equals = close ? memchr(p, '=', (gsize)(close - p)) : NULL;
  if (!equals) return false;
  bool is_piece = equals[-1] == '*';
  g_autofree char *word = g_strndup(p + 1, (gsize)(equals - p - 1 - is_piece));
  condition->attribute = BY_CLASS;
  while (condition->attribute < ATTRIBUTES && !g_str_equal(attributes[condition->attribute].word, word))
    condition->attribute++;
  condition->value = g_ascii_strdown(equals + 1, close - equals - 1);
  *at = close + 1;
  return condition->attribute < ATTRIBUTES && is_piece == (condition->attribute == BY_STYLE) &&
         *condition->value;
}

static void selector_free(gpointer data)
{
  struct selector *selector = data;
  for (guint i = 0; i < selector->count; i++) g_free(selector->conditions[i].value);
  g_free(selector->element);
  g_free(selector);
}

static void sort_in(struct selector *selector)
{
  const struct condition *first = &selector->conditions[0];
  GPtrArray *bucket = by_style;
  if (first->attribute != BY_STYLE) {
    g_autofree char *key = g_strdup_printf("%c%s", attributes[first->attribute].sign, first->value);
    bucket = g_hash_table_lookup(by_key, key);
    if (!bucket) {
      bucket = g_ptr_array_new_with_free_func(selector_free);
      g_hash_table_insert(by_key, g_steal_pointer(&key), bucket);
    }
  }
  g_ptr_array_add(bucket, selector);
}

/* One line of the table that is a selector. */
static bool read_selector(char *line, enum html_mark mark)
{
  struct selector *selector = g_new0(struct selector, 1);
  gsize size = strcspn(line, ".#[");
  selector->element = g_ascii_strdown(line, (gssize)size);
  selector->mark = mark;
  selector->rank = selectors_count++;
  char *at = line + size;
  bool is_right = mark != HTML_MARK_NONE && *at;
  while (is_right && *at) is_right = read_condition(&at, selector);
  if (is_right)
    sort_in(selector);
  else
    selector_free(selector);
  return is_right;
}

static enum html_mark mark_of_section(const char *line)
{
  for (guint mark = HTML_MARK_NONE + 1; mark < HTML_MARK_COUNT; mark++)
    if (strlen(line) == strlen(sections[mark]) + 2 &&
        strncmp(line + 1, sections[mark], strlen(sections[mark])) == 0)
      return (enum html_mark)mark;
  return HTML_MARK_NONE;
}

static bool read_table(const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) return true;
  if (!g_file_get_contents(path, &contents, NULL, error)) {
    g_prefix_error(error, "The table of mail clients cannot be read: ");
    return false;
  }
  g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
  enum html_mark mark = HTML_MARK_NONE;
  for (guint i = 0; lines[i]; i++) {
    char *line = g_strstrip(lines[i]);
    if (!*line || g_str_has_prefix(line, "# ") || g_str_equal(line, "#")) continue;
    bool is_section = *line == '[' && !strchr(line, '=');
    if (is_section) mark = mark_of_section(line);
    if (is_section ? mark == HTML_MARK_NONE : !read_selector(line, mark))
      return fault_set(error, FAULT_CONFIG, "%s, line %u: \"%s\" is no %s.", path, i + 1, line,
                       is_section ? "section" : "selector");
  }
  return true;
}

bool clients_load(const char *const *directories, GError **error)
{
  if (is_loaded) return true;
  by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  by_style = g_ptr_array_new_with_free_func(selector_free);
  for (; *directories; directories++) {
    g_autofree char *path = g_build_filename(*directories, "clients", "quotes.txt", NULL);
    if (!read_table(path, error)) return false;
  }
  return is_loaded = true;
}

/* ---- asking it ---- */

/* A style in lower case without blanks; buffer has STYLE_MAX + 1 bytes. */
static const char *bare_style(const struct html_token *token, char *buffer)
{
  gsize size = 0;
  for (gsize i = 0; i < token->style.size && size < STYLE_MAX; i++)
    if (!g_ascii_isspace(token->style.at[i])) buffer[size++] = g_ascii_tolower(token->style.at[i]);
  buffer[size] = '\0';
  return buffer;
}

/* Whether one of the words of a span is the value; "x_" before a word is passed over. */
static bool has_word(struct html_span span, const char *value)
{
  gsize size = strlen(value);
  for (gsize i = 0, words = 0; i < span.size && words < CLASSES_MAX; words++) {
    while (i < span.size && g_ascii_isspace(span.at[i])) i++;
    gsize end = i;
    while (end < span.size && !g_ascii_isspace(span.at[end])) end++;
    while (end - i > 2 && (span.at[i] == 'x' || span.at[i] == 'X') && span.at[i + 1] == '_') i += 2;
    if (end - i == size && g_ascii_strncasecmp(span.at + i, value, size) == 0) return true;
    i = end;
  }
  return false;
}

static struct html_span span_of(const struct html_token *token, enum attribute attribute)
{
  switch (attribute) {
  case BY_CLASS: return token->class_name;
  case BY_ID: return token->id;
  case BY_NAME: return token->given_name;
  case BY_TYPE: return token->type;
  case BY_DATA_MARKER: return token->data_marker;
  case BY_STYLE: return token->style;
  case ATTRIBUTES: break;
  }
  return (struct html_span){ NULL, 0 };
}

static bool fits(const struct selector *selector, const struct html_token *token)
{
  char style[STYLE_MAX + 1] = "";
  if (*selector->element && !g_str_equal(selector->element, token->name)) return false;
  for (guint i = 0; i < selector->count; i++) {
    const struct condition *condition = &selector->conditions[i];
    if (condition->attribute != BY_STYLE) {
      if (!has_word(span_of(token, condition->attribute), condition->value)) return false;
      continue;
    }
    if (!*style) bare_style(token, style);
    if (!strstr(style, condition->value)) return false;
  }
  return true;
}

/* The first of a bucket that fits and stands before the best one. */
static void try_bucket(const GPtrArray *bucket, const struct html_token *token, const struct selector **best)
{
  for (guint i = 0; bucket && i < bucket->len; i++) {
    const struct selector *selector = g_ptr_array_index(bucket, i);
    if (*best && (*best)->rank < selector->rank) return;
    if (fits(selector, token)) *best = selector;
  }
}

/* Looks up each word of an attribute. */
static void try_words(const struct html_token *token, enum attribute attribute, const struct selector **best)
{
  struct html_span span = span_of(token, attribute);
  for (gsize i = 0, words = 0; i < span.size && words < CLASSES_MAX; words++) {
    while (i < span.size && g_ascii_isspace(span.at[i])) i++;
    gsize end = i;
    while (end < span.size && !g_ascii_isspace(span.at[end])) end++;
    while (end - i > 2 && (span.at[i] == 'x' || span.at[i] == 'X') && span.at[i + 1] == '_') i += 2;
    char key[VALUE_MAX + 2] = { attributes[attribute].sign };
    gsize size = 1;
    for (gsize k = i; k < end && size <= VALUE_MAX; k++) key[size++] = g_ascii_tolower(span.at[k]);
    if (end - i <= VALUE_MAX && end > i) try_bucket(g_hash_table_lookup(by_key, key), token, best);
    i = end;
  }
}

enum html_mark clients_mark_of(const struct html_token *token)
{
  const struct selector *best = NULL;
  if (!is_loaded) return HTML_MARK_NONE;
  for (guint attribute = BY_CLASS; attribute < BY_STYLE; attribute++)
    try_words(token, (enum attribute)attribute, &best);
  if (token->style.size > 0) try_bucket(by_style, token, &best);
  return best ? best->mark : HTML_MARK_NONE;
}
