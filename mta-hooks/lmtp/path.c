/* Paths of an envelope.
 *
 * We are lenient in what a local part may hold, for senders exist that no RFC allows ("a..b@", "x:y@"); a
 * mail is not refused for them. What could mean two things to two programs is refused: brackets and quotes
 * that do not match, white space, controls, a second "@", bytes that are not UTF-8. */
#include "mta-hooks/lmtp/path.h"

#include <glib.h>
#include <string.h>

/* A byte that a local part may hold without quotes. */
static bool is_plain(unsigned char byte)
{
  return byte > ' ' && byte != 0x7f && !strchr("<>\"\\@", byte);
}

/* Reads a quoted local part at `at` ('"') into `local`, without quotes where it needs none. Returns what
 * stands behind. */
static const char *read_quoted(const char *at, GString *local)
{
  const char *start = at;
  g_autoptr(GString) inside = g_string_new(NULL);
  bool is_needless = true;
  for (at++; *at && *at != '"'; at++) {
    if (*at == '\\' && at[1]) at++;
    if ((unsigned char)*at < ' ' || *at == 0x7f) return NULL;
    is_needless = is_needless && is_plain((unsigned char)*at) && !strchr("()[],;:", *at);
    g_string_append_c(inside, *at);
  }
  if (*at != '"' || !inside->len) return NULL;
  at++;
  if (is_needless)
    g_string_append_len(local, inside->str, (gssize)inside->len);
  else
    g_string_append_len(local, start, at - start);
  return at;
}

/* Reads the local part; NULL where there is none. */
static const char *read_local(const char *at, GString *address)
{
  if (*at == '"') return read_quoted(at, address);
  const char *start = at;
  while (*at && is_plain((unsigned char)*at)) at++;
  if (at == start) return NULL;
  g_string_append_len(address, start, at - start);
  return at;
}

/* Reads "@domain" or nothing; NULL where the domain is empty. */
static const char *read_domain(const char *at, GString *address)
{
  if (*at != '@') return at;
  const char *start = at++;
  while (*at && is_plain((unsigned char)*at)) at++;
  if (at == start + 1) return NULL;
  g_string_append_len(address, start, at - start);
  return at;
}

/* Passes over a source route, which means nothing since 1989. */
static const char *skip_route(const char *at)
{
  if (*at != '@') return at;
  while (*at && (is_plain((unsigned char)*at) || *at == '@') && *at != ':') at++;
  return *at == ':' ? at + 1 : NULL;
}

bool path_read(const char **text, char **address)
{
  const char *at = *text + strspn(*text, " ");
  if (*at++ != '<') return false;
  g_autoptr(GString) read = g_string_new(NULL);
  if (*at != '>') {
    at = skip_route(at);
    if (at) at = read_local(at, read);
    if (at) at = read_domain(at, read);
    if (!at || *at != '>') return false;
  }
  if (!g_utf8_validate(read->str, (gssize)read->len, NULL)) return false;
  *text = at + 1;
  *address = g_string_free(g_steal_pointer(&read), FALSE);
  return true;
}
