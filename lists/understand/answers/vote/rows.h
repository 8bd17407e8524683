/* The numbers of an answer to a list, and rows of them. Inside lists/understand/answers/vote. */
#ifndef LISTS_UNDERSTAND_ANSWERS_VOTE_ROWS_H
#define LISTS_UNDERSTAND_ANSWERS_VOTE_ROWS_H

#include "lists/understand/answers/asked.h"
#include "lists/understand/answers/clauses.h"

enum { NUMBER_MAX = 60, LOOK_LEXEMES = 8 };

struct vote_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GPtrArray *items;
  GArray *chosen; /* int */
  guint8 *other;  /* a lexeme: 1 belongs to a date or a sum */
  int top;        /* the list's last number; NUMBER_MAX where it is not known */
};

struct vote_row {
  guint first, end; /* from its first number to behind its last */
  GArray *numbers;
};

const struct phrase_hit *vote_tag_at(const struct vote_reader *r, const char *tag, guint at);
bool vote_is_mark(const struct vote_reader *r, guint at, const char *marks);

/* Marks the lexemes of dates and sums, but not a bare "2. 5." that only could be a date. */
void vote_mark_others(struct vote_reader *r);

/* The number of the list that stands at a lexeme; 0: none. */
int vote_number_at(const struct vote_reader *r, guint at);

/* The row that begins at a lexeme with a number; the caller has made its array of int. */
void vote_row_read(const struct vote_reader *r, guint at, struct vote_row *row);

/* By the words behind it, then before: "3 kann warten", "gegen die 3". */
bool vote_row_is_denied(const struct vote_reader *r, const struct vote_row *row);

/* A place where what is said of a row begins or ends. */
bool vote_is_border(const struct vote_reader *r, guint at);

/* Whether a hit says no; NULL does not. */
bool vote_denies(const struct phrase_hit *hit);

#endif
