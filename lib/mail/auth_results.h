/* Authentication-Results (RFC 8601) as written: a pure parser, it trusts nobody. Comments, folding, quoted
 * strings and versions are understood; whatever is not of the grammar makes the whole field unusable. Also
 * reads ARC-Authentication-Results (RFC 8617), whose "i=1;" comes first. */
#ifndef MAIL_AUTH_RESULTS_H
#define MAIL_AUTH_RESULTS_H

#include <glib.h>
#include <stdbool.h>

struct auth_property {
  char *type;  /* "header", "smtp", "policy", "body"; "" where a sender left it out */
  char *name;  /* "from", "d", "mailfrom", lower case */
  char *value; /* quotes undone */
};

struct auth_result {
  char *method;          /* "dkim", lower case */
  char *result;          /* "pass", lower case */
  char *reason;          /* NULL if none is given */
  GPtrArray *properties; /* struct auth_property* */
};

struct auth_results {
  char *authserv_id;  /* as written; quotes undone */
  int instance;       /* of ARC's i=; 0 if there is none */
  GPtrArray *results; /* struct auth_result*; empty for "none" */
};

/* Reads a field's value (folded or not). NULL if it is malformed or of a version other than 1. */
struct auth_results *auth_results_parse(const char *value, gsize size);
void auth_results_free(struct auth_results *results);
typedef struct auth_results auth_results_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(auth_results_t, auth_results_free)

/* The value of a property, NULL if there is none. */
const char *auth_result_property(const struct auth_result *result, const char *type, const char *name);

#endif
