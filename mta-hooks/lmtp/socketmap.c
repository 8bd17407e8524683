/* socketmap: netstrings of Postfix.
 *
 * A request is "<length>:<map> <key>," and is answered as soon as its comma is there. No address is longer
 * than KEY_KEPT bytes, so of a longer key only the beginning is kept; the rest is counted and passed over,
 * which bounds the memory of a connection whatever length is announced. An address with line ends or NUL in
 * it is not found. */
#include "mta-hooks/lmtp/socketmap.h"

#include <string.h>

enum { KEY_KEPT = 2048 };

enum part { PART_LENGTH, PART_TEXT, PART_COMMA };

struct socketmap {
  socketmap_look_up *look_up;
  void *data;
  enum part part;
  gsize length, seen; /* of the request's text; digits seen while the length is read */
  GString *text;      /* its first KEY_KEPT bytes */
};

struct socketmap *socketmap_new(socketmap_look_up *look_up, void *data)
{
  struct socketmap *map = g_new0(struct socketmap, 1);
  map->look_up = look_up;
  map->data = data;
  map->text = g_string_new(NULL);
  return map;
}

void socketmap_free(struct socketmap *map)
{
  if (!map) return;
  g_string_free(map->text, TRUE);
  g_free(map);
}

static void put_netstring(GString *out, const char *word, const char *text)
{
  g_string_append_printf(out, "%zu:%s %s,", strlen(word) + 1 + strlen(text), word, text);
}

/* The answer to a look-up of `key`. */
static void answer_key(struct socketmap *map, const char *key, GString *out)
{
  enum recipient_verdict verdict = map->look_up(key, map->data);
  switch (verdict) {
  case RECIPIENT_OURS: put_netstring(out, "OK", key); return;
  case RECIPIENT_NOT_NOW:
    put_netstring(out, "TEMP", "The list of addresses cannot be read at the moment.");
    return;
  case RECIPIENT_UNKNOWN:
  case RECIPIENT_FORGED:
  case RECIPIENT_VERDICT_COUNT: break;
  }
  put_netstring(out, "NOTFOUND", "");
}

/* A whole request is there. */
static void answer(struct socketmap *map, GString *out)
{
  static const char map_name[] = "rcpt ";
  if (!g_str_has_prefix(map->text->str, map_name)) {
    put_netstring(out, "PERM", "The only map here is rcpt.");
    return;
  }
  const char *key = map->text->str + strlen(map_name);
  bool is_text = map->length == map->text->len && strlen(map->text->str) == map->length &&
                 !strpbrk(key, "\r\n") && g_utf8_validate(key, -1, NULL);
  if (is_text && *key)
    answer_key(map, key, out);
  else
    put_netstring(out, "NOTFOUND", "");
}

/* One byte of the length; false if it is none. */
static bool take_length(struct socketmap *map, char byte)
{
  if (byte == ':' && map->seen) {
    map->part = map->length ? PART_TEXT : PART_COMMA;
    map->seen = 0;
    return true;
  }
  if (!g_ascii_isdigit(byte) || (map->seen && !map->length)) return false;
  map->seen++;
  map->length = map->length * 10 + (gsize)g_ascii_digit_value(byte);
  return map->length <= SOCKETMAP_REQUEST_MAX;
}

/* As much of the text as is there; returns how much. */
static gsize take_text(struct socketmap *map, const char *bytes, gsize size)
{
  gsize taken = MIN(size, map->length - map->seen);
  gsize room = KEY_KEPT - map->text->len;
  g_string_append_len(map->text, bytes, (gssize)MIN(taken, room));
  map->seen += taken;
  if (map->seen == map->length) map->part = PART_COMMA;
  return taken;
}

bool socketmap_feed(struct socketmap *map, const char *bytes, gsize size, GString *out)
{
  for (gsize at = 0; at < size;) {
    switch (map->part) {
    case PART_LENGTH:
      if (!take_length(map, bytes[at++])) return false;
      break;
    case PART_TEXT: at += take_text(map, bytes + at, size - at); break;
    case PART_COMMA:
      if (bytes[at++] != ',') return false;
      answer(map, out);
      g_string_truncate(map->text, 0);
      map->part = PART_LENGTH;
      map->length = map->seen = 0;
      break;
    }
  }
  return true;
}
