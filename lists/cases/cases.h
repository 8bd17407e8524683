/* Cases: anything that an office should answer. A question, a defect, a proposal's feasibility or a request
 * for a statement becomes one record with a number people can say on the phone, an office, a state, a due
 * day, a history, and a reply address for each party. One engine for all kinds. */
#ifndef LISTS_CASES_CASES_H
#define LISTS_CASES_CASES_H

#include "lists/kinds.h"
#include "lists/understand/meaning.h"

/* Kind "questions": each mail to it asks an office. */
bool question_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error);

/* A mail to no address of a case that names a number ("Zu KP-2026-0173: …") belongs to it where a party of
 * the case, or an office, wrote it. *is_taken false: it is none, or not theirs. */
bool cases_take_named(struct work *work, const struct arrival *arrival, struct decision *decision,
                      bool *is_taken, GError **error);

/* As in the table of kinds: a mail that became a case was something else. False while it is too late. */
bool cases_give_up(struct work *work, const struct giving_up *giving, bool *is_given_up, GError **error);

/* A moderator hands a post of a group over to an office: a case with its thread, and a line in the thread. */
struct message;
struct handing_over {
  const struct list *list;
  const struct message *message;
  bool is_statement; /* what the office says to the thread is asked for */
  const char *words; /* an office's sign or a topic; "": found from the post */
};
/* Are words that follow "weiterleiten an" an office, and is that all? */
enum names_office { NAMES_NONE, NAMES_OFFICE, NAMES_OFFICE_AND_MORE };
bool cases_names_office(struct work *work, const char *words, enum names_office *names, GError **error);
/* Where the thread has an open case already, that one is named. *number "KP-2026-0173"; caller frees. */
bool cases_hand_over(struct work *work, const struct handing_over *it, char **number,
                     struct decision *decision, GError **error);

/* ROUTE_CASE: somebody writes to a party's address of a case. */
bool cases_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                  GError **error);

/* An automatic answer at a party's address never acts; a proven office's that names the day of its return is
 * noted, and reminders wait for that. Anything else is nothing. */
bool cases_note_absence(struct work *work, const struct arrival *arrival, GError **error);

/* How an answer to this address is read; CONTEXT_NONE: it is no office's address of a case. Outside a
 * transaction. */
enum context cases_context(struct store *store, const struct address_target *target);

/* A letter to an office's mailbox came back for good (`status` "5.1.1"): the address gets none until it
 * writes again or is named anew; another one of the office is asked, else the coordinator; the admin learns
 * it, once. Nothing where the address is no office's. */
bool cases_mailbox_returned(struct work *work, const char *address, const char *status, GError **error);
/* It has written: it is there. */
bool cases_mailbox_heard(struct work *work, const char *address, GError **error);

/* Reminders, escalation, honest words: what is due today, a few cases in the caller's transaction. Returns
 * how many; -1 on error. */
int cases_tick(struct work *work, GError **error);

#endif
