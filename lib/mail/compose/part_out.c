/* Parts out: posts and letters take foreign parts along.
 *
 * Of a part's fields only Content-Type, -Transfer-Encoding, -Disposition, -ID, -Description and -Language are
 * written, from what was understood of them, not copied. Bodies are copied as encoded when they are ASCII
 * with lines of 998 octets or fewer; else they are decoded and encoded anew. HTML that holds something active
 * is written without it (lib/text/guard/html_guard.h). Signed and encrypted parts are copied whole, since a
 * changed byte breaks them; where that cannot be (8-bit within, an attachment left out, active HTML) they
 * become an ordinary multipart. */
#include "lib/mail/compose/part_out.h"

#include "lib/mail/compose/encode.h"
#include "lib/mail/compose/header_out.h"
#include "lib/mail/reading.h"
#include "lib/mail/words.h"
#include "lib/text/guard/html_guard.h"

#include <openssl/rand.h>
#include <string.h>

enum { NESTING_MAX = 3, CONTENT_ID_MAX = 300, TOKEN_MAX = 127 /* RFC 6838 section 4.2 */ };

/* The next random bytes: drawn for many boundaries at once, since asking costs more than they do. */
static const unsigned char *draw(gsize size)
{
  static _Thread_local unsigned char drawn[32 * 15];
  static _Thread_local gsize used = sizeof drawn;
  if (used + size > sizeof drawn) {
    if (RAND_bytes(drawn, sizeof drawn) != 1) g_error("The system gives no random bytes.");
    used = 0;
  }
  const unsigned char *next = drawn + used;
  used += size;
  return next;
}

char *part_out_boundary(void)
{
  enum { BOUNDARY_BYTES = 15 };
  g_autofree char *base64 = g_base64_encode(draw(BOUNDARY_BYTES), BOUNDARY_BYTES);
  g_strdelimit(base64, "+/", 'x');
  return g_strconcat("=_kp_", base64, NULL);
}

void part_out_multipart(GString *out, const char *subtype, const char *boundary, const char *parameters)
{
  g_string_append_printf(out, "Content-Type: multipart/%s;\r\n boundary=\"%s\"%s\r\n\r\n", subtype, boundary,
                         parameters);
}

void part_out_delimiter(GString *out, const char *boundary, bool is_close)
{
  g_string_append_printf(out, is_close ? "\r\n--%s--\r\n" : "\r\n--%s\r\n", boundary);
}

static bool is_token(const char *text)
{
  if (strlen(text) > TOKEN_MAX) return false;
  for (const char *p = text; *p; p++)
    if (*p <= ' ' || *p >= 127 || strchr("()<>@,;:\\\"[]?=", *p)) return false;
  return *text;
}

/* Is this an encoded value as GMime folds it: printable, continued lines only, none too long? */
static bool is_good_value(const char *value)
{
  gsize line = 0;
  for (const char *p = value; *p; p++, line++) {
    if (*p == '\n') {
      if (p[1] != ' ' && p[1] != '\t') return false;
      line = 0;
    } else if (*p != '\t' && (*p < ' ' || *p >= 127)) {
      return false;
    }
    if (line > 900) return false;
  }
  return true;
}

/* Takes `value` as GMime encoded it; false where it is not fit to stand in a header. */
static bool put_encoded(GString *out, const char *name, char *value)
{
  g_autofree char *owned = value;
  if (!owned) return false;
  g_strstrip(owned);
  if (!*owned || !is_good_value(owned)) return false;
  g_string_append_printf(out, "%s: ", name);
  put_lines(out, owned, strlen(owned));
  g_string_append(out, "\r\n");
  return true;
}

/* The media type's two halves as tokens, or application/octet-stream. */
static const char *safe_type(const struct part *part)
{
  g_auto(GStrv) halves = g_strsplit(part->type, "/", 2);
  return halves[0] && halves[1] && is_token(halves[0]) && is_token(halves[1]) && !strchr(halves[1], '/')
             ? part->type
             : "application/octet-stream";
}

