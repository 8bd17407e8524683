/* The name of a new group: the local part of its address, made from its title. "Eltern der
 * Bouché-Grundschule" becomes eltern-bouche: words of a-z and 0-9, without articles, at most 21 characters so
 * that a token fits behind it, and a number where the name is somebody's already, or was. */
#include "lists/keeping/keep.h"

#include "lib/base/fault.h"
#include "lib/base/token.h"
#include "lib/text/lexemes.h"

#include <string.h>

enum { TRIES = 200 };

/* Words that say nothing in a name. */
static const char *const fillers[] = { "der",  "die",  "das",  "des", "dem",  "den", "ein",
                                       "eine", "fuer", "und",  "von", "vom",  "zum", "zur",
                                       "im",   "in",   "am",   "an",  "the",  "of",  "for",
                                       "and",  "a",    "alle", "the", "rund", "um",  NULL };
/* Local parts that mean something at every domain (RFC 2142), or to us. */
static const char *const reserved[] = { "postmaster", "abuse",    "antwort", "mailer-daemon", "root",
                                        "admin",      "security", "noreply", "webmaster",     "hostmaster",
                                        "info",       "kontakt",  NULL };

static bool is_plain(const char *word)
{
  return *word && strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(word);
}

/* The title's words, as many as fit. Never empty. */
static char *base_of(const char *title)
{
  g_autoptr(lexemes_t) lexemes = lexemes_new(title, 500);
  g_autoptr(GString) name = g_string_new(NULL);
  for (guint i = 0; i < lexemes->count; i++) {
    const char *word = lexemes->at[i].folded;
    if (!is_plain(word) || g_strv_contains(fillers, word)) continue;
    gsize size = strlen(word), more = size + (name->len > 0);
    if (name->len + more > TOKEN_BASE_MAX && name->len > 0) break;
    if (name->len > 0) g_string_append_c(name, '-');
    g_string_append_len(name, word, (gssize)MIN(size, TOKEN_BASE_MAX));
  }
  return name->len >= 2 ? g_string_free(g_steal_pointer(&name), FALSE) : g_strdup("gruppe");
}

/* The name with a number behind it that still fits. */
static char *numbered(const char *base, int number)
{
  if (number == 1) return g_strdup(base);
  g_autofree char *suffix = g_strdup_printf("-%d", number);
  gsize room = TOKEN_BASE_MAX - strlen(suffix);
  g_autofree char *begin = g_strndup(base, room);
  while (g_str_has_suffix(begin, "-")) begin[strlen(begin) - 1] = '\0';
  return g_strconcat(begin, suffix, NULL);
}

bool group_name_is_usable(const char *name)
{
  gsize length = strlen(name);
  return length >= 1 && length <= TOKEN_BASE_MAX && !g_strv_contains(reserved, name) &&
         strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length && name[0] != '-' &&
         name[length - 1] != '-';
}

char *group_name(struct work *work, const char *title, GError **error)
{
  g_autofree char *base = base_of(title);
  for (int number = g_strv_contains(reserved, base) ? 2 : 1; number <= TRIES; number++) {
    g_autofree char *name = numbered(base, number);
    bool is_free = false;
    if (!list_name_is_free(work->store, name, &is_free, error)) return NULL;
    if (is_free) return g_steal_pointer(&name);
  }
  fault_set(error, FAULT_INPUT, "There are too many groups whose names begin with \"%s\".", base);
  return NULL;
}
