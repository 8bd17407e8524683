/* Sums of money in human words: "180,-", "1.200,50 €", "zwölf Euro fünfzig", "1,2 Tsd.", "2x 45 €",
 * "zwischen 200 und 300 Euro". Not house numbers, years, telephone numbers, postcodes. Words come from the
 * sections money.* of the tables (lib/text/phrases.h), numbers in words from lib/text/facts/numbers.h. */
#ifndef TEXT_FACTS_MONEY_H
#define TEXT_FACTS_MONEY_H

#include "lib/text/phrases.h"

struct money {
  guint first, end;    /* lexemes [first, end) of the passage, the currency with them */
  int64_t cents;       /* of euros; "2x 45 €" is 9000; of a range its lower end */
  int64_t cents_until; /* of a range its upper end; 0: none */
  bool
      has_currency; /* "€", "Euro", ",-" stood there; false: a bare number where the context asks for money */
  bool is_cued;        /* no currency, but words say that it is money: "kostet 180", "349,90" */
  bool is_approximate; /* "ca.", "ungefähr" */
  bool is_optional;    /* "vielleicht noch", "falls" */
  bool is_total;       /* "insgesamt", "Summe", "zusammen" */
  bool is_taken_off;   /* "abzüglich", "ohne", "minus" */
};

enum money_wish {
  MONEY_SURE, /* only what says that it is money */
  MONEY_BARE, /* bare numbers count too, where nothing speaks against them: an answer to "Wie viel?", minutes,
                 cost lines */
};

/* struct money, in order. Never NULL; caller unrefs. */
GArray *money_find(const struct passage *passage, enum money_wish wish);

struct cost {
  char *label;   /* "Trampolin"; "" where none was found */
  int64_t cents; /* -1: named without a price ("Preis klären wir noch") */
  bool is_optional;
  guint first, end; /* lexemes of the sum */
};

struct costs {
  GPtrArray *lines;    /* struct cost*, in order; totals are not among them */
  int64_t total_cents; /* stated, else the sum of what is not optional; -1: no sum at all */
  bool is_total_stated;
};

/* The costs a proposal names: lines of a table (text, tabs, HTML made text), lists, or sums in running prose
 * with what they are for. Never NULL. */
struct costs *costs_read(const struct passage *passage);
void costs_free(struct costs *costs);
typedef struct costs costs_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(costs_t, costs_free)

#endif
