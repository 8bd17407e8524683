/* Templates: files with a small mustache-like language. {{name}} is escaped for the kind of file (.html .xml
 * .txt),
 * {{{name}}} and {{&name}} put a value as it is, which is allowed only for values that were set as markup;
 * {{#name}}…{{/name}} repeats over a list or shows when true, {{^name}}…{{/name}} when empty or false,
 * {{>name}} another file, {{! }} a remark. Empty or false are: absent, false, the number 0, empty text, an
 * empty list; a map never is. A partial that does not exist is empty. Dotted names and {{.}} as in the public
 * Mustache specification; no expressions, no lambdas, no delimiters of one's own. Standalone tags take their
 * line with them. Depth and output are bounded. */
#ifndef TEXT_TEMPLATE_H
#define TEXT_TEMPLATE_H

#include <glib.h>
#include <stdbool.h>

/* Values: a tree of named things. All strings are copied. */
struct value;
struct value *value_new(void);        /* an empty map */
void value_free(struct value *value); /* with everything below */
typedef struct value value_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(value_t, value_free)
void value_set_text(struct value *map, const char *name, const char *text); /* NULL: absent */
const char *value_text(const struct value *map, const char *name);           /* NULL: absent, or no text */
void value_set_markup(struct value *map, const char *name,
                      const char *markup); /* already HTML/XML, may be put by {{{ }}} */
void value_set_number(struct value *map, const char *name, gint64 number);
void value_set_flag(struct value *map, const char *name, bool flag);  /* false is also an empty list */
struct value *value_add_map(struct value *map, const char *name);     /* a nested map, owned by `map` */
struct value *value_append(struct value *map, const char *list_name); /* a new map at the list's end */
void value_append_text(struct value *map, const char *list_name, const char *text);

enum escape_kind { ESCAPE_TEXT, ESCAPE_HTML, ESCAPE_XML };

/* A parsed set of templates with their partials; immutable, may be rendered often. */
struct template;
/* `load` hands out a template's source by name ("page.html"), NULL if there is none; caller of load frees. It
 * may set *path to where the source lies, which sentences about it then name; caller of load frees that, too.
 * The kind of escaping goes by the suffix of the main name. FAULT_CONFIG with file and line on a malformed
 * template. */
typedef char *template_load(const char *name, char **path, void *data);
struct template *template_parse(const char *name, template_load *load, void *data, GError **error);
/* From one string, without partials unless load is given. `path` is what sentences about it name. */
struct template *template_parse_text(const char *path, const char *source, enum escape_kind kind,
                                     template_load *load, void *data, GError **error);
void template_free(struct template *template);
typedef struct template template_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(template_t, template_free)

/* Renders at the end of `out`. FAULT_BUG when a value not set as markup is put raw, or the output exceeds 64
 * MiB. */
bool template_render(const struct template *template, const struct value *values, GString *out,
                     GError **error);

/* The same, but what {{name}} says is put by `put` instead of escaped by kind; raw tags are a FAULT_BUG.
 * (letters) */
typedef void template_put(GString *out, const char *text, void *data);
bool template_render_with(const struct template *template, const struct value *values, template_put *put,
                          void *data, GString *out, GError **error);

#endif
