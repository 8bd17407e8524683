/* A member's settings as lines, for the letters that show them and for the answers that change them. */
#ifndef LISTS_MEMBERS_SETTINGS_LINES_H
#define LISTS_MEMBERS_SETTINGS_LINES_H

#include "lists/kinds.h"

#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"

struct request;

/* How everything is, as a request remembers what its letter showed: lines "delivery=each"; where somebody
 * belongs to several lists "delivery.gruenau=each". language: the one that letters to them have. Caller
 * frees. */
char *settings_lines_of(const struct work *work, const GPtrArray *members, const struct person_choice *choice,
                        const struct consent *consent, const char *language);

/* What the lines of an answer want to change. */
struct settings_said {
  GArray *wishes;   /* struct settings_wish */
  GPtrArray *wrong; /* char*: lines of the sender's own that were not understood */
  bool has_lines;   /* there are lines of ours among the sender's own words */
};
struct settings_wish {
  int64_t list;     /* 0: the person's own, or all lists */
  GString *details; /* lines as settings_apply reads them */
};
void settings_said_clear(struct settings_said *said);
typedef struct settings_said settings_said_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(settings_said_t, settings_said_clear)

/* Reads the lines of an answer to the letter that `request` remembers. What equals what the letter showed
 * says nothing, and words of the sender's own go before quoted ones; a line or two of them are compared with
 * how it is `now` (settings_lines_of). `name`: as the sender's mails show it.
 */
void settings_lines_read(const struct work *work, const struct mail *mail, const struct request *request,
                         const char *now, const char *name, struct settings_said *said);

#endif
