/* The body's text: bytes become UTF-8, format=flowed is undone (RFC 3676), HTML becomes text where there is
 * no other.
 *
 * Text is bounded at 1 MB of decoded bytes. Quotes and signatures are cut behind one door, cut_quotes(): what
 * stands there decides what the rest of the house takes for the sender's own words. */
#include "lib/mail/reading.h"

#include "lib/mail/cut/clients.h"
#include "lib/mail/cut/cut.h"
#include "lib/text/charset.h"
#include "lib/text/html/html_in.h"

#include <stdint.h>
#include <string.h>

/* A character that the bound cut in two would make the whole text look like no UTF-8. */
static void drop_half_character(GByteArray *bytes)
{
  guint back = 0;
  while (back < 3 && back < bytes->len && (bytes->data[bytes->len - 1 - back] & 0xC0) == 0x80) back++;
  if (back < bytes->len && bytes->data[bytes->len - 1 - back] >= 0xC0)
    g_byte_array_set_size(bytes, bytes->len - 1 - back);
}

/* The charset an HTML part names in itself, where its field names none. */
static char *meta_charset(const GByteArray *bytes)
{
  if (bytes->len == 0) return NULL;
  g_autofree char *head = g_strndup((const char *)bytes->data, MIN(bytes->len, 2048));
  g_autofree char *lower = g_ascii_strdown(head, -1);
  char *at = strstr(lower, "charset=");
  if (!at) return NULL;
  at += 8 + strspn(at + 8, "\"' ");
  at[strcspn(at, "\"'; />")] = '\0';
  return *at ? g_strdup(at) : NULL;
}

/* Is none of eight octets a control? All at once: where one is below a blank or is DEL, taking away borrows a
 * top bit that it did not have. */
static inline bool are_no_controls(const char *octets)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
  uint64_t all;
  memcpy(&all, octets, sizeof all);
  uint64_t as_del = all ^ (ones * 127);
  return !((((all - ones * ' ') & ~all) | ((as_del - ones) & ~as_del)) & tops);
}

/* How many octets from `from` on stay as they are. */
static gsize clean_run(const char *from, const char *end)
{
  const char *at = from;
  while (at < end) {
    if (end - at >= 8 && are_no_controls(at))
      at += 8;
    else if ((unsigned char)*at >= ' ' ? *at != 127 : *at == '\n' || *at == '\t')
      at++;
    else
      break;
  }
  return (gsize)(at - from);
}

/* LF for CRLF and CR; no NUL, no controls but TAB, no byte order mark. In place. */
static void clean_text(char *text, gsize size)
{
  const char *from = text, *end = text + size;
  char *to = text;
  if (size >= 3 && memcmp(from, "\xEF\xBB\xBF", 3) == 0) from += 3;
  while (from < end) {
    gsize run = clean_run(from, end);
    if (to != from) memmove(to, from, run);
    to += run;
    from += run;
    if (from < end && *from == '\r' && (from + 1 >= end || from[1] != '\n')) *to++ = '\n';
    from++;
  }
  *to = '\0';
}

char *body_part_text(const struct part *part, gsize limit, bool *was_cut)
{
  bool is_cut = false;
  g_autoptr(GByteArray) bytes = part_bytes(part, limit, &is_cut);
  if (is_cut) {
    drop_half_character(bytes);
    if (was_cut) *was_cut = true;
  }
  g_autofree char *charset = g_strdup(part_parameter(part, "charset"));
  if (!charset && part_is(part, "text/html")) charset = meta_charset(bytes);
  gsize size = 0;
  char *text = charset_to_utf8(bytes->len ? (const char *)bytes->data : "", bytes->len, charset, &size);
  clean_text(text, size);
  return text;
}

bool body_is_flowed(const struct part *part, bool *delsp)
{
  const char *format = part_parameter(part, "format"), *del = part_parameter(part, "delsp");
  *delsp = del && g_ascii_strcasecmp(del, "yes") == 0;
  return format && g_ascii_strcasecmp(format, "flowed") == 0;
}

/* One line of a flowed text, taken apart. */
struct flowed_line {
  gsize depth;
  const char *text; /* without quote marks and stuffing */
  gsize size;
  bool is_open; /* goes on in the next line */
};

static struct flowed_line read_flowed_line(const char *line, gsize size, bool delsp)
{
  struct flowed_line it = { 0, line, size, false };
  while (it.size > 0 && *it.text == '>') it.depth++, it.text++, it.size--;
  if (it.size > 0 && *it.text == ' ') it.text++, it.size--;
  bool is_separator = it.size == 3 && memcmp(it.text, "-- ", 3) == 0;
  it.is_open = !is_separator && it.size > 0 && it.text[it.size - 1] == ' ';
  if (it.is_open && delsp) it.size--;
  return it;
}

