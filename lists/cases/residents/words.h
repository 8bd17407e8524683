/* What somebody writes about their case. */
#ifndef LISTS_CASES_WORDS_H
#define LISTS_CASES_WORDS_H

#include "lib/text/phrases.h"

enum case_words {
  CASE_WORDS_NONE,      /* nothing was written */
  CASE_WORDS_MORE,      /* more about it */
  CASE_WORDS_ASKED,     /* a question */
  CASE_WORDS_THANKS,    /* and nothing else; or that they have not looked yet: nothing is to be done */
  CASE_WORDS_WITHDRAWN, /* "hat sich erledigt" */
  CASE_WORDS_FIXED,     /* "ja, ist behoben" */
  CASE_WORDS_NOT_FIXED, /* "immer noch kaputt" */
  CASE_WORDS_STOP,      /* no more letters */
  CASE_WORDS_NAME,      /* "mein Name darf genannt werden" */
  CASE_WORDS_NO_NAME,
};
/* `is_done_asked`: the office said that it is done, and we asked whether it is. */
enum case_words case_words_read(const struct passage *passage, bool is_done_asked);
/* Do they want nothing of it published? As an answer to a letter of ours a few words say it. *says_more (may
 * be NULL): there is something else in the mail. */
bool case_words_private(const struct passage *passage, bool is_answer, bool *says_more);
/* Do they want a private case of theirs to be public after all? */
bool case_words_public(const struct passage *passage, bool *says_more);
/* Do they want to be told about somebody else's case? */
bool case_words_follow(const struct passage *passage);
/* The same in a mail that names the case's number: fewer words are enough. */
bool case_words_follow_named(const struct passage *passage);
/* Do they want letters that are easy to read? */
bool case_words_simple(const struct passage *passage);
/* The language that they want our letters in ("de-x-leicht", "tr"); NULL: they say nothing of it. *rest: what
 * else the mail says; NULL: nothing. Caller frees it. language.c */
const char *case_words_language(const char *text, char **rest);
/* May the office be told who asks? */
bool case_words_name(const struct passage *passage);

#endif
