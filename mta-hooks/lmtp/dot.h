/* The end of data: takes the dots out that SMTP puts in (RFC 5321 section 4.5.2) and finds the one that ends
 * a mail. Bytes may come in any pieces. Only CRLF . CRLF ends data; a bare CR or LF is remembered as broken
 * and is no line end, so that nobody can smuggle a second mail behind another one's idea of a line. */
#ifndef MTA_HOOKS_LMTP_DOT_H
#define MTA_HOOKS_LMTP_DOT_H

#include <glib.h>
#include <stdbool.h>

enum dot_place {
  DOT_LINE_START, /* behind CRLF, or at the very beginning */
  DOT_TEXT,
  DOT_CR,     /* a CR within the text */
  DOT_DOT,    /* a dot at the start of a line */
  DOT_DOT_CR, /* and a CR behind it */
};

struct dot {
  enum dot_place place;
  bool is_broken; /* a bare CR or LF was seen */
};

/* Unstuffed bytes, CRLF as it came. */
typedef void dot_piece(const char *bytes, gsize size, void *data);

/* Before each mail. */
void dot_start(struct dot *dot);

/* Reads up to the end of data or of the bytes; hands what belongs to the mail to `piece`. Returns how many
 * bytes were read; *is_end says that the last of them ended the data. */
gsize dot_feed(struct dot *dot, const char *bytes, gsize size, dot_piece *piece, void *data, bool *is_end);

#endif
