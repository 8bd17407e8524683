/* Transfer encodings: a part's bytes decoded in pieces, so that a mail of 25 MB is never held twice. RFC 2045
 * section 6; uuencode for old clients. What is malformed is decoded as far as it goes. */
#include "lib/mail/parts.h"

#include "lib/base/mapped.h"

#include <string.h>

enum { PIECE = 32 * 1024, PIECES_MAX = 100 };

static bool is_base64_letter(char c)
{
  return g_ascii_isalnum(c) || c == '+' || c == '/';
}

/* Could [at, end) be base64 once more? Senders and lists put one piece behind the other. */
static bool is_base64(const char *at, const char *end)
{
  gsize letters = 0;
  for (; at < end; at++) {
    if (is_base64_letter(*at) || *at == '=')
      letters++;
    else if (!g_ascii_isspace(*at))
      return false;
  }
  return letters % 4 == 0;
}

/* Decodes [at, end) with a decoder of its own. */
static bool decode_piece(GMimeContentEncoding encoding, const char *at, const char *end,
                         mail_each_piece *each, void *data)
{
  GMimeEncoding decoder;
  g_mime_encoding_init_decode(&decoder, encoding);
  g_autofree char *out = g_malloc(g_mime_encoding_outlen(&decoder, PIECE) + 64);
  const char *held = at;
  while (at < end) {
    gsize size = MIN((gsize)(end - at), PIECE);
    gsize done = g_mime_encoding_step(&decoder, at, size, out);
    if (done > 0 && !each(out, done, data)) return false;
    at += size;
    held = mapped_behind(held, at);
  }
  gsize rest = g_mime_encoding_flush(&decoder, "", 0, out);
  return rest == 0 || each(out, rest, data);
}

/* Behind the first padding of an encoded text; `end` where there is none, and for all else. */
static const char *piece_end(const struct part *part, const char *at, const char *end)
{
  bool is_text = part->encoding == GMIME_CONTENT_ENCODING_BASE64 && g_str_has_prefix(part->type, "text/");
  const char *padding = is_text ? memchr(at, '=', (gsize)(end - at)) : NULL;
  if (!padding) return end;
  while (padding < end && *padding == '=') padding++;
  return padding;
}

/* Where an encoded text ends: behind its padding, if what follows is none of it, such as the footer that a
 * list wrote behind it in clear (RFC 2045 section 6.8). */
static const char *text_end(const struct part *part)
{
  const char *end = part->body + part->body_size, *padding = piece_end(part, part->body, end);
  return is_base64(padding, end) ? end : padding;
}

bool part_decode(const struct part *part, mail_each_piece *each, void *data)
{
  if (part->encoding != GMIME_CONTENT_ENCODING_BASE64 &&
      part->encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
      part->encoding != GMIME_CONTENT_ENCODING_UUENCODE)
    return part->body_size == 0 || each(part->body, part->body_size, data);

  const char *at = part->body, *end = text_end(part);
  for (int pieces = 1; at < end; pieces++) {
    const char *stop = pieces < PIECES_MAX ? piece_end(part, at, end) : end;
    if (!decode_piece(part->encoding, at, stop, each, data)) return false;
    at = stop;
  }
  return true;
}

struct collecting {
  GByteArray *bytes;
  gsize limit;
  bool was_cut;
};

static bool collect(const void *bytes, gsize size, void *data)
{
  struct collecting *it = data;
  gsize room = it->limit - it->bytes->len;
  if (size > room) it->was_cut = true;
  g_byte_array_append(it->bytes, bytes, (guint)MIN(size, room));
  return !it->was_cut;
}

GByteArray *part_bytes(const struct part *part, gsize limit, bool *was_cut)
{
  struct collecting it = { g_byte_array_sized_new((guint)MIN(part->body_size, limit)), limit, false };
  part_decode(part, collect, &it);
  if (it.was_cut && was_cut) *was_cut = true;
  return it.bytes;
}

static bool count(const void *bytes, gsize size, void *data)
{
  (void)bytes;
  *(gsize *)data += size;
  return true;
}

/* Base64 is counted, not decoded: attachments are most of a mail. */
static gsize base64_decoded_size(const char *at, gsize size)
{
  static guint8 is_letter[256];
  static gsize once = 0;
  if (g_once_init_enter(&once)) {
    for (const char *p = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; *p; p++)
      is_letter[(guchar)*p] = 1;
    g_once_init_leave(&once, 1);
  }
  gsize letters = 0;
  const char *held = at;
  for (const char *end = at + size; at < end; held = mapped_behind(held, at))
    for (const char *stop = MIN(end, at + PIECE); at < stop; at++) letters += is_letter[(guchar)*at];
  return letters / 4 * 3 + (letters % 4 > 1 ? letters % 4 - 1 : 0);
}

gsize part_decoded_size(const struct part *part)
{
  gsize total = 0;
  if (part->encoding == GMIME_CONTENT_ENCODING_BASE64)
    return base64_decoded_size(part->body, (gsize)(text_end(part) - part->body));
  part_decode(part, count, &total);
  return total;
}

bool mail_open_part(const void *raw, gsize size, const char *part, mail_each_piece *each, void *data)
{
  g_autoptr(parts_t) parts = parts_scan(raw, size);
  const struct part *found = parts_find(parts, part);
  return found && !part_is_multipart(found) && part_decode(found, each, data);
}
