/* Header fields: where one ends and the next begins.
 *
 * Used by reading, by the MIME tree and by the key of a delivery, so that all three agree on where a header
 * ends. A line that is no field ends the header, and the body begins with that very line: Postfix does the
 * same, and text that somebody wrote without an empty line above it is not lost. */
#include "lib/mail/fields.h"

#include "lib/text/charset.h"

#include <string.h>

enum { FIELD_NAME_MAX = 200 };

static bool starts_with(const char *at, const char *end, const char *text, gsize size)
{
  return (gsize)(end - at) >= size && memcmp(at, text, size) == 0;
}

/* The byte behind the line's LF, or the end. */
static const char *line_end(const char *at, const char *end)
{
  const char *lf = memchr(at, '\n', (gsize)(end - at));
  return lf ? lf + 1 : end;
}

const char *fields_begin(const char *raw, gsize size)
{
  const char *at = raw, *end = raw + size;
  if (starts_with(at, end, "\xEF\xBB\xBF", 3)) at += 3;
  if (starts_with(at, end, "From ", 5) || starts_with(at, end, ">From ", 6)) at = line_end(at, end);
  return at;
}

/* The colon that ends a field's name at `at`, or NULL where no field begins. */
static const char *find_colon(const char *at, const char *end, gsize *name_size)
{
  const char *p = at;
  while (p < end && p - at<FIELD_NAME_MAX && * p> 32 && *p < 127 && *p != ':') p++;
  *name_size = (gsize)(p - at);
  while (p < end && (*p == ' ' || *p == '\t')) p++;
  return *name_size > 0 && p < end && *p == ':' ? p : NULL;
}

bool field_next(const char **at, const char *end, struct field *field)
{
  const char *p = *at;
  if (p >= end) return false;
  field->name = p;
  const char *colon = find_colon(p, end, &field->name_size);
  if (!colon) {
    if (*p == '\n' || starts_with(p, end, "\r\n", 2)) *at = line_end(p, end);
    return false;
  }
  field->value = colon + 1;
  p = line_end(field->value, end);
  while (p < end && (*p == ' ' || *p == '\t')) p = line_end(p, end);
  *at = p;
  if (p > field->value && p[-1] == '\n') p--;
  if (p > field->value && p[-1] == '\r') p--;
  field->value_size = (gsize)(p - field->value);
  return true;
}

bool field_is(const struct field *field, const char *name)
{
  if (((field->name[0] ^ name[0]) & ~0x20) != 0) return false; /* most are told by their first letter */
  gsize size = strlen(name);
  return field->name_size == size && g_ascii_strncasecmp(field->name, name, size) == 0;
}

char *field_unfold(const struct field *field, gsize limit, bool *was_cut)
{
  gsize size = field->value_size;
  if (size > limit) {
    size = limit;
    if (was_cut) *was_cut = true;
  }
  const char *from = field->value, *end = from + size;
  while (from < end && (unsigned char)*from <= ' ') from++;
  while (end > from && (unsigned char)end[-1] <= ' ') end--;
  char *line = g_malloc((gsize)(end - from) + 1), *to = line;
  for (; from < end; from++) {
    if (*from == '\r' || *from == '\n') continue;
    *to++ = (unsigned char)*from < ' ' || *from == 127 ? ' ' : *from;
  }
  *to = '\0';
  return line;
}

char *field_line(const struct field *field, gsize limit, bool *was_cut)
{
  char *line = field_unfold(field, limit, was_cut);
  const char *p = line;
  while (*p && !(*p & 0x80)) p++;
  if (!*p) return line;
  char *utf8 = charset_to_utf8(line, strlen(line), NULL, NULL);
  g_free(line);
  return utf8;
}
