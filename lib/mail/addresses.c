/* Fields of addresses: one pass over the characters, without recursion, whatever is nested.
 *
 * GMime's parser recurses for groups within groups, and 400 KB of them end the process; this one takes a
 * group's name for what it is, a word that is dropped at the colon. It is lenient where people's programs are
 * careless: names with commas or dots without quotes, a semicolon between addresses, a bracket that is never
 * closed, a name behind the address, two spaces in the wrong place. */
#include "lib/mail/addresses.h"

#include "lib/mail/words.h"

#include <string.h>

enum { ADDRESS_MAX = 320, MAILBOXES_MAX = 2000 };

/* What has been seen of the mailbox in progress. */
struct reading_state {
  GString *words;   /* outside brackets: the display name, quotes undone */
  GString *bare;    /* outside brackets, quotes kept: the address, if there are no brackets */
  GString *angle;   /* inside brackets */
  GString *comment; /* the last comment */
  bool has_angle, had_space;
  GPtrArray *addresses;
};

struct mail_address *mail_address_new(const char *name, const char *address)
{
  struct mail_address *it = g_new0(struct mail_address, 1);
  it->name = g_strdup(name);
  it->address = g_strdup(address);
  char *at = strrchr(it->address, '@');
  if (at) {
    g_autofree char *domain = g_utf8_strdown(at, -1);
    *at = '\0';
    char *whole = g_strconcat(it->address, domain, NULL);
    g_free(it->address);
    it->address = whole;
  }
  return it;
}

void mail_address_free(gpointer data)
{
  struct mail_address *it = data;
  if (!it) return;
  g_free(it->name);
  g_free(it->address);
  g_free(it);
}

/* Something on both sides of the "@", no controls, spaces or brackets. */
static bool is_address(const char *text)
{
  const char *at = strrchr(text, '@');
  if (!at || at == text || !at[1] || strlen(text) > ADDRESS_MAX || !g_utf8_validate(text, -1, NULL))
    return false;
  bool is_quoted = *text == '"';
  for (const char *p = text; *p; p++)
    if ((unsigned char)*p < 32 || *p == 127 || *p == '<' || *p == '>' ||
        (*p == ' ' && !(is_quoted && p < at)))
      return false;
  return true;
}

/* "Name name@host" without brackets: splits off the last word that holds an "@". */
static void split_bare(struct reading_state *it, char **name, char **address)
{
  char *at = strrchr(it->bare->str, '@');
  char *begin = at;
  if (*it->bare->str == '"') {
    begin = it->bare->str;
  } else {
    while (begin > it->bare->str && begin[-1] != ' ') begin--;
  }
  *address = g_strdup(begin);
  (*address)[strcspn(*address, " ")] = '\0';
  if (*begin == '"') {
    g_free(*address);
    *address = g_strdup(begin);
  }
  *name = g_strndup(it->bare->str, (gsize)(begin - it->bare->str));
}

/* A source route "@a,@b:user@host" leaves user@host. */
static void drop_route(GString *angle)
{
  char *colon = *angle->str == '@' ? strrchr(angle->str, ':') : NULL;
  if (colon) g_string_erase(angle, 0, colon + 1 - angle->str);
  if (g_ascii_strncasecmp(angle->str, "mailto:", 7) == 0) g_string_erase(angle, 0, 7);
}

static void reset(struct reading_state *it)
{
  g_string_truncate(it->words, 0);
  g_string_truncate(it->bare, 0);
  g_string_truncate(it->angle, 0);
  g_string_truncate(it->comment, 0);
  it->has_angle = it->had_space = false;
}

/* "Lothar <l@x> (Verein)" is Lothar (Verein): people put there what their name does not say. A comment that
 * stands alone is the name itself. */
static char *display_name(const char *name, const char *comment)
{
  g_autofree char *words = words_decode(name ? name : ""), *aside = words_decode(comment);
  if (!*words) return g_steal_pointer(&aside);
  return *aside ? g_strdup_printf("%s (%s)", words, aside) : g_steal_pointer(&words);
}

