/* How somebody of an office is reached, within an answer of an office's. Lexemes [first, end) everywhere. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CARD_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CARD_H

#include "lib/text/phrases.h"

/* Behind the telephone number that begins at a lexeme: with a nought or a plus, or with the five digits of an
 * office's exchange ("90297 5817"); 0: none, as for a day ("01.12.2026"). */
guint official_number_end(const struct passage *passage, guint first);

/* Whether digits, as they are dialled ("0172 …", "+49 172 …", "0049 172 …"), are a mobile's, and so a
 * person's. */
bool official_is_mobile(const char *number);

/* Whether a line only says how somebody is reached: a telephone number, a room, hours. `has_begun`: something
 * was said above it, so that a number alone on its line is a dial. */
bool official_is_contact(const struct passage *passage, guint first, guint end, bool has_begun);

/* Whether words tell of the matter: what was or will be done, or not. */
bool official_tells(const struct passage *passage, guint first, guint end);

/* A line of contacts may begin with the answer ("Der Poller kommt im Mai. Durchwahl 1234"): behind its
 * sentences; `first`: it does not. */
guint official_told_before_contact(const struct passage *passage, guint first, guint end);
/* "Für Rückfragen erreichen Sie mich unter 030 …": a sentence that is no word for the public. */
bool official_is_about_clerk(const struct passage *passage, guint first, guint end);
/* Where a sentence that tells of the matter goes on to whom to ask ("…, Fragen an Frau L., -4711"); `end`:
 * nowhere. */
guint official_clerk_begin(const struct passage *passage, guint first, guint end);

/* Appends words without who sent the report and without the telephone numbers of people among them: mobiles,
 * and any number where the words speak of somebody. */
void official_append_without_people(GString *out, const struct passage *passage, guint first, guint end);

#endif
