/* What an address of ours means. The receiver and the socketmap ask for every RCPT, the worker for every
 * mail, `explain` for one; so it is a look-up in memory: two hash tables of folded local parts, and the
 * signature where a token stands behind the delimiter.
 *
 * The delimiter is looked for from the right, since tokens and commands hold none: that also allows "-",
 * which list names are full of. Whatever stands behind it and is neither a command nor shaped like a token
 * makes the address unknown: an invented detail must not become a second way into a list. */
#include "lists/addresses/addresses_private.h"

#include "lib/mail/address.h"
#include "lists/kinds.h"

#include <string.h>

/* Commands behind the delimiter: what people write, and the one word we know it by. */
static const struct {
  const char *written, *command;
} commands[] = {
  { "beitreten", "beitreten" },
  { "anmelden", "beitreten" },
  { "mitmachen", "beitreten" },
  { "join", "beitreten" },
  { "subscribe", "beitreten" },
  { "austreten", "austreten" },
  { "abmelden", "austreten" },
  { "verlassen", "austreten" },
  { "leave", "austreten" },
  { "unsubscribe", "austreten" },
  { "hilfe", "hilfe" },
  { "help", "hilfe" },
  { "info", "hilfe" },
  { "einstellungen", "einstellungen" },
  { "settings", "einstellungen" },
  { "einladen", "einladen" },
  { "invite", "einladen" },
  { "mitglieder", "mitglieder" },
  { "members", "mitglieder" },
};

/* Local parts that RFC 2142 and RFC 5321 (4.5.1) ask of every domain: they reach a person. */
static const char *const duties_of_a_domain[] = { "postmaster", "abuse" };

static void entry_free(gpointer data)
{
  struct address_entry *entry = data;
  g_free(entry->list);
  g_free(entry->kind);
  g_free(entry);
}

/* The domain as normalised addresses hold it: U-labels, lower case. */
static char *domain_normalised(const char *domain)
{
  g_autofree char *address = g_strconcat("x@", domain, NULL);
  g_autofree char *normalised = address_normalise(address);
  return g_strdup(normalised ? normalised + 2 : domain);
}

/* An empty book for the domain of the configuration. */
struct address_book *addresses_new(const struct config *config)
{
  struct address_book *book = g_new0(struct address_book, 1);
  book->domain = domain_normalised(config->domain);
  book->delimiter = g_strdup(config->delimiter && *config->delimiter ? config->delimiter : "+");
  book->lists = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
  book->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return book;
}

void addresses_free(struct address_book *book)
{
  if (!book) return;
  g_hash_table_unref(book->names);
  g_hash_table_unref(book->lists);
  g_free(book->domain);
  g_free(book->delimiter);
  g_free(book);
}

bool addresses_add_list(struct address_book *book, const char *name, const char *kind)
{
  char *folded = g_utf8_strdown(name, -1);
  if (g_hash_table_contains(book->names, folded)) {
    g_free(folded);
    return false;
  }
  struct address_entry *entry = g_new(struct address_entry, 1);
  *entry = (struct address_entry){ .list = g_strdup(name), .kind = g_strdup(kind) };
  g_hash_table_insert(book->lists, entry->list, entry);
  g_hash_table_insert(book->names, folded, entry);
  return true;
}

bool addresses_add_alias(struct address_book *book, const char *alias, const char *list)
{
  struct address_entry *entry = g_hash_table_lookup(book->lists, list);
  char *folded = g_utf8_strdown(alias, -1);
  if (!entry || g_hash_table_contains(book->names, folded)) {
    g_free(folded);
    return false;
  }
  g_hash_table_insert(book->names, folded, entry);
  return true;
}

/* Is this one of the words in front of the "@" that reach the admin? */
static bool is_duty_of_domain(const char *local)
{
  for (gsize i = 0; i < G_N_ELEMENTS(duties_of_a_domain); i++)
    if (strcmp(local, duties_of_a_domain[i]) == 0) return true;
  return false;
}

/* The command a word stands for; NULL: none. */
static const char *command_of(const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(word, commands[i].written) == 0) return commands[i].command;
  return NULL;
}

/* Has it the shape of a token? For books without keys, where nobody can say whether it was signed. */
static bool is_token_shaped(const char *detail)
{
  return strlen(detail) == TOKEN_LENGTH && strspn(detail, "abcdefghijklmnopqrstuvwxyz234567") == TOKEN_LENGTH;
}

/* What stands behind the delimiter, when it is a token. */
static enum address_meaning token_meaning(const struct keys *keys, const char *detail, int64_t now,
                                          struct token *token)
{
  static const enum address_meaning of_verdict[] = {
    [TOKEN_SHAPELESS] = ADDRESS_UNKNOWN,
    [TOKEN_FORGED] = ADDRESS_FORGED,
    [TOKEN_STALE] = ADDRESS_STALE_TOKEN,
    [TOKEN_VALID] = ADDRESS_TOKEN,
  };
  if (!keys) return is_token_shaped(detail) ? ADDRESS_TOKEN : ADDRESS_UNKNOWN;
  return of_verdict[token_read(keys, detail, now, token)];
}

/* A local part with something behind the delimiter; entry NULL means the common base "antwort". */
static struct address_target target_of_detail(const struct address_entry *entry, const struct keys *keys,
                                              const char *detail, int64_t now)
{
  struct address_target target = { .list = entry ? entry->list : NULL, .kind = entry ? entry->kind : NULL };
  const char *command = entry ? command_of(detail) : NULL;
  if (command) {
    target.meaning = ADDRESS_COMMAND;
    target.command = command;
    return target;
  }
  target.meaning = token_meaning(keys, detail, now, &target.token);
  if (target.meaning == ADDRESS_UNKNOWN || target.meaning == ADDRESS_FORGED)
    return (struct address_target){ .meaning = target.meaning };
  return target;
}

/* What a folded local part of our domain means. */
static struct address_target target_of_local(const struct address_book *book, const struct keys *keys,
                                             char *local, int64_t now)
{
  if (is_duty_of_domain(local)) return (struct address_target){ .meaning = ADDRESS_ADMIN };
  const struct address_entry *entry = g_hash_table_lookup(book->names, local);
  if (entry)
    return (struct address_target){
      .meaning = kind_is_front_door(entry->kind) ? ADDRESS_FRONT_DOOR : ADDRESS_LIST,
      .list = entry->list,
      .kind = entry->kind,
    };
  char *detail = g_strrstr(local, book->delimiter);
  if (!detail || detail == local) return (struct address_target){ .meaning = ADDRESS_UNKNOWN };
  *detail = '\0';
  detail += strlen(book->delimiter);
  entry = g_hash_table_lookup(book->names, local);
  if (!entry && strcmp(local, "antwort") != 0) return (struct address_target){ .meaning = ADDRESS_UNKNOWN };
  return target_of_detail(entry, keys, detail, now);
}

struct address_target addresses_look_up(const struct address_book *book, const struct keys *keys,
                                        const char *address, int64_t now)
{
  g_autofree char *normalised = address_normalise(address);
  if (!normalised) return (struct address_target){ .meaning = ADDRESS_UNKNOWN };
  char *at = strrchr(normalised, '@');
  if (!at || strcmp(at + 1, book->domain) != 0) return (struct address_target){ .meaning = ADDRESS_UNKNOWN };
  *at = '\0';
  return target_of_local(book, keys, normalised, now);
}
