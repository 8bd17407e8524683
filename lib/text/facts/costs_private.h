/* What a cost is for, between the files that find the words and the one that counts
 * (costs.c). */
#ifndef TEXT_FACTS_COSTS_PRIVATE_H
#define TEXT_FACTS_COSTS_PRIVATE_H

#include "lib/text/facts/marks.h"
#include "lib/text/facts/money.h"

enum cost_role {
  COST_TRIM,    /* words at the edges of a label that are none of it: "die", "kostet" */
  COST_FOR,     /* "für": the label follows its amount */
  COST_WHERE,   /* "am", "in": ends a label in prose */
  COST_OPEN,    /* "Preis klären wir noch" */
  COST_NOT,     /* "statt", "Budget": the amount next to it is no cost */
  COST_REQUEST, /* "beantragen": a whole sum; value "weak": perhaps */
  COST_REST,    /* "bleiben": what is left to be paid */
  COST_HEADING, /* "Kosten:": bare numbers below are money */
  COST_UNIT,    /* the money.unit tag */
  COST_MORE,    /* "plus", "nochmal": the amount comes on top of others */
  COST_NET,     /* "netto" */
  COST_GROSS,   /* "brutto" */
  COST_ROLES
};

struct cost_item {
  struct money money;
  guint line, line_end; /* the line it stands in: lexemes [line, line_end) */
  guint label_end;      /* where the next label may begin */
  char *label;
  bool is_dropped, is_total, is_rest, is_open;
  bool is_adopted;  /* its number adds up with others to a sure amount */
  bool is_said_not; /* a word says that it is no cost */
  bool is_listed;   /* it goes on a list that began with a currency */
  bool is_on_top;   /* a word puts it on top of what was said before */
};

struct cost_reader {
  const struct passage *passage;
  const struct lexeme *l;
  GArray *marks;              /* struct mark of enum cost_role */
  const struct mark *heading; /* the first one; NULL: none */
};

/* costs_collect.c: the line an amount stands in. */
void cost_find_line(const struct lexemes *lexemes, struct cost_item *item);
/* "," "und" "+": what follows belongs to the same list. */
bool cost_is_joined(const struct lexeme *next);
/* costs_collect.c: every amount of a text (struct cost_item), those that are no cost dropped. Never NULL;
 * caller unrefs. */
GArray *costs_collect(const struct cost_reader *r, const GArray *found);

/* Whether a row of a table or list: a label, then nothing but the amount. */
bool cost_is_row(const struct cost_reader *r, const struct cost_item *item);

/* What an amount is for: words before it from `from` on, within it, or behind it up to `to`. "" for none.
 * Caller frees. */
char *cost_label(const struct cost_reader *r, struct cost_item *item, guint from, guint to);

/* The words before a place, back to `from` or the begin of the thought. Caller frees. */
char *cost_label_before(const struct cost_reader *r, guint from, guint to, bool is_row);

/* costs_around.c: bare numbers that add up to a sure amount, or are put on top of one; prices without tax
 * where one with tax is named; what is put on top of the total that is items[total]. */
void costs_adopt_sums(GArray *items);
void costs_adopt_more(const struct cost_reader *r, GArray *items);
void costs_drop_net(const struct cost_reader *r, GArray *items);
/* costs_around.c: bare numbers behind nouns, several in a row, are costs where nothing has a currency. */
void costs_find_bare_list(const struct cost_reader *r, GArray *items);
/* costs_each.c: the price of one becomes that of all, where their number is told. */
void costs_multiply(const struct cost_reader *r, GArray *items);
int64_t costs_on_top(const GArray *items, guint total);

#endif
