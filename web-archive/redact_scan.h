/* One walk over a text, as redact.c and its matchers share it. Known to them only. */
#ifndef WEB_ARCHIVE_REDACT_SCAN_H
#define WEB_ARCHIVE_REDACT_SCAN_H

#include <glib.h>
#include <stdbool.h>

struct scan {
  const char *text;
  gsize size;
  gsize at;
  const char *domain;
  gsize address_tried; /* no address begins before this */
  gsize phone_until;   /* a word for telephones stood shortly before */
  const char *word;    /* what a match is replaced by; NULL: stays as it is */
};

/* The character at a place; 0 behind the end. *length gets its bytes. */
gunichar scan_character(const struct scan *scan, gsize at, gsize *length);
/* The byte at a place; 0 behind the end. */
char scan_byte(const struct scan *scan, gsize at);
/* Whether the text at a place begins with `word`, in any case of ASCII letters. */
bool scan_has_word(const struct scan *scan, gsize at, const char *word);
/* Length of the first of these words (NULL-ended) that stands at a place; 0: none. */
gsize scan_any_word(const struct scan *scan, gsize at, const char *const *words);
/* The place behind at most `limit` blanks. */
gsize scan_skip_blanks(const struct scan *scan, gsize at, gsize limit);

/* redact_phone.c: remembers that a word for telephones begins at scan->at; and the bytes of a telephone
 * number there, 0 for none. */
void redact_notice_phone_word(struct scan *scan);
gsize redact_match_phone(struct scan *scan);

#endif
