/* Templates: running them. A loop over the instructions with three stacks: contexts (the maps that names are
 * looked up in, innermost first), sections under way, and partials called. All three, the steps and the
 * output are bounded, since a partial may call itself without end. A fault leaves the output as it was. */
#include "lib/base/fault.h"
#include "lib/text/escape.h"
#include "lib/text/template_code.h"
#include "lib/text/value.h"
#include <string.h>

enum {
  MAX_SECTIONS = 256,
  MAX_CALLS = 64,
  MAX_OUTPUT_BYTES = 64 * 1024 * 1024,
  MAX_STEPS = 50 * 1000 * 1000,
};

struct section {
  const GPtrArray *list; /* NULL: shown once */
  guint next;
};

struct call {
  guint return_to;
  gsize indent_length; /* of the caller */
};

struct renderer {
  const struct template *template;
  template_put *put; /* NULL: by the template's kind */
  void *data;
  GString *out;
  gsize out_start;
  const struct value *contexts[MAX_SECTIONS + 1];
  struct section sections[MAX_SECTIONS];
  guint section_depth; /* the context of section i is contexts[i + 1] */
  struct call calls[MAX_CALLS];
  guint call_depth;
  GString *indent;
  guint at;
};

static const struct template_op *op_now(const struct renderer *renderer)
{
  return &g_array_index(renderer->template->ops, struct template_op, renderer->at);
}

/* The file that an instruction belongs to, for messages. */
static const char *file_of(const struct renderer *renderer)
{
  const char *name = "template";
  const GPtrArray *programs = renderer->template->programs;
  for (guint i = 0; i < programs->len; i++) {
    const struct template_program *program = g_ptr_array_index(programs, i);
    if (program->start <= renderer->at) name = program->path;
  }
  return name;
}

static bool fail(const struct renderer *renderer, GError **error, const char *what)
{
  return fault_set(error, FAULT_BUG, "%s:%u: %s.", file_of(renderer), op_now(renderer)->line, what);
}

/* What a path names: its first part in the innermost context that has it, the others inside of that. */
static const struct value *look_up(const struct renderer *renderer, const struct template_path *path)
{
  const struct value *value = NULL;
  if (path->parts[0] == NULL) return renderer->contexts[renderer->section_depth];
  for (guint i = renderer->section_depth + 1; i > 0 && value == NULL; i--)
    value = value_find(renderer->contexts[i - 1], path->parts[0], path->hashes[0]);
  for (guint i = 1; value != NULL && path->parts[i] != NULL; i++)
    value = value_find(value, path->parts[i], path->hashes[i]);
  return value;
}

static void put_by_kind(struct renderer *renderer, const char *text)
{
  if (renderer->put != NULL) {
    renderer->put(renderer->out, text, renderer->data);
    return;
  }
  switch (renderer->template->kind) {
  case ESCAPE_TEXT: put_plain(renderer->out, text); break;
  case ESCAPE_HTML: put_text(renderer->out, text); break;
  case ESCAPE_XML: put_xml(renderer->out, text); break;
  }
}

/* {{name}}: texts, numbers and flags; maps, lists and what is absent are nothing. */
static void put_value(struct renderer *renderer, const struct value *value)
{
  char number[24];
  if (value == NULL) return;
  switch (value->type) {
  case VALUE_TEXT:
  case VALUE_MARKUP: put_by_kind(renderer, value->text); break;
  case VALUE_NUMBER:
    g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, value->number);
    put_by_kind(renderer, number);
    break;
  case VALUE_FLAG:
    if (value->number != 0) put_by_kind(renderer, "true");
    break;
  case VALUE_MAP:
  case VALUE_LIST: break;
  }
}

/* {{{name}}}: markup as it is; numbers and flags need no escape; text is a fault of ours. */
static bool put_raw(struct renderer *renderer, const struct value *value, GError **error)
{
  if (renderer->put != NULL) return fail(renderer, error, "A raw tag is not allowed here");
  if (value != NULL && value->type == VALUE_TEXT)
    return fail(renderer, error, "A value that is not markup is put raw");
  if (value != NULL && value->type == VALUE_MARKUP)
    g_string_append(renderer->out, value->text);
  else
    put_value(renderer, value);
  return true;
}

