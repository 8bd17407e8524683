/* A letter's content as pieces.
 *
 * A post to 20,000 members is one content with a few slots. Looking through it for slots and for dots at line
 * starts is done once, here; afterwards a mail is a run over a short array: copy a stretch, copy a value,
 * copy a stretch. A stretch never has a dot at a line start but at its very beginning, so the only question
 * left while copying is whether the byte before was a line end, and that also answers for dots that a slot's
 * value brings, or that an empty value moves to a line start. The content itself stays the GBytes the store
 * handed out; nothing is kept twice. */
#include "mta-hooks/send/outgoing.h"

#include <string.h>

enum { LITERAL = -1 };

struct piece {
  gsize offset, size; /* of the content; a slot's own three bytes */
  int slot;           /* LITERAL, or 0 … 25 */
};

struct outgoing {
  int references;
  struct letter *letter;
  const char *content;
  gsize size, header_size;
  GArray *pieces; /* struct piece */
  gsize literal_bytes;
  bool header_8bit, body_8bit;
};

static bool has_8bit(const char *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if ((unsigned char)bytes[i] >= 0x80) return true;
  return false;
}

/* Octets up to and with the empty line behind the header; all of it where there is none. */
static gsize find_header_size(const char *content, gsize size)
{
  const char *end = size == 0 ? NULL : memmem(content, size, "\r\n\r\n", 4);
  return end != NULL ? (gsize)(end - content) + 4 : size;
}

/* The slot that begins at `at`: 0 … 25, or LITERAL if those bytes are none. */
static int slot_at(const char *content, gsize size, gsize at)
{
  if (content[at] != '\x01' || at + 2 >= size || content[at + 2] != '\x02') return LITERAL;
  return content[at + 1] >= 'a' && content[at + 1] <= 'z' ? content[at + 1] - 'a' : LITERAL;
}

static void add_piece(struct outgoing *outgoing, gsize offset, gsize end, int slot)
{
  if (end == offset) return;
  struct piece piece = { .offset = offset, .size = end - offset, .slot = slot };
  g_array_append_val(outgoing->pieces, piece);
  if (slot == LITERAL) outgoing->literal_bytes += piece.size;
}

/* Cuts the content before every dot at a line start and around every slot. */
static void find_pieces(struct outgoing *outgoing)
{
  const char *content = outgoing->content;
  gsize begin = 0;
  for (gsize i = 0; i < outgoing->size; i++) {
    if (content[i] == '.' && i > 0 && content[i - 1] == '\n') {
      add_piece(outgoing, begin, i, LITERAL);
      begin = i;
    }
    if (content[i] != '\x01') continue;
    int slot = slot_at(content, outgoing->size, i);
    if (slot == LITERAL) continue;
    add_piece(outgoing, begin, i, LITERAL);
    add_piece(outgoing, i, i + 3, slot);
    begin = i + 3;
    i += 2;
  }
  add_piece(outgoing, begin, outgoing->size, LITERAL);
}

struct outgoing *outgoing_new(struct letter *letter)
{
  struct outgoing *outgoing = g_new0(struct outgoing, 1);
  outgoing->references = 1;
  outgoing->letter = letter;
  outgoing->content = g_bytes_get_data(letter->content, &outgoing->size);
  outgoing->header_size = find_header_size(outgoing->content, outgoing->size);
  outgoing->header_8bit = has_8bit(outgoing->content, outgoing->header_size);
  outgoing->body_8bit =
      has_8bit(outgoing->content + outgoing->header_size, outgoing->size - outgoing->header_size);
  outgoing->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
  find_pieces(outgoing);
  return outgoing;
}

struct outgoing *outgoing_ref(struct outgoing *outgoing)
{
  g_atomic_int_inc(&outgoing->references);
  return outgoing;
}

void outgoing_unref(struct outgoing *outgoing)
{
  if (outgoing == NULL || !g_atomic_int_dec_and_test(&outgoing->references)) return;
  g_array_free(outgoing->pieces, TRUE);
  letter_free(outgoing->letter);
  g_free(outgoing);
}

