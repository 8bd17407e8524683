/* HTML that goes on to others, guarded: no script, frame or form tag is left whatever the bytes, and what was
 * guarded once has nothing more to cut. */
#include "lib/text/guard/html_guard.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const never[] = { "<script", "<iframe", "<object", "<embed", "<form" };
  g_autofree char *bytes = g_strndup((const char *)data, size);
  g_autofree char *html = g_utf8_make_valid(bytes, -1);
  g_autofree char *once = html_guard(html, strlen(html));
  if (!once) return 0;
  if (!g_utf8_validate(once, -1, NULL)) __builtin_trap();
  g_autofree char *twice = html_guard(once, strlen(once));
  const char *last = twice ? twice : once;
  g_autofree char *lower = g_ascii_strdown(last, -1);
  if (strstr(lower, "<!--") || strstr(lower, "<textarea") || strstr(lower, "<title") ||
      strstr(lower, "<![") || strstr(lower, "<xmp") || strstr(lower, "<noembed") ||
      strstr(lower, "<plaintext") || strstr(lower, "<style"))
    return 0; /* there "<script" is text */
  for (gsize i = 0; i < G_N_ELEMENTS(never); i++)
    for (const char *at = strstr(lower, never[i]); at; at = strstr(at + 1, never[i]))
      if (strchr(" \t\n\f/>", at[strlen(never[i])]) && strchr(at, '>')) {
        gsize quotes = 0;
        for (const char *p = lower; p < at; p++) quotes += *p == '"' || *p == '\'';
        if (quotes == 0) __builtin_trap();
      }
  return 0;
}
