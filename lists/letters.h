/* Letters of ours: their templates (share/letters/<language>/…, parsed once a process), and putting one into
 * the outbox, with From and envelope sender signed for its recipient. */
#ifndef LISTS_LETTERS_H
#define LISTS_LETTERS_H

#include "lists/kinds.h"

#include "lib/store/outbox.h"
#include "lib/text/template.h"

struct compose_file;
struct list;

struct letters;
struct letters *letters_new(const struct config *config);
void letters_free(struct letters *letters);
typedef struct letters letters_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(letters_t, letters_free)

/* Leichte Sprache. */
#define LETTERS_EASY "de-x-leicht"

/* The language of letters to somebody: the one they chose, else the list's (NULL: of none), else the
 * municipality's. Where we have no letters in it: Leichte Sprache. person 0: nobody we know. Caller frees;
 * NULL on error. letter_language.c */
char *letters_language(struct work *work, int64_t person, const struct list *list, GError **error);
/* The same to an address; who writes to us now (work->writer) and has chosen nothing gets the language of
 * their mail. */
char *letters_language_to(struct work *work, int64_t person, const char *address, const struct list *list,
                          GError **error);
/* A language that a caller names, or Leichte Sprache. Caller frees. */
char *letters_language_given(const struct work *work, const char *language);
/* The language that answers to a mail have, where it is not the usual one; NULL: it is, or nobody can tell.
 * Caller frees. */
struct mail;
char *letters_language_of(const struct config *config, const struct mail *mail);

/* Renders a template that is no whole letter (footer.txt, footer.html, from.txt) in a language; where that
 * language has none, in a wider one, then in the municipality's, then in German. NULL on error
 * (FAULT_CONFIG). Caller frees. */
char *letters_render(struct letters *letters, const char *language, const char *name,
                     const struct value *values, GError **error);

/* The Markdown of a letter as its file has it, placeholders and all. NULL on error (FAULT_CONFIG). Kept. */
const char *letters_markdown(struct letters *letters, const char *language, const char *purpose,
                             GError **error);

/* Parses every file of letters/ that is in force, in all languages; hands out a sentence with file and line
 * for each that is malformed. Returns how many there are. */
typedef void letters_wrong(const char *sentence, void *data);
guint letters_check(const struct config *config, letters_wrong *wrong, void *data);

struct letter_out {
  const char *purpose;     /* its template is <purpose>.md */
  const struct list *list; /* NULL: of no list */
  const char *to_members; /* "each", "daily", "weekly": to all of the list with that delivery; NULL: to one */
  const char *address;    /* to whom, normalised */
  int64_t person;         /* 0: unknown */
  const char *language;   /* NULL: the person's, the list's, the municipality's */
  struct value *values;   /* what the template names; list, list_address, place and imprint are added */
  const char *in_reply_to;  /* Message-ID, NULL */
  bool is_answer;           /* Auto-Submitted: auto-replied, else auto-generated */
  int64_t request;          /* the question that it asks: answers go there; 0: none */
  int64_t casefile, party;  /* the case it is about, and the party it goes to: answers go there; 0: none */
  int64_t event;            /* instead of a case: the event that party is of */
  unsigned party_key;       /* that signs the party's address */
  int64_t mail;             /* the mail whose words it brings; 0: none */
  const void *attached_raw; /* as in compose_letter */
  gsize attached_size;
  const char *attached_part;
  const struct compose_file *files; /* as in compose_letter */
  gsize file_count;
  const char *calendar, *calendar_method; /* as in compose_letter */
};

/* Composes the letter and puts it into the outbox, within the caller's transaction. Nothing is sent, and that
 * is no fault, where an answer is over the budget of its address (lists/notices.h), or where any other letter
 * would go to somebody who has called one spam. In answer to a mail that nobody vouches for, one letter a day
 * goes out, and a question waits for its day. */
bool letters_send(struct work *work, const struct letter_out *out, GError **error);
/* The same; shown gets the SHA-256 of the text it shows; zeros: nothing was sent. */
bool letters_send_shown(struct work *work, const struct letter_out *out, unsigned char shown[32],
                        GError **error);

/* The envelope sender of a letter that goes to many at once: its bounces tell which letter, not which person.
 * Caller frees. */
char *letters_batch_envelope(const struct work *work, const struct letter *letter);

/* Sets envelope sender and slots of one delivery: an outbox_fill whose data is the struct work. Posts get the
 * recipient's address for leaving as slot a (as it stands in a mailto: URL; and where https_base is set the
 * token in it as slot b), all other letters the From
 * address. */
void letters_fill(const struct letter *letter, struct delivery *delivery, void *data);

#endif
