/* The MIME tree: one scan over the raw bytes.
 *
 * A multipart's children are found by its delimiter lines within the bytes of its parent's part, so an outer
 * delimiter always ends what an inner multipart left open. Each level scans its own bytes once; at depth 20
 * everything is a leaf, after 500 parts the rest stays in the last one's multipart unread. A nested message
 * (message/rfc822) is a leaf: its parts are an attachment, not the mail. winmail.dat is none: it is opened,
 * and becomes a multipart that holds what was in it.
 *
 * What surprised us: multiparts without a boundary parameter are common in bounces and scanners' mail; the
 * first line of the body then shows the boundary. A multipart without any delimiter is read as text, so that
 * nothing a person wrote is lost. */
#include "lib/mail/parts.h"

#include "lib/base/mapped.h"
#include "lib/mail/tnef/tnef.h"
#include "lib/mail/winmail.h"
#include "lib/mail/words.h"

#include <string.h>

enum { OPENED_MAX = 5, BOUNDARY_MAX = 200, GUESS_WITHIN = 4096, TEXT_SHARE = 16 };

static void part_free(gpointer data)
{
  struct part *part = data;
  g_free(part->type);
  g_free(part->content_id);
  g_free(part->text);
  g_clear_object(&part->content_type);
  g_clear_object(&part->disposition);
  g_free(part);
}

static void free_string(gpointer data)
{
  g_string_free(data, TRUE);
}

void parts_free(struct parts *parts)
{
  if (!parts) return;
  g_array_unref(parts->fields);
  g_ptr_array_unref(parts->all);
  g_ptr_array_unref(parts->opened);
  g_free(parts);
}

/* "Text / Plain" as "text/plain"; what is no media type counts as text/plain (RFC 2045 section 5.2). */
static void set_type(struct part *part, const char *value, const char *otherwise)
{
  if (value && strchr(value, '/')) part->content_type = g_mime_content_type_parse(NULL, value);
  if (!part->content_type) part->content_type = g_mime_content_type_parse(NULL, otherwise);
  g_free(part->type);
  g_autofree char *mime = g_mime_content_type_get_mime_type(part->content_type);
  bool is_named = mime && *mime != '/' && !g_str_has_suffix(mime, "/") && g_utf8_validate(mime, -1, NULL);
  part->type = is_named ? g_ascii_strdown(mime, -1) : g_strdup(otherwise);
}

static void reset_type(struct part *part, const char *type)
{
  g_clear_object(&part->content_type);
  set_type(part, NULL, type);
}

static void set_encoding(struct part *part, const char *value)
{
  g_autofree char *word = g_strdup(value);
  word[strcspn(word, " ;(\t")] = '\0';
  part->encoding = g_mime_content_encoding_from_string(word);
  part->is_encoding_unknown = part->encoding == GMIME_CONTENT_ENCODING_DEFAULT && *word;
}

static void set_content_id(struct part *part, const char *value)
{
  g_autofree char *id = g_strdup(value);
  char *begin = strchr(id, '<');
  begin = begin ? begin + 1 : id;
  begin[strcspn(begin, "> \t")] = '\0';
  if (*begin) part->content_id = g_strdup(begin);
}

/* What has been seen of a part's own fields: the first of a name counts, and no other is even decoded, since
 * thousands of odd ones would cost time. */
struct mime_seen {
  char *type;
  bool encoding, disposition, id;
};

static bool is_first(const struct field *field, const char *name, bool *seen)
{
  if (*seen || !field_is(field, name)) return false;
  return *seen = true;
}

/* Reads what one of a part's own fields says about it. */
static void read_mime_field(struct part *part, const struct field *field, struct mime_seen *seen,
                            bool *was_cut)
{
  if (field->name_size < 8 || g_ascii_strncasecmp(field->name, "Content-", 8) != 0) return;
  bool has_type = seen->type != NULL;
  bool is_type = is_first(field, "Content-Type", &has_type);
  bool is_encoding = is_first(field, "Content-Transfer-Encoding", &seen->encoding);
  bool is_disposition = is_first(field, "Content-Disposition", &seen->disposition);
  bool is_id = is_first(field, "Content-ID", &seen->id);
  if (!is_type && !is_encoding && !is_disposition && !is_id) return;
  g_autofree char *value = field_line(field, BOUND_MIME_FIELD, was_cut);
  if (is_type)
    seen->type = g_steal_pointer(&value);
  else if (is_encoding)
    set_encoding(part, value);
  else if (is_id)
    set_content_id(part, value);
  else if (*value)
    part->disposition = g_mime_content_disposition_parse(NULL, value);
}

