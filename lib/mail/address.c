/* Addresses: one form to compare and store them in, alignment of domains by the public suffix list, and the
 * form for a header.
 *
 * The local part is folded too: RFC 5321 leaves its case to the receiving host, but no host a neighbour uses
 * tells "Lothar" from "lothar", and people type both. */
#include "lib/mail/address.h"

#include "lib/mail/compose/header_out.h"

#include <libpsl.h>
#include <string.h>

enum { ADDRESS_MAX = 254 };

/* The domain in U-labels, lower case; NULL if it is none. */
static char *domain_normalise(const char *domain)
{
  g_autofree char *lower = g_utf8_strdown(domain, -1);
  if (*lower == '[') return g_steal_pointer(&lower);
  if (*lower == '.' || strstr(lower, "..") || strpbrk(lower, "@<>,;:\\\"()[]")) return NULL;
  gsize size = strlen(lower);
  if (size > 1 && lower[size - 1] == '.') lower[size - 1] = '\0';
  char *unicode = g_hostname_to_unicode(lower);
  return unicode ? unicode : g_steal_pointer(&lower);
}

/* No white space or controls of any script. */
static bool is_clean(const char *text)
{
  if (!g_utf8_validate(text, -1, NULL)) return false;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isspace(c) || g_unichar_iscntrl(c) || c == '<' || c == '>') return false;
  }
  return true;
}

/* Is it what it will be already: nothing but small letters of ASCII, digits and the usual signs, around one
 * "@"? Most are, and each is asked a dozen times on its way. */
static bool is_normal(const char *address)
{
  const char *at = NULL, *p = address;
  for (; *p; p++) {
    bool is_usual = (*p >= 'a' && *p <= 'z') || g_ascii_isdigit(*p) || *p == '-' || *p == '_';
    bool is_dot = *p == '.' && p > address && p[-1] != '.' && p[-1] != '@' && p[1] && p[1] != '@';
    if (*p == '@' && !at && p > address)
      at = p;
    else if (!is_usual && !is_dot && (*p != '+' || at))
      return false;
  }
  return at && at[1] && p - address <= ADDRESS_MAX && !strstr(at, "xn--");
}

char *address_normalise(const char *address)
{
  if (!address) return NULL;
  if (is_normal(address)) return g_strdup(address);
  g_autofree char *text = g_strstrip(g_strdup(address));
  gsize size = strlen(text);
  if (size > 1 && text[0] == '<' && text[size - 1] == '>') {
    text[size - 1] = '\0';
    memmove(text, text + 1, size - 1);
    g_strstrip(text);
  }
  if (strlen(text) > ADDRESS_MAX || !is_clean(text)) return NULL;
  g_autofree char *local = NULL, *domain = NULL;
  if (!address_split(text, &local, &domain)) return NULL;
  if (*local != '"' && strpbrk(local, "@,;:()[]\\\"")) return NULL;
  g_autofree char *host = domain_normalise(domain);
  g_autofree char *composed = g_utf8_normalize(local, -1, G_NORMALIZE_NFC);
  if (!host || !*host || !composed) return NULL;
  g_autofree char *lower = g_utf8_strdown(composed, -1);
  g_autofree char *whole = g_strconcat(lower, "@", host, NULL);
  return strlen(whole) <= ADDRESS_MAX ? g_steal_pointer(&whole) : NULL;
}

GPtrArray *addresses_in(const char *text, guint limit)
{
  GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n,;<>()[]\"", -1);
  for (char **word = words; *word && found->len < limit; word++) {
    if (!strchr(*word, '@')) continue;
    char *from = *word + strspn(*word, "'"), *end = from + strlen(from);
    while (end > from && strchr(".:!?'", end[-1])) *--end = '\0';
    if (g_str_has_prefix(from, "mailto:")) from += strlen("mailto:");
    char *address = address_normalise(from);
    if (address && g_hash_table_add(seen, address))
      g_ptr_array_add(found, address);
    else
      g_free(address);
  }
  return found;
}

bool address_split(const char *address, char **local, char **domain)
{
  const char *at = address ? strrchr(address, '@') : NULL;
  if (!at || at == address || !at[1]) return false;
  if (local) *local = g_strndup(address, (gsize)(at - address));
  if (domain) *domain = g_strdup(at + 1);
  return true;
}

static char *domain_ascii(const char *domain)
{
  g_autofree char *lower = g_utf8_strdown(domain, -1);
  gsize size = strlen(lower);
  if (size > 0 && lower[size - 1] == '.') lower[size - 1] = '\0';
  return g_hostname_to_ascii(lower);
}

bool address_domains_align(const char *a, const char *b)
{
  if (!a || !b || !*a || !*b || !g_utf8_validate(a, -1, NULL) || !g_utf8_validate(b, -1, NULL)) return false;
  g_autofree char *first = domain_ascii(a), *second = domain_ascii(b);
  if (!first || !second || !*first || !*second) return false;
  if (strcmp(first, second) == 0) return true;
  const psl_ctx_t *list = psl_builtin();
  if (!list) return false;
  const char *first_base = psl_registrable_domain(list, first),
             *second_base = psl_registrable_domain(list, second);
  return first_base && second_base && strcmp(first_base, second_base) == 0;
}

char *address_format(const char *name, const char *address)
{
  GString *out = g_string_new(NULL);
  g_autofree char *local = NULL, *domain = NULL, *ascii = NULL;
  if (address_split(address, &local, &domain)) ascii = g_hostname_to_ascii(domain);
  g_autofree char *whole = ascii ? g_strconcat(local, "@", ascii, NULL) : g_strdup(address ? address : "");
  header_put_phrase(out, name ? name : "", 12);
  gsize line = out->len;
  const char *fold = g_strrstr(out->str, "\r\n");
  if (fold) line = (gsize)(out->str + out->len - fold) - 2;
  if (out->len) g_string_append(out, line + strlen(whole) + 14 > 78 ? "\r\n <" : " <");
  for (const char *p = whole; *p; p++)
    if ((unsigned char)*p > ' ' && *p != 127 && *p != '<' && *p != '>') g_string_append_c(out, *p);
  if (line) g_string_append_c(out, '>');
  return g_string_free(out, FALSE);
}
