/* What a moderator wanted left out, from one answer to the next. See wanted.c. */
#ifndef LISTS_MODERATION_WANTED_H
#define LISTS_MODERATION_WANTED_H

#include <glib.h>
#include <stdbool.h>

struct request;
struct store;

/* Before words that an answer quotes or names, among codes of kinds of things. */
#define LEFT_OUT_WORDS "words:"

/* Did an answer to this question want something out, without getting it? */
bool wanted_any(const struct request *request);
/* What of it a program finds, as codes. char*; caller unrefs. */
GPtrArray *wanted_codes(const struct request *request);
/* Adds to it: codes, and names of people. */
bool wanted_remember(struct store *store, const struct request *request, const GPtrArray *codes,
                     const GPtrArray *names, GError **error);

#endif
