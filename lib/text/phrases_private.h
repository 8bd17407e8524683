/* The compiled tables, between the file that reads them (phrases_load.c) and the one that searches
 * (phrases.c). */
#ifndef TEXT_PHRASES_PRIVATE_H
#define TEXT_PHRASES_PRIVATE_H

#include "lib/text/phrases.h"

enum element_kind {
  ELEMENT_EXACT,  /* a word, digits or mark as folded */
  ELEMENT_AFFIX,  /* a word's beginning, end or middle */
  ELEMENT_DIGITS, /* {n} */
  ELEMENT_GAP,    /* .. */
  ELEMENT_BEGIN,  /* ^ */
  ELEMENT_FINISH, /* $ */
};

/* One of each; phrases point at them. */
struct phrase_element {
  const char *text; /* exact, affix */
  guint16 size;
  guint8 kind; /* enum element_kind */
  bool is_open_left, is_open_right;
};

struct phrase {
  const struct phrase_element *const *elements; /* count of them */
  const char *value;
  guint16 tag;
  guint8 count, language;
};

/* Phrases that begin with one whole word: by the second where that is a whole word or mark too. */
struct phrase_start {
  GArray *others;        /* guint; NULL: none */
  GHashTable *by_second; /* folded → GArray of guint; NULL: none */
};

/* Tens of thousands of phrases stand behind a few thousand lines, so what is stored a phrase is small, and
 * all of it lies in blocks that are never given back. */
struct phrase_tables {
  GArray *phrases;      /* struct phrase */
  GHashTable *tags;     /* name → number from 1 */
  GPtrArray *tag_names; /* number - 1 → name */
  GPtrArray *languages; /* "de"; at most 32 */
  GHashTable *by_word;  /* first exact element → struct phrase_start */
  GHashTable *by_affix; /* phrase_affix_key → GArray of guint */
  GArray *digits;       /* guint */
  GStringChunk *strings;
};

/* The bucket of an affix: how it is open, and its two letters at the closed end (the first two where there is
 * none; one, where it has but one). */
static inline gpointer phrase_affix_key(bool is_open_left, bool is_open_right, guchar a, guchar b)
{
  return GUINT_TO_POINTER(1U << 18 | (guint)is_open_left << 17 | (guint)is_open_right << 16 | (guint)a << 8 |
                          b);
}

extern struct phrase_tables tables;

#endif
