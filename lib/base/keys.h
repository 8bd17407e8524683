/* The key file: the secrets that sign addresses. A text file, mode 0600, one key a line:
 *   token 0 2026-11-21 active  <64 hex digits>
 *   token 1 2026-03-01 retired <64 hex digits>
 *   log   0 2026-11-21 active  <64 hex digits>
 * The youngest active token key signs; all listed ones verify. At most 16 token keys (4 bits in a token). */
#ifndef BASE_KEYS_H
#define BASE_KEYS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { KEY_BYTES = 32, KEYS_MAX = 16 };

struct keys; /* opaque; immutable after loading, may be read from several threads */

/* Fails with FAULT_CONFIG (unreadable, open to others, malformed): to the MTA that is temporary. */
struct keys *keys_load(const char *path, GError **error);
void keys_free(struct keys *keys);
typedef struct keys keys_t; /* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(keys_t, keys_free)

/* Writes a new key file with one token key and one log key; refuses to overwrite. Synced to disk. */
bool keys_create(const char *path, int64_t now, GError **error);

/* Adds a new active token key and retires the others, atomically. When all 16 numbers are taken, the oldest
 * retired key gives up its number, unless it was retired less than 400 days ago: then FAULT_DENIED. */
bool keys_rotate(const char *path, int64_t now, GError **error);

/* Number of the key that signs, and the secret of a number (NULL: none). */
unsigned keys_signing_number(const struct keys *keys);
const unsigned char *keys_token_secret(const struct keys *keys, unsigned number);
const unsigned char *keys_log_secret(const struct keys *keys);

/* What `kiezpost keys` shows: each key but its secret, token keys first, by number. */
typedef void keys_each(const char *kind, unsigned number, int64_t since, bool is_active, bool signs,
                       void *data);
void keys_describe(const struct keys *keys, keys_each *each, void *data);

/* HMAC-SHA256 (RFC 2104) of `size` bytes, 32 bytes into `mac`. */
void keys_hmac(const unsigned char secret[KEY_BYTES], const void *bytes, size_t size, unsigned char mac[32]);

#endif
