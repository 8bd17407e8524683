/* Inside lists/cases/replies: an office's mail to a case on its way from who sent it (who.c) over what it
 * says (read.c) and what it has to be asked about first (asking/ask.c) to what becomes of it (publish.c,
 * route.c, rows.c). */
#ifndef LISTS_CASES_REPLY_H
#define LISTS_CASES_REPLY_H

#include "lists/cases/case.h"
#include "lists/decide.h"

#include "lists/offices/offices.h"
#include "lists/understand/understand.h"

#include "lib/mail/cut/among.h"
#include "lib/mail/smime/smime.h"
#include "lib/store/requests.h"

/* What a reply says, ready for the public: nobody's name, number or address of the case is in it. */
struct reply_reading {
  struct mail shown; /* the mail with the text that counts in the place of text_new; borrows */
  struct circumstances circumstances; /* of `own` */
  struct understanding *own;          /* where not the arrival's understanding counts; else NULL */
  const struct meaning *meaning;
  char *said;           /* all that counts of the mail, with steering lines and salutations */
  char *text;           /* for the public; "" */
  const char *state;    /* a case's state; NULL: nothing is said */
  char *expected;       /* YYYY-MM-DD; "" */
  char *clerk;          /* the name to show; "" where the office shows roles */
  char *other;          /* "KP-2026-0002": a case of another number that it seems to be about; NULL */
  char *route;          /* the words that say who is responsible instead; NULL: it stays here */
  int64_t route_office; /* that office; 0: it has to be found */
  bool is_either;       /* more than one office is named: the coordinator decides */
  bool is_internal;     /* marked so: nobody outside sees it */
  bool is_unsure;       /* reads as meant for colleagues, or for us */
  bool was_private;     /* the office may think that only one person gets it (promised.c) */
  bool is_draft;        /* wants a colleague's ok */
  bool is_unmet;        /* something that is to be left out was not found */
  bool is_repeated;     /* the answer that was published last, sent once more (said_before.c) */
  bool is_paper;        /* no words at all, but a paper that came with it */
  bool is_question;     /* asks whoever asked for something */
  struct among inside;  /* what was typed into the quote of our letter (inside.c) */
};

struct case_reply {
  struct work *work;
  const struct arrival *arrival;
  struct casefile *it;
  struct case_party *party; /* whose address it came to */
  struct office *office;    /* whose answer it is; NULL: the admin's of a case without office */
  struct decision *decision;
  const char *author;            /* normalised; NULL: none */
  bool is_unasked;               /* as in struct case_writing: its author is asked first */
  bool is_by_admin;              /* forwarded by hand for an office that takes no mail from us */
  bool is_sure;                  /* its author, or the office, has said that it is to be published */
  bool is_agreed;                /* a colleague has agreed */
  bool is_private;               /* it was encrypted for us: its words go on no page and in no plain letter */
  bool is_row;                   /* it is one row of a mail about several cases, whose files are nobody's */
  bool is_closed;                /* it is encrypted, and we have no key for it */
  bool is_seal_wrong;            /* its text is not what was signed, or another person signed it */
  const struct smime_seal *seal; /* a valid signature of its author; NULL: none */
  const GPtrArray *redact;     /* char*: codes of what is to be left out (asking/verdict.h); NULL: nothing */
  const char *words;           /* a new wording that counts in the place of the mail's; NULL: the mail's */
  const struct request *asked; /* the question whose answer takes it up again; NULL: none */
  bool is_again;               /* that answer was not understood, or words are new: it is shown once more */
  struct reply_reading reading;
};
void case_reply_clear(struct case_reply *reply);  /* office and reading */
void case_reply_forget(struct case_reply *reply); /* the reading alone: other words are to be read */

/* sealed.c: looks at a signature, and puts what is inside a sealed mail in the place of reply->arrival's.
 * `sealed` stays as long as the reply. */
struct reply_seal {
  struct smime_seal seal;
  struct incoming *incoming; /* NULL: nothing was inside */
  struct arrival arrival;
};
void reply_unseal(struct case_reply *reply, struct reply_seal *sealed);
void reply_seal_clear(struct reply_seal *sealed);

/* publish.c: a text of a row in place of another. */
void reply_set(char **text, const char *by);

/* read.c: fills reply->reading. */
bool reply_read(struct case_reply *reply, GError **error);
/* The case numbers that a text names, "KP-2026-0002": char*. Caller unrefs. */
GPtrArray *reply_numbers_in(const char *text);

/* inside.c: answers that were typed into the quote of our letter. The first puts them in the place of
 * reading->said, with the own words around the quote; the second puts the question before each of them in a
 * text for the public (taken over); *is_doubtful: whose words they are, or what they answer, is not certain.
 */
bool reply_read_inside(struct case_reply *reply, GError **error);
char *reply_with_questions(const struct case_reply *reply, char *text, bool *is_doubtful);

/* said_before.c: takes an answer of the case that is published and stands below the new words out of
 * reading->said; the second: is reading->text the one that was published last, and nobody wrote since then? */
bool reply_forget_said(struct case_reply *reply, GError **error);
bool reply_is_repeated(const struct case_reply *reply, bool *is, GError **error);

/* promised.c: has the case become public, and nothing tells that the office knows? *is false as well where it
 * has said since then that the answer is to be published. */
bool reply_was_promised(const struct case_reply *reply, bool *is, GError **error);

