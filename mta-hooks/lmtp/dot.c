/* The end of data.
 *
 * Five places in the text, and one step for each: text is passed on in runs that are as long as the buffer
 * allows, so that a mail of 25 MB costs a memchr and no copying. Nothing is held back between two calls but
 * what the place itself says: in DOT_DOT a dot was seen and not passed on, in DOT_DOT_CR a dot and a CR.
 * Should these turn out to be text, the dot is dropped (it was stuffed), and the CR was a bare one: then the
 * mail is broken anyway and its bytes no longer matter. */
#include "mta-hooks/lmtp/dot.h"

#include <string.h>

void dot_start(struct dot *dot)
{
  *dot = (struct dot){ .place = DOT_LINE_START };
}

/* Passes over text up to the next CR or LF and takes that one; returns where it stopped. */
static const char *pass_text(struct dot *dot, const char *at, const char *end)
{
  const char *stop = memchr(at, '\r', (gsize)(end - at));
  const char *text_end = stop ? stop : end;
  if (memchr(at, '\n', (gsize)(text_end - at))) dot->is_broken = true;
  if (!stop) return end;
  dot->place = DOT_CR;
  return stop + 1;
}

/* What a byte behind a CR makes of the place. */
static enum dot_place behind_cr(struct dot *dot, char byte)
{
  if (byte == '\n') return DOT_LINE_START;
  dot->is_broken = true;
  return byte == '\r' ? DOT_CR : DOT_TEXT;
}

gsize dot_feed(struct dot *dot, const char *bytes, gsize size, dot_piece *piece, void *data, bool *is_end)
{
  const char *at = bytes, *end = bytes + size;
  const char *run = bytes; /* from here to `at` is text that was not yet passed on */
  *is_end = false;
  while (at < end && !*is_end) {
    switch (dot->place) {
    case DOT_LINE_START:
      if (*at != '.') {
        dot->place = DOT_TEXT;
        break;
      }
      if (at > run) piece(run, (gsize)(at - run), data);
      run = ++at;
      dot->place = DOT_DOT;
      break;
    case DOT_TEXT: at = pass_text(dot, at, end); break;
    case DOT_CR: dot->place = behind_cr(dot, *at++); break;
    case DOT_DOT:
      if (*at == '\r') {
        dot->place = DOT_DOT_CR;
        run = ++at;
      } else {
        dot->place = DOT_TEXT;
      }
      break;
    case DOT_DOT_CR:
      if (*at == '\n') {
        *is_end = true;
        run = ++at;
      } else {
        dot->is_broken = true;
        dot->place = *at == '\r' ? DOT_CR : DOT_TEXT;
        at++;
      }
      break;
    }
  }
  if (at > run) piece(run, (gsize)(at - run), data);
  return (gsize)(at - bytes);
}
