/* Persons, their addresses, their memberships. Roles hang on confirmed addresses, never on display names. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "lib/store/store.h"

/* The person of a normalised address; 0 without error: unknown. */
int64_t person_find(struct store *store, const char *address, GError **error);
/* Finds or creates; confirmed: 0 or when. */
int64_t person_ensure(struct store *store, const char *address, const char *name, int64_t confirmed,
                      int64_t now, GError **error);
/* Any confirmed address of a person, the one first vouched for; NULL without error: none. Caller frees. */
char *person_address(struct store *store, int64_t person, GError **error);

/* What a person has settled for all lists. */
struct person_choice {
  int64_t person;
  char *name;        /* as last sent */
  char *language;    /* BCP 47, of letters to them; "": the list's */
  char *shown;       /* initial, full, pseudonym: the name that the public sees */
  char *pseudonym;   /* with shown = pseudonym, what all see; "" if none */
  char *invitations; /* calendar, text: how invitations, changes and cancellations come; NULL when put: as it
                        is */
};
void person_choice_free(struct person_choice *choice);
typedef struct person_choice person_choice;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(person_choice, person_choice_free)
/* Never NULL without error: who is unknown has chosen nothing. */
struct person_choice *person_choice_get(struct store *store, int64_t person, GError **error);
/* Writes language, shown, pseudonym and invitations. A change of the name makes the person's public pages
 * stale: the first of them at once, the others by person_mark_pages. */
bool person_choice_put(struct store *store, const struct person_choice *choice, GError **error);
/* Marks pages of whose names have changed, up to `limit` messages. Returns how many were looked at; 0:
 * nothing is left; -1 on error. */
int person_mark_pages(struct store *store, int limit, GError **error);
/* Is anybody else known by this name, as sent or as chosen? Capitals of ASCII letters do not matter. */
bool person_name_is_taken(struct store *store, const char *name, int64_t person, bool *is_taken,
                          GError **error);
/* All confirmed addresses of a person, the one first vouched for first. char*. */
GPtrArray *person_addresses(struct store *store, int64_t person, GError **error);
/* One more address of a person. False with FAULT_INPUT where it is somebody else's. */
bool person_add_address(struct store *store, int64_t person, const char *address, int64_t now,
                        GError **error);
/* Two persons are one: addresses, memberships and roles of `from` become those of `into`, whose own settings
 * stand where both have some. Messages follow by person_move_messages. */
bool person_merge(struct store *store, int64_t from, int64_t into, int64_t now, GError **error);
/* Up to `limit` messages of merged persons. Returns how many were moved; 0: nothing is left; -1 on error. */
int person_move_messages(struct store *store, int limit, GError **error);
/* Whom a person's number means now: themselves, or whom they were merged into. *person is set. */
bool person_now(struct store *store, int64_t *person, GError **error);
/* Their memberships as they are now, without those they left. struct member*. */
GPtrArray *person_memberships(struct store *store, int64_t person, GError **error);

struct member {
  int64_t list, person;
  char *address, *name;
  char *roles;              /* "member,moderator" */
  char *delivery;           /* each, daily, weekly, own, none */
  char *state;              /* pending, active, paused, bouncing, left */
  int own_copy;             /* -1: as the list says, 0, 1 */
  int64_t since, confirmed; /* confirmed 0: not */
  char *paused_until;       /* last day of a pause, YYYY-MM-DD; "" (or NULL when put): none is named */
};
void member_free(struct member *member);
typedef struct member member_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(member_t, member_free)

/* Inserts or changes the membership; advances the change counter. person may be 0: found or created by
 * address. */
bool member_put(struct store *store, struct member *member, int64_t now, GError **error);
/* Many at once (member add from a file): as member_put for each, one change. */
bool member_put_many(struct store *store, GPtrArray *members, int64_t now, GError **error);
/* State becomes "left". False with FAULT_NO_ADDRESS when there is no such member. */
bool member_remove(struct store *store, int64_t list, int64_t person, int64_t now, GError **error);
/* As it is now; NULL without error: never was one, or left. */
struct member *member_find(struct store *store, int64_t list, int64_t person, GError **error);
bool member_has_role(const struct member *member, const char *role);
/* By person id after `after`, at most limit; without those who left unless with_left. */
GPtrArray *members_page(struct store *store, int64_t list, int64_t after, int limit, bool with_left,
                        GError **error);
/* Active members of one role. struct member*. */
GPtrArray *members_with_role(struct store *store, int64_t list, const char *role, GError **error);
/* Members whose pause was over before this day (YYYY-MM-DD). struct member*. */
GPtrArray *members_to_resume(struct store *store, const char *today, int limit, GError **error);
/* Active members with delivery "each": for the log line. */
int64_t members_receiving(struct store *store, int64_t list, GError **error);
/* The counter now. */
int64_t members_change(struct store *store, GError **error);

#endif
