/* Delivery status parts (RFC 3464 section 2; RFC 6533 for UTF-8): groups of fields, the first about the
 * message, the others about one recipient each.
 *
 * What surprised us: servers that leave out the empty line between groups, or put three; a new group is
 * therefore also begun by a second Final-Recipient. Addresses come with brackets, comments, "+40" for "@"
 * (xtext), or as X.400 names that are none. */
#include "lib/mail/reports/reports.h"

#include <string.h>

enum { RECIPIENTS_MAX = 500, FIELD_MAX = 2000 };

void dsn_recipient_free(gpointer data)
{
  struct dsn_recipient *recipient = data;
  g_free(recipient->address);
  g_free(recipient->action);
  g_free(recipient->status);
  g_free(recipient->diagnostic);
  g_free(recipient);
}

/* "+40" → "@", as RFC 3461 writes what it may not. */
static void undo_xtext(char *text)
{
  char *to = text;
  for (const char *at = text; *at; at++) {
    if (*at == '+' && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]) && !g_ascii_islower(at[1]) &&
        !g_ascii_islower(at[2])) {
      char c = (char)(g_ascii_xdigit_value(at[1]) << 4 | g_ascii_xdigit_value(at[2]));
      if (c == '@' || c == '+' || c == '=') {
        *to++ = c;
        at += 2;
        continue;
      }
    }
    *to++ = *at;
  }
  *to = '\0';
}

/* "rfc822; <a@b> (comment)" → "a@b"; NULL when there is no address in it. */
static char *address_of(const char *value)
{
  const char *semicolon = strchr(value, ';');
  g_autofree char *text = g_strdup(semicolon ? semicolon + 1 : value);
  char *open = strrchr(text, '<'), *at = open ? open + 1 : text + strspn(text, " \t\"'");
  at[strcspn(at, open ? ">" : " \t>,;(\"'")] = '\0';
  g_strstrip(at);
  if (!strchr(at, '@')) undo_xtext(at);
  const char *sign = strrchr(at, '@');
  return sign && sign > at && sign[1] ? g_strdup(at) : NULL;
}

/* A group as it is being read. */
struct group {
  struct dsn_recipient *recipient;
  char *final, *original;
};

static void end_group(struct group *group, GPtrArray *out)
{
  struct dsn_recipient *recipient = group->recipient;
  g_autofree char *final = group->final, *original = group->original;
  *group = (struct group){ 0 };
  if (!recipient) return;
  char *address = original ? address_of(original) : NULL;
  recipient->address = address ? address : final ? address_of(final) : NULL;
  bool is_about_someone = final || original || recipient->action || recipient->status;
  if (is_about_someone && out->len < RECIPIENTS_MAX)
    g_ptr_array_add(out, recipient);
  else
    dsn_recipient_free(recipient);
}

static void keep(char **slot, const char *value)
{
  if (!*slot && *value) *slot = g_strdup(value);
}

static void read_field(struct group *group, GPtrArray *out, const char *name, const char *value)
{
  bool is_final = g_ascii_strcasecmp(name, "Final-Recipient") == 0;
  bool is_original = g_ascii_strcasecmp(name, "Original-Recipient") == 0;
  if ((is_final && group->final) || (is_original && group->original && group->final)) end_group(group, out);
  if (!group->recipient) group->recipient = g_new0(struct dsn_recipient, 1);
  if (is_final) keep(&group->final, value);
  if (is_original) keep(&group->original, value);
  if (g_ascii_strcasecmp(name, "Action") == 0) keep(&group->recipient->action, value);
  if (g_ascii_strcasecmp(name, "Status") == 0) keep(&group->recipient->status, value);
  if (g_ascii_strcasecmp(name, "Diagnostic-Code") == 0) keep(&group->recipient->diagnostic, value);
}

/* One unfolded line. */
static void read_line(struct group *group, GPtrArray *out, GString *line)
{
  char *colon = strchr(line->str, ':');
  if (colon) {
    *colon = '\0';
    g_strchomp(line->str);
    read_field(group, out, line->str, g_strstrip(colon + 1));
  }
  g_string_truncate(line, 0);
}

GPtrArray *dsn_read(const char *text)
{
  GPtrArray *out = g_ptr_array_new_with_free_func(dsn_recipient_free);
  struct group group = { 0 };
  g_autoptr(GString) line = g_string_new(NULL);
  for (const char *at = text; *at;) {
    gsize size = strcspn(at, "\n");
    bool is_folded = *at == ' ' || *at == '\t';
    if (!is_folded) read_line(&group, out, line);
    if (size == 0) end_group(&group, out);
    if (line->len < FIELD_MAX) g_string_append_len(line, at, (gssize)MIN(size, FIELD_MAX));
    at += size + (at[size] == '\n');
  }
  read_line(&group, out, line);
  end_group(&group, out);
  return out;
}
