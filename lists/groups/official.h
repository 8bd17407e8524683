/* What an office writes in a group as itself: its name as the author, a badge, no membership. */
#ifndef LISTS_GROUPS_OFFICIAL_H
#define LISTS_GROUPS_OFFICIAL_H

#include "lists/kinds.h"

#include "lib/store/cases/offices.h"

struct official_post {
  const struct list *list;
  const struct office *office;   /* NULL: the list itself says something, without a badge */
  const struct arrival *arrival; /* the mail as members get it; its From is not shown */
  int64_t parent;                /* the message that it answers; 0: by its References */
  const char *text;              /* that the archive shows */
};
/* Files it in its thread, marks it as the office's, and puts it into the outbox for all members. */
bool official_post(struct work *work, const struct official_post *post, struct decision *decision,
                   GError **error);

/* A mail to a group by a proven office: posted as the office's, without what belongs to its letter
 * (salutation, clerk, direct dial). *taken false: it is no office's, or a member writes from there, or
 * something speaks against it; it goes the way of any other mail. */
bool official_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *taken,
                   GError **error);

#endif
