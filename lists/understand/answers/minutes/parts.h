/* Minutes cut into parts, each with what it says: see parts.c. For minutes.c and its readers. */
#ifndef LISTS_UNDERSTAND_ANSWERS_MINUTES_PARTS_H
#define LISTS_UNDERSTAND_ANSWERS_MINUTES_PARTS_H

#include "lists/understand/meaning.h"

struct minutes_part {
  char *name;             /* of a proposal; NULL: none */
  int64_t granted, asked; /* cents; -1: not said */
  int64_t remainder;      /* cents of what is left; -1 */
  int yes, no, abstain;   /* -1: not said */
  int present;            /* -1: not said */
  int number;             /* it is numbered with; 0: none */
  uint64_t numbers;       /* further ones, a bit each: "Vorschlag 1 und 3" */
  bool is_granted, is_partly, is_rejected, is_open, is_full;
  bool is_total;      /* a sum of all, or the budget */
  bool has_data;      /* an amount, votes or an outcome */
  bool is_short;      /* few words: may be a heading */
  bool is_everything; /* of all that was on the list */
  bool begins_line, follows_comma;
};

/* struct minutes_part*, in order. Never NULL; caller unrefs. */
GPtrArray *minutes_parts(const struct reading_room *room);

#endif
