/* Notices of content that somebody holds to be illegal (DSA Art. 16). */
#ifndef STORE_NOTICES_H
#define STORE_NOTICES_H

#include "lib/store/store.h"

struct notice {
  int64_t id, mail;
  char *recipient; /* our address that it came to */
  int64_t list;    /* the one concerned; 0: none is named */
  char *address;   /* who sent it, normalised; "" unknown or a program */
  bool is_proven;  /* our MTA vouched for that address */
  int64_t since;
  char *state;     /* open, upheld, dismissed */
  int64_t decided; /* 0: not */
};
void notice_free(struct notice *notice);
typedef struct notice notice_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(notice_t, notice_free)

/* id is set. A mail that was given up as a notice, and is one after all, is open again under its number. */
bool notice_put(struct store *store, struct notice *notice, GError **error);
struct notice *notice_get(struct store *store, int64_t id, GError **error); /* NULL without error: none */
/* The notice that a mail at one of our addresses was; NULL without error: none. */
struct notice *notice_of_mail(struct store *store, int64_t mail, const char *recipient, GError **error);
/* By number, behind `after`. struct notice*. */
GPtrArray *notices_page(struct store *store, int64_t after, int limit, GError **error);
/* "upheld" or "dismissed", once. */
bool notice_decide(struct store *store, int64_t id, const char *state, int64_t now, GError **error);

#endif
