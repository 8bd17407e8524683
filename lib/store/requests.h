/* Requests: questions of ours that wait for an answer by mail, and what was said to them. A request is open
 * until it ends once, as yes, no, settled (somebody else decided) or expired; its row stays as the proof. */
#ifndef STORE_REQUESTS_H
#define STORE_REQUESTS_H

#include "lib/store/store.h"

struct request {
  int64_t id;
  char *purpose;
  int64_t list, person; /* 0: none; nobody we know */
  char *address;        /* where we asked, normalised */
  int64_t object;       /* what it is about, by purpose */
  char *details;        /* lines "name=value" */
  char *state;          /* open, yes, no, settled, expired */
  int64_t asked, due;
  int reminders;
  int64_t answered; /* 0: not */
  char *answer_id;
  char *shown; /* SHA-256 of the text that was shown, in hex */
};
void request_free(struct request *request);
typedef struct request request_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(request_t, request_free)

/* The value of a line "name=…" of the details; NULL: none. Caller frees. */
char *request_detail(const struct request *request, const char *name);
/* The same as a number; 0: none. */
int64_t request_number(const struct request *request, const char *name);

/* Inserts an open one; id is set. rate_key: what limits count by. */
bool request_put(struct store *store, struct request *request, const char *rate_key, GError **error);
/* SHA-256 of the text that was shown, once it is composed. */
bool request_set_shown(struct store *store, int64_t id, const unsigned char sha256[32], GError **error);
/* Its details are these from now on. */
bool request_set_details(struct store *store, int64_t id, const char *details, GError **error);
struct request *request_get(struct store *store, int64_t id, GError **error); /* NULL without error: none */
/* The open one of purpose, address, list (0: none) and object; NULL without error: none. */
struct request *request_find_open(struct store *store, const char *purpose, const char *address, int64_t list,
                                  int64_t object, GError **error);
/* The open ones of a purpose about an object. struct request*. */
GPtrArray *requests_about(struct store *store, const char *purpose, int64_t object, GError **error);
/* Open ones whose time has come, oldest first. */
GPtrArray *requests_due(struct store *store, int64_t now, int limit, GError **error);
GPtrArray *requests_page(struct store *store, int64_t after, int limit, bool open_only, GError **error);
/* How many of a purpose were asked under this key after `since`; -1 on error. */
int64_t requests_count(struct store *store, const char *purpose, const char *rate_key, int64_t since,
                       GError **error);
/* Ends an open one. *is_first: it was open until now. */
bool request_end(struct store *store, int64_t id, const char *state, int64_t now, const char *answer_id,
                 bool *is_first, GError **error);
/* Asked again: next due then. */
bool request_put_off(struct store *store, int64_t id, int64_t due, GError **error);
/* Somebody wants to be asked again: next due then, as if it had not been reminded of yet. */
bool request_again(struct store *store, int64_t id, int64_t due, GError **error);

/* Forgets requests that ended in this state ("no", "expired", "settled") and were due before `before`, at
 * most limit. Returns how many; -1 on error. */
int requests_forget(struct store *store, const char *state, int64_t before, int limit, GError **error);

#endif
