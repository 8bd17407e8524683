/* Parts out: a part of a foreign mail written anew, with an allow-list of fields and, wherever that is
 * possible, its encoded bytes as they stand. Inside lib/mail only. */
#ifndef MAIL_PART_OUT_H
#define MAIL_PART_OUT_H

#include "lib/mail/parts.h"

/* What is to happen on the way; all but `out` may be NULL or 0. */
struct part_out {
  GString *out;
  GHashTable *dropped;             /* struct part*: left out */
  const struct part *plain, *html; /* written with this text instead of their own: UTF-8, LF */
  const char *plain_text, *html_text;
  int nesting; /* messages within messages */
};

/* Writes a part: its fields, an empty line, its body. */
void part_out_put(struct part_out *it, const struct part *part);

/* Is the part one whose bytes must stay as they are (signed, encrypted), and can they? */
bool part_is_sealed(const struct part *part, const GHashTable *dropped);

/* The part's HTML without what is active in it; NULL: it is no HTML, or harmless. Caller frees. */
char *part_out_guarded(const struct part *part);

/* A text of ours as a part: fields, empty line, body; 7bit where it fits, else quoted-printable.
 * `parameters`: "; format=flowed" or "". Slots survive in 7bit only. */
void part_out_text(GString *out, const char *type, const char *parameters, const char *text);
/* Can this text stand unencoded (and keep its slots)? */
bool part_out_is_seven_bit(const char *text);

/* A whole foreign mail, made 7-bit clean; its fields stay. */
void part_out_message(struct part_out *it, const void *raw, gsize size);

/* A boundary nobody can guess. Caller frees. */
char *part_out_boundary(void);
void part_out_multipart(GString *out, const char *subtype, const char *boundary, const char *parameters);
void part_out_delimiter(GString *out, const char *boundary, bool is_close);

#endif
