/* UTF-8 byte by byte, for this room's scanners: which bytes at `p` are one valid character (RFC 3629), and
 * how many belong to one broken one. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* Length of the valid character at p < end and the character itself; 0 where the bytes are none. */
static inline gsize utf8_read(const char *p, const char *end, gunichar *character)
{
  const unsigned char *s = (const unsigned char *)p;
  gsize left = (gsize)(end - p);
  if (s[0] < 0x80) {
    *character = s[0];
    return 1;
  }
  if (s[0] < 0xC2 || s[0] > 0xF4 || left < 2 || (s[1] & 0xC0) != 0x80) return 0;
  if (s[0] < 0xE0) {
    *character = (gunichar)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    return 2;
  }
  if (left < 3 || (s[2] & 0xC0) != 0x80) return 0;
  if (s[0] < 0xF0) {
    *character = (gunichar)(s[0] & 0x0F) << 12 | (gunichar)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    return *character < 0x800 || (*character >= 0xD800 && *character < 0xE000) ? 0 : 3;
  }
  if (left < 4 || (s[3] & 0xC0) != 0x80) return 0;
  *character = (gunichar)(s[0] & 0x07) << 18 | (gunichar)(s[1] & 0x3F) << 12 | (gunichar)(s[2] & 0x3F) << 6 |
               (s[3] & 0x3F);
  return *character < 0x10000 || *character > 0x10FFFF ? 0 : 4;
}

/* Is all of it valid, without NUL? Mail is mostly ASCII, which is looked at eight bytes a time: in such a
 * word no byte has its high bit set, and none is 0 where taking 1 from each borrows from none. */
static inline bool utf8_is_valid(const char *bytes, gsize size)
{
  const guint64 ones = 0x0101010101010101, highs = 0x8080808080808080;
  const char *p = bytes, *end = bytes + size;
  while (p < end) {
    guint64 word;
    gunichar character;
    if ((gsize)(end - p) >= sizeof word) {
      memcpy(&word, p, sizeof word);
      if (((word | (word - ones)) & highs) == 0) {
        p += sizeof word;
        continue;
      }
    }
    gsize length = utf8_read(p, end, &character);
    if (length == 0 || character == 0) return false;
    p += length;
  }
  return true;
}

/* How many bytes at p (where utf8_read said 0) one U+FFFD stands for: a lead byte takes the continuation
 * bytes along that could have been its own. */
static inline gsize utf8_broken_length(const char *p, const char *end)
{
  const unsigned char *s = (const unsigned char *)p;
  gsize want = s[0] >= 0xF0 && s[0] <= 0xF4  ? 4
               : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
               : s[0] >= 0xC2 && s[0] < 0xE0 ? 2
                                             : 1;
  gsize length = 1;
  if (want < 3 || p + 1 >= end) return 1;
  unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
  unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
  while (length < want - 1 && p + length < end) {
    if (s[length] < (length == 1 ? low : 0x80) || s[length] > (length == 1 ? high : 0xBF)) break;
    length++;
  }
  return length;
}

#endif
