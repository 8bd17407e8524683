/* What an office answers when it was asked whether a reply is to be published. See verdict.c. */
#ifndef LISTS_CASES_REPLIES_VERDICT_H
#define LISTS_CASES_REPLIES_VERDICT_H

#include "lists/decide.h"

enum said {
  SAID_YES,     /* as it was shown, but for what `without` names */
  SAID_NO,      /* plainly */
  SAID_NO_MORE, /* no, and something beside it */
  SAID_WORDS,   /* a new wording in the place of the old */
  SAID_UNCLEAR  /* asked once more */
};

struct verdict {
  enum said said;
  GPtrArray *without; /* char*: codes for reply_without */
  char *words;        /* the new wording; NULL */
  bool has_more;      /* it says something that neither agrees nor leaves out */
};
void verdict_read(const struct work *work, const struct arrival *arrival, struct verdict *verdict);
void verdict_clear(struct verdict *verdict);

/* A text without what a code names: "sentence:2", "paragraph:-1" (the last), "quote:…", and the codes of
 * lib/text/redact/wishes.h. *count gets how many places were found. Caller frees. */
char *reply_without(const struct work *work, const char *text, const char *code, guint *count);

#endif
