/* Events: a mail that calls people together becomes a draft, its author confirms it, everybody who is invited
 * gets an invitation that calendars understand, and whoever answers, by a click or in words, is counted. What
 * others may call. */
#ifndef LISTS_EVENTS_EVENTS_H
#define LISTS_EVENTS_EVENTS_H

#include "lists/kinds.h"
#include "lists/understand/meaning.h"

struct message;
struct sender;
struct understanding;

/* The kind's receive: mail to a list of events opens one. */
bool events_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                    GError **error);

/* The kind's give_up: it was no call. */
bool events_give_up(struct work *work, const struct giving_up *giving, bool *is_given_up, GError **error);

/* A post to a group that calls people together: its author is asked whether it shall be an event. */
bool events_of_post(struct work *work, const struct arrival *arrival, const struct message *message,
                    const struct sender *sender, struct decision *decision, GError **error);

/* Somebody writes to a group, into a thread of it (0: none), or to the address of events, what becomes of an
 * event of theirs: they are asked whether it shall be so. Only who is proven to organise it. */
bool events_said_elsewhere(struct work *work, const struct arrival *arrival, const struct sender *sender,
                           int64_t thread, struct decision *decision, bool *is_asked, GError **error);

/* ROUTE_EVENT: somebody writes to a party's address of an event. */
bool events_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error);

/* Somebody answers, at an address that everybody may know, to an event that the public knows: by the number
 * of its page, or in words. *is_taken false: the mail does not. */
bool events_take_guest(struct work *work, const struct arrival *arrival, const struct sender *sender,
                       struct decision *decision, bool *is_taken, GError **error);

/* Could it be that, though it reads like a wish to join or leave a list: "Anmeldung"? */
bool events_may_register(const struct understanding *it);

/* A calendar's reply that came to another address of ours, by its UID; one of nobody we know reaches nobody.
 * *is_taken false: it is none. */
bool events_take_click(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error);

/* A foreign calendar's invitation, or its CANCEL, of an event that its sender organises here. *is_taken
 * false: it is of none. */
bool events_take_source(struct work *work, const struct arrival *arrival, struct decision *decision,
                        bool *is_taken, GError **error);

/* How a mail to this address is read; CONTEXT_NONE: it is of no event. Outside a transaction. */
enum context events_context(struct store *store, const struct address_target *target);

/* Invitations, reminders, ends: a few in the caller's transaction. Returns how many; -1 on error. */
int events_tick(struct work *work, GError **error);

#endif