const struct letter *outgoing_letter(const struct outgoing *outgoing)
{
  return outgoing->letter;
}

void slot_values_find(struct slot_values *values, const char *slots)
{
  memset(values, 0, sizeof *values);
  if (slots == NULL) return;
  for (int i = 0; i < SLOTS_MAX; i++) {
    values->start[i] = slots;
    values->size[i] = strcspn(slots, "\x1f");
    slots += values->size[i];
    if (*slots == '\0') return;
    slots++;
  }
}

gsize outgoing_size(const struct outgoing *outgoing, const struct slot_values *values)
{
  gsize size = outgoing->literal_bytes;
  for (guint i = 0; i < outgoing->pieces->len; i++) {
    const struct piece *piece = &g_array_index(outgoing->pieces, struct piece, i);
    if (piece->slot != LITERAL) size += values->size[piece->slot];
  }
  return size;
}

/* Is there a slot with bytes beyond ASCII among those that begin before `end`? */
static bool has_8bit_slot(const struct outgoing *outgoing, const struct slot_values *values, gsize end)
{
  for (guint i = 0; i < outgoing->pieces->len; i++) {
    const struct piece *piece = &g_array_index(outgoing->pieces, struct piece, i);
    if (piece->offset >= end) return false;
    if (piece->slot != LITERAL && has_8bit(values->start[piece->slot], values->size[piece->slot]))
      return true;
  }
  return false;
}

bool outgoing_header_is_8bit(const struct outgoing *outgoing, const struct slot_values *values)
{
  return outgoing->header_8bit || has_8bit_slot(outgoing, values, outgoing->header_size);
}

bool outgoing_is_8bit(const struct outgoing *outgoing, const struct slot_values *values)
{
  return outgoing->header_8bit || outgoing->body_8bit || has_8bit_slot(outgoing, values, outgoing->size);
}

/* Puts bytes that have no dot at a line start but perhaps the first. */
static void put_stretch(struct outgoing_place *place, GString *out, const char *bytes, gsize size)
{
  if (size == 0) return;
  if (bytes[0] == '.' && (!place->is_begun || place->last[1] == '\n')) g_string_append_c(out, '.');
  g_string_append_len(out, bytes, (gssize)size);
  place->is_begun = true;
  place->last[0] = size > 1 ? bytes[size - 2] : place->last[1];
  place->last[1] = bytes[size - 1];
}

/* Puts a slot's value, line by line. */
static void put_value(struct outgoing_place *place, GString *out, const char *bytes, gsize size)
{
  while (size > 0) {
    const char *line_end = memchr(bytes, '\n', size);
    gsize stretch = line_end != NULL ? (gsize)(line_end - bytes) + 1 : size;
    put_stretch(place, out, bytes, stretch);
    bytes += stretch;
    size -= stretch;
  }
}

/* Puts the rest of the piece at `place`, or as much of a long one as is still wanted. */
static void put_piece(const struct outgoing *outgoing, const struct slot_values *values,
                      struct outgoing_place *place, GString *out, gsize limit)
{
  const struct piece *piece = &g_array_index(outgoing->pieces, struct piece, place->piece);
  if (piece->slot != LITERAL) {
    put_value(place, out, values->start[piece->slot], values->size[piece->slot]);
  } else {
    gsize portion = MIN(piece->size - place->offset, MAX(limit - out->len, 1));
    put_stretch(place, out, outgoing->content + piece->offset + place->offset, portion);
    place->offset += portion;
    if (place->offset < piece->size) return;
  }
  place->piece++;
  place->offset = 0;
}

bool outgoing_put_some(const struct outgoing *outgoing, const struct slot_values *values,
                       struct outgoing_place *place, GString *out, gsize limit)
{
  while (place->piece < outgoing->pieces->len) {
    if (out->len >= limit) return false;
    put_piece(outgoing, values, place, out, limit);
  }
  bool ends_line = place->last[0] == '\r' && place->last[1] == '\n';
  g_string_append(out, ends_line || !place->is_begun ? ".\r\n" : "\r\n.\r\n");
  return true;
}
