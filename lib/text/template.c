/* Templates: from files to instructions. Pages (web-archive) and letters (letter_text.c) are rendered with
 * them; the language is the public Mustache specification's without lambdas and without delimiters of one's
 * own, tested against cases of ours (tests/unit/text/test_template.c).
 *
 * A file is read once, from front to back, into one flat array; a section is a jump. Partials become programs
 * of their own in the same array, each once, so that they may call themselves. Tags that stand alone take
 * their line with them: what is white space around them is never written down as text. A standalone partial's
 * indentation is added when it runs, line by line of its source; what values bring along is not indented. */
#include "lib/base/fault.h"
#include "lib/text/template_code.h"
#include "lib/text/value.h"
#include <string.h>

enum { MAX_OPEN_SECTIONS = 64, MAX_PROGRAMS = 256 };

struct parser {
  struct template *template;
  template_load *load;
  void *data;
  const struct template_program *program;
  const char *text; /* where literal text not yet written down begins */
  const char *p;
  const char *line_counted; /* lines are counted up to here */
  guint line;
  guint open[MAX_OPEN_SECTIONS];
  guint depth;
};

/* A tag as it stands in the source. */
struct tag {
  char sigil; /* '\0' for a plain name, '{' for three braces */
  const char *start, *end;
  char *name;
};

static bool fail(struct parser *parser, GError **error, const char *what, const char *name)
{
  while (parser->line_counted < parser->p)
    if (*parser->line_counted++ == '\n') parser->line++;
  return fault_set(error, FAULT_CONFIG, "%s:%u: %s%s%s.", parser->program->path, parser->line, what,
                   name != NULL ? " " : "", name != NULL ? name : "");
}

/* Appends an instruction; returns its index. */
static guint emit(struct parser *parser, struct template_op op)
{
  while (parser->line_counted < parser->p)
    if (*parser->line_counted++ == '\n') parser->line++;
  op.line = parser->line;
  g_array_append_val(parser->template->ops, op);
  return parser->template->ops->len - 1;
}

static struct template_op *op_at(struct parser *parser, guint index)
{
  return &g_array_index(parser->template->ops, struct template_op, index);
}

static void emit_literal(struct parser *parser, const char *start, const char *end)
{
  bool at_line_start = start == parser->program->source || start[-1] == '\n';
  struct template_op op = {
    .kind = OP_TEXT, .at_line_start = at_line_start, .text = start, .size = (gsize)(end - start)
  };
  if (end > start || at_line_start) emit(parser, op);
}

/* Writes down the literal text up to `end`. Where a tag follows in the same line, and opens it, an empty text
 * takes the line's indentation. */
static void emit_text(struct parser *parser, const char *end, bool is_line_going_on)
{
  if (end > parser->text) emit_literal(parser, parser->text, end);
  bool is_line_start = end == parser->program->source || end[-1] == '\n';
  if (is_line_going_on && is_line_start) emit_literal(parser, end, end);
  parser->text = end;
}

static void free_path(struct template_path *path)
{
  if (path == NULL) return;
  g_strfreev(path->parts);
  g_free(path->hashes);
  g_free(path);
}

/* Takes a dotted name apart; NULL when it is no name. */
static struct template_path *parse_path(const char *name)
{
  struct template_path *path = g_new0(struct template_path, 1);
  path->parts = strcmp(name, ".") == 0 ? g_new0(char *, 1) : g_strsplit(name, ".", -1);
  guint count = g_strv_length(path->parts);
  path->hashes = g_new(guint, count + 1);
  for (guint i = 0; i < count; i++) {
    path->hashes[i] = value_hash(path->parts[i]);
    if (*path->parts[i] != '\0') continue;
    free_path(path);
    return NULL;
  }
  return path;
}

