/* What moderators decided, and what lists do in cases that are not ordinary. Of a decision the row says what,
 * when, where and by whom; never what was written. */
#ifndef STORE_MODERATION_H
#define STORE_MODERATION_H

#include "lib/store/store.h"

struct decision_row {
  int64_t id, at, list; /* list 0: none */
  char *item;           /* "h12", "m7", "t3", "n4"; "f7": the files of message 7 */
  char *code;           /* why it was held; "" */
  int64_t moderator;    /* person; 0: the admin, the operator or nobody */
  char *decision;       /* "approve", "redact", "reject", "wait", "expire", … */
  char *way;            /* "mail", "command", "time" */
};
void decision_row_free(struct decision_row *row);
typedef struct decision_row decision_row_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(decision_row_t, decision_row_free)

bool decision_log(struct store *store, const struct decision_row *row, GError **error);
/* The last one about an item; NULL without error: none. */
struct decision_row *decision_last(struct store *store, const char *item, GError **error);
/* By id after `after`. struct decision_row*. */
GPtrArray *decisions_page(struct store *store, int64_t after, int limit, GError **error);

/* A list took `mail` in place of `original`. */
bool redaction_put(struct store *store, int64_t original, int64_t list, int64_t mail, GError **error);
/* The mail that a list took in its place; 0: none; -1 on error. */
int64_t redaction_of(struct store *store, int64_t original, int64_t list, GError **error);

/* A list's own action for a rule; "" where it has none. NULL on error. Caller frees. */
char *list_rule_get(struct store *store, int64_t list, const char *rule, GError **error);
/* All of a list's own: name → action, both char*. NULL on error; caller unrefs. */
GHashTable *list_rules(struct store *store, int64_t list, GError **error);
/* action NULL: as the table of rules says. */
bool list_rule_put(struct store *store, int64_t list, const char *rule, const char *action, GError **error);

/* How a list treats a sender: "moderated", "banned", "" for as everybody. NULL on error. Caller frees. */
char *watched_get(struct store *store, int64_t list, const char *address, GError **error);
/* rule NULL: as everybody again. */
bool watched_put(struct store *store, int64_t list, const char *address, const char *rule, int64_t now,
                 GError **error);

bool thread_close(struct store *store, int64_t thread, int64_t now, GError **error);
bool thread_open(struct store *store, int64_t thread, GError **error); /* undoes it */
bool thread_is_closed(struct store *store, int64_t thread, bool *is_closed, GError **error);

/* Puts `text` in a message's place: its words, name, subject and files go; its number and place stay. */
bool message_withdraw(struct store *store, int64_t message, const char *text, int64_t now, GError **error);
bool message_is_withdrawn(struct store *store, int64_t message, bool *is_withdrawn, GError **error);

#endif
