/* Cases: anything that an office should answer. A question, a defect, a proposal's feasibility or a request
 * for a statement becomes one record with a number people can say on the phone, an office, a state, a due
 * day, a history, and a reply address for each party. One engine for all kinds; what differs stands in a row
 * of case_kinds (kinds.c). */
#ifndef LISTS_CASES_CASES_H
#define LISTS_CASES_CASES_H

#include "lists/kinds.h"
#include "lists/understand/meaning.h"

/* Kind "questions": each mail to it asks an office. */
bool question_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error);

/* ROUTE_CASE: somebody writes to a party's address of a case. */
bool cases_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                  GError **error);

/* An automatic answer at a party's address never acts; a proven office's that names the day of its return is
 * noted, and reminders wait for that. Anything else is nothing. */
bool cases_note_absence(struct work *work, const struct arrival *arrival, GError **error);

/* How an answer to this address is read; CONTEXT_NONE: it is no office's address of a case. Outside a
 * transaction. */
enum context cases_context(struct store *store, const struct address_target *target);

/* Reminders, escalation, honest words: what is due today, a few cases in the caller's transaction. Returns
 * how many; -1 on error. */
int cases_tick(struct work *work, GError **error);

#endif