/* The part's fields bear the name of a file, never the path on somebody's disk, nor one that leads out of
 * where it is saved. Names without one stay as they were written. */
static void leave_out_paths(const struct part *part)
{
  static const char *const names[] = { "name", "filename" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    const char *given[] = { part_parameter(part, names[i]),
                            part->disposition
                                ? g_mime_content_disposition_get_parameter(part->disposition, names[i])
                                : NULL };
    for (gsize k = 0; k < G_N_ELEMENTS(given); k++) {
      g_autofree char *path = given[k] ? words_decode(given[k]) : NULL;
      if (!path || !strpbrk(path, "/\\")) continue;
      const char *base = part_base_name(path);
      if (!base) base = "anhang";
      if (k == 0)
        g_mime_content_type_set_parameter(part->content_type, names[i], base);
      else
        g_mime_content_disposition_set_parameter(part->disposition, names[i], base);
    }
  }
}

static void put_content_type(GString *out, const struct part *part)
{
  leave_out_paths(part);
  const char *type = safe_type(part);
  bool is_safe = strcmp(type, part->type) == 0;
  if (is_safe && put_encoded(out, "Content-Type", g_mime_content_type_encode(part->content_type, NULL)))
    return;
  g_string_append_printf(out, "Content-Type: %s\r\n", type);
}

/* The fields that say what a part is for. */
static void put_description(GString *out, const struct part *part)
{
  if (part->disposition)
    put_encoded(out, "Content-Disposition", g_mime_content_disposition_encode(part->disposition, NULL));
  if (part->content_id && strlen(part->content_id) <= CONTENT_ID_MAX && g_str_is_ascii(part->content_id) &&
      !strpbrk(part->content_id, "<>\" \t"))
    header_put_id(out, "Content-ID", part->content_id);
  const char *at = part->head;
  struct field field;
  while (part->parent && field_next(&at, part->head + part->head_size, &field)) {
    bool is_description = field_is(&field, "Content-Description");
    if (!is_description && !field_is(&field, "Content-Language")) continue;
    g_autofree char *line = field_line(&field, 500, NULL);
    g_autofree char *value = words_decode(line);
    header_put_text(out, is_description ? "Content-Description" : "Content-Language", value);
  }
}

static void put_encoding(GString *out, const char *name)
{
  g_string_append_printf(out, "Content-Transfer-Encoding: %s\r\n", name);
}

char *part_out_guarded(const struct part *part)
{
  if (!part_is(part, "text/html") && !part_is(part, "application/xhtml+xml")) return NULL;
  g_autofree char *html = body_part_text(part, G_MAXUINT / 2, NULL);
  return html_guard(html, strlen(html));
}

static bool is_message(const struct part *part)
{
  return part_is(part, "message/rfc822") || part_is(part, "message/global");
}

/* Is there HTML in it that must be written anew, however deep? */
static bool is_active(const struct part *part, int nesting)
{
  for (const struct part *child = part->first; child; child = child->next)
    if (is_active(child, nesting)) return true;
  g_autofree char *guarded = part_out_guarded(part);
  if (guarded || !is_message(part)) return guarded != NULL;
  if (nesting >= NESTING_MAX) return false; /* it will be a file that nobody shows */
  g_autoptr(GByteArray) bytes = part_bytes(part, G_MAXUINT / 2, NULL);
  g_autoptr(parts_t) parts = parts_scan(bytes->data, bytes->len);
  return is_active(parts_root(parts), nesting + 1);
}

/* A sealed part's bytes: is any part below it left out, can all stand as they are? */
bool part_is_sealed(const struct part *part, const GHashTable *dropped)
{
  if (!part_is(part, "multipart/signed") && !part_is(part, "multipart/encrypted")) return false;
  for (const struct part *child = part->first; child; child = child->next)
    if (dropped && g_hash_table_contains((GHashTable *)dropped, child)) return false;
  struct traits traits = bytes_traits(part->body, part->body_size);
  return part->first && bytes_are_clean(&traits) && !is_active(part, 0);
}

