/* What `explain` says about one mail. */
#ifndef MTA_HOOKS_EXPLAIN_EXPLAIN_H
#define MTA_HOOKS_EXPLAIN_EXPLAIN_H

#include "lib/mail/pictures/pictures.h"
#include "lib/store/directory.h"
#include "lists/addresses.h"
#include "lists/understand/meaning.h"
#include "mta-hooks/verb.h"

/* What the mail is seen against. */
struct explanation {
  const struct config *config;
  struct keys *keys;   /* NULL: tokens are known by their shape only */
  struct store *store; /* open for reading; NULL: there is none */
  struct address_book *book;
  struct gazetteer *gazetteer; /* NULL: none */
  GHashTable *list_regions;    /* name of a list → of its region; NULL: none is known */
  struct pictures *pictures;   /* NULL: photos say nothing */
  enum context context;        /* of --context */
  int64_t now;                 /* 0: the mail's own Date */
};

/* The JSON object of one mail. Caller frees. */
char *explain_mail(const struct explanation *explanation, const struct mail *mail, const char *recipient,
                   bool is_pretty);

#endif
