/* Templates from any bytes: what parses renders within its bounds, or says why not. A template may call
 * itself. */
#include "lib/text/template.h"
#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* "p" is the source itself, "q" its second half. */
static char *load_part(const char *name, char **path, void *data)
{
  (void)path;
  const char *source = data;
  if (strcmp(name, "p") == 0) return g_strdup(source);
  if (strcmp(name, "q") == 0) return g_strdup(source + strlen(source) / 2);
  return NULL;
}

/* A small tree with every type. */
static struct value *some_values(void)
{
  struct value *values = value_new();
  value_set_text(values, "a", "<x\n\xFF>");
  value_set_markup(values, "b", "<b>");
  value_set_number(values, "n", 7);
  value_set_flag(values, "f", true);
  value_append_text(values, "l", "1");
  value_append_text(values, "l", "2");
  value_set_text(value_append(values, "m"), "a", "y");
  value_set_text(value_add_map(values, "d"), "a", "z");
  return values;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size == 0 || size > 4096) return 0;
  g_autofree char *source = g_strndup((const char *)data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(template_t) template =
      template_parse_text("template", source, size % 3, load_part, source, &error);
  if (template == NULL) {
    g_assert_nonnull(error);
    return 0;
  }
  g_autoptr(value_t) values = some_values();
  g_autoptr(GString) out = g_string_new(NULL);
  if (!template_render(template, values, out, &error)) g_assert_cmpuint(out->len, ==, 0);
  return 0;
}
