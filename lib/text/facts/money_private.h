/* One amount at a place, between the file that reads it (money_amount.c) and the one that walks over a text
 * (money.c). */
#ifndef TEXT_FACTS_MONEY_PRIVATE_H
#define TEXT_FACTS_MONEY_PRIVATE_H

#include "lib/text/facts/marks.h"
#include "lib/text/facts/money.h"
#include "lib/text/facts/numbers.h"

enum money_role {
  MONEY_UNIT,       /* "€" = 100, "cent" = 1 */
  MONEY_FOREIGN,    /* "dollar" */
  MONEY_AROUND,     /* "ca." */
  MONEY_EACH,       /* "à", "je", "x": times what follows */
  MONEY_PER,        /* "pro Stück": behind an amount */
  MONEY_OPTIONAL,   /* "vielleicht noch"; value "after": of what stands before it */
  MONEY_TOTAL,      /* "insgesamt" */
  MONEY_OFF,        /* "abzüglich" */
  MONEY_NOT_BEFORE, /* "Haus": the number behind it is no money */
  MONEY_NOT_BEHIND, /* "Leute": nor is the number before it */
  MONEY_VAGUE,      /* "ein paar hundert" */
  MONEY_CUE,        /* "kostet": a bare number right behind it is money */
  MONEY_ROLES
};

struct money_reader {
  const struct passage *passage;
  const struct lexeme *l;
  bool has_cue;   /* the text speaks of money somewhere */
  GArray *marks;  /* struct mark of enum money_role */
  guint *mark_at; /* by lexeme: index of the first mark that begins there, or behind */
};

/* The mark of a role that begins at a lexeme; NULL: none. */
const struct mark *money_mark_at(const struct money_reader *r, guint at, enum money_role role);

/* The amount that begins at a lexeme, with everything that belongs to it: a range, how often, cents. False:
 * none. `has_currency` is false for a bare number, which the caller judges. */
bool money_amount_at(const struct money_reader *r, guint at, struct money *money);

/* Whether nothing speaks against a bare number being money. */
bool money_may_be_bare(const struct money_reader *r, const struct money *money);

#endif