static void put_sealed(GString *out, const struct part *part)
{
  put_content_type(out, part);
  put_description(out, part);
  g_string_append(out, "\r\n");
  put_lines(out, part->body, part->body_size);
}

/* Parameters of a multipart that mean something to its children. */
static char *related_parameters(const struct part *part)
{
  GString *out = g_string_new(NULL);
  static const char *const names[] = { "type", "start", "report-type" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    const char *value = part_parameter(part, names[i]);
    if (!value || strlen(value) > 200 || !g_str_is_ascii(value) || strpbrk(value, "\"\\\r\n")) continue;
    bool is_printable = true;
    for (const char *p = value; *p; p++) is_printable = is_printable && *p >= ' ' && *p < 127;
    if (is_printable) g_string_append_printf(out, ";\r\n %s=\"%s\"", names[i], value);
  }
  return g_string_free(out, FALSE);
}

static void put_multipart(struct part_out *it, const struct part *part)
{
  g_autofree char *boundary = part_out_boundary();
  g_autofree char *parameters = related_parameters(part);
  bool was_sealed = part_is(part, "multipart/signed") || part_is(part, "multipart/encrypted");
  bool is_safe = strcmp(safe_type(part), part->type) == 0;
  part_out_multipart(it->out, was_sealed || !is_safe ? "mixed" : part->type + strlen("multipart/"), boundary,
                     parameters);
  int written = 0;
  for (const struct part *child = part->first; child; child = child->next) {
    if (it->dropped && g_hash_table_contains(it->dropped, child)) continue;
    part_out_delimiter(it->out, boundary, false);
    part_out_put(it, child);
    written++;
  }
  if (written == 0) {
    part_out_delimiter(it->out, boundary, false);
    part_out_text(it->out, "text/plain", "", "");
  }
  part_out_delimiter(it->out, boundary, true);
}

bool part_out_is_seven_bit(const char *text)
{
  gsize line = 0;
  for (const char *p = text; *p; p++) {
    line = *p == '\n' ? 0 : line + 1;
    if (*p & 0x80 || *p == '\r' || line > 900) return false;
  }
  return true;
}

/* Slots cannot stand in encoded text: they are left out. */
static char *without_slots(const char *text)
{
  GString *out = g_string_new(NULL);
  for (const char *p = text; *p; p++) {
    if (p[0] == 1 && p[1] && p[2] == 2)
      p += 2;
    else
      g_string_append_c(out, *p);
  }
  return g_string_free(out, FALSE);
}

void part_out_text(GString *out, const char *type, const char *parameters, const char *text)
{
  bool is_seven_bit = part_out_is_seven_bit(text);
  gsize size = strlen(text);
  g_string_append_printf(out, "Content-Type: %s; charset=%s%s\r\n", type, is_seven_bit ? "us-ascii" : "utf-8",
                         parameters);
  put_encoding(out, is_seven_bit ? "7bit" : "quoted-printable");
  g_string_append(out, "\r\n");
  if (is_seven_bit) {
    put_lines(out, text, size);
  } else {
    g_autofree char *bare = strchr(text, 1) ? without_slots(text) : NULL;
    put_quoted_printable(out, bare ? bare : text, strlen(bare ? bare : text));
  }
  if (size > 0 && text[size - 1] != '\n') g_string_append(out, "\r\n");
}

/* A part written with a text of ours in place of its own. */
static void put_rewritten(struct part_out *it, const struct part *part, const char *text)
{
  bool delsp = false;
  bool is_flowed = body_is_flowed(part, &delsp);
  const char *parameters = !is_flowed ? "" : delsp ? "; format=flowed; delsp=yes" : "; format=flowed";
  g_autoptr(GString) entity = g_string_new(NULL);
  part_out_text(entity, safe_type(part), parameters, text);
  char *body = strstr(entity->str, "\r\n\r\n");
  g_string_append_len(it->out, entity->str, body + 2 - entity->str);
  put_description(it->out, part);
  g_string_append(it->out, body + 2);
}

