/* Mail addresses that somebody names in a text. */
#include "lists/members/named_addresses.h"

#include "lists/addresses.h"

#include "lib/mail/address.h"

#include <string.h>

enum { TEXT_BYTES = 64 * 1024 };

/* Adds an address that a word is, each once; those of ours and the sender's own are none. */
static void add_address(const struct work *work, const char *sender, const char *word, GPtrArray *found,
                        GHashTable *seen)
{
  g_autofree char *address = strchr(word, '@') ? address_normalise(word) : NULL;
  if (!address || strcmp(address, sender) == 0 || strchr(address, ',')) return;
  if (addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN) return;
  const char *at = strrchr(address, '@');
  if (!strchr(at, '.') || g_ascii_strcasecmp(at + 1, work->config->domain) == 0) return;
  if (g_hash_table_contains(seen, address)) return;
  g_hash_table_add(seen, address);
  g_ptr_array_add(found, g_steal_pointer(&address));
}

GPtrArray *named_addresses(const struct work *work, const char *sender, const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autofree char *part = g_strndup(text, MIN(strlen(text), TEXT_BYTES));
  g_auto(GStrv) words = g_strsplit_set(part, " \t\r\n,;<>()[]\"'", -1);
  for (char **word = words; *word; word++) {
    g_autofree char *bare = g_strdup(g_str_has_prefix(*word, "mailto:") ? *word + strlen("mailto:") : *word);
    gsize size = strlen(bare);
    while (size > 0 && strchr(".:!?", bare[size - 1])) bare[--size] = '\0';
    add_address(work, sender, bare, found, seen);
  }
  return found;
}
