/* Transfer encodings out. Used for what we write ourselves, and for foreign parts whose bytes cannot be
 * copied as they stand: 8-bit text, lines without end, control characters, line ends that are none. */
#include "lib/mail/encode.h"

#include <openssl/evp.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 998, QP_LINE = 75, BASE64_LINE_BYTES = 57 };

struct traits bytes_traits(const char *bytes, gsize size)
{
  struct traits it = { 0 };
  gsize line = 0;
  for (gsize i = 0; i < size; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c == '\n') {
      bool has_cr = i > 0 && bytes[i - 1] == '\r';
      it.has_bare_lf = it.has_bare_lf || !has_cr;
      it.longest_line = MAX(it.longest_line, line - has_cr);
      line = 0;
      continue;
    }
    line++;
    if (c >= 0x80)
      it.has_8bit = true;
    else if (c <= 2)
      it.has_control = true;
    else if (c == '\r' && (i + 1 >= size || bytes[i + 1] != '\n'))
      it.has_bare_cr = true;
  }
  it.longest_line = MAX(it.longest_line, line);
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

void put_quoted_printable(GString *out, const char *bytes, gsize size)
{
  static const char hex[] = "0123456789ABCDEF";
  gsize column = 0;
  for (gsize i = 0; i < size; i++) {
    unsigned char c = (unsigned char)bytes[i];
    bool is_crlf = c == '\r' && i + 1 < size && bytes[i + 1] == '\n';
    if (c == '\n' || is_crlf) {
      g_string_append(out, "\r\n");
      i += is_crlf;
      column = 0;
      continue;
    }
    bool is_last = i + 1 >= size || bytes[i + 1] == '\n' ||
                   (bytes[i + 1] == '\r' && i + 2 < size && bytes[i + 2] == '\n');
    bool is_plain = (c > ' ' && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !is_last);
    if (column == 0 && (c == '.' || (c == 'F' && size - i > 5 && memcmp(bytes + i, "From ", 5) == 0)))
      is_plain = false;
    if (column + (is_plain ? 1 : 3) > QP_LINE) {
      g_string_append(out, "=\r\n");
      column = 0;
    }
    if (is_plain) {
      g_string_append_c(out, (char)c);
      column += 1;
    } else {
      char code[3] = { '=', hex[c >> 4], hex[c & 15] };
      g_string_append_len(out, code, 3);
      column += 3;
    }
  }
}
