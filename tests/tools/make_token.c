/* make_token KEYFILE PURPOSE OBJECT PERSON EXPIRY_DAY: prints a token as this key file signs it, so that
 * tests can send to stale ones. PURPOSE is the number of enum token_purpose. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/token.h"

int main(int argc, char **argv)
{
  if (argc != 6) {
    fputs("usage: make_token KEYFILE PURPOSE OBJECT PERSON EXPIRY_DAY\n", stderr);
    return 64;
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(keys_t) keys = keys_load(argv[1], &error);
  if (keys == NULL) {
    fprintf(stderr, "make_token: %s\n", error->message);
    return 78;
  }
  struct token token = { .purpose = (enum token_purpose)strtoul(argv[2], NULL, 10),
                         .object = (uint32_t)strtoul(argv[3], NULL, 10),
                         .person = (uint32_t)strtoul(argv[4], NULL, 10),
                         .expiry_day = (uint16_t)strtoul(argv[5], NULL, 10) };
  char text[TOKEN_LENGTH + 1];
  token_make(keys, &token, text);
  puts(text);
  return 0;
}
