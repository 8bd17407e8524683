/* The compiled tables, between the files that read them (phrases_load.c, phrases_compile.c) and the one that
 * searches (phrases.c). */
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
  ELEMENT_ANY,    /* one of several words: exact, affix or digits */
};

/* One of each; phrases point at them. */
struct phrase_element {
  union {
    const char *text;                        /* exact, affix */
    const struct phrase_element *const *any; /* any: its alternatives */
  };
  guint16 size; /* bytes of the text; number of alternatives */
  guint8 kind;  /* enum element_kind */
  bool is_open_left, is_open_right;
  guint16 bit; /* exact: phrase_word_bit of its text */
};

/* What an element can be: itself, or its alternatives (*count of them). */
static inline const struct phrase_element *const *
phrase_alternatives(const struct phrase_element *const *element, guint *count)
{
  bool is_any = (*element)->kind == ELEMENT_ANY;
  *count = is_any ? (*element)->size : 1;
  return is_any ? (*element)->any : element;
}

/* A passage notes the words it has in so many bits; what is not among them need not be searched for. */
enum { PHRASE_BITS = 4096 };
static inline guint16 phrase_word_bit(const char *folded)
{
  return (guint16)(lexeme_hash(folded) % PHRASE_BITS);
}

struct phrase {
  const struct phrase_element *const *elements; /* count of them */
  const char *value;
  guint16 tag;
  guint8 count, language;
};

/* A phrase in an index's order, with what rules most of them out before the phrase itself is looked at. */
struct phrase_place {
  guint number;        /* of tables.phrases */
  guint16 last, other; /* phrase_word_bit of its last whole word and of the first behind its start;
                          PHRASE_BITS: it has none, or no other */
  guint8 language;
};
/* Places [from, end) in an index's order. */
struct phrase_bucket {
  guint from, end;
};
/* Phrases that begin with one whole word: those without a second whole word, and a bucket a second one, the
 * latter sorted by it. */
struct phrase_start {
  struct phrase_bucket others;
  guint seconds, seconds_end;
};
struct phrase_second {
  const char *text;
  struct phrase_bucket bucket;
};
/* Phrases that begin with one affix. */
struct phrase_affix {
  const struct phrase_element *element;
  struct phrase_bucket bucket;
  char third; /* the letter next to the two of its key; '\0': it has none, or is a middle */
};

/* phrases_index.c: phrases of one subject, by how they begin. */
struct phrase_index {
  struct phrase_place *order;    /* those of a bucket side by side */
  GHashTable *by_word;           /* first whole word or mark → struct phrase_start */
  struct phrase_second *seconds; /* of all starts */
  GHashTable *by_affix;          /* phrase_affix_key → struct phrase_bucket, of places in affixes */
  struct phrase_affix *affixes;
  guint8 *affix_bits; /* the keys of by_affix: most pairs of letters are none */
  struct phrase_bucket digits;
  GArray *entries; /* until it is sealed */
};
void phrase_index_open(struct phrase_index *index);
void phrase_index_add(struct phrase_index *index, const struct phrase *phrase, guint number);
/* Once all are in: it can be asked from now on. */
void phrase_index_seal(struct phrase_index *index);
/* The bucket of a start's second word; an empty one: none. */
struct phrase_bucket phrase_index_second(const struct phrase_index *index, const struct phrase_start *start,
                                         const char *folded);

/* phrases_compile.c: one line of a table, without its value, becomes phrases with the tag, language and value
 * of `like`. Between begin and end only. NULL, or a sentence that says what is wrong with it. */
void phrase_compile_begin(void);
const char *phrase_compile(const char *pattern, const struct phrase *like, struct phrase_index *index);
void phrase_compile_end(void);

/* Tens of thousands of phrases stand behind a few thousand lines, so what is stored a phrase is small, and
 * all of it lies in blocks that are never given back. */
struct phrase_tables {
  GArray *phrases;      /* struct phrase */
  GHashTable *tags;     /* name → number from 1 */
  GPtrArray *tag_names; /* number - 1 → name */
  GPtrArray *languages; /* "de"; at most 32 */
  struct phrase_index index[PHRASES_ABOUT_COUNT];
  GStringChunk *strings;
};

/* phrases_words.c: what the tables know of one word. People write the same few thousand words, so it is
 * looked up once and kept. Good until phrases_words_trim, which a search calls before it begins. */
struct phrase_begins {
  const struct phrase_start *start;  /* NULL: no phrase begins with exactly this word */
  const struct phrase_place *places; /* of phrases that begin with a beginning, end or middle of it */
  guint count;
};
struct phrase_word {
  const struct phrase_begins *about; /* PHRASES_ABOUT_COUNT of them; of most words the same empty ones */
  guint16 bit;                       /* phrase_word_bit */
  guint16 size;                      /* bytes */
  char text[];
};
const struct phrase_word *phrases_word(const struct lexeme *lexeme);
/* Forgets all words when they have become too many. */
void phrases_words_trim(void);
/* Whether a word has an affix. */
bool phrase_affix_fits(const struct phrase_element *affix, const char *word, gsize size);

/* The bucket of an affix: how it is open, and its two letters at the closed end (the first two where there is
 * none; one, where it has but one). */
static inline guint phrase_affix_key(bool is_open_left, bool is_open_right, guchar a, guchar b)
{
  return 1U << 18 | (guint)is_open_left << 17 | (guint)is_open_right << 16 | (guint)a << 8 | b;
}

static inline bool phrase_index_has_affix(const struct phrase_index *index, guint key)
{
  guint bit = key & ((1U << 18) - 1);
  return index->affix_bits[bit / 8] >> bit % 8 & 1;
}

extern struct phrase_tables tables;

#endif
