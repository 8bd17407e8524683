/* Tokens: 80 bits of meaning and 130 bits of signature, packed without a gap into 42 characters of base32, so
 * that no character can change without the signature failing. The receiver reads one a recipient, the sender
 * makes one a letter and person: both are a few hundred nanoseconds of HMAC. */
#include "lib/base/token.h"

#include <string.h>

enum {
  PAYLOAD_BYTES = 10,
  SIGNATURE_BYTES = 17, /* 130 bits: the last byte holds two */
  TOKEN_BYTES = PAYLOAD_BYTES + SIGNATURE_BYTES,
  LAST_BYTE_MASK = 0xc0,
  SECONDS_A_DAY = 86400,
  EXPIRY_DAY_MAX = (1 << 14) - 1,
};
static const int64_t first_day = INT64_C(1577836800); /* 2020-01-01T00:00:00Z */

_Static_assert(TOKEN_LENGTH * 5 == PAYLOAD_BYTES * 8 + 130, "a token's characters are all used");

/* How many of `width` bits fit into the byte at a bit. */
static unsigned bits_here(unsigned at, unsigned width)
{
  return MIN(width, 8 - at % 8);
}

/* Appends the low `width` bits of value, most significant first. */
static void put_bits(unsigned char *bytes, unsigned *at, unsigned width, uint64_t value)
{
  for (unsigned here; width > 0; *at += here, width -= here) {
    here = bits_here(*at, width);
    unsigned bits = (unsigned)(value >> (width - here)) & ((1u << here) - 1);
    bytes[*at / 8] |= (unsigned char)(bits << (8 - *at % 8 - here));
  }
}

static uint64_t get_bits(const unsigned char *bytes, unsigned *at, unsigned width)
{
  uint64_t value = 0;
  for (unsigned here; width > 0; *at += here, width -= here) {
    here = bits_here(*at, width);
    value = value << here | (bytes[*at / 8] >> (8 - *at % 8 - here) & ((1u << here) - 1));
  }
  return value;
}

static void pack(const struct token *token, unsigned key, unsigned char payload[PAYLOAD_BYTES])
{
  unsigned at = 0;
  memset(payload, 0, PAYLOAD_BYTES);
  put_bits(payload, &at, 4, key);
  put_bits(payload, &at, 5, token->purpose);
  put_bits(payload, &at, 32, token->object);
  put_bits(payload, &at, 25, token->person);
  put_bits(payload, &at, 14, token->expiry_day);
}

static void unpack(const unsigned char payload[PAYLOAD_BYTES], struct token *token)
{
  unsigned at = 0;
  token->key = (unsigned)get_bits(payload, &at, 4);
  token->purpose = (enum token_purpose)get_bits(payload, &at, 5);
  token->object = (uint32_t)get_bits(payload, &at, 32);
  token->person = (uint32_t)get_bits(payload, &at, 25);
  token->expiry_day = (uint16_t)get_bits(payload, &at, 14);
}

static void sign(const unsigned char *secret, const unsigned char payload[PAYLOAD_BYTES],
                 unsigned char signature[SIGNATURE_BYTES])
{
  unsigned char mac[32];
  keys_hmac(secret, payload, PAYLOAD_BYTES, mac);
  memcpy(signature, mac, SIGNATURE_BYTES);
  signature[SIGNATURE_BYTES - 1] &= LAST_BYTE_MASK;
}

/* RFC 4648 section 6, in lower case and without padding. */
static void encode(const unsigned char bytes[TOKEN_BYTES], char out[TOKEN_LENGTH + 1])
{
  unsigned held = 0, bits = 0;
  for (int i = 0; i < TOKEN_LENGTH; i++) {
    if (bits < 5) {
      held = held << 8 | *bytes++;
      bits += 8;
    }
    bits -= 5;
    out[i] = "abcdefghijklmnopqrstuvwxyz234567"[held >> bits & 31];
  }
  out[TOKEN_LENGTH] = '\0';
}

static int base32_value(char c)
{
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= '2' && c <= '7') return c - '2' + 26;
  return -1;
}

static bool decode(const char *text, unsigned char bytes[TOKEN_BYTES])
{
  unsigned at = 0;
  memset(bytes, 0, TOKEN_BYTES);
  for (int i = 0; i < TOKEN_LENGTH; i++) {
    int value = base32_value(text[i]); /* NUL has no value: a short text ends here */
    if (value < 0) return false;
    put_bits(bytes, &at, 5, (uint64_t)value);
  }
  return text[TOKEN_LENGTH] == '\0';
}

static bool is_same_signature(const unsigned char *a, const unsigned char *b)
{
  unsigned difference = 0;
  for (int i = 0; i < SIGNATURE_BYTES; i++) difference |= a[i] ^ b[i];
  return difference == 0;
}

static int64_t day_of(int64_t moment)
{
  return moment < first_day ? 0 : (moment - first_day) / SECONDS_A_DAY;
}

uint16_t token_day_after(int64_t now, unsigned days)
{
  int64_t day = day_of(now) + days;
  return (uint16_t)CLAMP(day, 1, EXPIRY_DAY_MAX);
}

void token_make_with(const struct keys *keys, unsigned key, const struct token *token,
                     char out[TOKEN_LENGTH + 1])
{
  unsigned char bytes[TOKEN_BYTES];
  const unsigned char *secret = keys_token_secret(keys, key);
  g_assert(secret != NULL);
  g_assert(token->person < 1u << 25 && token->expiry_day <= EXPIRY_DAY_MAX && token->purpose < 32);
  pack(token, key, bytes);
  sign(secret, bytes, bytes + PAYLOAD_BYTES);
  encode(bytes, out);
}

void token_make(const struct keys *keys, const struct token *token, char out[TOKEN_LENGTH + 1])
{
  token_make_with(keys, keys_signing_number(keys), token, out);
}

enum token_verdict token_read(const struct keys *keys, const char *text, int64_t now, struct token *token)
{
  unsigned char bytes[TOKEN_BYTES], expected[SIGNATURE_BYTES];
  struct token read;
  *token = (struct token){ 0 };
  if (!decode(text, bytes)) return TOKEN_SHAPELESS;
  unpack(bytes, &read);
  const unsigned char *secret = keys_token_secret(keys, read.key);
  if (!secret) return TOKEN_FORGED;
  sign(secret, bytes, expected);
  if (!is_same_signature(bytes + PAYLOAD_BYTES, expected)) return TOKEN_FORGED;
  *token = read;
  /* Signed by us, in words this program does not know (a newer one ran here): no rights, but no refusal
   * either. */
  if (read.purpose == TOKEN_NONE || read.purpose >= TOKEN_PURPOSE_COUNT) {
    token->purpose = TOKEN_NONE;
    return TOKEN_STALE;
  }
  return read.expiry_day != 0 && day_of(now) > read.expiry_day ? TOKEN_STALE : TOKEN_VALID;
}
