/* Offices: departments that answer cases, who writes for them, and what they are responsible for. An office
 * is known by its addresses and domains, never by a display name. */
#ifndef STORE_OFFICES_H
#define STORE_OFFICES_H

#include "lib/store/store.h"

struct office_address {
  char *address;    /* normalised; "@ba-tk.berlin.de": all of a domain */
  char *use;        /* main: its letters go there; deputy: reminders too; sender: may only answer */
  int64_t returned; /* since when letters come back from it for good; 0: they do not */
};
struct office_duty {
  char *topic;    /* a value of [office.topic]; "": whatever there is in that region */
  int64_t region; /* 0: all */
};
struct office {
  int64_t id;
  char *sign, *name;
  int days;           /* working days to answer */
  char *working_days; /* "12345": 1 is Monday */
  char *clerk;        /* role, name: how a clerk is shown to the public */
  char *signature;    /* a line under its published answers; "": its name */
  bool is_coordinator, is_by_hand, four_eyes;
  bool is_removed;      /* read only */
  char *network;        /* the name that our MTA gives mail from its network; "": none */
  int64_t rerouted;     /* how often it was not responsible: read only, see office_rerouted */
  GPtrArray *addresses; /* struct office_address* */
  GPtrArray *duties;    /* struct office_duty* */
};
struct office *office_new(void); /* with the defaults of a new one */
void office_free(struct office *office);
typedef struct office office_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(office_t, office_free)
void office_add_address(struct office *office, const char *address, const char *use);
/* Where its letters go: its first main address that is no domain; NULL: it has none. */
const char *office_main_address(const struct office *office);
/* The same; where letters come back from it a deputy's, else one that else only answers. NULL: none takes
 * mail.
 */
const char *office_reached_at(const struct office *office);
/* Do letters come back from this address of the office? */
bool office_returns(const struct office *office, const char *address);
void office_add_duty(struct office *office, const char *topic, int64_t region);

/* Creates (id 0; set; a removed one of that sign is used again) or replaces it with addresses and duties. A
 * coordinator takes the place of the one before. */
bool office_put(struct store *store, struct office *office, int64_t now, GError **error);
/* It gets no more cases, its open ones are looked at today (lists/cases/mailbox.c); what it answered stays
 * under its name. */
bool office_remove(struct store *store, int64_t id, int64_t now, GError **error);
/* NULL without error: there is none. Removed ones are found by id only. */
struct office *office_get(struct store *store, int64_t id, GError **error);
struct office *office_by_sign(struct store *store, const char *sign, GError **error); /* any case */
struct office *office_coordinator(struct store *store, GError **error);
GPtrArray *offices_all(struct store *store, GError **error); /* struct office*, by sign */
/* Signs and names alone, for finding them in words. struct office*. */
GPtrArray *offices_names(struct store *store, GError **error);
/* Was there ever one? */
bool offices_any(struct store *store, bool *any, GError **error);

/* Offices that a normalised address writes for, by itself or its domain: int64_t ids. NULL on error. */
GArray *offices_of_address(struct store *store, const char *address, GError **error);
/* Offices with a duty for this topic in this region (0: none known): the most exact kind of duty that any
 * has: topic and region, topic everywhere, whatever in the region. int64_t ids. NULL on error. */
GArray *offices_for(struct store *store, const char *topic, int64_t region, GError **error);

/* Letters come back from the address since then; 0: they do not. *is_new: that was not known. heard: they do
 * not, whatever office has it. */
bool office_address_heard(struct store *store, const char *address, GError **error);
bool office_address_returned(struct store *store, int64_t id, const char *address, int64_t since,
                             bool *is_new, GError **error);

/* It said once more that it is not responsible. */
bool office_rerouted(struct store *store, int64_t id, GError **error);

#endif
