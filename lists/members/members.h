/* Membership by mail: what somebody wants about their own place in a list, said by an address of ours
 * (gruenau+beitreten@), by the address for leaving, or in plain words at a list or at the front door. */
#ifndef LISTS_MEMBERS_H
#define LISTS_MEMBERS_H

#include "lists/kinds.h"

/* ROUTE_WISH: command addresses and the address for leaving. */
bool members_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                  GError **error);

/* A mail at a list or the front door: is it a wish of this sender about a membership? *is_taken false: it is
 * none, and the kind goes on with it. */
bool members_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error);

/* Does a mail say that somebody else, whose address it names, shall come into the list? MAYBE: it speaks of
 * other things, too, or of a day. Pure. invite_said.c */
enum invite_said { INVITE_NOT_SAID, INVITE_MAYBE_SAID, INVITE_SAID };
enum invite_said invite_said(const struct arrival *arrival);
/* Does it call to an occasion ("zum Grillen", "zu mir"), or to something on a day, and to no list? */
bool invite_is_to_event(const struct arrival *arrival);

/* Does this address answer a letter of ours that is about what one can settle: the welcome letter, help, the
 * settings? Then any words are a wish, and who is not understood hears that from us. Outside a transaction.
 */
bool settings_is_answer(struct store *store, const struct address_target *target);

/* Does an answer to a letter say nothing but thanks? settings_answer.c */
bool settings_only_thanks(const struct arrival *arrival);

/* Letters to the person have this language from now on; `arrival`, in which they said so, is answered with
 * how their settings are. settings.c */
bool settings_take_language(struct work *work, const struct arrival *arrival, int64_t person,
                            const char *address, const char *language, GError **error);

/* A member has clicked "unsubscribe" (RFC 8058): `kiezpost http` says so by a mail with this sender (at our
 * domain) and subject to the member's address for leaving. */
#define MEMBERS_CLICK_SENDER  "one-click"
#define MEMBERS_CLICK_SUBJECT "List-Unsubscribe=One-Click"

/* Ends pauses whose last day lies before `today` (YYYY-MM-DD), a few. Returns how many; -1 on error. */
int members_resume(struct work *work, const char *today, GError **error);

#endif
