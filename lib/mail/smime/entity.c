/* Taking a MIME entity apart by its bytes: what is signed must stay as it is, so no parser touches it. */
#include "lib/mail/smime/entity.h"

#include <string.h>

enum { HEADER_MAX = 256 * 1024 };

/* Behind the end of the line that begins here. */
static gsize line_end(const char *raw, gsize size, gsize at)
{
  const char *end = memchr(raw + at, '\n', size - at);
  return end ? (gsize)(end - raw) + 1 : size;
}

static bool is_empty_line(const char *raw, gsize at, gsize end)
{
  return end - at == 1 || (end - at == 2 && raw[at] == '\r');
}

gsize entity_body(const char *raw, gsize size)
{
  for (gsize at = 0; at < size && at < HEADER_MAX;) {
    gsize end = line_end(raw, size, at);
    if (is_empty_line(raw, at, end)) return end;
    at = end;
  }
  return size;
}

void entity_put_crlf(GString *out, const char *text, gsize size)
{
  for (gsize at = 0; at < size;) {
    gsize end = line_end(text, size, at), length = end - at;
    while (length && (text[at + length - 1] == '\n' || text[at + length - 1] == '\r')) length--;
    g_string_append_len(out, text + at, (gssize)length);
    if (text[end - 1] == '\n') g_string_append(out, "\r\n");
    at = end;
  }
}

/* Does a field begin with these letters, in any case? */
static bool begins(const char *raw, gsize size, gsize at, const char *name)
{
  gsize length = strlen(name);
  return size - at >= length && g_ascii_strncasecmp(raw + at, name, length) == 0;
}

void entity_put_fields(GString *out, const char *raw, gsize size, bool is_content)
{
  bool is_wanted = false;
  gsize body = entity_body(raw, size);
  for (gsize at = 0; at < body;) {
    gsize end = line_end(raw, size, at);
    if (is_empty_line(raw, at, end)) return;
    bool goes_on = raw[at] == ' ' || raw[at] == '\t';
    if (!goes_on)
      is_wanted = begins(raw, size, at, "content-") ? is_content
                                                    : !is_content && !begins(raw, size, at, "mime-version:");
    /* a line of nothing but CR would end the header for whoever reads it next */
    gsize from = at;
    while (from < end && raw[from] == '\r') from++;
    bool is_line = from < end && raw[from] != '\n';
    if (is_wanted && is_line) entity_put_crlf(out, raw + at, end - at);
    at = end;
  }
}

/* The value of Content-Type as it stands; "". Caller frees. */
static char *content_type(const char *raw, gsize size)
{
  g_autoptr(GString) fields = g_string_new(NULL);
  entity_put_fields(fields, raw, size, true);
  for (gsize at = 0; at < fields->len; at = line_end(fields->str, fields->len, at)) {
    if (!begins(fields->str, fields->len, at, "content-type:")) continue;
    gsize end = line_end(fields->str, fields->len, at);
    while (end < fields->len && (fields->str[end] == ' ' || fields->str[end] == '\t'))
      end = line_end(fields->str, fields->len, end);
    return g_strstrip(
        g_strndup(fields->str + at + strlen("content-type:"), end - at - strlen("content-type:")));
  }
  return g_strdup("");
}

char *entity_type(const char *raw, gsize size)
{
  g_autofree char *type = content_type(raw, size);
  return g_ascii_strdown(type, -1);
}

/* The delimiter between the parts, "--" and the boundary; NULL: none is named. Caller frees. */
static char *delimiter_of(const char *raw, gsize size)
{
  g_autofree char *type = content_type(raw, size), *low = g_ascii_strdown(type, -1);
  const char *name = strstr(low, "boundary=");
  if (!name) return NULL;
  const char *value = type + (name - low) + strlen("boundary=");
  gsize length = *value == '"' ? strcspn(++value, "\"\r\n") : strcspn(value, "; \t\r\n");
  return length ? g_strdup_printf("--%.*s", (int)MIN(length, 200), value) : NULL;
}

/* The next line that begins with the delimiter, from `at`; `size`: there is none. */
static gsize find_delimiter(const char *raw, gsize size, gsize at, const char *delimiter)
{
  gsize length = strlen(delimiter);
  for (; at < size; at = line_end(raw, size, at))
    if (size - at >= length && memcmp(raw + at, delimiter, length) == 0) return at;
  return size;
}

/* A line's end before `at` belongs to the delimiter. */
static gsize before_delimiter(const char *raw, gsize begin, gsize at)
{
  if (at > begin && raw[at - 1] == '\n') at--;
  if (at > begin && raw[at - 1] == '\r') at--;
  return at;
}

bool entity_signed_parts(const char *raw, gsize size, struct entity_signed *parts)
{
  g_autofree char *delimiter = delimiter_of(raw, size);
  gsize at[3], from = entity_body(raw, size);
  for (gsize i = 0; i < G_N_ELEMENTS(at); i++) {
    at[i] = delimiter ? find_delimiter(raw, size, from, delimiter) : size;
    if (at[i] >= size) return false;
    from = line_end(raw, size, at[i]);
  }
  gsize behind = at[2] + strlen(delimiter);
  bool is_closed = size - behind >= 2 && memcmp(raw + behind, "--", 2) == 0;
  gsize content = line_end(raw, size, at[0]), signature = line_end(raw, size, at[1]);
  if (!is_closed || content > at[1] || signature > at[2]) return false;
  parts->content = raw + content;
  parts->content_size = before_delimiter(raw, content, at[1]) - content;
  parts->signature = raw + signature;
  parts->signature_size = at[2] - signature;
  return true;
}

GBytes *entity_replace(const char *raw, gsize size, GBytes *entity)
{
  gsize length = 0;
  const char *inside = g_bytes_get_data(entity, &length);
  gsize body = entity_body(inside, length);
  g_autoptr(GString) out = g_string_new(NULL);
  entity_put_fields(out, raw, size, false);
  g_string_append(out, "MIME-Version: 1.0\r\n");
  entity_put_fields(out, inside, length, true);
  g_string_append(out, "\r\n");
  entity_put_crlf(out, inside + body, length - body);
  gsize all = out->len;
  return g_bytes_new_take(g_string_free(g_steal_pointer(&out), FALSE), all);
}
