/* Understanding: from a mail that was read to the facts in its new text and what it wants. The worker and
 * `kiezpost explain` call the same function. Pure: no store, no network, no clock. */
#ifndef LISTS_UNDERSTAND_UNDERSTAND_H
#define LISTS_UNDERSTAND_UNDERSTAND_H

#include "lists/understand/meaning.h"

/* The command of who answers a letter of ours about what one can settle: any wish is read from hints, and
 * what else they write is about their settings. */
#define COMMAND_ANSWER "antwort"

struct circumstances {
  enum context context;
  const char *list, *list_kind;      /* of the address; NULL: none */
  const char *list_region;           /* the region's name; NULL: none */
  GHashTable *list_regions;          /* of all lists: name → name of its region; NULL: not known */
  const char *command;               /* "beitreten" …, of gruenau+beitreten@; NULL */
  const struct address_book *book;   /* our lists, which a mail may name; NULL: none are known */
  const struct gazetteer *gazetteer; /* NULL: no places are known */
  bool without_places;               /* nobody asks for places; looking for them is dear */
  int64_t now;                       /* what relative words count from */
  const char *zone, *domain;
  bool is_office;
};

struct understanding {
  struct passage *passage, *subject;
  GArray *money, *dates, *places; /* struct money, date_found, place_found: facts of the new text */
  int people;                     /* -1: nothing said */
  unsigned personal;              /* bits of enum personal */
  struct meaning *meaning;
};

/* How mails are to come, as a text says: "each", "daily", …; phrases that speak of mails go before mere words
 * of time ("freitags"). NULL: nothing. */
const char *settings_delivery(const struct passage *passage);

/* Never NULL. `mail` and the circumstances must stay as long. */
struct understanding *understanding_new(const struct mail *mail, const struct circumstances *circumstances);
void understanding_free(struct understanding *understanding);
typedef struct understanding understanding_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(understanding_t, understanding_free)

#endif
