/* One walk over a text, as redact.c and its matchers share it. Known to them only. */
#ifndef TEXT_REDACT_SCAN_H
#define TEXT_REDACT_SCAN_H

#include <glib.h>
#include <stdbool.h>

struct scan {
  const char *text;
  gsize size;
  gsize at;
  const char *domain;
  gsize address_tried; /* no address begins before this */
  gsize phone_until;   /* a word for telephones stood shortly before */
  gsize account_until; /* a word for bank accounts did */
  const char *word;    /* what a match is replaced by; NULL: stays as it is */
  unsigned kinds;      /* enum redact_kind: what is replaced */
};

/* redact_fold.c: a text as the matchers see it, and where in the original each of its bytes comes from. */
struct folded {
  GString *text;
  GArray *origins; /* gsize, one for each byte of text, and the original's size behind them */
};
void redact_fold(struct folded *folded, const char *text, gsize size);
gsize redact_fold_origin(const struct folded *folded, gsize at);
void redact_fold_clear(struct folded *folded);

/* The character at a place; 0 behind the end. *length gets its bytes. */
gunichar scan_character(const struct scan *scan, gsize at, gsize *length);
/* The byte at a place; 0 behind the end. */
char scan_byte(const struct scan *scan, gsize at);
/* Whether the text at a place begins with `word`, in any case of ASCII letters. */
bool scan_has_word(const struct scan *scan, gsize at, const char *word);
/* Length of the first of these words (NULL-ended) that stands at a place; 0: none. */
gsize scan_any_word(const struct scan *scan, gsize at, const char *const *words);
/* Where the word that begins at scan->at ends, if it is one of `words`; 0: it is none. */
gsize scan_has_one_of(const struct scan *scan, const char *const *words, gsize count);
/* The place behind at most `limit` blanks. */
gsize scan_skip_blanks(const struct scan *scan, gsize at, gsize limit);

/* redact_phone.c: remembers that a word for telephones begins at scan->at; and the bytes of a telephone
 * number there, 0 for none. */
void redact_notice_phone_word(struct scan *scan);
gsize redact_match_phone(struct scan *scan);
/* Bytes of five digits and more that begin at scan->at and are no date, time or amount; 0: none. */
gsize redact_announced_digits(const struct scan *scan);

/* redact_account.c: the same for bank accounts. */
void redact_notice_account_word(struct scan *scan);
gsize redact_match_account(struct scan *scan);

#endif
