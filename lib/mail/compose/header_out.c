/* Header fields out. Every value that enters a header of ours passes here, so a line break in a subject or a
 * display name can never begin a field of its own (RFC 5322 section 2.2; RFC 2047 sections 2 and 5). */
#include "lib/mail/compose/header_out.h"

#include <string.h>

enum { LINE_WANTED = 76, WORD_BYTES = 42 /* of UTF-8: at most 56 of base64, a word of 75 with its frame */ };

static bool is_usable_name(const char *name)
{
  gsize size = 0;
  for (const char *p = name; *p; p++, size++)
    if (*p <= 32 || *p >= 127 || *p == ':') return false;
  return size > 0 && size <= 76;
}

/* Valid UTF-8 on one line, at most HEADER_VALUE_MAX bytes. */
static char *clean_value(const char *value)
{
  g_autofree char *valid = g_utf8_make_valid(value, -1);
  gsize size = strlen(valid);
  if (size > HEADER_VALUE_MAX) {
    size = HEADER_VALUE_MAX;
    while (size > 0 && (valid[size] & 0xC0) == 0x80) size--;
    valid[size] = '\0';
  }
  for (char *p = valid; *p; p++)
    if ((unsigned char)*p < ' ' || *p == 127) *p = ' ';
  return g_strstrip(g_steal_pointer(&valid));
}

/* Only printable ASCII, nothing that looks like an encoded word, and no word too long for a line. */
static bool is_plain(const char *value)
{
  gsize run = 0;
  for (const char *p = value; *p; p++) {
    if (*p & 0x80 || (p[0] == '=' && p[1] == '?')) return false;
    run = *p == ' ' ? 0 : run + 1;
    if (run > 900) return false;
  }
  return true;
}

/* Encoded words of UTF-8, none split within a character, one a line. */
static void put_words(GString *out, const char *value, gsize column)
{
  const char *p = value;
  while (*p) {
    gsize room = column + 20 < LINE_WANTED ? (LINE_WANTED - column - 12) / 4 * 3 : WORD_BYTES, size = 0;
    room = MIN(room, WORD_BYTES);
    while (p[size]) {
      gsize step = (gsize)(g_utf8_next_char(p + size) - (p + size));
      if (size > 0 && size + step > room) break;
      size += step;
    }
    g_autofree char *base64 = g_base64_encode((const guchar *)p, size);
    g_string_append_printf(out, "=?utf-8?B?%s?=", base64);
    p += size;
    if (*p) g_string_append(out, "\r\n ");
    column = 1;
  }
}

/* Plain words, folded at blanks. */
static void put_folded(GString *out, const char *value, gsize column)
{
  while (*value) {
    gsize size = strcspn(value, " ");
    gsize blanks = strspn(value + size, " ");
    g_string_append_len(out, value, (gssize)size);
    column += size;
    value += size + blanks;
    if (!*value) break;
    bool is_full = column + blanks + strcspn(value, " ") > LINE_WANTED;
    if (is_full) g_string_append(out, "\r\n");
    for (gsize i = 0; i < blanks; i++) g_string_append_c(out, ' ');
    column = is_full ? blanks : column + blanks;
  }
}

void header_put_text(GString *out, const char *name, const char *value)
{
  if (!is_usable_name(name)) return;
  g_autofree char *clean = clean_value(value ? value : "");
  g_string_append_printf(out, "%s: ", name);
  if (is_plain(clean))
    put_folded(out, clean, strlen(name) + 2);
  else
    put_words(out, clean, strlen(name) + 2);
  g_string_append(out, "\r\n");
}

static bool is_slot(const char *p)
{
  return p[0] == 1 && p[1] >= 'a' && p[1] <= 'z' && p[2] == 2;
}

void header_put_raw(GString *out, const char *name, const char *value)
{
  if (!is_usable_name(name)) return;
  g_string_append_printf(out, "%s: ", name);
  gsize column = strlen(name) + 2, blank = 0; /* blank: last one on this line, as a place in out */
  for (const char *p = value ? value : ""; *p; p++) {
    bool is_fold = p[0] == '\r' && p[1] == '\n' && (p[2] == ' ' || p[2] == '\t');
    if (is_fold) {
      const char *rest = p + 2 + strspn(p + 2, " \t\r\n");
      if (!*rest) break;
      g_string_append(out, "\r\n ");
      p += 2;
      column = 1, blank = 0;
      continue;
    }
    if (is_slot(p)) {
      g_string_append_len(out, p, 3);
      p += 2;
      column += 3;
      continue;
    }
    bool is_bad = (unsigned char)*p < ' ' || *p == 127;
    g_string_append_c(out, is_bad ? ' ' : *p);
    if (out->str[out->len - 1] == ' ') blank = out->len - 1;
    if (++column < HEADER_LINE_MAX - 60) continue;
    if (!blank) break;
    g_string_insert(out, (gssize)blank, "\r\n");
    column = out->len - blank - 2, blank = 0;
  }
  g_string_append(out, "\r\n");
}

void header_put(GString *out, const struct compose_header *header)
{
  if (header->is_raw)
    header_put_raw(out, header->name, header->value);
  else
    header_put_text(out, header->name, header->value);
}

void header_put_phrase(GString *out, const char *name, gsize column)
{
  g_autofree char *clean = clean_value(name);
  if (!*clean) return;
  bool is_atoms = true;
  for (const char *p = clean; *p; p++)
    is_atoms = is_atoms && (g_ascii_isalnum(*p) || strchr(" !#$%&'*+-/=?^_`{|}~", *p));
  if (!is_plain(clean) || strlen(clean) > 200) {
    put_words(out, clean, column);
  } else if (is_atoms) {
    put_folded(out, clean, column);
  } else {
    g_autoptr(GString) quoted = g_string_new("\"");
    for (const char *p = clean; *p; p++) {
      if (*p == '"' || *p == '\\') g_string_append_c(quoted, '\\');
      g_string_append_c(quoted, *p);
    }
    g_string_append_c(quoted, '"');
    put_folded(out, quoted->str, column);
  }
}

void header_put_date(GString *out, const char *name, int64_t moment, int offset_minutes)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  int offset = CLAMP(offset_minutes, -14 * 60, 14 * 60), size = ABS(offset);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment);
  g_autoptr(GDateTime) then = utc ? g_date_time_add_minutes(utc, offset) : NULL;
  if (!then) return;
  g_string_append_printf(out, "%s: %s, %02d %s %04d %02d:%02d:%02d %c%02d%02d\r\n", name,
                         days[g_date_time_get_day_of_week(then) - 1], g_date_time_get_day_of_month(then),
                         months[g_date_time_get_month(then) - 1], g_date_time_get_year(then),
                         g_date_time_get_hour(then), g_date_time_get_minute(then),
                         g_date_time_get_second(then), offset < 0 ? '-' : '+', size / 60, size % 60);
}

void header_put_id(GString *out, const char *name, const char *id)
{
  g_string_append_printf(out, strlen(name) + strlen(id) > LINE_WANTED ? "%s:\r\n <%s>\r\n" : "%s: <%s>\r\n",
                         name, id);
}
