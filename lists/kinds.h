/* Kinds: what mail to a list means. A kind is one row of the table in kinds.c and one folder; adding one
 * changes nothing else here. */
#ifndef LISTS_KINDS_H
#define LISTS_KINDS_H

#include "lib/mail/mail.h"
#include "lib/text/places/gazetteer.h"
#include "lists/addresses.h"

struct list;
struct letters;
struct list_cache;
struct bbb;
struct pictures;
struct smime;
struct pgp;
struct understanding;

/* What a decision may look at, and where it writes. */
struct work {
  struct store *store; /* inside a transaction */
  const struct config *config;
  const struct keys *keys;
  const struct address_book *book;
  int64_t now;
  struct letters *letters;     /* templates of letters, parsed once (lists/letters.h) */
  struct list_cache *lists;    /* lists by name and id (lists/list_cache.h) */
  struct gazetteer *gazetteer; /* what the district's places are (lists/places/gazetteer.h) */
  GHashTable *list_regions;    /* a list's region by its name (lists/places/list_regions.h) */
  struct pictures *pictures;   /* NULL: photos say nothing */
  const struct smime *smime; /* signatures of offices, and ours (lib/mail/smime); NULL: none are looked at */
  const struct bbb *bbb;     /* signs links to video rooms (lists/video/bbb.h); NULL: there are none */
  struct pgp *pgp;           /* opens PGP/MIME (lib/mail/pgp); NULL: such mail stays closed */
  const char
      *stranger; /* the sender of the mail at hand, where nobody vouches for it (lists/notices.h); NULL */
  const char *writer, *writer_language; /* the sender of the mail at hand, and its language, where that is not
                                         * the usual one (lists/letters.h); NULL */
};

/* One mail at one of our addresses. */
struct arrival {
  const struct mail *mail;
  GBytes *raw;
  int64_t mail_id; /* row of the stored mail */
  int64_t received;
  const char *envelope_sender; /* "" for the null sender */
  const char *recipient;       /* our address, normalised */
  const char *confirmed_by; /* Message-ID of the later mail in which whom we asked confirms this one; NULL */
  struct address_target target;
  const struct list *list;                   /* NULL where the address is of no list */
  const struct understanding *understanding; /* what it means here; NULL where nobody asked */
  bool is_meant;                             /* its author was asked and says that it is for everybody */
  bool is_vouched;                           /* its author was asked and says that they wrote it */
  bool is_released;      /* a moderator or the operator let it through: no holding again */
  bool is_by_front_door; /* its sender is to read what it was taken for: here, or in a line of its own */
};

enum outcome {
  OUTCOME_POSTED,
  OUTCOME_HELD,
  OUTCOME_FILED,
  OUTCOME_IGNORED,
  OUTCOME_FORWARDED,
  OUTCOME_ANSWERED,
  OUTCOME_REFUSED,
  OUTCOME_COUNT
};
const char *outcome_word(enum outcome outcome); /* "posted" … for log and table */

struct decision {
  enum outcome outcome;
  GString *reason;         /* one readable sentence without personal data */
  GString *details;        /* " members=31 thread=2026/12": key=value pairs for the log line */
  const struct list *list; /* the list it became something of, where that is not the arrival's; NULL */
  bool says_sort;          /* the letter that its kind wrote says what it was taken for */
  GPtrArray *lines;        /* char*: lines for the log of other mails that this one decided */
};

/* A mail that a kind took, and that is something else. */
struct giving_up {
  int64_t mail;
  const char *recipient; /* our address that it came to */
  const struct list *list;
};

struct kind {
  const char *name;  /* "group": as in `list create --kind` and in the store */
  const char *about; /* one sentence for help texts */
  /* Decides and writes. False: a fault; everything written for this arrival is undone. NULL while it is not
   * ready. */
  bool (*receive)(struct work *work, const struct arrival *arrival, struct decision *decision,
                  GError **error);
  /* Somebody says that a mail was taken for the wrong thing: takes back what was made of it, as if it had
   * never been. The mail itself, and in `handled` what it was taken for, go on to where it belongs.
   * *is_given_up false: it is too late (others have got copies, money has moved). NULL: what is received
   * stays. */
  bool (*give_up)(struct work *work, const struct giving_up *it, bool *is_given_up, GError **error);
  bool (*takes)(const struct list *list); /* NULL: it is ready for every list of the kind */
  bool is_ready;                          /* false: what arrives is held until the kind is built */
  bool is_front_door;                     /* a mail to it and to a more specific address is only filed here */
  bool is_duty;                           /* the law asks for it: machines may write to it */
  bool wants_places;        /* texts are searched for places, photos asked where they were taken */
  bool has_members;         /* people join and leave its lists */
  bool reaches_offices;     /* offices answer what is written there */
  bool is_confidential;     /* what answers come there concern those who were asked, and no other moderator */
  bool posts_by_moderators; /* a new list of it lets moderators and keepers post, nobody else */
};

extern const struct kind kinds[];
extern const gsize kind_count;
const struct kind *kind_find(const char *name); /* NULL: none */
bool kind_receives(const struct list *list);    /* is its kind built, and for this list? false for NULL */
bool kind_is_front_door(const char *name);      /* false for NULL and unknown ones */

#endif
