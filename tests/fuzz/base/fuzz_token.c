/* Any text as a token: nothing but a signature of ours may make one, and what was read and is valid must be
 * made of the same bytes again. */
#include "lib/base/token.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct keys *fuzz_keys(void)
{
  static struct keys *keys;
  if (!keys) {
    g_autofree char *directory = g_dir_make_tmp("fuzz-token-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(directory, "keys", NULL);
    if (!keys_create(path, 0, NULL) || !keys_rotate(path, 0, NULL)) abort();
    keys = keys_load(path, NULL);
    unlink(path);
    rmdir(directory);
  }
  return keys;
}

/* Takes the bytes for a token's fields, signs it, and reads it back. */
static void round_trip(const uint8_t *data, size_t size)
{
  struct token token = { 0 }, read;
  char text[TOKEN_LENGTH + 1];
  unsigned char fields[11] = { 0 };
  memcpy(fields, data, MIN(size, sizeof fields));
  memcpy(&token.object, fields, 4);
  memcpy(&token.person, fields + 4, 4);
  memcpy(&token.expiry_day, fields + 8, 2);
  token.person &= (1u << 25) - 1;
  token.expiry_day &= (1u << 14) - 1;
  token.purpose = (enum token_purpose)(1 + fields[10] % (TOKEN_PURPOSE_COUNT - 1));
  token_make_with(fuzz_keys(), fields[10] & 1, &token, text);
  enum token_verdict verdict = token_read(fuzz_keys(), text, 0, &read);
  if (verdict != TOKEN_VALID || read.object != token.object || read.person != token.person ||
      read.expiry_day != token.expiry_day || read.purpose != token.purpose)
    abort();
  if (size > sizeof fields) { /* one character of it changed by the input */
    char *c = &text[data[sizeof fields] % TOKEN_LENGTH];
    *c = *c == 'a' ? 'b' : 'a';
    if (token_read(fuzz_keys(), text, 0, &read) != TOKEN_FORGED) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct token token;
  g_autofree char *text = g_strndup((const char *)data, size);
  enum token_verdict verdict = token_read(fuzz_keys(), text, 1795255200, &token);
  if (verdict == TOKEN_VALID || verdict == TOKEN_STALE) abort(); /* somebody guessed 130 bits */
  if (verdict == TOKEN_FORGED && strlen(text) != TOKEN_LENGTH) abort();
  round_trip(data, size);
  return 0;
}
