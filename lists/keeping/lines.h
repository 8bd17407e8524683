/* Lines "label: value" of a mail that answers a letter of ours, read tolerant: settings.c of a group, the
 * roles and the new lists of admins. */
#ifndef LISTS_KEEPING_LINES_H
#define LISTS_KEEPING_LINES_H

#include <glib.h>
#include <stdbool.h>

enum { LINES_WRONG_MAX = 5 };

/* One line on its way. */
struct line {
  const char *label, *value; /* without marks and blanks around; value "" where nothing stands there */
  const char *written;       /* the line as it stands, for its writer to read again */
  bool is_ours;              /* its label is one of ours */
  bool is_quoted;            /* behind ">", or behind the head of a quoted mail */
};

/* Reads the lines of a text that have a label, and hands each to `take`. A line without a label goes on with
 * one of ours before it when that one was long or ended in a comma, as mail programs break them. The head of
 * a quoted mail ("Von: … Gesendet: … Betreff: …") is passed over, and so are labels in quotation marks, which
 * stand in the sentences of our own letters. */
typedef bool line_is_ours(const char *label, void *data);
typedef void line_take(const struct line *line, void *data);
void lines_read(const char *text, line_is_ours *is_ours, line_take *take, void *data);

/* The value of the phrase of a table's section that covers all words of a short text; NULL: none. Interned.
 */
const char *lines_word(const char *text, const char *section);
/* Notes a line (char*) that was not understood, cut to what a letter can show; a few at most. */
void lines_note_wrong(GPtrArray *wrong, const char *written);

#endif
