/* Escapes: one loop over UTF-8, one table a place. A table says for each ASCII byte what it becomes; bytes
 * without an entry are copied in runs, so that ordinary text costs little more than memcpy. Everything that
 * takes foreign text out of the house calls one of these verbs.
 *
 * Surprises: HTML and XML need no more than five references for `<?php`, `<!--#include` and `]]>` to be
 * harmless, since each of them needs a bare `<` or `>`. JSON also writes < > & as \u00XX, because JSON is
 * sooner or later put into a <script>. In mailto: URLs a "+" must be %2B: some clients read it as a space. */
#include "lib/text/escape.h"
#include "lib/text/utf8.h"
#include <stdint.h>
#include <string.h>

/* ASCII bytes that do not stand for themselves; NULL: as it is. Controls without an entry become U+FFFD. */
struct escapes {
  const char *of[128];
  bool drops_noncharacters; /* XML 1.0 forbids U+FFFE and U+FFFF */
  bool escapes_separators;  /* U+2028 and U+2029, which end lines in old JavaScript */
};

static const struct escapes text_escapes = {
  .of = { ['\t'] = "\t",
          ['\n'] = "\n",
          ['&'] = "&amp;",
          ['<'] = "&lt;",
          ['>'] = "&gt;",
          ['"'] = "&quot;",
          ['\''] = "&#39;" },
};
static const struct escapes plain_escapes = { .of = { ['\t'] = "\t", ['\n'] = "\n" } };
static const struct escapes attr_escapes = {
  .of = { ['\t'] = "&#9;",
          ['\n'] = "&#10;",
          ['&'] = "&amp;",
          ['<'] = "&lt;",
          ['>'] = "&gt;",
          ['"'] = "&quot;",
          ['\''] = "&#39;",
          ['`'] = "&#96;" },
};
static const struct escapes xml_escapes = {
  .of = { ['\t'] = "\t",
          ['\n'] = "\n",
          ['&'] = "&amp;",
          ['<'] = "&lt;",
          ['>'] = "&gt;",
          ['"'] = "&quot;",
          ['\''] = "&#39;" },
  .drops_noncharacters = true,
};
static const struct escapes json_escapes = {
  .of = { ['\t'] = "\\t",
          ['\n'] = "\\n",
          ['"'] = "\\\"",
          ['\\'] = "\\\\",
          ['<'] = "\\u003c",
          ['>'] = "\\u003e",
          ['&'] = "\\u0026" },
  .escapes_separators = true,
};

/* What a character outside ASCII becomes: NULL: itself. */
static const char *escape_of_wide(const struct escapes *escapes, gunichar c)
{
  if (escapes->drops_noncharacters && (c == 0xFFFE || c == 0xFFFF)) return "";
  if (escapes->escapes_separators && c == 0x2028) return "\\u2028";
  if (escapes->escapes_separators && c == 0x2029) return "\\u2029";
  return NULL;
}

/* Looks at the character at p: its length, and what to put in its place (NULL: itself). */
static gsize look_at(const struct escapes *escapes, const char *p, const char *end, const char **instead)
{
  unsigned char byte = (unsigned char)*p;
  if (byte < 0x80) {
    *instead = escapes->of[byte];
    if (*instead == NULL && (byte < 0x20 || byte == 0x7F)) *instead = UTF8_REPLACEMENT;
    return 1;
  }
  gunichar c;
  gsize length = utf8_read(p, end, &c);
  if (length == 0) {
    *instead = UTF8_REPLACEMENT;
    return utf8_broken_length(p, end);
  }
  *instead = escape_of_wide(escapes, c);
  return length;
}

/* True for ASCII that stands for itself, which most of a text is. */
static inline bool is_plain(const struct escapes *escapes, char c)
{
  unsigned char byte = (unsigned char)c;
  return byte >= 0x20 && byte < 0x7F && escapes->of[byte] == NULL;
}

/* Puts `text`, run by run. */
static void put_escaped(GString *out, const char *text, const struct escapes *escapes)
{
  if (text == NULL) return;
  const char *end = text + strlen(text), *run = text;
  for (const char *p = text;;) {
    while (is_plain(escapes, *p)) p++; /* ends at the NUL */
    if (p == end) break;
    const char *instead;
    gsize length = look_at(escapes, p, end, &instead);
    if (instead != NULL) {
      g_string_append_len(out, run, p - run);
      g_string_append(out, instead);
      run = p + length;
    }
    p += length;
  }
  g_string_append_len(out, run, end - run);
}

void put_text(GString *out, const char *text)
{
  put_escaped(out, text, &text_escapes);
}

void put_plain(GString *out, const char *text)
{
  put_escaped(out, text, &plain_escapes);
}

void put_attr(GString *out, const char *text)
{
  put_escaped(out, text, &attr_escapes);
}

void put_xml(GString *out, const char *text)
{
  put_escaped(out, text, &xml_escapes);
}

void put_json(GString *out, const char *text)
{
  put_escaped(out, text, &json_escapes);
}

