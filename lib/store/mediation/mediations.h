/* Mediations: one asks, one mediates, one is asked to take part. Names, addresses and mails of a mediation
 * are forgotten some time after its end; its row stays, without them. */
#ifndef STORE_MEDIATIONS_H
#define STORE_MEDIATIONS_H

#include "lib/store/store.h"

enum mediation_role { ROLE_REQUESTER, ROLE_OTHER, ROLE_MEDIATOR, ROLE_COUNT };

struct mediation_seat {
  int64_t person; /* 0: nobody we know */
  char *address;  /* normalised; NULL: the seat is empty */
  char *name;     /* as the others see it; "": none */
};

struct mediation {
  int64_t id, list;
  char *state; /* asked, taken, invited, open; refused, lapsed, withdrawn, closed */
  int64_t since, changed;
  int invitations;
  bool is_forgotten;
  struct mediation_seat
      seats[ROLE_COUNT]; /* as mediation_get fills them; lists of mediations leave them empty */
};
void mediation_free(struct mediation *mediation);
typedef struct mediation mediation_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(mediation_t, mediation_free)

const char *mediation_role_word(enum mediation_role role); /* "requester" */

/* A new one, asked for; returns its id, 0 on error. */
int64_t mediation_put(struct store *store, int64_t list, int64_t now, GError **error);
/* With its seats; NULL without error: none. */
struct mediation *mediation_get(struct store *store, int64_t id, GError **error);
/* Also the sign of life that keeps it open: `changed` is now. */
bool mediation_set_state(struct store *store, int64_t id, const char *state, int64_t now, GError **error);
bool mediation_count_invitation(struct store *store, int64_t id, GError **error);
/* Puts somebody into a seat; the strings of `seat` are copied. */
bool mediation_seat_put(struct store *store, int64_t id, enum mediation_role role,
                        const struct mediation_seat *seat, GError **error);
bool mediation_seat_remove(struct store *store, int64_t id, enum mediation_role role, GError **error);

/* Running ones in which an address has a seat. struct mediation*. */
GPtrArray *mediations_of_address(struct store *store, const char *address, GError **error);
/* All, by id after `after`. */
GPtrArray *mediations_page(struct store *store, int64_t after, int limit, GError **error);
/* Running ones in which nothing was done since `before`. */
GPtrArray *mediations_silent(struct store *store, int64_t before, int limit, GError **error);
/* Those that ended before `before` and are not forgotten. */
GPtrArray *mediations_over(struct store *store, int64_t before, int limit, GError **error);

/* A mail came to a list for mediation; of none yet. */
bool mediation_mail_note(struct store *store, int64_t mail, int64_t now, GError **error);
/* It belongs to this one. */
bool mediation_mail_put(struct store *store, int64_t id, int64_t mail, int64_t now, GError **error);
/* The mail that it began with; 0 without error: it is gone. */
int64_t mediation_first_mail(struct store *store, int64_t id, GError **error);

/* Removes the bytes (and whoever confirmed to have written them) of at most `limit` mails that belong to a
 * mediation (0: to none) and came before `before`, unless a message or a hold needs them. Returns how many;
 * -1 on error. */
int mediation_empty_mails(struct store *store, int64_t id, int64_t before, int limit, GError **error);
/* Removes its names and addresses, also from the questions that were asked. */
bool mediation_forget(struct store *store, int64_t id, GError **error);

#endif
