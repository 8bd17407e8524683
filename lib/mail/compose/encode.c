/* Transfer encodings out. Used for what we write ourselves, and for foreign parts whose bytes cannot be
 * copied as they stand: 8-bit text, lines without end, control characters, line ends that are none. */
#include "lib/mail/compose/encode.h"

#include <openssl/evp.h>
#include <stdint.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 998, QP_LINE = 75, BASE64_LINE_BYTES = 57 };

/* Octets beyond ASCII, and those that mark slots or end strings, in one line without its LF. */
static void look_at_line(struct traits *it, const char *line, gsize size)
{
  unsigned char all = 0;
  bool has_low = false, has_cr = false;
  for (gsize i = 0; i < size; i++) {
    unsigned char c = (unsigned char)line[i];
    all |= c;
    has_low |= c <= 2;
    has_cr |= c == '\r';
  }
  it->has_8bit = it->has_8bit || all >= 0x80;
  it->has_control = it->has_control || has_low;
  it->has_bare_cr = it->has_bare_cr || has_cr;
  it->longest_line = MAX(it->longest_line, size);
}

struct traits bytes_traits(const char *bytes, gsize size)
{
  struct traits it = { 0 };
  for (const char *at = bytes, *end = bytes + size; at < end;) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    gsize length = (gsize)((lf ? lf : end) - at);
    bool ends_in_cr = lf && length > 0 && at[length - 1] == '\r';
    look_at_line(&it, at, length - ends_in_cr);
    it.has_bare_lf = it.has_bare_lf || (lf && !ends_in_cr);
    at += length + (lf != NULL);
  }
  return it;
}

bool bytes_are_clean(const struct traits *traits)
{
  return !traits->has_8bit && !traits->has_control && !traits->has_bare_cr &&
         traits->longest_line <= LINE_MAX_OCTETS;
}

void put_lines(GString *out, const char *bytes, gsize size)
{
  const char *at = bytes, *end = bytes + size, *run = bytes;
  while (at < end) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    if (!lf) break;
    if (lf == bytes || lf[-1] != '\r') {
      g_string_append_len(out, run, lf - run);
      g_string_append(out, "\r\n");
      run = lf + 1;
    }
    at = lf + 1;
  }
  g_string_append_len(out, run, end - run);
}

void put_base64(GString *out, const void *bytes, gsize size)
{
  const unsigned char *at = bytes;
  unsigned char line[BASE64_LINE_BYTES / 3 * 4 + 1];
  while (size > 0) {
    gsize take = MIN(size, BASE64_LINE_BYTES);
    int length = EVP_EncodeBlock(line, at, (int)take);
    g_string_append_len(out, (const char *)line, length);
    g_string_append(out, "\r\n");
    at += take;
    size -= take;
  }
}

/* Is this a line's end? Its length: 1 for LF, 2 for CR LF, 0 for none. */
static gsize line_end(const char *bytes, gsize size, gsize i)
{
  if (i < size && bytes[i] == '\n') return 1;
  return i + 1 < size && bytes[i] == '\r' && bytes[i + 1] == '\n' ? 2 : 0;
}

/* Does the octet stand for itself at this column? Blanks at a line's end and dots and "From " at its
 * beginning do not: somebody on the way might take them for something else. */
static bool is_plain(const char *bytes, gsize size, gsize i, gsize column)
{
  unsigned char c = (unsigned char)bytes[i];
  if (column == 0 && (c == '.' || (c == 'F' && size - i > 5 && memcmp(bytes + i, "From ", 5) == 0)))
    return false;
  if (c == ' ' || c == '\t') return i + 1 < size && line_end(bytes, size, i + 1) == 0;
  return c > ' ' && c < 127 && c != '=';
}

/* Octets that stand for themselves anywhere: printable ones but "=". */
static inline bool is_always_plain(unsigned char c)
{
  return c > ' ' && c < 127 && c != '=';
}

/* Are eight octets such ones or blanks? The usual arithmetic on all at once: a byte's top bit is left where
 * it is beyond ASCII, below a blank, or equal to DEL or "=". */
static inline bool are_plain_or_blank(const char *bytes)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
  uint64_t all;
  memcpy(&all, bytes, sizeof all);
  uint64_t as_del = all ^ (ones * 127), as_sign = all ^ (ones * '=');
  uint64_t low = (all - ones * ' ') & ~all, del = (as_del - ones) & ~as_del,
           sign = (as_sign - ones) & ~as_sign;
  return !((all | low | del | sign) & tops);
}

/* How many octets, at most `most`, stand for themselves anywhere but at a line's beginning. A blank does with
 * such a one behind it. */
static gsize plain_run(const char *bytes, gsize size, gsize most)
{
  gsize end = MIN(most, size), at = 0;
  while (end - at >= sizeof(uint64_t) && are_plain_or_blank(bytes + at)) at += sizeof(uint64_t);
  while (at < end && (bytes[at] == ' ' || is_always_plain((unsigned char)bytes[at]))) at++;
  while (at > 0 && bytes[at - 1] == ' ' && (at == size || !is_always_plain((unsigned char)bytes[at]))) at--;
  return at;
}

/* What one pass of the loop below puts at most: a soft break and a code, or a run of a line. */
enum { QP_PUT_MAX = 3 + QP_LINE };

/* Writes where the string has room, which it is given a block at a time: most of a post is quoted-printable.
 */
void put_quoted_printable(GString *out, const char *bytes, gsize size)
{
  static const char hex[] = "0123456789ABCDEF";
  gsize column = 0, used = out->len;
  for (gsize i = 0; i < size;) {
    if (used + QP_PUT_MAX >= out->allocated_len) {
      gsize more = size - i;
      g_string_set_size(out, used + more + more / 4 + QP_PUT_MAX);
    }
    char *put = out->str + used;
    gsize ends = line_end(bytes, size, i);
    gsize run = !ends && column > 0 ? plain_run(bytes + i, size - i, QP_LINE - column) : 0;
    if (ends > 0) {
      memcpy(put, "\r\n", 2);
      used += 2;
      column = 0;
      i += ends;
    } else if (run > 0) {
      memcpy(put, bytes + i, run);
      used += run;
      column += run;
      i += run;
    } else {
      unsigned char c = (unsigned char)bytes[i];
      const char code[3] = { '=', hex[c >> 4], hex[c & 15] };
      gsize width = is_plain(bytes, size, i, column) ? 1 : 3;
      if (column + width > QP_LINE) {
        memcpy(put, "=\r\n", 3);
        used += 3;
        column = 0;
        continue;
      }
      memcpy(put, width == 1 ? bytes + i : code, width);
      used += width;
      column += width;
      i++;
    }
  }
  g_string_set_size(out, used);
}