/* True for RFC 3986 unreserved characters. */
static bool is_unreserved(unsigned char byte)
{
  return g_ascii_isalnum((char)byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/* One byte of a URL component. */
static void put_url_byte(GString *out, unsigned char byte)
{
  static const char digits[] = "0123456789ABCDEF";
  if (is_unreserved(byte)) {
    g_string_append_c(out, (char)byte);
    return;
  }
  char triplet[3] = { '%', digits[byte >> 4], digits[byte & 15] };
  g_string_append_len(out, triplet, sizeof triplet);
}

/* A stretch of valid or invalid UTF-8 as a URL component; a line feed as `line_feed`. */
static void put_url_part(GString *out, const char *p, gsize size, const char *line_feed)
{
  for (const char *end = p + size; p < end;) {
    gunichar c;
    gsize length = utf8_read(p, end, &c);
    if (length == 1 && c == '\n') {
      g_string_append(out, line_feed);
    } else if (length == 0 || (c < 0x20 && c != '\t') || c == 0x7F) {
      g_string_append(out, "%EF%BF%BD");
      if (length == 0) length = utf8_broken_length(p, end);
    } else {
      for (gsize i = 0; i < length; i++) put_url_byte(out, (unsigned char)p[i]);
    }
    p += length;
  }
}

void put_url(GString *out, const char *text)
{
  if (text != NULL) put_url_part(out, text, strlen(text), "%0A");
}

void put_mailto(GString *out, const char *address, const char *subject, const char *body)
{
  g_string_append(out, "mailto:");
  const char *at = address != NULL ? strrchr(address, '@') : NULL;
  if (at != NULL) {
    put_url_part(out, address, (gsize)(at - address), "");
    g_string_append_c(out, '@');
    put_url_part(out, at + 1, strlen(at + 1), "");
  } else {
    put_url(out, address);
  }
  if (subject != NULL) {
    g_autoptr(GString) line = g_string_new(NULL);
    put_line(line, subject);
    g_string_append(out, "?subject=");
    put_url(out, line->str);
  }
  if (body != NULL) {
    g_string_append(out, subject != NULL ? "&body=" : "?body=");
    put_url_part(out, body, strlen(body), "%0D%0A");
  }
}

/* True for characters that no line of ours shows: they only reorder, join or hide others. */
static bool is_invisible(gunichar c)
{
  static const struct {
    gunichar first, last;
  } ranges[] = {
    { 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x061C, 0x061C }, { 0x180E, 0x180E }, { 0x200B, 0x200F },
    { 0x202A, 0x202E }, { 0x2060, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
  };
  if (c < 0xAD) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

/* True for line breaks of any alphabet and for controls. */
static bool is_break(gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/* put_line for `size` bytes, which may hold NUL. */
static void put_line_of(GString *out, const char *p, gsize size)
{
  bool after_break = false;
  for (const char *end = p + size; p < end;) {
    gunichar c;
    gsize length = utf8_read(p, end, &c);
    if (length == 0) {
      g_string_append(out, UTF8_REPLACEMENT);
      length = utf8_broken_length(p, end);
      after_break = false;
    } else if (is_break(c)) {
      if (!after_break) g_string_append_c(out, ' ');
      after_break = true;
    } else if (!is_invisible(c)) {
      g_string_append_len(out, p, (gssize)length);
      after_break = false;
    }
    p += length;
  }
}

void put_line(GString *out, const char *text)
{
  if (text != NULL) put_line_of(out, text, strlen(text));
}

/* The largest length ≤ limit at which `text` ends between two characters. */
static gsize cut_length(const char *text, gsize size, gsize limit)
{
  if (size <= limit) return size;
  while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) limit--;
  return limit;
}

char *text_for_header(const char *text, size_t limit)
{
  g_autoptr(GString) line = g_string_new(NULL);
  put_line(line, text);
  g_strstrip(line->str);
  char *result = g_strndup(line->str, cut_length(line->str, strlen(line->str), limit));
  return g_strchomp(result);
}

enum { FILENAME_MAX_BYTES = 120, EXTENSION_MAX_BYTES = 16 };

/* Where the extension with its dot starts; the end of `name` when there is none worth keeping. */
static const char *extension_of(const char *name)
{
  const char *dot = strrchr(name, '.');
  if (dot == NULL || dot == name || strlen(dot) > EXTENSION_MAX_BYTES) return name + strlen(name);
  return dot;
}

char *text_for_filename(const char *text)
{
  g_autoptr(GString) line = g_string_new(NULL);
  put_line(line, text);
  for (char *p = line->str; *p != '\0'; p++)
    if (strchr("/\\:*?\"<>|", *p) != NULL) *p = '-';
  char *start = line->str;
  while (*start == '.' || *start == ' ') start++;
  for (gsize size = strlen(start); size > 0 && (start[size - 1] == '.' || start[size - 1] == ' '); size--)
    start[size - 1] = '\0';
  if (*start == '\0') return g_strdup("anhang");
  const char *extension = extension_of(start);
  gsize stem = cut_length(start, (gsize)(extension - start), FILENAME_MAX_BYTES - strlen(extension));
  return g_strdup_printf("%.*s%s", (int)stem, start, extension);
}

char *text_make_valid(const char *bytes, gsize size)
{
  if (size == 0) return g_strdup("");
  if (utf8_is_valid(bytes, size)) return g_strndup(bytes, size);
  GString *out = g_string_sized_new(size + 1);
  const char *end = bytes + size, *run = bytes;
  for (const char *p = bytes; p < end;) {
    gunichar c;
    gsize length = utf8_read(p, end, &c);
    bool is_broken = length == 0;
    if (is_broken) length = utf8_broken_length(p, end);
    if (is_broken || *p == '\0') {
      g_string_append_len(out, run, p - run);
      if (is_broken) g_string_append(out, UTF8_REPLACEMENT);
      run = p + length;
    }
    p += length;
  }
  g_string_append_len(out, run, end - run);
  return g_string_free(out, FALSE);
}
