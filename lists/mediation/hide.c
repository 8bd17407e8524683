/* Hiding: what goes from one to another holds no address that the writer did not mean to tell. Quotes,
 * attribution lines and signatures are cut already (lib/mail/cut); what of them stayed in the new text can
 * still name the others, by their addresses or by ours that hold a token, and both go here. */
#include "lists/mediation/inside.h"

#include "lib/base/token.h"
#include "lib/mail/address.h"

#include <string.h>

enum { ADDRESSES_MAX = 20 };

/* May this byte stand in an address, beside its "@"? Bytes of UTF-8 may. */
static bool is_address_byte(char c)
{
  return g_ascii_isalnum(c) || (c && strchr("._%+-", c)) || (unsigned char)c >= 0x80;
}

/* The address around the "@" at `at`: [*begin, *end). */
static void bounds_of(const char *text, const char *at, const char **begin, const char **end)
{
  *begin = at;
  *end = at + 1;
  while (*begin > text && is_address_byte((*begin)[-1])) (*begin)--;
  while (is_address_byte(**end)) (*end)++;
  while (*end > at + 1 && (*end)[-1] == '.') (*end)--;
  while (*begin < at && **begin == '.') (*begin)++;
}

/* Is it one of ours that holds a token? */
static bool holds_token(const struct work *work, const char *address)
{
  enum address_meaning meaning = addresses_look_up(work->book, work->keys, address, work->now).meaning;
  return meaning == ADDRESS_TOKEN || meaning == ADDRESS_STALE_TOKEN;
}

static bool is_hidden(const struct work *work, const struct mediation *mediation, enum mediation_role writer,
                      const char *written)
{
  g_autofree char *address = address_normalise(written);
  if (!address) return false;
  enum mediation_role owner = mediation_role_of(mediation, address);
  return (owner != ROLE_COUNT && owner != writer) || holds_token(work, address);
}

/* Replaces an address wherever it stands, in any case, as a part of whatever. */
static void replace_anywhere(GString *text, const char *address)
{
  gsize size = strlen(address);
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = text->str; *p;) {
    if (g_ascii_strncasecmp(p, address, size) == 0) {
      g_string_append(out, "[…]");
      p += size;
    } else {
      g_string_append_c(out, *p++);
    }
  }
  g_string_assign(text, out->str);
}

char *mediation_hide(const struct work *work, const struct mediation *mediation, enum mediation_role writer,
                     const char *text)
{
  GString *out = g_string_new(NULL);
  const char *done = text;
  for (const char *at = text; (at = strchr(at, '@'));) {
    const char *begin, *end;
    bounds_of(done, at, &begin, &end);
    g_autofree char *written = g_strndup(begin, (gsize)(end - begin));
    if (is_hidden(work, mediation, writer, written)) {
      g_string_append_len(out, done, begin - done);
      g_string_append(out, "[…]");
      done = end;
    }
    at = MAX(end, at + 1);
  }
  g_string_append(out, done);
  for (int role = 0; role < ROLE_COUNT; role++)
    if (role != (int)writer && mediation->seats[role].address)
      replace_anywhere(out, mediation->seats[role].address);
  return g_string_free(out, FALSE);
}

/* Ours, or of somebody who takes part already and is not the one that is named. */
static bool is_no_candidate(const struct work *work, const struct mediation *mediation, const char *address)
{
  enum mediation_role owner = mediation_role_of(mediation, address);
  return owner == ROLE_REQUESTER || owner == ROLE_MEDIATOR ||
         addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
}

GPtrArray *mediation_addresses(const struct work *work, const struct mediation *mediation, const char *text,
                               const char **behind)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
  if (behind) *behind = "";
  for (const char *at = text; (at = strchr(at, '@')) && addresses->len < ADDRESSES_MAX;) {
    const char *begin, *end;
    bounds_of(text, at, &begin, &end);
    g_autofree char *written = g_strndup(begin, (gsize)(end - begin));
    g_autofree char *address = address_normalise(written);
    at = MAX(end, at + 1);
    if (!address || is_no_candidate(work, mediation, address) ||
        g_ptr_array_find_with_equal_func(addresses, address, g_str_equal, NULL))
      continue;
    if (behind && addresses->len == 0) {
      const char *line_end = strchr(end, '\n');
      *behind = line_end ? line_end + 1 : "";
    }
    g_ptr_array_add(addresses, g_steal_pointer(&address));
  }
  return addresses;
}