/* Is this no base64, whatever is said? Letters of other alphabets and blanks between words tell, unless they
 * stand behind its padding; base64 has a line end at most. */
static bool is_plainly_text(const char *at, gsize size)
{
  gsize letters = 0, others = 0, blanks = 0;
  for (gsize i = 0; i < size; i++) {
    char c = at[i];
    if (g_ascii_isalnum(c) || c == '+' || c == '/') {
      letters++;
      others += blanks;
      blanks = 0;
    } else if (c == ' ' || c == '\t') {
      blanks = 1;
    } else if (c == '\r' || c == '\n') {
      blanks = 0;
    } else if (c != '=') {
      others++;
    } else if (others == 0 && letters >= 4 && letters % 4 > 1) {
      return false;
    }
  }
  return others > 0 && others * TEXT_SHARE >= letters + others;
}

/* Some programs name base64 and write the text as it is. */
static void doubt_encoding(struct part *part)
{
  if (part->encoding != GMIME_CONTENT_ENCODING_BASE64 || !g_str_has_prefix(part->type, "text/")) return;
  if (is_plainly_text(part->body, MIN(part->body_size, GUESS_WITHIN)))
    part->encoding = GMIME_CONTENT_ENCODING_8BIT;
}

static struct part *add_part(struct parts *parts, struct part *parent)
{
  struct part *part = g_new0(struct part, 1);
  part->parent = parent;
  part->index = 1;
  if (parent) {
    part->depth = parent->depth + 1;
    if (parent->last) {
      part->index = parent->last->index + 1;
      parent->last->next = part;
    } else {
      parent->first = part;
    }
    parent->last = part;
  }
  g_ptr_array_add(parts->all, part);
  return part;
}

/* Takes a part's header from [begin, end); what follows is its body. The root's fields are kept. */
static void read_part_head(struct parts *parts, struct part *part, const char *begin, const char *end)
{
  struct mime_seen seen = { 0 };
  const char *at = begin;
  gsize limit = part->parent ? BOUND_PART_HEADER : BOUND_HEADER;
  part->head = begin;
  struct field field;
  while (field_next(&at, end, &field)) {
    part->head_size = (gsize)(at - begin);
    bool in_bounds = (gsize)(field.value - begin) < limit && parts->fields->len < BOUND_FIELDS;
    if (!in_bounds) {
      parts->was_bounded = true;
      continue;
    }
    if (!part->parent) g_array_append_val(parts->fields, field);
    read_mime_field(part, &field, &seen, &parts->was_bounded);
  }
  part->body = at;
  part->body_size = (gsize)(end - at);
  bool in_digest = part->parent && part_is(part->parent, "multipart/digest");
  set_type(part, seen.type, in_digest ? "message/rfc822" : "text/plain");
  doubt_encoding(part);
  g_free(seen.type);
}

/* Is the line at `at` the delimiter "--boundary", and is it the closing one? */
static bool is_delimiter(const char *at, const char *end, const char *boundary, gsize size, bool *is_close)
{
  if ((gsize)(end - at) < size + 2 || at[0] != '-' || at[1] != '-' || memcmp(at + 2, boundary, size) != 0)
    return false;
  at += size + 2;
  *is_close = end - at >= 2 && at[0] == '-' && at[1] == '-';
  if (*is_close) at += 2;
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) at++;
  return at >= end || *at == '\n';
}

/* The body without the line end that belongs to the delimiter behind it. */
static const char *before_line_end(const char *begin, const char *at)
{
  if (at > begin && at[-1] == '\n') at--;
  if (at > begin && at[-1] == '\r') at--;
  return at;
}

/* The boundary of a multipart that names none: its body's first line that begins with "--". */
static char *guess_boundary(const struct part *part)
{
  const char *at = part->body, *end = at + MIN(part->body_size, GUESS_WITHIN);
  while (at < end) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    const char *stop = lf ? lf : end;
    const char *last = stop;
    while (last > at && (unsigned char)last[-1] <= ' ') last--;
    if (last - at > 2 && at[0] == '-' && at[1] == '-' && last - at < BOUNDARY_MAX)
      return g_strndup(at + 2, (gsize)(last - at - 2));
    at = stop + 1;
  }
  return NULL;
}

static void scan_part(struct parts *parts, struct part *part, const char *begin, const char *end);

/* Adds the child that lies in [begin, end), within the bound. */
static void scan_child(struct parts *parts, struct part *parent, const char *begin, const char *end)
{
  if (parts->all->len >= BOUND_PARTS) {
    parts->was_bounded = true;
    return;
  }
  scan_part(parts, add_part(parts, parent), begin, MAX(begin, end));
}