/* Literal text; inside an indented partial each of its lines begins with the indentation. */
static void put_literal(struct renderer *renderer, const struct template_op *op)
{
  if (renderer->indent->len == 0) {
    g_string_append_len(renderer->out, op->text, (gssize)op->size);
    return;
  }
  if (op->at_line_start)
    g_string_append_len(renderer->out, renderer->indent->str, (gssize)renderer->indent->len);
  for (const char *p = op->text, *end = p + op->size; p < end;) {
    const char *line_end = memchr(p, '\n', (gsize)(end - p));
    line_end = line_end != NULL ? line_end + 1 : end;
    g_string_append_len(renderer->out, p, line_end - p);
    p = line_end;
    if (p < end) g_string_append_len(renderer->out, renderer->indent->str, (gssize)renderer->indent->len);
  }
}

static bool begin_section(struct renderer *renderer, const struct template_op *op, GError **error)
{
  const struct value *value = look_up(renderer, op->path);
  if (!value_is_true(value)) {
    renderer->at = op->jump;
    return true;
  }
  if (renderer->section_depth == MAX_SECTIONS) return fail(renderer, error, "Sections are nested too deeply");
  struct section *section = &renderer->sections[renderer->section_depth++];
  *section = (struct section){ .list = value->type == VALUE_LIST ? value->list : NULL, .next = 1 };
  renderer->contexts[renderer->section_depth] =
      section->list != NULL ? g_ptr_array_index(section->list, 0) : value;
  renderer->at++;
  return true;
}

/* The next item, or on behind the section. */
static void end_section(struct renderer *renderer, const struct template_op *op)
{
  struct section *section = &renderer->sections[renderer->section_depth - 1];
  if (section->list != NULL && section->next < section->list->len) {
    renderer->contexts[renderer->section_depth] = g_ptr_array_index(section->list, section->next++);
    renderer->at = op->jump + 1;
    return;
  }
  renderer->section_depth--;
  renderer->at++;
}

static bool begin_call(struct renderer *renderer, const struct template_op *op, GError **error)
{
  if (renderer->call_depth == MAX_CALLS) return fail(renderer, error, "Partials are nested too deeply");
  const struct template_program *program = g_ptr_array_index(renderer->template->programs, op->jump);
  renderer->calls[renderer->call_depth++] = (struct call){ renderer->at + 1, renderer->indent->len };
  if (op->size > 0) g_string_append_len(renderer->indent, op->text, (gssize)op->size);
  renderer->at = program->start;
  return true;
}

/* Back to the caller; false at the end of the main file. */
static bool end_call(struct renderer *renderer)
{
  if (renderer->call_depth == 0) return false;
  const struct call *call = &renderer->calls[--renderer->call_depth];
  g_string_truncate(renderer->indent, call->indent_length);
  renderer->at = call->return_to;
  return true;
}

/* One instruction; false at the end (*is_done) or for a fault. */
static bool step(struct renderer *renderer, bool *is_done, GError **error)
{
  const struct template_op *op = op_now(renderer);
  switch (op->kind) {
  case OP_TEXT: put_literal(renderer, op); break;
  case OP_PUT: put_value(renderer, look_up(renderer, op->path)); break;
  case OP_RAW:
    if (!put_raw(renderer, look_up(renderer, op->path), error)) return false;
    break;
  case OP_SECTION: return begin_section(renderer, op, error);
  case OP_INVERTED:
    renderer->at = value_is_true(look_up(renderer, op->path)) ? op->jump : renderer->at + 1;
    return true;
  case OP_END: end_section(renderer, op); return true;
  case OP_CALL: return begin_call(renderer, op, error);
  case OP_RETURN: *is_done = !end_call(renderer); return !*is_done;
  }
  renderer->at++;
  return true;
}

/* Runs to the end or into a bound. */
static bool run(struct renderer *renderer, GError **error)
{
  bool is_done = false;
  for (gsize steps = 0; step(renderer, &is_done, error); steps++) {
    if (renderer->out->len - renderer->out_start > MAX_OUTPUT_BYTES)
      return fail(renderer, error, "The output is longer than 64 MiB");
    if (steps > MAX_STEPS) return fail(renderer, error, "The template takes too many steps");
  }
  return is_done;
}

bool template_render_with(const struct template *template, const struct value *values, template_put *put,
                          void *data, GString *out, GError **error)
{
  g_autofree struct renderer *renderer = g_new0(struct renderer, 1);
  g_autoptr(GString) indent = g_string_new(NULL);
  renderer->template = template;
  renderer->put = put;
  renderer->data = data;
  renderer->out = out;
  renderer->out_start = out->len;
  renderer->contexts[0] = values;
  renderer->indent = indent;
  if (run(renderer, error)) return true;
  g_string_truncate(out, renderer->out_start);
  return false;
}

bool template_render(const struct template *template, const struct value *values, GString *out,
                     GError **error)
{
  return template_render_with(template, values, NULL, NULL, out, error);
}