static const char *encoding_name(const struct part *part)
{
  const char *name = g_mime_content_encoding_to_string(part->encoding);
  bool is_binary =
      part->encoding == GMIME_CONTENT_ENCODING_8BIT || part->encoding == GMIME_CONTENT_ENCODING_BINARY;
  return name && !is_binary ? name : "7bit";
}

static void put_reencoded(GString *out, const struct part *part)
{
  bool is_text = g_str_has_prefix(part->type, "text/");
  g_autoptr(GByteArray) bytes = part_bytes(part, G_MAXUINT / 2, NULL);
  put_encoding(out, is_text ? "quoted-printable" : "base64");
  put_description(out, part);
  g_string_append(out, "\r\n");
  if (is_text)
    put_quoted_printable(out, (const char *)bytes->data, bytes->len);
  else
    put_base64(out, bytes->data, bytes->len);
}

/* A nested message that is not 7-bit clean: written anew, since RFC 2046 allows it no encoding. */
static void put_nested(struct part_out *it, const struct part *part)
{
  g_autoptr(GByteArray) bytes = part_bytes(part, G_MAXUINT / 2, NULL);
  bool is_too_deep = it->nesting >= NESTING_MAX;
  g_string_append(it->out, is_too_deep ? "Content-Type: application/octet-stream\r\n"
                                       : "Content-Type: message/rfc822\r\n");
  put_encoding(it->out, is_too_deep ? "base64" : "7bit");
  put_description(it->out, part);
  g_string_append(it->out, "\r\n");
  if (is_too_deep)
    put_base64(it->out, bytes->data, bytes->len);
  else
    part_out_message(it, bytes->data, bytes->len);
}

static void put_leaf(struct part_out *it, const struct part *part)
{
  struct traits traits = bytes_traits(part->body, part->body_size);
  bool is_encoded = part->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
                    part->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  bool is_text = g_str_has_prefix(part->type, "text/") || g_str_has_prefix(part->type, "message/");
  bool may_mend_lines = is_encoded || is_text || !traits.has_bare_lf;
  bool may_copy = bytes_are_clean(&traits) && !part->is_encoding_unknown && may_mend_lines;
  g_autofree char *guarded = part_out_guarded(part);
  if (guarded) {
    put_rewritten(it, part, guarded);
    return;
  }
  if (is_message(part) && (!may_copy || is_encoded || is_active(part, it->nesting))) {
    put_nested(it, part);
    return;
  }
  put_content_type(it->out, part);
  if (!may_copy) {
    put_reencoded(it->out, part);
    return;
  }
  put_encoding(it->out, encoding_name(part));
  put_description(it->out, part);
  g_string_append(it->out, "\r\n");
  put_lines(it->out, part->body, part->body_size);
}

void part_out_put(struct part_out *it, const struct part *part)
{
  if (part_is_sealed(part, it->dropped))
    put_sealed(it->out, part);
  else if (part_is_multipart(part))
    put_multipart(it, part);
  else if (part == it->plain)
    put_rewritten(it, part, it->plain_text);
  else if (part == it->html)
    put_rewritten(it, part, it->html_text);
  else
    put_leaf(it, part);
}

void part_out_message(struct part_out *it, const void *raw, gsize size)
{
  g_autoptr(parts_t) parts = parts_scan(raw, size);
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (g_ascii_strncasecmp(field->name, "Content-", MIN(field->name_size, 8)) == 0 ||
        field_is(field, "MIME-Version"))
      continue;
    g_autofree char *name = g_strndup(field->name, field->name_size);
    g_autofree char *line = field_line(field, BOUND_FIELD, NULL);
    if (g_str_is_ascii(line)) {
      header_put_raw(it->out, name, line);
    } else {
      g_autofree char *value = words_decode(line);
      header_put_text(it->out, name, value);
    }
  }
  g_string_append(it->out, "MIME-Version: 1.0\r\n");
  struct part_out within = { .out = it->out, .nesting = it->nesting + 1 };
  part_out_put(&within, parts_root(parts));
}