/* Reads the tag at p ("{{"); its name is newly allocated. */
static bool read_tag(struct parser *parser, struct tag *tag, GError **error)
{
  tag->start = parser->p;
  const char *p = parser->p + 2;
  tag->sigil = *p != '\0' && strchr("{&#^/>!=<$", *p) != NULL ? *p++ : '\0';
  const char *close = strstr(p, tag->sigil == '{' ? "}}}" : "}}");
  if (close == NULL) return fail(parser, error, "A tag is not closed", NULL);
  tag->end = close + (tag->sigil == '{' ? 3 : 2);
  tag->name = g_strstrip(g_strndup(p, (gsize)(close - p)));
  if (tag->sigil == '!') return true;
  if (tag->sigil != '\0' && strchr("=<$", tag->sigil) != NULL)
    return fail(parser, error, "This kind of tag is not known here:", tag->name);
  if (*tag->name == '\0' || strpbrk(tag->name, " \t\r\n{}") != NULL)
    return fail(parser, error, "This is no name:", tag->name);
  return true;
}

/* Whether a tag stands alone in its line: then *line_start and *line_end get where the line begins and the
 * next one does. */
static bool stands_alone(const struct parser *parser, const struct tag *tag, const char **line_start,
                         const char **line_end)
{
  if (tag->sigil == '\0' || strchr("#^/>!", tag->sigil) == NULL) return false;
  const char *start = tag->start, *end = tag->end;
  while (start > parser->program->source && (start[-1] == ' ' || start[-1] == '\t')) start--;
  if (start > parser->program->source && start[-1] != '\n') return false;
  while (*end == ' ' || *end == '\t') end++;
  if (*end == '\r' && end[1] == '\n') end++;
  if (*end != '\n' && *end != '\0') return false;
  *line_start = start;
  *line_end = *end == '\n' ? end + 1 : end;
  return true;
}

/* Adds a file not parsed yet; takes over path and source. */
static void add_program(struct template *template, const char *name, char *path, char *source)
{
  struct template_program *program = g_new0(struct template_program, 1);
  program->name = g_strdup(name);
  program->path = path != NULL ? path : g_strdup(name);
  program->source = source;
  g_ptr_array_add(template->programs, program);
}

/* The number of a partial's program, loading its source when it is new; G_MAXUINT: there is none. */
static guint program_named(struct parser *parser, const char *name)
{
  GPtrArray *programs = parser->template->programs;
  for (guint i = 0; i < programs->len; i++)
    if (strcmp(((struct template_program *)g_ptr_array_index(programs, i))->name, name) == 0) return i;
  char *path = NULL;
  char *source =
      parser->load != NULL && programs->len < MAX_PROGRAMS ? parser->load(name, &path, parser->data) : NULL;
  if (source == NULL) return G_MAXUINT;
  add_program(parser->template, name, path, source);
  return programs->len - 1;
}

static bool open_section(struct parser *parser, const struct tag *tag, struct template_path *path,
                         GError **error)
{
  if (parser->depth == MAX_OPEN_SECTIONS) {
    free_path(path);
    return fail(parser, error, "Sections are nested too deeply at", tag->name);
  }
  enum template_op_kind kind = tag->sigil == '#' ? OP_SECTION : OP_INVERTED;
  parser->open[parser->depth++] = emit(parser, (struct template_op){ .kind = kind, .path = path });
  return true;
}

static bool close_section(struct parser *parser, const struct tag *tag, struct template_path *path,
                          GError **error)
{
  bool fits = parser->depth > 0 &&
              g_strv_equal((const char *const *)op_at(parser, parser->open[parser->depth - 1])->path->parts,
                           (const char *const *)path->parts);
  free_path(path);
  if (!fits) return fail(parser, error, "This section is closed but was not opened:", tag->name);
  guint opened = parser->open[--parser->depth];
  if (op_at(parser, opened)->kind == OP_SECTION)
    emit(parser, (struct template_op){ .kind = OP_END, .jump = opened });
  op_at(parser, opened)->jump = parser->template->ops->len;
  return true;
}

/* Writes down what a tag means. `indent` is the white space before a partial that stands alone. */
static bool parse_tag(struct parser *parser, const struct tag *tag, const char *indent, gsize indent_size,
                      GError **error)
{
  if (tag->sigil == '!') return true;
  if (tag->sigil == '>') {
    guint number = program_named(parser, tag->name);
    struct template_op call = { .kind = OP_CALL, .jump = number, .text = indent, .size = indent_size };
    if (number != G_MAXUINT) emit(parser, call);
    return true;
  }
  struct template_path *path = parse_path(tag->name);
  if (path == NULL) return fail(parser, error, "This is no name:", tag->name);
  if (tag->sigil == '#' || tag->sigil == '^') return open_section(parser, tag, path, error);
  if (tag->sigil == '/') return close_section(parser, tag, path, error);
  emit(parser, (struct template_op){ .kind = tag->sigil == '\0' ? OP_PUT : OP_RAW, .path = path });
  return true;
}

