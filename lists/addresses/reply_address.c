/* Addresses of ours that carry a token. Everything that writes such an address comes here, so that the base
 * (a list's name of at most 21 characters, else "antwort") is chosen in one place and always fits 64 octets.
 */
#include "lists/addresses/reply_address.h"

#include "lib/mail/address.h"

#include <string.h>

/* base+detail@domain. */
static char *address_with(const struct config *config, const char *base, const char *detail)
{
  const char *delimiter = config->delimiter && *config->delimiter ? config->delimiter : "+";
  return g_strconcat(base, delimiter, detail, "@", config->domain, NULL);
}

/* The base in front of a token. */
static const char *token_base(const char *list)
{
  return list && *list && strlen(list) <= TOKEN_BASE_MAX ? list : "antwort";
}

char *reply_address(const struct config *config, const struct keys *keys, const char *list,
                    const struct token *token)
{
  return reply_address_with(config, keys, keys_signing_number(keys), list, token);
}

char *reply_address_with(const struct config *config, const struct keys *keys, unsigned key, const char *list,
                         const struct token *token)
{
  char text[TOKEN_LENGTH + 1];
  token_make_with(keys, key, token, text);
  return address_with(config, token_base(list), text);
}

char *list_address(const struct config *config, const char *list, const char *detail)
{
  if (detail) return address_with(config, list, detail);
  return g_strconcat(list, "@", config->domain, NULL);
}

char *mailbox_with_slot(const char *name, const char *slot)
{
  /* The name is formatted with a harmless address, which the slot then replaces: only address_format knows
   * quoting. */
  static const char stand_in[] = "x@slot.invalid";
  g_autofree char *formatted = address_format(name, stand_in);
  char *place = formatted ? g_strrstr(formatted, stand_in) : NULL;
  if (!place) return g_strdup_printf("<%s>", slot);
  return g_strdup_printf("%.*s%s%s", (int)(place - formatted), formatted, slot, place + strlen(stand_in));
}