/* The mailbox is complete. */
static void emit(struct reading_state *it)
{
  g_autofree char *name = NULL, *address = NULL;
  if (it->has_angle) {
    drop_route(it->angle);
    address = g_strdup(it->angle->str);
    name = g_strdup(it->words->str);
  } else if (strchr(it->bare->str, '@')) {
    split_bare(it, &name, &address);
  }
  if (address && is_address(address) && it->addresses->len < MAILBOXES_MAX) {
    g_autofree char *decoded = display_name(name, it->comment->str);
    g_ptr_array_add(it->addresses, mail_address_new(decoded, address));
  }
  reset(it);
}

/* A blank outside brackets: one in the name, none around "@" and "." of an address (RFC 5322 section 4.4). */
static void put_blank(struct reading_state *it, const char *next)
{
  if (it->words->len && it->words->str[it->words->len - 1] != ' ') g_string_append_c(it->words, ' ');
  char last = it->bare->len ? it->bare->str[it->bare->len - 1] : '\0';
  bool holds_at = strchr(it->bare->str, '@') != NULL;
  bool is_glue = last == '@' || *next == '@' || (holds_at && (last == '.' || *next == '.'));
  if (last && last != ' ' && !is_glue) g_string_append_c(it->bare, ' ');
}

static const char *read_quoted(struct reading_state *it, const char *p)
{
  g_string_append_c(it->bare, '"');
  for (p++; *p && *p != '"'; p++) {
    g_string_append_c(it->bare, *p);
    if (*p == '\\' && p[1]) g_string_append_c(it->bare, *++p);
    g_string_append_c(it->words, *p);
  }
  g_string_append_c(it->bare, '"');
  return *p ? p + 1 : p;
}

/* Comments nest; a counter is enough. One that never ends takes the rest. */
static const char *read_comment(struct reading_state *it, const char *p)
{
  int depth = 1;
  if (!it->has_angle) g_string_truncate(it->comment, 0);
  for (p++; *p && depth > 0; p++) {
    if (*p == '(') depth++;
    if (*p == ')' && --depth == 0) continue;
    if (*p == '\\' && p[1]) p++;
    g_string_append_c(it->comment, *p);
  }
  return p;
}

static const char *read_angle(struct reading_state *it, const char *p)
{
  g_string_truncate(it->angle, 0);
  it->has_angle = true;
  bool in_quotes = false;
  int depth = 0;
  for (p++; *p && (in_quotes || *p != '>'); p++) {
    if (*p == '"' && depth == 0) in_quotes = !in_quotes;
    if (!in_quotes && *p == '(') depth++;
    if (depth == 0 && (in_quotes || (unsigned char)*p > ' ')) g_string_append_c(it->angle, *p);
    if (!in_quotes && *p == ')' && depth > 0) depth--;
    if (in_quotes && *p == '\\' && p[1]) g_string_append_c(it->angle, *++p);
  }
  return *p ? p + 1 : p;
}

/* At a comma: does it end a mailbox, or is it part of a name ("Grünberg, Lothar <…>")? */
static bool comma_ends(const struct reading_state *it)
{
  return it->has_angle || it->bare->len == 0 || strchr(it->bare->str, '@');
}

void addresses_parse(const char *line, GPtrArray *addresses)
{
  struct reading_state it = {
    g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), false, false, addresses
  };
  const char *p = line;
  while (*p) {
    switch (*p) {
    case '"': p = read_quoted(&it, p); continue;
    case '(': p = read_comment(&it, p); continue;
    case '<': p = read_angle(&it, p); continue;
    case ';': emit(&it); break;
    case ':':
      if (!it.has_angle && !strchr(it.bare->str, '@')) reset(&it);
      break;
    case ',':
      if (comma_ends(&it)) {
        emit(&it);
      } else {
        g_string_append_c(it.words, ',');
        g_string_append_c(it.bare, ',');
      }
      break;
    case ' ':
    case '\t':
      while (p[1] == ' ' || p[1] == '\t') p++;
      put_blank(&it, p + 1);
      break;
    case '\\': break;
    case '>': break;
    default: g_string_append_c(it.words, *p); g_string_append_c(it.bare, *p);
    }
    p++;
  }
  emit(&it);
  g_string_free(it.words, TRUE);
  g_string_free(it.bare, TRUE);
  g_string_free(it.angle, TRUE);
  g_string_free(it.comment, TRUE);
}
