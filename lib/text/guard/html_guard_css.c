/* Styles in HTML. A style is read as plain letters first: references and escapes taken for what they mean,
 * comments, white space and capitals gone, so that "u\72 l (" is "url(". Then a few words are searched. What
 * is in doubt counts as harmful: the mail loses a colour, nothing else. */
#include "lib/text/guard/html_guard_css.h"

#include "lib/text/guard/html_guard_url.h"

#include <string.h>

/* The character behind a backslash. */
static gunichar escaped(const char **p, const char *end)
{
  gunichar number = 0;
  int digits = 0;
  for (; *p < end && digits < 6 && g_ascii_isxdigit(**p); (*p)++, digits++)
    number = number * 16 + (gunichar)g_ascii_xdigit_value(**p);
  if (digits == 0) return *p < end ? (unsigned char)*(*p)++ : '\\';
  if (*p < end && (**p == ' ' || **p == '\n' || **p == '\t')) (*p)++;
  return number;
}

/* The style as plain letters. Caller frees. */
static char *plain(const char *css, gsize size, bool is_attribute)
{
  GString *decoded = g_string_sized_new(size);
  const char *p = css, *end = css + size;
  while (p < end) {
    gunichar c = is_attribute ? html_character(&p, end) : (unsigned char)*p++;
    g_string_append_c(decoded, c > 0 && c < 256 ? (char)c : '?');
  }
  GString *out = g_string_sized_new(decoded->len);
  for (p = decoded->str, end = p + decoded->len; p < end;) {
    if (p[0] == '/' && p[1] == '*') {
      const char *close = strstr(p + 2, "*/");
      p = close ? close + 2 : end;
      continue;
    }
    gunichar c = (unsigned char)*p++;
    if (c == '\\') c = escaped(&p, end);
    if (c > ' ' && c < 127) g_string_append_c(out, g_ascii_tolower((char)c));
  }
  g_string_free(decoded, TRUE);
  return g_string_free(out, FALSE);
}

/* Does every "url(" lead to what comes with the mail? */
static bool urls_are_within(const char *text)
{
  for (const char *p = text; (p = strstr(p, "url("));) {
    p += strlen("url(");
    if (*p == '"' || *p == '\'') p++;
    if (!html_url_is_within(p, strcspn(p, ")\"'"))) return false;
  }
  return true;
}

bool html_css_is_harmless(const char *css, gsize size, bool is_attribute)
{
  static const char *const harmful[] = { "@import",  "expression(", "-moz-binding", "image-set(",
                                         "image(",   "src(",        "javascript:",  "vbscript:",
                                         "@charset", "<style" /* readers disagree about its end */ };
  g_autofree char *text = plain(css, size, is_attribute);
  for (gsize i = 0; i < G_N_ELEMENTS(harmful); i++)
    if (strstr(text, harmful[i])) return false;
  return urls_are_within(text);
}

int html_css_pixels(const char *css, gsize size, const char *name)
{
  g_autofree char *text = plain(css, size, true);
  g_autofree char *label = g_strconcat(name, ":", NULL);
  for (const char *p = text; (p = strstr(p, label)); p++) {
    const char *value = p + strlen(label);
    if ((p == text || p[-1] == ';') && g_ascii_isdigit(*value))
      return (int)MIN(g_ascii_strtoull(value, NULL, 10), 10000);
  }
  return -1;
}

bool html_css_hides(const char *css, gsize size)
{
  g_autofree char *text = plain(css, size, true);
  return strstr(text, "display:none") || strstr(text, "visibility:hidden");
}
