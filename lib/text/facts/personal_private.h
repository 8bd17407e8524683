/* A text while persons are looked for in it; shared by personal.c and personal_spans.c. */
#ifndef TEXT_FACTS_PERSONAL_PRIVATE_H
#define TEXT_FACTS_PERSONAL_PRIVATE_H

#include "lib/text/facts/personal.h"

#include <string.h>

/* The tables' sections, looked up once a text. */
enum tag {
  TAG_CLOSING,
  TAG_FACE,
  TAG_FIRSTNAME,
  TAG_GREETING,
  TAG_HEALTH,
  TAG_KIN,
  TAG_LIVES,
  TAG_NAMESAKE,
  TAG_NO_HEALTH,
  TAG_NO_NAME,
  TAG_NO_PLATE,
  TAG_NO_TITLE,
  TAG_OFFICE,
  TAG_PHONE,
  TAG_PLATE,
  TAG_PLATE_NEAR,
  TAG_RELATION,
  TAG_SELF,
  TAG_TITLE,
  TAG_TITLE_BEHIND,
  TAG_COUNT
};
/* A text while it is looked at. */
struct look {
  const struct passage *passage;
  const struct lexeme *at;
  guint tags[TAG_COUNT];
  guint count; /* lexemes before the closing */
};

static inline bool is_mark(const struct lexeme *it, const char *mark)
{
  return it->kind == LEXEME_MARK && lexeme_is(it, mark);
}

static inline bool is_capital_word(const struct lexeme *it)
{
  return it->kind == LEXEME_WORD && it->is_capital;
}

/* "S." of "Herr S." */
static inline bool is_initial(const struct look *look, guint at)
{
  return is_capital_word(&look->at[at]) && strlen(look->at[at].folded) == 1;
}

struct look personal_look(const struct passage *passage);
/* May the word be a name behind a title or a relation? */
bool personal_is_name(const struct look *look, guint at);
/* Is a person named here? *name: the lexeme at which the name itself begins. */
bool personal_is_person_at(const struct look *look, guint at, guint *name);
/* Does a number plate stand here, by its looks or by its name? *end: behind it. */
bool personal_is_plate_at(const struct look *look, guint at, guint *end);

#endif
