/* A text taken apart into words, digits and marks: what the readers of human words (lib/text/phrases.h, and
 * the facts built upon it) walk over. One pass, linear, any valid UTF-8. */
#ifndef TEXT_LEXEMES_H
#define TEXT_LEXEMES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum lexeme_kind {
  LEXEME_END,    /* behind the last one; reading on stays here */
  LEXEME_WORD,   /* letters, with apostrophes and combining marks inside; hyphens part words */
  LEXEME_DIGITS, /* a run of ASCII digits; "1.200,50" are five lexemes that are not spaced */
  LEXEME_MARK,   /* one character that is neither: "€", ".", "-", an emoji */
  LEXEME_BREAK,  /* an end of line; several in a row are several */
};

struct lexeme {
  const char *folded; /* word: lower case, ä ö ü ß as ae oe ue ss, other accents taken off, dotless ı as i;
                         digits and mark: as they are (dashes as "-", quotation marks as "\""); never NULL */
  uint32_t start, end;  /* bytes in the text */
  uint32_t hash;        /* of the folded one: lexeme_hash */
  uint32_t number;      /* digits: their value, UINT32_MAX where it is more than nine digits */
  uint8_t kind;         /* enum lexeme_kind */
  bool is_spaced;       /* a blank or a line's begin stands before it */
  bool is_capital;      /* word: begins with a capital letter */
  bool is_shouted;      /* word: two letters or more, all capital */
  bool begins_sentence; /* the first of the text, behind . ! ? : ; behind a blank line or a list's bullet */
};

struct lexemes {
  char *text;        /* the text, valid UTF-8; behind its end the folded ones */
  struct lexeme *at; /* count of them, then one LEXEME_END */
  guint count;
};

/* Never NULL. Invalid bytes end the text. At most `limit` bytes are read (0: all). */
struct lexemes *lexemes_new(const char *text, gsize limit);
void lexemes_free(struct lexemes *lexemes);
typedef struct lexemes lexemes_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lexemes_t, lexemes_free)

/* A word folded as lexemes are: "Größe" → "groesse". Caller frees. */
char *lexeme_fold(const char *word, gsize size);

/* The hash of a folded word (djb2): what tables of words are looked up by. */
static inline uint32_t lexeme_hash(const char *folded)
{
  uint32_t hash = 5381;
  for (const char *p = folded; *p; p++) hash = hash * 33 + (uint8_t)*p;
  return hash;
}

static inline bool lexeme_is(const struct lexeme *lexeme, const char *folded)
{
  return lexeme->folded[0] == folded[0] && g_str_equal(lexeme->folded, folded);
}

#endif
