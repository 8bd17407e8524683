/* Routing: a table of rules, first match wins; every decision has a readable reason. The same code serves the
 * worker and `kiezpost explain`. */
#ifndef LISTS_ROUTE_H
#define LISTS_ROUTE_H

#include "lists/kinds.h"

enum route_action {
  ROUTE_RECEIVE, /* the list's kind decides */
  ROUTE_IGNORE,  /* robots, loops, empty mail at addresses where they mean nothing: filed in `handled`, never
                    acted upon */
  ROUTE_BOUNCE,  /* a report about one of our letters (lists/bounces/) */
  ROUTE_HOLD,    /* commands and duties whose kind is not built yet, spoofed senders */
  ROUTE_ADMIN,   /* postmaster@, abuse@: forwarded to the admin */
  ROUTE_FILE_ONLY,  /* kiez@ beside a specific address of the same mail */
  ROUTE_PRIVATE,    /* "nur an Lothar": forwarded to the author alone */
  ROUTE_ATTACHMENT, /* "Anhang anfordern" */
  ROUTE_PROBE,      /* `kiezpost check` looks at what the MTA does (lists/probe.h) */
  ROUTE_ANSWER,     /* it answers a question of ours (lists/requests/) */
  ROUTE_WISH,       /* a command about a membership (lists/members/) */
  ROUTE_CASE,       /* a party writes to a case (lists/cases/) */
  ROUTE_EVENT,      /* a party writes to an event (lists/events/) */
};

struct route {
  enum route_action action;
  const char *list; /* NULL: none; owned by the address book */
  const char *kind;
  const char *intent; /* of explain's meaning: post, reply, ignore, unclear … */
  char *reason;       /* one readable sentence, no personal data */
  const char *code;   /* for ROUTE_HOLD: which hold (lists/holding.h) */
  bool is_loop;       /* it has been here before */
};
void route_clear(struct route *route);

/* other_recipients: further addresses of ours that the same mail went to (normalised, NULL-ended, may be
 * NULL). */
struct route route_mail(const struct mail *mail, const struct address_target *target,
                        const char *const *other_recipients);

/* The same for a mail that a person let through: what is only suspected is not held again. */
struct route route_mail_released(const struct mail *mail, const struct address_target *target);

/* The specific addresses of ours (no front door, no duty of the domain) that a mail went to besides
 * `recipient`: of `recipients` (the envelope's, further ones known; NULL-ended, may be NULL) and those its To
 * and Cc name, since the MTA hands it to these in transactions of their own. NULL-ended, caller frees with
 * g_strfreev. */
char **route_other_recipients(const struct address_book *book, const struct mail *mail, const char *recipient,
                              const char *const *recipients);

#endif
