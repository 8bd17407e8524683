/* Mail addresses that somebody names in a text. */
#include "lists/members/named_addresses.h"

#include "lists/addresses.h"

#include "lib/mail/address.h"

#include <string.h>

enum { TEXT_BYTES = 64 * 1024 };

/* Is it one that somebody outside may have? */
static bool is_foreign(const struct work *work, const char *address)
{
  const char *at = strrchr(address, '@');
  bool is_ours = addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
  return !is_ours && strchr(at, '.') && g_ascii_strcasecmp(at + 1, work->config->domain) != 0;
}

GPtrArray *named_addresses(const struct work *work, const char *sender, const char *text)
{
  g_autofree char *part = g_strndup(text, MIN(strlen(text), TEXT_BYTES));
  GPtrArray *found = addresses_in(part, G_MAXUINT);
  for (guint i = found->len; i-- > 0;) {
    const char *address = g_ptr_array_index(found, i);
    if (strcmp(address, sender) == 0 || !is_foreign(work, address)) g_ptr_array_remove_index(found, i);
  }
  return found;
}
