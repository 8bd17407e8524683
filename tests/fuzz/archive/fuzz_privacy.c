/* The privacy gate on any bytes: what comes out is valid UTF-8, bounded, and holds no plain e-mail address
 * but ours. */
#include "web-archive/privacy.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_plain(char c)
{
  return g_ascii_isalnum(c);
}

/* Whether "x@y" stands in a text, other than at our domain or inside a link. */
static bool holds_address(const char *text)
{
  for (const char *at = text; (at = strchr(at, '@')) != NULL; at++)
    if (at > text && is_plain(at[-1]) && is_plain(at[1]) &&
        g_ascii_strncasecmp(at + 1, "kiez.example", 12) != 0 && !strstr(text, "://"))
      return true;
  return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup((const char *)data, size);
  g_autoptr(public_text_t) body = public_body(text, "kiez.example");
  g_autoptr(public_text_t) title = public_title(text, "kiez.example");
  g_autoptr(public_text_t) name = public_name(text);
  const struct public_text *const made[] = { body, title, name };
  for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
    const char *string = public_text_string(made[i]);
    if (!g_utf8_validate(string, -1, NULL) || strlen(string) > PUBLIC_BODY_BYTES + 64) __builtin_trap();
    if (holds_address(string)) __builtin_trap();
  }
  return 0;
}
