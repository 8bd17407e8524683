/* A letter's two bodies from one Markdown template: the template is filled as a cmark tree, values enter as
 * literal text nodes (a name can never become a link), HTML comes from cmark in an accessible frame, plain
 * text from a renderer of ours (72 columns, no escapes). Placeholders are {{name}}; a line starting
 * "Betreff:" or "Subject:" at the top is the subject. */
#ifndef TEXT_LETTER_TEXT_H
#define TEXT_LETTER_TEXT_H

#include "lib/text/template.h"
#include <glib.h>

struct letter_text {
  char *subject;
  char *plain; /* UTF-8, LF line ends, wrapped at 72 */
  char *html;  /* a whole document */
};

/* False with a sentence that names `path` and a line when the template is malformed. */
bool letter_text_check(const char *path, const char *markdown, GError **error);

/* Values: only texts, numbers, flags and lists of one map in `values`; {{#name}}/{{^name}} blocks stand on
 * lines of their own. FAULT_CONFIG for a malformed template; sentences name
 * `path`. Caller frees with letter_text_free. */
struct letter_text *letter_text_render(const char *path, const char *markdown, const struct value *values,
                                       const char *language, GError **error);
void letter_text_free(struct letter_text *letter);
typedef struct letter_text letter_text_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(letter_text_t, letter_text_free)

#endif
