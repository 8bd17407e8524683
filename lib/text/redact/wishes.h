/* What a moderator wants left out of a text before it goes on, by the codes of the tables' section
 * moderation.object ("phone", "address", "name", "email", "plate", "bank", "link", "contact"). Photos and
 * faces are no matter of text; who composes the mail leaves the files out. */
#ifndef TEXT_REDACT_WISHES_H
#define TEXT_REDACT_WISHES_H

#include "lib/text/places/gazetteer.h"

#include <glib.h>
#include <stdbool.h>

/* What a wish is about. */
enum redact_wish {
  REDACT_WISH_UNKNOWN, /* nothing that a program finds; a person must do it */
  REDACT_WISH_TEXT,
  REDACT_WISH_FILES,
};
enum redact_wish redact_wish_of(const char *code);

/* Replaces in valid UTF-8 what the code names by a neutral word in brackets. *count gets how many places were
 * found. `domain` is ours, whose addresses stay; `gazetteer` may be NULL. Linear time. Caller frees. */
char *redact_wish(const char *text, const char *code, const char *domain, const struct gazetteer *gazetteer,
                  guint *count);

/* Takes somebody out who is named by a surname: every place where it stands, with the names and the title
 * around it. Without regard to umlauts' spelling. *count gets the places. Caller frees. */
char *redact_person(const char *text, const char *surname, guint *count);

/* Takes a number out however it is written ("0176 44 55", "0176/4455"): every place with the same digits.
 * *count gets the places. Caller frees. */
char *redact_number(const char *text, const char *number, guint *count);

#endif
