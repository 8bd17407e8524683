/* Answers that somebody typed into the quote of a letter of ours. See among.c. */
#ifndef MAIL_CUT_AMONG_H
#define MAIL_CUT_AMONG_H

#include <glib.h>
#include <stdbool.h>

/* Marks in a letter: a value that may differ stands here; what was asked begins and ends. */
#define AMONG_HOLE  "\x01"
#define AMONG_ASKED "\x02"
#define AMONG_END   "\x03"

struct among_answer {
  char *text;         /* as it was typed, without quote signs; lines stay */
  char *about;        /* the letter's sentence before it, of what was asked; "" none */
  bool is_plain;      /* it stands between whole sentences, behind what was asked: its bounds are certain */
  bool is_difference; /* words of the letter's own are missing there: it may be nothing but what they were */
};

struct among {
  GPtrArray *answers; /* struct among_answer* */
  guint words, asked; /* of the letter that were found, and of what was asked */
  char *lead, *below; /* own words above the quote, and below it; "" */
  bool is_cut;        /* there are more answers than are read */
};

/* Finds the words of `letter` in `text`, the whole text of a mail, in their order, and what stands between
 * them. `text_new`: its own words as cut_text() found them. False: the letter is not quoted. Linear but for a
 * search in the letter's words; texts of more than 256 KB are not compared. The caller clears `out`. */
bool among_find(const char *text, const char *text_new, const char *letter, struct among *out);
void among_clear(struct among *among);

#endif
