/* The address book: every valid address of ours, in memory. Made from the store (worker), from the small file
 * that the worker publishes by rename (receiver, socketmap), or from the shipped district (explain without a
 * store). One lookup answers what an address means; tokens are checked with the keys. Immutable; shared by
 * all who route. */
#ifndef LISTS_ADDRESSES_H
#define LISTS_ADDRESSES_H

#include "lib/base/config.h"
#include "lib/base/keys.h"
#include "lib/base/token.h"
#include "lib/store/store.h"

enum address_meaning {
  ADDRESS_UNKNOWN,     /* not ours, or no such list: 550 5.1.1 */
  ADDRESS_FORGED,      /* a token nobody of us signed: 550 5.1.1 */
  ADDRESS_LIST,        /* gruenau@ */
  ADDRESS_COMMAND,     /* gruenau+beitreten@, +austreten, +hilfe, +einladen, +mitglieder */
  ADDRESS_TOKEN,       /* gruenau+<token>@, antwort+<token>@; token filled */
  ADDRESS_STALE_TOKEN, /* the same, expired */
  ADDRESS_FRONT_DOOR,  /* kiez@ */
  ADDRESS_ADMIN,       /* postmaster@, abuse@ */
};

struct address_target {
  enum address_meaning meaning;
  const char *list;    /* name of the list; NULL for admin, and for tokens at antwort+ ; owned by the book */
  const char *kind;    /* its kind; NULL where list is */
  const char *command; /* "beitreten" … for ADDRESS_COMMAND */
  struct token token;
};

struct address_book;
struct address_book *addresses_from_store(struct store *store, const struct config *config, GError **error);
struct address_book *addresses_from_file(const char *path, const struct config *config, GError **error);
struct address_book *addresses_from_district(const struct config *config, GError **error);
void addresses_free(struct address_book *book);
typedef struct address_book address_book_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(address_book_t, addresses_free)

/* Publishes the book to its file, atomically and synced; nothing is written when the bytes are the same. */
bool addresses_publish(const struct address_book *book, const char *path, GError **error);

/* What an address (with domain, any case) means. keys NULL: tokens are not checked (explain). */
struct address_target addresses_look_up(const struct address_book *book, const struct keys *keys,
                                        const char *address, int64_t now);

#endif