/* Reads one tag and the text before it. */
static bool parse_next(struct parser *parser, GError **error)
{
  struct tag tag = { 0 };
  const char *line_start, *line_end;
  bool is_good = read_tag(parser, &tag, error);
  if (is_good && stands_alone(parser, &tag, &line_start, &line_end)) {
    emit_text(parser, line_start, false);
    is_good = parse_tag(parser, &tag, line_start, (gsize)(tag.start - line_start), error);
    parser->text = parser->p = line_end;
  } else if (is_good) {
    emit_text(parser, tag.start, true);
    is_good = parse_tag(parser, &tag, NULL, 0, error);
    parser->text = parser->p = tag.end;
  }
  g_free(tag.name);
  return is_good;
}

/* Reads one file into instructions. */
static bool parse_program(struct parser *parser, guint number, GError **error)
{
  struct template_program *program = g_ptr_array_index(parser->template->programs, number);
  program->start = parser->template->ops->len;
  parser->program = program;
  parser->text = parser->p = parser->line_counted = program->source;
  parser->line = 1;
  parser->depth = 0;
  while ((parser->p = strstr(parser->p, "{{")) != NULL)
    if (!parse_next(parser, error)) return false;
  parser->p = program->source + strlen(program->source);
  if (parser->depth > 0) {
    parser->line = op_at(parser, parser->open[parser->depth - 1])->line;
    parser->line_counted = parser->p;
    return fail(parser, error, "A section that is opened here is not closed", NULL);
  }
  emit_text(parser, parser->p, false);
  emit(parser, (struct template_op){ .kind = OP_RETURN });
  return true;
}

static void free_program(gpointer data)
{
  struct template_program *program = data;
  g_free(program->name);
  g_free(program->path);
  g_free(program->source);
  g_free(program);
}

/* Parses a source and all partials it reaches; takes over path and source. */
static struct template *parse_all(const char *name, char *path, char *source, enum escape_kind kind,
                                  template_load *load, void *data, GError **error)
{
  g_autoptr(template_t) template = g_new0(struct template, 1);
  template->kind = kind;
  template->ops = g_array_new(FALSE, FALSE, sizeof(struct template_op));
  template->programs = g_ptr_array_new_with_free_func(free_program);
  add_program(template, name, path, source);
  struct parser parser = { .template = template, .load = load, .data = data };
  for (guint i = 0; i < template->programs->len; i++)
    if (!parse_program(&parser, i, error)) return NULL;
  return g_steal_pointer(&template);
}

/* The kind of escaping that a file's name asks for. */
static enum escape_kind kind_of_name(const char *name)
{
  static const struct {
    const char *suffix;
    enum escape_kind kind;
  } kinds[] = { { ".html", ESCAPE_HTML },
                { ".xml", ESCAPE_XML },
                { ".atom", ESCAPE_XML },
                { ".txt", ESCAPE_TEXT },
                { ".md", ESCAPE_TEXT } };
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (g_str_has_suffix(name, kinds[i].suffix)) return kinds[i].kind;
  return ESCAPE_HTML;
}

struct template *template_parse(const char *name, template_load *load, void *data, GError **error)
{
  char *path = NULL, *source = load(name, &path, data);
  if (source != NULL) return parse_all(name, path, source, kind_of_name(name), load, data, error);
  fault_set(error, FAULT_CONFIG,
            "There is no template %s, neither beside kiezpost.conf nor among the shipped ones.", name);
  return NULL;
}

struct template *template_parse_text(const char *path, const char *source, enum escape_kind kind,
                                     template_load *load, void *data, GError **error)
{
  return parse_all(path, NULL, g_strdup(source), kind, load, data, error);
}

void template_free(struct template *template)
{
  if (template == NULL) return;
  for (guint i = 0; i < template->ops->len; i++)
    free_path(g_array_index(template->ops, struct template_op, i).path);
  g_array_unref(template->ops);
  g_ptr_array_unref(template->programs);
  g_free(template);
}