char *body_unflow(const char *text, bool delsp)
{
  GString *out = g_string_sized_new(strlen(text) + 16);
  bool was_open = false;
  gsize was_depth = 0;
  for (const char *at = text; *at;) {
    gsize size = strcspn(at, "\n");
    struct flowed_line line = read_flowed_line(at, size, delsp);
    bool goes_on =
        was_open && line.depth == was_depth && !(line.size == 3 && memcmp(line.text, "-- ", 3) == 0);
    if (!goes_on) {
      if (at > text) g_string_append_c(out, '\n');
      for (gsize i = 0; i < line.depth; i++) g_string_append_c(out, '>');
      if (line.depth > 0) g_string_append_c(out, ' ');
    }
    g_string_append_len(out, line.text, (gssize)line.size);
    was_open = line.is_open;
    was_depth = line.depth;
    at += size;
    if (!*at) break;
    if (!*++at) g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

static bool is_blank(const char *text)
{
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    if (!g_unichar_isspace(c) && c != 0xA0 && c != 0x200B && c != 0xFEFF) return false;
  }
  return true;
}

static void put_piece(GString *out, const char *text)
{
  if (out->len && out->str[out->len - 1] != '\n') g_string_append_c(out, '\n');
  g_string_append(out, text);
}

/* A part's text within `room`; whole, it stays with a part that is kept. */
static const char *text_of(struct mail *mail, struct part *part, gsize room, char **owned)
{
  bool was_cut = false;
  char *text = *owned = body_part_text(part, room, &was_cut);
  mail->was_bounded |= was_cut;
  if (mail->parts && !was_cut && !part->text) part->text = g_steal_pointer(owned);
  return text;
}

/* The plain parts of a segment, unflowed. */
static char *plain_text(struct mail *mail, const GPtrArray *parts, gsize room)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < parts->len; i++) {
    struct part *part = g_ptr_array_index(parts, i);
    g_autofree char *owned = NULL;
    const char *text = text_of(mail, part, room - MIN(room, out->len), &owned);
    bool delsp;
    g_autofree char *unflowed = body_is_flowed(part, &delsp) ? body_unflow(text, delsp) : NULL;
    put_piece(out, unflowed ? unflowed : text);
  }
  return g_string_free(out, FALSE);
}

static char *html_source(struct mail *mail, const GPtrArray *parts, gsize room)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < parts->len; i++) {
    g_autofree char *owned = NULL;
    put_piece(out, text_of(mail, g_ptr_array_index(parts, i), room - MIN(room, out->len), &owned));
  }
  return g_string_free(out, FALSE);
}

/* What the sender wrote in this very mail. */
static void cut_quotes(struct mail *mail, const char *marked, const struct mail_reading *reading)
{
  struct cut_text cut;
  struct cut_hints hints = { .from_name = mail->from.name,
                             .from_address = mail->from.address,
                             .subject = mail->subject,
                             .parent_text = reading->parent_text,
                             .parent_whole = reading->parent_whole };
  cut_text(marked, &hints, &cut);
  mail->text_new = cut.text_new;
  mail->signature = cut.signature;
  mail->forwarded = cut.forwarded;
  mail->is_forward = cut.forwarded != NULL;
  mail->has_quote = cut.has_quote;
  mail->only_quotes = cut.only_quotes;
}

/* One segment's text, and the same with its client's marks, from which quotes are cut: of the HTML where it
 * has any, else the text. */
static void read_segment(struct mail *mail, const struct body_segment *segment, const char *markup,
                         GString *text, GString *marked)
{
  g_autofree char *plain = plain_text(mail, segment->plain, BOUND_TEXT - MIN(BOUND_TEXT, text->len));
  bool is_from_html = is_blank(plain) && *markup;
  g_autofree char *shown = *markup ? html_to_marked_text(markup, strlen(markup), clients_mark_of) : NULL;
  g_autofree char *rendered = is_from_html ? html_to_text(markup, strlen(markup)) : NULL;
  const char *best = rendered ? rendered : plain;
  if (text->len == 0) mail->text_is_from_html = is_from_html;
  put_piece(text, best);
  put_piece(marked, shown && *shown ? shown : best);
}

void reading_body(struct mail *mail, const struct body *body, const struct mail_reading *reading, char **html)
{
  GString *text = g_string_new(NULL);
  g_autoptr(GString) marked = g_string_new(NULL);
  g_autoptr(GString) source = g_string_new(NULL);
  for (guint i = 0; i < body->segments->len; i++) {
    const struct body_segment *segment = g_ptr_array_index(body->segments, i);
    g_autofree char *markup = html_source(mail, segment->html, BOUND_TEXT - MIN(BOUND_TEXT, source->len));
    read_segment(mail, segment, markup, text, marked);
    put_piece(source, markup);
  }
  mail->text = g_string_free(text, FALSE);
  if (source->len) {
    *html = g_strdup(source->str);
    if (reading->want_body_html) mail->body_html = g_strdup(source->str);
  }
  cut_quotes(mail, marked->str, reading);
}
