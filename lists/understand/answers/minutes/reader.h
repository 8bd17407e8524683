/* What reads one segment of minutes, piece by piece: each piece uses up the lexemes it understood, so that
 * the next does not read them again, and what nothing used up is the proposal's name. For the files of this
 * folder.
 */
#ifndef LISTS_UNDERSTAND_ANSWERS_MINUTES_READER_H
#define LISTS_UNDERSTAND_ANSWERS_MINUTES_READER_H

#include "lists/understand/answers/minutes/parts.h"

enum use { USE_NONE, USE_DATA, USE_MARK, USE_FILLER };

struct part_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GArray *sums;     /* struct money, bare ones too */
  guint8 *use;      /* enum use of each lexeme */
  guint first, end; /* lexemes [first, end) of the segment */
  struct minutes_part *part;
};

/* The hit of a tag that begins at a lexeme; NULL: none. */
const struct phrase_hit *part_tag(const struct part_reader *r, const char *tag, guint at);
/* Whether one of these marks stands at a lexeme. */
bool part_mark(const struct part_reader *r, guint at, const char *marks);
void part_use_up(struct part_reader *r, guint first, guint end, enum use use);
/* The hit of a tag in the segment that is not used up; NULL: none. */
const struct phrase_hit *part_find(const struct part_reader *r, const char *tag);
/* The index of the first sum at or behind a lexeme, by halving. */
guint part_sum(const struct part_reader *r, guint lexeme);

/* A whole number, digits or words, that begins at a lexeme; -1: none. */
int part_count(const struct part_reader *r, guint at, guint *end);

/* How many were there. */
void part_read_heads(struct part_reader *r);

/* The votes of the part that a word at a lexeme speaks of ("ja", "dagegen", "Enthaltungen"); NULL: none. */
int *part_votes(struct part_reader *r, guint at, guint *end);
/* "4:12" alone, or beside what was decided and abstentions: votes and no time of day. */
bool part_is_pair(const struct part_reader *r, guint first, guint end);
void part_read_votes(struct part_reader *r);

/* A numbering at the segment's begin: "1. Hochbeete", "3) Hoffest", "TOP 2: …". */
void part_skip_numbering(struct part_reader *r);

/* Sums; where there is none, a bare number is one. */
void part_read_sums(struct part_reader *r);
/* Dates are no sums: of the whole text, once. */
void part_skip_dates(struct part_reader *r);

bool part_is_filler(const struct part_reader *r, guint at);
/* The name: of the runs before the first thing said, the first one behind the last colon that has one behind
 * it; else the first run of all. Names without a capital count only where no run has one. Caller frees. */
char *part_name(const struct part_reader *r);

#endif
