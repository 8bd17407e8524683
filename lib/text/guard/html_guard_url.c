/* Addresses in HTML, as far as their scheme goes. Called by html_guard.c and, for "url(…)", by
 * html_guard_css.c. Only what is known to be harmless passes: a scheme that we never heard of may start a
 * program on somebody's machine. */
#include "lib/text/guard/html_guard_url.h"

#include <string.h>

enum { SCHEME_MAX = 24 };

static const struct {
  const char *name;
  gunichar character;
} references[] = {
  { "colon", ':' }, { "tab", '\t' },  { "newline", '\n' }, { "amp", '&' },
  { "sol", '/' },   { "lpar", '(' },  { "quot", '"' },     { "apos", '\'' },
  { "bsol", '\\' }, { "num", '#' },   { "period", '.' },   { "lt", '<' },
  { "gt", '>' },    { "nbsp", 0xa0 }, { "commat", '@' },   { "semi", ';' },
};

/* "#58;" or "#x3a" behind "&". */
static gunichar numbered(const char **p, const char *end)
{
  guint64 number = 0;
  (*p)++;
  bool is_hex = *p < end && g_ascii_tolower(**p) == 'x';
  if (is_hex) (*p)++;
  for (; *p < end && (is_hex ? g_ascii_isxdigit(**p) : g_ascii_isdigit(**p)); (*p)++)
    number = MIN(number * (is_hex ? 16 : 10) + (guint64)g_ascii_xdigit_value(**p), 0x110000);
  if (*p < end && **p == ';') (*p)++;
  return number > 0 && number < 0x110000 ? (gunichar)number : 0xfffd;
}

gunichar html_character(const char **p, const char *end)
{
  unsigned char c = (unsigned char)*(*p)++;
  if (c != '&' || *p >= end) return c;
  if (**p == '#') return numbered(p, end);
  for (gsize i = 0; i < G_N_ELEMENTS(references); i++) {
    gsize size = strlen(references[i].name);
    if ((gsize)(end - *p) <= size || g_ascii_strncasecmp(*p, references[i].name, size) != 0) continue;
    if ((*p)[size] != ';') continue;
    *p += size + 1;
    return references[i].character;
  }
  return '&';
}

/* The scheme, lower case: "" none, "?" something odd. *rest: behind its colon, or the first character. */
static void scheme_of(const char *url, gsize size, char scheme[SCHEME_MAX + 1], const char **rest)
{
  const char *p = url, *end = url + size;
  gsize length = 0;
  bool has_begun = false;
  *rest = end;
  scheme[0] = '\0';
  while (p < end) {
    const char *at = p;
    gunichar c = html_character(&p, end);
    if (c <= ' ' || c == 0x7f) continue;
    if (!has_begun) *rest = at;
    has_begun = true;
    if (c == ':') {
      *rest = p;
      scheme[length] = '\0';
      if (length == 0) g_strlcpy(scheme, "?", SCHEME_MAX);
      return;
    }
    bool is_part = c < 128 && (g_ascii_isalnum((char)c) || c == '+' || c == '-' || c == '.' || c == '_');
    if (!is_part || length >= SCHEME_MAX) {
      bool is_path = c == '/' || c == '?' || c == '#' || c == '\\';
      g_strlcpy(scheme, is_path || !memchr(at, ':', (gsize)(end - at)) ? "" : "?", SCHEME_MAX);
      return;
    }
    scheme[length++] = g_ascii_tolower((char)c);
  }
  scheme[0] = '\0';
}

bool html_url_may_link(const char *url, gsize size)
{
  static const char *const known[] = { "",       "http", "https", "mailto", "tel",  "sms",      "cid",
                                       "mid",    "geo",  "ftp",   "ftps",   "news", "webcal",   "matrix",
                                       "xmpp",   "sip",  "sips",  "callto", "fax",  "whatsapp", "threema",
                                       "signal", "sgnl", "tg",    NULL };
  char scheme[SCHEME_MAX + 1];
  const char *rest;
  scheme_of(url, size, scheme, &rest);
  return g_strv_contains(known, scheme);
}

/* A picture of points; an SVG may hold programs. */
static bool is_picture_data(const char *rest, const char *end)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/jpg",
                                       "image/gif", "image/webp", "image/bmp" };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    gsize size = strlen(types[i]);
    if ((gsize)(end - rest) > size && g_ascii_strncasecmp(rest, types[i], size) == 0 &&
        (rest[size] == ';' || rest[size] == ','))
      return true;
  }
  return false;
}

bool html_url_is_within(const char *url, gsize size)
{
  char scheme[SCHEME_MAX + 1];
  const char *rest, *end = url + size;
  scheme_of(url, size, scheme, &rest);
  if (strcmp(scheme, "cid") == 0 || strcmp(scheme, "mid") == 0) return true;
  if (strcmp(scheme, "data") == 0) return is_picture_data(rest, end);
  return !*scheme && (rest == end || *rest == '#');
}
