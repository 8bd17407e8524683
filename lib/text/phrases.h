/* Human words by tables that need no C: share/languages/CODE.phrases holds, for one language, sections of
 * phrases; this file loads them all and finds them in a text. A translator extends a table, and what reads
 * mails knows the new words. docs/languages.md is the manual for that; in short:
 *
 *     # a comment
 *     [answer.yes]                 a section; its name is the tag
 *     bin dabei                    words, folded as lexemes are (umlauts or not, capitals or not)
 *     (komme|kommen) gern(e|)      alternatives, also within a word; an empty one makes it optional
 *     nehm* mich .. verteiler*     * in a word: any letters; .. at most five lexemes of the same sentence
 *     {n} personen                 digits
 *     ^ja $                        ^ begins a sentence, $ ends one
 *     zu dritt = 3                 a value, handed to who asks
 *
 * mul.phrases holds what is said in every language ("ok", "👍"). Matching: at every lexeme the longest phrase
 * of each tag; bounded work at each place, so linear. */
#ifndef TEXT_PHRASES_H
#define TEXT_PHRASES_H

#include "lib/text/lexemes.h"

/* Loads every *.phrases of the directories, later ones on top (a municipality's own). Once in a process,
 * before the sandbox and before any thread; a second call is nothing. False and a sentence that names file
 * and line when a table is wrong. */
bool phrases_load(const char *const *directories, GError **error);
/* Sections of the later directories that the first, the shipped one, does not have: sentences (char*) that
 * name file, line and what may be meant. NULL before phrases_load. */
const GPtrArray *phrases_unknown_sections(void);
/* Are tables loaded? */
bool phrases_are_loaded(void);

/* The number of a tag ("answer.yes"); 0 where no table has it. Numbers stay the same for the process. */
guint phrases_tag(const char *name);
/* Its name. */
const char *phrases_tag_name(guint tag);
/* The values that phrases of a tag have, each once, sorted; the strings are the tables'. Caller unrefs. */
GPtrArray *phrases_values(guint tag);

struct phrase_hit {
  guint tag;
  guint first, end;     /* lexemes [first, end) */
  const char *value;    /* behind " = "; "" where there is none */
  const char *language; /* "de"; "mul" */
};

/* A text with what the tables know of it. */
struct passage {
  struct lexemes *lexemes;
  GArray *hits;   /* struct phrase_hit, by first, then longest */
  guint32 *from;  /* a lexeme → the first hit at or behind it; one more than there are lexemes */
  guint64 *tags;  /* bits: the tags that have a hit */
  guint8 *is_name; /* one a lexeme: it belongs to a name (passage_forget); NULL: none does */
  char *language;  /* the language its words were looked up in; NULL: in all */
};

/* What phrases are about, by their section: tables of one subject do not slow the search for another. */
enum phrases_about {
  PHRASES_MEANING, /* all sections but those below */
  PHRASES_QUOTES,  /* quotes.*: what stands around quotes and signatures */
  PHRASES_ROBOTS,  /* robot.*: what programs write */
  PHRASES_ABOUT_COUNT
};

/* Reads a text. `language` (BCP 47) chooses which tables count besides mul; NULL: all of them, for texts too
 * short to tell. At most `limit` bytes (0: all). Never NULL. */
struct passage *passage_new(const char *text, const char *language, gsize limit);
/* The same with the tables of another subject. */
struct passage *passage_new_about(const char *text, enum phrases_about about, const char *language,
                                  gsize limit);
void passage_free(struct passage *passage);
typedef struct passage passage_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(passage_t, passage_free)

/* Forgets the hits that begin or end with a lexeme of a name (`is_name`: one a lexeme; taken over), but for
 * sections whose names begin with `but`: the words of a name say nothing. Hits handed out before are gone. */
void passage_forget(struct passage *passage, guint8 *is_name, const char *but);
/* The first hit of a tag at lexeme `from` or behind it; NULL: none. */
const struct phrase_hit *passage_find(const struct passage *passage, guint tag, guint from);
/* The longest hit of a tag that begins at exactly this lexeme; NULL: none. */
const struct phrase_hit *passage_at(const struct passage *passage, guint tag, guint lexeme);
/* Whether a tag is hit anywhere. */
bool passage_has(const struct passage *passage, const char *tag_name);
/* The text of lexemes [first, end). Caller frees. */
char *passage_text(const struct passage *passage, guint first, guint end);
/* Whether a question mark stands anywhere. */
bool passage_asks(const struct passage *passage);
/* How many words lexemes [first, end) hold. */
guint passage_words(const struct passage *passage, guint first, guint end);

/* The sentence a lexeme stands in: [*first, *end). Sentences end at . ! ? (not within numbers, dates and
 * abbreviations), at blank lines and list items. */
void passage_sentence(const struct passage *passage, guint lexeme, guint *first, guint *end);

#endif
