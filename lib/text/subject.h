/* Subjects: prefixes of answers and forwards in many languages (RFC 5256 section 2.1 and what clients do: Re:
 * AW: Antw: WG: Fwd: SV: Re[2]: "Re^2:"), and list tags "[gruenau]". */
#ifndef TEXT_SUBJECT_H
#define TEXT_SUBJECT_H

#include <stdbool.h>

/* The subject without prefixes, without `tag` in brackets (NULL: none), white space folded. Never NULL;
 * caller frees. */
char *subject_base(const char *subject, const char *tag);
/* subject_base, case-folded: what two mails of one conversation share. Caller frees. */
char *subject_key(const char *subject, const char *tag);
bool subject_is_reply(const char *subject); /* starts with an answer's prefix */
bool subject_is_forward(const char *subject);

#endif
