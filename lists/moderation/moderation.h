/* Moderation by mail: whoever has duties of a list is asked about what waits, with the post to read, and
 * answers in a word. One question a person and item; the first answer counts, the others' are settled.
 * Everything decided is logged without content (lib/store/moderation). */
#ifndef LISTS_MODERATION_H
#define LISTS_MODERATION_H

#include "lists/kinds.h"
#include "lists/requests/requests.h"

#include "lib/store/mails.h"

struct message;

/* Asks everybody with duties of the hold's list (its moderators and keepers; else the admin) about a mail
 * that has just been held. Whoever was asked too much today is asked later, by moderation_tick. */
bool moderation_ask(struct work *work, const struct mail *mail, const struct hold *hold, GError **error);

/* Asks about what could not be asked at once, a few. Returns how many; -1 on error. */
int moderation_tick(struct work *work, GError **error);

/* An answer to a post, or to its author alone, by which a moderator of its list takes the post back, closes
 * its thread or has its author moderated. *taken false: it is none of that. */
bool moderation_take_order(struct work *work, const struct arrival *arrival, struct decision *decision,
                           bool *taken, GError **error);

/* Takes a post back for a moderator, or an admin (0); its author learns it, with the reason ("": none), and
 * it is logged. orders.c */
bool order_withdraw(struct work *work, const struct arrival *arrival, const struct message *message,
                    int64_t moderator, const char *reason, GError **error);
/* The post that links of a text to the archive lead to: *id 0: none does, -1: several are linked.
 * abuse_post.c */
bool post_linked(struct work *work, const char *text, int64_t *id, GError **error);

/* A hold is gone by a command of the operator's, or by a mail that came to a better address: nobody need
 * answer any more. `decision` ("approve", "reject") is logged; NULL: nothing was decided. */
bool moderation_settle_by_command(struct store *store, const struct hold *hold, const char *decision,
                                  int64_t now, GError **error);

/* The held mail, read anew, with the envelope it came with. NULL on error. Caller frees (incoming_free). */
struct incoming *moderation_read(struct work *work, const struct hold *hold, GError **error);

/* Ends the open requests of a purpose about an object; tells those who were asked that it is done, and by
 * whom. settle.c */
bool settle_requests(struct work *work, const char *purpose, int64_t object, int64_t moderator,
                     const char *decision, GError **error);

#endif
