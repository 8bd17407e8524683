/* Who runs this installation: the admin of the configuration, and further ones whom admins asked and who said
 * yes. All may do the same; mail for postmaster@ goes to the first. */
#ifndef LISTS_ADMINS_H
#define LISTS_ADMINS_H

#include "lists/kinds.h"

struct value;

/* All of them, the configuration's first; none of our own addresses. char*; caller unrefs. NULL on error. */
GPtrArray *admins_of(struct work *work, GError **error);
/* Does an address (may be NULL), or this person (0: nobody we know), belong to an admin? *has says so. */
bool admins_has(struct work *work, const char *address, int64_t person, bool *has, GError **error);

/* "anna@amt.example, bert@amt.example": all but the configuration's, whom no mail removes. NULL on error.
 * Caller frees. */
char *admins_line(struct work *work, GError **error);
/* The addresses of a line are admins, besides the configuration's: who is new is asked, who is missing is
 * none any more and told. *is_kept: somebody would have been the last one, and stays. */
bool admins_change(struct work *work, const char *by, const char *line, struct value *values, bool *is_kept,
                   GError **error);
/* One address is asked whether it wants to be an admin's, or is none any more; all others stay. */
bool admins_change_one(struct work *work, const char *by, const char *address, bool is_given,
                       struct value *values, bool *is_kept, GError **error);
/* Somebody who was asked said yes: they are an admin, and all admins are told. */
bool admins_enter(struct work *work, const char *address, GError **error);

#endif