/* Finds the children of a multipart. */
static void scan_children(struct parts *parts, struct part *part, const char *boundary)
{
  const char *at = part->body, *end = at + part->body_size, *child = NULL, *held = at;
  gsize size = strlen(boundary);
  bool is_close = false;
  while (at < end && !is_close && parts->all->len < BOUND_PARTS) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    const char *next = lf ? lf + 1 : end;
    if (*at == '-' && is_delimiter(at, end, boundary, size, &is_close)) {
      if (child) scan_child(parts, part, child, before_line_end(child, at));
      child = next;
    }
    at = next;
    held = mapped_behind(held, at);
  }
  if (child && !is_close) scan_child(parts, part, child, end);
}

/* winmail.dat becomes a multipart with what it holds. */
static void open_winmail(struct parts *parts, struct part *part)
{
  GString *mime =
      parts->opened->len < OPENED_MAX && part->depth < BOUND_DEPTH ? winmail_as_mime(parts, part) : NULL;
  if (!mime) return;
  g_ptr_array_add(parts->opened, mime);
  reset_type(part, "multipart/mixed");
  g_clear_object(&part->disposition);
  part->encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  part->body = mime->str;
  part->body_size = mime->len;
  part->is_opened = true;
  scan_children(parts, part, TNEF_BOUNDARY);
}

static void scan_part(struct parts *parts, struct part *part, const char *begin, const char *end)
{
  read_part_head(parts, part, begin, end);
  if (!part_is_multipart(part)) open_winmail(parts, part);
  if (!part_is_multipart(part) || part->is_opened) return;
  if (part->depth >= BOUND_DEPTH) {
    parts->was_bounded = true;
    reset_type(part, "application/octet-stream");
    return;
  }
  g_autofree char *boundary = g_strdup(part_parameter(part, "boundary"));
  if (!boundary || !*boundary || strlen(boundary) > BOUNDARY_MAX) {
    g_free(boundary);
    boundary = guess_boundary(part);
  }
  if (boundary && *boundary) scan_children(parts, part, boundary);
  if (!part->first) reset_type(part, "text/plain");
}

struct parts *parts_scan(const void *raw, gsize size)
{
  struct parts *parts = g_new0(struct parts, 1);
  parts->raw = raw ? raw : "";
  parts->size = raw ? size : 0;
  parts->fields = g_array_sized_new(FALSE, FALSE, sizeof(struct field), 48);
  parts->all = g_ptr_array_new_with_free_func(part_free);
  parts->opened = g_ptr_array_new_with_free_func(free_string);
  scan_part(parts, add_part(parts, NULL), fields_begin(parts->raw, parts->size), parts->raw + parts->size);
  return parts;
}

bool part_is(const struct part *part, const char *type)
{
  return strcmp(part->type, type) == 0;
}

bool part_is_multipart(const struct part *part)
{
  return g_str_has_prefix(part->type, "multipart/");
}

bool part_is_attached(const struct part *part)
{
  const char *word = part->disposition ? g_mime_content_disposition_get_disposition(part->disposition) : NULL;
  return word && g_ascii_strcasecmp(word, "attachment") == 0;
}

const char *part_parameter(const struct part *part, const char *name)
{
  return g_mime_content_type_get_parameter(part->content_type, name);
}

char *part_path(const struct part *part)
{
  if (!part->parent) return g_strdup(part_is_multipart(part) ? "" : "1");
  GString *path = g_string_new(NULL);
  for (; part->parent; part = part->parent) {
    g_autofree char *step = g_strdup_printf(path->len ? "%d." : "%d", part->index);
    g_string_prepend(path, step);
  }
  return g_string_free(path, FALSE);
}

struct part *parts_find(const struct parts *parts, const char *path)
{
  for (guint i = 0; i < parts->all->len; i++) {
    struct part *part = g_ptr_array_index(parts->all, i);
    g_autofree char *is = part_path(part);
    if (strcmp(is, path) == 0) return part;
  }
  return NULL;
}

const char *part_base_name(const char *path)
{
  const char *base = path;
  for (const char *p = path; *p; p++)
    if (*p == '/' || *p == '\\') base = p + 1;
  return *base && strcmp(base, ".") != 0 && strcmp(base, "..") != 0 ? base : NULL;
}

char *part_filename(const struct part *part)
{
  const char *value =
      part->disposition ? g_mime_content_disposition_get_parameter(part->disposition, "filename") : NULL;
  if (!value || !*value) value = part_parameter(part, "name");
  if (!value || !*value) value = part_parameter(part, "filename");
  g_autofree char *path = value && *value ? words_decode(value) : NULL;
  if (!path || path[strspn(path, " \"'")] == '\0') return NULL;
  return g_strdup(part_base_name(path));
}
