/* Words of two texts that are the same to a reader, though mail programs wrote them otherwise.
 *
 * Clients wrap anew, indent, change the charset. So of what stands between blanks only that is compared which
 * every one of these leaves alone: the letters and digits of ASCII without a, o, u, an e behind one of them,
 * and double s (other letters where nothing else is there). "Müller," "Mueller" "M?ller" "MÃ¼ller"
 * "M&uuml;ller" "M=C3=BCller" and the ü of two characters that Apple writes are one word then. Called by
 * parent.c and among.c. */
#include "lib/mail/cut/alike.h"

#include <string.h>

#define HASH_BEGIN 2166136261u

enum { ENTITY_BYTES = 10 };

static uint32_t mix(uint32_t hash, guchar c)
{
  return (hash ^ c) * 16777619u;
}

bool alike_is_blank(const char *p)
{
  return (guchar)*p <= ' ' || memcmp(p, "\xC2\xA0", 2) == 0;
}

/* How many octets at p stand for one character that was written otherwise: "&uuml;", "=C3"; 0: none. */
static gsize escape_size(const char *p)
{
  if (*p == '=' && g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2]) && !g_ascii_islower(p[1])) return 3;
  if (*p != '&') return 0;
  gsize size = 1;
  while (size < ENTITY_BYTES && (g_ascii_isalnum(p[size]) || p[size] == '#')) size++;
  return size > 1 && p[size] == ';' ? size + 1 : 0;
}

/* How many octets at p are a letter that an umlaut may have become or lost: "a", "ae", "ss"; 0: none. With a
 * mark of its own behind it ("u" and U+0308) as well. */
static gsize umlaut_size(const char *p)
{
  char c = g_ascii_tolower(*p), next = c ? g_ascii_tolower(p[1]) : '\0';
  if (c == 's') return next == 's' ? 2 : 0;
  if (c == 'a' || c == 'o' || c == 'u') return next == 'e' ? 2 : 1;
  bool is_marked =
      g_ascii_isalpha(c) && ((guchar)p[1] == 0xCC || ((guchar)p[1] == 0xCD && (guchar)p[2] < 0xB0)) &&
      ((guchar)p[2] & 0xC0) == 0x80; /* of text that was cut within a character nothing follows */
  return is_marked ? 3 : 0;
}

uint32_t alike_hash(const char *p, const char *end)
{
  uint32_t ascii = HASH_BEGIN, vowels = HASH_BEGIN, other = HASH_BEGIN;
  bool has_ascii = false, has_vowels = false, has_other = false;
  while (p < end) {
    gsize size = escape_size(p);
    bool is_umlaut = size == 0 && (size = umlaut_size(p)) > 0;
    if (is_umlaut) {
      vowels = mix(vowels, (guchar)g_ascii_tolower(*p));
      has_vowels = true;
    } else if (size == 0 && g_ascii_isalnum(*p)) {
      ascii = mix(ascii, (guchar)g_ascii_tolower(*p));
      has_ascii = true;
    } else if ((guchar)*p >= 0x80) {
      other = mix(other, (guchar)*p);
      has_other = true;
    }
    p += MAX(size, 1);
  }
  return has_ascii ? ascii | 1 : has_vowels ? vowels | 1 : has_other ? other | 1 : 0;
}
