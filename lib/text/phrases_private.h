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

struct phrase_element {
  const char *text; /* exact, affix; owned by the tables */
  gsize size;
  enum element_kind kind;
  bool is_open_left, is_open_right;
};

struct phrase {
  struct phrase_element *elements;
  guint count;
  guint tag, language;
  const char *value;
};

struct phrase_tables {
  GArray *phrases;       /* struct phrase */
  GHashTable *tags;      /* name → number from 1 */
  GPtrArray *tag_names;  /* number - 1 → name */
  GPtrArray *languages;  /* "de"; at most 32 */
  GHashTable *by_word;   /* first exact element → GArray of guint; those whose second is no exact one */
  GHashTable *by_two;    /* the first two, exact both, parted by a blank → GArray of guint */
  GArray *by_first[256]; /* beginnings, by first byte; NULL: none */
  GArray *by_last[256];  /* endings, by last byte */
  GArray *inside;        /* "*word*" */
  GArray *digits;
  GStringChunk *strings;
};
extern struct phrase_tables tables;

#endif
