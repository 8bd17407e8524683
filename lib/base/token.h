/* Tokens: 42 characters that stand behind the "+" of an address of ours and say, signed, what an answer to
 * one mail of ours is about. 80 bits (key number 4, purpose 5, object 32, person 25, expiry day 14) and 130
 * bits of HMAC-SHA256, in lower-case base32 (RFC 4648 alphabet, no padding); case is folded before checking.
 * Nothing is stored to check one. A token says that we wrote to somebody; it is not proof of who answers
 * (docs/design.md). */
#ifndef BASE_TOKEN_H
#define BASE_TOKEN_H

#include "lib/base/keys.h"
#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_LENGTH = 42, TOKEN_BASE_MAX = 21 }; /* base "+" token fit 64 octets */

enum token_purpose {
  TOKEN_NONE = 0,
  TOKEN_POST,       /* From of a post: an answer goes to its list. object: message id; person: 0 */
  TOKEN_AUTHOR,     /* "nur an Lothar": to the author alone. object: message id; person: 0 */
  TOKEN_BOUNCE,     /* envelope sender. object: letter id; person: recipient, 0 where one envelope has many */
  TOKEN_LEAVE,      /* List-Unsubscribe. object: list id; person: recipient */
  TOKEN_ATTACHMENT, /* "Anhang anfordern". object: message id; person: 0 */
  TOKEN_LETTER,     /* From of any other letter of ours. object: letter id; person: recipient */
  TOKEN_PROBE,      /* `kiezpost check` to itself. object: a random number; person: 0 */
  TOKEN_REQUEST,    /* From of a letter that asks something. object: request id; person: who is asked, 0: unknown */
  TOKEN_CASE,       /* From of a letter about a case. object: case id; person: id of the party, not of a person */
  TOKEN_EVENT,      /* From of a letter about an event, ORGANIZER in its calendar. object: event id; person: id of the party */
  TOKEN_PURPOSE_COUNT
};

struct token {
  unsigned key; /* number of the key that signed; set by token_read, ignored by token_make */
  enum token_purpose purpose;
  uint32_t object;     /* row id, meaning by purpose */
  uint32_t person;     /* person id, < 2^25; 0: nobody in particular */
  uint16_t expiry_day; /* days since 2020-01-01 UTC, < 2^14; valid through that day; 0: does not expire */
};

enum token_verdict {
  TOKEN_SHAPELESS, /* not 42 characters of base32: no token at all */
  TOKEN_FORGED,    /* shaped like one, but no key of ours signed it: refuse (550 5.1.1) */
  TOKEN_STALE,     /* signed by us, expired: accept as a stranger's mail about the object */
  TOKEN_VALID,
};

/* Signs with the youngest key. out gets 42 characters and NUL. */
void token_make(const struct keys *keys, const struct token *token, char out[TOKEN_LENGTH + 1]);

/* The same token signed with an older key: addresses in From stay the same bytes after a rotation. */
void token_make_with(const struct keys *keys, unsigned key, const struct token *token,
                     char out[TOKEN_LENGTH + 1]);

/* Reads 42 characters, any case; *token is filled for STALE and VALID. Constant time in the signature. */
enum token_verdict token_read(const struct keys *keys, const char *text, int64_t now, struct token *token);

/* The expiry day that is `days` after `now`. */
uint16_t token_day_after(int64_t now, unsigned days);

#endif