/* elsewhere.c: who is said to be responsible instead, in reading->route and route_office. */
bool reply_read_route(struct case_reply *reply, const struct passage *passage, GError **error);
/* Does a word stand in a text as a whole? */
bool reply_has_word(const char *text, const char *word);
bool reply_is_word_byte(char c);

/* asks_back.c: does the office ask whoever asked for something? A question of theirs that it repeats above
 * its answer is none. */
bool reply_asks_back(const struct case_reply *reply, bool *asks, GError **error);

/* asked_facts.c: is it an answer of facts to a question of facts, so that its words tell of no state? Where a
 * line says the state, or it stands alone, it does. */
bool reply_answers_facts(const struct case_reply *reply, const struct passage *said, bool *is, GError **error);

/* private.c: what must not be published of a text: names, addresses, telephone numbers of the case's parties,
 * and the clerk's own name. Caller frees; NULL on error. */
char *reply_without_people(struct case_reply *reply, const char *text, GError **error);
/* Without addresses and telephone numbers of anybody but offices and other public desks. *is_doubtful: one
 * was neither the clerk's own. NULL on error; caller frees. */
char *reply_without_contacts(struct case_reply *reply, const char *text, bool *is_doubtful, GError **error);

/* Whether the salutation names somebody who takes no part: the mail is for a colleague. private.c */
bool reply_greets_stranger(struct case_reply *reply, const struct passage *passage, bool *greets,
                           GError **error);

/* act.c: what becomes of a reply whose sender may answer. */
bool reply_act(struct case_reply *reply, GError **error);
/* Is it from an office that was asked before, and no longer is? Its answer is published in its name; the case
 * stays where it is. */
bool reply_is_former(const struct case_reply *reply);
/* A reply that waited is read anew and acted upon. *is_there false: the mail or the case is gone. */
struct waiting_reply {
  bool is_sure, is_agreed;
  const GPtrArray *redact;
  const char *words;      /* the new wording of it; NULL: none */
  bool is_again;          /* asks the same once more, and publishes nothing */
  struct casefile *other; /* it belongs to this case instead; NULL */
  /* NULL: reply_act(); else this is done with what was read */
  bool (*instead)(struct case_reply *reply, const struct request *request, GError **error);
};
bool reply_take_up(struct work *work, const struct request *request, const struct waiting_reply *how,
                   struct decision *decision, GError **error);

/* publish.c: the entry, the state, and who is told. `text` and `state` are the reading's, or a row's. */
bool reply_publish(struct case_reply *reply, GError **error);
/* Kept in the history, seen by nobody outside. */
bool reply_keep(struct case_reply *reply, const char *what, const char *reason, GError **error);

/* route.c */
bool reply_route(struct case_reply *reply, GError **error);
/* rows.c: several cases in one mail. */
bool reply_is_several(const struct case_reply *reply);
/* What stands above the first row, which is said of all of them. Caller frees. */
char *reply_above_rows(const struct case_reply *reply);
/* The paragraphs behind the last row; "". Caller frees. */
char *reply_below_rows(const struct case_reply *reply);
bool reply_rows(struct case_reply *reply, GError **error);

/* asking/ask.c */
/* What letters show of a reply. Caller frees. */
struct value *reply_values(const struct case_reply *reply);
/* Where the author of a proven reply is reached. Caller frees. */
char *reply_author_address(const struct case_reply *reply);
bool reply_ask_office(struct case_reply *reply, bool *asked, GError **error); /* "official" */
bool reply_ask_author(struct case_reply *reply, GError **error);              /* "case_publish" */
bool reply_ask_colleague(struct case_reply *reply, GError **error);           /* "case_draft" */
/* The same question once more, with the text as it would be now. */
bool reply_ask_again(struct case_reply *reply, GError **error);
/* Nothing in it can be published: its author is told so. */
bool reply_ask_for_words(struct case_reply *reply, GError **error);
/* Somebody else writes in the office's name: it is told, once a day. */
bool reply_alert(struct case_reply *reply, GError **error);
/* Where the office of a reply gets mail, else the admin. Never NULL; caller frees. */
char *reply_main_address(const struct case_reply *reply);
/* A letter to the office's side; answers come to its address of the case. */
bool reply_tell(struct case_reply *reply, const char *purpose, const char *address, struct value *values,
                GError **error);

/* robot.c: did a program write it, that has only got our mail or takes one back? */
bool reply_is_robot(const struct case_reply *reply);

/* asking/waits.c: who drafted an answer says "ok" to it; a colleague has to. */
bool reply_tell_own_draft(struct work *work, const struct request *request, GError **error);
/* The same said to the case's own address: its author is told, and their "ok" is no new draft. */
bool reply_agrees_to_own(struct case_reply *reply, bool *agrees, GError **error);

/* take_back/take_back.c: an answer of the office's that is published goes, where the mail says so. *is_done
 * false: it says nothing of the kind. */
bool reply_take_back(struct case_reply *reply, bool *is_done, GError **error);

/* files.c: files of a published reply: rows, letters to whoever asked, a look before the public sees them. */
bool reply_files(struct case_reply *reply, const struct case_entry *entry, GError **error);

/* asking/decide.c: does our MTA vouch that the office answers a question about one of its replies? */
bool reply_is_proven(struct work *work, const struct arrival *arrival, const struct request *request,
                     bool *is_proven, GError **error);

/* asking/decide.c: the others who were asked the same need not answer any more. */
bool reply_settle(struct work *work, const struct request *request, GError **error);

/* thread.c: the answer as a message of the thread that the case was handed over from. */
bool reply_to_thread(struct case_reply *reply, const struct case_entry *entry, GError **error);

#endif
